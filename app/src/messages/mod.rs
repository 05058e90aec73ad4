//! Messages: the conversation of the open room, and the composer below it.

mod composer;
mod conversation;
mod details;
mod row;
mod scroll;
mod typing;

pub use conversation::Conversation;
pub use details::MessageDetails;
