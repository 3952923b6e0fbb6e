//! What one chapter refers to, and what of other chapters that was read from.
//!
//! All of it is a function of the chapter, of the handbook's names, and of the
//! anchors of the chapters it refers to; while these are the same it is kept.

use super::super::Handbook;
use super::super::embed::{self, Embed};
use super::super::files::Wanted;
use super::super::link::Meaning;
use super::super::registry::Place;
use super::aim::Aimer;
use super::unknown::{Unknown, unknown_in};
use super::{Aim, Backlink, Index};
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::id::{AttachmentId, ChapterId, ExternalId, GlossaryTermId, HeadingId, IdVec};
use crate::markdown::{AutoLink, AutoLinkKind, Mention};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one chapter refers to.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Read {
    pub(super) aims: Arc<[Aim]>,
    pub(super) marks: Arc<[AutoLink]>,
    /// Its references to each other chapter, in the order of its text.
    pub(super) cites: Vec<(ChapterId, Arc<[Backlink]>)>,
    /// Entries of the list of external references that it mentions.
    pub(super) externals: Vec<ExternalId>,
    pub(super) embeds: Vec<Embed>,
    /// Terms that it uses, with the heading above the first use.
    pub(super) uses: Vec<(GlossaryTermId, Option<HeadingId>)>,
    pub(super) unknown: Vec<Unknown>,
    pub(super) found: Vec<Diagnostic>,
    /// Files that its page links to or shows, as far as they were wanted.
    pub(super) files: Vec<AttachmentId>,
    /// Files that it names in any way.
    pub(super) named: Vec<AttachmentId>,
    /// Chapters whose anchors were read, with their fingerprints.
    anchors: Vec<(ChapterId, u128)>,
    /// Chapters whose texts were read, with theirs.
    texts: Vec<(ChapterId, u128)>,
}

/// A reference to another chapter.
struct Edge {
    span: Span,
    to: ChapterId,
    anchor: String,
}

/// What other chapters are now, as far as references read them.
pub(super) struct Now {
    anchors: IdVec<ChapterId, u128>,
    texts: IdVec<ChapterId, u128>,
}

impl Now {
    pub(super) fn of(chapters: &IdVec<ChapterId, Arc<Chapter>>) -> Self {
        Self {
            anchors: chapters.iter().map(|chapter| chapter.anchors).collect(),
            texts: chapters.iter().map(|chapter| chapter.source.fingerprint).collect(),
        }
    }

    /// Whether a chapter's file is the one of this fingerprint.
    pub(super) fn is(&self, chapter: ChapterId, file: u128) -> bool {
        self.texts.get(chapter) == Some(&file)
    }

    /// The fingerprints of all files.
    pub(super) fn files(&self) -> impl Iterator<Item = u128> + '_ {
        self.texts.iter().copied()
    }
}

impl Read {
    /// Whether all that was read of other chapters is still the same.
    pub(super) fn holds(&self, now: &Now) -> bool {
        self.anchors.iter().all(|(chapter, known)| now.anchors.get(*chapter) == Some(known))
            && self.texts.iter().all(|(chapter, known)| now.texts.get(*chapter) == Some(known))
    }
}

impl Handbook {
    /// What one chapter refers to, in its text and by links.
    pub(super) fn read_references(&self, id: ChapterId, index: &Index, wanted: &Wanted) -> Read {
        let chapter = &self.chapters[id];
        let mut aimer = Aimer::new(self, index, id);
        let shows = |span: &Span| chapter.scan.shows(span);
        let aim = |mention: &Mention| {
            let aim = aimer.aim(mention);
            if shows(&mention.span) { aim } else { Aim::Nothing }
        };
        let aims: Vec<Aim> = chapter.scan.mentions.iter().map(aim).collect();
        let (mut found, mut seen) = (aimer.found, aimer.seen);
        let mut edges = Vec::new();
        let mut edge = |span: &Span, to: ChapterId, anchor: &str| {
            // What the page does not show, such as an unused footnote, refers to nothing.
            if to != id && shows(span) {
                edges.push(Edge { span: span.clone(), to, anchor: anchor.to_owned() });
            }
        };
        for (mention, aim) in chapter.scan.mentions.iter().zip(&aims) {
            if let Aim::Chapter(to, anchor) = aim {
                edge(&mention.span, *to, anchor);
            }
        }
        for link in &chapter.scan.links {
            let resolved = self.resolve_link(chapter, link);
            if let Meaning::Inside(Place::Chapter(to), anchor) = &resolved.meaning {
                seen.insert(*to);
                edge(&link.span, *to, anchor);
            }
            found.extend(resolved.found.map(|wrong| wrong.at(&chapter.source.path, link.span.clone())));
        }
        let (mut embeds, mut full) = (Vec::new(), false);
        for image in &chapter.scan.images {
            let (embed, wrong) = self.read_embed(chapter, image);
            found.extend(wrong);
            let Some(embed) = embed else { continue };
            edge(&embed.span, embed.from, &embed.anchor);
            if embeds.len() < embed::MAX_EMBEDS {
                embeds.push(embed);
            } else if !std::mem::replace(&mut full, true) {
                found.push(embed::too_many(chapter, image));
            }
        }
        found.extend(self.check_chapter_images(chapter, &mut seen));
        let marks = self.find_marks(id, &aims);
        // Bare ids in the text refer too.
        edges.extend(marks.iter().filter_map(|mark| match mark.kind {
            AutoLinkKind::Chapter(to) => Some(Edge { span: mark.span.clone(), to, anchor: String::new() }),
            AutoLinkKind::Term(_) => None,
        }));
        edges.sort_by_key(|edge| (edge.span.start, edge.to));
        let cites = self.group(id, edges, &mut found);
        let fingerprints = |of: &dyn Fn(&Chapter) -> u128, read: BTreeSet<ChapterId>| {
            read.into_iter().filter(|to| *to != id).map(|to| (to, of(&self.chapters[to]))).collect()
        };
        Read {
            cites,
            externals: externals(&aims),
            uses: self.uses_in(id, &marks),
            unknown: unknown_in(self, chapter, &aims),
            files: self.files_shown(chapter, wanted),
            named: if self.attachments.is_empty() { Vec::new() } else { self.files_linked(chapter, &aims) },
            anchors: fingerprints(&|chapter| chapter.anchors, seen),
            texts: fingerprints(
                &|chapter| chapter.source.fingerprint,
                embeds.iter().map(|embed: &Embed| embed.from).collect(),
            ),
            aims: aims.into(),
            marks: marks.into(),
            embeds,
            found,
        }
    }

    /// A chapter's references by the chapter they lead to.
    fn group(
        &self,
        from: ChapterId,
        edges: Vec<Edge>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<(ChapterId, Arc<[Backlink]>)> {
        let mut groups: BTreeMap<ChapterId, Vec<Backlink>> = BTreeMap::new();
        for Edge { span, to, anchor } in edges {
            let group = groups.entry(to).or_default();
            // A title and its clause are one reference.
            let whole = group.last_mut().filter(|last| last.span.end == span.start && last.anchor.is_empty());
            if let Some(title) = whole {
                title.span.end = span.end;
                title.anchor = anchor;
                continue;
            }
            found.extend(self.outdated(from, to, &span));
            group.push(Backlink { from, span, anchor });
        }
        groups.into_iter().map(|(to, group)| (to, group.into())).collect()
    }
}

/// External references that are aimed at, each once.
fn externals(aims: &[Aim]) -> Vec<ExternalId> {
    let all = aims.iter().filter_map(|aim| if let Aim::External(id) = aim { Some(*id) } else { None });
    all.collect::<BTreeSet<_>>().into_iter().collect()
}
