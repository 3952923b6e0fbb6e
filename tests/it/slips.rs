//! Slips that would show more than was meant, or empty a site: the run stops with
//! exit status 1 or 2, says how to go on, and the site stays, byte for byte.

use crate::support::{Project, run_bound, set_mode};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

mod elsewhere;
mod output;

const MANIFEST: &str = "site/.handbook-manifest.json";

/// Two groups of readers, and a chapter for one of them.
pub(crate) const GROUPS: &str = "
//- handbook.yaml
title: 手册
audiences:
  everyone: 全体
  managers: {name: 管理人员, includes: [everyone]}
//- content/index.md
# 手册
//- content/pay.md
---
title: 薪酬
audience: managers
---
正文
";

/// A run that stops: with this status it says all these words, and `site` stays.
#[track_caller]
fn stops(project: &Project, arguments: &[&str], status: i32, words: &[&str]) {
    let before = project.tree("site");
    let said = project.run(arguments).expect(status).stderr();
    for word in words {
        assert!(said.contains(word), "{arguments:?} does not say {word}:\n{said}");
    }
    assert!(project.tree("site") == before, "{arguments:?} changed the site");
}

/// Takes the record of a site out of its manifest, as earlier versions wrote it.
fn age_manifest(project: &Project) {
    let manifest: serde_json::Value = serde_json::from_str(&project.read(MANIFEST)).expect("JSON");
    let names = |kind: &str| manifest[kind].as_object().expect("files").keys().cloned().collect::<Vec<_>>();
    let files: Vec<String> = [names("chapters"), names("files")].concat();
    let old = serde_json::json!({ "generator": "handbook", "files": files });
    project.write(MANIFEST, old.to_string());
}

#[test]
fn a_site_for_some_is_not_widened() {
    let project = Project::new(GROUPS);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let words = ["error[site-audience]", "`everyone`", "--audience everyone", "--replace"];
    for arguments in [
        &["build"][..],
        &["build", "--audience", "managers"],
        &["build", "--replace", "--audience", "nobody"],
        &["publish", "site", "--audience", "管理人员"],
        &["publish", "site", "--audience", "managers", "--dry-run"],
    ] {
        if arguments.contains(&"nobody") {
            stops(&project, arguments, 2, &["no audience is called `nobody`"]);
        } else {
            stops(&project, arguments, 1, &words);
        }
    }
    assert!(!project.tree("site").contains_key("pay.html"));
    project.run(&["build", "--audience", "managers", "--replace"]).expect(0);
    assert!(project.tree("site").contains_key("pay.html"));
    // To show less needs no word.
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert!(!project.tree("site").contains_key("pay.html"));
    project.run(&["build", "--replace"]).expect(0);
    project.run(&["build", "--audience", "managers"]).expect(0);
    stops(&project, &["build"], 1, &["`managers`", "--replace"]);
}

#[test]
fn an_audience_that_includes_others_than_before_is_wider() {
    let project = Project::new(GROUPS);
    project.run(&["build", "--all-audiences"]).expect(0);
    let settings = project.read("handbook.yaml");
    project.write(
        "handbook.yaml",
        settings.replace("  everyone: 全体", "  board: 董事会\n  everyone: {name: 全体, includes: [board]}"),
    );
    project.write("content/plan.md", "---\ntitle: 计划\naudience: board\n---\n正文\n");
    stops(&project, &["build", "--all-audiences"], 1, &["site/everyone", "others than before", "--replace"]);
    // The site of an audience that is not declared any more tells what it was for.
    project.write("handbook.yaml", "title: 手册\naudiences:\n  everyone:\n  staff:\n");
    fs::remove_file(project.path().join("content/plan.md")).expect("removed");
    fs::remove_file(project.path().join("content/pay.md")).expect("removed");
    stops(
        &project,
        &["build", "-o", "site/managers", "--audience", "staff"],
        1,
        &["does not declare", "--replace"],
    );
    project.run(&["build", "-o", "site/managers", "--audience", "everyone"]).expect(0);
}

#[test]
fn audiences_that_are_not_declared_any_more_widen_nothing() {
    let project = Project::new(GROUPS);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    fs::remove_file(project.path().join("content/pay.md")).expect("removed");
    project.write("handbook.yaml", "title: 手册\n");
    let words = ["error[site-audience]", "an audience that handbook.yaml does not declare", "--replace"];
    stops(&project, &["build"], 1, &words);
    fs::remove_file(project.path().join("handbook.yaml")).expect("removed");
    stops(&project, &["publish", "site"], 1, &["error[site-audience]", "--replace"]);
    project.write("handbook.yaml", "title: 手册\nchecks: {site-audience: off}\n");
    stops(&project, &["build"], 1, &["`site-audience` is always an error"]);
}

#[test]
fn a_manifest_of_an_earlier_version_stops_only_a_handbook_with_audiences() {
    let project = Project::new(GROUPS);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    age_manifest(&project);
    stops(&project, &["build", "--audience", "everyone"], 1, &["it is not known for whom", "--replace"]);
    project.run(&["build", "--audience", "everyone", "--replace"]).expect(0);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let project = Project::new("//- content/a.md\n# A\n//- content/b.md\n# B\n");
    project.run(&["build"]).expect(0);
    age_manifest(&project);
    fs::remove_file(project.path().join("content/b.md")).expect("removed");
    project.write("content/a.md", "# A\n\nmore\n");
    project.run(&["build"]).expect(0);
    assert!(!project.tree("site").contains_key("b.html") && project.read("site/a.html").contains("more"));
    project.run(&["build", "-o", "clean"]).expect(0);
    assert_eq!(project.tree("site"), project.tree("clean"));
}

#[test]
fn a_manifest_names_only_what_its_readers_may_know() {
    let project = Project::new(GROUPS);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let manifest = project.read(MANIFEST);
    assert!(manifest.contains("everyone") && !manifest.contains("managers") && !manifest.contains("pay"));
}

#[test]
fn restricted_chapters_are_published_for_an_audience_only() {
    let project = Project::new(GROUPS);
    let settings = project.read("handbook.yaml");
    for level in ["", "checks: {restricted-chapter: note}\n", "checks: {restricted-chapter: warning}\n"] {
        project.write("handbook.yaml", format!("{settings}{level}"));
        for arguments in [&["publish", "site"][..], &["publish", "site", "--dry-run", "--replace"]] {
            stops(&project, arguments, 1, &["error[restricted-chapter]", "content/pay.md"]);
        }
        project.run(&["build", "-o", "other"]).expect(0);
    }
    project.run(&["publish", "site", "--audience", "everyone"]).expect(0);
    project.write("handbook.yaml", format!("{settings}checks: {{restricted-chapter: off}}\n"));
    project.run(&["publish", "third"]).expect(0);
}

#[test]
fn the_site_of_another_handbook_stays() {
    let first = "//- handbook.yaml\ntitle: 第一手册\n//- content/index.md\n# 首页\n//- content/a.md\n# A\n";
    let project = Project::new(&format!("{first}//- content/b.md\n# B\n"));
    project.run(&["build"]).expect(0);
    let other = Project::new(
        "//- handbook.yaml\ntitle: 第二手册\n//- content/index.md\n# 首页\n//- content/c.md\n# C\n",
    );
    let site = project.path().join("site").to_string_lossy().into_owned();
    let before = project.tree("site");
    for arguments in [&["build", "-o", &site][..], &["publish", &site], &["publish", &site, "--dry-run"]] {
        let said = other.run(arguments).expect(1).stderr();
        let told = "error[site-handbook]";
        assert!(said.contains(told) && said.contains("2 of its 2 chapters"), "{said}");
        assert!(said.contains("--replace"), "{said}");
        assert!(project.tree("site") == before);
    }
    // Another title is no other handbook, nor are other chapters.
    project.write("handbook.yaml", "title: 新手册\n");
    fs::remove_file(project.path().join("content/b.md")).expect("removed");
    project.write("content/d.md", "# D\n");
    project.run(&["build"]).expect(0);
    for name in ["a", "d"] {
        fs::remove_file(project.path().join(format!("content/{name}.md"))).expect("removed");
    }
    project.write("content/e.md", "# E\n");
    project.run(&["build"]).expect(0);
    other.run(&["build", "-o", &site, "--replace"]).expect(0);
    assert!(project.tree("site").contains_key("c.html") && !project.tree("site").contains_key("e.html"));
}

#[test]
fn drafts_and_withheld_chapters_are_sources_of_their_pages() {
    let project = Project::new(GROUPS);
    project.write("content/d.md", "# D\n");
    project.run(&["build", "--audience", "managers"]).expect(0);
    project.write("handbook.yaml", project.read("handbook.yaml").replace("title: 手册", "title: 新手册"));
    project.write("content/d.md", "---\nstatus: draft\n---\n# D\n");
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert!(!project.tree("site").contains_key("pay.html") && !project.tree("site").contains_key("d.html"));
}

#[test]
fn content_that_went_away_publishes_no_folder_instead() {
    for settings in ["", "title: 手册\n"] {
        let project = Project::new("//- content/a.md\n# A\n//- content/b.md\n# B\n//- notes.md\n# 私下\n");
        if !settings.is_empty() {
            project.write("handbook.yaml", settings);
        }
        project.run(&["build"]).expect(0);
        fs::rename(project.path().join("content"), project.path().join("elsewhere")).expect("renamed");
        let words = ["error[site-content]", "content/", "--replace"];
        stops(&project, &["build"], 1, &words);
        stops(&project, &["publish", "site", "--dry-run"], 1, &words);
        project.run(&["build", "--replace"]).expect(0);
        assert!(project.tree("site").contains_key("notes.html"));
        project.run(&["build"]).expect(0);
        // What was bare may get a content folder.
        fs::rename(project.path().join("elsewhere"), project.path().join("content")).expect("renamed");
        project.run(&["build"]).expect(0);
        assert!(!project.tree("site").contains_key("notes.html"));
    }
}

#[test]
fn content_that_cannot_be_read_leaves_the_site() {
    let project = Project::new("//- content/a.md\n# A\n//- handbook.yaml\ntitle: T\n//- notes.md\n# 私下\n");
    project.run(&["build"]).expect(0);
    let before = project.tree("site");
    set_mode(&project, "content", 0o000);
    let run = run_bound(&project, &["build"]);
    set_mode(&project, "content", 0o755);
    assert!(run.expect(2).stderr().contains("content"));
    assert!(project.tree("site") == before);
    let content = project.path().join("content");
    fs::rename(&content, project.path().join("kept")).expect("renamed");
    let elsewhere = |make: &dyn Fn()| {
        make();
        for arguments in
            [&["build"][..], &["build", "--replace", "--shrink"], &["publish", "site"], &["check"]]
        {
            stops(&project, arguments, 2, &["content"]);
        }
        if content.is_dir() { fs::remove_dir_all(&content) } else { fs::remove_file(&content) }
            .expect("removed");
    };
    elsewhere(&|| symlink("nowhere", &content).expect("a link"));
    elsewhere(&|| fs::write(&content, "a file").expect("a file"));
    elsewhere(&|| assert!(Command::new("mkfifo").arg(&content).status().expect("mkfifo").success()));
    elsewhere(&|| fs::create_dir(&content).expect("a folder"));
    elsewhere(&|| {
        fs::create_dir(&content).expect("a folder");
        fs::write(content.join("图.png"), "no chapter").expect("a file");
        symlink("/nowhere", content.join("a.md")).expect("a link");
    });
    // A link to a folder is as good as the folder.
    symlink("kept", &content).expect("a link");
    project.run(&["build"]).expect(0);
}

#[test]
fn settings_that_cannot_be_read_are_errors() {
    let project = Project::new("//- content/a.md\n# A\n");
    project.run(&["build"]).expect(0);
    let lost = |name: &str, words: &str| {
        stops(&project, &["build"], 1, &["error[unreadable-settings]", name, words]);
        let path = project.path().join(name);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
    };
    for name in ["handbook.yaml", "organization.yaml"] {
        symlink("nowhere", project.path().join(name)).expect("a link");
        lost(name, "a link that leads nowhere");
        fs::create_dir(project.path().join(name)).expect("a folder");
        lost(name, "it is a folder");
        project.write(name, "x");
        let large = fs::OpenOptions::new().write(true).open(project.path().join(name)).expect("open");
        large.set_len(64 * 1024 * 1024 + 1).expect("a hole");
        lost(name, "larger than 64 MB");
        project.write(name, "");
        set_mode(&project, name, 0o000);
        let said = run_bound(&project, &["build"]).expect(1).stderr();
        assert!(said.contains("error[unreadable-settings]") && said.contains("permission denied"), "{said}");
        fs::remove_file(project.path().join(name)).expect("removed");
    }
    fs::create_dir(project.path().join("themes")).expect("a folder");
    project.write("themes/default", "a file");
    lost("themes/default", "it is not a folder");
    fs::create_dir_all(project.path().join("themes/default/templates")).expect("a folder");
    symlink("/nowhere", project.path().join("themes/default/templates/base.html")).expect("a link");
    lost("themes/default/templates/base.html", "it is not there");
    project.write("themes/default/assets/x.css", "");
    set_mode(&project, "themes/default/assets", 0o000);
    let said = run_bound(&project, &["build"]).expect(1).stderr();
    set_mode(&project, "themes/default/assets", 0o755);
    assert!(said.contains("error[unreadable-settings]: themes/default/assets was not read"), "{said}");
    project.write("handbook.yaml", "theme: acme\n");
    stops(&project, &["build"], 1, &["error[theme]: there is no folder themes/acme"]);
    project.write("handbook.yaml", "checks: {unreadable-settings: off}\n");
    stops(&project, &["build"], 1, &["`unreadable-settings` is always an error"]);
}

#[test]
fn settings_of_nearly_the_right_name_are_told() {
    for name in ["handbook.yml", "Handbook.yaml", "HANDBOOK.YML", "handbook.yaml.txt"] {
        let project = Project::new("//- content/a.md\n# A\n");
        project.write(name, "title: T\n");
        let said = project.run(&["build"]).expect(0).stderr();
        assert!(said.contains(&format!("warning[misnamed-settings]: {name} is not read")), "{said}");
        assert!(said.contains("rename it to handbook.yaml"), "{said}");
        project.write(name, "title: T\naudiences:\n  everyone:\n");
        stops(&project, &["build"], 1, &["error[misnamed-settings]", name]);
        stops(&project, &["publish", "site"], 2, &[name]);
        project.write("handbook.yaml", "title: T\n");
        let said = project.run(&["build"]).expect(0).stderr();
        assert!(!said.contains("misnamed"), "{said}");
    }
    let project = Project::new("//- content/a.md\n# A\n//- organization.yml\nroles: []\n");
    let said = project.run(&["build"]).expect(0).stderr();
    assert!(said.contains("warning[misnamed-settings]: organization.yml is not read"), "{said}");
}

/// A handbook of some chapters, built.
fn book(count: usize) -> Project {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\n");
    (0..count).for_each(|at| project.write(&format!("content/{at}.md"), format!("# 第{at}号\n")));
    project.run(&["build", "-q"]).expect(0);
    project
}

fn remove(project: &Project, chapters: std::ops::Range<usize>) {
    chapters
        .for_each(|at| fs::remove_file(project.path().join(format!("content/{at}.md"))).expect("removed"));
}

#[test]
fn most_chapters_do_not_go_at_once() {
    for (count, gone, status) in [(30, 20, 1), (41, 21, 1), (40, 20, 0), (30, 19, 0), (2, 1, 0)] {
        let project = book(count);
        remove(&project, 0..gone);
        if status == 0 {
            project.run(&["build"]).expect(0);
            continue;
        }
        let told = format!("{gone} of {count} chapters");
        let words = ["error[site-shrinks]", &told, "--shrink"];
        for arguments in [&["build"][..], &["publish", "site"], &["publish", "site", "--dry-run"]] {
            stops(&project, arguments, 1, &words);
        }
        // The same words hold for the site of an earlier version, as far as it tells.
        project.run(&["build", "--shrink"]).expect(0);
        assert!(!project.tree("site").contains_key("0.html"));
        project.run(&["build"]).expect(0);
    }
    let project = book(45);
    age_manifest(&project);
    remove(&project, 0..23);
    stops(&project, &["build"], 1, &["error[site-shrinks]", "23 of 45 chapters", "--shrink"]);
    project.run(&["build", "--shrink"]).expect(0);
}

#[test]
fn the_last_chapter_does_not_go() {
    let project = book(1);
    project.write("content/0.md", "---\nstatus: draft\n---\n# 零\n");
    stops(&project, &["build"], 1, &["error[site-shrinks]", "1 of 1 chapters", "--shrink"]);
    project.run(&["build", "--shrink"]).expect(0);
    let project = Project::new(GROUPS);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    project.write("content/index.md", "---\naudience: managers\n---\n# 手册\n");
    stops(&project, &["build", "--audience", "everyone"], 1, &["error[site-shrinks]", "--shrink"]);
}

#[test]
fn what_fewer_readers_may_not_see_goes_at_once() {
    let project = Project::new(GROUPS);
    for at in 0..30 {
        project.write(&format!("content/b/{at}.md"), format!("---\naudience: managers\n---\n# 第{at}号\n"));
    }
    project.run(&["build"]).expect(0);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert!(!project.tree("site").contains_key("b/0.html"));
    // If they might see it before, it is a slip.
    project.run(&["build", "--audience", "managers", "--replace"]).expect(0);
    (0..30).for_each(|at| project.write(&format!("content/b/{at}.md"), "---\naudience: []\n---\n# 无\n"));
    let run = project.run(&["build", "--audience", "managers"]);
    assert_eq!(run.status(), 1, "{}", run.stderr());
    assert!(project.tree("site").contains_key("b/0.html"));
}

#[test]
fn all_sites_of_a_run_stay_if_one_must() {
    let project = Project::new(GROUPS);
    project.run(&["build", "--all-audiences"]).expect(0);
    let before: BTreeMap<_, _> = project.tree("site");
    project.write("content/new.md", "# 新\n");
    project.write(
        "handbook.yaml",
        "title: 手册\naudiences:\n  everyone: 全体\n  managers: {includes: [everyone, interns]}\n  interns:\n",
    );
    stops(&project, &["build", "--all-audiences"], 1, &["site/managers", "--replace"]);
    assert!(project.tree("site") == before);
    project.run(&["build", "--all-audiences", "--replace"]).expect(0);
    assert!(project.tree("site").contains_key("interns/new.html"));
}
