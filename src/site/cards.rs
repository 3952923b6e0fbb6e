//! Views that many pages share: cards, labels, links, pagination.

use super::Site;
use crate::chapter::field::{Field, FieldContent};
use crate::handbook::people::Party;
use crate::handbook::routes::{Page, pages};
use crate::handbook::taxonomy::Subject;
use crate::id::{ChapterId, DepartmentId, PageNumber, RoleId};
use crate::markdown::cut;
use crate::page::{Card, CardGroup, Label, Link, PageLink, Pagination, Required};
use crate::text::encode_path;
use std::collections::BTreeMap;

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
        Label { key: key.to_owned(), text: self.translate(&format!("{prefix}_{key}")).to_owned() }
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
            status: self.status_label(id),
            kind: self.value_label(id, Field::Kind),
            version: front.version.clone(),
            effective: front.effective.map_or_else(String::new, |date| date.to_string()),
            section: if section.path.is_empty() { String::new() } else { section.title.clone() },
            overdue: lifecycle.overdue,
        }
    }

    /// What readers see of a chapter's status: the word of its author where that is not
    /// ours.
    pub(super) fn status_label(&self, id: ChapterId) -> Option<Label> {
        let label = self.value_label(id, Field::Status)?;
        Some(match &self.handbook.lifecycles[id].word {
            Some(word) => Label { text: word.clone(), ..label },
            None => label,
        })
    }

    /// The value of a field that chooses from a list; a word of the author's own has the
    /// key `other`.
    fn value_label(&self, id: ChapterId, field: Field) -> Option<Label> {
        match self.handbook.field_content(id, field) {
            FieldContent::Choice(key) => Some(self.labelled(field.row().key, key)),
            FieldContent::Word(word) => Some(Label { key: "other".to_owned(), text: word.to_owned() }),
            _ => None,
        }
    }

    pub(super) fn cards(&self, chapters: impl IntoIterator<Item = ChapterId>) -> Vec<Card> {
        chapters.into_iter().map(|id| self.card(id)).collect()
    }

    /// Chapters grouped by kind, those without one last.
    pub(super) fn by_kind(&self, chapters: &[ChapterId]) -> Vec<CardGroup> {
        let mut groups: BTreeMap<Option<Subject>, Vec<ChapterId>> = BTreeMap::new();
        for id in chapters.iter().copied() {
            let subject = self.handbook.subjects(id, Field::Kind).into_iter().next();
            groups.entry(subject.map(|(subject, _)| subject)).or_default().push(id);
        }
        // Those without one come last.
        let none = groups.remove(&None).map(|chapters| (self.translate("kind_other").to_owned(), chapters));
        let named = groups.into_values().map(|chapters| {
            let label = chapters.first().and_then(|id| self.value_label(*id, Field::Kind));
            (label.map_or_else(String::new, |label| label.text), chapters)
        });
        let group = |(title, chapters): (String, Vec<ChapterId>)| {
            let heading = Link { title, url: String::new() };
            CardGroup { heading, cards: self.cards(chapters), more: 0 }
        };
        named.chain(none).map(group).collect()
    }

    pub(super) fn required(&self, id: ChapterId) -> Required {
        let front = &self.handbook.chapters[id].front;
        let metadata = &self.handbook.metadata[id];
        Required {
            card: self.card(id),
            within_days: front.required_reading.as_ref().map_or(0, |reading| reading.within_days),
            roles: if metadata.required_all {
                Vec::new()
            } else {
                metadata.required.iter().map(|role| self.role_link(*role)).collect()
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
