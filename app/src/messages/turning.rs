//! Turning pages: earlier ones, later ones, the one around a message, and back to the newest.

use super::scroll::Scroll;
use crate::{
    address::Address,
    client::Chat,
    failure::Failure,
    state::{Change, Timeline},
    ui::effect,
};
use common::{
    RoomId, Seq,
    messages::{MessagePage, ReadAround, ReadHistory, ReadNewer, Spot},
};
use futures::future::LocalBoxFuture;
use leptos::{prelude::*, task::spawn_local};

/// The fewest messages that are shown at the newest end, if there are as many.
const FILLS_A_SCREEN: usize = 40;

/// The pages of a room.
#[derive(Clone, Copy)]
pub struct Pages {
    chat: Chat,
    room: RoomId,
    scroll: Scroll,
    /// Whether one is on its way.
    pub is_fetching: RwSignal<bool>,
}

impl Pages {
    pub fn new(chat: Chat, room: RoomId, scroll: Scroll) -> Self {
        Self { chat, room, scroll, is_fetching: RwSignal::new(false) }
    }

    fn look<T>(self, part: impl FnOnce(&Timeline) -> T) -> Option<T> {
        self.chat.peek(|state| Some(part(state.rooms.get(&self.room)?.timeline.as_ref()?)))
    }

    /// Fetches what is missing near the place where the reader is.
    pub fn turn_if_near_an_end(self) {
        if self.scroll.is_near_top() && self.look(|timeline| timeline.earlier) == Some(true) {
            self.earlier();
        } else if self.scroll.is_near_bottom() && self.look(Timeline::has_later) == Some(true) {
            self.later();
        }
    }

    pub fn earlier(self) {
        let room = self.room;
        if let Some(before) = self.look(Timeline::first_seq).flatten().filter(|_| !self.is_fetching.get_untracked()) {
            let page = self.chat.send(ReadHistory { room, before });
            self.turn(Box::pin(page), move |page| Change::Earlier { room, page });
        }
    }

    pub fn later(self) {
        let room = self.room;
        if let Some(after) = self.look(Timeline::last_shown).flatten().filter(|_| !self.is_fetching.get_untracked()) {
            let page = self.chat.send(ReadNewer { room, after });
            self.turn(Box::pin(page), move |page| Change::Later { room, page });
        }
    }

    /// Puts a page where it belongs once it is here. What is read meanwhile does not move.
    fn turn(
        self,
        page: LocalBoxFuture<'static, Result<MessagePage, Failure>>,
        change: impl FnOnce(MessagePage) -> Change + 'static,
    ) {
        self.is_fetching.set(true);
        spawn_local(async move {
            if let Ok(page) = page.await {
                self.scroll.hold();
                self.chat.apply(change(page));
                self.scroll.keep().await;
            }
            self.is_fetching.try_set(false);
        });
    }

    /// Goes to a message, wherever in the room it is.
    pub fn to(self, spot: Spot) {
        let room = self.room;
        if let Spot::Seq(seq) = spot
            && self.look(|timeline| timeline.shows(seq)) == Some(true)
        {
            return self.chat.apply(Change::LedTo { room, seq });
        }
        let around = self.chat.send(ReadAround { room, spot });
        spawn_local(async move {
            if let Ok(around) = around.await {
                self.chat.apply(Change::Shown { room, page: around.page });
                self.chat.apply(Change::LedTo { room, seq: around.seq });
            }
        });
    }

    /// Goes to the end of the conversation.
    pub fn to_newest(self) {
        let room = self.room;
        self.chat.apply(Change::Newest(room));
        self.scroll.to_bottom();
        if self.look(Timeline::has_later) == Some(true) {
            self.fetch_newest();
        } else if self.look(|timeline| timeline.earlier && timeline.shown().len() < FILLS_A_SCREEN) == Some(true) {
            self.earlier();
        }
    }

    /// Nothing of the newest is here yet. What is posted meanwhile is kept, and shown once it is reached.
    fn fetch_newest(self) {
        let room = self.room;
        let page = self.chat.send(ReadHistory { room, before: Seq::MAX });
        spawn_local(async move {
            if let Ok(page) = page.await {
                self.chat.apply(Change::Shown { room, page });
                self.scroll.to_bottom();
                if self.look(Timeline::has_later) == Some(true) {
                    self.later();
                }
            }
        });
    }
}

/// Goes where the address says: to a message, or else to the newest ones.
pub fn go_where_asked(chat: Chat, room: RoomId, pages: Pages) {
    let address = Address::of_page();
    let is_live = chat.is_live();
    let last = StoredValue::new(None::<u32>);
    effect(move || {
        let (asked, is_live) = (address.asked(), is_live.get());
        let before = last.get_value();
        if before == Some(asked.turn) || address.peek_room() != Some(room) {
            return;
        }
        match asked.seq {
            Some(seq) if is_live || pages.look(|timeline| timeline.shows(seq)) == Some(true) => {
                pages.to(Spot::Seq(seq));
            }
            // As soon as the server can be asked.
            Some(_) => return,
            None if before.is_some() || pages.look(Timeline::has_later) == Some(true) => pages.to_newest(),
            None => {}
        }
        last.set_value(Some(asked.turn));
    });
    let led = chat.select(move |state| {
        let timeline = state.rooms.get(&room).and_then(|room| room.timeline.as_ref());
        timeline.map_or((0, None), |timeline| (timeline.led, timeline.sought))
    });
    effect(move || {
        if let (1.., Some(seq)) = led.get() {
            pages.scroll.show(seq);
            request_animation_frame(move || pages.turn_if_near_an_end());
        }
    });
}
