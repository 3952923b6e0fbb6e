//! Splits the text of a chapter into passages of about a thousand characters.
//!
//! A posting names a passage. Larger ones would make a result open text that it does not
//! show; smaller ones would make posting lists longer, and words of one clause would more
//! often stand in two passages. A file of the site holds the text of a few that follow one
//! another: a small file costs a server and a disk as much as one that is larger.

use super::document::normal;
use crate::markdown::Piece;
use std::borrow::Cow;
use xxhash_rust::xxh3::Xxh3Default;

/// Characters after which a passage ends with the current line.
pub(super) const PASSAGE: usize = 900;
/// Bytes of a line; a longer one is broken at white space or a mark.
pub(super) const LINE: usize = 2_400;
/// Bytes of text in a file, roughly.
const FILE: usize = 1_800;
/// Passages of a chapter: their numbers must fit in `FieldCode`.
const MAX_PASSAGES: usize = 65_000;

/// Part of a section or clause, within one passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PassagePart {
    /// Anchor of its section or clause.
    pub(super) anchor: String,
    /// Label of its section or clause.
    pub(super) label: String,
    /// Text as the page shows it, in normal form C.
    pub(super) text: String,
}

/// How many passages of a chapter a file holds, so that its files are of about one length.
pub(super) fn in_file(passages: &[Vec<PassagePart>]) -> usize {
    let bytes: usize = passages.iter().flatten().map(|part| part.text.len()).sum();
    let files = (bytes + FILE / 2) / FILE;
    passages.len().div_ceil(files.max(1)).max(1)
}

/// A hash of the text in files of so many passages.
pub(super) fn hash(passages: &[Vec<PassagePart>], in_file: usize) -> u64 {
    let mut hasher = Xxh3Default::new();
    // Servers tell browsers to keep a file for ever, so another division is another name.
    hasher.update(&(in_file as u64).to_le_bytes());
    for part in passages.iter().flatten() {
        for text in [&part.anchor, &part.label, &part.text] {
            hasher.update(text.as_bytes());
            hasher.update(b"\0");
        }
    }
    hasher.digest()
}

/// Splits the pieces of a text into passages.
pub(super) fn split(pieces: Vec<Piece>) -> Vec<Vec<PassagePart>> {
    let mut passages = Splitter::default();
    for mut piece in pieces {
        if let Cow::Owned(normal) = normal(&piece.text) {
            piece.text = normal;
        }
        passages.add(piece);
    }
    passages.finish()
}

/// Passages that are being filled.
#[derive(Debug, Default)]
struct Splitter {
    done: Vec<Vec<PassagePart>>,
    open: Vec<PassagePart>,
    /// Characters in `open`, each line with its end.
    length: usize,
}

impl Splitter {
    fn add(&mut self, piece: Piece) {
        // A piece that would fit in a passage of its own is not divided.
        let length = piece.text.chars().count();
        if self.length > PASSAGE / 3 && self.length + length > PASSAGE + PASSAGE / 3 {
            self.end_passage();
        }
        let Piece { anchor, label, mut text, .. } = piece;
        // Most pieces are a clause that needs no splitting.
        if self.length + length < PASSAGE && text.len() <= LINE && !text.contains('\r') && !text.is_empty() {
            text.shrink_to_fit();
            self.length += length + 1;
            self.open.push(PassagePart { anchor, label, text });
            return;
        }
        let mut part = PassagePart { anchor, label, text: String::new() };
        for line in text.lines().flat_map(break_line) {
            if self.length >= PASSAGE {
                self.end_part(&mut part);
                self.end_passage();
            }
            if !part.text.is_empty() {
                part.text.push('\n');
            }
            part.text.push_str(line);
            self.length += line.chars().count() + 1;
        }
        if !part.text.is_empty() {
            self.open.push(part);
        }
    }

    /// Ends a part within a piece; the rest of the piece has the same anchor and label.
    fn end_part(&mut self, part: &mut PassagePart) {
        if !part.text.is_empty() {
            let rest = PassagePart { text: String::new(), ..part.clone() };
            self.open.push(std::mem::replace(part, rest));
        }
    }

    fn end_passage(&mut self) {
        if !self.open.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
        self.length = 0;
    }

    fn finish(mut self) -> Vec<Vec<PassagePart>> {
        self.end_passage();
        // What exceeds the limit joins the last passage.
        while self.done.len() > MAX_PASSAGES {
            let last = self.done.pop().unwrap_or_default();
            if let Some(before) = self.done.last_mut() {
                before.extend(last);
            }
        }
        self.done
    }
}

/// A line, broken into parts if it is very long: only where a word ends, so that every word
/// can still be found.
fn break_line(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line;
    while rest.len() > LINE {
        let ends_word =
            |(_, c): &(usize, char)| c.is_whitespace() || matches!(c, '，' | '。' | '；' | '、' | '：');
        let mut tail = rest.char_indices().skip_while(|(offset, _)| *offset < LINE * 2 / 3);
        let Some((offset, c)) = tail.find(ends_word) else { break };
        let (part, behind) = rest.split_at(offset + c.len_utf8());
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts
}
