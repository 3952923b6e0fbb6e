//! The sentence around a place of a chapter, as the page shows it.

use super::{Document, Kind, NodeId, PlainText};
use crate::text::{floor_boundary, is_cjk};
use std::ops::Range;

/// Bytes of a sentence on each side of a place at most.
const REACH: usize = 180;

/// A sentence and the place in it that it is cut for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sentence {
    /// What stands before the place.
    pub before: String,
    /// What is shown of the place itself; empty where the file holds more there
    /// than is shown, such as a tag.
    pub words: String,
    /// What stands behind it.
    pub after: String,
    /// The block it stands in, and where it begins in the text of that.
    start: (NodeId, usize),
}

impl Sentence {
    /// Whether another sentence begins where this one does.
    #[must_use]
    pub fn is_that_of(&self, other: &Self) -> bool {
        self.start == other.start
    }
}

impl Document {
    /// The sentence around a place of the file: to the stops or the ends of the line,
    /// of the cell or of the entry on both sides. `None` where the place is not shown.
    #[must_use]
    pub fn sentence(&self, span: &Range<usize>) -> Option<Sentence> {
        let first = self.tree.blocks_in(span).next()?;
        let plain = PlainText::of(&self.tree, self.tree.blocks_in(span));
        let (line, words) = plain.line(span)?;
        let (start, end) = plain.stops(line, &words);
        Some(Sentence {
            before: plain.text[start..words.start].to_owned(),
            words: plain.text[words.clone()].to_owned(),
            after: plain.text[words.end..end].to_owned(),
            start: (first, start),
        })
    }
}

impl PlainText {
    /// The line, cell or entry in which a place of the file is shown, and the place.
    fn line(&self, span: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let (words, first, last) = self.place(span)?;
        let is_border = |at: &usize| self.parts[*at].kind.is_border();
        let begins = |at: usize| self.parts.get(at).map_or(self.text.len(), |part| part.at as usize);
        // The mark of an entry is no part of its sentence.
        let low = (0..first).rev().find(is_border).map_or(0, |at| begins(at + 1));
        let high = begins((last + 1..self.parts.len()).find(is_border).unwrap_or(self.parts.len()));
        Some((low..high, words))
    }

    /// Where a place of the file is shown, and the first and the last part of it.
    fn place(&self, span: &Range<usize>) -> Option<(Range<usize>, usize, usize)> {
        let shown = |at: &usize| !self.parts[*at].kind.is_border() && self.parts[*at].kind != Kind::Space;
        let first = self.parts_in(span).find(shown)?;
        let last = self.parts_in(span).rev().find(shown)?;
        let verbatim =
            |at: usize| self.words(at).len() == (self.parts[at].end - self.parts[at].start) as usize;
        let offset = |at: usize, place: usize| {
            let (part, words) = (&self.parts[at], self.words(at));
            let within = place.saturating_sub(part.start as usize).min(words.len());
            part.at as usize + floor_boundary(words, within)
        };
        let reaches_out = |at: usize| {
            let place = self.parts[at].start as usize..self.parts[at].end as usize;
            !verbatim(at) && (place.start < span.start || place.end > span.end)
        };
        if reaches_out(first) || reaches_out(last) {
            let begin = self.parts[first].at as usize;
            return Some((begin..begin, first, last));
        }
        let start = if verbatim(first) { offset(first, span.start) } else { self.parts[first].at as usize };
        let end = match verbatim(last) {
            true => offset(last, span.end),
            false => self.parts[last].at as usize + self.words(last).len(),
        };
        Some((start..end.max(start), first, last))
    }

    /// Cuts a line at the stops nearest to a place in it.
    fn stops(&self, line: Range<usize>, words: &Range<usize>) -> (usize, usize) {
        let text = &self.text;
        let low = floor_boundary(text, words.start.saturating_sub(REACH)).max(line.start);
        let high = floor_boundary(text, words.end + REACH).clamp(words.end, line.end);
        let before = text[low..words.start].char_indices().rev();
        let start = before.map(|(at, c)| (low + at, c)).find(|(at, c)| is_stop(text, *at, *c));
        let start = match start {
            Some((at, c)) => at + c.len_utf8(),
            None if low > line.start => low + part_of_word(&text[..low], &text[low..words.start]),
            None => low,
        };
        let behind = text[words.end..high].char_indices();
        let end = behind.map(|(at, c)| (words.end + at, c)).find(|(at, c)| is_stop(text, *at, *c));
        let end = match end {
            Some((at, '\n')) => at,
            Some((at, c)) => at + c.len_utf8(),
            None if high < line.end => {
                let last = text[words.end..high].trim_end_matches(is_latin);
                let whole = !text[high..].starts_with(is_latin) || last.is_empty();
                if whole { high } else { words.end + last.len() }
            }
            None => high,
        };
        (start, end)
    }
}

/// Whether a sentence ends with a character. The point behind the number of an item
/// ends none.
fn is_stop(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '！' | '？' | '；' | '\n' => true,
        '.' if text[..at].ends_with(|before: char| before.is_ascii_digit()) => false,
        '.' | '!' | '?' => text[at + 1..].starts_with(' '),
        _ => false,
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_cjk(c)
}

/// How much of a text is the rest of a Latin word that began before it.
fn part_of_word(before: &str, text: &str) -> usize {
    let rest = text.trim_start_matches(is_latin);
    let cut = before.ends_with(is_latin) && !rest.is_empty();
    if cut { text.len() - rest.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Document, MarkdownOptions};

    /// The sentence around a word.
    #[track_caller]
    fn around(text: &str, word: &str) -> Option<(String, String, String)> {
        let document = Document::new(text, &MarkdownOptions::default());
        let start = text.find(word).expect("the word");
        let sentence = document.sentence(&(start..start + word.len()))?;
        Some((sentence.before, sentence.words, sentence.after))
    }

    fn sentence(before: &str, words: &str, after: &str) -> Option<(String, String, String)> {
        Some((before.to_owned(), words.to_owned(), after.to_owned()))
    }

    #[test]
    fn a_sentence_is_cut_at_its_stops() {
        let text = "前句。依照《甲》办理，\n并**报告**[乙](b.md)。后句。";
        assert_eq!(around(text, "《甲》"), sentence("依照", "《甲》", "办理，并报告乙。"));
        assert_eq!(around(text, "[乙](b.md)"), sentence("依照《甲》办理，并报告", "乙", "。"));
        assert_eq!(
            around("One. Two *three*, v1.5. Four", "three"),
            sentence(" Two ", "three", ", v1.5. Four")
        );
        let long = format!("{} [x](y) {}", "word ".repeat(60), "word ".repeat(60));
        let (before, _, after) = around(&long, "[x](y)").expect("a sentence");
        assert!(
            before.trim().split(' ').chain(after.trim().split(' ')).all(|one| one == "word"),
            "{before}{after}"
        );
    }

    #[test]
    fn a_sentence_stays_in_its_cell_and_entry() {
        assert_eq!(around("1. 甲[乙](b)丙\n2. 丁", "[乙](b)"), sentence("甲", "乙", "丙"));
        assert_eq!(around("| 甲 | [乙](b)丙 | 丁 |\n| - | - | - |\n", "[乙](b)"), sentence("", "乙", "丙"));
        assert_eq!(around("甲<a href=\"b.md\">乙</a>丙", "b.md"), sentence("甲", "", "乙丙"));
    }

    #[test]
    fn what_is_not_shown_has_no_sentence() {
        assert_eq!(around("甲<!-- [乙](b) -->", "[乙](b)"), sentence("甲", "", ""));
        assert_eq!(around("<template>\n\n[乙](b)\n\n</template>", "[乙](b)"), None);
    }
}
