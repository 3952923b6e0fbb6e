//! The module table of ARCHITECTURE.md, held by reading the code's paths.
//!
//! The table is the one source: its layers, and which modules may touch the
//! world outside, are read from the document.

use crate::support::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// A row of the table under "Modules".
struct Row {
    layer: u32,
    module: String,
    edge: bool,
}

fn table() -> Vec<Row> {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let section = text.split("\n## Modules\n").nth(1).expect("a section called Modules");
    let section = section.split("\n## ").next().expect("its text");
    let rows: Vec<Row> = section.lines().filter_map(row).collect();
    assert!(rows.len() > 10, "the module table of ARCHITECTURE.md was not found");
    rows
}

/// `| 7 | `chapter` | | one file … |`; lines that are no rows give nothing.
fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
    let &[layer, module, edge, ..] = cells.as_slice() else { return None };
    Some(Row {
        layer: layer.parse().ok()?,
        module: module.trim_matches('`').to_owned(),
        edge: !edge.is_empty(),
    })
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
            let name: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            // A macro lies at the top, wherever it is written.
            if name == "message" { "locale".to_owned() } else { name }
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn modules_use_only_lower_layers() {
    let table = table();
    let layer = |module: &str| {
        let row = table.iter().find(|row| row.module == module);
        row.unwrap_or_else(|| panic!("{module} has no row in the table of ARCHITECTURE.md")).layer
    };
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
fn the_table_lists_the_modules_there_are_from_the_lowest_layer_up() {
    let table = table();
    let listed: BTreeSet<String> = table.iter().map(|row| row.module.clone()).collect();
    let there: BTreeSet<String> = files().into_iter().map(|(_, module, _)| module).collect();
    assert_eq!(listed, there);
    assert_eq!(listed.len(), table.len(), "a module has two rows");
    assert!(table.is_sorted_by_key(|row| row.layer));
}

/// Modules that `lib.rs` declares, each with whether its documentation is public.
fn declared() -> BTreeMap<String, bool> {
    let text = fs::read_to_string(repository().join("src/lib.rs")).expect("src/lib.rs");
    let mut modules = BTreeMap::new();
    let mut is_hidden = false;
    for line in text.lines().map(str::trim) {
        let declaration = line.strip_suffix(';').and_then(|line| line.split_once("mod "));
        if let Some((visibility, module)) = declaration {
            modules.insert(module.to_owned(), visibility == "pub " && !is_hidden);
        }
        is_hidden = line == "#[doc(hidden)]" || is_hidden && line.starts_with("#[");
    }
    modules
}

#[test]
fn the_public_face_is_what_the_document_says() {
    let declared = declared();
    assert!(declared.keys().eq(table().iter().map(|row| &row.module).collect::<BTreeSet<_>>()));
    let public: Vec<&str> =
        declared.iter().filter(|(_, public)| **public).map(|(name, _)| name.as_str()).collect();
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let line = text.lines().find_map(|line| line.strip_prefix("**The public face:** "));
    let list = line.and_then(|line| line.split('.').next()).expect("a list of the public modules");
    assert_eq!(public, list.split(", ").map(|name| name.trim_matches('`')).collect::<Vec<_>>());
}

#[test]
fn only_edges_touch_the_world() {
    let table = table();
    let edge = |module: &str| table.iter().any(|row| row.edge && row.module == module);
    let world = ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "ZonedDateTime::now"];
    let mut wrong = Vec::new();
    for (name, module, text) in files().into_iter().filter(|file| !file.0.ends_with("/tests.rs")) {
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for word in world {
            if !edge(&module) && code.contains(word) {
                wrong.push(format!("{name} mentions {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A file that no `mod` names is compiled into nothing, and its tests never run.
#[test]
fn every_file_is_a_module() {
    for folder in ["src", "tests/it", "tests/fuzz"] {
        let root = repository().join(folder);
        let text = |name: &str| fs::read_to_string(root.join(name)).unwrap_or_default();
        let entries = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
        let names = entries.map(|entry| {
            let path = entry.path().strip_prefix(&root).expect("inside");
            path.to_string_lossy().replace('\\', "/")
        });
        let is_root = |name: &str| matches!(name, "lib.rs" | "main.rs");
        let files: Vec<String> = names.filter(|name| name.ends_with(".rs") && !is_root(name)).collect();
        assert!(!files.is_empty(), "{folder} was not found");
        let stray = files.iter().filter(|name| {
            let path = name.trim_end_matches(".rs");
            let (above, module) = match path.rsplit_once('/') {
                Some((above, module)) => (text(&format!("{above}.rs")), module),
                None => (text("lib.rs") + &text("main.rs"), path),
            };
            !above.lines().any(|line| line.trim_end().ends_with(&format!("mod {module};")))
        });
        assert_eq!(stray.collect::<Vec<_>>(), Vec::<&String>::new(), "{folder}");
    }
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
