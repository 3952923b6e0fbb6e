//! `diff REV1..REV2`: what a merge request changes, and what that touches.

use super::{commit, edit, git};
use crate::support::Project;
use serde_json::Value;

const ORGANIZATION: &str = "roles:\n  - {id: clerk, name: 出纳}\n  - {id: hr, name: 人事专员}\n";

/// A handbook whose leave rule gets a clause put in, on a branch.
fn project() -> Project {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    git(&project, "2026-01-01", &["init", "-q", "-b", "main"]);
    project.write("organization.yaml", ORGANIZATION);
    project.write(
        "content/leave.md",
        "---\ntitle: 休假制度\nid: HR-001\nstatus: in_force\nversion: '1.0'\nowner: 人事专员\nrequired_reading: [出纳]\n---\n第一条 每人五天年假。\n\n第二条 请假提前三天，经部门负责人批准。\n\n第三条 违反第二条的，按旷工处理。\n",
    );
    project.write(
        "content/rota.md",
        "---\ntitle: 排班\nid: OPS-1\n---\n第一条 请假见《休假制度》第二条。\n\n年假见《休假制度》第一条。\n",
    );
    project.write("content/quote.md", "---\ntitle: 摘要\n---\n![[HR-001#第一条]]\n");
    project.write("content/old.md", "---\ntitle: 旧章\n---\n第一条 甲。\n");
    project.write("content/see.md", "---\ntitle: 索引\n---\n见《旧章》第一条。\n");
    commit(&project, "2026-01-01");
    git(&project, "2026-01-02", &["checkout", "-q", "-b", "work"]);
    edit(
        &project,
        "content/leave.md",
        &[
            ("'1.0'", "'1.1'"),
            ("五天", "六天"),
            ("第三条 违反", "第四条 违反"),
            ("第二条 请假", "第二条 年假可以结转一年。\n\n第三条 请假"),
        ],
    );
    std::fs::remove_file(project.path().join("content/old.md")).unwrap();
    project.write("content/new.md", "---\ntitle: 新章\nstatus: draft\n---\n正文。\n");
    commit(&project, "2026-01-02");
    git(&project, "2026-01-03", &["checkout", "-q", "main"]);
    project.write("content/elsewhere.md", "# 别处\n\n与此无关。\n");
    commit(&project, "2026-01-03");
    project
}

fn json(project: &Project, range: &str) -> Vec<Value> {
    let run = project.run(&["diff", range, "--format", "json"]).expect(0);
    let json: Value = serde_json::from_str(&run.stdout()).expect("JSON");
    json["chapters"].as_array().expect("chapters").clone()
}

fn find<'a>(chapters: &'a [Value], title: &str) -> &'a Value {
    chapters.iter().find(|chapter| chapter["title"] == title).unwrap_or_else(|| panic!("{title}"))
}

#[test]
fn a_merge_request_tells_what_it_changes_and_touches() {
    let project = project();
    let chapters = json(&project, "main...work");
    let titles: Vec<&str> = chapters.iter().filter_map(|chapter| chapter["title"].as_str()).collect();
    assert_eq!(titles, ["休假制度", "新章", "旧章"], "what main did since is none of it");
    let leave = find(&chapters, "休假制度");
    assert_eq!([&leave["kind"], &leave["from"], &leave["to"]], ["changed", "1.0", "1.1"]);
    let kinds: Vec<&str> =
        leave["clauses"].as_array().unwrap().iter().filter_map(|row| row["kind"].as_str()).collect();
    assert_eq!(kinds, ["changed", "added", "renumbered", "renumbered"]);
    let touches = &leave["touches"];
    assert_eq!(touches["must_read"][0], "出纳");
    let cited: Vec<&str> =
        touches["cited_by"].as_array().unwrap().iter().filter_map(|place| place["path"].as_str()).collect();
    assert_eq!(cited, ["content/rota.md"]);
    assert_eq!(touches["quoted_by"][0]["path"], "content/quote.md");
    let stale: Vec<[&str; 3]> = touches["stale"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| ["path", "words", "now"].map(|key| place[key].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(
        stale,
        [["content/leave.md", "第二条", "第三条"], ["content/rota.md", "《休假制度》第二条", "第三条"],]
    );
    let old = find(&chapters, "旧章");
    assert_eq!([&old["kind"], &old["touches"]["stale"][0]["path"]], ["deleted", "content/see.md"]);
}

#[test]
fn who_has_looked_at_a_reference_is_not_told_of_it() {
    let project = project();
    git(&project, "2026-01-04", &["checkout", "-q", "work"]);
    edit(&project, "content/rota.md", &[("《休假制度》第二条", "《休假制度》第三条")]);
    edit(&project, "content/leave.md", &[("违反第二条", "违反第三条")]);
    edit(
        &project,
        "content/leave.md",
        &[("owner:", "revisions:\n  - {version: '1.1', date: 2026-01-04, kind: editorial}\nowner:")],
    );
    commit(&project, "2026-01-04");
    let chapters = json(&project, "main...work");
    let touches = &find(&chapters, "休假制度")["touches"];
    assert_eq!(touches["stale"], Value::Array(Vec::new()), "{touches}");
    assert_eq!(touches["must_read"], Value::Array(Vec::new()), "editorial: nobody reads it again");
}

#[test]
fn it_is_a_comment_for_a_merge_request_and_a_text_for_a_terminal() {
    let project = project();
    let text = project.run(&["diff", "main...work"]).expect(0).stdout();
    for words in [
        "第一条 每人[-五-]{+六+}天年假。",
        "content/rota.md:5",
        "“《休假制度》第二条” in “排班” meant what is now 第三条",
        "To be read again by: 出纳",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let comment = project.run(&["diff", "main...work", "--format", "github"]).expect(0).stdout();
    for words in [
        "### Changed 休假制度 HR-001 1.0 → 1.1",
        "每人<del>五</del><ins>六</ins>天年假。",
        "- content/rota.md:5",
    ] {
        assert!(comment.contains(words), "{words} in {comment}");
    }
    assert_eq!(project.run(&["diff", "main..main"]).expect(0).stdout(), "No chapter differs.\n");
    // To HEAD, where a side is left out.
    assert_eq!(json(&project, "work..").len(), json(&project, "work..main").len());
}

#[test]
fn what_is_no_range_is_told_and_runs_nothing() {
    let project = project();
    for (arguments, words) in [
        (vec!["diff", "main..nowhere"], "no commit “nowhere”"),
        (vec!["diff", "--", "--upload-pack=x..main"], "no commit “--upload-pack=x”"),
        (vec!["diff", "HR-001"], "REV1..REV2"),
        (vec!["diff", "main..work", "--format", "html"], "github"),
    ] {
        let stderr = project.run(&arguments).expect(2).stderr();
        assert!(stderr.contains(words), "{arguments:?}: {stderr}");
    }
}

#[test]
fn references_of_every_form_are_told_when_their_clause_has_another_number() {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    git(&project, "2026-01-01", &["init", "-q", "-b", "main"]);
    project.write(
        "content/p.md",
        "---\ntitle: 采购办法\nid: P-1\nversion: '1'\n---\n第一条 目的。\n\n第二条 预算。\n\n第三条 验收。\n",
    );
    project.write(
        "content/r.md",
        "# 引用\n\n按 P-1第三条。\n\n见[验](p.md#3)。\n\n见[验](p.md#3-1)。\n\n见[[P-1#第三条]]。\n\n按 P-1 的第三条。\n\n见[预](p.md#1)。\n",
    );
    commit(&project, "2026-01-01");
    edit(
        &project,
        "content/p.md",
        &[("'1'", "'2'"), ("第三条 验收", "第四条 验收"), ("第二条 预算", "第二条 比价。\n\n第三条 预算")],
    );
    commit(&project, "2026-01-02");
    let chapters = json(&project, "HEAD~1..HEAD");
    let stale = find(&chapters, "采购办法")["touches"]["stale"].as_array().unwrap();
    let told: Vec<(u64, &str)> = stale
        .iter()
        .map(|place| (place["line"].as_u64().unwrap_or(0), place["now"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(told, [3, 5, 7, 9, 11].map(|line| (line, "第四条")));
}

#[test]
fn links_to_a_file_that_has_another_name_are_told() {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    git(&project, "2026-01-01", &["init", "-q", "-b", "main"]);
    project.write("content/p.md", "---\ntitle: 采购办法\nid: P-1\n---\n第一条 目的。\n");
    project.write(
        "content/r.md",
        "# 引用\n\n见[甲](p.md)。\n\n见[乙](p.md#第一条)。\n\n见[[P-1]]。\n\n见[丙](p.md)，已改。\n",
    );
    commit(&project, "2026-01-01");
    git(&project, "2026-01-02", &["mv", "content/p.md", "content/q.md"]);
    edit(&project, "content/r.md", &[("[丙](p.md)", "[丙](q.md)")]);
    commit(&project, "2026-01-02");
    let chapters = json(&project, "HEAD~1..HEAD");
    let moved = find(&chapters, "采购办法");
    assert_eq!(moved["kind"], "moved");
    let told: Vec<String> = moved["touches"]["stale"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| format!("{} {}", place["line"], place["now"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(told, ["3 content/q.md", "5 content/q.md"]);
    let run = project.run(&["diff", "HEAD~1..HEAD"]).expect(0);
    assert!(run.stdout().contains("means a file that is now content/q.md"), "{}", run.stdout());
}

#[test]
fn no_audience_sees_a_draft_that_changed() {
    let project = project();
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\naudiences:\n  staff: 员工\n");
    git(&project, "2026-01-04", &["checkout", "-q", "work"]);
    let all = project.run(&["diff", "main...work"]).expect(0).stdout();
    assert!(all.contains("新章"), "{all}");
    let seen = project.run(&["diff", "main...work", "--audience", "staff"]);
    assert!(!seen.stdout().contains("新章"), "{}", seen.stdout());
}
