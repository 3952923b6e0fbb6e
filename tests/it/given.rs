//! What the tool of a book keeps from its readers by other files than the chapter's own, or by a condition
//! that never holds, is shown to nobody: neither as the book lies nor imported.

use crate::support::{Project, run_in};

/// The words `Shown…` and `Secret…` on the pages of a book as it lies, and imported, and what was said of it.
fn both(files: &str) -> [(Vec<String>, String); 2] {
    let words = |project: &Project, below: &str| {
        let mut found: Vec<String> = Vec::new();
        for (_, bytes) in project.tree(below) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let is_letter = |c: char| c.is_ascii_alphanumeric();
            let words = text
                .split(|c| !is_letter(c))
                .filter(|word| ["Shown", "Secret"].iter().any(|own| word.starts_with(own)));
            found.extend(words.map(str::to_owned));
        }
        found.sort();
        found.dedup();
        found
    };
    let bare = Project::new(files);
    bare.run(&["build"]).expect(0);
    let said = bare.run(&["check", "--lang", "en", "-v"]).stderr();
    let source = Project::new("");
    let inner = files.replace("\n//- ", "\n//- book/");
    let source = if inner.is_empty() { source } else { Project::new(&inner) };
    source.run(&["import", "book", "new", "--lang", "en"]).expect(0);
    run_in(&source.path().join("new"), &["build"]).expect(0);
    let report = std::fs::read_to_string(source.path().join("new/import-report.md")).expect("a report");
    [(words(&bare, "site"), said), (words(&source, "new/site"), report)]
}

#[track_caller]
fn shows(files: &str, expected: &[&str]) -> [String; 2] {
    let [(bare, said), (imported, report)] = both(files);
    assert_eq!(bare, expected, "as it lies: {said}");
    assert_eq!(imported, expected, "imported: {report}");
    [said, report]
}

#[test]
fn defaults_of_jekyll_hold_back_what_they_mean() {
    let said = shows(
        "
//- _config.yml
title: T
defaults:
  - scope: {path: internal}
    values: {published: false}
  - scope: {path: internal/open}
    values: {published: true}
  - scope: {path: '', type: posts}
    values: {draft: true}
//- index.md
# ShownHome
//- internal/a.md
# SecretA
//- internal/b.md
---
published: true
---
# ShownB
//- internal/open/c.md
# ShownC
//- _posts/2020-01-01-d.md
# SecretD
//- d.md
# ShownD
",
        &["ShownB", "ShownC", "ShownD", "ShownHome"],
    );
    assert!(
        said[0].contains("`published` in _config.yml") && said[0].contains("`internal/a.md`"),
        "{}",
        said[0]
    );
    assert!(said[0].contains("`draft` in _config.yml"), "{}", said[0]);
}

#[test]
fn files_of_a_folder_hold_back_its_chapters() {
    let said = shows(
        "
//- mkdocs.yml
site_name: T
plugins:
  - search
  - meta
  - exclude:
      glob: ['hidden/*', '*.tmp.md']
      regex: ['.*-old\\.md$']
//- docs/index.md
# ShownHome
//- docs/a/.meta.yml
draft: true
//- docs/a/b/c.md
# SecretC
//- docs/a/open.md
---
draft: false
---
# ShownOpen
//- docs/hidden/a.md
# SecretHidden
//- docs/x.tmp.md
# SecretTmp
//- docs/x-old.md
# SecretOld
//- docs/bad/.meta.yml
a: [
draft: true
//- docs/bad/a.md
# SecretBad
//- docs/t/.meta.yml
title: ShownTitle
//- docs/t/a.md
Words.
",
        &["ShownHome", "ShownOpen", "ShownTitle"],
    );
    assert!(
        said[0].contains("`draft` in docs/a/.meta.yml") && said[0].contains("`exclude` in mkdocs.yml"),
        "{}",
        said[0]
    );
    shows(
        "
//- eleventy.config.js
export default { dir: { includes: 'parts' } };
//- index.md
# ShownHome
//- posts/posts.json
{\"draft\": true}
//- posts/a.md
# SecretA
//- posts/b.11tydata.json
{\"draft\": false}
//- posts/b.md
# ShownB
//- o/o.11tydata.json
{\"permalink\": false}
//- o/p/a.md
# SecretO
//- e/e.json
{\"eleventyExcludeFromCollections\": true}
//- e/a.md
# SecretE
//- c.json
{\"draft\": true}
//- c.md
# SecretC
//- data.json
[1, 2]
//- f.md
---
permalink: false
---
# SecretF
//- _includes/g.md
# SecretG
//- _data/h.md
# SecretH
//- parts/i.md
# SecretI
",
        &["ShownB", "ShownHome"],
    );
    // In a book of another tool the same files say nothing of chapters.
    let project = Project::new(
        "//- posts/posts.json\n{\"draft\": true}\n//- posts/a.md\n# ShownA\n//- posts/.meta.yml\ndraft: true\n",
    );
    project.run(&["build"]).expect(0);
    assert!(project.read("site/posts/a.html").contains("ShownA"));
}

#[test]
fn what_stands_under_a_condition_that_never_holds_is_hidden_and_told() {
    for (settings, name, text) in [
        (
            "_config.yml\ntitle: T",
            "a.md",
            "{% if false %}SecretA{% else %}ShownB{% endif %}\n\n{% comment %}SecretB{% endcomment %}\n\n{% if page.x %}ShownC{% endif %}",
        ),
        (
            "eleventy.config.js\nexport default {};",
            "a.md",
            "ShownB\n\n{% if false %}\n\n# SecretA\n\n{% endif %}\n\nShownC",
        ),
        ("SUMMARY.md\n- [A](a.md)", "a.md", "ShownB {% if false %}SecretA{% endif %} ShownC"),
        (
            "mkdocs.yml\nplugins: [macros]\ndocs_dir: .",
            "a.md",
            "ShownB {% if False %}SecretA{% endif %} ShownC",
        ),
        (
            ".vitepress/config.ts\nexport default {}",
            "a.md",
            "ShownB\n\n<div v-if=\"false\">SecretA</div>\n\n<template v-if=\"false\">\n\n## SecretB\n\n</template>\n\n<p v-show='false'>SecretC</p>\n\nShownC",
        ),
        (
            "docusaurus.config.js\nmodule.exports = {}",
            "docs/a.mdx",
            "ShownB\n\n{false && (\n<div>\n\nSecretA\n\n</div>\n)}\n\n{null && <b>SecretB</b>} ShownC",
        ),
    ] {
        let files = format!("\n//- {settings}\n//- {name}\n# T\n\n{text}\n");
        let [said, report] = shows(&files, &["ShownB", "ShownC"]);
        assert_eq!(said.matches("is never shown by its tool").count(), 1, "{settings}: {said}");
        assert!(report.contains("no reader of the tool's pages saw"), "{settings}: {report}");
    }
    // In a project of ours the file is what counts.
    let project = Project::new(
        "//- handbook.yaml\ntitle: T\n//- content/a.md\n# A\n\n{% if false %}ShownA{% endif %}\n",
    );
    project.run(&["build"]).expect(0);
    assert!(project.read("site/a.html").contains("ShownA"));
}
