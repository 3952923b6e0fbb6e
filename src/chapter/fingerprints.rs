//! What of a chapter matters to the others, as fingerprints.
//!
//! An edit of a line of text changes neither: then the handbook's names, places
//! and people are those of the run before, and so are the references of all other
//! chapters.

use super::Chapter;
use super::audience::Audience;
use super::term::is_glossary;
use crate::fingerprint::fingerprint;
use crate::markdown::Document;

/// Of all that the handbook's names, tree, people, life cycles, glossary and
/// addresses are made from.
pub(super) fn metadata(chapter: &Chapter) -> u128 {
    let source = &chapter.source;
    // Terms have places in the text, and what they say is measured.
    if !chapter.terms.is_empty() || is_glossary(&source.name) {
        return source.fingerprint;
    }
    let front = chapter.front_yaml.as_ref();
    let text = front.and_then(|front| Some((front.text.get(front.span.clone())?, front.span.start)));
    // The handbook reports faults at their places.
    let faults = &chapter.faults;
    let barred = chapter.front.audience == Audience::Unreadable;
    let held = (barred, chapter.hold);
    // A title that two chapters share is reported with both places.
    let heading = chapter.document.headings.first().filter(|_| chapter.front.title.is_none());
    let title = (&chapter.title, heading.map(|heading| &heading.span));
    fingerprint(&(&source.name, &source.path, title, text, faults, held, source.damaged))
}

/// Of all that a reference from another chapter may be looked up in.
pub(super) fn anchors(document: &Document) -> u128 {
    let headings = document.headings.iter();
    let headings: Vec<_> = headings
        .map(|heading| (&heading.anchor, &heading.aliases, &heading.text, &heading.number, heading.clause))
        .collect();
    let clauses = document.clauses.iter();
    let clauses: Vec<_> =
        clauses.map(|clause| (clause.number, &clause.anchor, clause.style(), clause.paragraphs)).collect();
    let parts = document.clause_parts.iter();
    let parts: Vec<_> = parts.map(|part| (part.clause, part.paragraph, part.item, part.sub)).collect();
    fingerprint(&(headings, clauses, parts, &document.html_anchors))
}
