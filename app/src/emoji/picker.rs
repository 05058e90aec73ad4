//! The picker: a popover with a field to find emoji by name, which keeps the focus, and a grid of them.

use super::{
    list::{self, Groups, found},
    picking::{OpenPicker, Picking, Purpose},
    recent,
};
use crate::{
    client::use_chat,
    platform, reactions,
    ui::{Problem, effect, handle, keyed_list, text, track},
};
use common::emoji::{Emoji, Group};
use leptos::{ev, html, prelude::*, task::spawn_local};
use std::sync::Arc;

/// The grid's id, and the beginning of those of its emoji.
const GRID: &str = "emoji";

/// How many search results are shown.
const FOUND: usize = 120;

/// What stands for a group, in the order of the list; the first is for those used lately.
const MARKS: [&str; 10] = ["🕘", "😀", "👋", "🐻", "🍎", "🚗", "⚽", "💡", "🔣", "🏁"];

#[component]
pub fn EmojiPicker(picking: Picking) -> impl IntoView {
    let chat = use_chat();
    let pickers = OpenPicker::of_page();
    let element = NodeRef::<html::Div>::new();
    let field = NodeRef::<html::Input>::new();
    let grid = NodeRef::<html::Div>::new();
    let groups = RwSignal::new(None::<Groups>);
    let problem = RwSignal::new(None::<String>);
    let sought = RwSignal::new(String::new());
    let tab = RwSignal::new(0);
    let chosen = RwSignal::new(0_usize);
    let shown =
        Memo::new(move |_| groups.get().map(|groups| shown(&groups, &sought.get(), tab.get())).unwrap_or_default());
    fetch(groups, problem);
    effect(move || {
        if let Some(popover) = element.get()
            && popover.show_popover().is_err()
        {
            leptos::logging::warn!("the picker could not be opened");
        }
    });
    // What is shown is other emoji: the first of them is chosen.
    effect(move || {
        track(shown);
        chosen.set(0);
        platform::scroll_to_start(grid);
    });
    let take = move |place: usize| {
        let Some(emoji) = shown.with_untracked(|shown| shown.get(place).cloned()) else { return };
        recent::note(&emoji.emoji);
        platform::hide_popover(element);
        pickers.close();
        match picking.purpose {
            Purpose::React { room, message } => reactions::add(chat, room, message, emoji.emoji.clone()),
            Purpose::Write(field) => field.write_at_caret(&emoji.emoji),
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let columns = platform::columns(grid);
        let last = shown.with_untracked(Vec::len).saturating_sub(1);
        let now = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => now + 1,
            "ArrowLeft" => now.saturating_sub(1),
            "ArrowDown" => now + columns,
            "ArrowUp" => now.saturating_sub(columns),
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                return take(now);
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next.min(last));
        platform::scroll_to_place(grid, next.min(last));
    };
    let on_toggle = move |_: ev::Event| {
        if !platform::is_popover_open(element) {
            pickers.close();
        }
    };
    let (left, top) = picking.place;
    view! {
        <div node_ref=element class="emoji-picker" popover="auto" role="dialog" aria-label="Emoji" style:left=format!("{left}px")
            style:top=format!("{top}px") on:toggle=handle(on_toggle)>
            <input node_ref=field class="emoji-sought" type="search" role="combobox" aria-label="Find emoji" placeholder="Find emoji" autocomplete="off"
                autofocus=!platform::has_coarse_pointer() aria-expanded="true" aria-controls=GRID
                aria-activedescendant=text(move || format!("{GRID}-{}", chosen.get())) prop:value=text(move || sought.get())
                on:input:target=move |event| sought.set(event.target().value()) on:keydown=handle(on_key)/>
            <Tabs groups tab sought field/>
            <div id=GRID class="emoji-grid" role="listbox" aria-label="Emoji" node_ref=grid
                on:click=handle(move |event: ev::MouseEvent| platform::place_of(&event).into_iter().for_each(take))
                on:pointerover=handle(move |event: ev::PointerEvent| platform::place_of(&event).into_iter().for_each(|place| chosen.set(place)))>
                {keyed_list(move || numbered(shown.get()), |(place, emoji)| format!("{place} {}", emoji.emoji), move |(place, emoji)| view! {
                    <div class="emoji" role="option" id=format!("{GRID}-{place}") data-place=place.to_string() aria-label=emoji.name.clone()
                        aria-selected=text(move || (chosen.get() == place).to_string())>{emoji.emoji.clone()}</div>
                })}
            </div>
            <Foot shown chosen sought/>
            <Problem sentence=problem/>
        </div>
    }
}

fn fetch(groups: RwSignal<Option<Groups>>, problem: RwSignal<Option<String>>) {
    spawn_local(async move {
        match list::groups().await {
            Some(known) => drop(groups.try_set(Some(known))),
            None => {
                drop(problem.try_set(Some("The emoji could not be loaded. Try again when you are back online.".into())))
            }
        }
    });
}

fn numbered(shown: Vec<Arc<Emoji>>) -> Vec<(usize, Arc<Emoji>)> {
    shown.into_iter().enumerate().collect()
}

/// What is found, or a group, or those used lately.
fn shown(groups: &[Group], sought: &str, tab: usize) -> Vec<Arc<Emoji>> {
    if !sought.trim().is_empty() {
        return found(groups, sought, FOUND);
    }
    match tab.checked_sub(1) {
        Some(place) => groups.get(place).map(|group| group.emoji.clone()).unwrap_or_default(),
        None => {
            let all = || groups.iter().flat_map(|group| &group.emoji);
            recent::recent().iter().filter_map(|emoji| all().find(|one| one.emoji == *emoji)).cloned().collect()
        }
    }
}

/// A button for each group.
#[component]
fn Tabs(
    groups: RwSignal<Option<Groups>>,
    tab: RwSignal<usize>,
    sought: RwSignal<String>,
    field: NodeRef<html::Input>,
) -> impl IntoView {
    let names = move || {
        let groups = groups.get();
        let of_groups = groups.iter().flat_map(|groups| groups.iter()).map(|group| group.name.clone());
        std::iter::once("Recently used".to_owned()).chain(of_groups).enumerate().collect::<Vec<_>>()
    };
    let is_on = move |place| tab.get() == place && sought.with(|sought| sought.trim().is_empty());
    let turn_to = move |place| {
        sought.set(String::new());
        tab.set(place);
        // The arrow keys are the field's.
        if let Some(field) = field.get_untracked()
            && !platform::has_coarse_pointer()
            && field.focus().is_err()
        {
            leptos::logging::warn!("the focus could not be moved");
        }
    };
    view! {
        <div class="emoji-tabs" role="group" aria-label="Groups of emoji">
            {keyed_list(names, |(place, _)| place.to_string(), move |(place, name)| view! {
                <button class="icon-button" type="button" aria-label=name.clone() title=name aria-pressed=text(move || is_on(place).to_string())
                    on:click=handle(move |_| turn_to(place))>
                    {MARKS.get(place).copied().unwrap_or("•")}
                </button>
            })}
        </div>
    }
}

/// What the chosen one is called.
#[component]
fn Foot(shown: Memo<Vec<Arc<Emoji>>>, chosen: RwSignal<usize>, sought: RwSignal<String>) -> impl IntoView {
    let emoji = Memo::new(move |_| shown.with(|shown| shown.get(chosen.get()).cloned()));
    let name = move || match emoji.get() {
        Some(emoji) => emoji.name.clone(),
        None if sought.with(String::is_empty) => String::new(),
        None => "No emoji found.".to_owned(),
    };
    let code = move || emoji.get().and_then(|emoji| emoji.codes.first().map(|code| format!(":{code}:")));
    view! {
        <p class="emoji-foot">
            <span class="emoji-large">{text(move || emoji.get().map(|emoji| emoji.emoji.clone()))}</span>
            <span class="emoji-words">
                <span>{text(name)}</span>
                <span class="emoji-code">{text(code)}</span>
            </span>
        </p>
    }
}
