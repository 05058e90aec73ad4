//! Where things are on the screen, and bringing them into view.

use common::Seq;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

/// Whether the panel lies above the conversation here; `rooms.css` says the same.
pub fn has_panel_above() -> bool {
    matches_media("(max-width: 1000px)")
}

pub(super) fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}

/// Where something of a size fits beside the button that was clicked: CSS pixels from the left and the
/// top of the window.
pub fn place_beside(event: &ev::MouseEvent, (width, height): (i32, i32)) -> (i32, i32) {
    const GAP: i32 = 8;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let button = target.and_then(|target| target.closest("button").ok().flatten());
    let Some(place) = button.map(|button| button.get_bounding_client_rect()) else { return (GAP, GAP) };
    let size = |size: Result<JsValue, JsValue>| size.ok().and_then(|size| size.as_f64()).unwrap_or_default() as i32;
    let (right, bottom) = (size(window().inner_width()), size(window().inner_height()));
    let above = place.top() as i32 - height - GAP;
    let top = if above < GAP { place.bottom() as i32 + GAP } else { above };
    let fits = |at: i32, most: i32| at.min(most - GAP).max(GAP);
    (fits(place.right() as i32 - width, right - width), fits(top, bottom - height))
}

/// Whether a popover is shown.
pub fn is_popover_open(popover: NodeRef<html::Div>) -> bool {
    popover.get_untracked().is_some_and(|popover| popover.matches(":popover-open").unwrap_or(false))
}

/// Hides a popover; the focus goes back to where it was.
pub fn hide_popover(popover: NodeRef<html::Div>) {
    if let Some(popover) = popover.get_untracked()
        && popover.hide_popover().is_err()
    {
        leptos::logging::warn!("a popover could not be closed");
    }
}

/// The number of what an event in a list happened on, in its attribute `data-place`.
pub fn place_of(event: &ev::Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.closest("[data-place]").ok()??.get_attribute("data-place")?.parse().ok()
}

/// How many stand beside each other in a grid.
pub fn columns(grid: NodeRef<html::Div>) -> usize {
    let Some(grid) = grid.get_untracked() else { return 1 };
    let tops = (0..).map_while(|place| child(&grid, place)).map(|child| child.offset_top());
    let mut tops = tops.peekable();
    let first = tops.peek().copied();
    tops.take_while(|top| Some(*top) == first).count().max(1)
}

pub(super) fn child(grid: &web_sys::Element, place: u32) -> Option<web_sys::HtmlElement> {
    grid.children().item(place)?.dyn_into().ok()
}

pub fn scroll_to_start(grid: NodeRef<html::Div>) {
    if let Some(grid) = grid.get_untracked() {
        grid.set_scroll_top(0);
    }
}

/// Scrolls so far that one of a grid is in view.
pub fn scroll_to_place(grid: NodeRef<html::Div>, place: usize) {
    let child = grid.get_untracked().and_then(|grid| child(&grid, u32::try_from(place).ok()?));
    if let Some(child) = child {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        child.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The first message that is in view as a whole, and how far down it ends: CSS pixels in the window. Its
/// beginning may change with what comes before it, such as whether its author is named.
pub fn row_in_view(scroller: &web_sys::Element) -> Option<(String, f64)> {
    let top = scroller.get_bounding_client_rect().top();
    let rows = scroller.query_selector_all("article[data-id]").ok()?;
    let mut rows = (0..rows.length()).filter_map(|place| rows.get(place)?.dyn_into::<web_sys::Element>().ok());
    let row = rows.find(|row| row.get_bounding_client_rect().top() >= top)?;
    Some((row.get_attribute("data-id")?, row.get_bounding_client_rect().bottom()))
}

/// How far down a message ends: CSS pixels in the window.
pub fn bottom_of_row(scroller: &web_sys::Element, id: &str) -> Option<f64> {
    let row = scroller.query_selector(&format!("article[data-id='{id}']")).ok()??;
    Some(row.get_bounding_client_rect().bottom())
}

/// Brings a message into the middle of the view and gives it the focus.
pub fn show_row(scroller: &web_sys::Element, seq: Seq) {
    let row = scroller.query_selector(&format!("article[data-seq='{seq}']"));
    let Some(row) = row.ok().flatten().and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    row.scroll_into_view_with_scroll_into_view_options(&options);
    if row.focus().is_err() {
        leptos::logging::warn!("a message could not be focused");
    }
}

pub fn bring_into_view(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether this is a touch screen, where Enter makes a new line.
pub fn has_coarse_pointer() -> bool {
    matches_media("(pointer: coarse)")
}
