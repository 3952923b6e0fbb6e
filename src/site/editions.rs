//! The pages of editions: a chapter's timeline, each of its texts, and redlines.

use super::Site;
use super::links::EditionLinks;
use crate::chapter::Chapter;
use crate::chapter::field::{Field, FieldContent};
use crate::chapter::front_matter::FrontMatter;
use crate::handbook::edition::{Edition, History};
use crate::handbook::routes::Page;
use crate::id::{ChapterId, EditionNumber, HistoryId, SectionId};
use crate::markdown;
use crate::page::{
    EditionPage, EditionRow, FieldChange, KindCount, Link, Notice, PageContext, RedlinePage, RedlineRow,
    RedlineRun, RedlineSide, TimelinePage,
};
use crate::redline::{Change, Kind, Redline, Run};
use std::borrow::Cow;
use std::sync::Arc;

/// What a reader of an amendment wants to know of the front matter.
const FIELDS: [Field; 12] = [
    Field::Title,
    Field::Status,
    Field::Effective,
    Field::Retired,
    Field::ReviewBy,
    Field::Owner,
    Field::Approver,
    Field::Departments,
    Field::Roles,
    Field::Kind,
    Field::Confidentiality,
    Field::Supersedes,
];

impl Site {
    fn history(&self, id: HistoryId) -> Option<&History> {
        self.handbook.histories.list.get(id.index())
    }

    fn edition(&self, id: HistoryId, number: EditionNumber) -> Option<(&History, &Edition)> {
        let history = self.history(id)?;
        Some((history, history.editions.get(number.index())?))
    }

    /// The chapter of a history as it is on the day of the build.
    fn chapter_of(&self, history: &History) -> Option<ChapterId> {
        let chapters = &self.handbook.chapters;
        let at =
            chapters.as_slice().binary_search_by(|chapter| chapter.source.name.cmp(&history.name)).ok()?;
        Some(ChapterId::new(at))
    }

    /// The text of an edition as the readers of this site see it.
    pub(super) fn edition_text(&self, edition: &Edition) -> Arc<Chapter> {
        let chapter = Arc::new(Chapter::parse(&edition.source, &self.markdown));
        self.handbook.as_readers_see(&chapter, &self.markdown)
    }

    /// The front matter of an edition as the readers of this site see it: its notes and records
    /// may name addresses that they may not see.
    pub(super) fn edition_front<'a>(&self, edition: &'a Edition) -> Cow<'a, FrontMatter> {
        match self.handbook.shows_all() {
            true => Cow::Borrowed(&edition.front),
            false => Cow::Owned(self.edition_text(edition).front.clone()),
        }
    }

    /// The page of all editions of a chapter; empty where there is none.
    pub(super) fn timeline_link(&self, id: HistoryId) -> Link {
        Link { title: self.translate("editions").to_owned(), url: self.url(Page::Timeline(id)) }
    }

    /// The history of a chapter and its place.
    pub(super) fn history_of(&self, chapter: ChapterId) -> Option<(HistoryId, &History)> {
        self.handbook.histories.of(&self.handbook.chapters[chapter].source.name)
    }

    /// What stands above a chapter's text about the editions before and behind it.
    pub(super) fn edition_notices(&self, chapter: ChapterId) -> Vec<Notice> {
        let Some((id, history)) = self.history_of(chapter) else { return Vec::new() };
        let shown = &self.handbook.chapters[chapter].front.version;
        let Some(own) = history.find(shown) else { return Vec::new() };
        let mut notices = Vec::new();
        for (at, edition) in history.editions.iter().enumerate().skip(own + 1) {
            let Some(begins) = edition.begins.filter(|day| *day > self.handbook.today) else { continue };
            let number = EditionNumber::new(at);
            let text = self.theme.translate_with(
                "notice_next_edition",
                &[("version", edition.version()), ("date", &begins.to_string())],
            );
            let links = [("edition_text", Page::Edition(id, number)), ("redline", Page::Redline(id, number))]
                .map(|(word, page)| Link { title: self.translate(word).to_owned(), url: self.url(page) });
            notices.push(Notice { kind: "edition", text, links: links.to_vec() });
        }
        notices
    }

    fn edition_row(&self, id: HistoryId, number: EditionNumber) -> EditionRow {
        let Some((history, edition)) = self.edition(id, number) else { return EditionRow::default() };
        let date = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        let today = self.handbook.today;
        let when = match history.on(today) {
            Some(on) if on == number.index() && edition.begins.is_none_or(|day| day <= today) => "present",
            Some(on) if on < number.index() => "future",
            _ if edition.begins.is_some_and(|day| day > today) => "future",
            _ => "past",
        };
        let front = self.edition_front(edition);
        let revision = front.own_revision();
        let redline = if number.index() == 0 { String::new() } else { self.url(Page::Redline(id, number)) };
        EditionRow {
            version: edition.version().to_owned(),
            url: self.url(Page::Edition(id, number)),
            begins: date(edition.begins),
            ends: date(edition.ends),
            when,
            approvals: self.approval_lines(history, edition),
            approver: edition.front.approver.iter().map(|name| name.text.clone()).collect(),
            by: revision.map_or_else(String::new, |revision| revision.by.clone()),
            note: revision.map_or_else(String::new, |revision| revision.note.clone()),
            digest: String::new(),
            redline,
        }
    }

    /// The same with the digest of the text.
    fn row_with_digest(&self, id: HistoryId, number: EditionNumber) -> EditionRow {
        let shown = self.edition(id, number).filter(|(_, edition)| !edition.is_taken_back);
        let digest = shown.map_or_else(String::new, |(_, edition)| edition.digest());
        EditionRow { digest, ..self.edition_row(id, number) }
    }

    /// What the pages of a history have in common: where they stand, and the chapter.
    fn edition_context(&self, id: HistoryId, page: Page, title: &str) -> (PageContext, Link) {
        let address = self.handbook.routes.address(page);
        let chapter = self.history(id).and_then(|history| self.chapter_of(history));
        let mut context = self.context(address, title);
        let depth = address.matches('/').count();
        let section = chapter.map_or(SectionId::ROOT, |chapter| self.handbook.tree.section_of[chapter]);
        context.navigation_html = self.sidebar_at(section, chapter, depth);
        context.breadcrumbs = self.breadcrumbs(section, true);
        let link = chapter.map(|chapter| self.chapter_link(chapter)).unwrap_or_default();
        if !link.url.is_empty() {
            context.breadcrumbs.push(link.clone());
        }
        if page != Page::Timeline(id) {
            context.breadcrumbs.push(self.timeline_link(id));
        }
        (context, link)
    }

    /// The title of the latest text that readers may see.
    fn title_of(&self, history: &History) -> String {
        if let Some(chapter) = self.chapter_of(history) {
            return self.handbook.chapters[chapter].title.clone();
        }
        history.editions.last().map_or_else(String::new, |edition| self.edition_text(edition).title.clone())
    }

    pub(super) fn timeline_page(&self, id: HistoryId) -> TimelinePage {
        let Some(history) = self.history(id) else { return TimelinePage::default() };
        let title = self.theme.translate_with("editions_of", &[("title", &self.title_of(history))]);
        let (context, chapter) = self.edition_context(id, Page::Timeline(id), &title);
        let numbers = (0..history.editions.len()).rev().map(EditionNumber::new);
        TimelinePage {
            context,
            id: history.id().unwrap_or_default().to_owned(),
            chapter,
            rows: numbers.map(|number| self.row_with_digest(id, number)).collect(),
        }
    }

    pub(super) fn edition_page(&self, id: HistoryId, number: EditionNumber) -> EditionPage {
        let Some((history, edition)) = self.edition(id, number) else { return EditionPage::default() };
        let page = Page::Edition(id, number);
        let text = self.edition_text(edition);
        let title = if edition.is_taken_back { self.title_of(history) } else { text.title.clone() };
        let (context, chapter) = self.edition_context(id, page, &title);
        let address = self.handbook.routes.address(page);
        let body = || {
            let links = EditionLinks::new(self, &text, address);
            markdown::render(&text.document, &self.markdown, &links, text.repeats_title).html
        };
        EditionPage {
            context,
            id: history.id().unwrap_or_default().to_owned(),
            edition: self.row_with_digest(id, number),
            chapter,
            timeline: self.timeline_link(id),
            is_taken_back: edition.is_taken_back,
            body: if edition.is_taken_back { String::new() } else { body() },
        }
    }

    /// What differs between an edition and the one before it.
    pub(super) fn redline_page(&self, id: HistoryId, number: EditionNumber) -> RedlinePage {
        self.redline_between(id, EditionNumber::new(number.index().saturating_sub(1)), number)
    }

    /// What differs between two editions.
    pub(super) fn redline_between(
        &self,
        id: HistoryId,
        before: EditionNumber,
        number: EditionNumber,
    ) -> RedlinePage {
        let (Some((history, to)), Some((_, from))) = (self.edition(id, number), self.edition(id, before))
        else {
            return RedlinePage::default();
        };
        let page = Page::Redline(id, number);
        let versions = [("title", &*self.title_of(history)), ("from", from.version()), ("to", to.version())];
        let title = self.theme.translate_with("redline_of", &versions);
        let (context, _) = self.edition_context(id, page, &title);
        let (redline, fields) = self.compare(from, to);
        let count = |kind: &Kind| KindCount { kind: kind.key(), count: redline.count(*kind) };
        RedlinePage {
            context,
            from: self.edition_row(id, before),
            to: self.edition_row(id, number),
            timeline: self.timeline_link(id),
            counts: Kind::DIFFERENT.iter().map(count).filter(|count| count.count > 0).collect(),
            fields,
            same: redline.count(Kind::Same),
            rows: redline.changes().map(row).collect(),
        }
    }

    /// What differs between two editions: texts, and front matter.
    pub(super) fn compare(&self, from: &Edition, to: &Edition) -> (Redline, Vec<FieldChange>) {
        if from.is_taken_back || to.is_taken_back {
            return (Redline::default(), Vec::new());
        }
        let (before, after) = (self.edition_text(from), self.edition_text(to));
        let titles = [before.repeats_title, after.repeats_title];
        let redline = Redline::between(&before.document, &after.document, titles);
        let changed = |field: &Field| {
            let (from, to) = (self.said(&before, *field), self.said(&after, *field));
            let key = field.row().key;
            let label = match field {
                Field::Title => self.translate("register_title").to_owned(),
                Field::Departments => self.translate("index_departments").to_owned(),
                Field::Roles => self.translate("index_roles").to_owned(),
                _ => self.labelled("control", key).text,
            };
            (from != to).then_some(FieldChange { field: key, label, from, to })
        };
        (redline, FIELDS.iter().filter_map(changed).collect())
    }

    /// What a field of a text says, as its author wrote it.
    fn said(&self, chapter: &Chapter, field: Field) -> String {
        let front = &chapter.front;
        match front.content(field) {
            FieldContent::Choice(key) => self.labelled(field.row().key, key).text,
            FieldContent::Word(word) => word.to_owned(),
            FieldContent::Text(text) => text.to_owned(),
            FieldContent::Date(date) => date.to_string(),
            FieldContent::Words(words) => {
                let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
                words.join(self.translate("comma"))
            }
            FieldContent::Nothing if field == Field::Title => chapter.title.clone(),
            FieldContent::Nothing => String::new(),
        }
    }
}

fn row(row: &crate::redline::Row) -> RedlineRow {
    let label = |unit: &Option<crate::redline::Unit>| {
        unit.as_ref().map_or_else(String::new, |unit| unit.label.clone())
    };
    RedlineRow {
        kind: row.kind.key(),
        from_label: label(&row.from),
        to_label: label(&row.to),
        from: side(&row.runs, Change::Deleted),
        to: side(&row.runs, Change::Added),
    }
}

/// The lines of one side.
fn side(runs: &[Run], own: Change) -> RedlineSide {
    let mut lines: RedlineSide = Vec::new();
    for run in runs.iter().filter(|run| run.change == Change::Same || run.change == own) {
        let change = match run.change {
            Change::Same => "same",
            Change::Deleted => "deleted",
            Change::Added => "added",
        };
        for (at, text) in run.text.split('\n').enumerate() {
            if at > 0 || lines.is_empty() {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                line.push(RedlineRun { change, text: text.to_owned() });
            }
        }
    }
    lines
}
