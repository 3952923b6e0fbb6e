//! Chains of superiors, made safe to walk.
//!
//! Each entry names the one above it. Circles are cut, and so are chains of
//! more levels than a page can show. Each entry is visited twice at most, so
//! that a chain of a hundred thousand takes no longer than as many pairs.

use crate::id::{Id, IdVec};

/// Levels that departments, or roles, may lie below one another.
pub(super) const MAX_LEVELS: usize = 64;

/// Why a link upwards was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It leads back to its own entry.
    Circle,
    /// Too many are above it.
    TooDeep,
}

/// Cuts what is wrong; says where, each entry once.
pub(super) fn repair<I: Id>(above: &mut IdVec<I, Option<I>>) -> Vec<(I, Fault)> {
    let mut faults = Vec::new();
    let mut levels = IdVec::for_each_of(above, 0_usize);
    let mut on_path = IdVec::for_each_of(above, false);
    let mut path: Vec<I> = Vec::new();
    for start in above.ids() {
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| levels[*at] == 0) {
            if on_path[at] {
                // The entry that is written first is told.
                let from = path.iter().position(|known| *known == at).unwrap_or(0);
                let first = path[from..].iter().copied().min().unwrap_or(at);
                faults.push((first, Fault::Circle));
                above[first] = None;
                break;
            }
            on_path[at] = true;
            path.push(at);
            next = above[at];
        }
        // From the top down. A circle's way begins at the entry that was cut.
        let cut = path.iter().rposition(|at| above[*at].is_none()).map_or(0, |at| at + 1);
        path.rotate_left(cut);
        for at in path.drain(..).rev() {
            on_path[at] = false;
            let level = above[at].map_or(1, |up| levels[up] + 1);
            let deep = level > MAX_LEVELS;
            if deep {
                faults.push((at, Fault::TooDeep));
                above[at] = None;
            }
            levels[at] = if deep { 1 } else { level };
        }
    }
    faults.sort_by_key(|(at, _)| *at);
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RoleId;

    fn faults(above: Vec<Option<usize>>) -> Vec<(usize, Fault)> {
        let ids = above.into_iter().map(|id| id.map(RoleId::new));
        let mut above: IdVec<RoleId, Option<RoleId>> = ids.collect();
        let faults = repair(&mut above);
        for start in above.ids() {
            let chain = std::iter::successors(Some(start), |at| above[*at]);
            assert!(chain.take(MAX_LEVELS + 1).count() <= MAX_LEVELS, "{start:?}");
        }
        faults.into_iter().map(|(id, fault)| (id.index(), fault)).collect()
    }

    #[test]
    fn circles_are_cut_at_their_first_entry() {
        assert_eq!(faults(vec![Some(1), Some(2), Some(1)]), [(1, Fault::Circle)]);
        assert_eq!(faults(vec![Some(0), None]), [(0, Fault::Circle)]);
        assert_eq!(faults(vec![Some(2), Some(0), Some(3), Some(2), Some(1)]), [(2, Fault::Circle)]);
        assert_eq!(faults(vec![Some(1), None, Some(0)]), []);
    }

    #[test]
    fn long_chains_are_cut() {
        let down: Vec<Option<usize>> = (0..100_000_usize).map(|at| at.checked_sub(1)).collect();
        let deep = faults(down);
        assert_eq!((deep.len(), deep[0]), (1_562, (64, Fault::TooDeep)));
        let up = (1..=100_000).map(|at| (at < 100_000).then_some(at)).collect();
        assert_eq!(faults(up).len(), 1_562);
        let round = (1..=1_000).map(|at| Some(at % 1_000)).collect();
        assert_eq!(faults(round).iter().filter(|fault| fault.1 == Fault::Circle).count(), 1);
    }
}
