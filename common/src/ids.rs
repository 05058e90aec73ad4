//! Identifiers: UUIDs with a type each, so that a room's id cannot stand where a person's belongs.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id that sorts by time of making (UUID version 7, RFC 9562 section 5.7).
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// When it was made, by the clock of the machine that made it: its first 48 bits.
            pub fn made_at(self) -> crate::Millis {
                (self.0.as_u128() >> 80) as crate::Millis
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// A person with an account.
    PersonId
);
id!(
    /// A room, of whatever kind.
    RoomId
);
id!(
    /// A message. Made by the client that posts it, so that a resend is recognised.
    MessageId
);
id!(
    /// A command. Made by the client that sends it, so that a resend is recognised.
    CommandId
);
id!(
    /// An uploaded file. Made by the server.
    FileId
);
id!(
    /// A preview of a link. Made by the server.
    PreviewId
);
id!(
    /// A connection's public id. Not its Socket.IO id, which is a secret of that connection.
    ConnectionId
);
id!(
    /// An invitation to the workspace. Made by the server.
    InviteId
);
id!(
    /// A ban. Made by the server.
    BanId
);
id!(
    /// A report of a message. Made by the server.
    ReportId
);
id!(
    /// A program with a token. Made by the server.
    ProgramId
);
