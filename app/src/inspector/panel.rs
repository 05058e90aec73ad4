//! The panel: this page's connection, live.

use super::{
    anatomy::Anatomy,
    clock,
    listening::{Listening, Shown},
    row::Row,
    saving,
    topic::Filter,
};
use crate::{
    client::use_chat,
    platform,
    search::{Step, move_among},
    ui::{Icon, effect, handle, keyed_list, reactive_view, regular, text},
};
use common::files::size_in_words;
use leptos::{ev, html, prelude::*};
use socket::codec::Side;

/// Nearer to the end than this, in CSS pixels, the list follows what comes.
const FOLLOWS_WITHIN: i32 = 48;

/// While the list follows what comes, its last rows are drawn, as many to twice as many: the browser looks
/// through all that are drawn whenever one comes.
const DRAWN: usize = 60;

#[component]
pub fn Inspector() -> impl IntoView {
    let listening = Listening::begin(use_chat());
    let (filter, words) = (RwSignal::new(Filter::All), RwSignal::new(String::new()));
    let listed = RwSignal::new(Vec::new());
    let count = RwSignal::new(String::new());
    effect(move || {
        let (filter, words) = (filter.get(), platform::lowercase(words.get().trim()));
        let shown = listening.shown().with(|shown| lets_through(shown, filter, &words));
        count.set(counted(&shown, listening.held_back()));
        listed.set(shown);
    });
    let save = move || {
        let rows =
            listed.with_untracked(|listed| listed.iter().map(|shown| shown.row.get_untracked()).collect::<Vec<_>>());
        saving::save(&rows);
    };
    view! {
        <div class="inspector">
            <div class="inspector-head">
                <p class="inspector-note">"The live traffic between your browser and the server. Select a line to see its frames."</p>
                <Filters filter/>
                <div class="inspector-tools">
                    <input class="search-field" type="search" aria-label="Filter by words" placeholder="Filter by words"
                        autocomplete="off" bind:value=words/>
                    <PauseButton listening/>
                    <button class="icon-button" type="button" aria-label="Save this list" title="Save this list"
                        on:click=handle(move |_| save())><Icon paths=regular(phosphor_leptos::DOWNLOAD_SIMPLE)/></button>
                </div>
                <p class="inspector-count">{text(move || count.get())}</p>
            </div>
            <Frames listed/>
        </div>
    }
}

fn lets_through(shown: &[Shown], filter: Filter, words: &str) -> Vec<Shown> {
    let is_wanted = |shown: &&Shown| shown.row.with_untracked(|row| filter.lets_through(row, words));
    shown.iter().filter(is_wanted).cloned().collect()
}

/// How much is listed, or waits.
fn counted(listed: &[Shown], held_back: usize) -> String {
    if held_back > 0 {
        return format!("Paused: {} waiting", common::words::counted(held_back, "frame", "frames"));
    }
    let (mut count, mut out, mut back) = (0, 0, 0);
    for shown in listed {
        shown.row.with_untracked(|row| {
            count += row.frames.len();
            for frame in &row.frames {
                *(if frame.from == Side::Client { &mut out } else { &mut back }) += frame.size as u64;
            }
        });
    }
    let frames = common::words::counted(count, "frame", "frames");
    format!("{frames}: {} out, {} in", size_in_words(out), size_in_words(back))
}

#[component]
fn Filters(filter: RwSignal<Filter>) -> impl IntoView {
    let button = move |(of, label): (Filter, &'static str)| {
        view! {
            <button class="button small" type="button" aria-pressed=text(move || (filter.get() == of).to_string())
                on:click=handle(move |_| filter.set(of))>{label}</button>
        }
    };
    view! {
        <div class="narrowing" role="group" aria-label="Show">{Filter::ALL.map(button).collect_view()}</div>
    }
}

#[component]
fn PauseButton(listening: Listening) -> impl IntoView {
    view! {
        <button class="icon-button" type="button" aria-label="Pause" title="Pause" aria-pressed=text(move || listening.is_paused().to_string())
            on:click=handle(move |_| listening.pause(!untrack(move || listening.is_paused())))>
            {reactive_view(move || if listening.is_paused() {
                view! { <Icon paths=regular(phosphor_leptos::PLAY)/> }
            } else {
                view! { <Icon paths=regular(phosphor_leptos::PAUSE)/> }
            })}
        </button>
    }
}

/// The list, which stays at its end unless the user scrolls up.
#[component]
fn Frames(listed: RwSignal<Vec<Shown>>) -> impl IntoView {
    let element = NodeRef::<html::Div>::new();
    let is_following = RwSignal::new(true);
    let is_still_following = move || is_following.try_get_untracked() == Some(true);
    // New rows move the end away; only scrolling up leaves it.
    let last_top = StoredValue::new(0);
    let to_end = move || {
        if let Some(element) = element.try_get_untracked().flatten() {
            element.set_scroll_top(element.scroll_height());
            last_top.set_value(element.scroll_top());
        }
    };
    let note = move |_| {
        let Some(element) = element.get_untracked() else { return };
        let top = element.scroll_top();
        let is_at_end = element.scroll_height() - element.client_height() - top < FOLLOWS_WITHIN;
        let is_going_up = top < last_top.try_update_value(|last| std::mem::replace(last, top)).unwrap_or(0);
        if is_following.get_untracked() != is_at_end && (is_at_end || is_going_up) {
            is_following.set(is_at_end);
            if !is_at_end {
                // What is drawn above from now on moves nothing.
                let below = element.scroll_height() - top;
                request_animation_frame(move || element.set_scroll_top(element.scroll_height() - below));
            }
        }
    };
    let is_empty = Memo::new(move |_| listed.with(Vec::is_empty));
    let drawn = RwSignal::new(Vec::<Shown>::new());
    effect(move || {
        let is_following = is_following.get();
        // A keyboard user has the whole list, and keeps their place.
        let is_walking = platform::focus_is_in(".frame");
        let rows = listed.with(|listed| to_draw(listed, is_following && !is_walking).to_vec());
        let first = |rows: &Vec<Shown>| rows.first().map(|shown| shown.id);
        // Rows that leave at the top move the others up; that is not scrolling.
        if drawn.with_untracked(first) != first(&rows) {
            last_top.set_value(0);
        }
        drawn.set(rows);
        if is_following {
            request_animation_frame(move || {
                if is_still_following() {
                    to_end();
                }
            });
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if Step::of_key(&event.key()).is_some_and(|step| move_among(".frame-line", step)) {
            event.prevent_default();
        }
    };
    view! {
        <div class="inspector-list">
            <div class="inspector-scroller" node_ref=element on:scroll=handle(note) tabindex="0" role="region" aria-label="Frames">
                {reactive_view(move || is_empty.get().then(|| view! {
                    <p class="empty">"Nothing yet. Write something, or wait for the next heartbeat: the server sends one every 25 seconds."</p>
                }))}
                <ol class="frames" on:keydown=handle(on_key)>
                    {keyed_list(move || drawn.get(), |shown| shown.id.to_string(), |shown| view! { <Line shown/> })}
                </ol>
            </div>
            {reactive_view(move || (!is_following.get()).then(|| view! {
                <button class="button new-below" type="button" on:click=handle(move |_| to_end())>"Newest"<Icon paths=regular(phosphor_leptos::ARROW_DOWN)/></button>
            }))}
        </div>
    }
}

/// The rows of a list to draw: all of them while the user reads, otherwise the last ones, and what
/// they have opened.
pub(super) fn to_draw(listed: &[Shown], is_following: bool) -> &[Shown] {
    if !is_following {
        return listed;
    }
    let from = listed.len().saturating_sub(DRAWN) / DRAWN * DRAWN;
    let open = listed.iter().position(|shown| shown.is_open.get_untracked());
    &listed[open.map_or(from, |open| from.min(open))..]
}

#[component]
fn Line(shown: Shown) -> impl IntoView {
    let is_open = RwSignal::from(shown.is_open.clone());
    let row = shown.row.clone();
    let summary = reactive_view(move || row.with(|row| summary(row)));
    let row = shown.row.clone();
    let detail = reactive_view(move || is_open.get().then(|| view! { <Anatomy row=row.get()/> }));
    view! {
        <li class="frame">
            <button class="frame-line" type="button" aria-expanded=text(move || is_open.get().to_string())
                on:click=handle(move |_| is_open.update(|is_open| *is_open = !*is_open))>{summary}</button>
            {detail}
        </li>
    }
}

/// The row on one line: which way, what was said, when, and how much it was.
fn summary(row: &Row) -> impl IntoView + use<> {
    let (way, mark) = way(row);
    let size = (!row.frames.is_empty()).then(|| view! { <span>{size_in_words(row.size() as u64)}</span> });
    view! {
        <span class="frame-way" data-topic=row.topic.name() data-error=row.is_error.to_string() role="img" aria-label=way>{mark}</span>
        <span class="frame-words">{row.sentence()}</span>
        <span class="frame-facts"><span>{clock::of_day(row.at)}</span>{size}</span>
    }
}

/// Which way the frames of a row went, in words and as a mark.
fn way(row: &Row) -> (&'static str, &'static str) {
    let goes = |from| row.frames.iter().any(|frame| frame.from == from);
    match (goes(Side::Client), goes(Side::Server)) {
        (true, true) => ("Both directions", "↕"),
        (true, false) => ("Out", "↑"),
        (false, true) => ("In", "↓"),
        (false, false) => ("Connection", "•"),
    }
}
