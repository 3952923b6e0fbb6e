//! A document's HTML, links resolved.
//!
//! Everything goes into one string. No inline style or script is written, so
//! that a page works under `Content-Security-Policy: default-src 'self'`.

mod auto_link;
mod block;
mod clause;
mod code;
mod container;
mod figure;
mod inline;
mod line;
mod quoted;
mod section;
mod table;

pub use auto_link::{AutoLink, AutoLinkKind};
pub use section::{Sections, render_sections};

use super::document::{Alignment, Document, Kind, NodeId, Step, Walk};
use super::footnote::Footnotes;
use super::{MarkdownOptions, RawHtml, sanitize};
use std::ops::Range;

/// Where a link goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To this address, as it is to stand in the attribute before escaping.
    Address(String),
    /// Out of the handbook, to the destination as written.
    External,
    /// To what the site's audience may not see: the text is shown with a mark.
    Withheld,
    /// Nowhere: the text is shown without a link.
    Broken,
}

/// What an image shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Image {
    /// Address, as it is to stand in the attribute before escaping.
    pub source: String,
    /// Width and height in pixels, where known.
    pub dimensions: Option<(u32, u32)>,
}

impl Image {
    /// An image at an address.
    #[must_use]
    pub const fn new(source: String, dimensions: Option<(u32, u32)>) -> Self {
        Self { source, dimensions }
    }
}

/// A mark below a clause that opens a list of places: who cites it, or when it changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceList {
    /// What the mark says.
    pub label: String,
    /// Address and words of each place, as far as they are listed.
    pub places: Vec<(String, String)>,
}

impl PlaceList {
    /// A label and the places.
    #[must_use]
    pub const fn new(label: String, places: Vec<(String, String)>) -> Self {
        Self { label, places }
    }
}

/// A text that another chapter quotes as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Embed {
    /// Its HTML; empty where only the link is to be shown.
    pub html: String,
    /// Where it stands.
    pub address: String,
    /// What it is called: 《title》第三条.
    pub words: String,
}

impl Embed {
    /// A text, where it stands and what it is called.
    #[must_use]
    pub const fn new(html: String, address: String, words: String) -> Self {
        Self { html, address, words }
    }
}

/// What rendering must ask the handbook.
pub trait Resolve {
    /// Where a link's destination leads.
    fn link(&self, destination: &str) -> Target;
    /// Where `[[destination]]` leads: a title, an id or a path, with an anchor.
    fn wiki_link(&self, destination: &str) -> Target {
        self.link(destination)
    }
    /// The file of an image's destination.
    fn image(&self, destination: &str) -> Image;
    /// The picture that `![[destination]]` shows; `None` where it names no picture.
    fn wiki_image(&self, destination: &str) -> Option<Image> {
        Some(self.image(destination))
    }
    /// Where a link leads that stands for a frame of this address, which is removed; `None`
    /// where its readers cannot follow one.
    fn frame(&self, _destination: &str) -> Option<String> {
        None
    }
    /// Where the mention at this place of the document's list leads, if anywhere.
    fn mention(&self, _at: usize) -> Option<String> {
        None
    }
    /// Who cites the clause or heading of this anchor from elsewhere, if anyone.
    fn cited(&self, _anchor: &str) -> Option<PlaceList> {
        None
    }
    /// In which editions the clause or heading of this anchor changed, if in any.
    fn history(&self, _anchor: &str) -> Option<PlaceList> {
        None
    }
    /// The text that `![[destination]]` embeds, if it names one; `start` is where
    /// that stands in the file.
    fn embed(&self, _destination: &str, _start: usize) -> Option<Embed> {
        None
    }
    /// Further links on running text, in order; none stands in a mention that leads somewhere.
    fn auto_links(&self) -> &[AutoLink] {
        &[]
    }
    /// Where a mark leads, if anywhere.
    fn auto_link(&self, _link: &AutoLink) -> Option<String> {
        None
    }
    /// A word of the interface, e.g. `alert_note`.
    fn word(&self, key: &'static str) -> &str;
}

/// Finished HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rendered {
    /// The body.
    pub html: String,
}

/// Writes a document's HTML. With `skip_title` the first heading is left out, because
/// the page shows the title itself.
#[must_use]
pub fn render(
    document: &Document,
    options: &MarkdownOptions,
    resolve: &dyn Resolve,
    skip_title: bool,
) -> Rendered {
    write(Writer { skip_title, ..Writer::new(document, options, resolve) })
}

/// The same for a part of the chapter, as another page quotes it: the blocks at
/// the top that begin in `part`, without anchors of their own.
#[must_use]
pub fn render_part(
    document: &Document,
    options: &MarkdownOptions,
    resolve: &dyn Resolve,
    part: Range<usize>,
) -> Rendered {
    write(Writer { part: Some(part), ..Writer::new(document, options, resolve) })
}

fn write(mut writer: Writer<'_, '_>) -> Rendered {
    writer.run();
    let clean = writer.document.has_raw_html && writer.options.raw_html == RawHtml::Sanitize;
    let schemes = || sanitize::further_schemes(writer.document);
    let html = if clean {
        figure::restored(&sanitize::clean(&writer.out, &schemes()), &writer.figures)
    } else {
        writer.out
    };
    Rendered { html }
}

/// Whether a chapter's raw HTML takes far more effort to clean than its length
/// explains (see `sanitize::is_endless`).
pub(super) fn is_endless(document: &Document, options: &MarkdownOptions) -> bool {
    let mut writer = Writer::new(document, options, &Nowhere);
    writer.run();
    sanitize::is_endless(&writer.out)
}

/// Links that lead nowhere, where only the shape of the HTML counts.
struct Nowhere;

impl Resolve for Nowhere {
    fn link(&self, _: &str) -> Target {
        Target::Broken
    }
    fn image(&self, _: &str) -> Image {
        Image::default()
    }
    fn word(&self, key: &'static str) -> &str {
        key
    }
}

/// A table that is open.
struct Table<'d> {
    alignments: &'d [Alignment],
    column: usize,
    in_head: bool,
}

struct Writer<'d, 'r> {
    document: &'d Document,
    options: &'r MarkdownOptions,
    resolve: &'r dyn Resolve,
    walk: Walk<'d>,
    out: String,
    skip_title: bool,
    /// The part that is quoted, else the whole chapter is written.
    part: Option<Range<usize>>,
    /// Blocks that are open around the current one.
    depth: usize,
    /// Paragraphs and items of clauses met so far.
    clause_parts: usize,
    /// Whether paragraphs at the top belong to a clause.
    in_clause: bool,
    /// The clause that is open, by its anchor.
    cited: Option<String>,
    /// Mentions met so far.
    mentions: usize,
    /// Automatic links met so far.
    auto_links: usize,
    /// What begins before this place is not shown (the label of a clause).
    skip_to: usize,
    /// The last character of text written.
    last: char,
    /// A line break that is written unless it stands between two Chinese characters.
    pending_break: bool,
    footnotes: Footnotes,
    /// Output that waits while a footnote's definition is written, with its name.
    set_aside: Vec<(String, String)>,
    /// How each open list ends, and whether it is loose.
    lists: Vec<&'static str>,
    table: Option<Table<'d>>,
    /// Tables so far.
    tables: usize,
    /// How each open block quote or box ends.
    quotes: Vec<&'static str>,
    /// How each open link ends.
    link_ends: Vec<&'static str>,
    /// Whether a link of raw HTML is open that leads to something withheld.
    raw_withheld: bool,
    /// Whether what opened in front of a clause's label is written behind it.
    opens_late: bool,
    /// What closes with a clause's label, which is shown without it.
    dropped: Vec<NodeId>,
    /// Figures that wait while raw HTML is cleaned, since the cleaner knows none.
    figures: Vec<String>,
    /// Diagrams so far.
    diagrams: usize,
    /// How far lines have been counted, for `source_lines`.
    lines: line::Lines,
}

impl<'d, 'r> Writer<'d, 'r> {
    /// A writer at the beginning of a document.
    fn new(document: &'d Document, options: &'r MarkdownOptions, resolve: &'r dyn Resolve) -> Self {
        Self {
            document,
            options,
            resolve,
            walk: document.tree.walk(),
            out: String::new(),
            part: None,
            skip_title: false,
            depth: 0,
            clause_parts: 0,
            in_clause: false,
            cited: None,
            mentions: 0,
            auto_links: 0,
            skip_to: 0,
            last: '\n',
            pending_break: false,
            footnotes: Footnotes::default(),
            set_aside: Vec::new(),
            lists: Vec::new(),
            table: None,
            tables: 0,
            quotes: Vec::new(),
            link_ends: Vec::new(),
            raw_withheld: false,
            opens_late: false,
            dropped: Vec::new(),
            figures: Vec::new(),
            diagrams: 0,
            lines: line::Lines::default(),
        }
    }

    fn run(&mut self) {
        let length = self.part.as_ref().map_or(self.document.source().len(), Range::len);
        self.out.reserve(length * 3 / 2 + 256);
        if let Some(part) = self.part.clone() {
            self.begin_at(part.start);
        }
        while let Some(step) = self.walk.next() {
            match step {
                Step::Enter(id) if self.depth == 0 && self.is_outside(id) => self.walk.skip_node(),
                Step::Enter(id) => self.enter(id),
                Step::Leave(id) => self.leave(id),
            }
        }
        self.foot();
    }

    /// The footnotes, behind all else.
    fn foot(&mut self) {
        self.end_clause();
        if self.is_quoted() {
            return;
        }
        let (label, back) = (self.resolve.word("footnotes"), self.resolve.word("footnote_back"));
        self.footnotes.write(&mut self.out, label, back);
    }

    /// Begins a line, as block tags do.
    fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}
