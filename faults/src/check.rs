//! Holds what the devices were told against what the server has, and the devices against each other.

use crate::{
    client::Observer,
    ledger::{Entries, Post},
    report::Report,
};
use app::state::ChatState;
use common::{
    MessageId, RoomId, Seq,
    catch_up::{CatchUp, LogEntry, MissedEvents},
    messages::{Message, ReadHistory},
    page::{GetSnapshot, Snapshot},
    people::Person,
    threads::{OpenThread, ReadThreadHistory, ThreadState},
};
use std::collections::{HashMap, HashSet};

/// A room as the server has it: its whole log and all of its messages.
pub struct Room {
    id: RoomId,
    log: Vec<LogEntry>,
    messages: Vec<Message>,
    /// Those in the threads.
    replies: Vec<Message>,
}

impl Room {
    pub async fn read(observer: &Observer, id: RoomId) -> anyhow::Result<Self> {
        let mut log: Vec<LogEntry> = Vec::new();
        while let MissedEvents::Events { events, last } =
            observer.asks(CatchUp { room: id, after: log.last().map_or(0, |event| event.seq) }).await?
        {
            log.extend(events);
            if log.last().is_none_or(|event| event.seq >= last) {
                break;
            }
        }
        let mut messages: Vec<Message> = Vec::new();
        loop {
            let before = messages.first().map_or(Seq::MAX, |message| message.seq);
            let page = observer.asks(ReadHistory { room: id, before }).await?;
            messages.splice(0..0, page.messages);
            if !page.earlier {
                break;
            }
        }
        let mut replies = Vec::new();
        for parent in messages.iter().filter(|message| message.replies.is_some()) {
            replies.extend(thread(observer, parent).await?);
        }
        Ok(Self { id, log, messages, replies })
    }

    fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages.iter().chain(&self.replies).find(|message| message.id == id)
    }
}

/// Every place of every log is taken once, and every message is there once.
pub fn logs(rooms: &[Room], report: &mut Report) {
    let mut ids = HashSet::new();
    for room in rooms {
        for (place, event) in room.log.iter().enumerate() {
            if event.seq != place as Seq + 1 {
                report.holes.push(format!("{}: {} stands at place {}", room.id, event.seq, place + 1));
                break;
            }
        }
        let mut posted = HashSet::new();
        for event in room.log.iter().filter(|event| event.name == "message:posted") {
            let id = event.payload["id"].as_str().unwrap_or_default().to_owned();
            if !posted.insert(id.clone()) {
                report.doubled.push(format!("{id} is in the log of {} twice", room.id));
            }
        }
        for message in room.messages.iter().chain(&room.replies) {
            if !ids.insert(message.id) {
                report.doubled.push(format!("{} is there twice", message.id));
            }
        }
    }
}

/// What was acknowledged is there, where it was said to be, and as it was said last.
pub fn promises(entries: &Entries, rooms: &[Room], report: &mut Report) {
    let by_id: HashMap<RoomId, &Room> = rooms.iter().map(|room| (room.id, room)).collect();
    for post in &entries.posts {
        let Some(seq) = post.acknowledged else { continue };
        match by_id.get(&post.room).and_then(|room| room.message(post.id)) {
            None => report.lost.push(format!("{:?} was acknowledged as {seq} and is not there", post.text)),
            Some(found) if found.seq != seq => {
                report.lost.push(format!("{:?} was acknowledged as {seq} and is {}", post.text, found.seq));
            }
            Some(found) => revised(post, found, entries, report),
        }
    }
    in_order(entries, report);
    reactions(entries, &by_id, report);
    report.surprises.extend(entries.contradictions.iter().cloned());
    report.surprises.extend(entries.refusals.iter().map(|(code, times)| format!("refused {times} times: {code}")));
}

/// The last acknowledged change counts, unless a later one is on its way to being acknowledged.
fn revised(post: &Post, found: &Message, entries: &Entries, report: &mut Report) {
    let changes = entries.revisions.iter().filter(|revision| revision.message == post.id);
    let last = changes.filter(|change| change.acknowledged.is_some()).max_by_key(|change| change.acknowledged);
    let expected = last.map_or(Some(post.text.as_str()), |change| change.text.as_deref());
    let is_right = match expected {
        Some(text) => found.text == text && !found.is_deleted(),
        None => found.is_deleted() && found.text.is_empty(),
    };
    if !is_right {
        report.lost.push(format!("{} should say {expected:?} and says {:?}", post.id, found.text));
    }
}

/// Every acknowledged emoji is under its message, once, unless that is deleted.
fn reactions(entries: &Entries, rooms: &HashMap<RoomId, &Room>, report: &mut Report) {
    for wanted in entries.reactions.iter().filter(|reaction| reaction.is_acknowledged) {
        let message = rooms.get(&wanted.room).and_then(|room| room.message(wanted.message));
        let Some(message) = message.filter(|message| !message.is_deleted()) else { continue };
        let same = message.reactions.iter().filter(|reaction| reaction.emoji == wanted.emoji);
        let times = same.flat_map(|reaction| &reaction.people).filter(|person| **person == wanted.person).count();
        match times {
            0 => report.lost.push(format!("{wanted:?} is not there")),
            1 => {}
            _ => report.doubled.push(format!("{wanted:?} is there {times} times")),
        }
    }
}

/// A person whose status was acknowledged has a status that they have set. Which of it was last, a line
/// that stalls leaves open.
fn statuses(entries: &Entries, people: &[Person], report: &mut Report) {
    for said in entries.statuses.iter().filter(|said| said.is_acknowledged) {
        let status = people.iter().find(|person| person.id == said.person).and_then(|person| person.status.as_ref());
        let is_theirs = |text: &str| entries.statuses.iter().any(|it| it.person == said.person && it.text == text);
        if !status.is_some_and(|status| is_theirs(&status.text)) {
            report.lost.push(format!("{said:?} was acknowledged, and {status:?} is there"));
        }
    }
}

/// What a device wrote in a room has the order in which it was written.
fn in_order(entries: &Entries, report: &mut Report) {
    let mut last: HashMap<(usize, RoomId), Seq> = HashMap::new();
    for post in entries.posts.iter().filter(|post| !post.was_refused) {
        let Some(seq) = post.acknowledged else { continue };
        let before = last.insert((post.device, post.room), seq);
        if before.is_some_and(|before| before >= seq) {
            report.out_of_order.push(format!("{:?} is {seq}, after {before:?}", post.text));
        }
    }
}

/// All replies to a message.
async fn thread(observer: &Observer, parent: &Message) -> anyhow::Result<Vec<Message>> {
    let (room, parent) = (parent.room, parent.id);
    let mut page = observer.asks(OpenThread { room, parent }).await?.page;
    let mut replies: Vec<Message> = Vec::new();
    loop {
        replies.splice(0..0, page.messages);
        let before = replies.first().map_or(Seq::MAX, |reply| reply.seq);
        if !page.earlier {
            return Ok(replies);
        }
        page = observer.asks(ReadThreadHistory { room, parent, before }).await?;
    }
}

/// Every device has the rooms that the server has, and counts what the server counts.
pub async fn devices(
    states: &[(String, ChatState)],
    observers: &HashMap<String, Observer>,
    rooms: &[Room],
    entries: &Entries,
    report: &mut Report,
) -> anyhow::Result<()> {
    for (token, state) in states {
        let Some(observer) = observers.get(token) else { continue };
        let snapshot: Snapshot = observer.asks(GetSnapshot { room: None }).await?;
        statuses(entries, &snapshot.people, report);
        for person in &snapshot.people {
            let here = state.people.get(&person.id).and_then(|person| person.status.as_ref());
            if here != person.status.as_ref() {
                report.different.push(format!("{:?} instead of {:?}", here, person.status));
            }
        }
        let unread = |threads: &mut dyn Iterator<Item = &ThreadState>| {
            let mut unread: Vec<_> =
                threads.filter(|it| it.unread > 0).map(|it| (it.parent, it.read, it.unread)).collect();
            unread.sort();
            unread
        };
        let (here, there) = (unread(&mut state.threads.values()), unread(&mut snapshot.threads.iter()));
        if here != there {
            report.wrong_counts.push(format!("threads: {here:?} here, {there:?} at the server"));
        }
        for room in rooms {
            same_messages(state, room, report);
            let here = state.rooms.get(&room.id).map(|room| (room.summary.read, room.summary.unread));
            let there = snapshot.rooms.iter().find(|summary| summary.id == room.id);
            let there = there.map(|summary| (summary.read, summary.unread));
            if here != there {
                report.wrong_counts.push(format!("{}: {here:?} here, {there:?} at the server", room.id));
            }
        }
    }
    Ok(())
}

fn same_messages(state: &ChatState, room: &Room, report: &mut Report) {
    let Some(timeline) = state.rooms.get(&room.id).and_then(|room| room.timeline.as_ref()) else {
        return report.different.push(format!("{} is not loaded", room.id));
    };
    let from = timeline.first_seq().unwrap_or(Seq::MAX);
    let there = room.messages.iter().filter(|message| message.seq >= from);
    let here = timeline.messages.iter();
    if timeline.messages.is_empty() && !room.messages.is_empty() {
        report.different.push(format!("{} is empty on a device", room.id));
    } else if let Some((here, there)) = here.clone().zip(there.clone()).find(|(here, there)| ***here != **there) {
        report.different.push(format!("{here:?} instead of {there:?}"));
    } else if here.count() != there.clone().count() {
        report.different.push(format!(
            "{} has {} messages on a device, not {}",
            room.id,
            timeline.messages.len(),
            there.count()
        ));
    }
}
