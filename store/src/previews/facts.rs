//! What is kept of a page.

use serde::{Deserialize, Serialize};

/// What is kept of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub site: String,
    pub title: String,
    pub text: String,
    /// Of the small copy of its picture: width and height in pixels.
    pub picture: Option<(u32, u32)>,
}
