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
    assert_eq!(titles, ["2026", "2024", "2020"]);
    assert_eq!(years[1].0, "changes-2.html#Hb-y2024");
    let older = project.page("site/changes-2.html");
    assert_eq!(older.texts("main h2"), ["2024-12", "2024-01"]);
    assert_eq!(
        older.texts(".changes p"),
        ["年假改为六天", "张三", "首次发布"],
        "the latest first, none of the future"
    );
    assert_eq!(older.all(".changes li[data-departments='hr']").len(), 2);
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
