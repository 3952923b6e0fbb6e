//! What a change of the whole handbook does: which chapters and clauses differ between two
//! states of it, and what that touches elsewhere.
//!
//! A reviewer of a merge request sees the lines that differ. What she does not see is who
//! cites them: a clause that was put in renumbers those behind it, and 第三条 in another
//! chapter now means another rule. So references of the state before are looked up in the
//! state after: where the text that refers is the same and its clause is another one, it is
//! told.

mod pairs;

use super::Site;
use super::comparison::ChangedField;
use super::links::clause_of;
use crate::chapter::Chapter;
use crate::handbook::embed::Embed;
use crate::handbook::reference::{Backlink, ResolvedReference};
use crate::id::ChapterId;
use crate::page::FieldChange;
use crate::redline::{Kind, Redline, Row, Unit};
use crate::text::LineIndex;
use pairs::Pairs;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A chapter that differs between two states of a handbook.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ChangedChapter {
    /// `Added`, `Deleted`, `Changed`, or `Moved` where only its file has another name.
    pub kind: Kind,
    /// Its title after, or the last it had.
    pub title: String,
    /// Its id, or empty.
    pub id: String,
    /// The path of its file after, or the last it had.
    pub path: String,
    /// Its version before and after; empty where it has none.
    pub versions: [String; 2],
    /// Sections and clauses; empty for a chapter that was added or deleted.
    pub redline: Redline,
    /// Front matter.
    pub fields: Vec<ChangedField>,
    /// What it touches.
    pub touches: Touches,
}

/// What the change of a chapter touches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Touches {
    /// References to clauses that changed.
    pub cited_by: Vec<Reference>,
    /// Quotations of clauses that changed.
    pub quoted_by: Vec<Reference>,
    /// References that meant a clause which has another number now, or is gone.
    pub stale: Vec<StaleReference>,
    /// Roles that must read it again.
    pub must_read: Vec<String>,
    /// Whether everyone must.
    pub everyone_must_read: bool,
}

impl Touches {
    /// Whether it touches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A place that refers to a clause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Reference {
    /// The title of the chapter that refers.
    pub title: String,
    /// The path of its file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The clause that it refers to, as it is called after.
    pub clause: String,
}

/// A reference that leads to another clause than was meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct StaleReference {
    /// The title of the chapter that refers.
    pub title: String,
    /// The path of its file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What it says.
    pub words: String,
    /// What the clause is called that was meant, or the path of the file; `None` where it is gone.
    pub now: Option<String>,
}

impl Site {
    /// The chapters of this site that differ from those of an earlier state of it, in reading
    /// order; those that are gone come last.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<ChangedChapter> {
        let mut quotations = Quotations::new();
        for (quoting, embeds) in self.handbook.references.embeds.iter_enumerated() {
            for embed in embeds {
                quotations.entry(embed.from).or_default().push((quoting, embed));
            }
        }
        let pairs = Pairs::new(&before.handbook, &self.handbook);
        let states = States { pairs, quotations, before, after: self, lines: RefCell::default() };
        let order = self.handbook.tree.order.iter();
        let mut changes: Vec<ChangedChapter> = order.filter_map(|id| states.changed(*id)).collect();
        let gone = before.handbook.tree.order.iter().filter(|id| !states.pairs.after.contains_key(id));
        changes.extend(gone.map(|id| states.gone(*id)));
        changes
    }
}

/// Who quotes each chapter, and what of it.
type Quotations<'a> = HashMap<ChapterId, Vec<(ChapterId, &'a Embed)>>;

struct States<'a> {
    pairs: Pairs,
    quotations: Quotations<'a>,
    before: &'a Site,
    after: &'a Site,
    /// Lines of the chapters after that refer to others, once they have been asked for.
    lines: RefCell<HashMap<ChapterId, LineIndex<'a>>>,
}

impl<'a> States<'a> {
    /// The line of a place in a chapter after, from 1.
    fn line(&self, chapter: ChapterId, at: usize) -> usize {
        let after: &'a Site = self.after;
        let text = || LineIndex::new(&after.handbook.chapters[chapter].source.text);
        self.lines.borrow_mut().entry(chapter).or_insert_with(text).position(at).line
    }

    fn changed(&self, id: ChapterId) -> Option<ChangedChapter> {
        let new = &self.after.handbook.chapters[id];
        let named = |kind, versions| ChangedChapter {
            kind,
            title: new.title.clone(),
            id: new.front.id.as_ref().map_or_else(String::new, |id| id.text.clone()),
            path: new.source.path.to_string(),
            versions,
            redline: Redline::default(),
            fields: Vec::new(),
            touches: Touches::default(),
        };
        let Some(from) = self.pairs.before.get(&id).copied() else {
            let touches = self.readers(id, Touches::default());
            let versions = [String::new(), new.front.version.clone()];
            return Some(ChangedChapter { touches, ..named(Kind::Added, versions) });
        };
        let old = &self.before.handbook.chapters[from];
        let same_text = old.source.text == new.source.text;
        if same_text && old.source.name == new.source.name {
            return None;
        }
        let kind = if same_text { Kind::Moved } else { Kind::Changed };
        let (redline, fields) = self.after.compare_chapters(old, new);
        let mut touches = self.touched(from, id, &redline);
        let editorial = new.front.own_revision().is_some_and(|revision| revision.editorial);
        if !editorial && redline.changes().next().is_some() {
            touches = self.readers(id, touches);
        }
        let fields = fields.into_iter().map(changed_field).collect();
        let versions = [old.front.version.clone(), new.front.version.clone()];
        Some(ChangedChapter { redline, fields, touches, ..named(kind, versions) })
    }

    /// A chapter that is no longer there.
    fn gone(&self, id: ChapterId) -> ChangedChapter {
        let old = &self.before.handbook.chapters[id];
        let mut touches = Touches::default();
        for backlink in self.backlinks(id) {
            touches.stale.extend(self.stale(backlink, None));
        }
        ChangedChapter {
            kind: Kind::Deleted,
            title: old.title.clone(),
            id: old.front.id.as_ref().map_or_else(String::new, |id| id.text.clone()),
            path: old.source.path.to_string(),
            versions: [old.front.version.clone(), String::new()],
            redline: Redline::default(),
            fields: Vec::new(),
            touches,
        }
    }

    fn backlinks(&self, before: ChapterId) -> &[Backlink] {
        self.before.handbook.references.backlinks.get(before).map_or(&[][..], |all| all)
    }

    /// Who must read a chapter.
    fn readers(&self, id: ChapterId, touches: Touches) -> Touches {
        let handbook = &self.after.handbook;
        let metadata = &handbook.metadata[id];
        let name = |role| handbook.organization.roles[role].name.clone();
        Touches {
            must_read: metadata.required.iter().map(|role| name(*role)).collect(),
            everyone_must_read: metadata.required_all,
            ..touches
        }
    }

    /// Who refers to the clauses that differ.
    fn touched(&self, from: ChapterId, to: ChapterId, redline: &Redline) -> Touches {
        let mut touches = Touches::default();
        let rows = |side: fn(&Row) -> &Option<Unit>| -> HashMap<&str, &Row> {
            let named = |row: &'_ &Row| side(row).as_ref().is_some_and(|unit| !unit.anchor.is_empty());
            let rows = redline.changes().filter(named);
            rows.filter_map(|row| Some((side(row).as_ref()?.anchor.as_str(), row))).collect()
        };
        let (by_from, by_to) = (rows(|row| &row.from), rows(|row| &row.to));
        let words = |row: &Row| row.to.as_ref().map_or_else(String::new, |unit| unit.label.clone());
        // What meant the number of a clause that was put in is stale.
        let says_more = |row: &&&Row| row.kind == Kind::Changed;
        let handbook = &self.after.handbook;
        let names = own_anchors(&handbook.chapters[to]);
        for backlink in handbook.references.backlinks.get(to).into_iter().flat_map(|all| all.iter()) {
            if let Some(row) = by_to.get(clause_of(names.own(&backlink.anchor))).filter(says_more) {
                touches.cited_by.push(self.place(backlink.from, backlink.span.start, words(row)));
            }
        }
        for (quoting, embed) in self.quotations.get(&to).into_iter().flatten() {
            if let Some(row) = by_to.get(clause_of(names.own(&embed.anchor))).filter(says_more) {
                touches.quoted_by.push(self.place(*quoting, embed.span.start, words(row)));
            }
        }
        let names = own_anchors(&self.before.handbook.chapters[from]);
        let renumbered = |anchor: &str| {
            let row = by_from.get(clause_of(names.own(anchor)))?;
            let now = row.to.as_ref().map(|unit| unit.label.clone());
            let same = row.from.as_ref().map(|unit| &unit.label) == now.as_ref();
            (!same).then_some(now)
        };
        for backlink in self.backlinks(from) {
            if let Some(now) = renumbered(&backlink.anchor) {
                touches.stale.extend(self.stale(backlink, now));
            }
        }
        touches.stale.extend(self.own_stale(from, &by_from, &renumbered));
        touches.stale.extend(self.left_behind(from, to));
        for list in [&mut touches.cited_by, &mut touches.quoted_by] {
            list.sort();
            list.dedup();
        }
        // A quotation is a reference too.
        let Touches { cited_by, quoted_by, .. } = &mut touches;
        cited_by.retain(|place| !quoted_by.contains(place));
        touches.stale.sort();
        touches.stale.dedup();
        touches
    }

    /// A place of a chapter after that refers to a clause.
    fn place(&self, id: ChapterId, at: usize, clause: String) -> Reference {
        let chapter = &self.after.handbook.chapters[id];
        let (title, path) = (chapter.title.clone(), chapter.source.path.to_string());
        Reference { title, path, line: self.line(id, at), clause }
    }

    /// References that lead nowhere since the chapter's file has another name, with that name.
    fn left_behind(&self, from: ChapterId, to: ChapterId) -> Vec<StaleReference> {
        let [before, after] =
            [(self.before, from), (self.after, to)].map(|(site, id)| &site.handbook.chapters[id].source.path);
        if before == after {
            return Vec::new();
        }
        let backlinks = self.after.handbook.references.backlinks.get(to).map_or(&[][..], |all| all);
        // A line may refer twice; whether each of its references leads anywhere is not told apart.
        let lines: HashSet<(ChapterId, usize)> = backlinks
            .iter()
            .map(|backlink| (backlink.from, self.line(backlink.from, backlink.span.start)))
            .collect();
        let mut left = Vec::new();
        for backlink in self.backlinks(from) {
            let Some(stale) = self.stale(backlink, Some(after.to_string())) else { continue };
            let is_left = |from: &ChapterId| !lines.contains(&(*from, stale.line));
            if self.pairs.after.get(&backlink.from).is_some_and(is_left) {
                left.push(stale);
            }
        }
        left
    }

    /// A reference of the state before, if the text that refers still says the same.
    fn stale(&self, backlink: &Backlink, now: Option<String>) -> Option<StaleReference> {
        let after = *self.pairs.after.get(&backlink.from)?;
        let old = &self.before.handbook.chapters[backlink.from];
        let new = &self.after.handbook.chapters[after];
        let around = around(&old.source.text, backlink.span.start);
        let at = match old.source.text == new.source.text {
            true => backlink.span.start,
            false => {
                let found = new.source.text.find(&old.source.text[around.clone()])?;
                found + backlink.span.start.saturating_sub(around.start)
            }
        };
        let words = old.source.text.get(backlink.span.clone())?.to_owned();
        Some(StaleReference {
            title: new.title.clone(),
            path: new.source.path.to_string(),
            line: self.line(after, at),
            words,
            now,
        })
    }

    /// References of a chapter to its own clauses, in clauses that say what they said.
    fn own_stale(
        &self,
        from: ChapterId,
        by_from: &HashMap<&str, &Row>,
        renumbered: &dyn Fn(&str) -> Option<Option<String>>,
    ) -> Vec<StaleReference> {
        let handbook = &self.before.handbook;
        let chapter = &handbook.chapters[from];
        let resolved = handbook.references.resolved.get(from).into_iter().flat_map(|all| all.iter());
        let mentions = chapter.document.mentions.iter().zip(resolved);
        let mut stale = Vec::new();
        for (mention, reference) in mentions {
            let ResolvedReference::Chapter(to, anchor) = reference else { continue };
            if *to != from {
                continue;
            }
            let Some(now) = renumbered(anchor) else { continue };
            let clauses = &chapter.document.clauses;
            let own = clauses.partition_point(|clause| clause.span().start <= mention.span.start);
            let own = own.checked_sub(1).map_or("", |own| &*clauses[own].anchor);
            // A clause that was rewritten was looked at.
            if by_from.get(own).is_some_and(|row| matches!(row.kind, Kind::Changed | Kind::Deleted)) {
                continue;
            }
            let backlink = Backlink { from, span: mention.span.clone(), anchor: anchor.clone() };
            stale.extend(self.stale(&backlink, now));
        }
        stale
    }
}

/// The anchors of a chapter that are further names of a section or clause: `15` and 第15条 for
/// 第十五条.
struct OwnAnchors<'a>(HashMap<String, &'a str>);

fn own_anchors(chapter: &Chapter) -> OwnAnchors<'_> {
    let clauses = chapter.document.clauses.iter();
    let clauses =
        clauses.flat_map(|clause| clause.aliases().into_iter().map(move |alias| (alias, &*clause.anchor)));
    let headings = chapter.document.headings.iter();
    let headings =
        headings.flat_map(|heading| heading.aliases.iter().cloned().map(|alias| (alias, &*heading.anchor)));
    OwnAnchors(headings.chain(clauses).collect())
}

impl OwnAnchors<'_> {
    /// What the section or clause of an anchor is called in a redline. The paragraph of 15-2 is
    /// one of 第十五条.
    fn own<'a>(&'a self, anchor: &'a str) -> &'a str {
        let clause = anchor.split_once('-').map(|(clause, _)| clause);
        let clause = clause.filter(|clause| clause.bytes().all(|byte| byte.is_ascii_digit()));
        let known = self.0.get(anchor).or_else(|| self.0.get(clause?));
        known.copied().unwrap_or(anchor)
    }
}

fn changed_field(change: FieldChange) -> ChangedField {
    let FieldChange { field, label, from, to } = change;
    ChangedField { field, label, from, to }
}

/// What stands around a place and tells it from others: the rest of its line, from the last
/// space before it, so that the number of its own clause is no part of it.
fn around(text: &str, at: usize) -> Range<usize> {
    let at = crate::text::floor_boundary(text, at);
    let start = text[..at].char_indices().rev().find(|(_, c)| c.is_whitespace());
    let start = start.map_or(0, |(before, c)| before + c.len_utf8());
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start..end
}
