//! The page of those who are signed in: sidebar and main pane.

use super::{sidebar::Sidebar, use_chat};
use crate::{
    address::{Address, Place},
    later::{Later, Part},
    platform,
    rooms::{OpenDialog, OpenPanel, RoomPane},
    root::NotFound,
    state::{Change, Link},
    widgets::{follow, live, live_view},
};
use leptos::prelude::*;
use std::time::Duration;

#[component]
pub fn ChatPage() -> impl IntoView {
    let address = Address::of_page();
    let is_home = move || address.place() == Place::Home;
    expire_typing();
    let dialogs = OpenDialog::provide();
    let panels = OpenPanel::provide();
    follow(move || panels.show_room(address.room()));
    let is_signed_out = use_chat().select(|state| matches!(state.link, Link::Refused(_)));
    view! {
        <div class="chat" data-home=live(move || is_home().to_string())>
            <a class="skip-link" href="#main">"Skip to the conversation"</a>
            <Sidebar/>
            <main id="main" class="main">
                {live_view(move || pane(address.place()))}
                {live_view(move || panels.kind().map(|kind| view! { <Later part=Part::Panel(kind)/> }))}
            </main>
            {live_view(move || dialogs.kind().map(|kind| view! { <Later part=Part::Dialog(kind)/> }))}
            {live_view(move || is_signed_out.get().then(|| view! { <Later part=Part::SignedOut/> }))}
        </div>
    }
}

/// The pane of a place.
fn pane(place: Place) -> AnyView {
    match place {
        Place::Home | Place::Browse => view! { <Later part=Part::AllRooms/> }.into_any(),
        Place::Room(room) => view! { <RoomPane room/> }.into_any(),
        Place::Profile => view! { <Later part=Part::Profile/> }.into_any(),
        Place::SetUp | Place::SignIn | Place::SignUp | Place::Nowhere => view! { <NotFound/> }.into_any(),
    }
}

/// Every second, while somebody types, looks whether they still do.
fn expire_typing() {
    let chat = use_chat();
    let somebody_types = chat.select(|state| !state.typing.is_empty());
    follow(move || {
        if !somebody_types.get() {
            return;
        }
        let tick = move || chat.apply(Change::Ticked(platform::now()));
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
}
