//! Make a public or private room.

use super::entered;
use crate::{
    address::Address,
    client::{OpenDialog, use_chat},
    ui::Problem,
};
use common::{
    limits,
    rooms::{CreateRoom, RoomKind},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub fn CreateRoomForm() -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let address = Address::of_page();
    let (name, topic, is_private) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let kind = if is_private.get_untracked() { RoomKind::Private } else { RoomKind::Public };
        let created = chat.send(CreateRoom { kind, name: name.get_untracked(), topic: topic.get_untracked() });
        spawn_local(async move {
            if let Some(path) = entered(chat, created, problem).await {
                dialogs.close();
                address.go(&path);
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=submit>
            <label class="field">
                <span class="field-label">"Name"</span>
                <input name="name" required=true autofocus=true autocomplete="off" maxlength=limits::ROOM_NAME_CHARS.to_string() bind:value=name/>
            </label>
            <label class="field">
                <span class="field-label">"Topic (optional)"</span>
                <input name="topic" autocomplete="off" maxlength=limits::TOPIC_CHARS.to_string() bind:value=topic/>
            </label>
            <label class="check">
                <input type="checkbox" name="private" bind:checked=is_private/>
                <span>"Private: only invited people see it"</span>
            </label>
            <Problem sentence=problem/>
            <button class="button primary" type="submit">"Create room"</button>
        </form>
    }
}
