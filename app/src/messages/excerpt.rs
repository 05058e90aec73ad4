//! A message outside of its conversation: in a list of messages.

use super::row::text_of;
use crate::{
    client::use_chat,
    ui::{Zone, avatar_of, reactive_view, text},
};
use common::messages::Message;
use leptos::prelude::*;

#[component]
pub fn Excerpt(message: Message) -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let (author, at) = (message.author, message.at);
    let author = chat.select(move |state| state.person(author));
    view! {
        <div class="excerpt">
            <span class="message-avatar">{reactive_view(move || avatar_of(author.get().as_deref()))}</span>
            <p class="message-head">
                <span class="message-author">{text(move || author.get().map_or("Someone".to_owned(), |author| author.name.clone()))}</span>
                <span class="excerpt-time">{text(move || format!("{}, {}", zone.day_name(zone.day(at)), zone.clock(at)))}</span>
            </p>
            {text_of(&message.text, message.html.as_ref())}
        </div>
    }
}
