//! Lines that name an audience, dressed as text: in a list, in brackets, behind a number.
//!
//! Documents that come from a word processor have their control data on top of the text, where
//! each office dresses it in its own way: 【知悉范围】董事会, 一、知悉范围：董事会.

use super::super::audience::{lacks_colon, names_audience_in_text};
use super::line::{Line, is_unseen};

/// Whether a line, whatever it is dressed with, names an audience.
pub(super) fn names_audience_dressed(line: &Line<'_>) -> bool {
    let bare = undressed(line);
    names_audience_in_text(&bare) || is_labelled(&bare)
}

/// A line without the tag of a paragraph, the mark or number of a list, the mark of a quotation or a
/// keyword of Org mode.
fn undressed<'a>(line: &Line<'a>) -> Line<'a> {
    let mut bare = line.text.trim_start_matches(is_unseen);
    if let Some((tag, behind)) = bare.strip_prefix('<').and_then(|rest| rest.split_once('>'))
        && tag.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        bare = behind.split("</").next().unwrap_or(behind).trim_start_matches(is_unseen);
    }
    let marked = ["- ", "* ", "+ ", ">", "#+"].iter().find_map(|mark| bare.strip_prefix(mark));
    Line { text: marked.or_else(|| numbered(bare)).unwrap_or(bare), ..*line }
}

/// What stands behind the number of an item: `1. `, `2)`, 一、.
fn numbered(text: &str) -> Option<&str> {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let behind = text.trim_start_matches(is_numeral);
    let rest = behind.strip_prefix(['.', ')', '、', '．', '）']).filter(|_| behind.len() < text.len());
    rest.map(|rest| rest.trim_start_matches(is_unseen))
}

/// Whether a line is a word for who may read something, in brackets or with a dash behind it, and a
/// name.
fn is_labelled(line: &Line<'_>) -> bool {
    let brackets =
        [('【', '】'), ('〔', '〕'), ('［', '］'), ('[', ']'), ('「', '」'), ('『', '』'), ('（', '）')];
    let bracketed =
        brackets.into_iter().find_map(|(open, close)| line.text.strip_prefix(open)?.split_once(close));
    let Some((label, rest)) = bracketed.or_else(|| line.text.split_once(['—', '–', '－'])) else {
        return false;
    };
    let rest = rest.trim_start_matches(|c| is_unseen(c) || matches!(c, '—' | ':' | '：'));
    let plain = format!("{label} {rest}");
    !rest.is_empty() && !rest.starts_with(['(', '[']) && lacks_colon(&Line { text: &plain, ..*line })
}
