//! Posting lists as files that a browser loads a few of.
//!
//! A file is a script that hands a value to `handbook.search.add`, so that it
//! works from the disk too. Its name is a hash of what it holds. The lists of
//! neighbouring keys stand in one string of bits (see `bits`), which is read as a
//! whole when it arrives: about three kilobytes, more where the index is so large
//! that there would be too many files.

use super::bits::{Bits, parameter};
use super::commons::{Commons, Neighbours};
use super::extract::Field;
use super::postings::{Lists, Postings, Slots};
use super::triples::{Relater, Triple};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a file of postings at least, before it is written as text.
const SHARD: usize = 3_072;
/// Files of postings of one kind at most, roughly.
const MOST_SHARDS: usize = 1_024;
/// Characters that a dense script's block spans, for the parameters of gaps.
const ALPHABET: u32 = 0x5200;

/// The published files, by address.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// A name for a value: ten hexadecimal digits.
pub(super) fn hash(bytes: &[u8]) -> String {
    named(xxh3_64(bytes))
}

/// The name for a fingerprint.
pub(super) fn named(fingerprint: u64) -> String {
    let mut name = format!("{fingerprint:016x}");
    name.truncate(10);
    name
}

/// A script that registers a value under a name.
pub(super) fn script(name: &str, value: &impl Serialize) -> Vec<u8> {
    registered(name, &serde_json::to_string(value).unwrap_or_default())
}

fn registered(name: &str, json: &str) -> Vec<u8> {
    format!("handbook.search.add(\"{name}\",{json})\n").into_bytes()
}

/// Adds a file named by a hash of its value; gives the name.
pub(super) fn add(files: &mut Files, value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let name = hash(json.as_bytes());
    files.insert(format!("search/{name}.js"), registered(&name, &json));
    name
}

/// What the manifest says of the files of one kind.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Parts {
    /// The first key of each file.
    pub(super) starts: Vec<String>,
    /// Their names, one behind the other.
    pub(super) names: String,
}

/// Writes all pairs and singles.
pub(super) fn pairs(postings: &Postings, neighbours: &Neighbours, files: &mut Files) -> Parts {
    let Postings { slots, pairs, .. } = postings;
    let commons = Commons::new(slots, pairs, neighbours);
    let limit = limit(pairs.total());
    let told = told(&commons);
    let stretches = pairs.stretches.par_iter().enumerate();
    let written: Vec<Vec<Written>> = stretches
        .map(|(at, lists)| {
            let told = commons.of_stretch(at).map(|common| common.and_then(|at| told.get(at)));
            stretch(lists, slots, told, limit)
        })
        .collect();
    let mut parts = Parts::default();
    for Written { start, name, bytes } in written.into_iter().flatten() {
        files.insert(format!("search/{name}.js"), bytes);
        parts.names.push_str(&name);
        parts.starts.push(start);
    }
    parts
}

/// A file of pairs: its first key, its name and itself.
struct Written {
    start: String,
    name: String,
    bytes: Vec<u8>,
}

/// Pairs that are related to others in one go.
const AT_ONCE: usize = 1_024;

/// What is known of the characters behind each pair that many chapters hold.
fn told(commons: &Commons<'_>) -> Vec<Bits> {
    let order = commons.by_second();
    let written: Vec<Vec<Bits>> = order
        .par_chunks(AT_ONCE)
        .map_init(
            || Relater::new(commons),
            |relater, some| {
                let write = |at: &usize| {
                    let mut bits = Bits::default();
                    triples(&mut bits, &relater.triples(*at));
                    bits
                };
                some.iter().map(write).collect()
            },
        )
        .collect();
    let mut told = vec![Bits::default(); order.len()];
    for (at, bits) in order.into_iter().zip(written.into_iter().flatten()) {
        if let Some(place) = told.get_mut(at) {
            *place = bits;
        }
    }
    told
}

/// Writes the pairs of a stretch.
fn stretch<'a>(
    lists: &Lists<u64>,
    slots: &Slots,
    told: impl Iterator<Item = Option<&'a Bits>>,
    limit: usize,
) -> Vec<Written> {
    let mut writer = Writer::new(slots);
    let mut written = Vec::new();
    let mut shard = Shard::default();
    for ((at, key), told) in lists.keys.iter().enumerate().zip(told) {
        let mut list = |bits: &mut Bits| {
            let single = low(*key & 0x1F_FFFF) == 0;
            writer.list(bits, lists.slots(at), single);
            match told {
                Some(told) => bits.append(told),
                None if !single => bits.bit(false),
                None => {}
            }
        };
        if !shard.add(*key, limit, &mut list) {
            written.extend(std::mem::take(&mut shard).close());
            shard.add(*key, limit, &mut list);
        }
    }
    written.extend(shard.close());
    written
}

/// Bytes after which a file is full.
const fn limit(postings: usize) -> usize {
    // A posting takes about ten bits.
    let fair = postings * 5 / 4 / MOST_SHARDS;
    if fair > SHARD { fair } else { SHARD }
}

#[derive(Default)]
struct Shard {
    keys: Vec<u64>,
    /// The lists of each group of keys with the same first character, joined.
    groups: Vec<Bits>,
    size: usize,
}

impl Shard {
    /// Adds a key and its list, unless there are others and it does not fit.
    fn add(&mut self, key: u64, limit: usize, list: &mut impl FnMut(&mut Bits)) -> bool {
        let opens = self.keys.last().is_none_or(|last| last >> 21 != key >> 21);
        if opens {
            self.groups.push(Bits::default());
        }
        let Some(group) = self.groups.last_mut() else { return false };
        let before = group.mark();
        list(group);
        let length = group.behind(&before).div_ceil(8);
        if self.size + length > limit && !self.keys.is_empty() {
            group.rewind(before);
            self.groups.truncate(self.groups.len() - usize::from(opens));
            return false;
        }
        self.size += length.saturating_sub(1);
        self.keys.push(key);
        true
    }

    /// Writes the groups, if there are any.
    fn close(self) -> Option<Written> {
        let start = self.keys.first()?;
        let mut bits = Bits::default();
        let mut first = 0;
        for (keys, lists) in self.keys.chunk_by(|a, b| a >> 21 == b >> 21).zip(&self.groups) {
            let Some(key) = keys.first() else { continue };
            let character = low(key >> 21);
            bits.gamma(character - first + 1);
            first = character;
            let seconds: Vec<u32> = keys.iter().map(|key| low(key & 0x1F_FFFF)).collect();
            seconds_of(&mut bits, &seconds);
            bits.append(lists);
        }
        bits.gamma(1);
        let json = format!("\"{}\"", bits.base64());
        let name = hash(json.as_bytes());
        let bytes = registered(&name, &json);
        let starting = [low(start >> 21), low(start & 0x1F_FFFF)].map(|c| char::from_u32(c).unwrap_or('\0'));
        Some(Written { start: starting.iter().collect(), name, bytes })
    }
}

fn low(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Second characters of a group: whether it holds the single one, how many
/// others, and these.
fn seconds_of(bits: &mut Bits, seconds: &[u32]) {
    let single = seconds.first() == Some(&0);
    bits.bit(single);
    let others = seconds.get(usize::from(single)..).unwrap_or(&[]);
    bits.gamma(low(others.len() as u64) + 1);
    characters(bits, others);
}

/// Rising characters, the first as it is.
fn characters(bits: &mut Bits, characters: &[u32]) {
    let Some(first) = characters.first() else { return };
    bits.bits(*first, 21);
    let parameter = parameter(ALPHABET, low(characters.len() as u64));
    for two in characters.windows(2) {
        if let [one, next] = two {
            bits.rice(next - one - 1, parameter);
        }
    }
}

struct Writer<'a> {
    slots: &'a Slots,
    /// Parameters for so many chapters.
    parameters: Vec<u32>,
    /// Room for the parts of a list, kept from one to the next: chapters with text,
    /// their blocks, titles, headings.
    chapters: Vec<u32>,
    blocks: Bits,
    titles: Vec<(u32, u32)>,
    heads: Vec<u32>,
}

/// Parameters that are worked out once.
const PARAMETERS: u32 = 512;

impl<'a> Writer<'a> {
    fn new(slots: &'a Slots) -> Self {
        Self {
            slots,
            parameters: (0..PARAMETERS).map(|count| parameter(slots.chapters(), count)).collect(),
            chapters: Vec::new(),
            blocks: Bits::default(),
            titles: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// A posting list: chapters with blocks of text, then titles and headings if any.
    /// A single character names only the first block of each chapter.
    fn list(&mut self, bits: &mut Bits, list: &[u32], single: bool) {
        self.read(list, single);
        self.write_chapters(bits, self.chapters.iter().copied());
        bits.append(&self.blocks);
        let plain = self.titles.is_empty() && self.heads.is_empty();
        bits.bit(!plain);
        if !plain {
            self.write_chapters(bits, self.titles.iter().map(|title| title.0));
            self.titles.iter().for_each(|title| bits.bits(title.1, 2));
            self.write_chapters(bits, self.heads.iter().copied());
        }
    }

    /// Takes a list apart, chapter by chapter.
    fn read(&mut self, list: &[u32], single: bool) {
        self.chapters.clear();
        self.blocks.clear();
        self.titles.clear();
        self.heads.clear();
        let mut rest = list;
        while let Some(slot) = rest.first() {
            let chapter = self.slots.chapter(*slot);
            let (own, texts) = (self.slots.of(chapter), self.slots.text(chapter).start);
            while let Some((head, behind)) = rest.split_first().filter(|(slot, _)| **slot < texts) {
                self.read_head(chapter, head - own.start);
                rest = behind;
            }
            let next = |rest: &mut &[u32]| {
                let (slot, behind) = rest.split_first().filter(|(slot, _)| **slot < own.end)?;
                *rest = behind;
                Some(*slot)
            };
            let Some(first) = next(&mut rest) else { continue };
            self.chapters.push(chapter);
            self.blocks.below(first - texts, own.end - texts);
            let mut last = first;
            while let Some(slot) = next(&mut rest) {
                if !single {
                    self.blocks.next(slot - last);
                }
                last = slot;
            }
            if !single && last + 1 < own.end {
                self.blocks.bit(false);
            }
        }
    }

    /// A slot before those of text.
    #[cold]
    fn read_head(&mut self, chapter: u32, at: u32) {
        let Field::Title { first, last } = Slots::field(at) else { return self.heads.push(chapter) };
        let flags = u32::from(first) | u32::from(last) << 1;
        match self.titles.last_mut() {
            Some((known, all)) if *known == chapter => *all |= flags,
            _ => self.titles.push((chapter, flags)),
        }
    }

    fn write_chapters(&self, bits: &mut Bits, chapters: impl ExactSizeIterator<Item = u32>) {
        let count = low(chapters.len() as u64);
        bits.gamma(count + 1);
        let known = self.parameters.get(count as usize).copied();
        let parameter = known.unwrap_or_else(|| parameter(self.slots.chapters(), count));
        bits.rising_by(chapters, parameter);
    }
}

/// What is known of the characters behind a pair.
fn triples(bits: &mut Bits, triples: &[Triple]) {
    bits.bit(!triples.is_empty());
    if triples.is_empty() {
        return;
    }
    bits.gamma(low(triples.len() as u64));
    let lasts: Vec<u32> = triples.iter().map(|triple| triple.last).collect();
    characters(bits, &lasts);
    for triple in triples {
        bits.bit(triple.without);
        let count = low(triple.marked.len() as u64);
        bits.gamma(count + 1);
        if count > 0 {
            let parameter = parameter(triple.meeting, count).min(15);
            bits.bits(parameter, 4);
            let mut next = 0;
            for at in &triple.marked {
                bits.rice(at - next, parameter);
                next = at + 1;
            }
        }
    }
}

/// Writes all words.
pub(super) fn words(postings: &Postings, files: &mut Files) -> Parts {
    let Postings { slots, words, .. } = postings;
    let mut writer = Writer::new(slots);
    let mut parts = Parts::default();
    let limit = limit(words.total());
    let mut keys: Vec<&str> = Vec::new();
    let mut bits = Bits::default();
    let mut size = 0;
    for (at, word) in words.keys.iter().enumerate() {
        if size + bits.len() > limit {
            close_words(std::mem::take(&mut keys), &std::mem::take(&mut bits), &mut parts, files);
            size = 0;
        }
        // Words in order share their beginnings, which compression finds.
        size += word.len() / 2 + 1;
        keys.push(word);
        writer.list(&mut bits, words.slots(at), false);
    }
    close_words(keys, &bits, &mut parts, files);
    parts
}

fn close_words(keys: Vec<&str>, bits: &Bits, parts: &mut Parts, files: &mut Files) {
    let Some(first) = keys.first() else { return };
    let name = add(files, &(keys.join(" "), bits.base64()));
    parts.names.push_str(&name);
    parts.starts.push((*first).to_owned());
}
