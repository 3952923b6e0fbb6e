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
use super::passages::PassagePart;
use super::shard::{name_of, script};
use super::stored::StoredFields;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// Volumes of a book, roughly.
pub(super) const VOLUMES: usize = 64;

/// Passages of a chapter that stand in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextFile {
    doc: DocId,
    /// The first of them.
    first: PassageId,
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
            let count = document.passages.len().max(1);
            let firsts = (0..count).step_by(document.passages_in_file.max(1));
            texts.extend(firsts.filter_map(|first| {
                let path = format!("search/{}.js", path(&name, before + first));
                Some((path, TextFile { doc: *doc, first: PassageId(u16::try_from(first).ok()?) }))
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
    documents: &[Arc<IndexedDocument>],
    stored: &[StoredFields],
    file: TextFile,
) -> Option<Vec<u8>> {
    let (document, stored) = (documents.get(file.doc.index())?, stored.get(file.doc.index())?);
    let passages = document.passages.iter().skip(file.first.index()).take(document.passages_in_file);
    let shown: Vec<Vec<(&str, &str, &str)>> = passages.map(|parts| self::shown(parts)).collect();
    let name = address.strip_prefix("search/")?.strip_suffix(".js")?;
    Some(script(name, &(stored.shown(), shown)))
}

/// Anchor, label and text of each part.
fn shown(parts: &[PassagePart]) -> Vec<(&str, &str, &str)> {
    parts.iter().map(|part| (part.anchor.as_str(), part.label.as_str(), part.text.as_str())).collect()
}
