//! An import publishes nothing that the book's own tool keeps back.
//!
//! Each book has a chapter that its tool does not publish, or does not show to all, with a
//! word that stands nowhere else. The word may be in no byte of the site.

use super::read;
use crate::support::Project;

/// The word of what is kept back.
const SECRET: &str = "zqxkept";

/// A book, and what of its tool's means keeps the word back.
const BOOKS: [(&str, &str); 15] = [
    (
        "hugo",
        "
//- book/hugo.toml
title = 'T'
[[cascade]]
draft = true
[cascade._target]
path = '/site/**'
//- book/content/_index.md
+++
title = 'Home'
+++
[a](a.md) [b](b.md) [c](sec/c.md) {{< ref \"sec/c.md\" >}}
//- book/content/a.md
+++
title = 'SECRET a'
draft = true
owner = 'SECRET team'
+++
SECRET
//- book/content/b.md
{
  \"title\": \"SECRET b\", \"draft\": true
}
SECRET
//- book/content/later.md
---
title: SECRET later
publishDate: 2099-01-01
---
SECRET
//- book/content/render.md
---
title: SECRET render
build: {render: never}
---
SECRET
//- book/content/sec/_index.md
---
title: Section
cascade:
  - target: {kind: page}
    draft: true
---
Open.
//- book/content/sec/c.md
---
title: SECRET c
---
SECRET
//- book/content/site/d.md
# SECRET d
",
    ),
    (
        "mkdocs",
        "
//- book/mkdocs.yml
site_name: T
plugins: [search, meta]
exclude_docs: |
  *.secret.md
  /private/
draft_docs: |
  wip.md
//- book/docs/index.md
# T

[a](a.secret.md) [b](private/b.md) [c](wip.md) [raw](../notes.md) [txt](../notes.txt) [d](team/d.md)
//- book/docs/a.secret.md
# SECRET a
//- book/docs/private/b.md
# SECRET b
//- book/docs/private/b.txt
SECRET
//- book/docs/wip.md
# SECRET c
//- book/docs/team/.meta.yml
draft: true
//- book/docs/team/d.md
# SECRET d
//- book/notes.md
SECRET
//- book/notes.txt
SECRET
",
    ),
    (
        "mdbook",
        "
//- book/book.toml
[book]
title = \"T\"
//- book/src/SUMMARY.md
- [A](a.md)
//- book/src/a.md
# A

[b](b.md) [c](../c.md)
//- book/src/b.md
# SECRET b
//- book/c.md
SECRET
",
    ),
    (
        "gitbook",
        "
//- book/.bookignore
old/
//- book/SUMMARY.md
* [Home](README.md)
* [Old](old/x.md)
//- book/README.md
# Home

[b](b.md) [x](old/x.md)
//- book/b.md
# SECRET b
//- book/old/x.md
# SECRET x
",
    ),
    (
        "jekyll",
        "
//- book/_config.yml
title: T
exclude: [internal, plan.md, plan.txt]
defaults:
  - scope: {path: team}
    values: {published: false, layout: page}
//- book/index.md
---
title: Home
---
[a](_drafts/a.md) [b](internal/b.md) [c](plan.md) [d](plan.txt) [e](team/e.md)
//- book/_drafts/a.md
---
title: SECRET a
---
SECRET
//- book/internal/b.md
# SECRET b
//- book/plan.md
# SECRET c
//- book/plan.txt
SECRET
//- book/team/e.md
---
title: SECRET e
---
SECRET
",
    ),
    (
        "eleventy",
        "
//- book/.eleventy.js
module.exports = () => ({ dir: { input: '.' } });
//- book/.eleventyignore
README.md
//- book/index.md
# Home

[r](README.md) [b](b.md) [t](team/c.md)
//- book/README.md
# SECRET r
//- book/b.md
---
title: SECRET b
permalink: false
---
SECRET
//- book/team/team.json
{\"draft\": true}
//- book/team/c.md
# SECRET c
",
    ),
    (
        "docusaurus",
        "
//- book/docusaurus.config.js
module.exports = { title: 'T', presets: [['classic', { docs: { exclude: ['**/*.internal.md'] } }]] };
//- book/docs/index.md
# Home

[a](a.internal.md) [b](b.md) [c](_c.md) [d](d.md)
//- book/docs/a.internal.md
# SECRET a
//- book/docs/b.md
---
draft: true
---
# SECRET b
//- book/docs/_c.md
SECRET
//- book/docs/d.md
---
unlisted: true
---
# SECRET d
",
    ),
    (
        "vitepress",
        "
//- book/.vitepress/config.js
export default { title: 'T', srcExclude: ['internal/**'] };
//- book/index.md
# Home

[a](internal/a.md)
//- book/internal/a.md
# SECRET a
",
    ),
    (
        "obsidian",
        "
//- book/.obsidian/app.json
{}
//- book/Home.md
[[Secret plan]] ![[Secret plan]]
//- book/Secret plan.md
---
publish: false
---
SECRET
",
    ),
    (
        "folder",
        "//- book/README.md\n# Home\n\n[a](a.md)\n//- book/a.md\n---\nx: [\ndraft: true\n---\n# SECRET a\n",
    ),
    (
        "folder",
        "//- book/README.md\n# Home\n\n[a](a.md)\n//- book/a.md\n---\nprivate: true\n---\n# SECRET a\n",
    ),
    (
        // A path that counts from a folder above.
        "hugo",
        "//- book/hugo.toml\ntitle = 'T'\n//- book/content/_index.md\n# Home\n//- book/content/docs/x/a.md\n[b](/x/b.md) ![b](/x/b.png) <Part />\n//- book/content/docs/x/b.md\n+++\ndraft = true\n+++\n# SECRET b\n",
    ),
    (
        "folder",
        "//- book/README.md\n# Home\n//- book/a.md\n---\nstatus: wip\nteam: SECRET team\n---\n# SECRET a\n",
    ),
    (
        "folder",
        "//- book/README.md\n# Home\n//- book/a.md\n---\nembargo: 2099-01-01\nlast_reviewed_on: 2026-01-01\n---\n# SECRET a\n",
    ),
    (
        "folder",
        "//- book/README.md\n# Home\n//- book/a.md\n---\npublished: false\ntags: 7\nversion: {a: b}\n---\n# SECRET a\n",
    ),
];

/// The files that hold a word.
fn holding<'a>(site: &'a [(String, Vec<u8>)], word: &str) -> Vec<&'a str> {
    let finder = memchr::memmem::Finder::new(word);
    site.iter().filter(|(_, bytes)| finder.find(bytes).is_some()).map(|(path, _)| path.as_str()).collect()
}

#[test]
fn what_a_tool_does_not_publish_stays_back() {
    for (tool, book) in BOOKS {
        let project = Project::new(&book.replace("SECRET", SECRET));
        project.run(&["import", "book", "new", "--from", tool]).expect(0);
        project.run(&["build", "-C", "new"]).expect(0);
        let site = read(&project.path().join("new/site"));
        assert!(!site.is_empty(), "{tool}");
        assert_eq!(holding(&site, SECRET), Vec::<&str>::new(), "{tool}");
        // It is there, for whoever has the project.
        let files = project.tree("new/content");
        let kept = files.values().any(|bytes| String::from_utf8_lossy(bytes).contains(SECRET));
        assert!(kept, "{tool}");
    }
}

#[test]
fn words_for_readers_withhold_or_are_told() {
    let project = Project::new(
        "
//- book/README.md
# Home

[a](a.md) [b](b.md)
//- book/a.md
---
audience: managers
---
# SECRET a
//- book/b.md
---
audience: [managers, developers]
x: y
---
# SECRET b
//- book/c.md
---
visibility: insiders
---
# SECRET c
//- book/d.md
---
access: public
restricted: false
---
# Open
",
    );
    project.run(&["import", "book", "new"]).expect(0);
    let report: serde_json::Value =
        serde_json::from_str(&project.read("new/import-report.json")).expect("JSON");
    let told: Vec<&str> = report["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .filter(|entry| entry["kind"] == "restricted")
        .filter_map(|entry| entry["path"].as_str())
        .collect();
    assert_eq!(told, ["a.md", "b.md", "c.md"]);
    // Without audiences all is shown, which the build says and `publish` refuses.
    let built = project.run(&["build", "-C", "new"]).expect(0);
    assert!(built.stderr().contains("holds 3 chapters that are for certain audiences"), "{}", built.stderr());
    let target = project.path().join("out");
    project.run(&["publish", "-C", "new", &target.to_string_lossy()]).expect(1);
    assert!(!target.exists());
    // With them, nobody sees more than those who are named: at once what is not understood is
    // seen by nobody, and after another import whom the book means sees what is meant for her.
    let settings = project.read("new/handbook.yaml");
    project.write("new/handbook.yaml", format!("{settings}audiences: {{managers: 管理人员, staff: 员工}}\n"));
    let site = |audience: &str| {
        project.run(&["build", "-C", "new", "--audience", audience, "-o", audience]);
        let site = read(&project.path().join(audience));
        let seen = ["SECRET a", "SECRET b", "SECRET c", "Open"];
        seen.map(|word| !holding(&site, word).is_empty())
    };
    assert!(site("staff")[..3] == [false; 3], "before the second import");
    project.run(&["import", "book", "new"]).expect(0);
    let both = project.read("new/content/b.md");
    assert!(both.contains("audience:\n- managers\n"), "{both}");
    project.write("new/content/c.md", "# Gone\n");
    assert_eq!(site("staff"), [false, false, false, true]);
    assert_eq!(site("managers"), [true, true, false, true]);
}

#[test]
fn a_text_that_shows_what_is_kept_back_is_told() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: T
markdown_extensions:
  - pymdownx.snippets: {base_path: [docs]}
//- book/docs/index.md
# T

--8<-- \"a.md\"

--8<-- \"b.md\"
//- book/docs/a.md
---
draft: true
---
Kept back.
//- book/docs/b.md
Open.
",
    );
    project.run(&["import", "book", "new"]).expect(0);
    let report = project.read("new/import-report.md");
    assert!(report.contains("- `docs/index.md`:3 `--8<-- \"a.md\"`"), "{report}");
}
