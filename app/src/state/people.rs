//! People in the state: who they are, whether they are here, what they type and have seen.

use super::{ChatState, Conversation};
use common::{
    Millis, PersonId,
    blocks::PersonBlocked,
    limits,
    messages::Message,
    people::{Person, Role},
    presence::Presence,
    typing::TypingChanged,
};
use std::sync::Arc;

/// Whether a person is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Here {
    Online,
    Away,
    Offline,
}

impl Here {
    /// As style sheets know it, and people who do not see it.
    pub fn name(self) -> &'static str {
        match self {
            Here::Online => "online",
            Here::Away => "away",
            Here::Offline => "offline",
        }
    }

    pub fn in_words(self) -> &'static str {
        match self {
            Here::Online => "Online",
            Here::Away => "Away",
            Here::Offline => "Offline",
        }
    }
}

impl ChatState {
    pub fn person(&self, id: PersonId) -> Option<Arc<Person>> {
        self.people.get(&id).cloned()
    }

    /// The user's role in the workspace.
    pub fn role(&self) -> Role {
        self.people.get(&self.me).map_or(Role::Member, |me| me.role)
    }

    /// Whether the user may open the console.
    pub fn is_admin(&self) -> bool {
        self.role().is_admin()
    }

    pub fn is_guest(&self) -> bool {
        self.role() == Role::Guest
    }

    pub fn here(&self, id: PersonId) -> Here {
        match self.presence.get(&id) {
            Some(presence) if presence.away => Here::Away,
            Some(_) => Here::Online,
            None => Here::Offline,
        }
    }

    /// The names of those who type in a conversation.
    pub fn typists(&self, conversation: Conversation) -> Vec<String> {
        let here = self.typing.keys().filter(|(place, who)| *place == conversation && !self.blocked.contains(who));
        here.filter_map(|(_, person)| self.people.get(person)).map(|person| person.name.clone()).collect()
    }

    /// Who has seen a message: the room's others who share their read position. Empty for
    /// a user who does not share it, and for a reply in a thread: threads have their own position.
    pub fn seen_by(&self, message: &Message) -> Vec<Arc<Person>> {
        let hides = |id: PersonId| self.people.get(&id).is_none_or(|person| person.hides_reading);
        let Some(room) = self.rooms.get(&message.room).filter(|_| !hides(self.me)) else { return Vec::new() };
        if room.members.len() > limits::RECEIPTS_MEMBERS as usize || message.parent.is_some() {
            return Vec::new();
        }
        let readers = room.readers.iter().filter(|(_, seq)| **seq >= message.seq).map(|(person, _)| *person);
        let others = readers.filter(|id| *id != self.me && *id != message.author && !hides(*id));
        others.filter(|id| room.members.contains(id)).filter_map(|id| self.person(id)).collect()
    }

    pub(super) fn know(&mut self, person: Person) {
        self.altered += 1;
        self.people.insert(person.id, Arc::new(person));
    }

    pub(super) fn expire(&mut self, now: Millis) {
        self.altered += 1;
        for (_, person) in self.people.iter_mut() {
            if person.status.as_ref().and_then(|status| status.until).is_some_and(|until| until <= now) {
                Arc::make_mut(person).status = None;
            }
        }
    }

    pub(super) fn count(&mut self, presence: Presence) {
        if presence.connections == 0 {
            self.presence.remove(&presence.person);
            self.typing.retain(|(_, person), _| *person != presence.person);
        } else {
            self.presence.insert(presence.person, presence);
        }
    }

    pub(super) fn note_typing(&mut self, changed: &TypingChanged, at: Millis) {
        let key = (Conversation { room: changed.room, thread: changed.parent }, changed.person);
        if changed.typing && changed.person != self.me {
            self.typing.insert(key, at);
        } else {
            self.typing.remove(&key);
        }
    }

    pub(super) fn block(&mut self, PersonBlocked { person, blocked }: PersonBlocked) {
        self.blocked.retain(|other| *other != person);
        if blocked {
            self.blocked.push(person);
        }
    }
}
