//! The sheet of shortcuts.

use leptos::prelude::*;

const EVERYWHERE: &[(&[&str], &str)] = &[
    (&["Ctrl K", "⌘ K"], "Jump to a room, a person or a message"),
    (&["Ctrl Shift F", "⌘ Shift F"], "Search messages"),
    (&["Alt ↑", "Alt ↓"], "The room before, the room after"),
    (&["?"], "This sheet"),
    (&["Esc"], "Close; back to where you write"),
];

const MESSAGES: &[(&[&str], &str)] = &[
    (&["Shift Tab"], "From where you write to the messages"),
    (&["↑", "↓"], "The message before, the message after"),
    (&["Home", "End"], "The first one that is loaded, the newest"),
    (&["Tab"], "What one can do with the message"),
    (&["Esc"], "Back to where you write"),
];

const WRITING: &[(&[&str], &str)] = &[
    (&["Enter"], "Send"),
    (&["Shift Enter"], "A new line"),
    (&["↑"], "In an empty field: change your last message"),
    (&["@", "#"], "Names of people, and of rooms"),
    (&["Esc"], "Stop changing a message"),
];

#[component]
pub fn Shortcuts() -> impl IntoView {
    view! {
        <div class="shortcuts">
            {section("Everywhere", EVERYWHERE)}
            {section("In a conversation", MESSAGES)}
            {section("While you write", WRITING)}
            <p>"Curious? "<a href="/how-it-works" rel="external">"How it works"</a></p>
        </div>
    }
}

fn section(title: &'static str, keys: &'static [(&[&str], &str)]) -> impl IntoView {
    let row = |(keys, what): &(&'static [&'static str], &'static str)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <dt>{keys}</dt><dd>{*what}</dd> }
    };
    view! {
        <section>
            <h3>{title}</h3>
            <dl>{keys.iter().map(row).collect_view()}</dl>
        </section>
    }
}
