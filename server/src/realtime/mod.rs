//! Everything that knows sockets, and the audiences of events.

pub mod admission;
pub mod handshake;
pub mod middleware;
pub mod origin;
pub mod session_token;
pub mod transport;
mod under;

pub mod caller;
pub mod connections;
pub mod handle;
pub mod lifecycle;
pub mod queue;
pub mod rates;
pub mod shared;

pub mod audiences;
mod batches;
pub mod broadcasts;
mod guests;
pub mod packings;
pub mod relay;

pub mod attention;
pub mod bans;
pub mod delivery;
pub mod presence;
pub mod receipts;
pub mod session_lookups;
