//! Threads: what a message tells of the replies to it, the thread beside the room, and the list of those
//! that you follow.

mod entry;
mod follow;
mod foot;
mod list;
mod panel;

pub use entry::ThreadsEntry;
pub use foot::RepliesFoot;
pub use list::ThreadList;
pub use panel::ThreadPanel;

use crate::rooms;
use common::{MessageId, RoomId, Seq};

/// The address of a message: its place in its room, or the thread beside it.
pub fn path_to_message(room: RoomId, seq: Seq, thread: Option<MessageId>) -> String {
    thread.map_or_else(|| rooms::path_to(room, seq), |parent| path_of(room, parent))
}

/// The address of a thread.
pub fn path_of(room: RoomId, parent: MessageId) -> String {
    format!("{}/threads/{parent}", rooms::path_of(room))
}
