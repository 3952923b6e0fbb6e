//! What is wrong with a head: facts that a chapter carries, and the findings made
//! of them once it is known whether the handbook has audiences.

use crate::diagnostic::{Diagnostic, Level};
use crate::rule;
use crate::text::Span;
use std::sync::Arc;

/// Something that looks like front matter and is not in its place, or a key of it
/// that leaves open who may read the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Place in the file.
    pub span: Span,
}

/// The kinds of [`Fault`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// Something stands above the first `---`.
    Above(Above),
    /// The first line is no `---`, but something like it.
    Opening,
    /// The last line is no `---`, but something like it.
    Closing,
    /// There is no first `---`.
    NoOpening,
    /// There is no last `---`.
    NoEnd,
    /// It is written in TOML, between lines `+++`.
    Toml,
    /// It stands in a block of code.
    Fenced,
    /// A merge left its marks in it.
    Conflict,
    /// Its lines end with CR alone, or with a character that only some programs take
    /// for a line break.
    LineEnds,
    /// It has a key `<<`, whose values no one can see in their place.
    MergeKey,
    /// A key has full-width letters or characters that are not seen.
    KeyForm(String),
    /// A key that seems to say who may read this, and is not `audience`.
    AudienceKey(String),
    /// A line that names an audience where none is read.
    Elsewhere,
}

/// What stands above front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Above {
    /// An empty line, or spaces.
    Blank,
    /// A comment.
    Comment,
    /// A mark that a merge left behind.
    Conflict,
    /// A heading.
    Heading,
    /// Raw HTML.
    Html,
    /// A rule that opens nothing, or other signs.
    Signs,
    /// Characters that are not seen, such as a second byte order mark.
    Unseen,
}

impl Fault {
    /// The finding. `Error` where a handbook that has audiences would not know who may
    /// read the chapter, or where the block names one; else a warning. `None` where
    /// only a handbook with audiences is concerned.
    #[must_use]
    pub fn diagnostic(&self, path: &Arc<str>, audiences: bool, names_audience: bool) -> Option<Diagnostic> {
        let near = match &self.kind {
            FaultKind::AudienceKey(key) => super::super::audience::is_slip(key),
            FaultKind::Elsewhere => false,
            _ => true,
        };
        if !near && !audiences {
            return None;
        }
        let rule = match &self.kind {
            FaultKind::AudienceKey(_) => &rule::UNKNOWN_AUDIENCE,
            _ => &rule::FRONT_MATTER,
        };
        let (message, help) = self.words();
        let mut found = Diagnostic::new(rule, message).at(path, self.span.clone()).help(help);
        if matches!(self.kind, FaultKind::NoEnd | FaultKind::NoOpening) {
            found = found.label("begins here");
        }
        let certain = audiences || names_audience || matches!(self.kind, FaultKind::AudienceKey(_));
        found.level = if certain { Level::Error } else { Level::Warning };
        Some(found)
    }

    fn words(&self) -> (String, &'static str) {
        let place = "front matter begins with the first character of the file";
        let (message, help) = match &self.kind {
            FaultKind::Above(above) => {
                return (format!("{place}, but {} stands above it", above.words()), above.help());
            }
            FaultKind::Opening => {
                ("this is not the line that front matter begins with", "write three hyphens, `---`")
            }
            FaultKind::Closing => {
                ("this is not the line that front matter ends with", "write three hyphens, `---`")
            }
            FaultKind::NoOpening => ("front matter lacks its first line", "write a line `---` above it"),
            FaultKind::NoEnd => {
                ("the front matter has no end", "write a line `---` after its last `key: value` line")
            }
            FaultKind::Toml => (
                "this front matter is TOML, and handbook reads YAML",
                "write `---` instead of `+++`, and `key: value` instead of `key = value`",
            ),
            FaultKind::Fenced => (
                "the front matter stands in a block of code",
                "take away the lines with backquotes, and write `---` above and below it",
            ),
            FaultKind::Conflict => (
                "a merge left its marks in the front matter",
                "keep one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`",
            ),
            FaultKind::LineEnds => (
                "lines of the front matter end with a character that not every program takes for a line break",
                "save the file with the usual line ends, LF or CRLF",
            ),
            FaultKind::MergeKey => {
                ("front matter with a merge key `<<` is not read", "write the keys and values themselves")
            }
            FaultKind::KeyForm(key) => {
                return (
                    format!("the key `{key}` has full-width letters, or characters that are not seen"),
                    "write it again with an input method for English",
                );
            }
            FaultKind::AudienceKey(key) => {
                return (format!("`{key}` does not say who may read this"), "write `audience`");
            }
            FaultKind::Elsewhere => (
                "this seems to say who may read the chapter, but it is not read here",
                "write `audience: …` in the front matter, between `---` lines at the very beginning of the file; \
                 if it means something else, word it otherwise",
            ),
        };
        (message.to_owned(), help)
    }
}

impl Above {
    const fn words(self) -> &'static str {
        match self {
            Self::Blank => "an empty line or a space",
            Self::Comment => "a comment",
            Self::Conflict => "a mark that a merge left behind",
            Self::Heading => "a heading",
            Self::Html => "HTML",
            Self::Signs => "a rule or other signs",
            Self::Unseen => "a character that is not seen",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Blank => "remove the space above its first `---`",
            Self::Unseen => "remove everything above its first `---`, also what is not seen",
            Self::Conflict => {
                "keep one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
            }
            _ => "move it below the front matter",
        }
    }
}
