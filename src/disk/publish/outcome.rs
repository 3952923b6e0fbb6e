//! What publishing did, would do, or why it did nothing.

use crate::diagnostic::Diagnostic;
use crate::locale::{Language, Message};
use crate::message;
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

/// How a site differs from what stands in a folder or a store.
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
    /// The folder must not be used; the message says why and what to do.
    Refused(Message),
    /// The disk failed at this path; the folder is as it was.
    Disk(PathBuf, io::Error),
    /// The disk failed at this path, and then again when the old site was put
    /// back. Both are whole page by page; the next run finishes.
    HalfDone(PathBuf, io::Error),
    /// Templates failed, or the run would do something that a person must confirm by an
    /// option.
    Diagnostics(Vec<Diagnostic>),
}

impl PublishError {
    /// What is said of it to a person.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Refused(message) => message.clone(),
            Self::Disk(path, error) => {
                message!("publish-disk", path = path.as_path(), reason = error, advice = advice(error))
            }
            Self::HalfDone(path, error) => {
                message!("publish-half-done", path = path.as_path(), reason = error)
            }
            Self::Diagnostics(diagnostics) => {
                let lines: Vec<Message> =
                    diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
                message!("lines", lines = lines)
            }
        }
    }
}

impl std::fmt::Display for PublishError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&Language::ENGLISH.text(&self.message()))
    }
}

impl std::error::Error for PublishError {}

/// What a person can do about a failing disk.
fn advice(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::StorageFull => message!("publish-disk-full"),
        io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => message!("publish-disk-quota"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            message!("publish-disk-denied")
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => {
            message!("publish-disk-in-the-way")
        }
        _ => message!("publish-disk-as-it-was"),
    }
}
