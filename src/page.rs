//! What a template may read: one struct a template, and the small views they
//! are made of. Nothing else reaches a template.
//!
//! Every `url` here is relative to the site's root and percent-encoded, ready
//! for an attribute; a template writes `{{ root }}{{ item.url }}`, so that one
//! value serves pages at any depth. `body` fields are finished, safe HTML.

mod edition;
mod glossary;
mod lists;
mod map;
mod people;
mod register;

pub(crate) use edition::*;
pub(crate) use glossary::*;
pub(crate) use lists::*;
pub(crate) use map::*;
pub(crate) use people::*;
pub(crate) use register::*;

use serde::Serialize;
use std::sync::Arc;

/// A link: text and address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    /// Text to show.
    pub title: String,
    /// Address from the site's root; empty where there is no page to go to.
    pub url: String,
}

/// A value of a closed list, such as a status or a kind: a stable key for
/// style sheets and scripts, and the word to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Label {
    /// Stable key, e.g. `in_force`.
    pub key: String,
    /// Word in the handbook's language, e.g. 现行.
    pub text: String,
}

/// What is the same on every page of a site; the global variable `site`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SiteView {
    /// Title of the handbook.
    pub title: String,
    /// One sentence about it, or empty.
    pub description: String,
    /// BCP 47 tag, e.g. `zh-CN`.
    pub language: String,
    /// Addresses of style sheets and scripts by their plain name, e.g.
    /// `handbook.css` to `assets/handbook.1f2e3d4c.css`.
    pub assets: std::collections::BTreeMap<String, String>,
    /// The indexes, for the menu and the foot: departments, roles, topics, kinds,
    /// status, A to Z, whole tree and so on. Only those that are not empty.
    pub indexes: Vec<Link>,
    /// Those of them that stand in the bar on top.
    pub bar_indexes: Vec<Link>,
    /// The others, which the bar has behind a button; empty where there is room for all.
    pub more_indexes: Vec<Link>,
    /// The page of search, for the box on top of every page.
    pub search: String,
    /// The day the site was built for, `YYYY-MM-DD`.
    pub date: String,
}

/// One line of the navigation column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct NavigationItem {
    /// Text to show.
    pub title: String,
    /// Address; empty for a folder's mere name.
    pub url: String,
    /// `section`, `chapter` or `more` (leads to the whole list of a long folder).
    pub kind: &'static str,
    /// Whether it is the page itself.
    pub current: bool,
    /// Whether the page stands somewhere below.
    pub open: bool,
    /// Chapters in all below a section, else 0.
    pub count: usize,
    /// Entries one step below; only for open sections.
    pub children: Vec<NavigationItem>,
}

/// What every page has around its content; flattened into each page's struct.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PageContext {
    /// The way up to the site's root: empty, `../`, `../../` ...
    pub root: String,
    /// Address of the page itself.
    pub url: String,
    /// Heading of the page, without the handbook's title.
    pub title: String,
    /// BCP 47 tag of the content where it differs from the site's; else empty.
    pub language: String,
    /// For `<meta name="description">`; may be empty.
    pub description: String,
    /// Absolute address where `base_url` is configured; else empty.
    pub canonical: String,
    /// From the home page down to the parent; never the page itself.
    pub breadcrumbs: Vec<Link>,
    /// The branch of the tree that the page stands in.
    pub navigation: Arc<Vec<NavigationItem>>,
    /// The same, already rendered by `Theme::navigation` once for all pages
    /// of a folder; where it is not empty, `navigation` is not looked at, and
    /// the page's own entry is found by its address.
    pub navigation_html: Arc<str>,
    /// The dialog of search, already rendered by `Theme::search_dialog`; where it is empty, its
    /// template is included.
    pub search_html: Arc<str>,
    /// Terms that the page's text uses, for the tooltips.
    pub term_notes: Vec<TermNote>,
    /// Feeds of what the page shows, its own first; none without a `base_url`.
    pub feeds: Vec<Link>,
}

/// A chapter as lists show it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Card {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
    /// Id such as `OPS-001`, or empty.
    pub id: String,
    /// One sentence, or empty.
    pub summary: String,
    /// Where it stands in its life; `None` where front matter says nothing.
    pub status: Option<Label>,
    /// What kind of document it is, if said.
    pub kind: Option<Label>,
    /// Version, or empty.
    pub version: String,
    /// Date in force from, `YYYY-MM-DD`, or empty.
    pub effective: String,
    /// Title of its folder, or empty.
    pub section: String,
    /// Whether its review date has passed.
    pub overdue: bool,
}

/// Cards below a heading.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CardGroup {
    /// Heading; its `url` may be empty.
    pub heading: Link,
    /// The chapters.
    pub cards: Vec<Card>,
    /// How many more there are behind the heading's link.
    pub more: usize,
}

/// The way through a list that fills several pages; absent on short ones.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Pagination {
    /// This page, from 1.
    pub number: usize,
    /// How many pages there are.
    pub total: usize,
    /// Address of each page, in order; an empty string stands for a gap (…).
    pub pages: Vec<PageLink>,
    /// Address of the previous page, or empty.
    pub previous: String,
    /// Address of the next page, or empty.
    pub next: String,
}

/// One number of a pagination bar.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PageLink {
    /// Page number; 0 for a gap (…).
    pub number: usize,
    /// Address; empty for a gap.
    pub url: String,
}

/// An entry of a chapter's table of contents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct OutlineItem {
    /// Plain text of the heading.
    pub title: String,
    /// Anchor, percent-encoded, without `#`.
    pub anchor: String,
    /// Depth, from 1, without gaps.
    pub depth: usize,
}

/// A band above the title that cannot be missed.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Notice {
    /// `draft`, `consultation`, `approved` (not yet in force), `superseded`,
    /// `retired`, `overdue` or `broken`.
    pub kind: &'static str,
    /// What it says, in the handbook's language.
    pub text: String,
    /// Where to go instead, if there is a place.
    pub links: Vec<Link>,
}

/// A row of the control block: a name and what it holds.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ControlRow {
    /// Stable key, e.g. `owner`.
    pub key: &'static str,
    /// Label in the handbook's language.
    pub label: String,
    /// Values; an empty `url` means plain text.
    pub values: Vec<Link>,
    /// Whether each value has a line of its own.
    pub is_long: bool,
}

/// One line of the revision history.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RevisionView {
    /// Version.
    pub version: String,
    /// `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Who made it, or empty.
    pub by: String,
    /// What changed.
    pub note: String,
}

/// A row of a chapter's responsibility matrix (RACI).
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RaciRow {
    /// The activity.
    pub activity: String,
    /// Who does the work.
    pub responsible: Vec<Link>,
    /// Who answers for it.
    pub accountable: Vec<Link>,
    /// Who is asked before.
    pub consulted: Vec<Link>,
    /// Who is told after.
    pub informed: Vec<Link>,
}

/// `chapter.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ChapterPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Its own card: id, status, version, dates.
    pub card: Card,
    /// Bands above the title.
    pub notices: Vec<Notice>,
    /// Departments it applies to, as chips.
    pub departments: Vec<Link>,
    /// Roles it applies to, as chips. Both empty: it applies to everyone.
    pub roles: Vec<Link>,
    /// The rest of the control block, folded under the chips.
    pub control: Vec<ControlRow>,
    /// Finished HTML; its first heading is left out where it repeats the title.
    pub body: String,
    /// Table of contents; empty where it would have fewer than two entries.
    pub outline: Vec<OutlineItem>,
    /// Responsibility matrix.
    pub raci: Vec<RaciRow>,
    /// The page of all its editions, if they are kept.
    pub editions: Option<Link>,
    /// Revision history, newest first.
    pub revisions: Vec<RevisionView>,
    /// Chapters named under `related`.
    pub related: Vec<Card>,
    /// Who refers to it, by chapter.
    pub referrers: Vec<Referrer>,
    /// How many chapters do, also those not shown.
    pub referrer_count: usize,
    /// Who refers to it and what it refers to, for the small graph.
    pub neighbourhood: Option<Neighbourhood>,
    /// `extra:` and `x-` keys of the front matter, as written.
    pub extra: std::collections::BTreeMap<String, serde_yaml::Value>,
    /// The chapter before, in reading order.
    pub previous: Option<Link>,
    /// The chapter after.
    pub next: Option<Link>,
    /// What lies in the folder whose page it is: `x/` for `x.md`.
    pub folder: Option<FolderList>,
}

/// `audit.html`: a chapter's text as it stands in a bundle for an auditor, alone.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AuditText {
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// The day of the bundle.
    pub date: String,
    /// Its card: id, status, version, dates.
    pub card: Card,
    /// Its control block.
    pub control: Vec<ControlRow>,
    /// SHA-256 of its text.
    pub digest: String,
    /// Finished HTML.
    pub body: String,
}

/// Chapters and folders of a folder.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct FolderList {
    /// Folders in it, with how many chapters each holds.
    pub sections: Vec<LinkWithCount>,
    /// Chapters in it, in reading order.
    pub cards: Vec<Card>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `section.html`: a folder.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SectionPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// The folder's own text, or empty.
    pub body: String,
    /// Contents of that text.
    pub outline: Vec<OutlineItem>,
    /// Bands above the title, from the folder's own page.
    pub notices: Vec<Notice>,
    /// Folders below, with how many chapters each holds.
    pub sections: Vec<LinkWithCount>,
    /// Chapters in it, in reading order.
    pub cards: Vec<Card>,
    /// Present where the chapters fill several pages.
    pub pagination: Option<Pagination>,
}

/// A link with a number and a line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct LinkWithCount {
    /// Text.
    pub title: String,
    /// Address.
    pub url: String,
    /// How many chapters are behind it.
    pub count: usize,
    /// One line, or empty.
    pub summary: String,
}

/// A change for the home page.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Change {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// The chapter.
    pub card: Card,
    /// Version reached, or empty.
    pub version: String,
    /// What changed, or empty.
    pub note: String,
    /// What differs from the version before it, where both are kept; else empty.
    pub redline: String,
}

/// A chapter to be read, and by when.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Required {
    /// The chapter.
    pub card: Card,
    /// Days after joining, 0 where no term is set.
    pub within_days: u32,
    /// Who must read it; empty means everyone.
    pub roles: Vec<Link>,
}

/// `home.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct HomePage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Introduction from `content/index.md`, or empty.
    pub body: String,
    /// Latest revisions, newest first, at most eight.
    pub changes: Vec<Change>,
    /// What everyone must read, at most eight.
    pub required: Vec<Required>,
    /// Departments at the top two levels, at most 24.
    pub departments: Vec<LinkWithCount>,
    /// Top folders of the handbook, at most 24.
    pub sections: Vec<LinkWithCount>,
    /// Chapters beside the home page itself (a flat handbook), at most 24.
    pub cards: Vec<Card>,
    /// Chapters in all.
    pub total: usize,
}
