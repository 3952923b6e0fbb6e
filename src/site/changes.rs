//! What has changed, by month, a year or part of one on each page.

use super::Site;
use super::clause_history::StepRow;
use crate::handbook::register::Change;
use crate::handbook::routes::{Page, changes_on_pages};
use crate::id::{ChapterId, DepartmentId, EditionNumber, PageNumber, RoleId};
use crate::page::{ChangeEntry, ChangeMonth, ChangesPage, Link, LinkWithCount};
use std::collections::BTreeSet;

/// Clauses that a change lists.
const CLAUSES: usize = 8;

impl Site {
    /// All changes, the latest first.
    pub(super) fn all_changes(&self) -> &[Change] {
        self.changes.get_or_init(|| self.handbook.changes())
    }

    pub(super) fn changes_page(&self, number: PageNumber) -> ChangesPage {
        let changes = self.all_changes();
        let on_pages = changes_on_pages(changes);
        let own = on_pages.get(number.index()).map_or(&[][..], |range| &changes[range.clone()]);
        let mut months: Vec<ChangeMonth> = Vec::new();
        for change in own {
            let key = change.date.strftime("%Y-%m").to_string();
            if months.last().is_none_or(|month| month.key != key) {
                let is_first = months.last().is_none_or(|last| last.key[..4] != key[..4]);
                months.push(ChangeMonth { key, is_first, entries: Vec::new() });
            }
            if let Some(month) = months.last_mut() {
                month.entries.push(self.change_entry(*change));
            }
        }
        let mut years: Vec<LinkWithCount> = Vec::new();
        for (page, range) in on_pages.iter().enumerate() {
            let url = self.url(Page::Changes(PageNumber::new(page)));
            for change in &changes[range.clone()] {
                let title = change.date.year().to_string();
                match years.last_mut().filter(|year| year.title == title) {
                    Some(year) => year.count += 1,
                    None => years.push(LinkWithCount {
                        url: format!("{url}#Hb-y{title}"),
                        title,
                        count: 1,
                        summary: String::new(),
                    }),
                }
            }
        }
        let address = self.handbook.routes.address(Page::Changes(number));
        let (departments, roles) = self.concerned(own);
        let mut context = self.index_context(address, self.translate("index_changes"));
        context.feeds = self.feed_links(None);
        ChangesPage {
            context,
            years,
            months,
            departments,
            roles,
            pagination: self.pagination(number, on_pages.len(), 1, Page::Changes),
        }
    }

    pub(super) fn change_entry(&self, change: Change) -> ChangeEntry {
        let metadata = &self.handbook.metadata[change.chapter];
        let organization = &self.handbook.organization;
        let revision = self.handbook.revision(change);
        let departments: Vec<&str> =
            metadata.departments.iter().map(|id| organization.departments[*id].id.as_str()).collect();
        let roles: Vec<&str> = metadata.roles.iter().map(|id| organization.roles[*id].id.as_str()).collect();
        let own = || self.handbook.chapters[change.chapter].front.version.clone();
        let version = revision.map_or_else(own, |revision| revision.version.clone());
        let (redline, mut clauses) = self.redline_to(change.chapter, &version);
        let clauses_more = clauses.len().saturating_sub(CLAUSES);
        clauses.truncate(CLAUSES);
        ChangeEntry {
            date: change.date.to_string(),
            card: self.card(change.chapter),
            version,
            redline,
            clauses,
            clauses_more,
            editorial: revision.is_some_and(|revision| revision.editorial),
            by: revision.map_or_else(String::new, |revision| revision.by.clone()),
            note: revision.map_or_else(String::new, |revision| revision.note.clone()),
            departments: departments.join(" "),
            roles: roles.join(" "),
        }
    }

    /// The address of the redline that leads to a version of a chapter, empty where there is
    /// none, and the clauses that it touches.
    pub(super) fn redline_to(&self, chapter: ChapterId, version: &str) -> (String, Vec<Link>) {
        let found = self.history_of(chapter).and_then(|(id, history)| Some((id, history.find(version)?)));
        let Some((id, at)) = found.filter(|(_, at)| *at > 0) else { return Default::default() };
        let steps = self.steps(id);
        let url = self.url(Page::Redline(id, EditionNumber::new(at)));
        let Some(Some(step)) = steps.get(at - 1).filter(|_| !url.is_empty()) else {
            return Default::default();
        };
        let clause = |row: &StepRow| {
            let title = row.label();
            (!title.is_empty()).then(|| Link { title, url: format!("{url}#Hb-r{}", row.number) })
        };
        let clauses = step.rows().iter().filter_map(clause).collect();
        (url, clauses)
    }

    /// The departments and roles that changes name, each with its id as address.
    fn concerned(&self, changes: &[Change]) -> (Vec<Link>, Vec<Link>) {
        let (mut departments, mut roles) = (BTreeSet::<DepartmentId>::new(), BTreeSet::<RoleId>::new());
        for change in changes {
            let metadata = &self.handbook.metadata[change.chapter];
            departments.extend(&metadata.departments);
            roles.extend(&metadata.roles);
        }
        let organization = &self.handbook.organization;
        let link = |name: &String, id: &String| Link { title: name.clone(), url: id.clone() };
        let department = |id: DepartmentId| &organization.departments[id];
        let role = |id: RoleId| &organization.roles[id];
        (
            departments.into_iter().map(department).map(|entry| link(&entry.name, &entry.id)).collect(),
            roles.into_iter().map(role).map(|entry| link(&entry.name, &entry.id)).collect(),
        )
    }
}
