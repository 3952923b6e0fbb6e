//! Views that many pages share: cards, labels, links, pagination.

use super::Site;
use crate::chapter::front_matter::Kind;
use crate::handbook::people::Party;
use crate::handbook::routes::{Page, pages};
use crate::id::{ChapterId, DepartmentId, PageNumber, RoleId};
use crate::markdown::cut;
use crate::page::{Card, CardGroup, Label, Link, PageLink, Pagination, Required};
use crate::text::encode_path;

/// Characters of a summary on a card.
const SUMMARY: usize = 200;
/// Characters of a summary in an index of hundreds of lines.
pub(super) const LINE: usize = 80;

impl Site {
    /// The address of a page, encoded.
    pub(super) fn url(&self, page: Page) -> String {
        encode_path(self.handbook.routes.address(page))
    }

    /// The address of a chapter, encoded.
    pub(super) fn chapter_url(&self, id: ChapterId) -> String {
        encode_path(&self.handbook.chapters[id].url)
    }

    pub(super) fn chapter_link(&self, id: ChapterId) -> Link {
        Link { title: self.handbook.chapters[id].title.clone(), url: self.chapter_url(id) }
    }

    pub(super) fn department_link(&self, id: DepartmentId) -> Link {
        let title = self.handbook.organization.departments[id].name.clone();
        Link { title, url: self.url(Page::department(id, PageNumber::FIRST)) }
    }

    pub(super) fn role_link(&self, id: RoleId) -> Link {
        let title = self.handbook.organization.roles[id].name.clone();
        Link { title, url: self.url(Page::role(id, PageNumber::FIRST)) }
    }

    pub(super) fn party_link(&self, party: &Party) -> Link {
        match party {
            Party::Role(id) => self.role_link(*id),
            Party::Department(id) => self.department_link(*id),
            Party::Person(name) => Link { title: name.clone(), url: String::new() },
        }
    }

    /// The label of a key such as `status_in_force`, from prefix and key.
    pub(super) fn labelled(&self, prefix: &str, key: &str) -> Label {
        Label { key: key.to_owned(), text: self.word(&format!("{prefix}_{key}")).to_owned() }
    }

    pub(super) fn card(&self, id: ChapterId) -> Card {
        let handbook = &self.handbook;
        let (chapter, lifecycle) = (&handbook.chapters[id], &handbook.lifecycles[id]);
        let front = &chapter.front;
        let section = &handbook.tree.sections[handbook.tree.section_of[id]];
        Card {
            title: chapter.title.clone(),
            url: self.chapter_url(id),
            id: front.id.as_ref().map_or_else(String::new, |id| id.text.clone()),
            summary: cut(&front.summary, SUMMARY, true),
            status: lifecycle.status.map(|status| self.labelled("status", status.key())),
            kind: front.kind.map(|kind| self.labelled("kind", kind.key())),
            version: front.version.clone(),
            effective: front.effective.map_or_else(String::new, |date| date.to_string()),
            section: if section.path.is_empty() { String::new() } else { section.title.clone() },
            overdue: lifecycle.overdue,
        }
    }

    pub(super) fn cards(&self, chapters: impl IntoIterator<Item = ChapterId>) -> Vec<Card> {
        chapters.into_iter().map(|id| self.card(id)).collect()
    }

    /// Chapters grouped by kind, those without one last.
    pub(super) fn by_kind(&self, chapters: &[ChapterId]) -> Vec<CardGroup> {
        let kinds = Kind::ALL.iter().map(|row| Some(row.2)).chain([None]);
        let group = |kind: Option<Kind>| {
            let chapters =
                chapters.iter().copied().filter(|id| self.handbook.chapters[*id].front.kind == kind);
            let title = kind.map_or_else(
                || self.word("kind_other").to_owned(),
                |kind| self.labelled("kind", kind.key()).text,
            );
            let heading = Link { title, url: String::new() };
            CardGroup { heading, cards: self.cards(chapters), more: 0 }
        };
        kinds.map(group).filter(|group| !group.cards.is_empty()).collect()
    }

    pub(super) fn required(&self, id: ChapterId) -> Required {
        let front = &self.handbook.chapters[id].front;
        let facts = &self.handbook.facts[id];
        Required {
            card: self.card(id),
            within_days: front.required_reading.as_ref().map_or(0, |reading| reading.within_days),
            roles: if facts.required_all {
                Vec::new()
            } else {
                facts.required.iter().map(|role| self.role_link(*role)).collect()
            },
        }
    }

    /// The bar below a list of `items`; `None` where one page holds them all.
    pub(super) fn pagination(
        &self,
        number: PageNumber,
        items: usize,
        per_page: usize,
        page: impl Fn(PageNumber) -> Page,
    ) -> Option<Pagination> {
        let total = pages(items, per_page);
        if total < 2 {
            return None;
        }
        let own = number.index();
        let mut links: Vec<PageLink> = Vec::new();
        for other in (0..total).map(PageNumber::new) {
            let index = other.index();
            let near = index == 0 || index + 1 == total || index.abs_diff(own) <= 2;
            if near {
                links.push(PageLink { number: other.shown(), url: self.url(page(other)) });
            } else if links.last().is_some_and(|last| last.number != 0) {
                links.push(PageLink::default());
            }
        }
        let url = |index: usize| self.url(page(PageNumber::new(index)));
        Some(Pagination {
            number: number.shown(),
            total,
            pages: links,
            previous: own.checked_sub(1).map_or_else(String::new, url),
            next: if own + 1 < total { url(own + 1) } else { String::new() },
        })
    }
}

/// The part of a list that stands on its page `number`.
pub(super) fn slice<T>(items: &[T], number: PageNumber, per_page: usize) -> &[T] {
    let start = number.items(per_page).start.min(items.len());
    &items[start..(start + per_page).min(items.len())]
}
