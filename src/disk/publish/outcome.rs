//! What publishing did, would do, or why it did nothing.

use crate::diagnostic::Diagnostic;
use std::io;
use std::path::PathBuf;

/// What publishing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Publication {
    /// Files written.
    pub written: u64,
    /// Files that were there already, byte for byte.
    pub unchanged: u64,
    /// Files of an earlier build that were removed.
    pub removed: u64,
    /// What should have gone and is still there.
    pub diagnostics: Vec<Diagnostic>,
}

/// In what a site differs from what stands in a folder or a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Differences {
    /// Addresses at which nothing stands yet, sorted.
    pub added: Vec<String>,
    /// Addresses at which something else stands, sorted.
    pub changed: Vec<String>,
    /// What an earlier build wrote and is no part of the site, sorted.
    pub removed: Vec<String>,
    /// Files that are there already, byte for byte.
    pub unchanged: u64,
    /// What should go and cannot.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum PublishError {
    /// The folder must not be used; the words say why and what to do.
    Refused(String),
    /// The disk failed at this path; the folder is as it was.
    Disk(PathBuf, io::Error),
    /// The disk failed at this path, and then again when the old site was put
    /// back. Both are whole page by page; the next run finishes.
    HalfDone(PathBuf, io::Error),
    /// Templates failed, or the run would do what a person must say twice.
    Findings(Vec<Diagnostic>),
}

impl std::fmt::Display for PublishError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(words) => f.write_str(words),
            Self::Disk(path, error) => {
                write!(f, "{}: {error}\n  {}", path.display(), advice(error))
            }
            Self::HalfDone(path, error) => write!(
                f,
                "{}: {error}\n  some pages are new and some are old; mend the disk and run this again",
                path.display()
            ),
            Self::Findings(found) => {
                let words: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
                f.write_str(&words.join("\n"))
            }
        }
    }
}

impl std::error::Error for PublishError {}

/// What a person can do about a failing disk.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full: the site is as it was; make room and run this again",
        io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "a quota or limit is reached: the site is as it was; raise it or make room, and run this again"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "nothing may be written there: the site is as it was; ask for the right to write, or choose another folder"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => {
            "something is in the way: the site is as it was; move it away, or choose another folder"
        }
        _ => "the site is as it was",
    }
}
