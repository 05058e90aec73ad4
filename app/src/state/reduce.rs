//! The reducer: the only place where client state changes.

use super::{
    Alteration, Annotated, Annotation, ChatState, Conversation, Counting, Link, Pending, Reply, Revised, Room, Thread,
    Timeline, Unlogged, unlogged::Before,
};
use common::{
    MessageId, Millis, Refusal, RoomId, Seq, ServerEvent,
    catch_up::LogEntry,
    limits,
    mentions::Mentions,
    messages::{Message, MessageDeleted, MessageEdited, MessagePage, Posted, Revision, RevisionKind},
    page::Snapshot,
    pins::{Pin, PinChange},
    previews::PreviewsChanged,
    reactions::ReactionChange,
    reading::ReadMoved,
    rooms::{RoomStarred, RoomSummary, RoomView},
    threads::ThreadView,
};
use litemap::LiteMap;
use std::mem;

/// Changes to messages are kept, the last ones, for a page that was on its way.
const ALTERATIONS_KEPT: usize = 64;

/// Events that wait beyond a hole, at most; more are fetched with what fills it.
const EVENTS_HELD: usize = 1_000;

/// Something that changes the state.
#[derive(Clone, Debug)]
pub enum Change {
    /// There is a new connection: what the previous connection said is stale.
    Connected,
    /// A new snapshot. Pending messages and loaded rooms stay.
    Snapshot(Box<Snapshot>),
    /// A room's newest page.
    Opened(RoomView),
    /// The page before what is shown.
    Earlier {
        room: RoomId,
        page: MessagePage,
    },
    /// The page after what is shown.
    Later {
        room: RoomId,
        page: MessagePage,
    },
    /// Another page of a room is shown.
    Shown {
        room: RoomId,
        page: MessagePage,
    },
    /// The newest messages are shown again, if they are here.
    Newest(RoomId),
    /// The user has reached the newest messages, or left them.
    Followed {
        room: RoomId,
        is_followed: bool,
    },
    /// The view leads to a message that is loaded.
    LedTo {
        room: RoomId,
        seq: Seq,
    },
    /// A thread is asked for; from here on, what is replied is kept for it.
    ThreadAsked(Conversation),
    /// A thread's newest page.
    ThreadOpened(Box<ThreadView>),
    /// The thread that was asked for did not come.
    ThreadFailed(Conversation),
    /// The page before what is loaded of a thread.
    EarlierReplies {
        conversation: Conversation,
        page: MessagePage,
    },
    /// The events right after what is complete of a room.
    CaughtUp {
        room: RoomId,
        events: Vec<LogEntry>,
    },
    /// The loaded part of a room cannot be completed; the room is opened again.
    Reset(RoomId),
    /// The server told us something, at this time by our clock.
    Event {
        event: ServerEvent,
        at: Millis,
    },
    /// The reply to creating, joining or starting a room.
    Entered(RoomSummary),
    /// The reply to marking a room as read or unread.
    Read(ReadMoved),
    /// A message was sent off.
    Queued(Pending),
    /// What an earlier page left in the outbox.
    Restored(Vec<Pending>),
    Acknowledged {
        id: MessageId,
        posted: Posted,
    },
    Refused {
        id: MessageId,
        refusal: Refusal,
    },
    /// A refused message is tried again.
    Retried(MessageId),
    /// A refused message is given up.
    Discarded(MessageId),
    Linked(Link),
    /// It is so late by the server's clock: statuses have ended.
    Expired(Millis),
    /// Time has passed: who has not said that they type for a while does not type any more.
    Ticked(Millis),
}

/// A room whose log this client has a hole in, and has to open again.
pub type Hole = RoomId;

impl ChatState {
    /// Applies a change. Returns the room in whose log the change shows a hole, if it does.
    pub fn reduce(&mut self, change: Change) -> Option<Hole> {
        match change {
            Change::Connected => self.unlogged = Unlogged::default(),
            Change::Snapshot(snapshot) => self.replace(*snapshot),
            Change::Opened(view) => return self.open(view),
            Change::Earlier { room, page } => self.turn_page(room, |timeline| timeline.prepend(page)),
            Change::Later { room, page } => self.turn_page(room, |timeline| timeline.append(page)),
            Change::Shown { room, page } => self.turn_page(room, |timeline| timeline.show(page)),
            Change::Newest(room) => self.turn_page(room, Timeline::show_newest),
            Change::Followed { room, is_followed } => self.in_room(room, |room| room.is_followed = is_followed),
            Change::LedTo { room, seq } => self.turn_page(room, |timeline| timeline.lead_to(seq)),
            Change::ThreadAsked(conversation) => {
                if let (Some(room), Some(parent)) = (self.rooms.get_mut(&conversation.room), conversation.thread) {
                    room.threads.entry(parent).or_insert_with(Thread::default);
                }
            }
            Change::ThreadOpened(view) => self.open_thread(*view),
            Change::ThreadFailed(conversation) => self.give_thread_up(conversation),
            Change::EarlierReplies { conversation, page } => {
                if let (Some(room), Some(parent)) = (self.rooms.get_mut(&conversation.room), conversation.thread) {
                    room.prepend_replies(parent, page);
                }
            }
            Change::CaughtUp { room, events } => self.catch_up(room, events),
            Change::Reset(room) => {
                if let Some(room) = self.rooms.get_mut(&room) {
                    room.complete = 0;
                    room.threads.clear();
                    room.ahead.clear();
                    room.timeline = None;
                }
            }
            Change::Event { event, at } => return self.hear(event, at),
            Change::Entered(summary) => self.enter(summary),
            Change::Read(moved) => self.read(&moved),
            Change::Queued(pending) => self.pending.push(pending),
            Change::Restored(kept) => self.restore(kept),
            Change::Acknowledged { id, posted } => self.acknowledge(id, posted),
            Change::Refused { id, refusal } => {
                if let Some(pending) = self.pending_at(id) {
                    pending.refusal = Some(refusal);
                }
            }
            Change::Retried(id) => {
                if let Some(pending) = self.pending_at(id) {
                    pending.refusal = None;
                }
            }
            Change::Discarded(id) => self.pending.retain(|pending| pending.message.id != id),
            Change::Linked(link) => self.link = link,
            Change::Expired(now) => self.expire(now),
            Change::Ticked(now) => self.typing.retain(|_, since| now - *since < limits::TYPING_MILLIS),
        }
        None
    }

    fn turn_page(&mut self, room: RoomId, turn: impl FnOnce(&mut Timeline)) {
        self.altered += 1;
        self.in_room(room, |room| room.turn_page(turn));
    }

    fn replace(&mut self, snapshot: Snapshot) {
        self.altered += 1;
        self.workspace = snapshot.workspace;
        let before = Before {
            people: mem::take(&mut self.people),
            presence: mem::take(&mut self.presence),
            saved: mem::take(&mut self.saved),
            quiet: mem::replace(&mut self.quiet, snapshot.quiet),
        };
        self.blocked = snapshot.blocked;
        for person in snapshot.people {
            self.know(person);
        }
        for one in snapshot.presence {
            self.count(one);
        }
        for message in snapshot.saved {
            self.saved.insert(message, ());
        }
        self.put_back(before);
        // Meanwhile some may have ended that were heard of.
        self.expire(snapshot.at);
        self.typing.clear();
        self.joinable.clear();
        self.unknown.clear();
        let mine: Vec<RoomId> = snapshot.rooms.iter().map(|summary| summary.id).collect();
        self.rooms.retain(|id, _| mine.contains(id));
        self.stand_anew(&snapshot.rooms, snapshot.threads);
        for summary in snapshot.rooms {
            self.enter(summary);
        }
        self.arrive_at(snapshot.place);
        if let Some(view) = snapshot.thread {
            self.reduce(Change::ThreadAsked(Conversation::beside(view.parent.room, view.parent.id)));
            self.open_thread(*view);
        }
        self.missed = self.missing();
    }

    /// A room is in the sidebar. If it is loaded already and its log has gone on meanwhile, the
    /// client catches up with it.
    fn enter(&mut self, summary: RoomSummary) {
        self.joinable.remove(&summary.id);
        self.unknown.retain(|room| *room != summary.id);
        let new = || Room {
            complete: summary.seq,
            ahead: LiteMap::new(),
            counted: summary.seq,
            steps: Vec::new(),
            unplaced: Vec::new(),
            replies: Vec::new(),
            pins_moved: 0,
            is_followed: true,
            summary: summary.clone(),
            members: Vec::new(),
            owners: Vec::new(),
            readers: LiteMap::new(),
            timeline: None,
            threads: LiteMap::new(),
        };
        let room = self.rooms.entry(summary.id).or_insert_with(new);
        if summary.seq < room.summary.seq {
            // It was written before events that are known here.
            return;
        }
        if room.summary.position() > summary.position() {
            // The user has read on since it was written: the counts here are newer, too.
            let RoomSummary { read, rewinds, unread, mentions, .. } = room.summary.clone();
            room.summary = RoomSummary { read, rewinds, unread, mentions, ..summary };
        } else {
            room.counted_up_to(summary.seq);
            room.summary = summary;
        }
        if room.timeline.is_none() {
            room.leap_to(room.summary.seq);
            room.ahead.clear();
        }
    }

    /// The room as it was at a place in its log. Events that came before this reply, but happened
    /// after it was written, are missed in it.
    fn open(&mut self, view: RoomView) -> Option<Hole> {
        self.altered += 1;
        self.enter(view.summary.clone());
        let counting = Counting { me: self.me, blocked: &self.blocked };
        let room = self.rooms.get_mut(&view.summary.id)?;
        let seq = view.summary.seq;
        if room.timeline.is_some() && seq <= room.complete {
            return None;
        }
        room.restart(view.summary.clone(), &view.page, counting);
        room.members = view.members;
        room.owners = view.owners;
        room.readers.clear();
        for reader in view.readers {
            room.readers.insert(reader.person, reader.seq);
        }
        // Of what was here, something may have been changed meanwhile.
        let mut timeline = Timeline::of(view.page);
        timeline.sought = view.sought;
        room.timeline = Some(timeline);
        room.ahead.retain(|place, _| *place > seq);
        self.go_on(view.summary.id);
        let room = self.rooms.get(&view.summary.id)?;
        (room.complete < room.summary.seq).then_some(room.summary.id)
    }

    /// What was missed, in the order of the log. An event that this version does not know is passed over.
    fn catch_up(&mut self, room: RoomId, events: Vec<LogEntry>) {
        for logged in events {
            let seq = logged.seq;
            match logged.event() {
                Ok(Some(event)) => drop(self.hear(event, 0)),
                Ok(None) | Err(_) => self.pass_over(room, seq),
            }
        }
    }

    fn pass_over(&mut self, id: RoomId, seq: Seq) {
        if let Some(room) = self.rooms.get_mut(&id)
            && seq == room.complete + 1
        {
            room.complete = seq;
            self.go_on(id);
        }
    }

    /// An event of a room's log is applied in its turn; one beyond a hole waits.
    fn hear(&mut self, event: ServerEvent, at: Millis) -> Option<Hole> {
        let Some((id, seq)) = event.place_in_log() else {
            self.unlogged.note(&event);
            self.happen(event, at);
            return None;
        };
        let room = self.rooms.get_mut(&id)?;
        room.summary.seq = room.summary.seq.max(seq);
        if seq > room.complete && room.ahead.len() < EVENTS_HELD {
            room.ahead.insert(seq, event);
        }
        self.go_on(id);
        let room = self.rooms.get(&id)?;
        (!room.ahead.is_empty() || seq > room.complete).then_some(id)
    }

    /// Applies what has waited for its turn.
    fn go_on(&mut self, id: RoomId) {
        while let Some(room) = self.rooms.get_mut(&id)
            && let Some(event) = room.ahead.remove(&(room.complete + 1))
        {
            room.complete += 1;
            self.happen(event, 0);
        }
    }

    /// An event that it is the turn of: the next one of a room's log, or one that has no place in any. `at`
    /// is when it was heard of.
    fn happen(&mut self, event: ServerEvent, at: Millis) {
        match event {
            ServerEvent::MessagePosted(message) => self.take_in(message),
            ServerEvent::MessageEdited(edited) => self.edit(edited),
            ServerEvent::MessageDeleted(deleted) => self.delete(&deleted),
            ServerEvent::ReactionAdded(ReactionChange { room, seq, message, emoji, person }) => {
                self.annotate(room, seq, message, Annotation::Reacted { emoji, person });
            }
            ServerEvent::ReactionRemoved(ReactionChange { room, seq, message, emoji, person }) => {
                self.annotate(room, seq, message, Annotation::Unreacted { emoji, person });
            }
            ServerEvent::PinAdded(PinChange { room, seq, message, person, at }) => {
                self.move_pins(room, seq);
                self.annotate(room, seq, message, Annotation::Pinned(Some(Pin { person, at })));
            }
            ServerEvent::PinRemoved(PinChange { room, seq, message, .. }) => {
                self.move_pins(room, seq);
                self.annotate(room, seq, message, Annotation::Pinned(None));
            }
            ServerEvent::PreviewsChanged(PreviewsChanged { room, seq, message, previews, .. }) => {
                self.annotate(room, seq, message, Annotation::Previewed(previews));
            }
            ServerEvent::MemberJoined(ref joined) => self.in_room(joined.room, |room| {
                room.join(joined);
                room.add_system_message(joined.seq, event.clone());
            }),
            ServerEvent::MemberLeft(ref left) => self.in_room(left.room, |room| {
                room.leave(left);
                room.add_system_message(left.seq, event.clone());
            }),
            ServerEvent::MemberChanged(ref changed) => self.in_room(changed.room, |room| {
                room.give_role(changed.person, changed.role);
                room.add_system_message(changed.seq, event.clone());
            }),
            ServerEvent::RoomChanged(ref changed) => self.in_room(changed.room, |room| {
                room.change(&changed.change);
                room.add_system_message(changed.seq, event.clone());
            }),
            ServerEvent::RoomAdded(summary) => self.enter(summary),
            ServerEvent::RoomRemoved(removed) => {
                self.rooms.remove(&removed.room);
                self.threads.retain(|_, standing| standing.room != removed.room);
            }
            ServerEvent::RoomStarred(RoomStarred { room, starred }) => {
                self.in_room(room, |room| room.summary.starred = starred);
            }
            ServerEvent::ThreadChanged(standing) => self.stand(standing),
            ServerEvent::ReadMoved(moved) => self.read(&moved),
            ServerEvent::LevelChanged(changed) => {
                self.in_room(changed.room, |room| room.summary.level = Some(changed.level));
            }
            ServerEvent::QuietChanged(changed) => self.quiet = changed.quiet,
            ServerEvent::SavedAdded(moved) => {
                self.altered += 1;
                self.saved.insert(moved.message, ());
            }
            ServerEvent::SavedRemoved(moved) => {
                self.altered += 1;
                self.saved.remove(&moved.message);
            }
            ServerEvent::ReadersMoved(moved) => self.in_room(moved.room, |room| {
                moved.readers.iter().for_each(|reader| room.has_read(reader.person, reader.seq));
            }),
            ServerEvent::TypingChanged(changed) => self.note_typing(&changed, at),
            ServerEvent::PersonChanged(person) => self.know(person),
            ServerEvent::PersonBlocked(blocked) => self.block(blocked),
            ServerEvent::PresenceChanged(changed) => changed.people.into_iter().for_each(|person| self.count(person)),
            ServerEvent::SessionEnded(ended) => self.link = Link::Refused(ended.refusal),
            // The connection closes, and says so itself.
            ServerEvent::ServerStopping(_) | ServerEvent::Announced(_) => {}
        }
    }

    fn in_room(&mut self, room: RoomId, act: impl FnOnce(&mut Room)) {
        if let Some(room) = self.rooms.get_mut(&room) {
            act(room);
        }
    }

    fn edit(&mut self, edited: MessageEdited) {
        let counting = Counting { me: self.me, blocked: &self.blocked };
        if let Some(room) = self.rooms.get_mut(&edited.room) {
            room.count_edited(&edited, counting);
        }
        let revision = Revision { kind: RevisionKind::Edited, seq: edited.seq, at: edited.at };
        let MessageEdited { room, message: id, text, html, mentions, .. } = edited;
        self.move_pins(room, edited.seq);
        self.alter(room, Alteration::Revised(Revised { id, text, html, mentions, revision }));
    }

    fn delete(&mut self, deleted: &MessageDeleted) {
        let counting = Counting { me: self.me, blocked: &self.blocked };
        if let Some(room) = self.rooms.get_mut(&deleted.room) {
            room.count_deleted(deleted, counting);
        }
        let revision = Revision { kind: RevisionKind::Deleted, seq: deleted.seq, at: deleted.at };
        let (text, html, mentions) = (String::new(), None, Mentions::default());
        let nothing = Revised { id: deleted.message, text, html, mentions, revision };
        self.saved.remove(&deleted.message);
        self.move_pins(deleted.room, deleted.seq);
        self.alter(deleted.room, Alteration::Revised(nothing));
    }

    fn annotate(&mut self, room: RoomId, seq: Seq, id: MessageId, annotation: Annotation) {
        self.alter(room, Alteration::Annotated(Annotated { id, seq, annotation }));
    }

    fn take_in(&mut self, message: Message) {
        self.pending.retain(|pending| pending.message.id != message.id);
        self.typing.remove(&(Conversation { room: message.room, thread: message.parent }, message.author));
        let is_mine = message.author == self.me;
        let Some(room) = self.rooms.get_mut(&message.room) else { return };
        room.summary.active_at = room.summary.active_at.max(message.at);
        if let Some(reply) = Reply::of(&message) {
            // What is unread in threads the server says.
            self.altered += 1;
            return room.take_in_reply(reply, message);
        }
        if is_mine {
            room.read_by_posting(message.seq);
        } else {
            room.count_posted(&message, Counting { me: self.me, blocked: &self.blocked });
            // Posting marks everything before it read.
            room.has_read(message.author, message.seq);
        }
        if let Some(timeline) = &mut room.timeline {
            timeline.arrive(message, room.is_followed);
        }
    }

    fn alter(&mut self, room: RoomId, alteration: Alteration) {
        self.altered += 1;
        let Some(room) = self.rooms.get_mut(&room) else { return };
        if let Some(timeline) = &mut room.timeline {
            timeline.alter(&alteration);
        }
        for (_, thread) in room.threads.iter_mut() {
            thread.alter(&alteration);
        }
        room.unplaced.truncate(ALTERATIONS_KEPT - 1);
        room.unplaced.insert(0, alteration);
    }

    fn move_pins(&mut self, room: RoomId, seq: Seq) {
        self.in_room(room, |room| room.pins_moved = seq);
    }

    fn read(&mut self, moved: &ReadMoved) {
        self.in_room(moved.room, |room| room.read(moved));
    }
}
