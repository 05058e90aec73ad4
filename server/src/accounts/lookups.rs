//! Who a connection belongs to, and where. After a restart everybody comes at once, and each look at
//! the database is two changes of thread: what is asked for at the same time is looked up together.

use super::{
    sessions::{self, Session},
    store::role_named,
};
use crate::{db::Db, error::Error};
use common::{Millis, PersonId, RoomId, people::Role};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::HashMap;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// So many sessions are looked up together, at most.
const TOGETHER: usize = 64;

/// A session, how its person stands, and the rooms that they are in.
pub type Found = (Session, Standing, Vec<RoomId>);

/// How somebody stands in the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub role: Role,
    /// Their account is switched off.
    pub deactivated: bool,
}

/// Looks sessions up; cheap to clone.
#[derive(Clone)]
pub struct Lookups {
    wanted: mpsc::Sender<Wanted>,
}

struct Wanted {
    token_hash: Vec<u8>,
    found: oneshot::Sender<Result<Option<Found>, Error>>,
}

impl Lookups {
    /// Starts to look up what is asked for, until nobody can ask any more.
    pub fn start(db: Db) -> Self {
        let (wanted, mut asked) = mpsc::channel(TOGETHER);
        tokio::spawn(async move {
            let mut together = Vec::new();
            while asked.recv_many(&mut together, TOGETHER).await > 0 {
                gather(&mut asked, &mut together).await;
                answer(&db, &mut together).await;
            }
        });
        Self { wanted }
    }

    /// The session of a token; `None` when there is none or it has expired.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find(&self, token: &str) -> Result<Option<Found>, Error> {
        let (found, answer) = oneshot::channel();
        let gone = || Error::Broken(anyhow::anyhow!("sessions are not looked up any more"));
        self.wanted.send(Wanted { token_hash: sessions::hashed(token), found }).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// Lets others who are about to ask do so first.
async fn gather(asked: &mut mpsc::Receiver<Wanted>, together: &mut Vec<Wanted>) {
    while together.len() < TOGETHER {
        let before = together.len();
        tokio::task::yield_now().await;
        while together.len() < TOGETHER
            && let Ok(wanted) = asked.try_recv()
        {
            together.push(wanted);
        }
        if together.len() == before {
            break;
        }
    }
}

async fn answer(db: &Db, together: &mut Vec<Wanted>) {
    let mut found = match look_up(db, together).await {
        Ok(found) => found,
        Err(error) => {
            let why = error.to_string();
            for Wanted { found, .. } in together.drain(..) {
                found.send(Err(Error::Broken(anyhow::anyhow!("{why}")))).ok();
            }
            return;
        }
    };
    // Whoever asked may have gone meanwhile.
    for Wanted { token_hash, found: asked } in together.drain(..) {
        let session = found.get_mut(&token_hash).filter(|(session, ..)| !session.has_expired());
        asked.send(Ok(session.cloned())).ok();
    }
}

async fn look_up(db: &Db, together: &[Wanted]) -> sqlx::Result<HashMap<Vec<u8>, Found>> {
    let mut query = QueryBuilder::<Sqlite>::new(
        "SELECT s.token_hash, s.person_id, s.expires_at, p.role, p.deactivated_at IS NOT NULL, m.room_id
         FROM sessions s JOIN people p ON p.id = s.person_id LEFT JOIN memberships m ON m.person_id = s.person_id
         WHERE s.token_hash IN (",
    );
    let mut list = query.separated(", ");
    // A few lengths only, so that the statements are prepared once.
    let length = together.len().next_power_of_two();
    for wanted in together.iter().cycle().take(length) {
        list.push_bind(&wanted.token_hash);
    }
    list.push_unseparated(")");
    type Row = (Vec<u8>, Uuid, Millis, String, bool, Option<Uuid>);
    let rows: Vec<Row> = query.build_query_as().fetch_all(&db.read).await?;
    let mut found = HashMap::<Vec<u8>, Found>::new();
    for (token_hash, person, expires_at, role, deactivated, room) in rows {
        let standing = Standing { role: role_named(&role), deactivated };
        let session = |token_hash: &Vec<u8>| Session::stored(PersonId(person), expires_at, token_hash.clone());
        let (.., rooms) =
            found.entry(token_hash.clone()).or_insert_with(|| (session(&token_hash), standing, Vec::new()));
        rooms.extend(room.map(RoomId));
    }
    Ok(found)
}
