//! The parts of the interface that reading and writing in a room do without. The browser loads
//! them, together, when one of them is first shown: the room itself is there sooner.

use crate::{
    accounts::ProfilePage,
    chat::SignedOutNotice,
    files::Tray,
    messages::{Actions, Completed, Completions, Editor, Pointed, Scroll, Unread, UnreadBar},
    people::PersonPage,
    rooms::{Dialog, DialogKind, Door, HomePane, NoRoom, Panel, PanelKind},
    state::Talk,
    widgets::{handle, live_view},
};
use common::{
    PersonId, RoomId,
    messages::Message,
    page::{Page, Place},
    rooms::RoomCard,
};
use futures::FutureExt;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

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
    Actions { room: RoomId, pointed: Pointed },
    Completions(Completed),
    Unread(Box<(Unread, Scroll)>),
    Tray(Talk),
}

impl Part {
    /// Whether one can do without it for now; it comes when it is next wanted.
    fn is_a_help(&self) -> bool {
        matches!(self, Part::Actions { .. } | Part::Completions(_) | Part::Unread(_))
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
            Part::Actions { room, pointed } => view! { <Actions room pointed/> }.into_any(),
            Part::Tray(talk) => view! { <Tray talk/> }.into_any(),
            Part::Completions(field) => view! { <Completions field/> }.into_any(),
            Part::Unread(parts) => {
                let (unread, scroll) = *parts;
                view! { <UnreadBar unread scroll/> }.into_any()
            }
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
}

/// Whether a page shows one of the parts, rather than a room.
pub fn is_shown_on(page: &Page) -> bool {
    matches!(page, Page::Chat(snapshot) if !matches!(snapshot.place, Place::Room(_)) || snapshot.thread.is_some())
}

/// Loads the parts; says whether that worked.
pub async fn load() -> bool {
    code::load().await.is_ok()
}

/// Draws it, or nothing as long as it is not loaded.
fn draw(part: Part) -> Option<AnyView> {
    code::draw(part).now_or_never()?.ok()
}

/// Shows a part, at once if it is loaded already.
#[component]
pub fn Later(part: Part) -> impl IntoView {
    if let Some(view) = draw(part.clone()) {
        return view;
    }
    let loaded = RwSignal::new(None::<bool>);
    let fetch = move || {
        spawn_local(async move {
            loaded.try_set(Some(load().await));
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
