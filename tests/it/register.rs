//! The register, the review desk and the list of changes: pages, tables, calendars, and
//! what an audience sees of them.

use crate::support::{Project, tree};
use serde_json::Value;

const BOOK: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
base_url: https://example.org/h/
audiences:
  staff: {name: 员工}
  board: {name: 董事会, includes: [staff]}
//- organization.yaml
departments:
  - {id: hr, name: 人力资源部}
  - {id: sales, name: 销售部}
roles:
  - {id: hr-manager, name: 人事经理, department: hr}
//- content/a.md
---
title: 休假制度
id: HR-001
kind: 制度
status: in_force
version: '1.1'
effective: 2025-01-01
review_by: 2027-01-15
owner: 人事经理
departments: [人力资源部]
revisions:
  - {version: '1.0', date: 2024-01-01, note: 首次发布}
  - {version: '1.1', date: 2024-12-20, note: 年假改为六天, by: 张三}
  - {version: '1.2', date: 2027-05-01, note: 尚未发生}
---
第一条 年假六天。
//- content/b.md
---
title: '=1+1'
id: ZZ-1
status: in_force
version: '1.0'
effective: 2026-02-03
review_by: 2026-11-01
owner: 李四
---
正文。
//- content/c.md
---
title: 旧制度
id: HR-000
status: retired
review_by: 2026-12-01
effective: 2020-01-01
---
正文。
//- content/d.md
---
title: 薪酬秘密
id: PAY-9
status: in_force
version: '7.7'
effective: 2026-01-01
review_by: 2026-12-24
owner: 董事长
audience: board
revisions:
  - {version: '7.7', date: 2026-01-01, note: 秘密的变更}
---
正文。
//- content/e.md
# 随笔

没有信息区。
";

fn built(arguments: &[&str]) -> Project {
    let project = Project::new(BOOK);
    let all = [&["build", "--date", "2026-11-28"], arguments].concat();
    project.run(&all).expect(0);
    project
}

#[test]
fn the_register_has_a_row_for_each_controlled_document() {
    let project = built(&[]);
    let page = project.page("site/register.html");
    let titles = page.texts(".register tbody th");
    assert_eq!(titles, ["休假制度", "=1+1", "旧制度", "薪酬秘密"], "a text without front matter is none");
    let cells = page.texts(".register tbody tr:first-child td");
    let first: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    assert_eq!(
        first,
        ["HR-001", "制度", "现行", "1.1", "2025-01-01", "2027-01-15", "人事经理", "", "人力资源部", "", ""]
    );
    let table = project.read("site/register.csv");
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert!(rows[0].starts_with("\u{feff}制度编号,名称,"), "{}", rows[0]);
    assert!(
        rows[1].starts_with("HR-001,休假制度,制度,现行,1.1,2025-01-01,2027-01-15,人事经理,,人力资源部,"),
        "{}",
        rows[1]
    );
    assert!(rows[1].ends_with("https://example.org/h/a.html"), "{}", rows[1]);
    assert!(rows[2].starts_with("ZZ-1,'=1+1,"), "nothing that a spreadsheet runs: {}", rows[2]);
    assert!(rows[2].contains(",适用于全体员工,") || rows[2].contains("全体员工"), "{}", rows[2]);
}

#[test]
fn the_review_desk_groups_what_is_in_force_by_what_is_pressing() {
    let project = built(&[]);
    let page = project.page("site/reviews.html");
    assert_eq!(
        page.texts(".due-counts")[0].split_whitespace().collect::<String>(),
        "已逾期130天内160天内190天内0以后0"
    );
    assert_eq!(page.texts("section.listing h2")[..3], ["已逾期", "30 天内", "60 天内"]);
    let rows = page.texts("section.listing .register tbody th");
    assert_eq!(rows[..3], ["=1+1", "薪酬秘密", "休假制度"], "what is retired is not reviewed");
    let calendar = project.read("site/reviews.ics");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270115\r\n"), "{calendar}");
    assert!(calendar.contains("URL:https://example.org/h/a.html\r\n"), "{calendar}");
    let own = project.read("site/reviews/hr-manager.ics");
    assert_eq!(own.matches("BEGIN:VEVENT").count(), 1);
    assert!(own.contains("休假制度") && !own.contains("薪酬"), "{own}");
}

#[test]
fn changes_stand_by_month_a_year_on_each_page() {
    let project = built(&[]);
    let page = project.page("site/changes.html");
    assert_eq!(page.texts("main h2"), ["2026-02", "2026-01"]);
    let years = page.links(".letters a");
    let titles: Vec<&str> = years.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(titles, ["2026", "2025", "2024", "2020"]);
    assert_eq!(years[1].0, "changes-2.html#Hb-y2025");
    let older = project.page("site/changes-2.html");
    assert_eq!(older.texts("main h2"), ["2025-01"], "when it took effect, not when it was written down");
    assert_eq!(older.texts(".changes p"), ["年假改为六天", "张三"]);
    assert_eq!(older.all(".changes li[data-departments='hr']").len(), 1);
    let oldest = project.page("site/changes-3.html");
    assert_eq!(
        (oldest.texts("main h2"), oldest.texts(".changes p")),
        (vec!["2024-01".to_owned()], vec!["首次发布".to_owned()])
    );
    assert!(!page.texts(".changes").concat().contains("尚未发生"), "none of the future");
}

#[test]
fn an_audience_sees_nothing_of_what_is_withheld() {
    let project = built(&["--audience", "staff"]);
    for (name, bytes) in tree(&project.path().join("site")) {
        let text = String::from_utf8_lossy(&bytes);
        for secret in ["薪酬秘密", "PAY-9", "7.7", "秘密的变更", "董事长", "20261224"] {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
    }
    assert!(project.path().join("site/register.csv").is_file());
}

#[test]
fn list_prints_what_is_asked_for() {
    let project = Project::new(BOOK);
    let list = |arguments: &[&str]| {
        let run = project.run(&[&["list", "--date", "2026-11-28"], arguments].concat()).expect(0);
        run.stdout()
    };
    let table = list(&["--status", "现行"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4, "{table}");
    let first: Vec<&str> = lines[1].split_whitespace().take(3).collect();
    assert_eq!(first, ["HR-001", "休假制度", "制度"]);
    assert_eq!(list(&["--status", "retired"]).lines().count(), 2);
    assert_eq!(list(&["--owner", "hr-manager"]).lines().count(), 2);
    assert_eq!(list(&["--owner", "人事经理", "--owner", "李四"]).lines().count(), 3);
    assert_eq!(list(&["--due", "30d"]).lines().count(), 3, "what is late, and what is due");
    let json: Value = serde_json::from_str(&list(&["--format", "json", "--due", "8w"])).unwrap();
    let ids: Vec<&Value> = json.as_array().unwrap().iter().map(|entry| &entry["id"]).collect();
    assert_eq!(ids, ["HR-001", "ZZ-1", "PAY-9"]);
    let csv = list(&["--format", "csv", "--audience", "staff"]);
    assert!(csv.starts_with('\u{feff}') && csv.contains("'=1+1") && !csv.contains("PAY-9"), "{csv}");
    let wrong = project.run(&["list", "--owner", "王五"]).expect(2);
    assert!(wrong.stderr().contains("王五"), "{}", wrong.stderr());
    assert!(project.run(&["check", "--format", "csv"]).expect(2).stderr().contains("handbook list"));
}

#[test]
fn a_handbook_without_controlled_documents_has_none_of_these_pages() {
    let project = Project::new("\n//- content/a.md\n# 随笔\n\n没有信息区。\n");
    project.run(&["build"]).expect(0);
    for name in ["register.html", "register.csv", "reviews.html", "reviews.ics", "changes.html"] {
        assert!(!project.path().join("site").join(name).exists(), "{name}");
    }
}

#[test]
fn a_gap_before_a_successor_begins_is_told() {
    let book = |old: &str, date: &str| {
        format!(
            "
//- content/old.md
---
title: 旧差旅制度
id: FIN-000
{old}
effective: 2024-01-01
---
第一条 甲。
//- content/new.md
---
title: 差旅制度
id: FIN-001
status: approved
effective: {date}
supersedes: [FIN-000]
---
第一条 乙。
"
        )
    };
    let told = |old: &str, date: &str| {
        let run = Project::new(&book(old, date)).run(&["check", "--date", "2026-11-28"]);
        run.stderr().contains("successor-gap")
    };
    assert!(told("status: superseded", "2026-12-15"));
    assert!(told("status: in_force\nretired: 2026-11-01", "2026-12-15"));
    assert!(!told("status: in_force", "2026-12-15"), "it goes on until then");
    assert!(!told("status: superseded", "2026-11-28"), "the successor has begun");
}

/// A chapter that begins and is to be reviewed on these days.
fn reviewed(reviews: &str) -> Project {
    Project::new(&format!(
        "
//- handbook.yaml
title: 手册
language: zh-CN
//- organization.yaml
roles:
  - {{id: hr-manager, name: 人事经理}}
  - {{id: boss, name: 总经理}}
//- content/a.md
---
title: 休假制度
id: HR-001
status: in_force
version: '1.0'
effective: 2025-01-15
review_by: 2026-01-15
owner: 人事经理
reviewer: 人事经理
approver: 总经理
{reviews}
---
第一条 年假六天。
//- content/b.md
---
title: 差旅制度
id: FIN-001
status: in_force
effective: 2025-01-15
approver: 总经理
---
第一条 甲。
"
    ))
}

#[test]
fn a_review_moves_the_next_date_wherever_it_is_shown() {
    let record = "reviews:\n  - {date: 2026-01-10, by: 人事经理, outcome: unchanged, note: 与新法一致}";
    let project = reviewed(record);
    let build = |day: &str| project.run(&["build", "--date", day]).expect(0);
    assert!(!build("2026-11-28").stderr().contains("overdue"));
    let page = project.page("site/a.html");
    assert_eq!(page.texts(".control-reviews li"), ["2026-01-10 人事经理 继续有效 与新法一致"]);
    assert_eq!(page.texts(".control-review_by dd"), ["2027-01-10"]);
    assert!(page.all(".notice-overdue").is_empty());
    let desk = project.page("site/reviews.html");
    assert_eq!(desk.texts("section.listing .register tbody tr:first-child td")[0], "2027-01-10");
    assert!(
        desk.texts("section.listing .register tbody td").contains(&"2026-01-10 人事经理 继续有效".to_owned())
    );
    assert!(project.read("site/register.csv").contains(",2027-01-10,"));
    assert!(project.read("site/reviews.ics").contains("DTSTART;VALUE=DATE:20270110"));
    let json: Value = serde_json::from_str(&project.read("site/index.json")).unwrap();
    let entry = &json["chapters"][0];
    assert_eq!(entry["review_by"], "2027-01-10");
    assert_eq!(entry["reviews"][0]["outcome"], "unchanged");
    // Before it had taken place, it moved nothing.
    build("2026-01-09");
    assert_eq!(project.page("site/a.html").texts(".control-review_by dd"), ["2026-01-15"]);
    // What must be revised stays due.
    let project = reviewed(&record.replace("unchanged", "revise"));
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    assert_eq!(project.page("site/a.html").all(".notice-overdue").len(), 1);
    assert!(project.page("site/reviews.html").texts("td").iter().any(|cell| cell.contains("需要修订")));
}

#[test]
fn what_is_wrong_with_a_review_is_told() {
    let told = |reviews: &str| {
        let run = reviewed(reviews).run(&["check", "--date", "2026-11-28"]);
        (run.status(), run.stderr())
    };
    for (reviews, says) in [
        ("reviews:\n  - {by: 张三, outcome: unchanged}", "has no `date`"),
        ("reviews:\n  - {date: 2026-01-10}", "has no `outcome`"),
        ("reviews:\n  - {date: 2026-01-10, outcome: fine}", "`fine` is not a value of `outcome`"),
        ("reviews:\n  - {date: 2026-01-40, outcome: unchanged}", "2026-01-40"),
        ("reviews:\n  - {date: 2026-01-10, outcome: unchanged, next: 2025-01-10}", "is not after this one"),
        ("reviews: yes", "must be a list"),
    ] {
        let (status, stderr) = told(reviews);
        assert!(status == 1 && stderr.contains(says), "{reviews}: {stderr}");
    }
    let (status, stderr) = told("reviews:\n  - {date: 2027-01-10, outcome: unchanged, who: x}");
    assert!(status == 0 && stderr.contains("future-revision") && stderr.contains("`who`"), "{stderr}");
}

#[test]
fn a_role_sees_what_it_owns_reviews_and_approves() {
    let project = reviewed("");
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    let rows = |role: &str| {
        let page = project.page(&format!("site/roles/{role}.html"));
        let cells = page.texts(".charges tbody td").into_iter().map(|cell| cell.trim().to_owned());
        (page.texts(".charges tbody th a"), cells.collect::<Vec<_>>())
    };
    let (titles, cells) = rows("hr-manager");
    assert_eq!(titles, ["休假制度"]);
    assert_eq!(cells, ["归口、审核", "1.0", "2025-01-15", "2026-01-15 逾期未复审", ""]);
    let (titles, cells) = rows("boss");
    assert_eq!(titles, ["休假制度", "差旅制度"], "what is to be reviewed comes first");
    assert_eq!(cells[5..7], ["批准", ""]);
}

#[test]
fn check_ends_with_a_status_of_its_own_where_reviews_are_due() {
    let project = Project::new(BOOK);
    let check = |arguments: &[&str]| {
        let run = project.run(&[&["check"], arguments].concat());
        (run.status(), run.stderr(), run.stdout())
    };
    let (status, stderr, _) = check(&["--date", "2026-10-01", "--due", "30d"]);
    assert!(status == 0 && stderr.contains("no review is due within 30 days"), "{stderr}");
    let (status, stderr, _) = check(&["--date", "2026-10-02", "--due", "30d"]);
    assert!(status == 3 && stderr.contains("1 review is due") && stderr.contains("review-due"), "{stderr}");
    let (status, stderr, _) = check(&["--date", "2026-11-28", "--due", "30d"]);
    assert!(status == 3 && stderr.contains("2 reviews are due") && stderr.contains("overdue"), "{stderr}");
    let (status, stderr, _) = check(&["--date", "2026-11-28", "--due", "30d", "--audience", "staff"]);
    assert!(status == 3 && stderr.contains("1 review is due") && !stderr.contains("review-due"), "{stderr}");
    assert_eq!(check(&["--date", "2026-11-28", "--due", "30d", "--all-audiences"]).0, 3);
    assert_eq!(check(&["--date", "2026-11-28"]).0, 0, "nobody asked");
    for days in ["60", "9w", "2m"] {
        let (status, stderr, _) = check(&["--date", "2026-11-28", "--due", days]);
        assert!(status == 3 && stderr.contains("3 reviews are due"), "{days}: {stderr}");
    }
    let (status, _, stdout) = check(&["--date", "2026-11-28", "--due", "30d", "--format", "json"]);
    assert!(status == 3 && stdout.contains("\"review-due\""), "{stdout}");
    assert_eq!(check(&["--due", "soon"]).0, 2);
    // Errors go first.
    project.write("content/f.md", "---\neffective: never\n---\n# F\n");
    assert_eq!(check(&["--date", "2026-11-28", "--due", "30d"]).0, 1);
}

/// Who moves from landmark to landmark must not come to two of one name.
#[test]
fn no_two_landmarks_of_a_page_have_one_name() {
    let project = reviewed("procedure: required");
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    let mut scrolled = 0;
    for name in ["reviews.html", "roles/boss.html", "roles/hr-manager.html"] {
        let page = project.page(&format!("site/{name}"));
        let labels =
            page.all("section[aria-labelledby], nav[aria-labelledby], [role=region][aria-labelledby]");
        let mut labels: Vec<&str> =
            labels.iter().filter_map(|element| element.value().attr("aria-labelledby")).collect();
        let count = labels.len();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), count, "{name}: {labels:?}");
        scrolled += page.all(".register-scroll[aria-labelledby]").len();
    }
    assert!(scrolled >= 2, "tables that scroll have a name still");
}
