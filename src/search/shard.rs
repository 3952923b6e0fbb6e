//! Posting lists as files, of which a browser loads a few.
//!
//! A file is a script that passes a value to `handbookSearch`, so that it works from a disk too.
//! Files of lists are numbered; their names begin with a hash of all of them. So a browser knows
//! the name of each without being told, and the manifest does not grow with their number.
//!
//! The bigrams with one first character are a group. A file holds the groups of characters that
//! follow one another, until it is full. A large group has several files of its own, and a bigram's
//! second character tells in which it is. A browser reads only the lists that it needs (see
//! `encode::Chunks`).

use super::alphabet::{Alphabet, Letter};
use super::bigrams::Bigrams;
use super::bits::Bits;
use super::encode::{self, Chunks, Encoder};
use super::frequent::{FrequentBigrams, Neighbours};
use super::ids::{BigramKey, FrequentId, PostingId};
use super::limits::LIMITS;
use super::postings::{PostingLayout, PostingLists, Postings};
use super::synonym_files::KeysByStart;
use super::trigrams::TrigramBuilder;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// Bytes of a file of postings, before base64, roughly.
const SHARD: usize = 2_048;
/// The same of a file of words: the manifest has the first word of each.
const WORD_SHARD: usize = 1_536;
/// Bytes of a group from which its character is a frequent one.
const FREQUENT: usize = 3_072;
/// Files of bigrams at most, roughly.
const MAX_SHARDS: usize = 4_096;
/// Files of words at most, roughly. The manifest has the first word of each.
const MAX_WORD_SHARDS: usize = 512;
/// Bits that a posting, and that a list takes besides its postings, roughly.
const POSTING_BITS: usize = 6;
const LIST_BITS: usize = 20;

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
    ["handbookSearch(\"", name, "\",", json, ")\n"].concat().into_bytes()
}

/// Adds a file that holds a value. Returns its name.
pub(super) fn add(files: &mut Files, value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let name = name(json.as_bytes());
    files.insert(format!("search/{name}.js"), json_script(&name, &json));
    name
}

/// Adds files that hold these values, as JSON. Returns what their names begin with, a hash of all; they have the
/// numbers from 0.
pub(super) fn add_numbered(files: &mut Files, contents: &[String]) -> String {
    let mut hasher = Xxh3Default::new();
    contents.iter().for_each(|json| hasher.update(json.as_bytes()));
    let name = name_of(hasher.digest());
    for (number, json) in contents.iter().enumerate() {
        let own = format!("{name}-{number}");
        files.insert(format!("search/{own}.js"), json_script(&own, json));
    }
    name
}

/// What the manifest says of the files of posting lists.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Shards {
    /// What their names begin with. Those of bigrams have the numbers from 0.
    name: String,
    /// The alphabet; then, for each letter, in which files the bigrams are that begin with it: 1, in
    /// that of the letter before; 2, in the next one; one more than a number, in so many next ones, with a bit
    /// that says whether the letter is a frequent one.
    letters: String,
    /// The number of the first file of words.
    first: usize,
    /// The first word of each file of words.
    words: Vec<String>,
}

/// Writes all posting lists.
pub(super) fn write(
    postings: &Postings,
    neighbours: &Neighbours,
    alphabet: &Alphabet,
    keys: &KeysByStart,
    files: &mut Files,
) -> Shards {
    let mut letters = Bits::default();
    alphabet.write(&mut letters);
    let groups = groups(postings, neighbours, alphabet);
    let shards =
        assemble(&groups, alphabet, limit(SHARD, postings.bigrams.total(), MAX_SHARDS), &mut letters);
    let written = shards.par_iter().map(|shard| json_of(shard, alphabet, keys));
    let mut contents: Vec<String> = written.collect();
    let first = contents.len();
    let words = words(postings, keys, &mut contents);
    let name = add_numbered(files, &contents);
    Shards { name, letters: letters.base64(), first, words }
}

/// Bytes at which a file is full, where so many postings fall into so many files at most.
const fn limit(least: usize, postings: usize, most: usize) -> usize {
    let fair = postings * POSTING_BITS / 8 / most;
    if fair > least { fair } else { least }
}

/// The lists of all bigrams that begin with one character.
struct Group {
    letter: Letter,
    is_frequent: bool,
    /// Several if the group is large; a bigram is in the part that its second letter gives as
    /// remainder.
    parts: Vec<Part>,
}

/// The lists of a group that are in one file.
#[derive(Default)]
struct Part {
    has_unigram: bool,
    /// The second letters, divided by the number of parts.
    seconds: Vec<u32>,
    lists: Chunks,
}

impl Part {
    /// Its length in bytes, roughly.
    const fn size(&self) -> usize {
        self.lists.lists.len() + self.seconds.len()
    }
}

/// Writes the lists of all groups.
fn groups(postings: &Postings, neighbours: &Neighbours, alphabet: &Alphabet) -> Vec<Group> {
    let Postings { layout, bigrams, .. } = postings;
    let frequent = FrequentBigrams::new(layout, bigrams, neighbours);
    let trigrams = trigram_bits(&frequent, alphabet);
    let limits = [SHARD, FREQUENT].map(|least| limit(least, bigrams.total(), MAX_SHARDS));
    let written: Vec<Vec<Group>> = bigrams
        .par_partitions()
        .map(|(partition, lists)| {
            let trigrams = frequent.of_partition(partition).map(|id| id.and_then(|id| trigrams.get(id.0)));
            partition_groups(lists, layout, trigrams, alphabet, limits)
        })
        .collect();
    written.into_iter().flatten().collect()
}

/// Bigrams whose trigrams one thread works out in one go.
const BATCH: usize = 1_024;

/// What is known of the characters that follow each frequent bigram, by `FrequentId`.
fn trigram_bits(frequent: &FrequentBigrams<'_>, alphabet: &Alphabet) -> Vec<Bits> {
    let order = frequent.by_second();
    let encoded: Vec<Vec<Bits>> = order
        .par_chunks(BATCH)
        .map_init(
            || TrigramBuilder::new(frequent),
            |builder, batch| {
                let encode = |id: &FrequentId| {
                    let mut bits = Bits::default();
                    encode::trigrams(&mut bits, &builder.trigrams(*id), alphabet);
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

/// Into how many parts a group falls, by the lengths of its lists.
fn parts(lengths: impl Iterator<Item = usize>, limit: usize) -> usize {
    let bits: usize = lengths.map(|length| length * POSTING_BITS + LIST_BITS).sum();
    (bits / 8).div_ceil(limit).max(1)
}

/// Into how many parts a group falls that is divided into so many at least: a few more where that parts
/// its longest lists, so that no file is much larger than others. Of each list there is the number of its second letter,
/// and its length.
fn balanced(least: usize, lists: &[(usize, usize)], limit: usize) -> usize {
    let largest = |count: usize| {
        let mut sizes = vec![0; count];
        for (second, length) in lists {
            sizes[second % count] += length * POSTING_BITS + LIST_BITS;
        }
        sizes.into_iter().max().unwrap_or(0) / 8
    };
    let most = if least > 1 { least + least / 2 } else { least };
    (least..=most).min_by_key(|count| largest(*count).max(limit)).unwrap_or(least)
}

/// Whether a character is a frequent one: then its lists are long.
pub(super) fn is_frequent(bigrams: &Bigrams, first: char) -> bool {
    parts(bigrams.lengths(first), limit(FREQUENT, bigrams.total(), MAX_SHARDS)) > 1
}

/// Writes the groups of a partition, with the trigrams of the lists that have some.
fn partition_groups<'a>(
    lists: &PostingLists<BigramKey>,
    layout: &PostingLayout,
    trigrams: impl Iterator<Item = Option<&'a Bits>>,
    alphabet: &Alphabet,
    [limit, frequent]: [usize; 2],
) -> Vec<Group> {
    let mut encoder = Encoder::new(layout);
    let all: Vec<(BigramKey, &[PostingId], Option<&Bits>)> =
        lists.iter().zip(trigrams).map(|((key, list), trigrams)| (*key, list, trigrams)).collect();
    let mut groups = Vec::new();
    for group in all.chunk_by(|a, b| a.0.first() == b.0.first()) {
        let Some(letter) = group.first().and_then(|first| alphabet.letter(first.0.first())) else { continue };
        let second = |key: &BigramKey| alphabet.letter(key.second()).map_or(0, Letter::index);
        let lengths: Vec<(usize, usize)> = group.iter().map(|item| (second(&item.0), item.1.len())).collect();
        let parts_of = |limit: usize| parts(lengths.iter().map(|list| list.1), limit);
        let (count, is_frequent) = (balanced(parts_of(limit), &lengths, limit), parts_of(frequent) > 1);
        let mut parts: Vec<Part> = (0..count).map(|_| Part::default()).collect();
        for (key, list, trigrams) in group {
            let second = second(key);
            let Some(part) = parts.get_mut(second % count) else { continue };
            if key.is_unigram() {
                part.has_unigram = true;
                encoder.unigram(&mut part.lists.lists, list);
            } else {
                part.seconds.push((second / count) as u32);
                let named = encoder.list(&mut part.lists.lists, list);
                match trigrams {
                    Some(trigrams) => part.lists.lists.append(trigrams),
                    // A list of so few names no chapters enough for trigrams.
                    None if named > LIMITS.verified => part.lists.lists.bit(false),
                    None => {}
                }
            }
            part.lists.end_list();
        }
        groups.push(Group { letter, is_frequent, parts });
    }
    groups
}

/// The parts in a file: one of each of several letters, or one of several of one letter.
struct Shard<'a> {
    /// The first letter.
    first: Letter,
    /// `None` for a letter that no bigram begins with.
    parts: Vec<Option<&'a Part>>,
    /// Into how many parts the letter falls, and which of them this is.
    of: usize,
    number: usize,
}

/// Divides the groups into files, and writes in which files those of each letter are.
fn assemble<'a>(
    groups: &'a [Group],
    alphabet: &Alphabet,
    limit: usize,
    letters: &mut Bits,
) -> Vec<Shard<'a>> {
    let mut groups = groups.iter().peekable();
    let mut shards: Vec<Shard<'a>> = Vec::new();
    // The bytes that still fit in the last file, unless a large group has it.
    let mut room = None;
    for letter in (0..alphabet.len()).map(Letter) {
        let group = groups.next_if(|group| group.letter == letter);
        let parts = group.map_or(&[][..], |group| &group.parts);
        if let [_, _, ..] = parts {
            letters.gamma(parts.len() as u32 + 1);
            letters.bit(group.is_some_and(|group| group.is_frequent));
            let own =
                |(number, part)| Shard { first: letter, parts: vec![Some(part)], of: parts.len(), number };
            shards.extend(parts.iter().enumerate().map(own));
            room = None;
            continue;
        }
        let part = parts.first();
        let size = part.map_or(0, Part::size);
        let is_new = room.is_none_or(|room| size > room && room < limit);
        letters.gamma(1 + u32::from(is_new));
        if is_new {
            shards.push(Shard { first: letter, parts: Vec::new(), of: 1, number: 0 });
            room = Some(limit);
        }
        shards.last_mut().into_iter().for_each(|shard| shard.parts.push(part));
        room = room.map(|room| room.saturating_sub(size));
    }
    shards
}

/// The content of a file of bigrams.
fn json_of(shard: &Shard<'_>, alphabet: &Alphabet, keys: &KeysByStart) -> String {
    let mut bits = Bits::default();
    // The second letters that may be in it.
    let range = (alphabet.len() as usize).saturating_sub(shard.number).div_ceil(shard.of);
    for part in &shard.parts {
        let Some(part) = part else {
            bits.bit(false);
            bits.gamma(1);
            continue;
        };
        bits.bit(part.has_unigram);
        bits.gamma(part.seconds.len() as u32 + 1);
        bits.rising(&part.seconds, range as u32);
        part.lists.write(&mut bits);
    }
    let letters = shard.first.0..shard.first.0 + shard.parts.len() as u32;
    keys.write_bigrams(&mut bits, letters, shard.number, shard.of);
    format!("\"{}\"", bits.base64())
}

/// Writes the lists of all words. Returns the first word of each file.
fn words(postings: &Postings, synonyms: &KeysByStart, contents: &mut Vec<String>) -> Vec<String> {
    let Postings { layout, words, .. } = postings;
    let mut encoder = Encoder::new(layout);
    let limit = limit(WORD_SHARD, words.total(), MAX_WORD_SHARDS);
    let mut starts = Vec::new();
    let (mut keys, mut chunks, mut size): (Vec<&str>, Chunks, usize) = Default::default();
    let mut end = |keys: Vec<&str>, chunks: &Chunks, next: Option<&str>| {
        let Some(first) = keys.first() else { return };
        let mut bits = Bits::default();
        chunks.write(&mut bits);
        synonyms.write_words(&mut bits, first, next);
        starts.push((*first).to_owned());
        contents.push(serde_json::to_string(&(keys.join(" "), bits.base64())).unwrap_or_default());
    };
    for (word, list) in words.iter() {
        if size + chunks.lists.len() > limit {
            end(std::mem::take(&mut keys), &std::mem::take(&mut chunks), Some(word));
            size = 0;
        }
        // Sorted words share prefixes, which HTTP compression takes out: count half.
        size += word.len() / 2 + 1;
        keys.push(word);
        encoder.list(&mut chunks.lists, list);
        chunks.end_list();
    }
    end(keys, &chunks, None);
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_parted_where_a_few_more_files_do_it() {
        let long = 2_048 * 8 / POSTING_BITS;
        // Two long lists share a part if there are two, and none if there are three.
        assert_eq!(balanced(2, &[(0, long), (4, long)], 2_048), 3);
        assert_eq!(balanced(2, &[(0, long), (1, long)], 2_048), 2);
        assert_eq!(balanced(1, &[(0, long), (1, long)], 2_048), 1);
    }
}
