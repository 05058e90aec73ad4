//! Reactions: emoji under messages, with the people behind them.

use crate::harness::{Device, Workspace, code, hears};
use common::{
    Code, MessageId, PersonId, RoomId, ServerEvent, limits,
    messages::Message,
    pins::AddPin,
    reactions::{AddReaction, Reaction, RemoveReaction},
    rooms::RoomChange,
};

fn reaction(emoji: &str, people: &[PersonId]) -> Reaction {
    Reaction { emoji: emoji.into(), people: people.to_vec() }
}

fn add(room: RoomId, message: MessageId, emoji: &str) -> AddReaction {
    AddReaction { room, message, emoji: emoji.into() }
}

async fn last(device: &Device, room: RoomId) -> Message {
    device.opens(room).await.page.messages.pop().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_reaches_everyone_and_stays_with_the_message() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let message = adas.says(general, "It computes.").await;
    graces.reacts(general, message, "🎉").await;
    for device in [&mut graces, &mut phone] {
        let heard = hears!(device, ReactionAdded);
        assert_eq!((heard.message, heard.emoji.as_str(), heard.person), (message, "🎉", grace.id));
    }
    adas.reacts(general, message, "👍").await;
    adas.reacts(general, message, "🎉").await;
    let reactions = [reaction("🎉", &[grace.id, ada.id]), reaction("👍", &[ada.id])];
    assert_eq!(last(&graces, general).await.reactions, reactions);
    assert_eq!(graces.history(general, 1_000).await.messages[0].reactions, reactions);
    assert!(grace.visits(&format!("/rooms/{general}")).await.body.contains("🎉"), "drawn by the server");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_reaction_is_added_and_removed_once() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = adas.says(general, "Once.").await;
    let phone = grace.connects().await;
    let (one, other) = tokio::join!(
        graces.send(add(general, message, "❤️")),
        // The same emoji, as other keyboards encode it.
        phone.send(add(general, message, "\u{2764}")),
    );
    assert_eq!((one, other), (Ok(()), Ok(())));
    assert_eq!(last(&adas, general).await.reactions, [reaction("❤️", &[grace.id])]);
    let before = workspace.stored().await;
    graces.reacts(general, message, "❤️").await;
    let none = RemoveReaction { room: general, message, emoji: "👍".into() };
    assert_eq!(graces.send(none).await, Ok(()));
    assert_eq!(adas.send(RemoveReaction { room: general, message, emoji: "❤️".into() }).await, Ok(()), "not Ada's");
    assert_eq!(workspace.stored().await, before);
    for _ in 0..2 {
        graces.takes_back(general, message, "❤️").await;
    }
    assert_eq!(last(&adas, general).await.reactions, []);
    assert_eq!(workspace.count("reactions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emoji_keeps_its_position_when_its_first_person_removes_it() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = adas.says(general, "In order.").await;
    adas.reacts(general, message, "👍").await;
    adas.reacts(general, message, "🎉").await;
    graces.reacts(general, message, "👍").await;
    adas.takes_back(general, message, "👍").await;
    assert_eq!(last(&adas, general).await.reactions, [reaction("👍", &[grace.id]), reaction("🎉", &[ada.id])]);
    adas.reacts(general, message, "👍").await;
    assert_eq!(last(&adas, general).await.reactions[0], reaction("👍", &[grace.id, ada.id]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_refuses_emoji_beyond_its_limit() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = adas.says(general, "A lot.").await;
    let mut refused = 0;
    for emoji in emojis::iter().take(200) {
        match graces.send(add(general, message, emoji.as_str())).await {
            Ok(()) => {}
            Err(refusal) => {
                assert_eq!(refusal.code, Code::TooManyReactions);
                refused += 1;
            }
        }
    }
    let reactions = last(&adas, general).await.reactions;
    assert_eq!((reactions.len(), refused), (limits::REACTIONS, 200 - limits::REACTIONS));
    adas.reacts(general, message, &reactions[0].emoji).await;
    adas.takes_back(general, message, &reactions[0].emoji).await;
    assert_eq!(code(adas.send(add(general, message, "🦉")).await), Code::TooManyReactions, "for everybody together");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_is_exactly_one_emoji() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let message = adas.says(general, "Nothing else.").await;
    let before = workspace.stored().await;
    for text in ["", " ", "a", ":tada:", "🎉🎉", "🎉 ", "<img src=x onerror=alert(1)>", "\u{200d}", &"🎉".repeat(5_000)]
    {
        assert_eq!(code(adas.send(add(general, message, text)).await), Code::NotAnEmoji, "{text:.40}");
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_message_loses_its_reactions_and_refuses_new_ones() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = adas.says(general, "Soon gone.").await;
    graces.reacts(general, message, "👍").await;
    adas.deletes(general, message).await;
    assert_eq!((last(&graces, general).await.reactions, workspace.count("reactions").await), (vec![], 0));
    assert_eq!(code(graces.send(add(general, message, "👍")).await), Code::UnknownMessage);
    let elsewhere = adas.creates_room("elsewhere").await;
    let other = adas.says(general, "Here.").await;
    assert_eq!(code(adas.send(add(elsewhere, other, "👍")).await), Code::UnknownMessage, "of another room");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_room_keeps_its_annotations_and_refuses_new_ones() {
    let (_workspace, ada, _, _) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let room = adas.creates_room("engines").await;
    let message = adas.says(room, "The mill is finished.").await;
    adas.reacts(room, message, "👍").await;
    adas.changes(room, RoomChange::Archived(true)).await;
    assert_eq!(code(adas.send(add(room, message, "🎉")).await), Code::RoomArchived);
    let remove = RemoveReaction { room, message, emoji: "👍".into() };
    assert_eq!(code(adas.send(remove).await), Code::RoomArchived);
    assert_eq!(code(adas.send(AddPin { room, message }).await), Code::RoomArchived);
    assert_eq!(last(&adas, room).await.reactions, [reaction("👍", &[ada.id])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn catch_up_includes_reactions() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = adas.says(general, "While you were out.").await;
    graces.disconnects().await;
    adas.reacts(general, message, "👋").await;
    adas.takes_back(general, message, "👋").await;
    let missed = grace.connects().await.catches_up(general, 3).await;
    let events: Vec<ServerEvent> = missed.into_iter().map(|logged| logged.event().unwrap().unwrap()).collect();
    let [ServerEvent::ReactionAdded(added), ServerEvent::ReactionRemoved(removed)] = &events[..] else {
        panic!("a reaction that came and went: {events:?}");
    };
    assert_eq!((added.seq, removed.seq, added.message), (4, 5, message));
}
