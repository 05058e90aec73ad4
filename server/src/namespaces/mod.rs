//! The namespaces: purpose, admission checks and commands of each. A client uses one connection for all
//! namespaces.
//!
//! | namespace | for |
//! |---|---|
//! | `/chat` | members |
//! | `/admin` | owners and admins: the console |
//! | `/bot` | programs, with tokens of their own |
//! | `/lobby`, `/lobby/garden` | everyone: to try out how a chat works |

mod admin;
mod bot;
mod chat;
mod lobby;

use crate::{
    commands::{
        context::{
            admin::Context as AdminContext, member::Context as MemberContext, program::Context as ProgramContext,
        },
        dispatch::Bound,
        services::Services,
    },
    realtime::{
        admission::{self, Auth, Candidate, Gate, written},
        audiences::{ADMIN, BOT, CHAT},
        lifecycle::{self, opened},
    },
};
use common::{Code, limits};
use socketioxide::{
    ParserConfig, SocketIo,
    extract::{SocketRef, TryData},
    handler::ConnectHandler,
    layer::SocketIoLayer,
};
use std::time::Duration;

/// Timeout for the first namespace: the server closes a connection that has entered none.
const CONNECTS_WITHIN: Duration = Duration::from_secs(15);

/// The Socket.IO server, without namespaces.
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
/// When the handler for unknown namespaces cannot be set up.
pub fn open(io: &SocketIo, gate: &Gate, services: &Services) -> anyhow::Result<()> {
    let (gate_of, services_of) = (gate.clone(), services.clone());
    let admit = async move |socket: SocketRef, auth| {
        let candidate = admission::pass(admission::MEMBERS, Candidate::new(socket, CHAT, auth, gate_of)).await?;
        let (ctx, rooms) =
            MemberContext::of(&candidate, services_of).ok_or_else(|| written(&Code::NotSignedIn.into()))?;
        lifecycle::enter(candidate.socket(), Bound { ctx, commands: &chat::COMMANDS }, rooms);
        Ok::<_, String>(())
    };
    io.ns(CHAT, (async |socket| opened::<Bound<MemberContext>>(socket).await).with(admit));

    let (gate_of, services_of) = (gate.clone(), services.clone());
    let admit = async move |socket: SocketRef, auth| {
        let candidate = admission::pass(admission::ADMINS, Candidate::new(socket, ADMIN, auth, gate_of)).await?;
        let ctx = AdminContext::of(&candidate, services_of).ok_or_else(|| written(&Code::NotSignedIn.into()))?;
        lifecycle::enter(candidate.socket(), Bound { ctx, commands: &admin::COMMANDS }, ());
        Ok::<_, String>(())
    };
    io.ns(ADMIN, (async |socket| opened::<Bound<AdminContext>>(socket).await).with(admit));

    let gate_of = gate.clone();
    let admit = async move |socket: SocketRef, auth| {
        let candidate = admission::pass(admission::PROGRAMS, Candidate::new(socket, BOT, auth, gate_of)).await?;
        let ctx = ProgramContext::of(&candidate).ok_or_else(|| written(&Code::WrongToken.into()))?;
        lifecycle::enter(candidate.socket(), Bound { ctx, commands: &bot::COMMANDS }, ());
        Ok::<_, String>(())
    };
    io.ns(BOT, (async |socket| opened::<Bound<ProgramContext>>(socket).await).with(admit));

    lobby::open(io, gate);
    refuse_unknown(io, gate)
}

/// Refuses every unknown namespace. socketioxide creates a namespace for each requested name and would keep it.
/// This handler deletes it, so that names cost no memory.
fn refuse_unknown(io: &SocketIo, gate: &Gate) -> anyhow::Result<()> {
    let (gate, namespaces) = (gate.clone(), io.clone());
    let refuse = async move |socket: SocketRef, auth: TryData<Auth>| {
        let name = socket.ns().to_owned();
        let refused = admission::pass(admission::UNKNOWN, Candidate::new(socket, "?", auth, gate)).await;
        namespaces.delete_ns(name);
        refused.map(drop)
    };
    for pattern in ["/", "/{*name}"] {
        io.dyn_ns(pattern, (async |_: SocketRef| {}).with(refuse.clone()))?;
    }
    Ok(())
}
