//! Words: what is compared of a source and of a page.

/// What a word of a source is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Text and code that a reader is meant to see.
    Text,
    /// The name of an image, or the title of a link.
    Label,
    /// A tag whose name is none of HTML: `<placeholder>`, `List<String>`.
    ForeignTag,
    /// What the dialect reads and CommonMark does not: attributes of a heading, the colon
    /// of a definition, the kind of an alert.
    Dialect,
    /// Within `<script>` or `<style>`.
    Script,
    /// A comment of HTML.
    Comment,
    /// A cell beyond the columns of its table, which GFM drops.
    ExcessCell,
    /// An address outside the book that a link leads to.
    Address,
    /// Lines that belong to no block of the independent parser.
    NoBlock,
    /// What the independent parser takes for front matter.
    FrontMatter,
}

impl Part {
    /// Whether no page is expected to show it.
    pub(crate) fn is_hidden(self) -> bool {
        matches!(self, Self::Dialect | Self::Script | Self::Comment | Self::NoBlock | Self::FrontMatter)
    }
}

/// A word of a source.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    pub(crate) part: Part,
}

/// The words of a text: letters and digits that stand together, and every other sign,
/// Chinese ones among them, alone.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let skipped = text[at..].find(|c: char| !is_space(c))?;
        let start = at + skipped;
        let rest = &text[start..];
        let first = rest.chars().next()?;
        let end = if stands_alone(first) {
            first.len_utf8()
        } else {
            rest.find(|c: char| is_space(c) || stands_alone(c)).unwrap_or(rest.len())
        };
        at = start + end;
        Some((start, &text[start..at]))
    })
}

/// White space, and what is not seen either.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe0f}' | '\u{feff}' | '\0' | '\u{fffd}')
}

fn stands_alone(c: char) -> bool {
    !c.is_alphanumeric()
        || matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
