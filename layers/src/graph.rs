//! Which file of a crate uses which, and the circles of files.

use crate::{
    resolve::{FileId, ModuleId, Modules, Target},
    source::{Import, Mention},
    workspace::{Files, Package},
};
use anyhow::Result;
use std::{cmp::Reverse, collections::BTreeSet};

/// A file uses another: in which line, by which path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    pub from: FileId,
    pub to: FileId,
    pub line: usize,
    pub path: String,
}

#[derive(Debug)]
pub struct Graph {
    pub files: Vec<String>,
    pub uses: BTreeSet<Use>,
    /// Modules that are declared without a file, a sentence each.
    pub missing: Vec<String>,
}

impl Graph {
    /// # Errors
    /// When the crate's files cannot be read as Rust.
    pub fn read(files: &Files, package: &Package) -> Result<Self> {
        let modules = Modules::read(files, package)?;
        let mut uses = BTreeSet::new();
        for (id, module) in modules.all.iter().enumerate() {
            let mut add = |line, path: &[String], targets: Vec<FileId>| {
                let targets = targets.into_iter().filter(|to| *to != module.file);
                uses.extend(targets.map(|to| Use { from: module.file, to, line, path: path.join("::") }));
            };
            for import in &module.code.imports {
                add(import.line, &import.path, imported(&modules, id, import));
            }
            for (mention, line) in &module.code.mentions {
                add(*line, &mention.path, mentioned(&modules, id, mention));
            }
        }
        Ok(Self { files: modules.files, uses, missing: modules.missing })
    }

    /// Circles of two files and more, the largest first: each file uses all others of its circle,
    /// directly or by way of others.
    pub fn circles(&self) -> Vec<Vec<FileId>> {
        let mut next = vec![BTreeSet::new(); self.files.len()];
        for each in &self.uses {
            next[each.from].insert(each.to);
        }
        let reached: Vec<_> = (0..self.files.len()).map(|file| reached(&next, file)).collect();
        let circle =
            |file: FileId| reached[file].iter().copied().filter(|other| reached[*other].contains(&file)).collect();
        let circles: BTreeSet<Vec<FileId>> = (0..self.files.len()).map(circle).collect();
        let mut circles: Vec<_> = circles.into_iter().filter(|circle| circle.len() > 1).collect();
        circles.sort_by_key(|circle| Reverse(circle.len()));
        circles
    }

    /// `file:line → file  path`
    pub fn show(&self, each: &Use) -> String {
        format!("{}:{} → {}  {}", self.files[each.from], each.line, self.files[each.to], each.path)
    }
}

fn reached(next: &[BTreeSet<FileId>], start: FileId) -> BTreeSet<FileId> {
    let (mut reached, mut waiting) = (BTreeSet::new(), vec![start]);
    while let Some(file) = waiting.pop() {
        waiting.extend(next[file].iter().filter(|to| reached.insert(**to)));
    }
    reached
}

/// The files that a `use` needs.
fn imported(modules: &Modules, module: ModuleId, import: &Import) -> Vec<FileId> {
    let code = &modules.all[module].code;
    let targets = modules.resolve_import(module, import);
    // A re-export of a module's own content: its users are followed to the definition.
    if import.is_public && targets.iter().all(|target| modules.is_inside(modules.module_of(*target), module)) {
        return Vec::new();
    }
    let items = items(&targets);
    if !items.is_empty() {
        return items;
    }
    // A module: the parts of it that are used count, by its name or, after a glob, by their own.
    let begins = |path: &[String]| path.len() > 1 && import.name.as_ref() == path.first();
    let is_used_by_parts = match import.name {
        Some(_) => code
            .mentions
            .keys()
            .map(|mention| &mention.path)
            .chain(code.imports.iter().map(|other| &other.path))
            .any(|path| begins(path)),
        None => code.mentions.keys().any(|mention| !mentioned(modules, module, mention).is_empty()),
    };
    let whole = targets.iter().map(|target| modules.all[modules.module_of(*target)].file);
    if is_used_by_parts { Vec::new() } else { whole.collect() }
}

/// The files that a path in the code needs. A name that a `use` of an item has brought in is left
/// out: the `use` is counted.
fn mentioned(modules: &Modules, module: ModuleId, mention: &Mention) -> Vec<FileId> {
    let first = &mention.path[0];
    let imports = modules.all[module].code.imports.iter();
    let mut imports = imports.filter(|import| !import.is_public && import.name.as_ref() == Some(first));
    if imports.any(|import| !items(&modules.resolve_import(module, import)).is_empty()) {
        return Vec::new();
    }
    let items = items(&modules.resolve(module, &mention.path));
    if items.is_empty() && mention.is_macro && mention.path.len() == 1 {
        return modules.textual_macro(module, first).into_iter().collect();
    }
    items
}

fn items(targets: &[Target]) -> Vec<FileId> {
    let item = |target: &Target| if let Target::Item(file) = target { Some(*file) } else { None };
    targets.iter().filter_map(item).collect()
}
