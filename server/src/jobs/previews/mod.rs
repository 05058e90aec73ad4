//! Link previews: title, description and picture of the pages that a message links to.
//!
//! A message's first links enter a bounded queue after its event is published ([`seeker`]). The server requests
//! each page at most once a day. Limits apply to its address, time and size ([`web`]). The server reads the
//! page as text ([`page`]) and re-encodes its picture at a small size, as it does with uploads. Readers'
//! addresses reach this server only.

mod page;
mod seeker;
mod web;

pub use seeker::Previews;
