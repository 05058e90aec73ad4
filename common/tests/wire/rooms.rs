//! Rooms listed, made, entered, left and opened; direct conversations.

use crate::{
    cast::{ADA, COMMAND, COMPILERS, GENERAL, GRACE, MORNING, ada_and_grace, compilers, general, page},
    snapshots::{assert_exchange, assert_reads_back, assert_snapshot},
};
use common::{
    ServerEvent,
    catch_up::LogEntry,
    messages::MessagePage,
    permissions::{MemberGroup, RoomRole},
    rooms::{
        ChangeMember, ChangeRoom, CreateRoom, InvitePeople, InvitedPeople, JoinRoom, LeaveRoom, ListRooms,
        MemberJoined, OpenRoom, RemoveMember, RoomCard, RoomChange, RoomKind, RoomSummary, RoomView, StarRoom,
        StartDirect,
    },
};

#[test]
fn public_rooms_are_listed_as_cards() {
    let card = RoomCard {
        id: GENERAL,
        name: "general".into(),
        topic: "Everyone is here. Say hello.".into(),
        members: 2,
        joined: true,
        archived: false,
    };
    let archived = RoomCard { id: COMPILERS, name: "old news".into(), joined: false, archived: true, ..card.clone() };
    assert_exchange(ListRooms {}, vec![card, archived]);
}

#[test]
fn a_room_is_created_with_a_kind_a_name_and_a_topic() {
    let topic = "Programs that write programs";
    let command = CreateRoom { kind: RoomKind::Private, name: "compilers".into(), topic: topic.into() };
    assert_exchange(command, compilers());
}

#[test]
fn a_room_can_be_created_without_a_topic() {
    let command: CreateRoom = serde_json::from_str(r#"{"kind": "public", "name": "compilers"}"#).expect("it is one");
    assert_eq!(command, CreateRoom { kind: RoomKind::Public, name: "compilers".into(), topic: String::new() });
}

#[test]
fn every_kind_of_room_reads_back() {
    for summary in [general(), compilers(), ada_and_grace()] {
        assert_reads_back(&summary);
    }
}

#[test]
fn joining_a_room_gives_its_summary() {
    assert_exchange(JoinRoom { room: GENERAL }, general());
}

#[test]
fn leaving_a_room_gives_nothing() {
    assert_exchange(LeaveRoom { room: GENERAL }, ());
}

#[test]
fn an_invitation_gives_who_is_new() {
    assert_exchange(InvitePeople { room: COMPILERS, people: vec![ADA, GRACE] }, InvitedPeople { people: vec![GRACE] });
}

#[test]
fn an_open_room_has_its_people_and_its_last_page() {
    let view = RoomView {
        summary: general(),
        members: vec![ADA, GRACE],
        owners: vec![ADA],
        page: page(),
        sought: None,
        readers: vec![],
    };
    assert_exchange(OpenRoom { room: GENERAL }, view);
}

#[test]
fn a_direct_conversation_has_no_name_but_its_people() {
    assert_exchange(StartDirect { people: vec![GRACE] }, ada_and_grace());
}

#[test]
fn a_room_is_changed_in_one_respect_at_a_time() {
    let change = |change| ChangeRoom { id: COMMAND, room: GENERAL, change };
    for change in [
        RoomChange::Topic(String::new()),
        RoomChange::Archived(true),
        RoomChange::Posting(MemberGroup::Owners),
        RoomChange::Announcing(MemberGroup::Everyone),
    ]
    .map(change)
    {
        assert_reads_back(&change);
    }
    assert_exchange(change(RoomChange::Name("engines".into())), ());
}

#[test]
fn a_member_is_given_another_role_or_removed() {
    let (id, room, person) = (COMMAND, COMPILERS, GRACE);
    assert_exchange(ChangeMember { id, room, person, role: RoomRole::Owner }, ());
    assert_exchange(RemoveMember { id, room, person }, ());
}

#[test]
fn a_room_is_starred() {
    assert_exchange(StarRoom { room: GENERAL, starred: true }, ());
}

#[test]
fn settings_are_left_out_where_nothing_is_set() {
    let (archived, starred) = (true, true);
    let (posting, announcing) = (MemberGroup::Owners, MemberGroup::Owners);
    let summary = RoomSummary { archived, starred, posting, announcing, ..compilers() };
    assert_reads_back(&summary);
    assert_snapshot("room_with_settings", &summary);
}

#[test]
fn a_page_has_what_happened_in_the_room_between_its_messages() {
    let (room, by, role) = (GENERAL, Some(ADA), RoomRole::Member);
    let joined = ServerEvent::MemberJoined(MemberJoined { room, seq: 2, person: GRACE, by, role, at: MORNING });
    let payload = joined.payload().expect("every payload can be written as JSON");
    let notes = vec![LogEntry { seq: 2, name: joined.name().into(), payload }];
    let page = MessagePage { notes, ..page() };
    assert_reads_back(&page);
    assert_snapshot("page_with_notes", &page);
}
