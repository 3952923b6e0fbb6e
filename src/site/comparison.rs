//! What differs between any two editions of a chapter, as values, JSON and a page: what
//! `handbook diff` prints.

use super::Site;
use crate::diagnostic::Diagnostic;
use crate::handbook::edition::History;
use crate::handbook::routes::Page;
use crate::id::{EditionNumber, HistoryId};
use crate::locale::Message;
use crate::message;
use crate::page::FieldChange;
use crate::redline::{Kind, Redline, Row, Unit};
use crate::text::fold;
use serde::Serialize;
use std::collections::BTreeMap;

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
    to: EditionNumber,
}

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
    /// Compares two versions of the chapter with an id, a title or a file name.
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
        let (from, to) = (find(from)?, find(to)?);
        let (redline, fields) = self.compare(&history.editions[from.index()], &history.editions[to.index()]);
        let field = |change: FieldChange| {
            let FieldChange { field, label, from, to } = change;
            ChangedField { field, label, from, to }
        };
        Ok(Comparison { redline, fields: fields.into_iter().map(field).collect(), history: id, from, to })
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
    /// may show; `None` where there are no such editions. A build makes those of neighbours.
    ///
    /// # Errors
    /// A diagnostic where the template fails.
    pub fn render_redline(&self, address: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        let (slug, name) = address.strip_prefix("versions/")?.rsplit_once('/')?;
        let (from, to) = name.strip_suffix(".html")?.split_once("..")?;
        let at = self.handbook.histories.list.iter().position(|history| history.slug == slug)?;
        let (id, history) = (HistoryId::new(at), &self.handbook.histories.list[at]);
        let (from, to) = (EditionNumber::new(history.find(from)?), EditionNumber::new(history.find(to)?));
        let mut page = self.redline_between(id, from, to);
        page.context.url = crate::text::encode_path(address);
        page.context.canonical = String::new();
        (from != to).then(|| self.fill(Page::Redline(id, to), &page))
    }

    /// The redline page of any two editions.
    ///
    /// # Errors
    /// A diagnostic where the template fails.
    pub fn redline_document(&self, comparison: &Comparison) -> Result<String, Diagnostic> {
        let page = self.redline_between(comparison.history, comparison.from, comparison.to);
        let bytes = self.fill(Page::Redline(comparison.history, comparison.to), &page)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
