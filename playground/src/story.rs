//! What happens on the lines, in sentences that anybody understands.

use crate::browser::Wish;
use common::lobby::{Audience, Namespace};

/// Where a browser is.
pub fn place(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Lobby => "the lobby",
        Namespace::Garden => "the garden",
    }
}

/// To whom something is said, such as "to everyone".
pub fn to_whom(to: &Audience) -> String {
    match to {
        Audience::Everyone => "to everyone".into(),
        Audience::Others => "to everyone else".into(),
        Audience::Room(room) => format!("to the room “{room}”"),
        Audience::Namespace(namespace) => format!("to {}", place(*namespace)),
    }
}

/// An audience in a list to choose from.
pub fn choice(to: &Audience) -> String {
    match to {
        Audience::Everyone => "Everyone".into(),
        Audience::Others => "Everyone but me".into(),
        Audience::Room(room) => format!("The room “{room}”"),
        Audience::Namespace(Namespace::Lobby) => "The lobby".into(),
        Audience::Namespace(Namespace::Garden) => "The garden".into(),
    }
}

/// `told` is how many connections the server says that it told, `own` where the speaker is.
pub fn said(who: &str, wish: &Wish, own: Namespace, told: u32, millis: u32) -> String {
    let others = told.saturating_sub(u32::from(wish.to.includes_speaker(own)));
    let is_elsewhere = matches!(wish.to, Audience::Namespace(namespace) if namespace != own);
    let passed_on = match (others, is_elsewhere) {
        (0, true) => "No one is there to hear it".to_owned(),
        (0, false) => "No one else is there to hear it".to_owned(),
        (1, false) => "The server passed it on to 1 other".to_owned(),
        (many, false) => format!("The server passed it on to {many} others"),
        (many, true) => format!("The server passed it on to {many} there"),
    };
    format!("{}. {passed_on}, and the answer took {}.", utterance(who, wish), time(millis))
}

/// The server said no.
pub fn refused(who: &str, wish: &Wish, reason: &str) -> String {
    format!("{}. A gate said no: {reason}", utterance(who, wish))
}

pub fn unanswered(who: &str, wish: &Wish) -> String {
    format!("{}. No answer came: it is not known whether it arrived.", utterance(who, wish))
}

fn utterance(who: &str, Wish { text, to }: &Wish) -> String {
    if text.trim().is_empty() {
        return format!("{who} said nothing at all");
    }
    format!("{who} said “{text}” {}", to_whom(to))
}

fn time(millis: u32) -> String {
    match millis {
        0 => "less than a millisecond".into(),
        1 => "1 millisecond".into(),
        many => format!("{many} milliseconds"),
    }
}

/// Someone whose browser is not on this page.
pub fn stranger_said(who: &str, text: &str, to: &Audience) -> String {
    format!("{who}, somewhere else, said “{text}” {}.", to_whom(to))
}

/// `before` is who the browser was, if it has been here before; `waited` how much goes out now.
pub fn arrived(number: usize, who: &str, namespace: Namespace, before: Option<&str>, waited: usize) -> String {
    let place = place(namespace);
    let called = match before {
        None => format!("Browser {number} called the server and is on the line, in {place}. Its name there is {who}."),
        Some(before) => format!(
            "Browser {number} is on the line again, in {place}. To the server this is someone new: {before} is {who} now, \
             and on no list."
        ),
    };
    match waited {
        0 => called,
        1 => format!("{called} What waited goes out."),
        many => format!("{called} The {many} that waited go out, in order."),
    }
}

pub fn was_cut(who: &str) -> String {
    format!("The line of {who} is cut. What is said now goes past it.")
}

pub fn hung_up(who: &str, namespace: Namespace) -> String {
    format!("{who} hung up, to call {} instead.", place(namespace))
}

pub fn lost(number: usize) -> String {
    format!("Browser {number} has lost its line. It calls again by itself.")
}

pub fn sent_away(number: usize) -> String {
    format!("The server has hung up on browser {number}.")
}

pub fn announced(number: usize, text: &str) -> String {
    format!("Browser {number} heard an announcement of an admin of this server: “{text}”")
}

pub fn turned_away(number: usize, reason: &str) -> String {
    format!("Browser {number} was not let in: {reason}")
}

/// `waiting` is how much waits with it.
pub fn waits(who: &str, text: &str, waiting: usize) -> String {
    let line = match waiting {
        1 => "first in line".to_owned(),
        many => format!("number {many} in line"),
    };
    format!("{who} has no line now. “{text}” waits in the queue, {line}.")
}

pub fn no_place_to_wait(who: &str) -> String {
    format!("The queue of {who} is full. A queue without an end would fill up the whole browser.")
}

pub fn entered(who: &str, room: &str, members: u32) -> String {
    match members {
        0 | 1 => format!("{who} joined the room “{room}”, and is the only one on its list."),
        many => format!("{who} joined the room “{room}”. There are {many} on its list."),
    }
}

pub fn left(who: &str, room: &str, members: u32) -> String {
    match members {
        0 => format!("{who} left the room “{room}”. The list is empty, so the room is gone."),
        many => format!("{who} left the room “{room}”. There {} on its list.", are(many)),
    }
}

fn are(count: u32) -> String {
    if count == 1 { "is 1".into() } else { format!("are {count}") }
}

/// A request that is not about something said was refused.
pub fn denied(who: &str, reason: &str) -> String {
    format!("A gate said no to {who}: {reason}")
}

/// How many of the empty messages that were sent at once reached the check that found them empty.
pub fn rushed(who: &str, all: usize, slow_enough: usize, reason: &str) -> String {
    let fast = all - slow_enough;
    format!(
        "{who} sent {all} empty messages at once. One gate found {slow_enough} of them empty. Another stopped the other {fast} before: {reason}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello(to: Audience) -> Wish {
        Wish { text: "hello".into(), to }
    }

    #[test]
    fn one_is_not_among_the_others_to_whom_it_was_passed_on() {
        let told = |to: Audience, told| said("Blue otter", &hello(to), Namespace::Lobby, told, 4);
        assert_eq!(
            told(Audience::Everyone, 3),
            "Blue otter said “hello” to everyone. The server passed it on to 2 others, and the answer took 4 milliseconds."
        );
        assert!(told(Audience::Others, 2).contains("to everyone else. The server passed it on to 2 others,"));
        assert!(
            told(Audience::Room("tea".into()), 2).contains("to the room “tea”. The server passed it on to 1 other,")
        );
        assert!(told(Audience::Room("tea".into()), 1).contains("No one else is there to hear it,"));
        assert!(
            told(Audience::Namespace(Namespace::Garden), 1)
                .contains("to the garden. The server passed it on to 1 there,")
        );
        assert!(told(Audience::Namespace(Namespace::Garden), 0).contains("No one is there to hear it,"));
    }

    #[test]
    fn a_no_comes_with_its_reason() {
        let nothing = Wish { text: " ".into(), to: Audience::Everyone };
        assert_eq!(
            refused("Blue otter", &nothing, "There is nothing to send yet."),
            "Blue otter said nothing at all. A gate said no: There is nothing to send yet."
        );
    }

    #[test]
    fn who_comes_back_is_somebody_new() {
        assert_eq!(
            arrived(1, "Jade newt", Namespace::Lobby, Some("Blue otter"), 3),
            "Browser 1 is on the line again, in the lobby. To the server this is someone new: Blue otter is Jade newt now, \
             and on no list. The 3 that waited go out, in order."
        );
        assert!(
            arrived(2, "Pink seal", Namespace::Garden, None, 0)
                .ends_with("in the garden. Its name there is Pink seal.")
        );
    }

    #[test]
    fn the_last_one_who_leaves_takes_the_room_along() {
        assert_eq!(
            left("Blue otter", "tea", 0),
            "Blue otter left the room “tea”. The list is empty, so the room is gone."
        );
        assert_eq!(left("Blue otter", "tea", 1), "Blue otter left the room “tea”. There is 1 on its list.");
    }
}
