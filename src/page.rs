//! What a template may read: one struct a template, and the small views they
//! are made of. Nothing else reaches a template.
//!
//! Every `url` here is relative to the site's root and percent-encoded, ready
//! for an attribute; a template writes `{{ root }}{{ item.url }}`, so that one
//! value serves pages at any depth. `body` fields are finished, safe HTML.

use serde::Serialize;
use std::sync::Arc;

/// A link: text and address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Text to show.
    pub title: String,
    /// Address from the site's root; empty where there is no page to go to.
    pub url: String,
}

/// A value of a closed list, such as a status or a kind: a stable key for
/// style sheets and scripts, and the word to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Stable key, e.g. `in_force`.
    pub key: String,
    /// Word in the handbook's language, e.g. 现行.
    pub text: String,
}

/// What is the same on every page of a site; the global variable `site`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteView {
    /// Title of the handbook.
    pub title: String,
    /// One sentence about it, or empty.
    pub description: String,
    /// BCP 47 tag, e.g. `zh-CN`.
    pub language: String,
    /// Addresses of style sheets and scripts by their plain name, e.g.
    /// `handbook.css` to `assets/handbook.1f2e3d4c.css`.
    pub assets: std::collections::BTreeMap<String, String>,
    /// The main indexes, for the bar on top and the foot: departments, roles,
    /// topics, kinds, status, A to Z, whole tree. Only those that are not empty.
    pub indexes: Vec<Link>,
    /// The day the site was built for, `YYYY-MM-DD`.
    pub date: String,
}

/// One line of the navigation column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NavigationItem {
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
pub struct Frame {
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
}

/// A chapter as lists show it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Card {
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
pub struct CardGroup {
    /// Heading; its `url` may be empty.
    pub heading: Link,
    /// The chapters.
    pub cards: Vec<Card>,
}

/// The way through a list that fills several pages; absent on short ones.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pagination {
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
pub struct PageLink {
    /// Page number; 0 for a gap (…).
    pub number: usize,
    /// Address; empty for a gap.
    pub url: String,
}

/// An entry of a chapter's table of contents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OutlineItem {
    /// Plain text of the heading.
    pub title: String,
    /// Anchor, percent-encoded, without `#`.
    pub anchor: String,
    /// Depth, from 1, without gaps.
    pub depth: usize,
}

/// A band above the title that cannot be missed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Notice {
    /// `draft`, `consultation`, `approved` (not yet in force), `superseded`,
    /// `retired`, `overdue` or `broken`.
    pub kind: &'static str,
    /// What it says, in the handbook's language.
    pub text: String,
    /// Where to go instead, if there is a place.
    pub links: Vec<Link>,
}

/// A finding shown in the page of a broken chapter, in preview only.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Finding {
    /// `error`, `warning` or `note`.
    pub level: String,
    /// Message.
    pub message: String,
    /// File, line and column, as `path:line:column`.
    pub place: String,
    /// The line quoted, or empty.
    pub quote: String,
    /// Advice, or empty.
    pub help: String,
}

/// A row of the control block: a name and what it holds.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ControlRow {
    /// Stable key, e.g. `owner`.
    pub key: &'static str,
    /// Label in the handbook's language.
    pub label: String,
    /// Values; an empty `url` means plain text.
    pub values: Vec<Link>,
}

/// One line of the revision history.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RevisionView {
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
pub struct RaciRow {
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
pub struct ChapterPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// Its own card: id, status, version, dates.
    pub card: Card,
    /// Bands above the title.
    pub notices: Vec<Notice>,
    /// What is wrong with the source, in preview only.
    pub findings: Vec<Finding>,
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
    /// Revision history, newest first.
    pub revisions: Vec<RevisionView>,
    /// Chapters named under `related`.
    pub related: Vec<Card>,
    /// The chapter before, in reading order.
    pub previous: Option<Link>,
    /// The chapter after.
    pub next: Option<Link>,
}

/// `section.html`: a folder.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SectionPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// The folder's own text, or empty.
    pub body: String,
    /// Contents of that text.
    pub outline: Vec<OutlineItem>,
    /// Bands above the title, from the folder's own page.
    pub notices: Vec<Notice>,
    /// What is wrong with the source, in preview only.
    pub findings: Vec<Finding>,
    /// Folders below, with how many chapters each holds.
    pub sections: Vec<Counted>,
    /// Chapters in it, in reading order.
    pub cards: Vec<Card>,
    /// Present where the chapters fill several pages.
    pub pagination: Option<Pagination>,
}

/// A link with a number and a line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
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
pub struct Change {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// The chapter.
    pub card: Card,
    /// Version reached, or empty.
    pub version: String,
    /// What changed, or empty.
    pub note: String,
}

/// A chapter to be read, and by when.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Required {
    /// The chapter.
    pub card: Card,
    /// Days after joining, 0 where no term is set.
    pub within_days: u32,
    /// Who must read it; empty means everyone.
    pub roles: Vec<Link>,
}

/// `home.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HomePage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// Introduction from `content/index.md`, or empty.
    pub body: String,
    /// What is wrong with the source, in preview only.
    pub findings: Vec<Finding>,
    /// Latest revisions, newest first, at most eight.
    pub changes: Vec<Change>,
    /// What everyone must read, at most eight.
    pub required: Vec<Required>,
    /// Departments at the top two levels, at most 24.
    pub departments: Vec<Counted>,
    /// Top folders of the handbook, at most 24.
    pub sections: Vec<Counted>,
    /// Chapters beside the home page itself (a flat handbook), at most 24.
    pub cards: Vec<Card>,
    /// Chapters in all.
    pub total: usize,
}

/// A department or a role in a tree.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TreeNode {
    /// Name.
    pub title: String,
    /// Address.
    pub url: String,
    /// Chapters that apply to it directly.
    pub count: usize,
    /// One line, or empty.
    pub summary: String,
    /// Whether it is what the page is about.
    pub current: bool,
    /// What is below.
    pub children: Vec<TreeNode>,
}

/// `departments.html`: the index of departments.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DepartmentsPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// Departments without a parent, each with its own below.
    pub tree: Vec<TreeNode>,
}

/// `department.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DepartmentPage {
    /// What every page has; the title is the department's name.
    #[serde(flatten)]
    pub frame: Frame,
    /// Stable id.
    pub id: String,
    /// What it does, or empty.
    pub summary: String,
    /// Role that leads it.
    pub head: Option<Link>,
    /// From the top down to its parent.
    pub parents: Vec<Link>,
    /// Departments one step below.
    pub children: Vec<Counted>,
    /// Its roles.
    pub roles: Vec<Counted>,
    /// Chapters that name it, by kind.
    pub own: Vec<CardGroup>,
    /// Chapters that apply through a parent; headings link to the parent.
    pub inherited: Vec<CardGroup>,
    /// Chapters that apply to everyone.
    pub everyone: Vec<Card>,
    /// Present where the lists fill several pages.
    pub pagination: Option<Pagination>,
}

/// `roles.html`: the index of roles.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RolesPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// By department; a group's heading links to the department.
    pub groups: Vec<RoleGroup>,
}

/// Roles of one department.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RoleGroup {
    /// The department; an empty title stands for roles without one.
    pub heading: Link,
    /// The roles.
    pub roles: Vec<Counted>,
}

/// What a role has to do, out of a chapter's `raci`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Duty {
    /// The activity.
    pub activity: String,
    /// The chapter that says so.
    pub chapter: Link,
    /// `responsible`, `accountable`, `consulted`, `informed` with their words.
    pub parts: Vec<Label>,
}

/// `role.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RolePage {
    /// What every page has; the title is the role's name.
    #[serde(flatten)]
    pub frame: Frame,
    /// Stable id.
    pub id: String,
    /// What it does, or empty.
    pub summary: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its department.
    pub department: Option<Link>,
    /// The line of reporting as one tree: from the top down to this role
    /// (`current`), with those that report to it below; at most one root.
    pub reporting: Vec<TreeNode>,
    /// What it must read.
    pub required: Vec<Required>,
    /// What it has to do.
    pub duties: Vec<Duty>,
    /// Chapters that name it, by kind.
    pub direct: Vec<CardGroup>,
    /// Chapters that apply through its department and the ones above; headings
    /// link to the department.
    pub through: Vec<CardGroup>,
    /// Chapters that apply to everyone.
    pub everyone: Vec<Card>,
    /// Present where the lists fill several pages.
    pub pagination: Option<Pagination>,
}

/// `terms.html`: the index of topics, of kinds or of statuses.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TermsPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// `topics`, `kinds` or `status`.
    pub taxonomy: &'static str,
    /// Its terms.
    pub terms: Vec<Counted>,
}

/// `term.html`: the chapters of one topic, kind or status.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TermPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// `topics`, `kinds` or `status`.
    pub taxonomy: &'static str,
    /// Its chapters.
    pub cards: Vec<Card>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `alphabet.html`: A to Z, by pinyin for Chinese titles.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AlphabetPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// All letters that occur, with the address (and anchor) of each.
    pub letters: Vec<Counted>,
    /// The groups on this page; `heading.title` is the letter and
    /// `heading.url` its anchor, without `#`.
    pub groups: Vec<CardGroup>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `tree.html`: the whole handbook as a tree.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TreePage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// Folders and chapters.
    pub tree: Vec<TreeNode>,
    /// Present where it fills several pages.
    pub pagination: Option<Pagination>,
}

/// `404.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NotFoundPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
}

/// `redirect.html`: an old or permanent address that leads on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RedirectPage {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// Where to.
    pub target: Link,
}
