//! `bundle`: what `bin/site` calls after the compiler.

use anyhow::Result;
use bundle::{Kept, bind, split};
use clap::Parser;
use std::path::PathBuf;

/// Turns a compiled client into the files that a browser loads.
#[derive(Parser)]
struct Arguments {
    /// The compiled client.
    wasm: PathBuf,
    /// Where the files go.
    #[arg(long)]
    out_dir: PathBuf,
    /// What the files are called.
    #[arg(long)]
    out_name: String,
    /// Put what is loaded lazily into files of its own.
    #[arg(long)]
    split: bool,
}

fn main() -> Result<()> {
    let Arguments { wasm, out_dir, out_name, split: lazily } = Arguments::parse();
    if lazily { split(&wasm, &out_dir, &out_name) } else { bind(&wasm, &out_dir, &out_name, Kept::default()) }
}
