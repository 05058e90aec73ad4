//! Search: an index beside the database, which follows the rooms' logs, and its queries.
//!
//! The index is a separate file, `search.db`, so that posts pay nothing for it. A task reads the logs. It
//! stores its progress in the same transaction as the indexed messages. You can delete the file; the next
//! start rebuilds it. The database verifies each match: the message must still match, and the reader must
//! be a member of its room.
//!
//! It depends on SQLite's FTS5; [`index`] and [`find`] have all of that code.
//!
//! The tokenizer gets folded text (case, accents, widths). Room, author and "has a link" are trigrams of
//! private-use characters in the same text, so an expression can filter by them. It also filters by the
//! reader's rooms, if they are few. Document numbers increase with time: the newest are first without a
//! sort, and days are ranges. The index stores no positions and no text, which saves two thirds of its
//! size; it only has to name candidates.

pub use index::Index;

mod excerpt;
pub mod find;
mod fold;
mod follow;
mod grams;
mod index;
pub mod query;
