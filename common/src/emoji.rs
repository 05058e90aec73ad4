//! The emoji that people choose from.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Where the list is served. The last part is made of its content, so it may be kept for ever.
pub const LIST: &str = "/api/emoji/8cbfba93";

/// Emoji that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub name: String,
    pub emoji: Vec<Arc<Emoji>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emoji {
    pub emoji: String,
    pub name: String,
    /// What is written between colons for it, if there is anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}
