//! The nodes of a tree, most of them in eight bytes each.
//!
//! All chapters' nodes are held as long as the handbook is, and there is one for some
//! twenty-five bytes of text. Nearly all are short, hold few others, and are of a kind that says
//! all; what does not fit stands in a second list.

use super::tree::{Kind, StringId, exact};

/// A node as it is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The first node behind it and all that it holds.
    pub(super) next: u32,
}

/// Kinds that say all, the frequent ones first. A node of theirs has in place of a number how
/// many nodes it holds.
static PLAIN: [Kind; 22] = [
    Kind::Text,
    Kind::SoftBreak,
    Kind::Paragraph,
    Kind::Item,
    Kind::TableCell,
    Kind::Strong,
    Kind::Emphasis,
    Kind::TableRow,
    Kind::BulletList,
    Kind::HtmlBlock,
    Kind::HardBreak,
    Kind::TableHead,
    Kind::Rule,
    Kind::Quote(None),
    Kind::AlertTitle,
    Kind::DefinitionList,
    Kind::DefinitionTitle,
    Kind::Definition,
    Kind::Strikethrough,
    Kind::Mark,
    Kind::Task(false),
    Kind::Task(true),
];
/// The tags of kinds that hold nothing and have a number.
const WORDS: u64 = 32;
const CODE: u64 = 33;
const HTML: u64 = 34;
const INLINE_HTML: u64 = 35;
/// A node of the second list.
const WIDE: u64 = 63;

/// How many bits the place, the length, and the number of a node have; six more say its kind.
const PLACE: u32 = 26;
const LENGTH: u32 = 18;
const NUMBER: u32 = 14;

/// Nodes in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Nodes {
    packed: Box<[u64]>,
    wide: Vec<Node>,
}

impl Nodes {
    pub(super) fn new(nodes: &[Node]) -> Self {
        let mut wide =
            Vec::with_capacity(nodes.iter().zip(0..).filter(|(node, at)| pack(node, *at).is_none()).count());
        let packed =
            (0..).zip(nodes).map(|(at, node)| pack(node, at).unwrap_or_else(|| push(&mut wide, *node)));
        Self { packed: packed.collect(), wide }
    }

    pub(super) fn len(&self) -> usize {
        self.packed.len()
    }

    /// A node. Whoever needs one part of it only asks for that: walks ask for millions.
    pub(super) fn get(&self, at: u32) -> Node {
        let (start, end) = self.place(at);
        Node { kind: self.kind(at), start, end, next: self.next(at) }
    }

    #[inline]
    pub(super) fn kind(&self, at: u32) -> Kind {
        let packed = self.packed[at as usize];
        match tag(packed) {
            WIDE => self.wide(packed).kind,
            WORDS => Kind::Words(StringId(number(packed))),
            CODE => Kind::Code(StringId(number(packed))),
            HTML => Kind::Html(number(packed)),
            INLINE_HTML => Kind::InlineHtml(number(packed)),
            plain => PLAIN[plain as usize],
        }
    }

    /// The first node behind one and all that it holds.
    #[inline]
    pub(super) fn next(&self, at: u32) -> u32 {
        let packed = self.packed[at as usize];
        match tag(packed) {
            WIDE => self.wide(packed).next,
            WORDS.. => at + 1,
            _ => at + 1 + number(packed),
        }
    }

    /// Where a node begins and ends.
    #[inline]
    pub(super) fn place(&self, at: u32) -> (u32, u32) {
        let packed = self.packed[at as usize];
        if tag(packed) == WIDE {
            let node = self.wide(packed);
            return (node.start, node.end);
        }
        let start = bits(packed, NUMBER + LENGTH, PLACE);
        (start, start + bits(packed, NUMBER, LENGTH))
    }

    fn wide(&self, packed: u64) -> &Node {
        &self.wide[bits(packed, 0, u32::BITS) as usize]
    }

    /// Makes another kind of a node.
    pub(super) fn set_kind(&mut self, at: u32, kind: Kind) {
        let node = Node { kind, ..self.get(at) };
        self.packed[at as usize] = pack(&node, at).unwrap_or_else(|| push(&mut self.wide, node));
    }

    /// How many nodes begin at places that are asked for, which are the first ones.
    pub(super) fn partition_point(&self, is_before: impl Fn(u32) -> bool) -> u32 {
        let (mut from, mut to) = (0, super::tree::short(self.len()));
        while from < to {
            let middle = from + (to - from) / 2;
            if is_before(self.place(middle).0) { from = middle + 1 } else { to = middle }
        }
        from
    }

    /// Gives back memory that was taken for nodes of other kinds.
    pub(super) fn shrink(&mut self) {
        exact(&mut self.wide);
    }
}

#[inline]
const fn bits(packed: u64, from: u32, count: u32) -> u32 {
    (packed >> from & ((1 << count) - 1)) as u32
}

#[inline]
const fn tag(packed: u64) -> u64 {
    packed >> (NUMBER + LENGTH + PLACE)
}

#[inline]
const fn number(packed: u64) -> u32 {
    bits(packed, 0, NUMBER)
}

fn push(wide: &mut Vec<Node>, node: Node) -> u64 {
    wide.push(node);
    WIDE << (NUMBER + LENGTH + PLACE) | (wide.len() - 1) as u64
}

/// A node in eight bytes, if it fits.
fn pack(node: &Node, at: u32) -> Option<u64> {
    let inside = node.next.checked_sub(at + 1)?;
    let (tag, number) = match node.kind {
        Kind::Words(id) => (WORDS, id.0),
        Kind::Code(id) => (CODE, id.0),
        Kind::Html(index) => (HTML, index),
        Kind::InlineHtml(index) => (INLINE_HTML, index),
        kind => (PLAIN.iter().position(|plain| *plain == kind)? as u64, inside),
    };
    if tag >= WORDS && inside > 0 {
        return None;
    }
    let fits = |number: u32, bits: u32| (number < 1 << bits).then_some(u64::from(number));
    let length = fits(node.end.checked_sub(node.start)?, LENGTH)?;
    let (place, number) = (fits(node.start, PLACE)?, fits(number, NUMBER)?);
    Some(tag << (NUMBER + LENGTH + PLACE) | place << (NUMBER + LENGTH) | length << NUMBER | number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_read_as_they_were_written_whether_they_fit_or_not() {
        let node = |kind, start, end, next| Node { kind, start, end, next };
        let all = [
            node(Kind::Paragraph, 0, 40, 9),
            node(Kind::Text, 0, 5, 2),
            node(Kind::Words(StringId(1 << 14)), 5, 6, 3),
            node(Kind::Words(StringId(7)), 5, 6, 4),
            node(Kind::Code(StringId(8)), 6, 9, 5),
            node(Kind::Html(3), 9, 11, 6),
            node(Kind::InlineHtml(4), 11, 11, 7),
            node(Kind::Link(5), 12, 15, 9),
            node(Kind::Task(true), 12, 15, 9),
            node(Kind::Paragraph, (1 << 26) - 1, (1 << 26) + 3, 10 + (1 << 14)),
            node(Kind::Text, 1 << 26, (1 << 26) + 1, 11),
            node(Kind::Text, 7, 7 + (1 << 18), 12),
            node(Kind::Quote(None), 9, 8, 13),
            node(Kind::Heading(6, 1), u32::MAX - 1, u32::MAX, 14),
        ];
        let mut nodes = Nodes::new(&all);
        let read = |nodes: &Nodes| (0..).take(nodes.len()).map(|at| nodes.get(at)).collect::<Vec<_>>();
        assert_eq!(read(&nodes), all);
        assert_eq!((nodes.wide.len(), nodes.wide.capacity()), (7, 7));
        nodes.set_kind(0, Kind::Clause(2));
        nodes.set_kind(7, Kind::Strong);
        assert_eq!(
            (nodes.get(0).kind, nodes.get(7)),
            (Kind::Clause(2), Node { kind: Kind::Strong, ..all[7] })
        );
        assert_eq!(nodes.partition_point(|start| start < 6), 4);
    }

    #[test]
    fn every_plain_kind_has_its_place() {
        for (at, kind) in PLAIN.iter().enumerate() {
            assert_eq!(PLAIN.iter().position(|other| other == kind), Some(at));
        }
        assert!(PLAIN.len() <= WORDS as usize);
    }
}
