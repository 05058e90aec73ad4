//! Pins: messages that a room keeps at hand.

use crate::harness::{Workspace, code, hears};
use common::{
    Code, MessageId, RoomId, limits,
    pins::{AddPin, ListPins, Pin, RemovePin},
};

fn pin(room: RoomId, message: MessageId) -> AddPin {
    AddPin { room, message }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_message_is_marked_for_everyone_and_listed_with_its_pinner() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let (first, second) = (adas.says(general, "One.").await, adas.says(general, "Two.").await);
    adas.send(pin(general, second)).await.unwrap();
    let heard = hears!(graces, PinAdded);
    assert_eq!((heard.message, heard.person, heard.seq), (second, ada.id, 5));
    graces.send(pin(general, first)).await.unwrap();
    let pins = graces.send(ListPins { room: general }).await.unwrap();
    assert_eq!(pins.iter().map(|message| message.text.as_str()).collect::<Vec<_>>(), ["One.", "Two."]);
    let expected = Some(Pin { person: ada.id, at: heard.at });
    assert_eq!(pins[1].pin, expected);
    assert_eq!(graces.opens(general).await.page.messages[1].pin, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_pinned_once_and_any_member_unpins_it_once() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let message = adas.says(general, "Once.").await;
    adas.send(pin(general, message)).await.unwrap();
    let before = workspace.stored().await;
    graces.send(pin(general, message)).await.unwrap();
    assert_eq!(workspace.stored().await, before, "it stays Ada's");
    for _ in 0..2 {
        graces.send(RemovePin { room: general, message }).await.unwrap();
    }
    assert_eq!(hears!(graces, PinRemoved).person, grace.id);
    assert_eq!((workspace.count("pins").await, graces.opens(general).await.page.messages[0].pin), (0, None));
    let events = graces.catches_up(general, 3).await;
    assert_eq!(events.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(), ["pin:added", "pin:removed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_message_loses_its_pin() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let message = adas.says(general, "The password is swordfish.").await;
    graces.send(pin(general, message)).await.unwrap();
    adas.deletes(general, message).await;
    assert_eq!((graces.send(ListPins { room: general }).await.unwrap(), workspace.count("pins").await), (vec![], 0));
    assert_eq!(code(graces.send(pin(general, message)).await), Code::UnknownMessage);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pins_of_a_room_are_limited() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let texts: Vec<String> = (0..=limits::PINS).map(|n| format!("Message {n}")).collect();
    adas.posts_at_once(general, &texts).await;
    let mut messages = adas.history(general, i64::MAX).await.messages;
    while messages[0].seq > 3 {
        let earlier = adas.history(general, messages[0].seq).await.messages;
        messages.splice(0..0, earlier);
    }
    for message in &messages[..limits::PINS] {
        adas.send(pin(general, message.id)).await.unwrap();
    }
    assert_eq!(code(adas.send(pin(general, messages[limits::PINS].id)).await), Code::TooManyPins);
    assert_eq!(adas.send(ListPins { room: general }).await.unwrap().len(), limits::PINS);
}
