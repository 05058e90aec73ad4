//! The page of those who are signed in: sidebar and main pane.

mod dialog;
mod notice;
mod panel;
mod sidebar;
mod status;

pub use dialog::Dialog;
pub use notice::Notice;
pub use panel::Panel;
pub use status::SignedOutNotice;

use crate::{
    address::{Address, Place},
    client::{DialogKind, OpenDialog, OpenPanel, PanelKind, use_chat},
    emoji::OpenPicker,
    lazy::{Lazy, Part},
    messages::Unveiled,
    notifications::{Device, attend},
    people::{keep_here, keep_statuses},
    platform,
    rooms::{RoomPane, path_of},
    search::{self, Searching},
    state::{Change, ChatState, Link},
    ui::{NotFound, effect, handle, reactive_view, text},
};
use leptos::{ev, prelude::*};
use sidebar::Sidebar;
use std::time::Duration;

#[component]
pub fn ChatPage() -> impl IntoView {
    let address = Address::of_page();
    let is_home = move || address.place() == Place::Home;
    expire_typing();
    let chat = use_chat();
    effect(move || {
        keep_here(chat);
        keep_statuses(chat);
    });
    let dialogs = OpenDialog::provide();
    let panels = OpenPanel::provide(thread_at_start(address));
    Searching::provide();
    search::listen();
    reopen_last_room(address);
    Unveiled::provide();
    // A click on a person's name opens their card, everywhere on the page.
    let on_click = move |event: ev::MouseEvent| {
        if let Some(person) = platform::person_at(&event) {
            event.prevent_default();
            dialogs.open(DialogKind::Person(person));
        }
    };
    effect(move || panels.go_with(address.room(), address.thread()));
    effect(move || leave_closed_thread(address, panels.kind()));
    let device = Device::provide();
    attend(use_chat());
    let has_alerts = Memo::new(move |_| device.is_wanted());
    let picker = OpenPicker::provide();
    let chat = use_chat();
    let is_guest = chat.select(ChatState::is_guest);
    let is_signed_out = chat.select(|state| matches!(state.link, Link::Refused(_)));
    view! {
        <div class="chat" data-home=text(move || is_home().to_string()) data-guest=text(move || is_guest.get().to_string())>
            <a class="skip-link" href="#main">"Skip to the conversation"</a>
            <Sidebar/>
            <main id="main" class="main" on:click=handle(on_click)>
                {reactive_view(move || pane(address.place()))}
                {reactive_view(move || panels.kind().map(|kind| view! { <Lazy part=Part::Panel(kind)/> }))}
            </main>
            {reactive_view(move || dialogs.kind().map(|kind| view! { <Lazy part=Part::Dialog(kind)/> }))}
            {reactive_view(move || has_alerts.get().then(|| view! { <Lazy part=Part::Alerts/> }))}
            {reactive_view(move || picker.picking().map(|picking| view! { <Lazy part=Part::Picker(picking)/> }))}
            {reactive_view(move || chat.notice().map(|sentence| view! { <Lazy part=Part::Notice(sentence)/> }))}
            {reactive_view(move || is_signed_out.get().then(|| view! { <Lazy part=Part::SignedOut/> }))}
        </div>
    }
}

/// The thread that the page was drawn with.
fn thread_at_start(address: Address) -> Option<PanelKind> {
    let (room, parent) = address.peek_thread()?;
    let is_here = |state: &ChatState| state.rooms.get(&room).is_some_and(|room| room.threads.contains_key(&parent));
    use_chat().peek(is_here).then_some(PanelKind::Thread(room, parent))
}

/// A thread that was closed, or made place for another panel, is not in the address any more.
fn leave_closed_thread(address: Address, panel: Option<PanelKind>) {
    if !matches!(panel, Some(PanelKind::Thread(..)))
        && let Some((room, _)) = address.peek_thread()
    {
        address.go(&path_of(room));
    }
}

/// A new tab opens the room that this browser showed last.
fn reopen_last_room(address: Address) {
    let chat = use_chat();
    effect(move || {
        let is_return = platform::is_first_look() && address.at_start() == Place::Home;
        let last = platform::last_room().filter(|room| chat.peek(|state| state.rooms.contains_key(room)));
        if let Some(room) = last.filter(|_| is_return) {
            address.go_instead(&path_of(room));
        }
    });
}

/// The pane of a place.
fn pane(place: Place) -> AnyView {
    match place {
        Place::Home | Place::Browse => view! { <Lazy part=Part::AllRooms/> }.into_any(),
        Place::Room(room) => view! { <RoomPane room/> }.into_any(),
        Place::Saved => view! { <Lazy part=Part::Saved/> }.into_any(),
        Place::Profile => view! { <Lazy part=Part::Profile/> }.into_any(),
        Place::Console => view! { <Lazy part=Part::Console/> }.into_any(),
        Place::Person(id) => view! { <Lazy part=Part::Person(id)/> }.into_any(),
        Place::SetUp | Place::SignIn | Place::SignUp | Place::Nowhere => view! { <NotFound/> }.into_any(),
    }
}

/// Checks every second whether typists still type.
fn expire_typing() {
    let chat = use_chat();
    let is_typing = chat.select(|state| !state.typing.is_empty());
    effect(move || {
        if !is_typing.get() {
            return;
        }
        let tick = move || chat.apply(Change::Ticked(platform::now()));
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
}
