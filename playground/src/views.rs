//! What one sees: the server above, the browsers below it, the story beside them.

mod browser;
mod server;
mod story;

use crate::table::Table;
use browser::BrowserCard;
use leptos::{ev, prelude::*};
use server::ServerBox;
use story::Story;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

pub fn playground() -> impl IntoView {
    let table = Table::laid();
    provide_context(table);
    offer_lessons(table);
    view! {
        <div class="stage">
            <ServerBox/>
            <div class="browsers">
                {table.seats.map(|seat| view! { <BrowserCard seat/> }).into_iter().collect_view()}
            </div>
        </div>
        <Story/>
    }
}

/// The table of this page.
fn use_table() -> Table {
    expect_context()
}

/// Brings the buttons beside the ideas to life, which the server has drawn.
fn offer_lessons(table: Table) {
    for button in buttons() {
        drop(button.remove_attribute("hidden"));
    }
    let on_click = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("[data-try]").ok().flatten());
        if let Some(idea) = button.and_then(|button| button.get_attribute("data-try")) {
            look_at_the_stage();
            spawn_local(table.shows(idea));
        }
    };
    let _while_the_page_lives = window_event_listener(ev::click, on_click);
    Effect::new(move |_| {
        let shown = table.shown.get();
        for button in buttons() {
            let is_this = shown.is_some() && button.get_attribute("data-try") == shown;
            button.set_text_content(Some(if is_this { "Showing…" } else { "Show me" }));
            drop(button.set_attribute("aria-disabled", if shown.is_some() { "true" } else { "false" }));
        }
    });
}

fn buttons() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all("[data-try]") else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

/// On a small screen the stage is above the ideas.
fn look_at_the_stage() {
    let Some(stage) = document().query_selector(".stage").ok().flatten() else { return };
    let frame = stage.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    if frame.top() < -0.25 * frame.height() || frame.top() > 0.5 * height {
        stage.scroll_into_view();
    }
}

/// The letters of a nickname, on its colour.
#[component]
fn Face(name: String, hue: u8) -> impl IntoView {
    let letters: String = name.split(' ').filter_map(|word| word.chars().next()).collect();
    view! { <span class="avatar face" data-hue=hue.to_string() aria-hidden="true">{letters}</span> }
}
