//! Idempotency: a command with a client-made id takes effect once; a resend gets the first reply.

use crate::{clock, error::Error};
use common::{Code, Command, CommandId, PersonId};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// The first attempt of a command, or a repeat of it.
pub enum Attempt<R> {
    First(PendingReply),
    /// The stored reply.
    Repeat(R),
}

/// A command during its first attempt; [`store_reply`] stores its reply.
pub struct PendingReply {
    id: CommandId,
    person: PersonId,
    command: Vec<u8>,
}

/// Checks whether this command has already run.
///
/// # Errors
/// [`Code::IdTaken`] if another person or another command has used the id.
pub async fn attempt<C: Command>(
    connection: &mut SqliteConnection,
    person: PersonId,
    id: CommandId,
    command: &C,
) -> Result<Attempt<C::Reply>, Error> {
    let written = serde_json::to_vec(command).map_err(anyhow::Error::new)?;
    let command = Sha256::new().chain_update(C::NAME).chain_update(written).finalize().to_vec();
    let query = sqlx::query_as("SELECT person_id, command, reply FROM replies WHERE command_id = $1").bind(id.0);
    let before: Option<(Uuid, Vec<u8>, String)> = query.fetch_optional(connection).await?;
    match before {
        None => Ok(Attempt::First(PendingReply { id, person, command })),
        Some((by, same, reply)) if by == person.0 && same == command => {
            Ok(Attempt::Repeat(serde_json::from_str(&reply).map_err(anyhow::Error::new)?))
        }
        Some(_) => Err(Code::IdTaken.into()),
    }
}

/// Stores the reply, in the transaction of the change.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn store_reply<R: serde::Serialize>(
    connection: &mut SqliteConnection,
    pending: PendingReply,
    reply: &R,
) -> Result<(), Error> {
    let reply = serde_json::to_string(reply).map_err(anyhow::Error::new)?;
    sqlx::query("INSERT INTO replies (command_id, person_id, command, reply, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(pending.id.0)
        .bind(pending.person.0)
        .bind(pending.command)
        .bind(reply)
        .bind(clock::now())
        .execute(connection)
        .await?;
    Ok(())
}
