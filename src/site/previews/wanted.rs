//! Which places of each chapter some page of another chapter links to. Links
//! within a page need no data: the browser reads the page itself.

use super::super::Site;
use super::super::backlinks::{MAX_QUOTATIONS, MAX_REFERRERS, anchor_before};
use crate::handbook::link::Meaning;
use crate::handbook::reference::Aim;
use crate::handbook::registry::Place;
use rayon::prelude::*;
use std::collections::BTreeSet;

impl Site {
    /// The anchors wanted of each chapter, in the order of the handbook's list.
    pub(super) fn wanted_anchors(&self) -> Vec<BTreeSet<String>> {
        let count = self.handbook.chapters.len();
        let found: Vec<Vec<(usize, String)>> = (0..count)
            .into_par_iter()
            .map(|at| {
                let mut found = self.cited_by(at);
                found.extend(self.citing(at));
                found
            })
            .collect();
        let mut wanted = vec![BTreeSet::new(); count];
        for (to, anchor) in found.into_iter().flatten() {
            wanted[to].insert(anchor);
        }
        wanted
    }

    /// Places in other chapters that a chapter's text leads to.
    fn cited_by(&self, from: usize) -> Vec<(usize, String)> {
        let handbook = &self.handbook;
        let chapter = &handbook.chapters[from];
        let aims = handbook.references.aims.get(from).map_or(&[][..], |all| all);
        let mentions = aims.iter().filter_map(|aim| match aim {
            Aim::Chapter(to, anchor) => Some((*to, anchor.clone())),
            _ => None,
        });
        let links =
            chapter.scan.links.iter().filter(|link| link.dest.contains('#')).filter_map(
                |link| match handbook.resolve_link(chapter, link).meaning {
                    Meaning::Inside(Place::Chapter(to), anchor) => Some((to, anchor)),
                    _ => None,
                },
            );
        let embeds = handbook.references.embeds.get(from).map_or(&[][..], Vec::as_slice);
        let embeds = embeds.iter().map(|embed| (embed.from, embed.anchor.clone()));
        mentions.chain(links).chain(embeds).filter(|(to, anchor)| *to != from && !anchor.is_empty()).collect()
    }

    /// Places in other chapters that refer to a chapter, as its page lists them.
    fn citing(&self, to: usize) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let (mut groups, mut last, mut quoted) = (0, usize::MAX, 0);
        for backlink in self.handbook.references.backlinks[to].iter() {
            if backlink.from != last {
                (groups, last, quoted) = (groups + 1, backlink.from, 0);
            }
            quoted += 1;
            if groups > MAX_REFERRERS {
                break;
            }
            let scan = &self.handbook.chapters[backlink.from].scan;
            if let Some(anchor) =
                anchor_before(scan, backlink.span.start).filter(|_| quoted <= MAX_QUOTATIONS)
            {
                found.push((backlink.from, anchor.to_owned()));
            }
        }
        found
    }
}
