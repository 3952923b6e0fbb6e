//! YAML that stands for more than it says, or lies too deep.

use super::{assert_said, refused};
use crate::support::Project;
use std::fmt::Write as _;

/// Each line says nine times the line above: 9^12 values.
fn bomb() -> String {
    let mut yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for at in 1..12 {
        let again = vec![format!("*a{}", at - 1); 9].join(",");
        let _ = writeln!(yaml, "a{at}: &a{at} [{again}]");
    }
    yaml
}

fn chapter(yaml: &str) -> Project {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\n");
    project.write("content/a.md", format!("---\n{yaml}---\n\n正文\n"));
    project
}

#[test]
fn alias_bombs() {
    let message = "error[limit]: aliases repeat more than 4 MB of this text";
    assert_said(&refused(&chapter(&bomb())), message, "content/a.md:8:");
    // Few values, but long ones.
    let long = format!("summary: &a {}\nextra: [{}]\n", "长".repeat(100_000), "*a, ".repeat(10_000));
    assert_said(&refused(&chapter(&long)), message, "content/a.md:3:");

    let project = Project::new("//- content/a.md\n甲\n");
    project.write("handbook.yaml", bomb());
    project.write("organization.yaml", bomb());
    let said = refused(&project);
    assert_said(&said, message, "handbook.yaml:7:");
    assert!(said.contains("also at: organization.yaml:7:"), "{said}");
}

#[test]
fn ten_thousand_levels() {
    let message = "error[limit]: values lie more than 128 levels deep";
    let blocks = (0..10_000).fold(String::new(), |all, at| all + &" ".repeat(at) + "a:\n");
    for yaml in [
        format!("a: {}{}\n", "[".repeat(10_000), "]".repeat(10_000)),
        format!("a: {}{}\n", "{a: ".repeat(10_000), "}".repeat(10_000)),
        format!("a:\n  {}x\n", "- ".repeat(10_000)),
        format!("{}x\n", "? ".repeat(10_000)),
        blocks,
    ] {
        assert_said(&refused(&chapter(&yaml)), message, "content/a.md:");
    }
    let project = Project::new("//- content/a.md\n甲\n");
    project.write("organization.yaml", format!("departments: {}", "[".repeat(10_000)));
    assert_said(&refused(&project), message, "organization.yaml:1:");
}

#[test]
fn front_matter_without_end() {
    let project = Project::new(
        "//- handbook.yaml\naudiences: {all: , board: }\n//- content/a.md\n---\ntitle: 甲\n\n正文\n",
    );
    assert_said(&refused(&project), "error[front-matter]: the front matter has no end", "content/a.md:1:1");
    project.write("content/a.md", "---\n".to_owned() + &"title: 甲\n".repeat(100_000));
    assert_said(&refused(&project), "error[front-matter]: the front matter has no end", "content/a.md:1:1");
}

#[test]
fn long_values() {
    let said = refused(&chapter(&format!("title: {}\n", "长".repeat(3_000))));
    assert_said(&said, "error[limit]: the title has more than 300 characters", "content/a.md:2:8");
    let said = refused(&chapter(&format!("summary: {}\n", "长".repeat(1_000_000))));
    assert_said(&said, "error[limit]: `summary` has more than 4000 characters", "content/a.md:2:10");
    let topics: String = (0..20_000).map(|at| format!("t{at}, ")).collect();
    let said = refused(&chapter(&format!("topics: [{topics}]\n")));
    assert_said(&said, "error[limit]: `topics` lists more than 1000 entries", "content/a.md:2:9");
}

/// A limit that is made a warning still holds.
#[test]
fn a_long_title_is_cut_where_the_limit_only_warns() {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\nchecks: {limit: warning}\n");
    project.write("content/a.md", format!("# {}\n\n正文\n", "长".repeat(200_000)));
    let run = super::bounded(&project, &["build", "--color", "never"]).expect(0);
    assert_said(&run.stderr(), "warning[limit]: the title has more than 300 characters", "content/a.md:1:1");
    for name in ["index.html", "a-z.html", "tree.html", "map.html"] {
        assert!(project.read(&format!("site/{name}")).len() < 50_000, "{name}");
    }
}

#[test]
fn control_characters() {
    let project = chapter("title: \"甲\"\nsummary: 甲\u{1}乙\n");
    let said = refused(&project);
    assert_said(
        &said,
        "error[front-matter]: not valid YAML: control characters are not allowed",
        "content/a.md:",
    );
    project.write("content/a.md", "# 甲\0乙\n\n丙\0丁 `\0`\n");
    let said = refused(&project);
    assert_said(&said, "error[encoding]: the text holds a NUL character (line 1)", "content/a.md:1:4");
}

/// Thousands of findings are counted, not printed.
#[test]
fn findings_without_end() {
    let keys: String = (0..20_000).map(|at| format!("k{at}: v\n")).collect();
    let run = super::bounded(&chapter(&keys), &["check", "--color", "never"]).expect(0);
    let said = run.stderr() + &run.stdout();
    assert!(said.contains("… and 19,970 more of `unknown-key` in content/a.md"), "{said:.3000}");
    assert!(said.len() < 50_000, "{} bytes", said.len());
}

/// Lines that may begin front matter, a hundred thousand of them: none is looked from
/// to the end of the file.
#[test]
fn heads_without_end() {
    for line in [
        "***\n",
        "===\n",
        "```a\n",
        "~~~~x\n```b\n",
        "<b: x>\n",
        "---\n",
        "- \n",
        "# a\n\n",
        "audience\n",
        "a: b\n\n",
    ] {
        for above in ["", "---\n\n", "---\ntitle: x\n---\n", "\n"] {
            let project = Project::new("//- handbook.yaml\ntitle: 手册\nchecks: {front-matter: off}\n");
            project.write("content/a.md", format!("{above}{}", line.repeat(100_000 / line.len())));
            super::bounded(&project, &["check", "--color", "never"]).expect(0);
        }
    }
}

/// Each such line is wrong by itself, and is looked at with those above it.
#[test]
fn many_full_width_colons() {
    let said = refused(&chapter(&format!("{}a: b\n", "标题：甲\n".repeat(200_000))));
    assert_said(&said, "error[front-matter]: not valid YAML: the full-width colon", "content/a.md:2:3");
}
