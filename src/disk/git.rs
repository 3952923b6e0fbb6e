//! The history of the chapters, read by the `git` program.
//!
//! One `git log` tells which texts each file had, through renames, and one `git cat-file`
//! gives them. Only two texts of a version are kept: the last, which is the edition, and the
//! first with which the version was approved, which a later text must not differ from. Git
//! runs with nothing of the repository's own: no hooks, no file system monitor, no pager.

use crate::chapter::version::EditionHead;
use crate::locale::Message;
use crate::message;
use crate::source::{Above, Commit, EditionOf, EditionSource, Source};
use folders::FolderPages;
use jiff::civil::Date;
use pictures::Pictures;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Renamed files that are compared at most in one commit; exact renames are always found.
const RENAMES: &str = "-l2000";

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
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE");
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// The commit that a name such as `HEAD` stands for, and whether the history is shallow.
///
/// # Errors
/// A message where there is no `git`, no repository, or no commit.
pub(super) fn head(root: &Path, name: &str) -> Result<(String, bool), Message> {
    let output = git(root)
        .args(["rev-parse", "--is-shallow-repository", name])
        .output()
        .map_err(|error| message!("no-history-git", reason = &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut lines = text.lines();
    match (output.status.success(), lines.next(), lines.next()) {
        (true, Some(shallow), Some(head)) => Ok((head.to_owned(), shallow == "true")),
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

mod blobs;
mod changes;
mod folders;
mod pictures;

pub(super) use blobs::contents;
use blobs::texts;

/// A text that a file had after a commit.
struct Version {
    blob: String,
    commit: Arc<Commit>,
    /// The name that the file had then, and how many commits are newer.
    name: Arc<str>,
    age: usize,
}

/// A file through its renames.
struct Chain {
    /// Its name now, or the last it had.
    name: Arc<str>,
    /// The commit that removed it.
    removed: Option<Arc<Commit>>,
    /// Its texts, the newest first.
    versions: Vec<Version>,
}

/// The editions of the chapters below `content`, a folder of the project, up to a commit: of
/// each file the oldest first.
///
/// # Errors
/// A message where git cannot be run or fails.
pub(super) fn read(root: &Path, content: &str, at: &str) -> Result<Vec<EditionSource>, Message> {
    let (chains, pages, pictures) = chains(&log(root, content, at)?, content);
    editions(root, content, &chains, pages, &pictures)
}

fn log(root: &Path, content: &str, at: &str) -> Result<Vec<u8>, Message> {
    let place = if content.is_empty() { "." } else { content.trim_end_matches('/') };
    let output = git(root)
        .args(["log", "--first-parent", "-m", "--raw", "-z", "-M", RENAMES, "--no-abbrev", "--relative"])
        .args(["--no-ext-diff", "--no-textconv", "--format=commit %H %cs", at, "--", place])
        .output()
        .map_err(|error| message!("no-history-git", reason = &error))?;
    if output.status.success() { Ok(output.stdout) } else { Err(message!("no-history-failed")) }
}

/// The files of a log in the form of `--raw -z`, newest commit first, the folders' own pages, and the
/// pictures.
fn chains(log: &[u8], content: &str) -> (Vec<Chain>, FolderPages, Pictures) {
    let (mut pages, mut pictures) = (FolderPages::default(), Pictures::default());
    let mut age = 0;
    let mut chains: Vec<Chain> = Vec::new();
    // Which chain a name belongs to at the time that the walk has come to.
    let mut named: HashMap<String, usize> = HashMap::new();
    let mut commit = Arc::new(Commit::default());
    let mut fields = log.split(|byte| *byte == 0).map(String::from_utf8_lossy);
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
        let path = new.as_deref().unwrap_or(&old);
        let is_text = mode.starts_with("100") && !status.starts_with('D');
        pages.add(path.strip_prefix(content), age, is_text.then_some(blob));
        pictures.add(path.strip_prefix(content), age, is_text.then_some(blob));
        if status.starts_with('R') {
            pictures.add(old.strip_prefix(content), age, None);
            pages.add(old.strip_prefix(content), age, None);
        }
        let Some(name) = path.strip_prefix(content).filter(|name| super::is_chapter(name)) else {
            named.remove(path);
            continue;
        };
        let mut fresh = || {
            chains.push(Chain { name: name.into(), removed: None, versions: Vec::new() });
            chains.len() - 1
        };
        let chain = *named.entry(path.to_owned()).or_insert_with(&mut fresh);
        if status.starts_with('D') {
            if chains[chain].versions.is_empty() {
                chains[chain].removed = Some(Arc::clone(&commit));
            }
            continue;
        }
        if is_text {
            let (blob, commit) = (blob.to_owned(), Arc::clone(&commit));
            chains[chain].versions.push(Version { blob, commit, name: name.into(), age });
        }
        if status.starts_with('R') {
            named.remove(path);
            named.insert(old.into_owned(), chain);
        }
    }
    (chains, pages, pictures)
}

/// The editions of all chains.
fn editions(
    root: &Path,
    content: &str,
    chains: &[Chain],
    mut pages: FolderPages,
    pictures: &Pictures,
) -> Result<Vec<EditionSource>, Message> {
    let wanted: Vec<&str> =
        chains.iter().flat_map(|chain| chain.versions.iter().map(|version| version.blob.as_str())).collect();
    let mut editions = Vec::new();
    let mut current =
        chains.iter().flat_map(|chain| chain.versions.iter().map(move |version| (chain, version)));
    let mut open: Option<Open<'_>> = None;
    texts(root, &wanted, &mut |text| {
        let Some((chain, version)) = current.next() else { return };
        if let Some(text) = &text {
            pages.read(&version.blob, text);
        }
        if open.as_ref().is_none_or(|open| !std::ptr::eq(open.chain, chain)) {
            if let Some(done) = open.take() {
                done.finish(content, &mut editions);
            }
            open = Some(Open { chain, found: Vec::new(), withdrawn: BTreeSet::new() });
        }
        if let (Some(open), Some(text)) = (open.as_mut(), text) {
            open.add(text, version);
        }
    })?;
    if let Some(done) = open.take() {
        done.finish(content, &mut editions);
    }
    let wanted: Vec<_> = editions.iter().map(|(edition, _, age)| pictures.of(&edition.text, *age)).collect();
    let kept = pictures::read(root, &wanted)?;
    let whole = |((mut edition, name, age), kept): ((EditionSource, Arc<str>, usize), _)| {
        edition.above = pages.above(&name, age);
        edition.pictures = kept;
        edition
    };
    Ok(editions.into_iter().zip(kept).map(whole).collect())
}

/// A version's text as the walk from the newest commit back has found it.
struct Found {
    version: String,
    text: Arc<str>,
    commit: Arc<Commit>,
    name: Arc<str>,
    age: usize,
    /// The earliest text of this version that was published, if it is another one.
    first: Option<Arc<str>>,
    /// The commit from which on the file had this version without a break.
    since: Arc<Commit>,
    /// Whether it had the version before, and another one in between.
    is_back: bool,
}

/// A chain that is being read.
struct Open<'a> {
    chain: &'a Chain,
    found: Vec<Found>,
    /// Versions whose last text is none that is published: taken back.
    withdrawn: BTreeSet<String>,
}

/// Whether a text may say which version it is. Most texts of a history say nothing of it, and need
/// not be read.
fn may_have_version(text: &str) -> bool {
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    // An escape in YAML or JSON may spell it too.
    ["ersion", "ERSION", "版本", "\\u", "\\x", "\\U"].into_iter().any(has)
}

impl Open<'_> {
    fn add(&mut self, text: String, version: &Version) {
        if !may_have_version(&text) {
            return;
        }
        let text: Arc<str> = text.into();
        let head = EditionHead::read(&Source::new("", Arc::clone(&self.chain.name), Arc::clone(&text)));
        let own = head.front.version.clone();
        if own.is_empty() || self.withdrawn.contains(&own) {
            return;
        }
        let is_next = self.found.last().is_some_and(|found| found.version == own);
        let known = self.found.iter_mut().find(|found| found.version == own);
        match known {
            Some(found) if head.is_published => {
                found.first = Some(text);
                found.is_back |= !is_next;
                if !found.is_back {
                    found.since = Arc::clone(&version.commit);
                }
            }
            Some(_) => {}
            None if head.is_published => {
                let (commit, name) = (Arc::clone(&version.commit), Arc::clone(&version.name));
                let (since, age) = (Arc::clone(&commit), version.age);
                let found =
                    Found { version: own, text, commit, name, age, first: None, since, is_back: false };
                self.found.push(found);
            }
            None => drop(self.withdrawn.insert(own)),
        }
    }

    fn finish(self, content: &str, editions: &mut Vec<(EditionSource, Arc<str>, usize)>) {
        for found in self.found.into_iter().rev() {
            let id = &found.commit.id;
            let short = id.get(..10).unwrap_or(id);
            let edition = EditionSource {
                of: EditionOf::File(Arc::clone(&self.chain.name)),
                path: format!("{content}{}@{short}", self.chain.name).into(),
                text: found.text,
                above: Above::Present,
                commit: Some(found.commit),
                first: found.first,
                returned: found.is_back.then_some(found.since),
                pictures: Arc::from([]),
                removed: self.chain.removed.clone(),
            };
            editions.push((edition, found.name, found.age));
        }
    }
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
        let shown: Vec<String> = chains(log.as_bytes(), "content/")
            .0
            .iter()
            .map(|chain| {
                let blobs: Vec<&str> = chain.versions.iter().map(|version| version.blob.as_str()).collect();
                let gone = chain.removed.as_ref().map_or("", |commit| &commit.id);
                format!("{} {} {gone}", chain.name, blobs.join(","))
            })
            .collect();
        assert_eq!(shown, ["b.md b3,b1,b1 ", "x.md x1 c2"]);
    }
}
