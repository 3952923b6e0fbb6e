//! Every rule that a diagnostic can come from: one static value each.
//!
//! A rule is a code, the level it has unless `checks:` of handbook.yaml says otherwise,
//! and whether `checks:` may say so. What it means stands in the catalogues of each
//! language under its code: the message itself, and as attributes `summary`,
//! `explanation` and `example`. The table in the guide, `handbook explain` and the
//! check of `checks:` are made from this list; code never compares codes.

mod page;

pub use page::{level, page};

use crate::locale::Language;
use serde::{Deserialize, Serialize};

/// How severe a diagnostic is.
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

/// A kind of diagnostic.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Stable name, e.g. `unknown-role`; people write it under `checks:`.
    pub code: &'static str,
    /// How bad it is unless `checks:` says otherwise.
    pub level: Level,
    /// Whether it stays at its level whatever `checks:` says.
    pub is_fixed: bool,
    /// Whether it is about a name, so that people need no more than a line for each.
    pub is_line: bool,
}

impl Rule {
    /// Finds the rule with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<&'static Self> {
        RULES.binary_search_by_key(&code, |rule| rule.code).ok().map(|at| RULES[at])
    }

    /// What it means, in one line.
    #[must_use]
    pub fn summary(&self, language: Language) -> String {
        self.attribute(language, "summary")
    }

    /// Why it is checked and what to do, in a paragraph or two.
    #[must_use]
    pub fn explanation(&self, language: Language) -> String {
        self.attribute(language, "explanation")
    }

    /// A mistake, and how to write it instead.
    #[must_use]
    pub fn example(&self, language: Language) -> String {
        self.attribute(language, "example")
    }

    fn attribute(&self, language: Language, name: &str) -> String {
        let id = format!("{}.{name}", self.code);
        language.find(&id).or_else(|| Language::ENGLISH.find(&id)).unwrap_or_default()
    }
}

macro_rules! rules {
    ($($(#[$flag:ident])? $name:ident $code:literal $level:ident;)*) => {
        $(
            #[doc = concat!("`", $code, "`; `handbook explain ", $code, "` says what it means.")]
            pub static $name: Rule =
                Rule {
                    code: $code,
                    level: Level::$level,
                    is_fixed: rules!(@fixed $($flag)?),
                    is_line: rules!(@line $($flag)?),
                };
        )*

        /// Every rule, by code.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
    (@fixed fixed) => { true };
    (@line line) => { true };
    (@$question:ident $($flag:ident)?) => { false };
}

rules! {
    ALIAS_CONFLICT "alias-conflict" Warning;
    APPROVAL_STALE "approval-stale" Warning;
    BIDI_CONTROL "bidi-control" Warning;
    BROKEN_ANCHOR "broken-anchor" Warning;
    BROKEN_IMAGE "broken-image" Warning;
    BROKEN_LINK "broken-link" Warning;
    CASE_MISMATCH "case-mismatch" Warning;
    #[fixed] CHANGED_OUTPUT "changed-output" Error;
    CLAUSE_ORDER "clause-order" Warning;
    COMMENT_IN_VALUE "comment-in-value" Note;
    CONFIDENTIAL_FOR_ALL "confidential-for-all" Warning;
    CYCLE "cycle" Error;
    DANGLING_CLAUSE "dangling-clause" Warning;
    DATE_ORDER "date-order" Error;
    DEAD_LINK "dead-link" Warning;
    DIAGRAM "diagram" Warning;
    DRAFT_TARGET "draft-target" Warning;
    DUPLICATE_ID "duplicate-id" Error;
    DUPLICATE_TERM "duplicate-term" Warning;
    DUPLICATE_URL "duplicate-url" Error;
    EMBED_CYCLE "embed-cycle" Warning;
    EMPTY_DEFINITION "empty-definition" Warning;
    ENCODING "encoding" Error;
    FOREIGN_MARKUP "foreign-markup" Note;
    FOREIGN_VALUE "foreign-value" Warning;
    FORMULA "formula" Warning;
    FRONT_MATTER "front-matter" Error;
    FULL_WIDTH_LINK "full-width-link" Note;
    FUTURE_REVISION "future-revision" Note;
    HEADING_SPACE "heading-space" Warning;
    IDLE_FOOTNOTE "idle-footnote" Warning;
    INVALID_DATE "invalid-date" Error;
    INVALID_VALUE "invalid-value" Error;
    JOINED_VALUES "joined-values" Warning;
    LIMIT "limit" Error;
    MISNAMED_SETTINGS "misnamed-settings" Warning;
    MISSING_APPROVER "missing-approver" Off;
    MISSING_EFFECTIVE "missing-effective" Off;
    MISSING_PROCEDURE "missing-procedure" Warning;
    MISSING_VERSION "missing-version" Off;
    MOVED_LINK "moved-link" Note;
    NO_HISTORY "no-history" Warning;
    #[fixed] NOT_REMOVED "not-removed" Error;
    ORPHAN_CHAPTER "orphan-chapter" Note;
    OUTDATED_TARGET "outdated-target" Warning;
    OVERDUE "overdue" Note;
    RAW_HTML "raw-html" Note;
    REDIRECT_CONFLICT "redirect-conflict" Warning;
    REFUSED_ADDRESS "refused-address" Warning;
    RESERVED_ID "reserved-id" Warning;
    RESERVED_URL "reserved-url" Note;
    RESTRICTED_CHAPTER "restricted-chapter" Warning;
    REVIEW_DUE "review-due" Note;
    REVISION_ORDER "revision-order" Warning;
    SHORT_TERM "short-term" Warning;
    SILENT_CHANGE "silent-change" Warning;
    SILENT_FIELD "silent-field" Warning;
    #[fixed] SITE_AUDIENCE "site-audience" Error;
    #[fixed] SITE_CONTENT "site-content" Error;
    #[fixed] SITE_HANDBOOK "site-handbook" Error;
    #[fixed] SITE_SHRINKS "site-shrinks" Error;
    SUCCESSOR_GAP "successor-gap" Warning;
    SUCCESSOR_OVERLAP "successor-overlap" Warning;
    SYNONYMS "synonyms" Warning;
    TABLE_SHAPE "table-shape" Warning;
    THEME "theme" Error;
    UNKNOWN_AUDIENCE "unknown-audience" Error;
    UNKNOWN_DEPARTMENT "unknown-department" Error;
    UNKNOWN_DOCUMENT "unknown-document" Warning;
    UNKNOWN_EDITION "unknown-edition" Error;
    #[line] UNKNOWN_KEY "unknown-key" Warning;
    UNKNOWN_ROLE "unknown-role" Error;
    UNKNOWN_TITLE "unknown-title" Note;
    UNREAD_EDITION "unread-edition" Warning;
    UNREADABLE "unreadable" Warning;
    #[fixed] UNREADABLE_SETTINGS "unreadable-settings" Error;
    UNUSED_FILE "unused-file" Note;
    #[fixed] WITHHELD_EMBED "withheld-embed" Error;
    WITHHELD_SUCCESSOR "withheld-successor" Warning;
    WITHHELD_TARGET "withheld-target" Off;
    YAML "yaml" Error;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn every_rule_is_explained_in_every_language() {
        for language in Language::all() {
            for rule in RULES {
                for part in ["summary", "explanation", "example"] {
                    let text = language.find(&format!("{}.{part}", rule.code));
                    assert!(
                        text.is_some_and(|text| !text.trim().is_empty()),
                        "{language:?}: {}.{part}",
                        rule.code
                    );
                }
            }
        }
    }
}
