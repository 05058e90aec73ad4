//! Rooms: creating, finding, joining and leaving them; invitations and direct conversations.

use crate::harness::{Device, Workspace, code, hears};
use common::{
    Code, PersonId, RoomId, ServerEvent, limits,
    rooms::{CreateRoom, InvitePeople, JoinRoom, LeaveRoom, RoomKind, StartDirect},
};

/// The next person who joins a room, as a device receives it. Joins of other rooms may arrive
/// in between.
async fn hears_who_joined(device: &mut Device, room: RoomId) -> PersonId {
    loop {
        let joined = hears!(device, MemberJoined);
        if joined.room == room {
            return joined.person;
        }
    }
}

fn named(name: &str) -> CreateRoom {
    CreateRoom { kind: RoomKind::Public, name: name.into(), topic: String::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_room_appears_on_all_devices_of_its_creator_and_can_be_found() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (laptop, mut phone, graces) = (ada.connects().await, ada.connects().await, grace.connects().await);

    let command = CreateRoom { topic: "  Programs that\nwrite programs ".into(), ..named("#Compilers") };
    let summary = laptop.send(command).await.unwrap();
    assert_eq!((summary.kind, summary.name.as_str()), (RoomKind::Public, "Compilers"));
    assert_eq!(summary.topic, "Programs that write programs");
    assert_eq!((summary.seq, summary.read, summary.unread), (1, 1, 0));
    assert_eq!(hears!(phone, RoomAdded), summary);
    assert_eq!(laptop.opens(summary.id).await.members, [ada.id]);

    let card = graces.browses().await.into_iter().find(|card| card.id == summary.id).expect("it can be found");
    assert_eq!((card.name.as_str(), card.members, card.joined), ("Compilers", 1, false));
    assert!(!graces.snapshot().await.rooms.iter().any(|room| room.id == summary.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn public_rooms_have_unique_names_and_private_ones_need_not() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    adas.creates_room("Compilers").await;
    let before = workspace.stored().await;
    for name in ["Compilers", "compilers", " #COMPILERS ", "general"] {
        assert_eq!(code(graces.send(named(name)).await), Code::RoomNameTaken, "{name}");
    }
    assert_eq!(workspace.stored().await, before);
    let (one, other) = (graces.creates_private_room("Compilers").await, adas.creates_private_room("Compilers").await);
    assert_ne!(one, other);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_needs_a_valid_name_topic_and_kind() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let before = workspace.stored().await;
    for name in ["", " ", "#", &"x".repeat(limits::ROOM_NAME_CHARS + 1)] {
        assert_eq!(code(device.send(named(name)).await), Code::BadRoomName, "{name}");
    }
    let wordy = CreateRoom { topic: "x".repeat(limits::TOPIC_CHARS + 1), ..named("wordy") };
    assert_eq!(code(device.send(wordy).await), Code::BadTopic);
    let direct = CreateRoom { kind: RoomKind::Direct, ..named("direct") };
    assert_eq!(code(device.send(direct).await), Code::WrongKindOfRoom);
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_join_reaches_the_members_and_the_persons_own_devices() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    adas.posts(compilers, "Before you came.").await;

    let summary = graces.joins(compilers).await;
    assert_eq!((summary.seq, summary.read, summary.unread), (3, 3, 0), "what was there before is not unread");
    assert_eq!(hears_who_joined(&mut adas, compilers).await, ada.id);
    let joined = hears!(adas, MemberJoined);
    assert_eq!((joined.room, joined.person, joined.seq), (compilers, grace.id, 3));
    assert_eq!(hears!(phone, RoomAdded), summary);
    assert_eq!(graces.sees(compilers).await, ["Before you came."]);
    assert!(graces.browses().await.iter().any(|card| card.id == compilers && card.joined && card.members == 2));

    adas.posts(compilers, "Welcome!").await;
    assert_eq!(hears!(phone, MessagePosted).text, "Welcome!");
}

#[tokio::test(flavor = "multi_thread")]
async fn joining_twice_changes_nothing_and_publishes_nothing() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces) = (ada.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    let first = graces.joins(compilers).await;
    while hears!(adas, MemberJoined).person != grace.id {}
    let before = workspace.stored().await;

    assert_eq!(graces.joins(compilers).await, first);
    assert_eq!(workspace.stored().await, before);
    graces.posts(compilers, "Still here.").await;
    let heard = adas.hears_until("Still here.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::MemberJoined(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_member_rejoins_a_public_room_before_posting() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces, mut phone) = (ada.connects().await, grace.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    graces.joins(compilers).await;

    graces.leaves(compilers).await;
    let left = hears!(adas, MemberLeft);
    assert_eq!((left.room, left.person, left.seq), (compilers, grace.id, 3));
    assert_eq!(hears!(phone, RoomRemoved).room, compilers);
    assert_eq!(adas.opens(compilers).await.members, [ada.id]);
    assert_eq!(code(graces.send(LeaveRoom { room: compilers }).await), Code::NotAMember);
    assert!(graces.browses().await.iter().any(|card| card.id == compilers && !card.joined));

    assert_eq!(graces.joins(compilers).await.seq, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_stays_when_its_last_member_leaves() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    adas.posts(compilers, "Remember me.").await;
    adas.leaves(compilers).await;
    graces.joins(compilers).await;
    assert_eq!(graces.sees(compilers).await, ["Remember me."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_brings_people_into_a_private_room_at_once() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (mut adas, mut graces, mut alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let enigma = adas.creates_private_room("enigma").await;

    assert_eq!(adas.invites(enigma, [&grace]).await, [grace.id]);
    let added = hears!(graces, RoomAdded);
    assert_eq!((added.id, added.kind, added.name.as_str()), (enigma, RoomKind::Private, "enigma"));
    assert_eq!(hears_who_joined(&mut adas, enigma).await, ada.id);
    assert_eq!(hears_who_joined(&mut adas, enigma).await, grace.id);

    // A member who is not its creator may invite, too; a person who is a member already is not new.
    assert_eq!(graces.invites(enigma, [&ada, &alan, &grace]).await, [alan.id]);
    assert_eq!(hears!(alans, RoomAdded).id, enigma);
    adas.posts(enigma, "Welcome, both.").await;
    for device in [&mut graces, &mut alans] {
        assert_eq!(hears!(device, MessagePosted).text, "Welcome, both.");
    }
    assert_eq!(adas.opens(enigma).await.members, [ada.id, grace.id, alan.id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_invitation_changes_nothing() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let enigma = device.creates_private_room("enigma").await;
    let talk = device.talks_to([&grace]).await.id;
    let before = workspace.stored().await;

    let stranger = PersonId::new();
    let crowd: Vec<PersonId> = (0..=limits::DIRECT_PEOPLE).map(|_| PersonId::new()).collect();
    for (room, people, expected) in [
        (enigma, vec![grace.id, stranger], Code::UnknownPerson),
        (enigma, vec![], Code::NobodyChosen),
        (enigma, crowd, Code::NobodyChosen),
        (talk, vec![grace.id], Code::WrongKindOfRoom),
    ] {
        assert_eq!(code(device.send(InvitePeople { room, people }).await), expected);
    }
    assert_eq!(workspace.stored().await, before);
    assert_eq!(device.opens(enigma).await.members, [ada.id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_people_share_one_direct_conversation() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (mut adas, mut graces) = (ada.connects().await, grace.connects().await);

    let talk = adas.talks_to([&grace]).await;
    let mut both = [ada.id, grace.id];
    both.sort();
    assert_eq!((talk.kind, talk.name.as_str()), (RoomKind::Direct, ""));
    assert_eq!(sorted(&talk.people), both);
    assert_eq!(hears!(adas, RoomAdded).id, talk.id);
    assert_eq!(hears!(graces, RoomAdded).id, talk.id);
    adas.posts(talk.id, "Just us two.").await;
    assert_eq!(hears!(graces, MessagePosted).text, "Just us two.");

    assert_eq!(graces.talks_to([&ada]).await.id, talk.id);
    assert_eq!(adas.talks_to([&grace, &grace, &ada]).await.id, talk.id);
    assert_ne!(adas.talks_to([&grace, &alan]).await.id, talk.id);
}

fn sorted(people: &[PersonId]) -> Vec<PersonId> {
    let mut people = people.to_vec();
    people.sort();
    people
}

#[tokio::test(flavor = "multi_thread")]
async fn two_simultaneous_starts_make_one_direct_conversation() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let (one, other) = tokio::join!(adas.talks_to([&grace]), graces.talks_to([&ada]));
    assert_eq!(one.id, other.id);
    assert_eq!(workspace.count("rooms").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_conversation_needs_another_person_and_keeps_its_people() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let talk = device.talks_to([&grace]).await.id;
    let before = workspace.stored().await;
    for (people, expected) in [
        (vec![], Code::NobodyChosen),
        (vec![ada.id], Code::NobodyChosen),
        ((0..=limits::DIRECT_PEOPLE).map(|_| PersonId::new()).collect(), Code::NobodyChosen),
        (vec![grace.id, PersonId::new()], Code::UnknownPerson),
    ] {
        assert_eq!(code(device.send(StartDirect { people }).await), expected);
    }
    assert_eq!(code(device.send(LeaveRoom { room: talk }).await), Code::WrongKindOfRoom);
    assert_eq!(device.send(JoinRoom { room: talk }).await.unwrap().id, talk);
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sidebar_lists_the_most_recently_active_room_first() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let compilers = device.creates_room("compilers").await;
    let order = async || device.snapshot().await.rooms.into_iter().map(|room| room.id).collect::<Vec<_>>();
    assert_eq!(order().await, [compilers, general]);
    device.posts(general, "Anybody here?").await;
    assert_eq!(order().await, [general, compilers]);
}
