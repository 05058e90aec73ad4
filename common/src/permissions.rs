//! Who may do what in a room. The server decides by it; the client shows by it what will work.

use crate::{Code, people::Role, rooms::RoomKind};
use serde::{Deserialize, Serialize};

/// A member's role in a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomRole {
    /// The person who created the room, and people whom an owner has made owners.
    Owner,
    #[default]
    Member,
}

impl RoomRole {
    pub fn is_member(&self) -> bool {
        *self == RoomRole::Member
    }
}

/// The members of a room who may do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberGroup {
    #[default]
    Everyone,
    Owners,
}

impl MemberGroup {
    pub fn is_everyone(&self) -> bool {
        *self == MemberGroup::Everyone
    }
}

/// What a member may want to do in a room, besides reading and leaving it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoomAction {
    /// Post a message.
    Post,
    /// Address everyone with `@room`.
    Announce,
    /// Change what is there: edit or delete your own message, react, and the like.
    Change,
    Invite,
    SetTopic,
    Rename,
    /// Archive the room.
    Archive,
    /// Bring it back from the archive.
    Unarchive,
    /// Say who may post and who may address everyone.
    Limit,
    /// Take someone out of the room.
    Remove,
    /// Make someone an owner or a member.
    SetRole,
}

/// How a member stands in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomAccess {
    pub kind: RoomKind,
    pub archived: bool,
    pub posting: MemberGroup,
    pub announcing: MemberGroup,
    /// See [`owns`].
    pub is_owner: bool,
    /// Whether they are a guest of the workspace, who brings no one in.
    pub is_guest: bool,
}

/// Whether someone counts as an owner of a room that they are in: by their role in it, and in a
/// public room also as an owner of the workspace.
pub fn owns(kind: RoomKind, role: RoomRole, in_workspace: Role) -> bool {
    role == RoomRole::Owner || (kind == RoomKind::Public && in_workspace.is_admin())
}

impl RoomAccess {
    /// Whether a member may do something.
    ///
    /// # Errors
    /// [`Code::WrongKindOfRoom`], [`Code::RoomArchived`], [`Code::PostingLimited`],
    /// [`Code::AnnouncingLimited`], [`Code::NotAnOwner`], [`Code::NotForGuests`]
    pub fn may(self, deed: RoomAction) -> Result<(), Code> {
        let takes_part = matches!(deed, RoomAction::Post | RoomAction::Announce | RoomAction::Change);
        if self.kind == RoomKind::Direct {
            return if takes_part { Ok(()) } else { Err(Code::WrongKindOfRoom) };
        }
        if self.archived && deed != RoomAction::Unarchive {
            return Err(Code::RoomArchived);
        }
        if self.is_guest && deed == RoomAction::Invite {
            return Err(Code::NotForGuests);
        }
        let (of_whom, refusal) = match deed {
            RoomAction::Change | RoomAction::Invite => (MemberGroup::Everyone, Code::NotAnOwner),
            RoomAction::Post => (self.posting, Code::PostingLimited),
            RoomAction::Announce => (self.announcing, Code::AnnouncingLimited),
            // It is shown in the conversation, where perhaps not everyone may post.
            RoomAction::SetTopic => (self.posting, Code::NotAnOwner),
            RoomAction::Rename
            | RoomAction::Archive
            | RoomAction::Unarchive
            | RoomAction::Limit
            | RoomAction::Remove
            | RoomAction::SetRole => (MemberGroup::Owners, Code::NotAnOwner),
        };
        if self.is_owner || of_whom == MemberGroup::Everyone { Ok(()) } else { Err(refusal) }
    }
}

impl RoomAccess {
    /// Whether a member may delete a message, or take a preview off it.
    ///
    /// # Errors
    /// [`Code::NotTheAuthor`] for those who neither wrote it nor own the room, and what
    /// [`RoomAccess::may`] says.
    pub fn may_remove(self, is_author: bool) -> Result<(), Code> {
        self.may(RoomAction::Change)?;
        if is_author || self.is_owner { Ok(()) } else { Err(Code::NotTheAuthor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEEDS: [RoomAction; 11] = [
        RoomAction::Post,
        RoomAction::Announce,
        RoomAction::Change,
        RoomAction::Invite,
        RoomAction::SetTopic,
        RoomAction::Rename,
        RoomAction::Archive,
        RoomAction::Unarchive,
        RoomAction::Limit,
        RoomAction::Remove,
        RoomAction::SetRole,
    ];

    /// What each deed is answered with: `+` is yes.
    fn row(standing: RoomAccess) -> String {
        let word = |deed| match standing.may(deed) {
            Ok(()) => "+",
            Err(Code::NotAnOwner) => "owners",
            Err(Code::RoomArchived) => "archived",
            Err(Code::PostingLimited) => "post",
            Err(Code::AnnouncingLimited) => "announce",
            Err(Code::WrongKindOfRoom) => "kind",
            Err(Code::NotForGuests) => "guest",
            Err(other) => panic!("{deed:?} is refused with {other:?}"),
        };
        DEEDS.map(word).join(" ")
    }

    #[test]
    fn who_may_what_is_a_table() {
        let member = RoomAccess {
            kind: RoomKind::Public,
            archived: false,
            posting: MemberGroup::Everyone,
            announcing: MemberGroup::Everyone,
            is_owner: false,
            is_guest: false,
        };
        let owner = RoomAccess { is_owner: true, ..member };
        let (limited, archived) =
            (RoomAccess { posting: MemberGroup::Owners, ..member }, RoomAccess { archived: true, ..member });
        let all_limited =
            RoomAccess { posting: MemberGroup::Owners, announcing: MemberGroup::Owners, is_owner: true, ..member };
        // Post Announce Change Invite SetTopic Rename Archive Unarchive Limit Remove SetRole
        for (standing, expected) in [
            (owner, "+ + + + + + + + + + +"),
            (member, "+ + + + + owners owners owners owners owners owners"),
            (limited, "post + + + owners owners owners owners owners owners owners"),
            (
                RoomAccess { announcing: MemberGroup::Owners, ..member },
                "+ announce + + + owners owners owners owners owners owners",
            ),
            (RoomAccess { is_guest: true, ..member }, "+ + + guest + owners owners owners owners owners owners"),
            (all_limited, "+ + + + + + + + + + +"),
            (
                archived,
                "archived archived archived archived archived archived archived owners archived archived archived",
            ),
            (
                RoomAccess { is_owner: true, ..archived },
                "archived archived archived archived archived archived archived + archived archived archived",
            ),
        ] {
            for kind in [RoomKind::Public, RoomKind::Private] {
                assert_eq!(row(RoomAccess { kind, ..standing }), expected, "{standing:?} in a {kind:?} room");
            }
            let direct = RoomAccess { kind: RoomKind::Direct, ..standing };
            assert_eq!(row(direct), "+ + + kind kind kind kind kind kind kind kind", "{direct:?}");
        }
    }

    #[test]
    fn a_message_or_its_preview_is_removed_by_its_author_or_an_owner_of_the_room() {
        let member = RoomAccess {
            kind: RoomKind::Public,
            archived: false,
            posting: MemberGroup::Everyone,
            announcing: MemberGroup::Everyone,
            is_owner: false,
            is_guest: false,
        };
        assert_eq!(member.may_remove(true), Ok(()));
        assert_eq!(member.may_remove(false), Err(Code::NotTheAuthor));
        let owner = RoomAccess { is_owner: true, ..member };
        assert_eq!(owner.may_remove(false), Ok(()));
        assert_eq!(RoomAccess { archived: true, ..owner }.may_remove(true), Err(Code::RoomArchived));
    }

    #[test]
    fn an_owner_of_the_workspace_owns_public_rooms_only() {
        for (kind, role, in_workspace, expected) in [
            (RoomKind::Public, RoomRole::Owner, Role::Member, true),
            (RoomKind::Public, RoomRole::Member, Role::Member, false),
            (RoomKind::Public, RoomRole::Member, Role::Owner, true),
            (RoomKind::Public, RoomRole::Member, Role::Admin, true),
            (RoomKind::Public, RoomRole::Member, Role::Guest, false),
            (RoomKind::Private, RoomRole::Member, Role::Owner, false),
            (RoomKind::Private, RoomRole::Owner, Role::Member, true),
            (RoomKind::Direct, RoomRole::Member, Role::Owner, false),
        ] {
            assert_eq!(owns(kind, role, in_workspace), expected, "{kind:?} {role:?} {in_workspace:?}");
        }
    }
}
