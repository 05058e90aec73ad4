//! The conversation of a room: its rows, its history page by page, what is new.

use super::{
    composer::Composer,
    pointed::{Editing, Pointed, Unveiled},
    row::rows_in_view,
    scroll::Scroll,
    seen::SeenBy,
    turning::{Pages, go_where_asked},
    typing::TypingLine,
    unread::Unread,
};
use crate::{
    address::Address,
    client::{Chat, use_chat},
    files::DropTarget,
    lazy::{Lazy, Part},
    platform,
    rooms::path_of,
    search::{Step, move_among},
    state::{Change, Conversation, Timeline, rows},
    ui::{Icon, Zone, effect, handle, reactive_view, regular, text},
};
use common::{RoomId, Seq, permissions::RoomAction};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn ConversationPane(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let unread = Unread::of(Conversation::of(room));
    let editing = Editing::provide();
    let pointed = Pointed::provide();
    let unveiled = Unveiled::of_page();
    let rows = Memo::new(move |_| {
        let (editing, line) = (editing.message(), unread.line());
        chat.with(|state| {
            let timeline = state.rooms.get(&room).and_then(|room| room.timeline.as_ref());
            let pending = state.pending_in(Conversation::of(room));
            let mut rows = timeline
                .map(|timeline| rows(timeline, pending, state.me, editing, line, |at| zone.day(at)))
                .unwrap_or_default();
            unveiled.hide(&mut rows, &state.blocked);
            rows
        })
    });
    let of_timeline = move |part: fn(&Timeline) -> bool| {
        chat.select(move |state| {
            let room = state.rooms.get(&room);
            room.and_then(|room| room.timeline.as_ref()).is_some_and(part)
        })
    };
    let (earlier, later) = (of_timeline(|timeline| timeline.earlier), of_timeline(Timeline::has_later));
    let scroll = Scroll::new(rows, later);
    let pages = Pages::new(chat, room, scroll);
    let on_scroll = move |_| {
        scroll.note();
        pages.turn_if_near_an_end();
    };
    go_where_asked(chat, room, pages);
    let is_followed = Memo::new(move |_| scroll.is_following());
    effect(move || {
        chat.apply(Change::Followed { room, is_followed: is_followed.get() });
        // A hidden conversation keeps nothing in view.
        on_cleanup(move || chat.apply(Change::Followed { room, is_followed: true }));
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let step = Step::of_key(&event.key()).filter(|_| !has_modifier && !platform::is_in_field(&event));
        if step.is_some_and(|step| move_among(".messages article[data-id]", step)) {
            event.prevent_default();
        }
    };
    mark_read_while_watched(chat, room, scroll, unread);
    effect(move || {
        if scroll.is_line_in_view() {
            unread.done();
        }
    });
    // Not on the page that the server draws: that comes to life before the part is loaded.
    let is_alive = RwSignal::new(false);
    effect(move || is_alive.set(true));
    let has_bar = Memo::new(move |_| is_alive.get() && (unread.is_above(scroll) || unread.is_kept()));
    view! {
        <div class="conversation">
            <div class="scroller" node_ref=scroll.element on:scroll=handle(on_scroll) on:keydown=handle(on_key)
                tabindex="0" role="region" aria-label="Messages">
                <div class="messages" role="log" aria-live="polite" on:pointerover=handle(move |event: ev::PointerEvent| pointed.pass(&event))
                    on:pointerdown=handle(move |_: ev::PointerEvent| pointed.press()) on:click=handle(move |event: ev::MouseEvent| pointed.tap(&event))
                    on:pointerleave=handle(move |event: ev::PointerEvent| pointed.leave(&event)) on:focusin=handle(move |event: ev::FocusEvent| pointed.focus(&event))>
                    <Beginning room earlier pages/>
                    {rows_in_view(rows)}
                    {reactive_view(move || later.get().then(|| view! {
                        <button class="button quiet earlier" type="button" disabled=pages.is_fetching
                            on:click=handle(move |_| pages.later())>"Later messages"</button>
                    }))}
                </div>
            </div>
            {reactive_view(move || has_bar.get().then(|| view! { <Lazy part=Part::Unread(Box::new((unread, scroll)))/> }))}
            <NewBelow scroll pages/>
        </div>
        <div class="below">
            <TypingLine conversation=Conversation::of(room)/>
            <SeenBy room/>
        </div>
        <Writing conversation=Conversation::of(room) on_post=move || pages.to_newest()/>
    }
}

/// The composer, or why you cannot write here. Unsent text is kept as the conversation's draft.
#[component]
pub fn Writing(conversation: Conversation, on_post: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let chat = use_chat();
    let refusal = chat.select(move |state| {
        state.standing(conversation.room).and_then(|standing| standing.may(RoomAction::Post).err())
    });
    reactive_view(move || match refusal.get() {
        None => {
            let takes_drops = conversation.thread.is_none().then(|| view! { <DropTarget room=conversation.room/> });
            view! { {takes_drops}<Composer conversation on_post/> }.into_any()
        }
        Some(code) => view! { <p class="no-composer">{code.sentence()}</p> }.into_any(),
    })
}

/// What stands before the first message: a way to earlier ones, or a word of welcome.
#[component]
fn Beginning(room: RoomId, earlier: Memo<bool>, pages: Pages) -> impl IntoView {
    let chat = use_chat();
    let name =
        chat.select(move |state| state.rooms.get(&room).map(|room| state.room_name(&room.summary)).unwrap_or_default());
    reactive_view(move || {
        if earlier.get() {
            view! {
                <button class="button quiet earlier" type="button" disabled=pages.is_fetching on:click=handle(move |_| pages.earlier())>"Earlier messages"</button>
            }
            .into_any()
        } else {
            view! { <p class="beginning">"This is where "<strong>{text(move || name.get())}</strong>" begins."</p> }
                .into_any()
        }
    })
}

#[component]
fn NewBelow(scroll: Scroll, pages: Pages) -> impl IntoView {
    let address = Address::of_page();
    let leave = move || match address.peek_room() {
        // So a reload does not lead back to the old message.
        Some(room) if address.peek_asked().seq.is_some() => address.go(&path_of(room)),
        _ => pages.to_newest(),
    };
    view! { <WayDown scroll go=leave/> }
}

/// The way to the newest messages, for who is further up.
#[component]
pub fn WayDown(scroll: Scroll, go: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let words = move || match scroll.unseen() {
        0 => "Newest messages".to_owned(),
        1 => "1 new message".to_owned(),
        many => format!("{many} new messages"),
    };
    reactive_view(move || {
        (!scroll.is_following()).then(|| view! {
        <button class="button new-below" type="button" on:click=handle(move |_| go())>{text(words)}<Icon paths=regular(phosphor_leptos::ARROW_DOWN)/></button>
    })
    })
}

/// Marks the room read while its end is in view.
fn mark_read_while_watched(chat: Chat, room: RoomId, scroll: Scroll, unread: Unread) {
    let unread_to = chat.select(move |state| {
        let summary = state.rooms.get(&room).map(|room| &room.summary);
        summary.filter(|summary| summary.seq > summary.read).map_or(0, |summary| summary.seq)
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
        let moved = chat.mark_read(room, seq);
        spawn_local(async move {
            if !moved.await {
                // Said again at the next message or look.
                told.try_set_value(0);
            }
        });
    });
}

/// Changes whenever the page becomes visible.
pub fn on_every_look() -> RwSignal<u32> {
    let looked = RwSignal::new(0);
    on_cleanup(window_event_listener_in_browser(move || looked.update(|times| *times += 1)));
    looked
}

/// Calls back whenever the window gets the focus; only where there is a window.
fn window_event_listener_in_browser(on_focus: impl Fn() + Copy + 'static) -> impl FnOnce() + Send + Sync + 'static {
    let handle = StoredValue::new(None);
    effect(move || handle.set_value(Some(window_event_listener(ev::focus, move |_| on_focus()))));
    move || {
        if let Some(handle) = handle.try_update_value(Option::take).flatten() {
            WindowListenerHandle::remove(handle);
        }
    }
}
