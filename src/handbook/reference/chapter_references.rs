//! What one chapter refers to, and what of other chapters that was read from.
//!
//! All of it is a function of the chapter, of the handbook's names, and of the
//! anchors of the chapters it refers to; while these are the same it is kept.

use super::super::Handbook;
use super::super::embed::{self, Embed};
use super::super::files::Wanted;
use super::super::link::{LinkMemo, LinkTarget, LinkTargets, at_link, half_written};
use super::super::registry::PathTarget;
use super::resolve::ReferenceResolver;
use super::unknown::{Unknown, unknown_in};
use super::{Backlink, ClauseIndexes, ResolvedReference};
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::id::{AttachmentId, ChapterId, ExternalId, GlossaryTermId, HeadingId, IdVec};
use crate::markdown::{AutoLink, AutoLinkKind, Mention};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one chapter refers to.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct ChapterReferences {
    pub(super) resolved: Arc<[ResolvedReference]>,
    pub(super) marks: Arc<[AutoLink]>,
    /// Its references to each other chapter, in the order of its text.
    pub(super) cites: Vec<(ChapterId, Arc<[Backlink]>)>,
    /// Entries of the list of external references that it mentions.
    pub(super) externals: Vec<ExternalId>,
    pub(super) embeds: Vec<Embed>,
    /// Terms that it uses, with the heading above the first use.
    pub(super) uses: Vec<(GlossaryTermId, Option<HeadingId>)>,
    pub(super) unknown: Vec<Unknown>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Files that its page links to or shows, as far as they were wanted.
    pub(super) files: Vec<AttachmentId>,
    /// Files that it names in any way.
    pub(super) named: Vec<AttachmentId>,
    /// What its links mean.
    pub(super) targets: LinkTargets,
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

/// What other chapters are at present, as far as references read them.
pub(super) struct Snapshot {
    anchors: IdVec<ChapterId, u128>,
    texts: IdVec<ChapterId, u128>,
}

impl Snapshot {
    pub(super) fn new(chapters: &IdVec<ChapterId, Arc<Chapter>>) -> Self {
        Self {
            anchors: chapters.iter().map(|chapter| chapter.anchors_fingerprint).collect(),
            texts: chapters.iter().map(|chapter| chapter.source.fingerprint).collect(),
        }
    }

    /// Whether a chapter's file is the one of this fingerprint.
    pub(super) fn has_text(&self, chapter: ChapterId, file: u128) -> bool {
        self.texts.get(chapter) == Some(&file)
    }

    /// The fingerprints of all files.
    pub(super) fn files(&self) -> impl Iterator<Item = u128> + '_ {
        self.texts.iter().copied()
    }
}

impl ChapterReferences {
    /// Whether all that was read of other chapters is still the same.
    pub(super) fn is_current(&self, snapshot: &Snapshot) -> bool {
        self.anchors.iter().all(|(chapter, known)| snapshot.anchors.get(*chapter) == Some(known))
            && self.texts.iter().all(|(chapter, known)| snapshot.texts.get(*chapter) == Some(known))
    }
}

impl Handbook {
    /// What one chapter refers to, in its text and by links.
    pub(super) fn resolve_chapter(
        &self,
        id: ChapterId,
        index: &ClauseIndexes,
        wanted: &Wanted,
    ) -> ChapterReferences {
        let chapter = &self.chapters[id];
        let links = LinkMemo::new(self, chapter);
        let mut resolver = ReferenceResolver::new(self, index, id, &links);
        let shows = |span: &Span| chapter.document.shows(span);
        let reference = |mention: &Mention| {
            let reference = resolver.resolve(mention);
            if shows(&mention.span) { reference } else { ResolvedReference::Nothing }
        };
        let resolved: Vec<ResolvedReference> = chapter.document.mentions.iter().map(reference).collect();
        let (mut diagnostics, mut seen) = (resolver.diagnostics, resolver.seen);
        let mut edges = Vec::new();
        let mut edge = |span: &Span, to: ChapterId, anchor: &str| {
            // What the page does not show, such as an unused footnote, refers to nothing.
            if to != id && shows(span) {
                edges.push(Edge { span: span.clone(), to, anchor: anchor.to_owned() });
            }
        };
        for (mention, reference) in chapter.document.mentions.iter().zip(&resolved) {
            if let ResolvedReference::Chapter(to, anchor) = reference {
                edge(&mention.span, *to, anchor);
            }
        }
        for link in &chapter.document.links {
            let resolved = links.resolve(link.wiki, &link.dest);
            if let LinkTarget::Inside(PathTarget::Chapter(to), anchor) = &resolved.target {
                seen.insert(*to);
                edge(&link.span, *to, anchor);
            }
            let wrong = resolved.diagnostic.clone().or_else(|| half_written(chapter, link));
            diagnostics.extend(wrong.map(|wrong| at_link(chapter, wrong, &link.dest, &link.span)));
        }
        let (mut embeds, mut full) = (Vec::new(), false);
        for image in &chapter.document.images {
            // Also where it shows nothing: which anchor was meant hangs on those that there are.
            if let LinkTarget::Inside(PathTarget::Chapter(to), _) =
                &links.resolve(image.wiki, &image.dest).target
            {
                seen.insert(*to);
            }
            let (embed, wrong) = self.read_embed(&links, image);
            diagnostics.extend(wrong);
            let Some(embed) = embed else { continue };
            edge(&embed.span, embed.from, &embed.anchor);
            if embeds.len() < embed::MAX_EMBEDS {
                embeds.push(embed);
            } else if !std::mem::replace(&mut full, true) {
                diagnostics.push(embed::too_many(chapter, image));
            }
        }
        diagnostics.extend(Self::check_chapter_images(&links, &mut seen));
        // Before the page is written for its files, with other addresses.
        let targets = links.targets();
        let marks = self.find_marks(id, &resolved);
        // Bare ids in the text refer too.
        edges.extend(marks.iter().filter_map(|mark| match mark.kind {
            AutoLinkKind::Chapter(to) => Some(Edge { span: mark.span.clone(), to, anchor: String::new() }),
            AutoLinkKind::Term(_) => None,
        }));
        edges.sort_by_key(|edge| (edge.span.start, edge.to));
        let cites = self.group(id, edges, &mut diagnostics);
        let fingerprints = |of: &dyn Fn(&Chapter) -> u128, read: BTreeSet<ChapterId>| {
            read.into_iter().filter(|to| *to != id).map(|to| (to, of(&self.chapters[to]))).collect()
        };
        ChapterReferences {
            cites,
            externals: externals(&resolved),
            uses: self.uses_in(id, &marks),
            unknown: unknown_in(self, chapter, &resolved),
            files: self.files_shown(&links, wanted),
            named: if self.attachments.is_empty() {
                Vec::new()
            } else {
                self.files_linked(&links, &resolved)
            },
            anchors: fingerprints(&|chapter| chapter.anchors_fingerprint, seen),
            texts: fingerprints(
                &|chapter| chapter.source.fingerprint,
                embeds.iter().map(|embed: &Embed| embed.from).collect(),
            ),
            resolved: resolved.into(),
            marks: marks.into(),
            embeds,
            diagnostics,
            targets,
        }
    }

    /// A chapter's references by the chapter they lead to.
    fn group(
        &self,
        from: ChapterId,
        edges: Vec<Edge>,
        diagnostics: &mut Vec<Diagnostic>,
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
            diagnostics.extend(self.outdated(from, to, &span));
            group.push(Backlink { from, span, anchor });
        }
        groups.into_iter().map(|(to, group)| (to, group.into())).collect()
    }
}

/// External references that are aimed at, each once.
fn externals(resolved: &[ResolvedReference]) -> Vec<ExternalId> {
    let all = resolved.iter().filter_map(|reference| {
        if let ResolvedReference::External(id) = reference { Some(*id) } else { None }
    });
    all.collect::<BTreeSet<_>>().into_iter().collect()
}
