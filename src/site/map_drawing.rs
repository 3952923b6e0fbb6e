//! A drawing of the map with words, addresses and numbers filled in.

use super::Site;
use super::map_scene::{CardContent, MapScene, SceneCard};
use crate::graph::{Area, Drawing, Line, Node, PlacedCard, PlacedRow};
use crate::handbook::regions::Group;
use crate::handbook::routes::Page;
use crate::id::{ChapterId, RegionId};
use crate::page::{Link, MapCard, MapDrawing, MapNode, MapPath, MapText};
use std::collections::{BTreeMap, BTreeSet};

/// Between the edge of a row and what is in it.
const PADDING: i32 = 12;
/// Between two lines of a title.
const LEADING: i32 = 18;
/// Lines beyond which they are drawn lightly.
const MANY: usize = 90;
/// Widths of lines, where they differ.
const THIN: f64 = 1.25;
const THICK: f64 = 4.5;
/// The same on a phone, where tracks lie closer.
const THICK_NARROW: f64 = 2.5;

impl Site {
    pub(super) fn map_drawing(&self, map: &MapScene, drawing: &Drawing, key: &'static str) -> MapDrawing {
        let joints = joints(drawing, key);
        let node = |row: &PlacedRow, mut view: MapNode, first: bool| {
            let Area { x, y, width, height } = row.area;
            let base = y + height / 2 + 5
                - if view.note.is_some() && row.node.row.is_none() && height > 40 { 9 } else { 0 };
            let lines = i32::try_from(row.lines.len()).unwrap_or(1);
            let texts = row.lines.iter().zip(0..).map(|(text, at)| MapText {
                x: x + PADDING,
                y: base + at * LEADING - (lines - 1) * LEADING / 2,
                text: text.clone(),
            });
            view.lines = texts.collect();
            (view.x, view.y, view.width, view.height) = (x, y, width, height);
            if let Some(joint) = joints.get(&row.node).filter(|_| first) {
                view.into.clone_from(&joint.into.lines);
                view.into_heads.extend(joint.into.heads.iter().cloned());
                view.out.clone_from(&joint.out.lines);
                view.out_heads.extend(joint.out.heads.iter().cloned());
            }
            view
        };
        let card = |placed: &PlacedCard| {
            let SceneCard { content, chapters } = &map.cards[placed.card];
            let heading = node(&placed.heading, self.map_heading(*content, placed), placed.part.index == 0);
            let rows = placed.rows.iter().filter_map(|row| {
                let chapter = chapters.get(row.node.row?)?;
                Some(node(row, self.map_row(*chapter, row, key), true))
            });
            let Area { x, y, width, height } = placed.area;
            MapCard { kind: kind(*content), x, y, width, height, rows: rows.collect(), heading }
        };
        let most = drawing.lines.iter().map(|line| line.edge.weight).max().unwrap_or(1);
        let thick = if key == "wide" { THICK } else { THICK_NARROW };
        let line = |(at, line): (usize, &Line)| MapPath {
            id: line_id(key, at),
            d: line.path.clone(),
            width: if map.regions { stroke(line.edge.weight, most, thick) } else { 0.0 },
        };
        let head =
            |(at, d): (usize, &String)| MapPath { id: head_id(key, at), d: d.clone(), ..MapPath::default() };
        MapDrawing {
            key,
            width: drawing.width,
            height: drawing.height,
            many: !map.regions && drawing.lines.len() > MANY,
            lines: drawing.lines.iter().enumerate().map(line).collect(),
            heads: drawing.heads.iter().enumerate().map(head).collect(),
            cards: drawing.cards.iter().map(card).collect(),
        }
    }

    /// What a card stands for, in words.
    pub(super) fn holds_title(&self, seen_from: RegionId, content: CardContent) -> String {
        match content {
            CardContent::Group(group) => self.group_link(group).title,
            CardContent::Region(region) | CardContent::Outside { region, .. } => {
                self.region_name(seen_from, region)
            }
        }
    }

    /// A department or folder, with the address of its page.
    pub(super) fn group_link(&self, group: Group) -> Link {
        match group {
            Group::Department(id) => self.department_link(id),
            Group::Section(id) => {
                Link { title: self.handbook.tree.sections[id].title.clone(), url: self.section_url(id) }
            }
            Group::Whole => Link { title: super::title(&self.handbook, &self.theme), url: String::new() },
            Group::Rest => Link { title: self.translate("map_rest").to_owned(), url: String::new() },
            Group::Stretch(stretch) => {
                let (first, last) = stretch.shown();
                let numbers = [("from", &*first.to_string()), ("to", &*last.to_string())];
                Link { title: self.theme.translate_with("map_stretch", &numbers), url: String::new() }
            }
        }
    }

    /// The title of a region; a stretch is named after what it is a stretch of.
    pub(super) fn region_title(&self, region: RegionId) -> String {
        let regions = &self.handbook.routes.regions.list;
        let Some(shown) = regions.get(region) else { return String::new() };
        let title = self.group_link(shown.group).title;
        match self.stretched(region) {
            Some(group) if group != shown.group => format!("{} · {title}", self.group_link(group).title),
            _ => title,
        }
    }

    /// The title of a region on the map of another: stretches of the same list
    /// need not repeat what it is a list of.
    fn region_name(&self, seen_from: RegionId, region: RegionId) -> String {
        let group = self.handbook.routes.regions.list[region].group;
        if matches!(group, Group::Stretch(..)) && self.stretched(region) == self.stretched(seen_from) {
            return self.group_link(group).title;
        }
        self.region_title(region)
    }

    /// What a region is, or is a stretch of.
    fn stretched(&self, region: RegionId) -> Option<Group> {
        let regions = &self.handbook.routes.regions.list;
        let mut above = std::iter::successors(regions.get(region), |region| regions.get(region.parent?));
        above.find(|region| !matches!(region.group, Group::Stretch(..))).map(|region| region.group)
    }

    pub(super) fn region_link(&self, region: RegionId) -> Link {
        Link { title: self.region_title(region), url: self.url(Page::Map(region)) }
    }

    fn map_heading(&self, content: CardContent, placed: &PlacedCard) -> MapNode {
        let area = placed.heading.area;
        let below = |text: String| MapText { x: area.x + PADDING, y: area.y + 38, text };
        let (link, note) = match content {
            CardContent::Group(group) => {
                let count = placed.rows.len().to_string();
                let note = MapText {
                    x: area.x + area.width - PADDING,
                    y: area.y + area.height / 2 + 5,
                    text: count,
                };
                (self.group_link(group), note)
            }
            CardContent::Region(region) => {
                let count = self.handbook.routes.regions.list[region].chapters.len();
                let text = self.theme.translate_with("chapters_count", &[("n", &count.to_string())]);
                (self.region_link(region), below(text))
            }
            CardContent::Outside { region, references } => {
                let text = self.theme.translate_with("map_references", &[("n", &references.to_string())]);
                (self.region_link(region), below(text))
            }
        };
        let label = format!("{} · {}", link.title, note.text);
        MapNode { url: link.url, label, note: Some(note), ..MapNode::default() }
    }

    fn map_row(&self, chapter: ChapterId, row: &PlacedRow, key: &str) -> MapNode {
        let Link { title, url } = self.chapter_link(chapter);
        let (out, into) = (self.drawn().out[chapter].len(), self.drawn().into[chapter].len());
        let status = self.map_mark(chapter);
        let word = status.map_or_else(String::new, |status| self.labelled("status", status.key()).text);
        let right = row.area.x + row.area.width - PADDING;
        let base = row.area.y + row.area.height / 2 + 5;
        let count = if into > 0 { into.to_string() } else { String::new() };
        let mark_x = right - 20;
        let numbers = [("title", title.as_str()), ("out", &out.to_string()), ("into", &into.to_string())];
        let label = self.theme.translate_with("map_label", &numbers);
        MapNode {
            id: if key == "wide" { row_id(chapter) } else { String::new() },
            label: if word.is_empty() { label } else { format!("{label} · {word}") },
            note: (into > 0).then_some(MapText { x: right, y: base, text: count }),
            mark: status.is_some().then_some(MapText { x: mark_x, y: base, text: word }),
            status: status.map_or_else(String::new, |status| status.key().to_owned()),
            url,
            ..MapNode::default()
        }
    }
}

/// The id of a chapter's row on its map.
pub(super) fn row_id(chapter: ChapterId) -> String {
    format!("chapter-{}", chapter.index())
}

/// Ids of the lines that end at a node, and of their arrow heads.
#[derive(Default)]
struct Ends {
    lines: Vec<String>,
    heads: BTreeSet<String>,
}

/// The lines of a node.
#[derive(Default)]
struct Joint {
    into: Ends,
    out: Ends,
}

fn joints(drawing: &Drawing, key: &str) -> BTreeMap<Node, Joint> {
    let mut joints: BTreeMap<Node, Joint> = BTreeMap::new();
    for (at, line) in drawing.lines.iter().enumerate() {
        let join = |ends: &mut Ends| {
            ends.lines.push(line_id(key, at));
            ends.heads.insert(head_id(key, line.head));
        };
        join(&mut joints.entry(line.edge.to).or_default().into);
        join(&mut joints.entry(line.edge.from).or_default().out);
    }
    joints
}

fn line_id(key: &str, at: usize) -> String {
    format!("{}l{at}", &key[..1])
}

fn head_id(key: &str, at: usize) -> String {
    format!("{}h{at}", &key[..1])
}

const fn kind(content: CardContent) -> &'static str {
    match content {
        CardContent::Group(_) => "group",
        CardContent::Region(_) => "region",
        CardContent::Outside { .. } => "outside",
    }
}

/// The width of a line of this weight: the area, not the width, grows with it.
fn stroke(weight: usize, most: usize, thick: f64) -> f64 {
    let share = weight as f64 / most.max(1) as f64;
    ((THIN + (thick - THIN) * share.sqrt()) * 4.0).round() / 4.0
}
