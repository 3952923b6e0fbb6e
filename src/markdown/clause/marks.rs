//! Marks round a clause's label that readers do not see: what sets it in bold, marks it or gives
//! it an anchor, and space written as an entity. People type `**第一条**`, other programs write
//! `<b>第一条</b>`, `<a name="1"></a>第一条` and `&emsp;&emsp;第一条&emsp;`.

use super::is_space;

/// Entities for space, as word processors and web editors write them.
const SPACES: [&str; 12] = [
    "&nbsp;", "&emsp;", "&ensp;", "&thinsp;", "&#160;", "&#xa0;", "&#xA0;", "&#8194;", "&#8195;", "&#12288;",
    "&#x2003;", "&#x3000;",
];

/// The bytes of space that a text begins with.
pub(in super::super) fn spaces(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_space);
        match rest
            .starts_with('&')
            .then(|| SPACES.iter().find_map(|entity| rest.strip_prefix(entity)))
            .flatten()
        {
            Some(behind) => rest = behind,
            None => return text.len() - rest.len(),
        }
    }
}

/// The bytes of space and empty anchors (`<a name="1"></a>`) that a text begins with.
pub(super) fn lead(text: &str) -> usize {
    let mut at = spaces(text);
    while let Some(length) = empty_anchor(&text[at..]) {
        at += length;
        at += spaces(&text[at..]);
    }
    at
}

fn empty_anchor(text: &str) -> Option<usize> {
    let tag = tag(text).filter(|tag| tag.name == "a" || tag.name == "span")?;
    let inside = &text[tag.length..];
    let close = inside.strip_prefix("</")?.strip_prefix(tag.name)?.strip_prefix('>')?;
    Some(text.len() - close.len())
}

/// Whether an element says only how its text looks.
pub(in super::super) fn is_look(name: &str) -> bool {
    matches!(name, "b" | "strong" | "u" | "em" | "i" | "mark")
}

/// What a label stands in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wrapper<'t> {
    /// The same signs on both sides: `**`, `==`.
    Signs(&'static str),
    /// An element, by its name.
    Element(&'t str),
}

impl<'t> Wrapper<'t> {
    /// The one that a text begins with, and its bytes.
    pub(super) fn open(text: &'t str) -> Option<(Self, usize)> {
        if let Some(signs) = ["**", "__", "=="].into_iter().find(|signs| text.starts_with(signs)) {
            return Some((Self::Signs(signs), signs.len()));
        }
        let tag = tag(text).filter(|tag| is_look(tag.name) || matches!(tag.name, "font" | "span"))?;
        Some((Self::Element(tag.name), tag.length))
    }

    /// The bytes by which it ends where a text begins; 0 where it does not end there.
    pub(super) fn close(self, text: &str) -> usize {
        let behind = match self {
            Self::Signs(signs) => text.strip_prefix(signs),
            Self::Element(name) => text
                .strip_prefix("</")
                .and_then(|rest| rest.strip_prefix(name))
                .and_then(|rest| rest.strip_prefix('>')),
        };
        behind.map_or(0, |behind| text.len() - behind.len())
    }
}

/// An opening tag at the beginning of a text.
struct Tag<'t> {
    name: &'t str,
    length: usize,
}

/// How long such a tag may be.
const LONGEST: usize = 200;

fn tag(text: &str) -> Option<Tag<'_>> {
    let inside = text.strip_prefix('<')?;
    let name = &inside[..inside.find(|c: char| !c.is_ascii_alphanumeric())?];
    let rest = &inside[name.len()..];
    let end = rest.find(['>', '\n', '<']).filter(|end| *end < LONGEST && rest[*end..].starts_with('>'))?;
    let is_one =
        !name.is_empty() && rest[..end].starts_with([' ', '>']) | (end == 0) && !rest[..end].ends_with('/');
    is_one.then_some(Tag { name, length: 1 + name.len() + end + 1 })
}
