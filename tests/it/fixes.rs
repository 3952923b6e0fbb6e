//! `check --fix`: what has one reading is mended, by the real binary; all else stays, byte by
//! byte.

use crate::support::{Project, run_bound, set_mode};
use handbook::builder::{Builder, Request};
use handbook::disk::RewriteError;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

const BOOK: &str = "
//- handbook.yaml
title: T
language: en
//- content/a.md
---
Title: A
weight: 5
effective: 2024/3/4
review_by: 03/04/2025
---
See [leave](HR/Leave.md#Sick), [moved](old/moved.md \"a title\"), [former](former.md?x=1#y),
![a picture](img/plan.jpg) and <a href=\"HR/Leave.md\">HTML</a>.
[by definition][leave], [[HR/leave]] and [nothing](nowhere.md).

[leave]: HR/Leave.md
//- content/hr/leave.md
# Leave

## Sick
//- content/people/moved.md
# Moved
//- content/new.md
---
redirect_from: /former.html
---
# New

## y
//- content/img/plan.png
picture
";

fn mended() -> Project {
    let project = Project::new(BOOK);
    let run = project.run(&["check", "--fix"]).expect(1);
    assert!(run.stderr().contains("mended 9 findings in one file\n  content/a.md (9)\n"), "{}", run.stderr());
    project
}

#[test]
fn what_has_one_reading_is_mended_and_nothing_else() {
    let project = mended();
    insta::assert_snapshot!(project.read("content/a.md"), @r#"
    ---
    title: A
    order: 5
    effective: 2024-03-04
    review_by: 03/04/2025
    ---
    See [leave](hr/leave.md#sick), [moved](people/moved.md "a title"), [former](new.md?x=1#y),
    ![a picture](img/plan.png) and <a href="hr/leave.md">HTML</a>.
    [by definition][leave], [[HR/leave]] and [nothing](nowhere.md).

    [leave]: HR/Leave.md
    "#);
}

#[test]
fn a_second_run_finds_nothing_to_mend() {
    let project = mended();
    let before = project.tree(".");
    let run = project.run(&["check", "--fix"]).expect(1).stderr();
    assert!(run.contains("nothing to mend that is certain"), "{run}");
    assert!(before == project.tree("."));
}

#[test]
fn a_dry_run_shows_the_diff_and_writes_nothing() {
    let project = Project::new(BOOK);
    let before = project.tree(".");
    let run = project.run(&["check", "--fix", "--dry-run"]).expect(0);
    assert!(before == project.tree("."));
    assert!(run.stderr().contains("dry run: 9 findings would be mended in one file; nothing was written"));
    let diff = run.stdout();
    assert!(
        diff.starts_with("--- a/content/a.md\n+++ b/content/a.md\n@@ -1,11 +1,11 @@\n ---\n-Title: A\n"),
        "{diff}"
    );
    let json = project.run(&["check", "--fix", "--dry-run", "--format", "json"]).expect(0).stdout();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["fixes"][0]["diff"].as_str(), Some(diff.as_str()));
    // What is shown is what is done.
    let applied = mended();
    for line in applied.read("content/a.md").lines() {
        assert!(diff.contains(&format!("+{line}\n")) || diff.contains(&format!(" {line}\n")), "{line}");
    }
    project.run(&["check", "--dry-run"]).expect(2);
    project.run(&["check", "--fix", "--audience", "x"]).expect(2);
    project.run(&["check", "--fix", "--all-audiences"]).expect(2);
}

#[test]
fn chinese_keys_colons_and_dates_are_mended_in_one_run() {
    let project = Project::new("//- handbook.yaml\ntitle：手册\nlanguage：zh-CN\n");
    let text = "\u{feff}---\r\n标题：采购制度\r\n生效日期： 二〇二四年三月四日\r\nreview_by：２０２５年１２月２５日\r\n部门：采购部\r\nsummary：价格：低于五万\r\n---\r\n\r\n注意：正文不动。\r\n";
    project.write("content/a.md", text);
    let run = project.run(&["check", "--fix", "--lang", "zh"]).expect(0);
    assert!(run.stderr().contains("已改正 "), "{}", run.stderr());
    let wanted = "\u{feff}---\r\ntitle: 采购制度\r\neffective: 2024-03-04\r\nreview_by: 2025-12-25\r\n部门: 采购部\r\nsummary: 价格：低于五万\r\n---\r\n\r\n注意：正文不动。\r\n";
    assert_eq!(project.read("content/a.md"), wanted);
    assert_eq!(project.read("handbook.yaml"), "title: 手册\nlanguage: zh-CN\n");
}

#[test]
fn what_is_no_plain_line_of_front_matter_keeps_its_colons() {
    let text = "---\ntitle：甲\nsummary: |\n  注意：这是正文\n  第二：还是正文\ntopics：[未闭合\n---\n正文\n";
    let project = Project::new("");
    project.write("content/a.md", text);
    project.run(&["check", "--fix"]);
    assert_eq!(project.read("content/a.md"), text.replace("title：甲", "title: 甲"));
}

#[test]
fn dates_with_two_readings_stay() {
    for (written, mended) in [
        ("2024-3-4", "2024-03-04"),
        ("\"2024.03.04\"", "\"2024-03-04\""),
        ("'2024年3月4日'", "'2024-03-04'"),
        ("20240304", "2024-03-04"),
        ("4 March 2024", "2024-03-04"),
        ("25/12/2024", "2024-12-25"),
        ("2024-03-04T00:00:00Z", "2024-03-04"),
        ("03/04/2024", "03/04/2024"),
        ("2024-02-30", "2024-02-30"),
        ("24/3/4", "24/3/4"),
        ("2024-03-04T18:00:00Z", "2024-03-04T18:00:00Z"),
    ] {
        let text = |date: &str| {
            format!("---\neffective: {date} # since\nrevisions:\n  - {{date: {date}}}\n---\n# A\n")
        };
        let project = Project::new("");
        project.write("content/a.md", text(written));
        project.run(&["check", "--fix"]);
        assert_eq!(project.read("content/a.md"), text(mended));
    }
}

#[test]
fn of_two_keys_that_mean_one_a_single_one_is_renamed() {
    let project = Project::new("//- content/a.md\n---\nTitle: A\nTITLE: B\nweight: 1\nnav_order: 2\n---\n");
    project.run(&["check", "--fix"]).expect(0);
    assert_eq!(project.read("content/a.md"), "---\ntitle: A\nTITLE: B\nweight: 1\nnav_order: 2\n---\n");
}

#[test]
fn a_key_that_says_who_may_see_a_chapter_is_for_a_person_to_write() {
    let project = Project::new("//- content/a.md\n---\nAudience: board\n---\n# A\n");
    project.write("handbook.yaml", "audiences: {board: Board}\n");
    project.run(&["check", "--fix"]).expect(1);
    assert_eq!(project.read("content/a.md"), "---\nAudience: board\n---\n# A\n");
}

#[test]
fn a_file_of_the_same_name_that_may_be_another_is_not_linked() {
    let fixture = "
//- content/a.md
[two have it](old/twice.md) [another language](en/only.md) [another version](v1/only.md)
[a page of a folder](gone/index.md) [itself](gone/a.md) [near](spelld.md)
//- content/b/twice.md
# 1
//- content/c/twice.md
# 2
//- content/only.md
# 3
//- content/d/index.md
# 4
//- content/spelled.md
# 5
";
    let project = Project::new(fixture);
    let before = project.tree(".");
    project.run(&["check", "--fix"]).expect(0);
    assert!(before == project.tree("."), "{}", project.read("content/a.md"));
}

#[test]
fn addresses_are_escaped_as_they_were() {
    let project = Project::new(
        "//- content/a.md\n[a](Sub/My%20File.md) [b](<Sub/My File.md>) [c](%E5%88%B6%E5%BA%A6/A.md) [d](/Sub/My%20File.md)\n//- content/sub/my file.md\n# x\n//- content/制度/a.md\n# y\n",
    );
    project.run(&["check", "--fix"]).expect(0);
    assert_eq!(
        project.read("content/a.md"),
        "[a](sub/my%20file.md) [b](<sub/my%20file.md>) [c](%E5%88%B6%E5%BA%A6/a.md) [d](/sub/my%20file.md)\n"
    );
    let run = project.run(&["check"]).expect(0).stderr();
    assert!(!run.contains("case-mismatch") && !run.contains("broken-link"), "{run}");
}

#[test]
fn permissions_stay_and_a_file_that_nobody_may_write_stays_whole() {
    let project = Project::new("//- content/a.md\n[x](B.md)\n//- content/b.md\n[x](A.md)\n");
    set_mode(&project, "content/a.md", 0o640);
    set_mode(&project, "content/b.md", 0o444);
    let run = run_bound(&project, &["check", "--fix"]).expect(2).stderr();
    assert!(run.contains("content/b.md: permission denied"), "{run}");
    assert_eq!(project.read("content/a.md"), "[x](b.md)\n");
    assert_eq!(project.read("content/b.md"), "[x](A.md)\n");
    let mode =
        |path: &str| fs::metadata(project.path().join(path)).expect("a file").permissions().mode() & 0o777;
    assert_eq!((mode("content/a.md"), mode("content/b.md")), (0o640, 0o444));
    assert_eq!(project.tree("content").len(), 2, "nothing is left beside them");
}

#[test]
fn links_are_followed_within_the_project_only() {
    let project = Project::new("//- content/sub/a.md\n[x](B.md)\n//- content/sub/b.md\n# B\n");
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("handbook.yaml"), "title：T\n").expect("a file");
    symlink(outside.path().join("handbook.yaml"), project.path().join("handbook.yaml")).expect("a link");
    symlink("a.md", project.path().join("content/sub/link.md")).expect("a link");
    let run = project.run(&["check", "--fix"]).expect(1).stderr();
    assert!(run.contains("handbook.yaml lies outside the project and stays as it is"), "{run}");
    assert_eq!(fs::read_to_string(outside.path().join("handbook.yaml")).expect("a file"), "title：T\n");
    let link = project.path().join("content/sub/link.md");
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(project.read("content/sub/a.md"), "[x](b.md)\n");
}

#[test]
fn a_file_that_changes_between_reading_and_writing_stays() {
    let project =
        Project::new("//- content/a.md\n[x](B.md)\n//- content/b.md\n# B\n//- content/c.md\n[x](B.md)\n");
    let folder = handbook::disk::Project::open(project.path()).expect("a project");
    let sources = folder.read();
    let request = Request::new("2026-01-01".parse().expect("a date"));
    let fixed = handbook::fix::fix(&mut Builder::new(), &sources, &request);
    assert_eq!(fixed.len(), 2);
    project.write("content/a.md", "[x](B.md) and a word more\n");
    fs::remove_file(project.path().join("content/c.md")).expect("removed");
    for file in fixed {
        let done = folder.rewrite(&file.path, &file.before, &file.after);
        assert!(matches!(done, Err(RewriteError::Changed)), "{done:?}");
    }
    assert_eq!(project.read("content/a.md"), "[x](B.md) and a word more\n");
    assert_eq!(project.tree("content").len(), 2);
}

#[test]
fn a_file_that_is_no_utf_8_is_not_touched() {
    let project = Project::new("//- content/b.md\n# B\n");
    let gbk = b"---\nTitle: \xd6\xc6\xb6\xc8\nweight: 3\n---\n[x](B.md)\n";
    project.write("content/gbk.md", gbk);
    let utf16: Vec<u8> = "\u{feff}# A\n[x](B.md)\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    project.write("content/utf16.md", &utf16);
    project.write("content/nul.md", "[x](B.md)\0\n");
    let before = project.tree("content");
    project.run(&["check", "--fix"]).expect(1);
    assert!(before == project.tree("content"));
}

#[test]
fn a_file_keeps_its_identity_where_nothing_in_it_changes() {
    let project = Project::new("//- content/a.md\n[x](B.md)\n//- content/b.md\n# B\n");
    let inode = || fs::metadata(project.path().join("content/b.md")).expect("a file").ino();
    let before = inode();
    project.run(&["check", "--fix"]).expect(0);
    assert_eq!(inode(), before);
}

#[test]
fn fifty_thousand_mistakes_in_a_file_are_mended_at_once() {
    let project = Project::new("//- content/b.md\n# B\n");
    project.write("content/a.md", "[x](B.md)\n".repeat(50_000));
    let run = project.run(&["check", "--fix"]).expect(0).stderr();
    assert!(run.contains("mended 50,000 findings in one file"), "{run:.2000}");
    assert_eq!(project.read("content/a.md"), "[x](b.md)\n".repeat(50_000));
}

#[test]
fn programs_are_told_the_edits() {
    let project = Project::new(BOOK);
    let json = project.run(&["check", "--format", "json"]).expect(1).stdout();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let all = json["diagnostics"].as_array().expect("a list");
    let date = all.iter().find(|one| one["code"] == "invalid-date").expect("the date");
    assert_eq!(
        date["suggestion"],
        serde_json::json!({
            "text": "2024-03-04",
            "applicability": "certain",
            "edits": [{"line": 4, "column": 12, "end_line": 4, "end_column": 20, "text": "2024-03-04"}]
        })
    );
}

#[test]
fn words_for_keys_are_written_as_the_keys_that_they_mean() {
    let project = Project::new(
        "
//- handbook.yaml
title: 手册
language: zh-CN
//- content/a.md
---
标题: 甲规定
编号: A-1
状态: 现行
归口: 人事部
批准: 王芳
适用部门: [人事部]
适用岗位: [会计]
密级: 机密
知悉范围: 董事会
必读: 全体
施行时间: 2026-01-01
部门: 财务部
---
正文
//- content/b.md
---
Title: B
Effective date: 2026-01-01
approved by: Wang Fang
Department: Finance
批准: 2026-01-01
---
Text
",
    );
    project.run(&["check", "--fix"]);
    insta::assert_snapshot!(project.read("content/a.md"), @r"
    ---
    title: 甲规定
    id: A-1
    status: 现行
    owner: 人事部
    approver: 王芳
    departments: [人事部]
    roles: [会计]
    密级: 机密
    知悉范围: 董事会
    required_reading: 全体
    effective: 2026-01-01
    部门: 财务部
    ---
    正文
    ");
    // Who may see it, and what has another reading, is for a person.
    insta::assert_snapshot!(project.read("content/b.md"), @r"
    ---
    title: B
    effective: 2026-01-01
    approver: Wang Fang
    departments: Finance
    批准: 2026-01-01
    ---
    Text
    ");
}

#[test]
fn a_key_whose_meaning_is_there_already_is_told_so_and_words_in_lists_are_read() {
    let project = Project::new(
        "
//- handbook.yaml
title: T
language: en
//- content/a.md
---
title: A
生效日期: 2026-01-01
施行日期: 2026-02-01
revisions:
  - 版本: \"1.0\"
    日期: 2026-01-01
    说明: 首次
    修订人: 张三
---
# A
",
    );
    let told = project.run(&["check"]).stderr();
    assert!(told.contains("this means `effective`, which is there already"), "{told}");
    project.run(&["check", "--fix"]);
    let text = project.read("content/a.md");
    for line in [
        "effective: 2026-01-01",
        "施行日期: 2026-02-01",
        "- version: \"1.0\"",
        "date: 2026-01-01",
        "note: 首次",
        "by: 张三",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}
