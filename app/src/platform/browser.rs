//! The browser's side.

use super::Outbox;
use crate::{
    address::{Named, room_in},
    chat::{Chat, Unreachable},
    console::ConsoleNews,
    shell::PAGE_ELEMENT,
    state::{Change, Link, Talk},
};
use common::{Code, MessageId, Millis, PersonId, Refusal, RoomId, Seq, ServerEvent, page::Page};
use futures::{
    StreamExt,
    future::{Either, select},
};
use js_sys::{Date, Function, Intl, Object, Reflect};
use leptos::{ev, html, prelude::*};
use send_wrapper::SendWrapper;
use socket::{Incoming, RequestError, Socket, Tap};
use std::{cell::RefCell, pin::pin, time::Duration};
use wasm_bindgen::{JsCast, JsValue};

pub fn now() -> Millis {
    // Milliseconds since 1970 fit in the 53 bits of a double for the next 280,000 years.
    Date::now() as Millis
}

/// Milliseconds by a clock that never jumps.
pub fn tick() -> f64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into());
    let performance = performance.ok().and_then(|performance| performance.dyn_into::<web_sys::Performance>().ok());
    performance.map_or(0.0, |performance| performance.now())
}

/// In lower case, to compare by. The browser's own, as Unicode's tables would be 24 kB of WASM.
pub fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// The page's data, in the document that the server sent.
pub fn page_of_document() -> Option<Page> {
    read(&document().get_element_by_id(PAGE_ELEMENT)?.text_content()?)
}

/// Reads JSON by way of [`serde_json::Value`], as the socket's payloads are: a second set of
/// deserializers, straight from text, would cost some 60 kB of WASM.
pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    common::json::read(value).ok()
}

/// Asks a server for the page's data, for a client that came without (feature `csr`).
///
/// # Errors
/// A sentence for people.
pub async fn page_from(path: &str) -> Result<Page, String> {
    let query = match room_in(path) {
        Some(Named { room: Some(room), seq, thread }) => {
            let seq = seq.map(|seq| format!("&seq={seq}")).unwrap_or_default();
            let thread = thread.map(|thread| format!("&thread={thread}")).unwrap_or_default();
            format!("?room={room}{seq}{thread}")
        }
        Some(Named { room: None, .. }) | None => String::new(),
    };
    let request = gloo_net::http::Request::get(&format!("/api/page{query}"));
    let response = request.send().await.map_err(|_| "The server cannot be reached.".to_owned())?;
    let text = response.text().await.unwrap_or_default();
    read(&text).ok_or("The server's answer could not be read.".to_owned())
}

pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Where this page comes from, such as `https://chat.example.org`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Copies what stands in a field; says whether that worked. Otherwise it is selected, to be copied by hand.
pub async fn copy_from(field: &web_sys::HtmlInputElement) -> bool {
    field.select();
    copy(&field.value()).await
}

/// Copies a text; says whether that worked.
pub async fn copy(text: &str) -> bool {
    // Only pages that came over HTTPS, or from this machine, have it.
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into());
    match clipboard.ok().and_then(|clipboard| clipboard.dyn_into::<web_sys::Clipboard>().ok()) {
        Some(clipboard) => wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// Has the browser keep a text as a file.
pub fn download(name: &str, text: &str) {
    if offer(name, text).is_err() {
        leptos::logging::warn!("{name} could not be kept");
    }
}

fn offer(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of2(&text.into(), &JsValue::from(""));
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"application/json".into())?;
    let blob = Reflect::construct(&function(&js_sys::global(), "Blob")?, &js_sys::Array::of2(&parts, &options))?;
    let urls = function(&js_sys::global(), "URL")?;
    let url = function(&urls, "createObjectURL")?.call1(&urls, &blob)?;
    let link = document().create_element("a")?.dyn_into::<web_sys::HtmlElement>()?;
    link.set_attribute("href", &url.as_string().unwrap_or_default())?;
    link.set_attribute("download", name)?;
    link.click();
    function(&urls, "revokeObjectURL")?.call1(&urls, &url)?;
    Ok(())
}

fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

/// When a day begins here, of a date such as "2026-11-23".
pub fn local_midnight(date: &str) -> Option<Millis> {
    // With a time behind it, it is a date in the reader's zone.
    let at = Date::new(&format!("{date}T00:00").into()).get_time();
    (!at.is_nan()).then_some(at as Millis)
}

/// A parameter of the address.
pub fn query(name: &str) -> Option<String> {
    web_sys::UrlSearchParams::new_with_str(&window().location().search().ok()?).ok()?.get(name)
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Puts another path into the address bar, with a way back.
pub fn push_path(path: &str) {
    let pushed = window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(path)));
    if pushed.is_err() {
        leptos::logging::warn!("the address could not be changed to {path}");
    }
}

/// Puts another path into the address bar in place of this one.
pub fn replace_path(path: &str) {
    let history = window().history();
    if history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(path))).is_err() {
        leptos::logging::warn!("the address could not be changed to {path}");
    }
}

/// Calls back with the new path when somebody goes back or forth, or follows a link of ours.
pub fn follow_links(to: Callback<String>) {
    let _while_the_page_lives = window_event_listener(ev::popstate, move |_| to.run(path()));
    let _while_the_page_lives = window_event_listener(ev::click, move |event| {
        if let Some(path) = link_in(&event) {
            event.prevent_default();
            push_path(&path);
            to.run(path);
        }
    });
}

/// The path of the link that was clicked, if it is one of the chat's, and the click was a plain one.
fn link_in(event: &ev::MouseEvent) -> Option<String> {
    let has_modifier = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || has_modifier {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let is_ours = link.origin() == window().location().origin().ok()?;
    let is_plain = link.target().is_empty() && link.rel() != "external" && !link.has_attribute("download");
    (is_ours && is_plain && link.hash().is_empty()).then(|| link.pathname())
}

/// The message whose row an event happened on.
pub fn message_row_of(event: &ev::Event) -> Option<MessageId> {
    row_of(event)?.get_attribute("data-id")?.parse().ok()
}

const ROW: &str = "article[data-id]";

fn row_of(event: &ev::Event) -> Option<web_sys::Element> {
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

/// Whether the panel lies above the conversation here; `rooms.css` says the same.
pub fn has_panel_above() -> bool {
    matches_media("(max-width: 1000px)")
}

fn matches_media(query: &str) -> bool {
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

fn child(grid: &web_sys::Element, place: u32) -> Option<web_sys::HtmlElement> {
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

/// Asks the server for a file of JSON.
pub async fn fetch<T: serde::de::DeserializeOwned>(path: &str) -> Option<T> {
    let response = gloo_net::http::Request::get(path).send().await.ok()?;
    read(&response.text().await.ok()?)
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

/// Gives the focus to one of the elements that a selector names: `to` says which, of so many, from the
/// one that has it or has it in it. Says whether there is one.
pub fn move_focus(selector: &str, to: impl FnOnce(Option<usize>, usize) -> Option<usize>) -> bool {
    let elements = all(selector);
    let active = document().active_element();
    let place = elements.iter().position(|element| element.contains(active.as_deref()));
    let next = to(place, elements.len()).and_then(|place| elements.get(place));
    next.is_some_and(|element| element.focus().is_ok())
}

fn all(selector: &str) -> Vec<web_sys::HtmlElement> {
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
struct Opener {
    element: web_sys::HtmlElement,
    /// The message that this is in, which may be drawn anew meanwhile.
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

pub fn bring_into_view(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
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

/// Whether the keyboard has ⌘ where others have Ctrl.
pub fn is_apple() -> bool {
    window().navigator().platform().is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"))
}

/// Has the styles applied that a link in the document leads to; says whether that worked. Where there is no such
/// link, they are there from the start.
pub fn load_styles(id: &str) -> impl Future<Output = bool> + use<> {
    let link = document().get_element_by_id(id).filter(|link| !has_styles(link));
    let loading = link.map(|link| {
        let loading = js_sys::Promise::new(&mut |loaded, failed| {
            // It is loaded, or loaded once more, when it is enabled.
            let begun = link
                .add_event_listener_with_callback("load", &loaded)
                .and_then(|()| link.add_event_listener_with_callback("error", &failed))
                .and_then(|()| link.set_attribute("disabled", ""))
                .and_then(|()| link.remove_attribute("disabled"));
            if let Err(error) = begun {
                drop(failed.call1(&JsValue::NULL, &error));
            }
        });
        (link, wasm_bindgen_futures::JsFuture::from(loading))
    });
    async {
        let Some((link, loading)) = loading else { return true };
        let is_loaded = loading.await.is_ok();
        // What could not be loaded is an empty sheet to some browsers.
        is_loaded || link.set_attribute("disabled", "").is_err()
    }
}

fn has_styles(link: &web_sys::Element) -> bool {
    !link.has_attribute("disabled") && Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null())
}

/// Whether the panel lies over the room, for want of space beside it.
pub fn panels_cover_the_room() -> bool {
    window().match_media("(max-width: 1000px)").ok().flatten().is_some_and(|query| query.matches())
}

/// Calls back at events of an element, before the handlers that are on it, until what is returned is
/// dropped.
pub fn listen<E: JsCast + 'static>(
    element: &web_sys::EventTarget,
    event: &'static str,
    mut take: impl FnMut(E) + 'static,
) -> SendWrapper<Listening> {
    let take = move |event: web_sys::Event| take(event.unchecked_into());
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(take);
    let capture = true;
    if element.add_event_listener_with_callback_and_bool(event, closure.as_ref().unchecked_ref(), capture).is_err() {
        leptos::logging::warn!("{event} is not listened to");
    }
    SendWrapper::new(Listening { element: element.clone(), event, closure })
}

/// Ends when it is dropped.
pub struct Listening {
    element: web_sys::EventTarget,
    event: &'static str,
    closure: wasm_bindgen::closure::Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let (callback, capture) = (self.closure.as_ref().unchecked_ref(), true);
        if self.element.remove_event_listener_with_callback_and_bool(self.event, callback, capture).is_err() {
            leptos::logging::warn!("{} is still listened to", self.event);
        }
    }
}

pub fn utc_offset_minutes(at: Millis) -> i64 {
    -(date(at).get_timezone_offset() as i64)
}

/// The time of day as this browser's owner writes it.
pub fn local_clock_time(at: Millis) -> Option<String> {
    thread_local! {
        static FORMAT: Function = clock_format();
    }
    FORMAT.with(|format| format.call1(&JsValue::UNDEFINED, &date(at)).ok()?.as_string())
}

/// The time of day in another time zone; `None` for one that this browser does not know.
pub fn clock_time_in(zone: &str, at: Millis) -> Option<String> {
    if zone.is_empty() {
        return None;
    }
    let options = Object::new();
    for (key, value) in [("hour", "numeric"), ("minute", "2-digit"), ("timeZone", zone)] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    // A zone that is not known is an exception, which the constructor of js-sys does not catch.
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let maker = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
    let format = Reflect::construct(&maker, &js_sys::Array::of2(&JsValue::UNDEFINED, &options)).ok()?;
    let format = format.unchecked_into::<Intl::DateTimeFormat>().format();
    format.call1(&JsValue::UNDEFINED, &date(at)).ok()?.as_string()
}

/// Calls back whenever somebody does something at this page.
pub fn on_touch(act: impl Fn() + Copy + 'static) {
    for event in ["pointerdown", "pointermove", "keydown", "wheel", "focus"] {
        let _while_the_page_lives = window_event_listener_untyped(event, move |_| act());
    }
}

/// The person whose name or face was clicked.
pub fn person_at(event: &ev::MouseEvent) -> Option<PersonId> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.closest("[data-person]").ok()??.get_attribute("data-person")?.parse().ok()
}

fn clock_format() -> Function {
    let options = Object::new();
    for (key, value) in [("hour", "numeric"), ("minute", "2-digit")] {
        if Reflect::set(&options, &key.into(), &value.into()).is_err() {
            leptos::logging::warn!("cannot choose how times are written");
        }
    }
    Intl::DateTimeFormat::new(&js_sys::Array::new(), &options).format()
}

fn date(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at as f64))
}

/// Which room was on the screen last, in this browser.
pub fn last_room() -> Option<RoomId> {
    storage()?.get_item(LAST_ROOM).ok()??.parse().ok()
}

pub fn remember_room(room: RoomId) {
    if storage().is_some_and(|storage| storage.set_item(LAST_ROOM, &room.to_string()).is_err()) {
        leptos::logging::warn!("the browser does not keep which room was open");
    }
}

const LAST_ROOM: &str = "last room";

/// Whether this tab shows the chat for the first time. True once.
pub fn is_first_look() -> bool {
    let Some(tab) = window().session_storage().ok().flatten() else { return false };
    let is_first = tab.get_item("looked").ok().flatten().is_none();
    is_first && tab.set_item("looked", "yes").is_ok()
}

/// What was being written in a conversation when the page was closed.
pub fn draft(talk: Talk) -> String {
    kept(&draft_key(talk))
}

pub fn keep_draft(talk: Talk, text: &str) {
    keep(&draft_key(talk), text);
}

fn draft_key(talk: Talk) -> String {
    match talk.thread {
        None => format!("draft {}", talk.room),
        Some(thread) => format!("draft {} {thread}", talk.room),
    }
}

/// What this browser keeps under a name; empty if there is nothing.
pub fn kept(key: &str) -> String {
    storage().and_then(|storage| storage.get_item(key).ok().flatten()).unwrap_or_default()
}

pub fn keep(key: &str, text: &str) {
    let Some(storage) = storage() else { return };
    let kept = if text.is_empty() { storage.remove_item(key) } else { storage.set_item(key, text) };
    if kept.is_err() {
        leptos::logging::warn!("the browser does not keep {key:?}");
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Whether somebody can be looking at this page now.
pub fn is_watched() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible && document().has_focus().unwrap_or(false)
}

/// Whether this tab is the one that is shown.
pub fn is_shown() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Whether the details that were just opened or closed are open.
pub fn is_details_open(event: &web_sys::Event) -> bool {
    let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}

/// Gives an element the focus.
pub fn focus(element: &web_sys::Element) {
    let focused = element.dyn_ref::<web_sys::HtmlElement>().map(web_sys::HtmlElement::focus);
    if !matches!(focused, Some(Ok(()))) {
        leptos::logging::warn!("an element could not be focused");
    }
}

/// Whether this is a touch screen, where Enter makes a new line.
pub fn has_coarse_pointer() -> bool {
    matches_media("(pointer: coarse)")
}

/// How long a page waits for its outbox before it connects, in milliseconds.
const OUTBOX_OPENS_WITHIN: u32 = 1_000;

/// The connection to the server.
#[derive(Clone)]
pub struct Line(Socket);

impl Line {
    /// Sends a command; it is on its way, behind those before it, when this returns.
    pub fn request(
        &self,
        name: &str,
        payload: serde_json::Value,
    ) -> impl Future<Output = Result<serde_json::Value, Unreachable>> + use<> {
        let reply = self.0.request(name, vec![payload]);
        async move {
            let reply = reply.await.map_err(|error| match error {
                RequestError::TimedOut => Unreachable::Silent,
                RequestError::NotConnected | RequestError::Disconnected => Unreachable::Away,
            })?;
            reply.args.into_iter().next().ok_or(Unreachable::Silent)
        }
    }

    /// Leaves for good.
    pub fn leave(&self) {
        self.0.disconnect();
    }

    /// No need to wait for the next attempt.
    pub fn hurry(&self) {
        self.0.reconnect_now();
    }
}

/// Opens a line to the console's namespace, with what comes over it told to `take`.
pub fn console_line(take: impl Fn(ConsoleNews) + 'static) -> Option<Line> {
    let options = socket::Options::new(origin(), "/admin").retry_refused(true);
    let (socket, mut incoming) = socket::web::connect(options);
    let line = Line(socket.clone());
    leptos::task::spawn_local(async move {
        while let Some(news) = incoming.next().await {
            match news {
                Incoming::Connected { .. } => take(ConsoleNews::Open),
                Incoming::Event(event) => {
                    take(ConsoleNews::Event(event.name, event.args.into_iter().next().unwrap_or_default()));
                }
                Incoming::ConnectRefused { message, .. } => match read::<Refusal>(&message) {
                    Some(refusal) => take(ConsoleNews::Refused(refusal)),
                    None => take(ConsoleNews::Lost),
                },
                // Why, the door says.
                Incoming::Disconnected { reason: socket::DisconnectReason::ServerDisconnect } => {
                    take(ConsoleNews::Lost);
                    socket.reconnect_now();
                }
                Incoming::Disconnected { .. } | Incoming::Reconnecting { .. } => take(ConsoleNews::Lost),
            }
        }
    });
    Some(line)
}

impl Line {
    /// Listens in on what goes over the line, in place of who did so before.
    pub fn tap(&self, tap: Option<Tap>) {
        self.0.tap(tap);
    }
}

/// Opens the outbox, connects, and stays connected for as long as the page is open.
pub fn keep_connected(chat: Chat) {
    leptos::task::spawn_local(async move {
        let me = chat.peek(|state| state.me);
        // What an earlier page has left goes out before what is written now, unless the browser takes too long.
        let late = gloo_timers::future::TimeoutFuture::new(OUTBOX_OPENS_WITHIN);
        match select(pin!(Outbox::open(me)), late).await {
            Either::Left((Some(outbox), _)) => chat.use_outbox(outbox).await,
            Either::Left((None, _)) => leptos::logging::warn!("this browser does not keep what is on its way"),
            Either::Right(((), opening)) => {
                connect(chat);
                if let Some(outbox) = opening.await {
                    chat.use_outbox(outbox).await;
                }
                return;
            }
        }
        connect(chat);
    });
}

fn connect(chat: Chat) {
    let origin = window().location().origin().unwrap_or_default();
    let options = socket::Options::new(origin, "/chat").auth(serde_json::json!({ "batch": true })).retry_refused(true);
    let (socket, mut incoming) = socket::web::connect(options);
    chat.use_line(Line(socket.clone()));
    hurry_when_back(&socket);
    leptos::task::spawn_local(async move {
        while let Some(news) = incoming.next().await {
            take(chat, &socket, news);
        }
    });
}

fn take(chat: Chat, socket: &Socket, news: Incoming) {
    match news {
        Incoming::Connected { .. } => chat.resume(),
        Incoming::Event(event) => {
            let payload = event.args.into_iter().next().unwrap_or_default();
            for read in ServerEvent::read_all(&event.name, payload) {
                match read {
                    Ok(Some(ServerEvent::ServerStopping(stopping))) => {
                        socket.return_within(Duration::from_millis(stopping.return_within.unsigned_abs()));
                    }
                    Ok(Some(event)) => chat.hear(event),
                    Ok(None) => leptos::logging::log!("an event that this version does not know: {}", event.name),
                    Err(error) => leptos::logging::warn!("{} could not be read: {error}", event.name),
                }
            }
        }
        Incoming::ConnectRefused { message, .. } => match final_refusal(&message) {
            Some(refusal) => {
                socket.disconnect();
                chat.apply(Change::Linked(Link::Refused(refusal)));
            }
            None => chat.lost(),
        },
        Incoming::Disconnected { .. } | Incoming::Reconnecting { .. } => chat.lost(),
    }
}

/// The text of a CONNECT_ERROR is a refusal as JSON. Only that of somebody who has to sign in, or of
/// a foreign page, is the last word; a server that is about to stop, or in trouble, is asked again.
fn final_refusal(message: &str) -> Option<Refusal> {
    let refusal: Refusal = read(message)?;
    matches!(refusal.code, Code::NotSignedIn | Code::SessionExpired | Code::WrongOrigin).then_some(refusal)
}

/// The network is back, or somebody looks at the page again: no need to wait for the next attempt.
fn hurry_when_back(socket: &Socket) {
    let on_network = socket.clone();
    let _while_the_page_lives = window_event_listener(ev::online, move |_| on_network.reconnect_now());
    let on_sight = socket.clone();
    let look = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || {
        if document().visibility_state() == web_sys::VisibilityState::Visible && !on_sight.is_connected() {
            on_sight.reconnect_now();
        }
    });
    let listener = look.as_ref().unchecked_ref();
    if document().add_event_listener_with_callback("visibilitychange", listener).is_err() {
        leptos::logging::warn!("cannot tell when the page is looked at");
    }
    // It lives as long as the page.
    look.forget();
}
