//! A picture in its full size, and from there to the others of the conversation.

use crate::{
    client::use_chat,
    state::ChatState,
    ui::{Icon, effect, handle, reactive_view, regular, text},
};
use common::{
    FileId, MessageId, PersonId, RoomId,
    files::{Attachment, FileKind, size_in_words},
    messages::Message,
};
use leptos::{ev, prelude::*};
use phosphor_leptos::{CARET_LEFT, CARET_RIGHT, DOWNLOAD_SIMPLE};
use std::sync::Arc;

/// The messages of the conversation that a message is in, as far as they are loaded.
fn around(state: &ChatState, room: RoomId, message: MessageId) -> Vec<&Arc<Message>> {
    let Some(room) = state.rooms.get(&room) else { return Vec::new() };
    let of_room = room.timeline.iter().map(|timeline| timeline.messages.iter().collect::<Vec<_>>());
    let of_threads =
        room.threads.values().map(|thread| thread.parent.iter().chain(&thread.timeline.messages).collect());
    let mut conversations = of_room.chain(of_threads);
    conversations.find(|messages| messages.iter().any(|other| other.id == message)).unwrap_or_default()
}

/// The pictures of a conversation, with their authors, in its order.
fn pictures(state: &ChatState, room: Option<RoomId>, message: MessageId) -> Vec<(PersonId, Attachment)> {
    let stored = room.map(|room| around(state, room, message)).unwrap_or_default().into_iter();
    let stored = stored.map(|message| (message.author, &message.attachments));
    let pending = state.pending.iter().filter(|pending| pending.message.id == message);
    let all = stored.chain(pending.map(|pending| (state.me, &pending.attachments)));
    let all = all.flat_map(|(author, files)| files.iter().map(move |file| (author, file.clone())));
    all.filter(|(_, file)| file.kind == FileKind::Image).collect()
}

#[component]
pub fn Viewer(message: MessageId, file: FileId) -> impl IntoView {
    let chat = use_chat();
    let room = chat.peek_shown();
    let pictures = chat.select(move |state| pictures(state, room, message));
    let shown = RwSignal::new(file);
    let place = Memo::new(move |_| {
        let shown = shown.get();
        pictures.with(|pictures| pictures.iter().position(|(_, picture)| picture.id == shown))
    });
    let picture = Memo::new(move |_| place.get().and_then(|place| pictures.with(|all| all.get(place).cloned())));
    let count = move || pictures.with(Vec::len);
    let step = move |steps: isize| {
        let next = place.get_untracked().and_then(|place| place.checked_add_signed(steps));
        let next = next.and_then(|next| pictures.with_untracked(|all| all.get(next).map(|(_, picture)| picture.id)));
        if let Some(next) = next {
            shown.set(next);
        }
    };
    on_arrows(step);
    let author = move || {
        let (author, _) = picture.get()?;
        chat.with(|state| state.person(author).map(|author| author.name.clone()))
    };
    let words = move || {
        let (_, picture) = picture.get()?;
        let place = place.get().map_or(0, |place| place + 1);
        let from = author().map(|author| format!("{author}, ")).unwrap_or_default();
        Some(format!("{from}{}, {place} of {}", size_in_words(picture.size), count()))
    };
    let is_first = move || place.get().is_none_or(|place| place == 0);
    let is_last = move || place.get().is_none_or(|place| place + 1 >= count());
    view! {
        <div class="viewer">
            <button class="icon-button" type="button" aria-label="Previous picture" title="Previous" disabled=text(is_first)
                on:click=handle(move |_| step(-1))><Icon paths=regular(CARET_LEFT)/></button>
            <div class="viewer-picture">
                {reactive_view(move || match picture.get() {
                    Some((_, picture)) => view! { <img src=picture.path() alt=picture.name.clone()/> }.into_any(),
                    None => view! { <p class="empty">"This picture no longer exists."</p> }.into_any(),
                })}
            </div>
            <button class="icon-button" type="button" aria-label="Next picture" title="Next" disabled=text(is_last)
                on:click=handle(move |_| step(1))><Icon paths=regular(CARET_RIGHT)/></button>
            <footer class="viewer-foot" aria-live="polite">
                {reactive_view(move || picture.get().map(|(_, picture)| view! {
                    <p><strong>{picture.name.clone()}</strong><span class="file-size">{words()}</span></p>
                    <a class="button" href=picture.download_path() download=picture.name.clone() rel="external">
                        <Icon paths=regular(DOWNLOAD_SIMPLE)/>"Download"
                    </a>
                }))}
            </footer>
        </div>
    }
}

/// The arrow keys go back and forth, wherever the focus is in the dialog.
fn on_arrows(step: impl Fn(isize) + Copy + 'static) {
    let listener = StoredValue::new(None);
    effect(move || {
        let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
            "ArrowLeft" => step(-1),
            "ArrowRight" => step(1),
            _ => {}
        };
        listener.set_value(Some(window_event_listener(ev::keydown, on_key)));
    });
    on_cleanup(move || {
        if let Some(listener) = listener.try_update_value(Option::take).flatten() {
            WindowListenerHandle::remove(listener);
        }
    });
}
