//! Views of the map and of the small graph on a chapter's page.

use super::{Label, Link, LinkWithCount, PageContext};
use serde::Serialize;

/// `map.html`: the whole handbook, or a region of it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapPage {
    /// What every page has.
    #[serde(flatten)]
    pub context: PageContext,
    /// Chapters on it and below.
    pub chapters: usize,
    /// References from and to them.
    pub references: usize,
    /// The drawing for a desk.
    pub wide: MapDrawing,
    /// The same for a phone.
    pub narrow: MapDrawing,
    /// What the drawing shows, so that the legend explains nothing else.
    pub legend: MapLegend,
    /// Regions below as text; empty where chapters are shown.
    pub regions: Vec<MapEntry>,
    /// Chapters by group as text; empty where regions are shown.
    pub groups: Vec<MapGroup>,
}

/// What a drawing shows.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapLegend {
    /// Regions instead of chapters, and lines of different widths.
    pub regions: bool,
    /// Groups outside, at the sides.
    pub outside: bool,
    /// Chapters that are not, or no longer, in force.
    pub marks: bool,
    /// Whether there are any lines.
    pub lines: bool,
    /// Weaker lines that are left out of the drawing.
    pub left_out: usize,
}

/// A drawing, ready to be written as SVG. All numbers are its own pixels.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapDrawing {
    /// `wide` or `narrow`.
    pub key: &'static str,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Whether there are so many lines that they are drawn lightly.
    pub many: bool,
    /// Lines.
    pub lines: Vec<MapPath>,
    /// Arrow heads.
    pub heads: Vec<MapPath>,
    /// Cards, column by column.
    pub cards: Vec<MapCard>,
}

/// A group in a drawing.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapCard {
    /// `group`, `region` or `outside`.
    pub kind: &'static str,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Its heading.
    pub heading: MapNode,
    /// What is in it.
    pub rows: Vec<MapNode>,
}

/// A heading or a chapter in a drawing.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapNode {
    /// Anchor, or empty.
    pub id: String,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Address, or empty.
    pub url: String,
    /// Whole title and numbers, as a screen reader says them.
    pub label: String,
    /// The title as it is drawn.
    pub lines: Vec<MapText>,
    /// Numbers below or behind the title, or none.
    pub note: Option<MapText>,
    /// Its status, where that is not plainly in force, and where the word stands.
    pub mark: Option<MapText>,
    /// Key of that status, or empty.
    pub status: String,
    /// Ids of the lines that end here.
    pub into: Vec<String>,
    /// Ids of the arrow heads they end in.
    pub into_heads: Vec<String>,
    /// Ids of the lines that begin here.
    pub out: Vec<String>,
    /// Ids of the arrow heads they end in.
    pub out_heads: Vec<String>,
}

/// A text in a drawing.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapText {
    /// Where it begins, or ends.
    pub x: i32,
    /// Base line.
    pub y: i32,
    /// The text.
    pub text: String,
}

/// A line or an arrow head in a drawing.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapPath {
    /// Id, by which its two ends show it again.
    pub id: String,
    /// Path data.
    pub d: String,
    /// Its width, where lines differ; else 0.
    pub width: f64,
}

/// Chapters below a heading, as text.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapGroup {
    /// Heading; its `url` may be empty.
    pub heading: Link,
    /// The chapters.
    pub entries: Vec<MapEntry>,
}

/// A chapter or a region as text, with its references both ways.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MapEntry {
    /// Text and address; `count` is the number of chapters of a region.
    pub item: LinkWithCount,
    /// Status of a chapter that is not plainly in force.
    pub status: Option<Label>,
    /// What it refers to; `count` is the number of references.
    pub out: Vec<LinkWithCount>,
    /// How many more.
    pub out_more: usize,
    /// Who refers to it.
    pub into: Vec<LinkWithCount>,
    /// How many more.
    pub into_more: usize,
}

/// Who refers to a chapter and what it refers to, for its own page.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Neighbourhood {
    /// Who refers to it.
    pub into: Vec<Neighbour>,
    /// How many more.
    pub into_more: usize,
    /// What it refers to.
    pub out: Vec<Neighbour>,
    /// How many more.
    pub out_more: usize,
    /// Its place on the map, or empty.
    pub map: String,
}

/// A chapter in a neighbourhood.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Neighbour {
    /// The chapter.
    pub chapter: Link,
    /// Status that is not plainly in force.
    pub status: Option<Label>,
}
