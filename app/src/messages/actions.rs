//! The actions of a message: a toolbar in the row that the pointer, or the focus, is on.

use super::pointed::Editing;
use crate::{
    address::Address,
    client::{DialogKind, OpenDialog, use_chat},
    emoji::{OpenPicker, Purpose},
    platform, threads,
    ui::{Icon, handle, reactive_view, regular, text},
};
use common::{
    MessageId,
    messages::Message,
    permissions::RoomAction,
    pins::{AddPin, RemovePin},
    saved::{AddSaved, RemoveSaved},
};
use leptos::{ev, prelude::*, task::spawn_local};
use phosphor_leptos::{
    BOOKMARK_SIMPLE, CHAT_CIRCLE_TEXT, CHECK, ENVELOPE_SIMPLE, FLAG, LINK_SIMPLE, PENCIL_SIMPLE, PUSH_PIN, SMILEY,
    TRASH,
};
use std::sync::Arc;

/// For a message that is stored and not deleted.
#[component]
pub fn Actions(message: Arc<Message>) -> impl IntoView {
    let chat = use_chat();
    let picker = OpenPicker::of_page();
    let dialogs = OpenDialog::of_page();
    let (room, id, seq) = (message.room, message.id, message.seq);
    let address = Address::of_page();
    let (is_own, parent) = (chat.peek(|state| state.me == message.author), message.parent);
    let editing = Editing::of_page();
    let standing = chat.peek(|state| state.standing(room));
    let may_change = standing.is_some_and(|standing| standing.may(RoomAction::Change).is_ok());
    let may_remove = standing.is_some_and(|standing| standing.may_remove(is_own).is_ok());
    let is_pinned = chat.select(move |state| state.message_at(room, seq).is_some_and(|message| message.pin.is_some()));
    let is_saved = chat.select(move |state| state.has_saved(id));
    let react = move |event: ev::MouseEvent| picker.open(&event, Purpose::React { room, message: id });
    let pin = move |_| match is_pinned.get_untracked() {
        true => chat.attempt(RemovePin { room, message: id }),
        false => chat.attempt(AddPin { room, message: id }),
    };
    let save = move |_| match is_saved.get_untracked() {
        true => chat.attempt(RemoveSaved { room, message: id }),
        false => chat.attempt(AddSaved { room, message: id }),
    };
    let mark_unread = move |_| match parent {
        None => chat.mark_unread(room, seq),
        Some(parent) => chat.mark_thread_unread(room, parent, seq),
    };
    let link = threads::path_to_message(room, seq, message.parent);
    view! {
        <div class="actions" role="toolbar" aria-label="Message actions" aria-live="off">
            {may_change.then(|| view! {
                <Action name="React" icon=regular(SMILEY) act=react/>
                <Switch name="Pin" other_name="Unpin" icon=regular(PUSH_PIN) is_on=is_pinned act=pin/>
            })}
            <Switch name="Save for later" other_name="Remove from saved" icon=regular(BOOKMARK_SIMPLE) is_on=is_saved act=save/>
            {parent.is_none().then(|| view! {
                <Action name="Reply in thread" icon=regular(CHAT_CIRCLE_TEXT) act=move |_| address.go(&threads::path_of(room, id))/>
            })}
            <Action name="Mark unread from here" icon=regular(ENVELOPE_SIMPLE) act=mark_unread/>
            <CopyLink path=link id/>
            {(!is_own).then(|| view! { <Action name="Report" icon=regular(FLAG) act=move |_| dialogs.open(DialogKind::Report(room, id))/> })}
            {(is_own && may_change).then(|| view! { <Action name="Edit" icon=regular(PENCIL_SIMPLE) act=move |_| editing.begin(id)/> })}
            {may_remove.then(|| view! { <Action name="Delete" icon=regular(TRASH) act=move |_| dialogs.open(DialogKind::Delete(room, id))/> })}
        </div>
    }
}

/// Where the browser does not let pages copy, the details have the link in a field.
#[component]
fn CopyLink(id: MessageId, path: String) -> impl IntoView {
    let dialogs = OpenDialog::of_page();
    let is_copied = RwSignal::new(false);
    let copy = move |_| {
        let link = format!("{}{path}", platform::origin());
        spawn_local(async move {
            match platform::copy(&link).await {
                true => drop(is_copied.try_set(true)),
                false => dialogs.open(DialogKind::Message(id)),
            }
        });
    };
    let name = move || if is_copied.get() { "Link copied" } else { "Copy link" };
    let icon = move || if is_copied.get() { regular(CHECK) } else { regular(LINK_SIMPLE) };
    view! {
        <button class="icon-button" type="button" aria-label=text(name) title=text(name) on:click=handle(copy)>
            {reactive_view(move || view! { <Icon paths=icon()/> })}
        </button>
    }
}

#[component]
fn Action(name: &'static str, icon: &'static str, act: impl FnMut(ev::MouseEvent) + 'static) -> impl IntoView {
    view! {
        <button class="icon-button" type="button" aria-label=name title=name on:click=handle(act)><Icon paths=icon/></button>
    }
}

/// Does something, or undoes it.
#[component]
fn Switch(
    name: &'static str,
    other_name: &'static str,
    icon: &'static str,
    is_on: Memo<bool>,
    act: impl FnMut(ev::MouseEvent) + 'static,
) -> impl IntoView {
    view! {
        <button class="icon-button" type="button" aria-label=name title=text(move || if is_on.get() { other_name } else { name })
            aria-pressed=text(move || is_on.get().to_string()) on:click=handle(act)><Icon paths=icon/></button>
    }
}
