//! The browser's side.

mod clock;
mod connecting;
mod copying;
mod events;
mod focus;
mod layout;
mod page;
mod place;
mod storage;
mod styles;

pub use clock::*;
pub use connecting::*;
pub use copying::*;
pub use events::*;
pub use focus::*;
pub use layout::*;
pub use page::*;
pub use place::*;
pub use storage::*;
pub use styles::*;

use leptos::prelude::*;

/// In lower case, to compare by. The browser's own, as Unicode's tables would be 24 kB of WASM.
pub fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Whether the keyboard has ⌘ where others have Ctrl.
pub fn is_apple() -> bool {
    window().navigator().platform().is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"))
}
