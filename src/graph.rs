//! Layout of the map of references: cards of chapters in columns, lines between them.
//!
//! Titles and edges in, boxes and lines out, in whole pixels. To stay readable, lines run in
//! channels only: between columns and between cards. So no line crosses a title. All lines
//! to one target share one channel and one arrow head, so that ninety references are not
//! ninety lines. Lines join in a curve only where they belong together; others cross at
//! right angles.
//!
//! Everything is sorted and computed in integers, so equal input gives equal output. The time
//! grows with the number of edges.

mod blocks;
mod columns;
mod label;
mod line;
mod route;

#[cfg(test)]
mod tests;

pub(crate) use label::{width as text_width, wrap};

/// Which columns a card may stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Side {
    /// Before all others: who refers to them.
    Before,
    /// In the middle.
    #[default]
    Middle,
    /// After all others: what they refer to.
    After,
}

/// A group, with rows for what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Card {
    /// Heading.
    pub title: String,
    /// Whether a line with numbers stands below the heading.
    pub noted: bool,
    /// Where it may stand.
    pub side: Side,
    /// What is in it.
    pub rows: Vec<Row>,
}

/// A line of a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Title; shown on up to two lines.
    pub title: String,
    /// Pixels to keep free behind the title.
    pub reserve: i32,
}

/// What a line may begin or end at: a card's heading or one of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Node {
    /// The card.
    pub card: usize,
    /// The row; `None` is the heading.
    pub row: Option<usize>,
}

/// References from one node to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    /// Who refers.
    pub from: Node,
    /// To what.
    pub to: Node,
    /// How many times.
    pub weight: usize,
}

/// What is to be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scene {
    /// Cards, in reading order.
    pub cards: Vec<Card>,
    /// Edges between them.
    pub edges: Vec<Edge>,
}

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Viewport {
    /// Width of the whole.
    pub width: i32,
    /// Columns in the middle at most; with 1, all cards stand in one column.
    pub columns: usize,
    /// Least height of a row.
    pub row: i32,
    /// 1, or 2 where lines have different widths and need more room.
    pub scale: i32,
    /// Lines drawn at most.
    pub edges: usize,
}

impl Viewport {
    /// For a window of a desk.
    pub(crate) const WIDE: Self = Self { width: 960, columns: 3, row: 32, scale: 1, edges: 300 };
    /// For a phone: one column, rows as high as a finger.
    pub(crate) const NARROW: Self = Self { width: 350, columns: 1, row: 48, scale: 1, edges: 200 };

    /// The same room for lines of different widths.
    #[must_use]
    pub(crate) const fn weighted(self) -> Self {
        Self { scale: 2, ..self }
    }
}

/// A box in the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Area {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// A part of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CardPart {
    /// Its place among the parts, from 0.
    pub index: usize,
    /// How many parts the card has.
    pub count: usize,
}

/// A card in its place. A long one is drawn in several parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlacedCard {
    /// Which card of the scene.
    pub card: usize,
    /// Which part of it.
    pub part: CardPart,
    /// Where.
    pub area: Area,
    /// Its heading.
    pub heading: PlacedRow,
    /// Its rows, from top to bottom.
    pub rows: Vec<PlacedRow>,
}

/// A heading or a row in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlacedRow {
    /// What it shows.
    pub node: Node,
    /// Where.
    pub area: Area,
    /// The title's lines.
    pub lines: Vec<String>,
}

/// A line in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// What it stands for.
    pub edge: Edge,
    /// Its path, as SVG writes it.
    pub path: String,
    /// Its corners, from the source to the target.
    pub points: Vec<(i32, i32)>,
    /// Which arrow head it ends in.
    pub head: usize,
}

/// A scene with everything in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drawing {
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Cards, column by column.
    pub cards: Vec<PlacedCard>,
    /// Lines, in the order of their edges.
    pub lines: Vec<Line>,
    /// Arrow heads as paths; lines that come in together share one.
    pub heads: Vec<String>,
    /// Edges that are not drawn since there are too many.
    pub left_out: usize,
}

/// Puts everything in its place.
#[must_use]
pub(crate) fn draw(scene: &Scene, viewport: Viewport) -> Drawing {
    let (edges, left_out) = strongest(scene, viewport.edges);
    let blocks = blocks::split(scene, viewport);
    let columns = columns::arrange(&blocks, &edges, viewport);
    let routes = route::plan(&blocks, &columns, &edges, viewport.scale);
    let mut drawing = line::finish(&blocks, &columns, &routes, viewport);
    drawing.left_out = left_out;
    drawing
}

/// Edges between two different nodes of the scene, each pair once; where they
/// are too many, those of the greatest weight.
fn strongest(scene: &Scene, most: usize) -> (Vec<Edge>, usize) {
    let known = |node: Node| {
        scene.cards.get(node.card).is_some_and(|card| node.row.is_none_or(|row| row < card.rows.len()))
    };
    let mut edges: Vec<Edge> = scene.edges.clone();
    edges.retain(|edge| edge.from != edge.to && known(edge.from) && known(edge.to));
    edges.sort_unstable();
    edges.dedup_by(|next, kept| {
        let same = (next.from, next.to) == (kept.from, kept.to);
        if same {
            kept.weight += next.weight;
        }
        same
    });
    let left_out = edges.len().saturating_sub(most);
    if left_out > 0 {
        edges.sort_by_key(|edge| (std::cmp::Reverse(edge.weight), *edge));
        edges.truncate(most);
        edges.sort_unstable();
    }
    (edges, left_out)
}
