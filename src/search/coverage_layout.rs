//! The characters of a query as one row, in which words and what only asks are looked for. The
//! first part of `search-units.js` does the same in the browser.

use super::inflection::stems;
use super::phrase::Term;
use super::query::{QueryClause, Run};
use super::question::Question;
use super::token::{Class, class};

/// Characters of the query's loose clauses: their runs with a space between them.
pub(super) struct Layout<'q> {
    pub(super) characters: Vec<char>,
    pub(super) idle: Vec<bool>,
    pub(super) runs: Vec<PlacedRun<'q>>,
}

/// A run, and where it begins.
pub(super) struct PlacedRun<'q> {
    pub(super) start: usize,
    pub(super) run: &'q Run,
    pub(super) clause: &'q QueryClause,
    pub(super) is_last: bool,
}

impl<'q> Layout<'q> {
    pub(super) fn new(clauses: &'q [QueryClause], question: &Question) -> Self {
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
    fn find(&self, wanted: &[char]) -> Vec<usize> {
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
    pub(super) fn terms(&self) -> Vec<Term> {
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

impl Layout<'_> {
    /// Where a term occurs, its last word in any form.
    pub(super) fn places(&self, term: &str) -> Vec<(usize, usize)> {
        let wanted: Vec<char> = term.chars().collect();
        let mut found: Vec<(usize, usize)> =
            self.find(&wanted).into_iter().map(|start| (start, start + wanted.len())).collect();
        let length = wanted.iter().rev().take_while(|c| class(**c) == Class::Word).count();
        let (before, last) = wanted.split_at(wanted.len() - length);
        if last.is_empty() {
            return found;
        }
        let last: String = last.iter().collect();
        let is_word = |at: usize| self.characters.get(at).is_some_and(|c| class(*c) == Class::Word);
        for start in before.len()..self.characters.len() {
            let is_start = is_word(start) && !(start > 0 && is_word(start - 1));
            if is_start && self.characters[start - before.len()..start] == *before {
                let end = (start..).find(|at| !is_word(*at)).unwrap_or(start);
                let word: String = self.characters[start..end].iter().collect();
                if word != last && stems(&word).contains(&last) {
                    found.push((start - before.len(), end));
                }
            }
        }
        found
    }
}
