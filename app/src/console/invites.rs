//! Invitations: made with a link and a QR code that are shown once, listed, taken back.

use super::{
    copying::CopyField,
    line::Console,
    listing::Listing,
    rooms::{RoomField, chosen_room},
    sheet::{OpenSheet, Question},
    words,
};
use crate::{
    platform,
    ui::{Problem, Zone, handle, keyed_list, reactive_view, text},
};
use common::{
    Millis,
    invites::{CreateInvite, Invite, ListInvites, NewInvite, RevokeInvite},
    limits,
    people::Role,
};
use leptos::{ev, prelude::*, task::spawn_local};

const DAY: Millis = 24 * 60 * 60 * 1000;

/// For how long a link can be used.
const TERMS: [(&str, Millis); 4] = [("A day", DAY), ("A week", 7 * DAY), ("30 days", 30 * DAY), ("A year", 365 * DAY)];

#[component]
pub fn InvitesSection() -> impl IntoView {
    let console = Console::of_page();
    let sheets = OpenSheet::of_page();
    let listing = Listing::new(move |_: Option<Invite>, _| {
        let all = console.send(ListInvites {});
        async move { all.await.map(|all| (all, false)) }
    });
    let make = move |_| sheets.open("Invite people", move || view! { <InviteForm listing/> }.into_any());
    view! {
        <div class="console-tools">
            <button class="button primary" type="button" on:click=handle(make)>"Create an invitation"</button>
        </div>
        {listing.status("No open invitations. Create one and send its link.")}
        <ul class="console-list" aria-label="Invitations">
            {keyed_list(move || listing.listed(), |invite: &Invite| format!("{} {}", invite.id, invite.used), move |invite| view! { <Row invite listing/> })}
        </ul>
    }
}

#[component]
fn Row(invite: Invite, listing: Listing<Invite>) -> impl IntoView {
    let zone = Zone::of_page();
    let sheets = OpenSheet::of_page();
    let (id, until) = (invite.id, invite.until);
    let what = match &invite.room {
        Some((_, name)) => format!("{} in #{name}", words::role(invite.role)),
        None => words::role(invite.role).to_owned(),
    };
    let take_back = move |_| {
        let question = Question {
            title: "Revoke this invitation?".into(),
            words: "Its link stops working. People who joined with it stay.",
            button: "Revoke",
        };
        sheets.ask(question, RevokeInvite { invite: id }, move || listing.refresh());
    };
    view! {
        <li class="row invite-row">
            <span class="row-main">{what}</span>
            <span class="row-fact">{format!("Used {} of {} times", invite.used, words::number(invite.uses.into()))}</span>
            <span class="row-fact">"Until "{text(move || words::when(zone, platform::now(), until))}</span>
            <span class="row-fact">"By "{invite.by.name}</span>
            <span class="row-acts"><button class="button small" type="button" on:click=handle(take_back)>"Revoke"</button></span>
        </li>
    }
}

#[component]
fn InviteForm(listing: Listing<Invite>) -> impl IntoView {
    let made = RwSignal::new(None::<NewInvite>);
    reactive_view(move || match made.get() {
        None => view! { <Choices listing made/> }.into_any(),
        Some(invite) => view! { <Link invite/> }.into_any(),
    })
}

#[component]
fn Choices(listing: Listing<Invite>, made: RwSignal<Option<NewInvite>>) -> impl IntoView {
    let console = Console::of_page();
    let (uses, term) = (RwSignal::new("1".to_owned()), RwSignal::new("1".to_owned()));
    let (is_guest, room) = (RwSignal::new(false), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let room = chosen_room(room);
        if is_guest.get_untracked() && room.is_none() {
            return problem.set(Some("Choose the room for the guest.".into()));
        }
        let command = CreateInvite {
            role: if is_guest.get_untracked() { Role::Guest } else { Role::Member },
            room,
            uses: uses.get_untracked().parse().unwrap_or(0),
            lasts: term
                .get_untracked()
                .parse::<usize>()
                .ok()
                .and_then(|place| TERMS.get(place))
                .map_or(DAY, |term| term.1),
        };
        let reply = console.send(command);
        spawn_local(async move {
            match reply.await {
                Ok(new) => {
                    made.try_set(Some(new));
                    listing.refresh();
                }
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    };
    let role = move |guest: bool, words: &'static str| {
        view! {
            <label class="check">
                <input type="radio" name="role" prop:checked=text(move || is_guest.get() == guest) checked=!guest on:change=handle(move |_: ev::Event| is_guest.set(guest))/>
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <form class="dialog-form" on:submit=handle(submit)>
            <fieldset class="choices">
                <legend class="field-label">"They become"</legend>
                {role(false, "A member, who sees all public rooms")}
                {role(true, "A guest, who sees only the room you choose")}
            </fieldset>
            <RoomField label="Room" none="Only the first room" value=room/>
            <label class="field">
                <span class="field-label">"Number of uses"</span>
                <input name="uses" type="number" min="1" max=limits::INVITE_USES.to_string() required=true bind:value=uses/>
            </label>
            <label class="field">
                <span class="field-label">"Valid for"</span>
                <select class="select" name="term" prop:value=text(move || term.get()) on:change=move |event| term.set(event_target_value(&event))>
                    {TERMS.iter().enumerate().map(|(place, (words, _))| view! { <option value=place.to_string() selected=place == 1>{*words}</option> }).collect_view()}
                </select>
            </label>
            <Problem sentence=problem/>
            <button class="button primary" type="submit">"Create the link"</button>
        </form>
    }
}

/// What is shown once.
#[component]
fn Link(invite: NewInvite) -> impl IntoView {
    let sheets = OpenSheet::of_page();
    let link = format!("{}{}", platform::origin(), invite.path.expose());
    view! {
        <div class="dialog-form">
            <p>"Send this link, or scan the code with a phone. It is shown only now."</p>
            <CopyField label="Link" value=link/>
            // The server has drawn it; there is nothing of anybody's in it.
            <div class="qr" role="img" aria-label="The link as a QR code" inner_html=invite.qr.into_exposed()></div>
            <button class="button primary" type="button" on:click=handle(move |_| sheets.close())>"Done"</button>
        </div>
    }
}
