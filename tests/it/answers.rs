//! The corpus of queries with their whole answers, excerpts too: what both engines must say.
//!
//! `HANDBOOK_UPDATE=1 cargo nextest run -E 'test(answers)'` writes the answers anew, if both
//! engines agree. What they must be is described in `docs/search-format.md`.

use crate::support::{Project, node, repository};
use handbook::builder::{Builder, Request};
use serde_json::{Value, json};

const CORPUS: &str = "tests/fixtures/answers/answers.json";

/// A whole answer, without what only one of the engines says.
fn whole(answer: &Value) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let keep = |value: &Value, names: &[&str]| -> Value {
        names
            .iter()
            .map(|name| ((*name).to_owned(), value[*name].clone()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let result = |result: &Value| {
        let mut kept = keep(result, &["url", "title", "excerpt"]);
        let clauses = list(&result["clauses"]);
        kept["clauses"] = clauses.iter().map(|clause| keep(clause, &["url", "title", "excerpt"])).collect();
        kept
    };
    let mut kept = keep(answer, &["match", "count", "exact"]);
    for name in ["complete", "suggestion", "corrected", "parts"] {
        let value = &answer[name];
        if !value.is_null() && *value != json!([]) {
            kept[name] = value.clone();
        }
    }
    if kept["corrected"] == json!(false) {
        kept.as_object_mut().expect("fields").remove("corrected");
    }
    kept["results"] = list(&answer["results"]).iter().map(result).collect();
    kept
}

#[test]
fn both_engines_give_the_answers_of_the_corpus() {
    let book = std::fs::read_to_string(repository().join("tests/fixtures/answers/book.txt")).expect("a book");
    let project = Project::new(&book);
    project.run(&["build"]).expect(0);
    let sources = handbook::disk::Project::open(project.path()).expect("a project").read();
    let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a day")));
    let path = repository().join(CORPUS);
    let corpus: Value = serde_json::from_slice(&std::fs::read(&path).expect("a corpus")).expect("JSON");
    let corpus = corpus.as_array().expect("a list");
    let query = |entry: &Value| entry["query"].as_str().expect("a query").to_owned();
    let asked: Vec<Value> = corpus.iter().map(|entry| json!([query(entry), {}])).collect();
    let browser = node("ask", &project.path().join("site"), &json!(asked));
    let (mut answers, mut differ) = (Vec::new(), Vec::new());
    for (entry, browser) in corpus.iter().zip(browser.as_array().expect("answers")) {
        let query = query(entry);
        let terminal = whole(&json!(build.site.index().search(&query, 10)));
        let browser = whole(browser);
        if browser != terminal {
            differ.push(format!("`{query}`\nbrowser  {browser}\nterminal {terminal}"));
        }
        answers.push(json!({ "query": query, "answer": terminal }));
    }
    assert!(differ.is_empty(), "{} of {}:\n{}", differ.len(), corpus.len(), differ.join("\n"));
    if std::env::var_os("HANDBOOK_UPDATE").is_some() {
        let text = serde_json::to_string_pretty(&answers).expect("JSON");
        return std::fs::write(&path, text + "\n").expect("written");
    }
    for (entry, answer) in corpus.iter().zip(&answers) {
        assert_eq!(entry["answer"], answer["answer"], "`{}`", query(entry));
    }
    let found = answers.iter().filter(|answer| answer["answer"]["count"] != 0).count();
    assert!(found > 90, "only {found} queries find something");
}

#[test]
fn the_page_on_the_format_describes_each_field_of_the_manifest() {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n\n乙。\n");
    project.run(&["build"]).expect(0);
    let script = project.read("site/search/index.js");
    let json = script.strip_prefix("handbookSearch(\"index\",").and_then(|rest| rest.strip_suffix(")\n"));
    let manifest: Value = serde_json::from_str(json.expect("a call")).expect("JSON");
    let page = std::fs::read_to_string(repository().join("docs/search-format.md")).expect("the page");
    let section = page.split("## The manifest").nth(1).and_then(|rest| rest.split("\n## ").next());
    let section = section.expect("a section");
    assert_eq!(manifest["version"], 2);
    for (field, value) in manifest.as_object().expect("fields") {
        assert!(section.contains(&format!("`{field}`")), "{field} is not described");
        let within =
            value.as_object().filter(|_| !["weights", "limits", "question"].contains(&field.as_str()));
        for name in within.into_iter().flat_map(|fields| fields.keys()) {
            assert!(section.contains(&format!("`{name}`")), "{field}.{name} is not described");
        }
    }
}
