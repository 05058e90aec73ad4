//! A person's permissions in a room.

use crate::{columns::Column, error::Error, rooms::memberships};
use common::{
    Code, PersonId, RoomId,
    people::Role,
    permissions::{MemberGroup, RoomAccess, RoomAction, RoomRole, owns},
    rooms::RoomKind,
};
use sqlx::SqliteExecutor;

/// The columns of a [`StandingRow`]: the room is `r`, the membership `p`, the person's id `$2`.
macro_rules! standing_columns {
    () => {
        "r.kind, r.archived_at IS NOT NULL AS archived, r.posting, r.announcing, p.role,
         (SELECT role FROM people WHERE id = $2) AS in_workspace"
    };
}

pub(crate) use standing_columns;

#[derive(sqlx::FromRow)]
pub struct StandingRow {
    kind: String,
    archived: bool,
    posting: String,
    announcing: String,
    /// `None` for a person outside the room.
    role: Option<String>,
    in_workspace: Option<String>,
}

impl StandingRow {
    /// # Errors
    /// The errors of [`memberships::require`].
    pub fn standing(&self) -> Result<RoomAccess, Error> {
        let in_workspace = self.in_workspace.as_deref().map_or(Ok(Role::Guest), Role::from_str)?;
        let is_member = self.role.is_some();
        let kind = match RoomKind::from_str(&self.kind)? {
            // For guests outside it, every room is private.
            RoomKind::Public if !is_member && in_workspace == Role::Guest => RoomKind::Private,
            kind => kind,
        };
        memberships::decide(Some((kind, is_member)))?;
        let role = self.role.as_deref().map_or(Ok(RoomRole::Member), RoomRole::from_str)?;
        Ok(RoomAccess {
            kind,
            archived: self.archived,
            posting: MemberGroup::from_str(&self.posting)?,
            announcing: MemberGroup::from_str(&self.announcing)?,
            is_owner: owns(kind, role, in_workspace),
            is_guest: in_workspace == Role::Guest,
        })
    }
}

/// Returns a member's access to a room.
///
/// # Errors
/// The errors of [`memberships::require`].
pub async fn of(db: impl SqliteExecutor<'_>, person: PersonId, room: RoomId) -> Result<RoomAccess, Error> {
    let query = sqlx::query_as(concat!(
        "SELECT ",
        standing_columns!(),
        " FROM rooms r LEFT JOIN memberships p ON p.room_id = r.id AND p.person_id = $2 WHERE r.id = $1"
    ));
    let row: Option<StandingRow> = query.bind(room.0).bind(person.0).fetch_optional(db).await?;
    row.ok_or(Code::UnknownRoom)?.standing()
}

/// # Errors
/// The errors of [`memberships::require`] and of [`RoomAccess::may`].
pub async fn require_to(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
    room: RoomId,
    deed: RoomAction,
) -> Result<RoomAccess, Error> {
    let standing = of(db, person, room).await?;
    standing.may(deed)?;
    Ok(standing)
}
