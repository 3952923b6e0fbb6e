//! `handbook release` and the editions of a folder.

use super::{LEAVE, all_of, build, edit};
use crate::support::Project;

fn project() -> Project {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    project.write("content/hr/leave.md", LEAVE);
    project
}

#[test]
fn a_release_is_kept_and_never_overwritten() {
    let project = project();
    project.run(&["release", "HR-001"]).expect(0);
    assert_eq!(project.read("editions/HR-001/1.0.md"), LEAVE, "as it lies");
    assert_eq!(project.read("content/hr/leave.md"), LEAVE, "its revision is told of already");
    let again = project.run(&["release", "休假制度"]).expect(2);
    assert!(again.stderr().contains("editions/HR-001/1.0.md"), "{}", again.stderr());
    edit(&project, "content/hr/leave.md", &[("五天年假", "六天年假")]);
    let check = project.run(&["check", "--date", "2026-11-28"]);
    assert!(check.stderr().contains("silent-change"), "{}", check.stderr());
    let done = project
        .run(&[
            "release",
            "content/hr/leave.md",
            "--version",
            "1.1",
            "--effective",
            "2027-01-01",
            "--note",
            "年假改为六天",
            "--by",
            "李四",
            "--date",
            "2026-11-28",
        ])
        .expect(0);
    assert!(done.stderr().contains("SHA-256"), "{}", done.stderr());
    let text = project.read("content/hr/leave.md");
    assert_eq!(text, project.read("editions/HR-001/1.1.md"));
    assert!(text.contains("version: \"1.1\"\neffective: 2027-01-01\n"), "{text}");
    assert!(
        text.contains(
            "  - {version: \"1.1\", date: 2026-11-28, by: \"李四\", note: \"年假改为六天\", digest: "
        ),
        "{text}"
    );
    build(&project, "2026-11-28");
    let page = project.page("site/hr/leave.html");
    assert!(page.texts(".text").concat().contains("五天年假"), "the later one is not in force yet");
    assert_eq!(page.texts(".notice-edition p"), ["1.1 版自 2027-01-01 施行。"]);
    assert!(project.path().join("site/versions/HR-001/1.0..1.1.html").is_file());
}

#[test]
fn what_is_no_edition_is_not_released() {
    let project = project();
    for (change, said) in [
        (("status: approved", "status: draft"), "draft"),
        (("version: '1.0'\neff", "version: ''\neff"), "--version"),
        (("version: '1.0'\neff", "version: '../../x'\neff"), "../../x"),
    ] {
        project.write("content/hr/leave.md", LEAVE.replace(change.0, change.1));
        let run = project.run(&["release", "HR-001"]).expect(2);
        assert!(run.stderr().contains(said), "{}", run.stderr());
        assert!(!project.path().join("editions").exists());
        assert!(!project.path().join("x.md").exists());
    }
    assert!(project.run(&["release", "没有"]).expect(2).stderr().contains("没有"));
}

#[test]
fn files_outweigh_the_repository() {
    let project = super::repository();
    project.write("editions/HR-001/1.0.md", LEAVE.replace("五天年假", "五天半年假"));
    build(&project, "2025-06-01");
    let site = all_of(&project);
    assert!(site.contains("五天半年假") && !site.contains("五天年假"));
}

/// The same chapters with `editions/` in place of a repository give the same pages.
#[test]
fn a_folder_gives_the_pages_that_git_gives() {
    let from_git = super::repository();
    let folder = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\neditions: folder\n");
    for name in ["leave.md", "出差.md", "it.md", "notes.md"] {
        folder.write(&format!("content/{name}"), from_git.read(&format!("content/{name}")));
    }
    let show = |path: &str| {
        let mut git = std::process::Command::new("git");
        let output = git.arg("-C").arg(from_git.path()).args(["show", path]).output().unwrap();
        assert!(output.status.success(), "{path}");
        output.stdout
    };
    let last = |back: &str, path: &str| show(&format!("{back}:content/{path}"));
    let commits = String::from_utf8(
        std::process::Command::new("git")
            .arg("-C")
            .arg(from_git.path())
            .args(["log", "--first-parent", "--format=%H %cs"])
            .output()
            .unwrap()
            .stdout,
    )
    .unwrap();
    let on = |day: &str| {
        commits.lines().find(|line| line.ends_with(day)).unwrap().split(' ').next().unwrap().to_owned()
    };
    folder.write("editions/HR-001/1.0.md", last(&on("2024-12-20"), "leave.md"));
    folder.write("editions/HR-001/1.1.md", last(&on("2025-12-20"), "leave.md"));
    folder.write("editions/FIN-001/1.md", last(&on("2025-04-01"), "出差.md"));
    folder.write("editions/IT-001/1.1.md", last(&on("2026-02-01"), "it.md"));
    folder.write("editions/OLD-001/1.md", last(&on("2025-02-12"), "old.md"));
    for day in ["2025-06-01", "2026-03-10", "2026-11-28"] {
        build(&from_git, day);
        build(&folder, day);
        let pages = |project: &Project| {
            let mut pages = crate::support::tree(&project.path().join("site"));
            // A chapter that is gone has no name but that of its folder.
            pages.retain(|name, _| name.ends_with(".html") && !name.contains("old") && !name.contains("OLD"));
            pages
        };
        let (one, two) = (pages(&from_git), pages(&folder));
        if day == "2026-11-28" {
            assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>(), "{day}");
            for (name, page) in &one {
                assert!(two[name] == *page, "{day}: {name} differs");
            }
        } else {
            for name in ["leave.html", "it.html", "出差.html"] {
                let text = |project: &Project| project.page(&format!("site/{name}")).texts(".text").concat();
                assert_eq!(text(&from_git), text(&folder), "{day}: {name}");
            }
        }
    }
}

/// What was released can never be mended, so a check looks at it before it is written.
#[test]
fn what_a_check_would_not_let_pass_is_not_released() {
    let first = [("revisions:", "revisions:\n  - {version: '2.0', date: 2024-01-01}")];
    let undated = [("effective: 2025-01-01\n", ""), ("date: 2024-12-20, ", "")];
    let approved = [("approver: 总经理", "approvals: [{by: 总经理, date: 2024-12-20, digest: DIGEST}]")];
    let wrong_day = [("effective: 2025-01-01", "effective: 2025-13-01")];
    for (changes, arguments, said) in [
        (&first[..], vec![], "revision-order"),
        (&undated[..], vec![], "--effective"),
        (&approved[..], vec![], "approval-stale"),
        (&wrong_day[..], vec![], "invalid-date"),
        (&[], vec!["--version", "1.1", "--effective", "2024-06-01"], "revision-order"),
        (&[], vec!["--version", "1.1", "--effective", "2025-01-01"], "successor-overlap"),
    ] {
        let project = project();
        if !arguments.is_empty() {
            project.run(&["release", "HR-001"]).expect(0);
        }
        edit(&project, "content/hr/leave.md", changes);
        let text = project.read("content/hr/leave.md").replace("DIGEST", &"0".repeat(64));
        project.write("content/hr/leave.md", text);
        let before = crate::support::tree(project.path());
        let run = project.run(&[&["release", "HR-001"], &*arguments].concat()).expect(2);
        assert!(run.stderr().contains(said), "{said}: {}", run.stderr());
        assert!(crate::support::tree(project.path()) == before, "{said}: something was written");
    }
    // What lacks only what a handbook asks of controlled documents.
    let project = project();
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\ncontrolled: true\n");
    edit(&project, "content/hr/leave.md", &[("approver: 总经理\n", "")]);
    let run = project.run(&["release", "HR-001"]).expect(2);
    assert!(run.stderr().contains("missing-approver"), "{}", run.stderr());
    project.run(&["release", "HR-001", "--version", "1.1", "--effective", "2027-01-01"]).expect(2);
    edit(&project, "content/hr/leave.md", &[("status:", "approver: 总经理\nstatus:")]);
    // The version that is in force until then would be lost.
    let run = project.run(&["release", "HR-001", "--version", "1.1", "--effective", "2027-01-01"]).expect(2);
    assert!(run.stderr().contains("handbook release HR-001"), "{}", run.stderr());
    project.run(&["release", "HR-001"]).expect(0);
    project.run(&["release", "HR-001", "--version", "1.1", "--effective", "2027-01-01"]).expect(0);
    let check = project.run(&["check", "--deny-warnings"]);
    assert!(!check.stderr().contains("leave.md"), "{}", check.stderr());
}
