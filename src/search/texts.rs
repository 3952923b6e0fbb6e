//! The files of text: what results show of a chapter.
//!
//! A file holds some passages of a chapter, and with them what a result shows besides: so a
//! result takes one file. Chapters that follow one another make up a volume. The names of its
//! files begin with a hash of all of it, and go on with the number of their first passage in it. So
//! a browser knows the name of each file from the manifest, which has the names of the volumes and
//! does not grow with the book. Where a volume ends depends on the URL of the chapter behind it
//! alone: a chapter that is added or taken away changes no other volume.

use super::document::IndexedDocument;
use super::ids::{DocId, PassageId};
use super::passages::{self, PassagePart};
use super::shard::{name_of, script};
use super::stored::StoredFields;
use crate::chapter::Chapter;
use crate::markdown::pieces;
use serde::Serialize;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// Volumes of a book, roughly.
pub(super) const VOLUMES: usize = 64;

/// Bytes of text that are kept for each thread, for the next file that asks: those of a volume of a
/// large book.
const RECENT: usize = 1 << 20;

/// The text of a chapter, by passage.
pub(super) type Passages = Vec<Vec<PassagePart>>;

/// The text of a chapter as passages.
pub(super) fn passages_of(chapter: &Chapter) -> Passages {
    passages::split(pieces(&chapter.document, chapter.repeats_title))
}

/// The chapters of an index, in reading order. Their passages are a second copy of all texts, which a
/// build would hold to its end; so they are read when a file or a result asks. Files that follow one
/// another are of few chapters: what was read last is kept for a while, and however long it is the
/// last chapter of each thread, since the files of one ask for it hundreds of times.
#[derive(Debug, Default)]
pub(super) struct Chapters {
    all: Vec<Arc<Chapter>>,
    recent: Mutex<Recent>,
}

#[derive(Debug, Default)]
struct Recent {
    passages: HashMap<DocId, Arc<Passages>>,
    /// In the order in which they were read, with the bytes of each.
    order: VecDeque<(DocId, usize)>,
    bytes: usize,
    /// How many there may be.
    most: usize,
    /// How many chapters are kept, whatever their bytes.
    least: usize,
}

impl Chapters {
    pub(super) fn new(all: Vec<Arc<Chapter>>) -> Self {
        let least = rayon::current_num_threads();
        Self { all, recent: Mutex::new(Recent { most: RECENT * least, least, ..Recent::default() }) }
    }

    /// The passages of a chapter.
    pub(super) fn of(&self, doc: DocId) -> Option<Arc<Passages>> {
        let chapter = self.all.get(doc.index())?;
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = recent().passages.get(&doc) {
            return Some(Arc::clone(known));
        }
        let passages = Arc::new(passages_of(chapter));
        recent().keep(doc, &passages);
        Some(passages)
    }
}

impl Recent {
    fn keep(&mut self, doc: DocId, passages: &Arc<Passages>) {
        if self.passages.insert(doc, Arc::clone(passages)).is_some() {
            return;
        }
        let bytes = passages.iter().flatten().map(|part| part.text.len()).sum();
        self.order.push_back((doc, bytes));
        self.bytes += bytes;
        while self.bytes > self.most
            && self.order.len() > self.least
            && let Some((oldest, bytes)) = self.order.pop_front()
        {
            self.passages.remove(&oldest);
            self.bytes -= bytes;
        }
    }
}

/// Passages of a chapter that stand in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextFile {
    doc: DocId,
    /// The first of them.
    first: PassageId,
    /// How many a file of the chapter holds.
    in_file: u16,
}

/// What the manifest says of the files of text.
#[derive(Debug, Default, Serialize)]
pub(super) struct Volumes {
    /// How many chapters each has.
    sizes: Vec<usize>,
    /// Their names, ten characters each.
    names: String,
}

/// The files of text by URL path, and the volumes that they make up.
pub(super) fn texts(
    documents: &[Arc<IndexedDocument>],
    stored: &[StoredFields],
) -> (HashMap<String, TextFile>, Volumes) {
    let (mut texts, mut volumes) = (HashMap::new(), Volumes::default());
    let modulus = (documents.len() / VOLUMES).next_power_of_two() as u64;
    let ends = |stored: &StoredFields| xxh3_64(stored.url().as_bytes()).is_multiple_of(modulus);
    let all: Vec<(DocId, &IndexedDocument, &StoredFields)> =
        DocId::all().zip(documents).zip(stored).map(|((doc, own), stored)| (doc, &**own, stored)).collect();
    for volume in all.chunk_by(|_, (_, _, next)| !ends(next)) {
        let mut hasher = Xxh3Default::new();
        for (_, document, stored) in volume {
            hasher.update(&document.hash.to_le_bytes());
            hasher.update(serde_json::to_string(&stored.shown()).unwrap_or_default().as_bytes());
        }
        let name = name_of(hasher.digest());
        let mut before = 0;
        for (doc, document, _) in volume {
            // A chapter without text has a file too.
            let count = document.passage_count.max(1);
            let in_file = document.passages_in_file.max(1);
            let firsts = (0..count).step_by(in_file);
            let in_file = u16::try_from(in_file).unwrap_or(u16::MAX);
            texts.extend(firsts.filter_map(|first| {
                let path = format!("search/{}.js", path(&name, before + first));
                let first = PassageId(u16::try_from(first).ok()?);
                Some((path, TextFile { doc: *doc, first, in_file }))
            }));
            before += count;
        }
        volumes.sizes.push(volume.len());
        volumes.names.push_str(&name);
    }
    (texts, volumes)
}

/// The name of a file of a volume.
fn path(volume: &str, number: usize) -> String {
    format!("text/{volume}-{number}")
}

/// A file of text as a script: what a result shows, and the passages.
pub(super) fn text(
    address: &str,
    chapters: &Chapters,
    stored: &[StoredFields],
    file: TextFile,
) -> Option<Vec<u8>> {
    let stored = stored.get(file.doc.index())?;
    let all = chapters.of(file.doc)?;
    let passages = all.iter().skip(file.first.index()).take(file.in_file.into());
    let shown: Vec<Vec<(&str, &str, &str)>> = passages.map(|parts| self::shown(parts)).collect();
    let name = address.strip_prefix("search/")?.strip_suffix(".js")?;
    Some(script(name, &(stored.shown(), shown)))
}

/// Anchor, label and text of each part.
fn shown(parts: &[PassagePart]) -> Vec<(&str, &str, &str)> {
    parts.iter().map(|part| (part.anchor.as_str(), part.label.as_str(), part.text.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_last_is_kept_within_a_bound() {
        let part = |bytes: usize| PassagePart { text: "x".repeat(bytes), ..PassagePart::default() };
        let mut recent = Recent { most: RECENT, ..Recent::default() };
        for doc in (0..40).map(DocId) {
            recent.keep(doc, &Arc::new(vec![vec![part(RECENT / 8)], vec![part(RECENT / 8)]]));
            recent.keep(doc, &Arc::default());
            assert!(recent.bytes <= RECENT);
        }
        let mut kept: Vec<u32> = recent.passages.keys().map(|doc| doc.0).collect();
        kept.sort_unstable();
        assert_eq!(kept, [36, 37, 38, 39]);
        // A chapter that is larger than all that is kept is not read for each of its files.
        recent.least = 1;
        for doc in [40, 41].map(DocId) {
            recent.keep(doc, &Arc::new(vec![vec![part(RECENT + 1)]]));
            assert_eq!((recent.bytes, recent.order.len(), recent.passages.len()), (RECENT + 1, 1, 1));
            assert!(recent.passages.contains_key(&doc));
        }
    }
}
