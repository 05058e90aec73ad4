//! Commands of one connection run one after another, in the order sent.
//!
//! socketioxide would run each event handler in a task of its own, so two posts of one connection
//! could overtake each other. Here a handler only puts its command into the connection's queue,
//! which one task drains. Before that, and in its turn, a command passes the event middleware.

use super::connection::Caller;
use crate::{
    broadcasts::Broadcasts,
    error::Error,
    middleware::event::{self, Arrival, Outcome, Turn},
    transport::Transport,
};
use common::{Answer, Code, Command, Refusal, RoomId};
use futures::future::BoxFuture;
use serde::Serialize;
use socketioxide::{
    adapter::LocalAdapter,
    extract::{AckSender, Event, TryData},
    handler::{FromMessageParts, MessageHandler},
    socket::Socket,
};
use socketioxide_core::Value;
use std::{collections::HashMap, marker::PhantomData, sync::Arc, time::Instant};
use tokio::sync::mpsc;

/// Commands that may wait on one connection. From half of them on nothing more is read from it, so
/// that the client waits. Beyond all of them comes only what was read already, and it is refused with
/// [`Code::TooBusy`].
const WAITING: usize = 1024;

/// With so few waiting it is read again.
const FEW: usize = WAITING / 4;

type Announcement = Box<dyn FnOnce(Broadcasts) -> BoxFuture<'static, ()> + Send>;

/// What a handler returns: the reply, and what to tell others once the reply is on its way.
pub struct Reply<T> {
    value: T,
    announcement: Option<Announcement>,
}

impl<T> Reply<T> {
    pub fn of(value: T) -> Self {
        Self { value, announcement: None }
    }

    /// Announces something after the acknowledgement has been sent.
    #[must_use]
    pub fn then<Fut>(mut self, announce: impl FnOnce(Broadcasts) -> Fut + Send + 'static) -> Self
    where
        Fut: Future<Output = ()> + Send + 'static,
    {
        self.announcement = Some(Box::new(move |broadcasts| Box::pin(announce(broadcasts))));
        self
    }
}

type Job = BoxFuture<'static, ()>;

/// Where a connection's commands wait.
pub struct Queue<X: Caller> {
    pub(super) ctx: X,
    commands: &'static Commands<X>,
    jobs: mpsc::Sender<Job>,
}

/// The other end of a [`Queue`].
pub struct Worker<X: Caller> {
    jobs: mpsc::Receiver<Job>,
    transport: Transport,
    of: PhantomData<X>,
}

/// How many commands wait in a queue, for those who look on.
pub struct Depth(mpsc::WeakSender<Job>);

impl Depth {
    pub fn get(&self) -> usize {
        self.0.upgrade().map_or(0, |jobs| jobs.max_capacity() - jobs.capacity())
    }
}

impl<X: Caller> Queue<X> {
    pub(super) fn new(ctx: X, commands: &'static Commands<X>) -> (Arc<Self>, Worker<X>) {
        let (sender, jobs) = mpsc::channel(WAITING);
        let worker = Worker { jobs, transport: ctx.entered().transport().clone(), of: PhantomData };
        (Arc::new(Self { ctx, commands, jobs: sender }), worker)
    }

    pub(super) fn depth(&self) -> Depth {
        Depth(self.jobs.downgrade())
    }

    /// Puts what a client has asked into its turn, or refuses it at once.
    fn put(&self, name: &str, socket: &Arc<Socket>, payload: Value, ack: AckSender) {
        let entered = self.ctx.entered();
        let command = self.commands.by_name.get(name);
        let arrival = Arrival {
            entered,
            name: command.map_or("?", |command| command.name()),
            payload: &payload,
            free: self.jobs.capacity(),
            half: WAITING / 2,
        };
        let passed = event::arrives(&arrival);
        let refusal = match passed.and_then(|()| command.ok_or_else(|| event::unknown(&arrival, name))) {
            Ok(command) => match self.jobs.try_reserve() {
                Ok(place) => return place.send(command.job(self.ctx.clone(), socket, payload, ack)),
                Err(_) => Code::TooBusy.into(),
            },
            Err(refusal) => refusal,
        };
        answer::<()>(ack, &Answer::Refusal(refusal), entered.transport());
    }
}

impl<X: Caller> Worker<X> {
    /// Runs what waits and what comes, until the connection has gone and its queue is empty.
    pub(super) fn start(mut self) {
        tokio::spawn(async move {
            while let Some(job) = self.jobs.recv().await {
                job.await;
                if self.jobs.len() <= FEW {
                    self.transport.resume();
                }
            }
        });
    }
}

/// Takes every event of a connection. socketioxide calls it for those without a handler of their own,
/// and there are no others: handlers of its own would be a table in the memory of each connection.
pub struct Intake<X: Caller>(pub(super) Arc<Queue<X>>);

impl<X: Caller> MessageHandler<LocalAdapter, ()> for Intake<X> {
    fn call(&self, socket: Arc<Socket<LocalAdapter>>, mut payload: Value, ack_id: Option<i64>) {
        let Ok(ack) = AckSender::from_message_parts(&socket, &mut payload, &ack_id);
        match Event::from_message_parts(&socket, &mut payload, &ack_id) {
            Ok(Event(name)) => self.0.put(&name, &socket, payload, ack),
            Err(error) => tracing::debug!(%error, "an event without a name"),
        }
    }
}

/// The commands that a namespace takes, with what carries them out. The same for all connections.
pub struct Commands<X: Caller> {
    by_name: HashMap<&'static str, Box<dyn Handler<X>>>,
}

impl<X: Caller> Default for Commands<X> {
    fn default() -> Self {
        Self { by_name: HashMap::new() }
    }
}

impl<X: Caller> Commands<X> {
    /// Has `handler` carry out the command that it takes.
    pub fn add<C, H, Fut>(&mut self, handler: H)
    where
        C: Command + Sync,
        H: Fn(X, C) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
    {
        self.by_name.insert(C::NAME, Box::new(Handles { handler, room: None::<fn(&C) -> RoomId> }));
    }

    /// The same for a command that only members of a room may ask, which `room` reads from it.
    pub fn add_in<C, H, Fut>(&mut self, handler: H, room: fn(&C) -> RoomId)
    where
        C: Command + Sync,
        H: Fn(X, C) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
    {
        self.by_name.insert(C::NAME, Box::new(Handles { handler, room: Some(room) }));
    }
}

/// What carries out a command.
trait Handler<X>: Send + Sync {
    fn name(&self) -> &'static str;
    fn job(&self, ctx: X, socket: &Arc<Socket>, payload: Value, ack: AckSender) -> Job;
}

struct Handles<C, H> {
    handler: H,
    /// The room that one must be a member of.
    room: Option<fn(&C) -> RoomId>,
}

impl<X, C, H, Fut> Handler<X> for Handles<C, H>
where
    X: Caller,
    C: Command + Sync,
    H: Fn(X, C) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
{
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn job(&self, ctx: X, socket: &Arc<Socket>, mut payload: Value, ack: AckSender) -> Job {
        let Ok(TryData(payload)) = TryData::<C>::from_message_parts(socket, &mut payload, &None);
        let room = self.room.zip(payload.as_ref().ok()).map(|(room, payload)| room(payload));
        let handler = self.handler;
        Box::pin(run(ctx, handler, payload.map_err(|_| Code::Malformed), room, ack, Instant::now()))
    }
}

async fn run<X, C, H, Fut>(
    ctx: X,
    handler: H,
    payload: Result<C, Code>,
    room: Option<RoomId>,
    ack: AckSender,
    arrived: Instant,
) where
    X: Caller,
    C: Command,
    H: Fn(X, C) -> Fut,
    Fut: Future<Output = Result<Reply<C::Reply>, Error>>,
{
    let entered = ctx.entered().clone();
    let broadcasts = entered.operations.broadcasts.clone();
    let turn = Turn { entered: &entered, name: C::NAME, room, arrived };
    match carried_out(ctx, handler, payload, &turn).await {
        Ok(Reply { value, announcement }) => {
            answer(ack, &Answer::Ok(value), entered.transport());
            event::answered(&turn, Outcome::Done);
            if let Some(announce) = announcement {
                announce(broadcasts).await;
            }
        }
        Err(refusal) => {
            event::answered(&turn, Outcome::Refused(&refusal));
            answer::<()>(ack, &Answer::Refusal(refusal), entered.transport());
        }
    }
}

async fn carried_out<X, C, H, Fut>(
    ctx: X,
    handler: H,
    payload: Result<C, Code>,
    turn: &Turn<'_>,
) -> Result<Reply<C::Reply>, Refusal>
where
    X: Caller,
    C: Command,
    H: Fn(X, C) -> Fut,
    Fut: Future<Output = Result<Reply<C::Reply>, Error>>,
{
    let may_ask = ctx.is_welcome().and_then(|()| turn.entered.is_here());
    may_ask.map_err(|code| event::refuse(turn, "session", code))?;
    let payload = payload.map_err(|code| event::refuse(turn, "payload", code))?;
    event::takes_its_turn(turn).await?;
    let done = handler(ctx, payload).await.map_err(Error::into_refusal);
    done.inspect_err(|refusal| event::denied(turn, refusal))
}

fn answer<T: Serialize>(ack: AckSender, answer: &Answer<T>, transport: &Transport) {
    if let Err(error) = ack.send(answer) {
        // The client has gone, or reads too slowly. It sends the command again when it is back.
        tracing::debug!(%error, "an answer could not be sent");
        transport.hang_up();
    }
}
