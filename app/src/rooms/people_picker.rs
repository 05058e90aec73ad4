//! Choose people from a list that narrows while you type.

use crate::{
    client::use_chat,
    platform,
    ui::{avatar_of, keyed_list},
};
use common::{PersonId, people::Person};
use leptos::prelude::*;
use std::sync::Arc;

/// `without` are not offered; `chosen` is kept up to date.
#[component]
pub fn PeoplePicker(without: Vec<PersonId>, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let chat = use_chat();
    let sought = RwSignal::new(String::new());
    let offered = chat.select(move |state| {
        let mut people: Vec<Arc<Person>> =
            state.people.values().filter(|person| !without.contains(&person.id)).cloned().collect();
        people.sort_by_key(|person| platform::lowercase(&person.name));
        people
    });
    let found = move || {
        let sought = platform::lowercase(&sought.get());
        let matches = |person: &Arc<Person>| {
            platform::lowercase(&person.name).contains(&sought) || person.handle.contains(&sought)
        };
        offered.get().into_iter().filter(matches).collect::<Vec<_>>()
    };
    view! {
        <label class="field">
            <span class="field-label">"Find people"</span>
            <input type="search" autocomplete="off" autofocus=true bind:value=sought/>
        </label>
        <ul class="people pickable">
            {keyed_list(found, |person| person.id.to_string(), move |person| view! { <Choice person chosen/> })}
        </ul>
        <Show when=move || offered.read().is_empty()><p class="empty">"No other people yet."</p></Show>
    }
}

#[component]
fn Choice(person: Arc<Person>, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let id = person.id;
    let toggle = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|one| *one == id) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(id),
        });
    };
    view! {
        <li>
            <label class="person">
                <input type="checkbox" prop:checked=move || chosen.read().contains(&id) on:change=toggle/>
                {avatar_of(Some(&person))}
                <span class="person-name">{person.name.clone()}</span>
                <span class="person-handle">{format!("@{}", person.handle)}</span>
            </label>
        </li>
    }
}
