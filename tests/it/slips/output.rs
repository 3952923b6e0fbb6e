//! What is not handbook's stays: behind links, under edited manifests, and what
//! somebody changed in the site. Modes and groups outlast a page's text.

use super::{MANIFEST, stops};
use crate::support::{Project, run_in};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use xxhash_rust::xxh3::xxh3_128;

const BOOK: &str = "
//- handbook.yaml
title: 手册
//- content/index.md
# 手册
//- content/guide/a.md
# 甲
//- content/guide/b.md
# 乙
//- content/c.md
# 丙
";

fn built() -> Project {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    project
}

#[test]
fn links_in_the_output_are_not_followed() {
    for edit in ["change", "remove", "nothing"] {
        let project = built();
        project.write("other/a.html", "mine");
        project.write("other/b.html", "mine");
        fs::remove_dir_all(project.path().join("site/guide")).expect("removed");
        symlink("../other", project.path().join("site/guide")).expect("a link");
        match edit {
            "change" => project.write("content/guide/a.md", "# 甲甲\n"),
            "remove" => fs::remove_dir_all(project.path().join("content/guide")).expect("removed"),
            _ => {}
        }
        for arguments in [
            &["build"][..],
            &["build", "--precompress"],
            &["publish", "site"],
            &["publish", "site", "--dry-run"],
        ] {
            stops(&project, arguments, 2, &["site/guide is a link", "nothing was touched"]);
            let other = project.tree("other");
            assert!(other.len() == 2 && other.values().all(|bytes| bytes == b"mine"), "{arguments:?}");
        }
    }
}

#[test]
fn a_file_that_is_a_link_is_neither_read_nor_replaced_nor_removed() {
    for name in ["c.html", "c.html.gz", ".handbook-manifest.json", ".handbook-staging"] {
        let project = Project::new(BOOK);
        project.write("content/c.md", "# 丙\n\n很长。\n".repeat(300));
        project.run(&["build", "-q", "--precompress"]).expect(0);
        let link = project.path().join("site").join(name);
        let _ = fs::rename(&link, project.path().join("kept"));
        project.write("kept.txt", "mine");
        let target = if name.contains("manifest") { "../kept" } else { "../kept.txt" };
        symlink(target, &link).expect("a link");
        project.write("content/c.md", "# 丙\n\n更长。\n".repeat(300));
        stops(&project, &["build", "--precompress"], 2, &[name, "nothing was touched"]);
        assert_eq!(project.read("kept.txt"), "mine");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    }
    // One that would go is left, and told.
    let project = built();
    fs::remove_file(project.path().join("site/c.html")).expect("removed");
    fs::remove_file(project.path().join("content/c.md")).expect("removed");
    project.write("kept.txt", "mine");
    symlink("../kept.txt", project.path().join("site/c.html")).expect("a link");
    let said = project.run(&["build"]).expect(1).stderr();
    assert!(said.contains("error[changed-output]") && said.contains("site/c.html"), "{said}");
    assert_eq!(project.read("site/c.html"), "mine");
}

#[test]
fn the_output_folder_itself_may_be_a_link() {
    let project = Project::new(BOOK);
    fs::create_dir(project.path().join("real")).expect("a folder");
    symlink("real", project.path().join("site")).expect("a link");
    project.run(&["build"]).expect(0);
    project.write("content/c.md", "# 丁\n");
    project.run(&["build"]).expect(0);
    assert!(project.read("real/c.html").contains('丁'));
}

/// Adds a name to the list of files.
fn list(project: &Project, name: &str, hash: serde_json::Value) {
    let mut manifest: serde_json::Value = serde_json::from_str(&project.read(MANIFEST)).expect("JSON");
    manifest["files"][name] = hash;
    project.write(MANIFEST, manifest.to_string());
}

#[test]
fn an_edited_manifest_neither_removes_nor_overwrites() {
    let wrong = format!("{:032x}", xxh3_128(b"something else"));
    for hash in [wrong.clone().into(), serde_json::Value::Null, serde_json::json!([wrong, 5]), 5.into()] {
        let project = built();
        project.write("site/mine.txt", "mine");
        list(&project, "mine.txt", hash.clone());
        // All else is done; that one stays and is told until somebody decides.
        project.write("content/c.md", "# 丁\n");
        for _ in 0..2 {
            let said = project.run(&["build"]).expect(1).stderr();
            assert!(said.contains("error[changed-output]") && said.contains("site/mine.txt"), "{said}");
            assert_eq!(project.read("site/mine.txt"), "mine");
            assert!(project.read("site/c.html").contains('丁'));
        }
        let dry = project.run(&["publish", "site", "--dry-run"]).expect(1);
        assert!(!dry.stdout().contains("mine.txt") && dry.stderr().contains("site/mine.txt"));
        // Nor is it overwritten, where the site has a page of its name.
        project.write("content/mine.txt", "the author's");
        stops(&project, &["build"], 1, &["error[changed-output]", "site/mine.txt", "would be overwritten"]);
        // Nor moved out of the way of a folder.
        fs::remove_file(project.path().join("content/mine.txt")).expect("removed");
        project.write("content/mine.txt/d.md", "# 丁\n");
        stops(&project, &["build"], 2, &["site/mine.txt", "nothing was touched"]);
        fs::remove_dir_all(project.path().join("content/mine.txt")).expect("removed");
        fs::remove_file(project.path().join("site/mine.txt")).expect("removed");
        project.run(&["build"]).expect(0);
        assert!(!project.read(MANIFEST).contains("mine.txt"));
    }
}

#[test]
fn a_manifest_lists_neither_itself_nor_the_staging_folder() {
    let project = built();
    for name in [".handbook-manifest.json", ".handbook-staging/0", "../kept.txt", "/etc/hostname"] {
        list(&project, name, "0".into());
    }
    project.write("content/c.md", "# 丁\n");
    project.run(&["build"]).expect(0);
    project.run(&["build", "-o", "clean"]).expect(0);
    assert_eq!(project.tree("site"), project.tree("clean"));
}

#[test]
fn a_page_that_somebody_changed_is_not_overwritten() {
    let project = built();
    let page = project.read("site/c.html");
    project.write("site/c.html", page.clone() + "<p>mine</p>");
    for arguments in [&["build"][..], &["publish", "site"], &["publish", "site", "--dry-run"]] {
        stops(&project, arguments, 1, &["error[changed-output]", "site/c.html was changed", "move it away"]);
    }
    fs::remove_file(project.path().join("site/c.html")).expect("moved away");
    project.run(&["build"]).expect(0);
    assert_eq!(project.read("site/c.html"), page);
}

#[test]
fn mode_and_group_pass_to_the_page_that_takes_the_place() {
    let project = Project::new(BOOK);
    project.write("content/c.md", "# 丙\n\n很长。\n".repeat(300));
    project.run(&["build", "-q", "--precompress"]).expect(0);
    let root = fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0);
    let names = ["c.html", "c.html.gz", "index.json", ".handbook-manifest.json"];
    for name in names {
        let path = project.path().join("site").join(name);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
        if root {
            chown(&path, Some(12_345), Some(12_346)).expect("an owner");
        }
    }
    let rights = |name: &str| {
        let data = fs::metadata(project.path().join("site").join(name)).expect("there");
        (data.mode() & 0o7777, data.uid(), data.gid())
    };
    let before = names.map(rights);
    let fresh = rights("index.html");
    let page = project.read("site/c.html");
    project.write("content/c.md", "# 丁\n\n更长。\n".repeat(300));
    project.write("content/new.md", "# 新\n");
    project.run(&["build", "-q", "--precompress"]).expect(0);
    assert_ne!(project.read("site/c.html"), page);
    assert_eq!(names.map(rights), before);
    assert_eq!(before[0].0, 0o640);
    assert_eq!(rights("new.html"), fresh);
}

/// A user without special rights may not give a file to any group. Only root can prepare this.
#[test]
#[ignore = "needs root"]
fn another_group_does_not_get_what_the_group_might() {
    let project = built();
    let path = project.path().join("site/c.html");
    chown(&path, None, Some(12_346)).expect("a group");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o660)).expect("a mode");
    project.write("content/c.md", "# 丁\n");
    crate::support::run_bound(&project, &["build"]).expect(0);
    let data = fs::metadata(&path).expect("there");
    assert_eq!(
        (data.mode() & 0o777, data.gid()),
        (0o600, fs::metadata(project.path()).expect("there").gid())
    );
}

#[test]
fn a_killed_run_is_finished_without_a_word() {
    // As a run leaves it that was cut off after half of its pages had moved.
    let project = built();
    let old = project.tree("site");
    project.write("content/c.md", "# 丁\n");
    project.write("content/d.md", "# 戊\n");
    fs::remove_dir_all(project.path().join("content/guide")).expect("removed");
    project.run(&["build", "-q", "-o", "new"]).expect(0);
    let new = project.tree("new");
    let hash = |bytes: &[u8]| format!("{:032x}", xxh3_128(bytes));
    let mut files = serde_json::Map::new();
    for (at, name) in old.keys().chain(new.keys()).filter(|name| !name.starts_with('.')).enumerate() {
        let both: Vec<String> =
            [&old, &new].iter().filter_map(|site| site.get(name)).map(|b| hash(b)).collect();
        files.insert(name.clone(), both.into());
        if let Some(bytes) = new.get(name).filter(|_| at % 2 == 0) {
            project.write(&format!("site/{name}"), bytes);
        }
    }
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&new[".handbook-manifest.json"]).expect("JSON");
    manifest["files"] = files.into();
    manifest["chapters"] = serde_json::json!({});
    project.write(MANIFEST, manifest.to_string());
    run_in(project.path(), &["build", "-q"]).expect(0);
    assert!(project.tree("site") == new, "it did not finish");
}
