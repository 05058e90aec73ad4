//! Rooms listed, made, entered, left and opened; direct conversations.

use crate::{
    cast::{ADA, COMPILERS, GENERAL, GRACE, ada_and_grace, compilers, general, page},
    snapshots::{assert_exchange, assert_reads_back},
};
use common::rooms::{
    CreateRoom, InvitePeople, Invited, JoinRoom, LeaveRoom, ListRooms, OpenRoom, RoomCard, RoomKind, RoomView,
    StartDirect,
};

#[test]
fn public_rooms_are_listed_as_cards() {
    let card = RoomCard {
        id: GENERAL,
        name: "general".into(),
        topic: "Everyone is here. Say hello.".into(),
        members: 2,
        joined: true,
    };
    assert_exchange(ListRooms {}, vec![card]);
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
    assert_exchange(InvitePeople { room: COMPILERS, people: vec![ADA, GRACE] }, Invited { people: vec![GRACE] });
}

#[test]
fn an_open_room_has_its_people_and_its_last_page() {
    let view = RoomView { summary: general(), members: vec![ADA, GRACE], page: page() };
    assert_exchange(OpenRoom { room: GENERAL }, view);
}

#[test]
fn a_direct_conversation_has_no_name_but_its_people() {
    assert_exchange(StartDirect { people: vec![GRACE] }, ada_and_grace());
}
