//! What the paths of the chat name.

use common::{MessageId, PersonId, RoomId, Seq};

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Home,
    Browse,
    /// A room; `None` for an invalid id.
    Room(Option<RoomId>),
    /// The saved messages.
    Saved,
    /// A person's card; `None` for an invalid id.
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
/// `/rooms/{room}/threads/{message}` for a thread beside it. An invalid path names no room.
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
