//! Routes the lines through channels: gaps between cards and gutters between columns.
//!
//! Lines that share an end form a bus: all references to one target, or all from one group
//! outside to chapters inside. A bus has one track in each gutter that it runs through, and
//! one lane in each gap through which it crosses a column. Coordinates of ports, lanes and
//! tracks leave different remainders modulo eight, so two buses never overlap, wherever the
//! cards are.

use super::blocks::Blocks;
use super::columns::{Columns, GAP};
use super::{Edge, Node};
use std::collections::{BTreeMap, BTreeSet};

/// Between two lanes of a gap.
const LANE: i32 = 4;
/// Free space above the first and below the last lane of a gap.
const SHOULDER: i32 = 10;
/// How far the blocks of a spread column may stand apart.
const SPREAD: i32 = 120;

/// The direction of a bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Right,
    Left,
    /// Out on the left of a column and in again.
    LoopLeft,
    /// Out on the right of a column and in again.
    LoopRight,
}

/// Lines with a common end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bus {
    pub(super) key: Node,
    /// Whether `key` is where they begin; else they end there.
    pub(super) begins: bool,
    pub(super) direction: Direction,
}

/// The route of an edge: heights from gutter to gutter.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) edge: Edge,
    pub(super) bus: Bus,
    /// Columns of the source and the target.
    pub(super) columns: (usize, usize),
    /// Gutters, in the order of travel; gutter `g` lies left of column `g`.
    pub(super) gutters: Vec<usize>,
    /// Heights at the source, in each lane, and at the target.
    pub(super) heights: Vec<i32>,
}

/// All routes.
#[derive(Debug, Clone, Default)]
pub(super) struct Routes {
    pub(super) list: Vec<Route>,
    /// Upper edge of each block.
    pub(super) tops: Vec<i32>,
    pub(super) height: i32,
    /// Track of each bus in each gutter, from the left, and how many there are.
    pub(super) tracks: BTreeMap<(usize, Bus), usize>,
    pub(super) counts: Vec<usize>,
}

/// Gap of a column: before its block of this number.
type Gap = (usize, usize);

pub(super) fn plan(blocks: &Blocks, columns: &Columns, edges: &[Edge], scale: i32) -> Routes {
    let mut column_of = vec![0; blocks.list.len()];
    for (column, order) in columns.order.iter().enumerate() {
        for at in order {
            column_of[*at] = column;
        }
    }
    let first = tops(blocks, columns, &BTreeMap::new());
    let mut routes = Routes::default();
    let mut crossed: BTreeMap<Gap, BTreeSet<Bus>> = BTreeMap::new();
    let mut gaps: Vec<Vec<Gap>> = Vec::new();
    for edge in edges {
        let ends = (blocks.nodes.get(&edge.from), blocks.nodes.get(&edge.to));
        let (Some((from, _)), Some((to, _))) = ends else { continue };
        let route = new_route(*edge, (column_of[*from], column_of[*to]), columns.order.len());
        let (block, middle) = blocks.nodes.get(&route.bus.key).copied().unwrap_or_default();
        let y = first.0[block] + middle;
        let lanes = route.gutters.windows(2).map(|pair| {
            let column = pair[0].min(pair[1]);
            (column, nearest_gap(blocks, &columns.order[column], &first.0, y))
        });
        let lanes: Vec<Gap> = lanes.collect();
        for gap in &lanes {
            crossed.entry(*gap).or_default().insert(route.bus);
        }
        gaps.push(lanes);
        routes.list.push(route);
    }
    (routes.tops, routes.height) = tops(blocks, columns, &heights_of(&crossed, scale));
    let lanes = lanes(blocks, columns, &routes.tops, &crossed, scale);
    for (route, gaps) in routes.list.iter_mut().zip(&gaps) {
        let port = |node: Node, leaves: bool, side: Facing| {
            let (block, middle) = blocks.nodes.get(&node).copied().unwrap_or_default();
            routes.tops[block] + middle + offset(leaves, side, scale)
        };
        let (out, into) = facing(route.bus.direction);
        route.heights.push(port(route.edge.from, true, out));
        route.heights.extend(gaps.iter().filter_map(|gap| lanes.get(&(*gap, route.bus))));
        route.heights.push(port(route.edge.to, false, into));
    }
    assign_tracks(&mut routes, columns.order.len());
    routes
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facing {
    Left,
    Right,
}

const fn facing(direction: Direction) -> (Facing, Facing) {
    match direction {
        Direction::Right => (Facing::Right, Facing::Left),
        Direction::Left => (Facing::Left, Facing::Right),
        Direction::LoopLeft => (Facing::Left, Facing::Left),
        Direction::LoopRight => (Facing::Right, Facing::Right),
    }
}

/// Lines leave above the middle and come in below it. Middles are multiples of
/// eight, and these four remainders differ, so ports never meet across a gutter.
const fn offset(leaves: bool, side: Facing, scale: i32) -> i32 {
    match (side, leaves, scale) {
        (Facing::Right, true, 1) => -5,
        (Facing::Right, false, 1) => 1,
        (Facing::Left, true, 1) => -1,
        (Facing::Left, false, 1) => 5,
        (Facing::Right, true, _) => -7,
        (Facing::Right, false, _) => 3,
        (Facing::Left, true, _) => -3,
        (Facing::Left, false, _) => 7,
    }
}

fn new_route(edge: Edge, columns: (usize, usize), count: usize) -> Route {
    let (from, to) = columns;
    let direction = match from.cmp(&to) {
        std::cmp::Ordering::Less => Direction::Right,
        std::cmp::Ordering::Greater => Direction::Left,
        std::cmp::Ordering::Equal if from == 0 && count > 1 => Direction::LoopLeft,
        std::cmp::Ordering::Equal => Direction::LoopRight,
    };
    let gutters = match direction {
        Direction::Right => (from + 1..=to).collect(),
        Direction::Left => (to + 1..=from).rev().collect(),
        Direction::LoopLeft => vec![from],
        Direction::LoopRight => vec![from + 1],
    };
    let begins = edge.from.row.is_none() && edge.to.row.is_some();
    let key = if begins { edge.from } else { edge.to };
    Route { edge, bus: Bus { key, begins, direction }, columns, gutters, heights: Vec::new() }
}

fn nearest_gap(blocks: &Blocks, order: &[usize], tops: &[i32], y: i32) -> usize {
    let above = |place: usize| match order.get(place) {
        Some(block) => tops[*block] - GAP / 2,
        None => order.last().map_or(0, |block| tops[*block] + blocks.list[*block].height + GAP / 2),
    };
    (0..=order.len()).min_by_key(|place| (above(*place) - y).abs()).unwrap_or(0)
}

/// How high each gap that is crossed must be.
fn heights_of(crossed: &BTreeMap<Gap, BTreeSet<Bus>>, scale: i32) -> BTreeMap<Gap, i32> {
    let height = |buses: &BTreeSet<Bus>| {
        let lanes = i32::try_from(buses.len()).unwrap_or(0) * LANE * scale;
        (2 * SHOULDER + lanes + 7) / 8 * 8
    };
    crossed.iter().map(|(gap, buses)| (*gap, height(buses))).collect()
}

/// Upper edges of all blocks, and the height of the whole.
fn tops(blocks: &Blocks, columns: &Columns, gaps: &BTreeMap<Gap, i32>) -> (Vec<i32>, i32) {
    let mut tops = vec![0; blocks.list.len()];
    let gap = |column: usize, place: usize, count: usize| {
        let least = if place == 0 || place == count { 8 } else { GAP };
        gaps.get(&(column, place)).copied().unwrap_or(0).max(least)
    };
    let high = |column: usize| {
        let order = &columns.order[column];
        let own: i32 = order.iter().map(|at| blocks.list[*at].height).sum();
        own + (0..=order.len()).map(|place| gap(column, place, order.len())).sum::<i32>()
    };
    let height = (0..columns.order.len()).map(high).max().unwrap_or(0);
    for (column, order) in columns.order.iter().enumerate() {
        let count = i32::try_from(order.len()).unwrap_or(1).max(1);
        let spare = if columns.spread[column] { (height - high(column)) / (count + 1) } else { 0 };
        let extra = spare.min(SPREAD) / 8 * 8;
        // What is left over after spreading stands half above.
        let rest = if columns.spread[column] { height - high(column) - extra * (count - 1) } else { 0 };
        let mut y = (rest / 2).max(0) / 8 * 8;
        for (place, at) in order.iter().enumerate() {
            y += gap(column, place, order.len()) + if place > 0 { extra } else { 0 };
            tops[*at] = y;
            y += blocks.list[*at].height;
        }
    }
    (tops, height)
}

/// The height of each lane. Lanes of neighbouring columns lie on different
/// even numbers; ports lie on odd ones.
fn lanes(
    blocks: &Blocks,
    columns: &Columns,
    tops: &[i32],
    crossed: &BTreeMap<Gap, BTreeSet<Bus>>,
    scale: i32,
) -> BTreeMap<(Gap, Bus), i32> {
    let mut lanes = BTreeMap::new();
    for ((column, place), buses) in crossed {
        let order = &columns.order[*column];
        let above = place.checked_sub(1).and_then(|before| order.get(before));
        let top = above.map_or(0, |block| tops[*block] + blocks.list[*block].height);
        let bottom = order.get(*place).map(|block| tops[*block]);
        let count = i32::try_from(buses.len()).unwrap_or(0) * LANE * scale;
        let free = bottom.map_or(0, |bottom| (bottom - top - 2 * SHOULDER - count).max(0) / 2);
        let start = (top + SHOULDER + free) / 4 * 4 + if column % 2 == 0 { 0 } else { 2 };
        for (bus, y) in buses.iter().zip((start..).step_by(usize::try_from(LANE * scale).unwrap_or(4))) {
            lanes.insert(((*column, *place), *bus), y);
        }
    }
    lanes
}

/// Gives each bus a track in each gutter it runs through. Short ones lie near
/// the column they belong to, so that they are not crossed by long ones.
fn assign_tracks(routes: &mut Routes, columns: usize) {
    let mut spans: BTreeMap<(usize, Bus), (i32, i32)> = BTreeMap::new();
    for route in &routes.list {
        for (gutter, pair) in route.gutters.iter().zip(route.heights.windows(2)) {
            let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let span = spans.entry((*gutter, route.bus)).or_insert((low, high));
            *span = (span.0.min(low), span.1.max(high));
        }
    }
    routes.counts = vec![0; columns + 1];
    for gutter in 0..=columns {
        let mut here: Vec<(Bus, (i32, i32))> = spans
            .range((gutter, FIRST)..)
            .take_while(|((at, _), _)| *at == gutter)
            .map(|((_, bus), span)| (*bus, *span))
            .collect();
        here.sort_by_key(|(bus, span)| (span.1 - span.0, span.0, *bus));
        let (left, right): (Vec<_>, Vec<_>) = here.into_iter().partition(|(bus, _)| at_left(bus));
        let (left, on_left) = pack_tracks(&left);
        let (right, on_right) = pack_tracks(&right);
        for (bus, track) in left {
            routes.tracks.insert((gutter, bus), track);
        }
        for (bus, track) in right {
            routes.tracks.insert((gutter, bus), on_left + on_right - 1 - track);
        }
        routes.counts[gutter] = on_left + on_right;
    }
}

/// The least of all buses.
const FIRST: Bus = Bus { key: Node { card: 0, row: None }, begins: false, direction: Direction::Right };

/// Whether a bus belongs to the column on the left of its gutter.
const fn at_left(bus: &Bus) -> bool {
    match bus.direction {
        Direction::Right => bus.begins,
        Direction::Left => !bus.begins,
        Direction::LoopLeft => false,
        Direction::LoopRight => true,
    }
}

/// The first track on which each span is free, counted from its column.
fn pack_tracks(spans: &[(Bus, (i32, i32))]) -> (Vec<(Bus, usize)>, usize) {
    let mut tracks: Vec<Vec<(i32, i32)>> = Vec::new();
    let mut placed = Vec::with_capacity(spans.len());
    for (bus, (low, high)) in spans {
        let free = |taken: &Vec<(i32, i32)>| taken.iter().all(|(a, b)| *b + 12 < *low || *high + 12 < *a);
        let track = tracks.iter().position(free).unwrap_or(tracks.len());
        if track == tracks.len() {
            tracks.push(Vec::new());
        }
        tracks[track].push((*low, *high));
        placed.push((*bus, track));
    }
    let count = tracks.len();
    (placed, count)
}
