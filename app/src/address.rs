//! The address: which page it names, and going from one to another without loading anew.
//!
//! Five kinds of page do not need a router's matching, nesting and preloading, which would cost
//! some 40 kB of compressed WASM at the first visit.

use crate::{platform, widgets::follow};
use common::{MessageId, RoomId};
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
            other => room_in(other).map_or(Place::Nowhere, |(id, _)| Place::Room(id.parse().ok())),
        }
    }
}

/// The room that a path names, and the thread beside it: `/rooms/{room}/threads/{message}`.
pub fn room_in(path: &str) -> Option<(&str, Option<MessageId>)> {
    let named = path.strip_prefix("/rooms/")?.trim_end_matches('/');
    Some(named.split_once("/threads/").map_or((named, None), |(room, thread)| (room, thread.parse().ok())))
}

/// What the server knows of the address that it draws a page for.
#[derive(Clone, Debug, Default)]
pub struct Requested {
    pub path: String,
    pub query: Vec<(String, String)>,
}

/// Where the page is, and the way elsewhere.
#[derive(Clone, Copy)]
pub struct Address {
    place: RwSignal<Place>,
    /// The thread beside the room. By itself, so that the room stays as it is when a thread is opened.
    thread: RwSignal<Option<MessageId>>,
}

impl Address {
    /// Follows the address from here on.
    pub fn provide() -> Self {
        let path = platform::path();
        let address = Self { place: RwSignal::new(Place::of(&path)), thread: RwSignal::new(thread_in(&path)) };
        provide_context(address);
        follow(move || platform::follow_links(Callback::new(move |path: String| address.arrive(&path))));
        address
    }

    /// The address of the page that this component is on.
    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn place(self) -> Place {
        self.place.get()
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

    /// The thread that is open beside the room.
    pub fn thread(self) -> Option<MessageId> {
        self.thread.get()
    }

    /// Where the page was when it was drawn.
    pub fn at_start(self) -> Place {
        self.place.get_untracked()
    }

    /// Its room and itself, without following them.
    pub fn peek_thread(self) -> Option<(RoomId, MessageId)> {
        match self.place.get_untracked() {
            Place::Room(Some(room)) => Some((room, self.thread.get_untracked()?)),
            _ => None,
        }
    }

    /// Goes to another page of the chat.
    pub fn go(self, path: &str) {
        platform::push_path(path);
        self.arrive(path);
    }

    fn arrive(self, path: &str) {
        let (place, thread) = (Place::of(path), thread_in(path));
        if self.place.get_untracked() != place {
            self.place.set(place);
        }
        if self.thread.get_untracked() != thread {
            self.thread.set(thread);
        }
    }
}

fn thread_in(path: &str) -> Option<MessageId> {
    room_in(path)?.1
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

    #[test]
    fn a_thread_is_beside_its_room() {
        let (room, message) = (RoomId::new(), MessageId::new());
        let path = format!("/rooms/{room}/threads/{message}");
        assert_eq!((Place::of(&path), thread_in(&path)), (Place::Room(Some(room)), Some(message)));
        let no_thread = format!("/rooms/{room}/threads/none-of-ours");
        assert_eq!((Place::of(&no_thread), thread_in(&no_thread)), (Place::Room(Some(room)), None));
        assert_eq!(thread_in(&format!("/rooms/{room}/")), None);
    }
}
