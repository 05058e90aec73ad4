//! The parts of the interface that reading and writing in a room do without. The browser loads
//! them, together, and their styles (`style/lazy/`), when one of them is first shown: the room itself is there sooner. What
//! is under the hood, and the console, come by themselves, for those who look there.

pub mod parts;

use crate::{
    client::{DialogKind, PanelKind},
    elements::{CONSOLE_STYLES, LAZY_STYLES},
    emoji::Picking,
    messages::{Completed, Scroll, Unread},
    platform,
    state::Conversation,
    ui::{handle, reactive_view},
};
use common::{
    MessageId, PersonId, RoomId, Seq,
    messages::Message,
    page::{Page, Place},
    rooms::RoomCard,
};
use futures::future::LocalBoxFuture;
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
    Tray(Conversation),
    Alerts,
    Picker(Picking),
    Previews(RoomId, MessageId, Seq),
    Saved,
    Console,
    Notice(String),
    Inspector,
}

impl Part {
    /// Whether the page works without it for now. Loading is tried again when it is next shown.
    fn is_a_help(&self) -> bool {
        matches!(self, Part::Actions(_) | Part::Completions(_) | Part::Unread(_) | Part::Alerts | Part::Previews(..))
    }
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

/// The file that a part's code is in. The inspector and the console have files of their own: most users never open them.
#[derive(Clone, Copy)]
pub enum Chunk {
    Parts,
    Inspector,
    Console,
}

impl Chunk {
    pub fn of(part: &Part) -> Self {
        match part {
            Part::Inspector => Chunk::Inspector,
            Part::Console => Chunk::Console,
            _ => Chunk::Parts,
        }
    }

    /// The console uses what the parts are drawn with, too.
    pub fn load_styles(self) -> impl Future<Output = bool> {
        let parts = platform::load_styles(LAZY_STYLES);
        let console = matches!(self, Chunk::Console).then(|| platform::load_styles(CONSOLE_STYLES));
        async move {
            let are_there = parts.await;
            IS_STYLED.fetch_or(are_there, Ordering::Relaxed);
            let Some(console) = console else { return are_there };
            let is_console_styled = console.await;
            IS_CONSOLE_STYLED.fetch_or(is_console_styled, Ordering::Relaxed);
            are_there && is_console_styled
        }
    }

    pub fn is_styled(self) -> bool {
        let is_console_styled = !matches!(self, Chunk::Console) || IS_CONSOLE_STYLED.load(Ordering::Relaxed);
        IS_STYLED.load(Ordering::Relaxed) && is_console_styled
    }
}

/// Draws and loads the parts. Provided by the app, so that those who show a part do not depend on all of them.
#[derive(Clone, Copy)]
pub struct Loader {
    /// The part, once its code is loaded.
    pub draw: fn(Part) -> Option<AnyView>,
    pub load: fn(Chunk) -> LocalBoxFuture<'static, bool>,
}

/// Shows a part, at once if it is loaded already.
#[component]
pub fn Lazy(part: Part) -> impl IntoView {
    let Loader { draw, load } = expect_context();
    if let Some(view) = draw(part.clone()) {
        return view;
    }
    let loaded = RwSignal::new(None::<bool>);
    let chunk = Chunk::of(&part);
    let fetch = move || {
        spawn_local(async move {
            loaded.try_set(Some(load(chunk).await));
        });
    };
    fetch();
    reactive_view(move || match loaded.get() {
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
