//! Keys that work everywhere; in a text field only with Ctrl or ⌘.

use crate::{
    address::Address,
    client::{DialogKind, OpenDialog, OpenPanel, PanelKind},
    platform,
    ui::effect,
};
use leptos::{ev, prelude::*};

/// From one thing to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Next,
    Previous,
    First,
    Last,
}

impl Step {
    /// What a key does in a list.
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Step::Next),
            "ArrowUp" => Some(Step::Previous),
            "Home" => Some(Step::First),
            "End" => Some(Step::Last),
            _ => None,
        }
    }

    /// The index that it leads to, of a number of items; it stops at the ends. From outside it leads to the first
    /// item, or upwards to the last.
    pub fn from(self, place: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, place) {
            (Step::First, _) | (Step::Next, None) => 0,
            (Step::Last, _) | (Step::Previous, None) => last,
            (Step::Next, Some(place)) => last.min(place + 1),
            (Step::Previous, Some(place)) => place.saturating_sub(1),
        })
    }
}

/// Moves the focus among the elements that a selector names; says whether there are any.
pub fn move_among(selector: &str, step: Step) -> bool {
    platform::move_focus(selector, |place, count| step.from(place, count))
}

/// Listens for as long as the page lives.
pub fn listen() {
    let dialogs = OpenDialog::of_page();
    let panels = OpenPanel::of_page();
    let address = Address::of_page();
    effect(move || {
        let on_key = move |event: ev::KeyboardEvent| {
            if !event.default_prevented() && !event.is_composing() && act(&event, dialogs, panels, address) {
                event.prevent_default();
            }
        };
        let _while_the_page_lives = window_event_listener(ev::keydown, on_key);
    });
}

/// Does what a key stands for; says whether it stands for anything.
fn act(event: &ev::KeyboardEvent, dialogs: OpenDialog, panels: OpenPanel, address: Address) -> bool {
    let key = event.key();
    let has_command = event.ctrl_key() || event.meta_key();
    match (key.as_str(), has_command, event.alt_key()) {
        ("k" | "K", true, false) if !event.shift_key() && dialogs.peek() == Some(DialogKind::Jump) => dialogs.close(),
        ("k" | "K", true, false) if !event.shift_key() => dialogs.open(DialogKind::Jump),
        ("f" | "F", true, false) if event.shift_key() => panels.open(PanelKind::Search),
        ("ArrowUp" | "ArrowDown", false, true) if !platform::is_typing(event) => {
            let step = if key == "ArrowDown" { Step::Next } else { Step::Previous };
            let next = platform::neighbour_of_current(".sidebar .room-row a", |place, count| step.from(place, count));
            let Some(path) = next else { return false };
            address.go(&path);
        }
        ("?", false, false) if !platform::is_in_field(event) => dialogs.open(DialogKind::Shortcuts),
        ("Escape", false, false) if dialogs.peek().is_none() => return leave(event, panels),
        _ => return false,
    }
    true
}

/// From the panel back to what opened it; from there, if that is gone, or from the messages, to the composer.
fn leave(event: &ev::KeyboardEvent, panels: OpenPanel) -> bool {
    let is_in_panel = platform::is_within(event, ".panel");
    if is_in_panel {
        panels.close();
        if platform::focus_back() {
            return true;
        }
    }
    (is_in_panel || platform::is_within(event, ".scroller")) && platform::focus_on(".composer textarea")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_a_list() {
        assert_eq!((Step::Next.from(None, 3), Step::Previous.from(None, 3)), (Some(0), Some(2)));
        assert_eq!((Step::Next.from(Some(2), 3), Step::Previous.from(Some(0), 3)), (Some(2), Some(0)));
        assert_eq!((Step::First.from(Some(1), 3), Step::Last.from(Some(1), 3)), (Some(0), Some(2)));
        assert_eq!(Step::Next.from(None, 0), None);
    }
}
