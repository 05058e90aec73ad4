//! What this page was drawn from, and what else the server is asked for over HTTP.

use crate::{
    address::{Named, room_in},
    elements::PAGE,
};
use common::page::Page;
use leptos::prelude::*;

/// The page's data, in the document that the server sent.
pub fn page_of_document() -> Option<Page> {
    read(&document().get_element_by_id(PAGE)?.text_content()?)
}

/// Reads JSON by way of [`serde_json::Value`], as the socket's payloads are: a second set of
/// deserializers, straight from text, would cost some 60 kB of WASM.
pub fn read<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
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

/// Asks the server for a file of JSON.
pub async fn fetch<T: serde::de::DeserializeOwned>(path: &str) -> Option<T> {
    let response = gloo_net::http::Request::get(path).send().await.ok()?;
    read(&response.text().await.ok()?)
}
