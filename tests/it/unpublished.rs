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

#[test]
fn hugo_holds_back_by_settings_targets_and_bundles() {
    let project = Project::new(
        "
//- config/_default/hugo.yaml
baseURL: https://a.example/
buildFuture: true
languages:
  fr:
    contentDir: content/fr
Cascade:
- _target: {path: '/set/**'}
  draft: true
//- content/_index.md
# Home
//- content/set/x-a.md
Secret words
//- content/other/x-open.md
Secret words
//- content/past/_index.md
---
Cascade:
  target: {kind: '{page,section}', path: '/PAST/{x-a,x-b}'}
  expiryDate: 2020-01-01
---
//- content/past/x-a.md
Secret words
//- content/past/x-c.md
Secret words
//- content/toml/_index.md
+++
cascade.build.render = 'never'
+++
//- content/toml/x-a.md
Secret words
//- content/toml/x-own.md
+++
build = {render = 'always'}
+++
Secret words
//- content/bundle/index.md
# A page
//- content/bundle/x-part.md
Secret words
//- content/bundle/deep/x-part.md
Secret words
//- content/fr/index.md
# Accueil
//- content/fr/x-page.md
Secret words
//- content/days/_index.md
+++
[cascade]
expiryDate = 2020-01-01
+++
//- content/days/x-a.md
Secret words
//- content/x-link.md
+++
build.render = 'link'
+++
Secret words
//- content/x-past.md
---
expiryDate: 2020-01-01
---
Secret words
//- content/x-future.md
---
date: 2030-01-01
---
Secret words
",
    );
    let (said, shown) = build(&project, "2026-01-01");
    assert_eq!(shown, ["fr/x-page", "other/x-open", "past/x-c", "toml/x-own", "x-future"]);
    assert!(said.contains("`index.md` beside it"), "{said}");
}

#[test]
fn gitbook_shows_some_parts_to_some_visitors_only() {
    let project = Project::new(
        "
//- SUMMARY.md
* [B](x-b.md)
//- README.md
# A
//- x-b.md
# B

Open.

{% if visitor.claims.isBoard %}
Secret words

- Secret words
{% endif %}

End.
//- x-c.md
---
if: visitor.claims.isBoard
---
Secret words
",
    );
    let (said, shown) = build(&project, "2026-01-01");
    assert!(shown.is_empty(), "{shown:?}");
    assert!(said.contains("`{% if visitor.claims.isBoard %}` is for some visitors only"), "{said}");
    let page = project.tree("site");
    let page = String::from_utf8_lossy(&page["x-b.html"]).into_owned();
    assert!(page.contains("Open.") && page.contains("End."));
    let hidden = page.contains("visitor.claims");
    assert!(!hidden, "{page}");
}

#[test]
fn what_a_navigation_hides_is_told() {
    for (files, said) in [
        (
            "//- package.json\n{\"dependencies\": {\"nextra\": \"4\"}}\n//- docs/_meta.js\nexport default { a: { title: 'A' }, b: { display: 'hidden' } }\n",
            "docs/_meta.js keeps `docs/b.mdx`",
        ),
        (
            "//- package.json\n{\"dependencies\": {\"fumadocs-core\": \"4\"}}\n//- docs/meta.json\n{\"pages\": [\"a\", \"!b\"]}\n",
            "docs/meta.json keeps `docs/b.mdx`",
        ),
    ] {
        let project = Project::new(&format!("{files}//- docs/a.mdx\n# A\n//- docs/b.mdx\n# B\n"));
        let told = project.run(&["check", "--lang", "en", "-v"]).stderr();
        assert!(told.contains(said) && !told.contains("docs/a.mdx` out of"), "{told}");
    }
}

#[test]
fn what_settings_leave_out_is_a_draft() {
    for (settings, hidden, open) in [
        ("mkdocs.yml\nexclude_docs: |\n  internal/\n", "docs/internal/x-a.md", "docs/x-b.md"),
        ("mkdocs.yml\ndraft_docs: x-a.md\n", "docs/x-a.md", "docs/x-b.md"),
        ("_config.yml\nexclude: [internal]\n", "internal/x-a.md", "x-b.md"),
        ("_config.yml\ntitle: T\n", "_includes/x-a.md", "x-b.md"),
        ("_config.yml\ntitle: T\n", "_posts/2099-01-01-x-a.md", "_posts/2020-01-01-x-b.md"),
        ("_config.yml\ncollections: {hr: {output: true}, old: {}}\n", "_old/x-a.md", "_hr/x-b.md"),
        (".eleventyignore\ninternal/\n", "internal/x-a.md", "x-b.md"),
        ("docusaurus.config.js\nmodule.exports = {}\n", "docs/_x-a.md", "docs/x-b.md"),
        (
            "docs/.vitepress/config.mts\nexport default { srcExclude: ['old/**'] }\n",
            "docs/old/x-a.md",
            "docs/x-b.md",
        ),
        ("myst.yml\nproject:\n  exclude: [old]\n", "old/x-a.md", "x-b.md"),
        ("quartz.config.ts\nignorePatterns: ['private'],\n", "content/private/x-a.md", "content/x-b.md"),
    ] {
        let project =
            Project::new(&format!("//- {settings}//- {hidden}\nSecret words\n//- {open}\nSecret words\n"));
        let (said, shown) = build(&project, "2026-01-01");
        assert!(shown.len() == 1 && shown[0].ends_with("x-b"), "{settings}: {shown:?}");
        assert!(said.contains("x-a"), "{settings}: {said}");
    }
}

#[test]
fn quartz_publishes_what_says_so_where_it_is_asked_to() {
    let filters = |written: &str| {
        let project = Project::new(&format!(
            "//- quartz.config.ts\n{written}\n//- content/x-a.md\nSecret words\n//- content/x-b.md\n---\npublish: true\n---\nSecret words\n"
        ));
        build(&project, "2026-01-01").1.len()
    };
    assert_eq!(filters("filters: [Plugin.ExplicitPublish()]"), 1);
    assert_eq!(filters("// filters: [Plugin.ExplicitPublish()]"), 2);
}

#[test]
fn notes_and_cells_that_a_tool_hides_are_on_no_page() {
    for (settings, text) in [
        ("myst.yml\nversion: 1\n", "Open.\n% Secret words\n"),
        ("_toc.yml\nroot: x\n", "Open.\n\n```{code-cell}\n:tags: [remove-cell]\nSecret words\n```\n"),
        ("eleventy.config.js\n\n", "Open.\n\n{# Secret words #}\n"),
    ] {
        let project = Project::new(&format!("//- {settings}//- x-a.md\n{text}//- x-b.md\n# B\n"));
        assert!(build(&project, "2026-01-01").1.is_empty(), "{settings}");
    }
}
