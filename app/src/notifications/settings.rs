//! Where notifications are chosen: for this device, and when not.

use super::{Device, alerts::subscribe, quiet::DoNotDisturb};
use crate::{
    client::{Chat, use_chat},
    platform::{self, Permission},
    ui::{Problem, handle, text},
};
use common::push::UnsubscribePush;
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn NotificationSettings() -> impl IntoView {
    view! {
        <section class="settings" aria-labelledby="notifications-title">
            <h2 id="notifications-title">"Notifications"</h2>
            <ThisDevice/>
            <DoNotDisturb/>
        </section>
    }
}

#[component]
fn ThisDevice() -> impl IntoView {
    let (chat, device) = (use_chat(), Device::of_page());
    let problem = RwSignal::new(None::<String>);
    let choose_alerts = move |event: ev::Event| {
        let wanted = event_target_checked(&event);
        device.alerts.set(wanted);
        spawn_local(async move {
            let is_on = wanted && is_permitted(problem).await;
            device.choose(device.alerts, is_on);
        });
    };
    let choose_push = move |event: ev::Event| {
        let wanted = event_target_checked(&event);
        device.push.set(wanted);
        spawn_local(async move {
            let is_on = if wanted {
                is_permitted(problem).await && is_subscribed(chat, problem).await
            } else {
                !left(chat, problem).await
            };
            device.choose(device.push, is_on);
        });
    };
    let choose_sound = move |event: ev::Event| {
        device.choose(device.sound, event_target_checked(&event));
        if device.sound.get_untracked() {
            platform::ring();
        }
    };
    view! {
        <fieldset class="choices">
            <legend class="field-label">"On this device"</legend>
            <label class="choice">
                <input type="checkbox" prop:checked=text(move || device.alerts.get()) on:change=handle(choose_alerts)/>
                <span><strong>"Notifications on the desktop"</strong>
                    <span class="field-hint">"For messages out of view, while Hubbub is open in a tab. Your browser asks for permission."</span></span>
            </label>
            <label class="choice">
                <input type="checkbox" prop:checked=text(move || device.push.get()) on:change=handle(choose_push)/>
                <span><strong>"Also while Hubbub is closed"</strong>
                    <span class="field-hint">"Encrypted, through your browser's push service, while you are away from all of your devices."</span></span>
            </label>
            <label class="choice">
                <input type="checkbox" prop:checked=text(move || device.sound.get()) on:change=handle(choose_sound)/>
                <span><strong>"A sound"</strong><span class="field-hint">"A short tone with each notification."</span></span>
            </label>
        </fieldset>
        <Problem sentence=problem/>
    }
}

/// Asks, if that was not decided before.
async fn is_permitted(problem: RwSignal<Option<String>>) -> bool {
    let permission = platform::ask_for_alerts().await;
    problem.try_set(match permission {
        Permission::Granted => None,
        Permission::Refused => {
            Some("Your browser does not let Hubbub show notifications. Allow it in the browser's settings for this site, then try again.".into())
        }
        Permission::Impossible => Some("This browser cannot show notifications for this page.".into()),
    });
    permission == Permission::Granted
}

async fn is_subscribed(chat: Chat, problem: RwSignal<Option<String>>) -> bool {
    let subscribed = match subscribe(chat).await {
        Ok(subscription) => chat.send(subscription).await.map_err(|failure| failure.sentence()),
        Err(sentence) => Err(sentence),
    };
    let is_subscribed = subscribed.is_ok();
    problem.try_set(subscribed.err());
    is_subscribed
}

async fn left(chat: Chat, problem: RwSignal<Option<String>>) -> bool {
    let left = chat.send(UnsubscribePush {}).await;
    let has_left = left.is_ok();
    problem.try_set(left.err().map(|failure| failure.sentence()));
    has_left
}
