//! Rooms: in the sidebar, to browse and join, to make, to invite into, to change; the pane of the open one.

mod create;
mod direct;
mod door;
mod entering;
mod header;
mod home;
mod invite;
mod members;
mod pane;
mod people_picker;
mod row;
mod settings;

pub use common::rooms::{path_of, path_to};
pub use create::CreateRoomForm;
pub use direct::StartDirectForm;
pub use door::{BackHeader, Door, NoRoom};
pub use entering::entered;
pub use home::HomePane;
pub use invite::InviteForm;
pub use members::Members;
pub use pane::RoomPane;
pub use row::{RoomRow, counted};
pub use settings::RoomSettings;

use crate::state::{ChatState, Room};
use common::{
    PersonId, RoomId,
    rooms::{RoomKind, RoomSummary},
};

/// A room in a sentence: with its mark, if it is public.
pub fn named_in_words(state: &ChatState, room: RoomId) -> String {
    let Some(Room { summary, .. }) = state.rooms.get(&room) else { return String::new() };
    let mark = if summary.kind == RoomKind::Public { "#" } else { "" };
    format!("{mark}{}", state.room_name(summary))
}

/// Whom a direct conversation with one other person is with.
fn other_person(summary: &RoomSummary, me: PersonId) -> Option<PersonId> {
    let mut others = summary.people.iter().copied().filter(|&id| id != me);
    match (summary.kind, others.next(), others.next()) {
        (RoomKind::Direct, Some(other), None) => Some(other),
        _ => None,
    }
}

/// Everyone in a room, as far as this client knows.
fn members_of(room: &Room) -> &[PersonId] {
    if room.members.is_empty() { &room.summary.people } else { &room.members }
}
