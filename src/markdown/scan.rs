//! The first pass: what the handbook must know of a chapter.

use super::anchor::Anchors;
use super::clause::{self, ClauseNumber, Unit};
use super::mention::{self, Mention};
use super::{MarkdownOptions, events, raw};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

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
    /// Further anchors: 第三章 for 第三章 附则.
    pub aliases: Vec<String>,
    /// Its number, where it begins with 第X章 and the like.
    pub clause: Option<ClauseNumber>,
    /// Place in the file.
    pub span: Range<usize>,
}

/// A paragraph that begins with 第X条.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clause {
    /// Its number.
    pub number: ClauseNumber,
    /// Anchor, unique in the chapter, not encoded.
    pub anchor: String,
    /// Further anchors: 15 for 第十五条.
    pub aliases: Vec<String>,
    /// Place of its first paragraph in the file.
    pub span: Range<usize>,
    /// How many paragraphs (款) it has; items such as （一） are none.
    pub paragraphs: u32,
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinkRef {
    /// Destination as written, entities and escapes resolved.
    pub dest: String,
    /// Whether it is written `[[title]]`.
    pub wiki: bool,
    /// Place in the file.
    pub span: Range<usize>,
}

/// An image as written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageRef {
    /// Destination as written.
    pub dest: String,
    /// Place in the file.
    pub span: Range<usize>,
}

/// What the first pass found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scan {
    /// The YAML between the `---` lines.
    pub front_matter: Option<Range<usize>>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Clauses, in order.
    pub clauses: Vec<Clause>,
    /// Anchors that come from raw HTML.
    pub html_anchors: Vec<String>,
    /// Links, raw HTML's too.
    pub links: Vec<LinkRef>,
    /// Images, raw HTML's too.
    pub images: Vec<ImageRef>,
    /// What running text refers to without a link, in order.
    pub mentions: Vec<Mention>,
    /// Whether there is any raw HTML.
    pub has_raw_html: bool,
    /// Places of raw HTML that could run a script or change the page.
    pub unsafe_html: Vec<Range<usize>>,
    /// Plain text of the first paragraph.
    pub first_paragraph: String,
    /// Whether the first heading comes before any other content.
    pub opens_with_heading: bool,
}

impl Scan {
    /// All anchors, in no particular order.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let headings =
            self.headings.iter().flat_map(|heading| std::iter::once(&heading.anchor).chain(&heading.aliases));
        let clauses =
            self.clauses.iter().flat_map(|clause| std::iter::once(&clause.anchor).chain(&clause.aliases));
        headings.chain(clauses).chain(&self.html_anchors).map(String::as_str)
    }

    /// Whether a place of the chapter answers to this anchor.
    #[must_use]
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors().any(|known| known == anchor)
    }
}

/// Reads a chapter's text.
#[must_use]
pub fn scan(text: &str, options: &MarkdownOptions) -> Scan {
    let mut scanner = Scanner {
        text,
        options,
        scan: Scan::default(),
        anchors: Anchors::default(),
        depth: 0,
        heading: None,
        plain: None,
        in_metadata: false,
        has_content: false,
        opaque: 0,
        in_clause: false,
        label_end: 0,
    };
    for (event, span) in events(text, options) {
        scanner.event(event, span);
    }
    scanner.scan
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
    /// Text of the open heading or of the first paragraph.
    plain: Option<String>,
    in_metadata: bool,
    has_content: bool,
    /// Links and code blocks that are open: nothing in them is a mention.
    opaque: usize,
    in_clause: bool,
    /// Where the label of the last clause ends, which is no mention of itself.
    label_end: usize,
}

impl Scanner<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_metadata => {
                let start = self.scan.front_matter.as_ref().map_or(span.start, |known| known.start);
                self.scan.front_matter = Some(start..span.end.max(start));
                drop(text);
            }
            Event::Text(text) => {
                if let Some(plain) = &mut self.plain {
                    plain.push_str(&text);
                }
                self.mentions(&text, &span);
            }
            Event::Code(text) => {
                if let Some(plain) = &mut self.plain {
                    plain.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(plain) = &mut self.plain {
                    plain.push(' ');
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, span.start),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::MetadataBlock(_) => {
                self.in_metadata = true;
                let yaml = self.text[span.start..].find('\n').map_or(span.end, |at| span.start + at + 1);
                self.scan.front_matter = Some(yaml..yaml);
                return;
            }
            Tag::Heading { level, id, .. } => {
                self.scan.opens_with_heading |= !self.has_content && self.scan.headings.is_empty();
                self.in_clause = false;
                self.heading = Some((level as u8, id.map(|id| id.to_string()), span));
                self.plain = Some(String::new());
            }
            Tag::Paragraph => {
                if self.depth == 0 && self.options.decorate {
                    self.clause(&span);
                }
                if self.scan.first_paragraph.is_empty() && self.plain.is_none() {
                    self.plain = Some(String::new());
                }
            }
            Tag::Link { link_type, dest_url, .. } => {
                if link_type != LinkType::Email {
                    let wiki = matches!(link_type, LinkType::WikiLink { .. });
                    self.scan.links.push(LinkRef { dest: dest_url.to_string(), wiki, span });
                }
                self.opaque += 1;
                return;
            }
            Tag::Image { dest_url, .. } => {
                self.scan.images.push(ImageRef { dest: dest_url.to_string(), span });
                self.opaque += 1;
                return;
            }
            Tag::CodeBlock(_) => self.opaque += 1,
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
            TagEnd::MetadataBlock(_) => {
                self.in_metadata = false;
                return;
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Paragraph => {
                if let Some(plain) = self.plain.take() {
                    self.scan.first_paragraph = plain.trim().to_owned();
                }
            }
            TagEnd::CodeBlock => self.opaque = self.opaque.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
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

    fn end_heading(&mut self) {
        let Some((level, id, span)) = self.heading.take() else { return };
        let text = self.plain.take().unwrap_or_default().trim().to_owned();
        let given = self.anchors.heading(id.as_deref(), &text);
        let clause = clause::parse(&text).map(|opening| opening.number);
        self.scan.headings.push(Heading {
            level,
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
            if let Some(clause) = self.scan.clauses.last_mut().filter(|_| self.in_clause) {
                clause.paragraphs += u32::from(!clause::is_item(paragraph));
            }
            return;
        };
        let given = self.anchors.clause(&paragraph[opening.label], opening.number);
        self.scan.clauses.push(Clause {
            number: opening.number,
            anchor: given.anchor,
            aliases: given.aliases,
            span: span.clone(),
            paragraphs: 1,
        });
        self.in_clause = true;
        self.label_end = span.start + opening.rest;
    }

    /// Finds what a text refers to. Only text that stands in the file as it is
    /// read can be pointed at, which leaves out entities and escapes.
    fn mentions(&mut self, text: &str, span: &Range<usize>) {
        let linkable =
            self.options.decorate && self.opaque == 0 && self.heading.is_none() && text.len() == span.len();
        if !linkable {
            return;
        }
        let skipped = self.label_end.clamp(span.start, span.end) - span.start;
        let current = self.scan.clauses.last().filter(|_| self.in_clause).map(|clause| clause.number);
        if let Some(text) = text.get(skipped..) {
            mention::find(text, span.start + skipped, current, &mut self.scan.mentions);
        }
    }

    fn html(&mut self, html: &str, start: usize) {
        if raw::is_comment(html) {
            return;
        }
        self.scan.has_raw_html = true;
        self.has_content |= self.heading.is_none();
        if raw::is_unsafe(html) {
            self.scan.unsafe_html.push(start..start + html.trim_end().len());
        }
        raw::attributes(html, |tag, name, value, at| {
            let span = start + at.start..start + at.end;
            match (tag, name) {
                (_, "id") | ("a", "name") => self.scan.html_anchors.push(value.to_owned()),
                ("a", "href") => self.scan.links.push(LinkRef { dest: value.to_owned(), wiki: false, span }),
                ("img", "src") => self.scan.images.push(ImageRef { dest: value.to_owned(), span }),
                _ => {}
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Scan {
        scan(text, &MarkdownOptions::default())
    }

    #[test]
    fn spans_are_places_in_the_file() {
        let text = "---\ntitle: 甲\n---\n\n# 标题\n\n见[乙](b.md)。\n";
        let scan = read(text);
        assert_eq!(&text[scan.front_matter.clone().unwrap()], "title: 甲\n");
        assert_eq!(&text[scan.links[0].span.clone()], "[乙](b.md)");
        assert_eq!(scan.headings[0].text, "标题");
        assert!(scan.opens_with_heading);
        assert_eq!(scan.first_paragraph, "见乙。");
    }

    #[test]
    fn clauses_stand_at_the_top_only() {
        let scan = read("## 第一章 总则\n\n第一条 为了……\n\n二款\n\n> 第二条 引文\n\n**第三条** 完\n");
        let anchors: Vec<&str> = scan.clauses.iter().map(|clause| clause.anchor.as_str()).collect();
        assert_eq!(anchors, ["第一条", "第三条"]);
        for anchor in ["第一章-总则", "第一章", "第一条", "1", "3"] {
            assert!(scan.has_anchor(anchor), "{anchor}");
        }
    }

    #[test]
    fn raw_html_is_read_for_links_and_anchors() {
        let text = "<a href=\"x.md\" id='k'>x</a> <img src=y.png>\n\n<script>alert(1)</script>\n";
        let scan = read(text);
        assert_eq!(&text[scan.links[0].span.clone()], "x.md");
        assert_eq!((scan.images[0].dest.as_str(), scan.html_anchors[0].as_str()), ("y.png", "k"));
        assert_eq!(scan.unsafe_html.len(), 1);
    }

    #[test]
    fn empty_front_matter_and_rules_are_told_apart() {
        assert_eq!(read("---\n---\n# A\n").headings.len(), 1);
        assert_eq!(read("# A\n\n---\n\nb\n").front_matter, None);
    }
}
