//! The relay: publishes the events of commits in the order of the log. It also publishes presence and read
//! positions, in batches.

use super::{
    audiences::{self, EventAudience},
    batches::{Batch, batches},
    broadcasts::Broadcasts,
    presence::Presence,
    receipts::Receipts,
};
use common::{PersonId, RoomId, ServerEvent, presence::PresenceChanged, rooms::RoomRemoved};
use socketioxide::operators::BroadcastOperators;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use store::{
    db::{Committed, Db, PendingEvent},
    read_receipts::{self, ReceiptBatch},
    rooms,
};

/// The pause after publishing presence, for each connection.
const PRESENCE_REST_PER_CONNECTION: Duration = Duration::from_micros(500);

/// The pause after publishing read positions.
const RECEIPTS_REST: Duration = Duration::from_millis(500);

/// The maximum number of commits in a batch.
const COMMITS_TOGETHER: usize = 64;

/// Publishing fills the queues of an audience; writing them takes this many times as long.
const WRITING_PER_PUBLISHING: u32 = 20;
const SHORTEST_REST: Duration = Duration::from_millis(2);
const LONGEST_REST: Duration = Duration::from_millis(20);

/// Observes every event that a commit publishes. It never waits.
pub type Observer = Arc<dyn Fn(&ServerEvent) + Send + Sync>;

/// Publishes the events of commits; cheap to clone.
#[derive(Clone)]
pub struct Relay {
    pub broadcasts: Broadcasts,
    pub db: Db,
    pub presence: Presence,
    pub observers: Vec<Observer>,
}

impl Relay {
    /// Publishes the events of commits in the order of the log, until the database is closed. After a large
    /// audience it batches the commits that arrive meanwhile. A connection writes all its waiting packets at
    /// once, and writing is the main cost.
    pub async fn run(self, mut committed: Committed) {
        let mut commits = Vec::new();
        while committed.recv_many(&mut commits, COMMITS_TOGETHER).await > 0 {
            // Acknowledgements go first: one step to answer, one to write. Publishing to a room of 1,000 blocks
            // this core for some milliseconds.
            for _ in 0..2 {
                tokio::task::yield_now().await;
            }
            let begun = Instant::now();
            self.publish(commits.drain(..).flatten().collect()).await;
            let rest = (begun.elapsed() * WRITING_PER_PUBLISHING).min(LONGEST_REST);
            if rest > SHORTEST_REST {
                tokio::time::sleep(rest).await;
            }
        }
    }

    async fn publish(&self, pending_events: Vec<PendingEvent>) {
        let (own, all): (Vec<PendingEvent>, Vec<PendingEvent>) =
            pending_events.into_iter().partition(|pending| pending.only.is_some());
        for PendingEvent { event, .. } in &all {
            self.observers.iter().for_each(|observe| observe(event));
        }
        for batch in batches(all.into_iter().map(|pending| pending.event)) {
            match batch {
                Batch::Members(room, events) => self.broadcasts.publish_all(to_room(room), events).await,
                Batch::Single(audience, event) => self.publish_to(audience, *event).await,
            }
        }
        // These come last: they name the place in the log up to which they count.
        for PendingEvent { event, only } in own {
            if let Some(person) = only {
                self.broadcasts.publish(to_person(person), event).await;
            }
        }
    }

    async fn publish_to(&self, audience: EventAudience, event: ServerEvent) {
        match audience {
            EventAudience::Members(room) => self.broadcasts.publish(to_room(room), event).await,
            EventAudience::Joining { room, person } => {
                self.let_in(person, room).await;
                self.introduce(person, room).await;
                self.broadcasts.publish(to_room(room), event).await;
            }
            EventAudience::Leaving { room, person } => {
                self.broadcasts.exit(person, room).await;
                let removed = ServerEvent::RoomRemoved(RoomRemoved { room });
                self.broadcasts.publish(to_person(person), removed).await;
                self.broadcasts.publish(to_room(room), event).await;
            }
            EventAudience::Acquaintances(person) => {
                let guests = self.guests_who_know(&[person]).await.into_keys();
                let to: Vec<String> = guests.chain([person]).map(audiences::person).collect();
                self.broadcasts.publish(|chat| chat.to(audiences::MEMBERS).to(to.clone()), event).await;
            }
            EventAudience::Selected => {
                tracing::error!(event = event.name(), "a commit published an event that has no audience of its own");
            }
        }
    }

    /// Adds a new member's devices to the room's audience, then sends them the current room. In this order a
    /// concurrent post reaches them live, in the summary, or both.
    async fn let_in(&self, person: PersonId, room: RoomId) {
        self.broadcasts.enter(person, room).await;
        self.introduce_room(person, room).await;
        match rooms::verbs::summary(&self.db, person, room).await {
            Ok(summary) => self.broadcasts.publish(to_person(person), ServerEvent::RoomAdded(summary)).await,
            // The member has left already, or the database is closed. The next snapshot has it.
            Err(error) => tracing::debug!(refusal = %error.into_refusal(), "a new member did not receive the room"),
        }
    }

    /// Publishes presence for as long as the server runs, to guests only of people they know. When many people
    /// connect, as after a restart, it batches more people and publishes less often. Otherwise a thousand
    /// arrivals would cost a million deliveries.
    pub async fn publish_presence(self) {
        loop {
            let people = self.presence.changed().await;
            self.tell_guests_of_presence(&people).await;
            let changed = ServerEvent::PresenceChanged(PresenceChanged { people });
            self.broadcasts.publish(|chat| chat.to(audiences::MEMBERS), changed).await;
            tokio::time::sleep(PRESENCE_REST_PER_CONNECTION * self.presence.connections()).await;
        }
    }

    /// Publishes read positions to the members of small rooms, in batches, for as long as the server runs.
    /// Members who hide their positions do not receive those of others.
    pub async fn publish_readers(self, receipts: Receipts) {
        loop {
            for (room, moved) in receipts.changed().await {
                match read_receipts::batch(&self.db, room, &moved).await {
                    Ok(Some(ReceiptBatch { moved, not_to })) => {
                        let not_to: Vec<String> = not_to.into_iter().map(audiences::person).collect();
                        let to = |chat: BroadcastOperators| chat.to(audiences::room(room)).except(not_to.clone());
                        self.broadcasts.publish(to, ServerEvent::ReadersMoved(moved)).await;
                    }
                    Ok(None) => {}
                    Err(error) => drop(error.into_refusal()),
                }
            }
            tokio::time::sleep(RECEIPTS_REST).await;
        }
    }
}

fn to_room(room: RoomId) -> impl Fn(BroadcastOperators) -> BroadcastOperators {
    move |chat| chat.to(audiences::room(room))
}

fn to_person(person: PersonId) -> impl Fn(BroadcastOperators) -> BroadcastOperators {
    move |chat| chat.to(audiences::person(person))
}
