//! What client and server share: ids, commands with their replies, server events, refusals, limits.
//!
//! Everything here crosses the wire as JSON, so every type has a snapshot test in `tests/wire`.
//! There is no I/O and no `cfg` in this crate: it means the same on the server and in WASM.

pub mod commands;
pub mod events;
pub mod ids;
pub mod json;
pub mod limits;
pub mod malformed;
pub mod refusal;
pub mod secrets;
pub mod words;

pub mod accounts;
pub mod announcements;
pub mod audit;
pub mod bans;
pub mod blocks;
pub mod catch_up;
pub mod connections;
pub mod console;
pub mod delivery;
pub mod emoji;
pub mod files;
pub mod invites;
pub mod lobby;
pub mod mentions;
pub mod messages;
pub mod notifications;
pub mod page;
pub mod people;
pub mod permissions;
pub mod pins;
pub mod presence;
pub mod previews;
pub mod programs;
pub mod push;
pub mod reactions;
pub mod reading;
pub mod refusal_log;
pub mod reports;
pub mod retention;
pub mod rooms;
pub mod roster;
pub mod saved;
pub mod search;
pub mod threads;
pub mod typing;

pub use commands::{Answer, Command};
pub use events::ServerEvent;
pub use ids::{
    BanId, CommandId, ConnectionId, FileId, InviteId, MessageId, PersonId, PreviewId, ProgramId, ReportId, RoomId,
};
pub use refusal::{Code, Refusal};

/// A position in a room's log: 1, 2, 3, … without gaps; 0 means "before the first event".
pub type Seq = i64;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;
