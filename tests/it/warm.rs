//! Warm equals cold: after random edits a preview answers every address with the
//! bytes of a fresh build. `HANDBOOK_SEED` repeats a run, `HANDBOOK_STEPS` makes it
//! longer.

use crate::edits::{Author, Random, seed};
use crate::serve::{Server, plain};
use crate::support::repository;
use handbook::builder::{Build, Builder, Request};
use handbook::disk::{Project, Reading};
use handbook::site::Output;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Lines of each chapter of the sample that are kept, so that a step is quick.
const LINES: usize = 40;

fn steps(usual: usize) -> usize {
    std::env::var("HANDBOOK_STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(usual)
}

/// The sample, its long chapters cut short.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let repository = repository();
    for entry in walkdir::WalkDir::new(repository.join("content")).into_iter().filter_map(Result::ok) {
        let path = folder.path().join(entry.path().strip_prefix(&repository).expect("inside"));
        if path.components().any(|part| part.as_os_str() == "en") {
            continue;
        }
        if !entry.file_type().is_file() {
            fs::create_dir_all(path).expect("a folder");
        } else if path.extension().is_some_and(|end| end == "md") {
            let text = fs::read_to_string(entry.path()).expect("readable");
            let lines: Vec<&str> = text.split_inclusive('\n').take(LINES).collect();
            fs::write(path, lines.concat()).expect("a file");
        } else {
            fs::copy(entry.path(), path).expect("copied");
        }
    }
    for name in ["handbook.yaml", "organization.yaml"] {
        fs::copy(repository.join(name), folder.path().join(name)).expect("copied");
    }
    folder
}

fn request() -> Request {
    let mut request = Request::new("2026-09-21".parse().expect("a day"));
    request.drafts = true;
    request
}

/// Every address with what stands there: bytes, a file's name or a finding.
fn whole(build: &Build) -> BTreeMap<String, Result<Output, String>> {
    let render = |address: &&str| {
        let found = build.site.render(address).expect("a listed address");
        ((*address).to_owned(), found.map_err(|found| format!("{found:?}")))
    };
    build.site.addresses().par_iter().map(render).collect()
}

/// Where two sites differ.
fn differences(
    warm: &BTreeMap<String, Result<Output, String>>,
    cold: &BTreeMap<String, Result<Output, String>>,
) -> Vec<String> {
    let mut different = Vec::new();
    for address in warm.keys().chain(cold.keys()).collect::<BTreeSet<_>>() {
        let (warm, cold) = (warm.get(address), cold.get(address));
        if warm == cold {
            continue;
        }
        let text = |one: Option<&Result<Output, String>>| match one {
            Some(Ok(Output::Bytes(bytes))) => String::from_utf8_lossy(bytes).into_owned(),
            other => format!("{other:?}"),
        };
        let (warm, cold) = (text(warm), text(cold));
        let line = warm.lines().zip(cold.lines()).find(|(warm, cold)| warm != cold);
        different.push(format!("{address}: warm and cold differ at {line:#?}"));
    }
    different
}

/// All files of a project with what they hold.
fn texts(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.map(|path| (path.clone(), fs::read(&path).expect("readable"))).collect()
}

/// The files that are new, gone or have other texts: those that events name.
fn changed(before: &BTreeMap<PathBuf, Vec<u8>>, now: &BTreeMap<PathBuf, Vec<u8>>) -> BTreeSet<PathBuf> {
    let all = before.keys().chain(now.keys());
    all.filter(|path| before.get(*path) != now.get(*path)).cloned().collect()
}

#[test]
fn a_warm_builder_gives_what_a_new_one_gives() {
    let seed = seed();
    println!("HANDBOOK_SEED={seed}");
    let folder = sample();
    let project = Project::open(folder.path()).expect("a project");
    let mut author = Author::new(folder.path(), seed);
    let mut random = Random(!seed);
    let mut builder = Builder::new();
    let mut reading: Option<Reading> = None;
    let (mut reused, mut glances) = (0, 0);
    let mut files = texts(&project.root);
    for step in 0..steps(500) {
        let did = if step == 0 { "nothing".to_owned() } else { author.act() };
        let before = std::mem::replace(&mut files, texts(&project.root));
        // A preview looks only at what events name, where that is enough, and later at the rest.
        let last = reading.as_ref().filter(|_| random.below(3) > 0);
        let glance = last.and_then(|last| project.read_named(last, &changed(&before, &files)));
        glances += usize::from(glance.is_some());
        let read = glance.unwrap_or_else(|| project.read_incrementally(reading.as_ref()));
        if random.below(9) == 0 {
            // A browser that looks at another day shares the builder.
            let mut other = request();
            other.today = "2031-01-01".parse().expect("a day");
            let _ = builder.build(&read.sources, &other);
        }
        let warm = builder.build(&read.sources, &request());
        reused += warm.reused.references;
        let cold = Builder::new().build(&project.read(), &request());
        let says = format!("HANDBOOK_SEED={seed}, step {step}: {did}");
        assert_eq!(warm.diagnostics, cold.diagnostics, "{says}: findings differ");
        // Often nobody has looked at the site of the step before.
        let (warm, cold) = rayon::join(|| whole(&warm), || whole(&cold));
        let different = differences(&warm, &cold);
        assert!(different.is_empty(), "{says}\n{}", different.join("\n"));
        reading = Some(read);
    }
    assert!(reused > 0, "nothing was reused");
    assert!(glances > 0, "nothing was read by its name alone");
}

#[test]
fn the_server_answers_with_the_bytes_of_a_build() {
    let seed = seed();
    println!("HANDBOOK_SEED={seed}");
    let folder = sample();
    let project = Project::open(folder.path()).expect("a project");
    let mut author = Author::new(folder.path(), seed);
    let server = Server::start(folder.path(), &[]);
    let mut did = Vec::new();
    for step in 0..steps(60) {
        did.push(author.act());
        if step % 6 == 5 {
            let cold = Builder::new().build(&project.read(), &request());
            answers(&server, &cold, folder.path(), &format!("HANDBOOK_SEED={seed}: {did:#?}"));
            did.clear();
        }
    }
}

/// Every address is answered as the build has it, once the server has seen the
/// last change.
fn answers(server: &Server, cold: &Build, folder: &Path, says: &str) {
    let begun = Instant::now();
    for (address, output) in whole(cold) {
        let path: String = address.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let right = |answer: &crate::serve::Answer| match &output {
            Ok(Output::Bytes(bytes)) if address.ends_with(".html") => {
                plain(&answer.body) == String::from_utf8_lossy(bytes)
            }
            Ok(Output::Bytes(bytes)) => answer.body == *bytes,
            Ok(Output::File(name)) => {
                answer.body == fs::read(folder.join("content").join(&**name)).expect("readable")
            }
            Err(_) => answer.status == 500,
        };
        while !right(&server.get(&format!("/{path}"))) {
            assert!(begun.elapsed() < Duration::from_secs(20), "{says}\n/{address} differs from a build");
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}
