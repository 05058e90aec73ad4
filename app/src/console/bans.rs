//! Bans of people and addresses.

use super::{
    line::Console,
    listing::Listing,
    people::BanForm,
    sheet::{OpenSheet, Question},
    words,
};
use crate::{
    platform,
    ui::{Zone, handle, keyed_list, text},
};
use common::bans::{Ban, BanSubject, ListBans, RemoveBan};
use leptos::prelude::*;

#[component]
pub fn BansSection() -> impl IntoView {
    let console = Console::of_page();
    let sheets = OpenSheet::of_page();
    let listing = Listing::new(move |_: Option<Ban>, _| {
        let all = console.send(ListBans {});
        async move { all.await.map(|all| (all, false)) }
    });
    let add = move |_| {
        sheets.open("Ban an address", move || view! { <BanForm of=None done=move || listing.refresh()/> }.into_any());
    };
    view! {
        <div class="console-tools">
            <button class="button" type="button" on:click=handle(add)>"Ban an address"</button>
            <p class="console-note">"People are banned under "<a href="/admin/people">"People"</a>"."</p>
        </div>
        {listing.status("No one is banned.")}
        <ul class="console-list" aria-label="Bans">
            {keyed_list(move || listing.listed(), |ban: &Ban| ban.id.to_string(), move |ban| view! { <Row ban listing/> })}
        </ul>
    }
}

#[component]
fn Row(ban: Ban, listing: Listing<Ban>) -> impl IntoView {
    let zone = Zone::of_page();
    let sheets = OpenSheet::of_page();
    let (id, until) = (ban.id, ban.until);
    let of = match &ban.of {
        BanSubject::Person(person) => words::person(Some(person)),
        BanSubject::Address(address) => address.clone(),
    };
    let ends = move || match until {
        Some(until) => format!("Until {}", words::when(zone, platform::now(), until)),
        None => "Until it is lifted".into(),
    };
    let title = format!("Lift the ban of {of}?");
    let lift = move |_| {
        let question =
            Question { title: title.clone(), words: "They can connect again at once.", button: "Lift the ban" };
        sheets.ask(question, RemoveBan { ban: id }, move || listing.refresh());
    };
    view! {
        <li class="row invite-row">
            <span class="row-main">{of}</span>
            <span class="row-fact">{ban.reason}</span>
            <span class="row-fact">{text(ends)}</span>
            <span class="row-fact">"By "{ban.by.name}</span>
            <span class="row-acts"><button class="button small" type="button" on:click=handle(lift)>"Lift"</button></span>
        </li>
    }
}
