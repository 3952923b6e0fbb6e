//! What the documents of the repository say, held to what is there: the files,
//! headings, tests and codes that they name exist. `readme` runs README's commands.

use crate::support::repository;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Documents for people who work on the program or run it.
fn documents() -> Vec<(String, String)> {
    let root = repository();
    let mut names: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"]
            .map(PathBuf::from)
            .to_vec();
    for entry in walkdir::WalkDir::new(root.join("docs")).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|end| end == "md") {
            names.push(entry.path().strip_prefix(&root).expect("inside").to_owned());
        }
    }
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let text = fs::read_to_string(root.join(&name));
            let name = name.display().to_string();
            (name.clone(), text.unwrap_or_else(|error| panic!("{name}: {error}")))
        })
        .collect()
}

/// What stands between single backticks, outside blocks of code.
fn code_spans(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut spans = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    spans
}

/// Folders at the root of the repository whose paths documents write out.
const FOLDERS: [&str; 9] =
    ["src/", "tests/", "themes/default/", "examples/", "benches/", "docs/", "packaging/", ".github/", ".ci/"];

fn is_path(span: &str) -> bool {
    FOLDERS.iter().any(|folder| span.starts_with(folder)) && !span.contains([' ', '*', '<', '…'])
}

#[test]
fn paths_in_documents_lead_to_files_of_the_repository() {
    let root = repository();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, text) in documents() {
        for path in code_spans(&text).into_iter().filter(|span| is_path(span)) {
            seen += 1;
            if !root.join(path).exists() {
                wrong.push(format!("{name}: {path}"));
            }
        }
        if text.contains("../shared") || text.contains("`shared/") {
            wrong.push(format!("{name} refers to a folder outside the repository"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 60, "only {seen} paths were found");
}

#[test]
fn links_between_documents_lead_to_files_and_headings() {
    let root = repository();
    let documents = documents();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, text) in &documents {
        let folder = root.join(name).parent().expect("a folder").to_owned();
        for target in link_targets(&without_code(text)) {
            seen += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if path.is_empty() { root.join(name) } else { folder.join(path) };
            if !file.exists() {
                wrong.push(format!("{name}: {target}"));
            } else if !anchor.is_empty() && file.extension().is_some_and(|end| end == "md") {
                let text = fs::read_to_string(&file).expect("readable");
                if !headings(&text).contains(anchor) {
                    wrong.push(format!("{name}: {target}, no such heading"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 50, "only {seen} links were found");
}

/// The text with what stands in code taken out: each code span and each block.
fn without_code(text: &str) -> String {
    let outside_blocks = text.split("\n```").step_by(2).collect::<Vec<_>>().join("\n");
    outside_blocks.split('`').step_by(2).collect()
}

/// Targets of `[…](target)` and `src="target"` that are files of the repository.
fn link_targets(text: &str) -> Vec<&str> {
    let markdown = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let images = text.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    markdown.chain(images).filter(|target| !target.contains("://")).collect()
}

/// The anchors that GitHub gives to headings, which `handbook` gives as well.
fn headings(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter_map(|line| line.strip_prefix('#')?.trim_start_matches('#').strip_prefix(' '))
        .map(|heading| {
            let kept = heading.to_lowercase();
            kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>()
        })
        .map(|heading| heading.replace(' ', "-"))
        .collect()
}

/// `## title` and what follows it, up to the next heading of its level.
fn section<'a>(text: &'a str, title: &str) -> &'a str {
    let level = title.split(' ').next().expect("hashes");
    let start = text.find(&format!("\n{title}\n")).unwrap_or_else(|| panic!("no heading {title}"));
    let rest = &text[start + title.len() + 2..];
    rest.find(&format!("\n{level} ")).map_or(rest, |end| &rest[..end])
}

#[test]
fn tests_named_among_the_invariants_are_where_they_are_said_to_be() {
    let root = repository();
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in section(&text, "## Invariants").lines().filter(|line| line.starts_with("| ")) {
        let Some(held) = row.split('|').nth(2) else { continue };
        let files: Vec<&str> = code_spans(held).into_iter().filter(|span| span.ends_with(".rs")).collect();
        let is_test = |span: &&str| {
            span.matches('_').count() > 1 && span.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        };
        for test in code_spans(held).into_iter().filter(is_test) {
            seen += 1;
            let there = files.iter().any(|file| {
                let code = fs::read_to_string(root.join(file)).unwrap_or_default();
                code.contains(&format!("fn {test}("))
            });
            if !there && test != "iter_over_hash_type" {
                wrong.push(format!("{test} is in none of {files:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 15, "only {seen} tests were found");
}

/// The walks of CONTRIBUTING.md, with how many steps each may have at most.
const WALKS: [(&str, usize); 6] = [
    ("### A field of front matter that shows and filters", 5),
    ("### An index page", 3),
    ("### A rule", 3),
    ("### An output such as `llms.txt`", 2),
    ("### A language of the interface", 1),
    ("### A ranking weight of search", 1),
];

#[test]
fn walks_are_as_short_as_promised_and_name_files_that_exist() {
    let root = repository();
    let text = fs::read_to_string(root.join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    let walks = section(&text, "## Walks");
    assert_eq!(walks.matches("\n### ").count(), WALKS.len(), "a walk is not in the list of this test");
    for (title, most) in WALKS {
        let walk = section(walks, title);
        let steps: Vec<&str> =
            walk.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect();
        assert!((1..=most).contains(&steps.len()), "{title}: {} steps", steps.len());
        for step in steps {
            let paths: Vec<&str> = code_spans(step).into_iter().filter(|span| is_path(span)).collect();
            assert!(!paths.is_empty(), "{title}: no file in the step {step}");
            for path in paths {
                assert!(root.join(path).exists(), "{title}: there is no {path}");
            }
        }
    }
}

/// Both languages have the same chapters of the guide, each of which leads to the other.
#[test]
fn the_guide_has_the_same_chapters_in_both_languages() {
    let guide = repository().join("content/guide");
    let names = |folder: &PathBuf| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
        entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".md"))
            .collect()
    };
    let chinese = names(&guide);
    assert_eq!(chinese, names(&guide.join("en")));
    assert!(chinese.len() > 12, "only {} chapters", chinese.len());
    for name in &chinese {
        let text = |path: String| fs::read_to_string(guide.join(path)).expect("readable");
        assert!(text(name.clone()).contains(&format!("(en/{name})")), "{name} has no link to English");
        assert!(
            text(format!("en/{name}")).contains(&format!("(../{name})")),
            "en/{name} has none to Chinese"
        );
    }
}
