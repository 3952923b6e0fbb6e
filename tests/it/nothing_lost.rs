//! Disks that fail, folders in which something is in the way, two runs at once:
//! a clear message, and the last site as it was, byte for byte.

use crate::support::{Project, Run, run_bound, set_mode, tree};
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

const OLD: &str = "
//- content/index.md
# 手册
//- content/a/甲.md
# 甲

第一条 甲。
//- content/a/图.png
an old picture
//- content/b/乙.md
# 乙
";

/// A published handbook, and edits that change, add and remove pages.
fn edited() -> (Project, BTreeMap<String, Vec<u8>>) {
    let project = Project::new(OLD);
    project.run(&["build", "-q"]).expect(0);
    let before = project.tree("site");
    project.write("content/a/甲.md", "# 甲\n\n第一条 新的甲。\n");
    project.write("content/c/丙.md", "# 丙\n");
    project.write("content/a/large.bin", vec![7_u8; 3_000_000]);
    fs::remove_file(project.path().join("content/b/乙.md")).expect("removed");
    (project, before)
}

/// Runs `handbook` behind a shell's words, in the project.
fn run_behind(project: &Project, shell: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{shell} exec \"$0\" \"$@\"")]).args(crate::support::PROGRAM);
    command.args(arguments).current_dir(project.path()).env("SOURCE_DATE_EPOCH", "1790000000");
    Run(command.output().expect("sh runs"))
}

/// The next run, undisturbed, gives the same site as a first one would.
fn finishes(project: &Project) {
    project.run(&["build", "-q"]).expect(0);
    let after = project.tree("site");
    project.run(&["build", "-q", "-o", "elsewhere"]).expect(0);
    assert!(after == project.tree("elsewhere"), "the next run did not finish");
}

#[test]
fn a_write_that_fails_leaves_the_last_site() {
    let (project, before) = edited();
    for verb in [&["build"][..], &["publish", "site"]] {
        // A file may have a megabyte at most; the attachment has three.
        let run = run_behind(&project, "trap '' XFSZ; ulimit -f 2000;", verb).expect(2).stderr();
        assert!(run.contains("large.bin") && run.contains("the site is as it was"), "{run}");
        assert!(project.tree("site") == before, "the site changed");
    }
    finishes(&project);
}

#[test]
fn a_run_that_is_killed_while_it_writes_leaves_the_last_site() {
    let (project, before) = edited();
    // Without the trap the system ends the process at that write.
    let run = run_behind(&project, "ulimit -f 2000;", &["build"]);
    assert_ne!(run.status(), 0);
    assert_eq!(run.0.status.code(), None, "it was not killed: {}", run.stderr());
    let mut after = project.tree("site");
    after.retain(|name, _| !name.starts_with(".handbook-staging/"));
    assert!(after == before, "the site changed");
    finishes(&project);
}

/// A real full disk, of each size between too small for anything and large enough. Elsewhere
/// `a_write_that_fails_leaves_the_last_site` has a limit on the size of files instead.
#[test]
#[ignore = "needs the right to mount"]
fn a_full_disk_leaves_the_last_site() {
    let (project, _) = edited();
    let disk = project.path().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=100000k", "none"])
        .arg(&disk)
        .status()
        .expect("mount runs");
    assert!(mounted.success(), "this test needs the right to mount");
    let resize = |size: u32| {
        let options = format!("remount,size={size}k");
        let done = Command::new("mount").args(["-o", &options]).arg(&disk).status();
        assert!(done.expect("mount runs").success());
    };
    let old = Project::new(OLD);
    let output = disk.join("site").to_string_lossy().into_owned();
    old.run(&["build", "-q", "-o", &output]).expect(0);
    let before = tree(&disk);
    let used = before.values().map(|bytes| bytes.len().div_ceil(4096) * 4).sum::<usize>() as u32;
    let mut outcomes = [0, 0];
    for more in (100..4_400).step_by(390) {
        resize(used + more);
        let run = project.run(&["publish", &output]);
        if run.status() == 0 {
            outcomes[1] += 1;
            break;
        }
        let run = run.expect(2).stderr();
        assert!(run.contains("the disk is full: the site is as it was"), "{run}");
        assert!(tree(&disk) == before, "with {more} KB more the site changed");
        outcomes[0] += 1;
    }
    let after = tree(&disk);
    let unmounted = Command::new("umount").arg(&disk).status();
    assert!(unmounted.expect("umount runs").success());
    assert!(outcomes[0] > 2 && outcomes[1] == 1, "{outcomes:?}");
    project.run(&["build", "-q", "-o", "elsewhere"]).expect(0);
    let whole: BTreeMap<_, _> =
        project.tree("elsewhere").into_iter().map(|(name, bytes)| (format!("site/{name}"), bytes)).collect();
    assert!(after == whole, "the last run did not finish");
}

#[test]
fn a_read_only_folder_is_named_and_stays() {
    let (project, before) = edited();
    // The whole site; then one folder, of which only a later step can tell.
    for folder in ["site", "site/a"] {
        set_mode(&project, folder, 0o555);
        let run = run_bound(&project, &["build"]);
        set_mode(&project, folder, 0o755);
        let run = run.expect(2).stderr();
        assert!(run.contains("nothing may be written there: the site is as it was"), "{run}");
        assert!(run.contains(folder), "{run}");
        assert!(project.tree("site") == before, "{folder}: the site changed");
    }
    finishes(&project);
}

#[test]
fn what_cannot_be_removed_stays_listed() {
    let (project, _) = edited();
    set_mode(&project, "site/b", 0o555);
    let run = run_bound(&project, &["build"]);
    set_mode(&project, "site/b", 0o755);
    let said = run.expect(1).stderr();
    assert!(said.contains("error[not-removed]") && said.contains("site/b/乙.html"), "{said}");
    assert!(said.contains("; ") && said.contains(" written"), "the rest was not published: {said}");
    assert!(project.tree("site").contains_key("b/乙.html") && project.tree("site").contains_key("c/丙.html"));
    finishes(&project);
}

#[test]
fn a_foreign_file_where_a_folder_must_be_is_named_and_stays() {
    let (project, _) = edited();
    project.write("site/c", "mine");
    let before = project.tree("site");
    let run = project.run(&["build"]).expect(2).stderr();
    assert!(run.contains("site/c was not written by handbook") && run.contains("move it away"), "{run}");
    assert!(project.tree("site") == before, "the site changed");
    fs::remove_file(project.path().join("site/c")).expect("moved away");
    finishes(&project);
}

#[test]
fn a_foreign_folder_where_a_file_must_be_is_named_and_stays() {
    let (project, _) = edited();
    project.write("site/c/丙.html/mine.txt", "mine");
    let before = project.tree("site");
    let run = project.run(&["build"]).expect(2).stderr();
    assert!(run.contains("mine.txt was not written by handbook"), "{run}");
    assert!(project.tree("site") == before, "the site changed");
    fs::remove_dir_all(project.path().join("site/c")).expect("moved away");
    finishes(&project);
}

#[test]
fn files_and_folders_of_its_own_change_places() {
    let project = Project::new("//- content/index.md\n# 手册\n");
    project.write("content/x", "a file");
    project.write("content/y/z.txt", "in a folder");
    project.run(&["build", "-q"]).expect(0);
    fs::remove_file(project.path().join("content/x")).expect("removed");
    fs::remove_dir_all(project.path().join("content/y")).expect("removed");
    project.write("content/x/z.txt", "in a folder");
    project.write("content/y", "a file");
    let before = project.tree("site");
    // Not if another's file lies in that folder.
    project.write("site/y/mine.txt", "mine");
    project.run(&["build", "-q"]).expect(2);
    fs::remove_file(project.path().join("site/y/mine.txt")).expect("removed");
    assert!(project.tree("site") == before, "the site changed");
    finishes(&project);
    assert_eq!(project.read("site/x/z.txt"), "in a folder");
    assert_eq!(project.read("site/y"), "a file");
}

#[test]
fn a_foreign_staging_folder_is_named_and_stays() {
    let (project, before) = edited();
    for (path, text) in [(".handbook-staging/notes.txt", "mine"), (".handbook-staging", "mine")] {
        let _ = fs::remove_dir_all(project.path().join("site/.handbook-staging"));
        project.write(&format!("site/{path}"), text);
        let run = project.run(&["build"]).expect(2).stderr();
        assert!(run.contains(path) && run.contains("move it away"), "{run}");
        assert_eq!(project.read(&format!("site/{path}")), "mine");
    }
    fs::remove_file(project.path().join("site/.handbook-staging")).expect("moved away");
    assert!(project.tree("site") == before, "the site changed");
    finishes(&project);
}

#[test]
fn two_runs_at_once_leave_one_whole_site() {
    let (project, _) = edited();
    let start = || {
        crate::support::program()
            .args(["build", "--precompress"])
            .current_dir(project.path())
            .env("SOURCE_DATE_EPOCH", "1790000000")
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts")
    };
    let runs: Vec<_> = (0..4).map(|_| start()).collect();
    let mut done = 0;
    for run in runs {
        let run = Run(run.wait_with_output().expect("ends"));
        match run.status() {
            0 => done += 1,
            _ => assert!(run.stderr().contains("another handbook is just writing to"), "{}", run.stderr()),
        }
    }
    assert!(done >= 1);
    finishes(&project);
}

/// Surely at once: this test holds the lock that a build takes.
#[test]
fn a_run_that_finds_another_says_so_and_touches_nothing() {
    let (project, before) = edited();
    let folder = fs::File::open(project.path().join("site")).expect("the site");
    folder.try_lock().expect("locked");
    for verb in [&["build"][..], &["publish", "site"]] {
        let run = project.run(verb).expect(2).stderr();
        assert!(run.contains("another handbook is just writing to"), "{run}");
        assert!(project.tree("site") == before, "the site changed");
    }
    drop(folder);
    finishes(&project);
}

#[test]
fn publish_to_a_folder_does_what_build_does() {
    let (project, _) = edited();
    let dry = project.run(&["publish", "out", "--dry-run"]).expect(0);
    assert!(!project.path().join("out").exists(), "a dry run wrote");
    assert!(dry.stdout().lines().all(|line| line.starts_with("added ")), "{}", dry.stdout());
    let url = format!("file://{}", project.path().join("out").display());
    project.run(&["publish", &url]).expect(0);
    project.run(&["build", "-q"]).expect(0);
    assert!(project.tree("out") == project.tree("site"));
    let names: Vec<String> = project.tree("out").into_keys().filter(|name| !name.starts_with('.')).collect();
    assert_eq!(dry.stdout().lines().count(), names.len());
    project.write("content/c/丙.md", "# 丙丙\n");
    fs::remove_file(project.path().join("content/a/large.bin")).expect("removed");
    project.write("handbook.yaml", "publish:\n  target: out\n");
    let before = project.tree("out");
    let dry = project.run(&["publish", "--dry-run"]).expect(0);
    assert!(dry.stdout().contains("changed  c/丙.html\n"), "{}", dry.stdout());
    assert!(dry.stdout().contains("removed  a/large.bin\n"), "{}", dry.stdout());
    assert!(project.tree("out") == before, "a dry run wrote");
    let run = project.run(&["publish"]).expect(0).stderr();
    let changed = dry.stdout().lines().filter(|line| !line.starts_with("removed")).count();
    assert!(run.contains(&format!("; {changed} written")), "{run}");
}

#[test]
fn publish_refuses_what_it_does_not_understand() {
    let project = Project::new(OLD);
    for (arguments, words) in [
        (&["publish"][..], "name a TARGET"),
        (&["publish", "gs://bucket"], "no kind of target that is known"),
        (&["publish", "content"], "cannot be the output folder"),
        (&["publish", "s3://KEY:hunter2@bucket"], "a target holds no credentials"),
        (&["publish", "x", "-o", "y"], "leave one of them out"),
    ] {
        let run = project.run(arguments).expect(2).stderr();
        assert!(run.contains(words) && !run.contains("hunter2"), "{run}");
    }
    project.write("handbook.yaml", "title: 手册\n");
    project.write("content/a/甲.md", "---\ntitle: [\n---\n# 别的\n");
    let run = project.run(&["publish", "out"]).expect(1).stderr();
    assert!(run.contains("front-matter") && run.contains("nothing was written"), "{run}");
    assert!(!project.path().join("out").exists());
    project.write("handbook.yaml", "publish: {target: s3://KEY:hunter2@bucket}\n");
    let run = project.run(&["check"]).expect(1).stderr();
    assert!(run.contains("holds credentials") && !run.contains("hunter2"), "{run}");
}
