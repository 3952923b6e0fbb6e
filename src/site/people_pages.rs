//! Pages of departments and roles: which rules apply, through whom, and who
//! reports to whom.

use super::Site;
use super::cards::{LINE, slice};
use crate::chapter::field::Field;
use crate::handbook::applicability::{Applicability, ApplicableChapter};
use crate::handbook::people::Party;
use crate::handbook::routes::{INDEX_LINES, PER_PAGE, Page};
use crate::handbook::taxonomy::Taxonomy;
use crate::id::{ChapterId, DepartmentId, PageNumber, RoleId};
use crate::markdown::cut;
use crate::page::{
    CardGroup, Charge, DepartmentPage, DepartmentsPage, Duty, Link, LinkWithCount, Required, RoleGroup,
    RolePage, RolesPage, TreeNode,
};
use std::ops::Range;

/// Lines of a list that only one page has room for.
const LINES: usize = 200;

impl Site {
    pub(super) fn departments_page(&self, number: PageNumber) -> DepartmentsPage {
        let address = self.handbook.routes.address(Page::Terms(Taxonomy::DEPARTMENTS, number));
        let context = self.index_context(address, self.translate("index_departments"));
        let departments = &self.handbook.organization.departments;
        let tops = departments.ids().filter(|id| departments[*id].parent.is_none());
        let tree = tops.map(|id| self.department_node(id)).collect();
        DepartmentsPage {
            context,
            tree: stretch(tree, &mut 0, &number.items(INDEX_LINES)),
            pagination: self.pagination(number, departments.len(), INDEX_LINES, |number| {
                Page::Terms(Taxonomy::DEPARTMENTS, number)
            }),
        }
    }

    fn department_node(&self, id: DepartmentId) -> TreeNode {
        let Link { title, url } = self.department_link(id);
        TreeNode {
            title,
            url,
            count: self.own_count(id),
            summary: cut(&self.handbook.organization.departments[id].summary, LINE, true),
            current: false,
            children: self.handbook.org_index.children[id]
                .iter()
                .map(|child| self.department_node(*child))
                .collect(),
        }
    }

    fn own_count(&self, department: DepartmentId) -> usize {
        self.handbook.org_index.departments[department]
            .iter()
            .filter(|chapter| self.handbook.is_listed(**chapter))
            .count()
    }

    pub(super) fn department_counted(&self, id: DepartmentId) -> LinkWithCount {
        let Link { title, url } = self.department_link(id);
        let summary = cut(&self.handbook.organization.departments[id].summary, LINE, true);
        LinkWithCount { title, url, count: self.own_count(id), summary }
    }

    fn role_counted(&self, id: RoleId) -> LinkWithCount {
        let Link { title, url } = self.role_link(id);
        let named = &self.handbook.org_index.roles[id];
        let count = named.iter().filter(|chapter| self.handbook.is_listed(**chapter)).count();
        let summary = cut(&self.handbook.organization.roles[id].summary, LINE, true);
        LinkWithCount { title, url, count, summary }
    }

    /// Departments at the top two levels, for the home page.
    pub(super) fn top_departments(&self) -> Vec<LinkWithCount> {
        let departments = &self.handbook.organization.departments;
        let depth = |id: DepartmentId| self.handbook.organization.ancestry(id).count();
        let tops = departments.iter().filter(|department| department.parent.is_none()).count();
        // One root is the company itself: what people look for is below it.
        let wanted = |id: DepartmentId| if tops == 1 { depth(id) == 2 } else { depth(id) == 1 };
        let mut shown: Vec<DepartmentId> = departments.ids().filter(|id| wanted(*id)).collect();
        if shown.is_empty() {
            shown = departments.ids().collect();
        }
        shown.into_iter().take(24).map(|id| self.department_counted(id)).collect()
    }

    pub(super) fn department_page(&self, id: DepartmentId, number: PageNumber) -> DepartmentPage {
        let handbook = &self.handbook;
        let department = &handbook.organization.departments[id];
        let address = handbook.routes.address(Page::department(id, number));
        let mut context = self.index_context(address, &department.name);
        context.description.clone_from(&department.summary);
        context.feeds = self.feed_links(Some((Page::DepartmentFeed(id), &department.name)));
        let mut parents: Vec<Link> =
            handbook.organization.ancestry(id).skip(1).map(|parent| self.department_link(parent)).collect();
        parents.reverse();
        context.breadcrumbs.push(self.index_link(Taxonomy::DEPARTMENTS));
        context.breadcrumbs.extend(parents.iter().cloned());
        let applicability = handbook.applicable_to_department(id);
        let shown = slice(&applicability.chapters, number, PER_PAGE);
        let (children, members) = (&handbook.org_index.children[id], &handbook.org_index.members[id]);
        let own = shown.iter().filter(|entry| entry.through == Some(id));
        let own: Vec<ChapterId> = own.map(|entry| entry.chapter).collect();
        DepartmentPage {
            context,
            id: department.id.clone(),
            summary: department.summary.clone(),
            head: department.head.map(|role| self.role_link(role)),
            parents,
            children: children.iter().take(LINES).map(|child| self.department_counted(*child)).collect(),
            roles: members.iter().take(LINES).map(|role| self.role_counted(*role)).collect(),
            people_more: children.len().saturating_sub(LINES) + members.len().saturating_sub(LINES),
            own: self.by_kind(&own),
            inherited: self.through(shown, Some(id), &applicability),
            everyone: self.for_everyone(shown),
            everyone_more: everyone_more(shown, &applicability),
            pagination: self.pagination(number, applicability.chapters.len(), PER_PAGE, |number| {
                Page::department(id, number)
            }),
        }
    }

    /// Chapters grouped by the department they come through, except `own`.
    fn through(
        &self,
        shown: &[ApplicableChapter],
        own: Option<DepartmentId>,
        applicability: &Applicability,
    ) -> Vec<CardGroup> {
        let mut groups: Vec<(DepartmentId, Vec<ChapterId>)> = Vec::new();
        for ApplicableChapter { chapter, through } in shown {
            let Some(from) = through.filter(|from| Some(*from) != own) else { continue };
            match groups.last_mut() {
                Some(group) if group.0 == from => group.1.push(*chapter),
                _ => groups.push((from, vec![*chapter])),
            }
        }
        let group = |(from, chapters): (DepartmentId, Vec<ChapterId>)| CardGroup {
            heading: self.department_link(from),
            more: applicability.more.get(&Some(from)).copied().unwrap_or(0),
            cards: self.cards(chapters),
        };
        groups.into_iter().map(group).collect()
    }

    fn for_everyone(&self, shown: &[ApplicableChapter]) -> Vec<crate::page::Card> {
        self.cards(shown.iter().filter(|entry| entry.through.is_none()).map(|entry| entry.chapter))
    }

    /// The list of a taxonomy's terms.
    pub(super) fn index_link(&self, taxonomy: Taxonomy) -> Link {
        let url = self.url(Page::Terms(taxonomy, PageNumber::FIRST));
        Link { title: self.translate(taxonomy.row().label).to_owned(), url }
    }

    pub(super) fn roles_page(&self, number: PageNumber) -> RolesPage {
        let handbook = &self.handbook;
        let context = self.index_context(
            handbook.routes.address(Page::Terms(Taxonomy::ROLES, number)),
            self.translate("index_roles"),
        );
        let roles = &handbook.organization.roles;
        let members = self
            .departments_in_order()
            .into_iter()
            .flat_map(|id| handbook.org_index.members[id].iter().map(move |role| (Some(id), *role)));
        let free = roles.ids().filter(|id| roles[*id].department.is_none()).map(|role| (None, role));
        let mut groups: Vec<RoleGroup> = Vec::new();
        let mut last = None;
        for (department, role) in members.chain(free).skip(number.items(INDEX_LINES).start).take(INDEX_LINES)
        {
            if last != Some(department) {
                let heading = department.map_or_else(Link::default, |id| self.department_link(id));
                groups.push(RoleGroup { heading, roles: Vec::new() });
            }
            last = Some(department);
            if let Some(group) = groups.last_mut() {
                group.roles.push(self.role_counted(role));
            }
        }
        let pagination =
            self.pagination(number, roles.len(), INDEX_LINES, |number| Page::Terms(Taxonomy::ROLES, number));
        RolesPage { context, groups, pagination }
    }

    /// All departments, each followed by those below it.
    fn departments_in_order(&self) -> Vec<DepartmentId> {
        let departments = &self.handbook.organization.departments;
        let mut stack: Vec<DepartmentId> =
            departments.ids().rev().filter(|id| departments[*id].parent.is_none()).collect();
        let mut order = Vec::with_capacity(departments.len());
        while let Some(id) = stack.pop() {
            order.push(id);
            stack.extend(self.handbook.org_index.children[id].iter().rev());
        }
        order
    }

    pub(super) fn role_page(&self, id: RoleId, number: PageNumber) -> RolePage {
        let handbook = &self.handbook;
        let role = &handbook.organization.roles[id];
        let mut context = self.index_context(handbook.routes.address(Page::role(id, number)), &role.name);
        context.description.clone_from(&role.summary);
        context.feeds = self.feed_links(Some((Page::RoleFeed(id), &role.name)));
        context.breadcrumbs.push(self.index_link(Taxonomy::ROLES));
        let (direct, applicability) = (handbook.naming_role(id), handbook.applicable_to_role(id));
        // Those that name the role come first, then the others go on.
        let page = number.items(PER_PAGE);
        let others = |place: usize| place.saturating_sub(direct.len()).min(applicability.chapters.len());
        let shown = &applicability.chapters[others(page.start)..others(page.end)];
        let named = slice(&direct, number, PER_PAGE);
        let all = direct.len() + applicability.chapters.len();
        let first = number == PageNumber::FIRST;
        let (mut required, mut duties, charged) = match first {
            true => (self.required_of(id), self.duties(id), self.charged(id)),
            false => (Vec::new(), Vec::new(), Vec::new()),
        };
        let (required_more, duties_more) = (cut_off(&mut required), cut_off(&mut duties));
        let charges_more = charged.len().saturating_sub(LINES);
        RolePage {
            context,
            id: role.id.clone(),
            summary: role.summary.clone(),
            aliases: role.aliases.clone(),
            department: role.department.map(|id| self.department_link(id)),
            reporting: self.reporting(id),
            required,
            required_more,
            charges: charged.into_iter().take(LINES).map(|(id, fields)| self.charge(id, &fields)).collect(),
            charges_more,
            duties,
            duties_more,
            direct: self.by_kind(named),
            through: self.through(shown, None, &applicability),
            everyone: self.for_everyone(shown),
            everyone_more: everyone_more(shown, &applicability),
            pagination: self.pagination(number, all, PER_PAGE, |number| Page::role(id, number)),
        }
    }

    /// From the top of the line of reporting down to a role and its reports.
    fn reporting(&self, role: RoleId) -> Vec<TreeNode> {
        let handbook = &self.handbook;
        let reports = &handbook.org_index.reports[role];
        let superior = |id: &RoleId| handbook.organization.roles[*id].reports_to;
        if reports.is_empty() && superior(&role).is_none() {
            return Vec::new();
        }
        let node = |id: RoleId, current: bool, children: Vec<TreeNode>| {
            let LinkWithCount { title, url, count, summary } = self.role_counted(id);
            TreeNode { title, url, count, summary, current, children }
        };
        let mut tree =
            node(role, true, reports.iter().take(LINES).map(|id| node(*id, false, Vec::new())).collect());
        for id in std::iter::successors(superior(&role), superior) {
            tree = node(id, false, vec![tree]);
        }
        vec![tree]
    }

    fn required_of(&self, role: RoleId) -> Vec<Required> {
        let metadata = &self.handbook.metadata;
        let must = |id: &ChapterId| metadata[*id].required_all || metadata[*id].required.contains(&role);
        self.handbook.tree.order.iter().filter(|id| must(id)).map(|id| self.required(*id)).collect()
    }

    /// The chapters that a role owns, reviews or approves, the next to be reviewed first.
    fn charged(&self, role: RoleId) -> Vec<(ChapterId, Vec<Field>)> {
        let handbook = &self.handbook;
        let mut charged: Vec<(ChapterId, Vec<Field>)> = Vec::new();
        for (chapter, field) in &handbook.org_index.charges[role] {
            match charged.last_mut() {
                Some((last, fields)) if last == chapter => fields.push(*field),
                _ if handbook.is_listed(*chapter) => charged.push((*chapter, vec![*field])),
                _ => {}
            }
        }
        // Stable: what is due on one day, or never, stays in reading order.
        let next = |chapter: ChapterId| handbook.lifecycles[chapter].review_by;
        charged.sort_by_key(|(chapter, _)| (next(*chapter).is_none(), next(*chapter)));
        charged
    }

    fn charge(&self, chapter: ChapterId, fields: &[Field]) -> Charge {
        let parts = fields.iter().map(|field| self.labelled("control", field.row().key));
        Charge { parts: parts.collect(), row: self.register_row(chapter) }
    }

    fn duties(&self, role: RoleId) -> Vec<Duty> {
        let mut duties = Vec::new();
        for id in &self.handbook.tree.order {
            for duty in &self.handbook.metadata[*id].raci {
                let mine = duty.parties.parts().filter(|(_, all)| all.contains(&Party::Role(role)));
                let parts: Vec<_> = mine.map(|(key, _)| self.labelled("raci", key)).collect();
                if !parts.is_empty() {
                    let chapter = self.chapter_link(*id);
                    duties.push(Duty { activity: duty.activity.clone(), chapter, parts });
                }
            }
        }
        duties
    }
}

/// How many more apply to everyone than the lists have; said where the lists end.
fn everyone_more(shown: &[ApplicableChapter], applicability: &Applicability) -> usize {
    let ends = shown.last().is_some_and(|last| Some(last) == applicability.chapters.last());
    applicability.more.get(&None).copied().filter(|_| ends).unwrap_or(0)
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
