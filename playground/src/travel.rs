//! Messages on their way, to be seen: a small paper moves along the line, from a browser to the server or the
//! other way. Who prefers less motion sees what happens at once, without a way.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// How long one way takes, in milliseconds.
const WAY: u32 = 620;

/// How far beside the line an acknowledgement travels, in pixels.
const TICK_BESIDE: f64 = 70.0;

/// What is on its way.
#[derive(Clone, Debug)]
pub enum Paper {
    Words {
        text: String,
        hue: u8,
    },
    /// What is done and not said, such as coming into a room.
    Deed(String),
    /// The acknowledgement, with the time that it took.
    Tick(u32),
    No,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// How long one way takes on the screen, in milliseconds.
pub fn way() -> u32 {
    if is_still() { 0 } else { WAY }
}

/// Lets some time pass.
pub async fn pause(millis: u32) {
    if millis > 0 {
        TimeoutFuture::new(millis).await;
    }
}

/// Ends when the paper has arrived.
pub async fn travel(browser: usize, direction: Direction, paper: Paper) {
    if is_still() {
        return;
    }
    let moving = put_on_stage(browser, direction, &paper);
    pause(WAY).await;
    if let Some(moving) = moving {
        moving.remove();
    }
}

/// Draws attention to something on the stage.
pub fn flash(selector: &str, class: &str) {
    let Some(element) = stage().and_then(|stage| stage.query_selector(selector).ok().flatten()) else { return };
    let classes = element.class_list();
    if classes.add_1(class).is_ok() {
        let class = class.to_owned();
        wasm_bindgen_futures::spawn_local(async move {
            TimeoutFuture::new(WAY).await;
            drop(classes.remove_1(&class));
        });
    }
}

/// Whether nothing is to move: because the person wants that, or because the page is hidden.
fn is_still() -> bool {
    let is_reduced = window().match_media("(prefers-reduced-motion: reduce)");
    document().hidden() || is_reduced.ok().flatten().is_some_and(|query| query.matches())
}

fn stage() -> Option<Element> {
    document().query_selector(".stage").ok().flatten()
}

fn put_on_stage(browser: usize, direction: Direction, paper: &Paper) -> Option<Element> {
    let stage = stage()?;
    let port = |name: &str| stage.query_selector(&format!("[data-port='{name}']")).ok().flatten();
    let (frame, browser, server) =
        (stage.get_bounding_client_rect(), port(&browser.to_string())?.get_bounding_client_rect(), port("server")?);
    // The answer comes beside what everybody is told.
    let beside = if matches!(paper, Paper::Tick(_)) { TICK_BESIDE } else { 0.0 };
    let x = browser.left() + browser.width() / 2.0 - frame.left() + beside;
    let above = server.get_bounding_client_rect().bottom() - frame.top() - 14.0;
    let below = browser.top() - frame.top() + 16.0;
    let (from, to) = if direction == Direction::Up { (below, above) } else { (above, below) };
    let moving = drawn(paper)?;
    stage.append_child(&moving).ok()?;
    let at = |part: f64, scale: f64, opacity: f64| {
        let y = from + part * (to - from);
        Look { transform: format!("translate({x}px, {y}px) translate(-50%, -50%) scale({scale})"), opacity }
    };
    animate(&moving, &[at(0.0, 0.8, 0.0), at(0.2, 1.0, 1.0), at(0.8, 1.0, 1.0), at(1.0, 0.9, 0.0)])?;
    Some(moving)
}

fn drawn(paper: &Paper) -> Option<Element> {
    let moving = document().create_element("span").ok()?;
    let (kind, words) = match paper {
        Paper::Words { text, hue } => {
            moving.set_attribute("data-hue", &hue.to_string()).ok()?;
            ("words", shortened(text))
        }
        Paper::Deed(words) => ("deed", words.clone()),
        Paper::Tick(millis) => ("tick", format!("✓ {millis} ms")),
        Paper::No => ("no", "✕ no".to_owned()),
    };
    moving.set_class_name("paper");
    moving.set_attribute("data-kind", kind).ok()?;
    moving.set_attribute("aria-hidden", "true").ok()?;
    moving.set_text_content(Some(&words));
    Some(moving)
}

fn shortened(text: &str) -> String {
    const MOST: usize = 18;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if text.trim().is_empty() => "…".to_owned(),
        None => text.to_owned(),
    }
}

/// A moment on the way.
struct Look {
    transform: String,
    opacity: f64,
}

/// Web Animations, called by name: with their bindings, other libraries would be built once more for this client.
fn animate(element: &Element, looks: &[Look]) -> Option<()> {
    let keyframes = Array::new();
    for Look { transform, opacity } in looks {
        let frame = Object::new();
        Reflect::set(&frame, &"transform".into(), &transform.into()).ok()?;
        Reflect::set(&frame, &"opacity".into(), &(*opacity).into()).ok()?;
        keyframes.push(&frame);
    }
    let options = Object::new();
    for (name, value) in [("duration", JsValue::from(WAY)), ("easing", "ease-in-out".into()), ("fill", "both".into())] {
        Reflect::set(&options, &name.into(), &value).ok()?;
    }
    let animate: Function = Reflect::get(element, &"animate".into()).ok()?.dyn_into().ok()?;
    animate.call2(element, &keyframes, &options).ok()?;
    Some(())
}
