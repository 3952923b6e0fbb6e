//! Views of editions: the timeline of a chapter, one of its texts, and what differs between
//! two of them.

use super::{Link, PageContext};
use serde::Serialize;

/// An edition as the timeline lists it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct EditionRow {
    /// Its version.
    pub version: String,
    /// Address of its page; empty where it is no edition.
    pub url: String,
    /// In force from, `YYYY-MM-DD`, or empty.
    pub begins: String,
    /// In force until this day, which is no longer of it, or empty.
    pub ends: String,
    /// `past`, `present` or `future`, on the day of the build.
    pub when: &'static str,
    /// Who put it in force.
    pub approver: Vec<String>,
    /// Approvals of it: day, who, record.
    pub approvals: Vec<String>,
    /// Who made it, or empty.
    pub by: String,
    /// What changed, or empty.
    pub note: String,
    /// SHA-256 of its text in hexadecimal digits; empty in a redline, and where it is taken back.
    pub digest: String,
    /// Whether handbook.yaml takes it back.
    pub is_taken_back: bool,
    /// What differs from the edition before; empty for the first.
    pub redline: String,
}

/// `timeline.html`: all editions of a chapter.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TimelinePage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// The chapter's id, or empty.
    pub id: String,
    /// The chapter as it is on the day of the build; without address where it is gone.
    pub chapter: Link,
    /// The editions, the latest first.
    pub rows: Vec<EditionRow>,
    /// In the preview, what can be compared; else nothing.
    pub choices: Vec<EditionChoice>,
}

/// A text that the preview compares with another.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct EditionChoice {
    /// What stands for it in addresses.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// Whether it is the one before, unless the reader says otherwise.
    pub is_from: bool,
    /// Whether it is the one after, unless the reader says otherwise.
    pub is_to: bool,
}

/// `edition.html`: the text of a chapter at one version.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct EditionPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// The chapter's id, or empty.
    pub id: String,
    /// The edition itself.
    pub edition: EditionRow,
    /// The chapter as it is on the day of the build; without address where it is gone.
    pub chapter: Link,
    /// All editions.
    pub timeline: Link,
    /// Whether handbook.yaml takes it back; then there is no text.
    pub is_taken_back: bool,
    /// Finished HTML.
    pub body: String,
}

/// A run of a text in a redline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct RedlineRun {
    /// `same`, `deleted` or `added`.
    pub change: &'static str,
    /// Its words.
    pub text: String,
}

/// A paragraph, item or row of a table, before and after, each cut where it differs.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RedlineLine {
    /// As in [`RedlineRow::kind`].
    pub kind: &'static str,
    /// Before; empty for what is new.
    pub from: Vec<RedlineRun>,
    /// After; empty for what is gone.
    pub to: Vec<RedlineRun>,
}

/// A section or clause before and after.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RedlineRow {
    /// `same`, `added`, `deleted`, `changed`, `moved` or `renumbered`.
    pub kind: &'static str,
    /// What it was called before, or empty.
    pub from_label: String,
    /// What it is called after, or empty.
    pub to_label: String,
    /// Its paragraphs, items and rows of tables, in the order of the text after.
    pub lines: Vec<RedlineLine>,
}

/// A field of front matter that differs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct FieldChange {
    /// Its key, such as `effective`.
    pub field: &'static str,
    /// Its label.
    pub label: String,
    /// What it said before, or empty.
    pub from: String,
    /// What it says after, or empty.
    pub to: String,
}

/// How many rows there are of a kind.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct KindCount {
    /// As in [`RedlineRow::kind`].
    pub kind: &'static str,
    /// How many.
    pub count: usize,
}

/// `redline.html`: what differs between two editions.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RedlinePage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// The edition before.
    pub from: EditionRow,
    /// The edition after.
    pub to: EditionRow,
    /// All editions.
    pub timeline: Link,
    /// Whether the text of one of them is taken back; then nothing is compared.
    pub is_taken_back: bool,
    /// Kinds of changes that occur, and how often.
    pub counts: Vec<KindCount>,
    /// Fields of front matter that differ.
    pub fields: Vec<FieldChange>,
    /// The sections and clauses that differ, in the order of the text after.
    pub rows: Vec<RedlineRow>,
    /// How many are as they were.
    pub same: usize,
}
