//! What the pages of editions have in common, kept while they are made.
//!
//! An edition's text stands on a page of its own, in the redlines to both sides of it and behind
//! the histories of its clauses; what differs between two is on the redline's page and in those
//! histories. Each is worked out once, as long as there is room: a handbook may have thousands.

use super::clause_history::Steps;
use crate::chapter::Chapter;
use crate::id::{EditionNumber, HistoryId};
use crate::page::FieldChange;
use crate::redline::Redline;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Texts, and differences, that are kept at most.
const KEPT: usize = 1_024;

/// What differs between two texts: their words, and their front matter.
pub(super) type Difference = (Redline, Vec<FieldChange>);

#[derive(Debug, Default)]
pub(super) struct EditionMemo {
    /// By the fingerprint of the source.
    texts: Mutex<HashMap<u128, Arc<Chapter>>>,
    /// What differs between neighbouring editions, of the chapters that were asked for.
    pub(super) steps: RwLock<HashMap<HistoryId, Arc<Steps>>>,
    /// From the edition before to this one, with its words.
    differences: Mutex<HashMap<(HistoryId, EditionNumber), Difference>>,
}

impl EditionMemo {
    /// The text of a source with this fingerprint.
    pub(super) fn text(&self, source: u128, make: impl FnOnce() -> Arc<Chapter>) -> Arc<Chapter> {
        let known = self.texts.lock().unwrap_or_else(PoisonError::into_inner).get(&source).cloned();
        known.unwrap_or_else(|| {
            let made = make();
            keep(&self.texts, source, Arc::clone(&made));
            made
        })
    }

    /// Keeps what differs between an edition and the one before it, for the page that tells of it.
    pub(super) fn put(&self, id: HistoryId, number: EditionNumber, difference: Difference) {
        keep(&self.differences, (id, number), difference);
    }

    /// What [`Self::put`] has kept. It is asked for once.
    pub(super) fn take(&self, id: HistoryId, number: EditionNumber) -> Option<Difference> {
        self.differences.lock().unwrap_or_else(PoisonError::into_inner).remove(&(id, number))
    }
}

fn keep<K: Eq + Hash, V>(map: &Mutex<HashMap<K, V>>, key: K, value: V) {
    let mut map = map.lock().unwrap_or_else(PoisonError::into_inner);
    if map.len() >= KEPT {
        map.clear();
    }
    map.insert(key, value);
}
