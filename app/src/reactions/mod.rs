//! Reactions: a chip for each emoji under a message, which says who put it there.

use crate::{
    client::{Chat, use_chat},
    emoji::{OpenPicker, Purpose},
    state::ChatState,
    ui::{Icon, handle, keyed_list, regular, text},
};
use common::{
    MessageId, PersonId, RoomId, Seq,
    reactions::{AddReaction, Reaction, RemoveReaction},
};
use leptos::{ev, prelude::*};

/// How many people are named.
const NAMED: usize = 12;

/// Puts an emoji under a message.
pub fn add(chat: Chat, room: RoomId, message: MessageId, emoji: String) {
    chat.attempt(AddReaction { room, message, emoji });
}

/// The chips of a message that has some.
#[component]
pub fn Reactions(room: RoomId, message: MessageId, seq: Seq) -> impl IntoView {
    let chat = use_chat();
    let picker = OpenPicker::of_page();
    let reactions = chat
        .select(move |state| state.message_at(room, seq).map(|message| message.reactions.clone()).unwrap_or_default());
    let emoji = move || reactions.get().into_iter().map(|reaction| reaction.emoji).collect::<Vec<_>>();
    let pick = move |event: ev::MouseEvent| picker.open(&event, Purpose::React { room, message });
    view! {
        <div class="reactions" role="group" aria-label="Reactions" aria-live="off">
            {keyed_list(emoji, Clone::clone, move |emoji| view! { <Chip room message emoji reactions/> })}
            <button class="reaction" type="button" aria-label="Add a reaction" title="Add a reaction" on:click=handle(pick)>
                <Icon paths=regular(phosphor_leptos::SMILEY)/>
            </button>
        </div>
    }
}

#[component]
fn Chip(room: RoomId, message: MessageId, emoji: String, reactions: Memo<Vec<Reaction>>) -> impl IntoView {
    let chat = use_chat();
    let me = chat.peek(|state| state.me);
    let sought = emoji.clone();
    let people = Memo::new(move |_| {
        reactions
            .with(|all| all.iter().find(|one| one.emoji == sought).map(|one| one.people.clone()).unwrap_or_default())
    });
    let is_own = move || people.with(|people| people.contains(&me));
    let names = Memo::new(move |_| chat.with(|state| in_words(state, &people.get())));
    let shown = emoji.clone();
    let toggle = move |_: ev::MouseEvent| {
        if people.with_untracked(|people| people.contains(&me)) {
            chat.attempt(RemoveReaction { room, message, emoji: emoji.clone() });
        } else {
            add(chat, room, message, emoji.clone());
        }
    };
    let label = shown.clone();
    view! {
        <button class="reaction" type="button" aria-pressed=text(move || is_own().to_string()) title=text(move || names.get())
            aria-label=text(move || format!("{label}: {}", names.get())) on:click=handle(toggle)>
            <span class="reaction-emoji">{shown}</span>
            <span>{text(move || people.with(Vec::len).to_string())}</span>
        </button>
    }
}

/// The people in the order in which they reacted.
fn in_words(state: &ChatState, people: &[PersonId]) -> String {
    let name = |id: &PersonId| match state.people.get(id) {
        _ if *id == state.me => "you".to_owned(),
        Some(person) => person.name.clone(),
        None => "someone".to_owned(),
    };
    let mut names: Vec<String> = people.iter().take(NAMED).map(name).collect();
    if people.len() > NAMED {
        names.push(match people.len() - NAMED {
            1 => "one other".to_owned(),
            others => format!("{others} others"),
        });
    }
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        only => only.unwrap_or_default(),
    }
}
