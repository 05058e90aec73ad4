//! The parts of the interface that reading and writing in a room do without. The browser loads
//! them, together, and their styles (`style/later/`), when one of them is first shown: the room itself is there sooner. What
//! is under the hood, and the console, come by themselves, for those who look there.

use crate::{
    accounts::ProfilePage,
    address,
    console::ConsolePage,
    emoji::{EmojiPicker, Picking},
    files::Tray,
    hood::Hood,
    messages::{Actions, Completed, Completions, Editor, Scroll, Unread, UnreadBar},
    notifications::Alerts,
    page::{Notice, SignedOutNotice},
    people::PersonPage,
    platform,
    previews::Previews,
    rooms::{Dialog, DialogKind, Door, HomePane, NoRoom, Panel, PanelKind},
    saved::SavedPage,
    shell::{CONSOLE_STYLES, LATER_STYLES},
    state::Talk,
    ui::{handle, live_view},
};
use common::{
    MessageId, PersonId, RoomId, Seq,
    messages::Message,
    page::{Page, Place},
    rooms::RoomCard,
};
use futures::FutureExt;
use leptos::{prelude::*, task::spawn_local};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A part, and what it shows.
#[derive(Clone)]
pub enum Part {
    AllRooms,
    Profile,
    Person(Option<PersonId>),
    Door(RoomCard),
    NoRoom,
    Panel(PanelKind),
    Dialog(DialogKind),
    SignedOut,
    Editor(Arc<Message>),
    Actions(Arc<Message>),
    Completions(Completed),
    Unread(Box<(Unread, Scroll)>),
    Tray(Talk),
    Alerts,
    Picker(Picking),
    Previews(RoomId, MessageId, Seq),
    Saved,
    Console,
    Notice(String),
    Hood,
}

impl Part {
    /// Whether one can do without it for now; it comes when it is next wanted.
    fn is_a_help(&self) -> bool {
        matches!(self, Part::Actions(_) | Part::Completions(_) | Part::Unread(_) | Part::Alerts | Part::Previews(..))
    }

    fn view(self) -> AnyView {
        match self {
            Part::AllRooms => view! { <HomePane/> }.into_any(),
            Part::Profile => view! { <ProfilePage/> }.into_any(),
            Part::Person(id) => view! { <PersonPage id/> }.into_any(),
            Part::Door(card) => view! { <Door card/> }.into_any(),
            Part::NoRoom => view! { <NoRoom/> }.into_any(),
            Part::Panel(kind) => view! { <Panel kind/> }.into_any(),
            Part::Dialog(kind) => view! { <Dialog kind/> }.into_any(),
            Part::SignedOut => view! { <SignedOutNotice/> }.into_any(),
            Part::Editor(message) => view! { <Editor message/> }.into_any(),
            Part::Actions(message) => view! { <Actions message/> }.into_any(),
            Part::Tray(talk) => view! { <Tray talk/> }.into_any(),
            Part::Completions(field) => view! { <Completions field/> }.into_any(),
            Part::Alerts => view! { <Alerts/> }.into_any(),
            Part::Unread(parts) => {
                let (unread, scroll) = *parts;
                view! { <UnreadBar unread scroll/> }.into_any()
            }
            Part::Picker(picking) => view! { <EmojiPicker picking/> }.into_any(),
            Part::Previews(room, message, seq) => view! { <Previews room message seq/> }.into_any(),
            Part::Saved => view! { <SavedPage/> }.into_any(),
            Part::Notice(sentence) => view! { <Notice sentence/> }.into_any(),
            // Its code is elsewhere.
            Part::Hood | Part::Console => ().into_any(),
        }
    }
}

#[cfg(feature = "hydrate")]
mod code {
    use super::Part;
    use leptos::{
        prelude::AnyView,
        wasm_split::{SplitLoaderError, wasm_split},
    };

    #[wasm_split(parts, fallible, wasm_split_path = leptos::wasm_split, preload(load))]
    pub fn draw(part: Part) -> Result<AnyView, SplitLoaderError> {
        Ok(part.view())
    }

    #[wasm_split(hood, fallible, wasm_split_path = leptos::wasm_split, preload(load_hood))]
    pub fn draw_hood() -> Result<AnyView, SplitLoaderError> {
        Ok(super::hood())
    }

    #[wasm_split(console, fallible, wasm_split_path = leptos::wasm_split, preload(load_console))]
    pub fn draw_console() -> Result<AnyView, SplitLoaderError> {
        Ok(super::console())
    }
}

/// Where the client is one file, everything is there from the start.
#[cfg(not(feature = "hydrate"))]
mod code {
    use super::Part;
    use leptos::prelude::AnyView;
    use std::convert::Infallible;

    pub async fn load() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn draw(part: Part) -> Result<AnyView, Infallible> {
        Ok(part.view())
    }

    pub async fn load_hood() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn draw_hood() -> Result<AnyView, Infallible> {
        Ok(super::hood())
    }

    pub async fn load_console() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn draw_console() -> Result<AnyView, Infallible> {
        Ok(super::console())
    }
}

fn hood() -> AnyView {
    view! { <Hood/> }.into_any()
}

fn console() -> AnyView {
    view! { <ConsolePage/> }.into_any()
}

/// Whether a page shows one of the parts, rather than a room with nothing but messages.
pub fn is_shown_on(page: &Page) -> bool {
    let Page::Chat(snapshot) = page else { return false };
    match &snapshot.place {
        Place::Room(view) => {
            snapshot.thread.is_some() || view.page.messages.iter().any(|message| !message.previews.is_empty())
        }
        _ => true,
    }
}

/// Whether the styles of the parts, and those of the console, are there. What is drawn on the server has them in its
/// document.
static IS_STYLED: AtomicBool = AtomicBool::new(cfg!(feature = "ssr"));
static IS_CONSOLE_STYLED: AtomicBool = AtomicBool::new(cfg!(feature = "ssr"));

/// Loads what a page shows besides messages, with its styles; says whether that worked.
pub async fn load() -> bool {
    let is_console = address::Place::of(&platform::path()) == address::Place::Console;
    let file = if is_console { File::Console } else { File::Parts };
    file.load().await
}

/// In which file a part is. What whoever writes and reads may never see is in files of its own.
#[derive(Clone, Copy)]
enum File {
    Parts,
    Hood,
    Console,
}

impl File {
    fn of(part: &Part) -> Self {
        match part {
            Part::Hood => File::Hood,
            Part::Console => File::Console,
            _ => File::Parts,
        }
    }

    async fn load(self) -> bool {
        let styles = self.load_styles();
        let is_loaded = match self {
            File::Parts => code::load().await.is_ok(),
            File::Hood => code::load_hood().await.is_ok(),
            File::Console => code::load_console().await.is_ok(),
        };
        is_loaded && styles.await
    }

    /// The console uses what the parts are drawn with, too.
    fn load_styles(self) -> impl Future<Output = bool> {
        let parts = platform::load_styles(LATER_STYLES);
        let console = matches!(self, File::Console).then(|| platform::load_styles(CONSOLE_STYLES));
        async move {
            let are_there = parts.await;
            IS_STYLED.fetch_or(are_there, Ordering::Relaxed);
            let Some(console) = console else { return are_there };
            let is_console_styled = console.await;
            IS_CONSOLE_STYLED.fetch_or(is_console_styled, Ordering::Relaxed);
            are_there && is_console_styled
        }
    }

    fn is_styled(self) -> bool {
        let is_console_styled = !matches!(self, File::Console) || IS_CONSOLE_STYLED.load(Ordering::Relaxed);
        IS_STYLED.load(Ordering::Relaxed) && is_console_styled
    }
}

/// Draws it, or nothing as long as it is not loaded.
fn draw(part: Part) -> Option<AnyView> {
    if !File::of(&part).is_styled() {
        return None;
    }
    match part {
        Part::Hood => code::draw_hood().now_or_never()?.ok(),
        Part::Console => code::draw_console().now_or_never()?.ok(),
        part => code::draw(part).now_or_never()?.ok(),
    }
}

/// Shows a part, at once if it is loaded already.
#[component]
pub fn Later(part: Part) -> impl IntoView {
    if let Some(view) = draw(part.clone()) {
        return view;
    }
    let loaded = RwSignal::new(None::<bool>);
    let file = File::of(&part);
    let fetch = move || {
        spawn_local(async move {
            loaded.try_set(Some(file.load().await));
        });
    };
    fetch();
    live_view(move || match loaded.get() {
        None => None,
        Some(true) => draw(part.clone()),
        Some(false) if part.is_a_help() => None,
        Some(false) => Some(
            view! {
                <div class="banner" role="alert">
                    <span>"This part of the page could not be loaded."</span>
                    <button class="button" type="button" on:click=handle(move |_| fetch())>"Try again"</button>
                </div>
            }
            .into_any(),
        ),
    })
    .into_any()
}
