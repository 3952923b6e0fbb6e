//! Markdown: parsed once into a document, which everything else visits.
//!
//! `events` runs the parser over the body, which begins behind the front matter.
//! Steps between its events and the document repair what it reads otherwise than
//! people mean it; each has a file of its own. Visitors of the document are
//! `render` (HTML), `plain` (words, excerpts, sentences) and `mention`.

mod alert;
mod anchor;
mod autolink;
mod clause;
mod document;
mod elements;
mod emphasis;
mod escape;
mod figure;
mod footnote;
#[cfg(feature = "highlight")]
mod highlight;
mod mention;
mod pasted;
mod plain;
mod raw;
mod redact;
mod render;
mod rule_lines;
mod sanitize;
mod sequence;
mod structure;

pub use anchor::slug;
pub use autolink::bare_addresses;
pub use clause::{ClauseLabel, ClauseNumber, Unit, parse as parse_clause};
pub use document::{Clause, Document, Extent, Heading, ImageRef, LinkRef, Run};
pub use figure::UnreadFigure;
pub use mention::{
    AppendixKind, AppendixNumber, Mention, MentionKind, MentionedDocument, appendix_number, parse_clause_part,
};
pub use plain::{Piece, Sentence, cut, pieces};
pub use raw::{Loss, shown_addresses};
pub use redact::Visibility;
pub use render::{AutoLink, AutoLinkKind, Sections, render_sections};
pub use render::{Cited, Embed, Image, Rendered, Resolve, Target, render, render_part};
pub use sequence::{Disorder, DisorderKind, disorders};
pub use structure::ClausePart;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self { raw_html: RawHtml::Sanitize, extensions: true, source_lines: false }
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

/// The places of bare addresses (`https://…`) in running text.
pub fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let place = autolink::find(text, from)?;
        from = place.end;
        Some(place)
    })
}

/// A number that differs where options make a difference to [`Document::new`].
#[must_use]
pub fn fingerprint(options: &MarkdownOptions) -> u128 {
    u128::from(options.extensions) | (options.raw_html as u128) << 1
}

/// The event stream: pulldown-cmark over the text from `body` on, with emphasis
/// repaired where it stands beside Chinese (see `emphasis`), and lines from a word
/// processor given back what they are (see `pasted`). Front matter, which stands before
/// `body`, is no Markdown; spans count from the beginning of `text`.
pub fn events<'a>(
    text: &'a str,
    body: usize,
    options: &MarkdownOptions,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> + use<'a> {
    let markdown = text.get(body..).unwrap_or("");
    let extensions = extensions(markdown, options);
    let parser = match figure::events(markdown, extensions, options) {
        Some(events) => figure::Events::Read(events),
        None => figure::Events::Plain(Parser::new_ext(markdown, extensions).into_offset_iter()),
    };
    let parser = parser.map(move |(event, span)| (in_table(event), body + span.start..body + span.end));
    pasted::Pasted::new(text, body, options.extensions, emphasis::Mend::new(text, parser))
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
    // `[[text]](address)` is a plain link to many writers, which wiki links would
    // break; a text that holds one has none of the other kind.
    if options.extensions && text.contains("[[") && !text.contains("]](") {
        extensions |= Options::ENABLE_WIKILINKS;
    }
    extensions
}
