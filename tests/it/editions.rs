//! Editions: which text is shown on which day, from git and from `editions/`, and who may
//! see which.

mod amendments;
mod feeds;
mod gone;
mod kept;
mod outlived;
mod pictures;
mod range;
mod recorded;
mod release;
mod shown;
mod succession;

use crate::support::{Project, Run, tree};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Runs git in a project, with nothing of the machine's settings, on a day.
pub(crate) fn git(project: &Project, day: &str, arguments: &[&str]) {
    let date = format!("{day}T12:00:00Z");
    let done = Command::new("git")
        .arg("-C")
        .arg(project.path())
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .output()
        .expect("git runs");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn commit(project: &Project, day: &str) {
    git(project, day, &["add", "-A"]);
    git(project, day, &["commit", "-qm", "change"]);
}

fn edit(project: &Project, path: &str, changes: &[(&str, &str)]) {
    let mut text = project.read(path);
    for (old, new) in changes {
        assert!(text.contains(old), "{old} is not in {path}");
        text = text.replace(old, new);
    }
    project.write(path, text);
}

const LEAVE: &str = "---
title: 休假制度
id: HR-001
status: approved
version: '1.0'
effective: 2025-01-01
approver: 总经理
revisions:
  - {version: '1.0', date: 2024-12-20, by: 张三, note: 首次发布}
---
第一条 为了规范休假，制定本制度。

第二条 每人五天年假。

第三条 请假提前三天申请，经部门负责人批准。
";

/// A repository of five chapters and twenty commits: renames, a merge, a version that goes
/// back, a chapter that is removed.
fn repository() -> Project {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\neditions: git\n");
    let chapter = |id: &str, title: &str, version: &str, effective: &str, text: &str| {
        format!(
            "---\ntitle: {title}\nid: {id}\nstatus: in_force\nversion: '{version}'\neffective: {effective}\n---\n第一条 {text}\n"
        )
    };
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    project.write("content/leave.md", LEAVE);
    commit(&project, "2024-12-20");
    project.write("content/travel.md", chapter("FIN-001", "差旅制度", "1", "2025-02-01", "住宿每晚三百元。"));
    commit(&project, "2025-01-10");
    project.write("content/it.md", chapter("IT-001", "账号制度", "1.0", "2025-03-01", "口令八位。"));
    commit(&project, "2025-02-10");
    project.write("content/old.md", chapter("OLD-001", "用车制度", "1", "2025-01-01", "用车须登记。"));
    commit(&project, "2025-02-11");
    project.write("content/notes.md", "# 说明\n\n没有版本。\n");
    commit(&project, "2025-02-12");
    // A correction within a version.
    edit(&project, "content/travel.md", &[("三百元", "三百元整")]);
    commit(&project, "2025-03-01");
    git(&project, "2025-04-01", &["mv", "content/travel.md", "content/出差.md"]);
    commit(&project, "2025-04-01");
    edit(
        &project,
        "content/leave.md",
        &[
            ("version: '1.0'\neffective: 2025-01-01", "version: '1.1'\neffective: 2026-01-01"),
            (
                "revisions:",
                "revisions:\n  - {version: '1.1', date: 2025-12-20, by: 李四, note: 年假改为六天}",
            ),
            ("五天年假", "六天年假"),
        ],
    );
    commit(&project, "2025-12-20");
    edit(
        &project,
        "content/出差.md",
        &[("version: '1'", "version: '2'"), ("2025-02-01", "2026-02-01"), ("三百元整", "四百元")],
    );
    commit(&project, "2026-01-05");
    // A version that goes back: what was in force before is so again.
    edit(&project, "content/it.md", &[("'1.0'", "'1.1'"), ("2025-03-01", "2026-03-01"), ("八位", "十位")]);
    commit(&project, "2026-02-01");
    edit(&project, "content/it.md", &[("'1.1'", "'1.0'"), ("2026-03-01", "2026-04-01"), ("十位", "八位")]);
    commit(&project, "2026-03-20");
    git(&project, "2026-04-01", &["rm", "-q", "content/old.md"]);
    commit(&project, "2026-04-01");
    git(&project, "2026-05-01", &["checkout", "-q", "-b", "work"]);
    edit(&project, "content/leave.md", &[("六天年假", "七天年假")]);
    commit(&project, "2026-05-01");
    edit(
        &project,
        "content/leave.md",
        &[
            ("version: '1.1'\neffective: 2026-01-01", "version: '2.0'\neffective: 2027-01-01"),
            ("第三条 请假", "第四条 请假"),
            ("第二条 每人", "第二条 本制度适用于全体员工。\n\n第三条 每人"),
        ],
    );
    commit(&project, "2026-05-02");
    git(&project, "2026-05-03", &["checkout", "-q", "main"]);
    edit(&project, "content/notes.md", &[("没有版本", "还是没有版本")]);
    commit(&project, "2026-05-04");
    git(&project, "2026-05-05", &["merge", "-q", "--no-ff", "-m", "merge", "work"]);
    for day in ["2026-06-01", "2026-06-02", "2026-06-03"] {
        edit(&project, "content/notes.md", &[("版本", "版本 ")]);
        commit(&project, day);
    }
    project
}

fn build(project: &Project, day: &str) -> Run {
    project.run(&["build", "--date", day, "--replace", "--shrink"]).expect(0)
}

#[test]
fn each_day_has_its_texts() {
    let project = repository();
    for (day, leave, travel, account) in [
        // The text of a version is its last: that of 1.0 came back in 2026.
        ("2025-06-01", "五天", "三百元整", "十位"),
        ("2026-03-10", "六天", "四百元", "十位"),
        ("2026-11-28", "六天", "四百元", "八位"),
        ("2027-01-01", "七天", "四百元", "八位"),
    ] {
        build(&project, day);
        for (page, words) in [("leave", leave), ("出差", travel), ("it", account)] {
            let text = project.page(&format!("site/{page}.html")).texts(".text").concat();
            assert!(text.contains(words), "{day}: {page} says {text}");
        }
        let index = project.read("site/search/index.js");
        assert!(!index.is_empty());
    }
}

#[test]
fn search_and_references_are_those_of_the_day() {
    let project = repository();
    let found = |day: &str, words: &str| {
        let run = project.run(&["search", "--json", "--date", day, words]).expect(0);
        let json: Value = serde_json::from_str(&run.stdout()).unwrap();
        json["count"].as_u64().unwrap()
    };
    assert_eq!(found("2025-06-01", "\"五天年假\""), 1);
    assert_eq!(found("2026-11-28", "\"五天年假\""), 0, "an earlier text is not found");
    assert_eq!(found("2026-11-28", "\"七天年假\""), 0, "nor is a later one");
    assert_eq!(found("2027-01-01", "\"七天年假\""), 1);
}

#[test]
fn a_later_edition_stands_behind_a_band_and_every_edition_has_a_page() {
    let project = repository();
    build(&project, "2026-11-28");
    let page = project.page("site/leave.html");
    assert_eq!(page.texts(".notice-edition p"), ["2.0 版自 2027-01-01 施行。"]);
    let links = page.links(".notice-edition a");
    let urls: Vec<&str> = links.iter().map(|(url, _)| url.as_str()).collect();
    assert_eq!(urls, ["versions/HR-001/2.0.html", "versions/HR-001/1.1..2.0.html"]);
    let timeline = project.page("site/versions/HR-001/index.html");
    let cells = timeline.texts(".editions tbody th a");
    assert_eq!(cells, ["2.0", "1.1", "1.0"]);
    let old = project.page("site/versions/HR-001/1.0.html");
    assert!(old.texts(".text").concat().contains("五天年假"));
    assert_eq!(old.texts(".notice-superseded p"), ["1.0 版，已不再执行。"]);
    assert!(project.page("site/versions/HR-001/2.0.html").texts(".text").concat().contains("七天年假"));
    // Through a rename, and with the last text of a version.
    let travel = project.page("site/versions/FIN-001/1.html");
    assert!(travel.texts(".text").concat().contains("三百元整"));
    assert!(project.path().join("site/versions/FIN-001/1..2.html").is_file());
    // What is gone has its editions still, and nothing of them is in the sitemap or the search.
    assert!(project.page("site/versions/OLD-001/1.html").texts(".text").concat().contains("用车须登记"));
    assert!(!project.path().join("site/old.html").exists());
    assert!(!project.path().join("site/versions/notes").exists(), "no version, no edition");
}

#[test]
fn what_is_gone_is_shown_on_days_on_which_it_was_in_force() {
    let project = repository();
    build(&project, "2026-03-10");
    assert!(project.page("site/old.html").texts(".text").concat().contains("用车须登记"));
}

#[test]
fn a_redline_pairs_clauses_by_what_they_say() {
    let project = repository();
    build(&project, "2026-11-28");
    let page = project.page("site/versions/HR-001/1.0..1.1.html");
    assert_eq!(page.texts("tr.redline-changed del"), ["五"]);
    assert_eq!(page.texts("tr.redline-changed ins"), ["六"]);
    assert_eq!(page.texts(".lead"), ["修改 1 · 年假改为六天"]);
    let run = project.run(&["diff", "HR-001", "1.0", "2.0", "--format", "json"]).expect(0);
    let json: Value = serde_json::from_str(&run.stdout()).unwrap();
    let kinds: Vec<[&str; 3]> = json["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| ["kind", "from", "to"].map(|key| row[key].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(
        kinds,
        [["added", "-", "第二条"], ["changed", "第二条", "第三条"], ["renumbered", "第三条", "第四条"]]
    );
    assert_eq!(json["fields"][0]["field"], "effective");
    assert_eq!(json["counts"]["renumbered"], 1);
    let text = project.run(&["diff", "休假制度", "1.0", "1.1"]).expect(0).stdout();
    assert!(text.contains("第二条 每人[-五-]{+六+}天年假。"), "{text}");
    assert!(project.run(&["diff", "HR-001", "1.0", "9"]).expect(2).stderr().contains("1.0"));
}

#[test]
fn a_text_that_changes_within_its_version_is_told() {
    let project = repository();
    let told = |project: &Project| project.run(&["check", "--date", "2026-11-28"]).stderr();
    assert!(!told(&project).contains("silent-change"), "{}", told(&project));
    // Not committed yet.
    edit(&project, "content/leave.md", &[("七天年假", "八天年假")]);
    let stderr = told(&project);
    assert!(stderr.contains("silent-change") && stderr.contains("content/leave.md"), "{stderr}");
    edit(
        &project,
        "content/leave.md",
        &[("revisions:", "revisions:\n  - {version: '2.0', date: 2026-05-02, kind: editorial}")],
    );
    assert!(!told(&project).contains("silent-change"), "{}", told(&project));
}

#[test]
fn a_version_that_cannot_name_a_file_is_an_error_where_there_are_editions() {
    let text = LEAVE.replace("version: '1.0'\n", "version: '../../x'\n");
    let project = Project::new("//- handbook.yaml\ntitle: 手册\neditions: folder\n");
    project.write("content/leave.md", &text);
    let run = project.run(&["check", "--date", "2026-11-28"]).expect(1);
    assert!(run.stderr().contains("content/leave.md:5"), "{}", run.stderr());
    project.write("handbook.yaml", "title: 手册\n");
    project.run(&["check", "--date", "2026-11-28"]).expect(0);
}

#[test]
fn a_draft_of_a_new_version_leaves_the_last_one_and_one_of_the_same_takes_it_away() {
    let project = Project::new("\n//- handbook.yaml\nlanguage: zh-CN\neditions: git\n");
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    project.write("content/leave.md", LEAVE);
    commit(&project, "2024-12-20");
    edit(
        &project,
        "content/leave.md",
        &[("status: approved", "status: draft"), ("'1.0'\neff", "'2.0'\neff"), ("五天", "九天")],
    );
    build(&project, "2026-11-28");
    let text = project.page("site/leave.html").texts(".text").concat();
    assert!(text.contains("五天") && !text.contains("九天"), "{text}");
    project.run(&["build", "--date", "2026-11-28", "--drafts", "--replace"]).expect(0);
    assert!(project.page("site/leave.html").texts(".text").concat().contains("九天"));
    edit(&project, "content/leave.md", &[("version: '2.0'\neff", "version: '1.0'\neff")]);
    project.run(&["build", "--date", "2026-11-28", "--replace", "--shrink"]).expect(0);
    assert!(!project.path().join("site/leave.html").exists(), "it was taken from the site");
    assert!(!project.path().join("site/versions").exists());
}

#[test]
fn nothing_of_the_past_is_published_unless_it_is_asked_for() {
    for settings in ["", "editions: off\n", "editions: folder\n", "editions: [git]\n"] {
        let project = repository();
        project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{settings}"));
        project.run(&["build", "--date", "2026-11-28"]);
        let site = project.path().join("site");
        if site.exists() {
            for (name, bytes) in tree(&site) {
                assert!(!String::from_utf8_lossy(&bytes).contains("五天年假"), "{settings}: {name}");
            }
        }
    }
}

#[test]
fn a_shallow_clone_and_a_missing_repository_are_told() {
    let project = repository();
    let clone = Project::new("");
    let done = Command::new("git")
        .args(["clone", "-q", "--depth", "1"])
        .arg(format!("file://{}", project.path().display()))
        .arg(clone.path().join("copy"))
        .output()
        .unwrap();
    assert!(done.status.success());
    let copy = clone.path().join("copy");
    let run = crate::support::run_in(Path::new(&copy), &["build", "--date", "2026-11-28"]).expect(0);
    assert!(run.stderr().contains("no-history") && run.stderr().contains("unshallow"), "{}", run.stderr());
    let none = Project::new("\n//- handbook.yaml\neditions: git\n//- content/a.md\n# A\n\nText.\n");
    let run = none.run(&["build"]).expect(0);
    assert!(run.stderr().contains("no-history"), "{}", run.stderr());
}

const PAY: &str = "---\ntitle: 薪酬\nid: PAY-1\nstatus: in_force\neffective: 2025-01-01\nversion: '1.0'\n---\n第一条 旧的秘密数字，见[[HR-9]]。\n";
const AUDIENCES: &str = "title: 手册\nlanguage: zh-CN\neditions: git\naudiences:\n  staff: 员工\n  board: {name: 董事会, includes: [staff]}\n";

/// Everything of a site as one text.
fn all_of(project: &Project) -> String {
    tree(&project.path().join("site"))
        .into_values()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
}

#[test]
fn an_edition_is_seen_by_who_may_see_it_and_the_latest() {
    for (first, second, sees) in [
        ("", "audience: board\n", [false, false]),
        ("audience: board\n", "", [false, true]),
        ("", "", [true, true]),
        ("audience: board\n", "audience: board\n", [false, false]),
    ] {
        let project = Project::new("\n//- content/index.md\n# 首页\n");
        project.write("handbook.yaml", AUDIENCES);
        git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
        project.write("content/pay.md", PAY.replace("version:", &format!("{first}version:")));
        commit(&project, "2025-01-01");
        let text = PAY.replace("'1.0'", "'2.0'").replace("旧的", "新的").replace("2025-01-01", "2026-01-01");
        project.write("content/pay.md", text.replace("version:", &format!("{second}version:")));
        commit(&project, "2026-01-01");
        for day in ["2025-06-01", "2026-11-28"] {
            project.run(&["build", "--audience", "staff", "--date", day, "--replace", "--shrink"]).expect(0);
            let site = all_of(&project);
            let old = site.contains("旧的秘密数字");
            let new = site.contains("新的秘密数字");
            assert!(!old || sees[0], "{first}{second}{day}: the first edition is seen");
            assert!(!new || sees[1], "{first}{second}{day}: the second edition is seen");
            if sees == [true, true] {
                assert!(old && new, "{day}: both have pages");
            }
            project.run(&["build", "--audience", "board", "--date", day, "--replace"]).expect(0);
            let site = all_of(&project);
            assert!(
                site.contains("旧的秘密数字") && site.contains("新的秘密数字"),
                "{day}: the board sees both"
            );
        }
    }
}

#[test]
fn an_edition_does_not_name_what_is_withheld() {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", AUDIENCES);
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    project.write(
        "content/board.md",
        "---\ntitle: 董事会议事规则\nid: HR-9\naudience: board\n---\n第一条 只有董事知道。\n",
    );
    project.write("content/pay.md", PAY);
    commit(&project, "2025-01-01");
    edit(
        &project,
        "content/pay.md",
        &[("'1.0'", "'2.0'"), ("，见[[HR-9]]", ""), ("status:", "supersedes: [HR-9]\nstatus:")],
    );
    commit(&project, "2026-01-01");
    project.run(&["build", "--audience", "staff", "--date", "2026-11-28"]).expect(0);
    let site = all_of(&project);
    assert!(site.contains("旧的秘密数字"), "the edition is there");
    for secret in ["HR-9", "议事规则", "board.html", "只有董事知道"] {
        assert!(!site.contains(secret), "{secret}");
    }
}

#[test]
fn an_edition_that_is_taken_back_has_no_text() {
    let project = repository();
    project.write(
        "handbook.yaml",
        "title: 手册\nlanguage: zh-CN\neditions: {source: git, withhold: [HR-001@1.0]}\n",
    );
    build(&project, "2026-11-28");
    assert!(!all_of(&project).contains("五天年假"));
    let page = project.page("site/versions/HR-001/1.0.html");
    assert_eq!(page.texts(".empty"), ["此版已撤回，不显示正文。"]);
    assert!(project.run(&["diff", "HR-001", "1.0", "1.1"]).expect(2).stderr().contains("1.0"));
}

#[test]
fn an_edition_in_force_that_is_taken_back_leaves_its_chapter_without_a_text() {
    let project = repository();
    for withheld in ["HR-001@1.1", "FIN-001@2"] {
        project.write(
            "handbook.yaml",
            format!("title: 手册\nlanguage: zh-CN\neditions: {{source: git, withhold: [{withheld}]}}\n"),
        );
        build(&project, "2026-11-28");
        let site = all_of(&project);
        let (name, words, earlier) = match withheld {
            "HR-001@1.1" => ("leave", "六天年假。", "五天"),
            _ => ("出差", "四百元", "三百元"),
        };
        let page = project.page(&format!("site/{name}.html"));
        assert!(!site.contains(words), "{withheld}: nothing of it is in the site");
        // Nothing else takes its place: what it replaced is not in force again.
        let text = page.texts(".text").concat();
        assert!(!text.contains(earlier) && text.trim().is_empty(), "{text}");
        let notices = page.texts(".notice-edition p");
        assert!(
            notices[0].contains("正文已撤回") && notices[0].contains(&withheld[withheld.len() - 1..]),
            "{notices:?}"
        );
        let id = withheld.split('@').next().unwrap();
        assert!(
            page.links(".notice-edition a")
                .iter()
                .any(|(url, _)| url == &format!("versions/{id}/index.html"))
        );
        let timeline = project.page(&format!("site/versions/{id}/index.html")).texts(".editions tr").concat();
        assert!(timeline.contains("此版已撤回"), "{timeline}");
        // Of other days it is told as before.
        build(&project, "2025-06-01");
        assert!(project.page(&format!("site/{name}.html")).texts(".text").concat().contains(earlier));
    }
}

#[test]
fn nothing_that_tells_of_a_text_that_is_taken_back_is_left() {
    let project = Project::new(
        "\n//- handbook.yaml\nlanguage: zh-CN\nbase_url: https://example.org/\neditions: {source: folder, withhold: [HR-001@1.0]}\n",
    );
    project.write(
        "content/leave.md",
        LEAVE
            .replace(
                "title: 休假制度\n",
                "summary: 每人五天年假\nterms: [{term: 年假, definition: 五天年假的意思}]\n",
            )
            .replace("---\n第一条", "---\n# 休假制度\n\n第一条"),
    );
    project.write("content/other.md", "# 其他\n\n见《休假制度》第二条和[年假](leave.md#第二条)。\n");
    build(&project, "2026-11-28");
    let site = all_of(&project);
    assert!(!site.contains("五天年假") && !site.contains("请假提前"), "nothing of it is in the site");
    let page = project.page("site/leave.html");
    assert_eq!(page.texts("h1"), ["休假制度"], "its title stands in its text");
    assert!(page.texts(".notice-edition p")[0].contains("1.0 版"), "{:?}", page.texts(".notice p"));
    // The digest would tell who guesses the text.
    let digest = project.run(&["digest", "HR-001"]).expect(0).stdout();
    assert!(!site.contains(digest.trim()));
    project.run(&["audit", "--date", "2026-11-28", "-o", "a.zip"]).expect(0);
}

#[test]
fn what_is_being_written_is_compared_with_what_is_in_force_and_is_on_no_page() {
    let project = Project::new("\n//- handbook.yaml\nlanguage: zh-CN\neditions: git\n");
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    project.write("content/leave.md", LEAVE);
    commit(&project, "2024-12-20");
    let draft = [("status: approved", "status: draft"), ("'1.0'\neff", "'2.0'\neff"), ("五天", "九天")];
    edit(&project, "content/leave.md", &draft);
    for name in ["working", "draft"] {
        let run = project.run(&["diff", "HR-001", "1.0", name, "--date", "2026-11-28"]).expect(0);
        assert!(run.stdout().contains("每人[-五-]{+九+}天年假"), "{}", run.stdout());
    }
    let json = project.run(&["diff", "HR-001", "1.0", "working", "--format", "json"]).expect(0).stdout();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["counts"]["changed"], 1);
    assert!(json["fields"].as_array().unwrap().iter().any(|field| field["field"] == "status"), "{json}");
    let html = project.run(&["diff", "HR-001", "1.0", "working", "--format", "html"]).expect(0).stdout();
    assert!(html.contains("<ins>九</ins>"), "{html}");
    build(&project, "2026-11-28");
    assert!(!all_of(&project).contains("九天"), "no build shows it");
    project.write("handbook.yaml", "language: zh-CN\neditions: git\naudiences: {staff: 员工}\n");
    let run = project.run(&["diff", "HR-001", "1.0", "working", "--audience", "staff"]).expect(2);
    assert!(!run.stdout().contains('九') && !run.stderr().contains('九'), "{}", run.stderr());
    // What is gone is not being written.
    git(&project, "2025-02-01", &["rm", "-qf", "content/leave.md"]);
    commit(&project, "2025-02-01");
    project.run(&["diff", "HR-001", "1.0", "working"]).expect(2);
    project.run(&["diff", "HR-001", "working", "1.0"]).expect(2);
}

#[test]
fn a_link_that_leads_elsewhere_is_in_the_redline() {
    let project = Project::new("\n//- handbook.yaml\nlanguage: zh-CN\neditions: folder\n");
    let chapter = |version: &str, link: &str| {
        format!(
            "---\ntitle: 报销\nid: F-1\nversion: '{version}'\neffective: 202{version}-01-01\n---\n第一条 按[标准]({link})报销。\n\n第二条 另有[说明](https://example.org)。\n"
        )
    };
    project.write("content/a.md", "# 甲\n\n文字。\n");
    project.write("content/b.md", "# 乙\n\n文字。\n");
    project.write("editions/F-1/5.md", chapter("5", "a.md"));
    project.write("content/f.md", chapter("6", "b.md"));
    build(&project, "2026-11-28");
    let page = project.page("site/versions/F-1/5..6.html");
    assert_eq!(
        (page.texts("tr del"), page.texts("tr ins")),
        (
            vec!["2025-01-01".to_owned(), " [→ a.md]".to_owned()],
            vec!["2026-01-01".to_owned(), " [→ b.md]".to_owned()],
        )
    );
}
