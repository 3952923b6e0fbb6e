//! The units of a query by which coverage is scored: pairs of characters, words and names, each
//! with the places that hold it, or another word for it.

use super::clause_number;
use super::coverage_characters::Character;
use super::field_postings::FieldPostings;
use super::ids::{DocId, PostingId};
use super::inflection::inflections;
use super::limits::LIMITS;
use super::matching::Matcher;
use super::numbers::{Amount, amounts};
use super::phrase::Term;
use super::query::{QueryClause, Run, runs};
use super::question::Question;
use super::token::{Class, Token, class};
use std::collections::BTreeMap;

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

    fn add(&mut self, postings: &FieldPostings, value: f64) {
        fn raise<K: Ord>(map: &mut BTreeMap<K, f64>, key: K, value: f64) {
            let known = map.entry(key).or_insert(value);
            *known = known.max(value);
        }
        postings.text.iter().for_each(|id| raise(&mut self.text, *id, value));
        postings.title.keys().for_each(|doc| raise(&mut self.title, *doc, value));
        postings.head.iter().for_each(|doc| raise(&mut self.head, *doc, value));
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
}

/// Characters of the query's loose clauses: their runs with a space between them.
pub(super) struct Layout<'q> {
    pub(super) characters: Vec<char>,
    pub(super) idle: Vec<bool>,
    runs: Vec<PlacedRun<'q>>,
}

struct PlacedRun<'q> {
    start: usize,
    run: &'q Run,
    clause: &'q QueryClause,
    is_last: bool,
}

impl<'q> Layout<'q> {
    fn new(clauses: &'q [QueryClause], question: &Question) -> Self {
        let mut layout = Self { characters: Vec::new(), idle: Vec::new(), runs: Vec::new() };
        for (clause, idle) in clauses.iter().zip(&question.idle) {
            if clause.exact || clause.title {
                continue;
            }
            let mut idle = idle.iter().copied();
            for (index, run) in clause.runs.iter().enumerate() {
                let is_last = index + 1 == clause.runs.len();
                layout.runs.push(PlacedRun { start: layout.characters.len(), run, clause, is_last });
                for c in run.segments.iter().flat_map(|segment| &segment.characters) {
                    layout.characters.push(*c);
                    layout.idle.push(idle.next().unwrap_or(false));
                }
                layout.characters.push(' ');
                layout.idle.push(true);
            }
        }
        // A query of nothing but such words asks for them.
        if layout.idle.iter().all(|idle| *idle) {
            for (c, idle) in layout.characters.iter().zip(&mut layout.idle) {
                *idle = *c == ' ';
            }
        }
        layout
    }

    /// Where some characters occur; words of Latin letters as a whole.
    pub(super) fn find(&self, wanted: &[char]) -> Vec<usize> {
        let is_word = |c: Option<&char>| c.is_some_and(|c| class(*c) == Class::Word);
        let (begins, ends) = (is_word(wanted.first()), is_word(wanted.last()));
        let fits = |start: &usize| {
            self.characters[*start..].starts_with(wanted)
                && !(begins && *start > 0 && is_word(self.characters.get(*start - 1)))
                && !(ends && is_word(self.characters.get(*start + wanted.len())))
        };
        (0..self.characters.len()).filter(fits).collect()
    }

    /// The stretches that say something, to be marked.
    fn terms(&self) -> Vec<Term> {
        let mut terms = Vec::new();
        for placed in &self.runs {
            let mut start = placed.start;
            for segment in &placed.run.segments {
                let end = start + segment.characters.len();
                let idle = &self.idle[start..end];
                for (index, stretch) in stretches(idle) {
                    let text: String = segment.characters[index..index + stretch].iter().collect();
                    terms.push(Term {
                        text,
                        prefix: placed.clause.prefix && placed.is_last && !segment.unsegmented,
                    });
                }
                start = end;
            }
            terms.extend(placed.clause.joined.iter().map(|word| Term { text: word.clone(), prefix: false }));
        }
        terms
    }
}

/// Where characters in a row are not idle: first one and number.
fn stretches(idle: &[bool]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, _) in idle.iter().enumerate().filter(|(_, idle)| !**idle) {
        match found.last_mut() {
            Some((start, length)) if *start + *length == index => *length += 1,
            _ => found.push((index, 1)),
        }
    }
    found
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
        let mut add = |postings: FieldPostings, runs: Vec<Term>, value: f64| {
            unit.add(&postings, value);
            unit.needles.push(Needle { runs, value });
        };
        let term = |text: &str, prefix| vec![Term { text: text.to_owned(), prefix }];
        match &wanted.token {
            Token::Word(word) => {
                add(self.word(word), term(word, false), 1.0);
                for other in inflections(word) {
                    add(self.word(&other), term(&other, false), weights.inflection);
                }
                if placed.clause.prefix && placed.is_last && wanted.ends_run {
                    add(self.prefix(word), term(word, true), weights.prefix);
                }
            }
            token => {
                let text = match token {
                    Token::Unigram(c) => c.to_string(),
                    Token::Bigram(a, b) => format!("{a}{b}"),
                    Token::Trigram(..) | Token::Word(_) => return None,
                };
                add(self.candidates(std::slice::from_ref(token), false), term(&text, true), 1.0);
            }
        }
        for expansion in expansions.iter().filter(|item| item.start <= wanted.start && wanted.end <= item.end)
        {
            let runs = expansion.runs.iter().map(|run| Term { text: run.text(), prefix: false }).collect();
            add(expansion.postings.clone(), runs, expansion.value);
        }
        for (a, b, value) in self.beside(wanted, expansions) {
            add(self.candidates(&[Token::Bigram(a, b)], false), term(&format!("{a}{b}"), true), value);
        }
        Some(unit)
    }

    /// Other words for stretches of the query: synonyms, and numbers in other numerals. The second
    /// value is where known words stand.
    fn expansions(&self, layout: &Layout<'_>) -> (Vec<Expansion>, Vec<(usize, usize)>) {
        let mut found: Vec<(usize, usize, Vec<String>, f64)> = Vec::new();
        for group in &self.index.synonyms {
            for term in group.terms.iter().filter(|term| !term.is_empty()) {
                for (start, end) in layout.places(term) {
                    let others = group.others(term).map(str::to_owned).collect();
                    found.push((start, end, others, self.weights.synonym));
                }
            }
        }
        let text: String = layout.characters.iter().collect();
        found.extend(
            amounts(&text)
                .into_iter()
                .map(|Amount { start, end, others }| (start, end, others, self.weights.synonym)),
        );
        for placed in layout.runs.iter().filter(|placed| placed.is_last) {
            let PlacedRun { start, run, clause, .. } = placed;
            let runs = clause.runs.iter().map(|run| run.length() + 1).sum::<usize>();
            let end = start + run.length();
            if !clause.others.is_empty() {
                found.push((end + 1 - runs, end, clause.others.clone(), self.weights.synonym));
            }
        }
        for placed in &layout.runs {
            if let Some(other) = placed.clause.reference.as_deref().and_then(clause_number::other_numerals) {
                found.push((
                    placed.start,
                    placed.start + placed.run.length(),
                    vec![other],
                    self.weights.phrase,
                ));
            }
        }
        let mut ranges: Vec<(usize, usize)> = found.iter().map(|item| (item.0, item.1)).collect();
        // A word within a longer one that has synonyms means something else there.
        let within = |start: usize, end: usize| {
            ranges.iter().any(|other| other.0 <= start && end <= other.1 && other.1 - other.0 > end - start)
        };
        found.retain(|item| !within(item.0, item.1));
        // A character that is a word may also be part of one that is not known.
        ranges.retain(|(start, end)| end - start > 1);
        let expansion = |(start, end, others, value): (usize, usize, Vec<String>, f64)| {
            others.into_iter().map(move |other| (start, end, other, value))
        };
        let all = found.into_iter().flat_map(expansion);
        let looked_up = all.map(|(start, end, other, value)| {
            let runs = runs(&other);
            let tokens: Vec<Token> = runs.iter().flat_map(Run::tokens).collect();
            Expansion { start, end, postings: self.candidates(&tokens, false), runs, value }
        });
        (looked_up.filter(|expansion| !expansion.postings.is_empty()).collect(), ranges)
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
