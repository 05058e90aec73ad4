//! Your profile: name and avatar colour.

use super::{Field, refused};
use crate::{
    client::use_chat,
    notifications::NotificationSettings,
    people::{ReadingForm, StatusForm},
    platform,
    ui::{Avatar, Icon, Problem, regular},
};
use common::{limits, people::Person};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn ProfilePage() -> impl IntoView {
    let chat = use_chat();
    let me = chat.peek(|state| state.person(state.me));
    let is_saved = platform::query("saved").is_some();
    view! {
        <section class="pane" aria-labelledby="profile-title">
            <header class="pane-header">
                <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></a>
                <h1 id="profile-title">"Your profile"</h1>
            </header>
            <div class="pane-body">
                <Problem sentence=Signal::stored(refused())/>
                {is_saved.then(|| view! { <p class="notice" role="status">"Saved. Everyone sees it now."</p> })}
                {me.map(|me| view! { <ProfileForm me/> })}
                <StatusForm/>
                <NotificationSettings/>
                <ReadingForm/>
            </div>
        </section>
    }
}

#[component]
fn ProfileForm(me: Arc<Person>) -> impl IntoView {
    let initials = me.initials();
    let hues = (0..limits::HUES).map(|hue| {
        let initials = initials.clone();
        view! {
            <label class="hue">
                <input type="radio" name="hue" value=hue.to_string() checked=hue == me.hue/>
                <span class="visually-hidden">{format!("Colour {}", hue + 1)}</span>
                <Avatar initials hue/>
            </label>
        }
    });
    view! {
        <form class="narrow-form" method="post" action="/me">
            <Field label="Name" name="name" autocomplete="name" value=me.name.clone()/>
            <p class="field-hint">"Your handle is @"{me.handle.clone()}". It cannot be changed."</p>
            <fieldset class="hues"><legend class="field-label">"Avatar colour"</legend>{hues.collect_view()}</fieldset>
            <button class="button primary" type="submit">"Save"</button>
        </form>
    }
}
