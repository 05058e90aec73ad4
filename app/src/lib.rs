#[derive(Clone)]
pub struct Links { pub css: String, pub js: String, pub wasm: String, pub icon: String }
pub fn shell(_l: Links, _p: common::page::Page) -> impl leptos::prelude::IntoView { }
