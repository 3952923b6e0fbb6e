//! What the characters of a query say besides the pairs that they make: a pair that belongs to no
//! word says little, and a character of a word that a text has in another form says something.
//! `search-units.js` does the same in the browser.

use super::coverage_units::{Layout, Unit, Wanted};
use super::field_postings::FieldPostings;
use super::ids::DocId;
use super::matching::Matcher;
use super::shard;
use super::token::{Class, Token, class};
use std::collections::BTreeSet;

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
    /// both its neighbours.
    pub(super) fn loosen(&self, units: &mut [(Wanted, Unit)]) {
        let layout = &self.index.postings.layout;
        let chapters = |(_, unit): &(Wanted, Unit)| {
            unit.text.keys().map(|id| layout.doc(*id)).collect::<BTreeSet<DocId>>().len()
        };
        let counts: Vec<usize> = units.iter().map(chapters).collect();
        for at in 1..units.len().saturating_sub(1) {
            let (start, before, behind) = (units[at].0.start, units[at - 1].0.end, units[at + 1].0.start);
            let is_pair = matches!(units[at].0.token, Token::Bigram(..)) && units[at].0.whole;
            let is_within = before == start + 1 && behind == start + 1;
            if is_pair && is_within && counts[at] < counts[at - 1] && counts[at] < counts[at + 1] {
                units[at].1.weight *= self.weights.closest_loose;
            }
        }
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
