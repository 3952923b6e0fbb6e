//! Views of departments and roles.

use super::{Card, CardGroup, Label, Link, LinkWithCount, PageContext, Pagination, RegisterRow, Required};
use serde::Serialize;

/// A department or a role in a tree.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TreeNode {
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
pub(crate) struct DepartmentsPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Departments without a parent, each with its own below.
    pub tree: Vec<TreeNode>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// `department.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DepartmentPage {
    /// What every page has; the title is the department's name.
    #[serde(flatten)]
    pub context: PageContext,
    /// Stable id.
    pub id: String,
    /// What it does, or empty.
    pub summary: String,
    /// Role that leads it.
    pub head: Option<Link>,
    /// From the top down to its parent.
    pub parents: Vec<Link>,
    /// Departments one step below.
    pub children: Vec<LinkWithCount>,
    /// Its roles.
    pub roles: Vec<LinkWithCount>,
    /// How many more departments and roles it has; their indexes have them.
    pub people_more: usize,
    /// Chapters that name it, by kind.
    pub own: Vec<CardGroup>,
    /// Chapters that apply through a parent; headings link to the parent.
    pub inherited: Vec<CardGroup>,
    /// Chapters that apply to everyone.
    pub everyone: Vec<Card>,
    /// How many more apply to everyone; the index of all chapters has them.
    pub everyone_more: usize,
    /// Present where the lists fill several pages.
    pub pagination: Option<Pagination>,
}

/// `roles.html`: the index of roles.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RolesPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// By department; a group's heading links to the department.
    pub groups: Vec<RoleGroup>,
    /// Present where they fill several pages.
    pub pagination: Option<Pagination>,
}

/// Roles of one department.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RoleGroup {
    /// The department; an empty title stands for roles without one.
    pub heading: Link,
    /// The roles.
    pub roles: Vec<LinkWithCount>,
}

/// What a role has to do, out of a chapter's `raci`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Duty {
    /// The activity.
    pub activity: String,
    /// The chapter that says so.
    pub chapter: Link,
    /// `responsible`, `accountable`, `consulted`, `informed` with their words.
    pub parts: Vec<Label>,
}

/// A chapter that a role owns, reviews or approves.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Charge {
    /// `owner`, `reviewer`, `approver` with their words.
    pub parts: Vec<Label>,
    /// The chapter with its dates.
    pub row: RegisterRow,
}

/// `role.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RolePage {
    /// What every page has; the title is the role's name.
    #[serde(flatten)]
    pub context: PageContext,
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
    /// How many more it must read.
    pub required_more: usize,
    /// What it owns, reviews and approves; what is to be reviewed first comes first.
    pub charges: Vec<Charge>,
    /// How many more of these there are.
    pub charges_more: usize,
    /// What it has to do.
    pub duties: Vec<Duty>,
    /// How many more duties it has.
    pub duties_more: usize,
    /// Chapters that name it, by kind.
    pub direct: Vec<CardGroup>,
    /// Chapters that apply through its department and the ones above; headings
    /// link to the department.
    pub through: Vec<CardGroup>,
    /// Chapters that apply to everyone.
    pub everyone: Vec<Card>,
    /// How many more apply to everyone; the index of all chapters has them.
    pub everyone_more: usize,
    /// Present where the lists fill several pages.
    pub pagination: Option<Pagination>,
}
