//! The audit log: what owners and admins have done. It cannot be changed.

use super::{
    line::Console,
    listing::{self, Listing},
    words,
};
use crate::{
    platform,
    ui::{Zone, keyed_list, text},
};
use common::audit::{AuditEntry, ListAudit};
use leptos::prelude::*;

#[component]
pub fn AuditSection() -> impl IntoView {
    let console = Console::of_page();
    let listing = Listing::new(move |before: Option<AuditEntry>, query| {
        let page = console.send(ListAudit { before: before.map(|act| act.number), query });
        async move { page.await.map(listing::page) }
    });
    view! {
        <div class="console-tools">{listing.field("Find by act, person or words")}</div>
        {listing.status("No actions yet.")}
        <ul class="console-list" aria-label="Acts">
            {keyed_list(move || listing.listed(), |act: &AuditEntry| act.number.to_string(), |act| view! { <Row act/> })}
        </ul>
        {listing.turning()}
    }
}

#[component]
fn Row(act: AuditEntry) -> impl IntoView {
    let zone = Zone::of_page();
    let at = act.at;
    let name = in_words(&act.act).map_or(act.act.clone(), str::to_owned);
    view! {
        <li class="entry">
            <p class="entry-head">
                <time>{text(move || words::when(zone, platform::now(), at))}</time>
                <strong>{name}</strong>
                <span>{act.subject}</span>
                <span class="entry-from">{format!("by {}", act.by.name)}</span>
                <span class="entry-times">{format!("#{}", act.number)}</span>
            </p>
            <p class="entry-note">{act.details}</p>
        </li>
    }
}

/// An act, as people say it.
fn in_words(act: &str) -> Option<&'static str> {
    Some(match act {
        "person:role" => "Role changed",
        "person:active" => "Account switched on or off",
        "person:signout" => "Signed out",
        "ban:add" => "Banned",
        "ban:remove" => "Ban lifted",
        "invite:create" => "Invitation created",
        "invite:revoke" => "Invitation revoked",
        "program:create" => "Token created",
        "program:revoke" => "Token revoked",
        "message:delete" => "Message deleted",
        "report:decide" => "Report decided",
        "room:retention" => "Retention changed",
        "announcement:send" => "Announced",
        "console:close" => "Disconnected",
        _ => return None,
    })
}
