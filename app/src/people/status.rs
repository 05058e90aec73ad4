//! Your status, how long it lasts, and whether you share your read positions: on your profile.

use crate::{
    client::{Chat, use_chat},
    failure::Failure,
    platform,
    ui::{self, Problem, Zone, handle, reactive_view},
};
use common::{
    Millis, ServerEvent, limits,
    people::{Person, SetReading, SetStatus, Status},
};
use leptos::{ev, prelude::*, task::spawn_local};

const MINUTE: Millis = 60 * 1000;
const DAY: Millis = 24 * 60 * MINUTE;

/// When a status ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Never,
    After(Millis),
    /// At the end of the user's day.
    Today,
}

const CHOICES: [(&str, &str, Ends); 5] = [
    ("never", "Until I change it", Ends::Never),
    ("30", "In 30 minutes", Ends::After(30 * MINUTE)),
    ("60", "In an hour", Ends::After(60 * MINUTE)),
    ("240", "In 4 hours", Ends::After(240 * MINUTE)),
    ("today", "At the end of today", Ends::Today),
];

/// What people often are up to: emoji, words, and the choice of when it ends.
const OFTEN: [(&str, &str, &str); 5] = [
    ("📅", "In a meeting", "60"),
    ("🚌", "On the way", "30"),
    ("🤒", "Out sick", "today"),
    ("🌴", "On holiday", "never"),
    ("🏡", "Working from home", "today"),
];

impl Ends {
    /// By the clock that shows `now`, where the day is over after `left`.
    fn at(self, now: Millis, left: Millis) -> Option<Millis> {
        match self {
            Ends::Never => None,
            Ends::After(millis) => Some(now + millis),
            Ends::Today => Some(now + left),
        }
    }
}

#[component]
pub fn StatusForm() -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let current = chat.peek(|state| state.person(state.me)).and_then(|me| me.status.clone()).unwrap_or_default();
    let (emoji, text) = (RwSignal::new(current.emoji), RwSignal::new(current.text));
    let ends = RwSignal::new("never".to_owned());
    let (problem, notice) = (RwSignal::new(None::<String>), RwSignal::new(None::<&'static str>));
    let has_status = chat.select(|state| state.person(state.me).is_some_and(|me| me.status.is_some()));
    let until = move |until: Millis| format!("It ends at {}.", zone.clock(until));
    let hint = chat.select(|state| state.person(state.me)?.status.as_ref()?.until);
    let send = move |status: Option<Status>| {
        let words = if status.is_some() { "Set. Everyone sees it now." } else { "Cleared." };
        let reply = chat.send(SetStatus { status });
        spawn_local(async move {
            let answer = reply.await.map(|me| know(chat, me));
            notice.try_set(answer.is_ok().then_some(words));
            problem.try_set(answer.err().map(|failure| failure.sentence()));
        });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let choice =
            ends.with_untracked(|name| CHOICES.iter().find(|(other, ..)| other == name).map(|choice| choice.2));
        let until = choice.and_then(|ends| ends.at(chat.server_now(), left_of_today(zone)));
        send(Some(Status { emoji: emoji.get_untracked(), text: text.get_untracked(), until }));
    };
    let clear = move |_| {
        emoji.set(String::new());
        text.set(String::new());
        send(None);
    };
    let offer = move |(sign, words, choice): (&'static str, &'static str, &'static str)| {
        let take = move |_| {
            emoji.set(sign.into());
            text.set(words.into());
            ends.set(choice.into());
        };
        view! { <button class="button small" type="button" on:click=handle(take)>{sign}" "{words}</button> }
    };
    view! {
        <form class="narrow-form" aria-labelledby="status-title" on:submit=handle(submit)>
            <h2 id="status-title">"Status"</h2>
            <div class="status-offers">{OFTEN.map(offer).collect_view()}</div>
            <div class="status-fields">
                <label class="field">
                    <span class="field-label">"Emoji"</span>
                    <input name="emoji" autocomplete="off" maxlength="40" bind:value=emoji/>
                </label>
                <label class="field">
                    <span class="field-label">"What are you up to?"</span>
                    <input name="status" autocomplete="off" maxlength=limits::STATUS_CHARS.to_string() bind:value=text/>
                </label>
            </div>
            <label class="field">
                <span class="field-label">"Ends"</span>
                <select name="ends" prop:value=ui::text(move || ends.get()) on:change:target=move |event| ends.set(event.target().value())>
                    {CHOICES.map(|(name, words, _)| view! { <option value=name>{words}</option> }).collect_view()}
                </select>
            </label>
            {reactive_view(move || hint.get().map(|at| view! { <p class="field-hint">{ui::text(move || until(at))}</p> }))}
            <Problem sentence=problem/>
            {reactive_view(move || notice.get().map(|words| view! { <p class="notice" role="status">{words}</p> }))}
            <div class="status-buttons">
                <button class="button primary" type="submit">"Set status"</button>
                {reactive_view(move || has_status.get().then(|| view! { <button class="button" type="button" on:click=handle(clear)>"Clear"</button> }))}
            </div>
        </form>
    }
}

/// How long the user's day still lasts.
fn left_of_today(zone: Zone) -> Millis {
    let now = platform::now();
    (zone.day(now) + 1) * DAY - platform::utc_offset_minutes(now) * MINUTE - now
}

fn know(chat: Chat, me: Person) {
    chat.hear(ServerEvent::PersonChanged(me));
}

/// Whether others see the user's read positions.
#[component]
pub fn ReadingForm() -> impl IntoView {
    let chat = use_chat();
    let problem = RwSignal::new(None::<String>);
    let hides = chat.select(|state| state.person(state.me).is_some_and(|me| me.hides_reading));
    let toggle = move |_: ev::Event| {
        let reply = chat.send(SetReading { hidden: !hides.get_untracked() });
        spawn_local(async move {
            let answer: Result<(), Failure> = reply.await.map(|me| know(chat, me));
            problem.try_set(answer.err().map(|failure| failure.sentence()));
        });
    };
    view! {
        <section class="narrow-form" aria-labelledby="reading-title">
            <h2 id="reading-title">"Who has read what"</h2>
            <label class="check">
                <input type="checkbox" prop:checked=ui::text(move || !hides.get()) on:change=handle(toggle)/>
                <span>"Show others what I have read, and me what they have"</span>
            </label>
            <p class="field-hint">{format!("In rooms of up to {} people. Without it you neither show nor see it.", limits::RECEIPTS_MEMBERS)}</p>
            <Problem sentence=problem/>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_ends_never_after_a_while_or_with_the_day() {
        assert_eq!(Ends::Never.at(5, 7), None);
        assert_eq!(Ends::After(30 * MINUTE).at(5, 7), Some(1_800_005));
        assert_eq!(Ends::Today.at(5, 7), Some(12));
    }

    #[test]
    fn what_is_often_set_ends_by_one_of_the_choices() {
        assert!(OFTEN.iter().all(|(.., ends)| CHOICES.iter().any(|(name, ..)| name == ends)));
    }
}
