//! Which chapters match a clause, and how well: what `search-match.js` does, over the
//! index in memory. Where the browser must load a text to be sure, this looks into the
//! text right away.

use super::Index;
use super::clause_number;
use super::field_postings::{FieldPostings, TitleEnds};
use super::ids::{BigramKey, DocId, PostingId, TrigramKey};
use super::limits::LIMITS;
use super::numbers::{Amount, amounts};
use super::phrase::{self, Term};
use super::query::{QueryClause, Run, Segment, runs};
use super::token::Token;
use super::weights::Weights;
use std::collections::{BTreeMap, BTreeSet};

/// How exactly a chapter matches a clause; the best comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// In parts.
    Parts,
    /// By a prefix, by pinyin or by a similar word.
    Loose,
    /// By another word that means the same.
    Synonym,
    /// As typed.
    Phrase,
}

/// How a chapter matches a clause.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ChapterMatch {
    pub(super) level: Level,
    /// The weight of the best kind of match.
    pub(super) weight: f64,
    /// The share of the title that the clause makes up, times the weight.
    pub(super) title: f64,
    pub(super) title_ends: TitleEnds,
    /// Whether it matches in a heading or in metadata.
    pub(super) head: bool,
    /// Passages that match, each with the weight of the best way in which it does, and the weights of
    /// all matches in them.
    pub(super) passages: BTreeMap<PostingId, f64>,
    pub(super) times: f64,
    /// Into how many parts the clause falls, if it matches in parts.
    pub(super) parts: u32,
}

impl ChapterMatch {
    const fn new(level: Level, weight: f64) -> Self {
        Self {
            level,
            weight,
            title: 0.0,
            title_ends: TitleEnds { first: false, last: false },
            head: false,
            passages: BTreeMap::new(),
            times: 0.0,
            parts: 0,
        }
    }
}

/// The chapters that match a clause.
#[derive(Debug, Clone, Default)]
pub(super) struct ClauseMatches {
    pub(super) chapters: BTreeMap<DocId, ChapterMatch>,
    pub(super) clause: QueryClause,
    /// For a sampled clause, the chapters that matched before their texts were looked at.
    pub(super) unverified: Option<BTreeSet<DocId>>,
    /// What to look for when excerpts are made, and other words that were found instead.
    pub(super) terms: Vec<Term>,
    pub(super) others: Vec<Term>,
    /// Words that were found instead of one with a typing error.
    pub(super) corrected: Vec<String>,
    /// The label of the clause that is asked for, if the query's clause is such a number.
    pub(super) reference: Option<String>,
}

impl ClauseMatches {
    /// The match of a chapter, at least as good as this.
    fn entry(&mut self, doc: DocId, level: Level, weight: f64) -> &mut ChapterMatch {
        let entry = self.chapters.entry(doc).or_insert_with(|| ChapterMatch::new(level, weight));
        entry.level = entry.level.max(level);
        entry.weight = entry.weight.max(weight);
        entry
    }
}

/// Matches clauses against an index.
pub(super) struct Matcher<'a> {
    pub(super) index: &'a Index,
    pub(super) weights: &'a Weights,
    /// Chapters that come first among about equal ones.
    pub(super) preferred: &'a BTreeSet<DocId>,
}

impl Matcher<'_> {
    /// The chapters that match a clause.
    pub(super) fn find(&self, clause: &QueryClause) -> ClauseMatches {
        let reference = clause.reference.clone();
        let mut matches = ClauseMatches {
            clause: clause.clone(),
            terms: terms(clause),
            reference,
            ..ClauseMatches::default()
        };
        let tokens = clause.tokens();
        let Weights { phrase, prefix, .. } = *self.weights;
        // The plain word is not what was typed if signs tell the two apart: C is not C++.
        let plain = if clause.signed { (prefix, Level::Loose) } else { (phrase, Level::Phrase) };
        if clause.sampled {
            matches.unverified = Some(self.docs(&self.candidates(&tokens, false)));
        }
        self.add_matches(&mut matches, clause, self.phrase(clause, &tokens, false), plain.0, plain.1);
        if clause.prefix {
            self.add_matches(&mut matches, clause, self.phrase(clause, &tokens, true), prefix, Level::Loose);
        }
        if let Some(word) = &clause.joined {
            self.add_matches(&mut matches, clause, self.word(word), phrase, Level::Phrase);
            if clause.prefix {
                self.add_matches(&mut matches, clause, self.prefix(word), prefix, Level::Loose);
            }
        }
        self.synonyms(&mut matches, clause);
        let parts = match &clause.joined {
            // Words that stand apart are a match only where they are joined nowhere.
            Some(word) if self.word(word).is_empty() => self.all_words(clause),
            Some(_) => BTreeMap::new(),
            None => self.parts(clause),
        };
        for (doc, parts) in parts {
            let in_parts = ChapterMatch { parts, ..ChapterMatch::new(Level::Parts, self.weights.parts) };
            matches.chapters.entry(doc).or_insert(in_parts);
        }
        self.fuzzy(&mut matches, clause);
        matches
    }

    pub(super) fn postings(&self, list: &[PostingId]) -> FieldPostings {
        FieldPostings::new(list, &self.index.postings.layout)
    }

    fn docs(&self, postings: &FieldPostings) -> BTreeSet<DocId> {
        postings.docs(&self.index.postings.layout)
    }

    fn bigram(&self, key: BigramKey) -> FieldPostings {
        self.postings(self.index.postings.bigrams.find(key))
    }

    pub(super) fn word(&self, word: &str) -> FieldPostings {
        let words = &self.index.postings.words;
        words.find(&word.into()).map_or_else(FieldPostings::default, |list| self.postings(words.list(list)))
    }

    /// Where all tokens of a phrase occur in one place. With `open`, the last word may be the
    /// prefix of a longer one.
    pub(super) fn candidates(&self, tokens: &[Token], open: bool) -> FieldPostings {
        let last = tokens.len().saturating_sub(1);
        let lists = tokens.iter().enumerate().filter_map(|(index, token)| match token {
            Token::Unigram(c) => Some(self.bigram(BigramKey::unigram(*c))),
            Token::Bigram(a, b) => Some(self.bigram(BigramKey::new(*a, *b))),
            Token::Word(word) if open && index == last => Some(self.prefix(word)),
            Token::Word(word) => Some(self.word(word)),
            Token::Trigram(..) => None,
        });
        lists.reduce(|list, other| list.intersect(&other)).unwrap_or_default()
    }

    /// Where a clause occurs as a phrase, verified in the texts.
    fn phrase(&self, clause: &QueryClause, tokens: &[Token], open: bool) -> FieldPostings {
        let mut candidates = self.candidates(tokens, open);
        if let Some(trigrams) = self.known_trigrams(clause) {
            let layout = &self.index.postings.layout;
            let mut known: BTreeMap<DocId, bool> = BTreeMap::new();
            let has_all = |doc| trigrams.iter().all(|key| self.index.holds_trigram(doc, *key));
            let mut holds = |doc: DocId| *known.entry(doc).or_insert_with(|| has_all(doc));
            candidates.title.retain(|doc, _| holds(*doc));
            candidates.head.retain(|doc| holds(*doc));
            candidates.text.retain(|id| holds(layout.doc(*id)));
        } else if clause.sampled || tokens.len() > 1 {
            self.verify(&mut candidates, clause);
        }
        candidates
    }

    /// The trigrams of a clause, if the index knows all chapters that hold each of them. Then these
    /// prove the clause, unless it must occur as typed.
    fn known_trigrams(&self, clause: &QueryClause) -> Option<Vec<TrigramKey>> {
        let [run] = clause.runs.as_slice() else { return None };
        let [Segment { unsegmented: true, characters }] = run.segments.as_slice() else { return None };
        if clause.exact || clause.sampled || characters.len() < 3 {
            return None;
        }
        let trigram = |three: &[char]| {
            let [a, b, c] = three else { return None };
            let both = [Token::Bigram(*a, *b), Token::Bigram(*b, *c)];
            let meeting = self.docs(&self.candidates(&both, false)).len();
            (meeting == 0 || meeting > LIMITS.verified).then(|| TrigramKey::new(*a, *b, *c))
        };
        characters.windows(3).map(trigram).collect()
    }

    /// Removes the chapters that hold the phrase nowhere.
    fn verify(&self, candidates: &mut FieldPostings, clause: &QueryClause) {
        let phrase: Vec<String> = clause.runs.iter().map(Run::text).collect();
        let layout = &self.index.postings.layout;
        let texts = candidates.text.clone();
        let mut known: BTreeMap<DocId, bool> = BTreeMap::new();
        let mut holds =
            |doc: DocId| *known.entry(doc).or_insert_with(|| self.holds(doc, &texts, &phrase, clause));
        candidates.title.retain(|doc, _| holds(*doc));
        candidates.head.retain(|doc| holds(*doc));
        candidates.text.retain(|id| holds(layout.doc(*id)));
    }

    fn holds(
        &self,
        doc: DocId,
        texts: &BTreeSet<PostingId>,
        phrase: &[String],
        clause: &QueryClause,
    ) -> bool {
        let has = |text: &str| phrase::holds(text, phrase, clause.prefix);
        let Some(stored) = self.index.stored.get(doc.index()) else { return false };
        if stored.titles().any(has) {
            return true;
        }
        if clause.title {
            return false;
        }
        if stored.metadata().any(has) {
            return true;
        }
        let own = texts.range(self.index.postings.layout.ids(doc));
        own.filter_map(|id| self.index.passage(*id)).flatten().any(|part| has(&part.text))
    }

    fn synonyms(&self, matches: &mut ClauseMatches, clause: &QueryClause) {
        if clause.negated || clause.exact && clause.reference.is_none() {
            return;
        }
        if let Some(other) = clause.reference.as_deref().and_then(clause_number::other_numerals) {
            self.synonym(matches, clause, &other, self.weights.phrase, Level::Phrase);
        }
        let name = clause.runs.iter().map(Run::text).collect::<Vec<_>>().join(" ");
        for group in self.index.synonyms.iter().filter(|group| group.has(&name)) {
            for other in group.others(&name) {
                self.synonym(matches, clause, other, self.weights.synonym, Level::Synonym);
            }
        }
        let is_whole = |amount: &Amount| amount.start == 0 && amount.end == name.chars().count();
        let amounts = amounts(&name).into_iter().filter(is_whole).flat_map(|amount| amount.others);
        let mut seen = BTreeSet::from([name.clone()]);
        for other in amounts.chain(clause.others.iter().cloned()) {
            if seen.insert(other.clone()) {
                self.synonym(matches, clause, &other, self.weights.synonym, Level::Synonym);
            }
        }
    }

    /// Adds the chapters that hold another word for a clause.
    fn synonym(
        &self,
        matches: &mut ClauseMatches,
        clause: &QueryClause,
        other: &str,
        weight: f64,
        level: Level,
    ) {
        let runs = runs(other);
        let synonym = QueryClause { runs, exact: true, title: clause.title, ..QueryClause::default() };
        // Not looked for in the texts: a browser would have to load them before it shows a title.
        let postings = self.candidates(&synonym.tokens(), false);
        self.add_matches(matches, clause, postings, weight, level);
        let terms = synonym.runs.iter().map(|run| Term { text: run.text(), prefix: false });
        matches.others.extend(terms);
    }

    /// Adds one kind of match of a clause.
    pub(super) fn add_matches(
        &self,
        matches: &mut ClauseMatches,
        clause: &QueryClause,
        postings: FieldPostings,
        weight: f64,
        level: Level,
    ) {
        for (doc, ends) in postings.title {
            let length = self.index.documents.get(doc.index()).map_or(1, |item| item.title_length);
            let share = clause.length() as f64 / f64::from(length.max(1));
            let chapter = matches.entry(doc, level, weight);
            chapter.title_ends.first |= ends.first;
            chapter.title_ends.last |= ends.last;
            chapter.title = chapter.title.max(weight * share.min(1.0));
        }
        if clause.title {
            return;
        }
        for id in postings.text {
            let chapter = matches.entry(self.index.postings.layout.doc(id), level, weight);
            let known = chapter.passages.entry(id).or_insert(weight);
            *known = known.max(weight);
            chapter.times += weight;
        }
        for doc in postings.head {
            matches.entry(doc, level, weight).head = true;
        }
    }

    /// Chapters that hold each of the words that marks join, as one part.
    fn all_words(&self, clause: &QueryClause) -> BTreeMap<DocId, u32> {
        let words = clause.tokens().into_iter().filter_map(|token| match token {
            Token::Word(word) => Some(self.docs(&self.word(&word))),
            _ => None,
        });
        let all = words.reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default();
        all.into_iter().map(|doc| (doc, 1)).collect()
    }

    /// The fewest parts of two characters or more into which a run falls such that a chapter
    /// holds all of them. Chapters that need many more than others do not count.
    fn parts(&self, clause: &QueryClause) -> BTreeMap<DocId, u32> {
        let [run] = clause.runs.as_slice() else { return BTreeMap::new() };
        let short = |segment: &Segment| segment.unsegmented && segment.characters.len() < 2;
        let lone = run.segments.len() == 1
            && run.segments.iter().all(|segment| !segment.unsegmented || segment.characters.len() < 4);
        if clause.exact || clause.title || clause.sampled || lone || run.segments.iter().any(short) {
            return BTreeMap::new();
        }
        let segments: Vec<BTreeMap<DocId, u32>> =
            run.segments.iter().map(|segment| self.segment_parts(segment)).collect();
        let mut parts: BTreeMap<DocId, u32> = segments.first().cloned().unwrap_or_default();
        for others in segments.iter().skip(1) {
            parts.retain(|doc, count| {
                others.get(doc).is_some_and(|more| {
                    *count += more;
                    true
                })
            });
        }
        let least = parts.values().filter(|count| **count > 1).min().copied().unwrap_or(u32::MAX - 1);
        parts.retain(|_, count| *count <= least + 1);
        parts
    }

    /// The fewest parts of a segment, for each chapter that holds it in parts.
    fn segment_parts(&self, segment: &Segment) -> BTreeMap<DocId, u32> {
        let all = &segment.characters;
        if !segment.unsegmented {
            let short: String = all.iter().take(LIMITS.word_length).collect();
            return self.docs(&self.word(&short)).into_iter().map(|doc| (doc, 1)).collect();
        }
        let bigrams: Vec<BTreeSet<DocId>> = all
            .windows(2)
            .map(|two| match two {
                [a, b] => self.docs(&self.bigram(BigramKey::new(*a, *b))),
                _ => BTreeSet::new(),
            })
            .collect();
        let candidates = bigrams.first().cloned().unwrap_or_default();
        // For each length of a beginning, the fewest parts that make it up.
        let fewest = |doc: DocId| {
            let mut best: Vec<Option<u32>> = vec![None; all.len() + 1];
            best[0] = Some(0);
            for from in 0..all.len().saturating_sub(1) {
                let Some(before) = best[from] else { continue };
                for to in from + 2..=all.len() {
                    let trigram = || TrigramKey::new(all[to - 3], all[to - 2], all[to - 1]);
                    let holds = bigrams[to - 2].contains(&doc)
                        && (to - from == 2 || self.index.holds_trigram(doc, trigram()));
                    if !holds {
                        break;
                    }
                    best[to] = Some(best[to].map_or(before + 1, |known| known.min(before + 1)));
                }
            }
            best[all.len()].map(|parts| (doc, parts))
        };
        candidates.into_iter().filter_map(fewest).collect()
    }
}

fn terms(clause: &QueryClause) -> Vec<Term> {
    let last = clause.runs.len().saturating_sub(1);
    let term =
        |(index, run): (usize, &Run)| Term { text: run.text(), prefix: clause.prefix && index == last };
    let joined = clause.joined.iter().map(|word| Term { text: word.clone(), prefix: clause.prefix });
    clause.runs.iter().enumerate().map(term).chain(joined).collect()
}

impl Index {
    /// Whether a chapter holds three characters in a row.
    fn holds_trigram(&self, doc: DocId, key: TrigramKey) -> bool {
        let index = doc.index();
        self.documents.get(index).is_some_and(|document| document.has_trigram(key))
            || self.metadata.get(index).is_some_and(|document| document.has_trigram(key))
    }
}
