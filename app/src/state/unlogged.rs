//! What was last said, on the connection that there is now, of things that are in no log. A snapshot may have been
//! written before something was said that is here already: what was heard holds, and what the snapshot knows
//! better is still on its way.

use common::{ServerEvent, presence::PresenceChanged};
use litemap::LiteMap;
use uuid::Uuid;

/// The last event of each kind and thing.
#[derive(Clone, Debug, Default)]
pub struct Unlogged(LiteMap<(u8, Uuid), ServerEvent>);

/// It is how the state came to be, and no part of it.
impl PartialEq for Unlogged {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Unlogged {
    /// Takes note of what replaces what a snapshot says.
    pub fn note(&mut self, event: &ServerEvent) {
        let key = match event {
            ServerEvent::PersonChanged(person) => (0, person.id.0),
            ServerEvent::SavedAdded(moved) | ServerEvent::SavedRemoved(moved) => (1, moved.message.0),
            ServerEvent::PersonBlocked(blocked) => (2, blocked.person.0),
            ServerEvent::QuietChanged(_) => (3, Uuid::nil()),
            ServerEvent::PresenceChanged(changed) => {
                for one in &changed.people {
                    let event = ServerEvent::PresenceChanged(PresenceChanged { people: vec![*one] });
                    self.0.insert((4, one.person.0), event);
                }
                return;
            }
            _ => return,
        };
        self.0.insert(key, event.clone());
    }

    /// All of it, to be heard once more.
    pub fn events(&self) -> Vec<ServerEvent> {
        self.0.iter().map(|(_, event)| event.clone()).collect()
    }
}
