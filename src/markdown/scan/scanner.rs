//! The walk through a chapter's events that fills a [`Scan`].

use super::super::anchor::{Anchors, Given, is_own};
use super::super::clause::{self, Unit};
use super::super::structure::Structure;
use super::super::veil::{Veil, WITHHELD};
use super::super::visible::Reader;
use super::super::{MarkdownOptions, RawHtml, mention, raw, render, seen};
use super::{Heading, ImageRef, LinkRef, Run, Scan};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Reads everything but the mentions.
pub(super) fn run(text: &str, body: usize, options: &MarkdownOptions, veil: Veil) -> Scan {
    let mut scanner = Scanner {
        text,
        options,
        scan: Scan { body, ..Scan::default() },
        anchors: Anchors::default(),
        depth: 0,
        heading: None,
        plain: None,
        has_content: false,
        opaque: 0,
        in_embed: false,
        label_end: 0,
        structure: Structure::default(),
        lists: 0,
        broken: false,
        raw: RawCount::default(),
        reader: Reader::new(text),
    };
    for (event, span) in seen(text, body, options, &veil) {
        scanner.event(&event, &span);
        scanner.reader.event(&event, &span);
    }
    let raw = scanner.raw;
    scanner.scan.clauses = scanner.structure.clauses;
    scanner.scan.clause_parts = scanner.structure.parts;
    scanner.scan.visible = scanner.reader.finish();
    let mut scan = scanner.scan;
    scan.veil = veil;
    let much = options.raw_html == RawHtml::Sanitize && raw.is_much();
    if let Some(first) = raw.first.filter(|_| much)
        && render::is_endless(text, &scan, options)
    {
        scan.refused_html = Some(first);
        scan.has_raw_html = false;
        scan.unsafe_html.clear();
    }
    scan
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

struct Scanner<'a> {
    text: &'a str,
    options: &'a MarkdownOptions,
    scan: Scan,
    anchors: Anchors,
    /// Blocks that are open; a clause stands at the top only.
    depth: usize,
    /// The open heading: level, own id, place.
    heading: Option<(u8, Option<String>, Range<usize>)>,
    /// Text of the open heading.
    plain: Option<String>,
    has_content: bool,
    /// Links and code blocks that are open: nothing in them is a mention.
    opaque: usize,
    /// Whether `![[…]]` is open, whose inside is no text of the chapter.
    in_embed: bool,
    /// Where the label of the last clause ends, which is no mention of itself.
    label_end: usize,
    structure: Structure,
    /// Lists that are open and followed.
    lists: usize,
    /// Whether the last event was a soft line break.
    broken: bool,
    raw: RawCount,
    reader: Reader<'a>,
}

impl Scanner<'_> {
    fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        let broken = std::mem::take(&mut self.broken);
        match event {
            Event::Start(tag) => self.start(tag, span.clone()),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => {
                self.heading_text(text);
                if broken && self.depth == 1 && self.options.extensions {
                    self.structure.line(text, span.start);
                }
                self.run(text, span);
            }
            Event::Code(text) => self.heading_text(text),
            Event::SoftBreak | Event::HardBreak => {
                self.broken = true;
                if let Some(plain) = &mut self.plain {
                    plain.push(' ');
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, span),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        self.raw.blocks += 1;
        match tag {
            Tag::Heading { level, id, .. } => {
                self.scan.opens_with_heading |= !self.has_content && self.scan.headings.is_empty();
                self.structure.heading();
                self.heading = Some((*level as u8, id.as_ref().map(ToString::to_string), span));
                self.plain = Some(String::new());
            }
            Tag::Paragraph if self.depth == 0 && self.options.extensions => self.clause(&span),
            Tag::Link { link_type, dest_url, .. } => {
                if *link_type != LinkType::Email && **dest_url != *WITHHELD {
                    let wiki = matches!(link_type, LinkType::WikiLink { .. });
                    self.scan.links.push(LinkRef { dest: dest_url.to_string(), wiki, span });
                }
                self.opaque += 1;
                return;
            }
            Tag::Image { link_type, dest_url, .. } => {
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                self.in_embed = wiki;
                self.scan.images.push(ImageRef { dest: dest_url.to_string(), wiki, span });
                self.opaque += 1;
                return;
            }
            Tag::CodeBlock(_) => self.opaque += 1,
            Tag::List(start) if self.options.extensions && (self.depth == 0 || self.lists > 0) => {
                self.lists += 1;
                self.structure.list(*start);
            }
            Tag::Item if self.lists > 0 => self.structure.list_item(&self.text[span.clone()], span.start),
            // What it holds says whether it counts as content.
            Tag::HtmlBlock => {
                self.depth += 1;
                return;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return,
            _ => {}
        }
        self.depth += 1;
        if self.heading.is_none() {
            self.has_content = true;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::List(_) if self.lists > 0 => {
                self.lists -= 1;
                self.structure.end_list();
            }
            TagEnd::CodeBlock => self.opaque = self.opaque.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                self.in_embed &= tag != TagEnd::Image;
                self.opaque = self.opaque.saturating_sub(1);
                return;
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => return,
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn heading_text(&mut self, text: &str) {
        let shown = !self.in_embed && !self.reader.is_hidden();
        if let Some(plain) = self.plain.as_mut().filter(|_| shown) {
            plain.push_str(text);
        }
    }

    fn end_heading(&mut self) {
        let Some((level, id, span)) = self.heading.take() else { return };
        let text = self.plain.take().unwrap_or_default().trim().to_owned();
        let mut given = self.anchors.heading(id.as_deref(), &text);
        if id.as_deref().is_some_and(is_own) {
            let length = self.text[span.clone()].trim_end().len();
            self.scan.own_ids.push(span.start..span.start + length);
        }
        let clause = clause::heading_number(&text).filter(|_| self.options.extensions);
        let number = mention::heading_number(&text).filter(|_| self.options.extensions);
        if let Some(number) = number {
            given.aliases.extend(self.anchors.number(number));
        }
        if let Some(number) = clause.filter(|number| number.unit == Unit::Article) {
            let anchor = given.aliases.first().unwrap_or(&given.anchor).clone();
            let given = Given { anchor, aliases: Vec::new() };
            self.structure.begin(number, given, span.clone(), 0);
        }
        self.scan.headings.push(Heading {
            level,
            number: number.map(str::to_owned),
            text,
            anchor: given.anchor,
            aliases: given.aliases,
            clause,
            span,
        });
    }

    fn clause(&mut self, span: &Range<usize>) {
        let paragraph = &self.text[span.clone()];
        let Some(opening) = clause::parse(paragraph).filter(|opening| opening.number.unit == Unit::Article)
        else {
            return self.structure.paragraph(paragraph, span.start);
        };
        let given = self.anchors.clause(&paragraph[opening.label], opening.number);
        self.structure.begin(opening.number, given, span.clone(), 1);
        self.label_end = span.start + opening.rest;
    }

    /// Keeps a piece of running text, in which mentions may be. Only text that
    /// stands in the file as it is read can be pointed at, which leaves out
    /// entities and escapes.
    fn run(&mut self, text: &str, span: &Range<usize>) {
        let linkable =
            self.options.extensions && self.opaque == 0 && self.heading.is_none() && text.len() == span.len();
        let linkable = linkable && !self.reader.is_hidden();
        let start = self.label_end.clamp(span.start, span.end);
        let (Ok(from), Ok(end), true) = (u32::try_from(start), u32::try_from(span.end), linkable) else {
            return;
        };
        if from == end {
            return;
        }
        let standing = self.structure.standing();
        let short = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        self.scan.runs.push(Run {
            start: from,
            end,
            clause: standing.map_or(u32::MAX, |standing| standing.clause),
            paragraph: standing.map_or(0, |standing| short(standing.paragraph)),
            item: standing.map_or(0, |standing| short(standing.item)),
        });
    }

    fn html(&mut self, html: &str, span: &Range<usize>) {
        if raw::is_comment(html) {
            return;
        }
        let places = raw::Places::new(html, self.text, span);
        let whole = places.of(0..html.trim_end().len());
        self.scan.has_raw_html = true;
        self.raw.bytes += html.len();
        self.raw.tags += memchr::memchr_iter(b'<', html.as_bytes()).count();
        self.raw.first.get_or_insert_with(|| whole.clone());
        self.has_content |= self.heading.is_none();
        if let Some(loss) = raw::loss(html) {
            self.scan.unsafe_html.push((whole, loss));
        }
        raw::attributes(html, |tag, name, value, at| {
            let span = places.of(at);
            match (tag, name) {
                (_, "id" | "name") if is_own(value) => self.scan.own_ids.push(span),
                (_, "id") | ("a", "name") => self.scan.html_anchors.push(value.to_owned()),
                ("a", "href") => self.scan.links.push(LinkRef { dest: value.to_owned(), wiki: false, span }),
                ("img", "src") => {
                    self.scan.images.push(ImageRef { dest: value.to_owned(), wiki: false, span })
                }
                (_, "src" | "href" | "poster" | "data" | "cite") => {
                    self.scan.files.push(ImageRef { dest: value.to_owned(), wiki: false, span });
                }
                (_, "srcset") => {
                    let each = value.split(',').filter_map(|one| one.split_whitespace().next());
                    self.scan.files.extend(each.map(|dest| ImageRef {
                        dest: dest.to_owned(),
                        wiki: false,
                        span: span.clone(),
                    }));
                }
                _ => {}
            }
        });
    }
}
