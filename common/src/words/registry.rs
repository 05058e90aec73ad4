//! The list of every command. A command that is not in words does not compile here.

use super::{InWords, Names};
use crate::{
    Command, announcements, audit, bans, blocks, catch_up, console, delivery, invites,
    json::{self, Mismatch},
    lobby, messages, notifications, page, people, pins, presence, previews, programs, push, reactions, reading,
    refusal_log, reports, retention, rooms, roster, saved, search, threads, typing,
};
use serde_json::Value;

/// A command that someone sent, of whichever type.
pub trait AnyCommand: Send + Sync {
    fn asked(&self, names: &dyn Names) -> String;
    /// As in [`InWords::answered`], from the reply as it came.
    ///
    /// # Errors
    /// When the reply is not the one of this command.
    fn answered(&self, reply: Value, names: &dyn Names) -> Result<String, Mismatch>;
}

impl<C: Command + InWords<C::Reply>> AnyCommand for C {
    fn asked(&self, names: &dyn Names) -> String {
        InWords::asked(self, names)
    }

    fn answered(&self, reply: Value, names: &dyn Names) -> Result<String, Mismatch> {
        Ok(InWords::answered(self, &json::read(reply)?, names))
    }
}

macro_rules! every_command {
    ($($command:ty,)*) => {
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(<$command>::NAME),*];

        /// Reads a command from its name and payload; `None` for a name that this version does not know.
        ///
        /// # Errors
        /// When the payload is not what the name promises.
        pub fn read_command(name: &str, payload: Value) -> Result<Option<Box<dyn AnyCommand>>, Mismatch> {
            Ok(Some(match name {
                $(<$command>::NAME => read::<$command>(payload)?,)*
                _ => return Ok(None),
            }))
        }
    };
}

fn read<C: Command + InWords<C::Reply>>(payload: Value) -> Result<Box<dyn AnyCommand>, Mismatch> {
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
    refusal_log::ListRefusals,
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
    messages::ReadNewer,
    messages::ReadAround,
    notifications::SetLevel,
    notifications::Quiet,
    notifications::ExplainBadge,
    notifications::ExplainThreadBadge,
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
    push::SetAttention,
    delivery::ReportDelivery,
    delivery::GetDelivery,
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
