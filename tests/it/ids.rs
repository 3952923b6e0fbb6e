//! The ids of a page's own parts: no heading, `{#…}`, clause, footnote, term or
//! raw HTML has one, whatever it is called.

use crate::support::{Project, repository};
use handbook::diagnostic::Level;
use scraper::{Html, Selector};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Ids in templates that are made from what they show. Those of terms come from
/// the author; all others stand on pages that show no chapter's text.
const MADE: [&str; 7] = [
    "{{ anchor }}",
    "{{ entry.anchor }}",
    "{{ group.anchor }}",
    "{{ group.heading.url }}",
    "{{ head.id }}",
    "{{ line.id }}",
    "{{ node.id }}",
];
/// The same, with a word of the template before it.
const NUMBERED: &str = "reference-{{";

/// The values of an attribute, as they stand in a template.
fn values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    let found = text.match_indices(&opening).map(|(at, _)| &text[at + opening.len()..]);
    found.filter_map(|rest| rest.split_once('"').map(|(value, _)| value)).collect()
}

fn templates() -> Vec<(String, String)> {
    let folder = repository().join("themes/default/templates");
    let files = crate::support::tree(&folder).into_iter();
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// The ids that templates write.
fn own_ids() -> BTreeSet<String> {
    let templates = templates();
    let ids = templates.iter().flat_map(|(_, text)| values(text, "id"));
    ids.filter(|id| !MADE.contains(id) && !id.starts_with(NUMBERED)).map(str::to_owned).collect()
}

fn ids(html: &str) -> Vec<String> {
    let all = Selector::parse("[id]").expect("a selector");
    Html::parse_document(html).select(&all).filter_map(|one| one.value().id().map(str::to_owned)).collect()
}

#[test]
fn every_id_of_a_template_has_the_prefix() {
    let own = own_ids();
    assert!(own.len() > 30, "{own:?}");
    let bare: Vec<&String> = own.iter().filter(|id| !id.starts_with("Hb-")).collect();
    assert!(bare.is_empty(), "without the prefix of the page's own ids: {bare:?}");
    for (name, text) in templates() {
        for attribute in ["for", "aria-labelledby", "aria-controls", "href"] {
            for value in values(&text, attribute) {
                let id = if attribute == "href" { value.strip_prefix('#') } else { Some(value) };
                let Some(id) = id.filter(|id| !id.starts_with("{{")) else { continue };
                assert!(own.contains(id), "{name}: {attribute} names {id}, which no template has");
            }
        }
    }
}

#[test]
fn ids_that_scripts_make_have_the_prefix() {
    for folder in ["themes/default/assets", "src/serve/live"] {
        for (name, bytes) in crate::support::tree(&repository().join(folder)) {
            let text = String::from_utf8_lossy(&bytes);
            for (at, found) in text.match_indices(".id = \"") {
                let id = &text[at + found.len()..];
                assert!(!name.ends_with(".js") || id.starts_with("Hb-"), "{name}: {}", &id[..20]);
            }
        }
    }
}

/// A chapter that is called as the page's parts are, in each way there is.
fn greedy(own: &BTreeSet<String>) -> String {
    let mut text =
        "---\ntitle: Greedy\ndepartments: [d]\nraci:\n  Work: {responsible: [r]}\nrelated: [Other]\n\
                    terms:\n- {term: 'Hb-menu', definition: d}\n---\n\n"
            .to_owned();
    for id in own {
        let bare = id.trim_start_matches("Hb-");
        let title = bare.replace('-', " ");
        let _ = write!(
            text,
            "## {title}\n\n## {id}\n\n## x {{#{bare}-own}}\n\n## {title} own id {{#{id}}}\n\n\
             <div id=\"{id}\">a</div>\n\n<a name='{id}' ID={id}>b</a> <b id=\"H&#98;-{bare}\">c</b> \
             <i id=\"&#x48;b-{bare}\">d</i>\n\n"
        );
    }
    text + "第一条 甲[^1]。\n\n[^1]: 乙。\n"
}

fn project(own: &BTreeSet<String>, raw_html: &str) -> Project {
    let project = Project::new(
        "
//- handbook.yaml
title: T
language: en
//- organization.yaml
departments: [{id: d, name: D}]
roles: [{id: r, name: R, department: d}]
//- content/other.md
# Other

See [Greedy](greedy.md). Of the Hb-menu.
//- content/folder/index.md
# Folder

## Sections title

## Chapters {#Hb-chapters-title}
//- content/folder/a.md
# A
//- content/glossary.md
# Glossary

## Search

A term.

## Letter A {#Hb-letter-A}

Another.
",
    );
    project.write("content/greedy.md", greedy(own));
    project.write("handbook.yaml", format!("title: T\nlanguage: en\nmarkdown: {{raw_html: {raw_html}}}\n"));
    project
}

#[test]
fn no_chapter_has_an_id_of_the_page() {
    let own = own_ids();
    for raw_html in ["sanitize", "trust"] {
        let project = project(&own, raw_html);
        project.run(&["build"]).expect(0);
        for (name, bytes) in project.tree("site") {
            if !name.ends_with(".html") {
                continue;
            }
            let html = String::from_utf8(bytes).expect("UTF-8");
            let mut seen = BTreeSet::new();
            for id in ids(&html) {
                assert!(seen.insert(id.clone()), "{raw_html}: {name} has the id {id} twice");
            }
            let text = Selector::parse(".text [id], .text [name]").expect("a selector");
            for part in Html::parse_document(&html).select(&text) {
                let mut values = part.value().attrs().filter(|(key, _)| matches!(*key, "id" | "name"));
                assert!(
                    values.all(|(_, value)| !value.starts_with("Hb-")),
                    "{raw_html}: {name}: {}",
                    part.html()
                );
            }
        }
        let page = project.read("site/greedy.html");
        for id in ["Hb-search", "Hb-menu", "Hb-content", "Hb-outline", "Hb-near", "Hb-raci-title"] {
            assert!(page.contains(&format!("id=\"{id}\"")), "the page lacks its {id}");
        }
        for anchor in
            ["search", "menu", "content", "outline", "near", "hb-search", "search-own", "第一条", "1"]
        {
            assert!(page.contains(&format!("id=\"{anchor}\"")), "the chapter lost its {anchor}");
        }
    }
}

#[test]
fn an_id_of_the_page_is_told() {
    let text = "# A\n\n## B {#Hb-search}\n\n<a id=\"x\"></a> <b\nid='Hb-menu'>c</b>\n\n[to](#Hb-search)\n";
    let project = Project::new("");
    project.write("content/a.md", text);
    let run = project.run(&["check", "--format", "json"]).expect(0);
    let found: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    let all = found.as_array().or_else(|| found["diagnostics"].as_array()).expect("a list");
    let places: Vec<_> = all
        .iter()
        .filter(|one| one["code"] == "reserved-id")
        .map(|one| (one["line"].as_u64().unwrap_or(0), one["level"].as_str().unwrap_or("").to_owned()))
        .collect();
    let level = format!("{:?}", Level::Warning).to_lowercase();
    assert_eq!(places, [(3, level.clone()), (6, level)], "{}", run.stdout());
    assert!(run.stdout().contains("broken-anchor"), "{}", run.stdout());
}
