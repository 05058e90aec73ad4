//! Listening in, as long as the panel is open, and putting what was heard into the list, together.

use super::{
    heard::{Heard, What},
    row::Row,
    rows::{MOST, Rows},
};
use crate::{
    client::Chat,
    platform,
    ui::{effect, track},
};
use leptos::prelude::*;
use std::{collections::VecDeque, sync::Arc, time::Duration};

/// What is heard is put into the list this much later, together with what belongs to it, such as its answer.
const LISTED_AFTER: Duration = Duration::from_millis(60);

/// While much is heard, the list is drawn so often at most: to draw it costs more than to read it.
const LISTED_EVERY: Duration = Duration::from_millis(500);

#[derive(Clone, Copy)]
pub struct Listening {
    chat: Chat,
    /// What was heard and is not in the list yet.
    waiting: StoredValue<Waiting>,
    rows: StoredValue<Rows>,
    shown: RwSignal<Vec<Shown>>,
    is_paused: RwSignal<bool>,
    /// How much waits while the list is paused.
    held_back: RwSignal<usize>,
}

#[derive(Default)]
struct Waiting {
    heard: VecDeque<Heard>,
    /// How many there were, also of those that are not kept.
    count: usize,
    /// Whether they will be put into the list soon.
    is_due: bool,
    /// When something was put into the list last, by the clock that [`Heard::tick`] is of.
    listed_at: f64,
}

/// A row on the screen, which changes in its place.
#[derive(Clone)]
pub struct Shown {
    pub id: u64,
    pub row: ArcRwSignal<Arc<Row>>,
    /// Whether its content is shown.
    pub is_open: ArcRwSignal<bool>,
}

impl Shown {
    pub fn of(row: &Arc<Row>) -> Self {
        Self { id: row.id, row: ArcRwSignal::new(row.clone()), is_open: ArcRwSignal::new(false) }
    }
}

impl Listening {
    /// Until the component that asks for it is gone.
    pub fn begin(chat: Chat) -> Self {
        let listening = Self {
            chat,
            waiting: StoredValue::default(),
            rows: StoredValue::default(),
            shown: RwSignal::default(),
            is_paused: RwSignal::new(false),
            held_back: RwSignal::new(0),
        };
        let link = chat.select(|state| state.link.clone());
        let is_heard = StoredValue::new(false);
        effect(move || {
            // A page that has only just come to life has no line yet.
            track(link);
            if !is_heard.get_value() {
                is_heard.set_value(chat.tap(Some(Box::new(move |tapped| listening.hear(What::of(tapped))))));
            }
        });
        on_cleanup(move || {
            chat.tap(None);
        });
        listening
    }

    pub fn shown(self) -> RwSignal<Vec<Shown>> {
        self.shown
    }

    pub fn is_paused(self) -> bool {
        self.is_paused.get()
    }

    /// How many frames wait while the list is paused.
    pub fn held_back(self) -> usize {
        self.held_back.get()
    }

    pub fn pause(self, is_paused: bool) {
        self.is_paused.set(is_paused);
        self.take_in();
    }

    fn hear(self, what: Option<What>) {
        let Some(what) = what else { return };
        let tick = platform::tick();
        let heard = Heard { what, at: platform::now(), tick };
        let wait = self.waiting.try_update_value(|waiting| {
            if waiting.heard.len() >= MOST {
                waiting.heard.pop_front();
            }
            waiting.heard.push_back(heard);
            waiting.count += 1;
            let is_due = std::mem::replace(&mut waiting.is_due, true);
            (!is_due).then(|| wait_after(tick - waiting.listed_at))
        });
        if let Some(Some(wait)) = wait {
            set_timeout(move || self.take_in(), wait);
        }
    }

    fn take_in(self) {
        let is_paused = self.is_paused.try_get_untracked().unwrap_or(true);
        let taken = self.waiting.try_update_value(|waiting| {
            waiting.is_due = false;
            waiting.listed_at = platform::tick();
            if is_paused {
                return Err(waiting.count);
            }
            waiting.count = 0;
            Ok(std::mem::take(&mut waiting.heard))
        });
        match taken {
            // The panel is closed.
            None => {}
            Some(Err(held_back)) => {
                self.held_back.try_set(held_back);
            }
            Some(Ok(heard)) => self.list(heard),
        }
    }

    fn list(self, heard: VecDeque<Heard>) {
        if self.held_back.get_untracked() > 0 {
            self.held_back.set(0);
        }
        if heard.is_empty() {
            return;
        }
        self.rows
            .update_value(|rows| self.chat.peek(|state| heard.into_iter().for_each(|heard| rows.hear(heard, state))));
        self.shown.update(|shown| self.rows.with_value(|rows| draw(rows, shown)));
    }
}

/// How long to hold frames back, given the milliseconds since the list last changed.
pub(super) fn wait_after(milliseconds: f64) -> Duration {
    let passed = Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0);
    LISTED_EVERY.saturating_sub(passed).max(LISTED_AFTER)
}

/// Makes what is shown what the rows are; both are in the order of their ids, without gaps.
fn draw(rows: &Rows, shown: &mut Vec<Shown>) {
    let first = rows.all().next().map_or(0, |row| row.id);
    shown.retain(|shown| shown.id >= first);
    for (place, row) in rows.all().enumerate() {
        match shown.get(place) {
            None => shown.push(Shown::of(row)),
            Some(known) if known.row.with_untracked(|known| Arc::ptr_eq(known, row)) => {}
            Some(known) => known.row.set(row.clone()),
        }
    }
}
