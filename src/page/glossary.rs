//! Views of the glossary and of the terms that a page uses.

use super::{ChapterPage, Link, Pagination};
use serde::Serialize;

/// What a tooltip says of a term.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct TermNote {
    /// The term.
    pub name: String,
    /// Its anchor on the glossary page, not encoded, by which the script finds it.
    pub anchor: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The beginning of its definition, plain text.
    pub summary: String,
}

/// `glossary.html`: the terms by pinyin, below the author's own introduction.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct GlossaryPage {
    /// As on a chapter's page; `body` is the introduction. All but the page context is
    /// empty unless the author wrote `content/glossary.md`.
    #[serde(flatten)]
    pub chapter: ChapterPage,
    /// Whether the author wrote the page and this is its first.
    pub authored: bool,
    /// All letters that occur, with the address and anchor of each.
    pub letters: Vec<Link>,
    /// The terms on this page, by letter.
    pub groups: Vec<TermGroup>,
    /// Footnotes of the author's page, finished HTML.
    pub foot: String,
    /// Present where the terms fill several pages.
    pub pagination: Option<Pagination>,
}

/// The terms of a letter.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TermGroup {
    /// The letter.
    pub letter: String,
    /// Its anchor.
    pub anchor: String,
    /// Its terms on this page.
    pub entries: Vec<TermView>,
}

/// A term on the glossary page.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TermView {
    /// The term.
    pub name: String,
    /// Its anchor, not encoded.
    pub anchor: String,
    /// Further anchors of the same entry.
    pub anchors: Vec<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Finished HTML.
    pub definition: String,
    /// The chapter that defines it, unless it is this page.
    pub source: Option<Link>,
    /// Chapters that use it, at the place where they first do.
    pub uses: Vec<Link>,
    /// How many chapters more do.
    pub more: usize,
}
