//! How a value becomes a snapshot, after it has been written as JSON and read back.

use crate::cast::Known;
use common::{Answer, Command, words::InWords};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, path::PathBuf};

/// One file per snapshot, all in one folder whatever module the test is in.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// The snapshot's name for something on the wire: `command` and `room:join` give `command_room_join`.
pub fn name_of(what: &str, name: &str) -> String {
    format!("{what}_{}", name.replace(':', "_"))
}

/// Compares a value with the snapshot of that name, its maps sorted: their order is no promise.
pub fn assert_snapshot(name: &str, value: &impl Serialize) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_sort_maps(true);
    settings.bind(|| insta::assert_json_snapshot!(name, value));
}

/// Reads what was written and expects the same value.
pub fn assert_reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let written = serde_json::to_string(value).expect("a value of the wire can be written");
    let read: T = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(&read, value, "{written}");
}

/// A command's name and payload, and its acknowledgement: one snapshot for both directions. Beside it is what
/// people read of them under the hood, which is not on the wire.
#[derive(Serialize)]
struct Exchange<'a, C: Command> {
    command: &'static str,
    payload: &'a C,
    acknowledgement: &'a Answer<C::Reply>,
    in_words: [String; 2],
}

/// Compares a command and its reply with their snapshot; both read back.
pub fn assert_exchange<C>(payload: C, reply: C::Reply)
where
    C: Command + InWords<C::Reply> + PartialEq + Debug,
    C::Reply: PartialEq + Debug,
{
    let in_words = [payload.asked(&Known), format!("The server {}.", payload.answered(&reply, &Known))];
    let acknowledgement = Answer::Ok(reply);
    assert_reads_back(&payload);
    assert_reads_back(&acknowledgement);
    let exchange = Exchange { command: C::NAME, payload: &payload, acknowledgement: &acknowledgement, in_words };
    assert_snapshot(&name_of("command", C::NAME), &exchange);
}
