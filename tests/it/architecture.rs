//! The layers of ARCHITECTURE.md, held by reading the `use` lines.

use crate::support::repository;
use std::fs;

/// Top modules from the lowest layer up; a module may use those before it.
const LAYERS: &[&[&str]] = &[
    &["text", "memo", "media"],
    &["diagnostic", "compress", "host"],
    &["yaml"],
    &["config", "organization", "markdown", "graph", "page"],
    &["theme"],
    &["source"],
    &["chapter"],
    &["handbook"],
    &["search"],
    &["site"],
    &["builder"],
    &["disk"],
    &["external", "report", "upload", "watch"],
    &["serve"],
];

/// Modules that may touch the disk, the clock, the network or the environment.
const EDGES: &[&str] = &["disk", "external", "watch", "serve", "report", "upload"];

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&module))
        .unwrap_or_else(|| panic!("{module} stands in no layer of tests/it/architecture.rs"))
}

/// Source files of the library with the top module each belongs to.
fn files() -> Vec<(String, String, String)> {
    let src = repository().join("src");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&src).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let name = path.strip_prefix(&src).expect("inside").to_string_lossy().replace('\\', "/");
        let ours = name.ends_with(".rs") && !name.starts_with("cli") && name != "main.rs" && name != "lib.rs";
        if ours {
            let module = name.split(['/', '.']).next().expect("a name").to_owned();
            files.push((name, module, fs::read_to_string(path).expect("readable")));
        }
    }
    assert!(files.len() > 20, "the library's files were not found");
    files
}

/// Top modules that a file names as `crate::module`.
fn used(text: &str) -> Vec<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.match_indices("crate::")
        .map(|(at, found)| {
            let rest = &code[at + found.len()..];
            rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect()
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn modules_use_only_lower_layers() {
    let mut wrong = Vec::new();
    for (name, module, text) in files() {
        for other in used(&text) {
            if other != module && layer(&other) >= layer(&module) {
                wrong.push(format!("{name} uses {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_edges_touch_the_world() {
    let world = ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "ZonedDateTime::now"];
    let mut wrong = Vec::new();
    for (name, module, text) in files() {
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for word in world {
            if !EDGES.contains(&module.as_str()) && code.contains(word) {
                wrong.push(format!("{name} mentions {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_say_what_they_are_for_and_stay_short() {
    let mut wrong = Vec::new();
    for (name, _, text) in files() {
        if !text.starts_with("//!") {
            wrong.push(format!("{name} does not open with //!"));
        }
        let lines = text.lines().count();
        if lines > 420 {
            wrong.push(format!("{name} has {lines} lines"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
