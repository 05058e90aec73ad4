//! A room in the state, and what happens to it as a whole.
//!
//! Events apply in the order of the room's log. An event whose `seq` jumps ahead waits until the client has
//! fetched what is missing (`room:catchup`). A room that is too far behind is opened again.

use super::{Alteration, Counting, Reply, Step, Thread, Timeline};
use common::{
    MessageId, PersonId, Seq, ServerEvent,
    messages::MessagePage,
    permissions::RoomRole,
    rooms::{MemberJoined, MemberLeft, RoomChange, RoomSummary},
};
use litemap::LiteMap;

/// A room that the user is in.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    pub summary: RoomSummary,
    pub members: Vec<PersonId>,
    /// Those of the members who own it.
    pub owners: Vec<PersonId>,
    /// How far the others have read, as far as that is known.
    pub readers: LiteMap<PersonId, Seq>,
    /// Everything up to this place in the room's log has been applied here, in its order.
    pub complete: Seq,
    /// Events beyond a hole, which wait until it is filled.
    pub ahead: LiteMap<Seq, ServerEvent>,
    /// Up to this place in the log the server counted what is unread; what comes after is counted here.
    pub counted: Seq,
    /// The last of what was counted here.
    pub steps: Vec<Step>,
    /// The last changes to messages, the newest first, for pages that were written before them.
    pub unplaced: Vec<Alteration>,
    /// The last replies, the newest first, for the same.
    pub replies: Vec<Reply>,
    /// The last event that may have changed what is pinned, or what that says.
    pub pins_moved: Seq,
    /// Whether the view is at the newest messages.
    pub is_followed: bool,
    /// Loaded once the room has been opened.
    pub timeline: Option<Timeline>,
    /// Those that have been opened, by the message that was replied to.
    pub threads: LiteMap<MessageId, Thread>,
}

impl Room {
    /// How many events this client has missed of a room that is loaded.
    pub(super) fn behind(&self) -> Seq {
        let has_holes = self.timeline.is_some() && self.complete < self.summary.seq;
        if has_holes { self.summary.seq - self.complete } else { 0 }
    }

    pub(super) fn join(&mut self, joined: &MemberJoined) {
        if !self.members.contains(&joined.person) {
            self.members.push(joined.person);
        }
        self.give_role(joined.person, joined.role);
    }

    pub(super) fn leave(&mut self, left: &MemberLeft) {
        self.members.retain(|person| *person != left.person);
        self.give_role(left.person, RoomRole::Member);
    }

    /// Its name, the user's permissions, and so on.
    pub(super) fn change(&mut self, change: &RoomChange) {
        match change {
            RoomChange::Name(name) => self.summary.name.clone_from(name),
            RoomChange::Topic(topic) => self.summary.topic.clone_from(topic),
            RoomChange::Archived(archived) => self.summary.archived = *archived,
            RoomChange::Posting(who) => self.summary.posting = *who,
            RoomChange::Announcing(who) => self.summary.announcing = *who,
        }
    }

    /// Something that happened in the room besides messages is shown between them.
    pub(super) fn add_system_message(&mut self, seq: Seq, event: ServerEvent) {
        if let Some(timeline) = &mut self.timeline {
            timeline.add_system_message(seq, event);
        }
    }

    /// A read position never moves back.
    pub(super) fn has_read(&mut self, person: PersonId, seq: Seq) {
        let known = self.readers.get(&person).copied().unwrap_or(0);
        self.readers.insert(person, known.max(seq));
    }

    pub(super) fn give_role(&mut self, person: PersonId, role: RoomRole) {
        self.owners.retain(|owner| *owner != person);
        if role == RoomRole::Owner {
            self.owners.push(person);
        }
    }

    /// From here on the room is what the server said it was at a place in its log.
    pub(super) fn restart(&mut self, summary: RoomSummary, page: &MessagePage, counting: Counting<'_>) {
        let last = self.summary.seq.max(summary.seq);
        let before = self.summary.clone();
        self.leap_to(summary.seq);
        self.counted_up_to(summary.seq);
        self.summary = RoomSummary { seq: last, ..summary };
        if before.position() > self.summary.position() {
            (self.summary.rewinds, self.summary.read) = before.position();
            // Of a page somewhere else, the server's count stands.
            if !page.later {
                self.count_page(&page.messages, counting);
            }
        }
    }

    /// Up to here everything is known, without what happened in between: threads lack it.
    pub(super) fn leap_to(&mut self, seq: Seq) {
        if seq > self.complete {
            self.threads.clear();
        }
        self.complete = seq;
    }

    /// Like [`Self::turn_page`], of a thread.
    pub(super) fn prepend_replies(&mut self, parent: MessageId, page: MessagePage) {
        let Some(thread) = self.threads.get_mut(&parent) else { return };
        thread.timeline.take_earlier(page);
        for alteration in self.unplaced.iter().rev() {
            thread.timeline.alter(alteration);
        }
    }

    /// A page may have been written before changes that are known here.
    pub(super) fn turn_page(&mut self, turn: impl FnOnce(&mut Timeline)) {
        let Some(timeline) = &mut self.timeline else { return };
        turn(timeline);
        for alteration in self.unplaced.iter().rev() {
            timeline.alter(alteration);
        }
        for reply in self.replies.iter().rev() {
            timeline.count(*reply);
        }
    }
}
