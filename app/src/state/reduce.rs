//! The reducer: the only place where client state changes.

use super::{Alteration, ChatState, Link, Pending, Reply, Revised, Room, Talk, Thread, Timeline, Touch, Touched};
use common::{
    MessageId, Millis, PersonId, Refusal, RoomId, Seq, ServerEvent,
    blocks::PersonBlocked,
    catch_up::Logged,
    limits,
    mentions::Mentions,
    messages::{Message, MessageEdited, MessagePage, Posted, Revision, RevisionKind},
    page::Snapshot,
    people::Person,
    permissions::RoomRole,
    pins::{Pin, PinMoved},
    presence::Presence,
    previews::PreviewsChanged,
    reactions::Reacted,
    reading::ReadMoved,
    rooms::{RoomChange, RoomStarred, RoomSummary, RoomView},
    threads::{ThreadStanding, ThreadView},
    typing::TypingChanged,
};
use litemap::LiteMap;
use std::sync::Arc;

/// Changes to messages are kept, the last ones, for a page that was on its way.
const ALTERATIONS_KEPT: usize = 64;

/// Events that wait beyond a hole, at most; more are fetched with what fills it.
const EVENTS_HELD: usize = 1_000;

/// Something that changes the state.
#[derive(Clone, Debug)]
pub enum Change {
    /// Everything anew. What is pending and what has been loaded of the rooms stays.
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
    /// One has come to where new messages are, or gone further up.
    Followed {
        room: RoomId,
        is_followed: bool,
    },
    /// One is led to a message that is shown.
    LedTo {
        room: RoomId,
        seq: Seq,
    },
    /// A thread is asked for; from here on, what is replied is kept for it.
    ThreadAsked(Talk),
    /// A thread's newest page.
    ThreadOpened(Box<ThreadView>),
    /// The thread that was asked for did not come.
    ThreadFailed(Talk),
    /// The page before what is loaded of a thread.
    EarlierReplies {
        talk: Talk,
        page: MessagePage,
    },
    /// The events right after what is complete of a room.
    CaughtUp {
        room: RoomId,
        events: Vec<Logged>,
    },
    /// What is here of a room cannot be made complete; it is opened anew.
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
            Change::Snapshot(snapshot) => self.replace(*snapshot),
            Change::Opened(view) => return self.open(view),
            Change::Earlier { room, page } => self.turn_page(room, |timeline| timeline.prepend(page)),
            Change::Later { room, page } => self.turn_page(room, |timeline| timeline.append(page)),
            Change::Shown { room, page } => self.turn_page(room, |timeline| timeline.show(page)),
            Change::Newest(room) => self.turn_page(room, Timeline::show_newest),
            Change::Followed { room, is_followed } => {
                if let Some(room) = self.rooms.get_mut(&room) {
                    room.is_followed = is_followed;
                }
            }
            Change::LedTo { room, seq } => self.turn_page(room, |timeline| timeline.lead_to(seq)),
            Change::ThreadAsked(talk) => {
                if let (Some(room), Some(parent)) = (self.rooms.get_mut(&talk.room), talk.thread) {
                    room.threads.entry(parent).or_insert_with(Thread::default);
                }
            }
            Change::ThreadOpened(view) => self.open_thread(*view),
            Change::ThreadFailed(talk) => self.give_thread_up(talk),
            Change::EarlierReplies { talk, page } => {
                if let (Some(room), Some(parent)) = (self.rooms.get_mut(&talk.room), talk.thread) {
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
        if let Some(room) = self.rooms.get_mut(&room) {
            room.turn_page(turn);
        }
    }

    fn replace(&mut self, snapshot: Snapshot) {
        self.altered += 1;
        self.workspace = snapshot.workspace;
        self.quiet = snapshot.quiet;
        self.people.clear();
        for person in snapshot.people {
            self.know(person);
        }
        self.blocked = snapshot.blocked;
        self.presence.clear();
        for one in snapshot.presence {
            self.count(one);
        }
        self.saved.clear();
        for message in snapshot.saved {
            self.saved.insert(message, ());
        }
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
            self.reduce(Change::ThreadAsked(Talk::beside(view.parent.room, view.parent.id)));
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
            // One has read on since it was written: the counts here are newer, too.
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
        let me = self.me;
        let room = self.rooms.get_mut(&view.summary.id)?;
        let seq = view.summary.seq;
        if room.timeline.is_some() && seq <= room.complete {
            return None;
        }
        room.restart(view.summary.clone(), &view.page, me);
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
    fn catch_up(&mut self, room: RoomId, events: Vec<Logged>) {
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
            self.hear_of_the_moment(event, at);
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
            self.happen(event);
        }
    }

    /// The next event of a room's log.
    fn happen(&mut self, event: ServerEvent) {
        match event {
            ServerEvent::MessagePosted(message) => self.take_in(message),
            ServerEvent::MessageEdited(edited) => {
                let me = self.me;
                if let Some(room) = self.rooms.get_mut(&edited.room).filter(|_| !self.blocked.contains(&edited.author))
                {
                    room.count_edited(&edited, me);
                }
                let revision = Revision { kind: RevisionKind::Edited, seq: edited.seq, at: edited.at };
                let MessageEdited { room, message: id, text, html, mentions, .. } = edited;
                self.move_pins(room, edited.seq);
                self.alter(room, Alteration::Revised(Revised { id, text, html, mentions, revision }));
            }
            ServerEvent::MessageDeleted(deleted) => {
                let me = self.me;
                if let Some(room) =
                    self.rooms.get_mut(&deleted.room).filter(|_| !self.blocked.contains(&deleted.author))
                {
                    room.count_deleted(&deleted, me);
                }
                let revision = Revision { kind: RevisionKind::Deleted, seq: deleted.seq, at: deleted.at };
                let (text, html, mentions) = (String::new(), None, Mentions::default());
                let nothing = Revised { id: deleted.message, text, html, mentions, revision };
                self.saved.remove(&deleted.message);
                self.move_pins(deleted.room, deleted.seq);
                self.alter(deleted.room, Alteration::Revised(nothing));
            }
            ServerEvent::ReactionAdded(Reacted { room, seq, message: id, emoji, person }) => {
                let touch = Touch::Reacted { emoji, person };
                self.alter(room, Alteration::Touched(Touched { id, seq, touch }));
            }
            ServerEvent::ReactionRemoved(Reacted { room, seq, message: id, emoji, person }) => {
                let touch = Touch::Unreacted { emoji, person };
                self.alter(room, Alteration::Touched(Touched { id, seq, touch }));
            }
            ServerEvent::PinAdded(PinMoved { room, seq, message: id, person, at }) => {
                self.move_pins(room, seq);
                let touch = Touch::Pinned(Some(Pin { person, at }));
                self.alter(room, Alteration::Touched(Touched { id, seq, touch }));
            }
            ServerEvent::PinRemoved(PinMoved { room, seq, message: id, .. }) => {
                self.move_pins(room, seq);
                self.alter(room, Alteration::Touched(Touched { id, seq, touch: Touch::Pinned(None) }));
            }
            ServerEvent::PreviewsChanged(PreviewsChanged { room, seq, message: id, previews, .. }) => {
                let touch = Touch::Previewed(previews);
                self.alter(room, Alteration::Touched(Touched { id, seq, touch }));
            }
            ServerEvent::MemberJoined(_)
            | ServerEvent::MemberLeft(_)
            | ServerEvent::MemberChanged(_)
            | ServerEvent::RoomChanged(_) => {
                if let Some((id, seq)) = event.place_in_log()
                    && let Some(room) = self.rooms.get_mut(&id)
                {
                    room.change(&event);
                    if let Some(timeline) = &mut room.timeline {
                        timeline.note(seq, event);
                    }
                }
            }
            // The others have no place in a log.
            _ => {}
        }
    }

    fn hear_of_the_moment(&mut self, event: ServerEvent, at: Millis) {
        match event {
            ServerEvent::RoomAdded(summary) => self.enter(summary),
            ServerEvent::RoomRemoved(removed) => {
                self.rooms.remove(&removed.room);
                self.threads.retain(|_, standing| standing.room != removed.room);
            }
            ServerEvent::RoomStarred(RoomStarred { room, starred }) => {
                if let Some(room) = self.rooms.get_mut(&room) {
                    room.summary.starred = starred;
                }
            }
            ServerEvent::ThreadChanged(standing) => self.stand(standing),
            ServerEvent::ReadMoved(moved) => self.read(&moved),
            ServerEvent::LevelChanged(changed) => {
                if let Some(room) = self.rooms.get_mut(&changed.room) {
                    room.summary.level = Some(changed.level);
                }
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
            ServerEvent::ReadersMoved(moved) => {
                if let Some(room) = self.rooms.get_mut(&moved.room) {
                    moved.readers.iter().for_each(|reader| room.has_read(reader.person, reader.seq));
                }
            }
            ServerEvent::PersonBlocked(PersonBlocked { person, blocked }) => {
                self.blocked.retain(|other| *other != person);
                if blocked {
                    self.blocked.push(person);
                }
            }
            ServerEvent::TypingChanged(changed) => self.note_typing(&changed, at),
            ServerEvent::PersonChanged(person) => self.know(person),
            ServerEvent::PresenceChanged(changed) => changed.people.into_iter().for_each(|person| self.count(person)),
            ServerEvent::SessionEnded(ended) => self.link = Link::Refused(ended.refusal),
            // The others have a place in a log.
            _ => {}
        }
    }

    fn take_in(&mut self, message: Message) {
        self.pending.retain(|pending| pending.message.id != message.id);
        self.typing.remove(&(Talk { room: message.room, thread: message.parent }, message.author));
        let is_mine = message.author == self.me;
        let Some(room) = self.rooms.get_mut(&message.room) else { return };
        room.summary.active_at = room.summary.active_at.max(message.at);
        if let Some(reply) = Reply::of(&message) {
            // What is unread in threads the server says.
            return room.take_in_reply(reply, message);
        }
        if is_mine {
            room.read_by_posting(message.seq);
        } else if !self.blocked.contains(&message.author) {
            room.count_posted(&message, self.me);
        }
        if !is_mine {
            // Whoever posts has read what is before it.
            room.has_read(message.author, message.seq);
        }
        if let Some(timeline) = &mut room.timeline {
            timeline.arrive(message, room.is_followed);
        }
    }

    /// In the order in which they were written: their ids sort by time.
    fn restore(&mut self, kept: Vec<Pending>) {
        for kept in kept {
            let place = self.pending.partition_point(|known| known.message.id < kept.message.id);
            if self.pending.get(place).is_none_or(|known| known.message.id != kept.message.id) {
                self.pending.insert(place, kept);
            }
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
        if let Some(room) = self.rooms.get_mut(&room) {
            room.pins_moved = seq;
        }
    }

    /// The server has stored one's own message. Its event comes too, perhaps later, and then
    /// finds the message there.
    fn acknowledge(&mut self, id: MessageId, posted: Posted) {
        let Some(place) = self.pending.iter().position(|pending| pending.message.id == id) else { return };
        let Pending { message: sent, attachments, .. } = self.pending.remove(place);
        let message = Message::posted(id, sent.room, posted.seq, self.me, sent.text, posted.at);
        let Posted { html, mentions, .. } = posted;
        let message = Message { html, mentions, attachments, parent: sent.parent, ..message };
        // What is behind the end of the log as it is known here has its place already, or one in a page of history.
        if let Some(room) = self.rooms.get_mut(&sent.room)
            && message.seq > room.complete
        {
            match (message.parent, &mut room.timeline) {
                (None, Some(timeline)) => timeline.arrive(message, room.is_followed),
                (None, None) => {}
                (Some(parent), _) => room.insert_reply(parent, message),
            }
        }
    }

    fn open_thread(&mut self, view: ThreadView) {
        self.altered += 1;
        self.stand(view.standing);
        if let Some(room) = self.rooms.get_mut(&view.parent.room) {
            room.load_thread(view);
        }
    }

    fn give_thread_up(&mut self, talk: Talk) {
        if let (Some(room), Some(parent)) = (self.rooms.get_mut(&talk.room), talk.thread)
            && room.threads.get(&parent).is_some_and(|thread| thread.parent.is_none())
        {
            room.threads.remove(&parent);
        }
    }

    /// How one stands with a thread, as the server says. What it said later stays.
    fn stand(&mut self, standing: ThreadStanding) {
        let is_news = |known: &ThreadStanding| {
            known.following != standing.following || (known.last <= standing.last && known.read <= standing.read)
        };
        if self.threads.get(&standing.parent).is_none_or(is_news) {
            self.threads.insert(standing.parent, standing);
        }
    }

    /// A snapshot names the threads in which something is unread; in others nothing is, unless there was
    /// a reply after it was written.
    fn stand_anew(&mut self, rooms: &[RoomSummary], unread: Vec<ThreadStanding>) {
        self.threads.retain(|_, standing| rooms.iter().any(|room| room.id == standing.room));
        for (_, known) in self.threads.iter_mut() {
            let is_older = |room: &RoomSummary| room.id == known.room && room.seq >= known.last;
            if rooms.iter().any(is_older) && unread.iter().all(|standing| standing.parent != known.parent) {
                known.unread = 0;
            }
        }
        for standing in unread {
            self.stand(standing);
        }
    }

    fn read(&mut self, moved: &ReadMoved) {
        if let Some(room) = self.rooms.get_mut(&moved.room) {
            room.read(moved);
        }
    }

    fn note_typing(&mut self, changed: &TypingChanged, at: Millis) {
        let key = (Talk { room: changed.room, thread: changed.parent }, changed.person);
        if changed.typing && changed.person != self.me {
            self.typing.insert(key, at);
        } else {
            self.typing.remove(&key);
        }
    }

    fn know(&mut self, person: Person) {
        self.altered += 1;
        self.people.insert(person.id, Arc::new(person));
    }

    fn expire(&mut self, now: Millis) {
        self.altered += 1;
        for (_, person) in self.people.iter_mut() {
            if person.status.as_ref().and_then(|status| status.until).is_some_and(|until| until <= now) {
                Arc::make_mut(person).status = None;
            }
        }
    }

    fn count(&mut self, presence: Presence) {
        if presence.connections == 0 {
            self.presence.remove(&presence.person);
            self.typing.retain(|(_, person), _| *person != presence.person);
        } else {
            self.presence.insert(presence.person, presence);
        }
    }
}

impl Room {
    /// Who is in it, who owns it, what it is called, and so on, after an event of its log.
    fn change(&mut self, event: &ServerEvent) {
        match event {
            ServerEvent::MemberJoined(joined) => {
                if !self.members.contains(&joined.person) {
                    self.members.push(joined.person);
                }
                self.give_role(joined.person, joined.role);
            }
            ServerEvent::MemberLeft(left) => {
                self.members.retain(|person| *person != left.person);
                self.give_role(left.person, RoomRole::Member);
            }
            ServerEvent::MemberChanged(changed) => self.give_role(changed.person, changed.role),
            ServerEvent::RoomChanged(changed) => match &changed.change {
                RoomChange::Name(name) => self.summary.name.clone_from(name),
                RoomChange::Topic(topic) => self.summary.topic.clone_from(topic),
                RoomChange::Archived(archived) => self.summary.archived = *archived,
                RoomChange::Posting(who) => self.summary.posting = *who,
                RoomChange::Announcing(who) => self.summary.announcing = *who,
            },
            // The others do not change the room itself.
            _ => {}
        }
    }

    /// A read position never moves back.
    fn has_read(&mut self, person: PersonId, seq: Seq) {
        let known = self.readers.get(&person).copied().unwrap_or(0);
        self.readers.insert(person, known.max(seq));
    }

    fn give_role(&mut self, person: PersonId, role: RoomRole) {
        self.owners.retain(|owner| *owner != person);
        if role == RoomRole::Owner {
            self.owners.push(person);
        }
    }

    /// From here on the room is what the server said it was at a place in its log.
    fn restart(&mut self, summary: RoomSummary, page: &MessagePage, me: PersonId) {
        let last = self.summary.seq.max(summary.seq);
        let before = self.summary.clone();
        self.leap_to(summary.seq);
        self.counted_up_to(summary.seq);
        self.summary = RoomSummary { seq: last, ..summary };
        if before.position() > self.summary.position() {
            (self.summary.rewinds, self.summary.read) = before.position();
            // Of a page somewhere else, the server's count stands.
            if !page.later {
                self.count_page(&page.messages, me);
            }
        }
    }

    /// Up to here everything is known, without what happened in between: threads lack it.
    fn leap_to(&mut self, seq: Seq) {
        if seq > self.complete {
            self.threads.clear();
        }
        self.complete = seq;
    }

    /// Like [`Self::turn_page`], of a thread.
    fn prepend_replies(&mut self, parent: MessageId, page: MessagePage) {
        let Some(thread) = self.threads.get_mut(&parent) else { return };
        thread.timeline.take_earlier(page);
        for alteration in self.unplaced.iter().rev() {
            thread.timeline.alter(alteration);
        }
    }

    /// A page may have been written before changes that are known here.
    fn turn_page(&mut self, turn: impl FnOnce(&mut Timeline)) {
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
