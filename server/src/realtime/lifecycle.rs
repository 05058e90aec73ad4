//! Lifecycle of a connection in a namespace: it enters its audiences, its arrival is published, its commands
//! run, it leaves.
//!
//! The connection enters its person's audience before it asks the database for rooms: a join or leave between
//! the two reaches it through that audience.

use super::{
    caller::Caller,
    queue::{Dispatch, Intake, Queue, Worker},
};
use socketioxide::{extract::SocketRef, socket::DisconnectReason};
use std::sync::Arc;
use store::error::Error;
use tokio::sync::watch;

/// The start value of a connection, from admission until its lifecycle begins.
struct Entrance<D: Dispatch> {
    queue: Arc<Queue<D>>,
    worker: Worker<D>,
    start: <D::Caller as Caller>::Start,
    /// Dropped when the beginning is over.
    opening: watch::Sender<()>,
}

impl<D: Dispatch> Entrance<D> {
    async fn open(self, socket: &SocketRef) {
        let Self { queue, worker, start, opening } = self;
        let handle = queue.handle();
        tracing::info!(connection = %handle.id(), person = ?handle.person, namespace = socket.ns(), "connected");
        match queue.caller().begin(socket, start).await {
            // The task ends with its connection: the socket's handlers own the queue that it drains.
            Ok(()) => drop(tokio::spawn(worker.run())),
            Err(error) => turned_away(socket.clone(), error),
        }
        drop(opening);
    }
}

/// Prepares a connection for its client's events. It is part of the connect middleware. The connect handler
/// runs in its own task, and commands may arrive before it.
pub fn enter<D: Dispatch>(socket: &SocketRef, dispatch: D, start: <D::Caller as Caller>::Start) {
    let (queue, worker) = Queue::new(dispatch);
    let handle = queue.handle();
    handle.connection.enter(handle.namespace, queue.depth());
    if let Some(slot) = &handle.slot {
        socket.extensions.insert(slot.clone());
    }
    socket.on_fallback(Intake(queue.clone()));
    let (opening, mut opened) = watch::channel(());
    let leaving = queue.clone();
    socket.on_disconnect(async move |socket: SocketRef, reason: DisconnectReason| {
        // An end follows a beginning. The connect handler may run first: then this channel receives nothing and
        // ends with an error. The connect handler may also never run: socketioxide skips it when a connection
        // closes during admission.
        self::opened::<D>(socket.clone()).await;
        drop(opened.changed().await);
        closed(&socket, reason, leaving.caller());
    });
    socket.extensions.insert(Arc::new(Entrance { queue, worker, start, opening }));
}

/// Begins the lifecycle once. The first handler that calls this function wins.
pub async fn opened<D: Dispatch>(socket: SocketRef) {
    if let Some(entrance) = socket.extensions.remove::<Arc<Entrance<D>>>().and_then(Arc::into_inner) {
        entrance.open(&socket).await;
    }
}

fn closed(socket: &SocketRef, reason: DisconnectReason, caller: &impl Caller) {
    caller.end();
    let handle = caller.handle();
    handle.leave(&reason.to_string());
    tracing::info!(connection = %handle.id(), person = ?handle.person, namespace = socket.ns(), %reason, "disconnected");
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
        namespaces,
        operations::{metrics::Metrics, refusals::RefusalLog},
        realtime::{
            broadcasts::Broadcasts,
            connections::{Connection, Connections, Limits},
            handle::ConnectionHandle,
            queue::{AnyAnswer, Dispatched, Incoming},
            rates::Rates,
            shared::Realtime,
        },
    };
    use common::Code;
    use futures::{SinkExt, future::BoxFuture};
    use socketioxide::handler::ConnectHandler;
    use std::time::Duration;
    use store::db::{Db, Durability};
    use tokio::sync::mpsc;
    use tokio_tungstenite::tungstenite::Message;

    /// Reports its beginning and its end.
    #[derive(Clone)]
    struct Ada {
        handle: ConnectionHandle,
        says: mpsc::UnboundedSender<&'static str>,
    }

    impl Caller for Ada {
        type Start = ();

        fn handle(&self) -> &ConnectionHandle {
            &self.handle
        }

        fn is_welcome(&self) -> Result<(), Code> {
            Ok(())
        }

        async fn begin(&self, _socket: &SocketRef, (): ()) -> Result<(), Error> {
            self.says.send("begins").ok();
            Ok(())
        }

        fn end(&self) {
            self.says.send("ends").ok();
        }
    }

    impl Dispatch for Ada {
        type Caller = Self;

        fn caller(&self) -> &Self {
            self
        }

        fn find(&self, name: &str) -> Option<&'static str> {
            (name == "panic").then_some("panic")
        }

        fn dispatch(&self, _command: Incoming) -> BoxFuture<'_, Dispatched> {
            Box::pin(async { panic!("a handler that panics") })
        }
    }

    /// A server with one namespace, in which the caller is Ada.
    struct OneNamespace {
        io: socketioxide::SocketIo,
        layer: socketioxide::layer::SocketIoLayer,
        db: Db,
        ada: Ada,
        heard: mpsc::UnboundedReceiver<&'static str>,
        _folder: tempfile::TempDir,
    }

    impl OneNamespace {
        async fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let (db, _committed) = Db::open(folder.path(), Durability::Normal).await.unwrap();
            let (layer, io) = namespaces::build();
            let metrics = Arc::new(Metrics::default());
            let realtime = Realtime {
                connections: Connections::new(Limits::default()),
                refusals: RefusalLog::default(),
                broadcasts: Broadcasts::new(io.clone(), metrics.clone()),
                metrics,
                rates: Arc::new(Rates::new(1)),
                db: db.clone(),
            };
            let (says, heard) = mpsc::unbounded_channel();
            let (namespace, connection) = ("/chat", Arc::new(Connection::lone()));
            let handle = ConnectionHandle { namespace, connection, slot: None, person: None, program: None, realtime };
            Self { io, layer, db, ada: Ada { handle, says }, heard, _folder: folder }
        }

        /// Serves, and returns a client that has asked for admission.
        async fn client(
            &self,
        ) -> tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>> {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("ws://{}/socket.io/?EIO=4&transport=websocket", listener.local_addr().unwrap());
            tokio::spawn(axum::serve(listener, axum::Router::new().layer(self.layer.clone())).into_future());
            let (mut client, _) = tokio_tungstenite::connect_async(url).await.unwrap();
            client.send(Message::text("40/chat,")).await.unwrap();
            client
        }

        async fn says(&mut self, word: &'static str) {
            let said = tokio::time::timeout(Duration::from_secs(10), self.heard.recv()).await;
            assert_eq!(said.expect("it begins and ends"), Some(word));
        }
    }

    #[tokio::test]
    async fn a_socket_closed_during_admission_begins_and_ends_once() {
        let mut server = OneNamespace::new().await;
        let ada = server.ada.clone();
        let admit = async move |socket: SocketRef| {
            enter(&socket, ada.clone(), ());
            drop(socket.disconnect());
            Err("closed in between")
        };
        server.io.ns("/chat", (async |socket| opened::<Ada>(socket).await).with(admit));
        let _client = server.client().await;
        server.says("begins").await;
        server.says("ends").await;
        assert!(server.heard.try_recv().is_err());
        server.db.close().await;
    }

    #[tokio::test]
    async fn a_handler_that_panics_answers_with_an_incident_and_the_connection_goes_on() {
        use futures::StreamExt;
        let mut server = OneNamespace::new().await;
        let ada = server.ada.clone();
        let admit = async move |socket: SocketRef| {
            enter(&socket, ada.clone(), ());
            Ok::<_, String>(())
        };
        server.io.ns("/chat", (async |socket| opened::<Ada>(socket).await).with(admit));
        let mut client = server.client().await;
        server.says("begins").await;
        for id in 1..=2 {
            client.send(Message::text(format!("42/chat,{id}[\"panic\",{{}}]"))).await.unwrap();
            let answer = loop {
                let frame = tokio::time::timeout(Duration::from_secs(10), client.next()).await.unwrap();
                let text = frame.unwrap().unwrap().into_text().unwrap();
                if text.starts_with("43/chat,") {
                    break text.as_str().to_owned();
                }
            };
            assert!(answer.starts_with(&format!("43/chat,{id}[")), "{answer}");
            assert!(answer.contains("\"internal\"") && answer.contains("incident"), "{answer}");
        }
        server.db.close().await;
    }

    #[test]
    fn an_answer_is_written_like_its_type() {
        let answer: AnyAnswer = AnyAnswer::Ok(Box::new(vec![1, 2]));
        assert_eq!(serde_json::to_string(&answer).unwrap(), r#"{"ok":[1,2]}"#);
    }
}
