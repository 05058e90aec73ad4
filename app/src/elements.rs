//! Ids of elements that the document has for the client to find.

/// Carries the page as JSON, for the client to start from.
pub const PAGE: &str = "page";

/// The links to the styles of the lazy parts, and to those of the console.
pub const LAZY_STYLES: &str = "lazy-styles";
pub const CONSOLE_STYLES: &str = "console-styles";
