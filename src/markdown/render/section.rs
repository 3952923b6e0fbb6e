//! A chapter in pieces: what stands before the first heading, and below each.
//!
//! The glossary shows its terms in an order of its own, so their definitions
//! are needed one by one. The whole text is read all the same, so that what
//! is defined elsewhere in it (a link's address, a footnote) is known.

use super::{Document, Kind, MarkdownOptions, RawHtml, Resolve, Step, Writer, sanitize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The HTML of a chapter's sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sections {
    /// What stands before the first heading.
    pub opening: String,
    /// What stands below each heading, by its index, without
    /// the heading itself. Headings inside of quotes and lists have none.
    pub below: BTreeMap<usize, String>,
    /// The footnotes.
    pub foot: String,
}

/// Writes a chapter's sections. A paragraph that begins where one of `skip` does,
/// which are in order, is shown from its end.
#[must_use]
pub fn render_sections(
    document: &Document,
    options: &MarkdownOptions,
    resolve: &dyn Resolve,
    skip: &[Range<usize>],
) -> Sections {
    let mut writer = Writer::new(document, options, resolve);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    while let Some(step) = writer.walk.next() {
        let id = match step {
            Step::Enter(id) => id,
            Step::Leave(id) => {
                writer.leave(id);
                continue;
            }
        };
        match document.tree.kind(id) {
            Kind::Heading(_, index) if writer.depth == 0 => {
                cuts.push((index as usize, writer.out.len()));
                writer.in_clause = false;
                writer.skip_to = 0;
                writer.walk.skip_node();
            }
            kind => {
                let span = document.tree.span(id);
                let names = skip.binary_search_by_key(&span.start, |skip| skip.start).ok();
                let names = names.and_then(|index| skip.get(index));
                let names = names.filter(|_| matches!(kind, Kind::Paragraph | Kind::Clause(_)));
                let rest = names.map(|names| document.source().get(names.end..span.end).unwrap_or(""));
                if rest.is_some_and(|rest| rest.trim().is_empty()) {
                    writer.walk.skip_node();
                    continue;
                }
                writer.enter(id);
                if let Some(names) = names {
                    writer.skip_to = names.end;
                }
            }
        }
    }
    let end = writer.out.len();
    writer.foot();
    let unsafe_html = document.has_raw_html && options.raw_html == RawHtml::Sanitize;
    let schemes = if unsafe_html { sanitize::further_schemes(document) } else { BTreeSet::new() };
    let clean = |piece: &str| {
        if unsafe_html {
            super::figure::restored(&sanitize::clean(piece, &schemes), &writer.figures)
        } else {
            piece.to_owned()
        }
    };
    let piece = |from: usize, to: usize| clean(writer.out.get(from..to).unwrap_or(""));
    let ends = cuts.iter().skip(1).map(|cut| cut.1).chain([end]);
    Sections {
        opening: piece(0, cuts.first().map_or(end, |cut| cut.1)),
        below: cuts.iter().zip(ends).map(|((at, from), to)| (*at, piece(*from, to))).collect(),
        foot: piece(end, writer.out.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Image, Target};

    struct Plain;

    impl Resolve for Plain {
        fn link(&self, destination: &str) -> Target {
            Target::Address(destination.to_owned())
        }
        fn image(&self, _: &str) -> Image {
            Image::default()
        }
        fn word(&self, key: &'static str) -> &str {
            key
        }
    }

    #[test]
    fn sections_know_the_whole_text() {
        let text = "序[^1]。\n\n# 甲\n\n别名：子\n见[乙][b]<b onclick=x>粗</b>\n\n> ## 引\n> 文\n\n## 空\n\n[b]: b.md\n[^1]: 注。\n";
        let options = MarkdownOptions::default();
        let start = text.find("别名").unwrap();
        let skip = std::iter::once(start..start + "别名：子\n".len()).collect::<Vec<_>>();
        let sections = render_sections(&Document::new(text, &options), &options, &Plain, &skip);
        assert!(sections.opening.starts_with("<p>序<sup"), "{sections:?}");
        let first = &sections.below[&0];
        assert!(first.starts_with("<p>见<a href=\"b.md\">乙</a><b>粗</b></p>"), "{first}");
        assert!(first.contains("<blockquote>\n<h2 id=\"引\">"), "{first}");
        assert_eq!(sections.below.keys().copied().collect::<Vec<_>>(), [0, 2]);
        assert_eq!(sections.below[&2].trim(), "");
        assert!(sections.foot.contains("注。") && !sections.foot.contains("粗"), "{}", sections.foot);
    }
}
