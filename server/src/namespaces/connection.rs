//! A connection's life in a namespace: it enters its audiences, the others hear of it, its commands
//! run, it goes.

use super::queue::{Commands, Intake, Queue, Worker};
use crate::{
    connections::{Connection, Seat},
    door_log::Operations,
    error::Error,
    programs::Known,
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
    pub program: Option<Arc<Known>>,
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

impl<X: Caller> Entrance<X> {
    async fn open(self, socket: &SocketRef) {
        let Self { queue, worker, start, opening } = self;
        let entered = queue.ctx.entered();
        tracing::info!(connection = %entered.id(), person = ?entered.person, namespace = socket.ns(), "connected");
        match queue.ctx.begin(socket, start).await {
            Ok(()) => worker.start(),
            Err(error) => turned_away(socket.clone(), error),
        }
        drop(opening);
    }
}

/// Makes a connection ready for whatever its client sends. Part of the connect middleware: the
/// connect handler runs in a task of its own, and commands may be here before it.
pub fn enter<X: Caller>(socket: &SocketRef, ctx: X, commands: &'static Commands<X>, start: X::Start) {
    let (queue, worker) = Queue::new(ctx, commands);
    queue.ctx.entered().connection.enter(queue.ctx.entered().namespace, queue.depth());
    if let Some(seat) = &queue.ctx.entered().seat {
        socket.extensions.insert(seat.clone());
    }
    socket.on_fallback(Intake(queue.clone()));
    let (opening, mut opened) = watch::channel(());
    let leaving = queue.clone();
    socket.on_disconnect(async move |socket: SocketRef, reason: DisconnectReason| {
        // Nobody goes before they came. The connect handler may have come first: then nothing is ever sent here, and
        // this ends with an error. Or it may never come: socketioxide does not call it for a connection that is closed
        // in the moment in which it is let in.
        self::opened::<X>(socket.clone()).await;
        drop(opened.changed().await);
        closed(&socket, reason, &leaving.ctx);
    });
    socket.extensions.insert(Arc::new(Entrance { queue, worker, start, opening }));
}

/// Begins the life of a connection, once, whoever calls this first.
pub(super) async fn opened<X: Caller>(socket: SocketRef) {
    if let Some(entrance) = socket.extensions.remove::<Arc<Entrance<X>>>().and_then(Arc::into_inner) {
        entrance.open(&socket).await;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        broadcasts::Broadcasts,
        config::Durability,
        connections::{Connections, Limits},
        db::Db,
        door_log::DoorLog,
        metrics::Metrics,
        middleware::event::Rates,
    };
    use futures::SinkExt;
    use socketioxide::handler::ConnectHandler;
    use std::{sync::LazyLock, time::Duration};
    use tokio::sync::mpsc;
    use tokio_tungstenite::tungstenite::Message;

    /// Says when it comes and when it goes.
    #[derive(Clone)]
    struct Ada {
        entered: Entered,
        says: mpsc::UnboundedSender<&'static str>,
    }

    impl Caller for Ada {
        type Start = ();

        fn entered(&self) -> &Entered {
            &self.entered
        }

        fn is_welcome(&self) -> Result<(), Code> {
            Ok(())
        }

        async fn begin(&self, _socket: &SocketRef, (): ()) -> Result<(), Error> {
            self.says.send("comes").ok();
            Ok(())
        }

        fn end(&self) {
            self.says.send("goes").ok();
        }
    }

    static COMMANDS: LazyLock<Commands<Ada>> = LazyLock::new(Commands::default);

    #[tokio::test]
    async fn whoever_is_closed_in_the_moment_of_being_let_in_comes_and_goes() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _committed) = Db::open(folder.path(), Durability::Normal).await.unwrap();
        let (layer, io) = crate::namespaces::build();
        let metrics = Arc::new(Metrics::default());
        let operations = Operations {
            connections: Connections::new(Limits::default()),
            door: DoorLog::default(),
            broadcasts: Broadcasts::new(io.clone(), metrics.clone()),
            metrics,
            rates: Arc::new(Rates::new(1)),
            db: db.clone(),
        };
        let (says, mut heard) = mpsc::unbounded_channel();
        let connection = Arc::new(Connection::lone());
        let entered = Entered { namespace: "/chat", connection, seat: None, person: None, program: None, operations };
        let ada = Ada { entered, says };
        let admit = async move |socket: SocketRef| {
            enter(&socket, ada.clone(), &COMMANDS, ());
            drop(socket.disconnect());
            Err("closed in between")
        };
        io.ns("/chat", (async |socket| opened::<Ada>(socket).await).with(admit));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}/socket.io/?EIO=4&transport=websocket", listener.local_addr().unwrap());
        let server = tokio::spawn(axum::serve(listener, axum::Router::new().layer(layer)).into_future());
        let (mut client, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        client.send(Message::text("40/chat,")).await.unwrap();
        for word in ["comes", "goes"] {
            let said = tokio::time::timeout(Duration::from_secs(10), heard.recv()).await;
            assert_eq!(said.expect("it is not waited for in vain"), Some(word));
        }
        server.abort();
        db.close().await;
    }
}
