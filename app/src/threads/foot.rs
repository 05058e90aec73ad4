//! What stands below a message that was replied to: how many replies there are, whose, and since when.

use super::path_of;
use crate::{
    client::use_chat,
    platform,
    rooms::counted,
    ui::{Zone, avatar_of, reactive_view, text},
};
use common::{MessageId, Millis, RoomId, Seq, threads::Replies};
use leptos::prelude::*;

/// Leads to the thread. Most messages have none, and only ask whether there is one.
#[component]
pub fn RepliesFoot(room: RoomId, parent: MessageId, seq: Seq) -> impl IntoView {
    let chat = use_chat();
    let replies = chat.select_lasting(move |state| state.message_at(room, seq)?.replies.clone());
    let is_any = Memo::new(move |_| replies.with(Option::is_some));
    let line = move || reactive_view(move || replies.get().map(|replies| view! { <RepliesLine parent replies/> }));
    reactive_view(move || is_any.get().then(|| view! { <a class="replies" href=path_of(room, parent)>{line()}</a> }))
}

/// Faces, count and time of the last reply; a mark when some are unread.
#[component]
pub fn RepliesLine(parent: MessageId, replies: Replies) -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let unread = chat.select(move |state| {
        state.threads.get(&parent).map_or((0, 0), |standing| (standing.unread, standing.mentions))
    });
    let Replies { count, people, at, .. } = replies;
    let faces = chat.select(move |state| people.iter().map(|person| state.person(*person)).collect::<Vec<_>>());
    view! {
        <span class="replies-faces">
            {reactive_view(move || faces.get().into_iter().map(|person| avatar_of(person.as_deref())).collect_view())}
        </span>
        <span class="replies-count">{in_words(count)}</span>
        <span class="replies-last">"Last "{text(move || when(zone, at))}</span>
        {marks(unread)}
    }
}

/// How many replies are unread, and how many of them mention oneself, as a room's badge shows it.
pub(super) fn marks(counts: Memo<(u32, u32)>) -> impl IntoView {
    reactive_view(move || {
        let (unread, mentions) = counts.get();
        let mark = |class, words, count| {
            (count > 0).then(
                || view! { <span class=class><span class="visually-hidden">{words}</span>{counted(count)}</span> },
            )
        };
        view! { {mark("unread-mark", ", unread: ", unread)} {mark("room-pill", ", mentions: ", mentions)} }
    })
}

pub(super) fn in_words(count: u32) -> String {
    if count == 1 { "1 reply".into() } else { format!("{count} replies") }
}

/// The time of day if that was today, otherwise the day.
fn when(zone: Zone, at: Millis) -> String {
    let day = zone.day(at);
    if day == zone.day(platform::now()) { zone.clock(at) } else { zone.day_name(day) }
}
