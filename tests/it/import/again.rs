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
    // What has gone here stays away, and what was edited stays when its source is gone.
    std::fs::remove_file(project.path().join("book/docs/travel.md")).expect("removed");
    std::fs::remove_file(project.path().join("new/content/index.md")).expect("removed");
    project.run(&["import", "book", "new"]).expect(0);
    assert_eq!(imported.told("gone"), [("content/travel.md".to_owned(), "docs/travel.md".to_owned())]);
    assert!(imported.has("content/travel.md") && !imported.has("content/index.md"));
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
    let run = project.run(&["import", "book", "new"]).expect(0);
    assert!(run.stderr().contains("see import-report-2.md"), "{}", run.stderr());
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

const MOVED: &str = "
site_name: Rules
nav:
  - Home: index.md
  - People:
    - Travel: travel.md
    - Leave: leave.md
";

/// Imports the book again and builds it.
fn again(project: &Project) -> super::Imported {
    project.run(&["import", "book", "new"]).expect(0);
    let imported = super::Imported { folder: project.path().join("new") };
    imported.build();
    imported
}

#[test]
fn what_moved_is_not_left_where_it_was_and_its_address_leads_on() {
    let project = Project::new(BOOK);
    import(&project);
    project.write("book/mkdocs.yml", MOVED);
    let imported = again(&project);
    assert!(!imported.has("content/travel.md") && imported.has("content/people/travel.md"));
    let moved = |name: &str| (format!("content/{name}.md"), format!("content/people/{name}.md"));
    assert_eq!(imported.told("withdrawn"), [moved("leave"), moved("travel")]);
    assert!(imported.read("site/travel.html").contains("people/travel.html"));
    let before = project.tree("new/content");
    let imported = again(&project);
    assert_eq!(project.tree("new/content"), before);
    assert!(imported.told("withdrawn").is_empty());
    // Back again, with all addresses, and without the folder that was made for it.
    project.write(
        "book/mkdocs.yml",
        BOOK.split("//- book/docs").next().and_then(|all| all.split_once(".yml")).expect("it").1,
    );
    let imported = again(&project);
    assert!(imported.has("content/travel.md") && !imported.has("content/people"));
    assert!(imported.read("site/people/travel.html").contains("travel.html"));
    assert!(imported.read("site/travel.html").contains("Book early."));
}

#[test]
fn what_is_held_back_by_now_is_not_left_public_where_it_was() {
    let project = Project::new(BOOK);
    import(&project);
    project.write("book/mkdocs.yml", MOVED);
    project.write("book/docs/travel.md", "---\ndraft: true\n---\n# Travel\n\nBook early.\n");
    std::fs::remove_file(project.path().join("book/docs/leave.md")).expect("removed");
    let imported = again(&project);
    assert!(!super::is_shown(&imported, "Book early.") && !super::is_shown(&imported, "Ask first."));
    assert!(!imported.has("content/leave.md") && imported.has("content/people/travel.md"));
}

#[test]
fn a_folder_that_was_renamed_is_no_other_book() {
    let project = Project::new(
        "//- book/mkdocs.yml\nsite_name: Rules\n//- book/docs/index.md\n# Rules\n//- book/docs/g/one.md\n# One\n\nFirst.\n\
         //- book/docs/g/two.md\n# Two\n\nSecond.\n//- book/docs/g/three.md\n# Three\n\nThird.\n",
    );
    import(&project);
    std::fs::rename(project.path().join("book/docs/g"), project.path().join("book/docs/guide"))
        .expect("renamed");
    project.write("book/docs/guide/two.md", "---\ndraft: true\n---\n# Two\n\nSecond.\n");
    let imported = again(&project);
    assert!(!imported.has("content/g") && imported.has("content/guide/one.md"));
    assert!(super::is_shown(&imported, "First.") && !super::is_shown(&imported, "Second."));
}

#[test]
fn a_record_that_somebody_wrote_takes_no_chapter_away() {
    let project = Project::new(BOOK);
    let imported = import(&project);
    let record = imported.read(".handbook-import.json");
    let forged = record.replace(
        "\"files\": {",
        "\"files\": {\n    \"content//travel.md\": { \"written\": \"DIGEST\", \"source\": \"docs/x.md\" },",
    );
    let value: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    let digest = value["files"]["content/travel.md"]["written"].as_str().expect("a digest");
    assert_ne!(forged, record);
    project.write("new/.handbook-import.json", forged.replace("DIGEST", digest));
    assert!(again(&project).has("content/travel.md"));
}

#[test]
fn what_was_edited_stays_and_is_told_as_public() {
    let project = Project::new(BOOK);
    import(&project);
    let edit = |name: &str| {
        let path = format!("new/content/{name}.md");
        let text = std::fs::read_to_string(project.path().join(&path)).expect("a file");
        project.write(&path, format!("{text}\nEdited.\n"));
    };
    edit("travel");
    edit("leave");
    project.write("book/docs/travel.md", "---\ndraft: true\n---\n# Travel\n\nBook early.\n");
    let run = project.run(&["import", "book", "new"]).expect(0);
    assert!(run.stderr().contains("readers still see it"), "{}", run.stderr());
    let imported = again(&project);
    let told = |kind: &str| imported.told(kind).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(told("edited-and-withheld"), ["content/travel.md"]);
    project.write("book/mkdocs.yml", MOVED);
    again(&project);
    assert_eq!(told("edited-and-withheld"), ["content/travel.md"]);
    assert_eq!(told("edited-and-moved"), ["content/leave.md"]);
    assert!(imported.read("content/leave.md").contains("Edited."));
    // One that its editor holds back is seen by nobody.
    project.write("new/content/travel.md", "---\ndraft: true\n---\nEdited.\n");
    again(&project);
    assert!(told("edited-and-withheld").is_empty() && imported.has("content/travel.md"));
    let run = project.run(&["import", "book", "new"]).expect(0);
    assert!(!run.stderr().contains("readers still see"), "{}", run.stderr());
}

#[test]
fn a_book_without_its_settings_is_read_as_before() {
    let project = Project::new(BOOK);
    let imported = import(&project);
    std::fs::remove_file(project.path().join("book/mkdocs.yml")).expect("removed");
    let run = project.run(&["import", "book", "new"]).expect(0);
    assert!(run.stderr().contains("`--from folder`"), "{}", run.stderr());
    // Its place and address are those of MkDocs.
    assert!(imported.read("content/travel.md").contains("- /travel/"));
    let record = imported.read(".handbook-import.json");
    assert!(record.contains("\"mkdocs\""), "{record}");
    let run = project.run(&["import", "book", "new", "--from", "folder"]).expect(0);
    assert!(!run.stderr().contains("--from"), "{}", run.stderr());
    assert!(imported.read(".handbook-import.json").contains("\"folder\""));
}

#[test]
fn what_was_removed_stays_away_where_it_moves_too() {
    let project = Project::new(BOOK);
    let imported = import(&project);
    std::fs::remove_file(project.path().join("new/content/travel.md")).expect("removed");
    project.write("book/mkdocs.yml", MOVED);
    again(&project);
    assert!(!imported.has("content/people/travel.md") && imported.has("content/people/leave.md"));
}

#[test]
fn another_book_or_a_part_of_it_takes_nothing_away() {
    let project = Project::new(BOOK);
    let imported = import(&project);
    let before = project.tree("new/content");
    project.write("other/mkdocs.yml", "site_name: Other\n");
    project.write("other/docs/other.md", "# Other\n");
    project.run(&["import", "other", "new"]).expect(0);
    let kept = || project.tree("new/content").into_iter().filter(|(path, _)| before.contains_key(path));
    assert_eq!(kept().count(), before.len());
    assert_eq!(imported.told("gone").len(), before.len());
    project.run(&["import", "book/docs/leave.md", "new"]).expect(0);
    assert_eq!(kept().count(), before.len());
}

#[test]
fn a_picture_goes_with_the_last_text_that_shows_it() {
    let project = Project::new(BOOK);
    for name in ["one", "two"] {
        project.write(&format!("book/docs/{name}.png"), "png");
    }
    project.write("book/docs/travel.md", "# Travel\n\n![](one.png) ![](two.png)\n");
    let imported = import(&project);
    assert!(imported.has("content/one.png") && imported.has("content/two.png"));
    project.write("new/content/own.md", "# Own\n\n![](two.png)\n");
    project.write("book/docs/travel.md", "# Travel\n");
    again(&project);
    assert!(!imported.has("content/one.png") && imported.has("content/two.png"));
    assert_eq!(imported.told("gone"), [("content/two.png".to_owned(), "docs/two.png".to_owned())]);
}
