//! Walks through a tree in the order of the text.

use super::tree::{NodeId, Tree};

/// A step of a walk. What holds nothing is entered and not left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

/// A walk through a part of the tree, in the order of the text.
#[derive(Debug, Clone)]
pub(in crate::markdown) struct Walk<'t> {
    tree: &'t Tree,
    next: u32,
    end: u32,
    open: Vec<u32>,
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if let Some(open) = self.open.last().copied()
            && self.tree.nodes.next(open) <= self.next
        {
            self.open.pop();
            return Some(Step::Leave(NodeId(open)));
        }
        if self.next >= self.end {
            return None;
        }
        let id = NodeId(self.next);
        self.next += 1;
        if self.tree.kind(id).is_container() {
            self.open.push(id.0);
        }
        Some(Step::Enter(id))
    }
}

impl<'t> Walk<'t> {
    pub(super) const fn new(tree: &'t Tree, first: NodeId, end: u32) -> Self {
        Self { tree, next: first.0, end, open: Vec::new() }
    }

    /// Passes over what the node holds that was just entered; it is left next.
    pub(in crate::markdown) fn skip_inside(&mut self) {
        if let Some(open) = self.open.last() {
            self.next = self.tree.nodes.next(*open);
        }
    }

    /// Passes over the rest of the node that was just entered, its end included.
    pub(in crate::markdown) fn skip_node(&mut self) {
        self.skip_inside();
        self.open.pop();
    }

    /// The next node that will be entered in the one that is open.
    pub(in crate::markdown) fn peek(&self) -> Option<NodeId> {
        let end = self.open.last().map_or(self.end, |open| self.tree.nodes.next(*open));
        (self.next < end).then_some(NodeId(self.next))
    }
}
