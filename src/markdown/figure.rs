//! Formulas and diagrams in a text: a step that makes formulas of the events, and what
//! the outline keeps of figures.
//!
//! pulldown-cmark pairs dollar signs more freely than we do (see `figure::formulas`),
//! and a pair once made hides what stands between. So signs that are no formula's are
//! masked before it reads the text, by a character of the same length that the text
//! does not hold, and laid bare in the events again.

use super::document::{Kind, NodeId, Tree};
use super::{Document, LinkRef, MarkdownOptions};
use crate::cache::Cache;
use crate::figure::{self, Problem};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// What may stand for a dollar sign that is money, where a text does not hold it. The
/// first are punctuation as the sign is; Markdown gives none of them a meaning.
const MASKS: [char; 9] = ['^', '%', ',', 'Q', 'J', 'Z', 'X', 'K', '\u{1a}'];

/// A formula or diagram that is shown as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnreadFigure {
    /// Where in the file it cannot be read.
    pub span: Range<usize>,
    /// Why, if it is a diagram.
    pub problem: Option<Problem>,
}

/// The events of a text that holds formulas.
pub(super) fn events(
    markdown: &str,
    extensions: Options,
    options: &MarkdownOptions,
) -> Option<std::vec::IntoIter<Spanned<'static>>> {
    if !options.extensions || !markdown.contains('$') {
        return None;
    }
    let found = figure::formulas(markdown);
    if found.is_empty() {
        return None;
    }
    let mask = mask(markdown, &found)?;
    let masked = masked(markdown, &found, mask);
    let parser = Parser::new_ext(&masked, extensions | Options::ENABLE_MATH).into_offset_iter();
    let sign = |piece: CowStr<'_>| signed(&piece, markdown, &masked, mask);
    let events: Vec<Spanned<'static>> = parser
        .map(|(event, span)| (settled(bare(event, &sign), &span, &found, &options.cache), span))
        .collect();
    Some(events.into_iter())
}

/// A character that stands nowhere but in formulas.
fn mask(markdown: &str, found: &[figure::Formula]) -> Option<char> {
    let starts = std::iter::once(0).chain(found.iter().map(|formula| formula.outer.end));
    let ends = found.iter().map(|formula| formula.outer.start).chain([markdown.len()]);
    let outside: Vec<&str> = starts.zip(ends).filter_map(|(from, to)| markdown.get(from..to)).collect();
    // A letter would make a tag of `<$`.
    let is_free = |mask: &char| {
        !outside.iter().any(|text| text.contains(*mask) || mask.is_ascii_alphabetic() && text.contains("<$"))
    };
    MASKS.into_iter().find(is_free)
}

/// The text with signs of formulas and escaped ones only.
fn masked(markdown: &str, found: &[figure::Formula], mask: char) -> String {
    let mut signs = found.iter().flat_map(|formula| {
        (formula.outer.start..formula.inner.start).chain(formula.inner.end..formula.outer.end)
    });
    let mut next = signs.next();
    let mut masked = String::with_capacity(markdown.len());
    let mut before = ' ';
    for (at, c) in markdown.char_indices() {
        let is_sign = next == Some(at);
        if is_sign {
            next = signs.next();
        }
        masked.push(if c == '$' && !is_sign && before != '\\' { mask } else { c });
        before = c;
    }
    masked
}

/// A formula that is one and can be read; else what was written.
fn settled(
    event: Event<'static>,
    span: &Range<usize>,
    found: &[figure::Formula],
    cache: &Cache,
) -> Event<'static> {
    let (tex, display) = match &event {
        Event::InlineMath(tex) => (tex, false),
        Event::DisplayMath(tex) => (tex, true),
        _ => return event,
    };
    let is_known = found.binary_search_by_key(&span.start, |formula| formula.outer.start);
    if is_known.is_ok_and(|at| found[at].display == display) && figure::mathml(tex, display, cache).is_ok() {
        return event;
    }
    let sign = if display { "$$" } else { "$" };
    Event::Text(format!("{sign}{tex}{sign}").into())
}

/// A piece of the masked text with its dollar signs. Most pieces lie in it, so that what
/// stands at their place is known: the mask itself may stand in what looked like a formula
/// and was code.
fn signed(piece: &CowStr<'_>, markdown: &str, masked: &str, mask: char) -> CowStr<'static> {
    let start = piece.as_ptr().addr().wrapping_sub(masked.as_ptr().addr());
    let within = matches!(piece, CowStr::Borrowed(_))
        && start.checked_add(piece.len()).is_some_and(|end| end <= masked.len());
    match markdown.get(start..start.saturating_add(piece.len())).filter(|_| within) {
        Some(written) => written.to_owned().into(),
        None => piece.replace(mask, "$").into(),
    }
}

/// The event with its dollar signs.
fn bare<'a>(event: Event<'a>, sign: &impl Fn(CowStr<'a>) -> CowStr<'static>) -> Event<'static> {
    match event {
        Event::Text(text) => Event::Text(sign(text)),
        Event::Code(text) => Event::Code(sign(text)),
        Event::Html(text) => Event::Html(sign(text)),
        Event::InlineHtml(text) => Event::InlineHtml(sign(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(sign(name)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: sign(dest_url), title: sign(title), id: sign(id) }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: sign(dest_url), title: sign(title), id: sign(id) }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(sign(info))),
            Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(sign(name)),
            Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                level,
                id: id.map(sign),
                classes: classes.into_iter().map(sign).collect(),
                attrs: attrs.into_iter().map(|(key, value)| (sign(key), value.map(sign))).collect(),
            },
            tag => tag.into_static(),
        }),
        event => event.into_static(),
    }
}

/// Keeps the links of a diagram, and where a figure cannot be read.
pub(super) fn note(tree: &Tree, id: NodeId, cache: &Cache, found: &mut Document) {
    match tree.kind(id) {
        Kind::CodeBlock(info) if figure::is_formula(tree.string(info)) => {
            let block = Block::new(tree, id);
            if let Err(fault) = figure::mathml(&block.code, true, cache) {
                let span = block.place(fault.place);
                found.unread_figures.push(UnreadFigure { span, problem: None });
            }
        }
        Kind::CodeBlock(info) if figure::is_diagram(tree.string(info)) => {
            diagram(&Block::new(tree, id), cache, found)
        }
        Kind::Text | Kind::Words(_) if is_unread(tree, id) => {
            found.unread_figures.push(UnreadFigure { span: tree.span(id), problem: None });
        }
        _ => {}
    }
}

/// Whether a text is a formula that could not be read: one that can be is no text.
fn is_unread(tree: &Tree, id: NodeId) -> bool {
    let text = tree.words(id).unwrap_or("");
    text.len() > 2
        && text.starts_with('$')
        && text.ends_with('$')
        && !tree.source()[..tree.span(id).start].ends_with('\\')
        && matches!(&figure::formulas(text)[..], [formula] if formula.outer == (0..text.len()))
}

fn diagram(block: &Block, cache: &Cache, found: &mut Document) {
    match figure::links(&block.code, cache) {
        Ok(links) => {
            let links = links.into_iter().filter(|(dest, _)| !dest.is_empty());
            found.links.extend(links.map(|(dest, place)| LinkRef::new(dest, false, block.place(place))));
        }
        Err(problem) => {
            let span = match &problem {
                Problem::Line(place) => block.place(place.clone()),
                _ => block.place(0..block.code.lines().next().map_or(0, str::len)),
            };
            found.unread_figures.push(UnreadFigure { span, problem: Some(problem) });
        }
    }
}

/// A block of code.
struct Block {
    code: String,
    /// Where each piece begins in the code, and its place in the file.
    pieces: Vec<(usize, Range<usize>)>,
    span: Range<usize>,
}

impl Block {
    fn new(tree: &Tree, id: NodeId) -> Self {
        let mut block = Self { code: String::new(), pieces: Vec::new(), span: tree.span(id) };
        for line in tree.inside(id) {
            block.pieces.push((block.code.len(), tree.span(line)));
            block.code.push_str(tree.words(line).unwrap_or(""));
        }
        block
    }

    /// The place in the file of a place in the code; the block where that is not known.
    fn place(&self, place: Range<usize>) -> Range<usize> {
        let at = self.pieces.partition_point(|(start, _)| *start <= place.start);
        match at.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some((start, span)) if !place.is_empty() => {
                let from = (span.start + place.start - start).min(span.end);
                from..(from + place.len()).min(span.end)
            }
            _ => self.span.clone(),
        }
    }
}

#[cfg(all(test, feature = "formula"))]
mod tests {
    use super::super::{MarkdownOptions, events};
    use pulldown_cmark::{CodeBlockKind, Event, Tag};

    fn formulas(text: &str) -> Vec<String> {
        let events = events(text, 0, &MarkdownOptions::default());
        let written = events.filter_map(|(event, span)| match event {
            Event::InlineMath(tex) => Some(format!("i:{tex}:{}", &text[span])),
            Event::DisplayMath(tex) => Some(format!("d:{tex}:{}", &text[span])),
            _ => None,
        });
        written.collect()
    }

    #[test]
    fn formulas_are_events_where_they_are_read() {
        for (text, found) in [
            ("令 $x^*$ 与 $y^*$。", vec!["i:x^*:$x^*$", "i:y^*:$y^*$"]),
            ("$$\nx_1 < y_1\n$$", vec!["d:\nx_1 < y_1\n:$$\nx_1 < y_1\n$$"]),
            (
                "- $a$\n\n> $$b$$\n\n| $c$ |\n|---|\n| $d\\|e$ |\n",
                vec!["i:a:$a$", "d:b:$$b$$", "i:c:$c$", "i:d|e:$d\\|e$"],
            ),
            ("`$a$` 与 $b$\n\n```\n$c$\n```\n", vec!["i:b:$b$"]),
            ("US$5、**A$6** 与 $x$", vec!["i:x:$x$"]),
            ("$\\foo$ $x$", vec!["i:x:$x$"]),
        ] {
            assert_eq!(formulas(text), found, "{text}");
        }
    }

    /// All that the events say, formulas aside.
    fn said(text: &str) -> String {
        let said = events(text, 0, &MarkdownOptions::default()).map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => text.to_string(),
            Event::Start(Tag::Link { dest_url, title, .. }) => format!("<{dest_url} {title}>"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => format!("<{info}>"),
            Event::Start(Tag::Strong) => "<b>".to_owned(),
            _ => String::new(),
        });
        said.collect()
    }

    #[test]
    fn money_is_text_as_it_was() {
        for text in [
            "US$5 **b** A$6 ",
            "\\$5 `$HOME` [a](b$c.md \"$t\") 50% ^ ",
            "**$5**元 50%,^ <$x> Q ",
            "甲 $5 [^1] 50%, ",
            "```sh $a\n$b $c\n```\n\n",
            "```tex\n$$\na^b, 50% $c$\n$$\n```\n\n    $$a^2$$ $\n\n文 ",
            "`$a^2$` US$5 ",
        ] {
            let with = said(&format!("{text}$x$"));
            assert_eq!(with, said(text.trim_end()) + if text.ends_with(' ') { " " } else { "" }, "{text}");
        }
    }
}
