//! What a tool does not publish, or not yet, is not published by an import.

use super::{Imported, import};
use crate::support::Project;

/// Paths that the report calls held back, with what it says of them.
fn held_back(imported: &Imported) -> Vec<(String, String)> {
    imported.told("held-back")
}

#[test]
fn hugo_by_days_and_by_what_it_makes_pages_of() {
    let project = Project::new(
        "
//- book/hugo.toml
title = 'Rules'
[permalinks.page]
news = '/:year/:month/:slug/'
//- book/content/_index.md
---
title: Rules
---
[news](/2024/05/first-news/)
//- book/content/future.md
+++
title = 'Future'
date = 2099-01-01
+++
//- book/content/later.md
---
title: Later
date: 2020-01-01
publishdate: 2099-02-01
---
//- book/content/expired.md
---
title: Expired
expiryDate: 2020-01-01
---
//- book/content/lasting.md
---
title: Lasting
date: 2020-01-01
expiryDate: 2099-01-01
---
//- book/content/draft.md
---
title: Draft
draft: true
---
//- book/content/never.md
---
title: Never
_build: {render: never, list: never}
---
//- book/content/private/_index.md
---
title: Private
cascade: {build: {render: never}}
---
//- book/content/private/inner.md
---
title: Inner
---
//- book/content/bundle/index.md
---
title: Bundle
---
//- book/content/bundle/part.md
A part of the bundle.
//- book/content/news/first.md
---
title: First news
date: 2024-05-06
---
",
    );
    let imported = import(&project);
    assert_eq!(imported.titles(), ["Lasting", "Bundle", "News", "First news"]);
    let told: Vec<String> = held_back(&imported).into_iter().map(|(path, _)| path).collect();
    let held =
        ["bundle/part", "draft", "expired", "future", "later", "never", "private/_index", "private/inner"];
    assert_eq!(told, held.map(|name| format!("content/{name}.md")));
    // What is to come is published when its day has come, as there.
    assert!(imported.read("content/future.md").contains("publishDate: 2099-01-01"));
    assert!(imported.has("site/2024/05/first-news/index.html"));
    assert_eq!(imported.findings(&["broken-link"]), Vec::<String>::new());
    assert_eq!(imported.told("restricted").len(), 1);
}

#[test]
fn the_day_of_the_import_decides() {
    let project =
        Project::new("//- book/hugo.toml\n//- book/content/a.md\n---\ndate: 2030-01-01\n---\n# A\n");
    project.run(&["import", "book", "new", "--date", "2030-01-01"]).expect(0);
    let text = std::fs::read_to_string(project.path().join("new/content/a.md")).expect("a text");
    assert!(!text.contains("publishDate"), "{text}");
}

#[test]
fn jekyll_posts_of_later_days_and_collections_without_pages() {
    let project = Project::new(
        "
//- book/_config.yml
baseurl: /hb
collections:
  rules: {output: true, permalink: /r/:name/}
  notes: {output: false}
//- book/index.md
---
title: Home
---
[pay]({{ site.baseurl }}/r/pay/) [post](/hb/money/2024/01/02/first.html)
//- book/_rules/pay.md
---
title: Pay
---
//- book/_rules/gone.md
---
title: Gone
published: false
---
//- book/_notes/note.md
---
title: Note
---
//- book/_posts/2024-01-02-first.md
---
title: First
categories: [Money]
---
//- book/_posts/2099-01-02-later.md
---
title: Later
---
//- book/_posts/2024-01-03-moved.md
---
title: Moved
date: 2099-01-03 10:00:00 +0800
---
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&["broken-link"]), Vec::<String>::new());
    assert_eq!(
        held_back(&imported),
        [
            ("_notes/note.md", "output: false"),
            ("_posts/2024-01-03-moved.md", "date: 2099-01-03 10:00:00 +0800"),
            ("_posts/2099-01-02-later.md", "2099-01-02-later.md"),
            ("_rules/gone.md", "published: false"),
        ]
        .map(|(path, why)| (path.to_owned(), why.to_owned()))
    );
    for (page, is_there) in [
        ("site/rules/pay.html", true),
        ("site/r/pay/index.html", true),
        ("site/posts/2024-01-02-first.html", true),
        ("site/rules/gone.html", false),
        ("site/notes/note.html", false),
        ("site/posts/2099-01-02-later.html", false),
        ("site/posts/2024-01-03-moved.html", false),
    ] {
        assert_eq!(imported.has(page), is_there, "{page}");
    }
}

#[test]
fn a_draft_takes_no_address_from_what_readers_see() {
    let project = Project::new(
        "
//- book/hugo.toml
baseURL = 'https://a.example/'
//- book/content/_index.md
# Home
//- book/content/a-draft.md
---
title: Draft
draft: true
aliases: [/old/, /shown/]
---
Secret
//- book/content/b/_index.md
---
title: Empty
draft: true
---
//- book/content/shown.md
---
title: Shown
aliases: [/old/, /b/]
---
Open
",
    );
    let imported = super::import(&project);
    for address in ["old", "b", "shown"] {
        assert!(imported.read(&format!("site/{address}/index.html")).contains("shown.html"), "{address}");
    }
}

#[test]
fn hugo_by_cascades_with_days_targets_and_by_links() {
    let project = Project::new(
        "
//- book/hugo.toml
baseURL = 'https://a.example/'
buildFuture = true
[[Cascade]]
draft = true
[Cascade._target]
path = '/set/**'
//- book/content/_index.md
# Home
//- book/content/set/a.md
Secret
//- book/content/past/_index.md
---
Cascade:
  target: {kind: '{page,section}', path: '/PAST/[ab]'}
  expiryDate: 2020-01-01
---
//- book/content/past/a.md
Secret
//- book/content/past/c.md
Open
//- book/content/link.md
---
build: {render: link}
---
Secret
//- book/content/old.md
---
expiryDate: 2020-01-01
---
Secret
//- book/notes/inner.md
Secret
",
    );
    #[cfg(unix)]
    std::os::unix::fs::symlink("../notes/inner.md", project.path().join("book/content/linked.md"))
        .expect("a link");
    let imported = import(&project);
    assert!(!super::is_shown(&imported, "Secret") && super::is_shown(&imported, "Open"));
    let held: Vec<String> = held_back(&imported).into_iter().map(|(path, _)| path).collect();
    let mut expected = vec!["content/link.md", "content/old.md", "content/past/a.md", "content/set/a.md"];
    if cfg!(unix) {
        expected.insert(1, "content/linked.md");
    }
    assert_eq!(held, expected);
}

#[test]
fn quartz_and_myst_by_their_settings() {
    for book in [
        "//- book/quartz.config.ts\nignorePatterns: ['private']\nPlugin.ExplicitPublish()\n//- book/content/private/a.md\n---\npublish: true\n---\nSecret\n//- book/content/b.md\nSecret\n//- book/content/c.md\n---\npublish: true\n---\nOpen\n",
        "//- book/myst.yml\nproject:\n  exclude: [old]\n//- book/old/a.md\nSecret\n//- book/b.md\nOpen\n% Secret\n\n```{code-cell}\n:tags: [remove-cell]\nSecret\n```\n",
        "//- book/conf.py\nextensions = ['myst_parser']\n//- book/b.md\nOpen\n\n% Secret\n",
        "//- book/_config.yml\nexclude_patterns: [old/*]\n//- book/_toc.yml\nroot: b\n//- book/old/a.md\nSecret\n//- book/b.md\nOpen\n% Secret\n",
    ] {
        let project = Project::new(book);
        let imported = import(&project);
        assert!(!super::is_shown(&imported, "Secret") && super::is_shown(&imported, "Open"), "{book}");
    }
}

#[test]
fn a_book_of_myst_is_one_of_markdown() {
    let project = Project::new(
        "//- book/conf.py\nextensions = ['myst_parser']\n//- book/a.md\n# A\n\n(here)=\n## Part\n\nSee {ref}`here`, [](#here), {doc}`b` and {kbd}`Ctrl`.\n//- book/b.md\n# Other\n",
    );
    let imported = import(&project);
    let page = imported.read("site/a.html");
    assert!(
        page.contains("href=\"#here\"") && page.contains("b.html") && page.contains("<kbd>Ctrl</kbd>"),
        "{page}"
    );
    assert!(!page.contains("(here)=") && !page.contains("{ref}") && !page.contains("{doc}"), "{page}");
}
