//! A client that waits for what should happen, for a limited time.

use std::time::Duration;

use futures::{FutureExt, StreamExt};
use serde_json::Value;
use socket::{DisconnectReason, Event, Incoming, Incomings, Options, Socket};

/// Long enough for a busy machine; a test that waits this long has failed.
const LIMIT: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    pub(crate) socket: Socket,
    pub(crate) incomings: Incomings,
}

pub(crate) struct Connected {
    pub(crate) socket_id: String,
    pub(crate) recovered: bool,
}

impl Client {
    pub(crate) fn connect(options: Options) -> Self {
        let (socket, incomings) = socket::native::connect(options);
        Self { socket, incomings }
    }

    pub(crate) async fn ask(&self, name: &str, args: Vec<Value>) -> Vec<Value> {
        self.socket.request(name, args).await.expect("an answer").args
    }

    pub(crate) async fn connected(&mut self) -> Connected {
        self.until(|incoming| match incoming {
            Incoming::Connected { socket_id, recovered } => Some(Connected { socket_id, recovered }),
            _ => None,
        })
        .await
    }

    pub(crate) async fn disconnected(&mut self) -> DisconnectReason {
        self.until(|incoming| match incoming {
            Incoming::Disconnected { reason } => Some(reason),
            _ => None,
        })
        .await
    }

    /// The attempt with this number is announced.
    pub(crate) async fn reconnecting(&mut self, number: u32) {
        self.until(|incoming| match incoming {
            Incoming::Reconnecting { attempt, .. } => (attempt == number).then_some(()),
            _ => None,
        })
        .await;
    }

    /// The next event, which must have this name.
    pub(crate) async fn event(&mut self, name: &str) -> Event {
        let event = self
            .until(|incoming| match incoming {
                Incoming::Event(event) => Some(event),
                _ => None,
            })
            .await;
        assert_eq!(event.name, name);
        event
    }

    /// Skips what is not wanted.
    pub(crate) async fn until<T>(&mut self, wanted: impl Fn(Incoming) -> Option<T>) -> T {
        loop {
            let next = Listener(&mut self.incomings).next().await;
            if let Some(found) = wanted(next.expect("the stream has ended")) {
                return found;
            }
        }
    }

    pub(crate) async fn ended(&mut self) {
        assert_eq!(Listener(&mut self.incomings).next().await, None);
    }

    pub(crate) fn nothing_happened(&mut self) -> bool {
        self.incomings.next().now_or_never().is_none()
    }
}

pub(crate) struct Listener<'a>(pub(crate) &'a mut Incomings);

impl Listener<'_> {
    pub(crate) async fn next(&mut self) -> Option<Incoming> {
        let next = tokio::time::timeout(LIMIT, self.0.next());
        next.await.expect("nothing happened in time")
    }
}
