//! Files in the database.

use crate::{
    blobs::ContentHash,
    clock,
    columns::Column,
    db::{Db, Transaction},
    error::Error,
    rooms::memberships,
};
use common::{
    Code, FileId, MessageId, Millis, PersonId, RoomId,
    files::{Attachment, FileKind},
};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// The time that a file waits for its message: a day.
const WAITS: Millis = 24 * 60 * 60 * 1000;

/// The facts of a complete file.
pub struct NewFile {
    pub name: String,
    pub kind: FileKind,
    pub media_type: &'static str,
    pub content: ContentHash,
    pub size: u64,
    /// For a picture: width and height in pixels.
    pub pixels: Option<(u32, u32)>,
    pub thumbnail: Option<Thumbnail>,
}

pub struct Thumbnail {
    pub content: ContentHash,
    pub media_type: &'static str,
    pub size: u64,
}

/// A file that the reader may see.
pub struct Visible {
    pub kind: FileKind,
    pub name: String,
    pub media_type: String,
    pub content: ContentHash,
    /// The thumbnail's content and media type.
    pub thumbnail: Option<(ContentHash, String)>,
}

/// A file whose time is over.
pub struct Expired {
    pub id: FileId,
    pub contents: Vec<ContentHash>,
}

#[derive(sqlx::FromRow)]
struct FileRow {
    person_id: Uuid,
    name: String,
    kind: String,
    media_type: String,
    content: Vec<u8>,
    thumbnail: Option<Vec<u8>>,
    thumbnail_type: Option<String>,
    expires_at: Option<Millis>,
    room_id: Option<Uuid>,
}

/// Returns the bytes of all content; equal content counts once.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn stored_bytes(db: &Db) -> sqlx::Result<u64> {
    let sum: i64 = sqlx::query_scalar(
        "SELECT coalesce(sum(size), 0) FROM
         (SELECT content, max(size) AS size FROM files GROUP BY content
          UNION SELECT thumbnail, max(thumbnail_size) FROM files WHERE thumbnail IS NOT NULL GROUP BY thumbnail
          UNION SELECT picture, max(picture_size) FROM previews WHERE picture IS NOT NULL GROUP BY picture
          UNION SELECT picture, max(picture_size) FROM linked_pages WHERE picture IS NOT NULL GROUP BY picture)
         AS contents",
    )
    .fetch_one(&db.read)
    .await?;
    Ok(sum.unsigned_abs())
}

/// Inserts the row of a file on disk. The file waits a day for its message.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn insert(db: &Db, person: PersonId, file: &NewFile) -> Result<Attachment, Error> {
    let (id, now) = (FileId::new(), clock::now());
    let (width, height) = file.pixels.unzip();
    let mut transaction = db.begin().await?;
    sqlx::query(
        "INSERT INTO files (id, person_id, name, kind, media_type, content, size, width, height,
                            thumbnail, thumbnail_type, thumbnail_size, uploaded_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(id.0)
    .bind(person.0)
    .bind(&file.name)
    .bind(file.kind.as_str())
    .bind(file.media_type)
    .bind(file.content.bytes())
    .bind(file.size.cast_signed())
    .bind(width)
    .bind(height)
    .bind(file.thumbnail.as_ref().map(|thumbnail| thumbnail.content.bytes()))
    .bind(file.thumbnail.as_ref().map(|thumbnail| thumbnail.media_type))
    .bind(file.thumbnail.as_ref().map(|thumbnail| thumbnail.size.cast_signed()))
    .bind(now)
    .bind(now + WAITS)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    let (name, media_type) = (file.name.clone(), file.media_type.to_owned());
    Ok(Attachment { id, name, kind: file.kind, media_type, size: file.size, width, height })
}

/// Attaches files to a message, in this order.
///
/// # Errors
/// [`Code::UnknownFile`] for a file of another uploader, or with a message already.
pub async fn attach(
    connection: &mut SqliteConnection,
    author: PersonId,
    message: MessageId,
    files: &[FileId],
) -> Result<Vec<Attachment>, Error> {
    type Described = (String, String, String, i64, Option<u32>, Option<u32>);
    let mut attachments = Vec::with_capacity(files.len());
    for &id in files {
        let row: Option<Described> = sqlx::query_as(
            "UPDATE files SET message_id = $1, expires_at = NULL
             WHERE id = $2 AND person_id = $3 AND message_id IS NULL AND expires_at > $4
             RETURNING name, kind, media_type, size, width, height",
        )
        .bind(message.0)
        .bind(id.0)
        .bind(author.0)
        .bind(clock::now())
        .fetch_optional(&mut *connection)
        .await?;
        let (name, kind, media_type, size, width, height) = row.ok_or(Code::UnknownFile)?;
        let (kind, size) = (FileKind::from_str(&kind)?, size.unsigned_abs());
        attachments.push(Attachment { id, name, kind, media_type, size, width, height });
    }
    Ok(attachments)
}

/// Detaches a deleted message's files; [`Files::sweep_soon`] removes them later.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn discard(transaction: &mut Transaction, message: MessageId) -> Result<(), Error> {
    sqlx::query("UPDATE files SET message_id = NULL, name = '', expires_at = 0 WHERE message_id = $1")
        .bind(message.0)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Returns a file for a member of its room, or for its uploader before it has a room.
///
/// # Errors
/// [`Code::UnknownFile`], for any reason.
pub async fn visible(db: &Db, person: PersonId, file: FileId) -> Result<Visible, Error> {
    let row: Option<FileRow> = sqlx::query_as(
        "SELECT f.person_id, f.name, f.kind, f.media_type, f.content, f.thumbnail, f.thumbnail_type, f.expires_at,
                m.room_id
         FROM files f LEFT JOIN messages m ON m.id = f.message_id WHERE f.id = $1",
    )
    .bind(file.0)
    .fetch_optional(&db.read)
    .await?;
    let row = row.ok_or(Code::UnknownFile)?;
    match row.room_id {
        Some(room) => match memberships::require(&db.read, person, RoomId(room)).await {
            Ok(_) => {}
            Err(Error::Refused(_)) => return Err(Code::UnknownFile.into()),
            Err(broken) => return Err(broken),
        },
        None if row.person_id == person.0 && row.expires_at > Some(clock::now()) => {}
        None => return Err(Code::UnknownFile.into()),
    }
    let thumbnail = row.thumbnail.as_deref().map(hash).transpose()?.zip(row.thumbnail_type);
    let (kind, content) = (FileKind::from_str(&row.kind)?, hash(&row.content)?);
    Ok(Visible { kind, name: row.name, media_type: row.media_type, content, thumbnail })
}

/// Returns the files whose wait is over, or whose message is deleted.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn expired(db: &Db) -> Result<Vec<Expired>, Error> {
    let rows: Vec<(Uuid, Vec<u8>, Option<Vec<u8>>)> =
        sqlx::query_as("SELECT id, content, thumbnail FROM files WHERE expires_at <= $1")
            .bind(clock::now())
            .fetch_all(&db.read)
            .await?;
    rows.into_iter()
        .map(|(id, content, thumbnail)| {
            let contents = [Some(content), thumbnail].into_iter().flatten();
            Ok(Expired { id: FileId(id), contents: contents.map(|bytes| hash(&bytes)).collect::<Result<_, _>>()? })
        })
        .collect()
}

/// Removes the row of an expired file.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn forget(db: &Db, file: FileId) -> Result<(), Error> {
    let mut transaction = db.begin().await?;
    sqlx::query("DELETE FROM files WHERE id = $1 AND message_id IS NULL")
        .bind(file.0)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Returns whether a file or a preview uses this content.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn is_used(db: &Db, content: ContentHash) -> Result<bool, Error> {
    let query = "SELECT EXISTS (SELECT 1 FROM files WHERE content = $1)
                     OR EXISTS (SELECT 1 FROM files WHERE thumbnail = $1)
                     OR EXISTS (SELECT 1 FROM previews WHERE picture = $1)
                     OR EXISTS (SELECT 1 FROM linked_pages WHERE picture = $1)";
    Ok(sqlx::query_scalar(query).bind(content.bytes()).fetch_one(&db.read).await?)
}

fn hash(bytes: &[u8]) -> Result<ContentHash, Error> {
    ContentHash::stored(bytes).ok_or_else(|| anyhow::anyhow!("a file's content is not named by a hash").into())
}
