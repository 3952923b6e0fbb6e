//! Cards as blocks of a certain height: titles wrapped, long cards in parts.

use super::{CardPart, Node, Row, Scene, Side, Viewport, wrap};
use std::collections::BTreeMap;

/// Size of the type of headings and rows.
pub(super) const TYPE: i32 = 14;
/// What stands before and behind a title.
pub(super) const PADDING: i32 = 12;
const HEADING: i32 = 32;
const NOTED: i32 = 48;
/// All heights are multiples of sixteen, so that middles lie on the grid that
/// routes need.
const LINE: i32 = 16;
/// Lines of a row's title.
const LINES: usize = 3;
/// Rows a part of a card has at most, where there are several columns.
const PART: usize = 14;

/// A card, or a part of a long one.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) card: usize,
    pub(super) part: CardPart,
    pub(super) side: Side,
    pub(super) heading: Item,
    pub(super) rows: Vec<Item>,
    pub(super) height: i32,
}

/// A heading or a row: where it stands in its block.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) node: Node,
    pub(super) top: i32,
    pub(super) height: i32,
    pub(super) lines: Vec<String>,
}

/// All blocks, and where each node is found.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks {
    pub(super) list: Vec<Block>,
    /// Block and middle of each node.
    pub(super) nodes: BTreeMap<Node, (usize, i32)>,
    /// Width of a column before, in and after the middle.
    pub(super) widths: [i32; 3],
    /// How many columns the middle may have.
    pub(super) columns: usize,
}

pub(super) fn split(scene: &Scene, viewport: Viewport) -> Blocks {
    let narrow = viewport.columns <= 1;
    let sided = scene.cards.iter().any(|card| card.side != Side::Middle) && !narrow;
    let rows: usize =
        scene.cards.iter().filter(|card| card.side == Side::Middle).map(|card| card.rows.len().max(1)).sum();
    let columns = match (narrow, sided) {
        (true, _) => 1,
        (false, true) if rows <= 16 => 1,
        (false, true) => 2,
        (false, false) => viewport.columns.min(rows.div_ceil(4)).max(1),
    };
    let mut blocks = Blocks { columns, widths: widths(viewport, sided, columns), ..Blocks::default() };
    for (at, card) in scene.cards.iter().enumerate() {
        let per_part = if columns == 1 && !sided { usize::MAX } else { PART };
        let parts = card.rows.len().div_ceil(per_part).max(1);
        let each = card.rows.len().div_ceil(parts).max(1);
        for part in 0..parts {
            let range = part * each..((part + 1) * each).min(card.rows.len());
            blocks.push(scene, at, CardPart { index: part, count: parts }, range, viewport);
        }
    }
    blocks
}

/// The widths of columns, so that the whole has about the width of the viewport.
const fn widths(viewport: Viewport, sided: bool, columns: usize) -> [i32; 3] {
    let scale = viewport.scale;
    match (viewport.columns <= 1, sided, columns) {
        (true, ..) => [viewport.width - 96; 3],
        (_, true, 1) => [176, 320, 176],
        (_, true, _) => [144, 204, 144],
        (_, _, 1) => [420; 3],
        (_, _, 2) => [300 - 10 * scale; 3],
        _ => [236 - 8 * scale; 3],
    }
}

impl Blocks {
    fn push(
        &mut self,
        scene: &Scene,
        card: usize,
        part: CardPart,
        range: std::ops::Range<usize>,
        viewport: Viewport,
    ) {
        let source = &scene.cards[card];
        let width = self.widths[source.side as usize];
        let heading = if source.noted { NOTED } else { HEADING };
        let sign = if part.count > 1 { format!(" {}/{}", part.index + 1, part.count) } else { String::new() };
        let reserve = 2 * PADDING + if source.noted { 0 } else { 24 } + super::text_width(&sign, TYPE);
        let mut title = wrap(&source.title, TYPE, width - reserve, 1).concat();
        title.push_str(&sign);
        let at = self.list.len();
        let mut block = Block {
            card,
            part,
            side: source.side,
            heading: Item { node: Node { card, row: None }, top: 0, height: heading, lines: vec![title] },
            rows: Vec::with_capacity(range.len()),
            height: heading,
        };
        for row in range {
            let Row { title, reserve } = &source.rows[row];
            let lines = wrap(title, TYPE, width - 2 * PADDING - reserve, LINES);
            let text = LINE * 2 + LINE * i32::try_from(lines.len().saturating_sub(1)).unwrap_or(0);
            let height = text.max(viewport.row);
            let node = Node { card, row: Some(row) };
            self.nodes.insert(node, (at, block.height + height / 2));
            block.rows.push(Item { node, top: block.height, height, lines });
            block.height += height;
        }
        self.nodes.entry(block.heading.node).or_insert((at, heading / 2));
        self.list.push(block);
    }
}
