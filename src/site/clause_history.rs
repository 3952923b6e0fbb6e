//! 本条历史: in which editions a clause changed.
//!
//! A clause is followed from edition to edition through the redlines, whatever number it
//! has in each: back to the edition that added it, and on to the one that deletes it. Of a
//! redline only the rows that differ are kept, without their words; a handbook may have
//! thousands of them.

use super::Site;
use crate::handbook::edition::Edition;
use crate::handbook::routes::Page;
use crate::id::{ChapterId, EditionNumber, HistoryId};
use crate::markdown::PlaceList;
use crate::redline::{Kind, Row, Unit};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What differs between each edition of a chapter and the next; `None` where the text of one
/// of them is taken back.
pub(super) type Steps = Vec<Option<Arc<Step>>>;

/// Steps of earlier runs, by the fingerprints of both texts: a preview would otherwise compare
/// all editions of a chapter anew at each save.
#[derive(Debug, Default)]
pub(crate) struct StepCache(Mutex<HashMap<(u128, u128), Arc<Step>>>);

/// Steps that are kept at most.
const KEPT: usize = 20_000;

impl StepCache {
    fn get(&self, key: (u128, u128), make: impl FnOnce() -> Step) -> Arc<Step> {
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        let step = Arc::new(make());
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(key, Arc::clone(&step));
        step
    }
}

/// What differs between an edition and the next.
#[derive(Debug, Default)]
pub(crate) struct Step {
    rows: Vec<StepRow>,
    /// Places in `rows`, by the anchor before.
    by_from: HashMap<String, usize>,
    /// The same, by the anchor after.
    by_to: HashMap<String, usize>,
}

/// A section or clause that differs.
#[derive(Debug)]
pub(super) struct StepRow {
    pub(super) kind: Kind,
    /// Which of the rows of the redline's page it is, from 1.
    pub(super) number: usize,
    from: Option<Name>,
    to: Option<Name>,
}

#[derive(Debug)]
struct Name {
    anchor: String,
    label: String,
}

impl Name {
    fn of(unit: &Option<Unit>) -> Option<Self> {
        let unit = unit.as_ref()?;
        Some(Self { anchor: unit.anchor.clone(), label: unit.label.clone() })
    }
}

impl StepRow {
    /// What it is called: its label, and both where they differ.
    pub(super) fn label(&self) -> String {
        match [&self.from, &self.to].map(|name| name.as_ref().map_or("", |name| name.label.as_str())) {
            [from, to] if from == to || to.is_empty() => from.to_owned(),
            ["", to] => to.to_owned(),
            [from, to] => format!("{from} → {to}"),
        }
    }
}

impl Step {
    fn new<'a>(changes: impl Iterator<Item = &'a Row>) -> Self {
        let mut step = Self::default();
        for (at, row) in changes.enumerate() {
            let row =
                StepRow { kind: row.kind, number: at + 1, from: Name::of(&row.from), to: Name::of(&row.to) };
            if let Some(from) = &row.from {
                step.by_from.entry(from.anchor.clone()).or_insert(at);
            }
            if let Some(to) = &row.to {
                step.by_to.entry(to.anchor.clone()).or_insert(at);
            }
            step.rows.push(row);
        }
        step
    }

    /// The rows, in the order of the page.
    pub(super) fn rows(&self) -> &[StepRow] {
        &self.rows
    }
}

/// The clauses of one edition, on a page.
pub(super) struct ClauseHistory<'a> {
    site: &'a Site,
    id: HistoryId,
    editions: &'a [Edition],
    own: usize,
    steps: Arc<Steps>,
    /// The way from the page to the site's root.
    root: String,
}

impl Site {
    /// What differs between neighbouring editions of a chapter.
    pub(super) fn steps(&self, id: HistoryId) -> Arc<Steps> {
        if let Some(known) = self.edition_memo.steps.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Arc::clone(known);
        }
        let editions = self.history(id).map_or(&[][..], |history| &history.editions);
        let step = |(at, pair): (usize, &[Edition])| match pair {
            [from, to] if !from.is_taken_back && !to.is_taken_back => {
                let make = || {
                    let difference = self.compare(from, to);
                    let step = Step::new(difference.0.changes());
                    self.edition_memo.put(id, EditionNumber::new(at + 1), difference);
                    step
                };
                // What an audience sees of a text depends on what is withheld from it.
                let is_whole = self.handbook.withheld.groups.is_none();
                let options = crate::markdown::fingerprint(&self.markdown);
                let key = (from.source.fingerprint ^ options, to.source.fingerprint);
                Some(if is_whole { self.step_cache.get(key, make) } else { Arc::new(make()) })
            }
            _ => None,
        };
        let steps: Arc<Steps> = Arc::new(editions.windows(2).enumerate().map(step).collect());
        self.edition_memo
            .steps
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, Arc::clone(&steps));
        steps
    }

    /// The clauses of a chapter's text as it is shown, on a page.
    pub(super) fn shown_history(&self, chapter: ChapterId, address: &str) -> Option<ClauseHistory<'_>> {
        let (id, history) = self.history_of(chapter)?;
        let own = history.find(&self.handbook.chapters[chapter].front.version)?;
        self.clause_history(id, EditionNumber::new(own), address)
    }

    /// The clauses of an edition of a chapter that has several, on a page.
    pub(super) fn clause_history(
        &self,
        id: HistoryId,
        number: EditionNumber,
        address: &str,
    ) -> Option<ClauseHistory<'_>> {
        let editions = &self.history(id)?.editions;
        let root = "../".repeat(address.matches('/').count());
        (editions.len() > 1).then(|| ClauseHistory {
            site: self,
            id,
            editions,
            own: number.index(),
            steps: self.steps(id),
            root,
        })
    }
}

impl ClauseHistory<'_> {
    /// In which editions the clause or section of an anchor changed, the earliest first;
    /// `None` where it is the same in all.
    pub(super) fn of(&self, anchor: &str) -> Option<PlaceList> {
        let mut places = Vec::new();
        let mut current = anchor;
        for at in (0..self.own).rev() {
            let Some(Some(step)) = self.steps.get(at) else { break };
            let Some(row) = step.by_to.get(current).map(|row| &step.rows[*row]) else { continue };
            places.extend(self.place(at + 1, row));
            let Some(from) = &row.from else { break };
            current = &from.anchor;
        }
        places.reverse();
        let mut current = anchor;
        for (at, step) in self.steps.iter().enumerate().skip(self.own) {
            let Some(step) = step else { break };
            let Some(row) = step.by_from.get(current).map(|row| &step.rows[*row]) else { continue };
            places.extend(self.place(at + 1, row));
            let Some(to) = &row.to else { break };
            current = &to.anchor;
        }
        let label = self.site.translate("clause_history").to_owned();
        (!places.is_empty()).then(|| PlaceList::new(label, places))
    }

    /// The address of a row of the redline that leads to an edition, and what it says.
    fn place(&self, edition: usize, row: &StepRow) -> Option<(String, String)> {
        let page = self.site.url(Page::Redline(self.id, EditionNumber::new(edition)));
        if page.is_empty() {
            return None;
        }
        let to = &self.editions[edition];
        let mut words = vec![to.version().to_owned()];
        words.extend(to.begins.map(|day| day.to_string()));
        let key = format!("redline_{}", row.kind.key());
        let kind = self.site.translate(&key);
        let is_to_come = to.begins.is_some_and(|day| day > self.site.handbook.today);
        words.push(match is_to_come {
            true => self.site.theme.translate_with("clause_to_come", &[("change", kind)]),
            false => kind.to_owned(),
        });
        let label = row.label();
        words.extend(label.contains('→').then_some(label));
        Some((format!("{}{page}#Hb-r{}", self.root, row.number), words.join(" · ")))
    }
}
