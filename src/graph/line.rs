//! Heights and tracks as pixels: boxes, paths with rounded corners, arrow heads.

use super::blocks::{Block, Blocks, Item};
use super::columns::Columns;
use super::route::{Bus, Direction, Route, Routes};
use super::{Area, Drawing, Line, PlacedCard, PlacedRow, Viewport};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Free space on both sides of a gutter's tracks.
const MARGIN: i32 = 15;
/// Radius of a corner.
const RADIUS: i32 = 6;
/// Width of a gutter that no line runs through.
const EMPTY: i32 = 32;

pub(super) fn finish(blocks: &Blocks, columns: &Columns, routes: &Routes, viewport: Viewport) -> Drawing {
    let (gutters, lefts, width) = horizontal_layout(columns, routes, viewport);
    let track = |gutter: usize, bus: &Bus| {
        let (x, pitch) = gutters.get(gutter).copied().unwrap_or_default();
        let at = routes.tracks.get(&(gutter, *bus)).copied().unwrap_or(0);
        x + MARGIN + i32::try_from(at).unwrap_or(0) * pitch / 2
    };
    let arrow = if viewport.scale > 1 { 10 } else { 7 };
    let mut lines = Vec::with_capacity(routes.list.len());
    let mut heads: BTreeMap<(i32, i32, bool), usize> = BTreeMap::new();
    let mut outlines = Vec::new();
    for route in &routes.list {
        let (points, right) = corners(route, &track, &lefts, columns, arrow);
        let (x, y) = points.last().copied().unwrap_or_default();
        let tip = (if right { x + arrow } else { x - arrow }, y, right);
        let head = *heads.entry(tip).or_insert_with(|| {
            outlines.push(outline(tip, arrow));
            outlines.len() - 1
        });
        lines.push(Line { edge: route.edge, path: path(&points), points, head });
    }
    let mut cards = Vec::with_capacity(blocks.list.len());
    for (column, order) in columns.order.iter().enumerate() {
        for at in order {
            let place = (lefts[column], routes.tops[*at], columns.widths[column]);
            cards.push(card(&blocks.list[*at], place));
        }
    }
    Drawing { width, height: routes.height, cards, lines, heads: outlines, left_out: 0 }
}

/// Left edge and doubled pitch of each gutter, left edge of each column, and
/// the width of the whole.
fn horizontal_layout(
    columns: &Columns,
    routes: &Routes,
    viewport: Viewport,
) -> (Vec<(i32, i32)>, Vec<i32>, i32) {
    let (mut gutters, mut lefts) = (Vec::new(), Vec::new());
    let mut x = 0;
    let last = columns.order.len();
    for gutter in 0..=last {
        let count = routes.counts.get(gutter).map_or(0, |count| i32::try_from(*count).unwrap_or(0));
        let most = if viewport.columns <= 1 { 62 } else { 56 + 34 * viewport.scale };
        let pitch = (2 * most / count.max(1)).clamp(4, 10 + 4 * viewport.scale);
        let own = match count {
            0 if gutter == 0 || gutter == last => 1,
            0 => EMPTY,
            count => 2 * MARGIN + (count - 1) * pitch / 2,
        };
        gutters.push((x, pitch));
        x += own;
        if gutter < last {
            lefts.push(x);
            x += columns.widths.get(gutter).copied().unwrap_or(0);
        }
    }
    let width = if viewport.columns <= 1 { x.max(viewport.width) } else { x };
    (gutters, lefts, width)
}

/// The corners of a route up to the foot of its arrow, and whether the arrow
/// points to the right.
fn corners(
    route: &Route,
    track: &dyn Fn(usize, &Bus) -> i32,
    lefts: &[i32],
    columns: &Columns,
    arrow: i32,
) -> (Vec<(i32, i32)>, bool) {
    let left = |column: usize| lefts.get(column).copied().unwrap_or(0);
    let right = |column: usize| left(column) + columns.widths.get(column).copied().unwrap_or(0);
    let (from, to) = route.columns;
    let (start, end, points_right) = match route.bus.direction {
        Direction::Right => (right(from), left(to) - arrow, true),
        Direction::Left => (left(from), right(to) + arrow, false),
        Direction::LoopLeft => (left(from), left(to) - arrow, true),
        Direction::LoopRight => (right(from), right(to) + arrow, false),
    };
    let mut points = Vec::with_capacity(2 + 2 * route.gutters.len());
    let first = route.heights.first().copied().unwrap_or(0);
    points.push((start, first));
    for (gutter, pair) in route.gutters.iter().zip(route.heights.windows(2)) {
        let x = track(*gutter, &route.bus);
        points.push((x, pair[0]));
        points.push((x, pair[1]));
    }
    points.push((end, route.heights.last().copied().unwrap_or(first)));
    (points, points_right)
}

/// A path along corners, rounded where there is room.
fn path(points: &[(i32, i32)]) -> String {
    let mut path = String::with_capacity(64);
    let Some(first) = points.first() else { return path };
    let _ = write!(path, "M{} {}", first.0, first.1);
    for corner in points.windows(3) {
        let (a, b, c) = (corner[0], corner[1], corner[2]);
        let (before, after) = (length(a, b), length(b, c));
        // Half of a short segment belongs to each of its two corners.
        let radius = RADIUS.min(before / 2).min(after / 2);
        let from = toward(b, a, radius);
        let to = toward(b, c, radius);
        let _ = if from.1 == a.1 { write!(path, "H{}", from.0) } else { write!(path, "V{}", from.1) };
        if radius > 0 {
            let _ = write!(path, "Q{} {} {} {}", b.0, b.1, to.0, to.1);
        }
    }
    if let [.., before, last] = points {
        let _ = if before.1 == last.1 { write!(path, "H{}", last.0) } else { write!(path, "V{}", last.1) };
    }
    path
}

const fn length(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// The point `by` pixels from `point` on the straight line to `other`.
const fn toward(point: (i32, i32), other: (i32, i32), by: i32) -> (i32, i32) {
    (point.0 + (other.0 - point.0).signum() * by, point.1 + (other.1 - point.1).signum() * by)
}

fn card(block: &Block, (x, y, width): (i32, i32, i32)) -> PlacedCard {
    let row = |item: &Item| PlacedRow {
        node: item.node,
        area: Area { x, y: y + item.top, width, height: item.height },
        lines: item.lines.clone(),
    };
    PlacedCard {
        card: block.card,
        part: block.part,
        area: Area { x, y, width, height: block.height },
        heading: row(&block.heading),
        rows: block.rows.iter().map(row).collect(),
    }
}

/// An arrow head with its tip at a point.
fn outline((x, y, right): (i32, i32, bool), arrow: i32) -> String {
    let half = arrow / 2 + 1;
    let back = if right { -arrow - 1 } else { arrow + 1 };
    format!("M{x} {y}l{back} {}v{}z", -half, 2 * half)
}
