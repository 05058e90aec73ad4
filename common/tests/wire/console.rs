//! The console.

use crate::{
    cast::{ADA, CONNECTION, GENERAL, MORNING, ada_there, grace_there},
    snapshots::{assert_exchange, assert_reads_back, assert_snapshot},
};
use common::{
    Code, ServerEvent,
    announcements::{ANNOUNCED, Announce, Audience},
    audit::{AuditEntry, ListAudit},
    console::{
        ActivityPlace, CloseConnection, ConnectionCard, ConnectionChange, ConnectionsPage, GetOverview, Latency,
        ListActivity, ListConnections, Overview, Rate, RoomActivity, Tick, Traffic, TransportKind,
    },
    people::Role,
    refusal_log::{ListRefusals, LoggedRefusal},
    retention::SetRetention,
    roster::{Account, ListRoster, SetActive, SetRole, SignOut},
};

fn refused() -> LoggedRefusal {
    LoggedRefusal {
        number: 7,
        at: MORNING,
        namespace: "/admin".into(),
        middleware: "role".into(),
        code: Code::NotAnAdmin,
        why: Code::NotAnAdmin.sentence(),
        remedy: "Make them an admin under People, if they may see this.".into(),
        event: None,
        address: "203.0.113.7".into(),
        connection: None,
        person: Some(grace_there()),
        program: None,
        times: 3,
    }
}

fn tick() -> Tick {
    let rate = |name: &str, count| Rate { name: name.into(), count };
    Tick {
        at: MORNING,
        connections: 2,
        people: 2,
        comings: vec![ConnectionChange {
            at: MORNING,
            connection: CONNECTION,
            person: Some(ada_there()),
            program: None,
            namespace: "/chat".into(),
            address: "203.0.113.7".into(),
            reason: Some("transport close".into()),
        }],
        opened: 0,
        closed: 1,
        commands: vec![rate("message:post", 12)],
        events: vec![rate("message:posted", 12)],
        latency: Latency { p50: 610, p95: 1_820, p99: 2_270 },
        memory: 26_600_000,
        cpu: 12,
        database: 4_194_304,
        received: 4_800,
        sent: 14_400,
        refused: 3,
        door: vec![refused()],
        reports: 2,
    }
}

#[test]
fn a_second_is_told() {
    assert_reads_back(&tick());
    assert_snapshot("event_console_tick", &tick());
}

#[test]
fn how_things_stand_is_looked_at() {
    let overview = Overview { version: "0.1.0".into(), started_at: MORNING - 60_000, ticks: vec![tick()] };
    assert_exchange(GetOverview {}, overview);
}

#[test]
fn rooms_are_listed_by_activity() {
    let room = RoomActivity {
        id: GENERAL,
        name: "general".into(),
        members: 12,
        today: 340,
        active_at: MORNING,
        retention: Some(90),
    };
    let place = ActivityPlace { active_at: MORNING, room: GENERAL };
    assert_eq!(room.place(), place);
    assert_exchange(ListActivity { after: Some(place), query: "gen".into() }, vec![room]);
}

#[test]
fn connections_are_listed_and_closed() {
    let connection = ConnectionCard {
        id: CONNECTION,
        person: Some(ada_there()),
        program: None,
        device: "Firefox on Linux".into(),
        address: "203.0.113.7".into(),
        transport: TransportKind::WebSocket,
        namespaces: vec!["/chat".into(), "/admin".into()],
        rooms: 4,
        since: MORNING,
        round_trip: Some(23_000),
        received: Traffic { bytes: 4_800, packets: 31 },
        sent: Traffic { bytes: 14_400, packets: 96 },
        queue: 0,
    };
    let page = ConnectionsPage { connections: vec![connection], more: false };
    assert_exchange(ListConnections { after: None, query: "ada".into() }, page);
    assert_exchange(CloseConnection { connection: CONNECTION }, ());
}

#[test]
fn everyone_is_told_something() {
    assert!(ServerEvent::NAMES.contains(&ANNOUNCED));
    assert_exchange(Announce { to: Audience::Room(GENERAL), text: "Tea at four.".into() }, 12);
    assert_reads_back(&Announce { to: Audience::Namespace("/lobby".into()), text: "Hello.".into() });
}

#[test]
fn the_door_log_is_read() {
    assert_exchange(ListRefusals { before: Some(8), query: "role".into() }, vec![refused()]);
}

#[test]
fn the_roster_is_read_and_changed() {
    let account = Account {
        person: ada_there(),
        role: Role::Owner,
        since: MORNING,
        deactivated: false,
        banned: false,
        sessions: 2,
        connections: 1,
    };
    assert_exchange(ListRoster { after: None, query: String::new() }, vec![account]);
    assert_exchange(SetRole { person: ADA, role: Role::Admin }, ());
    assert_exchange(SetActive { person: ADA, active: false }, ());
    assert_exchange(SignOut { person: ADA }, ());
}

#[test]
fn the_audit_log_is_read() {
    let act = AuditEntry {
        number: 1,
        at: MORNING,
        by: ada_there(),
        act: "person:role".into(),
        subject: "Grace Hopper (@grace)".into(),
        details: "from member to admin".into(),
    };
    assert_exchange(ListAudit { before: None, query: "grace".into() }, vec![act]);
}

#[test]
fn a_room_keeps_its_messages_for_some_days() {
    assert_exchange(SetRetention { room: GENERAL, days: Some(90) }, ());
}
