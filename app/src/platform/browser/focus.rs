//! Where the focus is, and where it goes.

use common::MessageId;
use js_sys::Reflect;
use leptos::{ev, prelude::*};
use std::cell::RefCell;
use wasm_bindgen::JsCast;

/// The message whose row an event happened on.
pub fn message_row_of(event: &ev::Event) -> Option<MessageId> {
    row_of(event)?.get_attribute("data-id")?.parse().ok()
}

pub(super) const ROW: &str = "article[data-id]";

pub(super) fn row_of(event: &ev::Event) -> Option<web_sys::Element> {
    event.target()?.dyn_into::<web_sys::Element>().ok()?.closest(ROW).ok()?
}

/// Whether an event happened in something that a selector names.
pub fn is_in(selector: &str, event: &ev::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

/// From a row, or something in it that takes no text, the arrow keys go to the row above or below.
pub fn walk_rows(event: &ev::KeyboardEvent) {
    let (Some(row), false) = (row_of(event), event.default_prevented()) else { return };
    let writes = |target: web_sys::EventTarget| target.dyn_into::<web_sys::HtmlTextAreaElement>().is_ok();
    let mut next = match event.key().as_str() {
        _ if event.target().is_none_or(writes) => return,
        "ArrowUp" => row.previous_element_sibling(),
        "ArrowDown" => row.next_element_sibling(),
        _ => return,
    };
    // Days and the line "New" are between them.
    while let Some(other) = next.take_if(|next| !next.matches(ROW).unwrap_or(false)) {
        next = if event.key() == "ArrowUp" { other.previous_element_sibling() } else { other.next_element_sibling() };
    }
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        focus(&next);
    }
}

/// Whether the focus is in something that a selector names.
pub fn focus_is_in(selector: &str) -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// The same, where it came there by keyboard.
pub fn keyboard_is_in(selector: &str) -> bool {
    focus_is_in(selector) && document().query_selector(":focus-visible").is_ok_and(|focused| focused.is_some())
}

/// Moves the focus among the elements that match a selector: `to` gets the index of the element that has
/// the focus, and their number, and returns the new index. Returns whether an element got the focus.
pub fn move_focus(selector: &str, to: impl FnOnce(Option<usize>, usize) -> Option<usize>) -> bool {
    let elements = all(selector);
    let active = document().active_element();
    let place = elements.iter().position(|element| element.contains(active.as_deref()));
    let next = to(place, elements.len()).and_then(|place| elements.get(place));
    next.is_some_and(|element| element.focus().is_ok())
}

pub(super) fn all(selector: &str) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

/// The path of the link that `to` leads to, of those that a selector names, from the one to this page.
pub fn neighbour_of_current(selector: &str, to: impl FnOnce(Option<usize>, usize) -> Option<usize>) -> Option<String> {
    let links = all(selector);
    let place = links.iter().position(|link| link.has_attribute("aria-current"));
    links.get(to(place, links.len())?)?.get_attribute("href")
}

pub fn focus_on(selector: &str) -> bool {
    all(selector).first().is_some_and(|element| element.focus().is_ok())
}

/// Where the focus was before a panel took it.
pub(super) struct Opener {
    element: web_sys::HtmlElement,
    /// The message around it, which may be drawn again meanwhile.
    message: Option<String>,
}

thread_local! {
    static OPENER: RefCell<Option<Opener>> = const { RefCell::new(None) };
}

/// A panel is opened: where the focus is now, it goes back to later. One that takes another's place goes back
/// to where that one would have.
pub fn remember_opener() {
    let within = |element: &web_sys::Element, selector| element.closest(selector).ok().flatten();
    let active = document().active_element();
    let opener = active.filter(|opener| opener.tag_name() != "BODY" && within(opener, ".panel").is_none());
    if let Some(element) = opener.and_then(|opener| opener.dyn_into::<web_sys::HtmlElement>().ok()) {
        let message = within(&element, "article").and_then(|row| row.get_attribute("data-id"));
        OPENER.set(Some(Opener { element, message }));
    }
}

/// Gives the focus back to what had it before the panel; says whether that is still there.
pub fn focus_back() -> bool {
    let Some(Opener { element, message }) = OPENER.take() else { return false };
    if element.is_connected() {
        return element.focus().is_ok();
    }
    message.is_some_and(|message| focus_on(&format!(".pane article[data-id='{message}']")))
}

/// Whether an event happened in something that a selector names.
pub fn is_within(event: &ev::KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

/// Whether a key was pressed where one can type.
pub fn is_in_field(event: &ev::KeyboardEvent) -> bool {
    is_within(event, "input, textarea, select, [contenteditable]")
}

/// Whether it was pressed where something is typed already.
pub fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let text = event.target().and_then(|target| Reflect::get(&target, &"value".into()).ok()?.as_string());
    is_in_field(event) && text.is_none_or(|text| !text.is_empty())
}

/// Gives an element the focus.
pub fn focus(element: &web_sys::Element) {
    let focused = element.dyn_ref::<web_sys::HtmlElement>().map(web_sys::HtmlElement::focus);
    if !matches!(focused, Some(Ok(()))) {
        leptos::logging::warn!("an element could not be focused");
    }
}
