//! A thread beside its room: the message that was replied to, the replies page by page, a composer.

use super::{follow::FollowButton, foot::in_words, path_of};
use crate::{
    address::Address,
    client::{Chat, use_chat},
    failure::Failure,
    messages::{
        Editing, Pointed, Scroll, TypingLine, Unread, UnreadBar, Unveiled, WayDown, Writing, on_every_look,
        rows_in_view,
    },
    platform, rooms,
    state::{Change, Conversation, Row, Thread, Timeline, rows},
    ui::{Problem, Zone, effect, handle, reactive_view, text},
};
use common::{
    MessageId, RoomId, Seq, ServerEvent,
    messages::Message,
    threads::{MarkThreadRead, ReadThreadHistory},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::{slice, sync::Arc};

#[component]
pub fn ThreadPanel(room: RoomId, parent: MessageId) -> impl IntoView {
    let chat = use_chat();
    let conversation = Conversation::beside(room, parent);
    let problem = RwSignal::new(None::<String>);
    // Whether the server says that there is no such thread.
    let is_unknown = RwSignal::new(false);
    load_when_needed(chat, room, parent, is_unknown);
    let name = chat.select(move |state| rooms::named_in_words(state, room));
    view! {
        <div class="thread-head">
            <p>"In "<a href=rooms::path_of(room)>{text(move || name.get())}</a></p>
            <FollowButton conversation problem/>
        </div>
        <Problem sentence=problem/>
        {reactive_view(move || if is_unknown.get() {
            view! { <p class="panel-note">"This message no longer exists."</p> }.into_any()
        } else {
            view! { <Replies conversation parent/> }.into_any()
        })}
    }
}

/// Asks for the thread when it is not here, and again on every connection: how one stands with it may have
/// changed meanwhile.
fn load_when_needed(chat: Chat, room: RoomId, parent: MessageId, is_unknown: RwSignal<bool>) {
    let address = Address::of_page();
    let is_live = chat.is_live();
    let is_missing = chat.select(move |state| thread(state.rooms.get(&room), parent).is_none());
    let was_live = StoredValue::new(false);
    // There is nothing here to ask for.
    let is_over = StoredValue::new(false);
    effect(move || {
        let (live, missing) = (is_live.get(), is_missing.get());
        let is_new_connection = live && !was_live.get_value();
        was_live.set_value(live);
        if !live || is_over.get_value() || !(missing || is_new_connection) {
            return;
        }
        spawn_local(async move {
            match chat.open_thread(room, parent).await {
                // It was a reply.
                Ok(other) if other != parent => {
                    is_over.try_set_value(true);
                    address.go(&path_of(room, other));
                }
                Ok(_) => {}
                Err(Failure::Refused(_)) => {
                    is_over.try_set_value(true);
                    is_unknown.try_set(true);
                }
                // It is asked for again on the next connection.
                Err(Failure::Unreachable(_)) => {}
            }
        });
    });
}

fn thread(room: Option<&crate::state::Room>, parent: MessageId) -> Option<&Thread> {
    room?.threads.get(&parent)
}

#[component]
fn Replies(conversation: Conversation, parent: MessageId) -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let unread = Unread::of(conversation);
    let editing = Editing::provide();
    let pointed = Pointed::provide();
    let unveiled = Unveiled::of_page();
    let beginning = Memo::new(move |_| {
        chat.with(|state| {
            let message = state.message(conversation.room, parent)?.clone();
            let mut row = beginning_row(message, editing.message());
            unveiled.hide(slice::from_mut(&mut row), &state.blocked);
            Some(row)
        })
        .into_iter()
        .collect::<Vec<_>>()
    });
    let rows = Memo::new(move |_| {
        let (editing, line) = (editing.message(), unread.line());
        chat.with(|state| {
            let nothing = Timeline::default();
            let timeline = state.timeline(conversation).unwrap_or(&nothing);
            let mut rows = rows(timeline, state.pending_in(conversation), state.me, editing, line, |at| zone.day(at));
            // The day is said when it is another one than that of the message above.
            let begun = state.message(conversation.room, parent).map(|message| Row::Day(zone.day(message.at)));
            if !timeline.earlier && rows.first() == begun.as_ref() && begun.is_some() {
                rows.remove(0);
            }
            unveiled.hide(&mut rows, &state.blocked);
            rows
        })
    });
    let scroll = Scroll::new(rows, Memo::new(|_| false));
    let is_fetching = RwSignal::new(false);
    let earlier = chat.select(move |state| state.timeline(conversation).is_some_and(|timeline| timeline.earlier));
    let fetch = move || fetch_earlier(chat, conversation, parent, is_fetching);
    let on_scroll = move |_| {
        scroll.note();
        if scroll.is_near_top() && earlier.get_untracked() {
            fetch();
        }
    };
    mark_read_while_watched(chat, conversation, parent, scroll, unread);
    effect(move || {
        if scroll.is_line_in_view() {
            unread.done();
        }
    });
    let has_bar = Memo::new(move |_| unread.is_above(scroll) || unread.is_kept());
    view! {
        <div class="conversation">
            <div class="scroller" node_ref=scroll.element on:scroll=handle(on_scroll) tabindex="0" role="region" aria-label="Replies">
                <div class="messages" role="log" aria-live="polite" on:pointerover=handle(move |event: ev::PointerEvent| pointed.pass(&event))
                    on:pointerdown=handle(move |_: ev::PointerEvent| pointed.press()) on:click=handle(move |event: ev::MouseEvent| pointed.tap(&event))
                    on:pointerleave=handle(move |event: ev::PointerEvent| pointed.leave(&event)) on:focusin=handle(move |event: ev::FocusEvent| pointed.focus(&event))
                    on:keydown=handle(move |event: ev::KeyboardEvent| platform::walk_rows(&event))>
                    {rows_in_view(beginning)}
                    <Divider conversation parent earlier is_fetching fetch/>
                    {rows_in_view(rows)}
                </div>
            </div>
            {reactive_view(move || has_bar.get().then(|| view! { <UnreadBar unread scroll/> }))}
            <WayDown scroll go=move || scroll.to_bottom()/>
        </div>
        <TypingLine conversation/>
        <Writing conversation on_post=move || scroll.to_bottom()/>
    }
}

/// The message that was replied to.
fn beginning_row(message: Arc<Message>, editing: Option<MessageId>) -> Row {
    let editing = editing == Some(message.id) && !message.is_deleted();
    Row::Message { message, grouped: false, editing, sought: false, hidden: false, begins: true }
}

/// Between the message and the replies: how many there are, or a way to earlier ones.
#[component]
fn Divider(
    conversation: Conversation,
    parent: MessageId,
    earlier: Memo<bool>,
    is_fetching: RwSignal<bool>,
    fetch: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let chat = use_chat();
    let words = chat.select(move |state| {
        let is_loaded =
            thread(state.rooms.get(&conversation.room), parent).is_some_and(|thread| thread.parent.is_some());
        let message = state.message(conversation.room, parent);
        match message.map(|message| message.replies.as_ref().map(|replies| replies.count)) {
            Some(Some(count)) => in_words(count),
            Some(None) if is_loaded => "No replies yet".into(),
            Some(None) | None => String::new(),
        }
    });
    view! {
        <p class="day replies-divider"><span>{text(move || words.get())}</span></p>
        {reactive_view(move || earlier.get().then(|| view! {
            <button class="button quiet earlier" type="button" disabled=is_fetching on:click=handle(move |_| fetch())>"Earlier replies"</button>
        }))}
    }
}

fn fetch_earlier(chat: Chat, conversation: Conversation, parent: MessageId, is_fetching: RwSignal<bool>) {
    let before = chat.peek(|state| state.timeline(conversation)?.first_seq());
    let Some(before) = before.filter(|_| !is_fetching.get_untracked()) else { return };
    is_fetching.set(true);
    let page = chat.send(ReadThreadHistory { room: conversation.room, parent, before });
    spawn_local(async move {
        if let Ok(page) = page.await {
            chat.apply(Change::EarlierReplies { conversation, page });
        }
        is_fetching.try_set(false);
    });
}

/// Marks the thread read while its end is in view.
fn mark_read_while_watched(chat: Chat, conversation: Conversation, parent: MessageId, scroll: Scroll, unread: Unread) {
    let unread_to = chat.select(move |state| {
        let is_loaded =
            thread(state.rooms.get(&conversation.room), parent).is_some_and(|thread| thread.parent.is_some());
        let standing = state.threads.get(&parent).filter(|standing| is_loaded && standing.unread > 0);
        standing.map_or(0, |standing| standing.last)
    });
    let looked = on_every_look();
    let is_live = chat.is_live();
    let told = StoredValue::new(0 as Seq);
    effect(move || {
        looked.track();
        let seq = unread_to.get();
        let is_said = seq == 0 || seq <= told.get_value();
        if unread.is_kept() || is_said || !is_live.get() || !scroll.is_following() || !platform::is_watched() {
            return;
        }
        told.set_value(seq);
        let standing = chat.send(MarkThreadRead { room: conversation.room, parent, seq });
        spawn_local(async move {
            match standing.await {
                Ok(standing) => chat.hear(ServerEvent::ThreadChanged(standing)),
                // Said again at the next reply or look.
                Err(_) => {
                    told.try_set_value(0);
                }
            }
        });
    });
}
