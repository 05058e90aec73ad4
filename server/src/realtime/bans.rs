//! Bans of people and addresses. They are few and every admission checks them, so they are in memory.

use common::{Millis, PersonId, bans::AddressRange};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, PoisonError, RwLock},
};
use store::{bans, clock, db::Db, error::Error};

/// The active bans; cheap to clone.
#[derive(Clone, Default)]
pub struct Bans {
    held: Arc<RwLock<ActiveBans>>,
    /// Serializes reloads, so that an older result cannot replace a newer one.
    reading: Arc<tokio::sync::Mutex<()>>,
}

/// The end of each ban; permanent bans end at the maximum time.
#[derive(Default)]
struct ActiveBans {
    people: HashMap<PersonId, Millis>,
    addresses: Vec<(AddressRange, Millis)>,
}

impl Bans {
    /// Loads the bans from the database.
    ///
    /// # Errors
    /// When the database query fails.
    pub async fn load(db: &Db) -> Result<Self, Error> {
        let bans = Self::default();
        bans.reload(db).await?;
        Ok(bans)
    }

    pub async fn reload(&self, db: &Db) -> Result<(), Error> {
        let _reading = self.reading.lock().await;
        let mut held = ActiveBans::default();
        for (person, address, until) in bans::held(db).await? {
            let until = until.unwrap_or(Millis::MAX);
            if let Some(person) = person {
                let longest = held.people.entry(person).or_insert(until);
                *longest = until.max(*longest);
            }
            held.addresses.extend(address.and_then(|address| Some((AddressRange::read(&address).ok()?, until))));
        }
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
        Ok(())
    }

    pub fn has_person(&self, person: PersonId) -> bool {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.people.get(&person).is_some_and(|until| *until > clock::now())
    }

    pub fn has_address(&self, address: IpAddr) -> bool {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let mut ranges = held.addresses.iter();
        ranges.any(|(range, until)| range.contains(address) && *until > clock::now())
    }
}
