//! Invitations: links that let someone make an account.

use crate::{InviteId, Millis, RoomId, commands::command, people::Role, roster::PersonTag, secrets::Secret};
use serde::{Deserialize, Serialize};

/// An invitation, as those who make them see it. Its link is shown once only: where it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    pub id: InviteId,
    pub by: PersonTag,
    pub at: Millis,
    /// The role of a person who uses it: member or guest.
    pub role: Role,
    /// The room that they are in from the start, besides the first one; for guests the only one.
    pub room: Option<(RoomId, String)>,
    pub uses: u32,
    pub used: u32,
    pub until: Millis,
}

/// `invite:create` (in `/admin`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateInvite {
    pub role: Role,
    #[serde(default)]
    pub room: Option<RoomId>,
    /// How often it can be used.
    pub uses: u32,
    /// For how long, in milliseconds.
    pub lasts: Millis,
}
command!(CreateInvite => "invite:create", NewInvite);

/// An invitation that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewInvite {
    pub invite: Invite,
    /// The path of the link, such as `/sign-up?invite=…`.
    pub path: Secret<String>,
    /// The whole link as a QR code: an SVG picture.
    pub qr: Secret<String>,
}

/// `invite:revoke` (in `/admin`)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeInvite {
    pub invite: InviteId,
}
command!(RevokeInvite => "invite:revoke", ());

/// `invite:list` (in `/admin`): those that can still be used, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListInvites {}
command!(ListInvites => "invite:list", Vec<Invite>);
