//! Pins: the messages that a room keeps at hand, in a panel.

use crate::{
    client::{OpenPanel, use_chat},
    messages::Excerpt,
    platform, threads,
    ui::{Icon, Problem, effect, handle, keyed_list, reactive_view, regular, text, track},
};
use common::{
    RoomId,
    messages::Message,
    pins::{ListPins, RemovePin},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Pins(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let pins = RwSignal::new(None::<Vec<Message>>);
    let problem = RwSignal::new(None::<String>);
    let moved = chat.select(move |state| state.rooms.get(&room).map(|room| room.pins_moved));
    let is_live = chat.is_live();
    effect(move || {
        track(moved);
        if !is_live.get() {
            return;
        }
        let listed = chat.send(ListPins { room });
        spawn_local(async move {
            match listed.await {
                Ok(listed) => drop(pins.try_set(Some(listed))),
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    });
    let listed = move || pins.get().unwrap_or_default();
    // A message that was edited is another one here.
    let key = |message: &Message| format!("{} {}", message.id, message.revision.map_or(0, |revision| revision.seq));
    view! {
        <div class="panel-body">
            <Problem sentence=problem/>
            {reactive_view(move || pins.with(|pins| pins.as_ref().is_some_and(Vec::is_empty)).then(|| view! {
                <p class="empty">"No pinned messages yet. Pin a message so that everyone finds it here."</p>
            }))}
            <ul class="excerpts">
                {keyed_list(listed, key, |message| view! { <Pinned message/> })}
            </ul>
        </div>
    }
}

#[component]
fn Pinned(message: Message) -> impl IntoView {
    let chat = use_chat();
    let panels = OpenPanel::of_page();
    let (room, id, pin) = (message.room, message.id, message.pin);
    let by = chat.select(move |state| {
        pin.and_then(|pin| state.person(pin.person)).map_or("someone".to_owned(), |person| person.name.clone())
    });
    let path = threads::path_to_message(room, message.seq, message.parent);
    let show = move || {
        if platform::has_panel_above() {
            panels.close();
        }
    };
    view! {
        <li class="excerpt-row" data-whole="false">
            <Excerpt message/>
            <p class="excerpt-foot">
                <span>"Pinned by "{text(move || by.get())}</span>
                <a class="button small quiet" href=path on:click=handle(move |_| show())>"Show"</a>
                <button class="icon-button small" type="button" aria-label="Unpin" title="Unpin"
                    on:click=handle(move |_| chat.attempt(RemovePin { room, message: id }))><Icon paths=regular(phosphor_leptos::PUSH_PIN_SLASH)/></button>
            </p>
        </li>
    }
}
