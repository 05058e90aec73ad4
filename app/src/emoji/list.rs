//! The list of emoji. It is fetched once for the page, when it is first needed.

use crate::platform;
use common::emoji::{Emoji, Group, LIST};
use std::{cell::RefCell, sync::Arc};

pub type Groups = Arc<Vec<Group>>;

thread_local! {
    static FETCHED: RefCell<Option<Groups>> = const { RefCell::new(None) };
}

/// The list, unless it cannot be fetched.
pub async fn groups() -> Option<Groups> {
    if let Some(known) = FETCHED.with_borrow(Clone::clone) {
        return Some(known);
    }
    let fetched: Groups = Arc::new(platform::fetch(LIST).await?);
    FETCHED.set(Some(fetched.clone()));
    Some(fetched)
}

/// The emoji whose names match, up to a limit, the best first.
pub fn found(groups: &[Group], sought: &str, most: usize) -> Vec<Arc<Emoji>> {
    let name = platform::lowercase(sought.trim());
    let code = name.replace(' ', "_");
    let mut by_rank: [Vec<Arc<Emoji>>; 4] = Default::default();
    for emoji in groups.iter().flat_map(|group| &group.emoji) {
        if let Some(rank) = rank(emoji, &name, &code) {
            by_rank[rank].push(emoji.clone());
        }
    }
    by_rank.into_iter().flatten().take(most).collect()
}

/// How well an emoji fits: 0 is called so, 1 begins so, 2 has a word that does, 3 has it somewhere.
fn rank(emoji: &Emoji, name: &str, code: &str) -> Option<usize> {
    let is_word = |text: &str, separator: char, word: &str| text.split(separator).any(|one| one.starts_with(word));
    let codes = || emoji.codes.iter();
    match () {
        () if emoji.emoji == name || codes().any(|one| one == code) => Some(0),
        () if codes().any(|one| one.starts_with(code)) || emoji.name.starts_with(name) => Some(1),
        () if is_word(&emoji.name, ' ', name) || codes().any(|one| is_word(one, '_', code)) => Some(2),
        () => (emoji.name.contains(name) || codes().any(|one| one.contains(code))).then_some(3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(emoji: &[(&str, &str, &str)]) -> Group {
        let emoji = emoji.iter().map(|(emoji, name, codes)| Emoji {
            emoji: (*emoji).into(),
            name: (*name).into(),
            codes: codes.split_whitespace().map(str::to_owned).collect(),
        });
        Group { name: "All".into(), emoji: emoji.map(Arc::new).collect() }
    }

    #[test]
    fn emoji_that_are_called_so_come_first_then_those_that_begin_so() {
        let groups = [group(&[
            ("💔", "broken heart", "broken_heart"),
            ("😍", "smiling face with heart-eyes", "heart_eyes"),
            ("❤️", "red heart", "heart"),
            ("👍", "thumbs up", "+1 thumbsup"),
        ])];
        let found = |sought: &str| -> Vec<String> {
            found(&groups, sought, 3).into_iter().map(|emoji| emoji.emoji.clone()).collect()
        };
        assert_eq!(found("heart"), ["❤️", "😍", "💔"]);
        assert_eq!(found("Thumbs Up"), ["👍"]);
        assert_eq!(found("+1"), ["👍"]);
        assert_eq!(found("broken h"), ["💔"]);
        assert_eq!(found("👍"), ["👍"]);
        assert!(found("zebra").is_empty());
    }
}
