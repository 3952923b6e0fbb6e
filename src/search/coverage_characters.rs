//! What the characters of a query say besides the pairs that they make: a pair that belongs to no
//! word says little, and a character of a word that a text has in another form says something.
//! `search-units.js` does the same in the browser.

use super::coverage_layout::Layout;
use super::coverage_units::{Expansion, Unit, Wanted};
use super::field_postings::FieldPostings;
use super::ids::DocId;
use super::matching::Matcher;
use super::shard;
use super::token::{Class, Token, class};
use std::collections::BTreeSet;
use std::ops::Range;

/// A character of the query that says something, of those that are not very frequent.
#[derive(Debug)]
pub(super) struct Character {
    pub(super) character: char,
    /// The units that it is part of.
    pub(super) units: Vec<usize>,
    pub(super) postings: FieldPostings,
}

impl Matcher<'_> {
    /// Weighs a pair less that reaches from one word into the next: it stands in fewer chapters than
    /// both its neighbours. And a character that is a word, where it is in a pair that many chapters have: 交 in
    /// 交通.
    pub(super) fn loosen(&self, units: &mut [(Wanted, Unit)]) {
        let layout = &self.index.postings.layout;
        let chapters = |(_, unit): &(Wanted, Unit)| {
            unit.text.keys().map(|id| layout.doc(*id)).collect::<BTreeSet<DocId>>().len()
        };
        let counts: Vec<usize> = units.iter().map(chapters).collect();
        let stretches: Vec<Range<usize>> = units.iter().map(|(wanted, _)| wanted.start..wanted.end).collect();
        let rare = self.index.stored.len() as f64 * self.weights.closest_rare;
        for (at, (wanted, unit)) in units.iter_mut().enumerate() {
            let is_character = wanted.whole && matches!(wanted.token, Token::Unigram(_));
            let is_around = |other: &usize| *other != at && stretches[*other].contains(&wanted.start);
            let most = (0..counts.len()).filter(is_around).map(|other| counts[other]).max().unwrap_or(0);
            if is_character && most as f64 > rare {
                (wanted.whole, unit.whole) = (false, false);
                unit.weight = self.weights.closest_edge;
            }
        }
        for at in 1..units.len().saturating_sub(1) {
            let (start, before, behind) = (units[at].0.start, units[at - 1].0.end, units[at + 1].0.start);
            let is_pair = matches!(units[at].0.token, Token::Bigram(..)) && units[at].0.whole;
            let is_within = before == start + 1 && behind == start + 1;
            if is_pair && is_within && counts[at] < counts[at - 1] && counts[at] < counts[at + 1] {
                units[at].1.weight *= self.weights.closest_loose;
            }
        }
    }

    /// The pairs that a character before a known word makes with other words for that: 带犬 for 带狗. A frequent
    /// character says little, and its lists are in many files.
    pub(super) fn beside(&self, wanted: &Wanted, expansions: &[Expansion]) -> Vec<(char, char, f64)> {
        let (Token::Bigram(a, _), true) = (&wanted.token, wanted.cut) else { return Vec::new() };
        if shard::is_frequent(&self.index.postings.bigrams, *a) {
            return Vec::new();
        }
        let behind = expansions.iter().filter(|expansion| expansion.start == wanted.start + 1);
        let pair = |expansion: &Expansion| {
            let first = *expansion.runs.first()?.segments.first()?.characters.first()?;
            (class(first) == Class::Unsegmented).then_some((*a, first, expansion.value))
        };
        behind.filter_map(pair).collect()
    }

    /// The unsegmented characters that say something. A frequent one says little, and its list
    /// would be a file more for a browser; so would the last of a stretch.
    pub(super) fn characters(&self, layout: &Layout<'_>, units: &[Unit]) -> Vec<Character> {
        let bigrams = &self.index.postings.bigrams;
        let is_unsegmented = |c: &char| class(*c) == Class::Unsegmented;
        let mut found: Vec<(char, BTreeSet<usize>)> = Vec::new();
        for (at, pair) in layout.characters.windows(2).enumerate() {
            if layout.idle[at] || !pair.iter().all(is_unsegmented) {
                continue;
            }
            let own = units.iter().enumerate().filter(|(_, unit)| (unit.start..unit.end).contains(&at));
            let own: BTreeSet<usize> = own.map(|(number, _)| number).collect();
            match found.iter_mut().find(|(character, _)| *character == pair[0]) {
                Some((_, units)) => units.extend(own),
                None => found.push((pair[0], own)),
            }
        }
        found.retain(|(character, _)| {
            bigrams.lengths(*character).next().is_some() && !shard::is_frequent(bigrams, *character)
        });
        let looked_up = found.into_iter().map(|(character, units)| Character {
            character,
            units: units.into_iter().collect(),
            postings: self.candidates(&[Token::Unigram(character)], false),
        });
        looked_up.collect()
    }
}
