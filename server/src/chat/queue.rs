//! Commands of one connection run one after another, in the order sent.
//!
//! socketioxide would run each event handler in a task of its own, so two posts of one connection
//! could overtake each other. Here a handler only puts its command into the connection's queue,
//! which one task drains. This is also where event middleware sits: the session is checked, and
//! every answer, be it a reply or a refusal, is made.

use crate::{
    accounts::Session,
    attention::Attention,
    broadcasts::{Broadcasts, Packing},
    config::Config,
    db::Db,
    error::Error,
    files::Files,
    presence::Presence,
    push::Pushes,
    reach::Reports,
    receipts::Receipts,
    search::Index,
    transport::Transport,
};
use common::{Answer, Code, Command, ConnectionId, PersonId};
use futures::future::BoxFuture;
use serde::Serialize;
use socketioxide::{
    adapter::LocalAdapter,
    extract::{AckSender, Event, TryData},
    handler::{FromMessageParts, MessageHandler},
    socket::Socket,
};
use socketioxide_core::Value;
use std::{collections::HashMap, marker::PhantomData, sync::Arc};
use tokio::sync::mpsc;

/// Commands that may wait on one connection. From half of them on nothing more is read from it, so
/// that the client waits. Beyond all of them comes only what was read already, and it is refused with
/// [`Code::TooBusy`].
const WAITING: usize = 1024;

/// With so few waiting it is read again.
const FEW: usize = WAITING / 4;

/// What a command's handler may use.
#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub search: Index,
    pub config: Arc<Config>,
    pub files: Files,
    pub broadcasts: Broadcasts,
    pub presence: Presence,
    pub reports: Reports,
    pub attention: Attention,
    pub pushes: Pushes,
    pub receipts: Receipts,
    pub person: PersonId,
    pub connection: ConnectionId,
    pub packing: Packing,
    pub session: Session,
    pub transport: Transport,
}

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
pub(super) struct Queue {
    pub(super) ctx: Context,
    commands: &'static Commands,
    jobs: mpsc::Sender<Job>,
}

/// The other end of a [`Queue`].
pub(super) struct Worker {
    jobs: mpsc::Receiver<Job>,
    transport: Transport,
}

impl Queue {
    pub(super) fn new(ctx: Context, commands: &'static Commands) -> (Arc<Self>, Worker) {
        let (sender, jobs) = mpsc::channel(WAITING);
        let worker = Worker { jobs, transport: ctx.transport.clone() };
        (Arc::new(Self { ctx, commands, jobs: sender }), worker)
    }

    /// Puts what a client has asked into its turn, or refuses it at once.
    fn put(&self, name: &str, socket: &Arc<Socket>, payload: Value, ack: AckSender) {
        let transport = &self.ctx.transport;
        let Some(command) = self.commands.by_name.get(name) else {
            tracing::debug!(name, "unknown command");
            return answer::<()>(ack, &Answer::Refusal(Code::UnknownCommand.into()), transport);
        };
        if self.jobs.capacity() <= WAITING / 2 {
            transport.pause();
        }
        match self.jobs.try_reserve() {
            Ok(place) => place.send(command.job(self.ctx.clone(), socket, payload, ack)),
            Err(_) => answer::<()>(ack, &Answer::Refusal(Code::TooBusy.into()), transport),
        }
    }
}

impl Worker {
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
pub(super) struct Intake(pub(super) Arc<Queue>);

impl MessageHandler<LocalAdapter, ()> for Intake {
    fn call(&self, socket: Arc<Socket<LocalAdapter>>, mut payload: Value, ack_id: Option<i64>) {
        let Ok(ack) = AckSender::from_message_parts(&socket, &mut payload, &ack_id);
        match Event::from_message_parts(&socket, &mut payload, &ack_id) {
            Ok(Event(name)) => self.0.put(&name, &socket, payload, ack),
            Err(error) => tracing::debug!(%error, "an event without a name"),
        }
    }
}

/// The commands that there are, with what carries them out. The same for all connections.
#[derive(Default)]
pub(super) struct Commands {
    by_name: HashMap<&'static str, Box<dyn Handler>>,
}

impl Commands {
    /// Has `handler` carry out the command that it takes.
    pub(super) fn add<C, H, Fut>(&mut self, handler: H)
    where
        C: Command + Sync,
        H: Fn(Context, C) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
    {
        self.by_name.insert(C::NAME, Box::new(Handles { handler, command: PhantomData::<fn(C)> }));
    }
}

/// What carries out a command.
trait Handler: Send + Sync {
    fn job(&self, ctx: Context, socket: &Arc<Socket>, payload: Value, ack: AckSender) -> Job;
}

struct Handles<C, H> {
    handler: H,
    command: PhantomData<fn(C)>,
}

impl<C, H, Fut> Handler for Handles<C, H>
where
    C: Command + Sync,
    H: Fn(Context, C) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
{
    fn job(&self, ctx: Context, socket: &Arc<Socket>, mut payload: Value, ack: AckSender) -> Job {
        let Ok(TryData(payload)) = TryData::<C>::from_message_parts(socket, &mut payload, &None);
        Box::pin(run(ctx, self.handler, payload.map_err(|_| Code::Malformed), ack))
    }
}

async fn run<C, H, Fut>(ctx: Context, handler: H, payload: Result<C, Code>, ack: AckSender)
where
    C: Command,
    H: Fn(Context, C) -> Fut,
    Fut: Future<Output = Result<Reply<C::Reply>, Error>>,
{
    let (broadcasts, transport) = (ctx.broadcasts.clone(), ctx.transport.clone());
    match carried_out(ctx, handler, payload).await {
        Ok(Reply { value, announcement }) => {
            answer(ack, &Answer::Ok(value), &transport);
            if let Some(announce) = announcement {
                announce(broadcasts).await;
            }
        }
        Err(error) => answer::<()>(ack, &Answer::Refusal(error.into_refusal()), &transport),
    }
}

async fn carried_out<C, H, Fut>(ctx: Context, handler: H, payload: Result<C, Code>) -> Result<Reply<C::Reply>, Error>
where
    C: Command,
    H: Fn(Context, C) -> Fut,
    Fut: Future<Output = Result<Reply<C::Reply>, Error>>,
{
    if ctx.session.has_expired() {
        return Err(Code::SessionExpired.into());
    }
    handler(ctx, payload?).await
}

fn answer<T: Serialize>(ack: AckSender, answer: &Answer<T>, transport: &Transport) {
    if let Err(error) = ack.send(answer) {
        // The client has gone, or reads too slowly. It sends the command again when it is back.
        tracing::debug!(%error, "an answer could not be sent");
        transport.hang_up();
    }
}
