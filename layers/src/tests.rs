//! Small workspaces in memory, each with one thing that has to be found, or left alone.

use crate::{
    check::Report,
    graph::Graph,
    workspace::{self, Files},
};

/// A workspace of one crate; paths are those inside its `src`.
fn workspace(name: &str, sources: &[(&str, &str)]) -> Files {
    let mut files = Files::from([
        ("Cargo.toml".to_owned(), format!("[workspace]\nmembers = [\"{name}\", \"not-yet\"]\n")),
        (format!("{name}/Cargo.toml"), format!("[package]\nname = \"{name}\"\n")),
    ]);
    files.extend(sources.iter().map(|(path, text)| (format!("{name}/src/{path}"), (*text).to_owned())));
    files
}

fn graph(files: &Files) -> Graph {
    Graph::read(files, &workspace::packages(files)[0]).unwrap()
}

/// Every use as `from → to`, inside the `src` of the crate `common`.
fn uses(sources: &[(&str, &str)]) -> Vec<String> {
    let graph = graph(&workspace("common", sources));
    let short = |file: usize| graph.files[file].strip_prefix("common/src/").unwrap().to_owned();
    let mut uses: Vec<_> = graph.uses.iter().map(|each| format!("{} → {}", short(each.from), short(each.to))).collect();
    uses.dedup();
    uses
}

fn broken(files: &Files) -> Vec<String> {
    let report = Report::of(files).unwrap();
    let lines: Vec<_> = report.lines.iter().filter(|line| line.starts_with("  ")).cloned().collect();
    assert_eq!(report.is_clean(), lines.is_empty(), "{lines:?}");
    lines
}

#[test]
fn an_arrow_upward_is_found_with_its_line() {
    let files = workspace(
        "server",
        &[
            ("lib.rs", "mod commands; mod realtime; mod config;"),
            ("config.rs", "pub fn read() {}"),
            ("commands/mod.rs", "use crate::{config, realtime};\nfn post() { realtime::tell(config::read()) }"),
            ("realtime/mod.rs", "pub mod rooms;\npub fn tell() {}"),
            ("realtime/rooms.rs", "\nuse crate::commands;\nfn join() { commands::post() }"),
        ],
    );
    let sentence = "realtime is below commands and must not use it";
    let arrow = "server/src/realtime/rooms.rs:3 → server/src/commands/mod.rs  commands::post";
    assert_eq!(broken(&files), [format!("  {arrow}: {sentence}")]);
}

#[test]
fn ground_uses_only_ground_and_no_room_uses_the_roof() {
    let files = workspace(
        "server",
        &[
            ("lib.rs", "mod boot; mod config; pub struct Server;"),
            ("boot.rs", "fn start() -> crate::Server { crate::config::read() }"),
            ("config.rs", "pub fn read() { crate::boot::start() }"),
        ],
    );
    let lines = broken(&files);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].ends_with("lib.rs is above all rooms and must not be used by boot"), "{lines:?}");
    assert!(lines[1].ends_with("config is ground and must use nothing but ground"), "{lines:?}");
}

#[test]
fn entries_are_counted_and_each_has_a_floor() {
    let names = ["boot", "namespaces", "http", "commands", "jobs", "operations", "realtime", "config", "attic"];
    let root: String = names.iter().map(|name| format!("mod {name};")).collect();
    let paths: Vec<_> = names.iter().map(|name| format!("{name}.rs")).collect();
    let mut sources = vec![("lib.rs", root.as_str()), ("main.rs", "")];
    sources.extend(paths.iter().map(|path| (path.as_str(), "")));
    let lines = broken(&workspace("server", &sources));
    assert_eq!(
        lines,
        [
            "  server/src/ has too many entries: put each file into a room",
            "  server/src/ has entries without a floor in layers/src/rules.rs: attic.rs"
        ]
    );
}

#[test]
fn dependencies_follow_the_table() {
    let manifest = "[package]\nname = \"store\"\n\n[dependencies]\n# app = 1\ncommon.workspace = true\naxum-extra.workspace = true\n\n\
        [target.'cfg(unix)'.dependencies]\nserver = { path = \"../server\" }\n\n[dev-dependencies]\nleptos = \"1\"\n";
    let mut files = workspace("store", &[("lib.rs", "")]);
    files.insert(
        "Cargo.toml".to_owned(),
        "[workspace]\nmembers = [\"store\", \"server\", \"common\", \"shed\"]".to_owned(),
    );
    files.insert("store/Cargo.toml".to_owned(), manifest.to_owned());
    for name in ["server", "common", "shed"] {
        files.insert(format!("{name}/Cargo.toml"), format!("[package]\nname = \"{name}\""));
    }
    assert_eq!(
        broken(&files),
        [
            "  store/Cargo.toml:7 → axum-extra: store must not depend on axum-extra",
            "  store/Cargo.toml:10 → server: store must not depend on server",
            "  shed/Cargo.toml: this crate has no line in layers/src/rules.rs"
        ]
    );
}

#[test]
fn a_re_export_is_followed_to_the_definition() {
    let sources = [
        ("lib.rs", "mod rooms; mod pages; pub use rooms::*;"),
        ("rooms/mod.rs", "mod store;\npub(crate) use store::{Row as Line, inner::Deep};"),
        ("rooms/store.rs", "pub struct Row;\npub mod inner { pub struct Deep; }"),
        ("pages.rs", "use crate::{Line, rooms::Deep};"),
    ];
    assert_eq!(uses(&sources), ["pages.rs → rooms/store.rs"]);
}

#[test]
fn a_circle_through_a_re_export_counts_and_is_compared_with_its_limit() {
    let names: Vec<String> = (0..11).map(|at| format!("part{at}")).collect();
    let root: String =
        names.iter().map(|name| format!("mod {name}; pub use {name}::{};", name.to_uppercase())).collect();
    let circle = |length: usize| {
        let mut sources = vec![("lib.rs".to_owned(), root.clone())];
        for (at, name) in names.iter().enumerate() {
            let next = names[(at + 1) % length].to_uppercase();
            sources.push((format!("{name}.rs"), format!("use crate::{next};\npub struct {};", name.to_uppercase())));
        }
        let sources: Vec<_> = sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        workspace("common", &sources)
    };
    assert_eq!(graph(&circle(10)).circles()[0].len(), 10);
    assert!(broken(&circle(10)).is_empty());
    let lines = broken(&circle(11));
    assert_eq!(lines[0], "  11 files use each other in a circle (layers --circle common):");
    assert_eq!(lines.len(), 12);
    assert!(!lines.contains(&"    common/src/lib.rs".to_owned()));
}

#[test]
fn tests_do_not_count() {
    let sources = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "#[cfg(test)]\nuse crate::b::{self, B};\n#[cfg(test)]\nmod tests { use crate::b::B; }\npub struct A;"),
        (
            "b.rs",
            "pub struct B;\n#[cfg(test)]\nfn helps<T, U>(of: crate::a::A) { crate::a::A }\nimpl B { #[cfg(all(test, unix))] fn x(&self) { crate::a::A } }",
        ),
        ("c.rs", "#[cfg(test)]\nmod far;\n#[cfg(not(test))]\nuse crate::b::B;"),
        ("c/far.rs", "use crate::a::A;"),
    ];
    assert_eq!(uses(&sources), ["c.rs → b.rs"]);
}

#[test]
fn tokens_of_macros_count() {
    let sources = [
        ("lib.rs", "#[macro_use] mod words; mod rooms; mod list; mod page; mod wire;"),
        (
            "words.rs",
            "macro_rules! columns { () => { $crate::rooms::Row } }\n#[macro_export] macro_rules! each { () => {} }",
        ),
        ("rooms.rs", "pub struct Row; pub fn list() {}"),
        ("list.rs", "use crate::rooms;\nevery! { rooms::Row, }"),
        ("page.rs", "crate::each!();\nfn page() { view! { <p>{crate::list::all!()}</p> } }"),
        ("wire.rs", "#[serde(with = \"crate::rooms\", default = \"crate::rooms::list\")]\nstruct Wire;"),
    ];
    assert_eq!(
        uses(&sources),
        ["words.rs → rooms.rs", "list.rs → rooms.rs", "page.rs → words.rs", "page.rs → list.rs", "wire.rs → rooms.rs"]
            .map(str::to_owned)
            .to_vec()
    );
}

#[test]
fn a_module_means_the_parts_of_it_that_are_used() {
    let sources = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a/mod.rs", "mod deep;\npub use deep::*;\npub fn here() {}"),
        ("a/deep.rs", "pub fn there() {}\npub enum Kind { One }"),
        ("b.rs", "use crate::a;\nfn b() { a::there() }"),
        ("c.rs", "use super::a::*;\nfn c() { here(); x.there(); 'there: loop {} }"),
        ("d.rs", "use crate::a as other;\nfn d(one: &mut super::a::Kind) { 0..super::b::b() }"),
    ];
    assert_eq!(
        uses(&sources),
        ["b.rs → a/deep.rs", "c.rs → a/mod.rs", "d.rs → a/mod.rs", "d.rs → a/deep.rs", "d.rs → b.rs"]
    );
}

#[test]
fn names_from_outside_and_names_that_macros_make() {
    let sources = [
        ("lib.rs", "mod ids; mod a; mod b;\npub use ids::RoomId;"),
        ("ids.rs", "id! { RoomId }"),
        ("a.rs", "use std::fmt;\nuse crate::RoomId;\npub(crate) use serde::Serialize;"),
        ("b.rs", "use super::a::Serialize;\nuse serde::a::Other;\nfn b() { fmt::a::b(); <T>::a::c() }"),
    ];
    assert_eq!(uses(&sources), ["a.rs → ids.rs"]);
}

#[test]
fn a_private_import_is_seen_by_its_own_module_and_those_inside() {
    let sources = [
        ("lib.rs", "mod front; mod thing; mod user;"),
        ("thing.rs", "pub struct Thing;"),
        ("front.rs", "mod x; mod y; pub use x::*; pub use y::*;"),
        ("front/x.rs", "use crate::thing::Thing;\nmod inner { use super::Thing; }"),
        ("front/y.rs", "pub struct Thing;"),
        ("user.rs", "use crate::front::Thing;"),
    ];
    assert_eq!(uses(&sources), ["front/x.rs → thing.rs", "user.rs → front/y.rs"]);
}

#[test]
fn a_name_with_something_inside_is_the_module_and_not_the_function() {
    let sources = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub mod list;\npub fn list() {}"),
        ("a/list.rs", "pub fn all() {}"),
        ("b.rs", "fn b() { crate::a::list::all() }"),
    ];
    assert_eq!(uses(&sources), ["b.rs → a/list.rs"]);
}

#[test]
fn a_program_uses_the_library_of_its_package() {
    let sources =
        [("lib.rs", "pub mod a;"), ("a.rs", "pub fn run() {}"), ("main.rs", "fn main() { common::a::run() }")];
    assert_eq!(uses(&sources), ["main.rs → a.rs"]);
}
