//! Following a thread, or not.

use crate::{
    client::use_chat,
    state::Conversation,
    ui::{Icon, handle, reactive_view, regular, text},
};
use common::{ServerEvent, threads::FollowThread};
use leptos::{prelude::*, task::spawn_local};

/// There once the server has said how one stands with the thread.
#[component]
pub fn FollowButton(conversation: Conversation, problem: RwSignal<Option<String>>) -> impl IntoView {
    let chat = use_chat();
    let following = chat.select(move |state| Some(state.threads.get(&conversation.thread?)?.following));
    let set = move |following: bool| {
        let Some(parent) = conversation.thread else { return };
        problem.set(None);
        let standing = chat.send(FollowThread { room: conversation.room, parent, following });
        spawn_local(async move {
            match standing.await {
                Ok(standing) => chat.hear(ServerEvent::ThreadChanged(standing)),
                Err(failure) => {
                    problem.try_set(Some(failure.sentence()));
                }
            }
        });
    };
    reactive_view(move || {
        following.get().map(|now| {
            let (words, title, icon) = if now {
                ("Following", "You are notified of replies. Select to unfollow.", phosphor_leptos::BELL)
            } else {
                ("Follow", "Get notified of replies in this thread.", phosphor_leptos::BELL_SLASH)
            };
            view! {
                <button class="button small" type="button" title=title aria-pressed=text(move || now.to_string())
                    on:click=handle(move |_| set(!now))><Icon paths=regular(icon)/>{words}</button>
            }
        })
    })
}
