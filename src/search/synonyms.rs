//! Words that mean the same: the terms of the glossary, the groups of the project's `synonyms.yaml`,
//! and a built-in list of words of offices.
//!
//! A site carries only groups of the lists of which a word stands in its own texts. So what the
//! files say depends on nothing that an audience may not see, and a small site stays small. A word of
//! the project that stands in none of these texts may be what another audience reads: a site carries
//! it only as a hash, by which a reader who knows the word finds the others.

use super::document::{Field, normal};
use super::ids::{BigramKey, DocId, PostingId};
use super::postings::{PostingLayout, Postings};
use super::query::{Run, runs};
use super::token::{Token, fold};
use std::sync::LazyLock;

/// The built-in lists: words of offices, and everyday words with those of rules for them.
const LISTS: [&str; 5] = [
    include_str!("synonyms/offices.txt"),
    include_str!("synonyms/everyday-zh.txt"),
    include_str!("synonyms/everyday-en.txt"),
    include_str!("synonyms/workplace-zh.txt"),
    include_str!("synonyms/workplace-en.txt"),
];

/// Words that mean the same, folded, their runs with a space between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SynonymGroup {
    pub(super) terms: Vec<String>,
    /// How many of them, the first ones, are looked up for others.
    pub(super) standing: usize,
    /// Whether others are looked up only for the rest: 逃逸 for 跑了, and not 跑了 for 逃逸.
    pub(super) directed: bool,
}

impl SynonymGroup {
    /// A group of the glossary.
    pub(super) fn of_terms(terms: &[String]) -> Self {
        let standing = terms.len();
        Self { terms: terms.iter().map(|term| spaced(term)).collect(), standing, directed: false }
    }

    /// The words that are looked up for others.
    pub(super) fn looked_up(&self) -> &[String] {
        &self.terms[..self.standing]
    }

    /// The words for which others are looked up.
    pub(super) fn asked(&self) -> &[String] {
        &self.terms[if self.directed { self.standing } else { 0 }..]
    }

    /// Whether others are looked up for a term.
    pub(super) fn has(&self, term: &str) -> bool {
        self.asked().iter().any(|own| own == term)
    }

    /// The other words for a term.
    pub(super) fn others(&self, term: &str) -> impl Iterator<Item = &str> {
        self.looked_up().iter().map(String::as_str).filter(move |other| !other.is_empty() && *other != term)
    }
}

fn spaced(term: &str) -> String {
    runs(&fold(&normal(term))).iter().map(Run::text).collect::<Vec<_>>().join(" ")
}

/// The lines of the built-in lists.
fn lines() -> impl Iterator<Item = &'static str> {
    LISTS.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'))
}

/// The built-in lists, folded, as they are written: words with a comma between them, and those that
/// are asked for before `>`. A preview makes an index with each save, and they never change. One text
/// takes a tenth of what its words would take one by one.
static BUILT_IN: LazyLock<Box<str>> = LazyLock::new(|| {
    let words = |list: &str| list.split(',').map(spaced).collect::<Vec<_>>().join(",");
    let line = |line: &str| match line.split_once('>') {
        Some((asked, meant)) => format!("{}>{}", words(asked), words(meant)),
        None => words(line),
    };
    lines().map(line).collect::<Vec<_>>().join("\n").into()
});

/// The groups of the built-in lists of which a word stands in some text.
pub(super) fn built_in(postings: &Postings) -> Vec<SynonymGroup> {
    let own = |line: &str| match line.split_once('>') {
        Some((asked, meant)) => directed(asked, meant, postings),
        None => group(line.split(',').map(str::to_owned), postings),
    };
    let mut groups: Vec<SynonymGroup> = BUILT_IN.split('\n').filter_map(own).collect();
    // What means the same stands together, so that files share the posting lists.
    groups.sort_by(|a, b| {
        let meant = |group: &SynonymGroup| group.directed.then(|| group.terms.first().cloned());
        meant(a).cmp(&meant(b))
    });
    groups
}

/// The groups of which a word stands in some text.
pub(super) fn standing(groups: &[Vec<String>], postings: &Postings) -> Vec<SynonymGroup> {
    groups.iter().filter_map(|words| group(words.iter().map(|word| spaced(word)), postings)).collect()
}

fn group(words: impl Iterator<Item = String>, postings: &Postings) -> Option<SynonymGroup> {
    let terms = words.filter(|term| !term.is_empty());
    let (mut terms, others): (Vec<String>, Vec<String>) = terms.partition(|term| stands(postings, term));
    let standing = terms.len();
    terms.extend(others);
    (standing > 0 && terms.len() > 1).then_some(SynonymGroup { terms, standing, directed: false })
}

/// What is looked up for the first words: those of the second that stand in some text.
fn directed(asked: &str, meant: &str, postings: &Postings) -> Option<SynonymGroup> {
    let standing = meant.split(',').filter(|term| stands(postings, term));
    let mut terms: Vec<String> = standing.map(str::to_owned).collect();
    let standing = terms.len();
    terms.extend(asked.split(',').map(str::to_owned));
    (standing > 0).then_some(SynonymGroup { terms, standing, directed: true })
}

/// Whether a text has a term, or at least its parts in one passage.
fn stands(postings: &Postings, term: &str) -> bool {
    let lists = lists(postings, term);
    shared(&postings.layout, &lists).next().is_some()
}

/// Where all parts of a term stand in one place, as one posting list: what a browser would find by the lists
/// of its parts.
pub(super) fn together(postings: &Postings, term: &str) -> Vec<PostingId> {
    let (layout, lists) = (&postings.layout, lists(postings, term));
    if let [list] = lists.as_slice() {
        return list.to_vec();
    }
    let mut found: Vec<PostingId> = shared(layout, &lists).collect();
    found.dedup();
    // The first part decides whether a title begins with the term, the last one whether it ends so.
    let ends = |list: Option<&&[PostingId]>, doc: DocId| {
        let ids = layout.ids(doc).start..layout.passage_ids(doc).start;
        let own = list.map_or(&[][..], |list| &list[list.partition_point(|id| *id < ids.start)..]);
        let fields = own.iter().take_while(|id| **id < ids.end).map(|id| layout.locate(*id).1);
        fields.fold((false, false), |known, field| match field {
            Field::Title { first, last } => (known.0 || first, known.1 || last),
            _ => known,
        })
    };
    for id in &mut found {
        if let (doc, Field::Title { .. }) = layout.locate(*id) {
            let (first, last) = (ends(lists.first(), doc).0, ends(lists.last(), doc).1);
            *id = layout.ids(doc).start.field(Field::Title { first, last }.code());
        }
    }
    found
}

/// The posting lists of the parts of a term, in order.
fn lists<'p>(postings: &'p Postings, term: &str) -> Vec<&'p [PostingId]> {
    let tokens = runs(term).iter().flat_map(Run::tokens).collect::<Vec<_>>();
    let list = |token: &Token| match token {
        Token::Unigram(c) => Some(postings.bigrams.find(BigramKey::unigram(*c))),
        Token::Bigram(a, b) => Some(postings.bigrams.find(BigramKey::new(*a, *b))),
        Token::Word(word) => Some(match postings.words.find(&word.as_str().into()) {
            Some(list) => postings.words.list(list),
            None => &[],
        }),
        Token::Trigram(..) => None,
    };
    tokens.iter().filter_map(list).collect()
}

/// The places that all lists have, in order. Parts of a title have ids of their own, of which the first stands
/// for all.
fn shared<'l>(
    layout: &'l PostingLayout,
    lists: &[&'l [PostingId]],
) -> impl Iterator<Item = PostingId> + use<'l> {
    let mut others = lists.to_vec();
    others.sort_by_key(|list| list.len());
    let first = if others.is_empty() { &[][..] } else { others.remove(0) };
    let merged = |id: &PostingId| layout.merge_title(*id);
    let has = move |list: &&[PostingId], id: &PostingId| list.binary_search_by_key(id, merged).is_ok();
    first.iter().map(merged).filter(move |id| others.iter().all(|list| has(list, id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_line_of_the_list_is_a_group_of_different_words() {
        let mut groups = 0;
        for line in lines() {
            let terms: Vec<String> = line.split([',', '>']).map(spaced).collect();
            assert!(line.matches('>').count() < 2, "{line}");
            // What is part of the word that is asked for says nothing more.
            let (asked, meant) = line.split_once('>').unwrap_or(("", line));
            let is_part = |meant: String| {
                let (asked, meant) =
                    (format!(" {asked} "), if meant.is_ascii() { format!(" {meant} ") } else { meant });
                asked.replace(',', " ").contains(&meant)
            };
            assert!(!meant.split(',').map(spaced).any(is_part), "{line}");
            let unique: BTreeSet<&String> = terms.iter().collect();
            assert!(terms.iter().all(|term| !term.is_empty()), "{line}");
            assert_eq!(unique.len(), terms.len(), "{line}");
            groups += 1;
        }
        assert!(groups >= 290, "{groups} groups");
        // Folding leaves no sign that parts words or lines.
        let signs = |text: &str| text.matches([',', '>']).count();
        assert_eq!(BUILT_IN.lines().count(), groups);
        assert!(lines().zip(BUILT_IN.lines()).all(|(line, folded)| signs(line) == signs(folded)));
    }
}
