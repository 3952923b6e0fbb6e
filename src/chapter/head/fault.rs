//! What is wrong with a head: facts that a chapter carries, and the diagnostics made
//! of them once it is known whether the handbook has audiences.

use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Message;
use crate::message;
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
    /// The first line is not `---`, but something like it.
    Opening,
    /// The last line is not `---`, but something like it.
    Closing,
    /// There is no first `---`.
    NoOpening,
    /// There is no last `---`.
    NoEnd,
    /// There is neither.
    NoFences,
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
    /// A line of text.
    Text,
    /// Characters that are not seen, such as a second byte order mark.
    Unseen,
}

impl Fault {
    /// The diagnostic. `Error` where a handbook that has audiences would not know who may
    /// read the chapter, or where the block names one; else a warning. `None` where
    /// only a handbook with audiences is concerned.
    #[must_use]
    pub fn diagnostic(&self, path: &Arc<str>, audiences: bool, names_audience: bool) -> Option<Diagnostic> {
        let near = match &self.kind {
            FaultKind::AudienceKey(key) => super::super::audience::is_slip(key),
            FaultKind::Elsewhere => false,
            _ => true,
        };
        if !near && !audiences && !names_audience {
            return None;
        }
        let rule = match &self.kind {
            FaultKind::AudienceKey(_) => &rule::UNKNOWN_AUDIENCE,
            _ => &rule::FRONT_MATTER,
        };
        let (message, help) = self.words();
        let mut diagnostic = Diagnostic::new(rule, message).at(path, self.span.clone()).help(help);
        if matches!(self.kind, FaultKind::NoEnd | FaultKind::NoOpening | FaultKind::NoFences) {
            diagnostic = diagnostic.label(message!("front-matter-begins"));
        }
        let certain = audiences || names_audience || matches!(self.kind, FaultKind::AudienceKey(_));
        diagnostic.level = if certain { Level::Error } else { Level::Warning };
        Some(diagnostic)
    }

    /// What is wrong, and what to do.
    fn words(&self) -> (Message, Message) {
        match &self.kind {
            FaultKind::Above(above) => (message!("front-matter-above", what = above.words()), above.help()),
            FaultKind::Opening => (message!("front-matter-opening"), message!("front-matter-opening.help")),
            FaultKind::Closing => (message!("front-matter-closing"), message!("front-matter-closing.help")),
            FaultKind::NoOpening => {
                (message!("front-matter-no-opening"), message!("front-matter-no-opening.help"))
            }
            FaultKind::NoFences => {
                (message!("front-matter-no-fences"), message!("front-matter-no-fences.help"))
            }
            FaultKind::NoEnd => (message!("front-matter-no-end"), message!("front-matter-no-end.help")),
            FaultKind::Toml => (message!("front-matter-toml"), message!("front-matter-toml.help")),
            FaultKind::Fenced => (message!("front-matter-fenced"), message!("front-matter-fenced.help")),
            FaultKind::Conflict => {
                (message!("front-matter-conflict"), message!("front-matter-conflict.help"))
            }
            FaultKind::LineEnds => {
                (message!("front-matter-line-ends"), message!("front-matter-line-ends.help"))
            }
            FaultKind::MergeKey => {
                (message!("front-matter-merge-key"), message!("front-matter-merge-key.help"))
            }
            FaultKind::KeyForm(key) => {
                (message!("front-matter-key-form", key = key), message!("front-matter-key-form.help"))
            }
            FaultKind::AudienceKey(key) => {
                (message!("unknown-audience-key", key = key), message!("unknown-audience-key.help"))
            }
            FaultKind::Elsewhere => {
                (message!("front-matter-elsewhere"), message!("front-matter-elsewhere.help"))
            }
        }
    }
}

impl Above {
    /// What it is, as part of a sentence.
    fn words(self) -> Message {
        match self {
            Self::Blank => message!("front-matter-above-blank"),
            Self::Comment => message!("front-matter-above-comment"),
            Self::Conflict => message!("front-matter-above-conflict"),
            Self::Heading => message!("front-matter-above-heading"),
            Self::Html => message!("front-matter-above-html"),
            Self::Signs => message!("front-matter-above-signs"),
            Self::Text => message!("front-matter-above-text"),
            Self::Unseen => message!("front-matter-above-unseen"),
        }
    }

    fn help(self) -> Message {
        match self {
            Self::Blank => message!("front-matter-above-blank.help"),
            Self::Unseen => message!("front-matter-above-unseen.help"),
            Self::Conflict => message!("front-matter-conflict.help"),
            _ => message!("front-matter-above.help"),
        }
    }
}
