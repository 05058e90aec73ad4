//! What is told to guests apart from members: only of people whom they know of, and of somebody new before
//! that person's first event.

use super::{Broadcasts, CHAT, audience};
use crate::{
    accounts::{self, company},
    db::Db,
    error::Error,
    presence::Presence,
};
use common::{
    PersonId, RoomId, ServerEvent,
    people::Person,
    presence::{Presence as Online, PresenceChanged},
};
use socketioxide::operators::BroadcastOperators;
use std::collections::{HashMap, HashSet};

impl Broadcasts {
    /// Tells a guest of those who are in a room, or have been, before they are given the room itself.
    pub(super) async fn introduce_room(&self, db: &Db, presence: &Presence, guest: PersonId, room: RoomId) {
        let devices = |chat: BroadcastOperators| chat.to(audience::person(guest));
        if self.has_guests(devices)
            && let Some(company) = told(company::in_room(db, room).await)
        {
            self.tell(devices, introductions(company, presence)).await;
        }
    }

    /// Tells a room's guests of somebody who comes into it: they may not know of them yet.
    pub(super) async fn introduce(&self, db: &Db, presence: &Presence, person: PersonId, room: RoomId) {
        let guests = |chat: BroadcastOperators| chat.to(audience::room(room)).except(audience::MEMBERS);
        if self.has_guests(guests)
            && let Some(person) = told(accounts::store::person(db, person).await)
        {
            self.tell(guests, introductions(vec![person], presence)).await;
        }
    }

    /// Tells guests who of those they know of comes and goes.
    pub(super) async fn tell_guests_of_presence(&self, db: &Db, people: &[Online]) {
        let ids: Vec<PersonId> = people.iter().map(|online| online.person).collect();
        for (guest, known) in self.guests_who_know(db, &ids).await {
            let people = people.iter().filter(|online| known.contains(&online.person)).cloned().collect();
            let changed = ServerEvent::PresenceChanged(PresenceChanged { people });
            self.send(|chat| chat.to(audience::person(guest)), changed).await;
        }
    }

    /// The guests who know of some of these people, and of whom each; nobody is looked for while no guest is
    /// connected.
    pub(super) async fn guests_who_know(&self, db: &Db, people: &[PersonId]) -> HashMap<PersonId, Vec<PersonId>> {
        if !self.has_guests(|chat| chat.to(audience::GUESTS)) {
            return HashMap::new();
        }
        told(company::guests_who_know(db, people).await).unwrap_or_default()
    }

    /// Whether there are connections of guests in an audience.
    fn has_guests(&self, audience: impl Fn(BroadcastOperators) -> BroadcastOperators) -> bool {
        let is_any = |sockets: BroadcastOperators| !sockets.sockets().is_empty();
        self.io.of(CHAT).is_some_and(|chat| is_any(chat.to(audience::GUESTS)))
            && self.io.of(CHAT).is_some_and(|chat| is_any(audience(chat).except(audience::MEMBERS)))
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
fn told<T>(found: Result<T, Error>) -> Option<T> {
    found.map_err(|error| tracing::debug!(refusal = %error.into_refusal(), "guests could not be told")).ok()
}
