//! Link previews in the database: a cache of pages, and the previews of messages.
//!
//! A message's row has its previews as JSON, like its files. The log records only that they changed, so a
//! deletion removes all of them.

pub mod facts;
pub mod links;
use crate::{
    blobs::ContentHash,
    clock, columns,
    db::{Db, Transaction},
    error::Error,
    log,
    messages::{self, annotations},
    previews::facts::Facts,
    rooms::{access, memberships},
};
use common::{
    Code, MessageId, Millis, PersonId, PreviewId, RoomId, ServerEvent, limits,
    messages::Message,
    permissions::RoomAction,
    previews::{Preview, PreviewPicture, PreviewsChanged, RemovePreview},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// The cache lifetime of a page's facts.
const HOLDS: Millis = 24 * 60 * 60 * 1000;

/// The cache lifetime of an empty result.
const NOTHING_HOLDS: Millis = 60 * 60 * 1000;

/// Unused entries stay a little longer, for messages that are about to use them.
const KEPT: Millis = HOLDS + NOTHING_HOLDS;

/// The most pages in the cache.
const PAGES: i64 = 10_000;

/// A cached page.
pub struct CachedPage {
    /// `None` for a page without a preview.
    pub facts: Option<Facts>,
    pub picture: Option<StoredPicture>,
}

/// A small copy of a picture.
#[derive(Clone)]
pub struct StoredPicture {
    pub content: ContentHash,
    pub media_type: String,
    pub size: u64,
}

type PictureColumns = (Option<Vec<u8>>, Option<String>, Option<i64>);

impl StoredPicture {
    fn read((content, media_type, size): PictureColumns) -> Option<Self> {
        let content = content.as_deref().and_then(ContentHash::stored)?;
        Some(Self { content, media_type: media_type?, size: size?.unsigned_abs() })
    }

    fn columns(picture: Option<&Self>) -> PictureColumns {
        let content = picture.map(|picture| picture.content.bytes().to_vec());
        let media_type = picture.map(|picture| picture.media_type.clone());
        (content, media_type, picture.map(|picture| picture.size.cast_signed()))
    }
}

/// Returns the links of a message's HTML that can have previews.
pub fn links(html: Option<&str>) -> Vec<String> {
    let mut links = html.filter(|html| html.contains("href=\"")).map(links::links).unwrap_or_default();
    links.truncate(limits::PREVIEWS);
    links
}

/// Returns a page from the cache.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn cached(db: &Db, url: &str) -> Result<Option<CachedPage>, Error> {
    type Row = (Option<String>, Option<Vec<u8>>, Option<String>, Option<i64>);
    let query = sqlx::query_as(
        "SELECT facts, picture, picture_type, picture_size FROM linked_pages
         WHERE url = $1 AND fetched_at > CASE WHEN facts IS NULL THEN $3 ELSE $2 END",
    );
    let now = clock::now();
    let query = query.bind(url).bind(now - HOLDS).bind(now - NOTHING_HOLDS);
    let row: Option<Row> = query.fetch_optional(&db.read).await?;
    Ok(row.map(|(facts, content, media_type, size)| CachedPage {
        facts: facts.and_then(|facts| serde_json::from_str(&facts).ok()),
        picture: StoredPicture::read((content, media_type, size)),
    }))
}

/// Stores a page in the cache. Returns its earlier picture, which may now be unused.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn keep(db: &Db, url: &str, found: &CachedPage) -> Result<Option<ContentHash>, Error> {
    let facts = found.facts.as_ref().map(serde_json::to_string).transpose().map_err(anyhow::Error::new)?;
    let (content, media_type, size) = StoredPicture::columns(found.picture.as_ref());
    let mut transaction = db.begin().await?;
    let before = sqlx::query_scalar("DELETE FROM linked_pages WHERE url = $1 RETURNING picture").bind(url);
    let before: Option<Option<Vec<u8>>> = before.fetch_optional(&mut *transaction).await?;
    sqlx::query(
        "INSERT INTO linked_pages (url, fetched_at, facts, picture, picture_type, picture_size)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(url)
    .bind(clock::now())
    .bind(facts)
    .bind(content)
    .bind(media_type)
    .bind(size)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(before.flatten().as_deref().and_then(ContentHash::stored))
}

/// Returns whether a message has, or had, a preview of a link. Then no fetch is necessary.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn is_settled(db: &Db, message: MessageId, url: &str) -> Result<bool, Error> {
    let query = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM previews WHERE message_id = $1 AND url = $2)");
    Ok(query.bind(message.0).bind(url).fetch_one(&db.read).await?)
}

/// Returns recent messages with links and their HTML, oldest first, at most `most`. Skips messages far back
/// in their rooms.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn linking_lately(db: &Db, within: Millis, most: i64) -> Result<Vec<(MessageId, String)>, Error> {
    const LOOKED_AT_IN_A_ROOM: i64 = 1_000;
    let query = sqlx::query_as(
        "SELECT m.id, m.html FROM rooms r JOIN messages m ON m.room_id = r.id AND m.seq > r.last_seq - $1
         WHERE r.active_at > $2 AND m.at > $2 AND m.html LIKE '%href=\"%' ORDER BY m.at DESC, m.id LIMIT $3",
    );
    let query = query.bind(LOOKED_AT_IN_A_ROOM).bind(clock::now() - within).bind(most);
    let rows: Vec<(Uuid, String)> = query.fetch_all(&db.read).await?;
    Ok(rows.into_iter().rev().map(|(id, html)| (MessageId(id), html)).collect())
}

/// Adds a preview to a message, if the message still has the link and no person has removed the preview.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn add(
    db: &Db,
    message: MessageId,
    url: &str,
    facts: &Facts,
    picture: Option<&StoredPicture>,
) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    let found = messages::queries::find(&mut transaction, message).await?;
    let Some(message) = found.filter(|message| !message.is_deleted()) else { return Ok(()) };
    let links = links(message.html.as_deref());
    if !links.iter().any(|link| link == url) || is_archived(&mut transaction, message.room).await? {
        return Ok(());
    }
    let id = PreviewId::new();
    if !insert(&mut transaction, id, message.id, url, picture).await? {
        return Ok(());
    }
    let Facts { site, title, text, .. } = facts.clone();
    let size = facts.picture.filter(|_| picture.is_some());
    let picture = size.map(|(width, height)| PreviewPicture { width, height });
    let mut previews = shown(&mut transaction, message.id).await?;
    previews.push(Preview { id, url: url.to_owned(), site, title, text, picture });
    previews.sort_by_key(|preview| links.iter().position(|link| *link == preview.url));
    show(&mut transaction, &message, message.author, previews).await?;
    transaction.commit().await
}

/// Inserts a message's preview; returns whether it is the first for this link, shown or removed.
async fn insert(
    connection: &mut SqliteConnection,
    id: PreviewId,
    message: MessageId,
    url: &str,
    picture: Option<&StoredPicture>,
) -> Result<bool, Error> {
    let (content, media_type, size) = StoredPicture::columns(picture);
    let inserted = sqlx::query(
        "INSERT INTO previews (id, message_id, url, picture, picture_type, picture_size)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (message_id, url) DO NOTHING",
    )
    .bind(id.0)
    .bind(message.0)
    .bind(url)
    .bind(content)
    .bind(media_type)
    .bind(size)
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() > 0)
}

async fn is_archived(connection: &mut SqliteConnection, room: RoomId) -> Result<bool, Error> {
    let query = sqlx::query_scalar("SELECT archived_at IS NOT NULL FROM rooms WHERE id = $1").bind(room.0);
    Ok(query.fetch_one(connection).await?)
}

/// Removes a preview from a message for good. Returns its picture, which may now be unused.
///
/// # Errors
/// [`Code::UnknownMessage`], or what [`access::of`] and [`common::permissions::RoomAccess::may_remove`] say.
pub async fn remove(db: &Db, person: PersonId, command: &RemovePreview) -> Result<Option<ContentHash>, Error> {
    let mut transaction = db.begin().await?;
    let standing = access::require_to(&mut *transaction, person, command.room, RoomAction::Change).await?;
    let message = messages::queries::standing(&mut transaction, command.room, command.message).await?;
    standing.may_remove(message.author == person)?;
    let mut previews = shown(&mut transaction, message.id).await?;
    let Some(place) = previews.iter().position(|preview| preview.id == command.preview) else {
        transaction.commit().await?;
        return Ok(None);
    };
    previews.remove(place);
    let picture = sqlx::query_scalar("SELECT picture FROM previews WHERE id = $1").bind(command.preview.0);
    let picture: Option<Option<Vec<u8>>> = picture.fetch_optional(&mut *transaction).await?;
    let query =
        "UPDATE previews SET removed = TRUE, picture = NULL, picture_type = NULL, picture_size = NULL WHERE id = $1";
    sqlx::query(query).bind(command.preview.0).execute(&mut *transaction).await?;
    show(&mut transaction, &message, person, previews).await?;
    transaction.commit().await?;
    Ok(picture.flatten().as_deref().and_then(ContentHash::stored))
}

/// Removes the previews of links that an edit removed.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn keep_linked(
    transaction: &mut Transaction,
    before: &Message,
    html: Option<&str>,
    person: PersonId,
) -> Result<(), Error> {
    let (links_before, links) = (links(before.html.as_deref()), links(html));
    if links_before == links {
        return Ok(());
    }
    for gone in links_before.iter().filter(|link| !links.contains(link)) {
        let query = sqlx::query("UPDATE previews SET message_id = NULL WHERE message_id = $1 AND url = $2");
        query.bind(before.id.0).bind(gone).execute(&mut **transaction).await?;
    }
    let shown = shown(transaction, before.id).await?;
    let place = |preview: &Preview| links.iter().position(|link| *link == preview.url);
    let mut left = shown.clone();
    left.retain(|preview| place(preview).is_some());
    left.sort_by_key(place);
    if left != shown {
        show(transaction, before, person, left).await?;
    }
    Ok(())
}

/// Removes the previews of a deleted message.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(connection: &mut SqliteConnection, message: MessageId) -> Result<(), Error> {
    let query = "UPDATE previews SET message_id = NULL WHERE message_id = $1;
                 UPDATE messages SET previews = NULL WHERE id = $1";
    sqlx::query(query).bind(message.0).execute(connection).await?;
    Ok(())
}

/// Returns the visible previews of a message.
async fn shown(connection: &mut SqliteConnection, message: MessageId) -> Result<Vec<Preview>, Error> {
    let query = sqlx::query_scalar("SELECT previews FROM messages WHERE id = $1").bind(message.0);
    let written: Option<String> = query.fetch_one(connection).await?;
    columns::json(written.as_deref())
}

/// Returns the visible previews of a message.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn of(db: &Db, message: MessageId) -> Result<Vec<Preview>, Error> {
    let query = sqlx::query_scalar("SELECT previews FROM messages WHERE id = $1").bind(message.0);
    let written: Option<Option<String>> = query.fetch_optional(&db.read).await?;
    columns::json(written.flatten().as_deref())
}

/// Updates a message's visible previews and appends the event to the log.
async fn show(
    transaction: &mut Transaction,
    message: &Message,
    person: PersonId,
    previews: Vec<Preview>,
) -> Result<(), Error> {
    let written = (!previews.is_empty()).then(|| serde_json::to_string(&previews)).transpose();
    let written = written.map_err(anyhow::Error::new)?;
    let query = sqlx::query("UPDATE messages SET previews = $2 WHERE id = $1").bind(message.id.0).bind(written);
    query.execute(&mut **transaction).await?;
    let (room, id) = (message.room, message.id);
    let event = |seq| ServerEvent::PreviewsChanged(PreviewsChanged { room, seq, message: id, person, previews });
    let seq = log::append(transaction, room, person, clock::now(), event).await?;
    annotations::touch(transaction, id, seq).await
}

/// Returns a preview's picture, for a member of its message's room.
///
/// # Errors
/// [`Code::UnknownFile`], for any reason.
pub async fn visible_picture(db: &Db, person: PersonId, preview: PreviewId) -> Result<StoredPicture, Error> {
    type Row = (Uuid, Option<Vec<u8>>, Option<String>, Option<i64>);
    let query = sqlx::query_as(
        "SELECT m.room_id, p.picture, p.picture_type, p.picture_size FROM previews p
         JOIN messages m ON m.id = p.message_id WHERE p.id = $1 AND NOT p.removed",
    );
    let row: Option<Row> = query.bind(preview.0).fetch_optional(&db.read).await?;
    let (room, content, media_type, size) = row.ok_or(Code::UnknownFile)?;
    match memberships::require(&db.read, person, RoomId(room)).await {
        Ok(_) => StoredPicture::read((content, media_type, size)).ok_or_else(|| Code::UnknownFile.into()),
        Err(Error::Refused(_)) => Err(Code::UnknownFile.into()),
        Err(broken) => Err(broken),
    }
}

/// Removes expired pages, pages beyond the limit, and previews without a message. Returns their pictures,
/// which may now be unused.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget_old(db: &Db) -> Result<Vec<ContentHash>, Error> {
    let mut transaction = db.begin().await?;
    let query = sqlx::query_scalar("DELETE FROM previews WHERE message_id IS NULL RETURNING picture");
    let mut pictures: Vec<Option<Vec<u8>>> = query.fetch_all(&mut *transaction).await?;
    let query = sqlx::query_scalar(
        "DELETE FROM linked_pages WHERE fetched_at < $1
         OR fetched_at < (SELECT fetched_at FROM linked_pages ORDER BY fetched_at DESC LIMIT 1 OFFSET $2)
         RETURNING picture",
    );
    let query = query.bind(clock::now() - KEPT).bind(PAGES);
    pictures.extend(query.fetch_all(&mut *transaction).await?);
    transaction.commit().await?;
    Ok(pictures.into_iter().flatten().filter_map(|bytes| ContentHash::stored(&bytes)).collect())
}
