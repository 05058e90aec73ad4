//! The whole server over real sockets: each test has a server and a data folder of its own, and people with names.
//!
//! Nothing here sleeps. Tests wait for what must happen. To show that something does not happen,
//! they wait for a later event that arrives without it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, also outside of test functions")]

mod harness;

mod accounts;
mod bad_input;
mod console;
mod files;
mod floods;
mod lobby;
mod log;
mod mentions;
mod messages;
mod moderation;
mod namespaces;
mod notifications;
mod pages;
mod pages_of_messages;
mod people;
mod pins;
mod previews;
mod privacy;
mod push;
mod reactions;
mod reading;
mod receipts;
mod room_settings;
mod rooms;
mod saved;
mod search;
mod shutdown;
mod signals;
mod tasks;
mod threads;
