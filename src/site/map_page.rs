//! The map: a drawing of each region and the same as text; and the small graph
//! on a chapter's page.

use super::Site;
use super::map_scene::{Holds, MapScene};
use crate::graph::{Viewport, draw};
use crate::handbook::routes::Page;
use crate::page::{Counted, Label, Link, MapEntry, MapGroup, MapLegend, MapPage, Neighbour, Neighbourhood};
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
    pub(super) fn map_page(&self, region: usize) -> MapPage {
        let handbook = &self.handbook;
        let regions = &handbook.routes.regions;
        let word = self.word("index_map");
        let title = if region == 0 { word.to_owned() } else { self.region_title(region) };
        let mut frame = self.index_frame(handbook.routes.address(Page::Map(region)), &title);
        let mut above = regions.chain(region);
        above.pop();
        for at in above {
            let title = if at == 0 { word.to_owned() } else { self.region_title(at) };
            frame.breadcrumbs.push(Link { title, url: self.url(Page::Map(at)) });
        }
        let map = self.map_scene(region);
        let room = |room: Viewport| if map.regions { room.weighted() } else { room };
        let wide = draw(&map.scene, room(Viewport::WIDE));
        let narrow = draw(&map.scene, room(Viewport::NARROW));
        let legend = MapLegend {
            regions: map.regions,
            outside: map.cards.iter().any(|(holds, _)| matches!(holds, Holds::Outside(..))),
            marks: map.cards.iter().flat_map(|(_, rows)| rows).any(|at| self.map_mark(*at).is_some()),
            lines: !wide.lines.is_empty(),
            left_out: map.left_out + wide.left_out,
        };
        let shown = regions.list.get(region);
        MapPage {
            frame,
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
    fn region_entries(&self, region: usize) -> Vec<MapEntry> {
        let regions = &self.handbook.routes.regions;
        let children = &regions.list[region].children;
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, child) in children.iter().enumerate() {
            place.extend(regions.list[*child].chapters.iter().map(|chapter| (*chapter, at)));
        }
        let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (chapter, from) in &place {
            for (to, times) in &self.drawn().out[*chapter] {
                if let Some(to) = place.get(to).filter(|to| *to != from) {
                    *counts.entry((*from, *to)).or_default() += times;
                }
            }
        }
        let counted = |at: usize, count: usize| {
            let Link { title, url } = self.region_link(children[at]);
            Counted { title, url, count, summary: String::new() }
        };
        let entry = |at: usize| {
            let mut out: Vec<_> = counts.range((at, 0)..(at + 1, 0)).map(|((_, to), n)| (*to, *n)).collect();
            let into = counts.iter().filter(|((_, to), _)| *to == at);
            let mut into: Vec<_> = into.map(|((from, _), n)| (*from, *n)).collect();
            for list in [&mut out, &mut into] {
                list.sort_by_key(|(region, count)| (std::cmp::Reverse(*count), *region));
            }
            MapEntry {
                item: counted(at, regions.list[children[at]].chapters.len()),
                out: out.into_iter().map(|(at, count)| counted(at, count)).collect(),
                into: into.into_iter().map(|(at, count)| counted(at, count)).collect(),
                ..MapEntry::default()
            }
        };
        (0..children.len()).map(entry).collect()
    }

    /// Chapters by group, each with what it refers to and who refers to it; as
    /// many links as leave the page light.
    fn chapter_entries(&self, map: &MapScene) -> Vec<MapGroup> {
        let shown = map.cards.iter().filter(|(holds, _)| matches!(holds, Holds::Group(_)));
        let chapters: Vec<usize> = shown.clone().flat_map(|(_, rows)| rows).copied().collect();
        let bytes = |most: usize| -> usize {
            let lists = chapters.iter().flat_map(|at| [&self.drawn().out[*at], &self.drawn().into[*at]]);
            lists.flat_map(|list| list.iter().take(most)).map(|(at, _)| self.link_bytes(*at)).sum()
        };
        let own: usize = chapters.iter().map(|at| 3 * self.link_bytes(*at)).sum();
        let most = LINKS.into_iter().find(|most| own + bytes(*most) <= LINK_BYTES).unwrap_or(1);
        let links = |list: &[(usize, usize)]| -> (Vec<Counted>, usize) {
            let link = |(at, count): &(usize, usize)| {
                let Link { title, url } = self.chapter_link(*at);
                Counted { title, url, count: *count, summary: String::new() }
            };
            (list.iter().take(most).map(link).collect(), list.len().saturating_sub(most))
        };
        let entry = |at: &usize| {
            let Link { title, url } = self.chapter_link(*at);
            let (out, out_more) = links(&self.drawn().out[*at]);
            let (into, into_more) = links(&self.drawn().into[*at]);
            let item = Counted { title, url, count: 0, summary: String::new() };
            MapEntry { item, status: self.mark_label(*at), out, out_more, into, into_more }
        };
        let group = |(holds, rows): &(Holds, Vec<usize>)| MapGroup {
            heading: match holds {
                Holds::Group(group) => self.group_link(*group),
                _ => Link::default(),
            },
            entries: rows.iter().map(entry).collect(),
        };
        shown.map(group).collect()
    }

    fn link_bytes(&self, chapter: usize) -> usize {
        let Link { title, url } = self.chapter_link(chapter);
        MARKUP + title.len() + url.len()
    }

    fn mark_label(&self, chapter: usize) -> Option<Label> {
        self.map_mark(chapter).map(|status| self.labelled("status", status.key()))
    }

    /// Who refers to a chapter and what it refers to; `None` where neither is.
    pub(super) fn neighbourhood(&self, at: usize) -> Option<Neighbourhood> {
        let [out, into] = self.handbook.edges_of(at);
        if out.is_empty() && into.is_empty() {
            return None;
        }
        let side = |list: &[(usize, usize)]| -> (Vec<Neighbour>, usize) {
            let mut bytes = 0;
            let fits = |(at, _): &&(usize, usize)| {
                bytes += self.link_bytes(*at);
                bytes <= NEIGHBOUR_BYTES
            };
            let few = list.iter().take(NEIGHBOURS).take_while(fits);
            let neighbour = |(at, _): &(usize, usize)| Neighbour {
                chapter: self.chapter_link(*at),
                status: self.mark_label(*at),
            };
            let shown: Vec<Neighbour> = few.map(neighbour).collect();
            let more = list.len() - shown.len();
            (shown, more)
        };
        let ((out, out_more), (into, into_more)) = (side(&out), side(&into));
        let region = self.handbook.routes.regions.of[at];
        let map =
            region.map_or_else(String::new, |region| format!("{}#chapter-{at}", self.url(Page::Map(region))));
        Some(Neighbourhood { into, into_more, out, out_more, map })
    }
}
