//! Commands of one connection run one after another, in the order sent.
//!
//! socketioxide runs each event handler in its own task, so two posts of one connection could overtake each
//! other. Here the handler only puts a command into the connection's bounded queue, and one task drains it. The
//! queue owns order and back-pressure; [`Dispatch`] executes commands.

use super::{
    broadcasts::Broadcasts,
    caller::Caller,
    connections::Depth,
    handle::ConnectionHandle,
    middleware::{self, link::Arrival},
    transport::Transport,
};
use common::{Answer, Code, Refusal};
use futures::{FutureExt, future::BoxFuture};
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;
use socketioxide::{
    adapter::LocalAdapter,
    extract::AckSender,
    handler::{FromMessageParts, MessageHandler},
    socket::Socket,
};
use socketioxide_core::Value;
use std::{borrow::Cow, fmt, panic::AssertUnwindSafe, sync::Arc, time::Instant};
use store::Error;
use tokio::sync::mpsc;

/// Capacity of a connection's queue. At half of it the server stops reading from the connection, so that the
/// client waits (back-pressure). Only commands that were read before can exceed the capacity; the queue refuses
/// them with [`Code::TooBusy`].
const CAPACITY: usize = 1024;

/// Reading pauses at half of the capacity.
const PAUSE_AT: usize = CAPACITY / 2;

/// Reading resumes at this number of waiting commands.
const RESUME_AT: usize = CAPACITY / 4;

/// Publishes events after the reply.
pub type Publish = Box<dyn FnOnce(Broadcasts) -> BoxFuture<'static, ()> + Send>;

/// A typed answer. Only its handler and its client know the type.
pub type AnyAnswer = Answer<Box<dyn erased_serde::Serialize + Send>>;

/// An arrived command.
pub struct Incoming {
    /// A name that the namespace knows.
    pub name: &'static str,
    /// The JSON of its payload; `None` when the event has no argument.
    pub payload: Option<Box<RawValue>>,
    pub arrived: Instant,
}

/// The outcome of a command.
pub struct Dispatched {
    pub answer: AnyAnswer,
    pub publish: Option<Publish>,
}

/// Executes the commands of one connection.
pub trait Dispatch: Send + Sync + 'static {
    type Caller: Caller;

    fn caller(&self) -> &Self::Caller;

    /// The command of this name; `None` when the namespace does not have it.
    fn find(&self, name: &str) -> Option<&'static str>;

    fn dispatch(&self, command: Incoming) -> BoxFuture<'_, Dispatched>;
}

struct Waiting {
    command: Incoming,
    ack: AckSender,
}

/// The sending end of a connection's queue.
pub struct Queue<D: Dispatch> {
    dispatch: Arc<D>,
    waiting: mpsc::Sender<Waiting>,
}

/// The receiving end of a [`Queue`]. It holds no sender, so it drains and ends when the connection closes.
pub struct Worker<D: Dispatch> {
    dispatch: Arc<D>,
    waiting: mpsc::Receiver<Waiting>,
}

impl<D: Dispatch> Queue<D> {
    pub(super) fn new(dispatch: D) -> (Arc<Self>, Worker<D>) {
        let (sender, waiting) = mpsc::channel(CAPACITY);
        let dispatch = Arc::new(dispatch);
        (Arc::new(Self { dispatch: dispatch.clone(), waiting: sender }), Worker { dispatch, waiting })
    }

    pub(super) fn depth(&self) -> Depth {
        let waiting = self.waiting.downgrade();
        Depth::new(move || waiting.upgrade().map_or(0, |waiting| waiting.max_capacity() - waiting.capacity()))
    }

    pub(super) fn caller(&self) -> &D::Caller {
        self.dispatch.caller()
    }

    pub(super) fn handle(&self) -> &ConnectionHandle {
        self.caller().handle()
    }

    /// Queues a command, or refuses it at once.
    fn put(&self, event: &EventFrame<'_>, bytes: usize, ack: AckSender) {
        let handle = self.handle();
        let refusal = match self.admit(&event.name, bytes) {
            Ok(name) => {
                let payload = event.payload.map(ToOwned::to_owned);
                let command = Incoming { name, payload, arrived: Instant::now() };
                match self.waiting.try_reserve() {
                    Ok(place) => {
                        place.send(Waiting { command, ack });
                        return self.push_back();
                    }
                    Err(_) => {
                        let refusal = Code::TooBusy.into();
                        middleware::refused(handle, "order", name, &refusal);
                        refusal
                    }
                }
            }
            Err(refusal) => refusal,
        };
        self.push_back();
        answer(ack, &AnyAnswer::Refusal(refusal), handle.transport());
    }

    /// Back-pressure: pauses reading while half of the queue is full.
    fn push_back(&self) {
        if self.waiting.capacity() <= PAUSE_AT {
            let transport = self.handle().transport();
            transport.pause();
            // The worker may have emptied the queue in between and would not resume reading.
            if CAPACITY - self.waiting.capacity() <= RESUME_AT {
                transport.resume();
            }
        }
    }

    fn admit(&self, said: &str, bytes: usize) -> Result<&'static str, Refusal> {
        let (handle, name) = (self.handle(), self.dispatch.find(said));
        middleware::arrives(&Arrival { handle, name: name.unwrap_or("?"), bytes })?;
        self.caller().pace(name.unwrap_or("?"))?;
        name.ok_or_else(|| middleware::unknown(handle, said))
    }
}

impl<D: Dispatch> Worker<D> {
    /// Executes commands until the connection has closed and its queue is empty.
    pub(super) async fn run(mut self) {
        while let Some(Waiting { command, ack }) = self.waiting.recv().await {
            let name = command.name;
            let handle = self.dispatch.caller().handle();
            let dispatched = AssertUnwindSafe(self.dispatch.dispatch(command)).catch_unwind().await;
            let Dispatched { answer: reply, publish } = dispatched.unwrap_or_else(|_| panicked(name));
            answer(ack, &reply, handle.transport());
            if let Some(publish) = publish {
                publish(handle.realtime.broadcasts.clone()).await;
            }
            if self.waiting.len() <= RESUME_AT {
                handle.transport().resume();
            }
        }
    }
}

/// A handler that panics answers with an internal error, and the connection continues.
fn panicked(command: &'static str) -> Dispatched {
    let error = Error::Broken(anyhow::anyhow!("the handler of {command} panicked"));
    Dispatched { answer: AnyAnswer::Refusal(error.into_refusal()), publish: None }
}

/// Receives every event of a connection as the fallback handler. Named handlers would cost each connection a
/// table in memory.
pub struct Intake<D: Dispatch>(pub(super) Arc<Queue<D>>);

impl<D: Dispatch> MessageHandler<LocalAdapter, ()> for Intake<D> {
    fn call(&self, socket: Arc<Socket<LocalAdapter>>, mut payload: Value, ack_id: Option<i64>) {
        let Ok(ack) = AckSender::from_message_parts(&socket, &mut payload, &ack_id);
        let Value::Str(json, _) = &payload else { return };
        match serde_json::from_str::<EventFrame<'_>>(json) {
            Ok(event) => self.0.put(&event, json.len(), ack),
            Err(error) => tracing::debug!(line = error.line(), "a client sent an event without a name"),
        }
    }
}

/// The arguments of an event: `[name, payload, …]`. Clients may send more than one payload, as later steps of
/// the tutorial do. Only the first one counts.
struct EventFrame<'a> {
    name: Cow<'a, str>,
    payload: Option<&'a RawValue>,
}

impl<'de> Deserialize<'de> for EventFrame<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Arguments;

        impl<'de> de::Visitor<'de> for Arguments {
            type Value = EventFrame<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event's name and its arguments")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut arguments: A) -> Result<EventFrame<'de>, A::Error> {
                let name = arguments.next_element::<Name<'de>>()?;
                let name = name.ok_or_else(|| de::Error::invalid_length(0, &self))?.0;
                let payload = arguments.next_element()?;
                while arguments.next_element::<de::IgnoredAny>()?.is_some() {}
                Ok(EventFrame { name, payload })
            }
        }

        deserializer.deserialize_seq(Arguments)
    }
}

/// Borrowed where the JSON has no escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

fn answer(ack: AckSender, answer: &AnyAnswer, transport: &Transport) {
    if let Err(error) = ack.send(answer) {
        // The client has disconnected or reads too slowly. It sends the command again after it reconnects.
        tracing::debug!(%error, "an answer could not be sent");
        transport.hang_up();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(json: &str) -> Option<(String, Option<String>)> {
        let frame: EventFrame<'_> = serde_json::from_str(json).ok()?;
        Some((frame.name.into_owned(), frame.payload.map(|payload| payload.get().to_owned())))
    }

    #[test]
    fn an_event_is_its_name_and_its_first_argument() {
        let of = |name: &str, payload: Option<&str>| Some((name.to_owned(), payload.map(str::to_owned)));
        assert_eq!(frame(r#"["room:list",{}]"#), of("room:list", Some("{}")));
        assert_eq!(frame(r#"["chat message","hi","offset",[1]]"#), of("chat message", Some("\"hi\"")));
        assert_eq!(frame(r#"["caf\u00e9"]"#), of("café", None));
        for wrong in ["[]", "{}", "[1]", "\"room:list\"", r#"["room:list",{}"#] {
            assert_eq!(frame(wrong), None, "{wrong}");
        }
    }
}
