//! A connection's life in a namespace: it enters its audiences, the others hear of it, its commands
//! run, it goes.

use super::queue::{Commands, Intake, Queue, Worker};
use crate::{
    connections::{Connection, Seat},
    door_log::Operations,
    error::Error,
    middleware::connect::Visitor,
    transport::Transport,
};
use common::{Code, ConnectionId, PersonId};
use socketioxide::{extract::SocketRef, socket::DisconnectReason};
use std::sync::Arc;
use tokio::sync::watch;

/// A connection in a namespace, whoever's it is.
#[derive(Clone)]
pub struct Entered {
    pub namespace: &'static str,
    pub connection: Arc<Connection>,
    /// Its place in the namespace; none for one to measure with.
    pub seat: Option<Arc<Seat>>,
    pub person: Option<PersonId>,
    pub operations: Operations,
}

impl Entered {
    pub fn transport(&self) -> &Transport {
        &self.connection.transport
    }

    /// It has left the namespace.
    pub fn leave(&self, reason: &str) {
        if let Some(seat) = &self.seat {
            seat.leave(reason);
        }
    }

    /// Whether it may still ask for anything here.
    ///
    /// # Errors
    /// [`Code::SessionExpired`] once it was sent away, for what it had asked before and what it asks all the same.
    pub fn is_here(&self) -> Result<(), Code> {
        let is_taken_away = self.seat.as_ref().is_some_and(|seat| seat.is_taken_away());
        if is_taken_away { Err(Code::SessionExpired) } else { Ok(()) }
    }

    pub fn id(&self) -> ConnectionId {
        self.connection.id
    }
}

/// Who calls: what a command's handler may use, and how their life in the namespace begins and ends.
pub trait Caller: Clone + Send + Sync + 'static {
    /// What is known when the connection is let in, for its beginning.
    type Start: Send + Sync + 'static;

    fn entered(&self) -> &Entered;

    /// Whether they may still ask for anything.
    ///
    /// # Errors
    /// Why they may not.
    fn is_welcome(&self) -> Result<(), Code>;

    /// Enters its audiences. An error closes the connection.
    fn begin(&self, socket: &SocketRef, start: Self::Start) -> impl Future<Output = Result<(), Error>> + Send;

    /// It has gone.
    fn end(&self);
}

/// What waits, from the moment a connection is let in, for its life to begin.
struct Entrance<X: Caller> {
    queue: Arc<Queue<X>>,
    worker: Worker<X>,
    start: X::Start,
    /// Dropped when the opening is over.
    opening: watch::Sender<()>,
}

/// Makes a connection ready for whatever its client sends. Part of the connect middleware: the
/// connect handler runs in a task of its own, and commands may be here before it.
pub fn enter<X: Caller>(visitor: Visitor, ctx: X, commands: &'static Commands<X>, start: X::Start) {
    let socket = visitor.into_socket();
    let (queue, worker) = Queue::new(ctx, commands);
    queue.ctx.entered().connection.enter(queue.ctx.entered().namespace, queue.depth());
    if let Some(seat) = &queue.ctx.entered().seat {
        socket.extensions.insert(seat.clone());
    }
    socket.on_fallback(Intake(queue.clone()));
    let (opening, mut opened) = watch::channel(());
    let leaving = queue.clone();
    socket.on_disconnect(async move |socket: SocketRef, reason: DisconnectReason| {
        // Nobody goes before they came. Nothing is ever sent: this ends with an error.
        drop(opened.changed().await);
        closed(&socket, reason, &leaving.ctx);
    });
    socket.extensions.insert(Arc::new(Entrance { queue, worker, start, opening }));
}

pub(super) async fn opened<X: Caller>(socket: SocketRef) {
    let entrance = socket.extensions.remove::<Arc<Entrance<X>>>().and_then(Arc::into_inner);
    let Some(Entrance { queue, worker, start, opening }) = entrance else {
        return tracing::error!("a connection came in unprepared");
    };
    let entered = queue.ctx.entered();
    tracing::info!(connection = %entered.id(), person = ?entered.person, namespace = socket.ns(), "connected");
    match queue.ctx.begin(&socket, start).await {
        Ok(()) => worker.start(),
        Err(error) => turned_away(socket, error),
    }
    drop(opening);
}

fn closed(socket: &SocketRef, reason: DisconnectReason, ctx: &impl Caller) {
    ctx.end();
    let entered = ctx.entered();
    entered.leave(&reason.to_string());
    tracing::info!(connection = %entered.id(), person = ?entered.person, namespace = socket.ns(), %reason, "disconnected");
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
