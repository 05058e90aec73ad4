//! A message's details: its way from the keyboard to the others.

use super::{link::LinkTo, seen, versions::EarlierVersions};
use crate::{
    client::{Chat, Journey, use_chat},
    threads,
    ui::{Zone, definitions, effect, reactive_view, text, track},
};
use common::{
    MessageId, Millis, Refusal, Seq,
    delivery::{Delivery, GetDelivery},
    messages::{Message, RevisionKind},
};
use leptos::{prelude::*, task::spawn_local};
use std::{sync::Arc, time::Duration};

/// How often it is asked again whom the message has reached, as long as that is not everyone.
const ASKED_EVERY: Duration = Duration::from_secs(1);

/// What is known of a message now.
#[derive(Clone, PartialEq)]
enum Known {
    Stored(Arc<Message>),
    Pending(Option<Refusal>),
    Nothing,
}

#[component]
pub fn MessageDetails(id: MessageId) -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let room = chat.peek_shown();
    let known = chat.select(move |state| {
        let stored = room.and_then(|room| state.message(room, id));
        match (stored, state.pending.iter().find(|pending| pending.message.id == id)) {
            (Some(message), _) => Known::Stored(message.clone()),
            (None, Some(pending)) => Known::Pending(pending.refusal.clone()),
            (None, None) => Known::Nothing,
        }
    });
    let reach = RwSignal::new(None::<Delivery>);
    ask_whom_it_reached(chat, known, reach);
    let steps = move || steps(&known.get(), chat.journey(id), id, reach.get(), |at| zone.clock(at));
    let seen = chat.select(move |state| {
        let timeline = room.and_then(|room| state.rooms.get(&room)?.timeline.as_ref());
        let message = timeline.and_then(|timeline| timeline.messages.iter().find(|message| message.id == id));
        message.and_then(|message| seen::in_words(&state.seen_by(message)))
    });
    let edited = Memo::new(move |_| match known.get() {
        Known::Stored(message) if message.revision.is_some() && !message.is_deleted() => Some(message),
        _ => None,
    });
    let path = Memo::new(move |_| match known.get() {
        Known::Stored(message) => Some(threads::path_to_message(message.room, message.seq, message.parent)),
        Known::Pending(_) | Known::Nothing => None,
    });
    view! {
        <dl class="journey">
            {definitions(steps)}
        </dl>
        {text(move || seen.get().map(|words| view! { <p class="journey-note">{words}"."</p> }))}
        {reactive_view(move || edited.get().map(|message| view! { <EarlierVersions message/> }))}
        {reactive_view(move || path.get().map(|path| view! { <LinkTo path/> }))}
        {text(move || revised(&known.get(), |at| zone.clock(at)).map(|words| view! { <p class="journey-note">{words}</p> }))}
    }
}

/// Asks now, and again until everyone who is connected has the message.
fn ask_whom_it_reached(chat: Chat, known: Memo<Known>, reach: RwSignal<Option<Delivery>>) {
    let ask = move || {
        let Known::Stored(message) = known.get_untracked() else { return };
        if reach.get_untracked().is_some_and(|reach| reach.reached == reach.connected) {
            return;
        }
        let answer = chat.send(GetDelivery { room: message.room, seq: message.seq });
        spawn_local(async move {
            if let Ok(now) = answer.await {
                reach.try_set(Some(now));
            }
        });
    };
    effect(move || {
        track(known);
        ask();
    });
    if let Ok(timer) = set_interval_with_handle(ask, ASKED_EVERY) {
        on_cleanup(move || timer.clear());
    }
}

/// Name and words of each step that the message has made.
fn steps(
    known: &Known,
    journey: Option<Journey>,
    id: MessageId,
    reach: Option<Delivery>,
    clock: impl Fn(Millis) -> String,
) -> Vec<(&'static str, String)> {
    let mut steps = vec![("Typed", clock(journey.map_or(id.made_at(), |journey| journey.typed)))];
    let mut step = |name, words: String| steps.push((name, words));
    if let Some(Journey { typed, sent, acknowledged }) = journey {
        step(
            "Queued",
            match (known, sent) {
                (Known::Pending(Some(refusal)), _) => format!("Not sent: {}", refusal.message),
                (_, None) => "Waits for the connection".into(),
                (_, Some(sent)) if sent - typed < 100 => "Sent at once".into(),
                (_, Some(sent)) => format!("Sent after {}", duration(sent - typed)),
            },
        );
        if let (Some(sent), Some(acknowledged)) = (sent, acknowledged) {
            step("Acknowledged", format!("{} after it was sent", duration(acknowledged - sent)));
        }
    }
    if let Known::Stored(message) = known {
        step("Stored", format!("As #{}, at {} by the server’s clock", message.seq, clock(message.at)));
        step("Reached", reach.map_or("…".into(), reached));
    }
    steps
}

fn reached(Delivery { reached, connected }: Delivery) -> String {
    match connected {
        0 => "No one else is connected".into(),
        1 => format!("{reached} of 1 connected member"),
        many => format!("{reached} of {many} connected members"),
    }
}

fn duration(millis: Millis) -> String {
    match millis.max(0) {
        short @ 0..1_000 => format!("{short} ms"),
        long => format!("{}.{} s", long / 1_000, long / 100 % 10),
    }
}

fn revised(known: &Known, clock: impl Fn(Millis) -> String) -> Option<String> {
    let Known::Stored(message) = known else { return None };
    let revision = message.revision?;
    let what = match revision.kind {
        RevisionKind::Edited => "Edited",
        RevisionKind::Deleted => "Deleted",
    };
    Some(in_log(what, revision.seq, &clock(revision.at)))
}

fn in_log(what: &str, seq: Seq, clock: &str) -> String {
    format!("{what} at {clock}, as #{seq}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::{PersonId, RoomId};

    fn stored() -> Known {
        let (id, room, author) = (MessageId::new(), RoomId::new(), PersonId::new());
        Known::Stored(Arc::new(Message::posted(id, room, 12, author, "Hello".into(), 60_000)))
    }

    fn words(known: &Known, journey: Option<Journey>, reach: Option<Delivery>) -> Vec<String> {
        let clock = |at: Millis| format!("00:{:02}", at / 60_000);
        let steps = steps(known, journey, MessageId::new(), reach, clock);
        steps.into_iter().skip(1).map(|(name, words)| format!("{name}: {words}")).collect()
    }

    #[test]
    fn a_message_of_this_page_shows_its_whole_way() {
        let journey = Journey { typed: 1_000, sent: Some(4_250), acknowledged: Some(4_262) };
        let reach = Delivery { reached: 2, connected: 3 };
        assert_eq!(
            words(&stored(), Some(journey), Some(reach)),
            [
                "Queued: Sent after 3.2 s",
                "Acknowledged: 12 ms after it was sent",
                "Stored: As #12, at 00:01 by the server’s clock",
                "Reached: 2 of 3 connected members",
            ]
        );
    }

    #[test]
    fn a_message_that_waits_says_so_and_one_of_others_says_what_is_known() {
        let journey = Journey { typed: 1_000, sent: None, acknowledged: None };
        assert_eq!(words(&Known::Pending(None), Some(journey), None), ["Queued: Waits for the connection"]);
        assert_eq!(words(&stored(), None, None), ["Stored: As #12, at 00:01 by the server’s clock", "Reached: …"]);
    }
}
