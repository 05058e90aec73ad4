//! The followed threads: a panel.

use super::{foot::RepliesLine, path_of};
use crate::{
    client::use_chat,
    rooms,
    state::{ChatState, Conversation},
    ui::{Problem, avatar_of, effect, handle, keyed_list, reactive_view, text, track},
};
use common::{
    notifications::{BadgeReply, ExplainThreadBadge, in_words},
    threads::{ListThreads, ListedThread},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn ThreadList() -> impl IntoView {
    let chat = use_chat();
    let listed = RwSignal::new(None::<Vec<ListedThread>>);
    let problem = RwSignal::new(None::<String>);
    let is_live = chat.is_live();
    let standings = chat.select(|state| state.threads.clone());
    effect(move || {
        track(standings);
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
            <Why/>
            {reactive_view(move || match is_empty.get() {
                None => Some(view! { <p class="loading">"Loading your threads…"</p> }.into_any()),
                Some(true) => Some(view! { <p class="empty">"The threads you follow are listed here. You follow a thread when you reply in it or are mentioned in it."</p> }.into_any()),
                Some(false) => None,
            })}
            <ul>
                {keyed_list(move || not_sent.get(), |conversation| format!("{conversation:?}"), |conversation| view! { <NotSent conversation/> })}
                {keyed_list(entries, key, |thread| view! { <Entry thread/> })}
            </ul>
        </div>
    }
}

/// Explains the badge of the threads.
#[component]
fn Why() -> impl IntoView {
    let chat = use_chat();
    let unread = chat.select(ChatState::unread_replies);
    let sentences = RwSignal::new(Vec::<String>::new());
    let explain = move |_| {
        let replies = chat.send(ExplainThreadBadge {});
        spawn_local(async move {
            let said = match replies.await {
                Ok(replies) => chat.peek(|state| in_sentences(state, &replies)),
                Err(failure) => vec![failure.sentence()],
            };
            sentences.try_set(said);
        });
    };
    // The answer belongs to the count that was asked about.
    effect(move || {
        track(unread);
        sentences.set(Vec::new());
    });
    reactive_view(move || {
        (unread.get() > 0).then(|| {
            view! {
                <div class="why">
                    <button class="button small" type="button" on:click=handle(explain)>"Why this badge?"</button>
                    {reactive_view(move || sentences.get().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view())}
                </div>
            }
        })
    })
}

fn in_sentences(state: &ChatState, replies: &[BadgeReply]) -> Vec<String> {
    let sentence = |explained: &BadgeReply| {
        let room = state.rooms.get(&explained.room).map(|room| state.room_in_sentence(&room.summary));
        let author = state.people.get(&explained.reply.author).map(AsRef::as_ref);
        in_words(&explained.reply, author, &room.unwrap_or_default(), explained.level)
    };
    let mut sentences: Vec<String> = replies.iter().map(sentence).collect();
    let unread = state.unread_replies();
    if unread as usize > replies.len() {
        sentences.push(format!("{} replies are unread altogether.", rooms::counted(unread)));
    }
    sentences
}

/// The way to a reply that the server would not take.
#[component]
fn NotSent(conversation: Conversation) -> impl IntoView {
    let place = use_chat().select(move |state| rooms::named_in_words(state, conversation.room));
    conversation.thread.map(|parent| {
        view! {
            <li class="thread-entry">
                <a href=path_of(conversation.room, parent)>
                    <span class="thread-entry-not-sent">"A reply in "{text(move || place.get())}" was not sent."</span>
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
        <li class="thread-entry" data-unread=text(move || is_unread.get().to_string())>
            <a href=path_of(room, id)>
                <span class="thread-entry-head">
                    {reactive_view(move || avatar_of(author.get().as_deref()))}
                    <span class="message-author">{text(move || author.get().map_or("Someone".to_owned(), |author| author.name.clone()))}</span>
                    <span class="thread-entry-place">"in "{text(move || place.get())}</span>
                </span>
                <span class="thread-entry-words">{words}</span>
                {message.replies.map(|replies| view! { <span class="thread-entry-replies"><RepliesLine parent=id replies/></span> })}
            </a>
        </li>
    }
}
