//! Start a direct conversation.

use super::{OpenDialog, path_of, people_picker::PeoplePicker};
use crate::{address::Address, chat::use_chat, state::Change, widgets::Problem};
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
            match started.await {
                Ok(summary) => {
                    let path = path_of(summary.id);
                    chat.apply(Change::Entered(summary));
                    dialogs.close();
                    address.go(&path);
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
