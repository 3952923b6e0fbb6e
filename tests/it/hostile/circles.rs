//! What refers to itself, and chains without end.

use super::{assert_said, bounded, refused};
use crate::support::Project;

#[test]
fn quotations_of_themselves() {
    let project = Project::new(
        "//- content/a.md\n# 甲\n\n第一条 文\n\n![[乙]]\n//- content/b.md\n# 乙\n\n![[甲]]\n//- content/c.md\n# 丙\n\n![[丙]]\n",
    );
    let said = bounded(&project, &["build", "--color", "never"]).expect(0).stderr();
    assert_said(
        &said,
        "warning[embed-cycle]: the quotation from 《乙》 would hold itself",
        "content/a.md:5:1",
    );
    assert_said(
        &said,
        "warning[embed-cycle]: the quotation from 《丙》 would hold itself",
        "content/c.md:3:1",
    );
    // In its place stands a link.
    let page = project.page("site/c.html");
    assert_eq!(page.texts(".text a"), ["《丙》"]);
    assert_eq!(page.texts(".text blockquote").concat().trim(), "《丙》");
}

/// Ten quotations, each of ten quotations, and so on: 10^29 texts.
#[test]
fn quotations_of_quotations() {
    let project = Project::new("");
    for at in 0..30 {
        let text = if at < 29 { format!("![[章{}]]\n\n", at + 1).repeat(10) } else { "末\n".to_owned() };
        project.write(&format!("content/{at}.md"), format!("# 章{at}\n\n{text}"));
    }
    super::accepted(&project);
    for (name, bytes) in project.tree("site") {
        assert!(bytes.len() < 300_000, "{name}: {}", bytes.len());
    }
}

#[test]
fn a_long_chain_of_quotations() {
    let project = Project::new("");
    for at in 0..300 {
        let text = if at < 299 { format!("![[章{}]]\n", at + 1) } else { "末\n".to_owned() };
        project.write(&format!("content/{at}.md"), format!("# 章{at}\n\n{text}"));
    }
    super::accepted(&project);
}

#[test]
fn a_thousand_quotations() {
    let project = Project::new("");
    project.write("content/a.md", "# 甲\n\n".to_owned() + &"第一条 文。\n\n".repeat(1_000));
    project.write("content/b.md", "# 乙\n\n".to_owned() + &"![[甲]]\n\n".repeat(1_000));
    assert_said(
        &refused(&project),
        "error[limit]: a chapter has at most 500 quotations",
        "content/b.md:1003:1",
    );
}

#[test]
fn successors_of_themselves() {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\n");
    for (new, old) in [("甲", "乙"), ("乙", "丙"), ("丙", "甲"), ("丁", "丁")] {
        project.write(&format!("content/{new}.md"), format!("---\nsupersedes: {old}\n---\n\n文\n"));
    }
    let said = refused(&project);
    for (new, old) in [("甲", "乙"), ("乙", "丙"), ("丙", "甲"), ("丁", "丁")] {
        let message =
            format!("error[cycle]: `supersedes` leads from this chapter over content/{old}.md in a circle");
        assert_said(&said, &message, &format!("content/{new}.md:2:13"));
    }
}

#[test]
fn superiors_of_themselves() {
    let project = Project::new(
        "//- content/a.md\n文\n//- organization.yaml\ndepartments:\n  - {id: a, name: 甲, parent: b}\n  - {id: b, name: 乙, parent: a}\n  - {id: c, name: 丙, parent: c}\nroles:\n  - {id: r, name: 子, reports_to: s}\n  - {id: s, name: 丑, reports_to: r}\n  - {id: t, name: 寅, reports_to: t}\n",
    );
    let said = refused(&project);
    for (name, key, place) in [
        ("甲", "parent", "2:30"),
        ("丙", "parent", "4:30"),
        ("子", "reports_to", "6:34"),
        ("寅", "reports_to", "8:34"),
    ] {
        let message = format!("error[cycle]: `{key}` leads from `{name}` in a circle back to itself");
        assert_said(&said, &message, &format!("organization.yaml:{place}"));
    }
}

#[test]
fn three_thousand_superiors() {
    let mut yaml = "departments:\n  - {id: d0, name: 部}\n".to_owned();
    for at in 1..3_000 {
        yaml += &format!("  - {{id: d{at}, name: 部{at}, parent: d{}}}\n", at - 1);
    }
    yaml += "roles:\n  - {id: r0, name: 岗}\n";
    for at in 1..3_000 {
        yaml += &format!("  - {{id: r{at}, name: 岗{at}, reports_to: r{}}}\n", at - 1);
    }
    let project = Project::new("//- content/a.md\n文\n");
    project.write("organization.yaml", yaml);
    let said = refused(&project);
    assert_said(&said, "error[limit]: `部64` lies more than 64 levels deep", "organization.yaml:66:");
    // Of the many of one rule people are told the first; programs get all.
    let all = bounded(&project, &["build", "--format", "json"]).expect(1).stdout();
    let found: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    let is_last = |entry: &serde_json::Value| entry["message"] == "`岗64` lies more than 64 levels deep";
    let last = found["diagnostics"]
        .as_array()
        .and_then(|all| all.iter().find(|entry| is_last(entry)))
        .expect("said of roles too");
    assert_eq!((last["path"].as_str(), last["line"].as_u64()), (Some("organization.yaml"), Some(3067)));
    // Where the limit only warns, it holds all the same.
    project.write("handbook.yaml", "title: 手册\nchecks: {limit: warning}\n");
    bounded(&project, &["build"]).expect(0);
    let largest = project.tree("site").into_iter().filter(|(name, _)| name.ends_with(".html"));
    let (name, bytes) = largest.max_by_key(|(_, bytes)| bytes.len()).expect("pages");
    assert!(bytes.len() <= 300_000, "{name}: {}", bytes.len());
}
