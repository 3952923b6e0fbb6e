//! What a cache keeps of a history: less is read, and nothing else differs, whatever is in it.

use super::{LEAVE, commit, edit, git, repository};
use crate::cache::{files, forged};
use crate::support::{Project, program};
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The files of a build on a day, and which of git's commands read a log or a list of commits.
fn site(project: &Project, cache: Option<&Path>) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let _ = fs::remove_dir_all(project.path().join("site"));
    let folder = tempfile::tempdir().expect("a folder");
    let trace = folder.path().join("trace");
    let mut command = program();
    command.current_dir(project.path()).env("SOURCE_DATE_EPOCH", "1790000000").env("GIT_TRACE", &trace);
    command.args(["build", "-q", "--date", "2026-11-28"]);
    if let Some(cache) = cache {
        command.arg("--cache").arg(cache);
    }
    let output = command.output().expect("handbook runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let traced = fs::read_to_string(&trace).expect("git ran");
    let is_reading =
        |line: &&str| line.contains("built-in: git log") || line.contains("built-in: git rev-list");
    let read = traced.lines().filter(is_reading).map(str::to_owned).collect();
    (project.tree("site"), read)
}

#[test]
fn what_was_read_once_is_not_read_again() {
    let (project, folder) = (repository(), tempfile::tempdir().expect("a folder"));
    let cache = folder.path().join("cache");
    let same = |what: &str| {
        let (plain, _) = site(&project, None);
        let (warm, read) = site(&project, Some(&cache));
        assert!(plain == warm, "{what}");
        read
    };
    let whole =
        |read: &[String]| read.iter().filter(|line| line.contains(" log ") && !line.contains("..")).count();
    assert_eq!(whole(&same("the first time")), 1);
    assert_eq!(same("warm"), Vec::<String>::new());
    edit(&project, "content/leave.md", &[("'2.0'", "'2.1'"), ("2027-01-01", "2027-02-01"), ("七天", "八天")]);
    commit(&project, "2026-06-04");
    let read = same("a commit more");
    assert!(whole(&read) == 0 && read.iter().any(|line| line.contains("..")), "{read:?}");
    // The texts of a file are now read under another name.
    git(&project, "2026-06-05", &["mv", "content/leave.md", "content/休假.md"]);
    commit(&project, "2026-06-05");
    assert_eq!(whole(&same("renamed")), 0);
    assert_eq!(same("renamed, warm"), Vec::<String>::new());
    git(&project, "2026-06-06", &["reset", "-q", "--hard", "HEAD~4"]);
    assert_eq!(whole(&same("back to an earlier commit")), 1);
    // A commit is no longer one of those before the present one.
    git(&project, "2026-06-06", &["checkout", "-q", "-b", "other", "HEAD~2"]);
    edit(&project, "content/it.md", &[("八位", "九位")]);
    commit(&project, "2026-06-07");
    assert_eq!(whole(&same("another branch")), 1);
    for number in 0..20 {
        project.write("content/notes.md", format!("# {number}\n"));
        commit(&project, "2026-06-08");
        assert_eq!(whole(&same("many commits, one by one")), 0);
    }
}

#[test]
fn of_a_shallow_history_nothing_is_kept() {
    let (project, folder) = (repository(), tempfile::tempdir().expect("a folder"));
    let cache = folder.path().join("cache");
    let clone = Project::new("");
    let from = format!("file://{}", project.path().display());
    git(&clone, "2026-06-06", &["init", "-q", "-b", "main"]);
    git(&clone, "2026-06-06", &["fetch", "-q", "--depth", "3", &from, "main:refs/remotes/o/main"]);
    git(&clone, "2026-06-06", &["checkout", "-q", "-B", "main", "o/main"]);
    let (shallow, _) = site(&clone, Some(&cache));
    git(&clone, "2026-06-06", &["fetch", "-q", "--unshallow", &from]);
    let (plain, _) = site(&clone, None);
    assert!(shallow != plain && site(&clone, Some(&cache)).0 == plain);
}

#[test]
fn neither_damage_nor_a_forgery_shows_what_was_not_published() {
    let (project, folder) =
        (Project::new("//- handbook.yaml\ntitle: B\neditions: git\n"), tempfile::tempdir());
    let cache = folder.expect("a folder").keep().join("cache");
    git(&project, "2025-01-01", &["init", "-q", "-b", "main"]);
    project.write("content/leave.md", LEAVE);
    commit(&project, "2025-01-01");
    let draft = [
        ("approved", "draft"),
        ("version: '1.0'\neffective", "version: '1.1'\neffective"),
        ("五天", "九十天"),
    ];
    edit(&project, "content/leave.md", &draft);
    commit(&project, "2025-02-01");
    project
        .write("content/leave.md", LEAVE.replace("version: '1.0'\neffective", "version: '2.0'\neffective"));
    commit(&project, "2025-03-01");
    let (plain, _) = site(&project, None);
    site(&project, Some(&cache));
    let whole: Vec<(PathBuf, Vec<u8>)> =
        files(&cache).into_iter().map(|path| (path.clone(), fs::read(path).expect("readable"))).collect();
    assert!(!whole.is_empty());
    let with = |change: &dyn Fn(&[u8]) -> Vec<u8>| {
        for (path, bytes) in &whole {
            fs::write(path, forged(bytes, &|_, value| change(value))).expect("written");
        }
        site(&project, Some(&cache)).0
    };
    assert!(with(&|_| vec![1, 0, 0, 0, 7]) == plain, "what is no part of a log");
    assert!(with(&|value| value[..value.len() / 2].to_vec()) == plain, "half a part");
    let seen = with(&|value| all_published(value).unwrap_or_else(|| value.to_vec()));
    let said = |text: &[u8]| String::from_utf8_lossy(text).contains("九十天");
    assert_eq!(seen.iter().filter(|(_, text)| said(text)).map(|(name, _)| name).collect::<Vec<_>>(), [""; 0]);
}

/// A part of a log in which every text with a version was published.
fn all_published(value: &[u8]) -> Option<Vec<u8>> {
    let (count, packed) = value.split_first_chunk::<4>()?;
    let mut plain = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut plain).ok()?;
    let length = |at: usize| {
        Some(usize::try_from(u64::from_le_bytes(plain.get(at..at + 8)?.try_into().ok()?)).unwrap_or(0) + 8)
    };
    let mut at = length(0)?;
    at += length(at)?;
    let mut states = Vec::new();
    while let Some(state) = plain.get(at + 16) {
        if *state == 1 {
            states.push(at + 16);
        }
        at += 17 + if *state == 0 { 0 } else { length(at + 17)? };
    }
    assert!(!states.is_empty(), "the draft is among them");
    states.into_iter().for_each(|at| plain[at] = 2);
    let mut packed = count.to_vec();
    DeflateEncoder::new(&plain[..], flate2::Compression::fast()).read_to_end(&mut packed).ok()?;
    Some(packed)
}
