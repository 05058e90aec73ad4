//! Ctrl K: to a room, a person or a message, by a few letters.

use super::{Searching, asking::Asking, hit::excerpt, keys::Step, label_of};
use crate::{
    address::Address,
    client::{Chat, OpenDialog, OpenPanel, PanelKind, use_chat},
    messages::rank,
    platform,
    rooms::{entered, path_of},
    state::ChatState,
    threads,
    ui::{Icon, Problem, avatar_of, handle, keyed_list, regular, text},
};
use common::{
    MessageId, PersonId, RoomId, Seq,
    rooms::{RoomKind, StartDirect},
    search::ExcerptPart,
};
use leptos::{ev, prelude::*, task::spawn_local};
use phosphor_leptos::{CHAT_TEXT, HASH, LOCK_SIMPLE, MAGNIFYING_GLASS, USERS};

/// Rooms and people that are offered, at most; and messages.
const NAMES: usize = 8;
const MESSAGES: usize = 5;

/// The list's id, and the beginning of those of its rows.
const LIST: &str = "jump-list";

/// A destination.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    Room(RoomId),
    Person(PersonId),
    Message(RoomId, Seq, Option<MessageId>),
    /// The search panel.
    Search(String),
}

#[derive(Clone, Debug, PartialEq)]
struct Offer {
    target: Target,
    label: Vec<ExcerptPart>,
    detail: String,
}

fn plain(text: String) -> Vec<ExcerptPart> {
    vec![ExcerptPart { text, found: false }]
}

#[component]
pub fn Jump() -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let ways = Ways {
        chat,
        dialogs,
        panels: OpenPanel::of_page(),
        address: Address::of_page(),
        searching: Searching::of_page(),
        problem: RwSignal::new(None),
    };
    let sought = RwSignal::new(String::new());
    let asking = Asking::follow(sought, 2);
    let chosen = RwSignal::new(0);
    let offers = Memo::new(move |_| {
        let sought = sought.get();
        let mut offers = chat.with(|state| names(state, sought.trim()));
        if asking.answered.with(|answered| *answered == sought) {
            offers.extend(asking.found.with(|found| chat.with(|state| messages(state, found))));
        }
        if !sought.trim().is_empty() {
            let label = plain(format!("Search messages for “{}”", sought.trim()));
            offers.push(Offer { target: Target::Search(sought.trim().to_owned()), label, detail: String::new() });
        }
        offers
    });
    let go = move |place: usize| {
        if let Some(offer) = offers.with_untracked(|offers| offers.get(place).cloned()) {
            ways.go(offer.target);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" => go(chosen.get_untracked()),
            "ArrowDown" | "ArrowUp" => {
                let step = Step::of_key(&event.key())
                    .and_then(|step| step.from(Some(chosen.get_untracked()), offers.with_untracked(Vec::len)));
                chosen.set(step.unwrap_or_default());
                platform::bring_into_view(&format!("{LIST}-{}", chosen.get_untracked()));
            }
            _ => return,
        }
        event.prevent_default();
    };
    let write = move |written: String| {
        chosen.set(0);
        sought.set(written);
    };
    let active = move || format!("{LIST}-{}", chosen.get());
    let offered = move || offers.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <div class="jump">
            <input class="search-field" type="search" aria-label="A room, a person or words" placeholder="A room, a person or words"
                autocomplete="off" autofocus=true role="combobox" aria-expanded="true" aria-controls=LIST
                aria-autocomplete="list" aria-activedescendant=text(active)
                prop:value=text(move || sought.get()) on:input:target=move |event| write(event.target().value()) on:keydown=handle(on_key)/>
            <Problem sentence=ways.problem/>
            <ul id=LIST class="jump-list" role="listbox" aria-label="Where to">
                {keyed_list(offered, |(place, offer)| format!("{place} {offer:?}"), move |(place, offer)| view! {
                    <li id=format!("{LIST}-{place}") role="option" aria-selected=text(move || (chosen.get() == place).to_string())
                        on:click=handle(move |_| go(place))>
                        {mark(chat, &offer.target)}
                        {excerpt(offer.label)}
                        <span class="jump-detail">{offer.detail}</span>
                    </li>
                })}
            </ul>
        </div>
    }
}

fn mark(chat: Chat, target: &Target) -> AnyView {
    let kind = |room| chat.peek(|state| state.rooms.get(&room).map(|room| room.summary.kind));
    let paths = match target {
        Target::Person(person) => return avatar_of(chat.peek(|state| state.person(*person)).as_deref()).into_any(),
        Target::Room(room) => match kind(*room) {
            Some(RoomKind::Direct) => regular(USERS),
            Some(RoomKind::Private) => regular(LOCK_SIMPLE),
            Some(RoomKind::Public) | None => regular(HASH),
        },
        Target::Message(..) => regular(CHAT_TEXT),
        Target::Search(_) => regular(MAGNIFYING_GLASS),
    };
    view! { <Icon paths/> }.into_any()
}

/// Rooms and people whose names fit, the best first; without anything sought, the rooms where something
/// is unread, then those where something was said last.
fn names(state: &ChatState, sought: &str) -> Vec<Offer> {
    let wanted = platform::lowercase(sought.trim_start_matches(['#', '@']));
    let mut found = Vec::new();
    for room in state.rooms.values() {
        let summary = &room.summary;
        let name = platform::lowercase(&state.room_name(summary));
        let handles = summary.people.iter().filter_map(|person| Some(state.people.get(person)?.handle.as_str()));
        let handles: Vec<&str> = std::iter::once(name.as_str()).chain(handles).collect();
        let Some(rank) = rank(&wanted, &handles) else { continue };
        let detail = if summary.unread > 0 { format!("{} unread", summary.unread) } else { summary.topic.clone() };
        let label = plain(state.room_name(summary));
        found.push((
            (rank, summary.unread == 0, -summary.active_at),
            Offer { target: Target::Room(summary.id), label, detail },
        ));
    }
    let has_conversation = |person: PersonId| {
        let is_with = |people: &[PersonId]| people.len() == 2 && people.contains(&person);
        state.rooms.values().any(|room| room.summary.kind == RoomKind::Direct && is_with(&room.summary.people))
    };
    let others = state.people.values().filter(|person| person.id != state.me && !has_conversation(person.id));
    for person in others.filter(|_| !wanted.is_empty()) {
        let name = platform::lowercase(&person.name);
        let Some(rank) = rank(&wanted, &[&name, &person.handle]) else { continue };
        let (target, label) = (Target::Person(person.id), plain(person.name.clone()));
        found.push(((rank, true, 0), Offer { target, label, detail: format!("@{}", person.handle) }));
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, offer)| offer).take(NAMES).collect()
}

fn messages(state: &ChatState, found: &common::search::SearchPage) -> Vec<Offer> {
    let offer = |hit: &common::search::Hit| {
        let author = state.people.get(&hit.author).map_or("Someone".to_owned(), |person| person.name.clone());
        let detail = format!("{author}, {}", label_of(state, hit.room));
        Offer { target: Target::Message(hit.room, hit.seq, hit.thread), label: hit.excerpt.clone(), detail }
    };
    found.hits.iter().take(MESSAGES).map(offer).collect()
}

#[derive(Clone, Copy)]
struct Ways {
    chat: Chat,
    dialogs: OpenDialog,
    panels: OpenPanel,
    address: Address,
    searching: Searching,
    problem: RwSignal<Option<String>>,
}

impl Ways {
    fn go(self, target: Target) {
        match target {
            Target::Room(room) => self.leave_for(&path_of(room)),
            Target::Message(room, seq, thread) => self.leave_for(&threads::path_to_message(room, seq, thread)),
            Target::Search(query) => {
                self.searching.query().set(query);
                self.dialogs.close();
                self.panels.open(PanelKind::Search);
            }
            Target::Person(person) => {
                let started = self.chat.send(StartDirect { people: vec![person] });
                spawn_local(async move {
                    if let Some(path) = entered(self.chat, started, self.problem).await {
                        self.leave_for(&path);
                    }
                });
            }
        }
    }

    fn leave_for(self, path: &str) {
        self.dialogs.close();
        self.address.go(path);
    }
}
