//! What has happened, in sentences, the newest last.

use super::use_table;
use crate::table::{Kind, Sentence};
use leptos::{html, prelude::*};

#[component]
pub fn Story() -> impl IntoView {
    let table = use_table();
    let list = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        table.story.track();
        if let Some(list) = list.get() {
            list.set_scroll_top(list.scroll_height());
        }
    });
    view! {
        <section class="story" aria-labelledby="story-title">
            <h3 id="story-title">"What happens"</h3>
            <div class="story-lines" node_ref=list role="log" aria-labelledby="story-title" tabindex="0">
                <For each=move || table.story.get() key=|sentence| sentence.number let:sentence>
                    <StoryLine sentence/>
                </For>
            </div>
        </section>
    }
}

#[component]
fn StoryLine(sentence: Sentence) -> impl IntoView {
    let Sentence { kind, hue, words, .. } = sentence;
    let kind = match kind {
        Kind::Talk => "talk",
        Kind::Line => "line",
        Kind::No => "no",
    };
    view! { <p data-kind=kind data-hue=hue.map(|hue| hue.to_string())>{words}</p> }
}
