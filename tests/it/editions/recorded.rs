//! What `content/` records of a text that stands elsewhere: approvals and reviews that came after a
//! release or a commit.

use super::{LEAVE, all_of, build, commit, edit, git};
use crate::audit::entries;
use crate::support::Project;
use serde_json::Value;

const DAY: &str = "2026-11-28";

/// A chapter of two versions, of which the second begins in January, and records of both that were
/// written afterwards.
fn book(from_git: bool) -> Project {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    project.write("content/leave.md", LEAVE);
    let next = [
        ("version: '1.0'\neffective: 2025-01-01", "version: '1.1'\neffective: 2027-01-01"),
        ("revisions:", "revisions:\n  - {version: '1.1', date: 2026-11-01, note: 年假改为六天}"),
        ("五天", "六天"),
    ];
    if from_git {
        project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\neditions: git\n");
        git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
        commit(&project, "2024-12-20");
        edit(&project, "content/leave.md", &next);
        commit(&project, "2026-11-01");
    } else {
        project.run(&["release", "HR-001"]).expect(0);
        edit(&project, "content/leave.md", &next);
        project.run(&["release", "HR-001"]).expect(0);
    }
    let old = project.run(&["diff", "HR-001", "1.0", "1.1", "--format", "json"]).expect(0);
    assert!(old.stdout().contains("changed"));
    record(&project);
    project
}

fn record(project: &Project) {
    let digest = project.run(&["digest", "HR-001"]).expect(0).stdout().trim().to_owned();
    let records = format!(
        "approver: 总经理
approvals:
  - {{by: 王五, date: 2024-12-18, version: '1.0', record: OA-16}}
  - {{by: 赵六, date: 2026-10-30, record: OA-17, digest: {digest}}}
review_by: 2027-06-30
reviews:
  - {{date: 2026-11-20, by: 人事部, outcome: revise, note: 已复审}}
  - {{date: 2027-02-01, by: 人事部, outcome: unchanged, note: 还没有}}
"
    );
    edit(project, "content/leave.md", &[("approver: 总经理\n", &records)]);
}

#[test]
fn what_is_recorded_after_a_release_is_seen_everywhere() {
    for from_git in [true, false] {
        let project = book(from_git);
        let check = project.run(&["check", "--date", DAY]).expect(0).stderr();
        assert!(!check.contains("approval-stale") && !check.contains("silent-"), "{check}");
        build(&project, DAY);
        let page = project.page("site/leave.html");
        let control = page.texts(".control").concat();
        assert!(page.texts(".text").concat().contains("五天"), "1.0 is in force");
        assert!(control.contains("OA-16") && !control.contains("OA-17"), "{from_git}: {control}");
        assert!(control.contains("已复审") && control.contains("2027-06-30"), "{control}");
        assert!(!control.contains("还没有"), "that day has not come");
        let rows = project.page("site/versions/HR-001/index.html").texts(".editions tbody tr");
        assert!(rows[0].contains("OA-17") && !rows[0].contains("OA-16"), "{rows:?}");
        assert!(rows[1].contains("OA-16") && !rows[1].contains("OA-17"), "{rows:?}");
        assert!(project.read("site/register.csv").contains("2027-06-30"));
        assert!(project.read("site/reviews.ics").contains("20270630"));
        assert!(project.page("site/reviews.html").texts("main").concat().contains("休假制度"));
        let list = project.run(&["list", "--due", "300d", "--date", DAY]).expect(0).stdout();
        assert!(list.contains("HR-001"), "{list}");
        let due = project.run(&["check", "--due", "300d", "--date", DAY]).expect(3).stderr();
        assert!(due.contains("review-due") && due.contains("content/leave.md:11"), "{due}");
    }
}

#[test]
fn a_late_review_of_what_is_in_force_is_told_where_it_is_recorded() {
    let project = book(false);
    edit(&project, "content/leave.md", &[("2027-06-30", "2026-06-30")]);
    for arguments in [vec!["check"], vec!["check", "--due", "30d"]] {
        let run = project.run(&[&arguments[..], &["--date", DAY]].concat());
        let told: Vec<&str> = run.stderr().matches("overdue").map(|_| "").collect();
        assert!(!told.is_empty() && run.stderr().contains("content/leave.md:11"), "{}", run.stderr());
    }
}

#[test]
fn the_bundle_for_an_auditor_has_what_was_recorded_later() {
    let project = book(true);
    commit(&project, "2026-11-20");
    project.run(&["audit", "--date", DAY, "-o", "a.zip"]).expect(0);
    let json = |name: &str| -> Value { serde_json::from_str(&entries(&project, "a.zip")[name]).unwrap() };
    assert_eq!(json("approvals.json")[0]["approvals"][0]["record"], "OA-16");
    assert_eq!(json("reviews.json")[0]["reviews"][0]["note"], "已复审");
    let editions = &json("timelines.json")[0]["editions"];
    assert_eq!(editions[0]["approvals"][0]["record"], "OA-16");
    assert_eq!(editions[1]["approvals"][0]["record"], "OA-17");
    project.run(&["audit", "--verify", "a.zip"]).expect(0);
}

/// On an earlier day nobody knew what a later version says of the next review.
#[test]
fn a_day_of_review_that_came_with_a_later_version_is_not_told_before() {
    let project = book(false);
    edit(
        &project,
        "editions/HR-001/1.0.md",
        &[("approver: 总经理\n", "approver: 总经理\nreview_by: 2026-05-01\n")],
    );
    let list = |day: &str| project.run(&["list", "--date", day]).expect(0).stdout();
    assert!(list("2026-03-01").contains("2026-05-01"), "{}", list("2026-03-01"));
    assert!(list(DAY).contains("2027-06-30"), "{}", list(DAY));
}

const AUDIENCES: &str = "title: 手册\nlanguage: zh-CN\nbase_url: https://hb.example.com/\naudiences:\n  staff: 员工\n  board: {name: 董事会, includes: [staff]}\n";

#[test]
fn records_show_an_audience_nothing_that_it_may_not_see() {
    let project = book(false);
    project.write("handbook.yaml", AUDIENCES);
    project.write("content/index.md", "# 首页\n");
    project.write("content/board.md", "---\ntitle: 董事会议事\nid: B-1\naudience: board\n---\n第一条 甲。\n");
    // Which the board alone may see: so nobody else sees who approved it.
    edit(&project, "editions/HR-001/1.1.md", &[("status:", "audience: board\nstatus:")]);
    edit(
        &project,
        "content/leave.md",
        &[
            ("OA-16", "见 https://hb.example.com/board.html"),
            ("已复审", "见 https://hb.example.com/board.html"),
        ],
    );
    let staff = |project: &Project| {
        project.run(&["build", "--audience", "staff", "--date", DAY, "--replace", "--shrink"]).expect(0);
        all_of(project)
    };
    let site = staff(&project);
    for secret in ["OA-17", "赵六", "board.html", "HR-001/1.1", "1.0..1.1"] {
        assert!(!site.contains(secret), "{secret}");
    }
    assert!(site.contains("王五") && site.contains("2026-11-20"), "the rest is theirs");
    // Nor of what the board alone may read now.
    edit(&project, "content/leave.md", &[("status:", "audience: board\nstatus:")]);
    let site = staff(&project);
    for secret in ["王五", "2026-11-20", "HR-001", "休假制度"] {
        assert!(!site.contains(secret), "{secret}");
    }
}

#[test]
fn a_draft_records_nothing() {
    for hold in ["status: draft", "status: consultation", "draft: true\nstatus: approved", "secret: true"] {
        let project = book(false);
        edit(
            &project,
            "content/leave.md",
            &[("version: '1.1'\neff", "version: '2.0'\neff"), ("status: approved", hold)],
        );
        build(&project, DAY);
        let site = all_of(&project);
        assert!(site.contains("五天年假"), "{hold}: the last one is in force still");
        for secret in ["OA-16", "OA-17", "已复审", "2027-06-30"] {
            assert!(!site.contains(secret), "{hold}: {secret}");
        }
        let told = project.run(&["check", "--date", DAY]).stderr();
        assert!(told.contains("unread-edition") && told.contains("content/leave.md:"), "{hold}: {told}");
    }
}
