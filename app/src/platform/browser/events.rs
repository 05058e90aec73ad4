//! Events of the page, and whether the page is visible.

use common::PersonId;
use leptos::{ev, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

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

/// Calls back on every input event of this page.
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

/// Whether the page is visible and has the focus.
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
