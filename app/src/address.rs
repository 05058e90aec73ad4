//! The address: which page it names, and going from one to another without loading anew.
//!
//! Five kinds of page do not need a router's matching, nesting and preloading, which would cost
//! some 40 kB of compressed WASM at the first visit.

use crate::{platform, widgets::follow};
use common::RoomId;
use leptos::prelude::*;

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Home,
    Browse,
    /// A room; `None` when its id cannot be one.
    Room(Option<RoomId>),
    Profile,
    SetUp,
    SignIn,
    SignUp,
    Nowhere,
}

impl Place {
    pub fn of(path: &str) -> Self {
        match path.trim_end_matches('/') {
            "" => Place::Home,
            "/browse" => Place::Browse,
            "/profile" => Place::Profile,
            "/setup" => Place::SetUp,
            "/sign-in" => Place::SignIn,
            "/sign-up" => Place::SignUp,
            other => other.strip_prefix("/rooms/").map_or(Place::Nowhere, |id| Place::Room(id.parse().ok())),
        }
    }
}

/// What the server knows of the address that it draws a page for.
#[derive(Clone, Debug, Default)]
pub struct Requested {
    pub path: String,
    pub query: Vec<(String, String)>,
}

/// Where the page is, and the way elsewhere.
#[derive(Clone, Copy)]
pub struct Address(RwSignal<Place>);

impl Address {
    /// Follows the address from here on.
    pub fn provide() -> Self {
        let place = RwSignal::new(Place::of(&platform::path()));
        provide_context(Self(place));
        follow(move || platform::follow_links(Callback::new(move |path: String| place.set(Place::of(&path)))));
        Self(place)
    }

    /// The address of the page that this component is on.
    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn place(self) -> Place {
        self.0.get()
    }

    /// The room that the page is about.
    pub fn room(self) -> Option<RoomId> {
        match self.place() {
            Place::Room(room) => room,
            Place::Home
            | Place::Browse
            | Place::Profile
            | Place::SetUp
            | Place::SignIn
            | Place::SignUp
            | Place::Nowhere => None,
        }
    }

    /// Where the page was when it was drawn.
    pub fn at_start(self) -> Place {
        self.0.get_untracked()
    }

    /// Goes to another page of the chat.
    pub fn go(self, path: &str) {
        platform::push_path(path);
        self.0.set(Place::of(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_place() {
        let room = RoomId::new();
        assert_eq!(Place::of("/"), Place::Home);
        assert_eq!(Place::of(&format!("/rooms/{room}")), Place::Room(Some(room)));
        assert_eq!(Place::of(&format!("/rooms/{room}/")), Place::Room(Some(room)));
        assert_eq!(Place::of("/rooms/none-of-ours"), Place::Room(None));
        assert_eq!(Place::of("/elsewhere"), Place::Nowhere);
    }
}
