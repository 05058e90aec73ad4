//! `wasm-bindgen` with the flags that trunk passes: compiling wasm-bindgen-cli itself takes minutes.

use anyhow::Result;
use bundle::{Kept, VERSION, bind};
use clap::{Parser, ValueEnum};
use std::path::PathBuf;

#[derive(Clone, Copy, ValueEnum)]
enum Target {
    Web,
}

/// The part of wasm-bindgen's command line that trunk uses.
#[derive(Parser)]
#[command(name = "wasm-bindgen", version = VERSION)]
struct Arguments {
    wasm: PathBuf,
    #[arg(long, value_enum)]
    target: Target,
    #[arg(long)]
    out_dir: PathBuf,
    #[arg(long)]
    out_name: String,
    /// There are no types either way.
    #[arg(long)]
    no_typescript: bool,
}

fn main() -> Result<()> {
    let Arguments { wasm, out_dir, out_name, .. } = Arguments::parse();
    bind(&wasm, &out_dir, &out_name, Kept::default())
}
