//! Items of a list that begin with an empty line, as Python-Markdown reads them: what is indented
//! below belongs to them. CommonMark takes it for code.

use super::{COMMENT, Instead};
use crate::markdown::dialect::Tags;
use crate::markdown::verbatim;
use std::ops::Range;

/// Puts a comment where such an item begins, so that it is not empty.
pub(super) fn marks(text: &str, tags: Tags, code: &[Range<usize>], found: &mut Vec<Instead>) {
    if !matches!(tags, Tags::Custom | Tags::Marked) {
        return;
    }
    // The item that is empty so far: where its line ends, and its indent.
    let mut empty: Option<(usize, usize, bool)> = None;
    // Right below text `-` underlines a heading.
    let (mut at, mut above_is_blank) = (0, true);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let is_blank = bare.is_empty();
        match empty {
            Some((end, own, false)) if is_blank => empty = Some((end, own, true)),
            Some((_, _, true)) if is_blank => {}
            Some((end, own, is_parted)) => {
                let is_below = is_parted && (indent >= own + 4 || line.starts_with('\t'));
                if is_below && !verbatim::holds(code, start) {
                    found.push(Instead { place: end..end, new: format!(" {COMMENT}"), is_words: true });
                }
                empty = None;
            }
            None => {}
        }
        let may_begin = std::mem::replace(&mut above_is_blank, is_blank);
        if empty.is_none() && may_begin && is_marker(bare) && !verbatim::holds(code, start) {
            empty = Some((start + indent + bare.len(), indent, false));
        }
    }
}

/// Whether a line is the mark of an item and nothing more.
fn is_marker(bare: &str) -> bool {
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(bare, "-" | "*" | "+") || digits == "." && (2..=4).contains(&bare.len())
}
