//! A second import brings what is new and keeps what was edited.

use super::import;
use crate::support::{Project, tree};

const BOOK: &str = "
//- book/mkdocs.yml
site_name: Rules
nav:
  - Home: index.md
  - Travel: travel.md
  - Leave: leave.md
//- book/docs/index.md
# Rules

See [travel](travel.md).
//- book/docs/travel.md
# Travel

Book early.
//- book/docs/leave.md
# Leave

Ask first.
";

#[test]
fn edits_are_kept_and_new_text_arrives() {
    let project = Project::new(BOOK);
    let before = project.tree("book");
    let imported = import(&project);
    project.write("new/content/travel.md", "# Travel\n\nEdited here.\n");
    project.write("book/docs/travel.md", "# Travel\n\nBook very early.\n");
    project.write("book/docs/leave.md", "# Leave\n\nAsk your lead first.\n");
    project.write("new/content/own.md", "# Own\n");
    let run = project.run(&["import", "book", "new"]).expect(0);
    assert!(run.stderr().contains("1 file was edited"), "{}", run.stderr());
    assert!(imported.read("content/travel.md").contains("Edited here."));
    assert!(imported.read("content/leave.md").contains("Ask your lead first."));
    assert!(imported.has("content/own.md"));
    assert_eq!(
        imported.told("edited-and-new"),
        [("content/travel.md".to_owned(), "docs/travel.md".to_owned())]
    );
    assert!(imported.read("import-report.md").contains("content/travel.md"));
    // What has gone, there or here, is told and stays as it is.
    std::fs::remove_file(project.path().join("book/docs/leave.md")).expect("removed");
    std::fs::remove_file(project.path().join("new/content/index.md")).expect("removed");
    project.run(&["import", "book", "new"]).expect(0);
    assert_eq!(imported.told("gone"), [("content/leave.md".to_owned(), "docs/leave.md".to_owned())]);
    assert!(imported.has("content/leave.md") && !imported.has("content/index.md"));
    assert_eq!(imported.told("removed").len(), 1);
    assert_eq!(before.keys().count(), project.tree("book").len() + 1);
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let project = Project::new(BOOK);
    project.run(&["import", "book", "one"]).expect(0);
    project.run(&["import", "book", "two"]).expect(0);
    assert_eq!(project.tree("one"), project.tree("two"));
    let first = project.tree("one");
    let run = project.run(&["import", "book", "one"]).expect(0);
    assert!(run.stderr().contains("0 files written"), "{}", run.stderr());
    assert_eq!(tree(&project.path().join("one")), first);
}

#[test]
fn a_report_that_was_written_into_stays() {
    let project = Project::new(BOOK);
    let imported = import(&project);
    project.write("new/import-report.md", "done so far\n");
    project.write("book/docs/leave.md", "# Leave\n\n[gone](gone.md)\n");
    project.run(&["import", "book", "new"]).expect(0);
    assert_eq!(imported.read("import-report.md"), "done so far\n");
    assert!(imported.read("import-report-2.md").contains("gone.md"));
}

#[test]
fn only_a_folder_of_its_own_is_written_into() {
    let project = Project::new(BOOK);
    project.write("other/notes.txt", "mine");
    let before = project.tree("");
    for (source, dir) in
        [("book", "book"), ("book", "book/new"), ("book/docs", "book"), ("book", "other"), ("book", ".")]
    {
        let run = project.run(&["import", source, dir]).expect(2);
        assert!(
            run.stderr().contains("cannot be written") || run.stderr().contains("no import wrote"),
            "{}",
            run.stderr()
        );
    }
    project.run(&["import", "nowhere", "new"]).expect(2);
    assert_eq!(project.tree(""), before);
}
