//! The server's side: it draws once, in UTC, and has no connection to itself.

use crate::{
    address::Requested,
    failure::Failure,
    state::{Conversation, Pending},
};
use common::{MessageId, Millis, PersonId, RoomId, Seq, files::Attachment, push::SubscribePush};
use leptos::{ev, html, prelude::*};
use socket::{Incomings, Options, Socket};
use std::time::{SystemTime, UNIX_EPOCH};

pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

pub fn tick() -> f64 {
    0.0
}

/// In lower case, to compare by.
pub fn lowercase(text: &str) -> String {
    text.to_lowercase()
}

pub fn path() -> String {
    use_context::<Requested>().unwrap_or_default().path
}

pub fn query(name: &str) -> Option<String> {
    let requested = use_context::<Requested>()?;
    requested.query.into_iter().find_map(|(key, value)| (key == name).then_some(value))
}

pub fn origin() -> String {
    String::new()
}

pub fn load_styles(_id: &str) -> impl Future<Output = bool> + use<> {
    async { true }
}

pub async fn copy_from(_field: &web_sys::HtmlInputElement) -> bool {
    false
}

pub async fn copy(_text: &str) -> bool {
    false
}

pub fn download(_name: &str, _text: &str) {}

pub fn local_midnight(_date: &str) -> Option<Millis> {
    None
}

pub fn set_title(_title: &str) {}

pub fn push_path(_path: &str) {}

pub fn follow_links(_to: Callback<String>) {}

pub fn message_row_of(_event: &ev::Event) -> Option<MessageId> {
    None
}

pub fn is_in(_selector: &str, _event: &ev::Event) -> bool {
    false
}

pub fn walk_rows(_event: &ev::KeyboardEvent) {}

pub fn remember_opener() {}

pub fn focus_back() -> bool {
    false
}

pub fn focus_is_in(_selector: &str) -> bool {
    false
}

pub fn keyboard_is_in(_selector: &str) -> bool {
    false
}

pub fn has_panel_above() -> bool {
    false
}

pub fn place_beside(_event: &ev::MouseEvent, _size: (i32, i32)) -> (i32, i32) {
    (0, 0)
}

pub fn is_popover_open(_popover: NodeRef<html::Div>) -> bool {
    false
}

pub fn hide_popover(_popover: NodeRef<html::Div>) {}

pub fn place_of(_event: &ev::Event) -> Option<usize> {
    None
}

pub fn columns(_grid: NodeRef<html::Div>) -> usize {
    1
}

pub fn scroll_to_start(_grid: NodeRef<html::Div>) {}

pub fn scroll_to_place(_grid: NodeRef<html::Div>, _place: usize) {}

pub async fn fetch<T>(_path: &str) -> Option<T> {
    None
}

pub fn row_in_view(_scroller: &web_sys::Element) -> Option<(String, f64)> {
    None
}

pub fn bottom_of_row(_scroller: &web_sys::Element, _id: &str) -> Option<f64> {
    None
}

pub fn show_row(_scroller: &web_sys::Element, _seq: Seq) {}

pub fn move_focus(_selector: &str, _to: impl FnOnce(Option<usize>, usize) -> Option<usize>) -> bool {
    false
}

pub fn neighbour_of_current(
    _selector: &str,
    _to: impl FnOnce(Option<usize>, usize) -> Option<usize>,
) -> Option<String> {
    None
}

pub fn focus_on(_selector: &str) -> bool {
    false
}

pub fn bring_into_view(_id: &str) {}

pub fn is_within(_event: &leptos::ev::KeyboardEvent, _selector: &str) -> bool {
    false
}

pub fn is_in_field(_event: &leptos::ev::KeyboardEvent) -> bool {
    false
}

pub fn is_typing(_event: &leptos::ev::KeyboardEvent) -> bool {
    false
}

pub fn is_apple() -> bool {
    false
}

pub fn last_room() -> Option<RoomId> {
    None
}

pub fn remember_room(_room: RoomId) {}

pub fn is_first_look() -> bool {
    false
}

pub fn replace_path(_path: &str) {}

/// Nothing happens here.
pub struct Listening;

pub fn listen<E>(_element: &web_sys::EventTarget, _event: &'static str, _take: impl FnMut(E) + 'static) -> Listening {
    Listening
}

pub fn utc_offset_minutes(_at: Millis) -> i64 {
    0
}

pub fn local_clock_time(_at: Millis) -> Option<String> {
    None
}

pub fn time_zone() -> Option<String> {
    None
}

pub fn clock_time_in(_zone: &str, _at: Millis) -> Option<String> {
    None
}

pub fn on_touch(_act: impl Fn() + Copy + 'static) {}

pub fn person_at(_event: &leptos::ev::MouseEvent) -> Option<PersonId> {
    None
}

pub fn draft(_talk: Conversation) -> String {
    String::new()
}

pub fn keep_draft(_talk: Conversation, _text: &str) {}

pub fn kept(_key: &str) -> String {
    String::new()
}

pub fn keep(_key: &str, _text: &str) {}

pub fn is_watched() -> bool {
    false
}

pub fn is_shown() -> bool {
    false
}

pub fn is_details_open(_event: &web_sys::Event) -> bool {
    false
}

pub fn focus(_element: &web_sys::Element) {}

pub fn has_coarse_pointer() -> bool {
    false
}

/// Whether this browser shows notifications of this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    Granted,
    Refused,
    Impossible,
}

pub async fn ask_for_alerts() -> Permission {
    Permission::Impossible
}

pub fn alert(_title: &str, _body: &str, _tag: &str, _on_click: impl FnOnce() + 'static) {}

pub fn ring() {}

/// There are no tabs here.
#[derive(Clone)]
pub struct Speaker;

impl Speaker {
    pub fn of_tabs() -> Self {
        Self
    }

    pub fn is_this_tab(&self) -> bool {
        false
    }
}

pub fn minute_in(_zone: &str, _at: Millis) -> Option<u16> {
    None
}

pub fn is_kept_on(_name: &str) -> bool {
    false
}

pub fn keep_on(_name: &str, _is_on: bool) {}

pub async fn subscribe_to_push(_key: &str) -> Result<SubscribePush, String> {
    Err("There is no push service here.".into())
}

pub fn follow_attention(_tell: Callback<bool>) {}

pub fn set_badge(_count: usize) {}

/// The server has no files to pick.
#[derive(Clone)]
pub enum PickedFile {}

impl PickedFile {
    pub fn name(&self) -> String {
        match *self {}
    }

    pub fn size(&self) -> u64 {
        match *self {}
    }
}

pub fn picked_files(_input: &web_sys::HtmlInputElement) -> Vec<PickedFile> {
    Vec::new()
}

pub fn pasted_files(_event: &ev::ClipboardEvent) -> Vec<PickedFile> {
    Vec::new()
}

pub fn carries_files(_event: &ev::DragEvent) -> bool {
    false
}

pub fn dropped_files(_event: &ev::DragEvent) -> Vec<PickedFile> {
    Vec::new()
}

/// Nothing is sent from here.
pub struct Sending;

pub fn send_file(
    file: &PickedFile,
    _progress: impl FnMut(u8) + 'static,
    _done: impl FnOnce(Result<Attachment, Failure>) + 'static,
) -> Sending {
    match *file {}
}

/// Nothing is on its way from here.
#[derive(Clone)]
pub enum Outbox {}

impl Outbox {
    pub fn keep(&self, _pending: &Pending) {
        match *self {}
    }

    pub fn forget(&self, _id: MessageId) {
        match *self {}
    }

    pub async fn adopt(&self) -> Vec<Pending> {
        match *self {}
    }
}

/// The server has no connection to itself.
pub fn connect(_options: Options) -> Option<(Socket, Incomings)> {
    None
}

/// JSON is read by the browser.
pub fn read<T>(_text: &str) -> Option<T> {
    None
}
