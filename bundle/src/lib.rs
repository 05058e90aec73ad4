//! Turns a compiled client into the files that a browser loads: wasm-bindgen writes the script between
//! the browser and the WASM file, and the splitter puts what is loaded lazily into files of its own.
//!
//! What a room does without is loaded when it is first shown (`app/src/`, the folder `lazy`): 27 kB less at
//! the first visit. A page that shows such a part loads it before it hydrates. Styles of lazy parts are in a
//! link that is disabled until a part is shown; the part is drawn after them. Code that two parts share is in
//! a third file.

use anyhow::{Context, Result, anyhow};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

/// The script that loads the lazy files. Its name is part of what the client is compiled with.
const LOADER: &str = "./__wasm_split.______________________.js";

/// wasm-bindgen's version: client and tool have to be the same.
pub const VERSION: &str = "0.2.130";

/// What wasm-bindgen keeps of its input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept {
    /// What the linker exported: lazy files find it by name.
    pub exports_of_the_linker: bool,
    /// Names of functions as the compiler made them.
    pub mangled_names: bool,
}

/// Writes `<name>.js` and `<name>_bg.wasm` into the folder.
pub fn bind(wasm: &Path, folder: &Path, name: &str, kept: Kept) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .out_name(name)
        .keep_lld_exports(kept.exports_of_the_linker)
        .demangle(!kept.mangled_names)
        .generate(folder)
}

/// Writes `<name>.js`, `<name>.wasm`, the lazy files and their loader into the folder. The client has to be
/// linked with `--emit-relocs`.
pub fn split(wasm: &Path, folder: &Path, name: &str) -> Result<()> {
    let compiled = fs::read(wasm).with_context(|| format!("{} cannot be read", wasm.display()))?;
    let main = wasm.with_extension("main.wasm");
    let script = format!("./{name}.js");
    let mut options = Options::new(&compiled);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = LOADER;
    transform(options).map_err(|error| anyhow!("{} cannot be split: {error:#}", wasm.display()))?;
    bind(&main, folder, name, Kept { exports_of_the_linker: true, mangled_names: true })?;
    // Where pages look for it.
    fs::rename(folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.wasm")))?;
    Ok(())
}
