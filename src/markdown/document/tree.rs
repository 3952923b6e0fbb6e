//! The tree that a text is parsed into.
//!
//! All nodes stand in one list, in the order of the text, each before what it
//! holds. A node knows where its last descendant stands, so that a reader can
//! walk the list from front to back or pass over a whole part. A node has a kind
//! and a place in the file. Text is not copied: a node's words are its place in
//! the file, unless the parser reads other words there (an entity, an escape).

use super::super::container::Shape;
use super::super::raw::Tag;
use super::Walk;
use super::nodes::Nodes;
use super::rare::RareNodes;
use crate::lean::Lean;
use pulldown_cmark::BlockQuoteKind;
use std::ops::Range;
use std::sync::Arc;

/// What a node is. Numbers are indices into the lists that the kind names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Kind {
    Paragraph,
    /// A paragraph that begins with 第X条: its index among the clauses.
    Clause(u32),
    /// A heading: its level as written, and its index among the headings.
    Heading(u8, u32),
    Quote(Option<BlockQuoteKind>),
    /// A quote with a label of our own: its index among the alerts.
    Alert(u32),
    /// A container that is no alert: tabs and the like.
    Box(Shape),
    /// The title of an alert or box that has one of its own.
    AlertTitle,
    /// A block of code and what is said of it; empty where it is indented.
    CodeBlock(StringId),
    BulletList,
    /// A numbered list and its first number.
    OrderedList(u32),
    Item,
    /// The definition of a footnote, and its name.
    Footnote(StringId),
    DefinitionList,
    DefinitionTitle,
    Definition,
    /// A table: its index among the lists of alignments.
    Table(u32),
    TableHead,
    TableRow,
    TableCell,
    HtmlBlock,
    Rule,
    /// Text that stands in the file as it is read.
    Text,
    /// Text that is written otherwise in the file.
    Words(StringId),
    Code(StringId),
    /// A formula in TeX, and whether it stands in a line of its own.
    Formula(StringId, bool),
    SoftBreak,
    HardBreak,
    /// Raw HTML as a block of its own: its index among the fragments.
    Html(u32),
    /// Raw HTML in a line: its index among the fragments.
    InlineHtml(u32),
    FootnoteReference(StringId),
    /// The box of a task, ticked or not.
    Task(bool),
    Emphasis,
    Strong,
    Strikethrough,
    /// `==words==`.
    Mark,
    /// A link: its index among the destinations.
    Link(u32),
    /// An image, or a quotation of another chapter: its index among the destinations.
    Image(u32),
}

impl Kind {
    /// Whether it may hold other nodes.
    pub(in crate::markdown) const fn is_container(self) -> bool {
        !matches!(
            self,
            Self::Rule
                | Self::Text
                | Self::Words(_)
                | Self::Code(_)
                | Self::Formula(..)
                | Self::SoftBreak
                | Self::HardBreak
                | Self::Html(_)
                | Self::InlineHtml(_)
                | Self::FootnoteReference(_)
                | Self::Task(_)
        )
    }
}

/// A text among [`Strings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) struct StringId(pub(super) u32);

/// Texts that do not stand in the file as they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Strings {
    all: String,
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn push(&mut self, text: &str) -> StringId {
        let id = StringId(short(self.ends.len()));
        self.all.push_str(text);
        self.ends.push(short(self.all.len()));
        id
    }

    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
        exact(&mut self.ends);
    }

    fn get(&self, id: StringId) -> &str {
        let index = id.0 as usize;
        let end = self.ends.get(index).map_or(0, |end| *end as usize);
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.all.get(start..end).unwrap_or("")
    }
}

/// A node, by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::markdown) struct NodeId(pub(super) u32);

impl NodeId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// How the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Alignment {
    None,
    Left,
    Center,
    Right,
}

/// Where a link or image leads, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Destination {
    pub(in crate::markdown) url: Box<str>,
    pub(in crate::markdown) title: Box<str>,
    pub(in crate::markdown) form: LinkForm,
}

/// How a link or image is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum LinkForm {
    /// `[words](url)` and its relatives.
    Plain,
    /// `<https://…>`.
    Address,
    /// `<name@example.com>`.
    Mail,
    /// An address in running text, without brackets around it.
    Bare,
    /// `[[title]]`, and whether it has words of its own.
    Wiki(bool),
    /// It leads to what the readers may not see, and says no more.
    Withheld,
}

impl Destination {
    /// Whether it is written `[[title]]` or `![[title]]`.
    pub(in crate::markdown) const fn is_wiki(&self) -> bool {
        matches!(self.form, LinkForm::Wiki(_))
    }
}

/// A quote with a label such as `[!注意]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) struct AlertBox {
    /// Class and interface word of its kind; no word where it shall have no title.
    pub(in crate::markdown) class: &'static str,
    pub(in crate::markdown) word: &'static str,
    /// Whether it can be folded, and then whether it is open.
    pub(in crate::markdown) fold: Option<bool>,
}

/// A piece of raw HTML, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Fragment {
    /// Itself, where it does not stand in the file as it is read.
    pub(super) html: Option<StringId>,
    /// What of it a reader sees.
    pub(super) shown: Option<StringId>,
    /// Whether it parts the words before and behind it.
    pub(super) parts: bool,
    /// Its opening tags that have attributes, in the tree's list.
    pub(super) tags: Range<u32>,
}

/// What a heading says of itself in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct HeadingAttributes {
    pub(super) heading: u32,
    pub(in crate::markdown) id: Option<Box<str>>,
    pub(in crate::markdown) classes: Box<str>,
}

/// A text as a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::markdown) struct Tree {
    pub(super) source: Arc<str>,
    pub(super) nodes: Nodes,
    /// The blocks at the top.
    pub(super) blocks: Vec<u32>,
    pub(super) strings: Strings,
    pub(super) destinations: Vec<Destination>,
    /// What few texts have.
    pub(super) rare: Lean<RareNodes>,
}

pub(super) fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Tree {
    /// The file that places count in.
    pub(in crate::markdown) fn source(&self) -> &str {
        &self.source
    }

    pub(in crate::markdown) fn kind(&self, id: NodeId) -> Kind {
        self.nodes.kind(id.0)
    }

    /// Its place in the file.
    pub(in crate::markdown) fn span(&self, id: NodeId) -> Range<usize> {
        let (start, end) = self.nodes.place(id.0);
        start as usize..end as usize
    }

    /// How the node is written.
    pub(in crate::markdown) fn written(&self, id: NodeId) -> &str {
        self.source.get(self.span(id)).unwrap_or("")
    }

    pub(in crate::markdown) fn string(&self, id: StringId) -> &str {
        self.strings.get(id)
    }

    /// The words of a piece of text, code or TeX.
    pub(in crate::markdown) fn words(&self, id: NodeId) -> Option<&str> {
        match self.kind(id) {
            Kind::Text => Some(self.written(id)),
            Kind::Words(words) | Kind::Code(words) | Kind::Formula(words, _) => Some(self.string(words)),
            _ => None,
        }
    }

    pub(in crate::markdown) fn destination(&self, index: u32) -> &Destination {
        &self.destinations[index as usize]
    }

    pub(in crate::markdown) fn alert(&self, index: u32) -> AlertBox {
        self.rare.alerts[index as usize]
    }

    pub(in crate::markdown) fn alignments(&self, index: u32) -> &[Alignment] {
        &self.rare.alignments[index as usize]
    }

    /// A piece of raw HTML: itself and its opening tags that have attributes.
    pub(in crate::markdown) fn html(&self, id: NodeId, index: u32) -> (&str, &[Tag]) {
        let fragment = &self.rare.fragments[index as usize];
        let html = fragment.html.map_or_else(|| self.written(id), |html| self.string(html));
        (html, &self.rare.tags[fragment.tags.start as usize..fragment.tags.end as usize])
    }

    /// What of a piece of raw HTML a reader sees.
    pub(in crate::markdown) fn shown(&self, index: u32) -> &str {
        self.rare.fragments[index as usize].shown.map_or("", |shown| self.string(shown))
    }

    /// Whether a piece of raw HTML parts the words before and behind it.
    pub(in crate::markdown) fn parts_words(&self, index: u32) -> bool {
        self.rare.fragments[index as usize].parts
    }

    /// What a heading says of itself in braces, if it does.
    pub(in crate::markdown) fn heading_attributes(&self, heading: u32) -> Option<&HeadingAttributes> {
        let index =
            self.rare.attributes.binary_search_by_key(&heading, |attributes| attributes.heading).ok()?;
        self.rare.attributes.get(index)
    }

    /// Whether raw HTML around a node hides it.
    pub(in crate::markdown) fn is_hidden(&self, id: NodeId) -> bool {
        contains(&self.rare.hidden, id)
    }

    /// Whether a node belongs to a footnote that nothing refers to. Its words are shown,
    /// but it refers to nothing and shows no file: nobody is meant to come to it.
    pub(in crate::markdown) fn is_idle(&self, id: NodeId) -> bool {
        let index = self.rare.idle.partition_point(|(nodes, _)| nodes.end <= id.0);
        self.rare.idle.get(index).is_some_and(|(nodes, _)| nodes.start <= id.0)
    }

    /// The definitions of footnotes that nothing refers to, and whether an earlier one
    /// has the same name.
    pub(in crate::markdown) fn idle_footnotes(&self) -> impl Iterator<Item = (NodeId, bool)> + '_ {
        self.rare.idle.iter().map(|(nodes, again)| (NodeId(nodes.start), *again))
    }

    /// All that a node holds, at any depth.
    pub(in crate::markdown) fn inside(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.nodes.next(id.0)).map(NodeId)
    }

    /// What a node holds, without what that holds.
    pub(in crate::markdown) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.nodes.next(id.0);
        let first = Some(id.0 + 1).filter(|first| *first < end);
        let next = move |at: &u32| Some(self.nodes.next(*at)).filter(|next| *next < end);
        std::iter::successors(first, next).map(NodeId)
    }

    /// The only node that a node holds, if it holds one.
    pub(in crate::markdown) fn only_child(&self, id: NodeId) -> Option<NodeId> {
        let (child, next) = (id.0 + 1, self.nodes.next(id.0));
        (child < next && self.nodes.next(child) == next).then_some(NodeId(child))
    }

    /// The node behind another and all that it holds.
    pub(in crate::markdown) fn behind(&self, id: NodeId) -> NodeId {
        NodeId(self.nodes.next(id.0))
    }

    /// A walk through the whole text.
    pub(in crate::markdown) fn walk(&self) -> Walk<'_> {
        Walk::new(self, NodeId(0), short(self.nodes.len()))
    }

    /// A walk through a block at the top.
    pub(in crate::markdown) fn walk_block(&self, block: NodeId) -> Walk<'_> {
        Walk::new(self, block, self.nodes.next(block.0))
    }

    /// The blocks at the top that lie in a stretch of the file, or reach into it.
    pub(in crate::markdown) fn blocks_in<'t>(
        &'t self,
        span: &Range<usize>,
    ) -> impl Iterator<Item = NodeId> + use<'t> {
        let from = self.blocks.partition_point(|block| (self.nodes.place(*block).1 as usize) <= span.start);
        let to = self.blocks.partition_point(|block| (self.nodes.place(*block).0 as usize) < span.end);
        self.blocks[from.min(to)..to].iter().copied().map(NodeId)
    }

    /// The first node that begins at a place of the file or behind it.
    pub(in crate::markdown) fn first_at(&self, place: usize) -> NodeId {
        NodeId(self.nodes.partition_point(|start| (start as usize) < place))
    }

    /// The nodes from one on.
    pub(in crate::markdown) fn from(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0..short(self.nodes.len())).map(NodeId)
    }

    /// The node before another in the list.
    pub(in crate::markdown) fn before(&self, id: NodeId) -> Option<NodeId> {
        id.0.checked_sub(1).map(NodeId)
    }

    /// An id that something else has gives way.
    pub(super) fn make_taken(&mut self, id: NodeId) {
        self.nodes.set_kind(id.0, Kind::Box(Shape::Taken));
    }

    pub(super) fn make_clause(&mut self, id: NodeId, clause: u32) {
        self.nodes.set_kind(id.0, Kind::Clause(clause));
    }
}

fn contains(ranges: &[Range<u32>], id: NodeId) -> bool {
    let index = ranges.partition_point(|range| range.end <= id.0);
    ranges.get(index).is_some_and(|range| range.start <= id.0)
}

/// Moves a list into as much memory as it needs. `shrink_to_fit` leaves it where it
/// is as long as it fills half of that: allocators do not split what they gave.
pub(super) fn exact<T>(list: &mut Vec<T>) {
    if list.capacity() > list.len() {
        let mut moved = Vec::with_capacity(list.len());
        moved.append(list);
        *list = moved;
    }
}
