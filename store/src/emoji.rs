//! The known emoji.

use crate::error::Error;
use common::Code;

/// Returns the emoji of a text in its stored form.
///
/// # Errors
/// [`Code::NotAnEmoji`]
pub fn known(text: &str) -> Result<&'static str, Error> {
    Ok(emojis::get(text).ok_or(Code::NotAnEmoji)?.as_str())
}
