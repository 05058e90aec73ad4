//! Visibility for guests: they receive events only of people they know. They receive a new person before that
//! person's first event.

use super::{audiences, presence::Presence, relay::Relay};
use common::{
    PersonId, RoomId, ServerEvent,
    people::Person,
    presence::{Presence as Online, PresenceChanged},
};
use socketioxide::operators::BroadcastOperators;
use std::collections::{HashMap, HashSet};
use store::{Error, people, visibility};

impl Relay {
    /// Sends a guest the present and past members of a room, before it sends the room.
    pub(super) async fn introduce_room(&self, guest: PersonId, room: RoomId) {
        let devices = |chat: BroadcastOperators| chat.to(audiences::person(guest));
        if self.has_guests(devices)
            && let Some(company) = answer(visibility::in_room(&self.db, room).await)
        {
            self.broadcasts.publish_all(devices, introductions(company, &self.presence)).await;
        }
    }

    /// Introduces a new member to a room's guests, who may not know that person yet.
    pub(super) async fn introduce(&self, person: PersonId, room: RoomId) {
        let guests = |chat: BroadcastOperators| chat.to(audiences::room(room)).except(audiences::MEMBERS);
        if self.has_guests(guests)
            && let Some(person) = answer(people::verbs::person(&self.db, person).await)
        {
            self.broadcasts.publish_all(guests, introductions(vec![person], &self.presence)).await;
        }
    }

    /// Publishes presence to the guests who know these people.
    pub(super) async fn tell_guests_of_presence(&self, people: &[Online]) {
        let ids: Vec<PersonId> = people.iter().map(|online| online.person).collect();
        for (guest, known) in self.guests_who_know(&ids).await {
            let people = people.iter().filter(|online| known.contains(&online.person)).cloned().collect();
            let changed = ServerEvent::PresenceChanged(PresenceChanged { people });
            self.broadcasts.publish(|chat| chat.to(audiences::person(guest)), changed).await;
        }
    }

    /// The guests who know some of these people, with the people whom each knows. The query runs only while a
    /// guest is connected.
    pub(super) async fn guests_who_know(&self, people: &[PersonId]) -> HashMap<PersonId, Vec<PersonId>> {
        if !self.has_guests(|chat| chat.to(audiences::GUESTS)) {
            return HashMap::new();
        }
        answer(visibility::guests_who_know(&self.db, people).await).unwrap_or_default()
    }

    /// Whether an audience contains connections of guests.
    fn has_guests(&self, audience: impl Fn(BroadcastOperators) -> BroadcastOperators) -> bool {
        self.broadcasts.are_any(|chat| chat.to(audiences::GUESTS))
            && self.broadcasts.are_any(|chat| audience(chat).except(audiences::MEMBERS))
    }
}

/// These people, and the online ones among them.
fn introductions(people: Vec<Person>, presence: &Presence) -> Vec<ServerEvent> {
    let known: HashSet<PersonId> = people.iter().map(|person| person.id).collect();
    let online = presence.online().into_iter().filter(|online| known.contains(&online.person)).collect();
    let mut events: Vec<ServerEvent> = people.into_iter().map(ServerEvent::PersonChanged).collect();
    events.push(ServerEvent::PresenceChanged(PresenceChanged { people: online }));
    events
}

/// The result of a database query. If the query fails, guests receive less and never more; their next snapshot
/// has it.
fn answer<T>(found: Result<T, Error>) -> Option<T> {
    found.map_err(|error| tracing::debug!(refusal = %error.into_refusal(), "the query for guests failed")).ok()
}
