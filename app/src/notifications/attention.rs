//! Presence at this device: while the user is here, nothing is pushed to other devices.

use crate::{client::Chat, platform, ui::effect};
use common::push::SetAttention;
use leptos::{prelude::*, task::spawn_local};

/// Tells the server on every new connection, and on every change.
pub fn attend(chat: Chat) {
    let here = RwSignal::new(false);
    effect(move || platform::follow_attention(Callback::new(move |now| here.set(now))));
    let is_live = chat.is_live();
    // The server takes a new connection for unattended.
    let told = StoredValue::new(false);
    effect(move || {
        let (here, is_live) = (here.get(), is_live.get());
        let before = told.get_value();
        told.set_value(is_live && here);
        if is_live && here != before {
            let answer = chat.send(SetAttention { here });
            // The next change, or the next connection, says it again.
            spawn_local(async move { drop(answer.await) });
        }
    });
}
