//! Rooms by activity, and for how long they keep their messages.

use super::{
    line::Console,
    listing::{self, Listing, Rows},
    sheet::OpenSheet,
    words,
};
use crate::{
    platform,
    ui::{Problem, Zone, handle, keyed_list, reactive_view, text},
};
use common::{
    RoomId,
    console::{ListActivity, RoomActivity},
    limits,
    retention::SetRetention,
};
use leptos::{ev, prelude::*, task::spawn_local};

/// The rooms by activity, as they are looked for.
fn listing() -> Listing<RoomActivity> {
    let console = Console::of_page();
    Listing::new(move |after: Option<RoomActivity>, query| {
        let page = console.send(ListActivity { after: after.map(|room| room.place()), query });
        async move { page.await.map(listing::page) }
    })
}

#[component]
pub fn RoomsSection() -> impl IntoView {
    let listing = listing();
    listing.keep_fresh(listing::EVERY, Rows::Move);
    // A row stays while what it says changes.
    let ids = Memo::new(move |_| listing.listed().into_iter().map(|room| room.id).collect::<Vec<_>>());
    view! {
        <p class="console-note">"The most recently active rooms first. Direct conversations are not listed."</p>
        <div class="console-tools">{listing.field("Find by name")}</div>
        {listing.status("No rooms.")}
        <ul class="console-list" aria-label="Rooms by activity">
            {keyed_list(move || ids.get(), ToString::to_string, move |id| view! { <Row id listing/> })}
        </ul>
        {listing.turning()}
    }
}

#[component]
fn Row(id: RoomId, listing: Listing<RoomActivity>) -> impl IntoView {
    let zone = Zone::of_page();
    let sheets = OpenSheet::of_page();
    let known = listing.one(move |room| room.id == id);
    let of = move |part: fn(&RoomActivity) -> String| {
        text(move || known.with(|room| room.as_ref().map(part)).unwrap_or_default())
    };
    let active =
        move || known.with(|room| room.as_ref().map(|room| words::when(zone, platform::now(), room.active_at)));
    let change = move |_| {
        let Some(RoomActivity { name, retention: days, .. }) = known.get_untracked() else { return };
        sheets.open(format!("How long #{name} keeps messages"), move || {
            view! { <RetentionForm room=id days listing/> }.into_any()
        });
    };
    view! {
        <li class="row invite-row">
            <span class="row-main">{of(|room| format!("#{}", room.name))}</span>
            <span class="row-fact">{of(|room| words::counted(room.members.into(), "member", "members"))}</span>
            <span class="row-fact">{of(|room| format!("{} in 24 hours", words::counted(room.today.into(), "message", "messages")))}</span>
            <span class="row-fact">{text(active)}</span>
            <span class="row-acts"><button class="button small" type="button" on:click=handle(change)>{of(kept)}</button></span>
        </li>
    }
}

fn kept(room: &RoomActivity) -> String {
    let days = |days: u32| format!("Keeps {}", words::counted(days.into(), "day", "days"));
    room.retention.map_or("Keeps messages".to_owned(), days)
}

#[component]
fn RetentionForm(room: RoomId, days: Option<u32>, listing: Listing<RoomActivity>) -> impl IntoView {
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
                    listing.refresh();
                }
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=handle(submit)>
            <p>"Older messages are deleted for good, with their files. This applies at once."</p>
            <label class="field">
                <span class="field-label">"Days"</span>
                <input name="days" type="number" min="1" max=limits::RETENTION_DAYS.to_string() bind:value=field/>
                <span class="field-hint">"Leave it empty to keep messages forever."</span>
            </label>
            <Problem sentence=problem/>
            <button class="button primary danger" type="submit">"Save"</button>
        </form>
    }
}

/// A choice among the rooms. Where they are more than a page, they are looked for, and what was chosen stays.
#[component]
pub fn RoomField(label: &'static str, none: &'static str, value: RwSignal<String>) -> impl IntoView {
    let listing = listing();
    let is_looked_for = Memo::new(move |known: Option<&bool>| known == Some(&true) || listing.more.get());
    let chosen = RwSignal::new(None::<RoomActivity>);
    let offered = move || {
        let mut rooms = listing.listed();
        if let Some(chosen) = chosen.get().filter(|chosen| rooms.iter().all(|room| room.id != chosen.id)) {
            rooms.insert(0, chosen);
        }
        rooms
    };
    let choose = move |id: String| {
        chosen.set(untrack(offered).into_iter().find(|room| room.id.to_string() == id));
        value.set(id);
    };
    // To look for a room is not to send the form.
    let on_key = |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    let option = |room: RoomActivity| view! { <option value=room.id.to_string()>{format!("#{}", room.name)}</option> };
    view! {
        {reactive_view(move || is_looked_for.get().then(|| view! {
            <div class="room-search" on:keydown=handle(on_key)>{listing.field("Find a room by name")}</div>
        }))}
        <label class="field">
            <span class="field-label">{label}</span>
            <select class="select" name="room" prop:value=text(move || value.get()) on:change=move |event| choose(event_target_value(&event))>
                <option value="">{none}</option>
                {keyed_list(offered, |room| room.id.to_string(), option)}
            </select>
        </label>
        {listing.turning()}
        <Problem sentence=listing.missing/>
    }
}

pub fn chosen_room(value: RwSignal<String>) -> Option<RoomId> {
    value.get_untracked().parse().ok()
}
