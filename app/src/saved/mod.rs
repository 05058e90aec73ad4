//! Saved messages of all rooms, on a page of their own.

use crate::{
    client::{Chat, use_chat},
    messages::Excerpt,
    threads,
    ui::{Icon, Problem, effect, handle, keyed_list, reactive_view, regular, text, track},
};
use common::{
    MessageId,
    saved::{ListSaved, RemoveSaved, SavedMessage},
};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Copy)]
struct Overview {
    chat: Chat,
    saved: RwSignal<Option<Vec<SavedMessage>>>,
    /// Whether there are others after these.
    more: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
}

#[component]
pub fn SavedPage() -> impl IntoView {
    let chat = use_chat();
    let overview =
        Overview { chat, saved: RwSignal::new(None), more: RwSignal::new(false), problem: RwSignal::new(None) };
    let is_live = chat.is_live();
    // What this person has saved and may read.
    let known = chat.select(|state| (state.saved.keys().copied().collect::<Vec<_>>(), state.rooms.len()));
    effect(move || {
        chat.show(None);
        track(known);
        if is_live.get() {
            overview.fetch(None);
        }
    });
    let listed = move || overview.saved.get().unwrap_or_default();
    let key = |SavedMessage { message, .. }: &SavedMessage| {
        format!("{} {}", message.id, message.revision.map_or(0, |revision| revision.seq))
    };
    view! {
        <section class="pane" aria-labelledby="saved-title">
            <header class="pane-header">
                <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></a>
                <h1 id="saved-title">"Saved messages"</h1>
            </header>
            <div class="pane-body">
                <Problem sentence=overview.problem/>
                {reactive_view(move || match overview.saved.with(|saved| saved.as_ref().map(Vec::is_empty)) {
                    None => Some(view! { <p class="loading">"Looking for what you have saved…"</p> }),
                    Some(true) => Some(view! { <p class="empty">"Nothing is saved yet. Save a message, and you find it here on all of your devices."</p> }),
                    Some(false) => None,
                })}
                <ul class="excerpts">
                    {keyed_list(listed, key, |saved| view! { <Row saved/> })}
                </ul>
                {reactive_view(move || overview.more.get().then(|| view! {
                    <button class="button quiet earlier" type="button" on:click=handle(move |_| overview.fetch(overview.last()))>"Earlier ones"</button>
                }))}
            </div>
        </section>
    }
}

impl Overview {
    /// Asks for the first page, or for the page after a message.
    fn fetch(self, after: Option<MessageId>) {
        let listed = self.chat.send(ListSaved { after });
        spawn_local(async move {
            match listed.await {
                Ok(page) => {
                    self.saved.try_update(|saved| match (after, saved) {
                        (Some(_), Some(saved)) => saved.extend(page.saved),
                        (_, saved) => *saved = Some(page.saved),
                    });
                    self.more.try_set(page.more);
                    self.problem.try_set(None);
                }
                Err(failure) => {
                    self.problem.try_set(Some(failure.sentence()));
                }
            }
        });
    }

    fn last(self) -> Option<MessageId> {
        self.saved.with_untracked(|saved| saved.as_ref()?.last().map(|saved| saved.message.id))
    }
}

#[component]
fn Row(saved: SavedMessage) -> impl IntoView {
    let chat = use_chat();
    let (room, message) = (saved.message.room, saved.message.id);
    let path = threads::path_to_message(room, saved.message.seq, saved.message.parent);
    let name =
        chat.select(move |state| state.rooms.get(&room).map(|room| state.room_name(&room.summary)).unwrap_or_default());
    view! {
        <li class="excerpt-row" data-whole="true">
            <Excerpt message=saved.message/>
            <p class="excerpt-foot">
                <a href=path>{text(move || name.get())}</a>
                <button class="button small quiet" type="button" on:click=handle(move |_| chat.attempt(RemoveSaved { room, message }))>"Remove"</button>
            </p>
        </li>
    }
}
