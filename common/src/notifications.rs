//! Notifications: of what one is told, why, and when not.

use crate::{
    Millis, PersonId, RoomId, Seq,
    commands::command,
    limits,
    messages::Message,
    people::Person,
    rooms::{self, RoomKind},
};
use serde::{Deserialize, Serialize};

/// Of what one wants to be told in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    All,
    /// What mentions oneself, or everybody in the room.
    Mentions,
    /// Nothing. What mentions one is still counted, and shown quietly.
    None,
}

impl Level {
    /// That of someone who has not chosen one.
    pub fn usual(kind: RoomKind) -> Self {
        match kind {
            RoomKind::Direct => Level::All,
            RoomKind::Public | RoomKind::Private => Level::Mentions,
        }
    }
}

/// `notify:level`: choose of what one is told in a room. Sent again, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetLevel {
    pub room: RoomId,
    pub level: Level,
}
command!(SetLevel => "notify:level", ());

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelChanged {
    pub room: RoomId,
    pub level: Level,
}

/// Do not disturb: when one does not want to be told of anything. What happens is counted all the same.
///
/// Also the payload of `notify:quiet`, which sets it. Sent again, that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// Not before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    /// Nor within this part of every day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily: Option<Daily>,
}
command!(Quiet => "notify:quiet", ());

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietChanged {
    pub quiet: Quiet,
}

/// A part of every day, in minutes since midnight. It may go past midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Daily {
    pub from: u16,
    /// The first minute after it.
    pub to: u16,
    /// Where these are the times: a name of the IANA time zone database, such as `Europe/London`.
    pub zone: String,
}

/// Minutes in a day.
pub const DAY: u16 = 24 * 60;

impl Quiet {
    pub fn is_unset(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it is quiet now. `minute_in` gives the minutes since midnight in a time zone, if it is known.
    pub fn is_on(&self, now: Millis, minute_in: impl FnOnce(&str) -> Option<u16>) -> bool {
        let daily = || {
            let daily = self.daily.as_ref()?;
            Some(daily.has(minute_in(&daily.zone)?))
        };
        self.until.is_some_and(|until| now < until) || daily().unwrap_or(false)
    }
}

impl Daily {
    fn has(&self, minute: u16) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

/// Why one is told of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It mentions oneself.
    Mention,
    /// It mentions everybody in the room.
    Everyone,
    /// It is in a thread that one follows.
    Reply,
    /// It is in a direct conversation.
    Direct,
    /// It is in a room of which one wants to be told everything.
    All,
}

/// How someone stands where a message is.
#[derive(Clone, Copy, Debug)]
pub struct Recipient {
    pub person: PersonId,
    pub kind: RoomKind,
    pub level: Level,
    /// Whether they follow the thread, if the message is a reply.
    pub follows: bool,
}

impl Recipient {
    /// Why they are told of a message; `None` when they are not.
    pub fn reason(self, message: &Message) -> Option<Reason> {
        let reason = self.what_it_is(message)?;
        let is_wanted = match self.level {
            Level::All => true,
            Level::Mentions => matches!(reason, Reason::Mention | Reason::Everyone | Reason::Reply),
            Level::None => false,
        };
        (is_wanted && message.author != self.person && !message.is_deleted()).then_some(reason)
    }

    /// A reply is for those who follow its thread; others are not even asked by `@room`.
    fn what_it_is(self, message: &Message) -> Option<Reason> {
        if message.mentions.people.contains(&self.person) {
            Some(Reason::Mention)
        } else if message.parent.is_some() && !self.follows {
            None
        } else if message.mentions.everyone {
            Some(Reason::Everyone)
        } else if message.parent.is_some() {
            Some(Reason::Reply)
        } else if self.kind == RoomKind::Direct {
            Some(Reason::Direct)
        } else {
            Some(Reason::All)
        }
    }
}

/// The first line of a notification. `room` is the room's name as it is shown.
pub fn headline(reason: Reason, author: &str, room: &str) -> String {
    match reason {
        Reason::Mention => format!("{author} mentioned you in {room}"),
        Reason::Everyone => format!("{author} wrote to everybody in {room}"),
        Reason::Reply => format!("{author} replied in {room}"),
        Reason::Direct => author.to_owned(),
        Reason::All => format!("{author} in {room}"),
    }
}

/// The address of a message; of a reply, that of its thread.
pub fn path_of(message: &Message) -> String {
    match message.parent {
        Some(parent) => format!("{}/threads/{parent}", rooms::path_of(message.room)),
        None => rooms::path_to(message.room, message.seq),
    }
}

/// The beginning of a message's text, in one line.
pub fn excerpt(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(limits::EXCERPT_CHARS) {
        words.truncate(end);
        words.push('…');
    }
    words
}

/// What a message says, in one line: its text, or else the names of its files.
pub fn summary(message: &Message) -> String {
    let names: Vec<&str> = message.attachments.iter().map(|file| file.name.as_str()).collect();
    match (message.text.is_empty(), names.is_empty()) {
        (false, _) => excerpt(&message.text),
        (true, false) => excerpt(&names.join(", ")),
        (true, true) => "a file".into(),
    }
}

/// `badge:explain`: which messages have made a room's badge, and by what rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainBadge {
    pub room: RoomId,
}
command!(ExplainBadge => "badge:explain", Badge);

/// What is unread in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    pub level: Level,
    /// As in [`crate::rooms::RoomSummary::unread`].
    pub unread: u32,
    /// Those that mention one, or, where there are none, the first unread; at most
    /// [`crate::limits::EXPLAINED`] of them.
    pub messages: Vec<BadgeMessage>,
}

/// A message that is a part of a badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadgeMessage {
    pub seq: Seq,
    pub author: PersonId,
    /// The beginning of its text.
    pub excerpt: String,
    /// What it is to the reader, whether they want to be told of such or not.
    pub reason: Reason,
}

/// `thread:explain`: which replies have made the badge of your threads: those that mention you, then the first
/// unread; at most [`crate::limits::EXPLAINED`] of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainThreadBadge {}
command!(ExplainThreadBadge => "thread:explain", Vec<BadgeReply>);

/// A reply that is a part of that badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadgeReply {
    pub room: RoomId,
    /// Of what one is told in that room.
    pub level: Level,
    pub reply: BadgeMessage,
}

/// The sentence that names a message and the rule that counts it. `room` is the room's name as it is shown.
pub fn in_words(explained: &BadgeMessage, author: Option<&Person>, room: &str, level: Level) -> String {
    let author = author.map_or("Someone", |author| &author.name);
    let BadgeMessage { seq, excerpt, .. } = explained;
    let what = match explained.reason {
        Reason::Mention => format!("{author} mentioned you in #{seq} of {room}: “{excerpt}”"),
        Reason::Everyone => format!("{author} mentioned everybody in #{seq} of {room}: “{excerpt}”"),
        Reason::Reply => format!("{author} replied in #{seq} of {room}: “{excerpt}”"),
        Reason::Direct | Reason::All => format!("{author} wrote #{seq} in {room}: “{excerpt}”"),
    };
    let rule = match (explained.reason, level) {
        (Reason::Mention | Reason::Everyone, Level::None) => {
            "you are told of nothing in this room, so mentions are only counted"
        }
        (Reason::Mention | Reason::Everyone, Level::Mentions) => "you are told of mentions in this room",
        (Reason::Reply, Level::All | Level::Mentions) => "you follow this thread",
        (Reason::Direct, Level::All) => "you are told of every message that is written to you",
        (Reason::Mention | Reason::Everyone | Reason::All, Level::All) => "you are told of everything in this room",
        (Reason::Direct | Reason::All, Level::Mentions) => {
            "you are told of mentions only in this room, so it is counted but not told"
        }
        (Reason::Reply | Reason::Direct | Reason::All, Level::None) => "you are told of nothing in this room",
    };
    format!("{what}; {rule}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MessageId, mentions::Mentions};

    fn message(author: PersonId, mentions: Mentions) -> Message {
        let posted = Message::posted(MessageId::new(), RoomId::new(), 7, author, "Hello".into(), 0);
        Message { mentions, ..posted }
    }

    #[test]
    fn the_level_of_a_room_decides_of_what_one_is_told() {
        let (ada, grace) = (PersonId::new(), PersonId::new());
        let plain = message(ada, Mentions::default());
        let to_grace = message(ada, Mentions { everyone: true, people: vec![grace] });
        let to_all = message(ada, Mentions { everyone: true, people: vec![] });
        let reader = |person, kind, level| Recipient { person, kind, level, follows: false };
        let told = |message: &Message, level| reader(grace, RoomKind::Public, level).reason(message);
        assert_eq!([&plain, &to_all, &to_grace].map(|m| told(m, Level::None)), [None; 3]);
        let by_mentions = [None, Some(Reason::Everyone), Some(Reason::Mention)];
        assert_eq!([&plain, &to_all, &to_grace].map(|m| told(m, Level::Mentions)), by_mentions);
        assert_eq!(told(&plain, Level::All), Some(Reason::All));
        assert_eq!(reader(grace, RoomKind::Direct, Level::All).reason(&plain), Some(Reason::Direct));
        let of_ones_own = reader(ada, RoomKind::Public, Level::All).reason(&to_all);
        assert_eq!(of_ones_own, None, "not of what one says oneself");
        let reply = |message: &Message| Message { parent: Some(MessageId::new()), ..message.clone() };
        assert_eq!([&plain, &to_all].map(|m| told(&reply(m), Level::All)), [None; 2], "not of threads of others");
        let follower = Recipient { follows: true, ..reader(grace, RoomKind::Public, Level::Mentions) };
        assert_eq!(follower.reason(&reply(&plain)), Some(Reason::Reply));
        assert_eq!(follower.reason(&reply(&to_all)), Some(Reason::Everyone));
        assert_eq!(told(&reply(&to_grace), Level::Mentions), Some(Reason::Mention));
    }

    #[test]
    fn it_is_quiet_until_a_time_and_within_a_part_of_the_day_that_may_go_past_midnight() {
        let at = |minute: u16| move |_: &str| Some(minute);
        assert!(!Quiet::default().is_on(5, at(0)));
        let until = Quiet { until: Some(10), daily: None };
        assert!(until.is_on(9, at(0)) && !until.is_on(10, at(0)));
        let daily = |from, to| Quiet { until: None, daily: Some(Daily { from, to, zone: "UTC".into() }) };
        let night = daily(22 * 60, 7 * 60);
        assert!(night.is_on(0, at(23 * 60)) && night.is_on(0, at(0)) && night.is_on(0, at(419)));
        assert!(!night.is_on(0, at(420)) && !night.is_on(0, at(12 * 60)) && !night.is_on(0, |_| None));
        let lunch = daily(12 * 60, 13 * 60);
        assert!(lunch.is_on(0, at(720)) && !lunch.is_on(0, at(780)) && !daily(5, 5).is_on(0, at(5)));
    }

    #[test]
    fn an_excerpt_is_one_line_that_ends_in_time() {
        assert_eq!(excerpt("One\n\n  two"), "One two");
        let long = excerpt(&"é".repeat(1_000));
        assert_eq!(long.chars().count(), limits::EXCERPT_CHARS + 1);
    }

    #[test]
    fn a_badge_is_explained_by_its_message_and_the_rule() {
        let explained =
            BadgeMessage { seq: 1204, author: PersonId::new(), excerpt: "Tea?".into(), reason: Reason::Mention };
        assert_eq!(
            in_words(&explained, None, "#engines", Level::Mentions),
            "Someone mentioned you in #1204 of #engines: “Tea?”; you are told of mentions in this room."
        );
        let reply = BadgeMessage { reason: Reason::Reply, ..explained };
        assert_eq!(
            in_words(&reply, None, "#engines", Level::Mentions),
            "Someone replied in #1204 of #engines: “Tea?”; you follow this thread."
        );
    }
}
