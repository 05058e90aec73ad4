//! The workspace as text: its files, its crates and their dependencies.

use anyhow::{Context, Result};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Paths from the root of the workspace, each with its text. Only Rust and TOML are read; other
/// files have no text here.
pub type Files = BTreeMap<String, String>;

/// A dependency in a `Cargo.toml`.
#[derive(Debug, PartialEq, Eq)]
pub struct Dependency {
    pub name: String,
    pub line: usize,
}

#[derive(Debug)]
pub struct Package {
    pub folder: String,
    pub name: String,
    /// Without `dev-dependencies`.
    pub dependencies: Vec<Dependency>,
    /// Paths of the files that the compiler starts from, the library first.
    pub roots: Vec<String>,
}

/// Reads every member's `Cargo.toml` and everything in its `src`.
///
/// # Errors
/// When no folder above has a workspace, or a file cannot be read.
pub fn read() -> Result<Files> {
    let here = std::env::current_dir()?;
    let root = here.ancestors().find(|folder| is_root(folder)).context("no workspace here")?;
    let mut files = Files::new();
    add(&mut files, root, &root.join("Cargo.toml"))?;
    for member in members(&files["Cargo.toml"]) {
        let folder = root.join(&member);
        if folder.join("Cargo.toml").exists() {
            add(&mut files, root, &folder.join("Cargo.toml"))?;
            add(&mut files, root, &folder.join("src"))?;
        }
    }
    Ok(files)
}

fn is_root(folder: &Path) -> bool {
    fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.lines().any(|line| line == "[workspace]"))
}

fn add(files: &mut Files, root: &Path, path: &PathBuf) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            add(files, root, &entry?.path())?;
        }
        return Ok(());
    }
    let is_text = path.extension().is_some_and(|extension| extension == "rs" || extension == "toml");
    let text =
        if is_text { fs::read_to_string(path).with_context(|| path.display().to_string())? } else { String::new() };
    files.insert(path.strip_prefix(root)?.to_string_lossy().replace('\\', "/"), text);
    Ok(())
}

/// The crates of the workspace. A member without a folder is left out.
pub fn packages(files: &Files) -> Vec<Package> {
    let members = members(&files["Cargo.toml"]);
    members.into_iter().filter_map(|folder| package(files, folder)).collect()
}

fn members(manifest: &str) -> Vec<String> {
    let list = manifest.split_once("\nmembers").and_then(|(_, rest)| rest.split_once('[')).map_or("", |(_, list)| list);
    let list = list.split(']').next().unwrap_or_default();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn package(files: &Files, folder: String) -> Option<Package> {
    let manifest = files.get(&format!("{folder}/Cargo.toml"))?;
    let (mut name, mut dependencies, mut roots) = (String::new(), Vec::new(), Vec::new());
    roots.extend(["src/lib.rs", "src/main.rs"].map(str::to_owned));
    let mut section = "";
    for (line, text) in (1..).zip(manifest.lines()) {
        if let Some(header) = text.strip_prefix('[') {
            section = header.trim_matches(['[', ']']);
            // `[dependencies.name]` is a dependency in a section of its own.
            if let Some((_, name)) = section.rsplit_once('.').filter(|(kind, _)| is_for_all(kind)) {
                dependencies.push(Dependency { name: name.to_owned(), line });
                section = "";
            }
        } else if text.starts_with('#') {
            continue;
        } else if let Some((key, value)) = text.split_once('=') {
            let key = key.trim().split('.').next().unwrap_or_default().trim_matches('"');
            match (section, key) {
                ("package", "name") => name = value.trim().trim_matches('"').to_owned(),
                ("bin", "path") => roots.push(value.trim().trim_matches('"').to_owned()),
                _ if is_for_all(section) => dependencies.push(Dependency { name: key.to_owned(), line }),
                _ => {}
            }
        }
    }
    let programs = files.keys().filter_map(|path| path.strip_prefix(&format!("{folder}/")).map(str::to_owned));
    roots.extend(programs.filter(|path| path.starts_with("src/bin/") && path.ends_with(".rs")));
    let mut seen: Vec<String> = Vec::new();
    for root in roots.into_iter().map(|root| format!("{folder}/{root}")) {
        if files.contains_key(&root) && !seen.contains(&root) {
            seen.push(root);
        }
    }
    Some(Package { folder, name, dependencies, roots: seen })
}

/// Whether a section lists what the crate itself needs, on any target; tests' needs are apart.
fn is_for_all(section: &str) -> bool {
    let kind = section.rsplit_once("'.").map_or(section, |(_, kind)| kind);
    kind == "dependencies" || kind == "build-dependencies"
}
