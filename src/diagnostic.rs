//! Findings as data: what is wrong, where, how bad it is, what to write instead.
//!
//! Stages return a [`Checked`] value: the best they could make, together with
//! everything they found wrong. Nothing here prints; `report` does, once.

use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported at all.
    Off,
    /// Worth knowing; never fails a build.
    Note,
    /// Wrong, but the site can be published; fails with `--deny-warnings`.
    Warning,
    /// Would publish something false or unsafe; the build is not published.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Stable name of the kind of finding, e.g. `unknown-role`; see [`CODES`].
    pub code: &'static str,
    /// How bad it is, before `checks:` of handbook.yaml has its say.
    pub level: Level,
    /// File it is about, relative to the project folder, with `/`.
    pub path: Option<Arc<str>>,
    /// Place in that file, in bytes.
    pub span: Option<Span>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What stands beside the marks under the quoted line.
    pub label: Option<String>,
    /// What to write or do instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of a code from [`CODES`], at that code's default level.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            level: default_level(code),
            path: None,
            span: None,
            message: message.into(),
            label: None,
            help: None,
        }
    }

    /// The same finding, at a place.
    #[must_use]
    pub fn at(mut self, path: &Arc<str>, span: impl Into<Option<Span>>) -> Self {
        self.path = Some(Arc::clone(path));
        self.span = span.into();
        self
    }

    /// The same finding with words beside the marks.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with `did you mean ...?` where a near name is known.
    #[must_use]
    pub fn nearest(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
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
    /// Joins a value with its findings.
    pub const fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Gives back the value and adds its findings to `all`.
    pub fn take(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

/// Every code with its default level and what it means; `checks:` in
/// handbook.yaml may set another level.
pub const CODES: &[(&str, Level, &str)] = &[
    ("alias-conflict", Level::Warning, "two chapters answer to one title or alias"),
    ("bidi-control", Level::Warning, "a title or file name holds characters that turn the writing round"),
    ("broken-anchor", Level::Warning, "a link names an anchor that its chapter does not have"),
    ("broken-image", Level::Warning, "an image's file does not exist"),
    ("broken-link", Level::Warning, "a link's file does not exist"),
    ("case-mismatch", Level::Warning, "a link differs from its file's name in case or Unicode form"),
    (
        "changed-output",
        Level::Error,
        "a file of the published site was changed by somebody else, and stays so",
    ),
    ("confidential-for-all", Level::Warning, "a chapter marked confidential or secret that everyone may see"),
    ("cycle", Level::Error, "departments, roles or chapters refer to each other in a circle"),
    ("dangling-clause", Level::Warning, "a reference names a clause that its chapter does not have"),
    ("date-order", Level::Error, "two dates are in the wrong order"),
    ("dead-link", Level::Warning, "an outside link leads nowhere (`--external`)"),
    ("draft-target", Level::Warning, "a chapter refers to a draft, which is not published"),
    ("duplicate-id", Level::Error, "two chapters, departments or roles have one id"),
    ("duplicate-term", Level::Warning, "two entries of the glossary have one name"),
    ("duplicate-url", Level::Error, "two files would be published at one address"),
    ("embed-cycle", Level::Error, "a quotation would hold itself"),
    ("empty-definition", Level::Warning, "a term of the glossary has no definition"),
    ("encoding", Level::Error, "a file is not UTF-8"),
    ("front-matter", Level::Error, "front matter is not valid YAML, or not in its place"),
    ("future-revision", Level::Note, "a revision is dated after the day the site is built for"),
    ("invalid-date", Level::Error, "a date does not exist or is not written as year-month-day"),
    ("invalid-value", Level::Error, "a value is of the wrong type or not one of those allowed"),
    ("limit", Level::Error, "an input passes one of the stated limits"),
    ("misnamed-settings", Level::Warning, "a file that is nearly called handbook.yaml or organization.yaml"),
    ("moved-link", Level::Note, "an outside link leads elsewhere for ever (`--external`)"),
    ("not-removed", Level::Error, "a page that is no part of the site any more could not be removed"),
    ("orphan-chapter", Level::Note, "nothing refers to a chapter, and no index but the tree lists it"),
    ("outdated-target", Level::Warning, "a chapter in force refers to one that is superseded or retired"),
    ("overdue", Level::Note, "a chapter's review date has passed"),
    ("raw-html", Level::Note, "raw HTML that could run a script was removed"),
    ("redirect-conflict", Level::Warning, "an address under `redirect_from` is already taken"),
    ("reserved-id", Level::Warning, "an id begins as those of the page's own parts do, and is left out"),
    ("reserved-url", Level::Note, "a folder has the name of a generated index, which was moved aside"),
    (
        "restricted-chapter",
        Level::Warning,
        "a site for everyone holds chapters that are for an audience only",
    ),
    ("short-term", Level::Warning, "a term of one character, which is not marked in the text"),
    ("site-audience", Level::Error, "a site for more readers would take the place of one for fewer"),
    ("site-content", Level::Error, "a whole folder would take the place of a site made from content/"),
    ("site-handbook", Level::Error, "a site would take the place of another handbook's"),
    ("site-shrinks", Level::Error, "most chapters, or the last, would go from a site at once"),
    ("theme", Level::Error, "a template, asset or locale of the theme is wrong"),
    ("unknown-audience", Level::Error, "no audience has this key or name"),
    ("unknown-department", Level::Error, "no department has this id or name"),
    ("unknown-document", Level::Warning, "no chapter has this id or title"),
    ("unknown-key", Level::Warning, "a key that nothing reads"),
    ("unknown-role", Level::Error, "no role has this id or name"),
    ("unknown-title", Level::Note, "a title in 《》 is neither a chapter nor an external reference"),
    ("unreadable", Level::Warning, "a file was not read: a link out of the tree, a device, no permission"),
    (
        "unreadable-settings",
        Level::Error,
        "handbook.yaml, organization.yaml or a file of the theme is there and was not read",
    ),
    ("withheld-embed", Level::Error, "a chapter shows the text of one that the audience may not see"),
    ("withheld-successor", Level::Warning, "what superseded a chapter is withheld from the audience"),
    ("withheld-target", Level::Off, "a chapter links to one that the audience may not see"),
    ("yaml", Level::Error, "handbook.yaml or organization.yaml is not valid YAML"),
];

/// Codes that stay errors whatever `checks:` says.
pub const FIXED: &[&str] = &[
    "changed-output",
    "not-removed",
    "site-audience",
    "site-content",
    "site-handbook",
    "site-shrinks",
    "unreadable-settings",
    "withheld-embed",
];

fn default_level(code: &str) -> Level {
    debug_assert!(CODES.iter().any(|row| row.0 == code), "{code} is not in CODES");
    CODES.iter().find(|row| row.0 == code).map_or(Level::Error, |row| row.1)
}

/// Characters of a name that is compared with others; longer ones are no
/// mistyped names, and comparing takes the product of both lengths.
const MAX_NAME: usize = 100;

/// The name nearest to `name`, if one is near enough to be worth proposing.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.trim().to_lowercase();
    let length = wanted.chars().count();
    if length > MAX_NAME {
        return None;
    }
    let near = |candidate: &'a str| {
        let other = candidate.chars().count();
        let allowed = (length.max(other) / 3).max(1);
        // The distance is never less than the difference of the lengths.
        if length.abs_diff(other) > allowed {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
        (distance <= allowed && distance < length.max(2)).then_some((distance, candidate))
    };
    let nearest = known.into_iter().filter_map(near).min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    nearest.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_proposes_only_what_is_near() {
        assert_eq!(nearest("运营经里", ["运营总监", "运营经理", "客服"]), Some("运营经理"));
        assert_eq!(nearest("titel", ["title", "topics"]), Some("title"));
        assert_eq!(nearest("财务", ["客服", "美工"]), None);
    }

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
