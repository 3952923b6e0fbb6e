//! The evidence that a rule is in force: digests, approvals, the steps of its making, and
//! what is told where some of it is missing.

use crate::support::{Project, program, repository};
use serde_json::Value;
use std::process::Command;

/// A chapter with this front matter.
fn project(front: &str) -> Project {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    project.write("content/hr/leave.md", chapter(front));
    project
}

fn chapter(front: &str) -> String {
    format!(
        "---\ntitle: 休假制度\nid: HR-001\nstatus: in_force\n{front}\n---\n\n第一条 年假五天。  \n\n第二条 请假提前三天。\n\n"
    )
}

fn digest(project: &Project, chapter: &str) -> String {
    let printed = project.run(&["digest", chapter]).expect(0).stdout();
    let digest = printed.strip_suffix('\n').expect("a line").to_owned();
    assert!(digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{printed}");
    digest
}

fn check(project: &Project) -> String {
    project.run(&["check", "--date", "2026-11-28"]).stderr()
}

const CONTROL: &str = "version: '1.0'\neffective: 2025-01-01\napprover: 总经理";

#[test]
fn a_digest_is_that_of_the_text_and_a_shell_gives_the_same() {
    let project = project(CONTROL);
    let first = digest(&project, "HR-001");
    for name in ["休假制度", "hr/leave", "hr/leave.md", "content/hr/leave.md"] {
        assert_eq!(digest(&project, name), first, "{name}");
    }
    for same in [
        chapter("version: '2.0'\nowner: 人事经理\nreview_by: 2027-01-01"),
        chapter(CONTROL).replace('\n', "\r\n"),
        format!("\u{feff}{}", chapter(CONTROL).trim_end()),
    ] {
        project.write("content/hr/leave.md", same);
        assert_eq!(digest(&project, "HR-001"), first);
    }
    // What the guide says, in both languages.
    for guide in ["content/guide/editions.md", "content/guide/en/editions.md"] {
        let guide = std::fs::read_to_string(repository().join(guide)).expect("the guide");
        let command = guide.lines().find(|line| line.contains("sha256sum")).expect("a command");
        let command = command.trim_start_matches("$ ").replace("FILE.md", "content/hr/leave.md");
        for text in [
            chapter(CONTROL),
            chapter(CONTROL).replace('\n', "\r\n"),
            chapter("x-a: 1").replace("第一", "  第一"),
        ] {
            project.write("content/hr/leave.md", text);
            let output = Command::new("sh").args(["-c", &command]).current_dir(project.path()).output();
            let output = output.expect("a shell");
            let printed = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(printed.split(' ').next(), Some(digest(&project, "HR-001").as_str()), "{command}");
        }
    }
    project.write("content/hr/leave.md", chapter(CONTROL).replace("五天", "六天"));
    assert_ne!(digest(&project, "HR-001"), first);
    assert!(project.run(&["digest", "没有"]).expect(2).stderr().contains("没有"));
    project.write("content/b.md", "---\nid: hr-001\n---\n乙。\n");
    assert!(project.run(&["digest", "HR-001"]).expect(2).stderr().contains("several"));
}

#[test]
fn an_approval_is_shown_and_told_when_its_text_has_changed() {
    let project = project(CONTROL);
    let first = digest(&project, "HR-001");
    let approved = format!(
        "{CONTROL}\napprovals:\n  - {{by: 总经理, date: 2024-12-20, version: '1.0', record: OA-2024-17, digest: sha256:{}}}\n  - {{by: 董事会, date: 2023-12-20, version: '0.9', digest: {}}}",
        first.to_uppercase(),
        "0".repeat(64),
    );
    project.write("content/hr/leave.md", chapter(&approved));
    assert!(!check(&project).contains("approval-stale"), "of 0.9 there is no text");
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    let page = project.page("site/hr/leave.html");
    assert_eq!(page.texts(".control-digest dd")[0].trim(), first);
    let lines = page.texts(".control-approvals li");
    assert_eq!(lines[0], format!("2024-12-20 总经理 版本 1.0 OA-2024-17 SHA-256 {first} （与正文一致）"));
    assert!(lines[1].starts_with("2023-12-20 董事会 版本 0.9 SHA-256 000"), "{}", lines[1]);
    let json: Value = serde_json::from_str(&project.read("site/index.json")).unwrap();
    assert_eq!(json["chapters"][0]["approvals"][0]["record"], "OA-2024-17");
    assert_eq!(json["chapters"][0]["approvals"][0]["digest"], first);
    // The text changes under the approval.
    project.write("content/hr/leave.md", chapter(&approved).replace("五天", "六天"));
    let told = check(&project);
    assert!(told.contains("approval-stale") && told.contains("leave.md:9:"), "{told}");
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    assert!(project.page("site/hr/leave.html").texts(".control-approvals li")[0].ends_with("（正文已改动）"));
    // An approval without a version is of the present text.
    let unversioned = format!("approvals: [{{by: 总经理, digest: {first}}}]");
    project.write("content/hr/leave.md", chapter(&unversioned).replace("五天", "六天"));
    assert!(check(&project).contains("approval-stale"));
    for (wrong, says) in [
        ("approvals: [{by: 总经理, digest: abc}]", "no digest"),
        ("approvals: [{date: 2026-01-01}]", "by whom"),
        ("approvals: 总经理", "must be a list"),
    ] {
        project.write("content/hr/leave.md", chapter(wrong));
        let told = project.run(&["check"]).expect(1).stderr();
        assert!(told.contains(says), "{wrong}: {told}");
    }
}

#[test]
fn an_approval_of_an_earlier_version_is_held_against_its_edition() {
    let project = project(CONTROL);
    let first = digest(&project, "HR-001");
    project.run(&["release", "HR-001"]).expect(0);
    let later = |digest: &str| {
        let front = CONTROL.replace("1.0", "1.1");
        let front = format!(
            "{front}\napprovals: [{{by: 总经理, date: 2024-12-20, version: '1.0', record: OA-17, digest: {digest}}}]"
        );
        project.write("content/hr/leave.md", chapter(&front).replace("五天", "六天"));
    };
    later(&"1".repeat(64));
    assert!(check(&project).contains("approval-stale"));
    later(&first);
    assert!(!check(&project).contains("approval-stale"));
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    let timeline = project.page("site/versions/HR-001/index.html");
    assert_eq!(timeline.texts(".edition-approval"), ["2024-12-20 总经理 OA-17"]);
}

#[test]
fn a_release_notes_the_digest_that_is_printed_for_the_text() {
    let project = project(CONTROL);
    let first = digest(&project, "HR-001");
    let done = project.run(&["release", "HR-001", "--note", "首次发布", "--date", "2026-11-28"]).expect(0);
    assert!(done.stderr().contains(&first), "{}", done.stderr());
    let edition = project.read("editions/HR-001/1.0.md");
    assert!(edition.contains(&format!("digest: {first}}}")), "{edition}");
    assert!(!check(&project).contains("unknown-key"));
}

#[test]
fn controlled_chapters_in_force_must_have_version_approver_and_date() {
    let codes = ["missing-version", "missing-approver", "missing-effective"];
    let told = |settings: &str, front: &str| {
        let project = project(front);
        project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{settings}\n"));
        project.write("content/index.md", "# 首页\n\n不是受控文件。\n");
        let stderr = check(&project);
        codes.map(|code| stderr.matches(&format!("[{code}]")).count())
    };
    assert_eq!(told("", ""), [0, 0, 0], "off unless asked for");
    assert_eq!(told("controlled: true", ""), [1, 1, 1]);
    assert_eq!(told("controlled: true", CONTROL), [0, 0, 0]);
    assert_eq!(told("controlled: [hr/]", ""), [1, 1, 1]);
    assert_eq!(told("controlled: [content/hr]", "controlled: false"), [0, 0, 0]);
    assert_eq!(told("", "controlled: true"), [1, 1, 1]);
    assert_eq!(told("checks: {hr/: {missing-version: warning}}", ""), [1, 0, 0]);
    assert_eq!(told("controlled: true\nchecks: {missing-version: off}", ""), [0, 1, 1]);
    let approved = "version: '1.0'\neffective: 2025-01-01\napprovals: [{by: 总经理, date: 2024-12-20}]";
    assert_eq!(told("controlled: true", approved), [0, 0, 0]);
    let project = project("");
    project.write("handbook.yaml", "title: 手册\ncontrolled: true\n");
    project.write("content/hr/leave.md", chapter("").replace("in_force", "approved"));
    assert!(!check(&project).contains("missing-"), "it is not in force yet");
    project.write("handbook.yaml", "title: 手册\ncontrolled: [hrm/]\n");
    assert!(check(&project).contains("`hrm`"), "{}", check(&project));
    // A warning is no error, and may be made one.
    let strict = program()
        .current_dir(project.path())
        .env("SOURCE_DATE_EPOCH", "1790000000")
        .args(["check", "--deny-warnings"])
        .output()
        .expect("handbook runs");
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn revisions_out_of_order_are_told() {
    let told = |revisions: &str| {
        check(&project(&format!("{CONTROL}\nrevisions:\n{revisions}"))).contains("revision-order")
    };
    let line = |version: &str, date: &str| format!("  - {{version: '{version}', date: {date}}}\n");
    let (old, mid, new) = (line("1.0", "2024-01-01"), line("1.1", "2024-06-01"), line("1.10", "2025-01-01"));
    assert!(!told(&format!("{old}{mid}{new}")), "the oldest first");
    assert!(!told(&format!("{new}{mid}{old}")), "the newest first");
    assert!(!told(&format!("{old}{}", line("1.1", "2024-01-01"))), "two on one day");
    assert!(told(&format!("{}{}", line("1.0", "2025-06-01"), line("1.1", "2025-01-01"))));
    assert!(told(&format!("{old}{new}{mid}")));
    assert!(told(&format!(
        "{}{}{}",
        line("甲", "2024-01-01"),
        line("乙", "2025-01-01"),
        line("丙", "2024-06-01")
    )));
    assert!(!told("  - {version: '1.0'}\n  - {version: '0.9', date: 2024-01-01}\n"), "no dates to compare");
}

#[test]
fn the_procedure_with_staff_is_shown_and_listed_where_steps_are_missing() {
    let steps = "procedure:\n  讨论: {date: 2024-11-01, record: 职代会纪要}\n  comments:\n    - {date: 2024-11-10, record: 意见表}\n    - {date: 2024-11-12, note: 补充}\n  协商: 2027-01-01";
    let project = project(&format!("{CONTROL}\nowner: 人事经理\n{steps}"));
    let told = check(&project);
    assert!(
        told.contains("missing-procedure") && told.contains("no record of negotiation, publication"),
        "{told}"
    );
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    let lines = project.page("site/hr/leave.html").texts(".control-procedure li");
    assert_eq!(
        lines,
        [
            "讨论 2024-11-01 职代会纪要",
            "征求意见 2024-11-10 意见表",
            "征求意见 2024-11-12 补充",
            "协商 2027-01-01",
            "缺少记录：协商、公示"
        ]
    );
    let desk = project.page("site/reviews.html");
    let cells: Vec<String> =
        desk.texts(".procedures tbody td").iter().map(|cell| cell.trim().to_owned()).collect();
    assert_eq!(cells, ["人事经理", "协商、公示"]);
    let whole = steps.replace("2027-01-01", "2024-11-20") + "\n  公示: 2024-12-01";
    let missing = |settings: &str, front: &str| {
        project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{settings}\n"));
        project.write("content/hr/leave.md", chapter(&format!("{CONTROL}\n{front}")));
        check(&project).contains("missing-procedure")
    };
    assert!(!missing("", &whole) && !missing("", ""));
    assert!(missing("", "procedure: required") && missing("procedure: [hr/]", ""));
    assert!(!missing("procedure: true", "procedure: none") && !missing("procedure: [hr/]", &whole));
}

const TEAMS: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
audiences: {staff: 员工, board: {name: 董事会, includes: [staff]}}
//- organization.yaml
departments:
  - {id: hr, name: 人力资源部, account: '@acme/hr'}
roles:
  - {id: boss, name: 总经理, account: [boss@example.com]}
  - {id: clerk, name: 文员}
accounts: {张三: '@zhangsan', 李四: ['@li-si', '@acme/hr'], 坏: zhang}
//- content/index.md
# 首页
//- content/hr/index.md
---
title: 人事
owner: 人力资源部
---
人事制度。
//- content/hr/请 假.md
---
title: 休假制度
id: HR-001
status: in_force
owner: [张三, 李四]
approver: 总经理
---
第一条 甲。
//- content/hr/b.md
---
title: 乙
owner: [文员, 王五]
---
乙。
//- content/it.md
---
title: 丙
status: draft
owner: 李四
approver: [人力资源部, 王五]
---
丙。
//- content/it/x.md
# 丁
//- content/pay.md
---
title: 薪酬
id: PAY-1
audience: board
owner: 张三
---
秘密。
";

#[test]
fn code_owners_are_owners_and_approvers_with_accounts() {
    let project = Project::new(TEAMS);
    let printed = project.run(&["host", "codeowners"]).expect(0).stdout();
    let lines: Vec<&str> = printed.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "/content/hr/ @acme/hr",
            "# /content/hr/b.md: no account is known of 文员, 王五; write it in organization.yaml",
            "/content/hr/index.md @acme/hr",
            "/content/hr/请\\ 假.md @zhangsan @li-si @acme/hr boss@example.com",
            "# /content/it.md: no account is known of 王五; write it in organization.yaml",
            "/content/it.md @li-si @acme/hr",
            "# /content/it/: no account is known of 王五; write it in organization.yaml",
            "/content/it/ @li-si @acme/hr",
            "/content/pay.md @zhangsan",
            "/editions/HR-001/ @zhangsan @li-si @acme/hr boss@example.com",
            "/editions/PAY-1/ @zhangsan",
        ]
    );
    let staff = project.run(&["host", "codeowners", "--audience", "staff"]).expect(0).stdout();
    assert!(!staff.to_lowercase().contains("pay") && staff.contains("/content/hr/ @acme/hr"), "{staff}");
    assert!(check(&project).contains("`zhang` is no account"));
    project.run(&["host", "codeowners", "--write"]).expect(0);
    assert_eq!(project.read(".github/CODEOWNERS"), printed);
    project.run(&["host", "codeowners", "--write"]).expect(0);
    project.write(".github/CODEOWNERS", "* @me\n");
    assert!(
        project.run(&["host", "codeowners", "--write"]).expect(2).stderr().contains(".github/CODEOWNERS")
    );
    assert_eq!(project.read(".github/CODEOWNERS"), "* @me\n", "what somebody else wrote stays");
    // No account is in the site.
    project.run(&["build"]).expect(1);
    project.write("organization.yaml", project.read("organization.yaml").replace(", 坏: zhang", ""));
    project.run(&["build"]).expect(0);
    for (name, bytes) in project.tree("site") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("zhangsan") && !text.contains("acme/hr"), "{name}");
    }
}

#[test]
fn code_owners_of_a_project_below_its_repository_have_whole_paths() {
    let project = Project::new(
        "\n//- docs/book/handbook.yaml\ntitle: 手册\n//- docs/book/content/a.md\n---\nowner: 张三\n---\n甲。\n//- docs/book/organization.yaml\naccounts: {张三: '@zhang'}\n",
    );
    crate::editions::git(&project, "2026-01-01", &["init", "-q"]);
    let printed = project.run(&["host", "codeowners", "-C", "docs/book"]).expect(0).stdout();
    assert!(printed.ends_with("/docs/book/content/a.md @zhang\n"), "{printed}");
}
