//! A connection's life in the namespace: it enters its audiences, the others hear of it, its
//! commands run, it goes.

use super::{
    commands,
    queue::{Intake, Queue, Worker},
};
use crate::{
    accounts::{Session, sessions},
    broadcasts::{Packing, audience},
    chat::{Context, handshake},
    error::Error,
    rooms::memberships,
    state::AppState,
};
use common::{Code, ConnectionId, RoomId};
use socketioxide::{extract::SocketRef, socket::DisconnectReason};
use std::sync::Arc;
use tokio::sync::watch;

/// What waits, from the moment a connection is let in, for its life to begin.
struct Entrance {
    queue: Arc<Queue>,
    worker: Worker,
    rooms: Rooms,
    /// Dropped when the opening is over.
    opening: watch::Sender<()>,
}

/// The rooms of a person when their connection was let in.
pub(super) struct Rooms {
    pub known: Vec<RoomId>,
    /// How often audiences had changed before that was looked up.
    pub seen: u64,
}

/// Makes a connection ready for whatever its client sends. Part of the connect middleware: the
/// connect handler runs in a task of its own, and commands may be here before it.
pub(super) fn prepare(socket: &SocketRef, session: Session, packing: Packing, rooms: Rooms, state: AppState) {
    let transport = handshake::transport(socket.req_parts());
    let ctx = Context {
        db: state.db,
        search: state.search,
        config: state.config,
        files: state.files,
        broadcasts: state.broadcasts,
        presence: state.presence,
        reports: state.reports,
        attention: state.attention,
        pushes: state.pushes,
        receipts: state.receipts,
        person: session.person,
        connection: ConnectionId::new(),
        packing,
        session,
        transport,
    };
    let (queue, worker) = Queue::new(ctx, &commands::ALL);
    socket.on_fallback(Intake(queue.clone()));
    let (opening, mut opened) = watch::channel(());
    let leaving = queue.clone();
    socket.on_disconnect(async move |socket: SocketRef, reason: DisconnectReason| {
        // Nobody goes before they came. Nothing is ever sent: this ends with an error.
        drop(opened.changed().await);
        closed(&socket, reason, &leaving.ctx);
    });
    socket.extensions.insert(Arc::new(Entrance { queue, worker, rooms, opening }));
}

pub(super) async fn opened(socket: SocketRef) {
    let entrance = socket.extensions.remove::<Arc<Entrance>>().and_then(Arc::into_inner);
    let Some(Entrance { queue, worker, rooms, opening }) = entrance else {
        return tracing::error!("a connection came in unprepared");
    };
    let ctx = &queue.ctx;
    tracing::info!(connection = %ctx.connection, person = %ctx.person, namespace = socket.ns(), "connected");
    let session = audience::session(&ctx.session.key());
    socket.join([audience::EVERYONE.into(), ctx.packing.audience().into(), audience::person(ctx.person), session]);
    ctx.broadcasts.arrived(ctx.packing);
    ctx.presence.arrive(ctx.person, ctx.connection);
    match enter_rooms(&socket, ctx, rooms).await {
        Ok(()) => worker.start(),
        Err(error) => turned_away(socket, error),
    }
    drop(opening);
}

/// Enters the audiences of the person's rooms. What changes from here on reaches this connection
/// through its person's and its session's audience. What has changed since the rooms were looked up
/// shows in another look, and what changes during that one, in yet another.
async fn enter_rooms(socket: &SocketRef, ctx: &Context, rooms: Rooms) -> Result<(), Error> {
    let Rooms { known: mut rooms, seen } = rooms;
    enter(socket, &rooms);
    if ctx.broadcasts.audience_changes() == seen {
        return Ok(());
    }
    let now = memberships::rooms_of(&ctx.db, ctx.person).await?;
    enter(socket, &now);
    let still = memberships::rooms_of(&ctx.db, ctx.person).await?;
    rooms.extend(now);
    let left = rooms.into_iter().filter(|room| !still.contains(room));
    socket.leave(left.map(audience::room).collect::<Vec<_>>());
    if sessions::is_open(&ctx.db, &ctx.session).await? { Ok(()) } else { Err(Code::SessionExpired.into()) }
}

fn enter(socket: &SocketRef, rooms: &[RoomId]) {
    socket.join(rooms.iter().copied().map(audience::room).collect::<Vec<_>>());
}

fn closed(socket: &SocketRef, reason: DisconnectReason, ctx: &Context) {
    ctx.presence.depart(ctx.person, ctx.connection);
    ctx.broadcasts.departed(ctx.packing);
    ctx.reports.forget(ctx.connection);
    ctx.attention.forget(ctx.person, ctx.connection);
    tracing::info!(connection = %ctx.connection, person = %ctx.person, namespace = socket.ns(), %reason, "disconnected");
}

fn turned_away(socket: SocketRef, error: Error) {
    let refusal = error.into_refusal();
    tracing::warn!(
        code = refusal.code.name(),
        incident = refusal.incident,
        "a connection could not be set up and is closed"
    );
    if let Err(error) = socket.disconnect() {
        tracing::warn!(%error, "it could not be closed either");
    }
}
