//! The project as it was at a commit, in a folder of its own that is gone afterwards.
//!
//! Files are taken from git's objects as they are, with nothing run on them: no filter, no
//! hook, no change of line ends. Names are believed in nothing, since a tree can hold any; a
//! link is made last, so that no file is written through it.

use super::{Project, git};
use crate::locale::Message;
use crate::message;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A project at a commit.
#[derive(Debug)]
#[non_exhaustive]
pub struct Snapshot {
    /// The project.
    pub project: Project,
    /// The commit.
    pub commit: String,
    /// Removed when the snapshot is dropped.
    _folder: Folder,
}

impl Project {
    /// The commit that is checked out, and whether what lies in the project differs from it;
    /// `None` where there is no repository, no commit, or no git.
    #[must_use]
    pub fn commit(&self) -> Option<(String, bool)> {
        let commit = git::head(&self.root, "HEAD").ok()?.id;
        let paths: &[&str] = match self.is_bare() {
            true => &["."],
            false => {
                &["content", "editions", "themes", "handbook.yaml", "organization.yaml", "synonyms.yaml"]
            }
        };
        Some((commit, git::is_changed(&self.root, paths)))
    }

    /// The project as it was at a commit of its repository.
    ///
    /// # Errors
    /// A message where there is no such commit, or the disk fails.
    pub fn at(&self, commit: &str) -> Result<Snapshot, Message> {
        if commit.is_empty() || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(message!("snapshot-no-commit", commit = commit));
        }
        let entries = git::list(&self.root, commit)?;
        let folder = Folder::new().map_err(failed)?;
        let is_bare = !entries.iter().any(|entry| entry.path.starts_with("content/"));
        let kept: Vec<&git::Entry> = entries.iter().filter(|entry| is_wanted(&entry.path, is_bare)).collect();
        let ids: Vec<&str> = kept.iter().map(|entry| entry.id.as_str()).collect();
        let (mut at, mut links, mut wrong) = (0, Vec::new(), None);
        git::contents(&self.root, &ids, &mut |bytes| {
            let entry = kept[at];
            at += 1;
            let Some(bytes) = bytes else { return };
            if entry.is_link {
                links.push((entry.path.as_str(), bytes));
            } else if wrong.is_none() {
                wrong = write(&folder.0, &entry.path, &bytes).err();
            }
        })?;
        for (path, target) in links {
            wrong = wrong.or(link(&folder.0, path, &target).err());
        }
        if let Some(error) = wrong {
            return Err(failed(error));
        }
        let mut project = Project::open(&folder.0).map_err(|error| error.message())?;
        project.cache = self.cache.clone();
        project.repository = Some((self.root.clone(), commit.to_owned()));
        Ok(Snapshot { project, commit: commit.to_owned(), _folder: folder })
    }
}

fn failed(error: io::Error) -> Message {
    message!("snapshot-failed", reason = &error)
}

/// Whether a file belongs to the project and has a name that leads nowhere else.
fn is_wanted(path: &str, is_bare: bool) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && !part.contains('\\')
            && !part.contains('\0')
            && !part.eq_ignore_ascii_case(".git")
    };
    let (top, is_below) = path.split_once('/').map_or((path, false), |(top, _)| (top, true));
    let is_ours = is_bare || !is_below || matches!(top, "content" | "editions" | "themes");
    is_ours && path.split('/').all(is_plain)
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let file = folder.join(path);
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    OpenOptions::new().write(true).create_new(true).open(file)?.write_all(bytes)
}

#[cfg(unix)]
fn link(folder: &Path, path: &str, target: &[u8]) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt as _;
    let file = folder.join(path);
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    std::os::unix::fs::symlink(std::ffi::OsStr::from_bytes(target), file)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &str, _: &[u8]) -> io::Result<()> {
    Ok(())
}

/// A new folder for one process, which nobody else may read.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        let above = std::env::temp_dir().canonicalize()?;
        for number in 0..1_000 {
            let path = above.join(format!("handbook-snapshot-{}-{number}", std::process::id()));
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            match builder.create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::is_wanted;

    #[test]
    fn names_that_lead_elsewhere_are_left_out() {
        for good in ["content/a.md", "editions/A/1.md", "handbook.yaml", "content/.x/a.png"] {
            assert!(is_wanted(good, false), "{good}");
        }
        for bad in [
            "content/../x",
            "../x",
            "/etc/x",
            "content/.git/config",
            "src/a.rs",
            "content//a",
            "content/a\\b",
        ] {
            assert!(!is_wanted(bad, false), "{bad}");
        }
        assert!(is_wanted("docs/a.md", true));
    }
}
