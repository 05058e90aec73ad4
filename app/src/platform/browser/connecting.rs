//! Connections, over the browser's WebSocket.

use leptos::{ev, prelude::*};
use socket::{Incomings, Options, Socket};
use wasm_bindgen::JsCast;

/// Opens a connection to the server.
pub fn connect(options: Options) -> Option<(Socket, Incomings)> {
    Some(socket::web::connect(options))
}

/// Ends after some milliseconds.
pub fn sleep(millis: u32) -> impl Future<Output = ()> + Unpin {
    gloo_timers::future::TimeoutFuture::new(millis)
}

/// Reconnects at once when the network is back or the page is visible again.
pub fn hurry_when_back(socket: &Socket) {
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
