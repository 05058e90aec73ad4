//! The row of files beside what is being written: how far each is, to cancel or to try again.

use super::sending;
use crate::{
    client::{Key, State, use_chat},
    state::Conversation,
    ui::{Icon, effect, handle, keyed_list, reactive_view, regular, text, track},
};
use common::files::{FileKind, size_in_words};
use leptos::prelude::*;
use phosphor_leptos::{ARROW_CLOCKWISE, FILE, FILM_STRIP, MUSIC_NOTE, X};

#[component]
pub fn Tray(conversation: Conversation) -> impl IntoView {
    let chat = use_chat();
    let uploads = chat.uploads;
    let is_live = chat.is_live();
    let keys = Memo::new(move |_| uploads.keys(conversation));
    effect(move || {
        track(keys);
        if is_live.get() {
            sending::retry_all(uploads);
            sending::go_on(chat);
        }
    });
    let words = Memo::new(move |_| {
        let some = |is: &dyn Fn(&State, bool) -> bool| {
            keys.get().iter().any(|key| uploads.with(*key, |upload| is(&upload.state, upload.follows)) == Some(true))
        };
        let is_under_way = |state: &State| matches!(state, State::Waiting | State::Sending(_));
        match is_live.get() {
            false if some(&|state, _| !matches!(state, State::Ready(_))) => {
                "Files upload when you are back online. Your text does not wait for them."
            }
            _ if some(&|state, follows| is_under_way(state) && follows) => "Posted as soon as it is uploaded.",
            _ if some(&|state, _| is_under_way(state)) => {
                "You need not wait: files that are still uploading follow your message."
            }
            _ => "",
        }
    });
    view! {
        <div class="tray">
            <ul aria-label="Files for this message">
                {keyed_list(move || keys.get(), ToString::to_string, |upload| view! { <Chip upload/> })}
            </ul>
            <p class="tray-note" role="status">{text(move || words.get())}</p>
        </div>
    }
}

#[component]
fn Chip(upload: Key) -> impl IntoView {
    let chat = use_chat();
    let uploads = chat.uploads;
    let name = uploads.with(upload, |upload| upload.name.clone()).unwrap_or_default();
    let size = uploads.with(upload, |upload| size_in_words(upload.size)).unwrap_or_default();
    let state = Memo::new(move |_| uploads.with(upload, |upload| upload.state.clone()));
    let mark = move || match state.get() {
        Some(State::Ready(_)) => "ready",
        Some(State::Failed { .. }) => "failed",
        _ => "sending",
    };
    let detail = move || match state.get() {
        Some(State::Waiting) => "Waiting…".into(),
        Some(State::Sending(100)) => "Almost there…".into(),
        Some(State::Sending(hundredths)) => format!("{hundredths} %"),
        Some(State::Failed { sentence, .. }) => sentence,
        Some(State::Ready(_)) | None => size.clone(),
    };
    let progress = Memo::new(move |_| match state.get() {
        Some(State::Waiting) => Some(0),
        Some(State::Sending(hundredths)) => Some(hundredths),
        _ => None,
    });
    let is_sending = Memo::new(move |_| progress.get().is_some());
    let is_failed = Memo::new(move |_| matches!(state.get(), Some(State::Failed { .. })));
    let remove = {
        let name = name.clone();
        move || format!("{} {name}", if is_sending.get() { "Cancel" } else { "Remove" })
    };
    let retry = move || {
        uploads.set(upload, State::Waiting);
        sending::go_on(chat);
    };
    let label = format!("Uploading {name}");
    let again = format!("Try {name} again");
    view! {
        <li class="upload" data-state=text(mark)>
            {reactive_view(move || preview(state.get()))}
            <div class="upload-words">
                <p class="upload-name" title=name.clone()>{name.clone()}</p>
                <p class="upload-detail">{text(detail)}</p>
            </div>
            {reactive_view(move || is_failed.get().then(|| view! {
                <button class="icon-button" type="button" aria-label=again.clone() title="Try again" on:click=handle(move |_| retry())>
                    <Icon paths=regular(ARROW_CLOCKWISE)/>
                </button>
            }))}
            <button class="icon-button" type="button" aria-label=text(remove) title=text(move || if is_sending.get() { "Cancel" } else { "Remove" })
                on:click=handle(move |_| { uploads.remove(upload); sending::go_on(chat); })>
                <Icon paths=regular(X)/>
            </button>
            {reactive_view(move || is_sending.get().then(|| view! {
                <progress max="100" value=text(move || progress.get().unwrap_or(100).to_string()) aria-label=label.clone()></progress>
            }))}
        </li>
    }
}

/// A small picture of what is there already; otherwise a sign for its kind.
fn preview(state: Option<State>) -> AnyView {
    let icon = |paths| view! { <span class="upload-preview"><Icon paths/></span> }.into_any();
    match state {
        Some(State::Ready(attachment)) => match attachment.kind {
            FileKind::Image => {
                view! { <img class="upload-preview" src=attachment.thumbnail_path() alt=""/> }.into_any()
            }
            FileKind::Audio => icon(regular(MUSIC_NOTE)),
            FileKind::Video => icon(regular(FILM_STRIP)),
            FileKind::Other => icon(regular(FILE)),
        },
        _ => icon(regular(FILE)),
    }
}
