//! The names that complete what is being written: `@people` and `#rooms`.

use crate::{
    chat::use_chat,
    platform,
    state::{ChatState, Talk},
    widgets::{avatar_of, follow, handle, live},
};
use common::{PersonId, RoomId, rooms::RoomKind};
use leptos::{ev, html, prelude::*};

/// So many names are offered at most.
const OFFERED: usize = 8;

/// The beginning of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sought {
    /// `@` or `#`
    mark: char,
    /// Where the mark stands, in bytes.
    start: usize,
    name: String,
}

/// What the text before the caret ends with, if that may become a name.
fn sought(before: &str) -> Option<Sought> {
    let start = before.rfind(['@', '#'])?;
    let mark = before[start..].chars().next()?;
    let name = &before[start + 1..];
    let begins = before[..start].chars().next_back().is_none_or(|c| !is_of_name(c) && c != mark && c != '/');
    (begins && name.chars().all(is_of_name)).then(|| Sought { mark, start, name: name.to_owned() })
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
}

/// The names that fit, the best first: those that begin with what is sought, members of the room
/// before others.
fn offers(state: &ChatState, room: RoomId, sought: &Sought) -> Vec<Offer> {
    let wanted = platform::lowercase(&sought.name);
    let mut found = Vec::new();
    match sought.mark {
        '@' => {
            if "room".starts_with(&wanted) {
                let (text, label) = ("@room".to_owned(), "@room".to_owned());
                found.push(((2, String::new()), Offer { text, label, detail: "everyone here".into(), person: None }));
            }
            let members = state.rooms.get(&room).map(|room| room.members.clone()).unwrap_or_default();
            for person in state.people.values().filter(|person| person.id != state.me) {
                let name = platform::lowercase(&person.name);
                let Some(rank) = rank(&wanted, &[&person.handle, &name]) else { continue };
                let rank = rank * 2 + usize::from(!members.contains(&person.id));
                let text = format!("@{}", person.handle);
                let offer = Offer { detail: text.clone(), text, label: person.name.clone(), person: Some(person.id) };
                found.push(((rank, name), offer));
            }
        }
        _ => {
            for room in state.rooms.values().filter(|room| room.summary.kind == RoomKind::Public) {
                let name = platform::lowercase(&room.summary.name);
                let Some(rank) = rank(&wanted, &[&name]) else { continue };
                let text = format!("#{}", room.summary.name);
                let (label, detail) = (text.clone(), room.summary.topic.clone());
                found.push(((rank, name), Offer { text, label, detail, person: None }));
            }
        }
    }
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    found.into_iter().map(|(_, offer)| offer).take(OFFERED).collect()
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
    pub talk: Talk,
    pub text: RwSignal<String>,
    pub element: NodeRef<html::Textarea>,
}

/// The names that fit, in a list of their own above the field, which keeps the focus and gets the keys
/// that are not for the list.
#[component]
pub fn Completions(field: Completed) -> impl IntoView {
    let chat = use_chat();
    let (room, list) = (field.talk.room, field.list());
    let sought = RwSignal::new(field.sought());
    let offers = Memo::new(move |_| {
        let sought = sought.get();
        sought.map(|sought| chat.with(|state| offers(state, room, &sought))).unwrap_or_default()
    });
    let chosen = RwSignal::new(0);
    follow(move || {
        field.text.track();
        let now = field.sought();
        if now != sought.get_untracked() {
            sought.set(now);
            chosen.set(0);
        }
    });
    follow(move || {
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
        <ul id=list class="completions" role="listbox" aria-label="Names" hidden=live(move || offers.with(Vec::is_empty))>
            <For each=offered key=|(place, offer)| (*place, offer.text.clone()) let((place, offer))>
                <li id=format!("{list}-{place}") role="option" aria-selected=live(move || (chosen.get() == place).to_string())
                    on:mousedown=handle(move |event: ev::MouseEvent| { event.prevent_default(); take(place); })>
                    {offer.person.map(|id| avatar_of(chat.peek(|state| state.person(id)).as_deref()))}
                    <span class="completion-label">{offer.label}</span>
                    <span class="completion-detail">{offer.detail}</span>
                </li>
            </For>
        </ul>
    }
}

impl Completed {
    /// The list's id, and the beginning of those of its names: a thread's composer may stand beside the room's.
    fn list(self) -> &'static str {
        if self.talk.thread.is_some() { "completions-of-thread" } else { "completions" }
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
    let head = format!("{before}{} ", offer.text);
    let caret = u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX);
    let completed = head + after.trim_start_matches(' ');
    textarea.set_value(&completed);
    if textarea.focus().is_err() || textarea.set_selection_range(caret, caret).is_err() {
        leptos::logging::warn!("the caret could not be moved");
    }
    field.text.set(completed);
}

/// The first so many UTF-16 units of a text, which is how browsers count.
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
        for text in ["", "ada@example", "@ada ", "https://a.b/#x", "C##"] {
            assert_eq!(name_sought(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_caret_is_counted_in_utf16_units() {
        assert_eq!(utf16_prefix("a🧮b", 3), "a🧮");
        assert_eq!(utf16_prefix("a🧮b", 99), "a🧮b");
    }
}
