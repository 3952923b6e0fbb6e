//! Posting lists as files that a browser loads a few of.
//!
//! A file is a script that hands a value to `handbookSearch`, so that it
//! works from the disk too. Its name is a hash of what it holds. The lists of
//! neighbouring keys stand in one string of bits (see `bits`), about three kilobytes
//! of them, more where the index is so large that there would be too many files. Of
//! these a browser reads the few that it needs: see `encode::Chunks`.

use super::bits::Bits;
use super::commons::{Commons, Neighbours};
use super::encode::{Chunks, Encoder, characters, triples};
use super::postings::{Lists, Postings, Slots};
use super::triples::Relater;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a file of postings at least, before it is written as text.
const SHARD: usize = 3_072;
/// Files of postings of one kind at most, roughly.
const MOST_SHARDS: usize = 1_024;
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
    format!("handbookSearch(\"{name}\",{json})\n").into_bytes()
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
    let mut writer = Encoder::new(slots);
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
    /// The lists of each group of keys with the same first character.
    groups: Vec<Chunks>,
    size: usize,
}

impl Shard {
    /// Adds a key and its list, unless there are others and it does not fit.
    fn add(&mut self, key: u64, limit: usize, list: &mut impl FnMut(&mut Bits)) -> bool {
        let opens = self.keys.last().is_none_or(|last| last >> 21 != key >> 21);
        if opens {
            self.groups.push(Chunks::default());
        }
        let Some(group) = self.groups.last_mut() else { return false };
        let (mark, before) = (group.lists.mark(), group.lists.position());
        list(&mut group.lists);
        let length = (group.lists.position() - before).div_ceil(8);
        if self.size + length > limit && !self.keys.is_empty() {
            group.lists.rewind(mark);
            self.groups.truncate(self.groups.len() - usize::from(opens));
            return false;
        }
        group.close_list();
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
            lists.write(&mut bits);
        }
        bits.gamma(1);
        let json = format!("\"{}\"", bits.base64());
        let name = hash(json.as_bytes());
        let bytes = registered(&name, &json);
        let starting = [low(start >> 21), low(start & 0x1F_FFFF)].map(|c| char::from_u32(c).unwrap_or('\0'));
        Some(Written { start: starting.iter().collect(), name, bytes })
    }
}

pub(super) fn low(number: u64) -> u32 {
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

/// Writes all words.
pub(super) fn words(postings: &Postings, files: &mut Files) -> Parts {
    let Postings { slots, words, .. } = postings;
    let mut writer = Encoder::new(slots);
    let mut parts = Parts::default();
    let limit = limit(words.total());
    let mut keys: Vec<&str> = Vec::new();
    let mut chunks = Chunks::default();
    let mut size = 0;
    for (at, word) in words.keys.iter().enumerate() {
        if size + chunks.lists.len() > limit {
            close_words(std::mem::take(&mut keys), &std::mem::take(&mut chunks), &mut parts, files);
            size = 0;
        }
        // Words in order share their beginnings, which compression finds.
        size += word.len() / 2 + 1;
        keys.push(word);
        writer.list(&mut chunks.lists, words.slots(at), false);
        chunks.close_list();
    }
    close_words(keys, &chunks, &mut parts, files);
    parts
}

fn close_words(keys: Vec<&str>, chunks: &Chunks, parts: &mut Parts, files: &mut Files) {
    let Some(first) = keys.first() else { return };
    let mut bits = Bits::default();
    chunks.write(&mut bits);
    let name = add(files, &(keys.join(" "), bits.base64()));
    parts.names.push_str(&name);
    parts.starts.push((*first).to_owned());
}
