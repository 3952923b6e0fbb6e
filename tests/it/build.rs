//! What `build` writes, leaves alone and takes away.

use crate::support::{Project, repository, run_in, tree};
use std::fs;

const SMALL: &str = "
//- handbook.yaml
title: 手册
//- content/index.md
# 手册
//- content/a/甲.md
# 甲

见[乙](../b/乙.md#第二节)。
//- content/b/乙.md
# 乙

## 第一节

## 第二节
//- content/b/图.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"></svg>
";

#[test]
fn the_same_input_gives_the_same_bytes() {
    let sample = repository();
    let one = tempfile::tempdir().expect("folder");
    let two = tempfile::tempdir().expect("folder");
    for (folder, threads) in [(&one, "1"), (&two, "2")] {
        let mut command = crate::support::program();
        command.current_dir(&sample).env("RAYON_NUM_THREADS", threads);
        command.args(["build", "-q", "--date", "2026-11-24", "-o"]).arg(folder.path().join("site"));
        assert!(command.status().expect("runs").success());
    }
    let (one, two) = (tree(one.path()), tree(two.path()));
    assert!(one.len() > 40, "only {} files", one.len());
    let names: Vec<_> = one.keys().filter(|name| one.get(*name) != two.get(*name)).collect();
    assert!(one == two, "differ: {names:?}");
}

#[test]
fn the_sample_has_neither_errors_nor_warnings() {
    let folder = tempfile::tempdir().expect("folder");
    let output = folder.path().join("site").to_string_lossy().into_owned();
    let arguments = ["build", "--format", "json", "--deny-warnings", "-q", "-o", &output];
    let run = run_in(&repository(), &arguments).expect(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    assert_eq!(report["summary"]["errors"], 0);
    assert_eq!(report["summary"]["warnings"], 0);
}

#[test]
fn only_what_differs_is_written_and_leftovers_go() {
    let project = Project::new(SMALL);
    project.run(&["build"]).expect(0);
    let first = project.tree("site");
    assert!(first.contains_key("b/图.svg") && first.contains_key("a/甲.html"));
    let again = project.run(&["build"]).expect(0).stderr();
    assert!(again.contains("; 0 written"), "{again}");
    fs::remove_file(project.path().join("content/b/图.svg")).expect("gone");
    fs::remove_file(project.path().join("content/a/甲.md")).expect("gone");
    let run = project.run(&["build"]).expect(0).stderr();
    assert!(run.contains("removed"), "{run}");
    let last = project.tree("site");
    assert!(!last.contains_key("b/图.svg") && !last.contains_key("a/甲.html"));
    assert!(!project.path().join("site/a").exists(), "an empty folder was left");
}

#[test]
fn foreign_files_are_never_touched() {
    let project = Project::new(SMALL);
    project.write("site/mine.txt", "mine");
    let refused = project.run(&["build"]).expect(2).stderr();
    assert!(refused.contains("mine.txt") && refused.contains("nothing was touched"), "{refused}");
    assert_eq!(project.tree("site").len(), 1);
}

#[test]
fn a_foreign_file_in_a_built_folder_stays_and_is_not_overwritten() {
    let project = Project::new(SMALL);
    project.run(&["build"]).expect(0);
    project.write("site/CNAME", "handbook.example.com");
    project.write("site/c/丙.html", "mine");
    project.run(&["build"]).expect(0);
    assert_eq!(project.read("site/CNAME"), "handbook.example.com");
    project.write("content/c/丙.md", "# 丙\n");
    let before = project.tree("site");
    let refused = project.run(&["build"]).expect(2).stderr();
    assert!(refused.contains("丙.html"), "{refused}");
    assert!(before == project.tree("site"), "the refused build changed the folder");
}

#[test]
fn errors_leave_the_last_site_as_it_was() {
    let project = Project::new(SMALL);
    project.run(&["build"]).expect(0);
    let before = project.tree("site");
    project.write("content/a/甲.md", "---\ntitle: [\n---\n# 别的\n");
    let run = project.run(&["build"]).expect(1).stderr();
    assert!(run.contains("front-matter") && run.contains("nothing was written"), "{run}");
    assert!(before == project.tree("site"));
}

#[test]
fn a_failing_template_leaves_the_last_site_as_it_was() {
    let project = Project::new(SMALL);
    project.run(&["build"]).expect(0);
    let before = project.tree("site");
    project.write("themes/default/templates/chapter.html", "line one\n{{ nothing.there.at_all }}\n");
    let run = project.run(&["build"]).expect(1).stderr();
    assert!(run.contains("themes/default/templates/chapter.html:2"), "{run}");
    assert!(before == project.tree("site"));
}

#[test]
fn an_output_folder_that_endangers_the_sources_is_refused() {
    let project = Project::new(SMALL);
    for output in ["content", "content/site", ".", "..", "content/../content/x", "handbook.yaml"] {
        let run = project.run(&["build", "-o", output]).expect(2).stderr();
        assert!(run.contains("cannot be the output folder"), "{output}: {run}");
    }
    assert_eq!(project.tree("content").len(), 4);
}

#[test]
fn a_manifest_that_names_other_files_removes_nothing_outside() {
    let project = Project::new(SMALL);
    project.run(&["build"]).expect(0);
    project.write("precious.txt", "precious");
    let manifest = project.read("site/.handbook-manifest.json");
    let hash = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(b"precious"));
    let edited =
        manifest.replacen("\"files\": {", &format!("\"files\": {{\"../precious.txt\": \"{hash}\","), 1);
    assert_ne!(manifest, edited);
    project.write("site/.handbook-manifest.json", edited);
    project.run(&["build"]).expect(0);
    assert_eq!(project.read("precious.txt"), "precious");
}

#[test]
fn a_bare_folder_of_markdown_builds() {
    let project = Project::new(
        "//- README.md\n# Rules\n\nSee [travel](travel.md).\n//- travel.md\n# Travel\n//- hr/leave.md\nLeave.\n",
    );
    project.run(&["build"]).expect(0);
    let site = project.tree("site");
    for page in ["index.html", "travel.html", "hr/index.html", "hr/leave.html"] {
        assert!(site.contains_key(page), "{page} is missing of {:?}", site.keys());
    }
    project.run(&["build"]).expect(0);
    assert_eq!(site.len(), project.tree("site").len(), "the site was read as content");
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let project = Project::new(
        "//- content/index.md\n# H\n//- content/d.md\n---\nstatus: draft\n---\n# Secret plan\n//- content/e.md\n# E\n",
    );
    project.run(&["build"]).expect(0);
    let all: Vec<u8> = project.tree("site").into_values().flatten().collect();
    assert!(!String::from_utf8_lossy(&all).contains("Secret plan"));
    project.run(&["build", "--drafts"]).expect(0);
    assert!(project.read("site/d.html").contains("Secret plan"));
}

#[test]
fn redirects_and_permanent_addresses_lead_on() {
    let project = Project::new(
        "//- content/a/b.md\n---\ntitle: B\nid: OPS-001\nredirect_from: [/old/, /older.html]\n---\nText\n",
    );
    project.run(&["build"]).expect(0);
    for (page, target) in
        [("id/OPS-001.html", "../a/b.html"), ("old/index.html", "../a/b.html"), ("older.html", "a/b.html")]
    {
        let text = project.read(&format!("site/{page}"));
        assert!(text.contains("http-equiv=\"refresh\"") && text.contains(target), "{page}: {text}");
    }
}
