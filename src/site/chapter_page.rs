//! The page of a chapter: its control block, its text, what stands around it.

use super::Site;
use super::links::Links;
use crate::chapter::Chapter;
use crate::chapter::field::Field;
use crate::chapter::front_matter::{Raci, Status};
use crate::diagnostic::Diagnostic;
use crate::handbook::Duty;
use crate::handbook::people::Party;
use crate::id::{ChapterId, PageNumber};
use crate::markdown;
use crate::page::{ChapterPage, Link, Notice, OutlineItem, RaciRow, RevisionView, TermNote};
use crate::text::encode_path;

/// A chapter's text, finished.
pub(super) struct Body {
    pub(super) html: String,
    pub(super) outline: Vec<OutlineItem>,
    pub(super) terms: Vec<TermNote>,
}

impl Site {
    pub(super) fn render_chapter(&self, id: ChapterId) -> Result<Vec<u8>, Diagnostic> {
        let page = self.chapter_page(id);
        // Where the project has no templates, the name is one of another tool's.
        let template = self.handbook.chapters[id].front.template_name();
        match template.filter(|_| self.theme.has_own_templates()) {
            Some(name) => self.theme.render(&format!("{name}.html"), &page).map_err(|mut diagnostic| {
                if diagnostic.path.is_none() {
                    diagnostic.path = Some(std::sync::Arc::clone(&self.handbook.chapters[id].source.path));
                }
                diagnostic
            }),
            None => self.theme.render("chapter.html", &page),
        }
    }

    pub(super) fn chapter_page(&self, id: ChapterId) -> ChapterPage {
        let handbook = &self.handbook;
        let chapter = &handbook.chapters[id];
        let metadata = &handbook.metadata[id];
        let section = handbook.tree.section_of[id];
        let mut context = self.context(&chapter.url, &chapter.title);
        let is_beside = handbook.tree.sections[section].beside == Some(id);
        context.breadcrumbs = self.breadcrumbs(section, !is_beside);
        context.navigation_html = self.sidebar(section, Some(id), &chapter.url);
        context.language = self.language_of(id);
        context.description = description(chapter);
        let body = self.body(id, &chapter.url);
        context.term_notes = body.terms;
        let (previous, next) = self.neighbours(id);
        let (referrers, referrer_count) = self.referrers(id);
        ChapterPage {
            context,
            card: self.card(id),
            notices: self.notices(id),
            departments: metadata.departments.iter().map(|id| self.department_link(*id)).collect(),
            roles: metadata.roles.iter().map(|id| self.role_link(*id)).collect(),
            control: self.control(id),
            body: body.html,
            outline: body.outline,
            raci: self.raci(id),
            editions: self.history_of(id).map(|(history, _)| self.timeline_link(history)),
            revisions: revisions(chapter),
            related: self.cards(metadata.documents(Field::Related).iter().copied()),
            referrers,
            referrer_count,
            neighbourhood: self.neighbourhood(id),
            extra: chapter.front.extra.clone(),
            previous,
            next,
            folder: is_beside.then(|| self.listed_in(section, PageNumber::FIRST)),
        }
    }

    /// The text of a chapter as it stands at `address`.
    pub(super) fn body(&self, id: ChapterId, address: &str) -> Body {
        let chapter = &self.handbook.chapters[id];
        let links = Links::new(self, id, address).with_history(self.shown_history(id, address));
        let rendered = markdown::render(&chapter.document, &self.markdown, &links, chapter.repeats_title);
        let outline = if chapter.front.toc == Some(false) { Vec::new() } else { outline(chapter) };
        Body { html: rendered.html, outline, terms: self.term_notes(links.terms()) }
    }

    /// The tag of a chapter's language where it is not the handbook's.
    pub(super) fn language_of(&self, id: ChapterId) -> String {
        let own = self.handbook.chapters[id].front.language.as_ref();
        own.filter(|own| **own != self.handbook.language).cloned().unwrap_or_default()
    }

    pub(super) fn notices(&self, id: ChapterId) -> Vec<Notice> {
        let chapter = &self.handbook.chapters[id];
        let lifecycle = &self.handbook.lifecycles[id];
        let front = &chapter.front;
        let successors: Vec<Link> = lifecycle.superseded_by.iter().map(|id| self.chapter_link(*id)).collect();
        let dated = |key: &str, date: Option<jiff::civil::Date>| {
            let date = date.map_or_else(|| "—".to_owned(), |date| date.to_string());
            self.translate(key).replace("{date}", &date)
        };
        let mut notices = Vec::new();
        let mut push =
            |kind: &'static str, text: String, links: Vec<Link>| notices.push(Notice { kind, text, links });
        if chapter.is_broken {
            push("broken", self.translate("notice_broken").to_owned(), Vec::new());
        }
        match lifecycle.status {
            Some(Status::Draft) => push("draft", self.translate("notice_draft").to_owned(), Vec::new()),
            Some(Status::Consultation) => {
                push("consultation", self.translate("notice_consultation").to_owned(), Vec::new());
            }
            Some(Status::Approved) => {
                let metadata = &self.handbook.metadata[id];
                let follows = !metadata.documents(Field::Supersedes).is_empty() || front.revisions.len() > 1;
                let key = match front.effective {
                    Some(_) if follows => "notice_approved",
                    Some(_) => "notice_approved_first",
                    None => "notice_approved_undated",
                };
                push("approved", dated(key, front.effective), Vec::new());
            }
            Some(Status::Superseded) => {
                push("superseded", self.translate("notice_superseded").to_owned(), successors)
            }
            Some(Status::Retired) => {
                let key = if front.retired.is_some() { "notice_retired" } else { "notice_retired_undated" };
                push("retired", dated(key, front.retired), successors);
            }
            _ => {}
        }
        if lifecycle.may_be_in_force() {
            for newer in &lifecycle.superseded_by {
                let begins = self.handbook.chapters[*newer].front.effective;
                let status = self.handbook.lifecycles[*newer].status;
                if status == Some(Status::Approved) && begins.is_some_and(|day| day > self.handbook.today) {
                    push("edition", dated("notice_successor", begins), vec![self.chapter_link(*newer)]);
                }
            }
        }
        if lifecycle.overdue {
            push("overdue", dated("notice_overdue", lifecycle.review_by), Vec::new());
        }
        notices.extend(self.edition_notices(id));
        notices
    }

    fn raci(&self, id: ChapterId) -> Vec<RaciRow> {
        let row = |duty: &Duty| {
            let links = |parties: &Vec<Party>| parties.iter().map(|party| self.party_link(party)).collect();
            let Raci { responsible, accountable, consulted, informed } = duty.parties.map(links);
            RaciRow { activity: duty.activity.clone(), responsible, accountable, consulted, informed }
        };
        self.handbook.metadata[id].raci.iter().map(row).collect()
    }
}

fn description(chapter: &Chapter) -> String {
    if !chapter.front.summary.is_empty() {
        return chapter.front.summary.clone();
    }
    chapter.document.first_paragraph().chars().take(160).collect()
}

/// Revisions, newest first; those without a date keep their places at the end.
fn revisions(chapter: &Chapter) -> Vec<RevisionView> {
    let mut revisions: Vec<_> = chapter.front.revisions.iter().collect();
    revisions.sort_by_key(|revision| std::cmp::Reverse(revision.date));
    let view = |revision: &crate::chapter::front_matter::Revision| RevisionView {
        version: revision.version.clone(),
        date: revision.date.map_or_else(String::new, |date| date.to_string()),
        by: revision.by.clone(),
        note: revision.note.clone(),
    };
    revisions.into_iter().map(view).collect()
}

/// The headings down to two levels below the highest, depths without gaps.
fn outline(chapter: &Chapter) -> Vec<OutlineItem> {
    let skip = usize::from(chapter.repeats_title);
    let headings = &chapter.document.headings[skip.min(chapter.document.headings.len())..];
    let Some(highest) = headings.iter().map(|heading| heading.level).min() else { return Vec::new() };
    let mut open: Vec<u8> = Vec::new();
    let mut items = Vec::new();
    for heading in headings.iter().filter(|heading| heading.level <= highest + 2 && !heading.text.is_empty())
    {
        while open.last().is_some_and(|level| *level >= heading.level) {
            open.pop();
        }
        open.push(heading.level);
        items.push(OutlineItem {
            title: heading.text.clone(),
            anchor: encode_path(&heading.anchor),
            depth: open.len(),
        });
    }
    if items.len() < 2 { Vec::new() } else { items }
}
