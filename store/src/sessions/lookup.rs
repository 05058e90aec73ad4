//! Batches session lookups: a single query returns accounts and rooms of many sessions.

use crate::{columns::Column, db::Db, error::Error, sessions::verbs::Session};
use common::{Millis, PersonId, RoomId, people::Role};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::HashMap;
use uuid::Uuid;

/// A session with its account status and rooms.
pub type SessionRecord = (Session, AccountStatus, Vec<RoomId>);

/// The status of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountStatus {
    pub role: Role,
    /// Whether the account is deactivated.
    pub deactivated: bool,
}

/// Returns the sessions with these token hashes, including expired ones.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn look_up(db: &Db, hashes: &[&[u8]]) -> Result<HashMap<Vec<u8>, SessionRecord>, Error> {
    let mut query = QueryBuilder::<Sqlite>::new(
        "SELECT s.token_hash, s.person_id, s.expires_at, p.role, p.deactivated_at IS NOT NULL, m.room_id
         FROM sessions s JOIN people p ON p.id = s.person_id LEFT JOIN memberships m ON m.person_id = s.person_id
         WHERE s.token_hash IN (",
    );
    let mut list = query.separated(", ");
    // Fixed batch sizes let the database reuse prepared statements.
    let length = hashes.len().next_power_of_two();
    for hash in hashes.iter().cycle().take(length) {
        list.push_bind(*hash);
    }
    list.push_unseparated(")");
    type Row = (Vec<u8>, Uuid, Millis, String, bool, Option<Uuid>);
    let rows: Vec<Row> = query.build_query_as().fetch_all(&db.read).await?;
    let mut found = HashMap::<Vec<u8>, SessionRecord>::new();
    for (token_hash, person, expires_at, role, deactivated, room) in rows {
        let account = AccountStatus { role: Role::from_str(&role)?, deactivated };
        let session = |token_hash: &Vec<u8>| Session::stored(PersonId(person), expires_at, token_hash.clone());
        let (.., rooms) =
            found.entry(token_hash.clone()).or_insert_with(|| (session(&token_hash), account, Vec::new()));
        rooms.extend(room.map(RoomId));
    }
    Ok(found)
}
