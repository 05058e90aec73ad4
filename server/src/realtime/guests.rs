//! What guests are told apart from members: only of people whom they know of, and of a new person before
//! that person's first event.

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
    /// Tells a guest of those who are in a room, or have been, before they are given the room itself.
    pub(super) async fn introduce_room(&self, guest: PersonId, room: RoomId) {
        let devices = |chat: BroadcastOperators| chat.to(audiences::person(guest));
        if self.has_guests(devices)
            && let Some(company) = answer(visibility::in_room(&self.db, room).await)
        {
            self.broadcasts.publish_all(devices, introductions(company, &self.presence)).await;
        }
    }

    /// Tells a room's guests of somebody who comes into it: they may not know of them yet.
    pub(super) async fn introduce(&self, person: PersonId, room: RoomId) {
        let guests = |chat: BroadcastOperators| chat.to(audiences::room(room)).except(audiences::MEMBERS);
        if self.has_guests(guests)
            && let Some(person) = answer(people::verbs::person(&self.db, person).await)
        {
            self.broadcasts.publish_all(guests, introductions(vec![person], &self.presence)).await;
        }
    }

    /// Tells guests who of those they know of comes and goes.
    pub(super) async fn tell_guests_of_presence(&self, people: &[Online]) {
        let ids: Vec<PersonId> = people.iter().map(|online| online.person).collect();
        for (guest, known) in self.guests_who_know(&ids).await {
            let people = people.iter().filter(|online| known.contains(&online.person)).cloned().collect();
            let changed = ServerEvent::PresenceChanged(PresenceChanged { people });
            self.broadcasts.publish(|chat| chat.to(audiences::person(guest)), changed).await;
        }
    }

    /// The guests who know of some of these people, and of whom each; nobody is looked for while no guest is
    /// connected.
    pub(super) async fn guests_who_know(&self, people: &[PersonId]) -> HashMap<PersonId, Vec<PersonId>> {
        if !self.has_guests(|chat| chat.to(audiences::GUESTS)) {
            return HashMap::new();
        }
        answer(visibility::guests_who_know(&self.db, people).await).unwrap_or_default()
    }

    /// Whether there are connections of guests in an audience.
    fn has_guests(&self, audience: impl Fn(BroadcastOperators) -> BroadcastOperators) -> bool {
        self.broadcasts.are_any(|chat| chat.to(audiences::GUESTS))
            && self.broadcasts.are_any(|chat| audience(chat).except(audiences::MEMBERS))
    }
}

/// These people, and who of them is online.
fn introductions(people: Vec<Person>, presence: &Presence) -> Vec<ServerEvent> {
    let known: HashSet<PersonId> = people.iter().map(|person| person.id).collect();
    let online = presence.online().into_iter().filter(|online| known.contains(&online.person)).collect();
    let mut events: Vec<ServerEvent> = people.into_iter().map(ServerEvent::PersonChanged).collect();
    events.push(ServerEvent::PresenceChanged(PresenceChanged { people: online }));
    events
}

/// What the database has to tell. Where it does not answer, guests are told less for now and never more; their
/// next snapshot has it.
fn answer<T>(found: Result<T, Error>) -> Option<T> {
    found.map_err(|error| tracing::debug!(refusal = %error.into_refusal(), "guests could not be told")).ok()
}
