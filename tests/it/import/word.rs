//! A folder of Word documents becomes a handbook whose clauses are those that Word shows.

use crate::support::{Project, repository};
use std::fs;

/// Imports the documents of `tests/fixtures/word` and builds what comes of them.
fn documents() -> Project {
    let project = Project::new("//- book/notes.txt\nnot a chapter\n");
    let fixtures = repository().join("tests/fixtures/word");
    for entry in fs::read_dir(&fixtures).expect("tests/fixtures/word").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "docx") {
            let to = project.path().join("book").join(entry.file_name());
            fs::copy(entry.path(), to).expect("a document");
        }
    }
    project.run(&["import", "book", "new"]).expect(0);
    project.run(&["build", "-C", "new"]).expect(0);
    project
}

#[test]
fn a_folder_of_documents_becomes_a_handbook() {
    let project = documents();
    let chapters = project.tree("new/content");
    assert_eq!(chapters.iter().filter(|(name, _)| name.ends_with(".md")).count(), 12);
    let page = project.page("new/site/01-采购管理制度.html");
    assert_eq!(page.texts("h1"), ["采购管理制度"]);
    let clauses = page.texts(".text .clause-number");
    assert_eq!(clauses, ["第一条", "第二条", "第三条", "第四条"]);
    let control = page.texts(".control, .facts").join(" ");
    assert!(control.contains("CG-001") || page.texts("main").join(" ").contains("CG-001"));
    let text = page.texts(".text").join("");
    for item in ["（一）原材料；", "①电脑；", "第二章 采购程序", "（二）紧急采购。"]
    {
        assert!(text.replace(' ', "").contains(&item.replace(' ', "")), "{item}: {text}");
    }
}

#[test]
fn tracked_changes_are_taken_as_accepted_and_told() {
    let project = documents();
    let report = project.read("new/import-report.md");
    assert!(report.contains("修订") || report.contains("Tracked insertions"), "{report}");
    let text = project.page("new/site/07-合同管理制度.html").texts(".text").join("");
    assert!(text.contains("法务部") && !text.contains("办公室"), "{text}");
}

#[test]
fn what_is_no_document_is_told_and_stops_nothing() {
    let project = Project::new("//- book/a.md\n# 甲\n//- book/b.docx\nno zip\n//- book/~$c.docx\nlock\n");
    fs::write(project.path().join("book/d.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("a file");
    project.run(&["import", "book", "new"]).expect(0);
    let report = project.read("new/import-report.json");
    for (kind, path) in [("not-word", "b.docx"), ("old-format", "d.doc")] {
        assert!(report.contains(kind) && report.contains(path), "{kind}: {report}");
    }
    assert!(report.contains("\"not-word\": 1"), "a lock is no document: {report}");
    project.run(&["build", "-C", "new"]).expect(0);
}
