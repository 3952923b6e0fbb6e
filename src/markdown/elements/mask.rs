//! Lines that begin with what only looks like a tag.
//!
//! To the parser a line that is nothing but `<placeholder>` begins a block of raw HTML,
//! and so does `<script>`, up to the end of the text if nothing closes it. What follows
//! would be no Markdown. So the parser gets a text in which another character stands in
//! the place of such a `<`, one that the text does not hold; its events get the `<` back.

use super::super::dialect::Tags;
use super::super::{MarkdownOptions, RawHtml, component, container};
use super::name::{self, Class};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

/// Characters that stand for `<`; no text has use for one, and no other step covers with them.
const MARKS: std::ops::RangeInclusive<u8> = 16..=24;

/// A text whose lines begin with no tag but those of elements.
pub(in crate::markdown) struct Masked {
    pub(in crate::markdown) text: String,
    mark: char,
}

/// The text to parse, where that is another one.
pub(in crate::markdown) fn mask(text: &str, body: usize, options: &MarkdownOptions) -> Option<Masked> {
    let trust = options.raw_html == RawHtml::Trust;
    // Tags that something else takes the place of.
    let hidden = match options.dialect.components {
        Tags::None => Vec::new(),
        tags => component::marks(text.get(body..).unwrap_or(""), tags),
    };
    let is_hidden = |at: usize| hidden.binary_search_by_key(&(at - body), |tag| tag.place.start).is_ok();
    let mut ends = Ends::default();
    let places: Vec<usize> = memchr::memchr_iter(b'<', text.as_bytes())
        .filter(|at| *at >= body && begins_line(text, *at) && !is_element(text, *at, trust, &mut ends))
        .filter(|at| !is_hidden(*at))
        .collect();
    let first = *places.first()?;
    let mark = MARKS.clone().find(|mark| !text.as_bytes().contains(mark))?;
    let mark = char::from(mark);
    let (mut masked, mut done) = (String::with_capacity(text.len()), first);
    masked.push_str(&text[..first]);
    for place in places {
        masked.push_str(&text[done..place]);
        masked.push(mark);
        done = place + 1;
    }
    masked.push_str(&text[done..]);
    Some(Masked { text: masked, mark })
}

/// Whether nothing but what marks blocks stands before a place in its line.
fn begins_line(text: &str, at: usize) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b':');
    let before = text[..at].bytes().rev().find(|byte| !is_mark(byte) && !byte.is_ascii_digit());
    if before.is_some_and(|byte| byte != b'\n') {
        return false;
    }
    // An address in angle brackets may stand in a line of its own.
    let before = text[..at].trim_end();
    !before.ends_with("](") && !before.ends_with("]:")
}

fn is_element(text: &str, at: usize, trust: bool, ends: &mut Ends) -> bool {
    let rest = &text[at..];
    // A tab: see `container`. Its end must come, else the line is text.
    if let Some(name) = container::element_of(rest.lines().next().unwrap_or("")) {
        return rest.starts_with("</") || ends.close(text, name, at);
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
    let Some((name, closes)) = name::of_tag(&rest[..end]) else { return true };
    // `<https://…>` is an address, `<a@b.c>` too.
    if name.contains([':', '@']) {
        return true;
    }
    let Some(class) = name::class(&name, trust) else { return false };
    let needs_end = matches!(class, Class::Raw | Class::Unseen | Class::Word);
    closes || !needs_end || ends.close(text, &name, at)
}

/// Where the last closing tags of a text stand.
#[derive(Default)]
struct Ends {
    known: Vec<(String, Option<usize>)>,
}

impl Ends {
    /// Whether something behind a place closes an element.
    fn close(&mut self, text: &str, name: &str, at: usize) -> bool {
        let known = self.known.iter().find(|known| known.0 == name);
        let last = known.map_or_else(|| last_close(text, name), |known| known.1);
        if known.is_none() {
            self.known.push((name.to_owned(), last));
        }
        last.is_some_and(|last| last > at)
    }
}

/// Where the last tag stands that closes an element.
pub(super) fn last_close(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memrchr_iter(b'<', bytes).find(|at| {
        let behind = bytes.get(at + 1).is_some_and(|byte| *byte == b'/');
        behind
            && bytes
                .get(at + 2..at + 2 + name.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    })
}

impl Masked {
    /// An event of the parser with the text as it is written.
    pub(in crate::markdown) fn unmask<'a>(&self, event: Event<'a>) -> Event<'a> {
        let written = |text: CowStr<'a>| -> CowStr<'a> {
            if text.contains(self.mark) { text.replace(self.mark, "<").into() } else { text }
        };
        match event {
            Event::Text(text) => Event::Text(written(text)),
            Event::Code(code) => Event::Code(written(code)),
            Event::Html(html) => Event::Html(written(html)),
            Event::InlineHtml(html) => Event::InlineHtml(written(html)),
            Event::InlineMath(tex) => Event::InlineMath(written(tex)),
            Event::DisplayMath(tex) => Event::DisplayMath(written(tex)),
            Event::FootnoteReference(name) => Event::FootnoteReference(written(name)),
            Event::Start(tag) => Event::Start(match tag {
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                    Tag::CodeBlock(CodeBlockKind::Fenced(written(info)))
                }
                Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(written(name)),
                Tag::Link { link_type, dest_url, title, id } => Tag::Link {
                    link_type,
                    dest_url: written(dest_url),
                    title: written(title),
                    id: written(id),
                },
                Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                    link_type,
                    dest_url: written(dest_url),
                    title: written(title),
                    id: written(id),
                },
                tag => tag,
            }),
            event => event,
        }
    }
}
