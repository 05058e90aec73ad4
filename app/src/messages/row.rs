//! One row of the conversation.

use super::{
    marks::Marks,
    pointed::{Pointed, Unveiled},
    system_messages::SystemMessagesRow,
};
use crate::{
    client::{DialogKind, OpenDialog, use_chat},
    files::Attached,
    lazy::{Lazy, Part},
    people::status_mark,
    previews::Previewed,
    state::Row,
    threads::RepliesFoot,
    ui::{Icon, Zone, avatar_of, handle, keyed_list, reactive_view, regular, text},
};
use common::{MessageId, Millis, PersonId, Refusal, files::Attachment, messages::Message};
use leptos::prelude::*;
use std::sync::Arc;

/// The rows of a conversation, or a part of them.
pub fn rows_in_view(rows: Memo<Vec<Row>>) -> AnyView {
    keyed_list(move || rows.get(), Row::key, row_in_view)
}

fn row_in_view(row: Row) -> AnyView {
    match row {
        Row::Day(day) => view! { <DayRow day/> }.into_any(),
        Row::New => view! { <p class="new-line"><span>"New"</span></p> }.into_any(),
        Row::SystemMessages(events) => view! { <SystemMessagesRow events/> }.into_any(),
        Row::Message { message, grouped, hidden: true, .. } => view! { <HiddenRow message grouped/> }.into_any(),
        Row::Message { message, grouped, editing, sought, begins, .. } => {
            view! { <MessageRow message grouped editing sought begins/> }.into_any()
        }
        Row::Pending { id, text, attachments, at, grouped, refusal } => {
            view! { <PendingRow id text attachments at grouped refusal/> }.into_any()
        }
    }
}

#[component]
fn DayRow(day: i64) -> impl IntoView {
    let zone = Zone::of_page();
    let dialogs = OpenDialog::of_page();
    view! {
        <h2 class="day">
            <button type="button" title="Go to a day" on:click=handle(move |_| dialogs.open(DialogKind::Date(day)))>
                {text(move || zone.day_name(day))}
            </button>
        </h2>
    }
}

/// A message of a blocked person.
#[component]
fn HiddenRow(message: Arc<Message>, grouped: bool) -> impl IntoView {
    let (id, author, at, seq) = (message.id, message.author, message.at, message.seq);
    let unveiled = Unveiled::of_page();
    view! {
        <article class="message" data-grouped=grouped.to_string() data-seq=seq.to_string() data-id=id.to_string() data-state="hidden" tabindex="-1">
            <Author id person=author at grouped/>
            <div class="message-text">
                "Blocked message · "
                <button class="message-edited" type="button" on:click=handle(move |_| unveiled.add(id))>"Show"</button>
            </div>
        </article>
    }
}

#[component]
fn MessageRow(message: Arc<Message>, grouped: bool, editing: bool, sought: bool, begins: bool) -> impl IntoView {
    let (id, room, author, at, seq) = (message.id, message.room, message.author, message.at, message.seq);
    let has_foot = !begins && message.parent.is_none();
    let state = message.is_deleted().then_some("deleted");
    let me = use_chat().peek(|state| state.me);
    let mentions_me = message.mentions.include(me).then_some("true");
    let sought = sought.then_some("true");
    let dialogs = OpenDialog::of_page();
    let is_deleted = message.is_deleted();
    let pointed_at = message.clone();
    view! {
        <article class="message" data-grouped=grouped.to_string() data-seq=seq.to_string() data-id=id.to_string() data-state=state
            data-mentions-me=mentions_me data-sought=sought tabindex="-1">
            <Author id person=author at grouped/>
            {if editing {
                view! { <Lazy part=Part::Editor(message)/> }.into_any()
            } else {
                let trace = message.is_deleted().then_some("This message was deleted.");
                let is_edited = message.revision.is_some() && trace.is_none();
                view! {
                    {text_of(trace.unwrap_or(&message.text), message.html.as_ref())}
                    {attached(id, &message.attachments)}
                    {is_edited.then(|| view! {
                        <button class="message-edited" type="button" title="Earlier versions"
                            on:click=handle(move |_| dialogs.open(DialogKind::Message(id)))>"edited"</button>
                    })}
                }
                .into_any()
            }}
            {(!is_deleted).then(|| view! { <Previewed room id seq/> })}
            {has_foot.then(|| view! { <RepliesFoot room parent=id seq/> })}
            {(!is_deleted).then(|| view! { <Marks room id seq/> })}
            {(!is_deleted && !editing).then(|| view! { <WhenPointedAt message=pointed_at/> })}
        </article>
    }
}

fn attached(id: MessageId, attachments: &[Attachment]) -> Option<AnyView> {
    let attachments = (!attachments.is_empty()).then(|| attachments.to_vec())?;
    Some(view! { <Attached message=id attachments/> }.into_any())
}

/// The toolbar, as long as the message is pointed at.
#[component]
fn WhenPointedAt(message: Arc<Message>) -> impl IntoView {
    let pointed = Pointed::of_page();
    let id = message.id;
    let is_here = Memo::new(move |_| pointed.is_on(id));
    reactive_view(move || is_here.get().then(|| view! { <Lazy part=Part::Actions(message.clone())/> }))
}

/// HTML that the server has made of a message's markup, or the text as it is.
pub fn text_of(text: &str, html: Option<&String>) -> AnyView {
    match html {
        Some(html) => view! { <div class="message-text markup" inner_html=html.clone()></div> }.into_any(),
        None if text.is_empty() => ().into_any(),
        None => view! { <div class="message-text">{text.to_owned()}</div> }.into_any(),
    }
}

#[component]
fn PendingRow(
    id: MessageId,
    text: String,
    attachments: Vec<Attachment>,
    at: Millis,
    grouped: bool,
    refusal: Option<Refusal>,
) -> impl IntoView {
    let chat = use_chat();
    let me = chat.peek(|state| state.me);
    let state = if refusal.is_some() { "refused" } else { "pending" };
    view! {
        <article class="message" data-grouped=grouped.to_string() data-state=state>
            <Author id person=me at grouped/>
            {text_of(&text, None)}
            {attached(id, &attachments)}
            {match refusal {
                Some(refusal) => view! { <RefusedFoot id refusal/> }.into_any(),
                None => view! { <WaitingFoot id/> }.into_any(),
            }}
        </article>
    }
}

/// A message on its way; as long as there is no connection, it can be changed or given up.
#[component]
fn WaitingFoot(id: MessageId) -> impl IntoView {
    let chat = use_chat();
    let is_live = chat.is_live();
    view! {
        <span class="message-mark" title="Sending"><Icon paths=regular(phosphor_leptos::CLOCK)/><span class="visually-hidden">"Sending"</span></span>
        {reactive_view(move || (!is_live.get()).then(|| view! {
            <div class="message-waiting">
                <button class="button small" type="button" on:click=handle(move |_| chat.recall(id))>"Edit"</button>
                <button class="button small" type="button" on:click=handle(move |_| chat.discard(id))>"Cancel"</button>
            </div>
        }))}
    }
}

#[component]
fn RefusedFoot(id: MessageId, refusal: Refusal) -> impl IntoView {
    let chat = use_chat();
    view! {
        <div class="message-refused" role="alert">
            <span>"Not sent. "{refusal.message}</span>
            <button class="button small" type="button" on:click=handle(move |_| chat.retry(id))>"Try again"</button>
            <button class="button small" type="button" on:click=handle(move |_| chat.recall(id))>"Edit"</button>
            <button class="button small" type="button" on:click=handle(move |_| chat.discard(id))>"Discard"</button>
        </div>
    }
}

/// Avatar, name and time; in a group only the time, shown on hover. The time leads to the details.
#[component]
fn Author(id: MessageId, person: PersonId, at: Millis, grouped: bool) -> impl IntoView {
    let chat = use_chat();
    let zone = Zone::of_page();
    let dialogs = OpenDialog::of_page();
    let time = move || {
        view! {
            <button class="message-time" type="button" title="Details" on:click=handle(move |_| dialogs.open(DialogKind::Message(id)))>
            {text(move || zone.clock(at))}
        </button>
        }
    };
    if grouped {
        return time().into_any();
    }
    let author = chat.select_lasting(move |state| state.person(person));
    view! {
        <span class="message-avatar" data-person=person.to_string()>{reactive_view(move || avatar_of(author.get().as_deref()))}</span>
        <header class="message-head">
            <button class="message-author" type="button" data-person=person.to_string()>
                {text(move || author.get().map_or("Someone".to_owned(), |author| author.name.clone()))}
            </button>
            {reactive_view(move || status_mark(author.get().as_deref()))}
            {time()}
        </header>
    }
    .into_any()
}
