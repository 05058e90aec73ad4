//! Page loads, in sentences.

use super::{InWords, Names, counted};
use crate::page::{GetSnapshot, Snapshot};

impl InWords<Snapshot> for GetSnapshot {
    fn asked(&self, names: &dyn Names) -> String {
        match self.room {
            Some(room) => {
                let room = names.in_room(room);
                format!("Your browser asked for your rooms and people as they are now, with {room} and its messages.")
            }
            None => "Your browser asked for your rooms and people as they are now.".into(),
        }
    }

    fn answered(&self, snapshot: &Snapshot, _: &dyn Names) -> String {
        let rooms = counted(snapshot.rooms.len(), "room", "rooms");
        format!("sent {rooms} and {}", counted(snapshot.people.len(), "person", "people"))
    }
}
