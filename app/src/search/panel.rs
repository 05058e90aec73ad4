//! The search panel: a field, and results while you type.

use super::{
    Searching,
    asking::Asking,
    filter_of,
    hit::{Origin, excerpt},
    keys::{Step, move_among},
};
use crate::{
    address::Address,
    client::{OpenPanel, use_chat},
    platform,
    threads::path_to_message,
    ui::{Problem, effect, handle, keyed_list, reactive_view, text},
};
use common::{limits, search::Hit};
use leptos::{ev, html, prelude::*};

/// What can be written besides words.
const FILTERS: [(&str, &str); 6] = [
    ("from:ada", "of one person, or of me"),
    ("in:general", "in one room, or in:@ada"),
    ("has:link", "with a link, has:file, has:image"),
    ("on:2026-11-24", "of one day"),
    ("before: after:", "before a day, or from it on"),
    ("\"two words\"", "just like this"),
];

#[component]
pub fn SearchPanel() -> impl IntoView {
    let query = Searching::of_page().query();
    let asking = Asking::follow(query, 1);
    let field = NodeRef::<html::Input>::new();
    effect(move || {
        if let Some(field) = field.get()
            && field.focus().is_err()
        {
            leptos::logging::warn!("the search field could not be focused");
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            _ => return,
        };
        if move_among(".hits a", step) {
            event.prevent_default();
        }
    };
    let is_blank = move || query.with(|query| query.trim().is_empty());
    view! {
        <div class="search" role="search" on:keydown=handle(on_key)>
            <input node_ref=field class="search-field" type="search" name="query" aria-label="Search messages" placeholder="Search messages"
                autocomplete="off" maxlength=limits::SEARCH_CHARS.to_string() bind:value=query/>
            <Narrowing query/>
            <p class="search-status" role="status">{text(move || status(asking, &query.get()))}</p>
            <Problem sentence=asking.problem/>
            {reactive_view(move || is_blank().then(|| view! { <Filters/> }))}
            <Hits asking/>
        </div>
    }
}

fn status(asking: Asking, query: &str) -> String {
    let (answered, count, is_more, unknown) = asking
        .found
        .with(|found| (asking.answered.get(), found.hits.len(), found.next.is_some(), found.unknown.first().cloned()));
    // What is still being typed is not unknown yet.
    let unknown = unknown.filter(|filter| !filter.ends_with(':'));
    match (answered.is_empty() || query.trim().is_empty(), unknown, count, is_more) {
        (true, ..) => String::new(),
        (_, Some(filter), ..) => format!("“{filter}” matches nothing here."),
        (_, _, 0, false) => "No results.".into(),
        (_, _, 0, true) => "No results yet. There are more messages to search.".into(),
        (_, _, 1, false) => "1 message".into(),
        (_, _, count, false) => format!("{count} messages"),
        (_, _, count, true) => format!("The newest {count} messages"),
    }
}

/// Filters at a click.
#[component]
fn Narrowing(query: RwSignal<String>) -> impl IntoView {
    let chat = use_chat();
    let address = Address::of_page();
    let here = Memo::new(move |_| {
        let room = address.room()?;
        chat.with(|state| filter_of(state, room))
    });
    let offered = move || {
        let here = here.get().map(|filter| ("In this room", filter));
        let others = [("From me", "from:me".to_owned()), ("With a link", "has:link".to_owned())];
        here.into_iter().chain(others).collect::<Vec<_>>()
    };
    view! {
        <div class="narrowing" role="group" aria-label="Filters">
            {keyed_list(offered, |(_, filter)| filter.clone(), move |(label, filter)| view! { <Switch label filter query/> })}
        </div>
    }
}

/// Puts a filter into the query, or takes it out.
#[component]
fn Switch(label: &'static str, filter: String, query: RwSignal<String>) -> impl IntoView {
    let is_on = {
        let filter = filter.clone();
        Memo::new(move |_| query.with(|query| has(query, &filter)))
    };
    let toggle = move || {
        query.update(|query| {
            if has(query, &filter) {
                *query = format!(" {query} ").replacen(&format!(" {filter} "), " ", 1).trim().to_owned();
            } else {
                *query = format!("{} {filter} ", query.trim()).trim_start().to_owned();
            }
        });
    };
    view! {
        <button class="button small" type="button" aria-pressed=text(move || is_on.get().to_string()) on:click=handle(move |_| toggle())>
            {label}
        </button>
    }
}

fn has(query: &str, filter: &str) -> bool {
    format!(" {query} ").contains(&format!(" {filter} "))
}

#[component]
fn Filters() -> impl IntoView {
    let filter = |(written, meaning)| view! { <dt><code>{written}</code></dt><dd>{meaning}</dd> };
    view! {
        <dl class="filters">{FILTERS.map(filter).collect_view()}</dl>
    }
}

#[component]
fn Hits(asking: Asking) -> impl IntoView {
    let hits = move || asking.found.with(|found| found.hits.clone());
    let is_more = move || asking.found.with(|found| found.next.is_some());
    view! {
        <ol class="hits" aria-label="Results">
            // What an answer marks in a message may differ from what the one before did.
            {keyed_list(hits, |hit| format!("{} {:?}", hit.id, hit.excerpt), |hit| view! { <HitRow hit/> })}
        </ol>
        {reactive_view(move || is_more().then(|| view! {
            <button class="button" type="button" disabled=asking.is_asking on:click=handle(move |_| asking.more())>"Older results"</button>
        }))}
    }
}

#[component]
fn HitRow(hit: Hit) -> impl IntoView {
    let panels = OpenPanel::of_page();
    let go = move || {
        if platform::has_panel_above() {
            panels.close();
        }
    };
    view! {
        <li>
            <a class="hit" href=path_to_message(hit.room, hit.seq, hit.thread) on:click=handle(move |_| go())>
                <Origin hit=hit.clone()/>
                {excerpt(hit.excerpt)}
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_in_a_query_as_a_word_of_its_own() {
        assert!(has("cards in:general", "in:general") && has("in:general", "in:general"));
        assert!(!has("in:generals cards", "in:general"));
    }
}
