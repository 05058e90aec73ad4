//! Commands: what a client asks, each with the type of its reply.

use crate::Refusal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A command: the payload that a client emits under [`Command::NAME`] in the `/chat` namespace.
/// The acknowledgement is an [`Answer`] of [`Command::Reply`]. [`crate::words`] lists every command and has its sentences.
pub trait Command: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The Socket.IO event name, `feature:verb`.
    const NAME: &'static str;
    type Reply: Serialize + DeserializeOwned + Send + 'static;
}

/// The acknowledgement of a command: `{"ok": …}` or `{"refusal": {"code": …, "message": …}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer<T> {
    Ok(T),
    Refusal(Refusal),
}

impl<T> From<Result<T, Refusal>> for Answer<T> {
    fn from(result: Result<T, Refusal>) -> Self {
        match result {
            Ok(reply) => Answer::Ok(reply),
            Err(refusal) => Answer::Refusal(refusal),
        }
    }
}

impl<T> From<Answer<T>> for Result<T, Refusal> {
    fn from(answer: Answer<T>) -> Self {
        match answer {
            Answer::Ok(reply) => Ok(reply),
            Answer::Refusal(refusal) => Err(refusal),
        }
    }
}

/// Names a command: `command!(JoinRoom => "room:join", RoomSummary);`
macro_rules! command {
    ($payload:ty => $name:literal, $reply:ty) => {
        impl $crate::Command for $payload {
            const NAME: &'static str = $name;
            type Reply = $reply;
        }
    };
}
pub(crate) use command;
