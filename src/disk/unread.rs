//! Why something was not read, before a language is known.

use super::MAX_CHAPTER;
use crate::diagnostic::Diagnostic;
use crate::locale::{Language, Message, Value};
use crate::message;
use crate::rule;
use crate::text::show_turns;
use std::fmt;
use std::io;
use std::path::Path;

/// Why a file or folder was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It has more than [`MAX_CHAPTER`] bytes.
    TooLarge,
    /// A folder, a pipe or a device.
    NotAFile,
    NotAFolder,
    /// A pipe or a device.
    Device,
    /// A link to something outside.
    LeadsOut,
    /// A link to what is hidden, or left behind by an editor.
    LeadsToHidden,
    /// A link to nothing.
    LeadsNowhere,
    /// A link to a folder that it lies in.
    LeadsInACircle,
    NameNotUnicode,
    Failed(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<walkdir::Error> for Unread {
    fn from(error: walkdir::Error) -> Self {
        if error.loop_ancestor().is_some() {
            return Self::LeadsInACircle;
        }
        Self::Failed(error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()))
    }
}

impl Unread {
    /// Whether nothing is there.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Failed(error) if error.kind() == io::ErrorKind::NotFound)
    }

    /// What messages say behind the name of what was not read.
    pub(super) fn reason(&self) -> Value {
        Value::from(match self {
            Self::TooLarge => message!("unread-too-large", megabytes = MAX_CHAPTER / 1024 / 1024),
            Self::NotAFile => message!("unread-not-a-file"),
            Self::NotAFolder => message!("unread-not-a-folder"),
            Self::Device => message!("unread-device"),
            Self::LeadsOut => message!("unread-leads-out"),
            Self::LeadsToHidden => message!("unread-leads-to-hidden"),
            Self::LeadsNowhere => message!("unread-leads-nowhere"),
            Self::LeadsInACircle => message!("unread-leads-in-a-circle"),
            Self::NameNotUnicode => message!("unread-name"),
            Self::Failed(error) => return error.into(),
        })
    }
}

/// Why a folder cannot be opened as a project.
#[derive(Debug)]
pub struct OpenError(Message);

impl OpenError {
    pub(super) fn folder(folder: &Path, why: &Unread) -> Self {
        Self(message!("disk-failed", path = folder, reason = why.reason()))
    }

    pub(super) fn content(folder: &Path, why: &Unread) -> Self {
        Self(message!("unread-content", path = folder, reason = why.reason()))
    }

    /// What is said of it to a person.
    #[must_use]
    pub fn message(&self) -> Message {
        self.0.clone()
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::ENGLISH.text(&self.0))
    }
}

impl std::error::Error for OpenError {}

/// The diagnostic for a file that is not read, and why.
pub(super) fn unreadable(path: &str, why: Value) -> Diagnostic {
    let message = message!("unreadable-file", path = path, reason = why);
    Diagnostic::new(&rule::UNREADABLE, message).at(&path.into(), None)
}

/// The diagnostic for a name that may be read as another.
pub(super) fn turned(path: &str) -> Diagnostic {
    let shown = show_turns(path);
    Diagnostic::new(&rule::BIDI_CONTROL, message!("bidi-control-file", path = shown))
        .at(&path.into(), None)
        .help(message!("bidi-control-file.help"))
}
