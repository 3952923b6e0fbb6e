//! No byte of a withheld chapter's past is in anything that is made for others: its editions,
//! redlines, changes, feeds, register, reviews, digests and bundles, also where an edition had
//! another audience than the latest.

use crate::audit::entries;
use crate::editions::git;
use crate::support::{Project, tree};

const BOOK: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
base_url: https://hb.example.com/
audiences: {staff: 员工, board: {name: 董事会, includes: [staff]}}
controlled: true
//- organization.yaml
departments: [{id: hr, name: 人事部}]
roles: [{id: clerk, name: 出纳}]
//- content/index.md
# 首页

见[另章](pay.md#2)与[[SEC-77#第一条|另条]]。
//- content/open.md
---
title: 公开制度
id: OPEN-1
status: in_force
version: '1'
effective: 2026-09-01
supersedes: [SEC-77]
---
第一条 依照[另章](pay.md)第一条办理。
//- content/other.md
---
title: 别的制度
id: OTHER-1
status: in_force
version: '1'
effective: 2025-01-01
revisions: [{version: '1', date: 2025-01-01, note: 首次发布}]
---
第一条 公开。
";

/// Words that stand in the withheld chapter alone, whatever its version.
const SECRETS: [&str; 10] =
    ["秘题", "SEC-77", "秘文", "秘注", "秘批", "秘录", "秘审", "秘图", "2031-07-09", "pay.html"];

fn chapter(version: &str, from: &str, text: &str, audience: &str) -> String {
    format!(
        "---
title: 秘题
id: SEC-77
status: in_force
version: '{version}'
effective: {from}
{audience}departments: [hr]
required_reading: [clerk]
approver: 秘批
review_by: 2031-07-09
revisions:
  - {{version: '{version}', date: {from}, by: 秘批, note: 秘注}}
approvals:
  - {{by: 秘批, date: {from}, version: '{version}', record: 秘录}}
reviews:
  - {{date: {from}, by: 秘审, outcome: unchanged}}
---
第一条 秘文{text}。

第二条 秘文{version}。

![秘图](秘图.svg)
"
    )
}

/// The book with three editions of the withheld chapter, each of a day.
fn book(from_git: bool, audiences: [&str; 3]) -> Project {
    let project = Project::new(BOOK);
    let own = if from_git { "git" } else { "folder" };
    project.write("handbook.yaml", format!("{}editions: {own}\n", project.read("handbook.yaml")));
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    let days = ["2025-01-01", "2026-01-01", "2026-06-01"];
    for ((day, audience), version) in days.iter().zip(audiences).zip(["1", "2", "3"]) {
        let picture = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>秘图{version}</title></svg>");
        project.write("content/秘图.svg", picture);
        project.write("content/pay.md", chapter(version, day, version, audience));
        git(&project, day, &["add", "-A"]);
        git(&project, day, &["commit", "-qm", "change"]);
        if !from_git {
            project.run(&["release", "SEC-77", "--date", day]).expect(0);
        }
    }
    project
}

#[test]
fn of_the_past_of_a_withheld_chapter_nothing_is_left() {
    let board = "audience: board\n";
    for from_git in [true, false] {
        for audiences in [[board; 3], ["", "", board], [board, "", board]] {
            let project = book(from_git, audiences);
            let what = format!("{from_git} {audiences:?}");
            for day in ["2025-06-01", "2026-03-01", "2026-11-28"] {
                let staff = ["--audience", "staff", "--date", day];
                let build = [&["build", "--replace", "--shrink"][..], &staff].concat();
                project.run(&build).expect(0);
                assert!(project.path().join("site/changes.xml").exists(), "{what}: feeds are made");
                for (name, bytes) in tree(&project.path().join("site")) {
                    nothing(&format!("{what} {day}: {name}"), &name);
                    nothing(&format!("{what} {day}: {name}"), &String::from_utf8_lossy(&bytes));
                }
                for command in
                    [&["list", "--format", "json"][..], &["list", "--due", "9999d"], &["search", "公开"]]
                {
                    let run = project.run(&[command, &staff].concat()).expect(0);
                    nothing(&format!("{what} {day}: {command:?}"), &run.stdout());
                }
                let audit = [&["audit", "-o", "a.zip"][..], &staff].concat();
                project.run(&audit).expect(0);
                for (name, text) in entries(&project, "a.zip") {
                    nothing(&format!("{what} {day}: bundle {name}"), &(name + &text));
                }
                std::fs::remove_file(project.path().join("a.zip")).expect("removed");
            }
            let seen =
                project.run(&["build", "--audience", "board", "--replace", "--date", "2026-11-28"]).expect(0);
            let all: String = tree(&project.path().join("site"))
                .into_values()
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .collect();
            for shown in ["秘文1", "秘文2", "秘注", "versions/SEC-77", "秘录"] {
                assert!(all.contains(shown), "{what}: the board sees {shown}: {}", seen.stderr());
            }
        }
    }
}

fn nothing(place: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{place}: {secret}");
    }
}
