//! The part of a room's messages that this client has: a run without holes that is shown, and, when
//! that one does not reach the newest message, the run that does.

use common::{
    MessageId, PersonId, Seq, ServerEvent,
    catch_up::LogEntry,
    mentions::Mentions,
    messages::{Message, MessagePage, Revision, RevisionKind},
    pins::Pin,
    previews::Preview,
    reactions,
};
use litemap::LiteMap;
use std::sync::Arc;

/// The most messages that are shown; beyond it, the end further from the reader is dropped.
const SHOWN_MOST: usize = 400;

/// How many of the newest messages are kept while others are shown.
const NEWEST_KEPT: usize = 100;

/// At this many messages, a reader at the newest end loses the oldest of them, and
/// a reader further up is shown no new ones.
const ARRIVED_MOST: usize = 500;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// In the order of their `seq`, each once.
    pub messages: Vec<Arc<Message>>,
    /// Whether the server has messages before these.
    pub earlier: bool,
    /// What happened in the room besides messages, by place in its log.
    pub system_messages: LiteMap<Seq, Arc<ServerEvent>>,
    /// The last message that is shown, if there are later ones. What is here after it is the other
    /// run, which ends with the newest message and takes in those that come.
    shown_to: Option<Seq>,
    /// The message that the view leads to.
    pub sought: Option<Seq>,
    /// How often the view was led to a message.
    pub led: u32,
}

/// What happens to a message after it was posted.
#[derive(Clone, Debug, PartialEq)]
pub enum Alteration {
    Revised(Revised),
    Annotated(Annotated),
}

/// What a message says after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised {
    pub id: MessageId,
    pub text: String,
    pub html: Option<String>,
    pub mentions: Mentions,
    pub revision: Revision,
}

/// What people put on a message, or take away.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    pub id: MessageId,
    pub seq: Seq,
    pub annotation: Annotation,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Annotation {
    Reacted {
        emoji: String,
        person: PersonId,
    },
    Unreacted {
        emoji: String,
        person: PersonId,
    },
    Pinned(Option<Pin>),
    /// All previews that it has now.
    Previewed(Vec<Preview>),
}

impl Alteration {
    /// The message that it happens to.
    pub(super) fn message(&self) -> MessageId {
        match self {
            Alteration::Revised(revised) => revised.id,
            Alteration::Annotated(annotated) => annotated.id,
        }
    }

    /// Has it happen.
    pub(super) fn put_into(&self, message: &mut Arc<Message>) {
        match self {
            Alteration::Revised(revised) => revise(message, revised),
            Alteration::Annotated(annotated) => annotate(message, annotated),
        }
    }
}

impl Timeline {
    /// A page, the newest or another one.
    pub fn of(page: MessagePage) -> Self {
        let messages: Vec<_> = page.messages.into_iter().map(Arc::new).collect();
        let shown_to = messages.last().filter(|_| page.later).map(|message| message.seq);
        let mut timeline = Self { messages, earlier: page.earlier, shown_to, ..Self::default() };
        timeline.take_system_messages(page.notes);
        timeline
    }

    fn take_system_messages(&mut self, notes: Vec<LogEntry>) {
        for logged in notes {
            let seq = logged.seq;
            // What this version does not know, it does not show.
            if let Ok(Some(event)) = logged.event() {
                self.add_system_message(seq, event);
            }
        }
    }

    /// Puts something that happened in the room in its place.
    pub fn add_system_message(&mut self, seq: Seq, event: ServerEvent) {
        self.system_messages.insert(seq, Arc::new(event));
    }

    /// What is shown.
    pub fn shown(&self) -> &[Arc<Message>] {
        &self.messages[..self.shown_count()]
    }

    /// Whether there are messages after those that are shown.
    pub fn has_later(&self) -> bool {
        self.shown_to.is_some()
    }

    /// Whether a place is within what is shown.
    pub fn shows(&self, seq: Seq) -> bool {
        let (first, last) = (self.first_seq(), self.shown().last().map(|message| message.seq));
        first.is_some_and(|first| seq >= first) && last.is_some_and(|last| seq <= last)
    }

    /// The place before which the next page of history ends.
    pub fn first_seq(&self) -> Option<Seq> {
        self.messages.first().map(|message| message.seq)
    }

    /// The place after which the next page begins, if there is one.
    pub fn last_shown(&self) -> Option<Seq> {
        self.shown_to
    }

    /// Takes in the page before the first message.
    pub fn take_earlier(&mut self, page: MessagePage) {
        self.earlier = page.earlier;
        self.take_system_messages(page.notes);
        for message in page.messages {
            self.insert(message);
        }
    }

    /// The same, and lets go of what is then too far down.
    pub fn prepend(&mut self, page: MessagePage) {
        self.take_earlier(page);
        if self.shown_count() > SHOWN_MOST {
            let last = self.messages[SHOWN_MOST - 1].seq;
            let end = self.shown_to.replace(last);
            // What was shown up to the newest is the other run from now on.
            if let Some(end) = end {
                self.messages.retain(|message| message.seq <= last || message.seq > end);
            }
        }
        self.let_go();
    }

    /// Takes in the page after the last message that is shown. Once it reaches the other run, the two
    /// are one.
    pub fn append(&mut self, page: MessagePage) {
        let Some(before) = self.shown_to else { return };
        self.take_system_messages(page.notes);
        let others = self.messages.get(self.shown_count()).map(|message| message.seq);
        let last = page.messages.last().map_or(before, |message| message.seq);
        self.shown_to = match others {
            Some(others) if last >= others => None,
            None if !page.later => None,
            Some(_) | None => Some(last),
        };
        for message in page.messages {
            self.insert(message);
        }
        let too_many = self.shown_count().saturating_sub(SHOWN_MOST);
        if too_many > 0 {
            self.messages.drain(..too_many);
            self.earlier = true;
        }
        self.let_go();
    }

    /// Shows another page, and keeps the newest messages.
    pub fn show(&mut self, page: MessagePage) {
        let newest = match self.shown_to {
            Some(end) => self.messages.iter().filter(|message| message.seq > end).cloned().collect(),
            None => std::mem::take(&mut self.messages),
        };
        let other = Self::of(page);
        let last = other.messages.last().map(|message| message.seq);
        let reaches = newest.first().zip(last).is_some_and(|(newest, last)| last >= newest.seq);
        let is_newest = newest.is_empty() && other.shown_to.is_none();
        let shown_to = if reaches || is_newest { None } else { last };
        let before = std::mem::replace(self, Self { shown_to, sought: self.sought, led: self.led, ..other });
        for (seq, event) in before.system_messages {
            self.system_messages.insert(seq, event);
        }
        for message in newest {
            self.place(message);
        }
        self.let_go();
    }

    /// Shows the newest messages, if any of them are here.
    pub fn show_newest(&mut self) {
        self.sought = None;
        if let Some(end) = self.shown_to
            && self.messages.last().is_some_and(|last| last.seq > end)
        {
            self.messages.retain(|message| message.seq > end);
            (self.shown_to, self.earlier) = (None, true);
        }
        self.let_go();
    }

    /// Marks the message that the view leads to: the first from a position on.
    pub fn lead_to(&mut self, seq: Seq) {
        let shown = self.shown();
        let nearest = shown.iter().find(|message| message.seq >= seq).or(shown.last());
        self.sought = nearest.map(|message| message.seq);
        self.led += 1;
    }

    /// Puts a message in its place. A message that is there already changes nothing.
    pub fn insert(&mut self, message: Message) {
        self.place(Arc::new(message));
    }

    fn place(&mut self, message: Arc<Message>) {
        let place = self.messages.partition_point(|other| other.seq < message.seq);
        if self.messages.get(place).is_none_or(|other| other.seq != message.seq) {
            self.messages.insert(place, message);
        }
    }

    /// Takes in a message that was posted now. Those who do not follow what comes keep what they read.
    pub fn arrive(&mut self, message: Message, is_followed: bool) {
        self.insert(message);
        if self.shown_count() > ARRIVED_MOST {
            if is_followed {
                self.messages.drain(..ARRIVED_MOST - SHOWN_MOST);
                self.earlier = true;
            } else if self.shown_to.is_none() {
                self.shown_to = self.messages.last().map(|message| message.seq);
            }
        }
        self.let_go();
    }

    /// Lets go of what is before the run that is shown, and between it and the last of the newest.
    fn let_go(&mut self) {
        let shown = self.shown_count();
        let too_many = (self.messages.len() - shown).saturating_sub(NEWEST_KEPT);
        self.messages.drain(shown..shown + too_many);
        let first = self.first_seq().filter(|_| self.earlier).unwrap_or_default();
        let end = self.shown_to.unwrap_or(Seq::MAX);
        let newest = self.messages.get(shown).map_or(end, |message| message.seq);
        if self.system_messages.keys().any(|seq| *seq < first || (*seq > end && *seq < newest)) {
            self.system_messages.retain(|seq, _| *seq > first && (*seq < end || *seq > newest));
        }
    }

    fn shown_count(&self) -> usize {
        match self.shown_to {
            Some(end) => self.messages.partition_point(|message| message.seq <= end),
            None => self.messages.len(),
        }
    }

    /// The message that has a place in the log.
    pub fn at(&self, seq: Seq) -> Option<&Arc<Message>> {
        let place = self.messages.partition_point(|message| message.seq < seq);
        self.messages.get(place).filter(|message| message.seq == seq)
    }

    /// Has something happen to a message, if it is here.
    pub fn alter(&mut self, alteration: &Alteration) {
        if let Some(message) = self.messages.iter_mut().find(|message| message.id == alteration.message()) {
            alteration.put_into(message);
        }
    }
}

/// Gives a message what it says after a change. A later change stays.
fn revise(message: &mut Arc<Message>, revised: &Revised) {
    if message.revision.is_some_and(|last| last.seq >= revised.revision.seq) {
        return;
    }
    let message = Arc::make_mut(message);
    message.text.clone_from(&revised.text);
    message.html.clone_from(&revised.html);
    message.mentions.clone_from(&revised.mentions);
    message.revision = Some(revised.revision);
    if revised.revision.kind == RevisionKind::Deleted {
        message.attachments.clear();
        message.reactions.clear();
        message.previews.clear();
        (message.pin, message.touched) = (None, None);
    }
}

/// A message that came as it is after this has it already.
fn annotate(message: &mut Arc<Message>, annotated: &Annotated) {
    if message.is_deleted() || message.touched.is_some_and(|last| last >= annotated.seq) {
        return;
    }
    let message = Arc::make_mut(message);
    message.touched = Some(annotated.seq);
    match &annotated.annotation {
        Annotation::Reacted { emoji, person } => reactions::add(&mut message.reactions, emoji.clone(), *person),
        Annotation::Unreacted { emoji, person } => reactions::remove(&mut message.reactions, emoji, *person),
        Annotation::Pinned(pin) => message.pin = *pin,
        Annotation::Previewed(previews) => message.previews.clone_from(previews),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::{PersonId, RoomId};

    fn message(seq: Seq) -> Message {
        Message::posted(MessageId::new(), RoomId::new(), seq, PersonId::new(), format!("message {seq}"), seq * 1000)
    }

    fn page(seqs: std::ops::RangeInclusive<Seq>, newest: Seq) -> MessagePage {
        let (earlier, later) = (*seqs.start() > 1, *seqs.end() < newest);
        MessagePage { messages: seqs.map(message).collect(), earlier, later, notes: Vec::new() }
    }

    fn shown(timeline: &Timeline) -> (Seq, Seq, usize) {
        let shown = timeline.shown();
        (shown[0].seq, shown[shown.len() - 1].seq, shown.len())
    }

    #[test]
    fn what_is_shown_never_has_holes_and_stays_small_however_far_one_goes_up_and_down() {
        const LAST: Seq = 3_000;
        let mut timeline = Timeline::of(page(LAST - 49..=LAST, LAST));
        while timeline.earlier {
            let first = timeline.first_seq().unwrap();
            timeline.prepend(page((first - 50).max(1)..=first - 1, LAST));
            let (first, last, count) = shown(&timeline);
            assert_eq!(last - first + 1, count as Seq, "no holes");
            assert!(count <= SHOWN_MOST && timeline.messages.len() <= SHOWN_MOST + NEWEST_KEPT);
        }
        assert_eq!(shown(&timeline), (1, 400, 400));
        timeline.arrive(message(LAST + 1), false);
        while let Some(last) = timeline.last_shown() {
            timeline.append(page(last + 1..=(last + 50).min(LAST + 1), LAST + 1));
            let (first, last, count) = shown(&timeline);
            assert_eq!(last - first + 1, count as Seq, "no holes");
            assert!(count <= SHOWN_MOST + NEWEST_KEPT);
        }
        assert_eq!(shown(&timeline).1, LAST + 1, "what came meanwhile is there");
        assert!(timeline.earlier);
    }

    #[test]
    fn a_page_elsewhere_leaves_the_newest_where_they_are_found_again() {
        let mut timeline = Timeline::of(page(951..=1_000, 1_000));
        timeline.show(page(101..=150, 1_000));
        assert_eq!((shown(&timeline), timeline.has_later(), timeline.earlier), ((101, 150, 50), true, true));
        timeline.arrive(message(1_001), false);
        assert_eq!(shown(&timeline), (101, 150, 50), "it is not shown here");
        timeline.show(page(1..=50, 1_001));
        timeline.show_newest();
        assert_eq!((shown(&timeline), timeline.has_later(), timeline.earlier), ((951, 1_001, 51), false, true));
    }

    #[test]
    fn what_comes_by_the_thousand_does_not_pile_up_and_moves_nothing_that_is_held() {
        let mut timeline = Timeline::of(page(1..=50, 50));
        (51..=5_000).for_each(|seq| timeline.arrive(message(seq), true));
        assert!(shown(&timeline).2 <= ARRIVED_MOST && shown(&timeline).1 == 5_000 && timeline.earlier);
        let (first, _, _) = shown(&timeline);
        (5_001..=9_000).for_each(|seq| timeline.arrive(message(seq), false));
        assert_eq!(shown(&timeline).0, first, "a reader further up loses nothing");
        assert!(shown(&timeline).2 <= ARRIVED_MOST + 1 && timeline.has_later());
        timeline.show_newest();
        assert_eq!(shown(&timeline).1, 9_000);
    }

    #[test]
    fn a_page_that_touches_the_newest_is_one_run_with_them() {
        let mut timeline = Timeline::of(page(951..=1_000, 1_000));
        timeline.show(page(920..=969, 1_000));
        assert_eq!((shown(&timeline), timeline.has_later()), ((920, 1_000, 81), false));
    }

    #[test]
    fn a_message_that_comes_while_the_last_page_is_on_its_way_is_not_lost() {
        let mut timeline = Timeline::of(page(1..=50, 100));
        timeline.arrive(message(101), false);
        timeline.append(page(51..=100, 100));
        assert_eq!((shown(&timeline), timeline.has_later()), ((1, 100, 100), true), "the page was written before");
        timeline.append(page(101..=101, 101));
        assert_eq!((shown(&timeline), timeline.has_later()), ((1, 101, 101), false));
    }

    #[test]
    fn a_page_drawn_elsewhere_has_no_newest_until_they_are_fetched() {
        let mut timeline = Timeline::of(page(1..=50, 100));
        timeline.show_newest();
        assert_eq!(shown(&timeline), (1, 50, 50));
        timeline.show(page(51..=100, 100));
        assert_eq!((shown(&timeline), timeline.has_later()), ((51, 100, 50), false));
    }
}
