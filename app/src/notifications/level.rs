//! What you are notified of in a room.

use crate::{
    client::use_chat,
    ui::{Problem, handle, text},
};
use common::{
    RoomId,
    notifications::{Level, SetLevel},
};
use leptos::{prelude::*, task::spawn_local};

const LEVELS: [(Level, &str, &str); 3] = [
    (Level::All, "Everything", "You are notified of every message."),
    (Level::Mentions, "Mentions", "You are notified of mentions of you and of @room; other messages are only counted."),
    (Level::None, "Nothing", "Muted: you are notified of nothing; mentions are only counted."),
];

#[component]
pub fn LevelChoice(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let now = chat.select(move |state| state.rooms.get(&room).map(|room| room.summary.level()));
    let problem = RwSignal::new(None::<String>);
    let choose = move |level| {
        let reply = chat.send(SetLevel { room, level });
        spawn_local(async move {
            problem.try_set(reply.await.err().map(|failure| failure.sentence()));
        });
    };
    let choices = LEVELS.map(|(level, name, hint)| {
        view! {
            <label class="choice">
                <input type="radio" name="level" prop:checked=text(move || now.get() == Some(level))
                    on:change=handle(move |_| choose(level))/>
                <span><strong>{name}</strong><span class="field-hint">{hint}</span></span>
            </label>
        }
    });
    view! {
        <fieldset class="choices">
            <legend class="field-label">"Notify me about"</legend>
            {choices.collect_view()}
        </fieldset>
        <Problem sentence=problem/>
    }
}
