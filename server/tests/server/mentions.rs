//! Mentions: the server and each client count the same, whether the client
//! received events live or caught up.

use crate::harness::{Device, Workspace, hears};
use app::state::{Change, ChatState};
use common::{
    CommandId, MessageId, PersonId, RoomId, Seq, ServerEvent,
    mentions::Mentions,
    messages::{EditMessage, PostMessage},
    page::GetSnapshot,
};

fn people(people: &[PersonId]) -> Mentions {
    Mentions { everyone: false, people: people.to_vec() }
}

async fn says(device: &Device, room: RoomId, text: &str) -> MessageId {
    let message = PostMessage::new(room, text);
    device.send(message.clone()).await.unwrap();
    message.id
}

/// Unread messages of a room, and those that mention the person, as the server counts.
async fn counted(device: &Device, room: RoomId) -> (u32, Vec<Seq>) {
    counts(&ChatState::new(device.snapshot().await), room)
}

fn counts(state: &ChatState, room: RoomId) -> (u32, Vec<Seq>) {
    let summary = &state.rooms[&room].summary;
    (summary.unread, summary.mentions.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_names_the_people_it_mentions_in_every_view() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let id = says(&adas, general, "@grace, and @grace again, and `@room`").await;
    assert_eq!(hears!(graces, MessagePosted).mentions, people(&[grace.id]));
    assert_eq!(graces.opens(general).await.page.messages[0].mentions, people(&[grace.id]));
    let edit = EditMessage { id: CommandId::new(), room: general, message: id, text: "@room".into() };
    let everyone = Mentions { everyone: true, people: vec![] };
    assert_eq!(adas.send(edit.clone()).await.unwrap().mentions, everyone);
    assert_eq!(adas.send(edit).await.unwrap().mentions, everyone, "sent again");
    assert_eq!(hears!(graces, MessageEdited).mentions, everyone);
    for logged in graces.catches_up(general, 2).await {
        match logged.event().unwrap().unwrap() {
            ServerEvent::MessagePosted(message) => assert_eq!(message.mentions, everyone),
            ServerEvent::MessageEdited(edited) => assert_eq!(edited.mentions, everyone),
            other => panic!("unexpected: {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_mentions_of_a_person_and_of_the_room_are_listed_until_read() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    says(&adas, general, "Good morning.").await;
    says(&adas, general, "@grace and @room: tea!").await;
    says(&adas, general, "@ada, note this.").await;
    says(&adas, general, "@room").await;
    assert_eq!(counted(&graces, general).await, (4, vec![4, 6]));
    assert_eq!(counted(&adas, general).await, (0, vec![]), "an own mention does not count");
    let alan = workspace.sign_up("Alan Turing").await.connects().await;
    assert_eq!(counted(&alan, general).await, (0, vec![]), "what was said before is read");
    graces.reads(general, 4).await;
    assert_eq!(counted(&graces, general).await, (2, vec![6]));
    assert_eq!(graces.marks_unread(general, 4).await.mentions, [4, 6]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_without_mentions_adds_no_row() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let id = says(&adas, general, "stranger@example.org, @stranger").await;
    assert_eq!(workspace.count("mentions").await, 0);
    adas.edits(general, id, "@grace @ada").await;
    assert_eq!(workspace.count("mentions").await, 2);
    adas.deletes(general, id).await;
    assert_eq!(workspace.count("mentions").await, 0);
    assert!(adas.opens(general).await.page.messages[0].mentions.is_empty());
}

/// A client of Grace's that applies every event it receives.
struct Follower {
    device: Device,
    state: ChatState,
}

impl Follower {
    async fn of(device: Device, room: Option<RoomId>) -> Self {
        let state = ChatState::new(device.send(GetSnapshot { room }).await.unwrap());
        Self { device, state }
    }

    /// Receives until the room's log has arrived up to this seq, with the event that set the position back.
    async fn hears_up_to(&mut self, room: RoomId, seq: Seq) {
        while self.state.rooms[&room].complete < seq || self.state.rooms[&room].summary.rewinds == 0 {
            let event = self.device.next_event().await;
            assert_eq!(self.state.reduce(Change::Event { event, at: 0 }), None, "nothing is missed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_device_counts_like_the_server_live_and_after_catch_up() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    // One device has the room open, one has it in its list, the third receives nothing until the end.
    let mut laptop = Follower::of(grace.connects().await, Some(general)).await;
    let mut phone = Follower::of(grace.connects().await, None).await;
    let mut tablet = Follower::of(grace.connects().await, Some(general)).await;

    let first = says(&adas, general, "@grace, look.").await;
    let second = says(&adas, general, "No mention here.").await;
    let third = says(&adas, general, "@room, too.").await;
    adas.edits(general, second, "Something for @grace.").await;
    adas.edits(general, first, "For no person.").await;
    adas.deletes(general, third).await;
    graces.reads(general, 3).await;
    graces.marks_unread(general, 3).await;
    let fourth = says(&adas, general, "@grace @room").await;
    adas.edits(general, fourth, "@grace").await;
    let fifth = says(&adas, general, "@ada").await;
    let last = adas.deletes(general, fifth).await.seq;

    let truth = counted(&graces, general).await;
    assert_eq!(truth, (3, vec![4, 9]));
    for follower in [&mut laptop, &mut phone] {
        follower.hears_up_to(general, last).await;
        assert_eq!(counts(&follower.state, general), truth);
    }
    let events = tablet.device.catches_up(general, tablet.state.rooms[&general].complete).await;
    tablet.state.reduce(Change::CaughtUp { room: general, events });
    assert_eq!(counts(&tablet.state, general), truth);

    for follower in [&mut laptop, &mut phone, &mut tablet] {
        let snapshot = follower.device.snapshot().await;
        follower.state.reduce(Change::Snapshot(Box::new(snapshot)));
        assert_eq!(counts(&follower.state, general), truth);
    }
}
