//! Deleting a message, after a question.

use crate::{
    client::{OpenDialog, use_chat},
    ui::{Problem, handle},
};
use common::{CommandId, MessageId, RoomId, messages::DeleteMessage};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn DeleteForm(room: RoomId, id: MessageId) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let problem = RwSignal::new(None::<String>);
    // The same command each time: whether an earlier try has arrived is not known.
    let command = DeleteMessage { id: CommandId::new(), room, message: id };
    let message = chat.peek(|state| state.message(room, id).filter(|message| !message.is_deleted()).cloned());
    let is_others = message.as_ref().is_some_and(|message| chat.peek(|state| state.me != message.author));
    let names = message.iter().flat_map(|message| &message.attachments).map(|file| file.name.as_str());
    let names = names.collect::<Vec<_>>().join(", ");
    let text = message.map(|message| message.text.clone()).filter(|text| !text.is_empty());
    let delete = move || {
        let reply = chat.send(command.clone());
        spawn_local(async move {
            match reply.await {
                Ok(_) => dialogs.close(),
                Err(failure) => {
                    problem.try_set(Some(failure.sentence()));
                }
            }
        });
    };
    view! {
        <div class="dialog-form">
            {text.map(|text| view! { <blockquote class="quoted">{text}</blockquote> })}
            {(!names.is_empty()).then(|| view! { <p>"Its files are deleted for everyone: "<strong>{names}</strong>"."</p> })}
            <p>"Its text and all earlier versions are deleted for everyone. A line stays that says a message was deleted."</p>
            {is_others.then(|| view! { <p>"You did not write it: the audit log records that you deleted it."</p> })}
            <Problem sentence=problem/>
            <button class="button primary danger" type="button" on:click=handle(move |_| delete())>"Delete"</button>
        </div>
    }
}
