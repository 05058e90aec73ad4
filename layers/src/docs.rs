//! The documents show real code: each block is compared with the file that it is from, and each path
//! that they name exists.
//!
//! A block of Rust follows `<!-- from FILE -->`. Its lines follow each other in that file, indentation
//! apart. A line `…` skips lines of the file; at the end of a line it also skips the rest of that line.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The documents that are checked.
const DOCUMENTS: &[&str] = &["docs/architecture.md", "docs/adding-a-feature.md"];

/// A block of Rust in a document.
struct Block<'a> {
    /// The line of the document in which it begins.
    line: usize,
    /// The file that it is from.
    file: Option<&'a str>,
    lines: Vec<&'a str>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in a workspace").to_owned()
}

/// The blocks of Rust of a document, and its text without any block.
fn parts(document: &str) -> (Vec<Block<'_>>, String) {
    let (mut blocks, mut prose, mut file) = (Vec::new(), String::new(), None);
    let mut lines = (1..).zip(document.lines());
    while let Some((line, text)) = lines.next() {
        if let Some(language) = text.strip_prefix("```") {
            let inside = lines.by_ref().map(|(_, text)| text).take_while(|text| *text != "```").collect();
            if language == "rust" {
                blocks.push(Block { line, file, lines: inside });
            }
            file = None;
        } else if !text.is_empty() {
            file = text.strip_prefix("<!-- from ").and_then(|rest| rest.strip_suffix(" -->"));
            prose.push_str(text);
            prose.push('\n');
        }
    }
    (blocks, prose)
}

/// The first line of a block that a file does not have in its place.
fn missing<'a>(block: &[&'a str], source: &str) -> Option<&'a str> {
    let source: Vec<&str> = source.lines().map(str::trim).collect();
    let (mut start, mut rest) = (0, block);
    while let Some(first) = rest.iter().position(|line| line.trim() != "…") {
        let run = &rest[first..];
        let end = run.iter().position(|line| line.trim_end().ends_with('…'));
        let (length, next) = match end {
            Some(end) if run[end].trim() == "…" => (end, end + 1),
            Some(end) => (end + 1, end + 1),
            None => (run.len(), run.len()),
        };
        let run = &run[..length];
        let matching =
            |place: usize| run.iter().zip(&source[place..]).take_while(|(line, text)| is(line, text)).count();
        match (start..source.len()).find(|place| matching(*place) == run.len()) {
            Some(place) => start = place + run.len(),
            None => {
                let longest = (start..source.len()).map(matching).max().unwrap_or(0);
                return Some(run[longest]);
            }
        }
        rest = &rest[first + next..];
    }
    None
}

fn is(line: &str, text: &str) -> bool {
    let line = line.trim();
    line.strip_suffix('…').map_or(line == text, |begin| text.starts_with(begin.trim_end()))
}

/// Everything in backticks that looks like a file or a folder of the repository.
fn paths<'a>(prose: &'a str, roots: &BTreeSet<String>) -> Vec<&'a str> {
    let is_path = |text: &&str| {
        let Some((first, rest)) = text.split_once('/').filter(|(first, _)| !first.is_empty()) else { return false };
        let is_plain = text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-./".contains(letter));
        let has_extension = rest.rsplit('/').next().is_some_and(|name| name.contains('.'));
        is_plain && (has_extension || roots.contains(first))
    };
    prose.split('`').skip(1).step_by(2).filter(is_path).collect()
}

/// What is wrong with a document, a sentence each.
fn faults(name: &str, document: &str, root: &Path) -> Vec<String> {
    let (blocks, prose) = parts(document);
    let mut faults = Vec::new();
    for Block { line, file, lines } in blocks {
        let Some(file) = file else {
            faults.push(format!("{name}:{line}: put <!-- from FILE --> before this block"));
            continue;
        };
        match fs::read_to_string(root.join(file)) {
            Ok(source) => faults.extend(
                missing(&lines, &source).map(|missing| format!("{name}:{line}: {file} does not have: {missing}")),
            ),
            Err(error) => faults.push(format!("{name}:{line}: {file}: {error}")),
        }
    }
    let entries = fs::read_dir(root).expect("the workspace can be read").filter_map(Result::ok);
    let roots = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let lost = paths(&prose, &roots).into_iter().filter(|path| !root.join(path).exists());
    faults.extend(lost.map(|path| format!("{name}: {path} does not exist")));
    faults
}

#[test]
fn the_documents_show_the_code_as_it_is() {
    let root = root();
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("the document can be read");
    let faults: Vec<String> = DOCUMENTS.iter().flat_map(|name| faults(name, &read(name), &root)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn architecture_md_stays_short() {
    let document = fs::read_to_string(root().join(DOCUMENTS[0])).expect("the document can be read");
    let words = document.split_whitespace().count();
    assert!(words <= 2_000, "{words} words: put details beside the code");
}

#[test]
fn a_changed_line_is_found() {
    let source = "fn a() {\n    one();\n    two();\n    three(1, 2);\n}\n";
    assert_eq!(missing(&["one();", "two();"], source), None);
    assert_eq!(missing(&["fn a() {", "…", "    three(…", "}"], source), None);
    assert_eq!(missing(&["…", "one();", "…"], source), None);
    assert_eq!(missing(&["one();", "three(1, 2);"], source), Some("three(1, 2);"));
    assert_eq!(missing(&["two();", "…", "one();"], source), Some("one();"));
    assert_eq!(missing(&["four();"], source), Some("four();"));
}

#[test]
fn a_block_without_a_file_and_a_lost_path_are_found() {
    let document = "Read `layers/src/lost.rs` and `bin/`, not `/admin`.\n\n```rust\none();\n```\n\n\
                    <!-- from layers/src/lost.rs -->\n\n```rust\none();\n```\n\n\
                    <!-- from layers/src/docs.rs -->\n```rust\nfn root() -> PathBuf {\n```\n";
    let faults = faults("a.md", document, &root());
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert_eq!(faults[0], "a.md:3: put <!-- from FILE --> before this block");
    assert!(faults[1].starts_with("a.md:9: layers/src/lost.rs: "), "{faults:?}");
    assert_eq!(faults[2], "a.md: layers/src/lost.rs does not exist");
}
