//! How rooms, roles and rights are written in the database.

use crate::error::Error;
use common::{
    permissions::{RoomRole, Who},
    rooms::RoomKind,
};

/// The kind that a stored name stands for.
///
/// # Errors
/// When the database holds another word.
pub fn kind_named(name: &str) -> Result<RoomKind, Error> {
    match name {
        "public" => Ok(RoomKind::Public),
        "private" => Ok(RoomKind::Private),
        "direct" => Ok(RoomKind::Direct),
        other => Err(Error::Broken(anyhow::anyhow!("a room has the kind {other:?}"))),
    }
}

/// The name under which a kind is stored.
pub fn name_of(kind: RoomKind) -> &'static str {
    match kind {
        RoomKind::Public => "public",
        RoomKind::Private => "private",
        RoomKind::Direct => "direct",
    }
}

/// The role that a stored name stands for.
pub fn role_named(name: &str) -> RoomRole {
    if name == "owner" { RoomRole::Owner } else { RoomRole::Member }
}

/// The name under which a role is stored.
pub fn stored_role(role: RoomRole) -> &'static str {
    match role {
        RoomRole::Owner => "owner",
        RoomRole::Member => "member",
    }
}

/// Whom a stored name stands for.
pub fn who_named(name: &str) -> Who {
    if name == "owners" { Who::Owners } else { Who::Everyone }
}

/// The name under which it is stored who may do something.
pub fn stored_who(who: Who) -> &'static str {
    match who {
        Who::Everyone => "everyone",
        Who::Owners => "owners",
    }
}
