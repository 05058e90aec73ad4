//! Saved messages: personal, and the same on all devices of a person.

use crate::harness::{Device, Workspace, code, hears};
use common::{
    Code, MessageId, RoomId, limits,
    saved::{AddSaved, ListSaved, RemoveSaved, SavedChange},
};

async fn saves(device: &Device, room: RoomId, message: MessageId) {
    device.send(AddSaved { room, message }).await.unwrap();
}

async fn texts(device: &Device) -> Vec<String> {
    let page = device.send(ListSaved { after: None }).await.unwrap();
    page.saved.into_iter().map(|saved| saved.message.text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_message_is_on_all_own_devices_and_no_others() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, laptop, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let message = adas.says(general, "Remember this.").await;
    saves(&laptop, general, message).await;
    assert_eq!(hears!(phone, SavedAdded), SavedChange { room: general, message });
    assert_eq!((phone.snapshot().await.saved, texts(&phone).await), (vec![message], vec!["Remember this.".into()]));
    assert_eq!((adas.snapshot().await.saved, texts(&adas).await.len()), (vec![], 0));
    laptop.send(RemoveSaved { room: general, message }).await.unwrap();
    assert_eq!(hears!(phone, SavedRemoved), SavedChange { room: general, message });
    assert_eq!((phone.snapshot().await.saved, texts(&phone).await.len()), (vec![], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_saved_once_and_listed_newest_first() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let count = limits::PAGE_MESSAGES as usize + 3;
    let mut messages = Vec::new();
    for n in 0..count {
        let message = adas.says(general, &format!("Message {n}")).await;
        saves(&graces, general, message).await;
        messages.push(message);
    }
    let before = workspace.stored().await;
    saves(&graces, general, messages[0]).await;
    assert_eq!(workspace.stored().await, before);

    let first = graces.send(ListSaved { after: None }).await.unwrap();
    let after = first.saved.last().map(|saved| saved.message.id);
    let second = graces.send(ListSaved { after }).await.unwrap();
    assert_eq!((first.more, second.more), (true, false));
    let times: Vec<_> = first.saved.iter().chain(&second.saved).map(|saved| saved.at).collect();
    assert!(times.is_sorted_by(|one, next| one >= next), "{times:?}");
    let mut listed: Vec<_> = first.saved.into_iter().chain(second.saved).map(|saved| saved.message.id).collect();
    listed.sort();
    messages.sort();
    assert_eq!(listed, messages);
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_messages_of_a_left_room_are_hidden_until_rejoining() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let enigma = adas.creates_private_room("enigma").await;
    adas.invites(enigma, [&grace]).await;
    let secret = adas.says(enigma, "The bombe works.").await;
    let message = adas.says(general, "Good morning.").await;
    saves(&graces, enigma, secret).await;
    saves(&graces, general, message).await;
    graces.leaves(enigma).await;
    assert_eq!((graces.snapshot().await.saved, texts(&graces).await), (vec![message], vec!["Good morning.".into()]));
    assert!(!grace.visits("/saved").await.body.contains(&secret.to_string()));
    adas.invites(enigma, [&grace]).await;
    assert_eq!(texts(&graces).await, ["Good morning.", "The bombe works."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_message_is_no_longer_saved_and_an_edited_one_is_current() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let (gone, changed) = (adas.says(general, "Gone.").await, adas.says(general, "Helo.").await);
    saves(&graces, general, gone).await;
    saves(&graces, general, changed).await;
    adas.deletes(general, gone).await;
    adas.edits(general, changed, "Hello.").await;
    assert_eq!((texts(&graces).await, workspace.count("saved").await), (vec!["Hello.".into()], 1));
    let again = AddSaved { room: general, message: gone };
    assert_eq!(code(graces.send(again).await), Code::UnknownMessage);
}
