//! What the fuzzer starts from, and what it has found.

#[path = "../../fuzz/fuzz_targets/law.rs"]
mod law;

use std::{fs, path::Path};

#[test]
fn the_law_holds_for_every_input_that_was_kept() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/codec");
    let inputs: Vec<_> = fs::read_dir(corpus).expect("there is a corpus").map(|entry| entry.unwrap().path()).collect();
    assert!(inputs.len() >= 10, "{inputs:?}");
    for input in inputs {
        law::holds(&fs::read(&input).unwrap());
    }
}
