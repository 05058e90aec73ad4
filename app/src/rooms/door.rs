//! The page of a room that you are not in.

use super::home::JoinButton;
use crate::ui::{Icon, regular};
use common::rooms::RoomCard;
use leptos::prelude::*;

#[component]
pub fn Door(card: RoomCard) -> impl IntoView {
    view! {
        <section class="pane">
            <BackHeader title=card.name.clone()/>
            <div class="pane-body centred">
                <h2>"You are not in #"{card.name}</h2>
                <p>{card.topic}</p>
                <JoinButton room=card.id/>
            </div>
        </section>
    }
}

#[component]
pub fn NoRoom() -> impl IntoView {
    view! {
        <section class="pane">
            <BackHeader title="No such room"/>
            <div class="pane-body centred">
                <p>"This room does not exist, or you are not in it. If you got this link from someone, ask them to invite you."</p>
                <p><a class="button" href="/browse">"All rooms"</a></p>
            </div>
        </section>
    }
}

/// The header of a pane that is no room.
#[component]
pub fn BackHeader(#[prop(into)] title: String) -> impl IntoView {
    view! {
        <header class="pane-header">
            <a class="icon-button only-narrow" href="/" aria-label="Back to the rooms"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></a>
            <h1>{title}</h1>
        </header>
    }
}
