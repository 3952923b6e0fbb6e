//! From the parser's events to the tree.

use super::super::raw::ShownText;
use super::super::{MarkdownOptions, raw};
use super::label::Label;
use super::nodes::{Node, Nodes};
use super::rare::shrink_nodes;
use super::tree::{
    Alignment, Destination, Fragment, HeadingAttributes, Kind, LinkForm, StringId, Tree, exact, short,
};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// A tree that is being built.
#[derive(Default)]
pub(in crate::markdown) struct Builder {
    pub(super) tree: Tree,
    /// Its nodes so far.
    pub(super) nodes: Vec<Node>,
    extensions: bool,
    /// Nodes that are open.
    pub(super) open: Vec<u32>,
    pub(super) headings: u32,
    pub(super) label: Label,
    /// The label that is the title of the alert that begins.
    pub(super) own_label: Option<Range<usize>>,
    html: ShownText,
    /// The first of the nodes that raw HTML hides now.
    hidden_from: Option<u32>,
    footnotes: Vec<(StringId, Range<u32>)>,
    references: Vec<StringId>,
    /// A block of raw HTML, which the parser gives line by line: a tag may stand on several.
    lines: Option<(String, Range<usize>)>,
}

impl Builder {
    /// The tree of a text; the options are those of the parser.
    pub(super) fn new(source: &Arc<str>, options: &MarkdownOptions) -> Self {
        let tree = Tree { source: Arc::clone(source), ..Tree::default() };
        // There is one for some twenty-five bytes.
        let nodes = Vec::with_capacity(source.len() / 16);
        Self { tree, nodes, extensions: options.extensions, ..Self::default() }
    }

    /// Takes the next of the parser's events.
    pub(super) fn event(&mut self, event: Event<'_>, span: &Range<usize>) {
        if let Event::Html(line) = &event {
            let (html, place) = self.lines.get_or_insert_with(|| (String::new(), span.clone()));
            html.push_str(line);
            place.end = place.end.max(span.end);
            return;
        }
        self.end_lines();
        match event {
            Event::Start(tag) => self.enter(tag, span),
            Event::End(_) => self.leave(),
            Event::Text(text) => self.text(&text, span),
            Event::Code(code) => self.code(&code, span),
            Event::InlineHtml(html) => self.html(&html, span, Kind::InlineHtml),
            Event::FootnoteReference(name) => self.reference(&name, span),
            Event::SoftBreak | Event::HardBreak if self.end_title(span) => {}
            Event::SoftBreak => self.leaf(Kind::SoftBreak, span),
            Event::HardBreak => self.leaf(Kind::HardBreak, span),
            Event::Rule => self.leaf(Kind::Rule, span),
            Event::TaskListMarker(done) => self.leaf(Kind::Task(done), span),
            Event::InlineMath(tex) => self.formula(&tex, false, span),
            Event::DisplayMath(tex) => self.formula(&tex, true, span),
            Event::Html(_) => {}
        }
    }

    fn end_lines(&mut self) {
        if let Some((html, span)) = self.lines.take() {
            self.html(&html, &span, Kind::Html);
        }
    }

    pub(super) fn push(&mut self, kind: Kind, span: &Range<usize>) -> u32 {
        let id = short(self.nodes.len());
        if self.open.is_empty() {
            self.tree.blocks.push(id);
        }
        self.nodes.push(Node { kind, start: short(span.start), end: short(span.end), next: id + 1 });
        id
    }

    pub(super) fn leaf(&mut self, kind: Kind, span: &Range<usize>) {
        if span.start >= self.label.end {
            self.push(kind, span);
        }
    }

    pub(in crate::markdown) fn code(&mut self, code: &str, span: &Range<usize>) {
        let code = self.tree.strings.push(code);
        self.leaf(Kind::Code(code), span);
    }

    pub(super) fn formula(&mut self, tex: &str, display: bool, span: &Range<usize>) {
        let tex = self.tree.strings.push(tex);
        self.leaf(Kind::Formula(tex, display), span);
    }

    pub(super) fn reference(&mut self, name: &str, span: &Range<usize>) {
        if span.start >= self.label.end {
            let name = self.tree.strings.push(name);
            self.references.push(name);
            self.push(Kind::FootnoteReference(name), span);
        }
    }

    pub(in crate::markdown) fn text(&mut self, text: &str, span: &Range<usize>) {
        if text.is_empty() {
            return;
        }
        let is_verbatim = self.tree.source.get(span.clone()) == Some(text);
        if span.start < self.label.end {
            // The title of an alert may begin within the text behind its label.
            if is_verbatim && span.end > self.label.end {
                self.push(Kind::Text, &(self.label.end..span.end));
            }
            return;
        }
        if !is_verbatim {
            let words = self.tree.strings.push(text);
            self.push(Kind::Words(words), span);
            return;
        }
        // The parser gives each line of a block of code.
        let open = self.open.last().map(|open| self.nodes[*open as usize].kind);
        if matches!(open, Some(Kind::CodeBlock(_)))
            && let Some(last) = self.nodes.last_mut()
            && last.kind == Kind::Text
            && last.end as usize == span.start
        {
            last.end = short(span.end);
            return;
        }
        self.push(Kind::Text, span);
    }

    fn enter(&mut self, tag: Tag<'_>, span: &Range<usize>) {
        let kind = self.kind(tag, span);
        if !self.begin_title(kind, span) {
            self.open(kind, span);
            self.add_own_label();
        }
    }

    pub(super) fn open(&mut self, kind: Kind, span: &Range<usize>) {
        let id = self.push(kind, span);
        self.open.push(id);
    }

    fn kind(&mut self, tag: Tag<'_>, span: &Range<usize>) -> Kind {
        match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let heading = self.headings;
                self.headings += 1;
                self.attributes(heading, id.as_deref(), &classes, &attrs);
                Kind::Heading(level as u8, heading)
            }
            Tag::BlockQuote(kind) => self.quote(kind, span.start),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Kind::CodeBlock(self.tree.strings.push(&info)),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock(self.tree.strings.push("")),
            Tag::List(None) => Kind::BulletList,
            // No number has more than nine digits (CommonMark 0.31.2, 5.2).
            Tag::List(Some(first)) => Kind::OrderedList(u32::try_from(first).unwrap_or(u32::MAX)),
            Tag::Item => Kind::Item,
            Tag::FootnoteDefinition(name) => Kind::Footnote(self.tree.strings.push(&name)),
            Tag::DefinitionList => Kind::DefinitionList,
            Tag::DefinitionListTitle if self.is_in_box() => Kind::AlertTitle,
            Tag::DefinitionListTitle => Kind::DefinitionTitle,
            Tag::DefinitionListDefinition => Kind::Definition,
            Tag::Table(alignments) => {
                self.tree.rare.alignments.push(alignments.into_iter().map(alignment).collect());
                Kind::Table(short(self.tree.rare.alignments.len() - 1))
            }
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::HtmlBlock => Kind::HtmlBlock,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            // See `mark`.
            Tag::Superscript => Kind::Mark,
            Tag::Link { link_type, dest_url, title, .. } => {
                let is_bare = link_type == LinkType::Autolink
                    && !self.tree.source.get(span.clone()).is_some_and(|link| link.starts_with('<'));
                let link = self.destination(link_type, &dest_url, &title);
                if is_bare && let Some(link) = self.tree.destinations.last_mut() {
                    link.form = LinkForm::Bare;
                }
                Kind::Link(link)
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                Kind::Image(self.destination(link_type, &dest_url, &title))
            }
            // The other kinds are not asked for.
            Tag::Paragraph | Tag::Subscript | Tag::MetadataBlock(_) => Kind::Paragraph,
        }
    }

    /// Keeps what a heading says of itself: `{#id .class}`, or `{id=x class=y}`.
    fn attributes(
        &mut self,
        heading: u32,
        id: Option<&str>,
        classes: &[CowStr<'_>],
        others: &[(CowStr<'_>, Option<CowStr<'_>>)],
    ) {
        let other = |name: &str| {
            let (_, value) = others.iter().find(|(key, _)| &**key == name)?;
            Some(value.as_deref()?.trim_matches(['"', '\'']))
        };
        let id: Option<Box<str>> = id.or_else(|| other("id")).filter(|id| !id.is_empty()).map(Into::into);
        let classes: Vec<&str> = classes.iter().map(CowStr::as_ref).chain(other("class")).collect();
        if id.is_some() || !classes.is_empty() {
            self.tree.rare.attributes.push(HeadingAttributes {
                heading,
                id,
                classes: classes.join(" ").into(),
            });
        }
    }

    fn quote(&mut self, kind: Option<pulldown_cmark::BlockQuoteKind>, start: usize) -> Kind {
        if kind.is_some() || !self.extensions {
            return Kind::Quote(kind);
        }
        self.boxed(start).unwrap_or_else(|| self.labelled(start))
    }

    fn destination(&mut self, kind: LinkType, url: &str, title: &str) -> u32 {
        let form = match kind {
            LinkType::Email => LinkForm::Mail,
            LinkType::Autolink => LinkForm::Address,
            LinkType::WikiLink { has_pothole } => LinkForm::Wiki(has_pothole),
            _ => LinkForm::Plain,
        };
        self.push_destination(Destination { url: url.into(), title: title.into(), form })
    }

    pub(super) fn push_destination(&mut self, destination: Destination) -> u32 {
        self.tree.destinations.push(destination);
        short(self.tree.destinations.len() - 1)
    }

    pub(in crate::markdown) fn leave(&mut self) {
        let Some(id) = self.open.pop() else { return };
        self.name_empty_link(id);
        let next = short(self.nodes.len());
        let Some(node) = self.nodes.get_mut(id as usize) else { return };
        node.next = next;
        let (kind, start) = (node.kind, node.start as usize);
        let is_label = start < self.label.end;
        if kind == Kind::AlertTitle {
            self.title_was_all();
        }
        if let Kind::Footnote(name) = kind {
            self.footnotes.push((name, id..next));
        }
        // What held nothing but the label of an alert.
        let is_inline =
            matches!(kind, Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Mark | Kind::Link(_));
        if is_label && next == id + 1 && (kind == Kind::Paragraph || is_inline) {
            self.nodes.pop();
        }
    }

    /// `[[title|]]` is called as if it had no bar.
    fn name_empty_link(&mut self, id: u32) {
        let Some(Node { kind: Kind::Link(index), start, end, .. }) = self.nodes.last().copied() else {
            return;
        };
        let link = self.tree.destination(index);
        if self.nodes.len() == id as usize + 1 && link.is_wiki() {
            let name = link.url.clone();
            self.text(&name, &(start as usize..end as usize));
        }
    }

    pub(in crate::markdown) fn html(&mut self, html: &str, span: &Range<usize>, kind: fn(u32) -> Kind) {
        if span.start < self.label.end {
            return;
        }
        let verbatim = self.tree.source.get(span.clone()) == Some(html);
        let own = (!verbatim).then(|| self.tree.strings.push(html));
        let (mut shown, from) = (String::new(), short(self.tree.rare.tags.len()));
        let at_start = self.html.is_at_start();
        let tags = &mut self.tree.rare.tags;
        self.html.read(html, &mut shown, |tag| {
            if at_start && !tag.attributes.is_empty() {
                tags.push(tag.clone());
            }
        });
        // What an earlier piece leaves open must not hide a link from checks.
        if !at_start {
            raw::opening_tags(html, |tag| tags.push(tag));
        }
        let shown = (!shown.trim().is_empty()).then(|| self.tree.strings.push(&shown));
        let (parts, tags) = (self.html.parts(), from..short(self.tree.rare.tags.len()));
        self.tree.rare.fragments.push(Fragment { html: own, shown, parts, tags });
        let id = self.push(kind(short(self.tree.rare.fragments.len() - 1)), span);
        match (self.html.hides(), self.hidden_from) {
            (true, None) => self.hidden_from = Some(id),
            (false, Some(from)) => {
                self.tree.rare.hidden.push(from..id);
                self.hidden_from = None;
            }
            _ => {}
        }
    }

    pub(in crate::markdown) fn finish(mut self) -> Tree {
        self.end_lines();
        while !self.open.is_empty() {
            self.leave();
        }
        if let Some(from) = self.hidden_from {
            self.tree.rare.hidden.push(from..short(self.nodes.len()));
        }
        let names: HashSet<&str> = self.references.iter().map(|name| self.tree.string(*name)).collect();
        let mut known = HashSet::new();
        self.footnotes.sort_by_key(|(_, nodes)| nodes.start);
        let mut idle: Vec<(Range<u32>, bool)> = Vec::new();
        for (name, nodes) in &self.footnotes {
            // Of several with one name the first counts.
            let name = self.tree.string(*name);
            let is_again = !known.insert(name);
            let is_inside = idle.last().is_some_and(|(last, _)| nodes.start < last.end);
            if (is_again || !names.contains(name)) && !is_inside {
                idle.push((nodes.clone(), is_again));
            }
        }
        if !idle.is_empty() {
            self.tree.rare.idle = idle;
        }
        self.tree.nodes = Nodes::new(&self.nodes);
        self.tree.shrink();
        self.tree
    }
}

const fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

impl Tree {
    /// Gives back memory that lists took while they grew: a handbook's documents
    /// are held as long as it is shown.
    fn shrink(&mut self) {
        exact(&mut self.blocks);
        exact(&mut self.destinations);
        shrink_nodes(&mut self.rare);
        self.strings.shrink();
    }
}
