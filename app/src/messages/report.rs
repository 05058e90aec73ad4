//! Reporting a message to those who moderate.

use crate::{
    client::use_chat,
    ui::{Problem, handle, reactive_view},
};
use common::{MessageId, RoomId, limits, reports::ReportMessage};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn ReportForm(room: RoomId, id: MessageId) -> impl IntoView {
    let chat = use_chat();
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let is_done = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let reply = chat.send(ReportMessage { room, message: id, reason: reason.get_untracked() });
        spawn_local(async move {
            let failure = reply.await.err();
            is_done.try_set(failure.is_none());
            problem.try_set(failure.map(|failure| failure.sentence()));
        });
    };
    let form = move || {
        view! {
            <form class="dialog-form" on:submit=handle(submit)>
                <p>"The owners and admins see the message as it is now, and your name. Its author is not told."</p>
                <label class="field">
                    <span class="field-label">"What is wrong with it?"</span>
                    <input name="reason" required=true autocomplete="off" maxlength=limits::REASON_CHARS.to_string() bind:value=reason/>
                </label>
                <Problem sentence=problem/>
                <button class="button primary" type="submit">"Report"</button>
            </form>
        }
    };
    reactive_view(move || {
        match is_done.get() {
        false => form().into_any(),
        true => view! {
            <div class="dialog-form"><p class="notice" role="status">"Reported. Thank you. The owners and admins will review it."</p></div>
        }
        .into_any(),
    }
    })
}
