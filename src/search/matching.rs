//! Which chapters a clause means, and how well: the same as `search-match.js`, over
//! the index in memory. What the browser can only tell by opening texts is looked
//! up in them at once.

use super::Index;
use super::document::{Field, IndexedDocument, bigram_key, trigram_key};
use super::field_postings::FieldPostings;
use super::query::{QueryClause, Run, Segment, runs};
use super::token::Token;
use std::collections::{BTreeMap, BTreeSet};

/// How a chapter satisfies a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// In parts.
    Parts,
    /// By a beginning, by pinyin or by a near word.
    Loose,
    /// As typed.
    Phrase,
}

/// What is known of a chapter for a clause.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit {
    pub(super) level: Level,
    pub(super) weight: f64,
    /// Share of the title that was typed, by weight.
    pub(super) title: f64,
    /// Whether an entry of the title begins and ends with it.
    pub(super) first: bool,
    pub(super) last: bool,
    pub(super) head: bool,
    /// PostingLayout of text, and how often any was found.
    pub(super) passages: BTreeSet<u32>,
    pub(super) times: u32,
    pub(super) pieces: u32,
}

/// The chapters that satisfy a clause, and the words that marked texts show.
#[derive(Debug, Clone, Default)]
pub(super) struct ClauseMatches {
    pub(super) hits: BTreeMap<u32, Hit>,
    pub(super) terms: Vec<(String, bool)>,
    /// Of a clause that is asked in part, the chapters before they were verified.
    pub(super) unverified: Option<BTreeSet<u32>>,
}

/// Asks an index.
pub(super) struct Matcher<'a> {
    pub(super) index: &'a Index,
}

impl Matcher<'_> {
    /// The chapters that satisfy a clause.
    pub(super) fn find(&self, clause: &QueryClause) -> ClauseMatches {
        let mut found = ClauseMatches { terms: terms(clause), ..ClauseMatches::default() };
        let tokens = clause.tokens();
        if clause.sampled {
            found.unverified = Some(self.chapters(&self.candidates(&tokens, false)));
        }
        self.add_matches(&mut found, clause, self.phrase(clause, &tokens, false), 1.0, Level::Phrase);
        if clause.prefix {
            self.add_matches(&mut found, clause, self.phrase(clause, &tokens, true), 0.5, Level::Loose);
        }
        if let Some(word) = &clause.joined {
            self.add_matches(&mut found, clause, self.word(word), 1.0, Level::Phrase);
            if clause.prefix {
                self.add_matches(&mut found, clause, self.prefix(word), 0.5, Level::Loose);
            }
        }
        self.synonyms(&mut found, clause);
        let parts = if clause.joined.is_some() { self.all(clause) } else { self.parts(clause) };
        add_parts(&mut found, &parts);
        self.fuzzy(&mut found, clause);
        found
    }

    pub(super) fn list(&self, ids: &[u32]) -> FieldPostings {
        let mut list = FieldPostings::default();
        for id in ids {
            match self.index.postings.layout.locate(*id) {
                (chapter, Field::Title { first, last }) => {
                    let known = list.title.entry(chapter).or_default();
                    *known = (known.0 || first, known.1 || last);
                }
                (chapter, Field::Head) => {
                    list.head.insert(chapter);
                }
                (_, Field::Text(_)) => {
                    list.text.insert(*id);
                }
            }
        }
        list
    }

    fn bigram(&self, a: char, b: char) -> FieldPostings {
        self.list(self.index.postings.bigrams.find(bigram_key(a, b)))
    }

    pub(super) fn word(&self, word: &str) -> FieldPostings {
        let words = &self.index.postings.words;
        words.find(&word.into()).map_or_else(FieldPostings::default, |at| self.list(words.ids(at)))
    }

    /// Where all tokens of a phrase share a place; `open` takes the last word for a
    /// beginning.
    fn candidates(&self, tokens: &[Token], open: bool) -> FieldPostings {
        let last = tokens.len().saturating_sub(1);
        let lists = tokens.iter().enumerate().filter_map(|(at, token)| match token {
            Token::Unigram(c) => Some(self.bigram(*c, '\0')),
            Token::Bigram(a, b) => Some(self.bigram(*a, *b)),
            Token::Word(word) if open && at == last => Some(self.prefix(word)),
            Token::Word(word) => Some(self.word(word)),
            Token::Trigram(..) => None,
        });
        lists.reduce(|list, other| list.intersect(&other)).unwrap_or_default()
    }

    /// Where a clause's phrase stands, verified in the texts.
    fn phrase(&self, clause: &QueryClause, tokens: &[Token], open: bool) -> FieldPostings {
        let mut list = self.candidates(tokens, open);
        if clause.sampled || tokens.len() > 1 {
            let run = clause.runs.iter().map(Run::text).collect::<Vec<_>>();
            self.verify(&mut list, &run, clause.prefix, clause.title);
        }
        list
    }

    /// Leaves the chapters that hold the phrase somewhere.
    fn verify(&self, list: &mut FieldPostings, phrase: &[String], prefix: bool, title: bool) {
        let layout = &self.index.postings.layout;
        let mut known: BTreeMap<u32, bool> = BTreeMap::new();
        let texts = list.text.clone();
        let mut holds = |chapter: u32| {
            *known.entry(chapter).or_insert_with(|| self.holds(chapter, &texts, phrase, prefix, title))
        };
        list.title.retain(|chapter, _| holds(*chapter));
        list.head.retain(|chapter| holds(*chapter));
        list.text.retain(|id| holds(layout.chapter_of(*id)));
    }

    fn holds(
        &self,
        chapter: u32,
        texts: &BTreeSet<u32>,
        phrase: &[String],
        prefix: bool,
        title: bool,
    ) -> bool {
        let has = |text: &str| super::response::holds(text, phrase, prefix);
        let at = chapter as usize;
        let Some(stored) = self.index.stored.get(at) else { return false };
        if stored.titles().any(has) {
            return true;
        }
        if title {
            return false;
        }
        if stored.said().any(has) {
            return true;
        }
        let layout = &self.index.postings.layout;
        let mine = texts.iter().filter(|id| layout.chapter_of(**id) == chapter);
        mine.filter_map(|id| self.index.units(*id)).flatten().any(|unit| has(&unit.text))
    }

    fn synonyms(&self, found: &mut ClauseMatches, clause: &QueryClause) {
        if clause.negated {
            return;
        }
        let name = clause.runs.iter().map(Run::text).collect::<Vec<_>>().join(" ");
        for group in &self.index.synonyms {
            let spaced = |term: &String| runs(term).iter().map(Run::text).collect::<Vec<_>>().join(" ");
            let terms: Vec<String> = group.iter().map(spaced).collect();
            if !terms.contains(&name) {
                continue;
            }
            for other in terms.iter().filter(|term| !term.is_empty() && **term != name) {
                let alike = QueryClause {
                    runs: runs(other),
                    exact: true,
                    title: clause.title,
                    ..QueryClause::default()
                };
                let list = self.phrase(&alike, &alike.tokens(), false);
                self.add_matches(found, clause, list, 0.8, Level::Phrase);
                found.terms.extend(alike.runs.iter().map(|run| (run.text(), false)));
            }
        }
    }

    /// Enters a way in which chapters satisfy a clause.
    pub(super) fn add_matches(
        &self,
        found: &mut ClauseMatches,
        clause: &QueryClause,
        list: FieldPostings,
        weight: f64,
        level: Level,
    ) {
        let mut meet = |chapter: u32| {
            let empty = Hit {
                level,
                weight,
                title: 0.0,
                first: false,
                last: false,
                head: false,
                passages: BTreeSet::new(),
                times: 0,
                pieces: 0,
            };
            let hit = found.hits.entry(chapter).or_insert(empty);
            hit.level = hit.level.max(level);
            hit.weight = hit.weight.max(weight);
            chapter
        };
        let mut marks: Vec<(u32, Mark)> = Vec::new();
        for (chapter, (first, last)) in list.title {
            marks.push((meet(chapter), Mark::Title(first, last)));
        }
        if !clause.title {
            for id in list.text {
                marks.push((meet(self.index.postings.layout.chapter_of(id)), Mark::Passage(id)));
            }
            marks.extend(list.head.into_iter().map(|chapter| (meet(chapter), Mark::Head)));
        }
        for (chapter, mark) in marks {
            let Some(hit) = found.hits.get_mut(&chapter) else { continue };
            match mark {
                Mark::Passage(id) => {
                    hit.passages.insert(id);
                    hit.times += 1;
                }
                Mark::Head => hit.head = true,
                Mark::Title(first, last) => {
                    hit.first |= first;
                    hit.last |= last;
                    let letters =
                        self.index.documents.get(chapter as usize).map_or(1, |one| one.title_length);
                    let share = clause.letters() as f64 / f64::from(letters.max(1));
                    hit.title = hit.title.max(weight * share.min(1.0));
                }
            }
        }
    }

    fn chapters(&self, list: &FieldPostings) -> BTreeSet<u32> {
        let texts = list.text.iter().map(|id| self.index.postings.layout.chapter_of(*id));
        texts.chain(list.title.keys().copied()).chain(list.head.iter().copied()).collect()
    }

    /// Chapters that hold each of the words that marks join.
    fn all(&self, clause: &QueryClause) -> BTreeMap<u32, u32> {
        let words = clause.tokens().into_iter().filter_map(|token| match token {
            Token::Word(word) => Some(self.chapters(&self.word(&word))),
            _ => None,
        });
        let both = words.reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default();
        both.into_iter().map(|chapter| (chapter, 1)).collect()
    }

    /// Into how few parts of two characters or more a run falls that all stand in
    /// a chapter. Chapters that need many more than others do not count.
    fn parts(&self, clause: &QueryClause) -> BTreeMap<u32, u32> {
        let [run] = clause.runs.as_slice() else { return BTreeMap::new() };
        let short = |segment: &Segment| segment.unsegmented && segment.characters.len() < 2;
        let lone = run.segments.len() == 1
            && run.segments.iter().all(|segment| !segment.unsegmented || segment.characters.len() < 4);
        if clause.exact || clause.title || clause.sampled || lone || run.segments.iter().any(short) {
            return BTreeMap::new();
        }
        let segments: Vec<BTreeMap<u32, u32>> =
            run.segments.iter().map(|segment| self.pieces(segment)).collect();
        let mut parts: BTreeMap<u32, u32> = segments.first().cloned().unwrap_or_default();
        for others in segments.iter().skip(1) {
            parts.retain(|chapter, pieces| {
                others.get(chapter).is_some_and(|some| {
                    *pieces += some;
                    true
                })
            });
        }
        let least = parts.values().filter(|pieces| **pieces > 1).min().copied().unwrap_or(u32::MAX - 1);
        parts.retain(|_, pieces| *pieces <= least + 1);
        parts
    }

    /// The fewest parts of a segment in each chapter that holds it in parts.
    fn pieces(&self, segment: &Segment) -> BTreeMap<u32, u32> {
        let all = &segment.characters;
        if !segment.unsegmented {
            let short: String = all.iter().take(super::token::LONGEST_WORD).collect();
            return self.chapters(&self.word(&short)).into_iter().map(|chapter| (chapter, 1)).collect();
        }
        let bigrams: Vec<BTreeSet<u32>> = all
            .windows(2)
            .map(|two| match two {
                [a, b] => self.chapters(&self.bigram(*a, *b)),
                _ => BTreeSet::new(),
            })
            .collect();
        let candidates = bigrams.first().cloned().unwrap_or_default();
        let fewest = |chapter: u32| {
            let mut best: Vec<Option<u32>> = vec![None; all.len() + 1];
            best[0] = Some(0);
            for from in 0..all.len().saturating_sub(1) {
                let Some(before) = best[from] else { continue };
                for to in from + 2..=all.len() {
                    let trigram = to - from > 2;
                    let stands = bigrams[to - 2].contains(&chapter)
                        && (!trigram
                            || self
                                .index
                                .holds_trigram(chapter, trigram_key(all[to - 3], all[to - 2], all[to - 1])));
                    if !stands {
                        break;
                    }
                    best[to] = Some(best[to].map_or(before + 1, |known| known.min(before + 1)));
                }
            }
            best[all.len()].map(|pieces| (chapter, pieces))
        };
        candidates.into_iter().filter_map(fewest).collect()
    }
}

enum Mark {
    Passage(u32),
    Head,
    Title(bool, bool),
}

fn add_parts(found: &mut ClauseMatches, parts: &BTreeMap<u32, u32>) {
    for (chapter, pieces) in parts {
        found.hits.entry(*chapter).or_insert_with(|| Hit {
            level: Level::Parts,
            weight: 0.3,
            title: 0.0,
            first: false,
            last: false,
            head: false,
            passages: BTreeSet::new(),
            times: 0,
            pieces: *pieces,
        });
    }
}

fn terms(clause: &QueryClause) -> Vec<(String, bool)> {
    let last = clause.runs.len().saturating_sub(1);
    let own = clause.runs.iter().enumerate().map(|(at, run)| (run.text(), clause.prefix && at == last));
    own.chain(clause.joined.iter().map(|word| (word.clone(), clause.prefix))).collect()
}

impl Index {
    /// Whether a chapter holds three characters in a row.
    fn holds_trigram(&self, chapter: u32, key: u64) -> bool {
        let holds = |document: Option<&IndexedDocument>| document.is_some_and(|one| one.has_trigram(key));
        let at = chapter as usize;
        holds(self.documents.get(at).map(|document| &**document)) || holds(self.heads.get(at))
    }
}
