//! Which block stands in which column, and in which order.
//!
//! Blocks fill the columns in reading order. Then they change places as long as
//! that makes the lines shorter and the columns no more uneven. The search is
//! bounded, and the same for the same scene.

use super::blocks::{Block, Blocks};
use super::{Edge, Side, Viewport};
use std::collections::BTreeMap;

/// Between two blocks of a column.
pub(super) const GAP: i32 = 24;
/// Rounds of changing places at most, and blocks beyond which none is tried.
const ROUNDS: usize = 4;
const MAX_MOVABLE: usize = 60;
/// What going one column farther costs, in pixels.
const COLUMN: i64 = 200;

/// Blocks by column, from the left.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) order: Vec<Vec<usize>>,
    pub(super) widths: Vec<i32>,
    /// Whether the blocks of a column are spread over the whole height.
    pub(super) spread: Vec<bool>,
}

/// How often blocks refer to each other, either way.
type Attraction = BTreeMap<(usize, usize), i64>;

pub(super) fn arrange(blocks: &Blocks, edges: &[Edge], viewport: Viewport) -> Columns {
    let on_side = |side: Side| -> Vec<usize> {
        (0..blocks.list.len()).filter(|index| blocks.list[*index].side == side).collect()
    };
    if viewport.columns <= 1 {
        let all = [on_side(Side::Before), on_side(Side::Middle), on_side(Side::After)].concat();
        return Columns { order: vec![all], widths: vec![blocks.widths[1]], spread: vec![false] };
    }
    let attraction = attraction(blocks, edges);
    let middle = swap_while_better(
        &blocks.list,
        fill(&blocks.list, &on_side(Side::Middle), blocks.columns),
        &attraction,
    );
    let centres = centres(&blocks.list, &middle);
    let sided = blocks.list.iter().any(|block| block.side != Side::Middle);
    let mut columns = Columns::default();
    let mut push = |order: Vec<usize>, side: Side| {
        if !order.is_empty() {
            columns.order.push(order);
            columns.widths.push(blocks.widths[side as usize]);
            columns.spread.push(sided);
        }
    };
    push(order_by_partners(on_side(Side::Before), &attraction, &centres), Side::Before);
    for column in middle {
        push(column, Side::Middle);
    }
    push(order_by_partners(on_side(Side::After), &attraction, &centres), Side::After);
    columns
}

fn attraction(blocks: &Blocks, edges: &[Edge]) -> Attraction {
    let mut attraction = Attraction::new();
    for edge in edges {
        let ends = (blocks.nodes.get(&edge.from), blocks.nodes.get(&edge.to));
        if let (Some((from, _)), Some((to, _))) = ends
            && from != to
        {
            let weight = i64::try_from(edge.weight.min(12)).unwrap_or(1);
            *attraction.entry((*from.min(to), *from.max(to))).or_default() += weight;
        }
    }
    attraction
}

/// Blocks in reading order over columns of about the same height.
fn fill(blocks: &[Block], order: &[usize], columns: usize) -> Vec<Vec<usize>> {
    let height = |index: &usize| blocks[*index].height + GAP;
    let total: i32 = order.iter().map(height).sum();
    let columns = columns.clamp(1, order.len().max(1));
    let mut filled: Vec<Vec<usize>> = vec![Vec::new(); columns];
    let mut before = 0;
    for index in order {
        let centre = before + height(index) / 2;
        let column =
            usize::try_from(i64::from(centre) * columns as i64 / i64::from(total.max(1))).unwrap_or(0);
        filled[column.min(columns - 1)].push(*index);
        before += height(index);
    }
    filled
}

/// The middle of each block: column and height.
fn centres(blocks: &[Block], columns: &[Vec<usize>]) -> BTreeMap<usize, (i64, i64)> {
    let mut centres = BTreeMap::new();
    for (column, order) in columns.iter().enumerate() {
        let mut top = 0;
        for index in order {
            centres.insert(*index, (column as i64, i64::from(top + blocks[*index].height / 2)));
            top += blocks[*index].height + GAP;
        }
    }
    centres
}

fn cost(blocks: &[Block], columns: &[Vec<usize>], attraction: &Attraction) -> i64 {
    let centres = centres(blocks, columns);
    let mut cost = 0;
    let mut all = 1;
    for ((a, b), weight) in attraction {
        if let (Some(a), Some(b)) = (centres.get(a), centres.get(b)) {
            cost += weight * ((a.0 - b.0).abs() * COLUMN + (a.1 - b.1).abs());
            all += weight;
        }
    }
    let height =
        |order: &Vec<usize>| order.iter().map(|index| i64::from(blocks[*index].height + GAP)).sum::<i64>();
    let highest = columns.iter().map(height).max().unwrap_or(0);
    cost + highest * (all / 3 + 4)
}

/// Changes places while that helps.
fn swap_while_better(
    blocks: &[Block],
    mut columns: Vec<Vec<usize>>,
    attraction: &Attraction,
) -> Vec<Vec<usize>> {
    let movable: Vec<usize> =
        columns.iter().flatten().copied().filter(|index| blocks[*index].part.count == 1).collect();
    if movable.len() > MAX_MOVABLE || attraction.is_empty() {
        return columns;
    }
    let mut best = cost(blocks, &columns, attraction);
    for _ in 0..ROUNDS {
        let before = best;
        for (place, a) in movable.iter().enumerate() {
            for b in &movable[place + 1..] {
                swap(&mut columns, *a, *b);
                let now = cost(blocks, &columns, attraction);
                if now < best {
                    best = now;
                } else {
                    swap(&mut columns, *a, *b);
                }
            }
            best = move_to_other_column(blocks, &mut columns, attraction, *a, best);
        }
        if best == before {
            break;
        }
    }
    columns
}

fn swap(columns: &mut [Vec<usize>], a: usize, b: usize) {
    for index in columns.iter_mut().flatten() {
        if *index == a {
            *index = b;
        } else if *index == b {
            *index = a;
        }
    }
}

/// Moves a block to the end of another column, where that helps.
fn move_to_other_column(
    blocks: &[Block],
    columns: &mut Vec<Vec<usize>>,
    attraction: &Attraction,
    block: usize,
    best: i64,
) -> i64 {
    for column in 0..columns.len() {
        let mut moved = columns.clone();
        moved.iter_mut().for_each(|order| order.retain(|index| *index != block));
        moved[column].push(block);
        if moved.iter().any(Vec::is_empty) {
            continue;
        }
        let now = cost(blocks, &moved, attraction);
        if now < best {
            *columns = moved;
            return now;
        }
    }
    best
}

/// The blocks of a side, each about where its partners are.
fn order_by_partners(
    mut order: Vec<usize>,
    attraction: &Attraction,
    centres: &BTreeMap<usize, (i64, i64)>,
) -> Vec<usize> {
    let mean = |block: usize| {
        let partners = attraction.iter().filter_map(|((a, b), weight)| {
            let other = if *a == block { b } else { a };
            let mine = *a == block || *b == block;
            centres.get(other).filter(|_| mine).map(|centre| (centre.1, *weight))
        });
        let (sum, all) = partners.fold((0, 0), |(sum, all), (y, weight)| (sum + y * weight, all + weight));
        sum / all.max(1)
    };
    order.sort_by_cached_key(|block| (mean(*block), *block));
    order
}
