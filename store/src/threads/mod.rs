//! Threads: replies to a message, who follows them, and how far they have read.
//!
//! A reply is a message of the room with a `parent`. It takes the room's next `seq`, so catching up and
//! *snapshot + events = snapshot* hold without a further rule. There is one level: a reply to a reply gets
//! the same parent. The room's conversation leaves replies out; the parent tells how many there are, from
//! whom, and the last `seq`.
//!
//! Followers and their read positions are kept per person (`thread_followers`). After each reply the server
//! tells followers what is unread for them and how much of it mentions them (`thread:changed`); a snapshot
//! names the threads with unread replies. A room's unread count covers its conversation only: replies are
//! unread for followers.
//!
//! A deleted parent keeps its thread. A deleted message without a thread takes no replies.

pub mod explain;
pub mod followers;
pub mod verbs;
