//! Where the reader is in the conversation.
//!
//! The scroller lays its content out from the bottom (`column-reverse`), so `scrollTop` is 0 at
//! the last message and negative above it, and pages put in at the top move nothing. What is
//! appended, or taken away at the bottom, while the reader is further up would push the view; that
//! is undone here.
//!
//! A row is held by its lower edge while pages are turned: the upper one moves when the page before it makes
//! the author's name or the day above it unnecessary.

use crate::{
    platform,
    state::{Row, RowKey},
};
use common::Seq;
use leptos::{html, prelude::*, task::tick};

/// Nearer to the bottom than this, in CSS pixels, the view follows new messages.
const FOLLOWS_WITHIN: i32 = 48;
/// Nearer to the top, or the bottom, than this, in CSS pixels, the next page is fetched.
const FETCHES_WITHIN: i32 = 900;

/// Ticks of the executor within which rows are drawn.
const TICKS_TO_DRAW: usize = 8;

/// Where the line "New" is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Nowhere,
    Above,
    InView,
    Below,
}

#[derive(Clone, Copy)]
pub struct Scroll {
    pub element: NodeRef<html::Div>,
    following: RwSignal<bool>,
    unseen: RwSignal<usize>,
    line: RwSignal<Line>,
    /// Whether there are messages after those that are shown.
    later: Memo<bool>,
    /// The scroller's `scrollHeight` when it was last looked at.
    height: StoredValue<i32>,
    /// The row that must not move, and where it is.
    held: StoredValue<Option<(String, f64)>>,
    /// Rows are put in by turning pages, not by news.
    is_turning: StoredValue<bool>,
}

impl Scroll {
    pub fn new(rows: Memo<Vec<Row>>, later: Memo<bool>) -> Self {
        let scroll = Self {
            element: NodeRef::new(),
            following: RwSignal::new(true),
            unseen: RwSignal::new(0),
            line: RwSignal::new(Line::Nowhere),
            later,
            height: StoredValue::new(0),
            held: StoredValue::new(None),
            is_turning: StoredValue::new(false),
        };
        Effect::new(move |before: Option<Option<RowKey>>| {
            let (last, is_note) =
                rows.with(|rows| (rows.last().map(Row::key), matches!(rows.last(), Some(Row::SystemMessages(_)))));
            let is_news = !scroll.is_turning.get_value();
            let appended = is_news && before.flatten().is_some_and(|before| last.as_ref() != Some(&before));
            request_animation_frame(move || scroll.settle(appended, is_note));
            last
        });
        scroll
    }

    /// Whether the reader is at the newest message.
    pub fn is_following(self) -> bool {
        self.following.get() && !self.later.get()
    }

    /// How many rows came while the reader was further up.
    pub fn unseen(self) -> usize {
        self.unseen.get()
    }

    /// Takes note of where the reader has scrolled to.
    pub fn note(self) {
        let Some(element) = self.element.get_untracked() else { return };
        let following = element.scroll_top() > -FOLLOWS_WITHIN;
        if following != self.following.get_untracked() {
            self.following.set(following);
        }
        if following && self.unseen.get_untracked() > 0 {
            self.unseen.set(0);
        }
        self.note_line(&element);
    }

    /// Whether the line "New" is further up than what is in view.
    pub fn is_line_above(self) -> bool {
        self.line.get() == Line::Above
    }

    pub fn is_line_in_view(self) -> bool {
        self.line.get() == Line::InView
    }

    /// Brings the line "New" into view, and the focus to the message after it, once they are drawn.
    pub fn to_line(self) {
        request_animation_frame(move || {
            request_animation_frame(move || {
                let Some(element) = self.element.try_get_untracked().flatten() else { return };
                let Ok(Some(line)) = element.query_selector(".new-line") else { return };
                line.scroll_into_view();
                if let Ok(Some(message)) = element.query_selector(".new-line ~ article") {
                    platform::focus(&message);
                }
                self.note();
            });
        });
    }

    fn note_line(self, element: &web_sys::Element) {
        let line = match element.query_selector(".new-line") {
            Ok(Some(line)) => {
                let (line, view) = (line.get_bounding_client_rect(), element.get_bounding_client_rect());
                if line.bottom() <= view.top() {
                    Line::Above
                } else if line.top() < view.bottom() {
                    Line::InView
                } else {
                    Line::Below
                }
            }
            Ok(None) | Err(_) => Line::Nowhere,
        };
        if line != self.line.get_untracked() {
            self.line.set(line);
        }
    }

    pub fn is_near_top(self) -> bool {
        self.element.get_untracked().is_some_and(|element| {
            element.scroll_height() - element.client_height() + element.scroll_top() < FETCHES_WITHIN
        })
    }

    pub fn is_near_bottom(self) -> bool {
        self.element.get_untracked().is_some_and(|element| element.scroll_top() > -FETCHES_WITHIN)
    }

    /// Right before rows are put in or taken away: what is in view is to stay where it is.
    pub fn hold(self) {
        if let Some(element) = self.element.get_untracked() {
            self.held.set_value(platform::row_in_view(&element));
            self.is_turning.set_value(true);
        }
    }

    /// Puts what was held back to where it was, as soon as the rows are drawn, and again when what stands
    /// before or after them is: before the next frame, in which the reader may scroll on.
    pub async fn keep(self) {
        for _ in 0..TICKS_TO_DRAW {
            tick().await;
            self.put_back();
        }
        self.held.try_set_value(None);
        self.is_turning.try_set_value(false);
    }

    fn put_back(self) {
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        let Some((row, before)) = self.held.try_get_value().flatten() else { return };
        let moved = platform::bottom_of_row(&element, &row).map_or(0, |now| (now - before).round() as i32);
        if moved != 0 {
            element.set_scroll_top(element.scroll_top() + moved);
            self.height.set_value(element.scroll_height());
        }
    }

    /// Brings a message into view, once it is drawn.
    pub fn show(self, seq: Seq) {
        request_animation_frame(move || {
            if let Some(element) = self.element.try_get_untracked().flatten() {
                platform::show_row(&element, seq);
                self.note();
            }
        });
    }

    pub fn to_bottom(self) {
        if let Some(element) = self.element.get_untracked() {
            element.set_scroll_top(0);
        }
        self.following.set(true);
        self.unseen.set(0);
    }

    fn settle(self, appended: bool, is_note: bool) {
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        let height = element.scroll_height();
        let grown = height - self.height.get_value();
        self.height.set_value(height);
        if appended && !self.following.get_untracked() {
            element.set_scroll_top(element.scroll_top() - grown);
            if !is_note {
                self.unseen.update(|unseen| *unseen += 1);
            }
        }
        self.note_line(&element);
    }
}
