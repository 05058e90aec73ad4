//! A connection's life in the namespace: it enters its audiences, the others hear of it, its
//! commands run, it goes.

use super::{commands, queue::Queue};
use crate::{
    accounts::Session,
    broadcasts::audience,
    chat::Context,
    rooms::memberships,
    state::AppState,
};
use common::{
    ConnectionId,
    connections::{ConnectionClosed, ConnectionOpened},
};
use socketioxide::{extract::SocketRef, socket::DisconnectReason};

pub(super) async fn opened(socket: SocketRef, state: AppState) {
    let Some(session) = socket.extensions.get::<Session>() else {
        return tracing::error!("a connection came in without a session");
    };
    let ctx = Context {
        db: state.db,
        config: state.config,
        broadcasts: state.broadcasts,
        presence: state.presence,
        person: session.person,
        connection: ConnectionId::new(),
        session,
    };
    // Everything is registered before the first await: what is already on its way must find it.
    let (queue, worker) = Queue::new();
    commands::register(&socket, &ctx, &queue);
    let leaving = ctx.clone();
    socket.on_disconnect(async move |socket: SocketRef, reason: DisconnectReason| closed(socket, reason, leaving).await);
    // Counted before the first await too, so that the disconnect always finds something to count down.
    let connections = ctx.presence.arrive(ctx.person);
    socket.join([audience::person(ctx.person), audience::session(&ctx.session.key())]);
    // Rooms joined from here on reach this connection through its person's audience.
    match memberships::rooms_of(&ctx.db, ctx.person).await {
        Ok(rooms) => socket.join(rooms.into_iter().map(audience::room).collect::<Vec<_>>()),
        Err(error) => return turned_away(socket, error),
    }
    announce(&socket, &ctx, connections).await;
    worker.start();
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

fn turned_away(socket: SocketRef, error: crate::Error) {
    let refusal = error.into_refusal();
    tracing::warn!(incident = refusal.incident, "a connection could not be set up and is closed");
    if let Err(error) = socket.disconnect() {
        tracing::warn!(%error, "it could not be closed either");
    }
}
