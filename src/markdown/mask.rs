//! Characters that the parser would take for syntax, and authors did not mean so.
//!
//! pulldown-cmark reads `:30` as a definition, every brace behind a heading as
//! attributes, and an underscore of an address as emphasis; it drops the cells of a
//! table's row that are too many. Such characters are covered by control characters of
//! the same length before the parser reads the text, and uncovered in its events, so
//! that places stay those of the file. A text that has such control characters itself
//! is read as it stands.

mod line;
mod link;
mod row;

pub(super) use line::{content, is_delimiter};
pub(super) use row::is_too_long;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};
use std::ops::Range;

/// What covers which character. A destination of a link may hold no control character
/// but the last one (pulldown-cmark's `scan_link_dest`).
const COVERS: [(u8, u8); 10] = [
    (b':', 1),
    (b'}', 2),
    (b'[', 3),
    (b']', 4),
    (b'|', 5),
    (b'_', 6),
    (b'*', 14),
    (b'~', 15),
    (b'<', 25),
    (b' ', 127),
];

/// A text with characters covered.
pub(super) struct Mask<'a> {
    text: &'a str,
    pub(super) covered: String,
}

impl<'a> Mask<'a> {
    /// Covers what must be; `None` where nothing must, or nothing can.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let mut places = Vec::new();
        line::colons(text, &mut places);
        line::definitions(text, &mut places);
        line::braces(text, &mut places);
        line::shortcodes(text, &mut places);
        link::addresses(text, &mut places);
        link::bracketed(text, &mut places);
        link::paths(text, &mut places);
        row::foreign_bars(text, &mut places);
        let is_cover = |byte: u8| COVERS.iter().any(|(_, cover)| *cover == byte);
        if places.is_empty() || text.bytes().any(is_cover) {
            return None;
        }
        let mut bytes = text.as_bytes().to_vec();
        for place in places {
            if let Some((_, cover)) = COVERS.iter().find(|(plain, _)| bytes.get(place) == Some(plain)) {
                bytes[place] = *cover;
            }
        }
        Some(Self { text, covered: String::from_utf8(bytes).ok()? })
    }

    /// An event of the parser over the covered text, with what is written.
    pub(super) fn uncover(&self, (event, span): (Event<'_>, Range<usize>)) -> (Event<'a>, Range<usize>) {
        let event = match event {
            Event::Start(tag) => Event::Start(self.tag(tag)),
            Event::End(tag) => Event::End(tag),
            Event::Text(text) => Event::Text(self.plain(&text)),
            Event::Code(text) => Event::Code(self.plain(&text)),
            Event::InlineMath(text) => Event::InlineMath(self.plain(&text)),
            Event::DisplayMath(text) => Event::DisplayMath(self.plain(&text)),
            Event::Html(text) => Event::Html(self.plain(&text)),
            Event::InlineHtml(text) => Event::InlineHtml(self.plain(&text)),
            Event::FootnoteReference(name) => Event::FootnoteReference(self.plain(&name)),
            Event::SoftBreak => Event::SoftBreak,
            Event::HardBreak => Event::HardBreak,
            Event::Rule => Event::Rule,
            Event::TaskListMarker(done) => Event::TaskListMarker(done),
        };
        (event, span)
    }

    fn tag(&self, tag: Tag<'_>) -> Tag<'a> {
        match tag {
            Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                level,
                id: id.map(|id| self.plain(&id)),
                classes: classes.iter().map(|class| self.plain(class)).collect(),
                attrs: attrs
                    .iter()
                    .map(|(key, value)| (self.plain(key), value.as_ref().map(|value| self.plain(value))))
                    .collect(),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(self.plain(&info)))
            }
            Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(self.plain(&name)),
            Tag::Link { link_type, dest_url, title, id } => Tag::Link {
                link_type,
                dest_url: self.plain(&dest_url),
                title: self.plain(&title),
                id: self.plain(&id),
            },
            Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                link_type,
                dest_url: without_size(self.plain(&dest_url)),
                title: self.plain(&title),
                id: self.plain(&id),
            },
            tag => tag.into_static(),
        }
    }

    /// A piece of the covered text as it is written.
    fn plain(&self, piece: &CowStr<'_>) -> CowStr<'a> {
        let start = piece.as_ptr().addr().wrapping_sub(self.covered.as_ptr().addr());
        if matches!(piece, CowStr::Borrowed(_))
            && start.checked_add(piece.len()).is_some_and(|end| end <= self.covered.len())
            && let Some(written) = self.text.get(start..start + piece.len())
        {
            return CowStr::Borrowed(written);
        }
        let plain = |c: char| {
            let known = COVERS.iter().find(|(_, cover)| char::from(*cover) == c);
            known.map_or(c, |(plain, _)| char::from(*plain))
        };
        piece.chars().map(plain).collect::<String>().into()
    }
}

/// The destination of a picture without the size behind it.
fn without_size(path: CowStr<'_>) -> CowStr<'_> {
    match path {
        CowStr::Borrowed(path) => link::without_size(path).into(),
        path if link::without_size(&path).len() < path.len() => link::without_size(&path).to_owned().into(),
        path => path,
    }
}
