//! What the handbook must know of a chapter, taken from its tree: headings,
//! clauses and their parts, links, images, what raw HTML names.

use super::super::anchor::{Anchors, Given, is_own};
use super::super::clause::{self, Unit};
use super::super::container::Shape;
use super::super::raw::{self, Loss, Tag};
use super::super::rule_lines::{LineKind, RuleLines};
use super::super::structure::Structure;
use super::super::table::{self, TableFault};
use super::super::{MarkdownOptions, RawHtml, container, figure, foreign, mask, mention};
use super::tree::{Kind, LinkForm, NodeId, Tree, short};
use super::{Document, Heading, HeadingNumber, ImageRef, LinkRef, Run, Step};
use std::cell::OnceCell;
use std::ops::Range;

/// Reads everything but the mentions.
pub(super) fn read(tree: Tree, body: usize, options: &MarkdownOptions) -> Document {
    let mut outline = Outline {
        tree: &tree,
        options,
        found: Document { body, ..Document::default() },
        anchors: Anchors::default(),
        depth: 0,
        heading: None,
        has_content: false,
        opaque: 0,
        in_embed: false,
        label_end: 0,
        structure: Structure::default(),
        clause_nodes: Vec::new(),
        lists: 0,
        begins: false,
        quotes: 0,
        rule_lines: OnceCell::new(),
        raw: RawCount::default(),
        columns: 0,
        surplus: None,
        taken: Vec::new(),
    };
    for step in tree.walk() {
        match step {
            Step::Enter(id) => outline.enter(id),
            Step::Leave(id) => outline.leave(id),
        }
    }
    let idle = tree.idle_footnotes().map(|(id, again)| {
        let start = tree.span(id).start;
        let line = tree.written(id).lines().next().unwrap_or("");
        (start..start + line.trim_end().len(), again)
    });
    outline.found.idle_footnotes = idle.collect();
    let Outline { mut found, structure, clause_nodes, raw, taken, .. } = outline;
    found.clauses = structure.clauses;
    found.clause_parts = structure.parts;
    found.indents = structure.indents;
    found.tree = tree;
    for (index, id) in (0..).zip(clause_nodes) {
        // A heading may be a clause too, and stays a heading.
        if let Some(id) = id {
            found.tree.make_clause(id, index);
        }
    }
    taken.into_iter().for_each(|id| found.tree.make_taken(id));
    let is_much = options.raw_html == RawHtml::Sanitize && raw.is_much();
    if let Some(first) = raw.first.filter(|_| is_much)
        && super::super::render::is_endless(&found, options)
    {
        found.refused_html = Some(first);
        found.has_raw_html = false;
        found.unsafe_html.clear();
    }
    found
}

/// How much raw HTML there is.
#[derive(Default)]
struct RawCount {
    bytes: usize,
    tags: usize,
    blocks: usize,
    first: Option<Range<usize>>,
}

impl RawCount {
    /// Whether it is so much that it must be looked at more closely: each tag
    /// might be left open before all blocks and other tags.
    const fn is_much(&self) -> bool {
        self.bytes > 16_384 || self.tags.saturating_mul(self.blocks + self.tags) > 2_000_000
    }
}

struct Outline<'t> {
    tree: &'t Tree,
    options: &'t MarkdownOptions,
    found: Document,
    anchors: Anchors,
    /// Blocks that are open; a clause stands at the top only.
    depth: usize,
    /// Text of the open heading.
    heading: Option<String>,
    has_content: bool,
    /// Links and code blocks that are open: nothing in them is a mention.
    opaque: usize,
    /// Whether `![[…]]` is open, whose inside is no text of the chapter.
    in_embed: bool,
    /// Where the label of the last clause ends, which is no mention of itself.
    label_end: usize,
    structure: Structure,
    /// The paragraphs of the clauses; none for a heading.
    clause_nodes: Vec<Option<NodeId>>,
    /// Lists that are open and followed.
    lists: usize,
    /// Whether the text that comes next begins a line of its paragraph.
    begins: bool,
    /// Block quotes that are open.
    quotes: usize,
    /// The lines that are clauses by their numbers, where that is asked for.
    rule_lines: OnceCell<RuleLines>,
    raw: RawCount,
    /// Columns of the open table.
    columns: usize,
    /// The first of its rows with more cells, and how many have.
    surplus: Option<(Range<usize>, usize)>,
    /// Ids of other tools that something else has.
    taken: Vec<NodeId>,
}

impl Outline<'_> {
    fn enter(&mut self, id: NodeId) {
        let span = self.tree.span(id);
        let kind = self.tree.kind(id);
        if self.options.extensions {
            figure::note(self.tree, id, &self.options.cache, &mut self.found);
            foreign::note(self.tree, id, self.opaque > 0, &mut self.found);
        }
        match kind {
            Kind::Text | Kind::Words(_) => {
                let text = self.tree.words(id).unwrap_or("");
                self.heading_text(id, text);
                if std::mem::take(&mut self.begins) && self.quotes > 0 {
                    self.pass_label(text, span.start);
                }
                if kind == Kind::Text {
                    self.run(id, &span);
                }
            }
            Kind::Code(text) | Kind::Formula(text, _) => {
                self.begins = false;
                self.heading_text(id, self.tree.string(text));
            }
            Kind::SoftBreak | Kind::HardBreak => {
                self.begins = true;
                if let Some(heading) = &mut self.heading {
                    heading.push(' ');
                }
            }
            Kind::Html(index) | Kind::InlineHtml(index) => {
                let (html, tags) = self.tree.html(id, index);
                self.html(html, tags, &span);
            }
            Kind::Rule | Kind::FootnoteReference(_) | Kind::Task(_) => {}
            _ => self.enter_container(id, kind, span),
        }
    }

    fn enter_container(&mut self, id: NodeId, kind: Kind, span: Range<usize>) {
        self.raw.blocks += 1;
        self.begins |= matches!(kind, Kind::Paragraph | Kind::AlertTitle);
        if self.options.extensions {
            self.table(id, kind, &span);
        }
        match kind {
            Kind::Heading(..) => {
                self.found.opens_with_heading |= !self.has_content && self.found.headings.is_empty();
                self.structure.heading();
                self.heading = Some(String::new());
            }
            Kind::Paragraph if self.depth == 0 && self.options.extensions => self.paragraph(id, &span),
            Kind::Link(index) => {
                let link = self.tree.destination(index);
                if !matches!(link.form, LinkForm::Mail | LinkForm::Withheld) {
                    let (dest, wiki) = (link.url.to_string(), link.is_wiki());
                    self.found.links.push(LinkRef { dest, wiki, span });
                }
                self.opaque += 1;
                return;
            }
            Kind::Image(index) => {
                let image = self.tree.destination(index);
                self.in_embed = image.is_wiki();
                let (dest, wiki) = (image.url.to_string(), image.is_wiki());
                self.found.images.push(ImageRef { dest, wiki, span });
                self.opaque += 1;
                return;
            }
            Kind::CodeBlock(_) => self.opaque += 1,
            Kind::Quote(_) | Kind::Alert(_) => self.quotes += 1,
            Kind::Box(Shape::Anchor) => self.named(id, span),
            Kind::BulletList | Kind::OrderedList(_)
                if self.options.extensions && (self.depth == 0 || self.lists > 0) =>
            {
                self.lists += 1;
                let first = if let Kind::OrderedList(first) = kind { Some(first.into()) } else { None };
                self.structure.list(first);
            }
            Kind::Item if self.lists > 0 => self.structure.list_item(self.tree.written(id), span.start),
            // What it holds says whether it counts as content.
            Kind::HtmlBlock => {
                self.depth += 1;
                return;
            }
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Mark => return,
            _ => {}
        }
        self.depth += 1;
        if self.heading.is_none() {
            self.has_content = true;
        }
    }

    fn leave(&mut self, id: NodeId) {
        match self.tree.kind(id) {
            Kind::Heading(level, index) => self.end_heading(level, index, self.tree.span(id)),
            Kind::BulletList | Kind::OrderedList(_) if self.lists > 0 => {
                self.lists -= 1;
                self.structure.end_list();
            }
            Kind::Table(_) => {
                let surplus = self.surplus.take();
                self.found.tables.extend(surplus.map(|(row, rows)| (row, TableFault::Surplus(rows))));
            }
            Kind::CodeBlock(_) => self.opaque = self.opaque.saturating_sub(1),
            Kind::Quote(_) | Kind::Alert(_) => self.quotes = self.quotes.saturating_sub(1),
            Kind::Link(_) => {
                self.opaque = self.opaque.saturating_sub(1);
                return;
            }
            Kind::Image(_) => {
                self.in_embed = false;
                self.opaque = self.opaque.saturating_sub(1);
                return;
            }
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Mark => return,
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Looks at a row of a table, or at a paragraph that was meant for one.
    fn table(&mut self, id: NodeId, kind: Kind, span: &Range<usize>) {
        match kind {
            Kind::Table(index) => self.columns = self.tree.alignments(index).len(),
            Kind::TableRow => {
                let row = self.tree.written(id);
                if mask::is_too_long(row, self.columns) {
                    let first = span.start..span.start + row.trim_end().len();
                    self.surplus.get_or_insert((first, 0)).1 += 1;
                }
            }
            Kind::Paragraph => {
                let written = self.tree.written(id);
                if let Some((at, fault)) = table::fault(written) {
                    let length = written[at..].lines().next().map_or(0, |line| line.trim_end().len());
                    self.found.tables.push((span.start + at..span.start + at + length, fault));
                }
            }
            _ => {}
        }
    }

    /// `{: #id }`, which links may lead to.
    fn named(&mut self, id: NodeId, span: Range<usize>) {
        match container::anchor(self.tree.written(id)) {
            Some(name) if is_own(name) => self.found.own_ids.push(span),
            Some(name) if self.anchors.heading(Some(name), "").anchor == name => {
                self.found.html_anchors.push(name.to_owned());
            }
            _ => self.taken.push(id),
        }
    }

    fn heading_text(&mut self, id: NodeId, text: &str) {
        let is_shown = !self.in_embed && !self.tree.is_hidden(id);
        if let Some(heading) = self.heading.as_mut().filter(|_| is_shown) {
            heading.push_str(text);
        }
    }

    fn end_heading(&mut self, level: u8, index: u32, span: Range<usize>) {
        let text = self.heading.take().unwrap_or_default().trim().to_owned();
        let id = self.tree.heading_attributes(index).and_then(|attributes| attributes.id.as_deref());
        let mut given = self.anchors.heading(id, &text);
        if id.is_some_and(is_own) {
            let length = self.tree.source()[span.clone()].trim_end().len();
            self.found.own_ids.push(span.start..span.start + length);
        }
        let clause = clause::heading_number(&text)
            .filter(|_| self.options.extensions && self.is_heading_of_rules(&text, span.start));
        let number = mention::heading_number(&text).filter(|_| self.options.extensions);
        if let Some(number) = number {
            given.aliases.extend(self.anchors.number(number));
        }
        if let Some(number) = clause.filter(|number| number.unit == Unit::Article) {
            let anchor = given.aliases.first().unwrap_or(&given.anchor).clone();
            let given = Given { anchor, ..Given::default() };
            self.structure.begin(number, given, span.clone(), 0);
            self.clause_nodes.push(None);
        }
        let rare = HeadingNumber { aliases: given.aliases, clause, number: number.map(str::to_owned) }.into();
        self.found.headings.push(Heading { level, text, anchor: given.anchor, span, rare });
    }

    fn rule_lines(&self) -> &RuleLines {
        self.rule_lines.get_or_init(|| RuleLines::new(self.tree.source(), self.found.body))
    }

    /// Whether a heading whose label runs into its text is a clause by its number.
    fn is_heading_of_rules(&self, text: &str, start: usize) -> bool {
        let doubtful =
            clause::parse(text).is_some_and(|label| label.number.unit == Unit::Article && !label.certain);
        !doubtful || self.rule_lines().kind(start).is_some()
    }

    /// A paragraph at the top begins a clause or goes on with one.
    fn paragraph(&mut self, id: NodeId, span: &Range<usize>) {
        let paragraph = self.tree.written(id);
        let label = clause::parse(paragraph)
            .filter(|label| label.number.unit == Unit::Article)
            .filter(|label| label.certain || self.rule_lines().kind(span.start) == Some(LineKind::Clause));
        let Some(label) = label else {
            return self.structure.paragraph(paragraph, span.start);
        };
        let given = self.anchors.clause(&paragraph[label.label], label.number);
        self.structure.begin(label.number, given, span.clone(), 1);
        self.clause_nodes.push(Some(id));
        self.label_end = span.start + label.rest;
    }

    /// A line of a quotation that begins with a label: a clause of another text, which
    /// is no mention of ours.
    fn pass_label(&mut self, text: &str, start: usize) {
        if let Some(label) = clause::parse(text) {
            self.label_end = self.label_end.max(start + label.label.end);
        }
    }

    /// Keeps a piece of running text, in which mentions may be, with the clause it
    /// stands in.
    fn run(&mut self, id: NodeId, span: &Range<usize>) {
        let linkable = self.options.extensions && self.opaque == 0 && self.heading.is_none();
        let start = self.label_end.clamp(span.start, span.end);
        if !linkable || start == span.end || self.tree.is_hidden(id) {
            return;
        }
        let standing = self.structure.standing();
        let brief = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        self.found.runs.push(Run {
            start: short(start),
            end: short(span.end),
            clause: standing.map_or(u32::MAX, |standing| standing.clause),
            paragraph: standing.map_or(0, |standing| brief(standing.paragraph)),
            item: standing.map_or(0, |standing| brief(standing.item)),
        });
    }

    fn html(&mut self, html: &str, tags: &[Tag], span: &Range<usize>) {
        let places = raw::Places::new(html, self.tree.source(), span);
        let whole = places.of(0..html.trim_end().len());
        if raw::is_comment(html) {
            // What ends a comment may have been added.
            if self.options.extensions && !foreign::is_whole(html, &self.tree.source()[span.clone()]) {
                self.found.unsafe_html.push((places.of(0.."<!--".len()), Loss::Comment));
            }
            return;
        }
        if self.options.extensions && raw::is_instruction(html) {
            self.found.unsafe_html.push((whole, Loss::Instruction));
            return;
        }
        self.found.has_raw_html = true;
        self.raw.bytes += html.len();
        self.raw.tags += memchr::memchr_iter(b'<', html.as_bytes()).count();
        self.raw.first.get_or_insert_with(|| whole.clone());
        self.has_content |= self.heading.is_none();
        let lost = raw::losses(html, tags).into_iter();
        self.found.unsafe_html.extend(lost.map(|(place, loss)| (places.of(place), loss)));
        for tag in tags {
            for attribute in &tag.attributes {
                let value = raw::decode(&html[attribute.value.clone()]);
                self.attribute(&tag.name, &attribute.name, &value, places.of(attribute.value.clone()));
            }
        }
    }

    fn attribute(&mut self, tag: &str, name: &str, value: &str, span: Range<usize>) {
        let found = &mut self.found;
        let file = |dest: &str| ImageRef { dest: dest.to_owned(), wiki: false, span: span.clone() };
        match (tag, name) {
            (_, "id" | "name") if is_own(value) => found.own_ids.push(span),
            (_, "id") | ("a", "name") => found.html_anchors.push(value.to_owned()),
            ("a", "href") => found.links.push(LinkRef { dest: value.to_owned(), wiki: false, span }),
            ("img", "src") => found.images.push(file(value)),
            (_, "src" | "href" | "poster" | "data" | "cite") => found.files.push(file(value)),
            (_, "srcset") => {
                let each = value.split(',').filter_map(|one| one.split_whitespace().next());
                found.files.extend(each.map(file));
            }
            _ => {}
        }
    }
}
