//! The sheet of shortcuts.

use leptos::prelude::*;

const EVERYWHERE: &[(&[&str], &str)] = &[
    (&["Ctrl K", "⌘ K"], "Jump to a room, a person or a message"),
    (&["Ctrl Shift F", "⌘ Shift F"], "Search messages"),
    (&["Alt ↑", "Alt ↓"], "Previous room, next room"),
    (&["?"], "This list"),
    (&["Esc"], "Close, and go back"),
];

const MESSAGES: &[(&[&str], &str)] = &[
    (&["Shift Tab"], "From the composer to the messages"),
    (&["↑", "↓"], "Previous message, next message"),
    (&["Home", "End"], "Oldest loaded message, newest message"),
    (&["Tab"], "Actions of the message"),
    (&["Esc"], "Back to the composer"),
];

const WRITING: &[(&[&str], &str)] = &[
    (&["Enter"], "Send"),
    (&["Shift Enter"], "A new line"),
    (&["↑"], "In an empty composer: edit your last message"),
    (&["@", "#"], "Names of people, and of rooms"),
    (&["Esc"], "Cancel editing"),
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
