//! Books in MyST, built as they lie: roles, directives, comments and targets are what their tool shows.

use crate::support::{Page, Project, run_in};

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

/// The titles of the chapters of a book, in order, as it lies and imported.
fn titles(files: &str) -> [Vec<String>; 2] {
    let of = |page: &Page| -> Vec<String> {
        let titles = page.texts("main a[href$='.html']");
        let bare = |title: &String| title.trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_owned();
        titles.iter().map(bare).filter(|title| title.starts_with('T')).collect()
    };
    let bare = Project::new(files);
    bare.run(&["build", "--lang", "en"]).expect(0);
    let source = Project::new(&files.replace("\n//- ", "\n//- book/"));
    source.run(&["import", "book", "new", "--lang", "en"]).expect(0);
    run_in(&source.path().join("new"), &["build", "--lang", "en"]).expect(0);
    [of(&bare.page("site/tree.html")), of(&source.page("new/site/tree.html"))]
}

const CHAPTERS: &str = "
//- intro.md
# T intro
//- a.md
# T a
//- b.md
# T b
//- c.md
# T c
//- old.md
# T old Secret
";

#[test]
fn a_table_of_contents_says_what_belongs_to_the_book_and_in_which_order() {
    for contents in [
        "
//- _config.yml
title: Book
//- _toc.yml
format: jb-book
root: intro
parts:
- caption: T part
  chapters:
  - file: c
  - file: a
- chapters:
  - file: b
    title: T named
",
        "
//- myst.yml
project:
  toc:
  - file: intro.md
  - title: T part
    children:
    - file: c.md
    - file: a.md
  - file: b.md
    title: T named
",
    ] {
        let files = format!("{contents}{}", CHAPTERS.trim_start());
        let [bare, imported] = titles(&files);
        let chapters = |all: &[String]| -> Vec<String> {
            all.iter().filter(|title| !matches!(title.as_str(), "T intro" | "T part")).cloned().collect()
        };
        assert_eq!(chapters(&bare), ["T c", "T a", "T named"], "{bare:?}");
        assert_eq!(chapters(&imported), ["T c", "T a", "T named"], "{imported:?}");
        assert!(imported.contains(&"T part".to_owned()), "{imported:?}");
        let project = Project::new(&files);
        project.run(&["build", "--lang", "en"]).expect(0);
        for (path, bytes) in &project.tree("site") {
            assert!(!String::from_utf8_lossy(bytes).contains("Secret"), "{path}");
        }
        let said = project.run(&["check", "--lang", "en"]).stderr();
        assert!(said.contains("does not name `old.md`"), "{said}");
    }
    // A list that takes what fits a pattern, and one of Sphinx, leave out nothing.
    let open = "\n//- _toc.yml\nroot: intro\nchapters:\n- file: c\n- glob: '*'\n";
    let [bare, imported] = titles(&format!("{open}{}", CHAPTERS.trim_start()));
    assert!(bare.contains(&"T old Secret".to_owned()) && imported.contains(&"T old Secret".to_owned()));
    let sphinx = "\n//- conf.py\nextensions = ['myst_parser']\n//- index.md\n# T home\n\n```{toctree}\n:caption: T part\nc\nT named <b>\n```\n";
    let [bare, imported] = titles(&format!("{sphinx}{}", CHAPTERS.trim_start()));
    for found in [bare, imported] {
        let place = |title: &str| found.iter().position(|own| own == title);
        assert!(place("T c").is_some() && place("T c") < place("T named"), "{found:?}");
        assert!(place("T named") < place("T a") && place("T old Secret").is_some(), "{found:?}");
    }
}

#[test]
fn signatures_are_code_and_names_of_two_parts_are_directives() {
    let written = "# T\n\n```{py:function} pay(a, *b)\n:async:\n\nPays *all*.\n```\n\n:::{glue:figure} sum\nThe sum.\n:::\n";
    let (_, page) = bare(SETTINGS, written);
    assert_eq!(page.texts(".text code"), ["pay(a, *b)"]);
    assert_eq!(page.texts(".text em"), ["all"]);
    let shown = text(&page);
    assert!(shown.contains("The sum.") && !shown.contains(":::") && !shown.contains('{'), "{shown}");
}
