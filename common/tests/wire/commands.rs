//! No command without a snapshot, no name out of shape.

use crate::snapshots::{folder, name_of};
use common::words::COMMANDS;
use std::{fs, path::Path};

/// The names in the `command!` lines of this crate.
fn names() -> Vec<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = fs::read_dir(sources).expect("this crate has sources");
    let paths = entries.map(|entry| entry.expect("it is listed").path()).filter(|path| path.is_file());
    let texts = paths.map(|path| fs::read_to_string(path).expect("it is a text"));
    let names_in = |text: String| {
        let lines = text.lines().filter(|line| line.starts_with("command!("));
        lines.filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect::<Vec<_>>()
    };
    texts.flat_map(names_in).collect()
}

#[test]
fn every_command_has_a_snapshot() {
    let names = names();
    assert!(names.contains(&"message:post".to_owned()), "found {names:?}");
    for name in names {
        let snapshot = folder().join(name_of("command", &name)).with_extension("snap");
        assert!(snapshot.exists(), "{name} has no snapshot: test it with assert_exchange");
    }
}

#[test]
fn every_command_can_be_read_under_the_hood() {
    let (mut names, mut known) = (names(), COMMANDS.to_vec());
    names.sort();
    known.sort_unstable();
    assert_eq!(known, names, "list it in common/src/words/registry.rs");
}

#[test]
fn a_command_is_named_by_feature_and_verb_and_no_two_alike() {
    let mut names = names();
    for name in &names {
        let parts: Vec<_> = name.split(':').collect();
        let is_word = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase());
        assert!(parts.len() == 2 && parts.iter().all(is_word), "{name}");
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}
