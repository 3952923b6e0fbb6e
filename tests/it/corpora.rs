//! Real books build: exit status 0, whatever they lack.
//!
//! A few laws stand in `tests/sites/laws` (statutes are outside copyright, article 5 of
//! the Copyright Law of the PRC). Tests of whole books need `../shared`, are ignored
//! without it, and fail where they are asked for and it is not there.

use crate::support::{repository, run_in};
use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use handbook::handbook::reference::ResolvedReference;
use handbook::text::LineIndex;
use std::path::{Path, PathBuf};

fn build(book: &str, chapters: usize) {
    let folder = repository().join(book);
    let output = tempfile::tempdir().expect("folder");
    let site = output.path().join("site").to_string_lossy().into_owned();
    let root = folder.to_string_lossy().into_owned();
    let run = run_in(output.path(), &["build", "-C", &root, "-o", &site, "--format", "json"]).expect(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    assert_eq!(report["summary"]["errors"], 0);
    let index = std::fs::read_to_string(output.path().join("site/index.json")).expect("index.json");
    let index: serde_json::Value = serde_json::from_str(&index).expect("JSON");
    assert_eq!(index["chapters"].as_array().map(Vec::len), Some(chapters));
}

#[test]
fn a_few_laws_build() {
    build("tests/sites/laws", 18);
}

#[test]
#[ignore = "needs ../shared/corpora/18f"]
fn a_government_handbook_builds() {
    build("../shared/corpora/18f", 246);
}

#[test]
#[ignore = "needs ../shared/corpora/laws"]
fn a_book_of_laws_builds() {
    build("../shared/corpora/laws", 600);
}

/// Every folder with a book in it, strangers' ones among them, builds as it lies.
#[test]
#[ignore = "needs ../shared/corpora"]
fn every_book_builds_as_it_lies() {
    let corpora = repository().join("../shared/corpora");
    let folders = |folder: &Path| -> Vec<PathBuf> {
        let entries =
            std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut folders: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    };
    let own = folders(&corpora).into_iter().filter(|folder| !folder.ends_with("strangers"));
    let books: Vec<PathBuf> = own.chain(folders(&corpora.join("strangers"))).collect();
    assert!(books.len() >= 14, "{books:?}");
    let mut failed = Vec::new();
    for book in books {
        let output = tempfile::tempdir().expect("folder");
        let (root, site) = (book.to_string_lossy(), output.path().join("site"));
        let run = run_in(output.path(), &["build", "-C", &root, "-o", &site.to_string_lossy()]);
        println!("{root}: {}", run.stderr().lines().last().unwrap_or_default());
        if run.status() != 0 {
            failed.push(format!("{root}: {}\n{}", run.status(), run.stderr()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What people found the references of a book to mean: how many of them there are, and
/// how many lead there.
fn references(book: &str) -> (usize, usize) {
    let sources = Project::open(&repository().join(book)).expect("a project").read();
    let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a date")));
    let handbook = &build.site.handbook;
    let rows: Vec<Vec<&str>> = include_str!("../fixtures/clause-references.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 200);
    let (mut here, mut right) = (0, 0);
    for row in &rows {
        let [path, line, column, words, whose, anchor, verdict] = row[..] else { panic!("{row:?}") };
        let at = handbook.chapters.position(|chapter| &*chapter.source.path == path);
        let Some(at) = at else { continue };
        here += 1;
        let chapter = &handbook.chapters[at];
        let index = LineIndex::new(&chapter.source.text);
        let place = index.offset(line.parse().expect("a line"), column.parse().expect("a column"));
        let mention = chapter.document.mentions.iter().position(|mention| mention.span.start == place);
        let reference = mention.map(|mention| &handbook.references.resolved[at][mention]);
        let found = match reference {
            Some(ResolvedReference::Chapter(to, found)) => {
                found == anchor
                    && if *to == at { whose == "own" } else { handbook.chapters[*to].title == whose }
            }
            _ => false,
        };
        if found == (verdict == "right") {
            right += usize::from(found);
        } else {
            eprintln!(
                "{path}:{line}:{column} {words}: {reference:?} instead of {whose} #{anchor} ({verdict})"
            );
        }
    }
    (here, right)
}

#[test]
fn clause_references_of_a_few_laws_lead_where_people_read_them() {
    assert_eq!(references("tests/sites/laws"), (24, 24));
}

/// At least 198 in 200.
#[test]
#[ignore = "needs ../shared/corpora/laws"]
fn clause_references_lead_where_people_read_them() {
    let (here, right) = references("../shared/corpora/laws");
    assert_eq!(here, 200);
    assert!(right >= 198, "{right} of 200 lead to the right clause");
}
