//! The names that complete what is being written: `@people`, `#rooms` and `:emoji:`.

use crate::{
    client::use_chat,
    emoji::{Groups, found, groups},
    platform,
    state::{ChatState, Conversation},
    ui::{avatar_of, effect, handle, keyed_list, text},
};
use common::{PersonId, RoomId, emoji::Emoji, rooms::RoomKind};
use leptos::{ev, html, prelude::*, task::spawn_local};

/// The most names that are offered.
const OFFERED: usize = 8;

/// The letters of an emoji's name before any is offered: `:)` and `:D` are left alone.
const LETTERS_OF_EMOJI: usize = 2;

/// The beginning of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sought {
    /// `@`, `#` or `:`
    mark: char,
    /// Where the mark stands, in bytes.
    start: usize,
    name: String,
}

/// What the text before the caret ends with, if that may become a name.
fn sought(before: &str) -> Option<Sought> {
    let start = before.rfind(['@', '#', ':'])?;
    let mark = before[start..].chars().next()?;
    let name = &before[start + 1..];
    let begins = before[..start].chars().next_back().is_none_or(|c| !is_of_name(c) && c != mark && c != '/');
    let is_name = match mark {
        ':' => name.len() >= LETTERS_OF_EMOJI && name.chars().all(|c| is_of_name(c) || c == '+'),
        _ => name.chars().all(is_of_name),
    };
    (begins && is_name).then(|| Sought { mark, start, name: name.to_owned() })
}

/// Letters of all scripts, without the tables that tell them: 3 kB of WASM.
fn is_of_name(c: char) -> bool {
    !c.is_whitespace() && (!c.is_ascii_punctuation() || ".-_".contains(c))
}

/// A name that is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What is written for it.
    text: String,
    label: String,
    detail: String,
    person: Option<PersonId>,
    emoji: Option<String>,
}

/// The names that fit, the best first: those that begin with what is sought, members of the room
/// before others.
fn offers(state: &ChatState, room: RoomId, emoji: Option<&Groups>, sought: &Sought) -> Vec<Offer> {
    if sought.mark == ':' {
        return emoji.map(|groups| emoji_offers(groups, &sought.name)).unwrap_or_default();
    }
    let wanted = platform::lowercase(&sought.name);
    let mut found = Vec::new();
    match sought.mark {
        '@' => {
            if "room".starts_with(&wanted) {
                let (text, label) = ("@room".to_owned(), "@room".to_owned());
                found.push((
                    (2, String::new()),
                    Offer { text, label, detail: "everyone here".into(), person: None, emoji: None },
                ));
            }
            let members = state.rooms.get(&room).map(|room| room.members.clone()).unwrap_or_default();
            for person in state.people.values().filter(|person| person.id != state.me) {
                let name = platform::lowercase(&person.name);
                let Some(rank) = rank(&wanted, &[&person.handle, &name]) else { continue };
                let rank = rank * 2 + usize::from(!members.contains(&person.id));
                let text = format!("@{}", person.handle);
                let (detail, label) = (text.clone(), person.name.clone());
                let offer = Offer { text, label, detail, person: Some(person.id), emoji: None };
                found.push(((rank, name), offer));
            }
        }
        _ => {
            for room in state.rooms.values().filter(|room| room.summary.kind == RoomKind::Public) {
                let name = platform::lowercase(&room.summary.name);
                let Some(rank) = rank(&wanted, &[&name]) else { continue };
                let text = format!("#{}", room.summary.name);
                let (label, detail) = (text.clone(), room.summary.topic.clone());
                found.push(((rank, name), Offer { text, label, detail, person: None, emoji: None }));
            }
        }
    }
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    found.into_iter().map(|(_, offer)| offer).take(OFFERED).collect()
}

fn emoji_offers(groups: &Groups, name: &str) -> Vec<Offer> {
    let offer = |emoji: &Emoji| Offer {
        text: emoji.emoji.clone(),
        label: emoji.codes.first().map_or_else(|| emoji.name.clone(), |code| format!(":{code}:")),
        detail: emoji.name.clone(),
        person: None,
        emoji: Some(emoji.emoji.clone()),
    };
    found(groups, name, OFFERED).iter().map(|emoji| offer(emoji)).collect()
}

/// How well names fit: 0 begins with it, 1 has a word that does, 2 has it somewhere.
pub fn rank(wanted: &str, names: &[&str]) -> Option<usize> {
    let of_one = |name: &&str| {
        let begins_a_word = || name.split_whitespace().any(|word| word.starts_with(wanted));
        match () {
            () if name.starts_with(wanted) => Some(0),
            () if begins_a_word() => Some(1),
            () => name.contains(wanted).then_some(2),
        }
    };
    names.iter().filter_map(of_one).min()
}

/// The field whose text is completed.
#[derive(Clone, Copy)]
pub struct Completed {
    pub conversation: Conversation,
    pub text: RwSignal<String>,
    pub element: NodeRef<html::Textarea>,
}

/// The names that fit, in a list of their own above the field, which keeps the focus and gets the keys
/// that are not for the list.
#[component]
pub fn Completions(field: Completed) -> impl IntoView {
    let chat = use_chat();
    let (room, list) = (field.conversation.room, field.list());
    let sought = RwSignal::new(field.sought());
    let emoji = RwSignal::new(None::<Groups>);
    fetch_when_sought(sought, emoji);
    let offers = Memo::new(move |_| {
        let (sought, emoji) = (sought.get(), emoji.get());
        sought.map(|sought| chat.with(|state| offers(state, room, emoji.as_ref(), &sought))).unwrap_or_default()
    });
    let chosen = RwSignal::new(0);
    effect(move || {
        field.text.track();
        let now = field.sought();
        if now != sought.get_untracked() {
            sought.set(now);
            chosen.set(0);
        }
    });
    effect(move || {
        let active = if offers.with(Vec::is_empty) { String::new() } else { format!("{list}-{}", chosen.get()) };
        field.describe("aria-activedescendant", &active);
    });
    let take = move |place: usize| {
        if let Some(offer) = offers.with_untracked(|offers| offers.get(place).cloned()) {
            write_out(field, sought, &offer);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = offers.with_untracked(Vec::len);
        if count == 0 || event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|chosen| *chosen = (*chosen + 1) % count),
            "ArrowUp" => chosen.update(|chosen| *chosen = (*chosen + count - 1) % count),
            "Enter" | "Tab" => take(chosen.get_untracked()),
            "Escape" => sought.set(None),
            _ => return,
        }
        event.prevent_default();
    };
    if let Some(textarea) = field.element.get_untracked() {
        let on_key = platform::listen(&textarea, "keydown", on_key);
        let on_blur = platform::listen(&textarea, "blur", move |_: ev::FocusEvent| sought.set(None));
        on_cleanup(move || {
            let _end_here = (on_key, on_blur);
        });
    }
    let offered = move || offers.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <ul id=list class="completions" role="listbox" aria-label="Names" hidden=text(move || offers.with(Vec::is_empty))>
            {keyed_list(offered, |(place, offer)| format!("{place} {}", offer.text), move |(place, offer)| view! {
                <li id=format!("{list}-{place}") role="option" aria-selected=text(move || (chosen.get() == place).to_string())
                    on:mousedown=handle(move |event: ev::MouseEvent| { event.prevent_default(); take(place); })>
                    {offer.emoji.map(|emoji| view! { <span class="completion-emoji">{emoji}</span> })}
                    {offer.person.map(|id| avatar_of(chat.peek(|state| state.person(id)).as_deref()))}
                    <span class="completion-label">{offer.label}</span>
                    <span class="completion-detail">{offer.detail}</span>
                </li>
            })}
        </ul>
    }
}

/// The list of emoji comes with the first of them that is sought.
fn fetch_when_sought(sought: RwSignal<Option<Sought>>, emoji: RwSignal<Option<Groups>>) {
    effect(move || {
        let is_sought = sought.with(|sought| sought.as_ref().is_some_and(|sought| sought.mark == ':'));
        if is_sought && emoji.with_untracked(Option::is_none) {
            spawn_local(async move {
                if let Some(groups) = groups().await {
                    emoji.try_set(Some(groups));
                }
            });
        }
    });
}

impl Completed {
    /// The list's id, and the beginning of those of its names: a thread's composer may stand beside the room's.
    fn list(self) -> &'static str {
        if self.conversation.thread.is_some() { "completions-of-thread" } else { "completions" }
    }

    /// Puts something where the caret is, and goes on behind it.
    pub fn write_at_caret(self, written: &str) {
        let Some(textarea) = self.element.get_untracked() else { return };
        let text = textarea.value();
        let caret = textarea.selection_end().ok().flatten().unwrap_or(u32::MAX);
        let before = utf16_prefix(&text, caret);
        let after = text[before.len()..].to_owned();
        self.replace(before + written, &after);
    }

    /// The caret goes between the two.
    fn replace(self, head: String, after: &str) {
        let Some(textarea) = self.element.get_untracked() else { return };
        let caret = u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX);
        let text = head + after;
        textarea.set_value(&text);
        if textarea.focus().is_err() || textarea.set_selection_range(caret, caret).is_err() {
            leptos::logging::warn!("the caret could not be moved");
        }
        platform::keep_draft(self.conversation, &text);
        self.text.set(text);
    }

    /// The name that the caret stands behind.
    fn sought(self) -> Option<Sought> {
        let textarea = self.element.get_untracked()?;
        sought(&utf16_prefix(&textarea.value(), textarea.selection_end().ok()??))
    }

    fn describe(self, attribute: &str, value: &str) {
        if let Some(textarea) = self.element.get_untracked()
            && textarea.set_attribute(attribute, value).is_err()
        {
            leptos::logging::warn!("the composer could not be described");
        }
    }
}

/// Puts a name into the text, where its beginning is.
fn write_out(field: Completed, sought: RwSignal<Option<Sought>>, offer: &Offer) {
    let (Some(begun), Some(textarea)) = (sought.get_untracked(), field.element.get_untracked()) else { return };
    let written = textarea.value();
    let (before, after) = (&written[..begun.start], &written[begun.start + 1 + begun.name.len()..]);
    field.replace(format!("{before}{} ", offer.text), after.trim_start_matches(' '));
}

/// The first UTF-16 units of a text, which is how browsers count.
fn utf16_prefix(text: &str, units: u32) -> String {
    let mut left = units as usize;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    text.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_with_what_is_sought_come_first() {
        assert_eq!(rank("gr", &["grace", "grace hopper"]), Some(0));
        assert_eq!(rank("ho", &["grace", "grace hopper"]), Some(1));
        assert_eq!(rank("pp", &["grace", "grace hopper"]), Some(2));
        assert_eq!(rank("x", &["grace", "grace hopper"]), None);
    }

    fn name_sought(before: &str) -> Option<(char, usize, String)> {
        sought(before).map(|Sought { mark, start, name }| (mark, start, name))
    }

    #[test]
    fn a_name_is_sought_from_its_mark_to_the_caret() {
        assert_eq!(name_sought("Hello @gr"), Some(('@', 6, "gr".into())));
        assert_eq!(name_sought("é @"), Some(('@', 3, String::new())));
        assert_eq!(name_sought("(#gen"), Some(('#', 1, "gen".into())));
        assert_eq!(name_sought("Yes :+1"), Some((':', 4, "+1".into())));
        for text in ["", "ada@example", "@ada ", "https://a.b/#x", "C##", "at 10:30", ":)", ":D", ":wave:", "https://a"]
        {
            assert_eq!(name_sought(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_caret_is_counted_in_utf16_units() {
        assert_eq!(utf16_prefix("a🧮b", 3), "a🧮");
        assert_eq!(utf16_prefix("a🧮b", 99), "a🧮b");
    }
}
