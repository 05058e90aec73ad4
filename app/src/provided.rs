//! What a page provides to its parts by their types.

use leptos::prelude::use_context;

/// What is provided around the component that asks for it.
///
/// # Panics
/// Where nobody provides it. Unlike leptos' own `expect_context` it does not say what was missing: those names
/// and their sentences would be half a kilobyte of what everybody loads first.
pub fn provided<T: Clone + 'static>() -> T {
    use_context().unwrap_or_else(|| missing())
}

#[cold]
#[inline(never)]
fn missing() -> ! {
    panic!("not provided")
}
