//! Telling people something now: everyone who is connected, those of a room, or of a namespace.

use super::{
    line::Console,
    rooms::{RoomField, chosen_room},
    words,
};
use crate::ui::{self, Problem, handle, reactive_view};
use common::{
    announcements::{Announce, Audience},
    limits,
};
use leptos::{ev, prelude::*, task::spawn_local};

/// The namespaces in which announcements are heard.
const NAMESPACES: [&str; 5] = ["/chat", "/admin", "/bot", "/lobby", "/lobby/garden"];

/// Who is to hear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    Everyone,
    Room,
    Namespace,
}

#[component]
pub fn AnnounceSection() -> impl IntoView {
    let console = Console::of_page();
    let (to, room, namespace) =
        (RwSignal::new(To::Everyone), RwSignal::new(String::new()), RwSignal::new(NAMESPACES[0].to_owned()));
    let text = RwSignal::new(String::new());
    let (problem, told) = (RwSignal::new(None::<String>), RwSignal::new(None::<u32>));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        told.set(None);
        let audience = match to.get_untracked() {
            To::Everyone => Audience::Everyone,
            To::Namespace => Audience::Namespace(namespace.get_untracked()),
            To::Room => match chosen_room(room) {
                Some(room) => Audience::Room(room),
                None => return problem.set(Some("Choose a room.".into())),
            },
        };
        let reply = console.send(Announce { to: audience, text: text.get_untracked() });
        spawn_local(async move {
            match reply.await {
                Ok(count) => {
                    problem.try_set(None);
                    text.try_set(String::new());
                    told.try_set(Some(count));
                }
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    };
    let choice = move |one: To, words: &'static str| {
        view! {
            <label class="check">
                <input type="radio" name="to" checked=one == To::Everyone prop:checked=ui::text(move || to.get() == one) on:change=handle(move |_: ev::Event| to.set(one))/>
                <span>{words}</span>
            </label>
        }
    };
    let said = move || {
        told.get().map(|count| {
            format!("Announced. {} received it.", words::counted(count.into(), "connection", "connections"))
        })
    };
    view! {
        <form class="narrow-form" on:submit=handle(submit)>
            <p class="console-note">"An announcement is shown at once, over whatever people are looking at. It is not kept."</p>
            <fieldset class="choices">
                <legend class="field-label">"Audience"</legend>
                {choice(To::Everyone, "Everyone who is connected")}
                {choice(To::Room, "The members of a room")}
                {choice(To::Namespace, "A namespace")}
            </fieldset>
            {reactive_view(move || match to.get() {
                To::Everyone => None,
                To::Room => Some(view! { <RoomField label="Room" none="Choose a room" value=room/> }.into_any()),
                To::Namespace => Some(view! { <NamespaceField value=namespace/> }.into_any()),
            })}
            <label class="field">
                <span class="field-label">"Text"</span>
                <textarea class="text-area" name="text" rows="3" required=true maxlength=limits::ANNOUNCEMENT_CHARS.to_string()
                    prop:value=ui::text(move || text.get()) on:input=move |event| text.set(event_target_value(&event))></textarea>
            </label>
            <Problem sentence=problem/>
            {reactive_view(move || said().map(|words| view! { <p class="notice" role="status">{words}</p> }))}
            <button class="button primary" type="submit">"Announce"</button>
        </form>
    }
}

#[component]
fn NamespaceField(value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">"Namespace"</span>
            <select class="select" name="namespace" on:change=move |event| value.set(event_target_value(&event))>
                {NAMESPACES.into_iter().map(|name| view! { <option value=name>{name}</option> }).collect_view()}
            </select>
        </label>
    }
}
