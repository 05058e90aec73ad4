//! What a message said before it was edited.

use super::row::text_of;
use crate::{
    client::use_chat,
    ui::{Zone, keyed_list, text},
};
use common::messages::{ListVersions, Message, Version};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

#[component]
pub fn EarlierVersions(message: Arc<Message>) -> impl IntoView {
    let zone = Zone::of_page();
    let versions = RwSignal::new(Vec::<Version>::new());
    let reply = use_chat().send(ListVersions { room: message.room, message: message.id });
    spawn_local(async move {
        if let Ok(found) = reply.await {
            versions.try_set(found.versions);
        }
    });
    view! {
        {keyed_list(move || versions.get(), |version| version.seq.to_string(), move |version| view! {
            <section class="version">
                <h3>"From "{text(move || zone.clock(version.at))}", #"{version.seq}</h3>
                {text_of(&version.text, version.html.as_ref())}
            </section>
        })}
    }
}
