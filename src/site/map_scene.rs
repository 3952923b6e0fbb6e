//! What a page of the map shows: its cards, and the references between them.
//!
//! A region that holds few chapters shows each of them, and at the sides the
//! regions that refer to them and that they refer to. A larger one shows the
//! regions below as cards, with the chapters most referred to.

use super::Site;
use crate::chapter::front_matter::Status;
use crate::graph::{Card, Edge, Node, Row, Scene, Side, text_width};
use crate::handbook::edges::CountedReference;
use crate::handbook::regions::Group;
use crate::id::{ChapterId, RegionId};
use std::collections::{BTreeMap, BTreeSet};

/// Regions outside that are shown on each side.
const OUTSIDE: usize = 8;
/// Chapters shown of a region below.
const FOREMOST: usize = 3;
/// How many of the strongest lines of each region below are kept in each direction, and
/// how many lines there must be before any is left out.
const STRONGEST: usize = 2;
const ALL: usize = 36;

/// What a card stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CardContent {
    /// Chapters of a department or folder.
    Group(Group),
    /// A region below.
    Region(RegionId),
    /// A region outside.
    Outside {
        region: RegionId,
        /// How many references there are between it and the region that is shown.
        references: usize,
    },
}

/// A scene, and what its cards and rows stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct MapScene {
    pub(super) scene: Scene,
    pub(super) cards: Vec<SceneCard>,
    /// Whether cards are regions below.
    pub(super) regions: bool,
    /// Lines that are left out since others are stronger.
    pub(super) left_out: usize,
    /// References in all.
    pub(super) references: usize,
}

/// What a card stands for, and its rows.
#[derive(Debug, Clone)]
pub(super) struct SceneCard {
    pub(super) content: CardContent,
    pub(super) chapters: Vec<ChapterId>,
}

/// One end of an edge, before cards have numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Before(RegionId),
    Inside(Node),
    After(RegionId),
}

/// Where a chapter stands on a map.
#[derive(Debug, Clone, Copy)]
enum Standing {
    /// In a card or a row.
    Inside(Node),
    /// In a region outside.
    Outside(RegionId),
}

/// Who refers, and to what.
type Pair = (End, End);

/// How often, for each pair.
type Counts = BTreeMap<Pair, usize>;

impl Site {
    pub(super) fn map_scene(&self, region: RegionId) -> MapScene {
        let regions = &self.handbook.routes.regions;
        let Some(shown) = regions.list.get(region) else { return MapScene::default() };
        let mut map = MapScene { regions: !shown.children.is_empty(), ..MapScene::default() };
        if map.regions {
            for child in &shown.children {
                let chapters = self.foremost(&regions.list[*child].chapters);
                map.cards.push(SceneCard { content: CardContent::Region(*child), chapters });
            }
        } else {
            map.cards.extend(shown.groups.iter().map(|group| SceneCard {
                content: CardContent::Group(group.group),
                chapters: group.chapters.clone(),
            }));
        }
        let mut edges = self.map_edges(region, &map.cards);
        map.references = edges.values().sum();
        let before =
            totals(&edges, |ends| if let End::Before(region) = ends.0 { Some(region) } else { None });
        let after = totals(&edges, |ends| if let End::After(region) = ends.1 { Some(region) } else { None });
        if map.regions {
            map.left_out = thin(&mut edges);
        }
        let inside = std::mem::take(&mut map.cards);
        let mut places: BTreeMap<End, usize> = BTreeMap::new();
        outside(&before, &mut map.cards, |region, card| {
            places.insert(End::Before(region), card);
        });
        let first = map.cards.len();
        map.cards.extend(inside);
        let last = map.cards.len();
        outside(&after, &mut map.cards, |region, card| {
            places.insert(End::After(region), card);
        });
        let node = |end: End| match end {
            End::Inside(node) => Some(Node { card: node.card + first, row: node.row }),
            end => places.get(&end).map(|card| Node { card: *card, row: None }),
        };
        let edge = |((from, to), weight): (&Pair, &usize)| {
            Some(Edge { from: node(*from)?, to: node(*to)?, weight: *weight })
        };
        map.scene.edges = edges.iter().filter_map(edge).collect();
        map.left_out += edges.len() - map.scene.edges.len();
        let side = |card: usize| match card {
            card if card < first => Side::Before,
            card if card < last => Side::Middle,
            _ => Side::After,
        };
        let cards = map.cards.iter().enumerate();
        map.scene.cards = cards.map(|(index, card)| self.scene_card(region, card, side(index))).collect();
        map
    }

    fn scene_card(&self, region: RegionId, card: &SceneCard, side: Side) -> Card {
        let row = |id: &ChapterId| {
            let mark = self.map_mark(*id).map_or(0, |status| text_width(self.status_word(status), 12) + 10);
            Row { title: self.handbook.chapters[*id].title.clone(), reserve: mark + 20 }
        };
        Card {
            title: self.holds_title(region, card.content),
            noted: !matches!(card.content, CardContent::Group(_)),
            side,
            rows: card.chapters.iter().map(row).collect(),
        }
    }

    fn status_word(&self, status: Status) -> &str {
        let key = format!("status_{}", status.key());
        self.theme.messages().get(&key).map_or("", String::as_str)
    }

    /// The status that a title on the map is marked with.
    pub(super) fn map_mark(&self, chapter: ChapterId) -> Option<Status> {
        self.handbook.lifecycles[chapter].status.filter(|status| *status != Status::InForce)
    }

    /// The chapters of a list that most others refer to, in reading order.
    fn foremost(&self, chapters: &[ChapterId]) -> Vec<ChapterId> {
        let into = |id: &ChapterId| self.drawn().into[*id].len();
        let rank = |id: &ChapterId| self.handbook.tree.rank[*id];
        let mut most: Vec<ChapterId> = chapters.iter().copied().filter(|id| into(id) > 0).collect();
        most.sort_by_key(|id| (std::cmp::Reverse(into(id)), rank(id)));
        most.truncate(FOREMOST);
        most
    }

    /// All references from, to and inside a region, by what they join.
    fn map_edges(&self, region: RegionId, cards: &[SceneCard]) -> Counts {
        let regions = &self.handbook.routes.regions;
        let above: BTreeSet<RegionId> = regions.chain(region).into_iter().collect();
        let mut rows: BTreeMap<ChapterId, Node> = BTreeMap::new();
        let mut children: BTreeMap<RegionId, Node> = BTreeMap::new();
        for (card, SceneCard { content, chapters }) in cards.iter().enumerate() {
            match content {
                CardContent::Region(child) => _ = children.insert(*child, Node { card, row: None }),
                _ => rows.extend(
                    chapters.iter().enumerate().map(|(row, id)| (*id, Node { card, row: Some(row) })),
                ),
            }
        }
        let place = |chapter: ChapterId| -> Option<Standing> {
            if let Some(node) = rows.get(&chapter) {
                return Some(Standing::Inside(*node));
            }
            let mut outer = regions.of[chapter]?;
            while let Some(parent) = regions.list[outer].parent.filter(|parent| !above.contains(parent)) {
                outer = parent;
            }
            Some(children.get(&outer).map_or(Standing::Outside(outer), |node| Standing::Inside(*node)))
        };
        let mut edges: Counts = BTreeMap::new();
        for from in &regions.list[region].chapters {
            let Some(Standing::Inside(own)) = place(*from) else { continue };
            for CountedReference { chapter, times } in &self.drawn().out[*from] {
                let end = match place(*chapter) {
                    Some(Standing::Inside(node)) => End::Inside(node),
                    Some(Standing::Outside(region)) => End::After(region),
                    None => continue,
                };
                *edges.entry((End::Inside(own), end)).or_default() += times;
            }
            for CountedReference { chapter, times } in &self.drawn().into[*from] {
                if let Some(Standing::Outside(region)) = place(*chapter) {
                    *edges.entry((End::Before(region), End::Inside(own))).or_default() += times;
                }
            }
        }
        edges
    }
}

fn totals(edges: &Counts, region: impl Fn((End, End)) -> Option<RegionId>) -> BTreeMap<RegionId, usize> {
    let mut totals = BTreeMap::new();
    for (ends, weight) in edges {
        if let Some(region) = region(*ends) {
            *totals.entry(region).or_default() += weight;
        }
    }
    totals
}

/// Adds the strongest regions outside as cards.
fn outside(
    totals: &BTreeMap<RegionId, usize>,
    cards: &mut Vec<SceneCard>,
    mut insert: impl FnMut(RegionId, usize),
) {
    let mut strongest: Vec<(RegionId, usize)> =
        totals.iter().map(|(region, weight)| (*region, *weight)).collect();
    strongest.sort_by_key(|(region, weight)| (std::cmp::Reverse(*weight), *region));
    strongest.truncate(OUTSIDE);
    strongest.sort_unstable();
    for (region, references) in strongest {
        insert(region, cards.len());
        cards.push(SceneCard { content: CardContent::Outside { region, references }, chapters: Vec::new() });
    }
}

/// Keeps the strongest lines of each card where there are many; gives how many went.
fn thin(edges: &mut Counts) -> usize {
    edges.retain(|(from, to), _| from != to);
    if edges.len() <= ALL {
        return 0;
    }
    let mut strong: BTreeSet<Pair> = BTreeSet::new();
    let mut ends: BTreeMap<(End, bool), Vec<(usize, Pair)>> = BTreeMap::new();
    for (pair, weight) in edges.iter() {
        ends.entry((pair.0, false)).or_default().push((*weight, *pair));
        ends.entry((pair.1, true)).or_default().push((*weight, *pair));
    }
    for list in ends.values_mut() {
        list.sort_by_key(|(weight, pair)| (std::cmp::Reverse(*weight), *pair));
        strong.extend(list.iter().take(STRONGEST).map(|(_, pair)| *pair));
    }
    let before = edges.len();
    edges.retain(|pair, _| strong.contains(pair));
    before - edges.len()
}
