//! What of a chapter matters to the others, as fingerprints.
//!
//! An edit of a line of text changes neither: then the handbook's names, places
//! and people are those of the run before, and so are the references of all other
//! chapters.

use super::Chapter;
use super::audience::Audience;
use super::term::is_glossary;
use crate::markdown::Scan;
use crate::memo::fingerprint;

/// Of all that the handbook's names, tree, people, life cycles, glossary and
/// addresses are made from.
pub(super) fn face(chapter: &Chapter) -> u128 {
    let source = &chapter.source;
    // Terms have places in the text, and what they say is measured.
    if !chapter.terms.is_empty() || is_glossary(&source.name) {
        return source.fingerprint;
    }
    let front = chapter.scan.front_matter.clone();
    let text = front.clone().and_then(|span| source.text.get(span));
    // Front matter without an end is none, but nobody may see the chapter.
    let barred = chapter.front.audience == Audience::Unreadable;
    fingerprint(&(&source.name, &source.path, &chapter.title, front, text, barred))
}

/// Of all that a reference from another chapter may be looked up in.
pub(super) fn anchors(scan: &Scan) -> u128 {
    let headings = scan.headings.iter();
    let headings: Vec<_> = headings
        .map(|heading| (&heading.anchor, &heading.aliases, &heading.text, &heading.number, heading.clause))
        .collect();
    let clauses = scan.clauses.iter();
    let clauses: Vec<_> =
        clauses.map(|clause| (clause.number, &clause.anchor, clause.alias(), clause.paragraphs)).collect();
    let places = scan.places.iter();
    let places: Vec<_> = places.map(|place| (place.clause, place.paragraph, place.item, place.sub)).collect();
    fingerprint(&(headings, clauses, places, &scan.html_anchors))
}
