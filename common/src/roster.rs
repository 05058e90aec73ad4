//! The roster: everyone with an account, as those who run the workspace see them.

use crate::{Millis, PersonId, commands::command, people::Role};
use serde::{Deserialize, Serialize};

/// Who someone is, in a list of the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTag {
    pub id: PersonId,
    pub handle: String,
    pub name: String,
}

/// Someone with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub person: PersonTag,
    pub role: Role,
    pub since: Millis,
    /// It is switched off.
    pub deactivated: bool,
    pub banned: bool,
    /// Devices that are signed in.
    pub sessions: u32,
    /// Connections that are open now.
    pub connections: u32,
}

/// `roster:list` (in `/admin`): people after a handle, by handle, whose handle or name has the words in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRoster {
    #[serde(default)]
    pub after: Option<String>,
    #[serde(default)]
    pub query: String,
}
command!(ListRoster => "roster:list", Vec<Account>);

/// `person:role` (in `/admin`): gives someone another role in the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRole {
    pub person: PersonId,
    pub role: Role,
}
command!(SetRole => "person:role", ());

/// `person:active` (in `/admin`): switches an account off, which closes its connections and ends its
/// sessions, or on again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetActive {
    pub person: PersonId,
    pub active: bool,
}
command!(SetActive => "person:active", ());

/// `person:signout` (in `/admin`): ends all sessions of someone, and closes their connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOut {
    pub person: PersonId,
}
command!(SignOut => "person:signout", ());
