//! The stored facts of a web page.

use serde::{Deserialize, Serialize};

/// The stored facts of a web page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub site: String,
    pub title: String,
    pub text: String,
    /// Width and height of the picture's small copy, in pixels.
    pub picture: Option<(u32, u32)>,
}
