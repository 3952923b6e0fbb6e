//! Posting lists as files, of which a browser loads a few.
//!
//! A file is a script that passes a value to `handbookSearch`, so that it works from
//! a disk too. It is named by a hash of its content. The lists of neighbouring keys stand
//! in one string of bits (see `bits`) of about three kilobytes, or more where the index is
//! so large that there would be too many files. A browser reads only the lists that it
//! needs (see `encode::Chunks`).

use super::bits::Bits;
use super::encode::{self, Chunks, Encoder};
use super::frequent::{FrequentBigrams, Neighbours};
use super::ids::{BigramKey, FrequentId};
use super::postings::{PostingLayout, PostingLists, Postings};
use super::trigrams::TrigramBuilder;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a file of postings at least, before base64.
const SHARD: usize = 3_072;
/// Files of postings of one kind at most, roughly.
const MAX_SHARDS: usize = 1_024;

/// The published files, by URL path.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// The name of a file with this content: ten hexadecimal digits.
fn name(content: &[u8]) -> String {
    name_of(xxh3_64(content))
}

/// The name for a hash.
pub(super) fn name_of(hash: u64) -> String {
    let mut name = format!("{hash:016x}");
    name.truncate(10);
    name
}

/// A script that registers a value under a name.
pub(super) fn script(name: &str, value: &impl Serialize) -> Vec<u8> {
    json_script(name, &serde_json::to_string(value).unwrap_or_default())
}

fn json_script(name: &str, json: &str) -> Vec<u8> {
    format!("handbookSearch(\"{name}\",{json})\n").into_bytes()
}

/// Adds a file that holds a value. Returns its name.
pub(super) fn add(files: &mut Files, value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let name = name(json.as_bytes());
    files.insert(format!("search/{name}.js"), json_script(&name, &json));
    name
}

/// What the manifest says of the files of one kind.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Shards {
    /// The first key of each file.
    starts: Vec<String>,
    /// The names of the files, ten characters each.
    names: String,
}

/// Writes the lists of all bigrams and unigrams.
pub(super) fn bigrams(postings: &Postings, neighbours: &Neighbours, files: &mut Files) -> Shards {
    let Postings { layout, bigrams, .. } = postings;
    let frequent = FrequentBigrams::new(layout, bigrams, neighbours);
    let limit = limit(bigrams.total());
    let trigrams = trigram_bits(&frequent);
    let written: Vec<Vec<BigramFile>> = bigrams
        .par_partitions()
        .map(|(partition, lists)| {
            let trigrams = frequent.of_partition(partition).map(|id| id.and_then(|id| trigrams.get(id.0)));
            partition_files(lists, layout, trigrams, limit)
        })
        .collect();
    let mut shards = Shards::default();
    for BigramFile { start, name, script } in written.into_iter().flatten() {
        files.insert(format!("search/{name}.js"), script);
        shards.names.push_str(&name);
        shards.starts.push(start);
    }
    shards
}

/// A file of bigrams: its first key, its name and its content.
struct BigramFile {
    start: String,
    name: String,
    script: Vec<u8>,
}

/// Bigrams whose trigrams one thread works out in one go.
const BATCH: usize = 1_024;

/// What is known of the characters that follow each frequent bigram, by `FrequentId`.
fn trigram_bits(frequent: &FrequentBigrams<'_>) -> Vec<Bits> {
    let order = frequent.by_second();
    let encoded: Vec<Vec<Bits>> = order
        .par_chunks(BATCH)
        .map_init(
            || TrigramBuilder::new(frequent),
            |builder, batch| {
                let encode = |id: &FrequentId| {
                    let mut bits = Bits::default();
                    encode::trigrams(&mut bits, &builder.trigrams(*id));
                    bits
                };
                batch.iter().map(encode).collect()
            },
        )
        .collect();
    let mut by_id = vec![Bits::default(); frequent.len()];
    for (id, bits) in order.into_iter().zip(encoded.into_iter().flatten()) {
        if let Some(place) = by_id.get_mut(id.0) {
            *place = bits;
        }
    }
    by_id
}

/// Writes the lists of a partition, with the trigrams of those that have some.
fn partition_files<'a>(
    lists: &PostingLists<BigramKey>,
    layout: &PostingLayout,
    trigrams: impl Iterator<Item = Option<&'a Bits>>,
    limit: usize,
) -> Vec<BigramFile> {
    let mut encoder = Encoder::new(layout);
    let mut files = Vec::new();
    let mut shard = Shard::default();
    for ((key, list), trigrams) in lists.iter().zip(trigrams) {
        let mut write = |bits: &mut Bits| {
            encoder.list(bits, list, key.is_unigram());
            match trigrams {
                Some(trigrams) => bits.append(trigrams),
                None if !key.is_unigram() => bits.bit(false),
                None => {}
            }
        };
        if !shard.add(*key, limit, &mut write) {
            files.extend(std::mem::take(&mut shard).finish());
            shard.add(*key, limit, &mut write);
        }
    }
    files.extend(shard.finish());
    files
}

/// Bytes at which a file is full.
const fn limit(postings: usize) -> usize {
    // A posting takes about ten bits.
    let fair = postings * 5 / 4 / MAX_SHARDS;
    if fair > SHARD { fair } else { SHARD }
}

/// A file of bigrams that is being filled.
#[derive(Default)]
struct Shard {
    keys: Vec<BigramKey>,
    /// The lists of each group of keys with the same first character.
    groups: Vec<Chunks>,
    size: usize,
}

impl Shard {
    /// Adds a key and its list, unless the file has others and it does not fit.
    fn add(&mut self, key: BigramKey, limit: usize, write: &mut impl FnMut(&mut Bits)) -> bool {
        let opens_group = self.keys.last().is_none_or(|last| last.first() != key.first());
        if opens_group {
            self.groups.push(Chunks::default());
        }
        let Some(group) = self.groups.last_mut() else { return false };
        let (mark, before) = (group.lists.mark(), group.lists.position());
        write(&mut group.lists);
        let length = (group.lists.position() - before).div_ceil(8);
        if self.size + length > limit && !self.keys.is_empty() {
            group.lists.rewind(mark);
            self.groups.truncate(self.groups.len() - usize::from(opens_group));
            return false;
        }
        group.end_list();
        self.size += length.saturating_sub(1);
        self.keys.push(key);
        true
    }

    /// The file, if it holds anything.
    fn finish(self) -> Option<BigramFile> {
        let start = self.keys.first()?;
        let mut bits = Bits::default();
        let mut before = 0;
        for (keys, lists) in self.keys.chunk_by(|a, b| a.first() == b.first()).zip(&self.groups) {
            let Some(key) = keys.first() else { continue };
            bits.gamma(key.first() - before + 1);
            before = key.first();
            let seconds: Vec<u32> = keys.iter().map(|key| key.second()).collect();
            write_seconds(&mut bits, &seconds);
            lists.write(&mut bits);
        }
        bits.gamma(1);
        let json = format!("\"{}\"", bits.base64());
        let name = name(json.as_bytes());
        let script = json_script(&name, &json);
        let start = [start.first(), start.second()].map(|code| char::from_u32(code).unwrap_or('\0'));
        Some(BigramFile { start: start.iter().collect(), name, script })
    }
}

pub(super) fn saturating_u32(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Writes the second characters of a group: whether it has the unigram, how many bigrams,
/// and their second characters.
fn write_seconds(bits: &mut Bits, seconds: &[u32]) {
    let has_unigram = seconds.first() == Some(&0);
    bits.bit(has_unigram);
    let bigrams = seconds.get(usize::from(has_unigram)..).unwrap_or(&[]);
    bits.gamma(saturating_u32(bigrams.len() as u64) + 1);
    encode::code_points(bits, bigrams);
}

/// Writes the lists of all words.
pub(super) fn words(postings: &Postings, files: &mut Files) -> Shards {
    let Postings { layout, words, .. } = postings;
    let mut encoder = Encoder::new(layout);
    let mut shards = Shards::default();
    let limit = limit(words.total());
    let mut keys: Vec<&str> = Vec::new();
    let mut chunks = Chunks::default();
    let mut size = 0;
    for (word, list) in words.iter() {
        if size + chunks.lists.len() > limit {
            end_word_file(std::mem::take(&mut keys), &std::mem::take(&mut chunks), &mut shards, files);
            size = 0;
        }
        // Sorted words share prefixes, which HTTP compression takes out: count half.
        size += word.len() / 2 + 1;
        keys.push(word);
        encoder.list(&mut chunks.lists, list, false);
        chunks.end_list();
    }
    end_word_file(keys, &chunks, &mut shards, files);
    shards
}

fn end_word_file(keys: Vec<&str>, chunks: &Chunks, shards: &mut Shards, files: &mut Files) {
    let Some(first) = keys.first() else { return };
    let mut bits = Bits::default();
    chunks.write(&mut bits);
    let name = add(files, &(keys.join(" "), bits.base64()));
    shards.names.push_str(&name);
    shards.starts.push((*first).to_owned());
}
