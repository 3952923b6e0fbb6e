//! Which paragraphs are headings, and of which level.
//!
//! Word's outline says it, but not alone: chapters of rules are often lines in bold with
//! no style, and sentences often have the style of a heading because it numbers them. A
//! chapter's page begins with headings of the second level, and none is passed over.

use super::model::{Block, Paragraph};
use crate::markdown::{Unit, parse_clause};

/// How long a heading may be, in columns: a letter takes one, a Chinese character two.
const LENGTH: usize = 120;

/// The level of each block that is a heading.
pub(super) fn levels(blocks: &[Block]) -> Vec<Option<usize>> {
    let units = units(blocks);
    let mut open: Vec<usize> = Vec::new();
    let mut levels = Vec::with_capacity(blocks.len());
    for block in blocks {
        let rank = match block {
            Block::Paragraph(paragraph) => rank(paragraph, &units),
            Block::Table(_) | Block::Rule | Block::Notes(_) => None,
        };
        levels.push(rank.map(|rank| {
            while open.last().is_some_and(|last| *last >= rank) {
                open.pop();
            }
            open.push(rank);
            (open.len() + 1).min(6)
        }));
    }
    levels
}

/// The place in the outline that the first 编, 章 and 节 with one have, for those without.
fn units(blocks: &[Block]) -> Vec<(Unit, usize)> {
    let mut units: Vec<(Unit, usize)> = Vec::new();
    for block in blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        let label = parse_clause(&paragraph.line());
        if let (Some(outline), Some(label)) = (paragraph.outline, label)
            && units.iter().all(|(unit, _)| *unit != label.number.unit)
        {
            units.push((label.number.unit, outline));
        }
    }
    units
}

/// How high a heading stands; none where it is no heading.
fn rank(paragraph: &Paragraph, units: &[(Unit, usize)]) -> Option<usize> {
    let line = paragraph.line();
    if paragraph.words().is_empty() && paragraph.label.is_none() {
        return None;
    }
    let Some(label) = parse_clause(&line) else {
        let is_sign = paragraph.label.as_ref().is_some_and(|label| label.is_bullet);
        return paragraph.outline.filter(|_| !is_sign && is_title(&line, LENGTH));
    };
    let rest = line.get(label.rest..).unwrap_or("");
    if label.number.unit == Unit::Article {
        return paragraph.outline.filter(|_| is_title(rest, 60));
    }
    let known = units.iter().find(|(unit, _)| *unit == label.number.unit).map(|(_, outline)| *outline);
    let usual = match label.number.unit {
        Unit::Part | Unit::Division => 0,
        Unit::Chapter => 1,
        _ => 2,
    };
    let is_heading = is_title(rest, 80) && (paragraph.outline.is_some() || label.certain || rest.is_empty());
    is_heading.then(|| paragraph.outline.or(known).unwrap_or(usual))
}

/// Whether a text is short and no sentence.
fn is_title(text: &str, length: usize) -> bool {
    let text = text.trim();
    let inside = text.trim_end_matches(['.', '：', ':']);
    let is_sentence = text.ends_with(['。', '；', ';', '，', ',']) || inside.contains('。');
    let is_english_sentence = text.ends_with('.') && text.split_whitespace().count() > 8;
    let columns = |c: char| if c.is_ascii() { 1 } else { 2 };
    text.chars().map(columns).sum::<usize>() <= length && !is_sentence && !is_english_sentence
}

/// Whether a block is where the text proper begins: a heading, a clause, a number.
pub(super) fn begins_text(block: &Block) -> bool {
    let Block::Paragraph(paragraph) = block else { return false };
    let line = paragraph.line();
    paragraph.label.as_ref().is_some_and(|label| !label.is_bullet)
        || paragraph.outline.is_some() && !line.is_empty()
        || parse_clause(&line).is_some_and(|label| label.certain)
}
