//! Markdown: parsed once into a document, which everything else visits.
//!
//! `events` runs the parser over the body, which begins behind the front matter.
//! Steps between its events and the document repair what it reads otherwise than
//! people mean it; each has a file of its own. Visitors of the document are
//! `render` (HTML), `plain` (words, excerpts, sentences) and `mention`.

mod alert;
mod anchor;
mod attributes;
mod autolink;
mod clause;
pub(crate) mod component;
mod container;
mod dialect;
mod document;
mod elements;
pub(crate) mod emoji;
mod emphasis;
mod escape;
mod figure;
mod footnote;
mod foreign;
pub(crate) mod hidden;
#[cfg(feature = "highlight")]
mod highlight;
mod mark;
mod mask;
mod mention;
pub(crate) mod module;
pub(crate) mod myst;
mod pasted;
mod plain;
mod pymdown;
mod raw;
mod redact;
mod render;
mod rule_lines;
mod sanitize;
mod sequence;
mod structure;
mod table;
mod tool_tags;
pub(crate) mod verbatim;

pub use anchor::{LooseAnchors, slug};
pub(crate) use clause::written_numeral;
pub use clause::{ClauseLabel, ClauseNumber, Unit, parse as parse_clause};
pub(crate) use container::{attributes_at, box_class};
pub use dialect::{Dialect, Tags};
pub use document::{Clause, Document, Extent, Heading, HeadingNumber, ImageRef, LinkRef, RareParts, Run};
pub use figure::UnreadFigure;
pub use foreign::{ForeignKind, ForeignMarkup, uses_import};
pub use hidden::Notes;
pub(crate) use mention::document_before;
pub use mention::{
    AppendixKind, AppendixNumber, Mention, MentionKind, MentionedDocument, appendix_number, parse_clause_part,
};
pub use plain::{Piece, Sentence, TARGET, cut, pieces, pieces_with_targets};
pub(crate) use raw::VOID;
pub use raw::{Loss, shown_addresses};
pub use redact::Visibility;
pub use render::{AutoLink, AutoLinkKind, Sections, render_sections};
pub use render::{Embed, Image, PlaceList, Rendered, Resolve, Target, render, render_part};
pub use sequence::{Disorder, DisorderKind, disorders};
pub use structure::ClausePart;
pub use table::TableFault;

use crate::cache::Cache;
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag};
use std::ops::Range;

/// What authors' raw HTML may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RawHtml {
    /// Whatever could run a script or leave the page's style is removed.
    #[default]
    Sanitize,
    /// Passed on as written.
    Trust,
}

/// How Markdown is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MarkdownOptions {
    /// What raw HTML may do.
    pub raw_html: RawHtml,
    /// Whether `第X条` at the beginning of a paragraph makes it a clause, and
    /// headings carry a link to themselves. Off, the output is what the
    /// CommonMark and GFM specifications show, but for tables and footnotes.
    pub extensions: bool,
    /// Whether blocks carry the line that they are written in, as
    /// `data-source-line`; only the preview asks for it.
    pub source_lines: bool,
    /// What the tool of the book reads besides.
    pub dialect: Dialect,
    /// Where colours of code, formulas and diagrams are kept. No text depends on it.
    pub cache: Cache,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            raw_html: RawHtml::Sanitize,
            extensions: true,
            source_lines: false,
            dialect: Dialect::default(),
            cache: Cache::default(),
        }
    }
}

impl MarkdownOptions {
    /// The default options with another policy for raw HTML.
    #[must_use]
    pub fn with_raw_html(raw_html: RawHtml) -> Self {
        Self { raw_html, ..Self::default() }
    }
}

/// Text as it may stand in HTML.
#[must_use]
pub fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape::text(&mut out, text);
    out
}

/// Whether an address is left out of pages: `javascript:`, `vbscript:` and `data:` may
/// run scripts, `file:` and `C:` name a place on one computer.
#[must_use]
pub fn is_refused(address: &str) -> bool {
    !escape::is_safe(address)
}

/// A number that differs where options make a difference to [`Document::new`].
#[must_use]
pub fn fingerprint(options: &MarkdownOptions) -> u128 {
    u128::from(options.extensions) | (options.raw_html as u128) << 2 | options.dialect.number() << 4
}

/// The event stream: pulldown-cmark over the text from `body` on, without what it would
/// take for syntax and is none (see `mask`), with boxes and tabs as other tools write them
/// (see `container`), with emphasis repaired where it stands
/// beside Chinese (see `emphasis`), marked text (see `mark`), lines from a word processor given back what they are
/// (see `pasted`), and links made of bare addresses (see `autolink`). Front matter, which
/// stands before `body`, is no Markdown; spans count from the beginning of `text`.
pub fn events<'a>(
    text: &'a str,
    body: usize,
    options: &MarkdownOptions,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> + use<'a> {
    let markdown = text.get(body..).unwrap_or("");
    let parser = match container::events(markdown, options) {
        Some(events) => Box::new(events),
        None => parse(markdown, options),
    };
    let parser = parser.map(move |(event, span)| (in_table(event), body + span.start..body + span.end));
    let inline = mark::Marks::new(text, options.extensions, emphasis::Mend::new(text, parser));
    let blocks = pasted::Pasted::new(text, body, options.extensions, inline);
    autolink::Autolinks::new(text, options.extensions, blocks)
}

/// The parser's events; where characters are covered, all of them are read at once.
fn parse<'a>(
    markdown: &'a str,
    options: &MarkdownOptions,
) -> Box<dyn Iterator<Item = (Event<'a>, Range<usize>)> + 'a> {
    let extensions = extensions(markdown, options);
    let Some(mask) = options.extensions.then(|| mask::Mask::new(markdown)).flatten() else {
        let formulas: Option<std::vec::IntoIter<(Event<'a>, Range<usize>)>> =
            figure::events(markdown, extensions, options);
        return match formulas {
            Some(events) => Box::new(events),
            None => Box::new(Parser::new_ext(markdown, extensions).into_offset_iter()),
        };
    };
    let uncover = |event| mask.uncover(event);
    let mut events: Vec<_> = match figure::events(&mask.covered, extensions, options) {
        Some(events) => events.map(uncover).collect(),
        None => Parser::new_ext(&mask.covered, extensions).into_offset_iter().map(uncover).collect(),
    };
    part_wiki_links(&mut events);
    Box::new(events.into_iter())
}

/// Wiki links whose bar was covered, since it stands in a table, have words behind it.
fn part_wiki_links(events: &mut [(Event<'_>, Range<usize>)]) {
    for at in 1..events.len() {
        let [(Event::Start(opening), _), (Event::Text(words), span)] = &mut events[at - 1..=at] else {
            continue;
        };
        let (Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) = opening else {
            continue;
        };
        if *link_type != (LinkType::WikiLink { has_pothole: false }) {
            continue;
        }
        let Some((name, shown)) = dest_url.split_once('|') else { continue };
        let (name, shown): (CowStr<'_>, CowStr<'_>) = (name.to_owned().into(), shown.to_owned().into());
        span.start = span.end - shown.len().min(span.len());
        (*words, *dest_url) = (shown, name);
        *link_type = LinkType::WikiLink { has_pothole: true };
    }
}

/// In a table `[[title\|text]]` needs the backslash, which is no part of the title.
fn in_table(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) if is_escaped(link_type, &dest_url) => {
            Event::Start(Tag::Link { link_type, dest_url: unescaped(&dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) if is_escaped(link_type, &dest_url) => {
            Event::Start(Tag::Image { link_type, dest_url: unescaped(&dest_url), title, id })
        }
        event => event,
    }
}

fn is_escaped(kind: LinkType, destination: &str) -> bool {
    matches!(kind, LinkType::WikiLink { has_pothole: true }) && destination.ends_with('\\')
}

fn unescaped(destination: &str) -> CowStr<'static> {
    destination.trim_end_matches('\\').to_owned().into()
}

fn extensions(text: &str, options: &MarkdownOptions) -> Options {
    let mut extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    if options.extensions {
        extensions |= Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_DEFINITION_LIST;
    }
    if options.extensions && memchr::memmem::find(text.as_bytes(), b"[[").is_some() {
        extensions |= Options::ENABLE_WIKILINKS;
    }
    extensions
}
