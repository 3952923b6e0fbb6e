//! Bigrams and trigrams against what the tokens of random texts say, counted plainly.

use super::super::document::{Field, IndexedDocument, bigram_key, trigram_key};
use super::super::document_builder::DocumentBuilder;
use super::super::frequent::{FrequentBigrams, Neighbours};
use super::super::token::{Token, tokens};
use super::super::trigrams::TrigramBuilder;
use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Dense characters, letters, what lies between, and two beyond the basic plane.
const SIGNS: [&str; 12] = ["甲", "乙", "丙", "丁", "條", "a", "B", "7", "，", " ", "𠮷", "𝐱"];

/// Numbers that are the same at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn text(&mut self) -> String {
        let length = self.below(60);
        (0..length).map(|_| SIGNS[self.below(SIGNS.len())]).collect()
    }

    /// Text with some signs that no text of a passage has.
    fn heading(&mut self) -> String {
        let more = ["一", "中", "c", "\u{9FFF}"];
        let length = self.below(60);
        let sign = |at: usize| SIGNS.get(at).unwrap_or_else(|| &more[at - SIGNS.len()]);
        (0..length).map(|_| *sign(self.below(SIGNS.len() + more.len()))).collect()
    }
}

/// What a chapter's passages and titles give, plainly.
#[derive(Default)]
struct Plain {
    bigrams: BTreeMap<u64, BTreeSet<u32>>,
    trigrams: BTreeMap<u64, BTreeSet<u32>>,
}

impl Plain {
    fn enter(&mut self, text: &str, id: u32, chapter: u32, is_first: impl Fn(&BTreeSet<u32>) -> bool) {
        for token in tokens(text) {
            match token {
                Token::Unigram(c) => {
                    let ids = self.bigrams.entry(bigram_key(c, '\0')).or_default();
                    if is_first(ids) {
                        ids.insert(id);
                    }
                }
                Token::Bigram(a, b) => {
                    self.bigrams.entry(bigram_key(a, b)).or_default().insert(id);
                }
                Token::Trigram(a, b, c) => {
                    self.trigrams.entry(trigram_key(a, b, c)).or_default().insert(chapter);
                }
                Token::Word(_) => {}
            }
        }
    }
}

/// Chapters of which one in so many has text.
fn random(seed: u64, chapters: u32, one_in: usize) -> (Vec<IndexedDocument>, Plain) {
    let mut numbers = Numbers(seed);
    let (mut documents, mut plain) = (Vec::new(), Plain::default());
    let mut base = 0;
    for chapter in 0..chapters {
        let full = numbers.below(one_in) == 0;
        let mut builder = DocumentBuilder::default();
        let heading = if full { numbers.heading() } else { String::new() };
        builder.head(&heading);
        plain.enter(&heading, base + u32::from(Field::Head.code()), chapter, |_| true);
        let passages = if full { numbers.below(4) } else { 0 };
        for passage in 0..passages as u16 {
            let id = base + u32::from(Field::Text(passage).code());
            for _ in 0..numbers.below(4) {
                let text = numbers.text();
                builder.text(&text, Field::Text(passage));
                let texts = base + u32::from(Field::Text(0).code())..id;
                plain.enter(&text, id, chapter, |ids| ids.range(texts.clone()).next().is_none());
            }
            builder.end_passage();
        }
        base += u32::from(Field::Text(0).code()) + passages as u32;
        documents.push(IndexedDocument { passages: vec![Vec::new(); passages], ..builder.finish() });
    }
    (documents, plain)
}

#[test]
fn pairs_and_triples_are_those_of_the_tokens() {
    let mut compared = [0, 0];
    // Among many chapters that do not hold a bigram, those that do have numbers of their own.
    let books = (0..60).map(|seed| (seed, 40, 1)).chain([(60, 8_000, 100), (61, 8_000, 90)]);
    for (seed, chapters, one_in) in books {
        let (documents, plain) = random(seed, chapters, one_in);
        let nothing = IndexedDocument::default();
        let chapters: Vec<_> = documents.iter().map(|document| (document, &nothing)).collect();
        let layout = PostingLayout::new(documents.iter());
        let (bigrams, sorted) = bigrams(&chapters, &layout);
        let found: BTreeMap<u64, BTreeSet<u32>> = bigrams
            .partitions
            .iter()
            .flat_map(|lists| lists.keys.iter().enumerate().map(|(at, key)| (*key, lists.ids(at))))
            .map(|(key, ids)| (key, ids.iter().copied().collect()))
            .collect();
        assert_eq!(found, plain.bigrams, "seed {seed}");
        for (key, ids) in &plain.bigrams {
            assert_eq!(bigrams.find(*key), ids.iter().copied().collect::<Vec<_>>(), "seed {seed}");
        }
        for key in plain.trigrams.keys() {
            let holding: BTreeSet<u32> =
                (0..).zip(&documents).filter(|(_, one)| one.has_trigram(*key)).map(|(at, _)| at).collect();
            assert_eq!(holding, plain.trigrams[key], "seed {seed}");
        }
        let neighbours = Neighbours::new(&chapters, sorted);
        let frequent = FrequentBigrams::new(&layout, &bigrams, &neighbours);
        let mut builder = TrigramBuilder::new(&frequent);
        for (partition, lists) in bigrams.partitions.iter().enumerate() {
            for (key, common) in lists.keys.iter().zip(frequent.of_partition(partition)) {
                let trigrams = common.map_or_else(Vec::new, |at| builder.trigrams(at));
                let ours: Vec<(u64, BTreeSet<u32>)> = trigrams
                    .iter()
                    .map(|trigram| {
                        let key = key << CHARACTER | u64::from(trigram.last);
                        let meeting = meeting(&plain, &layout, key);
                        let is_marked = |at: &usize| trigram.marked.contains(&(*at as u32));
                        let holds = |(at, _): &(usize, &u32)| is_marked(at) != trigram.without;
                        (key, meeting.iter().enumerate().filter(holds).map(|(_, chapter)| *chapter).collect())
                    })
                    .collect();
                let theirs: Vec<(u64, BTreeSet<u32>)> = plain
                    .trigrams
                    .range(key << CHARACTER..(key + 1) << CHARACTER)
                    .filter(|(key, _)| meeting(&plain, &layout, **key).len() > VERIFIED)
                    .map(|(key, chapters)| (*key, chapters.clone()))
                    .collect();
                compared[usize::from(one_in > 1)] += theirs.len();
                assert_eq!(ours, theirs, "seed {seed}");
            }
        }
    }
    assert!(compared[0] > 500 && compared[1] > 100, "only {compared:?} trigrams were compared");
}

/// Chapters that have both bigrams of a trigram in one place.
fn meeting(plain: &Plain, layout: &PostingLayout, key: u64) -> Vec<u32> {
    let of = |key: u64| plain.bigrams.get(&key).cloned().unwrap_or_default();
    let both: BTreeSet<u32> =
        of(key >> CHARACTER).intersection(&of(key & ((1 << (2 * CHARACTER)) - 1))).copied().collect();
    let chapters: BTreeSet<u32> = both.iter().map(|id| layout.chapter_of(*id)).collect();
    chapters.into_iter().collect()
}
