//! The checks: each adds a line to the report, and a line for every rule that is broken.

use crate::{
    graph::{Graph, Use},
    rules::{CRATES, Crate, FLOORS, GROUND, HOUSE, MOST_ENTRIES, ROOF},
    workspace::{self, Files, Package},
};
use anyhow::Result;
use std::collections::BTreeSet;

#[derive(Debug, Default)]
pub struct Report {
    pub lines: Vec<String>,
    pub files: usize,
    pub upward: usize,
    pub circles: usize,
    pub others: usize,
}

impl Report {
    /// # Errors
    /// When a crate's files cannot be read as Rust.
    pub fn of(files: &Files) -> Result<Self> {
        let mut report = Self::default();
        let packages = workspace::packages(files);
        report.crates(&packages);
        for package in &packages {
            let graph = Graph::read(files, package)?;
            report.files += graph.files.len();
            report.others += graph.missing.len();
            report.lines.extend(graph.missing.iter().map(|sentence| format!("  {sentence}")));
            report.circle(package, &graph);
            if package.name == HOUSE {
                report.entries(files, package);
                report.rooms(package, &graph);
            }
        }
        report.close();
        Ok(report)
    }

    pub fn is_clean(&self) -> bool {
        self.upward + self.circles + self.others == 0
    }

    fn say(&mut self, line: String) {
        self.lines.push(line);
    }

    fn crates(&mut self, packages: &[Package]) {
        let before = self.upward;
        for package in packages {
            let Some(rule) = rule(package) else {
                self.others += 1;
                self.say(format!("  {}/Cargo.toml: this crate has no line in layers/src/rules.rs", package.folder));
                continue;
            };
            for dependency in &package.dependencies {
                let is_ours = packages.iter().any(|other| other.name == dependency.name);
                let is_upward = is_ours && !rule.may_use.contains(&dependency.name.as_str());
                let family = rule.must_not_use.iter().find(|family| is_of(&dependency.name, family));
                if is_upward || family.is_some() {
                    self.upward += 1;
                    let (place, name, other) = (&package.folder, &package.name, &dependency.name);
                    self.say(format!(
                        "  {place}/Cargo.toml:{} → {other}: {name} must not depend on {other}",
                        dependency.line
                    ));
                }
            }
        }
        self.say(format!("crates: {} crates, {} dependencies upward", packages.len(), self.upward - before));
    }

    fn circle(&mut self, package: &Package, graph: &Graph) {
        let circles = graph.circles();
        let largest = circles.first().map_or(0, Vec::len);
        let limit = rule(package).and_then(|rule| rule.largest_circle);
        let shown = limit.map_or(String::new(), |limit| format!(" (limit {limit})"));
        self.say(format!("{}: largest circle {largest} of {} files{shown}", package.name, graph.files.len()));
        for circle in circles.iter().filter(|circle| limit.is_some_and(|limit| circle.len() > limit)) {
            self.circles += 1;
            self.say(format!(
                "  {} files use each other in a circle (layers --circle {}):",
                circle.len(),
                package.name
            ));
            self.lines.extend(circle.iter().map(|file| format!("    {}", graph.files[*file])));
        }
    }

    fn entries(&mut self, files: &Files, package: &Package) {
        let inside = format!("{}/src/", package.folder);
        let paths = files.keys().filter_map(|path| path.strip_prefix(&inside));
        let entries: BTreeSet<&str> = paths.filter_map(|path| path.split('/').next()).collect();
        self.say(format!("{}/src: {} entries (limit {MOST_ENTRIES})", package.folder, entries.len()));
        if entries.len() > MOST_ENTRIES {
            self.others += 1;
            self.say(format!("  {inside} has too many entries: put each file into a room"));
        }
        let has_no_place = |entry: &&&str| Place::of(room(entry)).is_none();
        let lost: Vec<&str> = entries.iter().filter(has_no_place).copied().collect();
        if !lost.is_empty() {
            self.others += 1;
            self.say(format!("  {inside} has entries without a floor in layers/src/rules.rs: {}", lost.join(", ")));
        }
    }

    fn rooms(&mut self, package: &Package, graph: &Graph) {
        let before = self.upward;
        let inside = format!("{}/src/", package.folder);
        let room_of = |file: usize| graph.files[file].strip_prefix(&inside).map_or("", room);
        for each in &graph.uses {
            if let Some(sentence) = broken(room_of(each.from), room_of(each.to)) {
                self.upward += 1;
                self.say(upward(graph, each, &sentence));
            }
        }
        self.say(format!("{} rooms: {} arrows upward", package.name, self.upward - before));
    }

    fn close(&mut self) {
        let others = if self.others == 0 { String::new() } else { format!(", {} other rules broken", self.others) };
        let (files, upward, circles) = (self.files, self.upward, self.circles);
        self.say(format!("layers: {files} files, {upward} upward arrows, {circles} circles over their limit{others}"));
    }
}

fn upward(graph: &Graph, each: &Use, sentence: &str) -> String {
    format!("  {}: {sentence}", graph.show(each))
}

fn rule(package: &Package) -> Option<&'static Crate> {
    CRATES.iter().find(|rule| rule.name == package.name)
}

/// `leptos_axum` is of the family `leptos`.
fn is_of(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// The room of a path inside `src`: its first folder, or the name of a file there.
fn room(path: &str) -> &str {
    let entry = path.split('/').next().unwrap_or(path);
    entry.strip_suffix(".rs").unwrap_or(entry)
}

#[derive(Clone, Copy)]
enum Place {
    Roof,
    Floor(usize),
    Ground,
}

impl Place {
    fn of(room: &str) -> Option<Self> {
        if ROOF.contains(&room) {
            return Some(Place::Roof);
        }
        if GROUND.contains(&room) {
            return Some(Place::Ground);
        }
        FLOORS.iter().position(|floor| floor.rooms.contains(&room)).map(Place::Floor)
    }
}

/// Says which rule forbids that a file of one room uses a file of another.
fn broken(from: &str, to: &str) -> Option<String> {
    if from == to {
        return None;
    }
    match (Place::of(from)?, Place::of(to)?) {
        (Place::Roof, _) | (_, Place::Ground) => None,
        (Place::Ground, _) => Some(format!("{from} is ground and must use nothing but ground")),
        (_, Place::Roof) => Some(format!("{to}.rs is above all rooms and must not be used by {from}")),
        (Place::Floor(own), Place::Floor(other)) if own > other => {
            Some(format!("{from} is below {to} and must not use it"))
        }
        (Place::Floor(own), Place::Floor(other)) if own == other && !FLOORS[own].siblings => {
            Some(format!("{from} and {to} are side by side and must not use each other"))
        }
        _ => None,
    }
}
