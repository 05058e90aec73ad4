//! Runs a query. Membership limits it twice: the index searches only the reader's rooms, and the database
//! checks the membership for every match.

use crate::{
    columns,
    error::Error,
    search::{
        excerpt,
        grams::IndexQuery,
        index::{Index, first_doc, sought_in},
        query::Query,
    },
    visibility::is_known,
};
use common::{
    MessageId, Millis, PersonId, RoomId, Seq,
    files::Attachment,
    limits,
    search::{Hit, SearchPage},
};
use sqlx::SqlitePool;
use uuid::Uuid;

/// A reader of less than a fourth of all messages gets a room filter in the index query. Other readers lose
/// few matches to the membership check, so they need no filter.
const MOST_IS_THEIRS: i64 = 4;

/// A number that matches no document.
const NO_NUMBER: u32 = 0;

/// The most candidates to check for a page; after them the page says where to continue.
const LOOKED_AT_MOST: usize = 4_000;

/// Returns a page of matches, newest first; `next` is the end of the page before.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn messages(index: &Index, reader: PersonId, query: &Query, next: Option<i64>) -> Result<SearchPage, Error> {
    if query.is_empty() {
        return Ok(SearchPage::default());
    }
    let mut index_query = IndexQuery::default();
    let unknown = ask(index, reader, query, &mut index_query).await?;
    if !unknown.is_empty() {
        return Ok(SearchPage { unknown, ..SearchPage::default() });
    }
    let search = Search {
        reader,
        expression: index_query.expression(),
        after: query.after.unwrap_or(0),
        before: query.before.unwrap_or(Millis::MAX),
    };
    let mut found = SearchPage::default();
    let (mut below, mut looked_at, mut page) = (next.unwrap_or(i64::MAX), 0, limits::SEARCH_HITS + 1);
    loop {
        let candidates = search.candidates(&index.read, below, page).await?;
        let is_last = candidates.len() < page;
        for candidate in candidates {
            if found.hits.len() == limits::SEARCH_HITS {
                found.next = Some(below);
                return Ok(found);
            }
            below = candidate.doc;
            looked_at += 1;
            found.hits.extend(candidate.hit(query)?);
        }
        if is_last {
            return Ok(found);
        }
        if looked_at >= LOOKED_AT_MOST {
            found.next = Some(below);
            return Ok(found);
        }
        page = (page * 2).min(500);
    }
}

/// Adds the query's words and filters to the index query; returns unknown filters.
async fn ask(
    index: &Index,
    reader: PersonId,
    query: &Query,
    index_query: &mut IndexQuery,
) -> Result<Vec<String>, Error> {
    let mut unknown = query.unknown.clone();
    for term in &query.terms {
        index_query.for_part(&term.0);
    }
    for &has in &query.has {
        index_query.with(has);
    }
    for handle in &query.from {
        match author(&index.read, reader, handle).await? {
            Some(number) => index_query.by(number),
            None => unknown.push(format!("from:{handle}")),
        }
    }
    let mut within = Vec::new();
    for name in &query.within {
        match room(&index.read, reader, name).await? {
            Some(number) => within.push(number),
            None => unknown.push(format!("in:{name}")),
        }
    }
    if !query.within.is_empty() {
        index_query.in_one_of(within);
    } else if let Some(rooms) = few_rooms(&index.read, reader).await? {
        // An empty room list must match nothing.
        index_query.in_one_of(if rooms.is_empty() { vec![NO_NUMBER] } else { rooms });
    }
    Ok(unknown)
}

/// Returns the index number of a handle. A person without messages, or invisible to the reader, gets the
/// number 0, which matches nothing.
async fn author(read: &SqlitePool, reader: PersonId, handle: &str) -> Result<Option<u32>, Error> {
    let query = sqlx::query_scalar(concat!(
        "SELECT coalesce(n.number, 0) FROM people p LEFT JOIN found.names n ON n.id = p.id
         WHERE (p.handle = $2 OR ($2 = 'me' AND p.id = $1)) AND ",
        is_known!(),
        " ORDER BY p.handle = $2 DESC LIMIT 1"
    ));
    Ok(query.bind(reader.0).bind(handle).fetch_optional(read).await?)
}

/// Returns the number of a room by name or id, or of the conversation with `@handle`.
async fn room(read: &SqlitePool, reader: PersonId, name: &str) -> Result<Option<u32>, Error> {
    let id: Option<Uuid> = name.parse().ok();
    let handle = name.strip_prefix('@').map(str::to_lowercase);
    let name = name.trim_start_matches('#').to_lowercase();
    let rooms: Vec<(Uuid, String, Option<u32>, Option<String>)> = sqlx::query_as(
        "SELECT r.id, r.name, n.number, CASE WHEN r.kind = 'direct' THEN (
             SELECT group_concat(p.handle) FROM memberships o JOIN people p ON p.id = o.person_id
             WHERE o.room_id = r.id AND o.person_id <> $1) END
         FROM memberships m JOIN rooms r ON r.id = m.room_id LEFT JOIN found.names n ON n.id = r.id
         WHERE m.person_id = $1",
    )
    .bind(reader.0)
    .fetch_all(read)
    .await?;
    let found = rooms.into_iter().find(|(room, called, _, with)| {
        id == Some(*room) || (handle.is_some() && *with == handle) || (with.is_none() && called.to_lowercase() == name)
    });
    Ok(found.map(|(_, _, number, _)| number.unwrap_or(NO_NUMBER)))
}

/// Returns the numbers of the reader's rooms, unless they hold most messages.
async fn few_rooms(read: &SqlitePool, reader: PersonId) -> Result<Option<Vec<u32>>, Error> {
    let mine: Vec<(u32, Seq)> = sqlx::query_as(
        "SELECT n.number, n.seq FROM memberships m JOIN found.names n ON n.id = m.room_id WHERE m.person_id = $1",
    )
    .bind(reader.0)
    .fetch_all(read)
    .await?;
    let all: Option<i64> = sqlx::query_scalar("SELECT sum(seq) FROM found.names").fetch_one(read).await?;
    let is_most = mine.iter().map(|(_, seq)| seq).sum::<i64>() >= all.unwrap_or_default() / MOST_IS_THEIRS;
    Ok((!is_most).then(|| mine.into_iter().map(|(number, _)| number).collect()))
}

struct Search {
    reader: PersonId,
    expression: String,
    after: Millis,
    before: Millis,
}

#[derive(sqlx::FromRow)]
struct Candidate {
    doc: i64,
    id: Uuid,
    room_id: Uuid,
    seq: Seq,
    parent_id: Option<Uuid>,
    author_id: Uuid,
    text: String,
    attachments: Option<String>,
    at: Millis,
}

impl Search {
    /// Returns the newest readable messages below a number that match the index query.
    async fn candidates(&self, read: &SqlitePool, below: i64, most: usize) -> Result<Vec<Candidate>, Error> {
        // CROSS JOIN fixes the join order from left to right, so the query stops at the limit.
        let query = sqlx::query_as(
            "SELECT d.doc, m.id, m.room_id, m.seq, m.parent_id, m.author_id, m.text, m.attachments, m.at
             FROM found.grams CROSS JOIN found.docs d ON d.doc = grams.rowid
             CROSS JOIN messages m ON m.id = d.message_id
             CROSS JOIN memberships s ON s.room_id = m.room_id AND s.person_id = $2
             WHERE grams MATCH $1 AND grams.rowid < $3 AND grams.rowid >= $4 AND m.at >= $5 AND m.at < $6
               AND (m.revision IS NULL OR m.revision <> 'deleted')
             ORDER BY grams.rowid DESC LIMIT $7",
        );
        // A full second may continue in the next.
        let before = first_doc(self.before.saturating_add(60_000));
        let candidates = query
            .bind(&self.expression)
            .bind(self.reader.0)
            .bind(below.min(before))
            .bind(first_doc(self.after))
            .bind(self.after)
            .bind(self.before)
            .bind(i64::try_from(most).unwrap_or(i64::MAX));
        Ok(candidates.fetch_all(read).await?)
    }
}

impl Candidate {
    /// Verifies a candidate: the index alone gives false positives.
    fn hit(self, query: &Query) -> Result<Option<Hit>, Error> {
        let attachments: Vec<Attachment> = columns::json(self.attachments.as_deref())?;
        let Some(excerpt) = excerpt::of(&sought_in(&self.text, &attachments), &query.terms) else { return Ok(None) };
        Ok(Some(Hit {
            excerpt,
            id: MessageId(self.id),
            room: RoomId(self.room_id),
            seq: self.seq,
            thread: self.parent_id.map(MessageId),
            author: PersonId(self.author_id),
            at: self.at,
        }))
    }
}
