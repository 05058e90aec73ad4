//! What crosses the wire, to the letter: a snapshot in `tests/snapshots` for each command with its
//! answer, each server event, each refusal, each page and each form; and what was written reads
//! back as the same value. With commands and events stands what people read of them (`in_words`), which is not
//! on the wire.
//!
//! A snapshot that changes is a change of the protocol: say so in `docs/protocol.md`, and accept
//! it with `INSTA_UPDATE=always cargo test -p common`.

mod cast;
mod snapshots;

mod accounts;
mod blocks;
mod catch_up;
mod commands;
mod console;
mod delivery;
mod emoji;
mod events;
mod files;
mod lobby;
mod messages;
mod moderation;
mod notifications;
mod page;
mod people;
mod pins;
mod presence;
mod previews;
mod push;
mod reactions;
mod reading;
mod refusal;
mod rooms;
mod saved;
mod search;
mod secrets;
mod threads;
mod typing;
mod words;
