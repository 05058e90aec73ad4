//! The lobby: what is said there, and its rooms.

use crate::snapshots::{assert_exchange, assert_reads_back, assert_snapshot};
use common::lobby::{
    Attribution, Audience, DeliveryCount, EnterRoom, LeaveRoom, LobbyRoom, Namespace, Nickname, Say, Welcome,
};

fn otter() -> Nickname {
    Nickname { name: "Blue otter".into(), hue: 8 }
}

#[test]
fn somebody_says_something() {
    assert_exchange(Say { text: "Tea is ready.".into(), to: Audience::Room("tea".into()) }, DeliveryCount { told: 3 });
}

#[test]
fn somebody_enters_a_room_and_leaves_it() {
    assert_exchange(EnterRoom { room: "tea".into() }, LobbyRoom { room: "tea".into(), members: 3 });
    assert_exchange(LeaveRoom { room: "tea".into() }, LobbyRoom { room: "tea".into(), members: 2 });
}

#[test]
fn a_connection_is_told_who_it_is() {
    let welcome = Welcome { you: otter(), namespace: Namespace::Lobby };
    assert_reads_back(&welcome);
    assert_snapshot("lobby_welcome", &welcome);
}

#[test]
fn beside_what_is_said_stands_who_says_it_and_to_whom() {
    let audiences =
        [Audience::Everyone, Audience::Others, Audience::Room("tea".into()), Audience::Namespace(Namespace::Garden)];
    let said = audiences.map(|to| Attribution { from: otter(), to });
    said.iter().for_each(assert_reads_back);
    assert_snapshot("lobby_said", &said);
}
