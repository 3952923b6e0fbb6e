//! Pages do not grow with the handbook: neither a chapter's, nor any index.

use crate::crawl::crawl;
use crate::support::{Project, tree};
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

#[path = "../../examples/synthesize.rs"]
#[allow(dead_code)]
pub(crate) mod synthesize;

/// Bytes that a page may have.
const LARGEST: u64 = 300_000;

/// Sizes of a site's files, by name.
fn sizes(site: &Path) -> BTreeMap<String, u64> {
    let mut sizes = BTreeMap::new();
    for entry in walkdir::WalkDir::new(site).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(site).expect("inside").to_string_lossy().into_owned();
            sizes.insert(name, entry.metadata().expect("metadata").len());
        }
    }
    sizes
}

fn largest(sizes: &BTreeMap<String, u64>, kind: &str) -> (String, u64) {
    let of_kind = sizes.iter().filter(|(name, _)| name.ends_with(kind));
    of_kind.max_by_key(|(_, size)| **size).map(|(name, size)| (name.clone(), *size)).expect("files")
}

/// A page with all that it loads by itself.
fn weight(site: &Path, sizes: &BTreeMap<String, u64>, name: &str) -> u64 {
    let page = fs::read_to_string(site.join(name)).expect("a page");
    let html = Html::parse_document(&page);
    let loaded = Selector::parse("script[src], link[href][rel], img[src]").expect("a selector");
    let mut weight = page.len() as u64;
    for element in html.select(&loaded) {
        let value = element.value();
        let address = value.attr("src").or_else(|| value.attr("href")).unwrap_or("");
        let own = address.trim_start_matches("../");
        weight += sizes.get(own).copied().unwrap_or(0);
    }
    weight
}

/// Mean weight of the chapters that lie in the first folder.
fn mean(site: &Path, sizes: &BTreeMap<String, u64>) -> u64 {
    let chapters: Vec<&String> =
        sizes.keys().filter(|name| name.starts_with("000/000/") && !name.contains("index")).collect();
    assert_eq!(chapters.len(), 60);
    chapters.iter().map(|name| weight(site, sizes, name)).sum::<u64>() / 60
}

#[test]
fn pages_of_three_thousand_chapters_weigh_what_those_of_three_hundred_do() {
    let measured = [300, 3_000].map(|count| {
        let project = Project::new("");
        synthesize::write(project.path(), count, synthesize::Extras::default()).expect("a handbook");
        project.run(&["build", "-q", "--format", "json"]).expect(0);
        let site = project.path().join("site");
        let sizes = sizes(&site);
        let (name, size) = largest(&sizes, ".html");
        assert!(size <= LARGEST, "{name} of {count} chapters has {size} bytes");
        // What the search box and the cards load at first use.
        for name in ["search/index.js", "previews/manifest.js"] {
            assert!(sizes[name] < 20_000, "{name} has {} bytes", sizes[name]);
        }
        let (name, size) = largest(&sizes, ".js");
        assert!(size <= 120_000, "{name} of {count} chapters has {size} bytes");
        mean(&site, &sizes)
    });
    // The texts are chosen at random; their mean differs by a few hundred bytes.
    let [small, large] = measured;
    assert!(large <= small + small / 20, "{small} bytes of 300 chapters, {large} of 3,000");
}

#[test]
fn indexes_of_hundreds_are_split() {
    let project = Project::new("");
    let (mut yaml, mut roles) = ("departments:\n".to_owned(), "roles:\n".to_owned());
    for at in 0..520 {
        let parent = if at == 519 { ", parent: d0" } else { "" };
        let _ = writeln!(yaml, "  - {{id: d{at}, name: 部门{at}{parent}, summary: {}}}", "长".repeat(3_000));
        let _ = writeln!(roles, "  - {{id: r{at}, name: 岗位{at}, department: d{at}}}");
    }
    project.write("organization.yaml", yaml + &roles);
    let mut laws = "title: 手册\nbase_url: https://example.com/h/\nexternal_references:\n".to_owned();
    for at in 0..120 {
        let _ = writeln!(laws, "  - {{title: 法{at}, note: {}}}", "注".repeat(300));
    }
    project.write("handbook.yaml", laws);
    for at in 0..250 {
        let topics: String = (0..3).map(|topic| format!("题{}, ", at * 3 + topic)).collect();
        let text = format!(
            "---\ntitle: 章{at}\ndepartments: [d0]\nroles: [r1]\nowner: [总办, {topics}]\ntopics: [{topics}]\nsummary: {}\n---\n\n《法{}》\n",
            "长".repeat(3_000),
            at % 120
        );
        project.write(&format!("content/f{at}/a.md"), text);
    }
    project.run(&["build", "-q"]).expect(0);
    let files = tree(&project.path().join("site"));
    for (name, bytes) in &files {
        assert!(!name.ends_with(".html") || bytes.len() as u64 <= LARGEST, "{name}: {}", bytes.len());
    }
    let pages = crawl(&files);
    for name in [
        "departments/index-2.html",
        "roles/index-2.html",
        "topics/index-2.html",
        "owners/index-2.html",
        "owners/总办-2.html",
        "references-3.html",
        "index-2.html",
        "roles/r1-2.html",
    ] {
        assert!(pages.iter().any(|page| page == name), "{name}");
    }
    assert!(project.read("site/departments/d519.html").contains("另有 50 项"));
    let index = project.read("site/departments/index-2.html");
    assert!(index.contains("部门518") && !index.contains("部门498<"), "{index}");
}

/// A rule for everyone is not written out for everyone.
#[test]
fn rules_for_everyone_are_listed_up_to_a_bound() {
    let project = Project::new(
        "//- handbook.yaml\nlanguage: zh-CN\n//- organization.yaml\ndepartments: [{id: d, name: 部}]\nroles: [{id: r, name: 岗, department: d}]\n",
    );
    for at in 0..250 {
        project.write(&format!("content/{at}.md"), "---\nrequired_reading: all\n---\n\n文\n");
    }
    project.run(&["build", "-q"]).expect(0);
    for name in ["departments/d", "roles/r"] {
        let page = project.read(&format!("site/{name}.html"));
        assert!(page.contains("另有 50 项") && page.len() < 300_000, "{name}");
        assert!(!project.path().join(format!("site/{name}-2.html")).exists(), "{name}");
    }
}
