//! Messages as people and programs see them.

use crate::support::Project;

#[track_caller]
fn check(fixture: &str, status: i32, expected: &str) {
    let project = Project::new(fixture);
    let run = project.run(&["check", "--color", "never", "-q"]).expect(status);
    assert_eq!(run.stderr().trim(), expected.trim(), "\n{}", run.stderr());
}

#[test]
fn an_unknown_role_is_shown_where_it_stands() {
    check(
        "
//- handbook.yaml
title: 手册
//- organization.yaml
roles:
  - {id: ops, name: 运营经理}
//- content/operations/淘宝运营.md
---
title: 淘宝运营
roles:
  - 运营经里
---
正文
",
        1,
        "
error[unknown-role]: no role is called `运营经里`
 --> content/operations/淘宝运营.md:4:5
  |
4 |   - 运营经里
  |     ^^^^^^^^ not in organization.yaml
  = help: did you mean `运营经理`?
",
    );
}

#[test]
fn all_findings_of_a_run_are_reported() {
    let project = Project::new(
        "
//- handbook.yaml
title: 手册
//- content/a.md
---
titel: A
effective: 2024-02-30
status: in_froce
---
[x](nowhere.md) and [y](b.md#nothing) and ![z](z.png)
//- content/b.md
---
id: A-1
effective: 2025-05-01
review_by: 2024-01-01
---
# B
//- content/c.md
---
id: a-1
related: [A-9]
---
# C
",
    );
    let run = project.run(&["check", "--format", "json"]).expect(1);
    let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    let found: Vec<String> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or("").to_owned();
            format!(
                "{}:{}:{} {} {} | {}",
                text("path"),
                one["line"],
                one["column"],
                text("level"),
                text("code"),
                text("help")
            )
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"), @"
    content/a.md:2:1 warning unknown-key | did you mean `title`?
    content/a.md:3:12 error invalid-date | 2024-02 has 29 days
    content/a.md:4:9 error invalid-value | did you mean `in_force`? (one of `in_force`, `approved`, `consultation`, `draft`, `superseded`, `retired`)
    content/a.md:6:1 warning broken-link | create the file, or link to another
    content/a.md:6:21 warning broken-anchor | link to a heading or clause that is there, or without `#`
    content/a.md:6:43 warning broken-image | put the picture there, or mend its name
    content/b.md:4:12 error date-order | set the later date, or swap the two
    content/b.md:4:12 note overdue | review the chapter and add what was found to `reviews`, or set a new `review_by`
    content/c.md:2:5 error duplicate-id | give one of the two another id
    content/c.md:3:11 warning unknown-document | write the id or the exact title of a chapter
    ");
}

#[test]
fn two_files_for_one_address_are_both_named() {
    let project = Project::new("//- content/Rules.md\n# A\n//- content/rules.md\n# B\n");
    let run = project.run(&["check", "--color", "never"]).expect(1).stderr();
    assert!(run.contains("duplicate-url") && run.contains("Rules.md") && run.contains("rules.md"), "{run}");
}

#[test]
fn other_encodings_are_named() {
    let project = Project::new("//- content/a.md\n# A\n");
    project.write("content/gbk.md", b"# \xd6\xc6\xb6\xc8\xb9\xe6\xb7\xb6\n");
    project.write("content/utf16.md", b"\xff\xfe#\0 \0A\0");
    let run = project.run(&["check", "--color", "never"]).expect(1).stderr();
    assert!(run.contains("probably GBK") && run.contains("UTF-16"), "{run}");
}

#[test]
fn github_gets_workflow_commands() {
    let project = Project::new("//- content/a.md\n[x](nowhere.md)\n");
    let run = project.run(&["check", "--format", "github"]).expect(0).stdout();
    assert!(run.starts_with("::warning file=content/a.md,line=1,col=1,"), "{run}");
}

#[test]
fn checks_set_levels_and_warnings_can_be_denied() {
    let project = Project::new("//- content/a.md\n[x](nowhere.md)\n");
    project.run(&["check"]).expect(0);
    project.run(&["check", "--deny-warnings"]).expect(1);
    project.write("handbook.yaml", "checks:\n  broken-link: error\n");
    project.run(&["check"]).expect(1);
    project.write("handbook.yaml", "checks:\n  broken-link: off\n");
    let run = project.run(&["check", "--deny-warnings"]).expect(0).stderr();
    assert!(run.contains("no findings"), "{run}");
}

#[test]
fn circles_are_errors() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n---\nid: A\nsupersedes: B\n---\n# A\n//- content/b.md\n---\nid: B\nsupersedes: A\n---\n# B\n",
    );
    let run = project.run(&["check"]).expect(1).stderr();
    assert!(run.contains("cycle"), "{run}");
}
