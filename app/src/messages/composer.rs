//! The composer. It is never disabled, keeps its text until it is sent, and a draft per conversation.

use super::{completion::Completed, pointed::Editing, typing::TypingSignal};
use crate::{
    client::use_chat,
    emoji::{OpenPicker, Purpose},
    lazy::{Lazy, Part},
    platform,
    state::Conversation,
    ui::{self, Icon, Problem, effect, handle, reactive_view, regular},
};
use common::{Code, limits, messages::checked_text_beside};
use leptos::{ev, html, prelude::*};

/// From this many characters before the limit on, what is left is shown.
const WARNS_WITHIN: usize = 1_000;

#[component]
pub fn Composer(conversation: Conversation, on_post: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let chat = use_chat();
    let editing = Editing::of_page();
    let uploads = chat.uploads;
    let has_files = Memo::new(move |_| uploads.is_any(conversation));
    let typing = TypingSignal::new(chat, conversation);
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let element = NodeRef::<html::Textarea>::new();
    let label = chat.select(move |state| match conversation.thread {
        None => {
            let name =
                state.rooms.get(&conversation.room).map(|room| state.room_name(&room.summary)).unwrap_or_default();
            format!("Message {name}")
        }
        Some(_) => "Reply in this thread".into(),
    });
    let send = if conversation.thread.is_some() { "Send reply" } else { "Send" };
    take_up(element, conversation, text);
    take_back(element, conversation, text);
    focus_on_wide_screens(element);
    let field = Completed { conversation, text, element };
    let picker = OpenPicker::of_page();
    let has_marks = Memo::new(move |_| text.with(|text| text.bytes().any(|byte| matches!(byte, b'@' | b'#' | b':'))));
    let write = move |written: String| {
        typing.written(written.trim().is_empty());
        platform::keep_draft(conversation, &written);
        problem.set(None);
        text.set(written);
    };
    // What is not uploaded yet does not hold the text up: it follows.
    let post = move || match text
        .with_untracked(|text| checked_text_beside(text, uploads.has_ready(conversation)).map(str::to_owned))
    {
        Ok(checked) => {
            typing.stop();
            chat.post(conversation, checked, uploads.take_ready(conversation));
            platform::keep_draft(conversation, "");
            text.set(String::new());
            on_post();
        }
        Err(Code::EmptyText) if uploads.is_under_way(conversation) => drop(uploads.take_ready(conversation)),
        Err(code) => problem.set(Some(code.sentence())),
    };
    let on_paste = move |event: ev::ClipboardEvent| {
        let files = platform::pasted_files(&event);
        if !files.is_empty() {
            event.prevent_default();
            uploads.add(conversation, files);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // The list of names took it.
        if event.default_prevented() {
            return;
        }
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() && !platform::has_coarse_pointer() {
            event.prevent_default();
            post();
        } else if event.key() == "ArrowUp"
            && text.with_untracked(String::is_empty)
            && let Some(last) = chat.peek(|state| state.last_own_message(conversation))
        {
            event.prevent_default();
            editing.begin(last);
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        post();
    };
    view! {
        <form class="composer" method="dialog" on:submit=handle(on_submit)>
            {reactive_view(move || has_marks.get().then(|| view! { <Lazy part=Part::Completions(field)/> }))}
            {reactive_view(move || has_files.get().then(|| view! { <Lazy part=Part::Tray(conversation)/> }))}
            <AttachButton conversation/>
            <textarea node_ref=element name="text" rows="1" aria-label=ui::text(move || label.get()) placeholder=ui::text(move || label.get())
                prop:value=ui::text(move || text.get()) on:input:target=move |event| write(event.target().value())
                on:keydown=handle(on_key)
                on:paste=handle(on_paste) on:blur=handle(move |_| typing.stop()) aria-autocomplete="list"></textarea>
            <button class="icon-button" type="button" aria-label="Emoji" title="Emoji" aria-haspopup="dialog"
                on:click=handle(move |event: ev::MouseEvent| picker.open(&event, Purpose::Write(field)))><Icon paths=regular(phosphor_leptos::SMILEY)/></button>
            <button class="icon-button send" type="submit" aria-label=send title=send><Icon paths=regular(phosphor_leptos::PAPER_PLANE_TILT)/></button>
            <Remaining text/>
            <Problem sentence=problem/>
        </form>
    }
}

/// Opens the device's own way to pick files.
#[component]
fn AttachButton(conversation: Conversation) -> impl IntoView {
    let uploads = use_chat().uploads;
    let input = NodeRef::<html::Input>::new();
    let open = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let take = move |_| {
        if let Some(input) = input.get_untracked() {
            uploads.add(conversation, platform::picked_files(&input));
        }
    };
    view! {
        <button class="icon-button" type="button" aria-label="Attach files" title="Attach files" on:click=handle(open)>
            <Icon paths=regular(phosphor_leptos::PAPERCLIP)/>
        </button>
        <input node_ref=input type="file" multiple=true hidden=true on:change=handle(take)/>
    }
}

#[component]
fn Remaining(text: RwSignal<String>) -> impl IntoView {
    let left = move || {
        let chars = text.with(|text| text.chars().count());
        (chars + WARNS_WITHIN > limits::MESSAGE_CHARS).then(|| limits::MESSAGE_CHARS as i64 - chars as i64)
    };
    reactive_view(move || {
        left().map(|left| {
            view! { <p class="remaining" data-over=(left < 0).to_string()>{left.to_string()}" characters left"</p> }
        })
    })
}

/// Goes on with what was typed before the page came to life, or with the conversation's draft.
fn take_up(element: NodeRef<html::Textarea>, conversation: Conversation, text: RwSignal<String>) {
    effect(move || {
        let typed = element.get_untracked().map(|textarea| textarea.value()).unwrap_or_default();
        if typed.is_empty() {
            text.set(platform::draft(conversation));
        } else {
            platform::keep_draft(conversation, &typed);
            text.set(typed);
        }
    });
}

/// Puts a message that its author took back before what is being written.
fn take_back(element: NodeRef<html::Textarea>, conversation: Conversation, text: RwSignal<String>) {
    let chat = use_chat();
    effect(move || {
        let Some(mut recalled) = chat.take_recalled(conversation) else { return };
        let written = text.get_untracked();
        if !written.trim().is_empty() {
            recalled = format!("{recalled}\n\n{written}");
        }
        platform::keep_draft(conversation, &recalled);
        text.set(recalled);
        if let Some(textarea) = element.get_untracked()
            && textarea.focus().is_err()
        {
            leptos::logging::warn!("the composer could not be focused");
        }
    });
}

/// Focuses the composer, except on phones, where the keyboard would cover the room.
fn focus_on_wide_screens(element: NodeRef<html::Textarea>) {
    effect(move || {
        if let Some(textarea) = element.get()
            && !platform::has_coarse_pointer()
            && textarea.focus().is_err()
        {
            leptos::logging::warn!("the composer could not be focused");
        }
    });
}
