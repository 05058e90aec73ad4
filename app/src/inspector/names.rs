//! What things are called in the sentences: what this client knows.

use crate::state::ChatState;
use common::{
    MessageId, PersonId, RoomId, messages::Message, notifications, rooms::RoomKind, rooms::name_in_sentence,
    words::Names,
};
use std::sync::Arc;

impl Names for ChatState {
    fn me(&self) -> PersonId {
        self.me
    }

    fn person(&self, id: PersonId) -> Option<String> {
        Some(self.people.get(&id)?.name.clone())
    }

    fn room(&self, id: RoomId) -> Option<String> {
        let Some(room) = self.rooms.get(&id) else {
            return Some(name_in_sentence(RoomKind::Public, &self.joinable.get(&id)?.name));
        };
        let name = self.room_name(&room.summary);
        Some(match room.summary.kind {
            RoomKind::Public | RoomKind::Private => name_in_sentence(room.summary.kind, &name),
            RoomKind::Direct if name.is_empty() => "your conversation with yourself".into(),
            RoomKind::Direct => format!("your conversation with {name}"),
        })
    }

    fn message(&self, room: RoomId, id: MessageId) -> Option<String> {
        let message: &Arc<Message> = ChatState::message(self, room, id)?;
        (!message.is_deleted()).then(|| notifications::summary(message))
    }
}

/// How many of the others in a room are connected now, if it is known who is in it.
pub fn others_here(state: &ChatState, room: RoomId) -> Option<usize> {
    let room = state.rooms.get(&room)?;
    let members = if room.members.is_empty() { &room.summary.people } else { &room.members };
    let others = members.iter().filter(|person| **person != state.me);
    (!members.is_empty()).then(|| others.filter(|person| state.presence.contains_key(person)).count())
}
