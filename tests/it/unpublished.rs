//! What the tool of a bare book says of its chapters in files of its own: what it does not publish is
//! held back where Hugo's own rules say so, else told; files of order give order and titles.

use crate::support::Project;

/// What a check says, and which chapters a build of a day shows.
fn build(project: &Project, day: &str) -> (String, Vec<String>) {
    project.run(&["build", "--replace", "--shrink", "--date", day]).expect(0);
    let said = project.run(&["check", "--lang", "en", "--date", day, "-v"]).stderr();
    let shown = project.tree("site").into_iter().filter(|(path, bytes)| {
        path.ends_with(".html") && String::from_utf8_lossy(bytes).contains("Secret words")
    });
    let mut shown: Vec<String> = shown.map(|(path, _)| path.replace(".html", "")).collect();
    shown.retain(|path| path.contains("x-"));
    (said, shown)
}

#[test]
fn hugo_publishes_neither_what_is_to_come_nor_what_is_past() {
    let project = Project::new(
        "
//- hugo.toml
baseURL = 'https://a.example/'
//- content/_index.md
# Home
//- content/x-date.md
---
date: 2030-01-01T08:00:00Z
---
Secret words
//- content/x-both.md
---
date: 2030-01-01
publishDate: 2020-01-01
---
Secret words
//- content/x-toml.md
+++
date = 2030-01-01
+++
Secret words
//- content/x-past.md
---
expiryDate: 2024-01-01
---
Secret words
//- content/c/_index.md
---
cascade:
  draft: true
---
//- content/c/x-in.md
---
title: In
---
Secret words
//- content/c/x-open.md
---
draft: false
---
Secret words
//- content/d/_index.md
+++
[[cascade]]
draft = true
[cascade._target]
path = '/d/x-p*'
+++
//- content/d/x-path.md
Secret words
//- content/d/x-other.md
Secret words
",
    );
    let (said, shown) = build(&project, "2026-01-01");
    assert_eq!(shown, ["c/x-open", "d/x-other", "x-both"]);
    assert!(said.contains("`date`") && said.contains("`expirydate`") && said.contains("`cascade`"), "{said}");
    let (_, shown) = build(&project, "2031-01-01");
    assert_eq!(shown, ["c/x-open", "d/x-other", "x-both", "x-date", "x-toml"]);
    project.write("hugo.toml", "baseURL = 'https://a.example/'\nbuildFuture = true\n");
    assert!(build(&project, "2026-01-01").1.contains(&"x-date".to_owned()));
    // In another book a day says when a text was written.
    std::fs::remove_file(project.path().join("hugo.toml")).expect("removed");
    assert!(build(&project, "2026-01-01").1.contains(&"x-date".to_owned()));
}

#[test]
fn what_settings_and_lists_leave_out_is_told() {
    let chapters = "//- docs/index.md\n# Home\n//- docs/old/TODO.md\n# Later\n";
    for (files, what) in [
        ("//- docs/.vitepress/config.mts\nexport default { srcExclude: ['**/TODO.md'] }\n", "srcExclude"),
        ("//- .bookignore\nTODO.md\n", ".bookignore"),
        ("//- .eleventyignore\ndocs/old\n", ".eleventyignore"),
        ("//- book.toml\n[book]\nsrc = 'docs'\n//- docs/SUMMARY.md\n- [Home](index.md)\n", "docs/SUMMARY.md"),
        ("//- mkdocs.yml\nexclude_docs: |\n  old/\n", "exclude_docs"),
    ] {
        let project = Project::new(&format!("{files}{chapters}"));
        let said = project.run(&["check", "--lang", "en"]).stderr();
        assert!(
            said.contains("docs/old/TODO.md` and perhaps others") && said.contains(what),
            "{what}: {said}"
        );
    }
    let listed = "//- book.toml\n[book]\n//- src/SUMMARY.md\n- [A](./a%20b.md#x)\n- [C](<c.md>)\n//- src/a b.md\n# A\n//- src/c.md\n# C\n";
    for files in
        [listed, "//- mkdocs.yml\nexclude_docs: |\n  old/\n  !TODO.md\n//- docs/old/TODO.md\n# Later\n"]
    {
        let said = Project::new(files).run(&["check", "--lang", "en"]).stderr();
        assert!(!said.contains("perhaps others"), "{said}");
    }
}
