//! Closures that follow the state, boxed to keep the WASM small.

use leptos::prelude::*;

/// A text, or an attribute, that follows the state. Boxed, so that all of one type share their code:
/// an unboxed closure has the whole machinery compiled for itself.
pub fn text<T>(value: impl Fn() -> T + Send + 'static) -> Box<dyn Fn() -> T + Send> {
    Box::new(value)
}

/// A view that follows the state, boxed like [`text`].
pub fn reactive_view<V: IntoAny>(view: impl Fn() -> V + Send + 'static) -> Box<dyn Fn() -> AnyView + Send> {
    Box::new(move || view().into_any())
}

/// What happens on an event, boxed like [`text`].
pub fn handle<E>(happens: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(happens)
}

/// Does something now, and again whenever what it reads changes. Boxed like [`text`].
pub fn effect(act: impl FnMut() + 'static) {
    effect_boxed(Box::new(act));
}

/// Tracks a memo, whatever its value. `Memo::track` alone would not do: a memo that was never
/// read does not know its dependencies yet.
pub fn track<T: Send + Sync + 'static>(memo: Memo<T>) {
    memo.with(|_| ());
}

fn effect_boxed(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}
