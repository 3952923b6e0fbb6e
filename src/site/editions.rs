//! The pages of editions: a chapter's timeline, and each of its texts.

use super::Site;
use super::edition_links::EditionLinks;
use crate::chapter::Chapter;
use crate::chapter::front_matter::FrontMatter;
use crate::handbook::edition::{Edition, History};
use crate::handbook::routes::Page;
use crate::id::{ChapterId, EditionNumber, HistoryId, SectionId};
use crate::markdown;
use crate::page::{EditionPage, EditionRow, Link, Notice, PageContext, TimelinePage};
use std::borrow::Cow;
use std::sync::Arc;

impl Site {
    pub(super) fn history(&self, id: HistoryId) -> Option<&History> {
        self.handbook.histories.list.get(id.index())
    }

    pub(super) fn edition(&self, id: HistoryId, number: EditionNumber) -> Option<(&History, &Edition)> {
        let history = self.history(id)?;
        Some((history, history.editions.get(number.index())?))
    }

    /// The chapter of a history as it is on the day of the build.
    pub(super) fn chapter_of(&self, history: &History) -> Option<ChapterId> {
        let chapters = &self.handbook.chapters;
        let at =
            chapters.as_slice().binary_search_by(|chapter| chapter.source.name.cmp(&history.name)).ok()?;
        Some(ChapterId::new(at))
    }

    /// The text of an edition as the readers of this site see it.
    pub(super) fn edition_text(&self, edition: &Edition) -> Arc<Chapter> {
        self.edition_memo.text(edition.source.fingerprint, || {
            let history = self.handbook.histories.of(&edition.source.name).map(|(_, history)| history);
            let present = history.and_then(|history| history.present.as_ref());
            let parsed = present.filter(|chapter| chapter.source.text == edition.source.text);
            let parse = || Arc::new(Chapter::parse(&edition.source, &self.markdown));
            let chapter = parsed.map_or_else(parse, Arc::clone);
            self.handbook.as_readers_see(&chapter, &self.markdown)
        })
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

    /// Whether the text of a chapter that would be shown is taken back.
    pub(super) fn is_taken_back(&self, chapter: ChapterId) -> bool {
        let chapter = &self.handbook.chapters[chapter];
        // A draft of the same version is no edition, and is shown only to who asks for drafts.
        chapter.is_published()
            && self.handbook.histories.is_taken_back(&chapter.source.name, &chapter.front.version)
    }

    /// What stands above a chapter's text about the editions before and behind it.
    pub(super) fn edition_notices(&self, chapter: ChapterId) -> Vec<Notice> {
        let Some((id, history)) = self.history_of(chapter) else { return Vec::new() };
        let shown = &self.handbook.chapters[chapter].front.version;
        let Some(own) = history.find(shown) else { return Vec::new() };
        let mut notices = Vec::new();
        if self.is_taken_back(chapter) {
            let text = self.theme.translate_with("notice_taken_back", &[("version", shown)]);
            notices.push(Notice { kind: "edition", text, links: vec![self.timeline_link(id)] });
        }
        for (at, edition) in history.editions.iter().enumerate().skip(own + 1) {
            let is_to_come = |day: &jiff::civil::Date| *day > self.handbook.today && edition.left.is_none();
            let Some(begins) = edition.begins.filter(is_to_come) else { continue };
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

    pub(super) fn edition_row(&self, id: HistoryId, number: EditionNumber) -> EditionRow {
        let Some((history, edition)) = self.edition(id, number) else { return EditionRow::default() };
        let date = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        let today = self.handbook.today;
        let when = match history.on(today) {
            _ if edition.is_left(today) => "past",
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
            is_taken_back: edition.is_taken_back,
            redline,
        }
    }

    /// The same with the digest of the text.
    fn row_with_digest(&self, id: HistoryId, number: EditionNumber) -> EditionRow {
        let shown = self.edition(id, number).filter(|(_, edition)| !edition.is_taken_back);
        let digest = shown.map_or_else(String::new, |(_, edition)| edition.digest().to_owned());
        EditionRow { digest, ..self.edition_row(id, number) }
    }

    /// What the pages of a history have in common: where they stand, and the chapter.
    pub(super) fn edition_context(&self, id: HistoryId, address: &str, title: &str) -> (PageContext, Link) {
        let chapter = self.history(id).and_then(|history| self.chapter_of(history));
        let mut context = self.context(address, title);
        let section = chapter.map_or(SectionId::ROOT, |chapter| self.handbook.tree.section_of[chapter]);
        context.navigation_html = self.sidebar(section, chapter, address);
        context.breadcrumbs = self.breadcrumbs(section, true);
        let link = chapter.map(|chapter| self.chapter_link(chapter)).unwrap_or_default();
        if !link.url.is_empty() {
            context.breadcrumbs.push(link.clone());
        }
        (context, link)
    }

    /// The title of the latest text that readers may see.
    pub(super) fn title_of(&self, history: &History) -> String {
        if let Some(chapter) = self.chapter_of(history) {
            return self.handbook.chapters[chapter].title.clone();
        }
        history.editions.last().map_or_else(String::new, |edition| self.edition_text(edition).title.clone())
    }

    pub(super) fn timeline_page(&self, id: HistoryId) -> TimelinePage {
        let Some(history) = self.history(id) else { return TimelinePage::default() };
        let title = self.theme.translate_with("editions_of", &[("title", &self.title_of(history))]);
        let address = self.handbook.routes.address(Page::Timeline(id));
        let (context, chapter) = self.edition_context(id, address, &title);
        let numbers = (0..history.editions.len()).rev().map(EditionNumber::new);
        TimelinePage {
            context,
            id: history.id().unwrap_or_default().to_owned(),
            chapter,
            rows: numbers.map(|number| self.row_with_digest(id, number)).collect(),
            choices: Vec::new(),
        }
    }

    pub(super) fn edition_page(&self, id: HistoryId, number: EditionNumber) -> EditionPage {
        let Some((history, edition)) = self.edition(id, number) else { return EditionPage::default() };
        let page = Page::Edition(id, number);
        let text = self.edition_text(edition);
        let title = if edition.is_taken_back { self.title_of(history) } else { text.title.clone() };
        let address = self.handbook.routes.address(page);
        let (mut context, chapter) = self.edition_context(id, address, &title);
        context.breadcrumbs.push(self.timeline_link(id));
        let body = || {
            let history = self.clause_history(id, number, address);
            let links = EditionLinks::new(self, &text, address, history);
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
}
