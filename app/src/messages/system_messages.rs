//! Quiet lines in the conversation: who came and went, what was changed of the room.

use crate::{client::use_chat, state::ChatState, ui::keyed_list};
use common::{
    PersonId, ServerEvent,
    permissions::{MemberGroup, RoomRole},
    rooms::{RoomChange, RoomKind},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn SystemMessagesRow(events: Vec<Arc<ServerEvent>>) -> impl IntoView {
    let lines = use_chat().select(move |state| lines(state, &events));
    view! {
        {keyed_list(move || lines.get(), Clone::clone, |line| view! { <p class="note">{line}</p> })}
    }
}

/// A line for each, but one for all who came one after the other. A direct conversation has none: its
/// people were there from the start.
fn lines(state: &ChatState, events: &[Arc<ServerEvent>]) -> Vec<String> {
    let (mut lines, mut newcomers) = (Vec::new(), Vec::new());
    for event in events {
        let room = event.place_in_log().and_then(|(room, _)| state.rooms.get(&room));
        if room.is_some_and(|room| room.summary.kind == RoomKind::Direct) {
            continue;
        }
        match &**event {
            ServerEvent::MemberJoined(joined) if joined.by.is_none() && joined.seq > 1 => {
                newcomers.push(name(state, joined.person));
            }
            other => {
                lines.extend(all_joined(&mut newcomers));
                lines.extend(in_words(other, |person| name(state, person)));
            }
        }
    }
    lines.extend(all_joined(&mut newcomers));
    lines
}

fn name(state: &ChatState, person: PersonId) -> String {
    state.people.get(&person).map_or("Someone".to_owned(), |person| person.name.clone())
}

/// "Ada and Grace joined", of those who have, who are then forgotten.
fn all_joined(names: &mut Vec<String>) -> Option<String> {
    let who = match &names[..] {
        [] => return None,
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, other, third] => format!("{one}, {other} and {third}"),
        [one, other, more @ ..] => format!("{one}, {other} and {} others", more.len()),
    };
    names.clear();
    Some(format!("{who} joined"))
}

fn in_words(event: &ServerEvent, name: impl Fn(PersonId) -> String) -> Option<String> {
    Some(match event {
        ServerEvent::MemberJoined(joined) => {
            let person = name(joined.person);
            match joined.by {
                Some(by) => format!("{} added {person}", name(by)),
                None if joined.seq == 1 => format!("{person} made this room"),
                None => format!("{person} joined"),
            }
        }
        ServerEvent::MemberLeft(left) => match left.by {
            Some(by) => format!("{} removed {}", name(by), name(left.person)),
            None => format!("{} left", name(left.person)),
        },
        ServerEvent::MemberChanged(changed) => {
            let role = match changed.role {
                RoomRole::Owner => "an owner",
                RoomRole::Member => "a member",
            };
            format!("{} made {} {role}", name(changed.by), name(changed.person))
        }
        ServerEvent::RoomChanged(changed) => format!("{} {}", name(changed.by), what_was_done(&changed.change)),
        _ => return None,
    })
}

fn what_was_done(change: &RoomChange) -> String {
    match change {
        RoomChange::Name(name) => format!("renamed the room to “{name}”"),
        RoomChange::Topic(topic) if topic.is_empty() => "removed the topic".into(),
        RoomChange::Topic(topic) => format!("changed the topic to “{topic}”"),
        RoomChange::Archived(true) => "archived the room".into(),
        RoomChange::Archived(false) => "brought the room back from the archive".into(),
        RoomChange::Posting(MemberGroup::Owners) => "limited posting to owners".into(),
        RoomChange::Posting(MemberGroup::Everyone) => "let everyone post".into(),
        RoomChange::Announcing(MemberGroup::Owners) => "limited @room to owners".into(),
        RoomChange::Announcing(MemberGroup::Everyone) => "let everyone use @room".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::{
        RoomId, Seq,
        rooms::{MemberJoined, MemberLeft, RoomChanged},
    };

    const ADA: &str = "Ada Lovelace";

    fn joined(by: Option<PersonId>, seq: Seq) -> ServerEvent {
        let (room, person) = (RoomId::new(), PersonId::new());
        ServerEvent::MemberJoined(MemberJoined { room, seq, person, by, role: RoomRole::Member, at: 0 })
    }

    #[test]
    fn who_comes_and_goes_is_told_in_plain_words() {
        let words = |event| in_words(&event, |_| ADA.into()).unwrap();
        assert_eq!(words(joined(None, 1)), "Ada Lovelace made this room");
        assert_eq!(words(joined(None, 7)), "Ada Lovelace joined");
        assert_eq!(words(joined(Some(PersonId::new()), 7)), "Ada Lovelace added Ada Lovelace");
        let (room, person) = (RoomId::new(), PersonId::new());
        assert_eq!(
            words(ServerEvent::MemberLeft(MemberLeft { room, seq: 8, person, by: None, at: 0 })),
            "Ada Lovelace left"
        );
        let change = RoomChange::Name("engines".into());
        let renamed = RoomChanged { room, seq: 9, by: person, change, at: 0 };
        assert_eq!(words(ServerEvent::RoomChanged(renamed)), "Ada Lovelace renamed the room to “engines”");
    }

    #[test]
    fn many_who_join_one_after_the_other_are_one_line() {
        let mut names = vec![];
        assert_eq!(all_joined(&mut names), None);
        for (count, expected) in [
            (1, "Ada Lovelace joined"),
            (2, "Ada Lovelace and Ada Lovelace joined"),
            (3, "Ada Lovelace, Ada Lovelace and Ada Lovelace joined"),
            (9, "Ada Lovelace, Ada Lovelace and 7 others joined"),
        ] {
            names = vec![ADA.to_owned(); count];
            assert_eq!(all_joined(&mut names).as_deref(), Some(expected));
            assert!(names.is_empty());
        }
    }
}
