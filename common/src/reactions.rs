//! Reactions: emoji that people put under a message.

use crate::{MessageId, PersonId, RoomId, Seq, commands::command};
use serde::{Deserialize, Serialize};

/// An emoji under a message, with those who put it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    pub emoji: String,
    /// In the order in which they came.
    pub people: Vec<PersonId>,
}

/// `reaction:add`: put an emoji under a message. One that is there already stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddReaction {
    pub room: RoomId,
    pub message: MessageId,
    /// One emoji, with or without a skin tone.
    pub emoji: String,
}
command!(AddReaction => "reaction:add", ());

/// `reaction:remove`: take your own emoji away. Nothing happens where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveReaction {
    pub room: RoomId,
    pub message: MessageId,
    pub emoji: String,
}
command!(RemoveReaction => "reaction:remove", ());

/// A reaction that came or went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionChange {
    pub room: RoomId,
    pub seq: Seq,
    pub message: MessageId,
    pub emoji: String,
    pub person: PersonId,
}

/// Puts someone's emoji among a message's reactions.
pub fn add(reactions: &mut Vec<Reaction>, emoji: String, person: PersonId) {
    match reactions.iter_mut().find(|reaction| reaction.emoji == emoji) {
        Some(known) if known.people.contains(&person) => {}
        Some(known) => known.people.push(person),
        None => reactions.push(Reaction { emoji, people: vec![person] }),
    }
}

/// Takes someone's emoji away. One without people is removed.
pub fn remove(reactions: &mut Vec<Reaction>, emoji: &str, person: PersonId) {
    let Some(place) = reactions.iter().position(|reaction| reaction.emoji == emoji) else { return };
    reactions[place].people.retain(|one| *one != person);
    if reactions[place].people.is_empty() {
        reactions.remove(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_stay_in_the_order_in_which_they_came_until_nobody_is_behind_them() {
        let (ada, grace) = (PersonId::new(), PersonId::new());
        let mut reactions = Vec::new();
        for (emoji, person) in [("👍", ada), ("🎉", grace), ("👍", grace), ("👍", ada)] {
            add(&mut reactions, emoji.into(), person);
        }
        let of = |emoji: &str, people: &[PersonId]| Reaction { emoji: emoji.into(), people: people.to_vec() };
        assert_eq!(reactions, [of("👍", &[ada, grace]), of("🎉", &[grace])]);
        remove(&mut reactions, "👍", ada);
        assert_eq!(reactions, [of("👍", &[grace]), of("🎉", &[grace])]);
        remove(&mut reactions, "👍", grace);
        remove(&mut reactions, "👍", grace);
        assert_eq!(reactions, [of("🎉", &[grace])]);
    }
}
