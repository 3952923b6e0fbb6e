//! An edition outlives its folder: who could see that when the text was written sees the text.

use super::{AUDIENCES, PAY, all_of, commit, git};
use crate::support::Project;

/// What becomes of the board's folder, after which today's site is looked at.
type Change = fn(&Project);

const CHANGES: [(&str, Change); 4] = [
    ("the chapter is deleted", |project| remove(project, "content/board/pay.md")),
    ("the folder is deleted", |project| {
        remove(project, "content/board/pay.md");
        remove(project, "content/board/index.md");
    }),
    ("the folder is opened", |project| {
        next(project, "content/board/pay.md");
        project.write("content/board/index.md", "# 董事会\n");
    }),
    ("the chapter is moved", |project| {
        next(project, "content/pay.md");
        remove(project, "content/board/pay.md");
    }),
];

fn remove(project: &Project, path: &str) {
    std::fs::remove_file(project.path().join(path)).unwrap();
}

/// The next version, which everyone may see.
fn next(project: &Project, path: &str) {
    let text = PAY.replace("'1.0'", "'2.0'").replace("旧的", "新的").replace("2025-01-01", "2026-01-01");
    project.write(path, text);
}

fn book() -> Project {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", AUDIENCES);
    project.write("content/board/index.md", "---\naudience: board\n---\n# 董事会\n");
    project.write("content/board/pay.md", PAY);
    project
}

#[track_caller]
fn is_seen_by_the_board_alone(project: &Project, what: &str) {
    for day in ["2025-06-01", "2026-11-28"] {
        project.run(&["build", "--audience", "staff", "--date", day, "--replace", "--shrink"]).expect(0);
        assert!(!all_of(project).contains("旧的秘密数字"), "{what}: staff see it on {day}");
    }
}

#[test]
fn the_folder_at_the_commit_says_who_sees_an_edition() {
    for (what, change) in CHANGES {
        let project = book();
        git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
        commit(&project, "2025-01-01");
        change(&project);
        commit(&project, "2026-01-01");
        is_seen_by_the_board_alone(&project, what);
        project.run(&["build", "--audience", "board", "--replace", "--shrink"]).expect(0);
        assert!(all_of(&project).contains("旧的秘密数字"), "{what}: the board sees it no more");
    }
}

/// How the board's rule was kept from others in the first commit, each in a folder whose page says
/// nothing of it today.
const KEPT: [(&str, Change); 7] = [
    ("by the chapter beside the folder", |project| {
        project.write("content/board.md", "---\naudience: board\n---\n# 董事会\n");
    }),
    ("by the chapter beside the folder, in MDX", |project| {
        project.write("content/board.mdx", "---\naudience: board\n---\n# 董事会\n");
    }),
    ("by another key of its own", |project| {
        project.write("content/board/pay.md", PAY.replacen("---\n", "---\ngroups: [board]\n", 1));
    }),
    ("by another key of the folder's page", |project| {
        project.write("content/board/index.md", "---\ngroups: [board]\n---\n# 董事会\n");
    }),
    ("by a page that is no text", |project| {
        project.write("content/board/index.md", b"---\naudience: board\n---\n\xff\xfe\n");
    }),
    ("by a page that is a link", |project| {
        project.write("content/said.md", "---\naudience: board\n---\n# 董事会\n");
        let page = project.path().join("content/board/index.md");
        std::os::unix::fs::symlink("../said.md", page).unwrap();
    }),
    ("until a day to come", |project| {
        project.write("content/board/pay.md", PAY.replacen("---\n", "---\npublishDate: 2099-01-01\n", 1));
    }),
];

#[test]
fn whatever_kept_an_edition_from_others_does_so_still() {
    for (what, keep) in KEPT {
        let project = Project::new("\n//- content/index.md\n# 首页\n");
        project.write("handbook.yaml", AUDIENCES);
        project.write("content/board/pay.md", PAY);
        keep(&project);
        git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
        commit(&project, "2025-01-01");
        for path in ["content/board.md", "content/board.mdx", "content/board/index.md", "content/said.md"] {
            let _ = std::fs::remove_file(project.path().join(path));
        }
        next(&project, "content/board/pay.md");
        commit(&project, "2026-01-01");
        is_seen_by_the_board_alone(&project, what);
    }
}

#[test]
fn a_release_writes_who_sees_it() {
    for (what, change) in CHANGES {
        let project = book();
        project.write("handbook.yaml", AUDIENCES.replace("editions: git\n", ""));
        project.run(&["release", "content/board/pay.md"]).expect(0);
        assert!(!project.read("content/board/pay.md").contains("audience"), "the chapter says nothing of it");
        change(&project);
        is_seen_by_the_board_alone(&project, what);
    }
}

#[test]
fn what_says_nothing_of_its_readers_and_has_no_chapter_is_seen_by_nobody() {
    let project = book();
    project.write("handbook.yaml", AUDIENCES.replace("editions: git\n", ""));
    project.write("editions/PAY-1/1.0.md", PAY);
    remove(&project, "content/board/pay.md");
    is_seen_by_the_board_alone(&project, "gone");
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\n");
    remove(&project, "content/board/index.md");
    project.run(&["build", "--replace", "--shrink"]).expect(0);
    assert!(all_of(&project).contains("旧的秘密数字"), "without audiences all is for everyone");
}

#[test]
fn taking_back_what_is_not_there_is_an_error() {
    let project = book();
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\n");
    remove(&project, "content/board/index.md");
    project.run(&["release", "content/board/pay.md"]).expect(0);
    for (name, is_known) in
        [("pay-1@1.0", true), ("PAY-1@9.9", false), ("PAY-01@1.0", false), ("PAY-1", false)]
    {
        let settings =
            format!("title: 手册\nlanguage: zh-CN\neditions:\n  source: folder\n  withhold: [{name}]\n");
        project.write("handbook.yaml", settings);
        let run = project.run(&["build", "--replace", "--shrink"]).expect(i32::from(!is_known));
        assert_eq!(run.stderr().contains("handbook.yaml:5:"), !is_known, "{name}: {}", run.stderr());
        if is_known {
            assert!(!all_of(&project).contains("旧的秘密数字"), "{name}");
        }
    }
}

#[test]
fn files_that_are_no_editions_are_told() {
    let project = book();
    project.write("handbook.yaml", AUDIENCES.replace("editions: git\n", ""));
    project.run(&["release", "content/board/pay.md"]).expect(0);
    assert!(!project.run(&["check"]).stderr().contains("unread-edition"));
    for (name, text) in [
        ("2.0", PAY.replace("'1.0'", "'2.1'")),
        ("3.0", PAY.replace("in_force", "draft")),
        ("4.0", PAY.replace("title:", "title: [")),
        ("5.0", "# 没有信息区\n".to_owned()),
    ] {
        let path = format!("editions/PAY-1/{name}.md");
        project.write(&path, text);
        let told = project.run(&["check"]);
        assert!(told.stderr().contains(&path), "{name}: {}", told.stderr());
        remove(&project, &path);
    }
}

#[test]
fn taking_back_without_a_source_leaves_the_rest() {
    let project = book();
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\n");
    remove(&project, "content/board/index.md");
    project.run(&["release", "content/board/pay.md"]).expect(0);
    next(&project, "content/board/pay.md");
    for (settings, shown) in [
        ("{withhold: [PAY-1@2.0]}", [true, false]),
        ("{source: folder, withhold: [PAY-1@1.0]}", [false, true]),
        ("{}", [true, true]),
        // Who turns them off by a word that is none must not publish them.
        ("{sorce: off}", [false, true]),
        ("{source: none}", [false, true]),
    ] {
        project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\neditions: {settings}\n"));
        std::fs::remove_dir_all(project.path().join("site")).ok();
        project.run(&["build", "--date", "2026-11-28"]);
        let site = if project.path().join("site").is_dir() { all_of(&project) } else { "新的".to_owned() };
        assert_eq!([site.contains("旧的秘密数字"), site.contains("新的")], shown, "{settings}");
    }
}
