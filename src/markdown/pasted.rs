//! Text that was pasted from a word processor, one line for each paragraph.
//!
//! Markdown joins the lines of a paragraph, so that a whole rule would become one
//! block. This step gives each line back what it is: a chapter's line becomes a
//! heading, and lines that begin a clause or an item become paragraphs. Other lines
//! do only where the whole text is of this kind (see `rule_lines`): somebody may have
//! broken them by hand. `1.` begins a list in Markdown, which takes the lines behind
//! it with it; those that begin a clause, or an item of another kind, leave it again.
//!
//! It changes blocks alone. Every event keeps its place in the file.

mod line;

use super::clause;
use super::rule_lines::RuleLines;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use std::cell::OnceCell;
use std::collections::VecDeque;
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// The step.
pub(super) struct Pasted<'a, I> {
    text: &'a str,
    body: usize,
    inner: I,
    active: bool,
    rule_lines: OnceCell<RuleLines>,
    ready: VecDeque<Spanned<'a>>,
    /// The blocks around, from the outermost.
    open: Vec<Container>,
    /// The paragraph at the top that is being read.
    block: Option<Block>,
    /// Whether a paragraph within another block is being read.
    inner_paragraph: bool,
    /// Links and emphasis that are open: no paragraph can end in them.
    inline: usize,
    /// Whether the space that comes next is the indent of a line.
    indent: bool,
    /// Whether an indented block is being read that is no code.
    unindents: bool,
}

/// A block that is open.
struct Container {
    kind: ContainerKind,
    /// Whether it was ended before its end, since a line left it.
    left: bool,
}

#[derive(Clone, Copy)]
enum ContainerKind {
    /// With the number of its next entry.
    List(Option<u64>),
    Item,
    Table,
    Other,
}

/// A paragraph that is being written.
struct Block {
    /// The piece that is open, and those behind it.
    piece: Piece,
    next: VecDeque<Piece>,
    /// Whether the entry of a list ends it, since the parser gives it no end.
    tight: bool,
}

/// A line or more that become one block.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    span: Range<usize>,
    /// The level of a heading.
    heading: Option<u8>,
    /// Whether spaces at its beginning are an indent.
    numbered: bool,
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Pasted<'a, I> {
    pub(super) fn new(text: &'a str, body: usize, active: bool, inner: I) -> Self {
        Self {
            text,
            body,
            inner,
            // Chinese numbers and signs are all beyond ASCII.
            active: active && !text.get(body..).unwrap_or("").is_ascii(),
            rule_lines: OnceCell::new(),
            ready: VecDeque::new(),
            open: Vec::new(),
            block: None,
            inner_paragraph: false,
            inline: 0,
            indent: false,
            unindents: false,
        }
    }
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Iterator for Pasted<'a, I> {
    type Item = Spanned<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.active {
            return self.inner.next();
        }
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let (event, span) = self.inner.next()?;
            if self.passes(&event) {
                return Some((event, span));
            }
            self.event(event, span);
        }
    }
}

impl<'a, I> Pasted<'a, I> {
    fn rule_lines(&self) -> &RuleLines {
        self.rule_lines.get_or_init(|| RuleLines::new(self.text, self.body))
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Rule => {
                self.end_tight();
                self.push(event, span);
            }
            Event::SoftBreak | Event::HardBreak if self.inline == 0 && self.breaks(&span) => {}
            Event::Text(text) if self.unindents => self.unindented(&text, span),
            Event::Text(text) if std::mem::take(&mut self.indent) => {
                let bare = text.trim_start_matches(clause::is_space);
                let cut = text.len() - bare.len();
                match text.len() == span.len() && cut > 0 {
                    true if bare.is_empty() => self.indent = true,
                    true => {
                        let bare = bare.to_owned();
                        self.push(Event::Text(bare.into()), span.start + cut..span.end);
                    }
                    false => self.push(Event::Text(text), span),
                }
            }
            event => self.push(event, span),
        }
    }

    /// Whether an event is nothing that this step looks at.
    const fn passes(&self, event: &Event<'_>) -> bool {
        match event {
            Event::Text(_) => !self.indent && !self.unindents,
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::Start(_) | Event::End(_) => false,
            _ => true,
        }
    }

    fn push(&mut self, event: Event<'a>, span: Range<usize>) {
        self.ready.push_back((event, span));
    }

    fn is_at_top(&self) -> bool {
        self.open.iter().all(|container| container.left)
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) {
        if is_inline(&tag) {
            self.inline += 1;
            return self.push(Event::Start(tag), span);
        }
        self.end_tight();
        match &tag {
            Tag::Paragraph if self.is_at_top() => return self.begin(span, false),
            Tag::Paragraph => self.inner_paragraph = true,
            Tag::Heading { .. } if self.is_at_top() => {
                if let Some(lines) = self.underlined_rule(&span) {
                    self.begin(lines, false);
                    return;
                }
                self.open.push(Container { kind: ContainerKind::Other, left: false });
            }
            Tag::CodeBlock(CodeBlockKind::Indented) if self.is_at_top() && self.is_indented_rule(&span) => {
                self.unindents = true;
                return;
            }
            Tag::List(first) => {
                self.open.push(Container { kind: ContainerKind::List(*first), left: false });
            }
            Tag::Item => self.start_item(&span),
            Tag::Table(_) => self.open.push(Container { kind: ContainerKind::Table, left: false }),
            Tag::TableRow if self.leaves_table(&span) => {
                self.open.push(Container { kind: ContainerKind::Other, left: true });
                return;
            }
            Tag::TableCell if self.is_at_top() => {
                if self.text.get(span.clone()).is_some_and(|words| !words.trim().is_empty()) {
                    self.begin(span, true);
                }
                self.open.push(Container { kind: ContainerKind::Other, left: true });
                return;
            }
            _ => self.open.push(Container { kind: ContainerKind::Other, left: false }),
        }
        self.push(Event::Start(tag), span);
    }

    /// A table goes on to the next empty line. A line without cells that begins a clause
    /// or a chapter is no row of it, and neither is what follows.
    fn leaves_table(&mut self, span: &Range<usize>) -> bool {
        let Some((table, around)) = self.open.split_last() else { return false };
        let alone =
            matches!(table.kind, ContainerKind::Table) && around.iter().all(|container| container.left);
        let was_left = table.left;
        if was_left || !alone || !self.is_no_row(span) {
            return was_left;
        }
        if let Some(table) = self.open.last_mut() {
            table.left = true;
        }
        self.push(Event::End(TagEnd::Table), span.clone());
        true
    }

    /// An entry of a list that a line has left begins the list anew.
    fn start_item(&mut self, span: &Range<usize>) {
        let mut again = None;
        if let Some(Container { kind: ContainerKind::List(next), left }) = self.open.last_mut() {
            if std::mem::take(left) {
                again = Some(*next);
            }
            *next = next.map(|next| next.saturating_add(1));
        }
        if let Some(first) = again {
            self.push(Event::Start(Tag::List(first)), span.clone());
        }
        self.open.push(Container { kind: ContainerKind::Item, left: false });
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Paragraph if self.block.is_some() => return self.finish(),
            TagEnd::Heading(_) if self.block.is_some() => {
                self.finish();
                return self.push(Event::Rule, span.end..span.end);
            }
            TagEnd::Paragraph => self.inner_paragraph = false,
            TagEnd::CodeBlock if std::mem::take(&mut self.unindents) => return,
            tag if ends_inline(tag) => self.inline = self.inline.saturating_sub(1),
            _ => {
                self.end_tight();
                if self.open.pop().is_some_and(|container| container.left) {
                    return;
                }
            }
        }
        self.push(Event::End(tag), span);
    }

    /// Begins a paragraph at the top, which may be more than one.
    fn begin(&mut self, span: Range<usize>, tight: bool) {
        let (piece, next) = match self.single(&span) {
            Some(piece) => (piece, VecDeque::new()),
            None => {
                let mut pieces = VecDeque::from(self.pieces(span.clone()));
                let first = pieces.pop_front().unwrap_or(Piece { span, heading: None, numbered: false });
                (first, pieces)
            }
        };
        self.begin_piece(&piece);
        self.block = Some(Block { piece, next, tight });
    }

    fn begin_piece(&mut self, piece: &Piece) {
        let tag = match piece.heading {
            Some(level) => {
                Tag::Heading { level: level_of(level), id: None, classes: Vec::new(), attrs: Vec::new() }
            }
            None => Tag::Paragraph,
        };
        self.indent = piece.numbered;
        self.push(Event::Start(tag), piece.span.clone());
    }

    fn end_piece(&mut self, piece: &Piece) {
        let tag = piece.heading.map_or(TagEnd::Paragraph, |level| TagEnd::Heading(level_of(level)));
        self.indent = false;
        self.push(Event::End(tag), piece.span.clone());
    }

    fn finish(&mut self) {
        if let Some(block) = self.block.take() {
            self.end_piece(&block.piece);
        }
    }

    fn end_tight(&mut self) {
        if self.block.as_ref().is_some_and(|block| block.tight) {
            self.finish();
        }
    }

    /// Ends a block at a line break, if another one begins behind it.
    fn breaks(&mut self, span: &Range<usize>) -> bool {
        let Some(block) = &mut self.block else { return self.leaves(span) };
        // Where a line begins within bold, it is no block of its own.
        while block.next.front().is_some_and(|next| next.span.start < span.start) {
            block.next.pop_front();
        }
        let begins = block.next.front().is_some_and(|next| {
            self.text
                .get(span.end..next.span.start)
                .is_some_and(|gap| gap.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
        });
        let Some(next) = begins.then(|| block.next.pop_front()).flatten() else { return false };
        let done = std::mem::replace(&mut block.piece, next.clone());
        self.end_piece(&done);
        self.begin_piece(&next);
        true
    }

    /// Leaves the lists around at a line that is no part of them.
    fn leaves(&mut self, span: &Range<usize>) -> bool {
        let within = |container: &Container| {
            container.left || matches!(container.kind, ContainerKind::List(_) | ContainerKind::Item)
        };
        if self.is_at_top() || !self.open.iter().all(within) {
            return false;
        }
        if !self.is_foreign(span.end) {
            let numbered = self.is_numbered(span.end);
            if numbered {
                self.push(Event::HardBreak, span.clone());
            }
            return numbered;
        }
        // A paragraph has an end of its own; the text of a tight list has none.
        let tight = !std::mem::take(&mut self.inner_paragraph);
        if !tight {
            self.push(Event::End(TagEnd::Paragraph), span.clone());
        }
        let ends: Vec<TagEnd> = self
            .open
            .iter_mut()
            .rev()
            .filter_map(|container| {
                let end = match container.kind {
                    ContainerKind::List(first) => TagEnd::List(first.is_some()),
                    _ => TagEnd::Item,
                };
                (!std::mem::replace(&mut container.left, true)).then_some(end)
            })
            .collect();
        for end in ends {
            self.push(Event::End(end), span.clone());
        }
        self.begin(self.rest_of_block(span.end), tight);
        true
    }
}

/// Whether a container stands within a line.
pub(super) const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Whether the end is that of a container within a line.
pub(super) const fn ends_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn level_of(level: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6)
}
