//! The units of a query by which coverage is scored: pairs of characters, words and names, each
//! with the places that hold it, or another word for it.

use super::clause_number;
use super::coverage_characters::Character;
use super::coverage_layout::{Layout, PlacedRun};
use super::field_postings::FieldPostings;
use super::ids::{DocId, PostingId};
use super::inflection::{derivations, inflections};
use super::limits::LIMITS;
use super::matching::Matcher;
use super::numbers::{Amount, amounts};
use super::phrase::Term;
use super::postings::PostingLayout;
use super::query::{QueryClause, Run, runs};
use super::question::Question;
use super::token::Token;
use super::weights::Weights;
use std::collections::{BTreeMap, BTreeSet};

/// A pair of characters, a character or a word of a query.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// How much it counts. At first by what it is alone; `Coverage` multiplies it by its rarity.
    pub(super) weight: f64,
    /// Its place in the query, in characters.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is wholly what is asked for, and not an edge of it.
    pub(super) whole: bool,
    /// Whether it overlaps the unit before it.
    pub(super) follows: bool,
    /// Where it stands, and how well: 1 as typed, less for another word.
    pub(super) text: BTreeMap<PostingId, f64>,
    pub(super) title: BTreeMap<DocId, f64>,
    pub(super) head: BTreeMap<DocId, f64>,
    /// The chapters that hold it by more than what an everyday word stands for, if it has such words.
    pub(super) firm: Option<BTreeSet<DocId>>,
    /// What to look for in a text, and how well that fits.
    needles: Vec<Needle>,
}

/// Runs that must all stand in a text.
#[derive(Debug)]
struct Needle {
    runs: Vec<Term>,
    value: f64,
}

impl Unit {
    /// How well a folded text holds the unit; 0 if it does not.
    pub(super) fn value_in(&self, folded: &str) -> f64 {
        let held = |needle: &&Needle| needle.runs.iter().all(|run| run.find(folded).is_some());
        self.needles.iter().filter(held).map(|needle| needle.value).fold(0.0, f64::max)
    }

    /// Adds where something stands that holds it so well.
    fn add(&mut self, postings: &FieldPostings, runs: Vec<Term>, value: f64) {
        fn raise<K: Ord>(map: &mut BTreeMap<K, f64>, key: K, value: f64) {
            let known = map.entry(key).or_insert(value);
            *known = known.max(value);
        }
        postings.text.iter().for_each(|id| raise(&mut self.text, *id, value));
        postings.title.keys().for_each(|doc| raise(&mut self.title, *doc, value));
        postings.head.iter().for_each(|doc| raise(&mut self.head, *doc, value));
        self.needles.push(Needle { runs, value });
    }

    fn expand(&mut self, expansion: &Expansion) {
        let runs = expansion.runs.iter().map(|run| Term { text: run.text(), prefix: false }).collect();
        self.add(&expansion.postings, runs, expansion.value);
    }

    /// The chapters that hold it.
    fn docs(&self, layout: &PostingLayout) -> BTreeSet<DocId> {
        let texts = self.text.keys().map(|id| layout.doc(*id));
        texts.chain(self.title.keys().copied()).chain(self.head.keys().copied()).collect()
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.title.is_empty() && self.head.is_empty()
    }
}

/// What a query falls into.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// Those that stand somewhere.
    pub(super) units: Vec<Unit>,
    /// The characters of which some units are made.
    pub(super) characters: Vec<Character>,
    /// Whether each whole unit stands somewhere.
    pub(super) all_stand: bool,
    /// For each character that belongs to no whole unit, but stands beside a known word, the pairs that it
    /// makes: 换 in 换一次.
    pub(super) beside: Vec<Vec<usize>>,
    /// What to mark in texts.
    pub(super) terms: Vec<Term>,
    /// Whether some stand for other words.
    pub(super) has_expansions: bool,
}

/// Another word for a stretch of the query.
pub(super) struct Expansion {
    pub(super) start: usize,
    end: usize,
    pub(super) runs: Vec<Run>,
    postings: FieldPostings,
    pub(super) value: f64,
    /// Whether it is not put into other words in turn.
    directed: bool,
}

/// A stretch of the query for which other words are looked up.
struct Expanded {
    start: usize,
    end: usize,
    others: Vec<String>,
    value: f64,
    directed: bool,
}

impl Matcher<'_> {
    /// The units of a query.
    pub(super) fn units(&self, clauses: &[QueryClause], question: &Question) -> Units {
        let layout = Layout::new(clauses, question);
        let (expansions, words) = self.expansions(&layout);
        let mut found = Units { terms: layout.terms(), all_stand: true, ..Units::default() };
        found.has_expansions = !expansions.is_empty();
        for expansion in &expansions {
            found.terms.extend(expansion.runs.iter().map(|run| Term { text: run.text(), prefix: false }));
        }
        let mut before = None;
        for placed in &layout.runs {
            let looked_up = wanted(placed, &layout, &words, &expansions).into_iter().filter_map(|wanted| {
                let unit = self.unit(&wanted, placed, &expansions)?;
                Some((wanted, unit))
            });
            let mut looked_up: Vec<(Wanted, Unit)> = looked_up.collect();
            self.loosen(&mut looked_up);
            let whole =
                |at: usize| looked_up.iter().any(|(it, _)| it.whole && (it.start..it.end).contains(&at));
            let cut = looked_up.iter().filter(|(wanted, _)| wanted.cut).flat_map(|(it, _)| it.start..it.end);
            let mut beside: BTreeMap<usize, Vec<usize>> =
                cut.filter(|at| !whole(*at)).map(|at| (at, Vec::new())).collect();
            for (wanted, mut unit) in looked_up {
                unit.follows = before == Some(wanted.start);
                let stands = !unit.is_empty();
                found.all_stand &= stands || !unit.whole;
                before = stands.then_some(wanted.end - 1);
                if stands {
                    for (_, pairs) in beside.range_mut(wanted.start..wanted.end).filter(|_| wanted.cut) {
                        pairs.push(found.units.len());
                    }
                    found.units.push(unit);
                }
            }
            found.all_stand &= beside.values().all(|pairs| !pairs.is_empty());
            found.beside.extend(beside.into_values());
            before = None;
        }
        found.characters = self.characters(&layout, &found.units);
        found
    }

    fn unit(&self, wanted: &Wanted, placed: &PlacedRun<'_>, expansions: &[Expansion]) -> Option<Unit> {
        let weights = self.weights;
        let weight = if wanted.whole { 1.0 } else { weights.closest_edge };
        let (start, end) = (wanted.start, wanted.end);
        let mut unit = Unit { weight, start, end, whole: wanted.whole, ..Unit::default() };
        let term = |text: &str, prefix| vec![Term { text: text.to_owned(), prefix }];
        match &wanted.token {
            Token::Word(word) => {
                unit.add(&self.word(word), term(word, false), 1.0);
                for other in inflections(word) {
                    unit.add(&self.word(&other), term(&other, false), weights.inflection);
                }
                for other in derivations(word) {
                    unit.add(&self.word(&other), term(&other, false), weights.derivation);
                }
                if placed.clause.prefix && placed.is_last && wanted.ends_run {
                    unit.add(&self.prefix(word), term(word, true), weights.prefix);
                }
            }
            token => {
                let text = match token {
                    Token::Unigram(c) => c.to_string(),
                    Token::Bigram(a, b) => format!("{a}{b}"),
                    Token::Trigram(..) | Token::Word(_) => return None,
                };
                unit.add(&self.candidates(std::slice::from_ref(token), false), term(&text, true), 1.0);
            }
        }
        let is_around = |item: &&Expansion| item.start <= wanted.start && wanted.end <= item.end;
        let (directed, mutual): (Vec<&Expansion>, Vec<&Expansion>) =
            expansions.iter().filter(is_around).partition(|expansion| expansion.directed);
        mutual.into_iter().for_each(|expansion| unit.expand(expansion));
        for (a, b, value) in self.beside(wanted, expansions) {
            let postings = self.candidates(&[Token::Bigram(a, b)], false);
            unit.add(&postings, term(&format!("{a}{b}"), true), value);
        }
        if !directed.is_empty() {
            unit.firm = Some(unit.docs(&self.index.postings.layout));
            directed.into_iter().for_each(|expansion| unit.expand(expansion));
        }
        Some(unit)
    }

    /// Other words for stretches of the query: synonyms, and numbers in other numerals. The second
    /// value is where known words stand.
    fn expansions(&self, layout: &Layout<'_>) -> (Vec<Expansion>, Vec<(usize, usize)>) {
        let found = self.expanded(layout);
        // A word within a longer one that has synonyms means something else there; not so within a mere way of
        // saying it.
        let is_within = |item: &Expanded| {
            found.iter().filter(|other| !other.directed).any(|other| {
                let is_longer = other.end - other.start > item.end - item.start;
                is_longer && other.start <= item.start && item.end <= other.end
            })
        };
        let within: Vec<bool> = found.iter().map(is_within).collect();
        // A character that is a word may also be part of one that is not known.
        let ranges = found.iter().map(|item| (item.start, item.end));
        let ranges = ranges.filter(|(start, end)| end - start > 1).collect();
        let outer = found.into_iter().zip(within).filter(|(_, within)| !within);
        let looked_up = outer.flat_map(|(Expanded { start, end, others, value, directed }, _)| {
            others.into_iter().map(move |other| {
                let runs = runs(&other);
                let tokens: Vec<Token> = runs.iter().flat_map(Run::tokens).collect();
                Expansion { start, end, postings: self.candidates(&tokens, false), runs, value, directed }
            })
        });
        (looked_up.filter(|expansion| !expansion.postings.is_empty()).collect(), ranges)
    }

    /// The stretches of the query that have other words.
    fn expanded(&self, layout: &Layout<'_>) -> Vec<Expanded> {
        let Weights { synonym, phrase, everyday, .. } = *self.weights;
        let mut found: Vec<Expanded> = Vec::new();
        let mut add = |start, end, others, value, directed| {
            found.push(Expanded { start, end, others, value, directed });
        };
        for group in &self.index.synonyms {
            for term in group.asked().iter().filter(|term| !term.is_empty()) {
                // The index has the words by their beginnings, and none of what says nothing.
                for (start, end) in layout.places(term).into_iter().filter(|place| !layout.idle[place.0]) {
                    let others = group.others(term).map(str::to_owned).collect();
                    add(start, end, others, if group.directed { everyday } else { synonym }, group.directed);
                }
            }
        }
        let text: String = layout.characters.iter().collect();
        for Amount { start, end, others } in amounts(&text) {
            add(start, end, others, synonym, false);
        }
        for placed in layout.runs.iter().filter(|placed| placed.is_last) {
            let PlacedRun { start, run, clause, .. } = placed;
            let runs = clause.runs.iter().map(|run| run.length() + 1).sum::<usize>();
            let end = start + run.length();
            if !clause.others.is_empty() {
                add(end + 1 - runs, end, clause.others.clone(), synonym, false);
            }
        }
        for placed in &layout.runs {
            if let Some(other) = placed.clause.reference.as_deref().and_then(clause_number::other_numerals) {
                add(placed.start, placed.start + placed.run.length(), vec![other], phrase, false);
            }
        }
        found
    }
}

/// A unit that is to be looked up, with its place in the query.
pub(super) struct Wanted {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) whole: bool,
    /// Whether it is a pair that reaches over the end of a known word.
    pub(super) cut: bool,
    ends_run: bool,
}

/// The units of a run, in order. `words` is where known words stand: a pair that reaches over the
/// end of one is an accident.
fn wanted(
    placed: &PlacedRun<'_>,
    layout: &Layout<'_>,
    words: &[(usize, usize)],
    expansions: &[Expansion],
) -> Vec<Wanted> {
    let mut found = Vec::new();
    let mut start = placed.start;
    let run_end = start + placed.run.length();
    let mut add = |token: Token, start: usize, end: usize, is_whole: bool| {
        let idle = layout.idle[start..end].iter().filter(|idle| **idle).count();
        if idle < end - start {
            let is_inside = words.iter().any(|word| word.0 <= start && end <= word.1);
            let is_cut =
                words.iter().any(|word| start < word.0 && word.0 < end || start < word.1 && word.1 < end);
            let whole = is_whole && idle == 0 && (is_inside || !is_cut);
            let cut = is_whole && idle == 0 && !whole;
            found.push(Wanted { token, start, end, whole, cut, ends_run: end == run_end });
        }
    };
    for (index, segment) in placed.run.segments.iter().enumerate() {
        let all = &segment.characters;
        let end = start + all.len();
        if index > 0 {
            // Where a word meets an unsegmented script.
            add(Token::Bigram(layout.characters[start - 1], all[0]), start - 1, start + 1, false);
        }
        if segment.unsegmented {
            for (at, c) in all.iter().enumerate() {
                let is_idle =
                    |at: Option<usize>| at.and_then(|at| all.get(at).map(|_| layout.idle[start + at]));
                let place = start + at;
                let is_word = expansions.iter().any(|word| word.start == place && word.end == place + 1);
                // A character that is a word is in no pair; one between others that say nothing is all that is left.
                let is_left =
                    is_idle(at.checked_sub(1)).unwrap_or(true) && is_idle(Some(at + 1)).unwrap_or(true);
                if is_word || is_left {
                    add(Token::Unigram(*c), place, place + 1, is_word);
                }
                if let Some(next) = all.get(at + 1) {
                    add(Token::Bigram(*c, *next), start + at, start + at + 2, true);
                }
            }
        } else {
            let word: String = all.iter().take(LIMITS.word_length).collect();
            add(Token::Word(word), start, end, true);
        }
        start = end;
    }
    if let Some(word) = placed.clause.joined.as_ref().filter(|_| placed.is_last) {
        add(Token::Word(word.clone()), placed.start, run_end, false);
    }
    found
}

/// The weight of units that are held, by the value of each; neighbours count more together.
pub(super) fn weight_of(units: &[Unit], neighbours: f64, values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut before) = (0.0, 0.0);
    for (unit, value) in units.iter().zip(values) {
        let own = unit.weight * value;
        sum += own;
        if unit.follows {
            sum += neighbours * f64::min(before, own);
        }
        before = own;
    }
    sum
}
