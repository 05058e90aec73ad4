//! What people have put on a message, at its foot: that it is pinned, or saved, and reactions.

use crate::{
    client::use_chat,
    reactions::Reactions,
    ui::{Icon, reactive_view, regular},
};
use common::{MessageId, RoomId, Seq};
use leptos::prelude::*;

/// Most messages have nothing there, and only ask whether there is.
#[component]
pub fn Marks(room: RoomId, id: MessageId, seq: Seq) -> impl IntoView {
    let chat = use_chat();
    let is_noted = chat.select_lasting(move |state| {
        state.has_saved(id) || state.message_at(room, seq).is_some_and(|message| message.pin.is_some())
    });
    let has_reactions = chat
        .select_lasting(move |state| state.message_at(room, seq).is_some_and(|message| !message.reactions.is_empty()));
    reactive_view(move || match (is_noted.get(), has_reactions.get()) {
        (false, false) => None,
        (is_noted, has_reactions) => Some(view! {
            {is_noted.then(|| view! { <Annotations room id seq/> })}
            {has_reactions.then(|| view! { <Reactions room message=id seq/> })}
        }),
    })
}

#[component]
fn Annotations(room: RoomId, id: MessageId, seq: Seq) -> impl IntoView {
    let chat = use_chat();
    let pinned_by = chat.select(move |state| {
        let pin = state.message_at(room, seq)?.pin?;
        Some(state.person(pin.person).map_or("someone".to_owned(), |person| person.name.clone()))
    });
    let is_saved = chat.select(move |state| state.has_saved(id));
    view! {
        <p class="message-notes">
            {reactive_view(move || pinned_by.get().map(|name| view! {
                <span><Icon paths=regular(phosphor_leptos::PUSH_PIN)/>"Pinned by "{name}</span>
            }))}
            {reactive_view(move || is_saved.get().then(|| view! {
                <span><Icon paths=regular(phosphor_leptos::BOOKMARK_SIMPLE)/>"Saved"</span>
            }))}
        </p>
    }
}
