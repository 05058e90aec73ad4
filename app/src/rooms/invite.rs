//! Invite people into a room that you are in.

use super::{members_of, people_picker::PeoplePicker};
use crate::{
    client::{OpenDialog, use_chat},
    ui::Problem,
};
use common::{PersonId, RoomId, rooms::InvitePeople};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub fn InviteForm(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let chosen = RwSignal::new(Vec::<PersonId>::new());
    let problem = RwSignal::new(None::<String>);
    let here = chat.peek(|state| state.rooms.get(&room).map(members_of).unwrap_or_default().to_vec());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let invited = chat.send(InvitePeople { room, people: chosen.get_untracked() });
        spawn_local(async move {
            match invited.await {
                Ok(_) => dialogs.close(),
                Err(failure) => problem.set(Some(failure.sentence())),
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=submit>
            <PeoplePicker without=here chosen/>
            <Problem sentence=problem/>
            <button class="button primary" type="submit" disabled=move || chosen.read().is_empty()>"Invite"</button>
        </form>
    }
}
