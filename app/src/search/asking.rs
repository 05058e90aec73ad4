//! Asks the server while you type: debounced, and answers that come too late are
//! passed over.

use crate::{
    client::{Chat, use_chat},
    platform,
    ui::{Debounce, effect},
};
use common::search::{SearchMessages, SearchPage};
use leptos::{prelude::*, task::spawn_local};

/// A search that follows what is typed.
#[derive(Clone, Copy)]
pub struct Asking {
    chat: Chat,
    query: RwSignal<String>,
    pub found: RwSignal<SearchPage>,
    pub problem: RwSignal<Option<String>>,
    /// What `found` is the answer to.
    pub answered: RwSignal<String>,
    pub is_asking: RwSignal<bool>,
    turn: StoredValue<u32>,
}

impl Asking {
    /// Asks for what `query` says, now and whenever that changes, if it is long enough.
    pub fn follow(query: RwSignal<String>, shortest: usize) -> Self {
        let asking = Self {
            chat: use_chat(),
            query,
            found: RwSignal::new(SearchPage::default()),
            problem: RwSignal::new(None),
            answered: RwSignal::new(String::new()),
            is_asking: RwSignal::new(false),
            turn: StoredValue::new(0),
        };
        let is_live = asking.chat.is_live();
        let pause = Debounce::new();
        effect(move || {
            pause.stop();
            let is_enough = query.with(|query| query.trim().chars().count() >= shortest);
            asking.turn.update_value(|turn| *turn += 1);
            if !is_enough {
                asking.found.set(SearchPage::default());
                asking.answered.set(String::new());
                asking.problem.set(None);
                asking.is_asking.set(false);
            } else if is_live.get() {
                asking.is_asking.set(true);
                pause.then(move || asking.ask(None));
            }
        });
        asking
    }

    /// The next page.
    pub fn more(self) {
        let next = self.found.with_untracked(|found| found.next);
        if next.is_some() && !self.is_asking.get_untracked() {
            self.is_asking.set(true);
            self.ask(next);
        }
    }

    fn ask(self, next: Option<i64>) {
        let Some(turn) = self.turn.try_get_value() else { return };
        let query = self.query.get_untracked();
        let utc_offset = i32::try_from(platform::utc_offset_minutes(platform::now())).unwrap_or_default();
        let answer = self.chat.send(SearchMessages { query: query.clone(), utc_offset, next });
        spawn_local(async move {
            let answer = answer.await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.is_asking.set(false);
            match answer {
                Ok(page) => {
                    self.problem.set(None);
                    self.answered.set(query);
                    self.found.update(|found| {
                        if next.is_none() {
                            found.hits.clear();
                        }
                        found.hits.extend(page.hits);
                        (found.next, found.unknown) = (page.next, page.unknown);
                    });
                }
                Err(failure) => self.problem.set(Some(failure.sentence())),
            }
        });
    }
}
