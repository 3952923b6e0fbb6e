//! Embedded quotations: `![[title#clause]]` shows the clause of another chapter as
//! it stands now.
//!
//! A quotation may hold quotations. One that would hold itself, directly or
//! through others, is an error and shown as a link only.

use super::Handbook;
use super::link::{LinkMemo, LinkTarget, at_link, broken_image};
use super::registry::PathTarget;
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::id::{ChapterId, IdVec};
use crate::markdown::{Document, Extent, ImageRef};
use crate::message;
use crate::rule;
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// A text that a chapter quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Embed {
    /// The chapter it is taken from.
    pub from: ChapterId,
    /// Its anchor there; empty for the whole chapter.
    pub anchor: String,
    /// What of the chapter's file is quoted.
    pub part: Span,
    /// Where it is quoted, in the quoting chapter's file.
    pub span: Span,
    /// Whether it would hold itself.
    pub circular: bool,
}

/// A quotation: the chapter that it stands in, and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct EmbedId {
    chapter: ChapterId,
    position: usize,
}

/// What each chapter quotes, in the order of its text.
pub(super) type Embeds = IdVec<ChapterId, Vec<Embed>>;

/// How many quotations a chapter may have. The work grows with pairs of chapters: a
/// thousand that quote each other make a million.
pub(super) const MAX_EMBEDS: usize = 500;

impl Handbook {
    /// What an image of a chapter embeds, if it is a quotation; and what is wrong.
    pub(super) fn read_embed(
        &self,
        links: &LinkMemo<'_>,
        image: &ImageRef,
    ) -> (Option<Embed>, Option<Diagnostic>) {
        if !image.wiki {
            return (None, None);
        }
        let chapter = links.chapter();
        let resolved = links.resolve(true, &image.dest);
        let is_lost = resolved.target == LinkTarget::Broken && is_file(&image.dest);
        let diagnostic = match is_lost {
            true => Some(broken_image(&image.dest, resolved.diagnostic.clone())),
            false => resolved.diagnostic.clone(),
        };
        let diagnostic = diagnostic.map(|wrong| at_link(chapter, wrong, &image.dest, &image.span));
        let LinkTarget::Inside(PathTarget::Chapter(from), anchor) = &resolved.target else {
            return (None, diagnostic);
        };
        // Of a block that Obsidian names only the heading above it is known, which would be
        // far more than is meant: the link stays one.
        if image.dest.contains("#^") {
            return (None, diagnostic);
        }
        let (from, anchor) = (*from, anchor.clone());
        let embed = part_of(&self.chapters[from].document, &anchor).map(|part| Embed {
            from,
            anchor,
            part,
            span: image.span.clone(),
            circular: false,
        });
        (embed, diagnostic)
    }

    /// Marks the quotations that would hold themselves, and says so.
    pub(super) fn mark_cycles(&self, embeds: &mut Embeds, diagnostics: &mut Vec<Diagnostic>) {
        for id in suspects(embeds) {
            if !holds_itself(embeds, id) {
                continue;
            }
            let chapter = &self.chapters[id.chapter];
            let quoted = &embeds[id.chapter][id.position];
            let target = &self.chapters[quoted.from];
            let wrong = Diagnostic::new(&rule::EMBED_CYCLE, message!("embed-cycle", title = &target.title))
                .at(&chapter.source.path, quoted.span.clone())
                .help(message!("embed-cycle.help"))
                .related(&target.source.path, quoted.part.clone(), message!("embed-cycle-other"));
            diagnostics.push(wrong);
            embeds[id.chapter][id.position].circular = true;
        }
    }
}

/// The diagnostic for a quotation beyond the limit.
pub(super) fn too_many(chapter: &Chapter, image: &ImageRef) -> Diagnostic {
    Diagnostic::new(&rule::LIMIT, message!("limit-embeds", most = MAX_EMBEDS))
        .at(&chapter.source.path, image.span.clone())
        .label(message!("limit-embeds.label"))
        .help(message!("limit-embeds.help"))
}

/// The quotations that another one holds, directly.
fn inner(embeds: &Embeds, outer: EmbedId) -> impl Iterator<Item = EmbedId> + '_ {
    let Embed { from, part, .. } = &embeds[outer.chapter][outer.position];
    let all = embeds[*from].iter().enumerate();
    let held = all.filter(|(_, embed)| part.contains(&embed.span.start));
    held.map(|(position, _)| EmbedId { chapter: *from, position })
}

/// The quotations from which no end is reached by leaving those that hold none:
/// only these can hold themselves, and in a sound handbook there are none.
fn suspects(embeds: &Embeds) -> Vec<EmbedId> {
    let mut holders: HashMap<EmbedId, Vec<EmbedId>> = HashMap::new();
    let mut waiting: HashMap<EmbedId, usize> = HashMap::new();
    let mut ready = Vec::new();
    let of_chapter = |(chapter, list): (ChapterId, &Vec<Embed>)| {
        (0..list.len()).map(move |position| EmbedId { chapter, position })
    };
    let all = embeds.iter_enumerated().flat_map(of_chapter);
    for outer in all.clone() {
        let mut count = 0;
        for inner in inner(embeds, outer) {
            holders.entry(inner).or_default().push(outer);
            count += 1;
        }
        waiting.insert(outer, count);
        if count == 0 {
            ready.push(outer);
        }
    }
    while let Some(done) = ready.pop() {
        for holder in holders.remove(&done).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(&holder) {
                *count -= 1;
                if *count == 0 {
                    ready.push(holder);
                }
            }
        }
    }
    all.filter(|id| waiting.get(id).is_some_and(|count| *count > 0)).collect()
}

/// Whether one comes back to a quotation by going through those it holds.
fn holds_itself(embeds: &Embeds, start: EmbedId) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![start];
    while let Some(outer) = open.pop() {
        if embeds[outer.chapter][outer.position].circular {
            continue;
        }
        for inner in inner(embeds, outer) {
            if inner == start {
                return true;
            }
            if seen.insert(inner) {
                open.push(inner);
            }
        }
    }
    false
}

/// Whether `![[…]]` names a file rather than a chapter.
fn is_file(dest: &str) -> bool {
    let name = dest.split('#').next().unwrap_or("").trim();
    name.rfind('.').is_some_and(|dot| {
        let ending = &name[dot + 1..];
        (1..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !ending.eq_ignore_ascii_case("md")
    })
}

/// What belongs to an anchor; the whole text where none is named, and nothing where the
/// anchor is none of a place. What cannot stand alone is quoted with its clause.
fn part_of(document: &Document, anchor: &str) -> Option<Span> {
    if anchor.is_empty() {
        return Some(0..document.source().len());
    }
    let extent = match document.named(anchor)? {
        Extent::Part(part) if !document.stands_alone(&part) => Extent::Clause(part.clause as usize),
        extent => extent,
    };
    Some(document.span_of(&extent))
}
