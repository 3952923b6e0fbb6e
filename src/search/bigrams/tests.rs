//! Bigrams and trigrams against those that the tokenizer gives for random texts.

use super::super::document::{Field, IndexedDocument};
use super::super::document_builder::DocumentBuilder;
use super::super::frequent::{FrequentBigrams, Neighbours};
use super::super::ids::{FieldCode, PassageId, TrigramKey};
use super::super::token::{Token, tokens};
use super::super::trigrams::TrigramBuilder;
use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// Characters of unsegmented scripts, letters, separators, and two beyond the basic plane.
const SIGNS: [&str; 12] = ["甲", "乙", "丙", "丁", "條", "a", "B", "7", "，", " ", "𠮷", "𝐱"];

/// Numbers that are the same in every run.
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

    /// Text with some signs that no passage has.
    fn heading(&mut self) -> String {
        let more = ["一", "中", "c", "\u{9FFF}"];
        let length = self.below(60);
        let sign = |index: usize| SIGNS.get(index).unwrap_or_else(|| &more[index - SIGNS.len()]);
        (0..length).map(|_| *sign(self.below(SIGNS.len() + more.len()))).collect()
    }
}

/// What the tokens of passages and headings say, without any index.
#[derive(Default)]
struct Expected {
    bigrams: BTreeMap<BigramKey, BTreeSet<PostingId>>,
    trigrams: BTreeMap<TrigramKey, BTreeSet<DocId>>,
}

impl Expected {
    /// Adds a text at a posting id. `is_first` says whether a unigram that already has these
    /// postings gets one more.
    fn add(
        &mut self,
        text: &str,
        id: PostingId,
        doc: DocId,
        is_first: impl Fn(&BTreeSet<PostingId>) -> bool,
    ) {
        for token in tokens(text) {
            match token {
                Token::Unigram(c) => {
                    let ids = self.bigrams.entry(BigramKey::unigram(c)).or_default();
                    if is_first(ids) {
                        ids.insert(id);
                    }
                }
                Token::Bigram(a, b) => {
                    self.bigrams.entry(BigramKey::new(a, b)).or_default().insert(id);
                }
                Token::Trigram(a, b, c) => {
                    self.trigrams.entry(TrigramKey::new(a, b, c)).or_default().insert(doc);
                }
                Token::Word(_) => {}
            }
        }
    }
}

/// Chapters of which one in so many has text.
fn random(seed: u64, chapters: u32, one_in: usize) -> (Vec<IndexedDocument>, Expected) {
    let mut numbers = Numbers(seed);
    let (mut documents, mut expected) = (Vec::new(), Expected::default());
    let mut start = PostingId(0);
    for doc in DocId::first(chapters) {
        let full = numbers.below(one_in) == 0;
        let mut builder = DocumentBuilder::default();
        let heading = if full { numbers.heading() } else { String::new() };
        builder.metadata(&heading);
        expected.add(&heading, start.field(Field::Head.code()), doc, |_| true);
        let passages = if full { numbers.below(4) } else { 0 };
        let first = start.field(Field::FIRST_PASSAGE);
        for passage in (0..passages as u16).map(PassageId) {
            let id = start.field(Field::Text(passage).code());
            for _ in 0..numbers.below(4) {
                let text = numbers.text();
                builder.text(&text, Field::Text(passage));
                expected.add(&text, id, doc, |ids| ids.range(first..id).next().is_none());
            }
            builder.end_passage();
        }
        start = first.field(FieldCode(passages as u16));
        documents.push(IndexedDocument { passage_count: passages, ..builder.finish() });
    }
    (documents, expected)
}

#[test]
fn bigrams_and_trigrams_are_those_of_the_tokens() {
    let mut compared = [0, 0];
    // Where few of many chapters hold a bigram, those that do are numbered separately.
    let books = (0..60).map(|seed| (seed, 40, 1)).chain([(60, 8_000, 100), (61, 8_000, 90)]);
    for (seed, chapters, one_in) in books {
        let (documents, expected) = random(seed, chapters, one_in);
        let nothing = IndexedDocument::default();
        let chapters: Vec<_> =
            documents.iter().map(|document| ChapterInput { document, metadata: &nothing }).collect();
        let layout = PostingLayout::new(documents.iter());
        let (bigrams, sorted) = invert(&chapters, &layout);
        let actual: BTreeMap<BigramKey, BTreeSet<PostingId>> = bigrams
            .partitions()
            .flat_map(PostingLists::iter)
            .map(|(key, list)| (*key, list.iter().copied().collect()))
            .collect();
        assert_eq!(actual, expected.bigrams, "seed {seed}");
        for (key, ids) in &expected.bigrams {
            assert_eq!(bigrams.find(*key), ids.iter().copied().collect::<Vec<_>>(), "seed {seed}");
        }
        for key in expected.trigrams.keys() {
            let holds = |(_, document): &(DocId, &IndexedDocument)| document.has_trigram(*key);
            let holding: BTreeSet<DocId> =
                DocId::all().zip(&documents).filter(holds).map(|(doc, _)| doc).collect();
            assert_eq!(holding, expected.trigrams[key], "seed {seed}");
        }
        let neighbours = Neighbours::new(&chapters, sorted);
        let frequent = FrequentBigrams::new(&layout, &bigrams, &neighbours);
        compared[usize::from(one_in > 1)] += compare_trigrams(&expected, &bigrams, &frequent, seed);
    }
    assert!(compared[0] > 500 && compared[1] > 100, "only {compared:?} trigrams were compared");
}

/// Compares what the index says of trigrams with what it should say. Returns how many.
fn compare_trigrams(
    expected: &Expected,
    bigrams: &Bigrams,
    frequent: &FrequentBigrams<'_>,
    seed: u64,
) -> usize {
    let mut builder = TrigramBuilder::new(frequent);
    let mut compared = 0;
    for (partition, lists) in bigrams.partitions().enumerate() {
        for (key, id) in lists.keys.iter().zip(frequent.of_partition(PartitionId(partition))) {
            let trigrams = id.map_or_else(Vec::new, |id| builder.trigrams(id));
            let ours: Vec<(TrigramKey, BTreeSet<DocId>)> = trigrams
                .iter()
                .map(|trigram| {
                    let key = key.followed_by(trigram.last);
                    let meeting = meeting(expected, frequent.layout, key);
                    let is_marked = |place: usize| trigram.marked.contains(&(place as u32));
                    let holding = meeting.iter().enumerate();
                    let holding = holding.filter(|(place, _)| is_marked(*place) != trigram.negated);
                    (key, holding.map(|(_, doc)| *doc).collect())
                })
                .collect();
            let begins_with =
                (Bound::Included(key.followed_by(0)), Bound::Included(key.followed_by(0x1F_FFFF)));
            let theirs: Vec<(TrigramKey, BTreeSet<DocId>)> = expected
                .trigrams
                .range(begins_with)
                .filter(|(key, _)| meeting(expected, frequent.layout, **key).len() > LIMITS.verified)
                .map(|(key, docs)| (*key, docs.clone()))
                .collect();
            compared += theirs.len();
            assert_eq!(ours, theirs, "seed {seed}");
        }
    }
    compared
}

/// Chapters that have both bigrams of a trigram in one place.
fn meeting(expected: &Expected, layout: &PostingLayout, key: TrigramKey) -> Vec<DocId> {
    let ids = |key: BigramKey| expected.bigrams.get(&key).cloned().unwrap_or_default();
    let both: BTreeSet<PostingId> = ids(key.prefix()).intersection(&ids(key.suffix())).copied().collect();
    let docs: BTreeSet<DocId> = both.iter().map(|id| layout.doc(*id)).collect();
    docs.into_iter().collect()
}
