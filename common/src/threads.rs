//! Threads: the replies to a message of a room, beside the room's conversation. A reply is a message of
//! the room with a `parent`; it takes the room's next place like everything that happens in it.

use crate::{
    MessageId, Millis, PersonId, RoomId, Seq,
    commands::command,
    limits,
    messages::{Message, MessagePage},
    reading::is_zero,
};
use serde::{Deserialize, Serialize};

/// What a message tells of the replies to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replies {
    /// Deleted ones are counted, too: a trace of them is left.
    pub count: u32,
    /// Who replied, the last one first, at most [`limits::REPLY_FACES`].
    pub people: Vec<PersonId>,
    /// The place of the last reply in the room's log.
    pub last: Seq,
    /// When that was posted.
    pub at: Millis,
}

impl Replies {
    /// The first reply has come.
    pub fn first(author: PersonId, seq: Seq, at: Millis) -> Self {
        Self { count: 1, people: vec![author], last: seq, at }
    }

    /// Another reply has come. One that was counted before changes nothing.
    pub fn add(&mut self, author: PersonId, seq: Seq, at: Millis) {
        if seq <= self.last {
            return;
        }
        self.count += 1;
        self.people.retain(|person| *person != author);
        self.people.insert(0, author);
        self.people.truncate(limits::REPLY_FACES);
        self.last = seq;
        self.at = at;
    }
}

/// How one stands with a thread. Only of threads that one follows anything is unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadState {
    pub room: RoomId,
    /// The message that was replied to.
    pub parent: MessageId,
    pub following: bool,
    /// The place of the last reply; 0 as long as there is none.
    pub last: Seq,
    /// How far one has read.
    pub read: Seq,
    /// Others' replies after `read`, counted up to [`limits::UNREAD_COUNTED`].
    pub unread: u32,
    /// Those of them that mention one, counted as far.
    #[serde(default, skip_serializing_if = "is_none")]
    pub mentions: u32,
    /// How often the position was set back by [`MarkThreadUnread`], as in [`crate::rooms::RoomSummary::rewinds`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rewinds: i64,
}

impl ThreadState {
    /// How far one has read. Of two positions the greater one was set later.
    pub fn position(&self) -> (i64, Seq) {
        (self.rewinds, self.read)
    }
}

fn is_none(count: &u32) -> bool {
    *count == 0
}

/// A thread with its last page of replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadView {
    pub parent: Message,
    pub page: MessagePage,
    pub standing: ThreadState,
}

/// `thread:open`: the thread of a message. Of a reply, the thread that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenThread {
    pub room: RoomId,
    pub parent: MessageId,
}
command!(OpenThread => "thread:open", ThreadView);

/// `thread:history`: the page of replies before a place in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadThreadHistory {
    pub room: RoomId,
    pub parent: MessageId,
    pub before: Seq,
}
command!(ReadThreadHistory => "thread:history", MessagePage);

/// `thread:follow`: follow a thread from now on, or not any more. The same once more changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowThread {
    pub room: RoomId,
    pub parent: MessageId,
    pub following: bool,
}
command!(FollowThread => "thread:follow", ThreadState);

/// `thread:read`: the replies up to `seq` are read. A position never moves back, and there is none in a
/// thread that one does not follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkThreadRead {
    pub room: RoomId,
    pub parent: MessageId,
    pub seq: Seq,
}
command!(MarkThreadRead => "thread:read", ThreadState);

/// `thread:unread`: the reply at `seq`, and all after it, are unread; those before it are read. A person who does
/// not follow the thread does from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkThreadUnread {
    pub room: RoomId,
    pub parent: MessageId,
    pub seq: Seq,
}
command!(MarkThreadUnread => "thread:unread", ThreadState);

/// `thread:list`: the threads that one follows, those with unread replies first, then by their last
/// reply; at most [`limits::THREADS_LISTED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListThreads {}
command!(ListThreads => "thread:list", Vec<ListedThread>);

/// A thread that one follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedThread {
    pub parent: Message,
    pub standing: ThreadState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_replied_last_comes_first_and_each_reply_counts_once() {
        let (ada, grace) = (PersonId::new(), PersonId::new());
        let mut replies = Replies::first(ada, 3, 30);
        replies.add(grace, 4, 40);
        replies.add(ada, 7, 70);
        replies.add(grace, 4, 40);
        assert_eq!(replies, Replies { count: 3, people: vec![ada, grace], last: 7, at: 70 });
    }

    #[test]
    fn only_the_last_faces_are_kept() {
        let mut replies = Replies::first(PersonId::new(), 1, 1);
        let last = PersonId::new();
        for seq in 2..20 {
            replies.add(PersonId::new(), seq, seq);
        }
        replies.add(last, 20, 20);
        assert_eq!((replies.people.len(), replies.people[0], replies.count), (limits::REPLY_FACES, last, 20));
    }
}
