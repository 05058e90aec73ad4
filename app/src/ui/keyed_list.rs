//! Keyed lists: only items whose key changed are drawn again.

use crate::state::RowKey;
use leptos::prelude::*;
use std::sync::Arc;

/// A keyed list: an item whose key stays is not drawn again. Boxed like
/// [`text`], and more so: the code that tells old from new is there once for each type of key, which
/// [`Key`] makes one for all lists.
pub fn keyed_list<T, K, V>(
    items: impl Fn() -> Vec<T> + Send + Sync + 'static,
    key: impl Fn(&T) -> K + Send + Sync + 'static,
    draw: impl Fn(T) -> V + Send + Sync + 'static,
) -> AnyView
where
    T: Send + 'static,
    K: Into<Key>,
    V: IntoAny + 'static,
{
    let draw = Arc::new(draw);
    keyed(Box::new(move || {
        let item = |item: T| {
            let (key, draw) = (key(&item).into(), draw.clone());
            Item { key, draw: Box::new(move || draw(item).into_any()) }
        };
        items().into_iter().map(item).collect()
    }))
}

/// What tells an item of a list from every other one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Words(String),
    Row(RowKey),
}

impl From<String> for Key {
    fn from(words: String) -> Self {
        Key::Words(words)
    }
}

impl From<RowKey> for Key {
    fn from(row: RowKey) -> Self {
        Key::Row(row)
    }
}

struct Item {
    key: Key,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

fn keyed(items: Box<dyn Fn() -> Vec<Item> + Send + Sync>) -> AnyView {
    let draw: fn(Item) -> AnyView = |item| (item.draw)();
    let key: fn(&Item) -> Key = |item| item.key.clone();
    view! { <For each=items key=key children=draw/> }.into_any()
}

/// Names and what is said of each, for a list of definitions.
pub fn definitions(facts: impl Fn() -> Vec<(&'static str, String)> + Send + Sync + 'static) -> AnyView {
    let key = |(name, words): &(&str, String)| format!("{name} {words}");
    keyed_list(facts, key, |(name, words)| view! { <dt>{name}</dt><dd>{words}</dd> })
}
