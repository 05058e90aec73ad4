//! Why something was not done that has no place of its own on the page.

use crate::{client::use_chat, ui::handle};
use leptos::prelude::*;

#[component]
pub fn Notice(sentence: String) -> impl IntoView {
    let chat = use_chat();
    view! {
        <div class="banner" role="alert">
            <span>{sentence}</span>
            <button class="button" type="button" on:click=handle(move |_| chat.say(None))>"Close"</button>
        </div>
    }
}
