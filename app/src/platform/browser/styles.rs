//! Styles that come later.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Has the styles applied that a link in the document leads to; says whether that worked. Where there is no such
/// link, they are there from the start.
pub fn load_styles(id: &str) -> impl Future<Output = bool> + use<> {
    let link = document().get_element_by_id(id).filter(|link| !has_styles(link));
    let loading = link.map(|link| {
        let loading = js_sys::Promise::new(&mut |loaded, failed| {
            // It is loaded, or loaded once more, when it is enabled.
            let begun = link
                .add_event_listener_with_callback("load", &loaded)
                .and_then(|()| link.add_event_listener_with_callback("error", &failed))
                .and_then(|()| link.set_attribute("disabled", ""))
                .and_then(|()| link.remove_attribute("disabled"));
            if let Err(error) = begun {
                drop(failed.call1(&JsValue::NULL, &error));
            }
        });
        (link, wasm_bindgen_futures::JsFuture::from(loading))
    });
    async {
        let Some((link, loading)) = loading else { return true };
        let is_loaded = loading.await.is_ok();
        // What could not be loaded is an empty sheet to some browsers.
        is_loaded || link.set_attribute("disabled", "").is_err()
    }
}

pub(super) fn has_styles(link: &web_sys::Element) -> bool {
    !link.has_attribute("disabled") && Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null())
}
