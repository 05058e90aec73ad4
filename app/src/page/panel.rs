//! The panel beside the conversation, one at a time.

use crate::{
    client::{OpenPanel, PanelKind},
    lazy::{Lazy, Part},
    pins::Pins,
    platform,
    rooms::Members,
    search::SearchPanel,
    threads::{ThreadList, ThreadPanel},
    ui::{Icon, handle, regular},
};
use leptos::prelude::*;

#[component]
pub fn Panel(kind: PanelKind) -> impl IntoView {
    let panels = OpenPanel::of_page();
    platform::remember_opener();
    let close = move |_| {
        panels.close();
        // On a phone the keyboard would come up.
        if !platform::focus_back() && !platform::has_coarse_pointer() {
            platform::focus_on(".composer textarea");
        }
    };
    view! {
        <aside class="panel" aria-label=kind.title() data-own-screen=kind.has_own_screen().to_string()>
            <header class="panel-header">
                {if kind.has_own_screen() {
                    view! { <h1>{kind.title()}</h1> }.into_any()
                } else {
                    view! { <h2>{kind.title()}</h2> }.into_any()
                }}
                <button class="icon-button" type="button" aria-label="Close" on:click=handle(close)>
                    <span class="only-wide"><Icon paths=regular(phosphor_leptos::X)/></span>
                    <span class="only-narrow"><Icon paths=regular(phosphor_leptos::ARROW_LEFT)/></span>
                </button>
            </header>
            {match kind {
                PanelKind::Members(room) => view! { <Members room/> }.into_any(),
                PanelKind::Pins(room) => view! { <Pins room/> }.into_any(),
                PanelKind::Thread(room, parent) => view! { <ThreadPanel room parent/> }.into_any(),
                PanelKind::Threads => view! { <ThreadList/> }.into_any(),
                PanelKind::Search => view! { <SearchPanel/> }.into_any(),
                PanelKind::Inspector => view! { <Lazy part=Part::Inspector/> }.into_any(),
            }}
        </aside>
    }
}
