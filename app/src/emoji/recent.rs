//! The emoji that were used lately in this browser.

use crate::platform;

const KEY: &str = "emoji";

/// How many emoji are kept: three lines.
const KEPT: usize = 27;

/// Offered before the user has picked any.
const USUAL: [&str; 9] = ["👍", "❤️", "😂", "🎉", "🙏", "👀", "✅", "🚀", "😢"];

/// The most recent first.
pub fn recent() -> Vec<String> {
    after(&platform::kept(KEY), None)
}

/// Puts an emoji first.
pub fn note(emoji: &str) {
    platform::keep(KEY, &after(&platform::kept(KEY), Some(emoji)).join(" "));
}

fn after(kept: &str, used: Option<&str>) -> Vec<String> {
    let before = kept.split_whitespace().chain(USUAL);
    let mut recent: Vec<String> = Vec::new();
    for emoji in used.into_iter().chain(before) {
        if recent.len() < KEPT && !recent.iter().any(|known| known == emoji) {
            recent.push(emoji.to_owned());
        }
    }
    recent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_used_is_the_first_and_each_is_there_once() {
        assert_eq!(after("", None), USUAL);
        assert_eq!(after("🦉 👍", Some("👀"))[..4], ["👀", "🦉", "👍", "❤️"]);
        let many: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        assert_eq!(after(&many.join(" "), Some("🦉")).len(), KEPT);
    }
}
