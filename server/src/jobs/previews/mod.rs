//! Link previews: what the pages that a message links to say of themselves.
//!
//! After a message is posted or edited, and published, its first links wait in a bounded queue
//! ([`seeker`]). Each page is asked for once a day at most, with limits for everything: where it may
//! be, how long it may take, how much it may say ([`web`]). What it says is read as text ([`page`]),
//! and its picture is re-encoded and small, like those that people upload. Readers' addresses reach
//! this server only.

mod page;
mod seeker;
mod web;

pub use seeker::Previews;
