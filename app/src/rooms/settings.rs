//! A room's settings: what it is called and about, who may do what in it, its archive, the way out.

use super::{
    header::{is_starred, toggle_star},
    members::LeaveButton,
};
use crate::{
    client::{Chat, DialogKind, OpenDialog, OpenPanel, PanelKind, use_chat},
    failure::Failure,
    ui::{Problem, definitions, handle, reactive_view, text},
};
use common::{
    CommandId, RoomId, limits,
    permissions::{MemberGroup, RoomAction},
    rooms::{ChangeRoom, RoomChange, RoomKind, RoomSummary},
};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn RoomSettings(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let may = move |deed| chat.select(move |state| state.standing(room).is_some_and(|one| one.may(deed).is_ok()));
    let (may_set_topic, may_rename) = (may(RoomAction::SetTopic), may(RoomAction::Rename));
    view! {
        {reactive_view(move || match (may_set_topic.get(), may_rename.get()) {
            (false, _) => view! { <About room/> }.into_any(),
            (true, is_owner) => view! { <SettingsForm room is_owner/> }.into_any(),
        })}
        <StarField room/>
        <DangerZone room may_archive=may(RoomAction::Archive) may_unarchive=may(RoomAction::Unarchive)/>
    }
}

fn summary(chat: Chat, room: RoomId) -> Option<RoomSummary> {
    chat.peek(|state| state.rooms.get(&room).map(|room| room.summary.clone()))
}

#[component]
fn StarField(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let dialogs = OpenDialog::of_page();
    let panels = OpenPanel::of_page();
    let is_starred = is_starred(chat, room);
    let open_inspector = move || {
        dialogs.close();
        panels.open(PanelKind::Inspector);
    };
    view! {
        <div class="own-settings">
            <button class="button" type="button" on:click=handle(move |_| dialogs.open(DialogKind::Notifications(room)))>
                "Notifications of this room"
            </button>
            <button class="button" type="button" on:click=handle(move |_| open_inspector())>"Under the hood"</button>
            <label class="check">
                <input type="checkbox" prop:checked=text(move || is_starred.get()) on:change=handle(move |_: ev::Event| toggle_star(chat, room))/>
                <span>"Starred: first in your sidebar"</span>
            </label>
        </div>
    }
}

/// What those see who cannot change it.
#[component]
fn About(room: RoomId) -> impl IntoView {
    let chat = use_chat();
    let facts = chat.select(move |state| {
        let Some(known) = state.rooms.get(&room) else { return Vec::new() };
        let owners = known.owners.iter().filter_map(|owner| state.people.get(owner));
        let owners: Vec<&str> = owners.map(|person| person.name.as_str()).collect();
        let summary = &known.summary;
        let mut facts = vec![("Name", summary.name.clone())];
        let mut fact = |name, words: String| facts.extend((!words.is_empty()).then_some((name, words)));
        fact("Topic", summary.topic.clone());
        fact("Owners", owners.join(", "));
        fact("Who may post", in_words(summary.posting).into());
        facts
    });
    view! {
        <dl class="journey">
            {definitions(move || facts.get())}
        </dl>
    }
}

fn in_words(who: MemberGroup) -> &'static str {
    match who {
        MemberGroup::Everyone => "Everyone",
        MemberGroup::Owners => "Only owners",
    }
}

/// Members can change the topic; the rest is for owners.
#[component]
fn SettingsForm(room: RoomId, is_owner: bool) -> impl IntoView {
    let chat = use_chat();
    let before = summary(chat, room);
    let before = before.unwrap_or_else(|| RoomSummary::made(room, RoomKind::Public, String::new(), 0));
    let (name, topic) = (RwSignal::new(before.name.clone()), RwSignal::new(before.topic.clone()));
    let (posting, announcing) = (RwSignal::new(before.posting), RwSignal::new(before.announcing));
    let problem = RwSignal::new(None::<String>);
    let is_saved = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(now) = summary(chat, room) else { return };
        let wanted = [
            (name.get_untracked() != now.name).then(|| RoomChange::Name(name.get_untracked())),
            (topic.get_untracked() != now.topic).then(|| RoomChange::Topic(topic.get_untracked())),
            (posting.get_untracked() != now.posting).then(|| RoomChange::Posting(posting.get_untracked())),
            (announcing.get_untracked() != now.announcing).then(|| RoomChange::Announcing(announcing.get_untracked())),
        ];
        is_saved.set(false);
        spawn_local(async move {
            let answer = change_all(chat, room, wanted.into_iter().flatten().collect()).await;
            is_saved.try_set(answer.is_ok());
            problem.try_set(answer.err().map(|failure| failure.sentence()));
        });
    };
    view! {
        <form class="dialog-form" on:submit=handle(submit)>
            {is_owner.then(|| view! {
                <label class="field">
                    <span class="field-label">"Name"</span>
                    <input name="name" required=true autocomplete="off" maxlength=limits::ROOM_NAME_CHARS.to_string() bind:value=name/>
                </label>
            })}
            <label class="field">
                <span class="field-label">"Topic"</span>
                <input name="topic" autocomplete="off" maxlength=limits::TOPIC_CHARS.to_string() bind:value=topic/>
            </label>
            {is_owner.then(|| view! {
                <WhoField label="Who may post" name="posting" value=posting/>
                <WhoField label="Who may address everyone with @room" name="announcing" value=announcing/>
            })}
            <Problem sentence=problem/>
            {reactive_view(move || is_saved.get().then(|| view! { <p class="notice" role="status">"Saved. Everyone in the room sees it now."</p> }))}
            <button class="button primary" type="submit">"Save"</button>
        </form>
    }
}

/// Makes the changes one after the other, up to the first that is refused.
async fn change_all(chat: Chat, room: RoomId, changes: Vec<RoomChange>) -> Result<(), Failure> {
    for change in changes {
        chat.send(ChangeRoom { id: CommandId::new(), room, change }).await?;
    }
    Ok(())
}

#[component]
fn WhoField(label: &'static str, name: &'static str, value: RwSignal<MemberGroup>) -> impl IntoView {
    let choice = move |who: MemberGroup| {
        view! {
            <label class="check">
                <input type="radio" name=name prop:checked=text(move || value.get() == who) on:change=handle(move |_: ev::Event| value.set(who))/>
                <span>{in_words(who)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend class="field-label">{label}</legend>
            {choice(MemberGroup::Everyone)}
            {choice(MemberGroup::Owners)}
        </fieldset>
    }
}

/// What is not undone as easily, apart from the rest.
#[component]
fn DangerZone(room: RoomId, may_archive: Memo<bool>, may_unarchive: Memo<bool>) -> impl IntoView {
    let chat = use_chat();
    let problem = RwSignal::new(None::<String>);
    let heir = chat.select(move |state| {
        let room = state.rooms.get(&room)?;
        let is_only_owner = room.owners[..] == [state.me];
        let heir = room.members.iter().find(|person| **person != state.me)?;
        let heir = state.people.get(heir)?.name.clone();
        is_only_owner.then(|| format!("You are the only owner. When you leave, {heir} will own the room."))
    });
    let archive = move |archived| {
        let done = chat.send(ChangeRoom { id: CommandId::new(), room, change: RoomChange::Archived(archived) });
        spawn_local(async move {
            problem.try_set(done.await.err().map(|failure| failure.sentence()));
        });
    };
    view! {
        <section class="danger-zone" aria-labelledby="danger-zone">
            <h3 id="danger-zone">"Archive and leave"</h3>
            {reactive_view(move || may_archive.get().then(|| view! {
                <p>"An archived room is read-only. It stays in the list of all rooms, and you can bring it back."</p>
                <button class="button" type="button" on:click=handle(move |_| archive(true))>"Archive this room"</button>
            }))}
            {reactive_view(move || (may_unarchive.get() && !may_archive.get()).then(|| view! {
                <p>"This room is archived. You can bring it back as it was."</p>
                <button class="button" type="button" on:click=handle(move |_| archive(false))>"Bring it back"</button>
            }))}
            <Problem sentence=problem/>
            {text(move || heir.get().map(|words| view! { <p>{words}</p> }))}
            <LeaveButton room/>
        </section>
    }
}
