//! Start a direct conversation.

use super::{OpenDialog, path_of, people_picker::PeoplePicker};
use crate::{chat::use_chat, state::Change, widgets::Problem};
use common::{PersonId, rooms::StartDirect};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::collections::BTreeSet;

#[component]
pub fn StartDirectForm() -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let navigate = use_navigate();
    let chosen = RwSignal::new(BTreeSet::<PersonId>::new());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let started = chat.send(StartDirect { people: chosen.get_untracked().into_iter().collect() });
        let navigate = navigate.clone();
        spawn_local(async move {
            match started.await {
                Ok(summary) => {
                    let path = path_of(summary.id);
                    chat.apply(Change::Entered(summary));
                    dialogs.close();
                    navigate(&path, Default::default());
                }
                Err(failure) => problem.set(Some(failure.sentence())),
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
