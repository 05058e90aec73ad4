//! Rooms: in the sidebar, to browse and join, to make, to invite into, to change; the pane of the open one.

mod create;
mod dialogs;
mod direct;
mod door;
mod header;
mod home;
mod invite;
mod members;
mod pane;
mod panel;
mod people_picker;
mod row;
mod settings;

pub use dialogs::{Dialog, DialogKind, OpenDialog};
pub use door::{BackHeader, Door, NoRoom};
pub use home::HomePane;
pub use pane::RoomPane;
pub use panel::{OpenPanel, Panel, PanelKind};
pub use row::{RoomRow, counted};

use crate::state::Room;
use common::{
    PersonId, RoomId, Seq,
    rooms::{RoomKind, RoomSummary},
};

/// The address of a room.
pub fn path_of(room: RoomId) -> String {
    format!("/rooms/{room}")
}

/// The address of a message.
pub fn path_to(room: RoomId, seq: Seq) -> String {
    format!("/rooms/{room}/{seq}")
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
