//! The files of words that mean the same.
//!
//! A search wants few groups of them. So each file has some groups, and of each word there is a short
//! hash with the number of its file: in the manifest, or in a file of its own for the words in the
//! script that the site's texts have less of, which most queries do not want. A query loads only files
//! that have a word of it. Words of the project that stand in no text of the site are in its file as
//! hashes too.
//!
//! A file has the posting lists of its words too: who asks for one word of a group looks up all of
//! them, which would take a file or two for each.

use super::bits::Bits;
use super::encode::{Chunks, Encoder};
use super::postings::Postings;
use super::shard::{Files, add, add_numbered};
use super::synonyms::{self, SynonymGroup};
use super::token::{Class, class};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;

/// Groups in a file at most.
const GROUPS: usize = 64;
/// Bytes of posting lists after which a file is full.
const FULL: usize = 1_024;
/// Bits of a hash.
pub(super) const HASH_BITS: u32 = 20;

/// What the manifest says of the files.
#[derive(Debug, Default, Serialize)]
pub(super) struct SynonymFiles {
    /// What their names begin with; they have the numbers from 0: first those of the glossary, then those
    /// of the project's words, then those of the built-in list.
    name: String,
    count: usize,
    /// How many are of the glossary.
    glossary: usize,
    /// Of the words that begin with a letter, or of all others: how many there are, and of each its hash
    /// times the number of files, plus the number of its file.
    keys: String,
    /// Whether `keys` are those of the words that begin with a letter.
    letters: bool,
    /// The file that has the keys of the other words.
    others: String,
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

/// A group as its file has it.
#[derive(Clone, Copy)]
enum Written<'a> {
    Glossary(&'a Vec<String>),
    /// Of a list: whether it is the project's.
    List(&'a SynonymGroup, bool),
}

impl Written<'_> {
    /// Its words, and how many of them have a list.
    fn words(self) -> SynonymGroup {
        match self {
            Self::Glossary(terms) => SynonymGroup::of_terms(terms),
            Self::List(group, _) => group.clone(),
        }
    }

    /// Which groups may share a file.
    const fn kind(self) -> u8 {
        match self {
            Self::Glossary(_) => 0,
            Self::List(_, own) => 1 + !own as u8,
        }
    }
}

/// Writes the groups: of the lists, the words that stand in a text and the others.
pub(super) fn write(files: &mut Files, lists: &SynonymLists<'_>, postings: &Postings) -> SynonymFiles {
    let glossary = lists.glossary.iter().map(Written::Glossary);
    let own = lists.own.iter().map(|group| Written::List(group, true));
    let built_in = lists.built_in.iter().map(|group| Written::List(group, false));
    let groups: Vec<Written<'_>> = glossary.chain(own).chain(built_in).collect();
    let words: Vec<SynonymGroup> = groups.iter().map(|group| group.words()).collect();
    let bits: Vec<Vec<Bits>> = words.par_iter().map(|group| bits_of(group, postings)).collect();
    // Where each file ends.
    let (mut ends, mut size, mut first) = (Vec::new(), 0, 0);
    for (place, group) in groups.iter().enumerate() {
        size += bits[place].iter().map(Bits::len).sum::<usize>();
        let is_last = groups.get(place + 1).is_none_or(|next| next.kind() != group.kind());
        if is_last || size >= FULL || place + 1 - first >= GROUPS {
            ends.push(place + 1);
            (size, first) = (0, place + 1);
        }
    }
    let starts = || std::iter::once(0).chain(ends.iter().copied());
    let contents: Vec<String> =
        starts().zip(&ends).map(|(start, end)| content(&groups[start..*end], &bits[start..*end])).collect();
    let name = add_numbered(files, &contents);
    let count = contents.len() as u32;
    let mut keys = [Keys::default(), Keys::default()];
    for (file, (start, end)) in (0..).zip(starts().zip(&ends)) {
        for group in &words[start..*end] {
            for (place, word) in group.terms.iter().enumerate() {
                let own = &mut keys[usize::from(begins_with_letter(word))];
                own.numbers.insert(hash(word) * count + file);
                own.standing += usize::from(place < group.standing);
            }
        }
    }
    let [others, letters] = keys;
    let is_latin = letters.standing > others.standing;
    let (keys, others) = if is_latin { (letters, others) } else { (others, letters) };
    SynonymFiles {
        name,
        count: contents.len(),
        glossary: starts().zip(&ends).filter(|(start, _)| groups[*start].kind() == 0).count(),
        keys: keys.base64(count),
        letters: is_latin,
        others: add(files, &others.base64(count)),
        longest: words
            .iter()
            .flat_map(|group| &group.terms)
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0),
    }
}

/// The keys of words, and how many of them stand in some text.
#[derive(Debug, Default)]
struct Keys {
    numbers: BTreeSet<u32>,
    standing: usize,
}

impl Keys {
    /// As a browser reads them, where there are so many files of groups.
    fn base64(self, count: u32) -> String {
        let numbers: Vec<u32> = self.numbers.into_iter().collect();
        let mut bits = Bits::default();
        bits.gamma(numbers.len() as u32 + 1);
        bits.rising(&numbers, count << HASH_BITS);
        bits.base64()
    }
}

/// Whether a word is one of letters: `on call`, and not 值班, nor `5s`.
fn begins_with_letter(word: &str) -> bool {
    word.chars().next().is_some_and(|first| !first.is_numeric() && class(first) == Class::Word)
}

/// Of each word that is looked up for others: whether it stands anywhere, and its posting list.
fn bits_of(group: &SynonymGroup, postings: &Postings) -> Vec<Bits> {
    let mut encoder = Encoder::new(&postings.layout);
    let list = |word: &String| {
        let (list, mut bits) = (synonyms::together(postings, word), Bits::default());
        bits.bit(!list.is_empty());
        if !list.is_empty() {
            encoder.list(&mut bits, &list);
        }
        bits
    };
    group.terms.iter().take(group.standing).map(list).collect()
}

/// A file: groups of the glossary, groups of a list, the posting lists of their words.
fn content(groups: &[Written<'_>], bits: &[Vec<Bits>]) -> String {
    let (mut terms, mut pairs, mut chunks) = (Vec::new(), Vec::new(), Chunks::default());
    for group in groups {
        match group {
            Written::Glossary(group) => terms.push(*group),
            Written::List(group, is_own) => pairs.push(pair(group, *is_own)),
        }
    }
    for list in bits.iter().flatten() {
        chunks.lists.append(list);
        chunks.end_list();
    }
    let mut written = Bits::default();
    chunks.write(&mut written);
    serde_json::to_string(&(terms, pairs, written.base64())).unwrap_or_default()
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
