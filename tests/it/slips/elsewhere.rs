//! Slips in which nothing stands in the place itself yet: settings that are
//! missing, a site inside another, a list of files that says less than today's.

use super::{GROUPS, MANIFEST, age_manifest, stops};
use crate::support::Project;

#[test]
fn without_its_settings_a_handbook_is_not_published() {
    for settings in [None, Some("title: 手册\nchecks: {unknown-audience: off}\n"), Some("audiences: {}\n")]
    {
        let project = Project::new(GROUPS);
        match settings {
            Some(text) => project.write("handbook.yaml", text),
            None => std::fs::remove_file(project.path().join("handbook.yaml")).expect("removed"),
        }
        let said = project.run(&["publish", "out"]).expect(1).stderr();
        assert!(said.contains("error[restricted-chapter]"), "{settings:?}: {said}");
        assert!(!project.path().join("out").exists(), "{settings:?}");
    }
    for front in
        ["Audience: board", "知悉范围: 董事会", "extra: {audience: board}", "title: A\n  audience board"]
    {
        let project = Project::new("//- content/index.md\n# 首页\n");
        project.write("content/a.md", format!("---\n{front}\n---\n正文\n"));
        let said = project.run(&["publish", "out"]).expect(1).stderr();
        assert!(said.contains("error[restricted-chapter]"), "{front}: {said}");
    }
}

#[test]
fn a_site_for_more_does_not_come_into_one_for_fewer() {
    let project = Project::new(GROUPS);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let words = ["error[site-audience]", "inside it", "--replace"];
    stops(&project, &["build", "--audience", "managers", "-o", "site/managers"], 1, &words);
    stops(&project, &["publish", "site/a/b", "--audience", "managers", "--dry-run"], 1, &words);
    project.run(&["build", "--audience", "managers", "-o", "beside"]).expect(0);
    project.run(&["build", "--audience", "managers", "-o", "site/managers", "--replace"]).expect(0);
}

/// Names alone prove nothing, and anyone may have added some.
#[test]
fn a_list_of_names_removes_only_what_is_surely_ours() {
    let project =
        Project::new("//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n//- content/b.md\n# 乙\n");
    project.run(&["build", "--precompress"]).expect(0);
    age_manifest(&project);
    let list =
        project.read(MANIFEST).replacen("\"files\":[", "\"files\":[\"report.pdf\",\"own/notes.html\",", 1);
    project.write(MANIFEST, list);
    project.write("site/report.pdf", "mine");
    project.write("site/own/notes.html", "<p>mine</p>");
    std::fs::remove_file(project.path().join("content/b.md")).expect("removed");
    let said = project.run(&["build"]).stderr();
    assert!(said.contains("report.pdf"), "{said}");
    assert_eq!(
        (project.read("site/report.pdf"), project.read("site/own/notes.html")),
        ("mine".into(), "<p>mine</p>".into())
    );
    assert!(!project.path().join("site/b.html").exists(), "{said}");
}
