//! The sentence of each server event. An event without one does not compile.

use super::Names;
use crate::ServerEvent;

impl ServerEvent {
    /// What it tells, in a sentence for people who do not program.
    pub fn in_words(&self, names: &dyn Names) -> String {
        match self {
            Self::MessagePosted(payload) => payload.posted_in_words(names),
            Self::MessageEdited(payload) => payload.in_words(names),
            Self::MessageDeleted(payload) => payload.in_words(names),
            Self::ReactionAdded(payload) => payload.added_in_words(names),
            Self::ReactionRemoved(payload) => payload.removed_in_words(names),
            Self::PinAdded(payload) => payload.added_in_words(names),
            Self::PinRemoved(payload) => payload.removed_in_words(names),
            Self::PreviewsChanged(payload) => payload.in_words(names),
            Self::RoomAdded(payload) => payload.added_in_words(names),
            Self::RoomRemoved(payload) => payload.in_words(names),
            Self::RoomStarred(payload) => payload.in_words(names),
            Self::RoomChanged(payload) => payload.in_words(names),
            Self::MemberJoined(payload) => payload.in_words(names),
            Self::MemberLeft(payload) => payload.in_words(names),
            Self::MemberChanged(payload) => payload.in_words(names),
            Self::ReadMoved(payload) => payload.moved_in_words(names),
            Self::ThreadChanged(payload) => payload.in_words(names),
            Self::LevelChanged(payload) => payload.in_words(names),
            Self::QuietChanged(payload) => payload.in_words(names),
            Self::SavedAdded(payload) => payload.added_in_words(names),
            Self::SavedRemoved(payload) => payload.removed_in_words(names),
            Self::ReadersMoved(payload) => payload.in_words(names),
            Self::TypingChanged(payload) => payload.in_words(names),
            Self::PersonChanged(payload) => payload.changed_in_words(names),
            Self::PersonBlocked(payload) => payload.in_words(names),
            Self::PresenceChanged(payload) => payload.in_words(names),
            Self::Announced(payload) => payload.in_words(names),
            Self::SessionEnded(payload) => payload.in_words(names),
            Self::ServerStopping(payload) => payload.in_words(names),
        }
    }
}
