//! Emoji: the list of them, which is fetched when it is first needed, and the picker.

mod list;
mod picker;
mod picking;
mod recent;

pub use list::{Groups, found, groups};
pub use picker::EmojiPicker;
pub use picking::{OpenPicker, Picking, Purpose};
