//! The document's title: what this page shows, and in which workspace.
//!
//! Set by hand rather than through `leptos_meta`: 4 kB less of the compressed client.

use crate::{address::Place, platform, state::ChatState, ui::effect};
use common::page::{Page, Workspace};

/// The title that the server writes into the document.
pub fn of_page(page: &Page, place: Place) -> String {
    match page {
        Page::SetUp => of_visitor(None, place),
        Page::Visitor(workspace) => of_visitor(Some(workspace), place),
        Page::Chat(snapshot) => of_chat(&ChatState::new((**snapshot).clone()), place),
    }
}

/// The title of a signed-in user's page.
pub fn of_chat(state: &ChatState, place: Place) -> String {
    let shown = match place {
        Place::Home | Place::Browse => "All rooms".into(),
        Place::Saved => "Saved messages".into(),
        Place::Profile => "Your profile".into(),
        Place::Console => "Console".into(),
        Place::Person(id) => {
            id.and_then(|id| state.people.get(&id)).map_or("No such person".into(), |person| person.name.clone())
        }
        Place::Room(room) => room.and_then(|id| room_name(state, id)).unwrap_or("No such room".into()),
        Place::SetUp | Place::SignIn | Place::SignUp | Place::Nowhere => "Not found".into(),
    };
    let badge = match state.badge() {
        0 => String::new(),
        count => format!("({count}) "),
    };
    format!("{badge}{shown} · {}", state.workspace.name)
}

fn room_name(state: &ChatState, id: common::RoomId) -> Option<String> {
    let mine = state.rooms.get(&id).map(|room| state.room_name(&room.summary));
    mine.or_else(|| state.joinable.get(&id).map(|card| card.name.clone()))
}

/// The title of a visitor's page.
pub fn of_visitor(workspace: Option<&Workspace>, place: Place) -> String {
    let shown = match (workspace, place) {
        (_, Place::Nowhere) => "Not found",
        (None, _) => "Set up your workspace",
        (Some(_), Place::SignUp) => "Create an account",
        (Some(_), _) => "Sign in",
    };
    format!("{shown} · {}", workspace.map_or("Hubbub", |workspace| &workspace.name))
}

/// Keeps the number on the icon of the browser's tab up to date.
pub fn keep_badge(badge: impl Fn() -> usize + 'static) {
    effect(move || platform::set_badge(badge()));
}

/// Keeps the title of the browser's tab up to date.
pub fn keep(title: impl Fn() -> String + 'static) {
    effect(move || platform::set_title(&title()));
}
