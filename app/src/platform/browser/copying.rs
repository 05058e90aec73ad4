//! Copying texts, and offering them as files.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Copies what stands in a field; says whether that worked. Otherwise it is selected, to be copied by hand.
pub async fn copy_from(field: &web_sys::HtmlInputElement) -> bool {
    field.select();
    copy(&field.value()).await
}

/// Copies a text; says whether that worked.
pub async fn copy(text: &str) -> bool {
    // Only pages that came over HTTPS, or from this machine, have it.
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into());
    match clipboard.ok().and_then(|clipboard| clipboard.dyn_into::<web_sys::Clipboard>().ok()) {
        Some(clipboard) => wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// Has the browser keep a text as a file.
pub fn download(name: &str, text: &str) {
    if offer(name, text).is_err() {
        leptos::logging::warn!("{name} could not be kept");
    }
}

pub(super) fn offer(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of2(&text.into(), &JsValue::from(""));
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"application/json".into())?;
    let blob = Reflect::construct(&function(&js_sys::global(), "Blob")?, &js_sys::Array::of2(&parts, &options))?;
    let urls = function(&js_sys::global(), "URL")?;
    let url = function(&urls, "createObjectURL")?.call1(&urls, &blob)?;
    let link = document().create_element("a")?.dyn_into::<web_sys::HtmlElement>()?;
    link.set_attribute("href", &url.as_string().unwrap_or_default())?;
    link.set_attribute("download", name)?;
    link.click();
    function(&urls, "revokeObjectURL")?.call1(&urls, &url)?;
    Ok(())
}

pub(super) fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}
