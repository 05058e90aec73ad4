//! Which emoji there are.

use crate::error::Error;
use common::Code;

/// The emoji that a text is, written in the one way in which it is stored.
///
/// # Errors
/// [`Code::NotAnEmoji`]
pub fn known(text: &str) -> Result<&'static str, Error> {
    Ok(emojis::get(text).ok_or(Code::NotAnEmoji)?.as_str())
}
