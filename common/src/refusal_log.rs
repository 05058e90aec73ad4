//! The door log: every connection and every event that was refused, by which middleware, why, and what helps.

use crate::{Code, ConnectionId, Millis, PersonId, commands::command, roster::PersonTag};
use serde::{Deserialize, Serialize};

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedRefusal {
    /// Counts up from 1.
    pub number: u64,
    pub at: Millis,
    pub namespace: String,
    /// The link of the chain that refused, such as `origin`.
    pub middleware: String,
    pub code: Code,
    /// Why, in a sentence.
    pub why: String,
    /// What an admin, or the person who was refused, can do about it.
    pub remedy: String,
    /// The event that was refused; none where a connection was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<ConnectionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonTag>,
    /// What the program is called that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// How often the same was refused right after one another.
    pub times: u32,
}

/// What two refusals have in common that are one entry with a count. Names that there are not differ as someone
/// likes, and so do paths and connections of no one.
#[derive(Debug, PartialEq, Eq)]
pub struct RefusalKey<'a, Address> {
    pub middleware: &'a str,
    pub code: Code,
    pub address: Address,
    pub connection: Option<ConnectionId>,
    pub person: Option<PersonId>,
    pub program: Option<&'a str>,
    pub namespace: Option<&'a str>,
    pub event: Option<&'a str>,
}

impl<Address> RefusalKey<'_, Address> {
    /// Names that do not exist, paths, and connections of no one are left out.
    #[must_use]
    pub fn without_what_differs(mut self) -> Self {
        if matches!(self.code, Code::UnknownNamespace | Code::WrongOrigin) {
            self.namespace = None;
        }
        if matches!(self.code, Code::UnknownNamespace | Code::WrongOrigin | Code::UnknownCommand) {
            self.event = None;
        }
        if self.person.is_none() && self.program.is_none() {
            self.connection = None;
        }
        self
    }
}

impl LoggedRefusal {
    /// Whether both are the same refusal, counted on.
    pub fn is_same(&self, other: &Self) -> bool {
        self.sameness() == other.sameness()
    }

    fn sameness(&self) -> RefusalKey<'_, &str> {
        RefusalKey {
            middleware: &self.middleware,
            code: self.code,
            address: self.address.as_str(),
            connection: self.connection,
            person: self.person.as_ref().map(|person| person.id),
            program: self.program.as_deref(),
            namespace: Some(&self.namespace),
            event: self.event.as_deref(),
        }
        .without_what_differs()
    }

    /// What is looked through for words, one below the other.
    pub fn searched(&self) -> String {
        let code = self.code.name();
        let fields = [&self.namespace, &self.middleware, &code, &self.address];
        let fields = fields.into_iter().chain(&self.event).chain(&self.program);
        let fields = fields.chain(self.person.iter().flat_map(|person| [&person.name, &person.handle]));
        fields.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// `door:list` (in `/admin`): the refusals before a number, newest first, that have the words in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRefusals {
    #[serde(default)]
    pub before: Option<u64>,
    /// Looked for in namespace, middleware, code, event, address and the name of the person or program.
    #[serde(default)]
    pub query: String,
}
command!(ListRefusals => "door:list", Vec<LoggedRefusal>);
