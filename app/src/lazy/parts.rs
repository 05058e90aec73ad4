//! The list of lazy parts: what each draws, and which file its code is in.

use super::{Chunk, Loader, Part};
use crate::{
    accounts::ProfilePage,
    address::Place,
    console::ConsolePage,
    emoji::EmojiPicker,
    files::Tray,
    inspector::Inspector,
    messages::{Actions, Completions, Editor, UnreadBar},
    notifications::Alerts,
    page::{Dialog, Notice, Panel, SignedOutNotice},
    people::PersonPage,
    platform,
    previews::Previews,
    rooms::{Door, HomePane, NoRoom},
    saved::SavedPage,
};
use futures::FutureExt;
use leptos::prelude::*;

pub const LOADER: Loader = Loader { draw, load: |chunk| load_chunk(chunk).boxed_local() };

fn view(part: Part) -> AnyView {
    match part {
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
        Part::Tray(conversation) => view! { <Tray conversation/> }.into_any(),
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
        Part::Inspector | Part::Console => ().into_any(),
    }
}

/// Loads what a page shows besides messages, with its styles; says whether that worked.
pub async fn load() -> bool {
    let is_console = Place::of(&platform::path()) == Place::Console;
    let chunk = if is_console { Chunk::Console } else { Chunk::Parts };
    load_chunk(chunk).await
}

/// Loads the code of a file, and its styles; says whether that worked.
async fn load_chunk(chunk: Chunk) -> bool {
    let styles = chunk.load_styles();
    let is_loaded = match chunk {
        Chunk::Parts => code::load().await.is_ok(),
        Chunk::Inspector => code::load_inspector().await.is_ok(),
        Chunk::Console => code::load_console().await.is_ok(),
    };
    is_loaded && styles.await
}

/// Draws it, or nothing as long as it is not loaded.
fn draw(part: Part) -> Option<AnyView> {
    if !Chunk::of(&part).is_styled() {
        return None;
    }
    match part {
        Part::Inspector => code::draw_inspector().now_or_never()?.ok(),
        Part::Console => code::draw_console().now_or_never()?.ok(),
        part => code::draw(part).now_or_never()?.ok(),
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
        Ok(super::view(part))
    }

    #[wasm_split(inspector, fallible, wasm_split_path = leptos::wasm_split, preload(load_inspector))]
    pub fn draw_inspector() -> Result<AnyView, SplitLoaderError> {
        Ok(super::inspector())
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
        Ok(super::view(part))
    }

    pub async fn load_inspector() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn draw_inspector() -> Result<AnyView, Infallible> {
        Ok(super::inspector())
    }

    pub async fn load_console() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn draw_console() -> Result<AnyView, Infallible> {
        Ok(super::console())
    }
}

fn inspector() -> AnyView {
    view! { <Inspector/> }.into_any()
}

fn console() -> AnyView {
    view! { <ConsolePage/> }.into_any()
}
