//! The door log: every connection and every command that was refused, by which middleware, why, and what
//! helps. New refusals show at once.

use super::{
    line::Console,
    listing::{self, Listing},
    words,
};
use crate::{
    platform,
    ui::{Zone, effect, keyed_list, text},
};
use common::{
    limits,
    refusal_log::{ListRefusals, LoggedRefusal},
};
use leptos::prelude::*;

#[component]
pub fn DoorSection() -> impl IntoView {
    let console = Console::of_page();
    let listing = Listing::new(move |before: Option<LoggedRefusal>, query| {
        let page = console.send(ListRefusals { before: before.map(|refused| refused.number), query });
        async move { page.await.map(listing::page) }
    });
    put_in_what_comes(console, listing);
    let key = |refused: &LoggedRefusal| format!("{} {}", refused.number, refused.times);
    view! {
        <div class="console-tools">
            {listing.field("Find by namespace, code, address or name")}
        </div>
        {listing.status("No refusals since the server started.")}
        <ul class="console-list" aria-label="Refusals">
            {keyed_list(move || listing.listed(), key, |refused| view! { <Row refused/> })}
        </ul>
        {listing.turning()}
    }
}

/// What was refused in the last second comes first, if it is what is looked for.
fn put_in_what_comes(console: Console, listing: Listing<LoggedRefusal>) {
    effect(move || {
        let latest = console.refusals.get();
        if !listing.is_first_page() {
            return;
        }
        let query = listing.query.get_untracked();
        let words = platform::lowercase(query.trim());
        listing.items.update(|items| {
            let Some(items) = items else { return };
            for refused in latest.iter().rev().filter(|refused| has(refused, &words)) {
                merge(items, refused);
            }
            if items.len() > limits::CONSOLE_PAGE {
                items.truncate(limits::CONSOLE_PAGE);
                listing.more.set(true);
            }
        });
    });
}

/// Puts an entry first, in place of the same refusal that was counted up to less.
fn merge(items: &mut Vec<LoggedRefusal>, refused: &LoggedRefusal) {
    if items.iter().any(|known| known.number >= refused.number) {
        return;
    }
    items.retain(|known| !known.is_same(refused));
    items.insert(0, refused.clone());
}

/// Whether an entry is looked for: as the server decides it.
fn has(refused: &LoggedRefusal, words: &str) -> bool {
    platform::lowercase(&refused.searched()).contains(words)
}

#[component]
fn Row(refused: LoggedRefusal) -> impl IntoView {
    let zone = Zone::of_page();
    let at = refused.at;
    let times = match refused.times {
        1 => String::new(),
        times => format!("{} times", words::number(times.into())),
    };
    let from = match words::name(refused.person.as_ref(), refused.program.as_ref()) {
        Some(name) => format!("{name} from {}", refused.address),
        None => refused.address.clone(),
    };
    let what = match &refused.event {
        Some(event) => format!("{} {event}", refused.namespace),
        None => format!("{} connection", refused.namespace),
    };
    view! {
        <li class="entry">
            <p class="entry-head">
                <time>{text(move || words::when(zone, platform::now(), at))}</time>
                <strong>{what}</strong>
                <span class="badge">{refused.middleware}</span>
                <span class="entry-from">{from}</span>
                <span class="entry-times">{times}</span>
            </p>
            <p>{refused.why}</p>
            <p class="entry-note">{refused.remedy}</p>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::Code;

    fn refused(number: u64, code: Code, times: u32) -> LoggedRefusal {
        LoggedRefusal {
            number,
            at: 0,
            namespace: "/admin".into(),
            middleware: "role".into(),
            code,
            why: code.sentence(),
            remedy: String::new(),
            event: None,
            address: "203.0.113.7".into(),
            connection: None,
            person: None,
            program: None,
            times,
        }
    }

    #[test]
    fn the_same_refusal_is_counted_up_in_its_place() {
        let mut items = vec![refused(2, Code::WrongOrigin, 1), refused(1, Code::NotAnAdmin, 1)];
        merge(&mut items, &refused(3, Code::NotAnAdmin, 2));
        let numbers: Vec<_> = items.iter().map(|refused| (refused.number, refused.times)).collect();
        assert_eq!(numbers, [(3, 2), (2, 1)]);
        merge(&mut items, &refused(3, Code::NotAnAdmin, 2));
        assert_eq!(items.len(), 2);
        // A page of another site may try many paths.
        merge(&mut items, &LoggedRefusal { namespace: "/session".into(), ..refused(4, Code::WrongOrigin, 2) });
        assert_eq!((items.len(), items[0].times), (2, 2));
        let program = |name: &str| LoggedRefusal { program: Some(name.into()), ..refused(5, Code::NotAnAdmin, 1) };
        assert!(!program("Deploys").is_same(&program("Alerts")) && !program("Deploys").is_same(&items[1]));
    }

    #[test]
    fn an_entry_is_found_by_what_stands_in_it() {
        let entry = refused(1, Code::NotAnAdmin, 1);
        assert!(has(&entry, "") && has(&entry, "not_an") && has(&entry, "203.0"));
        assert!(!has(&entry, "origin"));
    }
}
