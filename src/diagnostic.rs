//! Diagnostics as data: what is wrong, where, how bad it is, what to write instead.
//!
//! Stages return a [`Checked`] value: the best they could make, together with
//! everything they found wrong. Nothing here prints; `report` does, once.

mod near;

pub use near::{NearNames, nearest};

use crate::locale::{Message, Value};
use crate::message;
pub use crate::rule::Level;
use crate::rule::Rule;
use crate::text::Span;
use serde::Serialize;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A diagnostic: something wrong with the sources, at a place.
///
/// What it says is shared: a preview passes on the diagnostics of all chapters at each save, and
/// they are as many as the chapters' mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that it comes from.
    pub rule: &'static Rule,
    /// How bad it is, before `checks:` of handbook.yaml has its say.
    pub level: Level,
    /// File it is about, relative to the project folder, with `/`.
    pub path: Option<Arc<str>>,
    /// Place in that file, in bytes.
    pub span: Option<Span>,
    /// What it says.
    details: Arc<Details>,
}

/// What a diagnostic says; its fields are read as those of the [`Diagnostic`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Details {
    /// What is wrong, in one sentence.
    pub message: Message,
    /// What stands beside the marks under the quoted line.
    pub label: Option<Message>,
    /// What to write or do instead.
    pub help: Option<Message>,
    /// The audiences in whose sites it is found, by key; empty for what is found in
    /// every site.
    pub audiences: Vec<Arc<str>>,
    /// Other places that it is about, e.g. the other file that has this id.
    pub related: Vec<Related>,
    /// What can be written in a place instead, where that is known for certain enough
    /// to be proposed.
    pub suggestion: Option<Suggestion>,
}

impl Deref for Diagnostic {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.details
    }
}

impl DerefMut for Diagnostic {
    fn deref_mut(&mut self) -> &mut Details {
        Arc::make_mut(&mut self.details)
    }
}

/// A place besides the one that a diagnostic is at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// File, relative to the project folder, with `/`.
    pub path: Arc<str>,
    /// Place in that file, in bytes; `None` for the whole file.
    pub span: Option<Span>,
    /// What is there.
    pub message: Message,
}

/// What can be written instead of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The name, value or address that is proposed.
    pub text: String,
    /// How sure it is that this is meant.
    pub applicability: Applicability,
    /// The changes to the diagnostic's file that write it; they belong together. Empty
    /// where only a person can write it.
    pub edits: Vec<Edit>,
}

/// How sure it is that a suggestion is what the author meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// It resembles what is written.
    Guess,
    /// It is what is written, by another name; whether it is to be written here is for a
    /// person to say.
    Likely,
    /// It has no other reading: `check --fix` writes it.
    Certain,
}

/// A change of a file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// What is replaced, in bytes; within one line.
    pub span: Span,
    /// What stands there afterwards; of one line too.
    pub text: String,
}

impl Edit {
    /// The change that puts `text` in the place of `span`.
    #[must_use]
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

impl Suggestion {
    /// A proposal that resembles what is written.
    #[must_use]
    pub fn guess(text: impl Into<String>) -> Self {
        Self { text: text.into(), applicability: Applicability::Guess, edits: Vec::new() }
    }

    /// What is meant, by its name here.
    #[must_use]
    pub fn likely(text: impl Into<String>) -> Self {
        Self { applicability: Applicability::Likely, ..Self::guess(text) }
    }

    /// What has no other reading, and the changes that write it.
    #[must_use]
    pub fn certain(text: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { applicability: Applicability::Certain, edits, ..Self::guess(text) }
    }
}

impl Diagnostic {
    /// A diagnostic of a rule, at that rule's level.
    #[must_use]
    pub fn new(rule: &'static Rule, message: Message) -> Self {
        Self {
            rule,
            level: rule.level,
            path: None,
            span: None,
            details: Arc::new(Details {
                message,
                label: None,
                help: None,
                audiences: Vec::new(),
                related: Vec::new(),
                suggestion: None,
            }),
        }
    }

    /// The same diagnostic, at a place.
    #[must_use]
    pub fn at(mut self, path: &Arc<str>, span: impl Into<Option<Span>>) -> Self {
        self.path = Some(Arc::clone(path));
        self.span = span.into();
        self
    }

    /// The same diagnostic, less bad or worse than its rule says.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// The same diagnostic with words beside the marks.
    #[must_use]
    pub fn label(mut self, label: Message) -> Self {
        self.label = Some(label);
        self
    }

    /// The same diagnostic with advice.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// The same diagnostic, of the site for an audience.
    #[must_use]
    pub fn of_audience(mut self, audience: &str) -> Self {
        self.audiences = vec![audience.into()];
        self
    }

    /// What stands beside the marks: the label, or for whom the place is withheld.
    #[must_use]
    pub fn shown_label(&self) -> Option<Message> {
        let audiences = || self.audiences.iter().collect::<Value>();
        let withheld = || message!("not-for-audiences", audiences = audiences());
        self.label.clone().or_else(|| (!self.audiences.is_empty()).then(withheld))
    }

    /// The same diagnostic with what can be written instead.
    #[must_use]
    pub fn suggest(mut self, suggestion: Suggestion) -> Self {
        self.suggestion = Some(suggestion);
        self
    }

    /// The changes that mend it without a doubt; `None` where a person must do it.
    #[must_use]
    pub fn fix(&self) -> Option<&[Edit]> {
        let certain = self.suggestion.as_ref().filter(|one| one.applicability == Applicability::Certain)?;
        (self.path.is_some() && !certain.edits.is_empty()).then_some(&certain.edits)
    }

    /// The same diagnostic with one place more that it is about.
    #[must_use]
    pub fn related(mut self, path: &Arc<str>, span: impl Into<Option<Span>>, message: Message) -> Self {
        self.related.push(Related { path: Arc::clone(path), span: span.into(), message });
        self
    }

    /// The same diagnostic with the name that was probably meant, where one is known.
    #[must_use]
    pub fn nearest(mut self, name: Option<&str>) -> Self {
        let Some(name) = name else { return self };
        self.suggestion = Some(Suggestion::guess(name));
        self.help(message!("did-you-mean", name = name))
    }
}

/// A value and what is wrong with the input it came from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked<T> {
    /// The best value that could be made.
    pub value: T,
    /// What is wrong, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Joins a value with its diagnostics.
    pub const fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Gives back the value and adds its diagnostics to `all`.
    pub fn take(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}
