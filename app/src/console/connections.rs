//! The open connections, page by page, with details.

use super::{
    line::Console,
    listing::{Listing, Rows},
    sheet::{OpenSheet, Question},
    words,
};
use crate::{
    platform,
    ui::{Zone, definitions, handle, keyed_list, reactive_view, text},
};
use common::{
    ConnectionId,
    console::{CloseConnection, ConnectionCard, ListConnections, Traffic, TransportKind},
    roster::SignOut,
};
use leptos::prelude::*;
use std::time::Duration;

/// How often the page is reloaded while it is in view.
const EVERY: Duration = Duration::from_secs(3);

#[component]
pub fn ConnectionsSection() -> impl IntoView {
    let console = Console::of_page();
    let listing = Listing::new(move |after: Option<ConnectionCard>, query| {
        let page = console.send(ListConnections { after: after.map(|card| card.id), query });
        async move { page.await.map(|page| (page.connections, page.more)) }
    });
    listing.keep_fresh(EVERY, Rows::Stay);
    // A row stays, with what is open in it, while what it says changes.
    let ids = Memo::new(move |_| listing.listed().into_iter().map(|card| card.id).collect::<Vec<_>>());
    view! {
        <div class="console-tools">
            {listing.field("Find by name, address or namespace")}
            <button class="button" type="button" on:click=handle(move |_| listing.refresh())>"Refresh"</button>
        </div>
        {listing.status("No one is connected.")}
        <p class="console-row-head" aria-hidden="true">
            <span>"Person"</span><span>"Device"</span><span>"Address"</span><span>"Namespaces"</span>
            <span class="row-number">"Round trip"</span><span class="row-number">"Since"</span>
        </p>
        <ul class="console-list" aria-label="Connections">
            {keyed_list(move || ids.get(), ToString::to_string, move |id| view! { <Row id listing/> })}
        </ul>
        {listing.turning()}
    }
}

#[component]
fn Row(id: ConnectionId, listing: Listing<ConnectionCard>) -> impl IntoView {
    let zone = Zone::of_page();
    let known = listing.one(move |card| card.id == id);
    let of = move |part: fn(&ConnectionCard) -> String| {
        text(move || known.with(|card| card.as_ref().map(part)).unwrap_or_default())
    };
    let since = move || known.with(|card| card.as_ref().map(|card| words::when(zone, platform::now(), card.since)));
    let is_open = RwSignal::new(false);
    view! {
        <li>
            <details class="console-row" on:toggle=move |event| is_open.set(platform::is_details_open(&event))>
                <summary>
                    <span class="row-main">{of(name)}</span>
                    <span class="row-fact">{of(device)}</span>
                    <span class="row-fact mono">{of(|card| card.address.clone())}</span>
                    <span class="row-fact">{of(|card| card.namespaces.join(" "))}</span>
                    <span class="row-number">{of(|card| card.round_trip.map_or("–".into(), words::micros))}</span>
                    <span class="row-number">{text(since)}</span>
                </summary>
                {reactive_view(move || is_open.get().then(|| view! { <Details known listing/> }))}
            </details>
        </li>
    }
}

fn name(card: &ConnectionCard) -> String {
    words::name(card.person.as_ref(), card.program.as_ref()).unwrap_or("A visitor").to_owned()
}

/// A program need not say what it is.
fn device(card: &ConnectionCard) -> String {
    if card.device.is_empty() { "–".into() } else { card.device.clone() }
}

#[component]
fn Details(known: Memo<Option<ConnectionCard>>, listing: Listing<ConnectionCard>) -> impl IntoView {
    let zone = Zone::of_page();
    let sheets = OpenSheet::of_page();
    let facts =
        move || known.get().map(|card| facts(&card, |at| words::when(zone, platform::now(), at))).unwrap_or_default();
    let close = move |_| {
        let Some(card) = known.get_untracked() else { return };
        let question = Question {
            title: format!("Disconnect {}?", name(&card)),
            words: "The connection is closed. Its client reconnects by itself if it is allowed to.",
            button: "Disconnect",
        };
        sheets.ask(question, CloseConnection { connection: card.id }, move || listing.refresh());
    };
    let person = move || known.with(|card| card.as_ref().and_then(|card| card.person.clone()));
    let sign_out = move |_| {
        let Some(person) = person() else { return };
        let question = Question {
            title: format!("Sign {} out everywhere?", person.name),
            words: "All of their sessions end now, on all devices. They can sign in again.",
            button: "Sign out everywhere",
        };
        sheets.ask(question, SignOut { person: person.id }, move || listing.refresh());
    };
    let is_somebody = Memo::new(move |_| person().is_some());
    view! {
        <div class="row-details">
            <dl class="journey">{definitions(facts)}</dl>
            <div class="row-acts">
                <button class="button" type="button" on:click=handle(close)>"Disconnect"</button>
                {reactive_view(move || is_somebody.get().then(|| view! {
                    <button class="button" type="button" on:click=handle(sign_out)>"Sign out everywhere"</button>
                }))}
            </div>
        </div>
    }
}

fn facts(card: &ConnectionCard, when: impl Fn(common::Millis) -> String) -> Vec<(&'static str, String)> {
    let traffic = |traffic: Traffic| {
        format!("{} in {}", words::size(traffic.bytes), words::counted(traffic.packets, "packet", "packets"))
    };
    vec![
        ("Public id", card.id.to_string()),
        match &card.program {
            Some(program) => ("Program", program.clone()),
            None => ("Person", words::person(card.person.as_ref())),
        },
        ("Device", device(card)),
        ("Address", card.address.clone()),
        (
            "Transport",
            match card.transport {
                TransportKind::WebSocket => "WebSocket".into(),
                TransportKind::Polling => "Long polling".into(),
            },
        ),
        ("Namespaces", card.namespaces.join(", ")),
        ("Rooms", words::number(card.rooms.into())),
        ("Since", when(card.since)),
        ("Round trip", card.round_trip.map_or("Not known yet".into(), words::micros)),
        ("Received", traffic(card.received)),
        ("Sent", traffic(card.sent)),
        ("Commands waiting", words::number(card.queue.into())),
    ]
}
