//! The namespaces: what each is for, who may enter it, and what can be asked there. All of them go over
//! the one connection that a client has.
//!
//! | namespace | for |
//! |---|---|
//! | `/chat` | members |
//! | `/admin` | owners and admins: the console |
//! | `/bot` | programs, with tokens of their own |
//! | `/lobby`, `/lobby/garden` | anybody: to try out how a chat works |

mod connection;
pub mod handshake;
mod queue;

pub use connection::Entered;
pub(crate) use connection::{Caller, enter};
pub use queue::Reply;
pub(crate) use queue::{Commands, Depth};

use crate::{
    admin, bot, chat, lobby,
    middleware::connect::{self, Visitor},
    state::AppState,
};
use common::limits;
use socketioxide::{
    ParserConfig, SocketIo,
    extract::{SocketRef, TryData},
    handler::ConnectHandler,
    layer::SocketIoLayer,
};
use std::time::Duration;

/// Whoever has not entered a namespace until then is closed.
const CONNECTS_WITHIN: Duration = Duration::from_secs(15);

/// The Socket.IO server, before it knows of any namespace.
pub fn build() -> (SocketIoLayer, SocketIo) {
    SocketIo::builder()
        .max_payload(limits::FRAME_BYTES as u64)
        .ws_max_message_size(limits::FRAME_BYTES)
        .ws_max_frame_size(limits::FRAME_BYTES)
        .ws_read_buffer_size(1024)
        .max_buffer_size(1024)
        .connect_timeout(CONNECTS_WITHIN)
        .ping_interval(Duration::from_secs(25))
        .ping_timeout(Duration::from_secs(20))
        .with_parser(ParserConfig::common().max_incoming_binaries(0))
        .build_layer()
}

/// Opens all namespaces.
///
/// # Errors
/// When the one for names that do not exist cannot be set up.
pub fn open(io: &SocketIo, state: &AppState) -> anyhow::Result<()> {
    let at = state.clone();
    let admit = async move |socket: SocketRef, auth| {
        let visitor = connect::pass(connect::MEMBERS, Visitor::new(socket, chat::PATH, auth, at)).await?;
        chat::prepare(visitor)
    };
    io.ns(chat::PATH, (async move |socket| connection::opened::<chat::Context>(socket).await).with(admit));

    let at = state.clone();
    let admit = async move |socket: SocketRef, auth| {
        let visitor = connect::pass(connect::ADMINS, Visitor::new(socket, admin::PATH, auth, at)).await?;
        admin::prepare(visitor)
    };
    io.ns(admin::PATH, (async move |socket| connection::opened::<admin::Context>(socket).await).with(admit));

    let at = state.clone();
    let admit = async move |socket: SocketRef, auth| {
        let visitor = connect::pass(connect::PROGRAMS, Visitor::new(socket, bot::PATH, auth, at)).await?;
        bot::prepare(visitor)
    };
    io.ns(bot::PATH, (async move |socket| connection::opened::<bot::Context>(socket).await).with(admit));

    lobby::open(io, state);
    nowhere(io, state)
}

/// Refuses whatever namespace there is not. socketioxide makes one for each name that is asked for and
/// would keep it: it is taken away again, so that names cost nothing.
fn nowhere(io: &SocketIo, state: &AppState) -> anyhow::Result<()> {
    let at = state.clone();
    let namespaces = io.clone();
    let refuse = async move |socket: SocketRef, auth: TryData<connect::Auth>| {
        let name = socket.ns().to_owned();
        let refused = connect::pass(connect::NOBODY, Visitor::new(socket, "?", auth, at)).await;
        namespaces.delete_ns(name);
        refused.map(drop)
    };
    for pattern in ["/", "/{*name}"] {
        io.dyn_ns(pattern, (async |_: SocketRef| {}).with(refuse.clone()))?;
    }
    Ok(())
}
