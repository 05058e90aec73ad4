//! The operator's console: who is connected, who was refused and why, who may what. It has a connection of its
//! own, to the namespace `/admin`, for as long as its page is open.
//!
//! Each second the server sends a tick of constant size; lists are read page by page, and a list in view is
//! asked for again. Sections have addresses, and going from one to another keeps the connection. The styles
//! (`style/console.css`) load with it, so they cost a room nothing. Actions that your role does not allow are
//! not offered (`people.rs` has the server's table); the server decides.

mod section;

mod announce;
mod audit;
mod bans;
mod connections;
mod door;
mod invites;
mod overview;
mod people;
mod programs;
mod reports;
mod rooms;

mod connection;
mod copying;
mod line;
mod listing;
mod sheet;
mod spark;
mod words;

use crate::{
    address::Address,
    client::use_chat,
    platform,
    ui::{Icon, Problem, effect, reactive_view, regular, text},
};
use leptos::prelude::*;
use line::Console;
use section::{ALL, Section};
use sheet::OpenSheet;

#[component]
pub fn ConsolePage() -> impl IntoView {
    let chat = use_chat();
    let is_admin = chat.select(|state| state.is_admin());
    effect(move || chat.show(None));
    reactive_view(move || match is_admin.get() {
        true => view! { <Inside/> }.into_any(),
        false => view! { <ForOthers/> }.into_any(),
    })
}

/// For those who run the workspace.
#[component]
fn Inside() -> impl IntoView {
    let console = Console::provide();
    let sheet = OpenSheet::provide();
    let address = Address::of_page();
    let section = Memo::new(move |_| Section::of(&address.path()));
    view! {
        <section class="pane console" aria-labelledby="console-title">
            <header class="pane-header">
                <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></a>
                <h1 id="console-title">"Console"</h1>
                <p class="console-status" data-link=text(move || console.mark()) role="status">
                    {text(move || console.in_words())}
                </p>
            </header>
            <Tabs section/>
            <div class="pane-body console-body">
                <Problem sentence=Signal::derive(move || console.refusal())/>
                {reactive_view(move || section.get().map_or_else(nothing, Section::view))}
            </div>
            {sheet.view()}
        </section>
    }
}

const CURRENT_TAB: &str = "current-section";

#[component]
fn Tabs(section: Memo<Option<Section>>) -> impl IntoView {
    // On a phone they are wider than the screen.
    effect(move || {
        if section.get().is_some() {
            platform::bring_into_view(CURRENT_TAB);
        }
    });
    let reports = Console::of_page().reports();
    // It counts while others decide, and is said where they are listed.
    let count = move || {
        let is_any = Memo::new(move |_| reports.get() > 0);
        reactive_view(move || {
            is_any.get().then(
                || view! { <span class="badge" aria-hidden="true">{text(move || reports.get().to_string())}</span> },
            )
        })
    };
    let tab = move |one: Section| {
        view! {
            <li>
                <a href=one.path() id=text(move || (section.get() == Some(one)).then_some(CURRENT_TAB)) aria-current=text(move || (section.get() == Some(one)).then_some("page"))>{one.title()}{(one == Section::Reports).then(count)}</a>
            </li>
        }
    };
    view! {
        <nav class="console-tabs" aria-label="Sections of the console">
            <ul>{ALL.into_iter().map(tab).collect_view()}</ul>
        </nav>
    }
}

fn nothing() -> AnyView {
    view! { <p class="empty">"The console has no such section. "<a href="/admin">"Go to the overview"</a></p> }
        .into_any()
}

/// For those who do not.
#[component]
fn ForOthers() -> impl IntoView {
    view! {
        <section class="pane" aria-labelledby="console-title">
            <header class="pane-header">
                <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></a>
                <h1 id="console-title">"Console"</h1>
            </header>
            <div class="pane-body centred">
                <p>"Only owners and admins of this workspace can see the console."</p>
                <p><a class="button" href="/browse">"Go to the rooms"</a></p>
            </div>
        </section>
    }
}
