//! The state of the connection, in words.

use crate::state::{ChatState, Conversation, Link};
use common::{Code, Seq};

/// The state of a conversation: the connection, messages that wait here, and missed events.
/// What is being sent shows on the messages themselves.
pub fn conversation_status(state: &ChatState, conversation: Conversation) -> String {
    let unsent = state.pending_in(conversation).filter(|pending| pending.refusal.is_none()).count();
    let waiting = if state.link == Link::Live { 0 } else { unsent };
    let places = state.rooms.get(&conversation.room).map(|room| (room.complete, room.summary.seq));
    in_words(&state.link, waiting, places.unwrap_or_default())
}

/// `caught_up` is how many of the missed events are here, and how many there were.
pub fn in_words(link: &Link, waiting: usize, (here, missed): (Seq, Seq)) -> String {
    let messages = match waiting {
        1 => "1 message".to_owned(),
        many => format!("{many} messages"),
    };
    match (link, waiting) {
        (Link::Live, 0) if here < missed => format!("Catching up: {} of {missed}", here.max(0)),
        (Link::Live, 0) => "Live".into(),
        (Link::Live, _) => format!("Sending {messages}…"),
        (Link::Connecting, 0) => "Connecting…".into(),
        (Link::Reconnecting, 0) => "Reconnecting…".into(),
        (Link::Connecting | Link::Reconnecting, _) => format!("Offline: {messages} waiting"),
        (Link::Refused(refusal), _) => if is_signed_out(refusal.code) { "Signed out" } else { "Refused" }.into(),
    }
}

/// Whether signing in helps.
pub fn is_signed_out(code: Code) -> bool {
    matches!(code, Code::NotSignedIn | Code::SessionExpired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_wait_are_counted_in_words() {
        assert_eq!(in_words(&Link::Reconnecting, 0, (0, 0)), "Reconnecting…");
        assert_eq!(in_words(&Link::Reconnecting, 1, (0, 0)), "Offline: 1 message waiting");
        assert_eq!(in_words(&Link::Live, 2, (0, 0)), "Sending 2 messages…");
    }

    #[test]
    fn only_a_missing_session_is_called_signed_out() {
        let refused = |code: Code| in_words(&Link::Refused(code.into()), 0, (0, 0));
        assert_eq!(refused(Code::SessionExpired), "Signed out");
        assert_eq!(refused(Code::TooManyConnections), "Refused");
    }

    #[test]
    fn what_was_missed_is_counted_until_it_is_here() {
        assert_eq!(in_words(&Link::Live, 0, (500, 1204)), "Catching up: 500 of 1204");
        assert_eq!(in_words(&Link::Live, 0, (1204, 1204)), "Live");
    }
}
