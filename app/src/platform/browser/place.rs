//! The address bar, links, and the title.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Where this page comes from, such as `https://chat.example.org`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
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

/// Calls back with the new path on back, forward, or a click on one of our links.
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
pub(super) fn link_in(event: &ev::MouseEvent) -> Option<String> {
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
