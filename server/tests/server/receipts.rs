//! Read receipts: how far others in a small room have read.

use crate::harness::{Workspace, hears};
use common::{
    ServerEvent, limits,
    people::SetReading,
    reading::{Reader, ReadersMoved},
};

#[tokio::test(flavor = "multi_thread")]
async fn others_receive_a_read_position_live_and_on_opening_the_room() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces) = (ada.connects().await, grace.connects().await);
    let seq = adas.posts(general, "Read this.").await.seq;
    graces.reads(general, seq).await;
    let reader = Reader { person: grace.id, seq };
    assert_eq!(hears!(adas, ReadersMoved), ReadersMoved { room: general, readers: vec![reader] });
    assert_eq!(adas.opens(general).await.readers, [reader]);
    assert_eq!(graces.opens(general).await.readers, [Reader { person: ada.id, seq }], "no own read receipt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_hides_read_receipts_sees_none() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (mut adas, mut graces, alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    graces.send(SetReading { hidden: true }).await.unwrap();
    let seq = adas.posts(general, "Read this.").await.seq;
    graces.reads(general, seq).await;
    alans.reads(general, seq).await;

    let reader = Reader { person: alan.id, seq };
    assert_eq!(hears!(adas, ReadersMoved).readers, [reader]);
    assert_eq!(adas.opens(general).await.readers, [reader]);
    assert_eq!(graces.opens(general).await.readers, []);
    adas.posts(general, "The end.").await;
    let heard = graces.hears_until("The end.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::ReadersMoved(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_room_publishes_no_read_receipts() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    workspace.fills(general, limits::RECEIPTS_MEMBERS - 1).await;
    let (mut adas, graces) = (ada.connects().await, grace.connects().await);
    let talk = adas.talks_to([&grace]).await;
    let seq = adas.posts(general, "Read this.").await.seq;
    graces.reads(general, seq).await;
    let seq = adas.posts(talk.id, "And this.").await.seq;
    graces.reads(talk.id, seq).await;
    assert_eq!(hears!(adas, ReadersMoved).room, talk.id, "and not the other");
    assert_eq!(adas.opens(general).await.readers, []);
}
