//! The refusal log ("door log" in the interface): the latest refused connections and events, in memory.
//! Repeated refusals share an entry with a count, so a flood does not displace other entries.
//!
//! Besides refusals of middleware it contains refused sign-ins, requests from pages of other sites, and
//! handlers' refusals about rights.

use super::remedies;
use common::{Code, ConnectionId, Millis, PersonId, Refusal, refusal_log::RefusalKey};
use std::{
    collections::VecDeque,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};
use store::{clock, programs::ProgramIdentity};

/// Capacity of the log.
const KEPT: usize = 1_000;

/// Maximum number of characters of a namespace or path.
const NAMESPACE_CHARS: usize = 40;

/// Number of the newest entries in which the log looks for the same refusal.
const LATELY: usize = 50;

/// The log; cheap to clone.
#[derive(Clone, Default)]
pub struct RefusalLog {
    entries: Arc<Mutex<Entries>>,
}

#[derive(Default)]
struct Entries {
    kept: VecDeque<Entry>,
    /// The number of all entries since the start.
    written: u64,
    /// The number of all refusals since the start, repeated ones included.
    refused: u64,
}

/// One refusal, perhaps repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub number: u64,
    pub at: Millis,
    pub namespace: String,
    pub middleware: &'static str,
    pub refusal: Refusal,
    pub event: Option<String>,
    pub address: IpAddr,
    pub connection: Option<ConnectionId>,
    pub person: Option<PersonId>,
    pub program: Option<Arc<ProgramIdentity>>,
    pub times: u32,
}

impl Entry {
    /// The remedy.
    pub fn remedy(&self) -> &'static str {
        remedies::of(self.refusal.code)
    }

    fn is_like(&self, other: &Entry) -> bool {
        self.sameness() == other.sameness()
    }

    fn sameness(&self) -> RefusalKey<'_, IpAddr> {
        RefusalKey {
            middleware: self.middleware,
            code: self.refusal.code,
            address: self.address,
            connection: self.connection,
            person: self.person,
            program: self.program.as_ref().map(|program| program.name.as_str()),
            namespace: Some(&self.namespace),
            event: self.event.as_deref(),
        }
        .without_what_differs()
    }
}

/// The origin of a refused request or event.
#[derive(Clone, Debug)]
pub struct Source {
    /// The namespace, or the path of a request.
    pub namespace: String,
    pub address: IpAddr,
    pub connection: Option<ConnectionId>,
    pub person: Option<PersonId>,
    pub program: Option<Arc<ProgramIdentity>>,
}

impl Source {
    /// A request for a page, a form or a file.
    pub fn request(path: &str, address: IpAddr) -> Self {
        Self { namespace: path.to_owned(), address, connection: None, person: None, program: None }
    }
}

impl RefusalLog {
    /// Logs a refusal by a middleware link, of an event, a connection or a request.
    pub fn write(&self, source: Source, middleware: &'static str, event: Option<&str>, refusal: &Refusal) {
        self.keep(entry(source, middleware, event, refusal));
    }

    fn keep(&self, mut entry: Entry) {
        let mut entries = self.lock();
        entries.refused += 1;
        let same = entries.kept.iter().rev().take(LATELY).position(|kept| kept.is_like(&entry));
        if let Some(place) = same
            && let Some(before) = entries.kept.len().checked_sub(place + 1).and_then(|place| entries.kept.remove(place))
        {
            entry.times = before.times.saturating_add(1);
        }
        entries.written += 1;
        entry.number = entries.written;
        if entries.kept.len() == KEPT {
            entries.kept.pop_front();
        }
        entries.kept.push_back(entry);
    }

    /// The entries before a number, newest first.
    pub fn before(&self, number: Option<u64>) -> Vec<Entry> {
        let entries = self.lock();
        let is_before = |entry: &&Entry| number.is_none_or(|number| entry.number < number);
        entries.kept.iter().rev().filter(is_before).cloned().collect()
    }

    /// The newest entries after a number, up to a maximum; the last entry's number, and the count of all
    /// refusals.
    pub fn after(&self, number: u64, most: usize) -> (Vec<Entry>, u64, u64) {
        let entries = self.lock();
        let new = entries.kept.iter().rev().take_while(|entry| entry.number > number).take(most);
        (new.cloned().collect(), entries.written, entries.refused)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn entry(source: Source, middleware: &'static str, event: Option<&str>, refusal: &Refusal) -> Entry {
    let Source { namespace, address, connection, person, program } = source;
    Entry {
        number: 0,
        at: clock::now(),
        namespace: namespace.chars().take(NAMESPACE_CHARS).collect(),
        middleware,
        refusal: without_numbers(refusal),
        event: event.map(str::to_owned),
        address,
        connection,
        person,
        program,
        times: 1,
    }
}

/// The time of the next attempt is useless later.
fn without_numbers(refusal: &Refusal) -> Refusal {
    if refusal.code == Code::TooFast { Code::TooFast.into() } else { refusal.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: Code, last: u8) -> Entry {
        entry(Source::request("/chat", IpAddr::from([203, 0, 113, last])), "session", None, &code.into())
    }

    #[test]
    fn repeated_refusals_are_one_entry_with_a_count() {
        let log = RefusalLog::default();
        log.keep(refused(Code::WrongOrigin, 1));
        for _ in 0..5_000 {
            log.keep(refused(Code::NotSignedIn, 2));
        }
        let entries = log.before(None);
        assert_eq!(entries.len(), 2);
        assert_eq!((entries[0].times, entries[0].refusal.code), (5_000, Code::NotSignedIn));
    }

    #[test]
    fn a_flood_of_unknown_names_is_one_entry_with_the_latest_name() {
        let log = RefusalLog::default();
        for number in 0..2_000_u16 {
            log.keep(Entry { event: Some(format!("no:such{number}")), ..refused(Code::UnknownCommand, 1) });
            log.keep(Entry { namespace: format!("/nowhere/{number}"), ..refused(Code::UnknownNamespace, 1) });
        }
        let entries = log.before(None);
        assert_eq!(entries.len(), 2);
        assert_eq!((entries[0].namespace.as_str(), entries[0].times), ("/nowhere/1999", 2_000));
        assert_eq!(entries[1].event.as_deref(), Some("no:such1999"));
    }

    #[test]
    fn repeated_visitors_without_a_session_are_one_entry() {
        let log = RefusalLog::default();
        let event = Some("chat message".to_owned());
        for _ in 0..1_000 {
            let connection = Some(ConnectionId::new());
            log.keep(Entry { connection, event: event.clone(), ..refused(Code::TooFast, 1) });
        }
        let ada = Some(PersonId::new());
        for _ in 0..2 {
            let connection = Some(ConnectionId::new());
            log.keep(Entry { connection, person: ada, event: event.clone(), ..refused(Code::TooFast, 1) });
        }
        assert_eq!(log.before(None).iter().map(|entry| entry.times).collect::<Vec<_>>(), [1, 1, 1_000]);
    }

    #[test]
    fn only_the_latest_entries_are_kept() {
        let log = RefusalLog::default();
        for number in 0..3_000_u16 {
            log.keep(Entry { event: Some(number.to_string()), ..refused(Code::NotSignedIn, 1) });
        }
        assert_eq!(log.before(None).len(), KEPT);
        assert_eq!(log.before(Some(2_999))[0].event.as_deref(), Some("2997"));
        let (new, last, refused) = log.after(2_998, 10);
        assert_eq!((new.len(), last, refused), (2, 3_000, 3_000));
    }
}
