//! Which places of each chapter some page of another chapter links to. Links
//! within a page need no data: the browser reads the page itself.

use super::super::Site;
use super::super::backlinks::{MAX_QUOTATIONS, MAX_REFERRERS};
use crate::handbook::link::LinkTarget;
use crate::handbook::reference::ResolvedReference;
use crate::handbook::registry::PathTarget;
use crate::id::{ChapterId, IdVec};
use rayon::prelude::*;
use std::collections::BTreeSet;

impl Site {
    /// The anchors wanted of each chapter.
    pub(super) fn wanted_anchors(&self) -> IdVec<ChapterId, BTreeSet<String>> {
        let chapters = &self.handbook.chapters;
        let places: Vec<Vec<(ChapterId, String)>> = chapters
            .par_ids()
            .map(|chapter| {
                let mut places = self.cited_by(chapter);
                places.extend(self.citing(chapter));
                places
            })
            .collect();
        let mut wanted = IdVec::for_each_of(chapters, BTreeSet::new());
        for (to, anchor) in places.into_iter().flatten() {
            wanted[to].insert(anchor);
        }
        wanted
    }

    /// Places in other chapters that a chapter's text leads to.
    fn cited_by(&self, from: ChapterId) -> Vec<(ChapterId, String)> {
        let handbook = &self.handbook;
        let chapter = &handbook.chapters[from];
        let resolved = handbook.references.resolved.get(from).map_or(&[][..], |all| all);
        let mentions = resolved.iter().filter_map(|reference| match reference {
            ResolvedReference::Chapter(to, anchor) => Some((*to, anchor.clone())),
            _ => None,
        });
        let links = chapter.document.links.iter().filter(|link| link.dest.contains('#')).filter_map(|link| {
            match handbook.link_target(from, link.wiki, &link.dest) {
                LinkTarget::Inside(PathTarget::Chapter(to), anchor) => Some((to, anchor)),
                _ => None,
            }
        });
        let embeds = handbook.references.embeds.get(from).map_or(&[][..], Vec::as_slice);
        let embeds = embeds.iter().map(|embed| (embed.from, embed.anchor.clone()));
        mentions.chain(links).chain(embeds).filter(|(to, anchor)| *to != from && !anchor.is_empty()).collect()
    }

    /// Places in other chapters that refer to a chapter, as its page lists them.
    fn citing(&self, to: ChapterId) -> Vec<(ChapterId, String)> {
        let mut places = Vec::new();
        let (mut groups, mut last, mut quoted) = (0, None, 0);
        for backlink in self.handbook.references.backlinks[to].iter() {
            if last != Some(backlink.from) {
                (groups, last, quoted) = (groups + 1, Some(backlink.from), 0);
            }
            quoted += 1;
            if groups > MAX_REFERRERS {
                break;
            }
            let document = &self.handbook.chapters[backlink.from].document;
            if let Some(anchor) =
                document.anchor_before(backlink.span.start).filter(|_| quoted <= MAX_QUOTATIONS)
            {
                places.push((backlink.from, anchor.to_owned()));
            }
        }
        places
    }
}
