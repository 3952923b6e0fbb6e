//! Who could read a text in the old tool, and that no more can read it here; and that what they
//! could read is not lost.

use super::{Imported, import, is_shown};
use crate::support::Project;

/// An import of a book of which readers see what says SHOWN, and nothing of what says HIDDEN.
#[track_caller]
fn shown_alone(project: &Project) -> Imported {
    let imported = import(project);
    assert!(is_shown(&imported, "SHOWN") && !is_shown(&imported, "HIDDEN"));
    imported
}

/// What `publish` says of the imported project, and its exit status.
fn publish(project: &Project) -> (i32, String) {
    let run = project.run(&["publish", "-C", "new", "out"]);
    (run.status(), run.stderr())
}

#[test]
fn a_mark_of_a_template_as_a_value_is_kept_as_it_is_written() {
    let project = Project::new(
        "
//- book/.obsidian/app.json
{}
//- book/i.md
# I
//- book/k.md
---
audience: {{title}}
status: {{state}}
---
# K
SECRET
//- book/d.md
---
draft: {{x}}
---
# D
HIDDEN
",
    );
    let imported = import(&project);
    assert!(imported.read("content/k.md").contains("{{title}}"), "{}", imported.read("content/k.md"));
    assert!(imported.read("content/d.md").contains("{{x}}"), "{}", imported.read("content/d.md"));
    assert!(!is_shown(&imported, "HIDDEN"));
    assert_eq!(publish(&project).0, 1, "{}", publish(&project).1);
}

#[test]
fn what_gitbook_shows_to_some_visitors_is_not_published() {
    for (front, text, kind, what) in [
        (
            "---\nif: visitor.claims.isBoard\n---\n",
            "SECRET\n",
            "restricted",
            "visibility: visitor.claims.isBoard",
        ),
        (
            "",
            "Open.\n\n{% if visitor.claims.isBoard %}\n## SECRET\n\nSECRET\n{% endif %}\n",
            "for-some",
            "{% if visitor.claims.isBoard %}",
        ),
    ] {
        let project = Project::new(
            "
//- book/SUMMARY.md
# T

* [A](README.md)
* [B](b.md)
//- book/README.md
# A
",
        );
        project.write("book/b.md", format!("{front}# B\n\n{text}"));
        let imported = import(&project);
        assert_eq!(imported.told(kind), [("b.md".to_owned(), what.to_owned())]);
        assert!(!is_shown(&imported, "SECRET"));
        assert_eq!(publish(&project).0, 0, "{}", publish(&project).1);
    }
}

#[test]
fn docusaurus_shows_the_version_that_was_cut_last() {
    let book = "
//- book/docusaurus.config.js
module.exports = {
  title: 'Rules',
  presets: [['classic', {docs: {OPTIONS}}]],
};
//- book/versions.json
[\"2.0\", \"1.0\"]
//- book/docs/intro.md
# Intro

NEXT
//- book/versioned_docs/version-2.0/intro.md
# Intro

SECOND
//- book/versioned_docs/version-1.0/intro.md
# Intro

FIRST
//- book/versioned_sidebars/version-2.0-sidebars.json
{\"docs\": [\"intro\"]}
";
    for (options, shown) in [
        ("", "SECOND"),
        ("includeCurrentVersion: false", "SECOND"),
        ("lastVersion: '1.0'", "FIRST"),
        ("onlyIncludeVersions: ['1.0']", "FIRST"),
        ("lastVersion: 'current'", "NEXT"),
        ("disableVersioning: true", "NEXT"),
    ] {
        let project = Project::new(&book.replace("OPTIONS", options));
        let imported = import(&project);
        let found: Vec<&str> =
            ["NEXT", "FIRST", "SECOND"].into_iter().filter(|text| is_shown(&imported, text)).collect();
        assert_eq!(found, [shown], "{options}");
        assert!(imported.has("site/docs/intro/index.html"), "{options}: the old address leads on");
    }
}

#[test]
fn what_hugo_hides_stays_hidden_and_what_it_shows_stays() {
    let project = Project::new(
        "
//- book/hugo.toml
title = 'Rules'
ignoreFiles = ['\\.secret\\.md$']
//- book/content/_index.md
---
title: Rules
---
Before {{< comment >}}for **authors** {{< x >}}{{< /comment >}} behind.

{{< cardpane >}}
{{< card header=\"**Head**\" title=\"Title\" footer=\"Foot\" >}}
Words
{{< /card >}}
{{< /cardpane >}}
//- book/content/pay.secret.md
# Pay

SECRET
",
    );
    let imported = import(&project);
    let home = imported.read("site/index.html");
    assert!(home.contains("Before") && home.contains("behind.") && !home.contains("authors"), "{home}");
    for word in ["Head", "Title", "Words", "Foot"] {
        assert!(home.contains(word), "{word}: {home}");
    }
    assert!(!is_shown(&imported, "SECRET"));
    assert_eq!(imported.told("held-back"), [("content/pay.secret.md".to_owned(), "ignoreFiles".to_owned())]);
}

#[test]
fn what_hugo_ignores_by_a_pattern_that_cannot_be_read_is_no_reason_to_publish_it() {
    let project = Project::new(
        "
//- book/hugo.toml
title = 'Rules'
ignoreFiles = ['(unclosed']
//- book/content/_index.md
# Home
//- book/content/pay.md
# Pay

SECRET
",
    );
    let imported = import(&project);
    assert!(!is_shown(&imported, "SECRET"));
    assert_eq!(imported.told("settings"), [("hugo.toml".to_owned(), "ignoreFiles: (unclosed".to_owned())]);
}

#[test]
fn mkdocs_leaves_out_templates_and_posts_of_a_later_day() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: x
plugins:
  - blog:
      draft_if_future_date: true
//- book/docs/index.md
# Home
//- book/docs/templates/t.md
# T

TEMPLATE
//- book/docs/a/templates/t.md
# U

DEEPER
//- book/docs/blog/posts/p.md
---
date: 2099-01-31
---
# P

LATER
",
    );
    let imported = import(&project);
    assert!(!is_shown(&imported, "TEMPLATE") && !is_shown(&imported, "LATER"));
    assert!(is_shown(&imported, "DEEPER"), "only the folder on top is left out");
}

#[test]
fn obsidian_takes_the_shortest_path_in_markdown_links_too() {
    let project = Project::new(
        "
//- book/.obsidian/app.json
{\"useMarkdownLinks\": true}
//- book/i.md
# I

[x](Leave.md#Days) [y](Leave) ![z](plan.svg)
//- book/hr/Leave.md
# Leave

## Days
//- book/files/plan.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&["broken-link", "broken-image", "broken-anchor"]), Vec::<String>::new());
    assert_eq!(imported.told("dead-link"), []);
    assert!(imported.read("site/i.html").contains("hr/Leave.html#"), "{}", imported.read("content/i.md"));
}

#[test]
fn mdbook_includes_with_blanks_before_the_sign() {
    let project = Project::new(
        "
//- book/book.toml
[book]
title = 'T'
//- book/src/SUMMARY.md
- [A](a.md)
//- book/src/a.md
# A

{{ #include inc.txt }} and {{ other }}
//- book/src/inc.txt
Included words.
",
    );
    let imported = import(&project);
    let chapter = imported.read("content/a.md");
    assert!(chapter.contains("Included words.") && chapter.contains("{{ other }}"), "{chapter}");
}

#[test]
fn texts_that_no_chapter_takes_are_told() {
    let project = Project::new(
        "
//- book/index.html
<script>window.$docsify = {name: 'T', coverpage: true}</script><div id=\"app\"></div>
//- book/.nojekyll
//- book/_sidebar.md
- [Home](README.md)
//- book/README.md
# Home
//- book/_coverpage.md
# Words of the cover
",
    );
    let imported = import(&project);
    assert_eq!(imported.told("unread"), [("_coverpage.md".to_owned(), String::new())]);
    let project = Project::new(
        "
//- book/docusaurus.config.js
module.exports = {title: 'T', presets: [['classic', {}]]};
//- book/docs/intro.md
# Intro
//- book/docs/hr/_category_.json
{\"label\": \"HR\", \"link\": {\"type\": \"generated-index\", \"title\": \"All of HR\", \"slug\": \"/hr-all\", \"description\": \"Words\"}}
//- book/docs/hr/leave.md
# Leave
",
    );
    let imported = import(&project);
    let page = imported.read("content/hr/index.md");
    for said in ["title: All of HR\n", "nav_title: HR\n", "summary: Words\n", "- /docs/hr-all/\n"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(imported.told("settings").is_empty(), "{:?}", imported.told("settings"));
}

#[test]
fn eleventy_makes_no_pages_of_what_its_lists_leave_out() {
    let project = Project::new(
        "
//- book/.eleventy.js
module.exports = function (config) {
  config.ignores.add(\"src/added/**\");
  return { dir: { input: \"src\" } };
};
//- book/.eleventyignore
src/one/
//- book/src/.eleventyignore
two/
//- book/.gitignore
src/three/
//- book/src/index.md
# Home

SHOWN
//- book/src/one/a.md
# A

HIDDEN
//- book/src/two/b.md
# B

HIDDEN
//- book/src/three/c.md
# C

HIDDEN
//- book/src/added/d.md
# D

HIDDEN
//- book/src/e.md
---
permalink: {build: false}
---
# E

HIDDEN
//- book/src/f.md
# F

HIDDEN
//- book/src/f.11tydata.json
{\"draft\": true}
",
    );
    let imported = shown_alone(&project);
    assert_eq!(imported.told("held-back").len(), 6, "{:?}", imported.told("held-back"));
}

#[test]
fn jekyll_keeps_collections_drafts_and_comments_wherever_they_lie() {
    let project = Project::new(
        "
//- book/_config.yml
title: x
collections_dir: cols
include: [_special]
collections:
  inner: {output: false}
  rules: {output: true}
//- book/index.md
---
nav_order: 1
title: I
---
# I
{::comment}
HIDDEN
{:/comment}
SHOWN
//- book/cols/_inner/i.md
# Inner

HIDDEN
//- book/cols/_rules/r.md
---
title: R
---
RULE
//- book/cols/_drafts/d.md
---
title: D
---
HIDDEN
//- book/_drafts/e.md
---
title: E
---
HIDDEN
//- book/_special/s.md
---
title: S
---
SPECIAL
",
    );
    let imported = import(&project);
    for text in ["SHOWN", "RULE", "SPECIAL"] {
        assert!(is_shown(&imported, text), "{text}");
    }
    assert!(!is_shown(&imported, "HIDDEN"));
    assert!(imported.has("site/rules/r.html"), "the old address leads on");
}

#[test]
fn vuepress_and_middleman_leave_out_what_their_settings_say() {
    let project = Project::new(
        "
//- book/docs/.vuepress/config.js
module.exports = { title: 'T', pagePatterns: ['**/*.md', '!secret/**', '!.vuepress'] }
//- book/docs/README.md
# Home

SHOWN
//- book/docs/secret/s.md
# S

HIDDEN
",
    );
    shown_alone(&project);
    let project = Project::new(
        "
//- book/config.rb
ignore \"secret/*\"
ignore '/private.html'
//- book/config/tech-docs.yml
service_name: T
//- book/source/index.html.md.erb
---
title: Home
---
SHOWN
//- book/source/secret/a/b.html.md
# S

HIDDEN
//- book/source/private.html.md.erb
# P

HIDDEN
//- book/source/partials/_p.md.erb
HIDDEN
",
    );
    shown_alone(&project);
}

#[test]
fn an_entry_within_a_comment_of_the_summary_is_not_listed() {
    let project = Project::new(
        "
//- book/book.toml
[book]
title = 'T'
//- book/src/SUMMARY.md
- [A](a.md)

<!--
- [S](s.md)
-->
- [B](b.md) <!-- [S](s.md) -->
//- book/src/a.md
# A

SHOWN
//- book/src/b.md
# B
//- book/src/s.md
# S

HIDDEN
",
    );
    let imported = shown_alone(&project);
    assert_eq!(imported.titles(), ["A", "B"]);
}

#[test]
fn plugins_of_mkdocs_keep_back_what_they_kept_back() {
    let book = "
//- book/mkdocs.yml
site_name: x
plugins:
PLUGIN
//- book/docs/index.md
# Home

SHOWN
//- book/docs/secret/s.md
# S

HIDDEN
//- book/docs/a.tmp.md
# A

HIDDEN
//- book/docs/x-priv.md
# P

HIDDEN
";
    let exclude = "  - exclude:\n      glob: [secret/*, \"*.tmp.md\"]\n      regex: [\".*priv.*\"]";
    let imported_from = Project::new(&book.replace("PLUGIN", exclude));
    let imported = import(&imported_from);
    assert!(is_shown(&imported, "SHOWN") && !is_shown(&imported, "HIDDEN"));
    let encrypts = Project::new(&book.replace("PLUGIN", "  - encryptcontent:\n      global_password: x"));
    let imported = import(&encrypts);
    assert_eq!(imported.told("restricted").len(), 4);
    assert_eq!(publish(&encrypts).0, 1, "{}", publish(&encrypts).1);
}

#[test]
fn folders_that_hugo_does_not_mount_and_the_blogs_own_exclude_of_docusaurus() {
    let project = Project::new(
        "
//- book/hugo.toml
title = 'Rules'
[[module.mounts]]
source = 'content'
target = 'content'
excludeFiles = 'exc/**'
//- book/content/_index.md
# Home

SHOWN
//- book/content/exc/e.md
# E

HIDDEN
",
    );
    shown_alone(&project);
    let project = Project::new(
        "
//- book/docusaurus.config.js
module.exports = {title: 'T', presets: [['classic', {blog: {exclude: ['**/p.md']}}]]};
//- book/docs/intro.md
# Intro

SHOWN
//- book/blog/p.md
# P

HIDDEN
",
    );
    shown_alone(&project);
}

#[test]
fn what_jekyll_and_eleventy_take_for_parts_is_no_chapter() {
    let project = Project::new(
        "
//- book/_config.yml
title: x
//- book/index.md
---
title: I
---
SHOWN
//- book/hr/_private/p.md
---
title: P
---
HIDDEN
//- book/hr/#tmp.md
---
title: T
---
HIDDEN
",
    );
    shown_alone(&project);
    let project = Project::new(
        "
//- book/.eleventy.js
module.exports = () => ({ dir: { input: \"src\", includes: \"partials\", data: \"d\" } });
//- book/src/index.md
# Home

SHOWN {#
HIDDEN
#}
//- book/src/partials/p.md
HIDDEN
//- book/src/d/x.md
HIDDEN
",
    );
    shown_alone(&project);
}

#[test]
fn comments_of_obsidian_middleman_and_gitbook_are_not_seen() {
    let project = Project::new(
        "
//- book/.obsidian/app.json
{}
//- book/i.md
# I

A %%> HIDDEN %% B

C %% HIDDEN

HIDDEN %% D
",
    );
    let imported = import(&project);
    let page = scraper::Html::parse_document(&imported.read("site/i.html"));
    let words: String = page.root_element().text().collect();
    assert!(!words.contains("HIDDEN") && words.contains("D"), "{words}");
    let project = Project::new(
        "
//- book/SUMMARY.md
* [A](README.md)
//- book/.gitbook.yaml
root: ./
//- book/README.md
# A

SHOWN {% comment %}HIDDEN{% endcomment %}
",
    );
    shown_alone(&project);
    let project = Project::new(
        "
//- book/config/tech-docs.yml
service_name: T
//- book/source/index.html.md.erb
---
title: Home
---
SHOWN <%# HIDDEN %>
",
    );
    shown_alone(&project);
}

#[test]
fn emoji_by_name_are_signs_where_the_tool_shows_them() {
    let book = "
//- book/mkdocs.yml
site_name: x
EXTENSIONS
//- book/docs/index.md
# Home

:tada: at 10:30:45 and `:tada:` :none:
";
    let with = Project::new(&book.replace("EXTENSIONS", "markdown_extensions:\n  - pymdownx.emoji"));
    let chapter = import(&with).read("content/index.md");
    assert!(chapter.contains("🎉 at 10:30:45 and `:tada:` :none:"), "{chapter}");
    let without = Project::new(&book.replace("EXTENSIONS", ""));
    let chapter = import(&without).read("content/index.md");
    assert!(chapter.contains(":tada: at 10:30:45"), "{chapter}");
}
