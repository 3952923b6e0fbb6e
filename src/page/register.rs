//! Views of the register, the review desk and the list of changes.

use super::{Card, Label, Link, LinkWithCount, PageContext, Pagination};
use serde::Serialize;

/// A controlled document, as the register and the review desk show it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RegisterRow {
    /// The chapter: title, id, kind, status, version, date in force from.
    pub card: Card,
    /// To be reviewed by, `YYYY-MM-DD`, or empty.
    pub review_by: String,
    /// The last review: day, who, what was found; empty where there was none.
    pub reviewed: String,
    /// Who looks after it.
    pub owner: Vec<Link>,
    /// Who put it in force.
    pub approver: Vec<Link>,
    /// Departments and roles it applies to; empty for everyone.
    pub applies_to: Vec<Link>,
    /// How many more it applies to.
    pub applies_more: usize,
    /// What it replaced.
    pub replaces: Vec<Link>,
    /// What replaced it.
    pub replaced_by: Vec<Link>,
}

/// `register.html`: one row a controlled document.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RegisterPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// The documents on this page, in reading order.
    pub rows: Vec<RegisterRow>,
    /// How many there are in all.
    pub total: usize,
    /// Address of the whole table for a spreadsheet.
    pub table: String,
    /// Address of the review desk; empty where nothing is to be reviewed.
    pub reviews: String,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `reviews.html`: what is to be reviewed, and when.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ReviewsPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Address of the calendar of all reviews.
    pub calendar: String,
    /// How many are overdue, due within 30, 60, 90 days, and later.
    pub counts: Vec<DueCount>,
    /// Who has how many, on the first page; those without an owner last.
    pub owners: Vec<OwnerReviews>,
    /// How many are due in each month, on the first page.
    pub months: Vec<DueCount>,
    /// Documents that lack steps of the democratic procedure, on the first page.
    pub procedures: Vec<MissingSteps>,
    /// How many more of these there are.
    pub procedures_more: usize,
    /// The reviews on this page, by how pressing they are.
    pub groups: Vec<ReviewGroup>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// How many reviews fall into a span of time.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DueCount {
    /// `overdue`, `30`, `60`, `90`, `later`, or a month such as `2027-01`.
    pub key: String,
    /// How many.
    pub count: usize,
}

/// The reviews of an owner.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct OwnerReviews {
    /// The owner; empty for documents without one.
    pub owner: Link,
    /// Address of the calendar of these reviews; empty where there is none.
    pub calendar: String,
    /// How many, as in [`ReviewsPage::counts`].
    pub counts: Vec<usize>,
}

/// A document that lacks steps of the democratic procedure.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MissingSteps {
    /// The document.
    pub chapter: Link,
    /// Who looks after it.
    pub owner: Vec<Link>,
    /// `discussion`, `comments`, `negotiation`, `publication` with their words.
    pub steps: Vec<Label>,
}

/// Reviews that are equally pressing.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ReviewGroup {
    /// As in [`ReviewsPage::counts`].
    pub key: &'static str,
    /// The reviews, the earliest first.
    pub rows: Vec<RegisterRow>,
}

/// `changes.html`: what has changed, by month.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ChangesPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// The years that have changes, the latest first, and where each begins.
    pub years: Vec<LinkWithCount>,
    /// The months on this page, the latest first.
    pub months: Vec<ChangeMonth>,
    /// Departments that the changes on this page concern; `url` is the id.
    pub departments: Vec<Link>,
    /// Roles that they concern; `url` is the id.
    pub roles: Vec<Link>,
    /// Present where the changes fill several pages.
    pub pagination: Option<Pagination>,
}

/// The changes of a month.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ChangeMonth {
    /// `2026-11`; also the anchor of its heading, behind `Hb-m`.
    pub key: String,
    /// Whether the year begins (that is, ends) with it.
    pub is_first: bool,
    /// The changes, the latest first.
    pub entries: Vec<ChangeEntry>,
}

/// A change of a chapter.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ChangeEntry {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// The chapter.
    pub card: Card,
    /// Version reached, or empty.
    pub version: String,
    /// Who made it, or empty.
    pub by: String,
    /// What changed, or empty.
    pub note: String,
    /// What differs from the version before it, where both are kept; else empty.
    pub redline: String,
    /// The clauses that differ, each with its place in the redline; at most eight.
    pub clauses: Vec<Link>,
    /// How many more do.
    pub clauses_more: usize,
    /// Whether only the wording changed.
    pub editorial: bool,
    /// Ids of the departments it concerns, with a space between; empty with `roles` for
    /// everyone.
    pub departments: String,
    /// Ids of the roles it concerns, with a space between.
    pub roles: String,
}
