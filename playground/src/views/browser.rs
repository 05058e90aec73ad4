//! One browser: who it is, what it has heard, and what it can do.

use super::{Face, use_table};
use crate::{
    browser::{Browser, Heard, Line, Wish},
    story,
    table::{Seat, Table},
};
use common::{
    limits,
    lobby::{Audience, Namespace},
};
use leptos::{ev, html, prelude::*};
use wasm_bindgen_futures::spawn_local;

/// Rooms that are offered; others can be named.
const ROOMS: [&str; 2] = ["tea", "music"];
/// What stands in the fields at first, so that one key is enough.
const WORDS: [&str; 3] = ["Hello!", "Anybody here?", "Good morning!"];

#[component]
pub fn BrowserCard(seat: Seat) -> impl IntoView {
    let table = use_table();
    let browser = seat.browser;
    let line = Memo::new(move |_| browser.with(|browser| browser.line.clone()));
    let who = Memo::new(move |_| browser.with(|browser| browser.who.clone()));
    view! {
        <section class="browser" aria-label=format!("Browser {}", seat.number()) data-line=move || mark(&line.get())>
            <header class="browser-top" data-port=seat.index().to_string()>
                {move || who.get().map(|who| view! { <Face name=who.name hue=who.hue/> })}
                <h3 class="browser-who">
                    <span>{format!("Browser {}", seat.number())}</span>" "
                    <strong>{move || who.get().map(|who| who.name)}</strong>
                </h3>
            </header>
            <div class="browser-state">
                <p class="browser-line">{move || in_words(&line.get())}</p>
                <CutButton seat table/>
            </div>
            <Places seat table/>
            <HeardList seat/>
            <Speak seat table/>
            <Rooms seat table/>
        </section>
    }
}

fn mark(line: &Line) -> &'static str {
    match line {
        Line::Calling | Line::Lost => "calling",
        Line::Live => "live",
        Line::Cut | Line::Refused(_) => "cut",
    }
}

fn in_words(line: &Line) -> String {
    match line {
        Line::Calling => "Calling…".into(),
        Line::Live => "On the line".into(),
        Line::Cut => "No line".into(),
        Line::Lost => "Calling again…".into(),
        Line::Refused(reason) => reason.clone(),
    }
}

#[component]
fn CutButton(seat: Seat, table: Table) -> impl IntoView {
    let is_cut = Memo::new(move |_| seat.browser.with(|browser| matches!(browser.line, Line::Cut | Line::Refused(_))));
    let act = move |_| if is_cut.get_untracked() { table.mends(seat) } else { table.cuts(seat) };
    view! {
        <button class="button small" type="button" on:click=act>
            {move || if is_cut.get() { "Restore the line" } else { "Cut the line" }}
        </button>
    }
}

/// Which namespace the browser is in.
#[component]
fn Places(seat: Seat, table: Table) -> impl IntoView {
    let now = Memo::new(move |_| seat.browser.with(|browser| browser.namespace));
    let place = move |namespace: Namespace| {
        view! {
            <button class="button small" type="button" aria-pressed=move || (now.get() == namespace).to_string()
                on:click=move |_| table.takes(seat, namespace)>{name_of(namespace)}</button>
        }
    };
    view! { <div class="places" role="group" aria-label="Namespace">{Namespace::ALL.map(place).into_iter().collect_view()}</div> }
}

fn name_of(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Lobby => "Lobby",
        Namespace::Garden => "Garden",
    }
}

#[component]
fn HeardList(seat: Seat) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let heard = Memo::new(move |_| seat.browser.with(|browser| browser.heard.clone()));
    Effect::new(move |_| {
        heard.track();
        if let Some(list) = list.get() {
            list.set_scroll_top(list.scroll_height());
        }
    });
    view! {
        <ul class="heard" node_ref=list tabindex="0" aria-label=format!("What browser {} hears", seat.number())>
            <For each=move || heard.get() key=|heard| heard.number let:heard>
                <HeardLine heard/>
            </For>
        </ul>
    }
}

#[component]
fn HeardLine(heard: Heard) -> impl IntoView {
    let Heard { from, is_own, text, to, .. } = heard;
    let whom = (to != Audience::Everyone).then(|| view! { <span class="heard-to">{story::to_whom(&to)}</span> });
    view! {
        <li data-own=is_own.to_string()>
            <Face name=from.name.clone() hue=from.hue/>
            <p><span class="heard-from">{from.name}{whom}</span>" "<span class="heard-text">{text}</span></p>
        </li>
    }
}

#[component]
fn Speak(seat: Seat, table: Table) -> impl IntoView {
    let browser = seat.browser;
    let text = RwSignal::new(WORDS[seat.index()].to_owned());
    let choices = Memo::new(move |_| browser.with(Browser::audiences));
    let waiting = Memo::new(move |_| browser.with(|browser| browser.waiting.clone()));
    let say = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let to = browser.with_untracked(|browser| browser.to.clone());
        let text = text.try_update(std::mem::take).unwrap_or_default();
        spawn_local(table.says(seat, Wish { text, to }));
    };
    let choose = move |event| {
        let chosen: Option<usize> = event_target_value(&event).parse().ok();
        let to = chosen.and_then(|place| choices.with_untracked(|choices| choices.get(place).cloned()));
        if let Some(to) = to {
            seat.update(|browser| browser.to = to);
        }
    };
    let option = move |(place, to): (usize, Audience)| {
        let words = story::choice(&to);
        let is_chosen = move || browser.with(|browser| browser.to == to);
        view! { <option value=place.to_string() prop:selected=is_chosen>{words}</option> }
    };
    view! {
        <form class="speak" on:submit=say>
            {move || (!waiting.with(Vec::is_empty)).then(|| view! {
                <ol class="waiting" tabindex="0" aria-label="The queue">{waiting.get().into_iter().map(|wish| view! { <li>{wish.text}</li> }).collect_view()}</ol>
            })}
            <label class="speak-to"><span>"To"</span>
                <select on:change=choose>{move || choices.get().into_iter().enumerate().map(option).collect_view()}</select>
            </label>
            <div class="speak-words">
                <input type="text" aria-label="Message" maxlength=limits::LOBBY_TEXT_CHARS.to_string() autocomplete="off" bind:value=text/>
                <button class="button primary" type="submit">"Send"</button>
            </div>
        </form>
    }
}

/// The rooms that are offered, and those that it is in.
#[component]
fn Rooms(seat: Seat, table: Table) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let rooms = Memo::new(move |_| seat.browser.with(|browser| browser.rooms.clone()));
    let offered = Memo::new(move |_| {
        let others = rooms.get().into_iter().filter(|room| !ROOMS.contains(&room.as_str()));
        ROOMS.map(str::to_owned).into_iter().chain(others).collect::<Vec<_>>()
    });
    let is_off = Memo::new(move |_| seat.browser.with(|browser| !browser.is_live()));
    let chip = move |room: String| {
        let (of_state, of_click) = (room.clone(), room.clone());
        let is_in = Memo::new(move |_| rooms.with(|rooms| rooms.contains(&of_state)));
        let act = move |_| {
            let room = of_click.clone();
            if is_in.get_untracked() {
                spawn_local(table.leaves(seat, room))
            } else {
                spawn_local(table.enters(seat, room))
            }
        };
        view! {
            <button class="button small" type="button" disabled=is_off aria-pressed=move || is_in.get().to_string() on:click=act>{room}</button>
        }
    };
    let enter = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let room = name.try_update(std::mem::take).unwrap_or_default();
        spawn_local(table.enters(seat, room));
    };
    view! {
        <div class="rooms" role="group" aria-label="Rooms">
            <span class="rooms-name" aria-hidden="true">"Rooms"</span>
            <For each=move || offered.get() key=Clone::clone children=chip/>
            <form on:submit=enter>
                <input type="text" aria-label="Another room" placeholder="another" maxlength=limits::LOBBY_ROOM_CHARS.to_string()
                    autocomplete="off" disabled=is_off bind:value=name/>
            </form>
        </div>
    }
}
