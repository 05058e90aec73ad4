//! What a page load starts from.

use crate::{
    cast::{ADA, GENERAL, GRACE, HELLO, MORNING, NOWHERE, ada, ada_and_grace, compilers, general, grace, page},
    snapshots::{assert_exchange, assert_reads_back, assert_snapshot},
};
use common::{
    notifications::Quiet,
    page::{GetSnapshot, Page, Place, Snapshot, Workspace},
    presence::Presence,
    reading::Reader,
    rooms::{RoomCard, RoomView},
};

fn workspace() -> Workspace {
    Workspace { name: "Analytical Engines".into(), sign_up_open: true, file_limit: 250_000_000 }
}

fn room() -> Place {
    Place::Room(Box::new(RoomView {
        summary: general(),
        members: vec![ADA, GRACE],
        owners: vec![ADA],
        page: page(),
        sought: None,
        readers: vec![Reader { person: ADA, seq: 3 }],
    }))
}

/// What Grace sees.
fn snapshot(place: Place) -> Snapshot {
    Snapshot {
        me: grace(),
        workspace: workspace(),
        people: vec![ada(), grace()],
        rooms: vec![ada_and_grace(), compilers(), general()],
        saved: vec![HELLO],
        presence: vec![
            Presence { person: ADA, connections: 2, away: false },
            Presence { person: GRACE, connections: 1, away: false },
        ],
        blocked: vec![],
        place,
        thread: None,
        threads: vec![],
        quiet: Quiet::default(),
        at: MORNING + 6_000,
    }
}

fn assert_page(name: &str, page: &Page) {
    assert_reads_back(page);
    assert_snapshot(&format!("page_{name}"), page);
}

fn assert_place(name: &str, place: &Place) {
    assert_reads_back(place);
    assert_snapshot(&format!("place_{name}"), place);
}

#[test]
fn a_snapshot_has_everything_for_one_person() {
    assert_exchange(GetSnapshot { room: Some(GENERAL) }, snapshot(room()));
}

#[test]
fn a_snapshot_can_be_had_without_a_room() {
    let command: GetSnapshot = serde_json::from_str("{}").expect("it is one");
    assert_eq!(command, GetSnapshot { room: None });
}

#[test]
fn a_page_depends_on_who_asks() {
    assert_page("set_up", &Page::SetUp);
    assert_page("visitor", &Page::Visitor(workspace()));
    assert_page("chat", &Page::Chat(Box::new(snapshot(Place::Home))));
}

#[test]
fn a_place_is_home_or_a_room_or_what_one_may_know_of_it() {
    let (name, topic) = ("general".into(), "Say hello.".into());
    let card = RoomCard { id: GENERAL, name, topic, members: 1, joined: false, archived: false };
    assert_place("home", &Place::Home);
    assert_place("room", &room());
    assert_place("joinable", &Place::Joinable(card));
    assert_place("unknown", &Place::Unknown { room: NOWHERE });
}

#[test]
fn a_snapshot_says_whom_one_has_blocked() {
    assert_reads_back(&Snapshot { blocked: vec![ADA], ..snapshot(Place::Home) });
}
