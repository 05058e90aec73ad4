//! Lists of the console: searched while you type, page by page, and reloaded when something in them
//! was changed.

use super::line::Console;
use crate::{
    failure::Failure,
    platform,
    ui::{Debounce, Problem, effect, handle, reactive_view, text},
};
use common::limits;
use futures::future::LocalBoxFuture;
use leptos::{prelude::*, task::spawn_local};
use std::{sync::Arc, time::Duration};

/// The items of a page, and whether there are others after them.
pub type Page<T> = (Vec<T>, bool);

/// What came is a page of a list that is asked for without saying how long it is: a full one may have others
/// after it.
pub fn page<T>(items: Vec<T>) -> Page<T> {
    let more = items.len() >= limits::CONSOLE_PAGE;
    (items, more)
}

/// How often a page is reloaded while it is in view.
pub const EVERY: Duration = Duration::from_secs(10);

/// Whether rows move, or are drawn again, on a reload: the focus would be lost, so a list
/// does not reload while a row has the keyboard focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    Move,
    Stay,
}

/// Asks for the page after an item, of those that have the words in them.
type Asks<T> = Arc<dyn Fn(Option<T>, String) -> LocalBoxFuture<'static, Result<Page<T>, Failure>> + Send + Sync>;

/// Cheap to copy.
pub struct Listing<T: Send + Sync + 'static> {
    pub items: RwSignal<Option<Vec<T>>>,
    pub query: RwSignal<String>,
    /// Why something that was done to an item was refused.
    pub problem: RwSignal<Option<String>>,
    /// Why the page could not be had.
    pub missing: RwSignal<Option<String>>,
    pub more: RwSignal<bool>,
    /// The last items of the previous pages.
    before: RwSignal<Vec<T>>,
    asks: StoredValue<Asks<T>>,
    turn: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Listing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Listing<T> {}

impl<T: Clone + Send + Sync + 'static> Listing<T> {
    /// Asks now, and whenever other words are looked for or the connection is back.
    pub fn new<F>(asks: impl Fn(Option<T>, String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Page<T>, Failure>> + 'static,
    {
        let asks: Asks<T> = Arc::new(move |after, query| Box::pin(asks(after, query)));
        let listing = Self {
            items: RwSignal::new(None),
            query: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            missing: RwSignal::new(None),
            more: RwSignal::new(false),
            before: RwSignal::new(Vec::new()),
            asks: StoredValue::new(asks),
            turn: StoredValue::new(0),
        };
        listing.follow_words();
        listing
    }

    fn follow_words(self) {
        let is_live = Console::of_page().is_live();
        let pause = Debounce::new();
        effect(move || {
            pause.stop();
            self.query.track();
            if !is_live.get() {
                return;
            }
            let first = move || {
                self.before.set(Vec::new());
                self.refresh();
            };
            match self.items.with_untracked(Option::is_none) {
                true => first(),
                false => pause.then(first),
            }
        });
    }

    /// Reloads this page.
    pub fn refresh(self) {
        let Some(asks) = self.asks.try_get_value() else { return };
        let after = self.before.with_untracked(|before| before.last().cloned());
        let turn = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let answer = asks(after, self.query.get_untracked());
        spawn_local(async move {
            let answer = answer.await;
            // The query has changed, or the list is gone.
            if self.turn.try_get_value() != turn {
                return;
            }
            self.missing.set(answer.as_ref().err().map(Failure::sentence));
            if let Ok((items, more)) = answer {
                self.items.set(Some(items));
                self.more.set(more);
            }
        });
    }

    /// An item of the page as it is now, found by what stays.
    pub fn one(self, is_it: impl Fn(&T) -> bool + Send + Sync + 'static) -> Memo<Option<T>>
    where
        T: PartialEq,
    {
        Memo::new(move |_| self.items.with(|items| items.iter().flatten().find(|item| is_it(item)).cloned()))
    }

    /// Reloads this page at intervals, as long as the page is visible.
    pub fn keep_fresh(self, every: Duration, rows: Rows) {
        let is_live = Console::of_page().is_live();
        effect(move || {
            if !is_live.get() {
                return;
            }
            let tick = move || {
                let is_used = rows == Rows::Move && platform::keyboard_is_in(".console-list");
                if platform::is_shown() && !is_used {
                    self.refresh();
                }
            };
            if let Ok(timer) = set_interval_with_handle(tick, every) {
                on_cleanup(move || timer.clear());
            }
        });
    }

    fn next(self) {
        if let Some(last) = self.items.with_untracked(|items| items.as_ref()?.last().cloned()) {
            self.before.update(|before| before.push(last));
            self.refresh();
        }
    }

    fn previous(self) {
        self.before.update(|before| drop(before.pop()));
        self.refresh();
    }

    pub fn is_first_page(self) -> bool {
        self.before.with(Vec::is_empty)
    }

    pub fn listed(self) -> Vec<T> {
        self.items.get().unwrap_or_default()
    }

    /// The search field.
    pub fn field(self, label: &'static str) -> AnyView {
        view! {
            <input class="search-field console-search" type="search" name="query" aria-label=label placeholder=label autocomplete="off" bind:value=self.query/>
        }
        .into_any()
    }

    /// What is said where there is nothing, and why there is not.
    pub fn status(self, empty: &'static str) -> AnyView {
        let words = reactive_view(move || match self.items.with(|items| items.as_ref().map(Vec::is_empty)) {
            None => Some(view! { <p class="loading">"Loading…"</p> }.into_any()),
            Some(true) if self.query.with(String::is_empty) => Some(view! { <p class="empty">{empty}</p> }.into_any()),
            Some(true) => Some(view! { <p class="empty">"No results."</p> }.into_any()),
            Some(false) => None,
        });
        view! { <Problem sentence=self.problem/><Problem sentence=self.missing/>{words} }.into_any()
    }

    /// The ways to the other pages, if there are any.
    pub fn turning(self) -> AnyView {
        let is_shown = Memo::new(move |_| self.more.get() || !self.is_first_page());
        reactive_view(move || {
            is_shown.get().then(|| {
                view! {
                    <nav class="console-turning" aria-label="Pages">
                        <button class="button" type="button" disabled=text(move || self.is_first_page()) on:click=handle(move |_| self.previous())>"Previous"</button>
                        <span>{text(move || format!("Page {}", self.before.with(Vec::len) + 1))}</span>
                        <button class="button" type="button" disabled=text(move || !self.more.get()) on:click=handle(move |_| self.next())>"Next"</button>
                    </nav>
                }
            })
        })
        .into_any()
    }
}
