//! Programs and their tokens, which open `/bot`.

use super::{
    copying::CopyField,
    line::Console,
    listing::Listing,
    sheet::{OpenSheet, Question},
    words,
};
use crate::{
    platform,
    ui::{Problem, Zone, handle, keyed_list, reactive_view, text},
};
use common::{
    Millis, limits,
    programs::{CreateProgram, ListPrograms, Program, RevokeProgram},
};
use leptos::{ev, prelude::*, task::spawn_local};

const DAY: Millis = 24 * 60 * 60 * 1000;

/// For how long a token holds.
const TERMS: [(&str, Option<Millis>); 3] =
    [("Until it is revoked", None), ("30 days", Some(30 * DAY)), ("A year", Some(365 * DAY))];

#[component]
pub fn ProgramsSection() -> impl IntoView {
    let console = Console::of_page();
    let sheets = OpenSheet::of_page();
    let listing = Listing::new(move |_: Option<Program>, _| {
        let all = console.send(ListPrograms {});
        async move { all.await.map(|all| (all, false)) }
    });
    let make = move |_| sheets.open("Connect a program", move || view! { <ProgramForm listing/> }.into_any());
    view! {
        <div class="console-tools">
            <button class="button primary" type="button" on:click=handle(make)>"Create a token"</button>
        </div>
        {listing.status("No programs yet. Each program gets its own token.")}
        <ul class="console-list" aria-label="Programs">
            {keyed_list(move || listing.listed(), |program: &Program| program.id.to_string(), move |program| view! { <Row program listing/> })}
        </ul>
    }
}

#[component]
fn Row(program: Program, listing: Listing<Program>) -> impl IntoView {
    let zone = Zone::of_page();
    let sheets = OpenSheet::of_page();
    let (id, at, until) = (program.id, program.at, program.until);
    let title = format!("Revoke the token of {}?", program.name);
    let revoke = move |_| {
        let question = Question {
            title: title.clone(),
            words: "Its token stops working, and its connections are closed.",
            button: "Revoke",
        };
        sheets.ask(question, RevokeProgram { program: id }, move || listing.refresh());
    };
    let ends = move || match until {
        Some(until) => format!("Until {}", words::when(zone, platform::now(), until)),
        None => "Until it is revoked".into(),
    };
    view! {
        <li class="row invite-row">
            <span class="row-main">{program.name}</span>
            <span class="row-fact">"Created "{text(move || words::when(zone, platform::now(), at))}</span>
            <span class="row-fact">{text(ends)}</span>
            <span class="row-fact">"By "{program.by.name}</span>
            <span class="row-acts"><button class="button small" type="button" on:click=handle(revoke)>"Revoke"</button></span>
        </li>
    }
}

#[component]
fn ProgramForm(listing: Listing<Program>) -> impl IntoView {
    let token = RwSignal::new(None::<String>);
    reactive_view(move || match token.get() {
        None => view! { <Choices listing token/> }.into_any(),
        Some(token) => view! { <Token token/> }.into_any(),
    })
}

#[component]
fn Choices(listing: Listing<Program>, token: RwSignal<Option<String>>) -> impl IntoView {
    let console = Console::of_page();
    let (name, term) = (RwSignal::new(String::new()), RwSignal::new("0".to_owned()));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let lasts = term.get_untracked().parse::<usize>().ok().and_then(|place| TERMS.get(place)?.1);
        let reply = console.send(CreateProgram { name: name.get_untracked(), lasts });
        spawn_local(async move {
            match reply.await {
                Ok(new) => {
                    token.try_set(Some(new.token.into_exposed()));
                    listing.refresh();
                }
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=handle(submit)>
            <label class="field">
                <span class="field-label">"Name"</span>
                <input name="name" required=true autocomplete="off" maxlength=limits::NAME_CHARS.to_string() bind:value=name/>
            </label>
            <label class="field">
                <span class="field-label">"Valid for"</span>
                <select class="select" name="term" on:change=move |event| term.set(event_target_value(&event))>
                    {TERMS.iter().enumerate().map(|(place, (words, _))| view! { <option value=place.to_string()>{*words}</option> }).collect_view()}
                </select>
            </label>
            <Problem sentence=problem/>
            <button class="button primary" type="submit">"Create the token"</button>
        </form>
    }
}

/// What is shown once.
#[component]
fn Token(token: String) -> impl IntoView {
    let sheets = OpenSheet::of_page();
    view! {
        <div class="dialog-form">
            <p>"Give it to the program. It is shown only now and cannot be looked up again."</p>
            <CopyField label="Token" value=token/>
            <button class="button primary" type="button" on:click=handle(move |_| sheets.close())>"Done"</button>
        </div>
    }
}
