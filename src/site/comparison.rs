//! What differs between any two editions of a chapter, as values, JSON and a page: what
//! `handbook diff` prints.

use super::Site;
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::handbook::edition::{Edition, History};
use crate::handbook::routes::Page;
use crate::id::{EditionNumber, HistoryId};
use crate::locale::Message;
use crate::message;
use crate::page::{EditionChoice, EditionRow, FieldChange};
use crate::redline::{Kind, Redline, Row, Unit};
use crate::text::fold;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What differs between two editions.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Comparison {
    /// Sections and clauses.
    pub redline: Redline,
    /// Front matter.
    pub fields: Vec<ChangedField>,
    history: HistoryId,
    from: EditionNumber,
    to: Side,
}

/// A text that an edition is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Another edition.
    Edition(EditionNumber),
    /// What lies in `content/`, which its author may still be writing.
    Working,
}

/// What stands for the text in `content/` where a version is asked for; a version of that name
/// goes first.
const WORKING: [&str; 2] = ["working", "draft"];

/// A field of front matter that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChangedField {
    /// Its key, such as `effective`.
    pub field: &'static str,
    /// Its label in the handbook's language.
    #[serde(skip)]
    pub label: String,
    /// What it said before, or empty.
    pub from: String,
    /// What it says after, or empty.
    pub to: String,
}

#[derive(Serialize)]
struct ClauseEntry<'a> {
    kind: Kind,
    from: Option<&'a str>,
    to: Option<&'a str>,
    from_text: Option<&'a str>,
    to_text: Option<&'a str>,
    /// Paragraphs, items and rows of tables that differ, of what is changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartEntry<'a>>,
}

#[derive(Serialize)]
struct PartEntry<'a> {
    kind: Kind,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct Entries<'a> {
    clauses: Vec<ClauseEntry<'a>>,
    fields: &'a [ChangedField],
    counts: BTreeMap<&'static str, usize>,
}

impl Comparison {
    /// What a redline and fields are in JSON; see [`to_json`](Self::to_json).
    #[must_use]
    pub fn value_of(redline: &Redline, fields: &[ChangedField]) -> serde_json::Value {
        serde_json::to_value(Entries::new(redline, fields)).unwrap_or_default()
    }

    /// As JSON: `clauses` with what they are called before and after, `fields`, `counts`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let entries = Entries::new(&self.redline, &self.fields);
        serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
    }
}

impl<'a> Entries<'a> {
    fn new(redline: &'a Redline, fields: &'a [ChangedField]) -> Self {
        let counts = Kind::DIFFERENT.iter().map(|kind| (kind.key(), redline.count(*kind))).collect();
        Self { clauses: redline.changes().map(clause_entry).collect(), fields, counts }
    }
}

fn clause_entry(row: &Row) -> ClauseEntry<'_> {
    fn label(unit: &Option<Unit>) -> Option<&str> {
        unit.as_ref().map(|unit| unit.label.as_str())
    }
    fn text(unit: &Option<Unit>) -> Option<&str> {
        unit.as_ref().map(|unit| unit.text.as_str())
    }
    let parts = row.parts.iter().filter(|part| row.kind == Kind::Changed && part.kind != Kind::Same);
    ClauseEntry {
        parts: parts
            .map(|part| PartEntry { kind: part.kind, from: part.from.as_deref(), to: part.to.as_deref() })
            .collect(),
        kind: row.kind,
        from: label(&row.from),
        to: label(&row.to),
        from_text: text(&row.from),
        to_text: text(&row.to),
    }
}

impl Site {
    /// Compares two versions of the chapter with an id, a title or a file name. The later may be
    /// `working`: the text that lies in `content/`.
    ///
    /// # Errors
    /// A message where there is no such chapter or version that this site may show.
    pub fn compare_versions(&self, chapter: &str, from: &str, to: &str) -> Result<Comparison, Message> {
        let (id, history) =
            self.named_history(chapter).ok_or_else(|| message!("cli-diff-chapter", name = chapter))?;
        let find = |version: &str| {
            let number = history.find(version).filter(|number| !history.editions[*number].is_taken_back);
            number.map(EditionNumber::new).ok_or_else(|| {
                let known = history.editions.iter().map(|edition| edition.version().to_owned());
                message!(
                    "cli-diff-version",
                    version = version,
                    known = known.collect::<crate::locale::Value>()
                )
            })
        };
        let from = find(from)?;
        let to = match find(to) {
            Err(_) if WORKING.contains(&to) => match self.working(history) {
                Some(_) => Side::Working,
                None => return Err(message!("cli-diff-working", name = chapter)),
            },
            found => Side::Edition(found?),
        };
        let (redline, fields) = self.compare_sides(id, from, to);
        let field = |change: FieldChange| {
            let FieldChange { field, label, from, to } = change;
            ChangedField { field, label, from, to }
        };
        Ok(Comparison { redline, fields: fields.into_iter().map(field).collect(), history: id, from, to })
    }

    /// The text that lies in `content/`. An audience's site has none: nobody has looked at who
    /// may see what is being written.
    fn working(&self, history: &History) -> Option<&Arc<Chapter>> {
        if history.removed.is_some() || !self.handbook.shows_all() {
            return None;
        }
        let shown = || Some(&self.handbook.chapters[self.chapter_of(history)?]);
        self.handbook.latest.get(&history.name).or_else(shown)
    }

    /// What differs between an edition and another text; nothing where one is taken back.
    pub(super) fn compare_sides(
        &self,
        id: HistoryId,
        from: EditionNumber,
        to: Side,
    ) -> (Redline, Vec<FieldChange>) {
        let nothing = || (Redline::default(), Vec::new());
        let Some((history, before)) = self.edition(id, from) else { return nothing() };
        match to {
            Side::Edition(number) => match history.editions.get(number.index()) {
                Some(after) => {
                    let is_next = number.index() == from.index() + 1;
                    let known = is_next.then(|| self.edition_memo.take(id, number)).flatten();
                    known.unwrap_or_else(|| self.compare(before, after))
                }
                None => nothing(),
            },
            Side::Working => match self.working(history).filter(|_| !before.is_taken_back) {
                Some(after) => self.compare_chapters(&self.edition_text(before), after),
                None => nothing(),
            },
        }
    }

    /// What a redline says of its later side.
    pub(super) fn side_row(&self, id: HistoryId, side: Side) -> Option<EditionRow> {
        let working = || EditionRow {
            version: self.translate("edition_working").to_owned(),
            when: "future",
            ..EditionRow::default()
        };
        match side {
            Side::Edition(number) => {
                self.edition(id, number)?;
                Some(self.edition_row(id, number))
            }
            Side::Working => self.working(self.history(id)?).map(|_| working()),
        }
    }

    fn named_history(&self, name: &str) -> Option<(HistoryId, &History)> {
        let is_named = |history: &&History| {
            let titles = history.editions.iter().filter_map(|edition| edition.front.title.as_ref());
            history.slug == name
                || fold(&history.slug) == fold(name)
                || &*history.name == name
                || crate::chapter::without_suffix(&history.name) == Some(name)
                || titles.clone().any(|title| title == name)
        };
        let list = &self.handbook.histories.list;
        let at = list.iter().position(|history| is_named(&history))?;
        Some((HistoryId::new(at), &list[at]))
    }

    /// The redline page at `versions/ID/FROM..TO.html`, of any two editions that this site
    /// may show, or of one and the text in `content/` (`FROM..working.html`); `None` where there
    /// are no such texts. A build makes those of neighbours.
    ///
    /// # Errors
    /// A diagnostic where the template fails.
    pub fn render_redline(&self, address: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        let (slug, name) = address.strip_prefix("versions/")?.rsplit_once('/')?;
        let (from, to) = name.strip_suffix(".html")?.split_once("..")?;
        let at = self.handbook.histories.list.iter().position(|history| history.slug == slug)?;
        let (id, history) = (HistoryId::new(at), &self.handbook.histories.list[at]);
        let from = history.find(from)?;
        let to = match history.find(to) {
            Some(to) => Side::Edition(EditionNumber::new(to)),
            None if WORKING.contains(&to) => self.working(history).map(|_| Side::Working)?,
            None => return None,
        };
        let from = EditionNumber::new(from);
        let mut page = self.redline_between(id, from, to, address);
        page.context.canonical = String::new();
        (to != Side::Edition(from)).then(|| self.theme.render("redline.html", &page))
    }

    /// The timeline of a chapter for the preview, where any two of its texts can be compared;
    /// `None` where the address is none of a timeline.
    ///
    /// # Errors
    /// A diagnostic where the template fails.
    pub fn render_choices(&self, address: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        let Some(Page::Timeline(id)) = self.handbook.routes.pages.get(address) else { return None };
        let mut page = self.timeline_page(*id);
        page.choices = self.choices(*id);
        Some(self.fill(Page::Timeline(*id), &page))
    }

    /// What a reader of the preview may compare, the latest first: at the beginning, the text in
    /// force with what is being written.
    fn choices(&self, id: HistoryId) -> Vec<EditionChoice> {
        let Some(history) = self.history(id) else { return Vec::new() };
        let shown = |edition: &Edition| !edition.is_taken_back;
        let on = history.on(self.handbook.today).filter(|on| shown(&history.editions[*on]));
        let mut choices = Vec::new();
        let is_edition = |working: &Arc<Chapter>| {
            let mut editions = history.editions.iter();
            editions.any(|edition| shown(edition) && edition.source.text == working.source.text)
        };
        if self.working(history).is_some_and(|working| !is_edition(working)) {
            let label = self.translate("edition_working").to_owned();
            choices.push(EditionChoice { value: WORKING[0].to_owned(), label, is_to: true, is_from: false });
        }
        for (at, edition) in history.editions.iter().enumerate().rev().filter(|(_, edition)| shown(edition)) {
            let mut label = edition.version().to_owned();
            if let Some(day) = edition.begins {
                label.push_str(&format!(" · {day}"));
            }
            let value = edition.version().to_owned();
            choices.push(EditionChoice { value, label, is_from: Some(at) == on, is_to: choices.is_empty() });
        }
        if choices.len() < 2 { Vec::new() } else { choices }
    }

    /// The redline page of any two editions.
    ///
    /// # Errors
    /// A diagnostic where the template fails.
    pub fn redline_document(&self, comparison: &Comparison) -> Result<String, Diagnostic> {
        let folder = self.handbook.routes.address(Page::Timeline(comparison.history));
        let page = self.redline_between(comparison.history, comparison.from, comparison.to, folder);
        let bytes = self.theme.render("redline.html", &page)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
