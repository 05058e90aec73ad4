//! The queue of reported messages, the oldest first.

use super::{
    line::Console,
    listing::{self, Listing, Rows},
    sheet::{OpenSheet, Question, act},
    words,
};
use crate::{
    client::use_chat,
    platform,
    threads::path_to_message,
    ui::{Zone, effect, handle, keyed_list, text, track},
};
use common::reports::{DecideReport, ListReports, Report, Verdict};
use leptos::prelude::*;

#[component]
pub fn ReportsSection() -> impl IntoView {
    let console = Console::of_page();
    let listing = Listing::new(move |after: Option<Report>, _| {
        let page = console.send(ListReports { after: after.map(|report| report.id) });
        async move { page.await.map(listing::page) }
    });
    listing.keep_fresh(listing::EVERY, Rows::Move);
    let reports = console.reports();
    effect(move || {
        track(reports);
        if listing.items.with_untracked(Option::is_some) {
            listing.refresh();
        }
    });
    view! {
        {listing.status("No reports. Members report a message from its toolbar.")}
        <ul class="console-list" aria-label="Reports">
            {keyed_list(move || listing.listed(), |report: &Report| report.id.to_string(), move |report| view! { <Row report listing/> })}
        </ul>
        {listing.turning()}
    }
}

#[component]
fn Row(report: Report, listing: Listing<Report>) -> impl IntoView {
    let console = Console::of_page();
    let chat = use_chat();
    let zone = Zone::of_page();
    let sheets = OpenSheet::of_page();
    let (id, at) = (report.id, report.at);
    let keep = move |_| act(console, DecideReport { report: id, verdict: Verdict::Dismiss }, listing);
    let remove = move |_| {
        let question = Question {
            title: "Remove this message?".into(),
            words: "Its text, files and earlier versions are deleted for everyone. A line stays that says a message was deleted.",
            button: "Remove message",
        };
        sheets.ask(question, DecideReport { report: id, verdict: Verdict::Remove }, move || listing.refresh());
    };
    // Who runs the workspace is not in all of its rooms.
    let is_mine = chat.peek(|state| state.rooms.contains_key(&report.room));
    let path = path_to_message(report.room, report.seq, report.parent);
    view! {
        <li class="entry">
            <p class="entry-head">
                <time>{text(move || words::when(zone, platform::now(), at))}</time>
                <strong>{report.author.name.clone()}</strong>
                <span class="entry-from">{format!("in #{}", report.room_name)}</span>
                {report.is_deleted.then(|| view! { <span class="badge">"Deleted meanwhile"</span> })}
            </p>
            <blockquote class="quoted">{report.text}</blockquote>
            <p class="entry-note">{format!("{} reports: {}", report.by.name, report.reason)}</p>
            <p class="row-acts">
                <button class="button small" type="button" on:click=handle(keep)>"Keep"</button>
                <button class="button small" type="button" on:click=handle(remove)>"Remove message"</button>
                {is_mine.then(|| view! { <a class="button small quiet" href=path>"Go to the message"</a> })}
            </p>
        </li>
    }
}
