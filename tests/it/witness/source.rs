//! The words of a chapter as comrak reads them, the port of cmark-gfm to Rust.

use super::boxes::without_boxes;
use super::html::{self, Piece};
use super::word::{Part, Word, words};
use comrak::nodes::{Ast, Node, NodeValue};
use comrak::{Arena, Options, parse_document};
use std::collections::BTreeSet;

/// What there is to find again.
#[derive(Default)]
pub(crate) struct Words {
    /// The text without its footnotes.
    pub(crate) text: Vec<Word>,
    /// The footnotes, which a page may show in another place.
    pub(crate) footnotes: Vec<Vec<Word>>,
    /// Names of images and titles of links, which a page may show at any place.
    pub(crate) labels: Vec<Vec<Word>>,
    /// Addresses outside the book.
    pub(crate) addresses: Vec<Word>,
    /// What no page shows as text: comments, scripts, front matter.
    pub(crate) hidden: Vec<Word>,
}

/// Reads a chapter.
pub(crate) fn read(text: &str) -> Words {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.alerts = true;
    extension.autolink = true;
    extension.cjk_friendly_emphasis = true;
    extension.front_matter_delimiter = Some("---".to_owned());
    options.parse.leave_footnote_definitions = true;
    let text = &without_boxes(text);
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    let mut reader = Reader::new(text);
    reader.block(root);
    reader.flush();
    reader.lines_of_no_block();
    reader.found
}

struct Reader<'s> {
    lines: Vec<&'s str>,
    found: Words,
    /// Text of one block that is not yet cut into words, and where each piece of it begins.
    pending: String,
    pieces: Vec<(usize, usize, Part)>,
    /// Lines of blocks that hold no other blocks.
    covered: BTreeSet<usize>,
}

impl<'s> Reader<'s> {
    fn new(text: &'s str) -> Self {
        Self {
            lines: text.lines().collect(),
            found: Words::default(),
            pending: String::new(),
            pieces: Vec::new(),
            covered: BTreeSet::new(),
        }
    }

    fn push(&mut self, text: &str, line: usize, part: Part) {
        self.covered.insert(line);
        if self.pieces.last().is_some_and(|last| last.2 != part) {
            self.flush();
        }
        self.pieces.push((self.pending.len(), line, part));
        self.pending.push_str(text);
    }

    /// Text of several lines.
    fn push_lines(&mut self, text: &str, line: usize, part: Part) {
        for (at, text) in text.split_inclusive('\n').enumerate() {
            self.push(text, line + at, part);
        }
    }

    /// Cuts what is pending into words: nothing of what follows belongs to its last one.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let pieces = std::mem::take(&mut self.pieces);
        for (at, word) in words(&pending) {
            let piece = pieces.partition_point(|piece| piece.0 <= at).saturating_sub(1);
            let (_, line, part) = pieces[piece];
            let found = if part.is_hidden() { &mut self.found.hidden } else { &mut self.found.text };
            found.push(Word { text: word.to_owned(), line, part });
        }
    }

    /// Takes a piece of what is pending as the dialect does, if it is text.
    fn take(&mut self, start: usize, end: usize) {
        let at = self.pieces.partition_point(|piece| piece.0 <= start);
        let end_at = self.pieces.partition_point(|piece| piece.0 < end);
        let Some(&(_, line, part)) = at.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return };
        if part == Part::Text {
            let last = self.pieces[end_at - 1].1;
            self.pieces.splice(at..end_at, [(start, line, Part::Dialect), (end, last, Part::Text)]);
        }
    }

    /// `[!kind]` or `[!kind]-` at the beginning, and `: ` at the beginning of a line below a term.
    fn paragraph(&mut self, follows: bool) {
        if let Some(end) = self.pending.find(']').filter(|_| self.pending.starts_with("[!")) {
            // Obsidian folds an alert by the sign behind.
            let folds = self.pending[end + 1..].starts_with(['+', '-']);
            self.take(0, end + 1 + usize::from(folds));
        }
        let breaks = self.pending.match_indices('\n').map(|(at, _)| at + 1);
        let lines: Vec<usize> = follows.then_some(0).into_iter().chain(breaks).collect();
        for at in lines {
            if self.pending[at..].starts_with(": ") {
                self.take(at, at + 1);
            }
        }
    }

    /// `{#id .class key="value"}` at the end of a heading.
    fn heading(&mut self) {
        let text = self.pending.trim_end();
        let Some(open) = text.rfind('{').filter(|_| text.ends_with('}')) else { return };
        let (inner, end) = (text[open + 1..].trim_start(), text.len());
        if inner.starts_with(['#', '.', ':']) || inner.starts_with("data-") || inner.contains('=') {
            self.take(open, end);
        }
    }

    fn block(&mut self, node: Node<'_>) {
        let data = node.data();
        let line = data.sourcepos.start.line;
        match &data.value {
            NodeValue::FrontMatter(text) => {
                self.cover(&data);
                self.push_lines(text, line, Part::FrontMatter);
                self.flush();
            }
            NodeValue::CodeBlock(code) => {
                self.cover(&data);
                self.push_lines(&code.literal, line + usize::from(code.fenced), Part::Text);
                self.flush();
            }
            NodeValue::HtmlBlock(html) => {
                self.cover(&data);
                self.html(&html.literal, line);
                self.flush();
            }
            NodeValue::FootnoteDefinition(_) => self.footnote(node),
            NodeValue::Alert(alert) => {
                self.covered.insert(line);
                if let Some(title) = &alert.title {
                    self.push(title, line, Part::Text);
                    self.flush();
                }
                self.blocks(node);
            }
            NodeValue::Paragraph => {
                self.cover(&data);
                self.inlines(node);
                self.paragraph(node.previous_sibling().is_some());
                self.flush();
            }
            NodeValue::Heading(_) => {
                self.cover(&data);
                self.inlines(node);
                self.heading();
                self.flush();
            }
            NodeValue::Table(_) => {
                self.cover(&data);
                self.blocks(node);
            }
            NodeValue::TableRow(_) => {
                self.blocks(node);
                let columns = node.children().count();
                self.excess(line, columns);
            }
            NodeValue::TableCell => {
                self.inlines(node);
                self.flush();
            }
            NodeValue::ThematicBreak => self.cover(&data),
            _ => self.blocks(node),
        }
    }

    fn blocks(&mut self, node: Node<'_>) {
        for child in node.children() {
            self.block(child);
        }
    }

    fn cover(&mut self, data: &Ast) {
        self.covered.extend(data.sourcepos.start.line..=data.sourcepos.end.line);
    }

    fn footnote(&mut self, node: Node<'_>) {
        self.flush();
        self.covered.insert(node.data().sourcepos.start.line);
        let text = std::mem::take(&mut self.found.text);
        self.blocks(node);
        self.flush();
        let footnote = std::mem::replace(&mut self.found.text, text);
        self.found.footnotes.push(footnote);
    }

    /// GFM: "The excess is ignored". An author does not know that.
    fn excess(&mut self, line: usize, columns: usize) {
        let Some(row) = self.lines.get(line - 1) else { return };
        let row = row.trim().trim_start_matches(['>', ' ']);
        let row = row.strip_prefix('|').unwrap_or(row);
        let mut cells = vec![String::new()];
        let mut escaped = false;
        for c in row.chars() {
            match c {
                '|' if !escaped => cells.push(String::new()),
                _ => {
                    if let Some(cell) = cells.last_mut() {
                        cell.push(c);
                    }
                }
            }
            escaped = c == '\\' && !escaped;
        }
        for cell in cells.iter().skip(columns) {
            self.push(cell, line, Part::ExcessCell);
            self.flush();
        }
    }

    fn inlines(&mut self, node: Node<'_>) {
        for child in node.children() {
            self.inline(child);
        }
    }

    fn inline(&mut self, node: Node<'_>) {
        let data = node.data();
        let line = data.sourcepos.start.line;
        match &data.value {
            NodeValue::Text(text) => self.push(text, line, Part::Text),
            NodeValue::Code(code) => self.push(&code.literal, line, Part::Text),
            NodeValue::HtmlInline(html) => self.html(html, line),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.push("\n", line, Part::Text),
            NodeValue::FootnoteReference(_) => self.flush(),
            NodeValue::Image(image) => {
                self.address(&image.url, line);
                self.label(&image.title, line);
                self.label(&plain(node), line);
            }
            NodeValue::Link(link) => {
                self.address(&link.url, line);
                self.label(&link.title, line);
                self.inlines(node);
            }
            _ => self.inlines(node),
        }
    }

    fn address(&mut self, address: &str, line: usize) {
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_scheme =
            scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        if is_scheme || address.starts_with("//") || address.starts_with("\\\\") {
            self.found.addresses.push(Word { text: address.to_owned(), line, part: Part::Address });
        }
    }

    fn label(&mut self, text: &str, line: usize) {
        let label = words(text).map(|(_, word)| Word { text: word.to_owned(), line, part: Part::Label });
        self.found.labels.push(label.collect());
    }

    fn html(&mut self, html: &str, line: usize) {
        html::pieces(html, |at, piece| {
            let line = line + html[..at].matches('\n').count();
            match piece {
                // As a browser reads it, but `<` by which no tag begins.
                Piece::Text(text, Part::Text) => {
                    for (at, text) in text.split_inclusive('\n').enumerate() {
                        self.push(&unescaped(text), line + at, Part::Text);
                    }
                }
                Piece::Text(text, part) => self.push_lines(text, line, part),
                Piece::Tag(name, tag) => {
                    if html::is_block(&name) {
                        self.flush();
                    }
                    let addresses = ["href", "src"].map(|address| html::attribute(tag, address));
                    for address in addresses.into_iter().flatten() {
                        self.address(&address, line);
                    }
                    let labels = ["title", "alt"].map(|label| html::attribute(tag, label));
                    for label in labels.into_iter().flatten() {
                        self.label(&label, line);
                    }
                }
            }
        });
    }

    /// Lines that neither a block nor a blank accounts for: definitions of links, or
    /// something that the independent parser loses.
    fn lines_of_no_block(&mut self) {
        for (at, text) in self.lines.clone().into_iter().enumerate() {
            let is_marker = |word: &str| word.chars().all(|c| c.is_ascii_punctuation() || c.is_ascii_digit());
            if self.covered.contains(&(at + 1)) || text.split_whitespace().all(is_marker) {
                continue;
            }
            self.push(text, at + 1, Part::NoBlock);
            self.flush();
        }
    }
}

/// The words of an image's name.
fn plain(node: Node<'_>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Text of HTML with its entities read.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // A leading line break would be dropped by nothing but `<pre>`.
    scraper::Html::parse_fragment(&text.replace('<', "&lt;")).root_element().text().collect()
}
