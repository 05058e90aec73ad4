//! The room's log: every change takes the next seq, and a client that missed events catches up.

use crate::harness::{Device, Workspace, code, hears, post_with, reply};
use app::state::{Change, ChatState, Conversation, Room, Timeline};
use common::{
    Code, CommandId, MessageId, RoomId, Seq,
    audit::ListAudit,
    catch_up::{CatchUp, MissedEvents},
    limits,
    messages::{DeleteMessage, EditMessage, PostMessage},
    page::GetSnapshot,
    permissions::{MemberGroup, RoomRole},
    pins::{AddPin, RemovePin},
    reactions::{AddReaction, RemoveReaction},
    rooms::{ChangeMember, RemoveMember, RoomChange},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_reaches_everyone() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let message = said(&adas, general, "Helo.").await;
    let posted = adas.edits(general, message, "Hello.").await;
    let edited = hears!(graces, MessageEdited);
    assert_eq!((edited.message, edited.text.as_str(), edited.seq), (message, "Hello.", posted.seq));
    assert_eq!(graces.sees(general).await, ["Hello."]);
    assert_eq!(graces.opens(general).await.page.messages[0].revision.unwrap().seq, posted.seq);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_message_leaves_only_a_trace() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let message = said(&adas, general, "The password is swordfish.").await;
    adas.edits(general, message, "The password is Swordfish.").await;
    adas.deletes(general, message).await;
    assert_eq!(hears!(graces, MessageDeleted).message, message);
    let seen = [
        format!("{:?}", graces.opens(general).await),
        format!("{:?}", graces.history(general, Seq::MAX).await),
        format!("{:?}", graces.catches_up(general, 0).await),
        grace.visits(&format!("/rooms/{general}")).await.body,
    ];
    for seen in seen {
        assert!(!seen.to_lowercase().contains("swordfish"), "{seen}");
    }
    assert!(graces.opens(general).await.page.messages[0].is_deleted());
    let again = EditMessage { id: CommandId::new(), room: general, message, text: "Back.".into() };
    assert_eq!(code(adas.send(again).await), Code::UnknownMessage, "it does not come back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_owner_deletes_messages_of_others_and_the_audit_log_records_it() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let message = said(&graces, general, "Buy my engine!").await;
    let edit = EditMessage { id: CommandId::new(), room: general, message, text: "Engines are free.".into() };
    assert_eq!(code(adas.send(edit).await), Code::NotTheAuthor, "only the author edits");
    let delete = DeleteMessage { id: CommandId::new(), room: general, message };
    let deleted = adas.send(delete.clone()).await.unwrap();
    assert_eq!(adas.send(delete).await.unwrap(), deleted, "the same command is carried out once");
    assert_eq!(hears!(graces, MessageDeleted).message, message);
    assert!(graces.opens(general).await.page.messages[0].is_deleted());

    let own = said(&adas, general, "Mine.").await;
    adas.send(DeleteMessage { id: CommandId::new(), room: general, message: own }).await.unwrap();
    let acts = ada.opens_console().await.send(ListAudit::default()).await.unwrap();
    let told: Vec<_> = acts.iter().map(|act| (act.act.as_str(), act.subject.as_str(), act.details.as_str())).collect();
    assert_eq!(
        told,
        [("message:delete", "Grace Hopper (@grace)", "a message in #general")],
        "own messages are not in the audit log"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_cannot_change_a_message_of_another_author() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = said(&adas, general, "Mine.").await;
    let before = workspace.stored().await;
    let edit = EditMessage { id: CommandId::new(), room: general, message, text: "Yours.".into() };
    assert_eq!(code(graces.send(edit).await), Code::NotTheAuthor);
    let delete = DeleteMessage { id: CommandId::new(), room: general, message };
    assert_eq!(code(graces.send(delete).await), Code::NotTheAuthor);
    let nothing = DeleteMessage { id: CommandId::new(), room: general, message: MessageId::new() };
    assert_eq!(code(graces.send(nothing).await), Code::UnknownMessage);
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resent_change_takes_effect_once_and_its_id_is_used_up() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = said(&adas, general, "Helo.").await;
    let edit = EditMessage { id: CommandId::new(), room: general, message, text: "Hello.".into() };
    let first = adas.send(edit.clone()).await.unwrap();
    let phone = ada.connects().await;
    let (one, other) = tokio::join!(adas.send(edit.clone()), phone.send(edit.clone()));
    assert_eq!((one.unwrap(), other.unwrap()), (first.clone(), first.clone()));
    let before = workspace.stored().await;

    let other_text = EditMessage { text: "Goodbye.".into(), ..edit.clone() };
    assert_eq!(code(adas.send(other_text).await), Code::IdTaken);
    let other_command = DeleteMessage { id: edit.id, room: general, message };
    assert_eq!(code(adas.send(other_command).await), Code::IdTaken);
    assert_eq!(code(graces.send(edit).await), Code::IdTaken, "the id of another person");
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catch_up_from_beyond_the_log_is_refused() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    for after in [3, 1_000_000, Seq::MAX, -1, Seq::MIN] {
        assert_eq!(code(device.send(CatchUp { room: general, after }).await), Code::UnknownSeq, "{after}");
    }
    assert_eq!(
        device.send(CatchUp { room: general, after: 2 }).await,
        Ok(MissedEvents::Events { events: vec![], last: 2 })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn catch_up_returns_missed_events_page_by_page() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let count = limits::CATCH_UP_EVENTS as usize + 20;
    let texts: Vec<String> = (0..count).map(|n| format!("Message {n}")).collect();
    ada.connects().await.posts_at_once(general, &texts).await;
    let device = grace.connects().await;
    let missed = device.catches_up(general, 2).await;
    assert_eq!(missed.iter().map(|event| event.seq).collect::<Vec<_>>(), (3..count as Seq + 3).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_long_messages_has_fewer_messages() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let long = "é".repeat(limits::MESSAGE_CHARS);
    let count = 2 * limits::CATCH_UP_TEXT / long.len();
    ada.connects().await.posts_at_once(general, &vec![long.clone(); count]).await;
    let device = grace.connects().await;
    let MissedEvents::Events { events, last } = device.send(CatchUp { room: general, after: 2 }).await.unwrap() else {
        panic!("so few are not too many");
    };
    assert_eq!((events.len(), last), (limits::CATCH_UP_TEXT.div_ceil(long.len()), count as Seq + 2));
    assert_eq!(device.catches_up(general, 2).await.len(), count);
}

/// The law of the log: a snapshot at n plus the events after n equals the current snapshot.
#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_plus_later_events_equals_the_current_snapshot() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, graces, alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let room = adas.creates_room("log").await;
    let parent = said(&adas, room, "What everybody replies to").await;
    let first = state(&adas, room, parent).await;
    let (mut chance, mut snapshots) = (Chance(20_261_123), vec![first]);
    let (mut own, mut theirs) = (Vec::new(), Vec::new());
    for step in 0..320 {
        match chance.one_of(26) {
            0 => {
                let post = post_with(room, "", [ada.uploads("note.txt", format!("Note {step}")).await.id]);
                adas.send(post.clone()).await.unwrap();
                own.push(post.id);
            }
            20..=23 if !own.is_empty() => {
                let message = own[chance.one_of(own.len())];
                let (device, emoji) = ([&adas, &graces][chance.one_of(2)], ["👍", "🎉", "❤️"][chance.one_of(3)].into());
                // Grace may not be a member now.
                match chance.one_of(3) {
                    0 => drop(device.send(RemoveReaction { room, message, emoji }).await),
                    _ => drop(device.send(AddReaction { room, message, emoji }).await),
                }
            }
            24 if !own.is_empty() => {
                let message = own[chance.one_of(own.len())];
                match chance.one_of(2) {
                    0 => adas.send(RemovePin { room, message }).await.unwrap(),
                    _ => adas.send(AddPin { room, message }).await.unwrap(),
                }
            }
            1..=3 => own.push(said(&adas, room, &format!("Ada's {step}")).await),
            4 if !own.is_empty() => {
                let message = own[chance.one_of(own.len())];
                adas.edits(room, message, &format!("Changed in {step}")).await;
            }
            5 if !own.is_empty() => {
                let message = own.swap_remove(chance.one_of(own.len()));
                adas.deletes(room, message).await;
            }
            6 => drop(graces.joins(room).await),
            7 => drop(alans.joins(room).await),
            8 if alans.snapshot().await.rooms.iter().any(|one| one.id == room) => alans.leaves(room).await,
            9..=12 if graces.snapshot().await.rooms.iter().any(|one| one.id == room) => match theirs.len() {
                // Grace's messages, some of which mention Ada, are posted, edited and deleted.
                few @ 0..4 => theirs.push(said(&graces, room, ["For @ada.", "@room", "Hm.", "@grace"][few]).await),
                _ => match chance.one_of(3) {
                    0 => drop(graces.deletes(room, theirs.remove(0)).await),
                    1 => drop(graces.edits(room, theirs[1], &format!("{step} @ada")).await),
                    _ => drop(graces.edits(room, theirs[0], &format!("{step}")).await),
                },
            },
            13 => {
                let changes = match chance.one_of(5) {
                    0 => vec![RoomChange::Name(format!("log {step}"))],
                    1 => vec![RoomChange::Topic(format!("About {step}"))],
                    2 => [MemberGroup::Owners, MemberGroup::Everyone].map(RoomChange::Posting).to_vec(),
                    3 => [MemberGroup::Owners, MemberGroup::Everyone].map(RoomChange::Announcing).to_vec(),
                    _ => [true, false].map(RoomChange::Archived).to_vec(),
                };
                for change in changes {
                    adas.changes(room, change).await;
                }
            }
            // Catch-up is refused where she is not a member.
            14 => {
                let (id, role) = (CommandId::new(), [RoomRole::Owner, RoomRole::Member][chance.one_of(2)]);
                drop(adas.send(ChangeMember { id, room, person: grace.id, role }).await);
            }
            15 => drop(adas.send(RemoveMember { id: CommandId::new(), room, person: grace.id }).await),
            16 if !own.is_empty() => {
                let post = reply(room, own[chance.one_of(own.len())], &format!("Ada's reply {step}"));
                adas.send(post.clone()).await.unwrap();
                own.push(post.id);
            }
            17 if graces.snapshot().await.rooms.iter().any(|one| one.id == room) => {
                let post = reply(room, parent, &format!("Grace's reply {step} to @ada"));
                graces.send(post.clone()).await.unwrap();
                theirs.push(post.id);
            }
            18 => {
                let post = reply(room, parent, &format!("Ada's reply {step}"));
                adas.send(post.clone()).await.unwrap();
                own.push(post.id);
            }
            _ => drop(adas.send(common::reading::MarkRead { room, seq: 1 }).await),
        }
        if chance.one_of(12) == 0 {
            snapshots.push(state(&adas, room, parent).await);
        }
    }
    let now = state(&adas, room, parent).await;
    assert!(snapshots.len() > 5);
    for mut then in snapshots {
        let after = then.rooms[&room].complete;
        let events = adas.catches_up(room, after).await;
        then.reduce(Change::CaughtUp { room, events });
        assert_same(&then.rooms[&room], &now.rooms[&room], after);
        let (then, now) = (&then.rooms[&room].threads[&parent], &now.rooms[&room].threads[&parent]);
        assert_eq!(then.parent, now.parent, "since {after}");
        assert_same_messages(&then.timeline, &now.timeline, after);
    }
}

/// The same log, people and messages, as far as both sides have them.
fn assert_same(then: &Room, now: &Room, after: Seq) {
    let people = |room: &Room| {
        let mut people = room.members.clone();
        people.sort();
        people
    };
    assert_eq!((then.complete, then.summary.seq, people(then)), (now.complete, now.summary.seq, people(now)));
    let reading = |room: &Room| (room.summary.read, room.summary.unread, room.summary.mentions.clone());
    assert_eq!(reading(then), reading(now), "since {after}");
    let owners = |room: &Room| {
        let mut owners = room.owners.clone();
        owners.sort();
        owners
    };
    let settings = |room: &Room| {
        let summary = &room.summary;
        (summary.name.clone(), summary.topic.clone(), summary.archived, summary.posting, summary.announcing)
    };
    assert_eq!((settings(then), owners(then)), (settings(now), owners(now)), "since {after}");
    assert_same_messages(then.timeline.as_ref().unwrap(), now.timeline.as_ref().unwrap(), after);
}

fn assert_same_messages(then: &Timeline, now: &Timeline, after: Seq) {
    let from = now.messages.first().map_or(0, |message| message.seq).max(then.messages.first().map_or(0, |m| m.seq));
    let both = |messages: &[std::sync::Arc<common::messages::Message>]| {
        messages.iter().filter(|message| message.seq >= from).cloned().collect::<Vec<_>>()
    };
    assert_eq!(both(&then.messages), both(&now.messages), "since {after}");
    let notes = |timeline: &Timeline| {
        let notes = timeline.system_messages.iter().filter(|(seq, _)| **seq >= from);
        notes.map(|(_, note)| note.clone()).collect::<Vec<_>>()
    };
    assert_eq!(notes(then), notes(now), "since {after}");
}

async fn said(device: &Device, room: RoomId, text: &str) -> MessageId {
    let message = PostMessage::new(room, text);
    device.send(message.clone()).await.unwrap();
    message.id
}

/// The room, and one of its threads.
async fn state(device: &Device, room: RoomId, parent: MessageId) -> ChatState {
    let mut state = ChatState::new(device.send(GetSnapshot { room: Some(room) }).await.unwrap());
    state.reduce(Change::ThreadAsked(Conversation::beside(room, parent)));
    let view = device.opens_thread(room, parent).await;
    state.reduce(Change::ThreadOpened(Box::new(view)));
    state
}

/// Pseudo-random numbers, the same in every run (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn one_of(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count as u64) as usize
    }
}
