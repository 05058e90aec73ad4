//! The `/chat` namespace: who may enter it, what happens when a connection opens and closes, and
//! how its commands are run, in the order sent.

pub mod commands;
mod connection;
mod entry;
pub mod handshake;
mod queue;

pub use queue::{Context, Reply};

use crate::{broadcasts::CHAT, state::AppState};
use common::limits;
use socketioxide::{ParserConfig, SocketIo, handler::ConnectHandler, layer::SocketIoLayer};
use std::time::Duration;

/// The Socket.IO server, before it knows of any namespace.
pub fn build() -> (SocketIoLayer, SocketIo) {
    SocketIo::builder()
        .max_payload(limits::FRAME_BYTES as u64)
        .ws_max_message_size(limits::FRAME_BYTES)
        .ws_max_frame_size(limits::FRAME_BYTES)
        .ws_read_buffer_size(1024)
        .max_buffer_size(1024)
        .ping_interval(Duration::from_secs(25))
        .ping_timeout(Duration::from_secs(20))
        .with_parser(ParserConfig::common().max_incoming_binaries(0))
        .build_layer()
}

/// Opens the namespace.
///
/// # Errors
/// When the namespace cannot be set up.
pub fn open(io: &SocketIo, state: AppState) {
    let admit = async move |socket, auth| entry::admit(socket, auth, state).await;
    io.ns(CHAT, connection::opened.with(admit));
}
