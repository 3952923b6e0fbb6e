//! What is deleted is no less withheld than it was: who might see a chapter last sees what is left
//! of it.

use super::{AUDIENCES, PAY, all_of, commit, git};
use crate::support::Project;
use std::fs;

/// What happens to the chapter after its first version, which everyone may see; each step is a
/// commit, the last of which leaves no file.
type Steps = &'static [fn(&Project)];

const CHAPTER: &str = "content/d/pay.md";

fn remove(project: &Project, path: &str) {
    fs::remove_file(project.path().join(path)).unwrap();
}

fn narrow(project: &Project) {
    let text = PAY.replace("'1.0'", "'1.1'").replace("id:", "audience: board\nid:");
    project.write(CHAPTER, text);
}

fn narrow_folder(project: &Project) {
    project.write("content/d/index.md", "---\naudience: board\n---\n# 一处\n");
}

fn delete(project: &Project) {
    remove(project, CHAPTER);
}

fn delete_all(project: &Project) {
    fs::remove_dir_all(project.path().join("content/d")).unwrap();
}

const NARROWED: [(&str, Steps); 10] = [
    ("its last version is narrowed", &[narrow, delete]),
    ("its last version is narrowed, and the folder goes", &[narrow, delete_all]),
    ("its folder is narrowed, and goes at once", &[narrow_folder, delete_all]),
    ("its folder is narrowed, and goes later", &[narrow_folder, delete, delete_all]),
    ("its folder is narrowed once it is gone, and goes", &[delete, narrow_folder, delete_all]),
    (
        "the folder is that of another spelling",
        &[
            |project| project.write("content/D/index.md", "---\naudience: board\n---\n# 一处\n"),
            |project| {
                delete_all(project);
                fs::remove_dir_all(project.path().join("content/D")).unwrap();
            },
        ],
    ),
    (
        "nobody can read what it said last",
        &[|project| project.write(CHAPTER, PAY.replace("id:", "audience: [board\nid:")), delete],
    ),
    (
        "it was no text",
        &[|project| project.write(CHAPTER, b"---\nversion: '1.0'\n---\n\xd6\xd0\xce\xc4\n"), delete],
    ),
    (
        "it has no version at its end",
        &[|project| project.write(CHAPTER, "---\naudience: board\n---\n# 薪酬\n"), delete],
    ),
    (
        "it moves to another folder, where it is narrowed",
        &[
            |project| {
                delete(project);
                let text = "别的话，与从前的全不相同。\n".repeat(30);
                let head =
                    "---\ntitle: 薪酬\nid: PAY-1\nstatus: in_force\naudience: board\nversion: '2.0'\n---\n";
                project.write("content/e/other.md", format!("{head}{text}"));
            },
            |project| remove(project, "content/e/other.md"),
        ],
    ),
];

fn book(first: &str) -> Project {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", AUDIENCES);
    project.write(CHAPTER, first);
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    commit(&project, "2025-01-01");
    project
}

#[track_caller]
fn is_seen(project: &Project, audience: &str, day: &str) -> bool {
    let build = ["build", "--replace", "--shrink", "--audience", audience, "--date", day];
    project.run(&build).expect(0);
    let listed = project.run(&["list", "--audience", audience, "--date", day]).expect(0).stdout();
    let found = project.run(&["search", "薪酬", "--audience", audience, "--date", day]).stdout();
    let site = all_of(project).contains("旧的秘密数字");
    assert!(site || !listed.contains("薪酬") && !found.contains("秘密数字"), "{day}: {listed}{found}");
    site
}

#[test]
fn what_was_narrowed_and_is_deleted_stays_narrowed() {
    for id in ["id: PAY-1\n", ""] {
        for (what, steps) in NARROWED {
            if id.is_empty() && what.contains("another folder") {
                continue;
            }
            let project = book(&PAY.replace("id: PAY-1\n", id));
            for (at, step) in steps.iter().enumerate() {
                step(&project);
                commit(&project, ["2026-01-01", "2026-02-01", "2026-03-01"][at]);
            }
            for day in ["2025-06-01", "2026-11-28"] {
                assert!(!is_seen(&project, "staff", day), "{what} {id}: staff see it on {day}");
            }
        }
    }
}

#[test]
fn what_is_deleted_and_not_committed_stays_narrowed() {
    let project = book(PAY);
    narrow_folder(&project);
    commit(&project, "2026-01-01");
    delete_all(&project);
    assert!(!is_seen(&project, "staff", "2025-06-01"));
    assert!(is_seen(&project, "board", "2025-06-01"), "the board sees it still");
}

#[test]
fn who_might_see_it_last_sees_it_still() {
    let open: [(&str, Steps); 4] = [
        ("it was open", &[delete]),
        ("its folder goes", &[delete_all]),
        ("it was narrowed for a while", &[narrow, |project| project.write(CHAPTER, PAY), delete]),
        (
            "its folder was narrowed and opened again",
            &[
                narrow_folder,
                |project| {
                    remove(project, "content/d/index.md");
                    project.write("content/d/other.md", "# 另一章\n");
                },
                delete,
            ],
        ),
    ];
    for (what, steps) in open {
        let project = book(PAY);
        for (at, step) in steps.iter().enumerate() {
            step(&project);
            commit(&project, ["2026-01-01", "2026-02-01", "2026-03-01"][at]);
        }
        assert!(is_seen(&project, "staff", "2025-06-01"), "{what}: staff see it no more");
    }
    for (what, steps) in
        NARROWED.iter().filter(|(what, _)| !what.contains("nobody") && !what.contains("no text"))
    {
        let project = book(PAY);
        for step in *steps {
            step(&project);
            commit(&project, "2026-01-01");
        }
        assert!(is_seen(&project, "board", "2025-06-01"), "{what}: the board sees it no more");
    }
}

#[test]
fn a_release_of_a_chapter_that_is_gone_is_seen_as_the_last_one() {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", AUDIENCES.replace("git", "folder"));
    project.write("editions/PAY-1/1.0.md", PAY.replace("id:", "audience: staff\nid:"));
    assert!(is_seen(&project, "staff", "2025-06-01"));
    let next = PAY.replace("'1.0'", "'1.1'").replace("旧的", "新的").replace("2025-01", "2025-09");
    project.write("editions/PAY-1/1.1.md", next.replace("id:", "audience: board\nid:"));
    assert!(!is_seen(&project, "staff", "2025-06-01"));
}
