//! Link previews: a card for each page that a message links to. Pictures come from this server only.

use crate::{
    client::{Chat, use_chat},
    lazy::{Lazy, Part},
    ui::{Icon, handle, keyed_list, reactive_view, regular},
};
use common::{
    MessageId, RoomId, Seq,
    previews::{Preview, RemovePreview},
};
use leptos::prelude::*;

/// The place of a message's previews. Most messages have none, and only ask whether there are any.
#[component]
pub fn Previewed(room: RoomId, id: MessageId, seq: Seq) -> impl IntoView {
    let has_previews = use_chat()
        .select_lasting(move |state| state.message_at(room, seq).is_some_and(|message| !message.previews.is_empty()));
    reactive_view(move || has_previews.get().then(|| view! { <Lazy part=Part::Previews(room, id, seq)/> }))
}

/// The cards of a message that has some.
#[component]
pub fn Previews(room: RoomId, message: MessageId, seq: Seq) -> impl IntoView {
    let chat = use_chat();
    let previews = chat
        .select(move |state| state.message_at(room, seq).map(|message| message.previews.clone()).unwrap_or_default());
    let may_remove = chat.select(move |state| {
        let is_author = state.message_at(room, seq).is_some_and(|message| message.author == state.me);
        state.standing(room).is_some_and(|standing| standing.may_remove(is_author).is_ok())
    });
    let key = |preview: &Preview| preview.id.to_string();
    view! {
        <div class="previews" role="group" aria-label="Link previews" aria-live="off">
            {keyed_list(move || previews.get(), key, move |preview| card(chat, room, message, preview, may_remove))}
        </div>
    }
}

fn card(chat: Chat, room: RoomId, message: MessageId, preview: Preview, may_remove: Memo<bool>) -> AnyView {
    let (id, path) = (preview.id, preview.picture_path());
    let picture = preview.picture.zip(path).map(|(size, path)| {
        view! { <span class="preview-picture"><img src=path width=size.width.to_string() height=size.height.to_string() alt="" loading="lazy" decoding="async"/></span> }
    });
    let text = (!preview.text.is_empty()).then(|| view! { <span class="preview-text">{preview.text}</span> });
    let remove = move |_| chat.attempt(RemovePreview { room, message, preview: id });
    view! {
        <div class="preview">
            <a href=preview.url target="_blank" rel="noopener noreferrer">
                <span class="preview-words">
                    <span class="preview-site">{preview.site}</span>
                    <span class="preview-title">{preview.title}</span>
                    {text}
                </span>
                {picture}
            </a>
            {reactive_view(move || may_remove.get().then(|| view! {
                <button class="icon-button small" type="button" aria-label="Remove the preview" title="Remove the preview" on:click=handle(remove)>
                    <Icon paths=regular(phosphor_leptos::X)/>
                </button>
            }))}
        </div>
    }
    .into_any()
}
