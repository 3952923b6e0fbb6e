//! Books that want what they may not have.

use super::import;
use crate::support::Project;
use std::os::unix::fs::symlink;

#[test]
fn nothing_outside_of_the_book_is_read() {
    let project = Project::new(
        "
//- secret.md
# Secret word
//- book/mkdocs.yml
site_name: Rules
nav:
  - index.md
  - ../../secret.md
//- book/docs/index.md
# Rules

[out](../../secret.md) ![out](../../secret.png) [root](/../secret.md)

--8<-- \"../secret.md\"
--8<-- \"../../secret.md\"
",
    );
    project.write("secret.png", "secret picture");
    symlink(project.path().join("secret.md"), project.path().join("book/docs/linked.md")).expect("a link");
    symlink(project.path(), project.path().join("book/docs/above")).expect("a link");
    let imported = import(&project);
    for (path, bytes) in project.tree("new") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Secret word") && !text.contains("secret picture"), "{path}");
    }
    assert!(imported.told("outside").len() >= 3, "{:?}", imported.told("outside"));
    let unread = imported.told("unread");
    assert!(unread.iter().any(|(path, _)| path == "docs/linked.md"), "{unread:?}");
    assert!(unread.iter().any(|(path, _)| path == "docs/above"), "{unread:?}");
}

#[test]
fn settings_that_are_bombs_or_broken_are_told() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 'b'..='p' {
        let before = char::from_u32(u32::from(level) - 1).expect("a letter");
        bomb.push_str(&format!(
            "{level}: &{level} [*{before}, *{before}, *{before}, *{before}, *{before}]\n"
        ));
    }
    for (name, text) in [("mkdocs.yml", bomb.as_str()), ("mkdocs.yml", "nav: [\n"), ("book.toml", "[book\n")]
    {
        let project = Project::new("//- book/docs/index.md\n# A\n");
        project.write("book/src/index.md", "# A\n");
        project.write(&format!("book/{name}"), text);
        let imported = import(&project);
        assert_eq!(imported.told("settings").len(), 1, "{name}");
    }
}

#[test]
fn files_that_include_themselves_end() {
    let project = Project::new(
        "
//- book/book.toml
[book]
title = \"Circle\"
//- book/src/SUMMARY.md
- [A](a.md)
//- book/src/a.md
# A

{{#include a.md}}
{{#include a.md}}
",
    );
    let imported = import(&project);
    assert!(imported.read("content/a.md").len() < 64 * 1024 * 1024);
    assert!(!imported.told("markup").is_empty());
}

#[test]
fn odd_files_are_told_and_the_rest_is_read() {
    let project = Project::new("//- book/a.md\n# A\n");
    project.write("book/latin.md", b"Stra\xdfe\n");
    project.write("book/nul.md", b"a\0b");
    project.write("book/front.md", "---\na: [\n---\n# B\n");
    let imported = import(&project);
    let unread: Vec<String> = imported.told("encoding").into_iter().map(|(path, _)| path).collect();
    assert_eq!(unread, ["latin.md", "nul.md"]);
    assert_eq!(imported.told("front-matter").len(), 1);
    assert!(imported.read("content/front.md").contains("a: [") && imported.has("site/front.html"));
}

#[test]
fn code_is_not_run() {
    let project = Project::new(
        "
//- book/docusaurus.config.js
const fs = require('fs');
fs.writeFileSync('ran', '');
module.exports = { title: 'T', url: 'https://example.com', baseUrl: '/' };
//- book/sidebars.js
require('fs').writeFileSync('ran', '');
module.exports = { docs: ['a', ...require('./more'), { type: 'category', label: 'C', items: make() }] };
//- book/docs/a.md
# A
",
    );
    let imported = import(&project);
    assert!(
        !imported.has("ran")
            && !project.path().join("book/ran").exists()
            && !project.path().join("ran").exists()
    );
    assert!(!imported.told("settings").is_empty());
}
