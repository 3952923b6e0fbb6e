//! The map: a drawing of each region and the same as text; and the small graph
//! on a chapter's page.

use super::Site;
use super::map_drawing::row_id;
use super::map_scene::{CardContent, MapScene, SceneCard};
use crate::graph::{Viewport, draw};
use crate::handbook::edges::{CountedReference, Neighbours};
use crate::handbook::routes::Page;
use crate::id::{ChapterId, RegionId};
use crate::page::{
    Label, Link, LinkWithCount, MapEntry, MapGroup, MapLegend, MapPage, Neighbour, Neighbourhood,
};
use std::collections::BTreeMap;

/// Links that an entry of the text shows each way at most, and bytes that all
/// links of a page may take, those of its two drawings included.
const LINKS: [usize; 7] = [16, 12, 8, 5, 3, 2, 1];
const LINK_BYTES: usize = 150_000;
/// Bytes of markup that a link costs besides its text and address.
const MARKUP: usize = 40;
/// Chapters that the small graph shows on each side, and bytes they may take.
const NEIGHBOURS: usize = 8;
const NEIGHBOUR_BYTES: usize = 1_600;

impl Site {
    pub(super) fn map_page(&self, region: RegionId) -> MapPage {
        let handbook = &self.handbook;
        let regions = &handbook.routes.regions;
        let word = self.translate("index_map");
        let title = if region == RegionId::ROOT { word.to_owned() } else { self.region_title(region) };
        let mut context = self.index_context(handbook.routes.address(Page::Map(region)), &title);
        let mut above = regions.chain(region);
        above.pop();
        for id in above {
            let title = if id == RegionId::ROOT { word.to_owned() } else { self.region_title(id) };
            context.breadcrumbs.push(Link { title, url: self.url(Page::Map(id)) });
        }
        let map = self.map_scene(region);
        let room = |room: Viewport| if map.regions { room.weighted() } else { room };
        let wide = draw(&map.scene, room(Viewport::WIDE));
        let narrow = draw(&map.scene, room(Viewport::NARROW));
        let legend = MapLegend {
            regions: map.regions,
            outside: map.cards.iter().any(|card| matches!(card.content, CardContent::Outside { .. })),
            marks: map.cards.iter().flat_map(|card| &card.chapters).any(|id| self.map_mark(*id).is_some()),
            lines: !wide.lines.is_empty(),
            left_out: map.left_out + wide.left_out,
        };
        let shown = regions.list.get(region);
        MapPage {
            context,
            chapters: shown.map_or(0, |region| region.chapters.len()),
            references: map.references,
            wide: self.map_drawing(&map, &wide, "wide"),
            narrow: self.map_drawing(&map, &narrow, "narrow"),
            legend,
            regions: if map.regions { self.region_entries(region) } else { Vec::new() },
            groups: if map.regions { Vec::new() } else { self.chapter_entries(&map) },
        }
    }

    /// Regions below, each with the regions it refers to and is referred to by.
    fn region_entries(&self, region: RegionId) -> Vec<MapEntry> {
        let regions = &self.handbook.routes.regions;
        let children = &regions.list[region].children;
        let mut child_of: BTreeMap<ChapterId, RegionId> = BTreeMap::new();
        for child in children {
            child_of.extend(regions.list[*child].chapters.iter().map(|chapter| (*chapter, *child)));
        }
        let mut counts: BTreeMap<(RegionId, RegionId), usize> = BTreeMap::new();
        for (chapter, from) in &child_of {
            for CountedReference { chapter: to, times } in &self.drawn().out[*chapter] {
                if let Some(to) = child_of.get(to).filter(|to| *to != from) {
                    *counts.entry((*from, *to)).or_default() += times;
                }
            }
        }
        let counted = |child: RegionId, count: usize| {
            let Link { title, url } = self.region_link(child);
            LinkWithCount { title, url, count, summary: String::new() }
        };
        let entry = |child: RegionId| {
            let out = counts.iter().filter(|((from, _), _)| *from == child);
            let mut out: Vec<_> = out.map(|((_, to), count)| (*to, *count)).collect();
            let into = counts.iter().filter(|((_, to), _)| *to == child);
            let mut into: Vec<_> = into.map(|((from, _), count)| (*from, *count)).collect();
            for list in [&mut out, &mut into] {
                list.sort_by_key(|(region, count)| (std::cmp::Reverse(*count), *region));
            }
            MapEntry {
                item: counted(child, regions.list[child].chapters.len()),
                out: out.into_iter().map(|(region, count)| counted(region, count)).collect(),
                into: into.into_iter().map(|(region, count)| counted(region, count)).collect(),
                ..MapEntry::default()
            }
        };
        children.iter().copied().map(entry).collect()
    }

    /// Chapters by group, each with what it refers to and who refers to it; as
    /// many links as leave the page light.
    fn chapter_entries(&self, map: &MapScene) -> Vec<MapGroup> {
        let shown = map.cards.iter().filter(|card| matches!(card.content, CardContent::Group(_)));
        let chapters: Vec<ChapterId> = shown.clone().flat_map(|card| &card.chapters).copied().collect();
        let bytes = |most: usize| -> usize {
            let lists = chapters.iter().flat_map(|id| [&self.drawn().out[*id], &self.drawn().into[*id]]);
            lists.flat_map(|list| list.iter().take(most)).map(|other| self.link_bytes(other.chapter)).sum()
        };
        let own: usize = chapters.iter().map(|id| 3 * self.link_bytes(*id)).sum();
        let most = LINKS.into_iter().find(|most| own + bytes(*most) <= LINK_BYTES).unwrap_or(1);
        let links = |list: &[CountedReference]| -> (Vec<LinkWithCount>, usize) {
            let link = |other: &CountedReference| {
                let Link { title, url } = self.chapter_link(other.chapter);
                LinkWithCount { title, url, count: other.times, summary: String::new() }
            };
            (list.iter().take(most).map(link).collect(), list.len().saturating_sub(most))
        };
        let entry = |id: &ChapterId| {
            let Link { title, url } = self.chapter_link(*id);
            let (out, out_more) = links(&self.drawn().out[*id]);
            let (into, into_more) = links(&self.drawn().into[*id]);
            let item = LinkWithCount { title, url, count: 0, summary: String::new() };
            MapEntry { item, status: self.mark_label(*id), out, out_more, into, into_more }
        };
        let group = |card: &SceneCard| MapGroup {
            heading: match card.content {
                CardContent::Group(group) => self.group_link(group),
                _ => Link::default(),
            },
            entries: card.chapters.iter().map(entry).collect(),
        };
        shown.map(group).collect()
    }

    fn link_bytes(&self, chapter: ChapterId) -> usize {
        let Link { title, url } = self.chapter_link(chapter);
        MARKUP + title.len() + url.len()
    }

    fn mark_label(&self, chapter: ChapterId) -> Option<Label> {
        self.map_mark(chapter).map(|status| self.labelled("status", status.key()))
    }

    /// Who refers to a chapter and what it refers to; `None` where neither is.
    pub(super) fn neighbourhood(&self, chapter: ChapterId) -> Option<Neighbourhood> {
        let Neighbours { out, into } = self.handbook.edges_of(chapter);
        if out.is_empty() && into.is_empty() {
            return None;
        }
        let side = |list: &[CountedReference]| -> (Vec<Neighbour>, usize) {
            let mut bytes = 0;
            let fits = |other: &&CountedReference| {
                bytes += self.link_bytes(other.chapter);
                bytes <= NEIGHBOUR_BYTES
            };
            let few = list.iter().take(NEIGHBOURS).take_while(fits);
            let neighbour = |other: &CountedReference| Neighbour {
                chapter: self.chapter_link(other.chapter),
                status: self.mark_label(other.chapter),
            };
            let shown: Vec<Neighbour> = few.map(neighbour).collect();
            let more = list.len() - shown.len();
            (shown, more)
        };
        let ((out, out_more), (into, into_more)) = (side(&out), side(&into));
        let url = |region: RegionId| format!("{}#{}", self.url(Page::Map(region)), row_id(chapter));
        let map = self.handbook.routes.regions.of[chapter].map_or_else(String::new, url);
        Some(Neighbourhood { into, into_more, out, out_more, map })
    }
}
