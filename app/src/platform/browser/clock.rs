//! What the clocks and calendars here say.

use common::Millis;
use js_sys::{Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

pub fn now() -> Millis {
    // Milliseconds since 1970 fit in the 53 bits of a double for the next 280,000 years.
    Date::now() as Millis
}

/// Milliseconds by a clock that never jumps.
pub fn tick() -> f64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into());
    let performance = performance.ok().and_then(|performance| performance.dyn_into::<web_sys::Performance>().ok());
    performance.map_or(0.0, |performance| performance.now())
}

/// When a day begins here, of a date such as "2026-11-23".
pub fn local_midnight(date: &str) -> Option<Millis> {
    // With a time behind it, it is a date in the reader's zone.
    let at = Date::new(&format!("{date}T00:00").into()).get_time();
    (!at.is_nan()).then_some(at as Millis)
}

pub fn utc_offset_minutes(at: Millis) -> i64 {
    -(date(at).get_timezone_offset() as i64)
}

/// The time of day as this browser's owner writes it.
pub fn local_clock_time(at: Millis) -> Option<String> {
    thread_local! {
        static FORMAT: Function = clock_format();
    }
    FORMAT.with(|format| format.call1(&JsValue::UNDEFINED, &date(at)).ok()?.as_string())
}

/// The time of day in another time zone; `None` for one that this browser does not know.
pub fn clock_time_in(zone: &str, at: Millis) -> Option<String> {
    if zone.is_empty() {
        return None;
    }
    let options = Object::new();
    for (key, value) in [("hour", "numeric"), ("minute", "2-digit"), ("timeZone", zone)] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    // A zone that is not known is an exception, which the constructor of js-sys does not catch.
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let maker = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
    let format = Reflect::construct(&maker, &js_sys::Array::of2(&JsValue::UNDEFINED, &options)).ok()?;
    let format = format.unchecked_into::<Intl::DateTimeFormat>().format();
    format.call1(&JsValue::UNDEFINED, &date(at)).ok()?.as_string()
}

pub(super) fn clock_format() -> Function {
    let options = Object::new();
    for (key, value) in [("hour", "numeric"), ("minute", "2-digit")] {
        if Reflect::set(&options, &key.into(), &value.into()).is_err() {
            leptos::logging::warn!("cannot choose how times are written");
        }
    }
    Intl::DateTimeFormat::new(&js_sys::Array::new(), &options).format()
}

pub(super) fn date(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at as f64))
}
