//! The files of words that mean the same.
//!
//! A search wants few groups of them. So each file has some groups, and the manifest has a short
//! hash of each word, with the number of its file. A query loads only files that have a word of it.
//! Words of the project that stand in no text of the site are in its file as hashes too.

use super::bits::Bits;
use super::shard::{Files, add};
use super::synonyms::SynonymGroup;
use serde::Serialize;
use std::collections::BTreeSet;

/// Groups in a file.
const GROUPS: usize = 64;
/// Bits of a hash.
pub(super) const HASH_BITS: u32 = 20;

/// What the manifest says of the files.
#[derive(Debug, Default, Serialize)]
pub(super) struct SynonymFiles {
    /// Their names: first those of the glossary, then those of the built-in list.
    files: Vec<String>,
    /// How many are of the glossary.
    glossary: usize,
    /// How many words there are, and of each its hash times the number of files, plus the number of
    /// its file.
    keys: String,
    /// Characters of the longest word.
    longest: usize,
}

/// All groups of a site.
pub(super) struct SynonymLists<'a> {
    /// Terms of the glossary, folded.
    pub(super) glossary: &'a [Vec<String>],
    /// Those of the project.
    pub(super) own: &'a [SynonymGroup],
    pub(super) built_in: &'a [SynonymGroup],
}

/// A word of a list that stands in no text.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Absent<'a> {
    Word(&'a str),
    Hash(u32),
}

/// Writes the groups: of the lists, the words that stand in a text and the others.
pub(super) fn write(files: &mut Files, lists: &SynonymLists<'_>) -> SynonymFiles {
    let mut written = SynonymFiles::default();
    let mut words: Vec<Vec<String>> = Vec::new();
    let nothing: [Vec<String>; 0] = [];
    for groups in lists.glossary.chunks(GROUPS) {
        written.files.push(add(files, &(groups, &nothing)));
        words.push(groups.iter().flat_map(|terms| SynonymGroup::of_terms(terms).terms).collect());
    }
    written.glossary = words.len();
    let own = lists.own.chunks(GROUPS).map(|groups| (groups, true));
    let built_in = lists.built_in.chunks(GROUPS).map(|groups| (groups, false));
    for (groups, is_own) in own.chain(built_in) {
        let pairs: Vec<_> = groups.iter().map(|group| pair(group, is_own)).collect();
        written.files.push(add(files, &(&nothing, pairs)));
        words.push(groups.iter().flat_map(|group| group.terms.iter().cloned()).collect());
    }
    written.longest = words.iter().flatten().map(|word| word.chars().count()).max().unwrap_or(0);
    let count = words.len() as u32;
    let number = |(file, words): (u32, &Vec<String>)| -> Vec<u32> {
        words.iter().map(|word| hash(word) * count + file).collect()
    };
    let numbers: BTreeSet<u32> = (0..).zip(&words).flat_map(number).collect();
    let numbers: Vec<u32> = numbers.into_iter().collect();
    let mut bits = Bits::default();
    bits.gamma(numbers.len() as u32 + 1);
    bits.rising(&numbers, count << HASH_BITS);
    written.keys = bits.base64();
    written
}

/// The words of a group that stand in a text, and the others.
fn pair(group: &SynonymGroup, is_own: bool) -> (&[String], Vec<Absent<'_>>) {
    let (standing, others) = group.terms.split_at(group.standing);
    if !is_own {
        return (standing, others.iter().map(|word| Absent::Word(word)).collect());
    }
    // Nothing but the hashes is to be told, so not their order either.
    let hashes: BTreeSet<u32> = others.iter().map(|word| mixed(word)).collect();
    (standing, hashes.into_iter().map(Absent::Hash).collect())
}

/// FNV-1a of the UTF-16 units of a word.
fn mixed(word: &str) -> u32 {
    let mix = |hash: u32, unit: u16| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    word.encode_utf16().fold(0x811C_9DC5, mix)
}

/// A short hash of a word.
fn hash(word: &str) -> u32 {
    let hash = mixed(word);
    (hash ^ hash >> HASH_BITS) & ((1 << HASH_BITS) - 1)
}
