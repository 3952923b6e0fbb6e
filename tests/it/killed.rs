//! A build that is killed while it publishes leaves nothing that the next one
//! cannot put right. `HANDBOOK_SEED` repeats a run.

use crate::edits::{Author, Random, seed};
use crate::support::{Project, Run, run_in, tree};
use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Builds that are killed before they end.
const KILLED: usize = 20;

/// Each round's handbook is another, and meant to be.
const BUILD: &[&str] = &["build", "-q", "--drafts", "--replace", "--shrink"];

/// A handbook that shares few pages with those of other rounds: chapters lie in
/// other folders, and all texts differ.
fn write(project: &Project, random: &mut Random, shape: usize) {
    let content = project.path().join("content");
    if content.exists() {
        std::fs::remove_dir_all(&content).expect("removed");
    }
    project.write("handbook.yaml", format!("title: 手册{shape}\n"));
    project.write("content/index.md", format!("# 首页{shape}\n"));
    for at in 0..120 {
        let folder = random.below(6);
        let text = format!("# 章{at}\n\n第一条 {shape}。\n\n见[首页](/index.md)。\n");
        project.write(&format!("content/{folder}/{at}.md"), &text);
    }
    project.write("content/picture.svg", format!("<svg width=\"{shape}\"/>"));
}

fn build(project: &Project, output: &str) -> Run {
    run_in(project.path(), &[BUILD, &["-o", output]].concat()).expect(0)
}

/// Starts a build and kills it after a while; whether it was still running.
fn killed_after(project: &Project, output: &str, while_: Duration) -> bool {
    let mut command = crate::support::program();
    command.current_dir(project.path()).args(BUILD).args(["-o", output]);
    command.env("SOURCE_DATE_EPOCH", "1790000000").stderr(Stdio::null()).stdout(Stdio::null());
    let mut child = command.spawn().expect("handbook runs");
    std::thread::sleep(while_);
    let running = child.try_wait().expect("a state").is_none();
    let _ = child.kill();
    let _ = child.wait();
    running
}

fn site(project: &Project, output: &str) -> BTreeMap<String, Vec<u8>> {
    tree(&project.path().join(output))
}

#[test]
fn a_killed_build_is_put_right_by_the_next() {
    let seed = seed();
    println!("HANDBOOK_SEED={seed}");
    let mut random = Random(seed);
    let project = Project::new("//- content/index.md\n# 首页\n");
    let (mut killed, mut torn, mut longest) = (0, 0, Duration::from_millis(50));
    for round in 0..400 {
        if killed >= KILLED {
            break;
        }
        write(&project, &mut random, round);
        let clean = format!("clean-{round}");
        let begun = Instant::now();
        build(&project, &clean);
        longest = longest.max(begun.elapsed());
        let clean = site(&project, &clean);
        let before = site(&project, "site");
        let part = random.below(1_000) as u32;
        if killed_after(&project, "site", longest * part / 1_000) {
            killed += 1;
            let left = site(&project, "site");
            torn += usize::from(left != before && left != clean);
            whole_pages(&left, &before, &clean, seed, round);
        }
        build(&project, "site");
        let mended = site(&project, "site");
        let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&mended), names(&clean), "HANDBOOK_SEED={seed}, round {round}");
        assert!(mended == clean, "HANDBOOK_SEED={seed}, round {round}: contents differ");
    }
    println!("{killed} builds were killed, {torn} of them while they published");
    assert_eq!(killed, KILLED, "too few builds could be killed");
}

/// Every page that stands at its address is whole: that of the build before or that
/// of the one that was killed.
fn whole_pages(
    left: &BTreeMap<String, Vec<u8>>,
    before: &BTreeMap<String, Vec<u8>>,
    clean: &BTreeMap<String, Vec<u8>>,
    seed: u64,
    round: usize,
) {
    for (name, bytes) in left.iter().filter(|(name, _)| !name.starts_with(".handbook")) {
        let known = [before.get(name), clean.get(name)].contains(&Some(bytes));
        assert!(known, "HANDBOOK_SEED={seed}, round {round}: {name} is torn");
    }
}

#[test]
fn the_same_seed_gives_the_same_edits() {
    let run = |seed: u64| {
        let project = Project::new(
            "//- content/index.md\n# A\n\n第一条 x\n//- content/b.md\n---\ntitle: B\n---\ntext\n",
        );
        let mut author = Author::new(project.path(), seed);
        let did: Vec<String> = (0..40).map(|_| author.act()).collect();
        (did, project.tree("content"))
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7).0, run(8).0);
}
