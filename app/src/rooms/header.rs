//! The header of the open room.

use super::{DialogKind, OpenDialog, OpenPanel, PanelKind, members_of};
use crate::{
    chat::use_chat,
    widgets::{Icon, handle, live, live_view, regular},
};
use common::{RoomId, rooms::RoomKind};
use leptos::prelude::*;
use phosphor_leptos::{ARROW_LEFT, HASH, LOCK_SIMPLE, USER_PLUS, USERS};

#[component]
pub fn RoomHeader(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let panels = OpenPanel::of_page();
    let name =
        chat.select(move |state| state.rooms.get(&room).map(|room| state.room_name(&room.summary)).unwrap_or_default());
    let is = move |kind| chat.select(move |state| state.rooms.get(&room).is_some_and(|room| room.summary.kind == kind));
    let (is_public, is_private) = (is(RoomKind::Public), is(RoomKind::Private));
    let topic =
        chat.select(move |state| state.rooms.get(&room).map(|room| room.summary.topic.clone()).unwrap_or_default());
    let people = chat.select(move |state| state.rooms.get(&room).map_or(0, |room| members_of(room).len()).to_string());
    let mark = live_view(move || match (is_public.get(), is_private.get()) {
        (true, _) => Some(view! { <Icon paths=regular(HASH)/> }),
        (_, true) => Some(view! { <Icon paths=regular(LOCK_SIMPLE)/> }),
        (false, false) => None,
    });
    let can_invite = move || is_public.get() || is_private.get();
    view! {
        <header class="pane-header">
            <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(ARROW_LEFT)/></a>
            <div class="pane-title">
                <h1 id="room-title">{mark}<span>{live(move || name.get())}</span></h1>
                <p class="topic">{live(move || topic.get())}</p>
            </div>
            {live_view(move || can_invite().then(|| view! {
                <button class="icon-button" type="button" aria-label="Invite people" title="Invite people"
                    on:click=handle(move |_| dialogs.open(DialogKind::Invite(room)))><Icon paths=regular(USER_PLUS)/></button>
            }))}
            <button class="button quiet" type="button" aria-pressed=live(move || panels.is_open(PanelKind::Members(room)).to_string())
                aria-label=live(move || format!("Members: {}", people.get())) title="Members"
                on:click=handle(move |_| panels.toggle(PanelKind::Members(room)))>
                <Icon paths=regular(USERS)/><span>{live(move || people.get())}</span>
            </button>
        </header>
    }
}
