//! The overview: how the server is doing now, and what has just happened.

use super::{
    line::Console,
    spark::{Part, Spark},
    words,
};
use crate::{
    platform,
    ui::{Zone, keyed_list, reactive_view, text},
};
use common::{
    Millis,
    console::{ConnectionChange, Rate, Tick},
    refusal_log::LoggedRefusal,
};
use leptos::prelude::*;
use litemap::LiteMap;

/// Names that are listed.
const NAMES: usize = 8;

#[component]
pub fn OverviewSection() -> impl IntoView {
    let console = Console::of_page();
    let now = move || console.ticks.with(|ticks| ticks.back().map(|tick| tick.at));
    let about = move || console.about.get();
    let uptime = move || about().zip(now()).map_or("–".to_owned(), |((_, since), now)| words::lasting(now - since));
    view! {
        <div class="figures">
            <Figure name="Connections" part=|tick| tick.connections.into() words=words::number/>
            <Figure name="People" part=|tick| tick.people.into() words=words::number/>
            <Figure name="Commands per second" part=commands words=words::number/>
            <Latency/>
            <Figure name="Received per second" part=|tick| tick.received words=words::size/>
            <Figure name="Sent per second" part=|tick| tick.sent words=words::size/>
            <Figure name="CPU" part=|tick| tick.cpu.into() words=percent/>
            <Figure name="Memory" part=|tick| tick.memory words=words::size/>
            <Figure name="Database" part=|tick| tick.database words=words::size/>
            <Figure name="Refused per second" part=|tick| tick.refused.into() words=words::number/>
            <div class="figure plain">
                <h2>"Uptime"</h2>
                <p class="figure-value">{text(uptime)}</p>
                <p class="figure-note">{text(move || about().map(|(version, _)| format!("Version {version}")))}</p>
            </div>
        </div>
        <div class="console-columns">
            <Comings/>
            <Refusals/>
            <Names title="Commands by name" part=|tick| &tick.commands/>
            <Names title="Events by name" part=|tick| &tick.events/>
        </div>
    }
}

fn commands(tick: &Tick) -> u64 {
    tick.commands.iter().map(|rate| u64::from(rate.count)).sum()
}

fn percent(thousandths: u64) -> String {
    format!("{:.1} %", thousandths as f64 / 10.0)
}

/// A figure as it is now, and a line through the last minute.
#[component]
fn Figure(name: &'static str, part: Part, words: fn(u64) -> String) -> impl IntoView {
    let ticks = Console::of_page().ticks;
    let value = move || ticks.with(|ticks| ticks.back().map_or("–".to_owned(), |tick| words(part(tick))));
    view! {
        <div class="figure">
            <h2>{name}</h2>
            <p class="figure-value">{text(value)}</p>
            <Spark name part words/>
        </div>
    }
}

/// How long answers take. Seconds without any are passed over.
#[component]
fn Latency() -> impl IntoView {
    let ticks = Console::of_page().ticks;
    let last = Memo::new(move |_| {
        ticks.with(|ticks| {
            ticks.iter().rev().map(|tick| tick.latency).find(|latency| latency.p50 > 0).unwrap_or_default()
        })
    });
    let rest = move || format!("p95 {} · p99 {}", words::micros(last.get().p95), words::micros(last.get().p99));
    view! {
        <div class="figure wide">
            <h2>"Latency"</h2>
            <p class="figure-value">{text(move || words::micros(last.get().p50))}<small>{text(rest)}</small></p>
            <Spark name="Latency, 95th percentile" part=|tick| tick.latency.p95.into() words=micros/>
        </div>
    }
}

fn micros(micros: u64) -> String {
    if micros == 0 { "nothing asked".into() } else { words::micros(u32::try_from(micros).unwrap_or(u32::MAX)) }
}

#[component]
fn Comings() -> impl IntoView {
    let console = Console::of_page();
    let zone = Zone::of_page();
    let key = |coming: &ConnectionChange| {
        format!("{} {} {} {}", coming.at, coming.connection, coming.namespace, coming.reason.is_some())
    };
    let listed = move || console.comings.get().into();
    view! {
        <section class="console-card" aria-labelledby="comings">
            <h2 id="comings">"Connections"</h2>
            <p class="console-note">{text(move || last_second(console))}</p>
            <ul class="console-feed" aria-label="Connections">
                {keyed_list(listed, key, move |coming| view! { <ComingRow coming zone/> })}
            </ul>
            {reactive_view(move || console.comings.with(|all| all.is_empty()).then(|| view! { <p class="empty">"No connections opened or closed since you opened this page."</p> }))}
        </section>
    }
}

fn last_second(console: Console) -> String {
    let (came, went) = console.ticks.with(|ticks| {
        ticks
            .iter()
            .fold((0_u64, 0_u64), |(came, went), tick| (came + u64::from(tick.opened), went + u64::from(tick.closed)))
    });
    format!("In the last minute, {} opened and {} closed.", words::number(came), words::number(went))
}

#[component]
fn ComingRow(coming: ConnectionChange, zone: Zone) -> impl IntoView {
    let at = coming.at;
    let who = words::name(coming.person.as_ref(), coming.program.as_ref()).unwrap_or("Someone").to_owned();
    let (mark, what) = match &coming.reason {
        None => ("in", format!("connected to {}", coming.namespace)),
        Some(reason) => ("out", format!("disconnected from {}: {}", coming.namespace, words::reason(reason))),
    };
    view! {
        <li data-mark=mark>
            <time>{text(move || words::when(zone, platform::now(), at))}</time>
            <span class="feed-words"><strong>{who}</strong>" "{what}</span>
            <span class="feed-from">{coming.address}</span>
        </li>
    }
}

#[component]
fn Refusals() -> impl IntoView {
    let console = Console::of_page();
    let zone = Zone::of_page();
    let key = |refused: &LoggedRefusal| refused.number.to_string();
    let listed = move || console.refusals.get().into();
    view! {
        <section class="console-card" aria-labelledby="refusals">
            <h2 id="refusals">"Refused"</h2>
            <p class="console-note"><a href="/admin/door">"All in the door log"</a></p>
            <ul class="console-feed" aria-label="Refused">
                {keyed_list(listed, key, move |refused| view! { <RefusedRow refused zone/> })}
            </ul>
            {reactive_view(move || console.refusals.with(|all| all.is_empty()).then(|| view! { <p class="empty">"No refusals since you opened this page."</p> }))}
        </section>
    }
}

#[component]
fn RefusedRow(refused: LoggedRefusal, zone: Zone) -> impl IntoView {
    let at: Millis = refused.at;
    let what = refused.event.clone().unwrap_or_else(|| "connection".into());
    let times = (refused.times > 1).then(|| format!(" ×{}", words::number(refused.times.into())));
    view! {
        <li data-mark="no">
            <time>{text(move || words::when(zone, platform::now(), at))}</time>
            <span class="feed-words"><strong>{refused.namespace.clone()}" "{what}</strong>" "{refused.why.clone()}{times}</span>
            <span class="feed-from">{refused.address.clone()}</span>
        </li>
    }
}

/// Names by how often they came in the last minute.
#[component]
fn Names(title: &'static str, part: fn(&Tick) -> &Vec<Rate>) -> impl IntoView {
    let ticks = Console::of_page().ticks;
    let most_frequent = move || ticks.with(|ticks| most_frequent(ticks.iter().flat_map(part)));
    let draw = |(name, count, share): (String, u64, u64)| {
        view! {
            <li><span class="rate-name">{name}</span><meter class="rate-bar" aria-hidden="true" max="100" value=share.to_string()></meter><span class="rate-count">{words::number(count)}</span></li>
        }
    };
    view! {
        <section class="console-card">
            <h2>{title}</h2>
            <p class="console-note">"In the last minute"</p>
            <ul class="rates" aria-label=title>
                {keyed_list(most_frequent, |(name, count, share)| format!("{name} {count} {share}"), draw)}
            </ul>
        </section>
    }
}

/// Names with their counts, and these as a share of the largest in percent.
fn most_frequent<'a>(rates: impl Iterator<Item = &'a Rate>) -> Vec<(String, u64, u64)> {
    let mut counts = LiteMap::<&str, u64>::new_vec();
    for rate in rates {
        let before = counts.get(rate.name.as_str()).copied().unwrap_or(0);
        counts.insert(&rate.name, before + u64::from(rate.count));
    }
    let mut counts: Vec<(String, u64)> = counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(NAMES);
    let largest = counts.first().map_or(1, |(_, count)| (*count).max(1));
    counts.into_iter().map(|(name, count)| (name, count, count * 100 / largest)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_summed_over_the_seconds() {
        let rate = |name: &str, count| Rate { name: name.into(), count };
        let rates = [rate("typing:set", 2), rate("message:post", 3), rate("typing:set", 4)];
        let names = most_frequent(rates.iter());
        assert_eq!(names, [("typing:set".to_owned(), 6, 100), ("message:post".to_owned(), 3, 50)]);
    }
}
