//! Dispatch: maps a command's name, its caller and its JSON to a typed answer. It knows no sockets, so the
//! queue of a connection and any other transport can use it.
//!
//! A command passes these steps in order: the caller's permission, parsing the payload, the event middleware,
//! the handler.

use super::reply::Reply;
use crate::realtime::{
    caller::Caller,
    middleware::{
        self,
        link::{Outcome, Turn},
    },
    queue::{AnyAnswer, Dispatch, Dispatched, Incoming, Publish},
};
use common::{Code, Command, Refusal, RoomId, malformed::Details};
use futures::future::BoxFuture;
use serde_json::value::RawValue;
use std::collections::HashMap;
use store::{Error, rooms::memberships::Member};

/// The command table of a namespace: each command with its handler. All connections share it.
pub struct Commands<X: Caller> {
    by_name: HashMap<&'static str, Box<dyn Handler<X>>>,
}

impl<X: Caller> Default for Commands<X> {
    fn default() -> Self {
        Self { by_name: HashMap::new() }
    }
}

impl<X: Caller> Commands<X> {
    /// Registers the handler of a command.
    pub fn add<C, H, Fut>(&mut self, handler: H)
    where
        C: Command,
        H: Fn(X, C) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
    {
        self.insert(None, move |ctx, command: C, _| handler(ctx, command));
    }

    /// Registers a command that changes a room. `room` reads the room's id from the command; only members may
    /// send it. The verb checks membership again in its transaction.
    pub fn add_in<C, H, Fut>(&mut self, handler: H, room: fn(&C) -> RoomId)
    where
        C: Command,
        H: Fn(X, C) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
    {
        self.insert(Some(room), move |ctx, command: C, _| handler(ctx, command));
    }

    /// Registers a command that only reads. Its handler gets a proof of membership.
    pub fn add_for_members<C, H, Fut>(&mut self, handler: H, room: fn(&C) -> RoomId)
    where
        C: Command,
        H: Fn(X, C, Member) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
    {
        self.insert(Some(room), move |ctx, command: C, member: Option<Member>| {
            // Middleware has proven membership for every caller who is a person.
            let called = member.map(|member| handler(ctx, command, member)).ok_or(Code::NotSignedIn);
            async { called?.await }
        });
    }

    fn insert<C, H, Fut>(&mut self, room: Option<fn(&C) -> RoomId>, handler: H)
    where
        C: Command,
        H: Fn(X, C, Option<Member>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
    {
        self.by_name.insert(C::NAME, Box::new(Handles { handler, room }));
    }

    /// The command of this name; `None` when the table does not contain it.
    pub fn find(&self, name: &str) -> Option<&'static str> {
        self.by_name.get_key_value(name).map(|(name, _)| *name)
    }

    /// Executes a command.
    pub async fn dispatch(&self, ctx: X, command: Incoming) -> Dispatched {
        let Some(handler) = self.by_name.get(command.name) else {
            return Dispatched { answer: AnyAnswer::Refusal(Code::UnknownCommand.into()), publish: None };
        };
        let handle = ctx.handle().clone();
        let mut turn = Turn { handle: &handle, name: command.name, room: None, member: None, arrived: command.arrived };
        match handler.carry_out(ctx, command.payload.as_deref(), &mut turn).await {
            Ok((reply, publish)) => {
                middleware::answered(&turn, Outcome::Done);
                Dispatched { answer: AnyAnswer::Ok(reply), publish }
            }
            Err(refusal) => {
                middleware::answered(&turn, Outcome::Refused(&refusal));
                Dispatched { answer: AnyAnswer::Refusal(refusal), publish: None }
            }
        }
    }
}

/// The commands of a namespace, bound to one caller.
pub struct Bound<X: Caller> {
    pub ctx: X,
    pub commands: &'static Commands<X>,
}

impl<X: Caller> Dispatch for Bound<X> {
    type Caller = X;

    fn caller(&self) -> &X {
        &self.ctx
    }

    fn find(&self, name: &str) -> Option<&'static str> {
        self.commands.find(name)
    }

    fn dispatch(&self, command: Incoming) -> BoxFuture<'_, Dispatched> {
        Box::pin(self.commands.dispatch(self.ctx.clone(), command))
    }
}

type Carried = Result<(Box<dyn erased_serde::Serialize + Send>, Option<Publish>), Refusal>;

trait Handler<X>: Send + Sync {
    fn carry_out<'a>(&'a self, ctx: X, json: Option<&'a RawValue>, turn: &'a mut Turn<'_>) -> BoxFuture<'a, Carried>;
}

struct Handles<C, H> {
    handler: H,
    /// The room that limits this command to its members.
    room: Option<fn(&C) -> RoomId>,
}

impl<X, C, H, Fut> Handler<X> for Handles<C, H>
where
    X: Caller,
    C: Command,
    H: Fn(X, C, Option<Member>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Reply<C::Reply>, Error>> + Send + 'static,
{
    fn carry_out<'a>(&'a self, ctx: X, json: Option<&'a RawValue>, turn: &'a mut Turn<'_>) -> BoxFuture<'a, Carried> {
        Box::pin(async move {
            let may_ask = ctx.is_welcome().and_then(|()| turn.handle.is_here());
            may_ask.map_err(|code| middleware::refuse(turn, "session", code.into()))?;
            let command: C = read(json).map_err(|refusal| middleware::refuse(turn, "payload", refusal))?;
            turn.room = self.room.map(|room| room(&command));
            middleware::takes_its_turn(turn).await?;
            let done = (self.handler)(ctx, command, turn.member).await.map_err(Error::into_refusal);
            match done {
                Ok(reply) => {
                    let (value, publish) = reply.into_parts();
                    Ok((Box::new(value) as _, publish))
                }
                Err(refusal) => {
                    middleware::denied(turn, X::LOGS_REFUSALS_AS, &refusal);
                    Err(refusal)
                }
            }
        })
    }
}

/// Parses a payload.
///
/// # Errors
/// [`Code::Malformed`], with the field and its expected type.
fn read<C: Command>(json: Option<&RawValue>) -> Result<C, Refusal> {
    let missing = || Details { field: String::new(), expected: "a payload".into(), found: "nothing".into() };
    let json = json.ok_or_else(|| Refusal::malformed(missing()))?.get();
    serde_json::from_str(json)
        .map_err(|_| details::<C>(json).map_or_else(|| Code::Malformed.into(), Refusal::malformed))
}

/// Reads a malformed payload a second time, for the path of its error; well-formed ones are read once.
fn details<C: Command>(json: &str) -> Option<Details> {
    let payload: serde_json::Value = serde_json::from_str(json).ok()?;
    let error = serde_path_to_error::deserialize::<_, C>(&payload).err()?;
    Some(Details::of(&error.path().to_string(), &error.inner().to_string()))
}
