//! The files of words that mean the same.
//!
//! A search wants few groups of them. So each file has some groups, and of each word there is a key: a
//! short hash, with the number of its file. A query loads only files that have a word of it. The keys
//! are where a search that may want them looks anyway: with the bigrams or the words that begin like
//! the word. Few are left for the manifest, and a file has those of words that begin like no text.
//! Words of the project that stand in no text of the site are in its file as hashes too.
//!
//! A file has the posting lists of its words too: who asks for one word of a group looks up all of
//! them, which would take a file or two for each.

use super::alphabet::{Alphabet, Letter};
use super::bits::Bits;
use super::encode::{Chunks, Encoder};
use super::postings::Postings;
use super::shard::{Files, add, add_numbered};
use super::synonyms::{self, SynonymGroup};
use super::token::{Class, class};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::{Bound, Range};

/// Groups in a file at most.
const GROUPS: usize = 32;
/// Bytes of posting lists after which a file is full.
const FULL: usize = 512;
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
    /// Keys of single characters, and of words of the project that stand in no text: how many there are, and
    /// of each its hash times the number of files, plus the number of its file.
    keys: String,
    /// The file that has the keys of words that begin with a bigram or a word of no file.
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

/// The kind of the project's groups.
const OWN: u8 = 1;

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
            Self::List(_, true) => OWN,
            Self::List(_, false) => 2,
        }
    }
}

/// Writes the groups: of the lists, the words that stand in a text and the others. The second value is the
/// keys that the files of posting lists have.
pub(super) fn write(
    files: &mut Files,
    lists: &SynonymLists<'_>,
    postings: &Postings,
    alphabet: &Alphabet,
) -> (SynonymFiles, KeysByStart) {
    let glossary = lists.glossary.iter().map(Written::Glossary);
    let own = lists.own.iter().map(|group| Written::List(group, true));
    let built_in = lists.built_in.iter().map(|group| Written::List(group, false));
    let groups: Vec<Written<'_>> = glossary.chain(own).chain(built_in).collect();
    let words: Vec<SynonymGroup> = groups.iter().map(|group| group.words()).collect();
    let lists = lists_of(&words, postings);
    // Where each file ends.
    let (mut ends, mut size, mut first) = (Vec::new(), 0, 0);
    let mut written: HashSet<&str> = HashSet::new();
    for (place, group) in groups.iter().enumerate() {
        let new = words[place].looked_up().iter().filter(|word| written.insert(word));
        size += new.map(|word| lists[word.as_str()].len()).sum::<usize>();
        let is_last = groups.get(place + 1).is_none_or(|next| next.kind() != group.kind());
        if is_last || size >= FULL || place + 1 - first >= GROUPS {
            ends.push(place + 1);
            (size, first) = (0, place + 1);
            written.clear();
        }
    }
    let starts = || std::iter::once(0).chain(ends.iter().copied());
    let own = |(start, end): (usize, &usize)| content(&groups[start..*end], &words[start..*end], &lists);
    let contents: Vec<String> = starts().zip(&ends).map(own).collect();
    let name = add_numbered(files, &contents);
    let count = contents.len() as u32;
    let mut by_start = KeysByStart { files: count, ..KeysByStart::default() };
    let (mut in_manifest, mut others) = (Vec::new(), Vec::new());
    for (file, (start, end)) in (0..).zip(starts().zip(&ends)) {
        for (group, written) in words[start..*end].iter().zip(&groups[start..*end]) {
            for (place, word) in group.asked().iter().enumerate() {
                let key = hash(word) * count + file;
                // Where the key of a word lies would tell how it begins.
                let is_told = written.kind() != OWN || place < group.standing;
                match start_of(word, alphabet).filter(|_| is_told) {
                    Some(Start::Bigram(first, second)) => {
                        by_start.bigrams.entry(first).or_default().push((second, key));
                    }
                    Some(Start::Word(first)) => by_start.words.entry(first.to_owned()).or_default().push(key),
                    Some(Start::Unknown) => others.push(key),
                    None => in_manifest.push(key),
                }
            }
        }
    }
    others.extend(by_start.take_words_before(postings.words.iter().next().map(|(word, _)| &**word)));
    let manifest = SynonymFiles {
        name,
        count: contents.len(),
        glossary: starts().zip(&ends).filter(|(start, _)| groups[*start].kind() == 0).count(),
        keys: base64(in_manifest, count),
        others: add(files, &base64(others, count)),
        longest: words
            .iter()
            .flat_map(SynonymGroup::asked)
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0),
    };
    (manifest, by_start)
}

/// Keys of words that are in the files of posting lists, by how the words begin.
#[derive(Debug, Default)]
pub(super) struct KeysByStart {
    /// How many files of groups there are.
    files: u32,
    /// By the first of two characters of the alphabet, each with the second one.
    bigrams: BTreeMap<Letter, Vec<(Letter, u32)>>,
    /// By the first word.
    words: BTreeMap<String, Vec<u32>>,
}

impl KeysByStart {
    /// Writes the keys of some first characters, and of those only that are in one part of so many.
    pub(super) fn write_bigrams(&self, bits: &mut Bits, letters: Range<u32>, part: usize, of: usize) {
        let all = self.bigrams.range(Letter(letters.start)..Letter(letters.end)).flat_map(|(_, keys)| keys);
        let own = all.filter(|(second, _)| second.index() % of == part);
        write_keys(bits, own.map(|(_, key)| *key), self.files);
    }

    /// Writes the keys of a file of words: from its first word to that of the next file.
    pub(super) fn write_words(&self, bits: &mut Bits, first: &str, next: Option<&str>) {
        let end = next.map_or(Bound::Unbounded, Bound::Excluded);
        let own = self.words.range::<str, _>((Bound::Included(first), end));
        write_keys(bits, own.flat_map(|(_, keys)| keys).copied(), self.files);
    }

    /// Takes the keys of words before the first one that has a posting list: no file has them.
    fn take_words_before(&mut self, first: Option<&str>) -> Vec<u32> {
        let kept = first.map(|first| self.words.split_off(first)).unwrap_or_default();
        std::mem::replace(&mut self.words, kept).into_values().flatten().collect()
    }
}

/// How many keys there are, and the keys.
fn write_keys(bits: &mut Bits, keys: impl IntoIterator<Item = u32>, files: u32) {
    let unique: Vec<u32> = keys.into_iter().collect::<BTreeSet<u32>>().into_iter().collect();
    bits.gamma(unique.len() as u32 + 1);
    bits.rising(&unique, files << HASH_BITS);
}

fn base64(keys: Vec<u32>, files: u32) -> String {
    let mut bits = Bits::default();
    write_keys(&mut bits, keys, files);
    bits.base64()
}

/// What a search for a word looks up first.
enum Start<'w> {
    Bigram(Letter, Letter),
    Word(&'w str),
    /// A bigram that no text has the characters of.
    Unknown,
}

/// `None` for a single character of those that make bigrams.
fn start_of<'w>(word: &'w str, alphabet: &Alphabet) -> Option<Start<'w>> {
    let end = word.find(|c| class(c) != Class::Word).unwrap_or(word.len());
    if end > 0 {
        return Some(Start::Word(&word[..end]));
    }
    let mut characters = word.chars().take_while(|c| class(*c) == Class::Unsegmented).map(u32::from);
    let (first, second) = (characters.next()?, characters.next()?);
    Some(match (alphabet.letter(first), alphabet.letter(second)) {
        (Some(first), Some(second)) => Start::Bigram(first, second),
        _ => Start::Unknown,
    })
}

/// Of each word that is looked up for others: whether it stands anywhere, and its posting list.
fn lists_of<'w>(words: &'w [SynonymGroup], postings: &Postings) -> HashMap<&'w str, Bits> {
    let unique: HashSet<&str> = words.iter().flat_map(SynonymGroup::looked_up).map(String::as_str).collect();
    let encode = |encoder: &mut Encoder<'_>, word: &'w str| {
        let (list, mut bits) = (synonyms::together(postings, word), Bits::default());
        bits.bit(!list.is_empty());
        if !list.is_empty() {
            encoder.list(&mut bits, &list);
        }
        (word, bits)
    };
    unique.into_par_iter().map_init(|| Encoder::new(&postings.layout), encode).collect()
}

/// A file: groups of the glossary, groups of a list, the posting lists of the words that are looked up.
fn content(groups: &[Written<'_>], words: &[SynonymGroup], lists: &HashMap<&str, Bits>) -> String {
    let (mut terms, mut listed, mut chunks) = (Vec::new(), Vec::new(), Chunks::default());
    for group in groups {
        match group {
            Written::Glossary(group) => terms.push(*group),
            Written::List(group, is_own) => listed.push(as_listed(group, *is_own)),
        }
    }
    let mut written: HashSet<&str> = HashSet::new();
    for word in words.iter().flat_map(SynonymGroup::looked_up) {
        if let Some(list) = lists.get(word.as_str()).filter(|_| written.insert(word)) {
            chunks.lists.append(list);
            chunks.end_list();
        }
    }
    let mut bits = Bits::default();
    chunks.write(&mut bits);
    serde_json::to_string(&(terms, listed, bits.base64())).unwrap_or_default()
}

/// A group of a list, as JSON: words that are looked up, the other words, and a 1 if the first are looked up for
/// these alone.
#[derive(Serialize)]
#[serde(untagged)]
enum Listed<'a> {
    Mutual(&'a [String], Vec<Absent<'a>>),
    Directed(&'a [String], Vec<Absent<'a>>, u8),
}

/// The words of a group that are looked up, and the others; and whether only the others are asked for.
fn as_listed(group: &SynonymGroup, is_own: bool) -> Listed<'_> {
    let (standing, others) = group.terms.split_at(group.standing);
    let others = match is_own {
        // Nothing but the hashes is to be told, so not their order either.
        true => others
            .iter()
            .map(|word| mixed(word))
            .collect::<BTreeSet<u32>>()
            .into_iter()
            .map(Absent::Hash)
            .collect(),
        false => others.iter().map(|word| Absent::Word(word)).collect(),
    };
    match group.directed {
        true => Listed::Directed(standing, others, 1),
        false => Listed::Mutual(standing, others),
    }
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
