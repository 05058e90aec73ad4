//! The address: which page it names, and navigation without a reload.
//!
//! Seven kinds of page do not need a router's matching, nesting and preloading, which would cost
//! some 40 kB of compressed WASM at the first visit.

mod path;

pub use path::{Named, Place, Requested, room_in};

use crate::{platform, ui::effect};
use common::{MessageId, RoomId, Seq};
use leptos::prelude::*;

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
        effect(move || platform::follow_links(Callback::new(move |path: String| address.arrive(&path))));
        address
    }

    /// The address of the page that this component is on.
    pub fn of_page() -> Self {
        expect_context()
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

    /// Goes to another page of the chat, without a way back to this page.
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
