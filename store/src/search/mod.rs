//! Search: an index beside the database, which follows the rooms' logs, and queries of it.
//!
//! The index is a file of its own, `search.db`, so that posting pays nothing for it: a task reads the
//! logs and keeps, in the same transaction as what it has indexed, how far it has come. It can be
//! deleted; it is made anew then. What a query finds in it is looked up in the database, and shown only
//! if the message still says so and its reader is a member of its room.
//!
//! Made for SQLite (FTS5); everything that is so is in [`index`] and [`find`].
//!
//! Texts are folded (case, accents, widths) before the tokenizer gets them. Room, author and "has a link" are
//! trigrams of private-use characters in the same text, so filters are part of the same expression, and so
//! are the reader's rooms when they are few. Documents are numbered by time: the newest are first without
//! sorting, and days are ranges. Without positions and texts the index is a third of the size; it only has to
//! say which messages may match.

pub use index::Index;

mod excerpt;
pub mod find;
mod fold;
mod follow;
mod grams;
mod index;
pub mod query;
