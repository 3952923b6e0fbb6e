//! Where words of a query stand in a text, and an excerpt around them: what `search-text.js` and
//! `search-excerpt.js` do in the browser. Texts are taken as units of UTF-16, as browsers have
//! them, so that both cut at the same places.

use super::limits::LIMITS;
use super::phrase::Term;
use super::query::runs;
use super::token::{Class, class, fold_char};
use std::cmp::Reverse;
use std::ops::Range;

/// A text, its folded form, and where in the text each unit of it comes from.
pub(super) struct MarkedText {
    units: Vec<u16>,
    folded: Vec<u16>,
    origins: Vec<usize>,
}

impl MarkedText {
    pub(super) fn new(text: &str) -> Self {
        let (mut folded, mut origins, mut offset) = (Vec::new(), Vec::new(), 0);
        for c in text.chars() {
            fold_char(c, |c| folded.extend_from_slice(c.encode_utf16(&mut [0; 2])));
            origins.resize(folded.len(), offset);
            offset += c.len_utf16();
        }
        origins.push(offset);
        Self { units: text.encode_utf16().collect(), folded, origins }
    }

    /// The folded text.
    pub(super) fn folded(&self) -> String {
        String::from_utf16_lossy(&self.folded)
    }

    /// The ranges that hold terms. Of a term that does not occur, the longest parts that do are marked.
    pub(super) fn marks(&self, terms: &[&Term]) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        for term in terms {
            let mut places = self.occurrences(&term.text, term.prefix);
            if places.is_empty() {
                places = self.partial_occurrences(&term.text);
            }
            let origin = |place: usize| self.origins.get(place).copied().unwrap_or(self.units.len());
            ranges.extend(places.into_iter().map(|place| origin(place.start)..origin(place.end)));
        }
        ranges.sort_by_key(|range| (range.start, Reverse(range.end)));
        let mut marks: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match marks.last_mut() {
                Some(before) if range.start <= before.end => before.end = before.end.max(range.end),
                _ if range.is_empty() => {}
                _ => marks.push(range),
            }
        }
        marks
    }

    /// Where a run occurs in the folded text. A word must not go on before it, nor behind it unless
    /// it is a prefix.
    fn occurrences(&self, run: &str, prefix: bool) -> Vec<Range<usize>> {
        let is_word = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Word);
        let (begins, ends) = (is_word(run.chars().next()), is_word(run.chars().next_back()));
        let is_number = run.starts_with(|c: char| c.is_ascii_digit());
        let word_at =
            |place: usize| is_word(self.folded.get(place).and_then(|unit| char::from_u32(u32::from(*unit))));
        let wanted: Vec<u16> = run.encode_utf16().collect();
        let fits = |start: &usize| {
            let end = start + wanted.len();
            // The `v` of a version stands apart from its number.
            let is_version = is_number
                && start.checked_sub(1).is_some_and(|at| self.folded.get(at) == Some(&u16::from(b'v')));
            let before = start.checked_sub(if is_version { 2 } else { 1 });
            self.folded[*start..].starts_with(&wanted)
                && !(begins && before.is_some_and(word_at))
                && !(ends && !prefix && word_at(end))
        };
        if wanted.is_empty() {
            return Vec::new();
        }
        (0..self.folded.len()).filter(fits).map(|start| start..start + wanted.len()).collect()
    }

    /// Where the longest parts of a run occur.
    fn partial_occurrences(&self, run: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for segment in runs(run).iter().flat_map(|run| &run.segments) {
            let all = &segment.characters;
            if !segment.unsegmented {
                found.extend(self.occurrences(&all.iter().collect::<String>(), false));
                continue;
            }
            let mut from = 0;
            while from + 1 < all.len() {
                let longest = (from + 2..=all.len()).rev().find_map(|to| {
                    let part: String = all[from..to].iter().collect();
                    let places = self.occurrences(&part, true);
                    (!places.is_empty()).then_some((to, places))
                });
                match longest {
                    Some((to, places)) => {
                        found.extend(places);
                        from = to;
                    }
                    None => from += 1,
                }
            }
        }
        found
    }

    /// The part of the text with most of some marks, with `…` where it is cut off. It begins and ends
    /// with a sentence where it can. A row of a table has the head of the table before it.
    pub(super) fn excerpt(&self, ranges: &[Range<usize>]) -> String {
        let length = LIMITS.excerpt;
        let (units, ranges) = apart(&self.units, ranges);
        let first = densest_start(&ranges, length * 2 / 3);
        let room = first.saturating_sub(length / 3);
        let row = row_of(&units, first, room);
        let (mut from, head) = row.unwrap_or((room, &[]));
        if row.is_none() && from > 0 {
            let stop = units[from..first].iter().position(|unit| is_stop(*unit));
            from = stop.map_or(from, |stop| from + stop + 1);
            from -= usize::from(is_low_surrogate(&units, from));
        }
        let is_chinese = units.iter().any(|unit| (0x3400..=0x9FFF).contains(unit));
        let mut to = units.len().min(from + if is_chinese { length } else { 2 * length });
        if to < units.len() {
            to = sentence_end(&units, from, to, &ranges);
        }
        to += usize::from(is_low_surrogate(&units, to));
        let shown = String::from_utf16_lossy(&units[from..to]).replace('\n', " ");
        let shown = shown.trim_start_matches(is_space);
        let head = String::from_utf16_lossy(&head[..head.len().min(length)]);
        let (before, behind) = (if from > 0 { "…" } else { "" }, if to < units.len() { "…" } else { "" });
        format!("{head}{before}{shown}{behind}")
    }
}

/// What an excerpt shows between the cells of a row, where texts have a tab.
const CELL: &str = " | ";
const TAB: u16 = b'\t' as u16;
const LINE_END: u16 = b'\n' as u16;

/// A text and ranges of it with its cells apart.
fn apart(units: &[u16], ranges: &[Range<usize>]) -> (Vec<u16>, Vec<Range<usize>>) {
    let mut spaced = Vec::with_capacity(units.len());
    let mut places = Vec::with_capacity(units.len() + 1);
    for unit in units {
        places.push(spaced.len());
        match *unit {
            TAB => spaced.extend(CELL.encode_utf16()),
            unit => spaced.push(unit),
        }
    }
    places.push(spaced.len());
    let place = |at: usize| places.get(at).copied().unwrap_or(spaced.len());
    let ranges = ranges.iter().map(|range| place(range.start)..place(range.end)).collect();
    (spaced, ranges)
}

/// Where an excerpt of the body of a table begins: with the row in which a place is and the head before
/// it, or with the head itself where there is room. A table with which the text begins may be the rest
/// of one, without its head.
fn row_of(units: &[u16], at: usize, room: usize) -> Option<(usize, &[u16])> {
    let cell: Vec<u16> = CELL.encode_utf16().collect();
    let is_row = |line: &[u16]| line.windows(cell.len()).any(|window| window == cell);
    let lines: Vec<&[u16]> = units[..at].split(|unit| *unit == LINE_END).collect();
    let last = lines.len().checked_sub(1)?;
    let from = at - lines.last()?.len();
    let row = units[from..].split(|unit| *unit == LINE_END).next()?;
    let first = last - lines[..last].iter().rev().take_while(|line| is_row(line)).count();
    if first == 0 || first == last || !is_row(row) {
        return None;
    }
    let head = lines[..first].iter().map(|line| line.len() + 1).sum();
    Some(if head < room { (from, lines[first]) } else { (head, &[]) })
}

/// The end of the last sentence that ends in the last third of an excerpt, behind what is marked; else the
/// end of the excerpt.
fn sentence_end(units: &[u16], from: usize, to: usize, ranges: &[Range<usize>]) -> usize {
    let marked = ranges.iter().filter(|range| range.start < to).map(|range| range.end).max().unwrap_or(0);
    let least = marked.max(from + (to - from) * 2 / 3);
    let ends = |end: &usize| {
        let stop = units[*end - 1];
        // A dot within a number or a name ends nothing.
        let is_ascii = stop < 0x80 && stop != LINE_END;
        let next = units.get(*end).and_then(|unit| char::from_u32(u32::from(*unit)));
        is_stop(stop) && (!is_ascii || next.is_none_or(is_space))
    };
    (least + 1..=to).rev().find(ends).unwrap_or(to)
}

/// Where the window of a length with most marked units begins.
fn densest_start(ranges: &[Range<usize>], length: usize) -> usize {
    let (mut best, mut most) = (0, None);
    for (index, range) in ranges.iter().enumerate() {
        let within = ranges[index..].iter().take_while(|next| next.end <= range.start + length);
        let sum = within.map(ExactSizeIterator::len).sum::<usize>();
        if most.is_none_or(|most| sum > most) {
            (best, most) = (range.start, Some(sum));
        }
    }
    best
}

/// Whether a unit ends a sentence or a line.
fn is_stop(unit: u16) -> bool {
    let stops = ['。', '；', '！', '？', '\n', '.', ';', '!', '?'];
    char::from_u32(u32::from(unit)).is_some_and(|c| stops.contains(&c))
}

fn is_low_surrogate(units: &[u16], at: usize) -> bool {
    units.get(at).is_some_and(|unit| (0xDC00..=0xDFFF).contains(unit))
}

/// White space as browsers know it.
fn is_space(c: char) -> bool {
    c == '\u{FEFF}' || c.is_whitespace() && c != '\u{85}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_table_has_its_head() {
        let rows = "主管\t400元\n".repeat(12);
        let text = format!("标准\n职级\t住宿\n{rows}员工\t300元\n{}", "说明。".repeat(40));
        let marked = MarkedText::new(&text);
        let term = Term { text: "员工".to_owned(), prefix: false };
        let excerpt = marked.excerpt(&marked.marks(&[&term]));
        assert!(excerpt.starts_with("职级 | 住宿…员工 | 300元 说明。"), "{excerpt}");
        assert!(excerpt.ends_with("说明。…"), "{excerpt}");
    }

    #[test]
    fn excerpts_begin_with_a_sentence_and_hold_most_marks() {
        let text =
            format!("{}。备份在这里，{}备份和备份。{}", "甲".repeat(40), "乙".repeat(40), "丙".repeat(90));
        let marked = MarkedText::new(&text);
        let term = Term { text: "备份".to_owned(), prefix: false };
        assert_eq!(marked.marks(&[&term]), [41..43, 87..89, 90..92]);
        let excerpt = marked.excerpt(&marked.marks(&[&term]));
        assert!(excerpt.starts_with("…备份在这里，乙"), "{excerpt}");
        let parts = Term { text: "数据备份".to_owned(), prefix: false };
        assert_eq!(marked.marks(&[&parts]), [41..43, 87..89, 90..92]);
    }
}
