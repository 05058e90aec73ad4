//! Reports: members show those who moderate a message that should not be there.

use crate::{MessageId, Millis, ReportId, RoomId, Seq, commands::command, roster::PersonTag};
use serde::{Deserialize, Serialize};

/// `message:report`: shows a message to those who moderate. One report of each message and person counts
/// until it is decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMessage {
    pub room: RoomId,
    pub message: MessageId,
    pub reason: String,
}
command!(ReportMessage => "message:report", ());

/// An open report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub id: ReportId,
    pub at: Millis,
    pub by: PersonTag,
    pub reason: String,
    pub room: RoomId,
    pub room_name: String,
    pub message: MessageId,
    /// Its place in the room, and the message that it replies to: where to see it.
    pub seq: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MessageId>,
    pub author: PersonTag,
    /// What the message said when it was reported.
    pub text: String,
    /// It was deleted meanwhile.
    pub is_deleted: bool,
}

/// `report:list` (in `/admin`): the open ones after another one, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListReports {
    #[serde(default)]
    pub after: Option<ReportId>,
}
command!(ListReports => "report:list", Vec<Report>);

/// What becomes of a reported message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It stays.
    Dismiss,
    /// It is deleted; a trace of it is left.
    Remove,
}

/// `report:decide` (in `/admin`): closes all reports of the same message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideReport {
    pub report: ReportId,
    pub verdict: Verdict,
}
command!(DecideReport => "report:decide", ());
