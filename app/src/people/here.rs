//! Presence: a user without input for ten minutes is away. Who is
//! away from all of their pages is shown as away.

use crate::{client::Chat, platform, state::Change, ui::effect};
use common::{Millis, people::SetZone, presence::SetAway};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// After so long without a touch, in milliseconds.
const AWAY_AFTER: Millis = 10 * 60 * 1000;

/// Browsers cannot wait for longer than some weeks.
const LONGEST_TIMER: Millis = 60 * 60 * 1000;

const LOOKED_AT_EVERY: Duration = Duration::from_secs(15);

/// Tells the server when the user goes away and comes back; on every new connection
/// what it does not know of it yet, and which time zone this is.
pub fn keep_here(chat: Chat) {
    let touched_at = StoredValue::new(platform::now());
    let is_away = StoredValue::new(false);
    let say = move |away| {
        is_away.set_value(away);
        let said = chat.send(SetAway { away });
        // It is said again on the next connection.
        spawn_local(async move { drop(said.await) });
    };
    platform::on_touch(move || {
        touched_at.set_value(platform::now());
        if is_away.get_value() {
            say(false);
        }
    });
    let look = move || {
        if !is_away.get_value() && platform::now() - touched_at.get_value() >= AWAY_AFTER {
            say(true);
        }
    };
    if let Ok(timer) = set_interval_with_handle(look, LOOKED_AT_EVERY) {
        on_cleanup(move || timer.clear());
    }
    let is_live = chat.is_live();
    effect(move || {
        if !is_live.get() {
            return;
        }
        if is_away.get_value() {
            say(true);
        }
        tell_zone(chat);
    });
}

fn tell_zone(chat: Chat) {
    let known = chat.peek(|state| state.people.get(&state.me).map(|me| me.zone.clone()));
    if let Some(zone) = platform::time_zone().filter(|zone| known.is_some_and(|known| known != *zone)) {
        let said = chat.send(SetZone { zone });
        // It is said again on the next connection.
        spawn_local(async move { drop(said.await) });
    }
}

/// Lets statuses end when their time has come.
pub fn keep_statuses(chat: Chat) {
    let first = chat.select(|state| {
        state.people.values().filter_map(|person| person.status.as_ref()?.until).min().unwrap_or(Millis::MAX)
    });
    let looked = RwSignal::new(0u32);
    effect(move || {
        looked.track();
        let ends = first.get();
        if ends == Millis::MAX {
            return;
        }
        let look = move || {
            let now = chat.server_now();
            if ends <= now {
                chat.apply(Change::Expired(now));
            }
            looked.update(|times| *times = times.wrapping_add(1));
        };
        let wait = (ends - chat.server_now()).clamp(1, LONGEST_TIMER);
        if let Ok(timer) = set_timeout_with_handle(look, Duration::from_millis(wait.unsigned_abs())) {
            on_cleanup(move || timer.clear());
        }
    });
}
