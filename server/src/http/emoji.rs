//! Emoji: the known ones, and the list for the client's picker.

use axum::{
    Json,
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use common::emoji::{Emoji, Group, LIST};
use std::sync::{Arc, LazyLock};

/// The server accepts newer emoji but does not offer them: most devices cannot show them yet.
const OFFERED_UP_TO: emojis::UnicodeVersion = emojis::UnicodeVersion::new(15, 1);

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| emojis::Group::iter().map(group).collect());

/// `GET /api/emoji/{version}`: the list, cached for ever under its versioned address. A client with another
/// version gets the current list, which it may not cache.
pub async fn list(Path(version): Path<String>) -> Response {
    let is_this = LIST.rsplit('/').next() == Some(&version);
    let kept = if is_this { "public, max-age=31536000, immutable" } else { "no-store" };
    ([(header::CACHE_CONTROL, HeaderValue::from_static(kept))], Json(&*GROUPS)).into_response()
}

fn group(group: emojis::Group) -> Group {
    let offered = group.emojis().filter(|emoji| emoji.unicode_version() <= OFFERED_UP_TO);
    Group { name: name_of(group).into(), emoji: offered.map(emoji).collect() }
}

fn emoji(emoji: &emojis::Emoji) -> Arc<Emoji> {
    let codes = emoji.shortcodes().map(str::to_owned).collect();
    Arc::new(Emoji { emoji: emoji.as_str().into(), name: emoji.name().into(), codes })
}

fn name_of(group: emojis::Group) -> &'static str {
    match group {
        emojis::Group::SmileysAndEmotion => "Smileys",
        emojis::Group::PeopleAndBody => "People",
        emojis::Group::AnimalsAndNature => "Animals and nature",
        emojis::Group::FoodAndDrink => "Food and drink",
        emojis::Group::TravelAndPlaces => "Travel and places",
        emojis::Group::Activities => "Activities",
        emojis::Group::Objects => "Objects",
        emojis::Group::Symbols => "Symbols",
        emojis::Group::Flags => "Flags",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};
    use store::emoji::known;

    #[test]
    fn an_emoji_is_stored_in_one_normal_form() {
        assert_eq!(known("\u{2764}").unwrap(), known("\u{2764}\u{fe0f}").unwrap());
        for text in ["", "a", "ok", ":+1:", "👍👍", "👍 ", "<b>", "\u{200d}"] {
            assert!(known(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn every_offered_emoji_is_accepted() {
        for group in GROUPS.iter() {
            assert!(!group.emoji.is_empty(), "{}", group.name);
            for emoji in &group.emoji {
                assert_eq!(known(&emoji.emoji).unwrap(), emoji.emoji);
                for code in &emoji.codes {
                    assert_eq!(emojis::get_by_shortcode(code).map(emojis::Emoji::as_str), Some(&*emoji.emoji));
                }
            }
        }
    }

    #[test]
    fn the_address_of_the_list_is_its_content_hash() {
        let written = serde_json::to_vec(&*GROUPS).unwrap();
        let digest = Sha256::digest(written);
        let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(LIST, format!("/api/emoji/{hash}"), "the list has changed, so its address has to");
    }
}
