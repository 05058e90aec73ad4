//! Start a direct conversation.

use super::{entered, people_picker::PeoplePicker};
use crate::{
    address::Address,
    client::{OpenDialog, use_chat},
    ui::Problem,
};
use common::{PersonId, rooms::StartDirect};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub fn StartDirectForm() -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let address = Address::of_page();
    let chosen = RwSignal::new(Vec::<PersonId>::new());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let started = chat.send(StartDirect { people: chosen.get_untracked() });
        spawn_local(async move {
            if let Some(path) = entered(chat, started, problem).await {
                dialogs.close();
                address.go(&path);
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=submit>
            <PeoplePicker without=vec![chat.peek(|state| state.me)] chosen/>
            <Problem sentence=problem/>
            <button class="button primary" type="submit" disabled=move || chosen.read().is_empty()>"Start conversation"</button>
        </form>
    }
}
