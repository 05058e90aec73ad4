//! Batches session lookups: after a restart all clients reconnect at once, and every query costs two
//! thread switches.

use store::{
    db::Db,
    error::Error,
    sessions::{
        lookup::{SessionRecord, look_up},
        verbs::hashed,
    },
};
use tokio::sync::{mpsc, oneshot};

/// Maximum number of sessions in a batch.
const TOGETHER: usize = 64;

/// Looks up sessions; cheap to clone.
#[derive(Clone)]
pub struct Lookups {
    wanted: mpsc::Sender<Wanted>,
}

struct Wanted {
    token_hash: Vec<u8>,
    found: oneshot::Sender<Result<Option<SessionRecord>, Error>>,
}

impl Lookups {
    /// The handle, and the task that answers until the last handle is dropped.
    pub fn new(db: Db) -> (Self, impl Future<Output = ()> + Send) {
        let (wanted, mut asked) = mpsc::channel(TOGETHER);
        let task = async move {
            let mut together = Vec::new();
            while asked.recv_many(&mut together, TOGETHER).await > 0 {
                gather(&mut asked, &mut together).await;
                answer(&db, &mut together).await;
            }
        };
        (Self { wanted }, task)
    }

    /// The session of a token; `None` when it does not exist or has expired.
    ///
    /// # Errors
    /// When the database query fails.
    pub async fn find(&self, token: &str) -> Result<Option<SessionRecord>, Error> {
        let (found, answer) = oneshot::channel();
        let gone = || Error::Broken(anyhow::anyhow!("sessions are not looked up any more"));
        self.wanted.send(Wanted { token_hash: hashed(token), found }).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// Lets concurrent callers join the batch first.
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
    let hashes: Vec<&[u8]> = together.iter().map(|wanted| wanted.token_hash.as_slice()).collect();
    let mut found = match look_up(db, &hashes).await {
        Ok(found) => found,
        Err(error) => {
            let why = error.into_refusal();
            for Wanted { found, .. } in together.drain(..) {
                found.send(Err(Error::Refused(why.clone()))).ok();
            }
            return;
        }
    };
    // The caller may have disconnected meanwhile.
    for Wanted { token_hash, found: asked } in together.drain(..) {
        let session = found.get_mut(&token_hash).filter(|(session, ..)| !session.has_expired());
        asked.send(Ok(session.cloned())).ok();
    }
}
