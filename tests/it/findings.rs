//! What findings carry besides their words: other places, audiences; and that nothing
//! is decided by reading one.

use crate::support::Project;
use handbook::builder::{Builder, Request};
use handbook::diagnostic::Level;
use handbook::message;
use handbook::rule::{RULES, Rule};
use handbook::site::Output;
use handbook::source::Sources;
use serde_json::Value;
use std::collections::BTreeMap;

fn found(project: &Project, arguments: &[&str], status: i32) -> Vec<Value> {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let run = project.run(&arguments).expect(status);
    let mut report: Value = serde_json::from_str(&run.stdout()).expect("JSON");
    serde_json::from_value(report["diagnostics"].take()).expect("a list")
}

fn place(of: &Value) -> String {
    let line = of["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
    format!("{}{line}", of["path"].as_str().unwrap_or("none"))
}

#[test]
fn the_other_place_of_a_clash_is_told() {
    let project = Project::new(
        "
//- content/a.md
---
id: A-1
aliases: [一号]
terms: [{term: 某词, definition: 甲}]
---
# 甲
//- content/b.md
---
id: a-1
aliases: [甲]
---
# 乙
//- content/c.md
---
aliases: [一号]
redirect_from: [/b.html]
terms:
  - {term: 某词, definition: 丙}
---
# 丙
//- content/d.md
---
redirect_from: [/former.html]
---
# 丁
//- content/e.md
---
redirect_from:
  - /former.html
---
# 戊
//- content/sub/Rules.md
# 己
//- content/sub/rules.md
# 庚
//- content/f.md
---
id: F
supersedes: [G]
---
# 辛
//- content/g.md
---
id: G
supersedes: [F]
---
# 壬
//- content/h.md
---
status: in_force
---
# 癸
[旧](old.md)
//- content/new.md
---
id: NEW
status: in_force
supersedes: [OLD]
---
# 新
//- content/old.md
---
id: OLD
---
# 旧
",
    );
    let lines: Vec<String> = found(&project, &[], 1)
        .iter()
        .filter(|one| one.get("related").is_some())
        .map(|one| {
            let related = one["related"].as_array().expect("a list");
            assert!(
                related.iter().all(|other| other["message"].as_str().is_some_and(|text| !text.is_empty()))
            );
            let others: Vec<String> = related.iter().map(place).collect();
            format!("{} {} see {}", one["code"].as_str().unwrap_or(""), place(one), others.join(", "))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    duplicate-id content/b.md:2 see content/a.md:2
    alias-conflict content/b.md:3 see content/a.md:6
    alias-conflict content/c.md:2 see content/a.md:3
    redirect-conflict content/c.md:3 see content/b.md
    duplicate-term content/c.md:5 see content/a.md:4
    redirect-conflict content/e.md:3 see content/d.md:2
    cycle content/f.md:3 see content/g.md:3
    cycle content/g.md:3 see content/f.md:3
    outdated-target content/h.md:5 see content/new.md
    duplicate-url content/sub/rules.md see content/sub/Rules.md
    ");
    let shown = project.run(&["check", "--color", "never"]).expect(1).stderr();
    assert!(shown.contains("= see also: content/a.md:2 this chapter has `a-1` as its id"), "{shown}");
}

const READERS: &str = "title: T
language: en
audiences:
  staff: Staff
  guests: Guests
  board: {name: Board, includes: [staff, guests]}
";

#[test]
fn what_several_audiences_may_not_see_is_one_finding() {
    let project = Project::new("//- content/index.md\n# Home\n\n[secret](secret.md)\n");
    project.write("handbook.yaml", format!("{READERS}checks: {{withheld-target: warning}}\n"));
    project.write("content/secret.md", "---\naudience: board\nsupersedes: [OLD]\n---\n# Secret\n");
    project.write("content/old.md", "---\nid: OLD\nstatus: in_force\n---\n# Old\n");
    project.write("content/quote.md", "# Quote\n\n![[Secret]]\n");
    let all = found(&project, &["--all-audiences"], 1);
    let of = |code: &str| -> Vec<(String, String)> {
        let text = |one: &Value, key: &str| one[key].as_str().unwrap_or("").to_owned();
        let those = all.iter().filter(|one| one["code"] == code);
        those.map(|one| (place(one), text(one, "label"))).collect()
    };
    let once = |place: &str| vec![(place.to_owned(), "not for `staff`, `guests`".to_owned())];
    assert_eq!(of("withheld-target"), once("content/index.md:3"), "{all:#?}");
    assert_eq!(of("withheld-embed"), once("content/quote.md:3"));
    assert_eq!(of("withheld-successor"), once("content/old.md:3"));
}

/// A book in which something is wrong with whatever says who may see what.
fn faulty() -> Project {
    let project = Project::new("//- content/index.md\n# Home\n");
    project.write("handbook.yaml", READERS);
    for (name, text) in [
        ("unknown", "---\naudience: nobody\n---\nSECRET\n"),
        ("type", "---\naudience: 5\n---\nSECRET\n"),
        ("key", "---\naudiense: board\n---\nSECRET\n"),
        ("yaml", "---\naudience: board\ntitle: [\n---\nSECRET\n"),
        ("place", "<!-- x -->\n---\naudience: board\n---\nSECRET\n"),
        ("heading", "# A\n\n---\naudience: board\n---\nSECRET\n"),
        ("twice", "---\naudience: board\naudience: staff\n---\nSECRET\n"),
        ("nul", "---\naudience: board\n---\n\0SECRET\n"),
        ("folder/page", "SECRET\n"),
        ("damaged/page", "SECRET\n"),
    ] {
        project.write(&format!("content/{name}.md"), text);
    }
    project.write("content/gbk.md", b"---\n\xd6\xc6\xb6\xc8: x\naudience: board\n---\nSECRET\n");
    project.write("content/damaged/index.md", b"\xff\xfe#\0 \0SECRET");
    project.write("content/folder/index.md/x.txt", "a folder that has the name of a page");
    project
}

/// The site for the staff, by address.
fn staff_site(sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let mut request = Request::new("2026-01-01".parse().expect("a date"));
    request.audience = Some("staff".to_owned());
    let site = Builder::new().build(sources, &request).site;
    let page = |address: &&str| match site.render(address) {
        Some(Ok(Output::Bytes(bytes))) => ((*address).to_owned(), bytes),
        Some(Ok(Output::File(name))) => ((*address).to_owned(), name.as_bytes().to_vec()),
        other => panic!("{address}: {other:?}"),
    };
    site.addresses().iter().map(page).collect()
}

fn holds_secret(site: &BTreeMap<String, Vec<u8>>) -> Option<&str> {
    let mut pages = site.iter();
    pages.find(|(_, bytes)| String::from_utf8_lossy(bytes).contains("SECRET")).map(|(name, _)| name.as_str())
}

/// The library's and the program's code, without tests.
fn code() -> Vec<(String, String)> {
    let folder = crate::support::repository().join("src");
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|file| file.path().extension().is_some_and(|kind| kind == "rs"));
    let read = |file: walkdir::DirEntry| {
        let text = std::fs::read_to_string(file.path()).expect("readable");
        let code = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
        (file.path().display().to_string(), code)
    };
    files.filter(|file| !file.path().ends_with("tests.rs")).map(read).collect()
}

#[test]
fn no_code_compares_the_code_of_a_rule_or_looks_into_the_words_of_a_finding() {
    let compared = [".code ==", ".code !=", ".rule ==", ".rule !=", "== &rule::", "matches!(found.rule"];
    let looked: Vec<String> = ["help", "label", "message"]
        .iter()
        .flat_map(|field| [format!(".{field}.id()"), format!(".{field}.arguments()")])
        .collect();
    let code = code();
    assert!(code.len() > 100, "the source was not found");
    let mut wrong = Vec::new();
    for (name, text) in code {
        let words = compared.iter().copied().chain(looked.iter().map(String::as_str));
        wrong.extend(words.filter(|word| text.contains(word)).map(|word| format!("{name}: {word}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What counts, prints or publishes by levels; nothing else may ask for them.
const READS_LEVELS: [&str; 6] =
    ["src/builder.rs", "src/cli/", "src/disk/release.rs", "src/handbook.rs", "src/report", "src/serve/"];

#[test]
fn only_what_reports_or_publishes_reads_levels() {
    let reads = |text: &str| {
        let levels = ["Error", "Warning", "Note"];
        levels.iter().any(|level| {
            ["==", "!=", ">=", "<"].iter().any(|sign| text.contains(&format!(".level {sign} Level::{level}")))
        }) || text.contains("has_errors(")
    };
    let all: Vec<String> = code().into_iter().filter(|(_, text)| reads(text)).map(|(name, _)| name).collect();
    assert!(all.len() >= 3, "the pattern finds none: {all:?}");
    let may = |name: &str| READS_LEVELS.iter().any(|known| name.contains(known));
    let wrong: Vec<&String> = all.iter().filter(|name| !may(name)).collect();
    assert!(wrong.is_empty(), "a fact of its own says this better: {wrong:?}");
}

/// A rule whose code nothing knows.
static RENAMED: Rule = Rule { code: "renamed", level: Level::Note, is_fixed: false, is_line: false };

#[test]
fn an_audience_holds_when_every_finding_has_another_code_and_other_words() {
    let project = faulty();
    let folder = handbook::disk::Project::open(project.path()).expect("a project");
    let sources = folder.read();
    assert!(sources.diagnostics.len() >= 3, "{:?}", sources.diagnostics);
    let mut renamed = sources.clone();
    for found in &mut renamed.diagnostics {
        (found.rule, found.level, found.message) = (&RENAMED, Level::Note, message!("level-note"));
        (found.label, found.help, found.suggestion) = (None, None, None);
    }
    let mut silent = sources.clone();
    silent.diagnostics.clear();
    let site = staff_site(&sources);
    assert_eq!(holds_secret(&site), None);
    assert_eq!(site, staff_site(&renamed));
    assert_eq!(site, staff_site(&silent));
}

#[test]
fn an_audience_holds_whatever_checks_say() {
    let project = faulty();
    project.run(&["build", "--audience", "staff"]).expect(1);
    let off = |rule: &&&Rule| !rule.is_fixed;
    let lines: Vec<String> = RULES.iter().filter(off).map(|rule| format!("  {}: off\n", rule.code)).collect();
    assert!(lines.len() > 30);
    project.write("handbook.yaml", format!("{READERS}checks:\n{}", lines.concat()));
    project.run(&["build", "--audience", "staff"]).expect(0);
    let site = project.tree("site");
    assert_eq!(holds_secret(&site), None);
    let whole = Project::new("//- content/index.md\n# Home\n");
    whole.write("handbook.yaml", READERS);
    whole.run(&["build", "--audience", "staff"]).expect(0);
    let plain = whole.tree("site");
    assert_eq!(site.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>());
    assert!(site == plain, "another site than without the files");
}
