//! Messages: the conversation of the open room, and the composer below it.

mod actions;
mod completion;
mod composer;
mod conversation;
mod date;
mod delete;
mod details;
mod editor;
mod excerpt;
mod link;
mod marks;
mod pointed;
mod report;
mod row;
mod scroll;
mod seen;
mod system_messages;
mod turning;
mod typing;
mod unread;
mod versions;

pub use actions::Actions;
pub use completion::{Completed, Completions, rank};
pub use conversation::{ConversationPane, WayDown, Writing, on_every_look};
pub use date::GoToDate;
pub use delete::DeleteForm;
pub use details::MessageDetails;
pub use editor::Editor;
pub use excerpt::Excerpt;
pub use pointed::{Editing, Pointed, Unveiled};
pub use report::ReportForm;
pub use row::rows_in_view;
pub use scroll::Scroll;
pub use typing::TypingLine;
pub use unread::{Unread, UnreadBar};
