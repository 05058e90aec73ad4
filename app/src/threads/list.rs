//! The threads that one follows: a panel.

use super::{foot::RepliesLine, path_of};
use crate::{
    chat::use_chat,
    rooms,
    state::Talk,
    widgets::{Problem, avatar_of, each, follow, live, live_view},
};
use common::threads::{ListThreads, ListedThread};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn ThreadList() -> impl IntoView {
    let chat = use_chat();
    let listed = RwSignal::new(None::<Vec<ListedThread>>);
    let problem = RwSignal::new(None::<String>);
    let is_live = chat.is_live();
    let standings = chat.select(|state| state.threads.clone());
    follow(move || {
        standings.track();
        if !is_live.get() {
            return;
        }
        let reply = chat.send(ListThreads {});
        spawn_local(async move {
            match reply.await {
                Ok(threads) => {
                    problem.try_set(None);
                    listed.try_set(Some(threads));
                }
                Err(failure) => {
                    problem.try_set(Some(failure.sentence()));
                }
            }
        });
    });
    let entries = move || listed.get().unwrap_or_default();
    let key = |ListedThread { parent, standing, .. }: &ListedThread| {
        format!("{} {} {}", parent.id, standing.last, parent.revision.map_or(0, |revision| revision.seq))
    };
    let is_empty = Memo::new(move |_| listed.with(|listed| listed.as_ref().map(Vec::is_empty)));
    let not_sent = chat.select(|state| state.refused_replies());
    view! {
        <div class="thread-list">
            <Problem sentence=problem/>
            {live_view(move || match is_empty.get() {
                None => Some(view! { <p class="loading">"Looking for your threads…"</p> }.into_any()),
                Some(true) => Some(view! { <p class="empty">"Threads that you follow are listed here. Reply to a message, or be mentioned in a reply, and you follow its thread."</p> }.into_any()),
                Some(false) => None,
            })}
            <ul>
                {each(move || not_sent.get(), |talk| format!("{talk:?}"), |talk| view! { <NotSent talk/> })}
                {each(entries, key, |thread| view! { <Entry thread/> })}
            </ul>
        </div>
    }
}

/// The way to a reply that the server would not take.
#[component]
fn NotSent(talk: Talk) -> impl IntoView {
    let place = use_chat().select(move |state| rooms::named_in_words(state, talk.room));
    talk.thread.map(|parent| {
        view! {
            <li class="thread-entry">
                <a href=path_of(talk.room, parent)>
                    <span class="thread-entry-not-sent">"A reply in "{live(move || place.get())}" was not sent."</span>
                </a>
            </li>
        }
    })
}

#[component]
fn Entry(thread: ListedThread) -> impl IntoView {
    let chat = use_chat();
    let message = thread.parent;
    let (room, id, person) = (message.room, message.id, message.author);
    let author = chat.select(move |state| state.person(person));
    let place = chat.select(move |state| rooms::named_in_words(state, room));
    let is_unread = chat.select(move |state| state.threads.get(&id).is_some_and(|standing| standing.unread > 0));
    let words = if message.is_deleted() { "This message was deleted.".into() } else { message.text };
    view! {
        <li class="thread-entry" data-unread=live(move || is_unread.get().to_string())>
            <a href=path_of(room, id)>
                <span class="thread-entry-head">
                    {live_view(move || avatar_of(author.get().as_deref()))}
                    <span class="message-author">{live(move || author.get().map_or("Somebody".to_owned(), |author| author.name.clone()))}</span>
                    <span class="thread-entry-place">"in "{live(move || place.get())}</span>
                </span>
                <span class="thread-entry-words">{words}</span>
                {message.replies.map(|replies| view! { <span class="thread-entry-replies"><RepliesLine parent=id replies/></span> })}
            </a>
        </li>
    }
}
