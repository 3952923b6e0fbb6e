//! Pages of departments and roles: which rules apply, through whom, and who
//! reports to whom.

use super::Site;
use super::cards::{LINE, slice};
use crate::handbook::concern::Concern;
use crate::handbook::people::Party;
use crate::handbook::routes::{INDEX_LINES, PER_PAGE, Page};
use crate::handbook::taxonomy::Taxonomy;
use crate::markdown::cut;
use crate::page::{
    CardGroup, Counted, DepartmentPage, DepartmentsPage, Duty, Link, Required, RoleGroup, RolePage,
    RolesPage, TreeNode,
};
use crate::text::encode_path;
use std::ops::Range;

/// A chapter and who it comes through; `None` is everyone.
type Through = (usize, Option<usize>);

/// Lines of a list that only one page has room for.
const LINES: usize = 200;

impl Site {
    pub(super) fn departments_page(&self, number: usize) -> DepartmentsPage {
        let address = self.handbook.routes.address(Page::Terms(Taxonomy::DEPARTMENTS, number));
        let frame = self.index_frame(address, self.word("index_departments"));
        let departments = &self.handbook.organization.departments;
        let tops = (0..departments.len()).filter(|at| departments[*at].parent.is_none());
        let tree = tops.map(|at| self.department_node(at)).collect();
        DepartmentsPage {
            frame,
            tree: stretch(tree, &mut 0, &(number * INDEX_LINES..(number + 1) * INDEX_LINES)),
            pagination: self.pagination(number, departments.len(), INDEX_LINES, |number| {
                Page::Terms(Taxonomy::DEPARTMENTS, number)
            }),
        }
    }

    fn department_node(&self, at: usize) -> TreeNode {
        let Link { title, url } = self.department_link(at);
        TreeNode {
            title,
            url,
            count: self.own_count(at),
            summary: cut(&self.handbook.organization.departments[at].summary, LINE, true),
            current: false,
            children: self.handbook.membership.children[at]
                .iter()
                .map(|child| self.department_node(*child))
                .collect(),
        }
    }

    fn own_count(&self, department: usize) -> usize {
        self.handbook.membership.departments[department]
            .iter()
            .filter(|at| self.handbook.is_listed(**at))
            .count()
    }

    pub(super) fn department_counted(&self, at: usize) -> Counted {
        let Link { title, url } = self.department_link(at);
        let summary = cut(&self.handbook.organization.departments[at].summary, LINE, true);
        Counted { title, url, count: self.own_count(at), summary }
    }

    fn role_counted(&self, at: usize) -> Counted {
        let Link { title, url } = self.role_link(at);
        let named = &self.handbook.membership.roles[at];
        let count = named.iter().filter(|at| self.handbook.is_listed(**at)).count();
        let summary = cut(&self.handbook.organization.roles[at].summary, LINE, true);
        Counted { title, url, count, summary }
    }

    /// Departments at the top two levels, for the home page.
    pub(super) fn top_departments(&self) -> Vec<Counted> {
        let departments = &self.handbook.organization.departments;
        let depth = |at: usize| self.handbook.organization.ancestry(at).count();
        let tops = departments.iter().filter(|department| department.parent.is_none()).count();
        // One root is the company itself: what people look for is below it.
        let wanted = |at: usize| if tops == 1 { depth(at) == 2 } else { depth(at) == 1 };
        let mut shown: Vec<usize> = (0..departments.len()).filter(|at| wanted(*at)).collect();
        if shown.is_empty() {
            shown = (0..departments.len()).collect();
        }
        shown.into_iter().take(24).map(|at| self.department_counted(at)).collect()
    }

    pub(super) fn department_page(&self, at: usize, number: usize) -> DepartmentPage {
        let handbook = &self.handbook;
        let department = &handbook.organization.departments[at];
        let address = handbook.routes.address(Page::Term(Taxonomy::DEPARTMENTS, at, number));
        let mut frame = self.index_frame(address, &department.name);
        frame.description.clone_from(&department.summary);
        let mut parents: Vec<Link> =
            handbook.organization.ancestry(at).skip(1).map(|parent| self.department_link(parent)).collect();
        parents.reverse();
        frame.breadcrumbs.push(self.index_link(Taxonomy::DEPARTMENTS));
        frame.breadcrumbs.extend(parents.iter().cloned());
        let concern = handbook.concerning_department(at);
        let shown = slice(&concern.chapters, number, PER_PAGE);
        let (children, members) = (&handbook.membership.children[at], &handbook.membership.members[at]);
        let own: Vec<usize> = shown.iter().filter(|entry| entry.1 == Some(at)).map(|entry| entry.0).collect();
        DepartmentPage {
            frame,
            id: department.id.clone(),
            summary: department.summary.clone(),
            head: department.head.map(|role| self.role_link(role)),
            parents,
            children: children.iter().take(LINES).map(|child| self.department_counted(*child)).collect(),
            roles: members.iter().take(LINES).map(|role| self.role_counted(*role)).collect(),
            people_more: children.len().saturating_sub(LINES) + members.len().saturating_sub(LINES),
            own: self.by_kind(&own),
            inherited: self.through(shown, Some(at), &concern),
            everyone: self.for_everyone(shown),
            everyone_more: everyone_more(shown, &concern),
            pagination: self.pagination(number, concern.chapters.len(), PER_PAGE, |number| {
                Page::Term(Taxonomy::DEPARTMENTS, at, number)
            }),
        }
    }

    /// Chapters grouped by the department they come through, except `own`.
    fn through(&self, shown: &[Through], own: Option<usize>, concern: &Concern) -> Vec<CardGroup> {
        let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
        for (chapter, from) in shown {
            let Some(from) = from.filter(|from| Some(*from) != own) else { continue };
            match groups.last_mut() {
                Some(group) if group.0 == from => group.1.push(*chapter),
                _ => groups.push((from, vec![*chapter])),
            }
        }
        let group = |(from, chapters): (usize, Vec<usize>)| CardGroup {
            heading: self.department_link(from),
            more: concern.more.get(&Some(from)).copied().unwrap_or(0),
            cards: self.cards(chapters),
        };
        groups.into_iter().map(group).collect()
    }

    fn for_everyone(&self, shown: &[Through]) -> Vec<crate::page::Card> {
        self.cards(shown.iter().filter(|entry| entry.1.is_none()).map(|entry| entry.0))
    }

    /// The list of a taxonomy's terms.
    pub(super) fn index_link(&self, taxonomy: Taxonomy) -> Link {
        Link { title: self.word(taxonomy.row().label).to_owned(), url: self.url(Page::Terms(taxonomy, 0)) }
    }

    pub(super) fn roles_page(&self, number: usize) -> RolesPage {
        let handbook = &self.handbook;
        let frame = self.index_frame(
            handbook.routes.address(Page::Terms(Taxonomy::ROLES, number)),
            self.word("index_roles"),
        );
        let roles = &handbook.organization.roles;
        let members = self
            .departments_in_order()
            .into_iter()
            .flat_map(|at| handbook.membership.members[at].iter().map(move |role| (Some(at), *role)));
        let free = (0..roles.len()).filter(|at| roles[*at].department.is_none()).map(|role| (None, role));
        let mut groups: Vec<RoleGroup> = Vec::new();
        let mut last = None;
        for (department, role) in members.chain(free).skip(number * INDEX_LINES).take(INDEX_LINES) {
            if last != Some(department) {
                let heading = department.map_or_else(Link::default, |at| self.department_link(at));
                groups.push(RoleGroup { heading, roles: Vec::new() });
            }
            last = Some(department);
            if let Some(group) = groups.last_mut() {
                group.roles.push(self.role_counted(role));
            }
        }
        let pagination =
            self.pagination(number, roles.len(), INDEX_LINES, |number| Page::Terms(Taxonomy::ROLES, number));
        RolesPage { frame, groups, pagination }
    }

    /// All departments, each followed by those below it.
    fn departments_in_order(&self) -> Vec<usize> {
        let departments = &self.handbook.organization.departments;
        let mut stack: Vec<usize> =
            (0..departments.len()).rev().filter(|at| departments[*at].parent.is_none()).collect();
        let mut order = Vec::with_capacity(departments.len());
        while let Some(at) = stack.pop() {
            order.push(at);
            stack.extend(self.handbook.membership.children[at].iter().rev());
        }
        order
    }

    pub(super) fn role_page(&self, at: usize, number: usize) -> RolePage {
        let handbook = &self.handbook;
        let role = &handbook.organization.roles[at];
        let mut frame =
            self.index_frame(handbook.routes.address(Page::Term(Taxonomy::ROLES, at, number)), &role.name);
        frame.description.clone_from(&role.summary);
        frame.breadcrumbs.push(self.index_link(Taxonomy::ROLES));
        let (direct, concern) = (handbook.naming_role(at), handbook.concerning_role(at));
        // Those that name the role come first, then the others go on.
        let page = number * PER_PAGE..(number + 1) * PER_PAGE;
        let others = |place: usize| place.saturating_sub(direct.len()).min(concern.chapters.len());
        let shown = &concern.chapters[others(page.start)..others(page.end)];
        let named = slice(&direct, number, PER_PAGE);
        let all = direct.len() + concern.chapters.len();
        let first = number == 0;
        let (mut required, mut duties) = match first {
            true => (self.required_of(at), self.duties(at)),
            false => (Vec::new(), Vec::new()),
        };
        let (required_more, duties_more) = (cut_off(&mut required), cut_off(&mut duties));
        RolePage {
            frame,
            id: role.id.clone(),
            summary: role.summary.clone(),
            aliases: role.aliases.clone(),
            department: role.department.map(|at| self.department_link(at)),
            reporting: self.reporting(at),
            required,
            required_more,
            duties,
            duties_more,
            direct: self.by_kind(named),
            through: self.through(shown, None, &concern),
            everyone: self.for_everyone(shown),
            everyone_more: everyone_more(shown, &concern),
            pagination: self
                .pagination(number, all, PER_PAGE, |number| Page::Term(Taxonomy::ROLES, at, number)),
        }
    }

    /// From the top of the line of reporting down to a role and its reports.
    fn reporting(&self, role: usize) -> Vec<TreeNode> {
        let handbook = &self.handbook;
        let reports = &handbook.membership.reports[role];
        let superior = |at: &usize| handbook.organization.roles[*at].reports_to;
        if reports.is_empty() && superior(&role).is_none() {
            return Vec::new();
        }
        let node = |at: usize, current: bool, children: Vec<TreeNode>| {
            let Counted { title, url, count, summary } = self.role_counted(at);
            TreeNode { title, url, count, summary, current, children }
        };
        let mut tree =
            node(role, true, reports.iter().take(LINES).map(|at| node(*at, false, Vec::new())).collect());
        for at in std::iter::successors(superior(&role), superior) {
            tree = node(at, false, vec![tree]);
        }
        vec![tree]
    }

    fn required_of(&self, role: usize) -> Vec<Required> {
        let facts = &self.handbook.facts;
        let must = |at: &usize| facts[*at].required_all || facts[*at].required.contains(&role);
        self.handbook.tree.order.iter().filter(|at| must(at)).map(|at| self.required(*at)).collect()
    }

    fn duties(&self, role: usize) -> Vec<Duty> {
        let mut duties = Vec::new();
        for at in &self.handbook.tree.order {
            for duty in &self.handbook.facts[*at].raci {
                let mine = duty.parties.parts().filter(|(_, all)| all.contains(&Party::Role(role)));
                let parts: Vec<_> = mine.map(|(key, _)| self.labelled("raci", key)).collect();
                if !parts.is_empty() {
                    let url = encode_path(&self.handbook.chapters[*at].url);
                    let chapter = Link { title: self.handbook.chapters[*at].title.clone(), url };
                    duties.push(Duty { activity: duty.activity.clone(), chapter, parts });
                }
            }
        }
        duties
    }
}

/// How many more apply to everyone than the lists have; said where the lists end.
fn everyone_more(shown: &[Through], concern: &Concern) -> usize {
    let ends = shown.last().is_some_and(|last| Some(last) == concern.chapters.last());
    concern.more.get(&None).copied().filter(|_| ends).unwrap_or(0)
}

/// Cuts a list to [`LINES`]; gives how many lines went.
fn cut_off<T>(list: &mut Vec<T>) -> usize {
    let more = list.len().saturating_sub(LINES);
    list.truncate(LINES);
    more
}

/// The nodes of a tree that stand on the lines of `range`, with those above them.
fn stretch(tree: Vec<TreeNode>, line: &mut usize, range: &Range<usize>) -> Vec<TreeNode> {
    let mut shown = Vec::new();
    for node in tree {
        let own = range.contains(line);
        *line += 1;
        let children = stretch(node.children, line, range);
        if own || !children.is_empty() {
            shown.push(TreeNode { children, ..node });
        }
    }
    shown
}
