//! What a run takes over from the runs before it.
//!
//! Names, tree, people, lifecycles, glossary and URL paths are a function of the settings,
//! the day and the chapters' metadata fingerprints ([`Chapter::metadata_fingerprint`]).
//! While these are the same, all of it is taken from the cache, and the references too,
//! chapter by chapter (`reference`). The cache holds one handbook for each of a few days,
//! as a preview may show several.
//!
//! [`Chapter::metadata_fingerprint`]: crate::chapter::Chapter::metadata_fingerprint

use super::reference::ReferenceCache;
use super::{Handbook, Input};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::fingerprint;
use crate::markdown::MentionKind;
use jiff::civil::Date;
use std::sync::Arc;

/// Days for which a handbook is kept.
const DAYS: usize = 3;

/// Handbooks of earlier runs.
#[derive(Debug, Default)]
pub struct HandbookCache {
    /// The one used last at the end.
    days: Vec<CacheEntry>,
}

/// The handbook of a day.
#[derive(Debug)]
pub(super) struct CacheEntry {
    day: Date,
    key: u128,
    /// Without chapters and references.
    handbook: Handbook,
    diagnostics: Arc<[Diagnostic]>,
    pub(super) references: ReferenceCache,
}

impl HandbookCache {
    /// How many chapters' references the last run took from the cache.
    #[must_use]
    pub fn reused(&self) -> usize {
        self.days.last().map_or(0, |entry| entry.references.reused)
    }

    /// The handbook of the day with its diagnostics, if nothing that it is made from has
    /// changed.
    pub(super) fn get(&mut self, day: Date, key: u128) -> Option<(Handbook, Arc<[Diagnostic]>)> {
        let index = self.days.iter().position(|entry| entry.day == day && entry.key == key)?;
        let entry = self.days.remove(index);
        let handbook = (entry.handbook.clone(), Arc::clone(&entry.diagnostics));
        self.days.push(entry);
        Some(handbook)
    }

    /// Adds a handbook that was made anew; the entry used longest ago goes.
    pub(super) fn insert(&mut self, key: u128, handbook: Handbook, diagnostics: Arc<[Diagnostic]>) {
        let day = handbook.today;
        let before = self.days.iter().position(|entry| entry.day == day).map(|index| self.days.remove(index));
        if self.days.len() >= DAYS {
            self.days.remove(0);
        }
        let references =
            before.map_or_else(ReferenceCache::default, |entry| entry.references.under_other_names());
        self.days.push(CacheEntry { day, key, handbook, diagnostics, references });
    }

    /// The cached references of the handbook that was made last.
    pub(super) fn references(&mut self) -> Option<&mut ReferenceCache> {
        self.days.last_mut().map(|entry| &mut entry.references)
    }
}

/// Fingerprint of all that a handbook is made from, but for its references.
pub(super) fn key(input: &Input) -> u128 {
    let metadata: Vec<u128> = input.chapters.iter().map(|chapter| chapter.metadata_fingerprint).collect();
    let is_title = |kind: &MentionKind| matches!(kind, MentionKind::Title(_));
    let mut mentions = input.chapters.iter().flat_map(|chapter| &chapter.document.mentions);
    let names_titles = mentions.any(|mention| is_title(&mention.kind));
    let files = (&input.attachments, input.bare, input.sparing);
    let editions = input.histories.fingerprint();
    fingerprint(&(input.settings, input.today, input.drafts, files, metadata, names_titles, editions))
}
