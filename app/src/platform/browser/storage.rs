//! What this browser keeps.

use crate::state::Conversation;
use common::RoomId;
use leptos::prelude::*;

/// Which room was on the screen last, in this browser.
pub fn last_room() -> Option<RoomId> {
    storage()?.get_item(LAST_ROOM).ok()??.parse().ok()
}

pub fn remember_room(room: RoomId) {
    if storage().is_some_and(|storage| storage.set_item(LAST_ROOM, &room.to_string()).is_err()) {
        leptos::logging::warn!("the browser does not keep which room was open");
    }
}

pub(super) const LAST_ROOM: &str = "last room";

/// Whether this tab shows the chat for the first time. True once.
pub fn is_first_look() -> bool {
    let Some(tab) = window().session_storage().ok().flatten() else { return false };
    let is_first = tab.get_item("looked").ok().flatten().is_none();
    is_first && tab.set_item("looked", "yes").is_ok()
}

/// What was being written in a conversation when the page was closed.
pub fn draft(conversation: Conversation) -> String {
    kept(&draft_key(conversation))
}

pub fn keep_draft(conversation: Conversation, text: &str) {
    keep(&draft_key(conversation), text);
}

pub(super) fn draft_key(conversation: Conversation) -> String {
    match conversation.thread {
        None => format!("draft {}", conversation.room),
        Some(thread) => format!("draft {} {thread}", conversation.room),
    }
}

/// What this browser keeps under a name; empty if there is nothing.
pub fn kept(key: &str) -> String {
    storage().and_then(|storage| storage.get_item(key).ok().flatten()).unwrap_or_default()
}

pub fn keep(key: &str, text: &str) {
    let Some(storage) = storage() else { return };
    let kept = if text.is_empty() { storage.remove_item(key) } else { storage.set_item(key, text) };
    if kept.is_err() {
        leptos::logging::warn!("the browser does not keep {key:?}");
    }
}

pub(super) fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
