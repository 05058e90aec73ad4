//! Read positions: moved while a conversation is in view, and by command.

use super::Chat;
use crate::state::Change;
use common::{
    Command, MessageId, RoomId, Seq, ServerEvent,
    delivery::LogPosition,
    reading::{MarkAllRead, MarkRead, MarkUnread, ReadMoved},
    threads::{MarkThreadRead, MarkThreadUnread, ThreadState},
};
use leptos::task::spawn_local;

impl Chat {
    /// Everything in a room up to a place has been read. Says whether the server knows.
    pub async fn mark_read(self, room: RoomId, seq: Seq) -> bool {
        self.move_position(MarkRead { room, seq }).await
    }

    /// What is at a place in a room, and all after it, is to be read yet.
    pub fn mark_unread(self, room: RoomId, seq: Seq) {
        spawn_local(async move {
            self.move_position(MarkUnread { room, seq }).await;
        });
    }

    /// Everything in a thread up to its last reply has been read.
    pub fn mark_thread_read(self, thread: ThreadState) {
        self.stand_in_thread(MarkThreadRead { room: thread.room, parent: thread.parent, seq: thread.last });
    }

    /// A reply, and all after it in its thread, is to be read yet.
    pub fn mark_thread_unread(self, room: RoomId, parent: MessageId, seq: Seq) {
        self.stand_in_thread(MarkThreadUnread { room, parent, seq });
    }

    fn stand_in_thread<C: Command<Reply = ThreadState>>(self, command: C) {
        let answer = self.send(command);
        spawn_local(async move {
            if let Ok(standing) = answer.await {
                self.hear(ServerEvent::ThreadChanged(standing));
            }
        });
    }

    async fn move_position<C: Command<Reply = ReadMoved>>(self, command: C) -> bool {
        let Ok(moved) = self.send(command).await else { return false };
        self.apply(Change::Read(moved));
        true
    }

    /// Marks all loaded rooms, and all followed threads, read.
    pub fn mark_all_read(self) {
        for standing in self.peek(|state| state.threads.values().copied().collect::<Vec<_>>()) {
            if standing.unread > 0 {
                self.mark_thread_read(standing);
            }
        }
        let unread = self.peek(|state| {
            let rooms = state.rooms.values().map(|room| &room.summary).filter(|summary| summary.unread > 0);
            rooms.map(|summary| LogPosition { room: summary.id, seq: summary.seq }).collect::<Vec<_>>()
        });
        if !unread.is_empty() {
            let answer = self.send(MarkAllRead { rooms: unread });
            // The new positions come as events, to this device too.
            spawn_local(async move { drop(answer.await) });
        }
    }
}
