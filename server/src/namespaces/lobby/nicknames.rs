//! Unique nicknames for connections: a colour and an animal. The number of names limits the connections.

use common::lobby::Nickname;
use std::{
    ops::Deref,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The index of a colour is its hue's index in the avatars' palette.
const COLOURS: [&str; 12] =
    ["Coral", "Amber", "Golden", "Olive", "Green", "Jade", "Teal", "Azure", "Blue", "Violet", "Purple", "Pink"];

const ANIMALS: [&str; 25] = [
    "badger", "beaver", "bison", "crane", "dolphin", "falcon", "ferret", "finch", "fox", "gecko", "hare", "heron",
    "ibex", "koala", "lemur", "lynx", "marten", "newt", "otter", "owl", "panda", "puffin", "raven", "seal", "wombat",
];

/// Maximum number of connections in the lobby.
const COUNT: usize = COLOURS.len() * ANIMALS.len();

/// The step to the next name changes both colour and animal. It shares no divisor with their number, so every
/// name gets its turn.
const STEP: usize = 89;

#[derive(Clone)]
pub(super) struct Nicknames(Arc<Mutex<Register>>);

struct Register {
    taken: [bool; COUNT],
    next: usize,
}

impl Default for Nicknames {
    fn default() -> Self {
        let next = rand::random_range(0..COUNT);
        Self(Arc::new(Mutex::new(Register { taken: [false; COUNT], next })))
    }
}

impl Nicknames {
    /// A free name; `None` when none is left.
    pub(super) fn take(&self) -> Option<NicknameLease> {
        let mut register = self.register();
        let from = register.next;
        let number = (0..COUNT).map(|turn| (from + turn * STEP) % COUNT).find(|number| !register.taken[*number])?;
        register.taken[number] = true;
        register.next = (number + STEP) % COUNT;
        drop(register);
        Some(NicknameLease { nickname: nickname(number), number, of: self.clone() })
    }

    fn register(&self) -> MutexGuard<'_, Register> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A nickname in use. Dropping this value frees it.
pub(super) struct NicknameLease {
    nickname: Nickname,
    number: usize,
    of: Nicknames,
}

impl Deref for NicknameLease {
    type Target = Nickname;

    fn deref(&self) -> &Nickname {
        &self.nickname
    }
}

impl Drop for NicknameLease {
    fn drop(&mut self) {
        self.of.register().taken[self.number] = false;
    }
}

fn nickname(number: usize) -> Nickname {
    let (colour, animal) = (number % COLOURS.len(), number / COLOURS.len());
    let hue = u8::try_from(colour).unwrap_or_default();
    Nickname { name: format!("{} {}", COLOURS[colour], ANIMALS[animal]), hue }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::limits;
    use std::collections::HashSet;

    #[test]
    fn all_nicknames_are_different_until_none_is_left() {
        let nicknames = Nicknames::default();
        let all: Vec<_> = std::iter::from_fn(|| nicknames.take()).collect();
        let different: HashSet<_> = all.iter().map(|taken| taken.name.clone()).collect();
        assert_eq!((all.len(), different.len()), (COUNT, COUNT));
    }

    #[test]
    fn a_nickname_is_free_again_after_its_connection_closes() {
        let nicknames = Nicknames::default();
        let mut all: Vec<_> = std::iter::from_fn(|| nicknames.take()).collect();
        let name = all.pop().map(|taken| taken.name.clone());
        assert_eq!(nicknames.take().map(|taken| taken.name.clone()), name);
    }

    #[test]
    fn consecutive_nicknames_have_different_colours() {
        let nicknames = Nicknames::default();
        let together: Vec<_> = (0..COLOURS.len()).filter_map(|_| nicknames.take()).collect();
        let hues: HashSet<_> = together.iter().map(|taken| taken.hue).collect();
        assert_eq!(hues.len(), COLOURS.len());
        assert!(hues.iter().all(|hue| *hue < limits::HUES));
    }
}
