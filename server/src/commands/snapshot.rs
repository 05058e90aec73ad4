//! The snapshot behind a page. The server's HTML, `GET /api/page` and the command `snapshot:get` use it.

use crate::{
    commands::{context::member::Context, reply::Reply},
    config::{Config, SignUp},
    realtime::presence::Presence,
};
use common::{
    Code, MessageId, PersonId, RoomId, Seq,
    page::{GetSnapshot, Page, Place, Snapshot, Workspace},
    threads::ThreadView,
};
use std::{collections::HashSet, sync::Arc};
use store::{
    accounts, blocks, clock,
    db::Db,
    error::Error,
    notifications, people, rooms, saved,
    sessions::verbs::Session,
    threads::{self, followers},
    visibility,
};

/// The room in a page's address, with the position of a message or a thread.
#[derive(Clone, Copy, Debug)]
pub struct RoomTarget {
    pub room: RoomId,
    pub seq: Option<Seq>,
    pub thread: Option<MessageId>,
}

impl RoomTarget {
    /// A room at its newest message.
    fn newest(room: RoomId) -> Self {
        Self { room, seq: None, thread: None }
    }
}

/// Dependencies of a snapshot.
#[derive(Clone)]
pub struct Sources {
    pub db: Db,
    pub config: Arc<Config>,
    pub presence: Presence,
}

/// `snapshot:get`
pub async fn get(ctx: Context, command: GetSnapshot) -> Result<Reply<Snapshot>, Error> {
    let sources = Sources { db: ctx.db.clone(), config: ctx.config.clone(), presence: ctx.presence.clone() };
    let name = accounts::workspace_name(&sources.db).await?.ok_or(Code::NotSetUp)?;
    Ok(Reply::of(
        sources.snapshot(workspace(name, &sources.config), ctx.person, command.room.map(RoomTarget::newest)).await?,
    ))
}

impl Sources {
    /// The page for a session or a visitor. It may open a room and a thread of that room.
    ///
    /// # Errors
    /// When the database query fails.
    pub async fn page(&self, session: Option<&Session>, target: Option<RoomTarget>) -> Result<Page, Error> {
        let Some(name) = accounts::workspace_name(&self.db).await? else { return Ok(Page::SetUp) };
        let workspace = workspace(name, &self.config);
        match session {
            None => Ok(Page::Visitor(workspace)),
            Some(session) => {
                let snapshot = self.snapshot(workspace, session.person, target).await?;
                Ok(Page::Chat(Box::new(snapshot)))
            }
        }
    }

    async fn snapshot(
        &self,
        workspace: Workspace,
        me: PersonId,
        target: Option<RoomTarget>,
    ) -> Result<Snapshot, Error> {
        let rooms = rooms::verbs::mine(&self.db, me).await?;
        let place = self.place(me, target).await?;
        let thread = self.thread(me, &place, target.and_then(|target| target.thread)).await?;
        let people = visibility::of(&self.db, me).await?;
        let mut presence = self.presence.online();
        let known: HashSet<PersonId> = people.iter().map(|person| person.id).collect();
        presence.retain(|online| known.contains(&online.person));
        Ok(Snapshot {
            me: people::verbs::person(&self.db, me).await?,
            workspace,
            people,
            rooms,
            presence,
            saved: saved::ids(&self.db, me).await?,
            blocked: blocks::by(&self.db.read, me).await?,
            place,
            thread,
            threads: followers::unread(&self.db, me).await?,
            quiet: notifications::quiet_of(&self.db, me).await?,
            at: clock::now(),
        })
    }

    async fn place(&self, me: PersonId, target: Option<RoomTarget>) -> Result<Place, Error> {
        let Some(RoomTarget { room, seq, .. }) = target else { return Ok(Place::Home) };
        match rooms::verbs::view(&self.db, me, room, seq).await {
            Ok(view) => Ok(Place::Room(Box::new(view))),
            Err(Error::Refused(refusal)) if refusal.code == Code::NotAMember => {
                let card = rooms::verbs::joinable(&self.db, me, room).await?;
                Ok(card.map_or(Place::Unknown { room }, Place::Joinable))
            }
            Err(Error::Refused(_)) => Ok(Place::Unknown { room }),
            Err(broken) => Err(broken),
        }
    }

    /// The thread beside the room; `None` when it does not exist.
    async fn thread(
        &self,
        me: PersonId,
        place: &Place,
        thread: Option<MessageId>,
    ) -> Result<Option<Box<ThreadView>>, Error> {
        let (Place::Room(view), Some(thread)) = (place, thread) else { return Ok(None) };
        match threads::verbs::view(&self.db, me, view.summary.id, thread).await {
            Ok(view) => Ok(Some(Box::new(view))),
            Err(Error::Refused(_)) => Ok(None),
            Err(broken) => Err(broken),
        }
    }
}

fn workspace(name: String, config: &Config) -> Workspace {
    Workspace { name, sign_up_open: config.sign_up == SignUp::Open, file_limit: config.file_limit }
}
