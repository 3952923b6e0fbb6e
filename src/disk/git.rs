//! What the `git` program says of the project's repository, and the history of the chapters in
//! it (`editions`).
//!
//! Git runs with nothing of the repository's own: no hooks, no file system monitor, no pager,
//! no replaced objects, so that a commit's id says all that was read at it.

mod blobs;
mod changes;
mod editions;
mod folders;
mod kept;
mod log;
mod pictures;

pub(super) use blobs::contents;
pub(super) use editions::read;

use crate::locale::Message;
use crate::message;
use std::path::Path;
use std::process::{Command, Stdio};

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args([
        "--no-pager",
        "--no-optional-locks",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.quotePath=false",
        "-c",
        "log.showSignature=false",
    ]);
    command
        .env("LC_ALL", "C")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE");
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// The commit that history is read at.
pub(super) struct Head {
    /// Its id.
    pub(super) id: String,
    /// Where the folder lies in the repository: empty, or with `/` at its end.
    pub(super) place: String,
    /// Whether the repository has only its latest commits.
    pub(super) is_shallow: bool,
}

/// The commit that a name such as `HEAD` stands for, as seen from a folder.
///
/// # Errors
/// A message where there is no `git`, no repository, or no commit.
pub(super) fn head(root: &Path, name: &str) -> Result<Head, Message> {
    let output = git(root)
        .args(["rev-parse", "--is-shallow-repository", "--show-prefix", name])
        .output()
        .map_err(|error| message!("no-history-git", reason = &error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = text.lines().collect();
    match (output.status.success(), &lines[..]) {
        (true, [shallow, place @ .., id]) => {
            let (id, place) = ((*id).to_owned(), place.join("\n"));
            Ok(Head { id, place, is_shallow: *shallow == "true" })
        }
        _ => Err(message!("no-history-repository")),
    }
}

/// The id of the commit that a name means.
///
/// # Errors
/// A message where there is none.
pub(super) fn commit(root: &Path, name: &str) -> Result<String, Message> {
    let wanted = format!("{name}^{{commit}}");
    line(git(root).args(["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]))?
        .ok_or_else(|| message!("no-commit", name = name))
}

/// The commit that two others come from.
///
/// # Errors
/// A message where there is none.
pub(super) fn merge_base(root: &Path, one: &str, other: &str) -> Result<String, Message> {
    line(git(root).args(["merge-base", one, other]))?.ok_or_else(|| message!("no-common-commit"))
}

/// The line that git answers with, if it succeeds.
fn line(command: &mut Command) -> Result<Option<String>, Message> {
    let output = command.output().map_err(|error| message!("no-history-git", reason = &error))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok((output.status.success() && !text.is_empty()).then_some(text))
}

/// Whether any of these paths of a folder differs from what is checked out.
pub(super) fn is_changed(root: &Path, paths: &[&str]) -> bool {
    let output = git(root).args(["status", "--porcelain", "--"]).args(paths).output();
    output.is_ok_and(|output| !output.stdout.is_empty())
}

/// A file or link of a commit.
pub(super) struct Entry {
    /// The id of what it holds.
    pub(super) id: String,
    /// Its path below the folder, with `/`.
    pub(super) path: String,
    pub(super) is_link: bool,
}

/// The files and links below a folder at a commit.
///
/// # Errors
/// A message where there is no such commit.
pub(super) fn list(root: &Path, commit: &str) -> Result<Vec<Entry>, Message> {
    let output = git(root)
        .args(["ls-tree", "-r", "-z", commit])
        .output()
        .map_err(|error| message!("no-history-git", reason = &error))?;
    if !output.status.success() {
        return Err(message!("snapshot-no-commit", commit = commit));
    }
    // "<mode> blob <id>\t<path>".
    let entry = |line: &[u8]| {
        let line = std::str::from_utf8(line).ok()?;
        let (head, path) = line.split_once('\t')?;
        let mut parts = head.split(' ');
        let (mode, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
        let entry = Entry { id: id.to_owned(), path: path.to_owned(), is_link: mode == "120000" };
        (kind == "blob").then_some(entry)
    };
    Ok(output.stdout.split(|byte| *byte == 0).filter_map(entry).collect())
}

/// Where a folder lies in its repository: empty, or with `/` at its end.
pub(super) fn place(root: &Path) -> String {
    let output = git(root).args(["rev-parse", "--show-prefix"]).output();
    let place = output.ok().filter(|output| output.status.success());
    place.map_or_else(String::new, |output| {
        String::from_utf8_lossy(&output.stdout).trim_end_matches(['\r', '\n']).to_owned()
    })
}
