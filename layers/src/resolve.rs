//! The modules of a crate, and which file defines what a path names.

use crate::{
    source::{self, Code, Import},
    workspace::{Files, Package},
};
use anyhow::Result;
use std::collections::BTreeMap;

pub type ModuleId = usize;
/// An index into [`Modules::files`].
pub type FileId = usize;

/// The end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Item(FileId),
    Module(ModuleId),
}

#[derive(Debug)]
pub struct Module {
    pub file: FileId,
    pub code: Code,
    parent: Option<ModuleId>,
    root: ModuleId,
    children: BTreeMap<String, ModuleId>,
    /// Macros of the whole crate, at its root: where each is defined.
    exported: BTreeMap<String, FileId>,
}

#[derive(Debug, Default)]
pub struct Modules {
    pub files: Vec<String>,
    pub all: Vec<Module>,
    /// Modules that are declared without a file, a sentence each.
    pub missing: Vec<String>,
    /// The library, and its name in the programs of the same package.
    library: Option<(String, ModuleId)>,
}

/// Imports that are being followed, so that a circle of them ends.
type Trail = Vec<(ModuleId, usize)>;

impl Modules {
    /// # Errors
    /// When a file is not Rust.
    pub fn read(files: &Files, package: &Package) -> Result<Self> {
        let mut modules = Self::default();
        for root in &package.roots {
            let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
            let id = modules.add_file(files, root.clone(), folder, None)?;
            if root.ends_with("src/lib.rs") {
                modules.library = Some((package.name.replace('-', "_"), id));
            }
        }
        Ok(modules)
    }

    /// `folder` is where the files of its modules are.
    fn add_file(&mut self, files: &Files, path: String, folder: &str, parent: Option<ModuleId>) -> Result<ModuleId> {
        let code = source::read(&files[&path]).map_err(|error| anyhow::anyhow!("{path}: {error}"))?;
        self.files.push(path);
        self.add(files, code, folder, parent, self.files.len() - 1)
    }

    fn add(
        &mut self,
        files: &Files,
        mut code: Code,
        folder: &str,
        parent: Option<ModuleId>,
        file: FileId,
    ) -> Result<ModuleId> {
        let id = self.all.len();
        let root = parent.map_or(id, |parent| self.all[parent].root);
        let inline = std::mem::take(&mut code.inline);
        let names = std::mem::take(&mut code.files);
        let exported = std::mem::take(&mut code.exported);
        self.all.push(Module { file, code, parent, root, children: BTreeMap::new(), exported: BTreeMap::new() });
        self.all[root].exported.extend(exported.into_iter().map(|name| (name, file)));
        for (name, code) in inline {
            let child = self.add(files, code, &format!("{folder}/{name}"), Some(id), file)?;
            self.all[id].children.insert(name, child);
        }
        for name in names {
            let inside = format!("{folder}/{name}");
            let places = [format!("{inside}.rs"), format!("{inside}/mod.rs")];
            let path = places.into_iter().find(|path| files.contains_key(path));
            let Some(path) = path else {
                self.missing.push(format!("{}: no file for `mod {name};`", self.files[file]));
                continue;
            };
            let child = self.add_file(files, path, &inside, Some(id))?;
            self.all[id].children.insert(name, child);
        }
        Ok(id)
    }

    /// Where a path leads that is written in `module`: to several places where an item depends on
    /// features, to none when it is outside the crate.
    pub fn resolve(&self, module: ModuleId, path: &[String]) -> Vec<Target> {
        self.follow(module, path, &mut Trail::new()).unwrap_or_default()
    }

    /// Where an import leads; `a::{self}` to the module only.
    pub fn resolve_import(&self, module: ModuleId, import: &Import) -> Vec<Target> {
        let mut targets = self.resolve(module, &import.path);
        if import.is_module {
            targets.retain(|target| matches!(target, Target::Module(_)));
        }
        targets
    }

    /// The `macro_rules!` that a bare name means: one of this module or of those around it.
    pub fn textual_macro(&self, module: ModuleId, name: &str) -> Option<FileId> {
        let module = &self.all[module];
        if module.code.macros.contains(name) {
            return Some(module.file);
        }
        self.textual_macro(module.parent?, name)
    }

    /// `None` when the name is unknown; an empty list when it is known, and outside the crate.
    fn follow(&self, module: ModuleId, path: &[String], trail: &mut Trail) -> Option<Vec<Target>> {
        let (first, mut rest) = path.split_first()?;
        let mut targets = match first.as_str() {
            "crate" => vec![Target::Module(self.all[module].root)],
            "self" => vec![Target::Module(module)],
            "super" => {
                let mut up = self.all[module].parent?;
                while rest.first().is_some_and(|part| part == "super") {
                    up = self.all[up].parent?;
                    rest = &rest[1..];
                }
                vec![Target::Module(up)]
            }
            first => match self.lookup(module, first, module, trail) {
                Some(targets) => targets,
                None => vec![Target::Module(self.library.as_ref().filter(|(name, _)| name == first)?.1)],
            },
        };
        for part in rest {
            targets.sort_unstable();
            targets.dedup();
            // A name may be a function and a module: what has something inside is the module.
            if targets.iter().any(|target| matches!(target, Target::Module(_))) {
                targets.retain(|target| matches!(target, Target::Module(_)));
            }
            let step = |target: &Target| match *target {
                Target::Item(file) => vec![Target::Item(file)],
                // What a macro makes is not seen here; it is in the file that calls the macro.
                Target::Module(inside) => self
                    .lookup(inside, part, module, trail)
                    .unwrap_or_else(|| vec![Target::Item(self.all[inside].file)]),
            };
            targets = targets.iter().flat_map(step).collect();
        }
        targets.sort_unstable();
        targets.dedup();
        Some(targets)
    }

    /// Finds a name inside a module, for code in the module `asks`: that decides which imports it sees.
    fn lookup(&self, id: ModuleId, name: &str, asks: ModuleId, trail: &mut Trail) -> Option<Vec<Target>> {
        let module = &self.all[id];
        let item = module.code.items.contains(name).then_some(Target::Item(module.file));
        let child = module.children.get(name).copied().map(Target::Module);
        let exported = module.exported.get(name).copied().map(Target::Item);
        let mut found: Vec<Target> = item.into_iter().chain(child).chain(exported).collect();
        let mut is_known = !found.is_empty();
        let is_inside = self.is_inside(asks, id);
        let imports = module.code.imports.iter().enumerate().filter(|(_, import)| import.is_public || is_inside);
        let (globs, named): (Vec<_>, Vec<_>) = imports.partition(|(_, import)| import.name.is_none());
        for (index, import) in named {
            if import.name.as_deref() == Some(name) && !trail.contains(&(id, index)) {
                trail.push((id, index));
                let mut targets = self.follow(id, &import.path, trail).unwrap_or_default();
                trail.pop();
                targets.retain(|target| !import.is_module || matches!(target, Target::Module(_)));
                found.extend(targets);
                is_known = true;
            }
        }
        for (index, import) in globs {
            if is_known || trail.contains(&(id, index)) {
                continue;
            }
            trail.push((id, index));
            for target in self.follow(id, &import.path, trail).unwrap_or_default() {
                if let Target::Module(source) = target {
                    found.extend(self.lookup(source, name, id, trail).unwrap_or_default());
                }
            }
            trail.pop();
        }
        (is_known || !found.is_empty()).then_some(found)
    }

    /// The module itself, or that of the item's file.
    pub fn module_of(&self, target: Target) -> ModuleId {
        match target {
            Target::Module(id) => id,
            // Every file has a module, which comes before the inline ones.
            Target::Item(file) => self.all.iter().position(|module| module.file == file).unwrap_or_default(),
        }
    }

    pub fn is_inside(&self, module: ModuleId, around: ModuleId) -> bool {
        module == around || self.all[module].parent.is_some_and(|parent| self.is_inside(parent, around))
    }
}
