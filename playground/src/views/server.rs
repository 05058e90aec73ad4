//! The server: its houses, who is in them, and the lists of their rooms.

use super::{Face, use_table};
use crate::story;
use common::lobby::{Audience, Namespace, Nickname};
use leptos::prelude::*;

#[component]
pub fn ServerBox() -> impl IntoView {
    view! {
        <section class="server" data-port="server" aria-label="The server">
            <p class="server-name" aria-hidden="true">"The server"</p>
            <div class="houses">
                {Namespace::ALL.map(|namespace| view! { <House namespace/> }).into_iter().collect_view()}
            </div>
            <p class="gates"><span>"Gates"</span> "where from · how long · how fast · in that room?"</p>
        </section>
    }
}

/// Who of this page is in a namespace, and in which of its rooms.
#[derive(Clone, Debug, Default, PartialEq)]
struct Guests {
    all: Vec<Nickname>,
    rooms: Vec<(String, Vec<Nickname>)>,
}

#[component]
fn House(namespace: Namespace) -> impl IntoView {
    let table = use_table();
    let guests = Memo::new(move |_| {
        let mut guests = Guests::default();
        for seat in table.seats {
            seat.browser.with(|browser| {
                let here = browser.who.clone().filter(|_| browser.is_live() && browser.namespace == namespace);
                let Some(who) = here else { return };
                for room in &browser.rooms {
                    match guests.rooms.iter_mut().find(|(name, _)| name == room) {
                        Some((_, members)) => members.push(who.clone()),
                        None => guests.rooms.push((room.clone(), vec![who.clone()])),
                    }
                }
                guests.all.push(who);
            });
        }
        guests
    });
    view! {
        <div class="house">
            <p class="house-name">{story::choice(&Audience::Namespace(namespace))}" "<code>{namespace.path()}</code></p>
            <p class="house-guests">{move || faces(&guests.get().all, "no one of this page")}</p>
            {move || guests.get().rooms.into_iter().map(|(room, members)| view! {
                <p class="house-room"><span>{format!("“{room}”")}</span>{faces(&members, "")}</p>
            }).collect_view()}
        </div>
    }
}

fn faces(who: &[Nickname], nobody: &'static str) -> AnyView {
    if who.is_empty() {
        return view! { <span class="house-empty">{nobody}</span> }.into_any();
    }
    let face = |Nickname { name, hue }: &Nickname| {
        view! { <span class="guest"><Face name=name.clone() hue=*hue/><span class="visually-hidden">{name.clone()}</span></span> }
    };
    who.iter().map(face).collect_view().into_any()
}
