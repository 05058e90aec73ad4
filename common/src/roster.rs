//! The roster: everyone with an account, as those who run the workspace see them.

use crate::{
    Millis, PersonId,
    commands::command,
    hood::{self, InWords, Names},
    people::Role,
};
use serde::{Deserialize, Serialize};

/// Who somebody is, in a list of the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTag {
    pub id: PersonId,
    pub handle: String,
    pub name: String,
}

/// Somebody with an account.
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

impl InWords<Vec<Account>> for ListRoster {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked who has an account here.".into()
    }

    fn answered(&self, accounts: &Vec<Account>, _: &dyn Names) -> String {
        format!("sent {}", hood::counted(accounts.len(), "account", "accounts"))
    }
}

/// `person:role` (in `/admin`): gives somebody another role in the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRole {
    pub person: PersonId,
    pub role: Role,
}
command!(SetRole => "person:role", ());

impl InWords<()> for SetRole {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You gave {} another role here.", names.whom(self.person))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "told everyone, and had their connections come back with it".into()
    }
}

/// `person:active` (in `/admin`): switches an account off, which closes its connections and ends its
/// sessions, or on again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetActive {
    pub person: PersonId,
    pub active: bool,
}
command!(SetActive => "person:active", ());

impl InWords<()> for SetActive {
    fn asked(&self, names: &dyn Names) -> String {
        let what = if self.active { "on again" } else { "off" };
        format!("You switched the account of {} {what}.", names.whom(self.person))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "did so at once".into()
    }
}

/// `person:signout` (in `/admin`): ends all sessions of somebody, and closes their connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOut {
    pub person: PersonId,
}
command!(SignOut => "person:signout", ());

impl InWords<()> for SignOut {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You signed {} out on all devices.", names.whom(self.person))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "ended the sessions and closed the connections".into()
    }
}
