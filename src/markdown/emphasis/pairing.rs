//! Pairing of delimiter runs (CommonMark 0.31.2, section 6.2 and its appendix
//! "process emphasis"), with the flanking rule amended for CJK.

use crate::text::is_cjk;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;
use unicode_general_category::{GeneralCategory, get_general_category};

type Spanned<'a> = (Event<'a>, Range<usize>);

/// A delimiter run (spec 0.31.2, section 6.2).
pub(super) struct Run {
    pub(super) byte: u8,
    pub(super) start: usize,
    pub(super) length: usize,
    /// Characters taken from its left by closing, from its right by opening.
    pub(super) closed: usize,
    pub(super) opened: usize,
    pub(super) can_open: bool,
    pub(super) can_close: bool,
}

impl Run {
    const fn left(&self) -> usize {
        self.length - self.closed - self.opened
    }
}

/// What stands at a delimiter character.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) opens: bool,
    pub(super) length: usize,
    pub(super) strike: bool,
    /// The other end of the pair.
    pub(super) other: usize,
}

impl Mark {
    pub(super) fn event<'a>(self, at: usize) -> Spanned<'a> {
        let span = if self.opens { at..self.other } else { self.other..at + self.length };
        let event = match (self.opens, self.strike, self.length) {
            (true, true, _) => Event::Start(Tag::Strikethrough),
            (false, true, _) => Event::End(TagEnd::Strikethrough),
            (true, false, 1) => Event::Start(Tag::Emphasis),
            (false, false, 1) => Event::End(TagEnd::Emphasis),
            (true, false, _) => Event::Start(Tag::Strong),
            (false, false, _) => Event::End(TagEnd::Strong),
        };
        (event, span)
    }
}

/// The spec's "process emphasis" with its bottoms, so that the work stays linear.
pub(super) fn pair(runs: &mut [Run]) -> HashMap<usize, Mark> {
    let mut marks = HashMap::new();
    let mut openers: Vec<usize> = Vec::new();
    let mut bottoms: HashMap<(u8, bool, usize), usize> = HashMap::new();
    for at in 0..runs.len() {
        while runs[at].can_close && runs[at].left() > 0 {
            let key = (runs[at].byte, runs[at].can_open, runs[at].length % 3);
            let bottom = bottoms.get(&key).copied().unwrap_or(0);
            let floor = openers.partition_point(|opener| *opener < bottom);
            let found = (floor..openers.len()).rev().find(|place| matches(&runs[openers[*place]], &runs[at]));
            let Some(place) = found else {
                bottoms.insert(key, at);
                break;
            };
            let opener = openers[place];
            openers.truncate(place + 1);
            mark_pair(runs, opener, at, &mut marks);
            if runs[opener].left() == 0 {
                openers.truncate(place);
            }
        }
        if runs[at].can_open && runs[at].left() > 0 {
            openers.push(at);
        }
    }
    marks
}

fn matches(opener: &Run, closer: &Run) -> bool {
    if opener.byte != closer.byte {
        return false;
    }
    if opener.byte == b'~' {
        // GFM: strikethrough takes one or two tildes, the same on both sides.
        return opener.length == closer.length && opener.length <= 2 && opener.left() == opener.length;
    }
    let both = opener.can_close || closer.can_open;
    let sum_of_three = (opener.length + closer.length).is_multiple_of(3);
    let each_of_three = opener.length.is_multiple_of(3) && closer.length.is_multiple_of(3);
    !(both && sum_of_three && !each_of_three)
}

fn mark_pair(runs: &mut [Run], opener: usize, closer: usize, marks: &mut HashMap<usize, Mark>) {
    let strike = runs[opener].byte == b'~';
    let length = if strike {
        runs[opener].length
    } else if runs[opener].left() >= 2 && runs[closer].left() >= 2 {
        2
    } else {
        1
    };
    let open_at = runs[opener].start + runs[opener].length - runs[opener].opened - length;
    let close_at = runs[closer].start + runs[closer].closed;
    runs[opener].opened += length;
    runs[closer].closed += length;
    marks.insert(open_at, Mark { opens: true, length, strike, other: close_at + length });
    marks.insert(close_at, Mark { opens: false, length, strike, other: open_at });
}

/// Whether a run of this byte between these characters may open and close.
pub(super) fn flanking(byte: u8, before: char, after: char, amended: bool) -> (bool, bool) {
    let cjk = |c: char| amended && is_cjk_letter(c);
    let plain = |c: char| is_punctuation(c) && !cjk(c);
    let (space_before, space_after) = (before.is_whitespace(), after.is_whitespace());
    let left = !space_after && (!plain(after) || space_before || plain(before) || cjk(before));
    let right = !space_before && (!plain(before) || space_after || plain(after) || cjk(after));
    if byte != b'_' {
        return (left, right);
    }
    (left && (!right || is_punctuation(before)), right && (!left || is_punctuation(after)))
}

/// CJK characters and Hangul.
fn is_cjk_letter(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// A Unicode punctuation character: general category P or S (spec 0.31.2, 2.1).
fn is_punctuation(c: char) -> bool {
    use GeneralCategory as G;
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        get_general_category(c),
        G::ConnectorPunctuation
            | G::DashPunctuation
            | G::OpenPunctuation
            | G::ClosePunctuation
            | G::InitialPunctuation
            | G::FinalPunctuation
            | G::OtherPunctuation
            | G::MathSymbol
            | G::CurrencySymbol
            | G::ModifierSymbol
            | G::OtherSymbol
    )
}
