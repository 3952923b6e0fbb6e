//! Findings for people with much to mend: the same one once, what to do first, levels by
//! folder.

use crate::support::Project;

/// Chapters as another tool has them.
fn foreign(count: usize) -> Project {
    let project = Project::new(
        "//- handbook.yaml\ntitle: T\nlanguage: en\n//- organization.yaml\nroles: [{id: ops, name: Ops}]\n",
    );
    for at in 0..count {
        let toc = if at % 3 == 0 { "sidebar_class_name: x\n" } else { "" };
        let text =
            format!("---\ntitle: C{at}\nweight: {}\n{toc}---\n[x](../gone.md) {{{{< note >}}}}\n", at + 1);
        project.write(&format!("content/old/{at:04}.md"), text);
    }
    project
}

fn said(project: &Project, arguments: &[&str]) -> String {
    project.run(&[&["check", "--color", "never"], arguments].concat()).stderr()
}

#[test]
fn the_same_finding_on_many_chapters_is_one_entry() {
    let project = foreign(120);
    for at in 0..130 {
        project.write(&format!("content/new/{at:03}.md"), format!("# N{at}\n"));
    }
    let said = said(&project, &[]);
    let (body, end) = said.split_once("What to do first:").expect("advice");
    assert_eq!(body.matches("[unknown-key]").count(), 2, "{body}");
    assert!(
        body.contains(
            "note[unknown-key]: `weight` in 120 chapters; here it is called `order` \
             (content/old/0000.md:3:1, content/old/0001.md:3:1, content/old/0002.md:3:1 and 117 more)\n"
        ),
        "{body}"
    );
    assert!(body.contains("warning[unknown-key]: `sidebar_class_name` in 40 chapters; "), "{body}");
    assert_eq!(body.matches("[broken-link]").count(), 1);
    assert!(body.contains("there is no file `gone.md` below content/ (120 times in 120 files)\n"), "{body}");
    let also =
        "= also at: content/old/0001.md:5:1, content/old/0002.md:5:1, content/old/0003.md:6:1 and 116 more";
    assert!(body.contains(also), "{body}");
    assert_eq!(body.matches("[foreign-markup]").count(), 1);
    assert!(body.lines().count() < 40, "{body}");
    assert!(end.contains("run `handbook check --fix`: it mends 120 findings by itself"), "{end}");
    assert!(
        end.contains("look at `broken-link`, 120 findings, 120 of them in old/; if that folder may stay as it is, write in handbook.yaml `checks: {old/: {broken-link: off}}`"),
        "{end}"
    );
}

#[test]
fn it_is_said_in_chinese_too() {
    let said = foreign(12).run(&["check", "--color", "never", "--lang", "zh"]).expect(0).stderr();
    assert!(
        said.contains("提示[unknown-key]：「weight」见于 12 章，这里叫「order」（content/old/0000.md:3:1、"),
        "{said}"
    );
    assert!(said.contains("先做什么：\n  1. 运行 handbook check --fix，程序自己可以改正 12 处"), "{said}");
}

#[test]
fn programs_get_every_finding() {
    let project = foreign(200);
    let json = project.run(&["check", "--format", "json"]).expect(0).stdout();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let of = |code: &str| {
        let all = json["diagnostics"].as_array().expect("a list");
        all.iter().filter(|one| one["code"] == code).count()
    };
    assert_eq!((of("unknown-key"), of("broken-link")), (267, 200));
    let github = project.run(&["check", "--format", "github"]).expect(0).stdout();
    assert_eq!(github.matches("title=broken-link::").count(), 200);
}

#[test]
fn different_findings_of_a_rule_are_bounded() {
    let project = Project::new("");
    for at in 0..100 {
        project.write(&format!("content/{at:03}.md"), format!("[x](gone/{at}.md) [y](lost/{at}.md)\n"));
    }
    let said = said(&project, &[]);
    assert_eq!(said.matches("warning[broken-link]").count(), 30, "{said}");
    assert!(
        said.contains("… and 170 more of `broken-link` in 85 files; `--format json` lists all"),
        "{said}"
    );
}

#[test]
fn errors_come_first_and_quiet_runs_give_no_advice() {
    let project = foreign(30);
    project.write("content/bad.md", "---\neffective: soon\n---\n# B\n");
    let run = project.run(&["check", "--color", "never"]).expect(1).stderr();
    let end = run.split_once("What to do first:\n").expect("advice").1;
    assert!(
        end.starts_with("  1. mend the error: without that no site is written (`invalid-date`)\n  2. run"),
        "{end}"
    );
    let quiet = project.run(&["check", "-q"]).expect(1).stderr();
    assert!(!quiet.contains("What to do first"), "{quiet}");
    let built = project.run(&["build"]).expect(1).stderr();
    assert!(!built.contains("What to do first"), "{built}");
    let fine = Project::new("//- content/a.md\n# A\n").run(&["check"]).expect(0).stderr();
    assert!(!fine.contains("What to do first"), "{fine}");
}

#[test]
fn levels_may_be_set_for_folders_and_files() {
    let project = Project::new(
        "
//- content/a.md
[x](gone.md)
//- content/archive/b.md
[x](gone.md)
//- content/archive/2019/c.md
[x](gone.md)
//- content/archive/d.md
[x](gone.md)
",
    );
    let levels = |yaml: &str, status: i32| {
        project.write("handbook.yaml", yaml);
        let json = project.run(&["check", "--format", "json"]).expect(status).stdout();
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let all = json["diagnostics"].as_array().expect("a list").clone();
        let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or("").to_owned();
        all.iter().map(|one| format!("{} {}", text(one, "path"), text(one, "level"))).collect::<Vec<_>>()
    };
    let yaml = "checks:\n  broken-link: error\n  archive/:\n    broken-link: off\n  content/archive/2019/:\n    broken-link: note\n  archive/d.md: {broken-link: 警告}\n";
    assert_eq!(
        levels(yaml, 1),
        ["content/a.md error", "content/archive/2019/c.md note", "content/archive/d.md warning"]
    );
    assert_eq!(levels("checks: {archiv/: {broken-link: off}}\n", 1)[0..1], ["content/a.md warning"]);
    let said = project.run(&["check"]).expect(1).stderr();
    assert!(said.contains("no file below content/ lies in `archiv`"), "{said}");
    assert!(said.contains("did you mean `archive`?"), "{said}");
}

#[test]
fn a_folder_cannot_lower_what_keeps_a_site_from_telling_too_much() {
    let project = Project::new(
        "//- content/a/secret.md\n---\naudience: board\n---\n# S\n//- content/a/open.md\n![[S]]\n",
    );
    project.write(
        "handbook.yaml",
        "audiences: {board: Board, staff: Staff}\nchecks: {a/: {withheld-embed: off, restricted-chapter: off}}\n",
    );
    let run = project.run(&["build", "--audience", "staff"]).expect(1).stderr();
    assert!(
        run.contains("`withheld-embed` is always an error") && run.contains("error[withheld-embed]"),
        "{run}"
    );
    let run = project.run(&["check"]).stderr();
    assert!(run.contains("always an error"), "{run}");
}
