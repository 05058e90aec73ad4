//! A connection's life in the namespace: it enters its audiences, the others hear of it, its
//! commands run, it goes.

use super::{
    commands,
    queue::{Queue, Worker},
};
use crate::{
    accounts::{Session, sessions},
    broadcasts::audience,
    chat::Context,
    error::Error,
    rooms::memberships,
    state::AppState,
};
use common::{
    Code, ConnectionId,
    connections::{ConnectionClosed, ConnectionOpened},
};
use socketioxide::{extract::SocketRef, socket::DisconnectReason};
use std::sync::Arc;
use tokio::sync::watch;

/// What waits, from the moment a connection is let in, for its life to begin.
struct Entrance {
    ctx: Context,
    worker: Worker,
    /// Dropped when the opening is over.
    opening: watch::Sender<()>,
}

/// Makes a connection ready for whatever its client sends. Part of the connect middleware: the
/// connect handler runs in a task of its own, and commands may be here before it.
pub(super) fn prepare(socket: &SocketRef, session: Session, state: AppState) {
    let ctx = Context {
        db: state.db,
        config: state.config,
        broadcasts: state.broadcasts,
        presence: state.presence,
        person: session.person,
        connection: ConnectionId::new(),
        session,
    };
    let (queue, worker) = Queue::new();
    commands::register(socket, &ctx, &queue);
    let (opening, mut opened) = watch::channel(());
    let leaving = ctx.clone();
    socket.on_disconnect(async move |socket: SocketRef, reason: DisconnectReason| {
        // Nobody hears that it has closed before they hear that it is open. Nothing is ever sent: this ends with an error.
        drop(opened.changed().await);
        closed(socket, reason, leaving).await;
    });
    socket.extensions.insert(Arc::new(Entrance { ctx, worker, opening }));
}

pub(super) async fn opened(socket: SocketRef) {
    let entrance = socket.extensions.remove::<Arc<Entrance>>().and_then(Arc::into_inner);
    let Some(Entrance { ctx, worker, opening }) = entrance else {
        return tracing::error!("a connection came in unprepared");
    };
    let connections = ctx.presence.arrive(ctx.person);
    socket.join([audience::person(ctx.person), audience::session(&ctx.session.key())]);
    announce(&socket, &ctx, connections).await;
    match enter_rooms(&socket, &ctx).await {
        Ok(()) => worker.start(),
        Err(error) => turned_away(socket, error),
    }
    drop(opening);
}

/// Enters the audiences of the person's rooms. What changes from here on reaches this connection
/// through its person's and its session's audience; what changed just before shows in a second look.
async fn enter_rooms(socket: &SocketRef, ctx: &Context) -> Result<(), Error> {
    let rooms = memberships::rooms_of(&ctx.db, ctx.person).await?;
    socket.join(rooms.iter().copied().map(audience::room).collect::<Vec<_>>());
    let still = memberships::rooms_of(&ctx.db, ctx.person).await?;
    let left = rooms.into_iter().filter(|room| !still.contains(room));
    socket.leave(left.map(audience::room).collect::<Vec<_>>());
    if sessions::is_open(&ctx.db, &ctx.session).await? { Ok(()) } else { Err(Code::SessionExpired.into()) }
}

async fn announce(socket: &SocketRef, ctx: &Context, connections: u32) {
    tracing::info!(connection = %ctx.connection, person = %ctx.person, namespace = socket.ns(), "connected");
    let opened = ConnectionOpened { connection: ctx.connection, person: ctx.person, connections };
    ctx.broadcasts.connection_opened(socket, opened).await;
}

async fn closed(socket: SocketRef, reason: DisconnectReason, ctx: Context) {
    let connections = ctx.presence.depart(ctx.person);
    tracing::info!(connection = %ctx.connection, person = %ctx.person, namespace = socket.ns(), %reason, "disconnected");
    let closed = ConnectionClosed { connection: ctx.connection, person: ctx.person, connections };
    ctx.broadcasts.connection_closed(&socket, closed).await;
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
