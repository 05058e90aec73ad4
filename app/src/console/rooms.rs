//! Rooms by activity, and for how long they keep their messages.

use super::{line::Console, sheet::OpenSheet, words};
use crate::{
    platform,
    widgets::{Problem, Zone, each, follow, handle, live, live_view},
};
use common::{RoomId, console::RoomActivity, limits, retention::SetRetention};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn RoomsSection() -> impl IntoView {
    let console = Console::of_page();
    let is_live = console.is_live();
    follow(move || {
        if is_live.get() {
            console.look();
        }
    });
    let key = |room: &RoomActivity| {
        format!("{} {} {} {} {} {:?}", room.id, room.name, room.members, room.today, room.active_at, room.retention)
    };
    view! {
        <p class="console-note">"Rooms in which something happened last come first. Direct conversations are not listed."</p>
        {live_view(move || console.rooms.with(Option::is_none).then(|| view! { <p class="loading">"Looking…"</p> }))}
        <ul class="console-list" aria-label="Rooms by activity">
            {each(move || console.rooms.get().unwrap_or_default(), key, |room| view! { <Row room/> })}
        </ul>
    }
}

#[component]
fn Row(room: RoomActivity) -> impl IntoView {
    let zone = Zone::of_page();
    let sheets = OpenSheet::of_page();
    let active_at = room.active_at;
    let kept = room
        .retention
        .map_or("Keeps messages".to_owned(), |days| format!("Keeps {}", words::counted(days.into(), "day", "days")));
    let (id, name, days) = (room.id, room.name.clone(), room.retention);
    let change = move |_| {
        sheets.open(format!("How long #{name} keeps messages"), move || {
            view! { <RetentionForm room=id days/> }.into_any()
        });
    };
    view! {
        <li class="row invite-row">
            <span class="row-main">{format!("#{}", room.name)}</span>
            <span class="row-fact">{words::counted(room.members.into(), "member", "members")}</span>
            <span class="row-fact">{format!("{} in 24 hours", words::counted(room.today.into(), "message", "messages"))}</span>
            <span class="row-fact">{live(move || words::when(zone, platform::now(), active_at))}</span>
            <span class="row-acts"><button class="button small" type="button" on:click=handle(change)>{kept}</button></span>
        </li>
    }
}

#[component]
fn RetentionForm(room: RoomId, days: Option<u32>) -> impl IntoView {
    let console = Console::of_page();
    let sheets = OpenSheet::of_page();
    let field = RwSignal::new(days.map(|days| days.to_string()).unwrap_or_default());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = field.get_untracked();
        let days = match typed.trim() {
            "" => None,
            // What is no number is no number of days.
            days => Some(days.parse().unwrap_or(0)),
        };
        let reply = console.send(SetRetention { room, days });
        spawn_local(async move {
            match reply.await {
                Ok(()) => {
                    sheets.close();
                    console.look();
                }
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=handle(submit)>
            <p>"Older messages are deleted for good, with their files. Those that are too old already go at once."</p>
            <label class="field">
                <span class="field-label">"Days"</span>
                <input name="days" type="number" min="1" max=limits::RETENTION_DAYS.to_string() bind:value=field/>
                <span class="field-hint">"Leave it empty to keep messages without end."</span>
            </label>
            <Problem sentence=problem/>
            <button class="button primary danger" type="submit">"Save"</button>
        </form>
    }
}

/// A choice among the rooms that the console knows of.
#[component]
pub fn RoomField(label: &'static str, none: &'static str, value: RwSignal<String>) -> impl IntoView {
    let console = Console::of_page();
    let option = |room: RoomActivity| view! { <option value=room.id.to_string()>{format!("#{}", room.name)}</option> };
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <select class="select" name="room" on:change=move |event| value.set(event_target_value(&event))>
                <option value="">{none}</option>
                {each(move || console.rooms.get().unwrap_or_default(), |room| room.id.to_string(), option)}
            </select>
        </label>
    }
}

pub fn chosen_room(value: RwSignal<String>) -> Option<RoomId> {
    value.get_untracked().parse().ok()
}
