//! A person's card: who they are, whether they are here, what time it is there, and actions.

use super::{emoji_of, words_of};
use crate::{
    address::Address,
    client::{Chat, OpenDialog, use_chat},
    platform,
    rooms::entered,
    state::Here,
    ui::{Problem, avatar_of, definitions, effect, handle, reactive_view, text},
};
use common::{
    Millis, PersonId,
    blocks::BlockPerson,
    people::{Person, Role},
    rooms::StartDirect,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn PersonCard(id: PersonId) -> impl IntoView {
    let chat = use_chat();
    let known = chat.select(move |state| state.person(id));
    let here = chat.select(move |state| state.here(id));
    // The server does not know it: the page that it draws has to come to life first.
    let now = RwSignal::new(None::<Millis>);
    effect(move || now.set(Some(platform::now())));
    let facts = move || known.get().map(|person| facts(&person, here.get(), now.get())).unwrap_or_default();
    let is_me = chat.peek(|state| state.me == id);
    view! {
        <div class="person-card">
            <div class="person-card-head">
                <span class="with-presence" data-here=text(move || here.get().name())>{reactive_view(move || avatar_of(known.get().as_deref()))}</span>
                <div>
                    <h3>{text(move || known.get().map_or("Someone".to_owned(), |person| person.name.clone()))}</h3>
                    <p class="person-handle">{text(move || known.get().map(|person| format!("@{}", person.handle)))}</p>
                </div>
            </div>
            <dl class="journey">{definitions(facts)}</dl>
            {if is_me {
                view! { <p class="person-card-foot"><a class="button" href="/profile">"Edit your profile"</a></p> }.into_any()
            } else {
                view! { <WithThem id/> }.into_any()
            }}
        </div>
    }
}

/// What is known of a person, in words; with what their clock shows, once the time is known.
fn facts(person: &Person, here: Here, now: Option<Millis>) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(status) = &person.status {
        let emoji = emoji_of(status);
        let words = words_of(status);
        facts.push(("Status", if emoji == words { words } else { format!("{emoji} {words}") }));
    }
    facts.push(("Now", here.in_words().into()));
    if let Some(time) = now.and_then(|now| platform::clock_time_in(&person.zone, now)) {
        facts.push(("Local time", format!("{time}, {}", place_of(&person.zone))));
    }
    let role = match person.role {
        Role::Owner => "Owner of this workspace",
        Role::Admin => "Admin of this workspace",
        Role::Member => "Member",
        Role::Guest => "Guest",
    };
    facts.push(("Role", role.into()));
    facts
}

/// The place that a time zone is named after: "Europe/London" is "London".
fn place_of(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// To conversation to them, or not to hear of them any more.
#[component]
fn WithThem(id: PersonId) -> impl IntoView {
    let chat = use_chat();
    let is_blocked = chat.select(move |state| state.blocked.contains(&id));
    let address = Address::of_page();
    let dialogs = OpenDialog::of_page();
    let problem = RwSignal::new(None::<String>);
    let conversation = move |_| {
        let started = chat.send(StartDirect { people: vec![id] });
        spawn_local(async move {
            if let Some(path) = entered(chat, started, problem).await {
                dialogs.close();
                address.go(&path);
            }
        });
    };
    view! {
        <div class="person-card-foot">
            <button class="button primary" type="button" on:click=handle(conversation)>"Message"</button>
            {reactive_view(move || {
                let blocked = is_blocked.get();
                let words = if blocked { "Unblock" } else { "Block" };
                view! { <button class="button" type="button" on:click=handle(move |_| block(chat, id, !blocked, problem))>{words}</button> }
            })}
            <p class="field-hint">
                {text(move || if is_blocked.get() {
                    "What they write is hidden from you, and they cannot start a conversation with you. They are not told."
                } else {
                    "Blocking hides what they write from you, and keeps them from starting a conversation with you. They are not told."
                })}
            </p>
            <Problem sentence=problem/>
        </div>
    }
}

fn block(chat: Chat, person: PersonId, blocked: bool, problem: RwSignal<Option<String>>) {
    let done = chat.send(BlockPerson { person, blocked });
    spawn_local(async move {
        // The change comes as an event, to this device too.
        problem.try_set(done.await.err().map(|failure| failure.sentence()));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::people::Status;

    #[test]
    fn a_card_says_what_is_known() {
        let grace = Person::new(PersonId::new(), "grace".into(), "Grace Hopper".into(), 2, Role::Member);
        assert_eq!(facts(&grace, Here::Away, None), [("Now", "Away".into()), ("Role", "Member".into())]);
        let status = Status { emoji: "🌴".into(), text: "On holiday".into(), until: None };
        let grace = Person { status: Some(status), role: Role::Owner, ..grace };
        let facts = facts(&grace, Here::Online, Some(0));
        assert_eq!(facts[0], ("Status", "🌴 On holiday".into()));
        assert_eq!(facts[2], ("Role", "Owner of this workspace".into()));
    }

    #[test]
    fn a_time_zone_is_shown_as_the_place_it_is_named_after() {
        assert_eq!(place_of("America/New_York"), "New York");
        assert_eq!(place_of("UTC"), "UTC");
    }
}
