//! Books in MyST, built as they lie: roles, directives, comments and targets are what their tool shows.

use crate::support::{Page, Project};

const SETTINGS: &str = "extensions = ['myst_parser']\n";

fn bare(settings: &str, text: &str) -> (Project, Page) {
    let project = Project::new("");
    project.write("docs/conf.py", settings);
    project.write("docs/a.md", text);
    project.write("docs/b.md", "# Other\n");
    project.write("docs/p.png", "");
    project.run(&["build", "--lang", "en"]).expect(0);
    let page = project.page("site/docs/a.html");
    (project, page)
}

fn text(page: &Page) -> String {
    page.texts(".text").join("").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_sphinx_hides_is_shown_to_nobody() {
    let written = "# T\n\na\n% HIDDEN one\nb\n\n+++ {\"x\": 1}\n\n:::{note}\nc\n% HIDDEN two\n:::\n\n```{warning}\n% HIDDEN three\nd\n```\n\n```py\n% shown\n```\n\n100 % e\n";
    let (project, page) = bare(SETTINGS, written);
    assert!(!text(&page).contains("HIDDEN") && !text(&page).contains("+++"), "{}", text(&page));
    assert_eq!(page.texts(".text pre"), ["% shown\n"]);
    assert!(text(&page).contains("100 % e"));
    for (path, bytes) in &project.tree("site") {
        assert!(!String::from_utf8_lossy(bytes).contains("HIDDEN"), "{path}");
    }
    // In another book it is text.
    let (_, page) = bare("import os\n", written);
    assert!(text(&page).contains("% HIDDEN one") && text(&page).contains("+++"), "{}", text(&page));
}

#[test]
fn roles_and_targets_are_links_and_words() {
    let written = "# T\n\n(here)=\n## Head\n\nSee {ref}`here`, {ref}`these <here>`, {doc}`b`, {doc}`words <b>`, {term}`pay`, {kbd}`Ctrl`, {abbr}`HR (Human)`, {py:func}`f.g`, [](#here) and `{ref}` as code.\n";
    let (project, page) = bare(SETTINGS, written);
    assert_eq!(
        text(&page),
        "Head# See Head, these, b, words, pay, Ctrl, HR, f.g, Head and {ref} as code.".to_owned()
    );
    let links = page.links(".text p a");
    let to = |target: &str| links.iter().filter(|(dest, _)| dest.ends_with(target)).count();
    assert_eq!((to("#here"), to("/b.html")), (3, 2), "{links:?}");
    assert_eq!(page.all(".text #here").len(), 1);
    assert_eq!(page.texts(".text code"), ["f.g", "{ref}"]);
    let said = project.run(&["check", "--lang", "en", "-v"]).expect(0).stderr();
    assert!(!said.contains("broken-") && said.contains("`{py:func}`f.g`"), "{said}");
}

#[test]
fn directives_are_pictures_tables_code_and_text() {
    let written = "# T\n\n```{figure} p.png\n:name: fig\n:alt: A\n\nThe *caption*.\n```\n\n::::{note}\n:::{image} p.png\n---\nname: img\n---\n:::\nIn the note.\n::::\n\n```{list-table} Pay\n:header-rows: 1\n\n* - Grade\n  - Sum\n* - A|B\n  - {math}`x`\n* - C\n```\n\n```{code-block} python\n:linenos:\nprint(1)\n```\n\n````{tab-set}\n```{tab-item} One\none\n```\n```{tab-item} Two\ntwo\n```\n````\n\n```{margin}\nAside *m*.\n```\n\n```{toctree}\nb\n```\n\n```{warning}\n---\nclass: x\n---\nMind.\n```\n\n[to](#fig) [too](#img)\n";
    let (project, page) = bare(SETTINGS, written);
    assert_eq!(page.all(".text img").len(), 2, "{}", text(&page));
    assert_eq!(page.all(".text img")[0].attr("alt"), Some("A"));
    assert_eq!(page.texts(".text th"), ["Grade", "Sum"]);
    assert_eq!(page.texts(".text td")[..1], ["A|B"]);
    assert_eq!(page.texts(".text pre code.language-python"), ["print(1)\n"]);
    assert_eq!(page.texts(".text .tab-title"), ["One", "Two"]);
    assert_eq!(
        page.texts(".text .alert-note p:not(.alert-title)").last().map(String::as_str),
        Some("In the note.")
    );
    assert_eq!(page.texts(".text .alert-warning > p:not(.alert-title)"), ["Mind."]);
    let shown = text(&page);
    for gone in [":name:", "---", "class: x", ":::", "{", "toctree", "|"] {
        assert!(!shown.replace("A|B", "").contains(gone), "{gone}: {shown}");
    }
    assert!(shown.contains("The caption.") && shown.contains("Aside m."), "{shown}");
    let said = project.run(&["check", "--lang", "en", "-v"]).expect(0).stderr();
    assert!(!said.contains("broken-anchor"), "{said}");
    assert!(said.contains("`{margin}`") || said.contains("```{margin}"), "{said}");
    assert!(said.contains("{toctree}") && said.contains("brings in another file"), "{said}");
}
