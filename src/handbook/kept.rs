//! What of a handbook is kept from one run to the next.
//!
//! Names, tree, people, life cycles, glossary and addresses are a function of the
//! settings, the day and the chapters' faces ([`Chapter::face`]). While these are
//! the same, all of it is that of the run before, and the references too, chapter
//! by chapter (`reference`). One handbook is kept for each of a few days, as a
//! preview may show several.

use super::reference::Kept as References;
use super::{Handbook, Parts};
use crate::diagnostic::Diagnostic;
use crate::markdown::MentionKind;
use crate::memo::fingerprint;
use jiff::civil::Date;
use std::sync::Arc;

/// Days for which a handbook is kept.
const DAYS: usize = 3;

/// Handbooks of earlier runs.
#[derive(Debug, Default)]
pub struct Memory {
    /// The one used last at the end.
    days: Vec<Kept>,
}

/// The handbook of a day.
#[derive(Debug)]
pub(super) struct Kept {
    day: Date,
    key: u128,
    /// Without chapters and references.
    arranged: Handbook,
    found: Arc<[Diagnostic]>,
    pub(super) references: References,
}

impl Memory {
    /// Chapters whose references were not worked out anew in the last run.
    #[must_use]
    pub fn reused(&self) -> usize {
        self.days.last().map_or(0, |kept| kept.references.reused)
    }

    /// The handbook of the day with what was found wrong, if nothing that it is
    /// arranged by differs.
    pub(super) fn arranged(&mut self, day: Date, key: u128) -> Option<(Handbook, Arc<[Diagnostic]>)> {
        let at = self.days.iter().position(|kept| kept.day == day && kept.key == key)?;
        let kept = self.days.remove(at);
        let found = (kept.arranged.clone(), Arc::clone(&kept.found));
        self.days.push(kept);
        Some(found)
    }

    /// Keeps a handbook that was arranged anew.
    pub(super) fn keep(&mut self, key: u128, arranged: Handbook, found: Arc<[Diagnostic]>) {
        let day = arranged.today;
        let before = self.days.iter().position(|kept| kept.day == day).map(|at| self.days.remove(at));
        if self.days.len() >= DAYS {
            self.days.remove(0);
        }
        let references = before.map_or_else(References::default, |kept| kept.references.under_other_names());
        self.days.push(Kept { day, key, arranged, found, references });
    }

    /// The references kept for the handbook that was arranged last.
    pub(super) fn references(&mut self) -> Option<&mut References> {
        self.days.last_mut().map(|kept| &mut kept.references)
    }
}

/// Fingerprint of all that a handbook is arranged by.
pub(super) fn key(parts: &Parts) -> u128 {
    let faces: Vec<u128> = parts.chapters.iter().map(|chapter| chapter.face).collect();
    let is_title = |kind: &MentionKind| matches!(kind, MentionKind::Title(_));
    let mut mentions = parts.chapters.iter().flat_map(|chapter| &chapter.scan.mentions);
    let names_titles = mentions.any(|mention| is_title(&mention.kind));
    let files = (&parts.attachments, parts.bare, parts.sparing);
    fingerprint(&(parts.settings, parts.today, parts.drafts, files, faces, names_titles))
}
