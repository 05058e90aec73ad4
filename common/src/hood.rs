//! Under the hood: what client and server say to each other, in sentences for people who do not program.
//!
//! Each command and each server event has its sentences beside its type; without them it does not compile.
//! Only a panel that is loaded later reads them.

use crate::{
    Command, MessageId, PersonId, RoomId, announcements, audit, bans, blocks, catch_up, console, door, invites,
    json::{self, Unfit},
    lobby, messages, notifications, page, people, pins, presence, previews, programs, push, reach, reactions, reading,
    reports, retention, rooms, roster, saved, search, threads, typing,
};
use serde_json::Value;

/// What a command means.
pub trait InWords<Reply> {
    /// What was asked: "You asked to join #general."
    fn asked(&self, names: &dyn Names) -> String;
    /// What the server did about it, as it goes on after "The server": "stored it as #1204".
    fn answered(&self, reply: &Reply, names: &dyn Names) -> String;
}

/// What things are called, as far as a client knows.
pub trait Names {
    fn me(&self) -> PersonId;
    fn person(&self, id: PersonId) -> Option<String>;
    /// As it stands in a sentence, such as "#general".
    fn room(&self, id: RoomId) -> Option<String>;
    /// What a message says.
    fn message(&self, room: RoomId, id: MessageId) -> Option<String>;
}

impl dyn Names + '_ {
    /// At the beginning of a sentence.
    pub fn who(&self, person: PersonId) -> String {
        if person == self.me() { "You".into() } else { self.person(person).unwrap_or("Somebody".into()) }
    }

    /// The same, with the verb.
    pub fn who_is(&self, person: PersonId) -> String {
        let is = if person == self.me() { "are" } else { "is" };
        format!("{} {is}", self.who(person))
    }

    pub fn whom(&self, person: PersonId) -> String {
        if person == self.me() { "you".into() } else { self.person(person).unwrap_or("somebody".into()) }
    }

    /// Several of them, such as "Ada, Grace and 3 others".
    pub fn whom_all(&self, people: &[PersonId]) -> String {
        let named: Vec<_> = people.iter().take(2).map(|person| self.whom(*person)).collect();
        match (named.as_slice(), people.len() - named.len()) {
            ([], _) => "nobody".into(),
            ([one], _) => one.clone(),
            ([one, other, ..], 0) => format!("{one} and {other}"),
            ([one, other, ..], more) => format!("{one}, {other} and {}", counted(more, "other", "others")),
        }
    }

    pub fn in_room(&self, room: RoomId) -> String {
        self.room(room).unwrap_or("a room".into())
    }

    /// A message of a room, by what it says.
    pub fn said(&self, room: RoomId, message: MessageId) -> String {
        self.message(room, message).map_or("a message".into(), |text| quoted(&text))
    }
}

/// The beginning of a text, in quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{}”", notifications::excerpt(text))
}

/// A number of things: "1 message", "3 messages".
pub fn counted(count: impl TryInto<u64>, one: &str, many: &str) -> String {
    match count.try_into().unwrap_or(0) {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}

/// A command that somebody sent, of whichever type.
pub trait Question: Send + Sync {
    fn asked(&self, names: &dyn Names) -> String;
    /// As in [`InWords::answered`], from the reply as it came.
    ///
    /// # Errors
    /// When the reply is not the one of this command.
    fn answered(&self, reply: Value, names: &dyn Names) -> Result<String, Unfit>;
}

impl<C: Command> Question for C {
    fn asked(&self, names: &dyn Names) -> String {
        InWords::asked(self, names)
    }

    fn answered(&self, reply: Value, names: &dyn Names) -> Result<String, Unfit> {
        Ok(InWords::answered(self, &json::read(reply)?, names))
    }
}

/// The fields of what crosses the wire, or may cross it one day, that nobody else may read. The path and the
/// QR code are those of an invitation.
const SECRETS: [&str; 13] = [
    "auth",
    "authorization",
    "cookie",
    "endpoint",
    "key",
    "p256dh",
    "password",
    "path",
    "pid",
    "qr",
    "secret",
    "sid",
    "token",
];

/// What stands in the place of a secret.
pub const MASK: &str = "•••";

/// Masks the secrets in a value; says whether there were any.
pub fn mask(value: &mut Value) -> bool {
    match value {
        Value::Object(fields) => all(fields.iter_mut().map(|(name, value)| {
            let is_secret = SECRETS.contains(&name.as_str());
            if is_secret { mask_all(value) } else { mask(value) }
        })),
        Value::Array(values) => all(values.iter_mut().map(mask)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Masks every text in a value; says whether there were any.
pub fn mask_all(value: &mut Value) -> bool {
    match value {
        Value::Object(fields) => all(fields.values_mut().map(mask_all)),
        Value::Array(values) => all(values.iter_mut().map(mask_all)),
        Value::String(text) => {
            MASK.clone_into(text);
            true
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Goes through all of them, also after the first that was masked.
fn all(masked: impl Iterator<Item = bool>) -> bool {
    masked.filter(|masked| *masked).count() > 0
}

macro_rules! every_command {
    ($($command:ty,)*) => {
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(<$command>::NAME),*];

        /// Reads a command from its name and payload; `None` for a name that this version does not know.
        ///
        /// # Errors
        /// When the payload is not what the name promises.
        pub fn question(name: &str, payload: Value) -> Result<Option<Box<dyn Question>>, Unfit> {
            Ok(Some(match name {
                $(<$command>::NAME => read::<$command>(payload)?,)*
                _ => return Ok(None),
            }))
        }
    };
}

fn read<C: Command>(payload: Value) -> Result<Box<dyn Question>, Unfit> {
    Ok(Box::new(json::read::<C>(payload)?))
}

every_command! {
    announcements::Announce,
    audit::ListAudit,
    bans::AddBan,
    bans::RemoveBan,
    bans::ListBans,
    blocks::BlockPerson,
    catch_up::CatchUp,
    console::GetOverview,
    console::ListActivity,
    console::ListConnections,
    console::CloseConnection,
    door::ListDoor,
    invites::CreateInvite,
    invites::RevokeInvite,
    invites::ListInvites,
    lobby::Say,
    lobby::EnterRoom,
    lobby::LeaveRoom,
    messages::PostMessage,
    messages::EditMessage,
    messages::DeleteMessage,
    messages::ListVersions,
    messages::ReadHistory,
    messages::ReadLater,
    messages::ReadAround,
    notifications::SetLevel,
    notifications::Quiet,
    notifications::ExplainBadge,
    notifications::ExplainThreads,
    page::GetSnapshot,
    people::UpdateProfile,
    people::SetStatus,
    people::SetZone,
    people::SetReading,
    pins::AddPin,
    pins::RemovePin,
    pins::ListPins,
    presence::SetAway,
    previews::RemovePreview,
    programs::CreateProgram,
    programs::RevokeProgram,
    programs::ListPrograms,
    programs::WhoAmI,
    push::GetPushKey,
    push::SubscribePush,
    push::UnsubscribePush,
    push::Attend,
    reach::ReportReach,
    reach::GetReach,
    reactions::AddReaction,
    reactions::RemoveReaction,
    reading::MarkRead,
    reading::MarkAllRead,
    reading::MarkUnread,
    reports::ReportMessage,
    reports::ListReports,
    reports::DecideReport,
    retention::SetRetention,
    roster::ListRoster,
    roster::SetRole,
    roster::SetActive,
    roster::SignOut,
    rooms::ListRooms,
    rooms::CreateRoom,
    rooms::JoinRoom,
    rooms::LeaveRoom,
    rooms::InvitePeople,
    rooms::OpenRoom,
    rooms::StartDirect,
    rooms::ChangeRoom,
    rooms::ChangeMember,
    rooms::RemoveMember,
    rooms::StarRoom,
    saved::AddSaved,
    saved::RemoveSaved,
    saved::ListSaved,
    search::SearchMessages,
    threads::OpenThread,
    threads::ReadThreadHistory,
    threads::FollowThread,
    threads::MarkThreadRead,
    threads::MarkThreadUnread,
    threads::ListThreads,
    typing::SetTyping,
}
