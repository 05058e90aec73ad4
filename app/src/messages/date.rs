//! Going to a day: a dialog that leads to the first message from then on.

use crate::{
    address::Address,
    client::{OpenDialog, use_chat},
    platform,
    rooms::path_to,
    ui::{Problem, iso_date},
};
use common::messages::{ReadAround, Spot};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// `day` is the one that is offered first: days since 1970-01-01.
#[component]
pub fn GoToDate(day: i64) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let address = Address::of_page();
    let date = RwSignal::new(iso_date(day));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let begins = date.with_untracked(|date| platform::local_midnight(date));
        let (Some(room), Some(at)) = (address.peek_room(), begins) else { return };
        let around = chat.send(ReadAround { room, spot: Spot::At(at) });
        spawn_local(async move {
            match around.await {
                Ok(around) => {
                    dialogs.close();
                    address.go(&path_to(room, around.seq));
                }
                Err(failure) => {
                    problem.try_set(Some(failure.sentence()));
                }
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=submit>
            <label class="field">
                <span class="field-label">"Day"</span>
                <input type="date" name="date" required=true autofocus=true bind:value=date/>
            </label>
            <p class="field-hint">"Shows the first message of that day, or the next message after it."</p>
            <Problem sentence=problem/>
            <button class="button primary" type="submit">"Go there"</button>
        </form>
    }
}
