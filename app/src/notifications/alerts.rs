//! Alerts: a desktop notification and a sound for a message that is not in view.

use super::Device;
use crate::{
    address::Address,
    client::{Chat, use_chat},
    platform,
    state::ChatState,
};
use common::{
    messages::Message,
    notifications::{self, headline, path_of},
    push::{GetPushKey, SubscribePush},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// A message that is in view, in any tab or on any device, is read within this time.
const LOOKED_AT_WITHIN: Duration = Duration::from_millis(1_000);

/// Nothing to see: listens to what comes, for as long as it is there.
#[component]
pub fn Alerts() -> impl IntoView {
    let (chat, address, device) = (use_chat(), Address::of_page(), Device::of_page());
    // A single tab of this browser alerts for all tabs.
    let speaker = platform::Speaker::of_tabs();
    chat.on_message(Some(Callback::new(move |message: Message| {
        let now = platform::now();
        let is_quiet = |state: &ChatState| state.quiet.is_on(now, |zone| platform::minute_in(zone, now));
        if chat.peek(|state| message.author != state.me && !is_quiet(state)) {
            let speaker = speaker.clone();
            set_timeout(
                move || {
                    if speaker.is_this_tab() {
                        alert(chat, address, device, &message);
                    }
                },
                LOOKED_AT_WITHIN,
            );
        }
    })));
    on_cleanup(move || chat.on_message(None));
    if device.push.get_untracked() {
        renew(chat);
    }
}

fn alert(chat: Chat, address: Address, device: Device, message: &Message) {
    let Some((title, body)) = chat.peek(|state| words(state, message)) else { return };
    if device.alerts.get_untracked() {
        let path = path_of(message);
        platform::alert(&title, &body, &message.id.to_string(), move || address.go(&path));
    }
    if device.sound.get_untracked() {
        platform::ring();
    }
}

/// Headline and text, if the message is still unread and the user wants to be notified.
fn words(state: &ChatState, message: &Message) -> Option<(String, String)> {
    let summary = &state.rooms.get(&message.room)?.summary;
    let reason = state.reason(message).filter(|_| state.is_unread(message))?;
    // A message that was edited meanwhile shows its current text.
    let now = state.message(message.room, message.id).map_or(message, |now| now);
    let author = state.people.get(&message.author).map_or("Someone", |author| &author.name);
    let title = headline(reason, author, &state.room_in_sentence(summary));
    (!now.is_deleted()).then(|| (title, notifications::summary(now)))
}

/// Signing out removes the server's subscription, but not the browser's.
fn renew(chat: Chat) {
    spawn_local(async move {
        if let Ok(subscription) = subscribe(chat).await {
            drop(chat.send(subscription).await);
        }
    });
}

/// The subscription of this browser, made if there is none.
///
/// # Errors
/// A sentence for people.
pub async fn subscribe(chat: Chat) -> Result<SubscribePush, String> {
    let key = chat.send(GetPushKey {}).await.map_err(|failure| failure.sentence())?;
    platform::subscribe_to_push(&key.key).await
}
