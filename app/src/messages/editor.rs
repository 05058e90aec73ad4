//! Changing a message in its place.

use super::pointed::Editing;
use crate::{
    client::{Chat, use_chat},
    platform,
    ui::{self, Problem, effect, handle},
};
use common::{
    CommandId, ServerEvent,
    messages::{EditMessage, Message, MessageEdited, Posted, checked_text_beside},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use std::sync::Arc;

#[component]
pub fn Editor(message: Arc<Message>) -> impl IntoView {
    let chat = use_chat();
    let editing = Editing::of_page();
    let text = RwSignal::new(message.text.clone());
    let problem = RwSignal::new(None::<String>);
    let element = NodeRef::<html::Textarea>::new();
    // The same command as long as it says the same: whether an earlier try has arrived is not known.
    let command = StoredValue::new(None::<EditMessage>);
    effect(move || {
        if let Some(textarea) = element.get()
            && textarea.focus().is_err()
        {
            leptos::logging::warn!("the editor could not be focused");
        }
    });
    let before = message.clone();
    let has_files = !before.attachments.is_empty();
    let save = move || {
        let written = text.with_untracked(|text| checked_text_beside(text, has_files).map(str::to_owned));
        match written {
            Ok(written) if written == before.text => editing.end(),
            Ok(written) => {
                let known = command.get_value().filter(|known| known.text == written);
                let (id, room, message) = (CommandId::new(), before.room, before.id);
                let edit = known.unwrap_or(EditMessage { id, room, message, text: written });
                command.set_value(Some(edit.clone()));
                send(chat, &before, edit, editing, problem);
            }
            Err(code) => problem.set(Some(code.sentence())),
        }
    };
    let on_submit = {
        let save = save.clone();
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            save();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => editing.end(),
        "Enter" if !event.shift_key() && !event.is_composing() && !platform::has_coarse_pointer() => {
            event.prevent_default();
            save();
        }
        _ => {}
    };
    let write = move |written: String| {
        problem.set(None);
        text.set(written);
    };
    view! {
        <form class="editor" method="dialog" on:submit=handle(on_submit)>
            <textarea node_ref=element name="text" rows="1" aria-label="Edit message" prop:value=ui::text(move || text.get())
                on:input:target=move |event| write(event.target().value()) on:keydown=handle(on_key)></textarea>
            <div class="editor-foot">
                <button class="button small" type="button" on:click=handle(move |_| editing.end())>"Cancel"</button>
                <button class="button small primary" type="submit">"Save"</button>
            </div>
            <Problem sentence=problem/>
        </form>
    }
}

fn send(chat: Chat, before: &Message, edit: EditMessage, editing: Editing, problem: RwSignal<Option<String>>) {
    let reply = chat.send(edit.clone());
    let Message { seq: message_seq, author, parent, .. } = *before;
    spawn_local(async move {
        match reply.await {
            Ok(Posted { seq, at, html, mentions }) => {
                // The event that tells everybody comes, too; it is the same.
                let EditMessage { room, message, text, .. } = edit;
                let edited =
                    MessageEdited { room, seq, message, message_seq, author, parent, text, html, mentions, at };
                chat.hear(ServerEvent::MessageEdited(edited));
                editing.end();
            }
            Err(failure) => {
                problem.try_set(Some(failure.sentence()));
            }
        }
    });
}
