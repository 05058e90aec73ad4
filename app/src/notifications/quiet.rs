//! Do not disturb: until a time, or a part of every day, on all devices of the user.

use crate::{
    client::use_chat,
    platform,
    ui::{Problem, Zone, handle, text},
};
use common::{
    Millis,
    notifications::{Daily, Quiet},
};
use leptos::{ev, prelude::*, task::spawn_local};

const MINUTE: Millis = 60 * 1000;

/// The durations on offer.
const SPANS: [(&str, Millis); 4] = [
    ("For 30 minutes", 30 * MINUTE),
    ("For 1 hour", 60 * MINUTE),
    ("For 4 hours", 240 * MINUTE),
    ("For a day", 1_440 * MINUTE),
];

/// The default of the fields: the night.
const NIGHT: (u16, u16) = (22 * 60, 7 * 60);

#[component]
pub fn DoNotDisturb() -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let quiet = chat.select(|state| state.quiet.clone());
    let problem = RwSignal::new(None::<String>);
    let set = move |quiet: Quiet| {
        let reply = chat.send(quiet);
        spawn_local(async move {
            problem.try_set(reply.await.err().map(|failure| failure.sentence()));
        });
    };
    let until = move |until| set(Quiet { until, ..quiet.get_untracked() });
    let spans = SPANS.map(|(words, span)| {
        let begin = move |_| until(Some(platform::now() + span));
        view! { <button class="button" type="button" on:click=handle(begin)>{words}</button> }
    });
    let now_in_words = move || match quiet.get().until.filter(|until| *until > platform::now()) {
        Some(until) => {
            format!("No notifications until {} ({}).", zone.clock(until), zone.day_name(zone.day(until)))
        }
        None => "Off.".into(),
    };
    let daily = move || quiet.get().daily;
    let times = move || daily().map_or(NIGHT, |daily| (daily.from, daily.to));
    let set_daily = move |daily: Option<(u16, u16)>| {
        let zone = platform::time_zone().unwrap_or("UTC".into());
        let daily = daily.map(|(from, to)| Daily { from, to, zone });
        set(Quiet { daily, ..quiet.get_untracked() });
    };
    let change_from = move |event: ev::Event| {
        if let Some(from) = minutes(&event_target_value(&event)) {
            set_daily(Some((from, times().1)));
        }
    };
    let change_to = move |event: ev::Event| {
        if let Some(to) = minutes(&event_target_value(&event)) {
            set_daily(Some((times().0, to)));
        }
    };
    view! {
        <fieldset class="choices">
            <legend class="field-label">"Do not disturb, on all of your devices"</legend>
            <p role="status">{text(now_in_words)}</p>
            <div class="button-row">
                {spans.collect_view()}
                <button class="button quiet" type="button" on:click=handle(move |_| until(None))>"Turn off"</button>
            </div>
            <label class="check">
                <input type="checkbox" prop:checked=text(move || daily().is_some())
                    on:change=handle(move |event: ev::Event| set_daily(event_target_checked(&event).then(times)))/>
                "Every day"
            </label>
            <div class="button-row">
                <label class="field">
                    <span class="field-label">"From"</span>
                    <input type="time" prop:value=text(move || clock(times().0)) disabled=text(move || daily().is_none())
                        on:change=handle(change_from)/>
                </label>
                <label class="field">
                    <span class="field-label">"To"</span>
                    <input type="time" prop:value=text(move || clock(times().1)) disabled=text(move || daily().is_none())
                        on:change=handle(change_to)/>
                </label>
            </div>
            <p class="field-hint">{text(move || daily().map(|daily| format!("Times of {}.", daily.zone)).unwrap_or_default())}</p>
        </fieldset>
        <Problem sentence=problem/>
    }
}

/// As a field for times has it, such as "22:00".
fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn minutes(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.split_once(':')?;
    Some(hours.parse::<u16>().ok()? * 60 + minutes.get(..2)?.parse::<u16>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_written_and_read_as_fields_have_them() {
        assert_eq!((clock(0), clock(425)), ("00:00".into(), "07:05".into()));
        assert_eq!((minutes("07:05"), minutes("22:00:30")), (Some(425), Some(1_320)));
        assert_eq!((minutes(""), minutes("7")), (None, None));
    }
}
