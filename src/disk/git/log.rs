//! Which texts each chapter's file had, through its renames, from the log of a repository.

use super::folders::{Entry, FolderPages};
use super::git;
use super::pictures::Pictures;
use crate::locale::Message;
use crate::message;
use crate::source::Commit;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Renamed files that are compared at most in one commit; exact renames are always found.
const RENAMES: &str = "-l2000";

/// A text that a file had after a commit.
pub(super) struct Version<'a> {
    pub(super) blob: &'a str,
    pub(super) commit: Arc<Commit>,
    /// The name that the file had then, and how many commits are newer.
    pub(super) name: &'a str,
    pub(super) age: usize,
}

/// A file through its renames.
pub(super) struct Chain<'a> {
    /// Its name now, or the last it had.
    pub(super) name: &'a str,
    /// The commit that removed it.
    pub(super) removed: Option<Arc<Commit>>,
    /// How many commits are as new as that one; 0 where it is there.
    pub(super) age: usize,
    /// Whether it was no text at its end, such as a symbolic link.
    pub(super) ends_unread: bool,
    /// Its texts, the newest first.
    pub(super) versions: Vec<Version<'a>>,
}

impl<'a> Chain<'a> {
    const fn new(name: &'a str) -> Self {
        Self { name, removed: None, age: 0, ends_unread: false, versions: Vec::new() }
    }

    /// Notes a commit that removed it, unless a newer one is known to have brought it back.
    fn is_removed_by(&mut self, commit: &Arc<Commit>, age: usize) {
        if self.versions.is_empty() && !self.ends_unread && self.removed.is_none() {
            self.removed = Some(Arc::clone(commit));
            self.age = age;
        }
    }

    /// The blob of its last text; `None` where it was none.
    pub(super) fn last(&self) -> Option<&'a str> {
        self.versions.first().filter(|_| !self.ends_unread).map(|version| version.blob)
    }

    /// The blob of each of its texts, with the name under which it is read.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.versions.iter().map(|version| (version.blob, self.name))
    }
}

/// The log of the files below `content` in the form of `--raw -z`, newest commit first: of a
/// commit and those before it, or of `earlier..commit`.
///
/// # Errors
/// A message where git cannot be run or fails.
pub(super) fn read(root: &Path, content: &str, at: &str) -> Result<String, Message> {
    let place = if content.is_empty() { "." } else { content.trim_end_matches('/') };
    let output = git(root)
        .args(["log", "--first-parent", "-m", "--raw", "-z", "-M", RENAMES, "--no-abbrev", "--relative"])
        .args(["--no-ext-diff", "--no-textconv", "--format=commit %H %cs", at, "--", place])
        .output()
        .map_err(|error| message!("no-history-git", reason = &error))?;
    // What is no text is the name of a file that is not read either.
    let log = || String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() { Ok(log()) } else { Err(message!("no-history-failed")) }
}

/// The files of a log, the folders' own pages, and the pictures.
pub(super) fn chains<'a>(log: &'a str, content: &str) -> (Vec<Chain<'a>>, FolderPages, Pictures) {
    let (mut pages, mut pictures) = (FolderPages::default(), Pictures::default());
    let mut age = 0;
    let mut chains: Vec<Chain<'_>> = Vec::new();
    // Which chain a name belongs to at the time that the walk has come to.
    let mut named: HashMap<&str, usize> = HashMap::new();
    let mut commit = Arc::new(Commit::default());
    let mut fields = log.split('\0');
    while let Some(field) = fields.next() {
        let field = field.trim_start_matches('\n');
        if let Some(rest) = field.strip_prefix("commit ") {
            let (id, day) = rest.split_once(' ').unwrap_or((rest, ""));
            commit = Arc::new(Commit { id: id.into(), day: day.trim().parse().unwrap_or(Date::MIN) });
            age += 1;
            continue;
        }
        let Some(entry) = field.strip_prefix(':') else { continue };
        let parts: Vec<&str> = entry.split(' ').collect();
        let [_, mode, _, blob, status] = parts[..] else { continue };
        let Some(old) = fields.next() else { break };
        let new = if status.starts_with(['R', 'C']) { fields.next() } else { None };
        let path = new.unwrap_or(old);
        let is_text = mode.starts_with("100") && !status.starts_with('D');
        let entry = match mode {
            _ if status.starts_with('D') => Entry::Gone,
            _ if is_text => Entry::File(blob),
            _ => Entry::Other,
        };
        pages.add(path.strip_prefix(content), age, entry);
        pictures.add(path.strip_prefix(content), age, is_text.then_some(blob));
        if status.starts_with('R') {
            pictures.add(old.strip_prefix(content), age, None);
            pages.add(old.strip_prefix(content), age, Entry::Gone);
        }
        let chapter = |path: &'a str| path.strip_prefix(content).filter(|name| crate::disk::is_chapter(name));
        let mut fresh = |name| {
            chains.push(Chain::new(name));
            chains.len() - 1
        };
        let Some(name) = chapter(path) else {
            named.remove(path);
            // Who renames a chapter to what is none takes it away.
            if let Some(name) = chapter(old).filter(|_| status.starts_with('R')) {
                let chain = *named.entry(old).or_insert_with(|| fresh(name));
                chains[chain].is_removed_by(&commit, age);
            }
            continue;
        };
        let chain = *named.entry(path).or_insert_with(|| fresh(name));
        if status.starts_with('D') {
            chains[chain].is_removed_by(&commit, age);
            continue;
        }
        chains[chain].ends_unread |= !is_text && chains[chain].versions.is_empty();
        if is_text {
            let commit = Arc::clone(&commit);
            chains[chain].versions.push(Version { blob, commit, name, age });
        }
        if status.starts_with('R') {
            named.remove(path);
            named.insert(old, chain);
        }
    }
    pages.finish();
    (chains, pages, pictures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_gives_each_file_through_its_renames() {
        let log = "commit c3 2026-03-01\0\n:100644 100644 b1 b3 M\0content/b.md\0\
                   commit c2 2026-02-01\0\n:100644 100644 b1 b1 R100\0content/a.md\0content/b.md\0\
                   :100644 000000 x1 00 D\0content/x.md\0\
                   commit c1 2026-01-01\0\n:000000 100644 00 b1 A\0content/a.md\0\
                   :000000 100644 00 x1 A\0content/x.md\0:000000 100644 00 p1 A\0content/p.png\0";
        let shown: Vec<String> = chains(log, "content/")
            .0
            .iter()
            .map(|chain| {
                let blobs: Vec<&str> = chain.versions.iter().map(|version| version.blob).collect();
                let gone = chain.removed.as_ref().map_or("", |commit| &commit.id);
                format!("{} {} {gone}", chain.name, blobs.join(","))
            })
            .collect();
        assert_eq!(shown, ["b.md b3,b1,b1 ", "x.md x1 c2"]);
    }
}
