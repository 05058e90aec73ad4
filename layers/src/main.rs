//! Checks the structure of the workspace: which crate, which room and which file may use which.
//!
//! `layers` checks everything. `layers --circle CRATE` shows the circles of a crate with the uses
//! inside them. `layers --uses FILE` shows what a file uses, and what uses it.

mod check;
mod graph;
mod resolve;
mod rules;
mod source;
mod workspace;

#[cfg(test)]
mod docs;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail};
use graph::Graph;
use std::process::ExitCode;
use workspace::{Files, Package};

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("layers: {error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    let files = workspace::read()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let lines = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            let report = check::Report::of(&files)?;
            println!("{}", report.lines.join("\n"));
            return Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        ["--circle", name] => circles(&files, name)?,
        ["--uses", file] => uses(&files, file)?,
        _ => bail!("use: layers [--circle CRATE | --uses FILE]"),
    };
    println!("{}", lines.join("\n"));
    Ok(ExitCode::SUCCESS)
}

fn circles(files: &Files, name: &str) -> Result<Vec<String>> {
    let graph = graph_of(files, |package| package.name == name).with_context(|| format!("no crate {name}"))??;
    let mut lines = Vec::new();
    for circle in graph.circles() {
        lines.push(format!("circle of {} files:", circle.len()));
        lines.extend(circle.iter().map(|file| format!("  {}", graph.files[*file])));
        lines.push("uses inside it:".to_owned());
        let inside = graph.uses.iter().filter(|each| circle.contains(&each.from) && circle.contains(&each.to));
        lines.extend(inside.map(|each| format!("  {}", graph.show(each))));
    }
    Ok(lines)
}

fn uses(files: &Files, file: &str) -> Result<Vec<String>> {
    let graph = graph_of(files, |package| file.starts_with(&format!("{}/", package.folder)));
    let graph = graph.with_context(|| format!("{file} is in no crate: give its path from the workspace"))??;
    let id = graph.files.iter().position(|path| path == file);
    let id = id.with_context(|| format!("{file}: no module declares it"))?;
    let mut lines = vec![format!("{file} uses:")];
    lines.extend(graph.uses.iter().filter(|each| each.from == id).map(|each| format!("  {}", graph.show(each))));
    lines.push(format!("{file} is used by:"));
    lines.extend(graph.uses.iter().filter(|each| each.to == id).map(|each| format!("  {}", graph.show(each))));
    Ok(lines)
}

fn graph_of(files: &Files, is_meant: impl Fn(&Package) -> bool) -> Option<Result<Graph>> {
    let package = workspace::packages(files).into_iter().find(is_meant)?;
    Some(Graph::read(files, &package))
}
