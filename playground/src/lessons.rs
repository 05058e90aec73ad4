//! What "Show me" shows of each idea: a few deeds, one after the other.

use common::lobby::{Audience, Namespace};

/// A browser, counted from 0, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step(pub usize, pub Deed);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Say(&'static str, To),
    Enter(&'static str),
    Go(Namespace),
    Cut,
    Mend,
    /// Sends more at once than the server takes.
    Rush,
}

/// An [`Audience`] that can stand in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Everyone,
    Others,
    Room(&'static str),
    Namespace(Namespace),
}

impl From<To> for Audience {
    fn from(to: To) -> Self {
        match to {
            To::Everyone => Audience::Everyone,
            To::Others => Audience::Others,
            To::Room(room) => Audience::Room(room.to_owned()),
            To::Namespace(namespace) => Audience::Namespace(namespace),
        }
    }
}

/// What is shown of an idea, by its id on the page.
pub fn of(idea: &str) -> Option<&'static [Step]> {
    use Deed::{Cut, Enter, Go, Mend, Rush, Say};
    use To::{Everyone, Namespace as In, Others, Room};
    Some(match idea {
        "connection" => &[
            Step(0, Cut),
            Step(1, Say("Can everybody hear me?", Everyone)),
            Step(0, Mend),
            Step(1, Say("And now?", Everyone)),
        ],
        "broadcast" => &[Step(0, Say("To all of us!", Everyone)), Step(0, Say("To all of you!", Others))],
        "room" => &[Step(0, Enter("tea")), Step(1, Enter("tea")), Step(0, Say("Tea is ready.", Room("tea")))],
        "namespace" => &[
            Step(2, Go(Namespace::Garden)),
            Step(0, Say("Who is in the lobby?", Everyone)),
            Step(0, Say("Hello, garden!", In(Namespace::Garden))),
        ],
        "middleware" => &[Step(0, Say("", Everyone)), Step(0, Rush)],
        "acknowledgement" => &[Step(0, Say("Have you got this?", Everyone))],
        "queue" => &[
            Step(1, Cut),
            Step(1, Say("One.", Everyone)),
            Step(1, Say("Two.", Everyone)),
            Step(1, Say("Three.", Everyone)),
            Step(1, Mend),
        ],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_is_about_browsers_that_there_are() {
        for idea in ["connection", "broadcast", "room", "namespace", "middleware", "acknowledgement", "queue"] {
            let steps = of(idea).unwrap_or_else(|| panic!("nothing is shown of {idea}"));
            assert!(steps.iter().all(|Step(number, _)| *number < 3), "{idea}");
        }
        assert_eq!(of("nothing"), None);
    }

    #[test]
    fn whoever_is_cut_off_in_a_lesson_has_a_line_at_its_end() {
        for idea in ["connection", "queue"] {
            let steps = of(idea).unwrap_or_default();
            let last = |deed| steps.iter().rposition(|step| step.1 == deed);
            assert!(last(Deed::Mend) > last(Deed::Cut), "{idea}");
        }
    }
}
