//! Controlled documents chosen by status, owner and review, for the terminal: what
//! `handbook list` prints.

use super::Site;
use super::register::table;
use crate::chapter::field::Field;
use crate::chapter::front_matter::Status;
use crate::chapter::vocabulary::Choice;
use crate::handbook::taxonomy::{Subject, Taxonomy, Term};
use crate::id::ChapterId;
use crate::locale::Message;
use crate::message;
use crate::text::fold;
use std::collections::BTreeSet;

/// Which controlled documents are wanted. What is empty leaves nothing out.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Statuses, by key (`in_force`) or word (现行).
    pub statuses: Vec<String>,
    /// Owners: roles, departments or people, by name or id.
    pub owners: Vec<String>,
    /// Only what is to be reviewed within so many days, or should have been.
    pub due_days: Option<i32>,
}

impl Site {
    /// The chosen documents, in reading order.
    ///
    /// # Errors
    /// A message where nothing has one of the names.
    pub fn select(&self, selection: &Selection) -> Result<Vec<ChapterId>, Message> {
        let mut chosen: Vec<ChapterId> = self.handbook.controlled().collect();
        for (field, names) in [(Field::Status, &selection.statuses), (Field::Owner, &selection.owners)] {
            if !names.is_empty() {
                let wanted = self.chapters_of(field, names)?;
                chosen.retain(|id| wanted.contains(id));
            }
        }
        if let Some(days) = selection.due_days {
            let due: BTreeSet<ChapterId> = self.handbook.due(days).map(|review| review.chapter).collect();
            chosen.retain(|id| due.contains(id));
        }
        Ok(chosen)
    }

    /// The chapters whose field has one of these names.
    fn chapters_of(&self, field: Field, names: &[String]) -> Result<BTreeSet<ChapterId>, Message> {
        let Some(taxonomy) = Taxonomy::of(field) else { return Ok(BTreeSet::new()) };
        let terms = self.handbook.taxonomies.terms(taxonomy);
        let mut chapters = BTreeSet::new();
        for name in names {
            let mut known = terms.iter().filter(|term| self.is_called(field, term, name)).peekable();
            if known.peek().is_none() && !(field == Field::Status && status(name).is_some()) {
                return Err(match field {
                    Field::Status => message!("cli-list-status", name = name),
                    _ => message!("cli-list-owner", name = name),
                });
            }
            chapters.extend(known.flat_map(|term| term.chapters.iter().copied()));
        }
        Ok(chapters)
    }

    fn is_called(&self, field: Field, term: &Term, name: &str) -> bool {
        let own = match (&term.subject, status(name)) {
            (Subject::Choice(_), Some(status)) => field == Field::Status && term.id == status.key(),
            _ => false,
        };
        own || term.id == name || fold(&term.name) == fold(name)
    }

    /// Documents as comma-separated values, with the columns of `register.csv`.
    #[must_use]
    pub fn list_csv(&self, chapters: &[ChapterId]) -> Vec<u8> {
        table(self.list_rows(chapters).into_iter())
    }

    /// Documents as JSON, with the entries of `index.json`.
    #[must_use]
    pub fn list_json(&self, chapters: &[ChapterId]) -> String {
        let entries: Vec<_> = chapters.iter().map(|id| self.entry(*id)).collect();
        serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
    }

    /// Documents as rows of cells; the first has the names of the columns.
    #[must_use]
    pub fn list_rows(&self, chapters: &[ChapterId]) -> Vec<Vec<String>> {
        let rows = chapters.iter().map(|id| self.cells(&self.whole_row(*id)));
        std::iter::once(self.columns()).chain(rows).collect()
    }
}

fn status(name: &str) -> Option<Status> {
    Choice::<Status>::of(name).value()
}
