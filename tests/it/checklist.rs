//! Every rule of the source article stands in the sample, in the clause that
//! the checklist names.

use crate::support::repository;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

#[derive(Deserialize)]
struct Entry {
    item: String,
    part: u32,
    source: String,
    chapter: String,
    clause: String,
    needle: String,
}

/// The text of a clause: from the line that begins it to the next clause or heading.
fn clause<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let begins = |line: &str| {
        let bare = line.trim_start_matches(['#', ' ', '*']);
        let is_clause = bare.starts_with('第') && bare.chars().take(12).any(|c| c == '条');
        line.starts_with('#') || is_clause
    };
    if text.contains(&format!("\ntitle: {label}\n")) {
        // The text before the first heading or clause stands under the title.
        let body = text.splitn(3, "---\n").nth(2)?;
        let end = body.lines().take_while(|line| !begins(line)).map(|line| line.len() + 1).sum::<usize>();
        return body.get(..end.min(body.len()));
    }
    let mut offset = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        if let Some(start) = start {
            if begins(line) {
                return Some(&text[start..offset]);
            }
        } else {
            let bare = line.trim_start_matches(['#', ' ', '*']);
            let next = bare.strip_prefix(label).and_then(|rest| rest.chars().next());
            let exact = begins(line)
                && next.is_some_and(|c| c.is_whitespace() || matches!(c, '*' | '（' | '{' | '：'));
            if exact {
                start = Some(offset);
            }
        }
        offset += line.len();
    }
    start.map(|start| &text[start..])
}

fn entries() -> Vec<Entry> {
    let list = repository().join("tests/fixtures/source-checklist.yaml");
    let list = fs::read_to_string(list).expect("the checklist");
    serde_yaml::from_str(&list).expect("a list of entries")
}

#[test]
fn every_item_of_the_source_is_in_the_sample() {
    let root = repository();
    let entries = entries();
    assert!(entries.len() >= 110, "only {} entries", entries.len());
    let parts: BTreeSet<u32> = entries.iter().map(|entry| entry.part).collect();
    assert_eq!(parts, (1..=10).collect());
    let mut chapters: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for entry in &entries {
        let path = root.join("content").join(&entry.chapter);
        let text = chapters.entry(entry.chapter.clone()).or_insert_with(|| {
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        });
        match clause(text, &entry.clause) {
            None => wrong.push(format!("{}: {} has no {}", entry.item, entry.chapter, entry.clause)),
            Some(text) if !text.contains(&entry.needle) => {
                wrong.push(format!(
                    "{}: {} {} lacks {}",
                    entry.item, entry.chapter, entry.clause, entry.needle
                ));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The checklist quotes the article that the sample was written from.
#[test]
#[ignore = "needs ../shared/seed"]
fn every_item_stands_in_the_source() {
    let article = repository().join("../shared/seed/operations-management-rules.zh.txt");
    let article = fs::read_to_string(article).expect("the source article");
    for entry in entries() {
        assert!(
            article.contains(&entry.source),
            "{}: the source article has no {}",
            entry.item,
            entry.source
        );
    }
}
