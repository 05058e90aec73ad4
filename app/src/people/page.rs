//! A person's card as a page of its own, where a link to them leads.

use super::PersonCard;
use crate::{client::use_chat, rooms::BackHeader, ui::effect};
use common::PersonId;
use leptos::prelude::*;

#[component]
pub fn PersonPage(id: Option<PersonId>) -> impl IntoView {
    let chat = use_chat();
    effect(move || chat.show(None));
    let known = id.filter(|id| chat.peek(|state| state.people.contains_key(id)));
    let title = if known.is_some() { "Profile" } else { "No such person" };
    view! {
        <section class="pane">
            <BackHeader title/>
            <div class="pane-body">{known.map(|id| view! { <PersonCard id/> })}</div>
        </section>
    }
}
