//! Elements of HTML that hold Markdown: `<div markdown>` of MkDocs, and those of MDX that stand
//! alone in their lines. CommonMark reads it there behind an empty line alone, so one is put behind
//! the opening tag and before the closing one.

use super::{Instead, LONGEST};
use crate::markdown::dialect::Tags;
use crate::markdown::verbatim;
use std::ops::Range;

/// Elements that may hold whole blocks of text.
const BLOCKS: [&str; 20] = [
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "li",
    "main",
    "nav",
    "p",
    "section",
    "summary",
    "td",
    "th",
];

/// A line, parted from the quotations and the indent before it.
struct Line<'t> {
    /// Where it begins in the text.
    at: usize,
    before: &'t str,
    bare: &'t str,
}

/// An element that is open.
struct Open<'t> {
    name: &'t str,
    /// How far its opening tag is indented.
    own: usize,
    /// How far its content is.
    indent: Option<usize>,
}

/// An opening tag at the beginning of a line.
struct Begun<'t> {
    name: &'t str,
    /// Where in the line it ends, and where its closing tag stands, if it does so there.
    end: usize,
    close: Option<usize>,
}

/// Finds where empty lines are to be put.
pub(super) fn marks(text: &str, tags: Tags, code: &[Range<usize>], found: &mut Vec<Instead>) {
    let may = match tags {
        Tags::Marked => text.contains(" markdown"),
        Tags::Mdx => text.contains("</"),
        _ => false,
    };
    if !may {
        return;
    }
    let mut put = |place: Range<usize>, new: String| found.push(Instead { place, new, is_words: true });
    let mut open: Vec<Open<'_>> = Vec::new();
    // Where a line may have to be parted from the next.
    let mut parted: Option<(usize, String)> = None;
    let (mut at, mut above_is_empty) = (0, true);
    for whole in text.split_inclusive('\n') {
        let line = Line::new(whole, at);
        at += whole.len();
        if line.bare.is_empty() {
            (parted, above_is_empty) = (None, true);
            continue;
        }
        let above_was_empty = std::mem::replace(&mut above_is_empty, false);
        if let Some((place, new)) = parted.take() {
            put(place..place + 1, format!(">{new}"));
        }
        let start = line.at + line.before.len();
        if let Some(last) = open.last_mut() {
            last.indent.get_or_insert(line.before.len());
        }
        let is_code = verbatim::holds(code, start);
        let last = line.bare.len() - 1;
        if !is_code && open.last().is_some_and(|last| line.closes(last.name)) {
            open.pop();
            if !above_was_empty {
                put(start..start + 1, format!("\n{}<", line.before));
            }
            parted = Some((start + last, format!("\n{}", line.before)));
            continue;
        }
        // Content moves to the column of the outermost, and stays in the item or the tab around that.
        let columns = open.first().zip(open.last());
        let columns = columns.and_then(|(first, last)| Some(first.own..last.indent?.min(line.before.len())));
        if let Some(columns) = columns.filter(|columns| tags == Tags::Mdx && !columns.is_empty())
            && line.before.trim().is_empty()
        {
            put(line.at + columns.start..line.at + columns.end, String::new());
        }
        let Some(begun) = Some(()).filter(|()| !is_code).and_then(|()| line.begins(tags)) else {
            let is_summary = line.bare.starts_with("<summary") && line.bare.ends_with("</summary>");
            if is_summary && !open.is_empty() && !is_code {
                parted = Some((start + last, format!("\n{}", line.before)));
            }
            continue;
        };
        match begun.close {
            Some(close) => {
                // Parts of tables and lists are indented for the eye alone: four columns would be code.
                let is_part = matches!(begun.name, "dd" | "dt" | "li" | "td" | "th");
                let indent = if is_part && line.before.trim().is_empty() { "" } else { line.before };
                let empty = format!("\n\n{indent}");
                put(start + begun.end - 1..start + begun.end, format!(">{empty}"));
                put(start + close..start + close + 1, format!("{empty}<"));
                parted = Some((start + last, format!("\n{}", line.before)));
            }
            None => {
                open.push(Open { name: begun.name, own: line.before.len(), indent: None });
                parted = Some((start + last, format!("\n{}", line.before)));
            }
        }
    }
}

impl<'t> Line<'t> {
    fn new(whole: &'t str, at: usize) -> Self {
        let rest = whole.trim_start_matches(['>', ' ', '\t']);
        Self { at, before: &whole[..whole.len() - rest.len()], bare: rest.trim_end() }
    }

    fn closes(&self, name: &str) -> bool {
        let rest = self.bare.strip_prefix("</").and_then(|rest| rest.strip_prefix(name));
        rest.is_some_and(|rest| rest.trim() == ">")
    }

    /// The element that the line begins, if Markdown is to be read in it.
    fn begins(&self, tags: Tags) -> Option<Begun<'t>> {
        let inner = self.bare.strip_prefix('<').filter(|inner| inner.len() < LONGEST)?;
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = BLOCKS.into_iter().find(|name| *name == &inner[..length])?;
        let end = super::end_of(self.bare)?;
        let attributes = &self.bare[1 + length..end - 1];
        let is_marked =
            attributes.split_whitespace().any(|word| word == "markdown" || word.starts_with("markdown="));
        if attributes.ends_with('/') || tags == Tags::Marked && !is_marked {
            return None;
        }
        let rest = &self.bare[end..];
        let close = rest.strip_suffix(&format!("</{name}>")).map(str::len);
        let fits = match close {
            // Where there is nothing but words they stay in their line.
            Some(length) => tags == Tags::Marked || rest[..length].contains(['*', '_', '`', '[']),
            // `<details><summary>…</summary>` goes on below.
            None => {
                let is_headed = name == "details" && rest.ends_with("</summary>");
                (rest.is_empty() || is_headed) && !rest.contains(&format!("</{name}>"))
            }
        };
        fits.then_some(Begun { name, end, close: close.map(|length| end + length) })
    }
}
