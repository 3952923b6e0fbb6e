//! Views of taxonomies, A to Z, the tree, and pages that only lead on.

use super::{Card, CardGroup, Link, LinkWithCount, PageContext, Pagination, TreeNode};
use serde::Serialize;

/// `terms.html`: the index of topics, of kinds or of statuses.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TermsPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// `topics`, `kinds` or `status`.
    pub taxonomy: &'static str,
    /// Its terms.
    pub terms: Vec<LinkWithCount>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `term.html`: the chapters of one topic, kind or status.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TermPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// `topics`, `kinds` or `status`.
    pub taxonomy: &'static str,
    /// Its chapters.
    pub cards: Vec<Card>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `alphabet.html`: A to Z, by pinyin for Chinese titles.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AlphabetPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// All letters that occur, with the address (and anchor) of each.
    pub letters: Vec<LinkWithCount>,
    /// The groups on this page; `heading.title` is the letter and
    /// `heading.url` its anchor, without `#`.
    pub groups: Vec<CardGroup>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `tree.html`: the whole handbook as a tree.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TreePage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Folders and chapters.
    pub tree: Vec<TreeNode>,
    /// Present where it fills several pages.
    pub pagination: Option<Pagination>,
}

/// `search.html`: what the browser fills with a query's results.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SearchPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Where to look without script: A to Z and the tree.
    pub ways: Vec<Link>,
    /// Queries that find something in this handbook.
    pub examples: Vec<SearchExample>,
}

/// What can be typed into the search, and what it is an example of.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SearchExample {
    /// The query.
    pub typed: String,
    /// What it finds.
    pub about: String,
}

/// `404.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct NotFoundPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
}

/// `redirect.html`: an old or permanent address that leads on.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RedirectPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Where to.
    pub target: Link,
}

/// A chapter that refers to another.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Referrer {
    /// The chapter.
    pub chapter: Link,
    /// How often it does.
    pub count: usize,
    /// The first sentences in which it does.
    pub quotations: Vec<Quotation>,
}

/// A sentence that refers to a chapter.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Quotation {
    /// The sentence up to the reference.
    pub before: String,
    /// The words that refer.
    pub words: String,
    /// The rest of the sentence.
    pub after: String,
    /// The clause or heading it stands in, or empty.
    pub place: String,
    /// Address of that place.
    pub url: String,
}

/// `references.html`: documents outside the handbook.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ReferencesPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// How many stand on the pages before.
    pub first: usize,
    /// The documents; the anchor of the very first is `reference-1`.
    pub entries: Vec<ExternalEntry>,
    /// Titles that are mentioned, but are neither chapters nor declared.
    pub unlisted: Vec<UnlistedEntry>,
    /// How many there are.
    pub unlisted_count: usize,
    /// Present where the documents fill several pages.
    pub pagination: Option<Pagination>,
}

/// A title that is mentioned, but nothing has.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct UnlistedEntry {
    /// Title.
    pub title: String,
    /// How often it is mentioned.
    pub times: usize,
    /// Some of the chapters that mention it.
    pub cited: Vec<Link>,
}

/// A document outside the handbook.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ExternalEntry {
    /// Title.
    pub title: String,
    /// Where it can be read, or empty.
    pub url: String,
    /// A word about it, or empty.
    pub note: String,
    /// Chapters that mention it.
    pub cited: Vec<Link>,
    /// How many do.
    pub count: usize,
}
