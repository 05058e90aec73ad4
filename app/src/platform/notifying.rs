//! Notifications, sounds, the badge and push.

use super::now;
use common::{Millis, push::SubscribePush, secrets::Secret};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use leptos::{ev, prelude::*};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AudioContext, Notification, NotificationOptions, NotificationPermission, PushManager, PushSubscription,
    PushSubscriptionOptionsInit, ServiceWorkerRegistration, VisibilityState,
};

/// The script that shows what is pushed while no page is open.
const SERVICE_WORKER: &str = "/service-worker.js";

/// The user counts as away after this time without input.
const GONE_AFTER: Millis = 5 * 60 * 1000;

/// Whether this browser shows notifications of this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    Granted,
    Refused,
    Impossible,
}

/// Asks for the permission to show notifications, unless that was decided before. Only after a click.
pub async fn ask_for_alerts() -> Permission {
    if !has("Notification") {
        return Permission::Impossible;
    }
    if let (NotificationPermission::Default, Ok(asked)) =
        (Notification::permission(), Notification::request_permission())
    {
        // What was answered is looked at below.
        drop(JsFuture::from(asked).await);
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        _ => Permission::Refused,
    }
}

fn has(class: &str) -> bool {
    Reflect::has(&window(), &class.into()).unwrap_or(false)
}

/// Shows a notification. One with the same tag takes its place.
pub fn alert(title: &str, body: &str, tag: &str, on_click: impl FnOnce() + 'static) {
    if !has("Notification") || Notification::permission() != NotificationPermission::Granted {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    // Some phones show only what a service worker shows; they are told by push.
    let Ok(notification) = Notification::new_with_options(title, &options) else { return };
    let shown = notification.clone();
    let click = Closure::once_into_js(move || {
        if window().focus().is_err() {
            leptos::logging::warn!("the window could not be brought to the front");
        }
        shown.close();
        on_click();
    });
    notification.set_onclick(click.dyn_ref());
}

/// A short tone of two notes.
pub fn ring() {
    thread_local! {
        static AUDIO: Option<AudioContext> = AudioContext::new().ok();
    }
    let rung = AUDIO.with(|audio| {
        let audio = audio.as_ref()?;
        tone(audio, 660.0, 0.0).ok()?;
        tone(audio, 880.0, 0.12).ok()
    });
    if rung.is_none() {
        leptos::logging::warn!("this browser makes no sound");
    }
}

/// A tone that begins after some seconds and fades.
fn tone(audio: &AudioContext, frequency: f32, after: f64) -> Result<(), JsValue> {
    const LASTS: f64 = 0.18;
    let (source, volume) = (audio.create_oscillator()?, audio.create_gain()?);
    let begin = audio.current_time() + after;
    source.frequency().set_value(frequency);
    volume.gain().set_value_at_time(0.12, begin)?;
    volume.gain().exponential_ramp_to_value_at_time(0.001, begin + LASTS)?;
    source.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&audio.destination())?;
    source.start_with_when(begin)?;
    source.stop_with_when(begin + LASTS)
}

/// Of the tabs of this browser, one speaks for all: the one that holds a Web Lock. Where there are none,
/// each speaks for itself.
#[derive(Clone)]
pub struct Speaker(send_wrapper::SendWrapper<Rc<Cell<bool>>>);

impl Speaker {
    pub fn of_tabs() -> Self {
        let is_this_tab = Rc::new(Cell::new(false));
        let its_turn = is_this_tab.clone();
        let hold = Closure::once_into_js(move || {
            its_turn.set(true);
            // Held for as long as the page lives.
            Promise::new(&mut |_, _| {})
        });
        let asked =
            Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object).and_then(|locks| {
                let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
                Reflect::apply(&request, &locks, &Array::of2(&"hubbub-speaker".into(), &hold)).ok()
            });
        if asked.is_none() {
            is_this_tab.set(true);
        }
        Self(send_wrapper::SendWrapper::new(is_this_tab))
    }

    pub fn is_this_tab(&self) -> bool {
        self.0.get()
    }
}

/// The name of this browser's time zone.
pub fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?.as_string()
}

/// Minutes since midnight in a time zone; `None` when this browser does not know it.
pub fn minute_in(zone: &str, at: Millis) -> Option<u16> {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let options = Object::new();
    for (key, value) in [("timeZone", zone), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    // By way of the date: a zone that is not known is an error that can be taken there.
    let write: Function = Reflect::get(&date, &"toLocaleTimeString".into()).ok()?.dyn_into().ok()?;
    let written = write.call2(&date, &"en-GB".into(), &options).ok()?.as_string()?;
    let (hours, minutes) = written.split_once(':')?;
    Some(hours.parse::<u16>().ok()? * 60 + minutes.parse::<u16>().ok()?)
}

/// A choice that is kept in this browser.
pub fn is_kept_on(name: &str) -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(name).ok().flatten()).is_some()
}

pub fn keep_on(name: &str, is_on: bool) {
    let Some(storage) = window().local_storage().ok().flatten() else { return };
    let kept = if is_on { storage.set_item(name, "on") } else { storage.remove_item(name) };
    if kept.is_err() {
        leptos::logging::warn!("the browser does not keep this choice");
    }
}

/// The subscription of this browser to its push service, with a key of the server; made if there is none.
///
/// # Errors
/// A sentence for people.
pub async fn subscribe_to_push(key: &str) -> Result<SubscribePush, String> {
    let subscription = subscription(key).await.map_err(|error| {
        web_sys::console::warn_1(&error);
        "This browser's push service cannot be reached.".to_owned()
    })?;
    read(&subscription).ok_or("This browser's push service gave an unreadable answer.".to_owned())
}

async fn subscription(key: &str) -> Result<PushSubscription, JsValue> {
    let navigator = window().navigator();
    if !Reflect::has(&navigator, &"serviceWorker".into())? || !has("PushManager") {
        return Err("there is no push service".into());
    }
    let workers = navigator.service_worker();
    JsFuture::from(workers.register(SERVICE_WORKER)).await?;
    let registration: ServiceWorkerRegistration = JsFuture::from(workers.ready()?).await?.dyn_into()?;
    let push = registration.push_manager()?;
    match subscribed(&push, key).await {
        Ok(subscription) => Ok(subscription),
        // There is one with an older key of the server's.
        Err(error) => {
            let old = JsFuture::from(push.get_subscription()?).await?;
            let Some(old) = old.dyn_ref::<PushSubscription>() else { return Err(error) };
            JsFuture::from(old.unsubscribe()?).await?;
            subscribed(&push, key).await
        }
    }
}

async fn subscribed(push: &PushManager, key: &str) -> Result<PushSubscription, JsValue> {
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key(&bytes(key));
    JsFuture::from(push.subscribe_with_options(&options)?).await?.dyn_into()
}

/// The bytes that base64url stands for.
fn bytes(text: &str) -> JsValue {
    let plain = window().atob(&text.replace('-', "+").replace('_', "/")).unwrap_or_default();
    // Each character is a byte.
    let bytes: Vec<u8> = plain.chars().map(|c| c as u8).collect();
    Uint8Array::from(bytes.as_slice()).into()
}

fn read(subscription: &PushSubscription) -> Option<SubscribePush> {
    let written: String = JSON::stringify(subscription).ok()?.into();
    let value: serde_json::Value = serde_json::from_str(&written).ok()?;
    let field = |value: &serde_json::Value| value.as_str().map(Secret::from);
    Some(SubscribePush {
        endpoint: field(&value["endpoint"])?,
        p256dh: field(&value["keys"]["p256dh"])?,
        auth: field(&value["keys"]["auth"])?,
    })
}

/// Calls back when the user comes or leaves: present means that the page is visible and had input in the last minutes.
pub fn follow_attention(tell: Callback<bool>) {
    let last = StoredValue::new(now());
    let told = StoredValue::new(false);
    let look = move || {
        let is_in_view = document().visibility_state() == VisibilityState::Visible;
        let is_here = is_in_view && document().has_focus().unwrap_or(false) && now() - last.get_value() < GONE_AFTER;
        if is_here != told.get_value() {
            told.set_value(is_here);
            tell.run(is_here);
        }
    };
    let act = move || {
        last.set_value(now());
        look();
    };
    let _while_the_page_lives = window_event_listener(ev::focus, move |_| act());
    let _while_the_page_lives = window_event_listener(ev::pointermove, move |_| act());
    let _while_the_page_lives = window_event_listener(ev::pointerdown, move |_| act());
    let _while_the_page_lives = window_event_listener(ev::keydown, move |_| act());
    let _while_the_page_lives = window_event_listener(ev::blur, move |_| look());
    set_interval(look, Duration::from_secs(20));
    look();
}

/// Draws a number on the icon of the browser's tab; none for 0.
pub fn set_badge(count: usize) {
    thread_local! {
        static PLAIN: Option<String> = icon().and_then(|icon| icon.get_attribute("href"));
    }
    let drawn = PLAIN.with(|plain| {
        let (icon, plain) = (icon()?, plain.as_ref()?);
        icon.set_attribute("href", &if count == 0 { plain.clone() } else { icon_with(count) }).ok()
    });
    if drawn.is_none() {
        leptos::logging::log!("this page has no icon to draw on");
    }
}

fn icon() -> Option<web_sys::Element> {
    document().query_selector("link[rel='icon']").ok().flatten()
}

/// The icon as an address, with a number in its corner.
fn icon_with(count: usize) -> String {
    const ICON: &str = include_str!("../../../public/assets/icon.svg");
    let number = if count > 9 { "9+".to_owned() } else { count.to_string() };
    let badge = format!(
        "<circle cx='22' cy='10' r='10' fill='#dc2626'/><text x='22' y='15' font-family='sans-serif' font-size='{}' \
         font-weight='bold' text-anchor='middle' fill='#fff'>{number}</text></svg>",
        if count > 9 { 12 } else { 15 }
    );
    let drawn = ICON.trim().trim_end_matches("</svg>").to_owned() + &badge;
    format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&drawn)))
}
