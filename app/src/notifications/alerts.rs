//! Alerts: a notification on the desktop, and a sound, for a message that nobody looks at.

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

/// Whoever looks at a message, in this tab, in another one or on another device, has read it by then.
const LOOKED_AT_WITHIN: Duration = Duration::from_millis(1_000);

/// Nothing to see: listens to what comes, for as long as it is there.
#[component]
pub fn Alerts() -> impl IntoView {
    let (chat, address, device) = (use_chat(), Address::of_page(), Device::of_page());
    // One tab of this browser speaks for all.
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

/// Headline and text, if the message is unread still and one wants to be told of it.
fn words(state: &ChatState, message: &Message) -> Option<(String, String)> {
    let summary = &state.rooms.get(&message.room)?.summary;
    let reason = state.reason(message).filter(|_| state.is_unread(message))?;
    // One that was changed meanwhile says what it says now.
    let now = state.message(message.room, message.id).map_or(message, |now| now);
    let author = state.people.get(&message.author).map_or("Somebody", |author| &author.name);
    let title = headline(reason, author, &state.room_in_sentence(summary));
    (!now.is_deleted()).then(|| (title, notifications::summary(now)))
}

/// The browser's subscription stays when one signs out, the server's does not.
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
