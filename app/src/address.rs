//! The address: which page it names, and going from one to another without loading anew.
//!
//! Seven kinds of page do not need a router's matching, nesting and preloading, which would cost
//! some 40 kB of compressed WASM at the first visit.

use crate::{platform, provided::provided, ui::follow};
use common::{MessageId, PersonId, RoomId, Seq};
use leptos::prelude::*;

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Home,
    Browse,
    /// A room; `None` when its id cannot be one.
    Room(Option<RoomId>),
    /// What one has saved.
    Saved,
    /// Somebody's card; `None` when the id cannot be one.
    Person(Option<PersonId>),
    Profile,
    /// The operator's console, whichever of its sections.
    Console,
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
            "/saved" => Place::Saved,
            "/profile" => Place::Profile,
            "/setup" => Place::SetUp,
            "/sign-in" => Place::SignIn,
            "/sign-up" => Place::SignUp,
            "/admin" => Place::Console,
            other => match other.strip_prefix("/people/") {
                Some(id) => Place::Person(id.parse().ok()),
                None if other.starts_with("/admin/") => Place::Console,
                None => room_in(path).map_or(Place::Nowhere, |named| Place::Room(named.room)),
            },
        }
    }
}

/// What a room's path names: `/rooms/{room}`, `/rooms/{room}/{seq}` for a message in it, or
/// `/rooms/{room}/threads/{message}` for a thread beside it. One that cannot be is no room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub room: Option<RoomId>,
    /// The place of a message.
    pub seq: Option<Seq>,
    pub thread: Option<MessageId>,
}

/// What a path names, if it is a room's.
pub fn room_in(path: &str) -> Option<Named> {
    let named = path.strip_prefix("/rooms/")?.trim_end_matches('/');
    let Some((room, rest)) = named.split_once('/') else {
        return Some(Named { room: named.parse().ok(), ..Named::default() });
    };
    let room = room.parse().ok();
    if let Some(thread) = rest.strip_prefix("threads/") {
        return Some(Named { room, thread: thread.parse().ok(), seq: None });
    }
    let seq = rest.parse().ok().filter(|seq| *seq > 0);
    Some(Named { room: room.filter(|_| seq.is_some()), seq, thread: None })
}

/// What the server knows of the address that it draws a page for.
#[derive(Clone, Debug, Default)]
pub struct Requested {
    pub path: String,
    pub query: Vec<(String, String)>,
}

/// The message that the address names, if it names one, and how many addresses there were before it: who
/// follows the same link twice is led there twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub seq: Option<Seq>,
    pub turn: u32,
}

/// Where the page is, and the way elsewhere.
#[derive(Clone, Copy)]
pub struct Address {
    place: RwSignal<Place>,
    /// The thread beside the room. By itself, so that the room stays as it is when a thread is opened.
    thread: RwSignal<Option<MessageId>>,
    asked: RwSignal<Asked>,
}

impl Address {
    /// Follows the address from here on.
    pub fn provide() -> Self {
        let path = platform::path();
        let named = room_in(&path).unwrap_or_default();
        let address = Self {
            place: RwSignal::new(Place::of(&path)),
            thread: RwSignal::new(named.thread),
            asked: RwSignal::new(Asked { seq: named.seq, turn: 0 }),
        };
        provide_context(address);
        follow(move || platform::follow_links(Callback::new(move |path: String| address.arrive(&path))));
        address
    }

    /// The address of the page that this component is on.
    pub fn of_page() -> Self {
        provided()
    }

    pub fn place(self) -> Place {
        self.place.get()
    }

    /// Which message the address names.
    pub fn asked(self) -> Asked {
        self.asked.get()
    }

    /// The same, without following it.
    pub fn peek_asked(self) -> Asked {
        self.asked.get_untracked()
    }

    /// The room that the page is about.
    pub fn room(self) -> Option<RoomId> {
        match self.place() {
            Place::Room(room) => room,
            Place::Home
            | Place::Browse
            | Place::Saved
            | Place::Person(_)
            | Place::Profile
            | Place::Console
            | Place::SetUp
            | Place::SignIn
            | Place::SignUp
            | Place::Nowhere => None,
        }
    }

    /// The path, which is followed. What has sections of its own, in addresses below its own, stays as it is
    /// when the page goes from one of them to another.
    pub fn path(self) -> String {
        self.asked.track();
        platform::path()
    }

    /// The thread that is open beside the room.
    pub fn thread(self) -> Option<MessageId> {
        self.thread.get()
    }

    /// The same, without following it.
    pub fn peek_room(self) -> Option<RoomId> {
        untrack(move || self.room())
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

    /// Goes to another page of the chat, from one that nobody wants to come back to.
    pub fn go_instead(self, path: &str) {
        platform::replace_path(path);
        self.arrive(path);
    }

    /// Goes to another page of the chat.
    pub fn go(self, path: &str) {
        platform::push_path(path);
        self.arrive(path);
    }

    fn arrive(self, path: &str) {
        let (place, Named { seq, thread, .. }) = (Place::of(path), room_in(path).unwrap_or_default());
        // A thread that is opened or closed leaves the room where it is.
        if seq.is_some() || (thread.is_none() && self.thread.get_untracked().is_none()) {
            self.asked.update(|asked| *asked = Asked { seq, turn: asked.turn + 1 });
        }
        if self.place.get_untracked() != place {
            self.place.set(place);
        }
        if self.thread.get_untracked() != thread {
            self.thread.set(thread);
        }
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
        let person = PersonId::new();
        assert_eq!(Place::of(&format!("/people/{person}")), Place::Person(Some(person)));
        assert_eq!(Place::of("/admin"), Place::Console);
        assert_eq!(Place::of("/admin/door/"), Place::Console);
        assert_eq!(Place::of("/administration"), Place::Nowhere);
        assert_eq!(Place::of("/elsewhere"), Place::Nowhere);
    }

    #[test]
    fn a_thread_is_beside_its_room() {
        let (room, message) = (RoomId::new(), MessageId::new());
        let path = format!("/rooms/{room}/threads/{message}");
        assert_eq!((Place::of(&path), room_in(&path).unwrap().thread), (Place::Room(Some(room)), Some(message)));
        let no_thread = format!("/rooms/{room}/threads/none-of-ours");
        assert_eq!((Place::of(&no_thread), room_in(&no_thread).unwrap().thread), (Place::Room(Some(room)), None));
        assert_eq!(room_in(&format!("/rooms/{room}/")).unwrap().thread, None);
    }

    #[test]
    fn a_path_names_a_message_by_its_place() {
        let room = RoomId::new();
        let of = |rest: &str| room_in(&format!("/rooms/{room}{rest}"));
        assert_eq!(of("/12/"), Some(Named { room: Some(room), seq: Some(12), thread: None }));
        for wrong in ["/x", "/0", "/-1", "/1.5", "/1/2", "/99999999999999999999"] {
            assert_eq!(of(wrong), Some(Named::default()), "{wrong}");
        }
        assert_eq!(room_in("/profile"), None);
    }
}
