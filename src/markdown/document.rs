//! A text, parsed once: a tree, and what the handbook must know of it.
//!
//! `builder` makes the tree from the parser's events, `outline` lists headings,
//! clauses, links and the like. Whatever needs the text later visits the tree:
//! HTML (`render`), words (`plain`), and how far a clause or section goes
//! (`extent`). Every span is a place in the file.

mod boxed;
mod builder;
mod copy;
mod extent;
mod label;
mod nodes;
mod outline;
mod rare;
mod tree;
mod walk;

pub(super) use builder::Builder;
pub use extent::Extent;
pub use rare::{HeadingNumber, RareParts};
use tree::exact;
pub(super) use tree::{AlertBox, Alignment, Destination, Kind, LinkForm, NodeId, Tree};
pub(super) use walk::{Step, Walk};

use super::anchor::LabelStyle;
use super::clause::{self, ClauseNumber};
use super::mention::{self, Mention};
use super::redact::{Visibility, redact};
use super::structure::ClausePart;
use super::{MarkdownOptions, elements};
use crate::lean::Lean;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Plain text.
    pub text: String,
    /// Anchor, unique in the chapter, not encoded.
    pub anchor: String,
    /// ClausePart in the file.
    pub span: Range<usize>,
    /// What few headings have.
    pub(super) rare: Lean<HeadingNumber>,
}

/// A paragraph or heading that begins with 第X条.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clause {
    /// Its number.
    pub number: ClauseNumber,
    /// Anchor, unique in the chapter, not encoded.
    pub anchor: Box<str>,
    /// Whether it also answers to the number alone: 15 for 第十五条.
    pub(super) bare: bool,
    /// How its label is written, which it answers to as well.
    pub(super) style: LabelStyle,
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many paragraphs (款) it has; items such as （一） are none.
    pub paragraphs: u32,
}

impl Heading {
    /// Whether it has this anchor.
    #[must_use]
    pub fn answers_to(&self, anchor: &str) -> bool {
        self.anchor == anchor || self.aliases.iter().any(|alias| alias == anchor)
    }
}

impl Clause {
    /// ClausePart of its first paragraph in the file.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Further anchors: 15 and 第15条 for 第十五条.
    #[must_use]
    pub fn aliases(&self) -> Vec<String> {
        let bare = self.bare.then(|| self.number.number.to_string());
        bare.into_iter().chain(self.style.label(self.number)).collect()
    }

    /// A number that differs where its further anchors do.
    #[must_use]
    pub fn style(&self) -> u8 {
        u8::from(self.bare) | self.style.bits() << 1
    }

    /// Whether it has this anchor.
    #[must_use]
    pub fn answers_to(&self, anchor: &str) -> bool {
        *self.anchor == *anchor
            || self.bare
                && anchor.starts_with(|c: char| c.is_ascii_digit())
                && self.number.number.to_string() == anchor
            || self.style.label(self.number).is_some_and(|label| label == anchor)
    }
}

/// A piece of running text: what is neither code nor a link nor a heading, and
/// stands in the file as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Run {
    start: u32,
    end: u32,
    /// The clause it stands in, by its place in the list; `u32::MAX` for none.
    clause: u32,
    paragraph: u16,
    item: u16,
}

impl Run {
    /// ClausePart in the file.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The clause it stands in, by its index.
    #[must_use]
    pub fn clause(&self) -> Option<usize> {
        (self.clause != u32::MAX).then_some(self.clause as usize)
    }

    /// The paragraph of the clause, from 1.
    #[must_use]
    pub const fn paragraph(&self) -> u32 {
        self.paragraph as u32
    }

    /// The item of the paragraph, else 0.
    #[must_use]
    pub const fn item(&self) -> u32 {
        self.item as u32
    }
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinkRef {
    /// Destination as written, entities and escapes resolved.
    pub dest: String,
    /// Whether it is written `[[title]]`.
    pub wiki: bool,
    /// ClausePart in the file.
    pub span: Range<usize>,
}

impl LinkRef {
    /// A link to this destination.
    #[must_use]
    pub const fn new(dest: String, wiki: bool, span: Range<usize>) -> Self {
        Self { dest, wiki, span }
    }
}

/// An image as written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageRef {
    /// Destination as written.
    pub dest: String,
    /// Whether it is written `![[title#clause]]`, which may embed a text.
    pub wiki: bool,
    /// ClausePart in the file.
    pub span: Range<usize>,
}

/// A text, and what the handbook must know of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// Where the Markdown begins, behind the front matter.
    pub body: usize,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Links, raw HTML's too.
    pub links: Vec<LinkRef>,
    /// Images, raw HTML's too.
    pub images: Vec<ImageRef>,
    /// What running text refers to without a link, in order; found by
    /// [`Self::find_mentions`].
    pub mentions: Vec<Mention>,
    /// Whether there is any raw HTML.
    pub has_raw_html: bool,
    /// Whether the first heading comes before any other content.
    pub opens_with_heading: bool,
    /// Running text in which mentions are still to be found.
    pub(super) runs: Vec<Run>,
    pub(super) tree: Tree,
    /// What few texts have.
    rare: Lean<RareParts>,
}

impl Document {
    /// Reads a text that has no front matter.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>, options: &MarkdownOptions) -> Self {
        let mut document = Self::parse(&text.into(), 0, options);
        document.find_mentions();
        document
    }

    /// Reads everything but the mentions of a text whose Markdown begins at `body`.
    #[must_use]
    pub fn parse(text: &Arc<str>, body: usize, options: &MarkdownOptions) -> Self {
        let mut builder = Builder::new(text, options);
        elements::events(text, body, options, |event, span| builder.event(event, span));
        Self::of_tree(builder.finish(), body, options)
    }

    fn of_tree(tree: Tree, body: usize, options: &MarkdownOptions) -> Self {
        let mut document = outline::read(tree, body, options);
        document.shrink();
        document
    }

    /// The text as those get it who may not see what `visibility` hides, without its
    /// mentions; `None` where that is all the same.
    #[must_use]
    pub fn redacted(&self, options: &MarkdownOptions, visibility: &dyn Visibility) -> Option<Self> {
        redact(&self.tree, visibility).map(|tree| Self::of_tree(tree, self.body, options))
    }

    /// Finds the mentions of the text.
    pub fn find_mentions(&mut self) {
        self.mentions = mention::find(&self.tree.source, self);
        exact(&mut self.mentions);
        self.runs = Vec::new();
    }

    /// The file that places count in.
    #[must_use]
    pub fn source(&self) -> &str {
        self.tree.source()
    }

    /// The places of running text, in order: what is neither code nor a link nor a
    /// heading nor the number of a clause, and stands in the file as it is read.
    pub fn running_text(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let tree = &self.tree;
        let (mut id, mut label_end) = (NodeId(0), 0);
        std::iter::from_fn(move || {
            while id.index() < tree.nodes.len() {
                let (here, kind) = (id, tree.kind(id));
                id = NodeId(id.0 + 1);
                match kind {
                    Kind::Heading(..) | Kind::Link(_) | Kind::Image(_) | Kind::CodeBlock(_) => {
                        id = tree.behind(here);
                    }
                    Kind::Clause(_) => {
                        let rest = clause::parse(tree.written(here)).map_or(0, |opening| opening.rest);
                        label_end = tree.span(here).start + rest;
                    }
                    Kind::Text if !tree.is_hidden(here) => {
                        let span = tree.span(here);
                        let start = label_end.clamp(span.start, span.end);
                        if start < span.end {
                            return Some(start..span.end);
                        }
                    }
                    _ => {}
                }
            }
            None
        })
    }

    /// All anchors, in no particular order.
    pub fn anchors(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let headings =
            self.headings.iter().flat_map(|heading| std::iter::once(&heading.anchor).chain(&heading.aliases));
        let clauses = self.clauses.iter();
        let clauses = clauses.flat_map(|clause| {
            std::iter::once(Cow::from(&*clause.anchor)).chain(clause.aliases().into_iter().map(Cow::from))
        });
        let plain = |anchor| Cow::from(String::as_str(anchor));
        headings.map(plain).chain(clauses).chain(self.html_anchors.iter().map(plain))
    }

    /// Whether a place of the chapter answers to this anchor.
    #[must_use]
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.headings.iter().any(|heading| heading.answers_to(anchor))
            || self.clauses.iter().any(|clause| clause.answers_to(anchor))
            || self.html_anchors.iter().any(|known| known == anchor)
            || self.clause_part(anchor).is_some()
    }

    /// The paragraph or item of a clause that has this anchor.
    #[must_use]
    pub fn clause_part(&self, anchor: &str) -> Option<&ClausePart> {
        let is_it = |place: &&ClausePart| {
            let clause = self.clauses.get(place.clause as usize);
            clause.is_some_and(|clause| {
                anchor.starts_with(&*clause.anchor) && place.anchor(&clause.anchor) == anchor
            })
        };
        let last = anchor.chars().next_back()?;
        if matches!(last, '款' | '项' | '目') { self.clause_parts.iter().find(is_it) } else { None }
    }

    /// The paragraphs and items of a clause.
    #[must_use]
    pub fn parts_of(&self, clause: usize) -> &[ClausePart] {
        let from = self.clause_parts.partition_point(|place| (place.clause as usize) < clause);
        let to = self.clause_parts.partition_point(|place| (place.clause as usize) <= clause);
        &self.clause_parts[from..to]
    }

    /// Gives back memory that lists took while they grew: a handbook's documents
    /// are held as long as it is shown.
    fn shrink(&mut self) {
        exact(&mut self.headings);
        exact(&mut self.links);
        exact(&mut self.images);
        self.tree.nodes.shrink();
        rare::shrink_parts(&mut self.rare);
        self.headings.iter_mut().for_each(|heading| rare::shrink_heading(&mut heading.rare));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        Document::new(text, &MarkdownOptions::default())
    }

    #[test]
    fn spans_are_places_in_the_file() {
        let text = "---\ntitle: 甲\n---\n\n# 标题\n\n见[乙](b.md)。\n";
        let body = text.find("\n#").unwrap();
        let document = Document::parse(&text.into(), body, &MarkdownOptions::default());
        assert_eq!(&text[document.links[0].span.clone()], "[乙](b.md)");
        assert_eq!(document.headings[0].text, "标题");
        assert!(document.opens_with_heading);
        assert_eq!(document.first_paragraph(), "见乙。");
    }

    #[test]
    fn clauses_stand_at_the_top_only() {
        let document = read("## 第一章 总则\n\n第一条 为了……\n\n二款\n\n> 第二条 引文\n\n**第三条** 完\n");
        let anchors: Vec<&str> = document.clauses.iter().map(|clause| &*clause.anchor).collect();
        assert_eq!(anchors, ["第一条", "第三条"]);
        for anchor in ["第一章-总则", "第一章", "第一条", "1", "3"] {
            assert!(document.has_anchor(anchor), "{anchor}");
        }
    }

    #[test]
    fn raw_html_is_read_for_links_and_anchors() {
        let text = "<a href=\"x.md\" id='k'>x</a> <img src=y.png>\n\n<script>alert(1)</script>\n";
        let document = read(text);
        assert_eq!(&text[document.links[0].span.clone()], "x.md");
        assert_eq!((document.images[0].dest.as_str(), document.html_anchors[0].as_str()), ("y.png", "k"));
        assert_eq!(document.unsafe_html.len(), 1);
        let text = "> - <a onclick=甲\n>   href=第一条.md>乙</a>\n";
        let document = read(text);
        assert_eq!(&text[document.links[0].span.clone()], "第一条.md");
        assert_eq!(&text[document.unsafe_html[0].0.clone()], "onclick=甲");
    }

    #[test]
    fn nothing_in_the_markdown_is_front_matter() {
        let document = read("---\ntitle: 甲\n---\n\n---\n乙\n---\n");
        let headings: Vec<&str> = document.headings.iter().map(|heading| heading.text.as_str()).collect();
        assert_eq!(headings, ["title: 甲", "乙"]);
    }
}
