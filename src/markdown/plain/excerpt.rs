//! The beginning of a chapter or section, or a clause word for word, as a card
//! beside a link shows it.

use super::{Document, Kind, PlainText};
use crate::text::{floor_boundary, is_cjk};
use std::ops::Range;

/// Lines of an excerpt at most.
const LINES: usize = 12;

impl Document {
    /// The text of a stretch of the file, a line for each paragraph and entry of a
    /// list, cut at a sentence behind `limit` characters at most. The cells of a
    /// table's row stand in one line. Headings, blocks of code and of raw HTML, and
    /// footnotes are left out.
    #[must_use]
    pub fn excerpt(&self, span: Range<usize>, limit: usize) -> String {
        let mut writer = Writer::default();
        let mut blocks = self.tree.blocks_in(&span).peekable();
        let mut full = true;
        while let Some(block) = blocks.next() {
            let plain = PlainText::of(&self.tree, std::iter::once(block));
            let whole = writer.write(&plain, &span, limit * 2 + 2);
            full = whole && blocks.peek().is_none();
            if writer.count > limit * 2 + 2 {
                break;
            }
            full = true;
        }
        let end = floor_boundary(&writer.out, writer.out.trim_end().len());
        cut(&writer.out[..end], limit, full)
    }
}

/// A text of at most `limit` characters and `LINES` lines: all of it, or what
/// ends with its last whole sentence, or with its last word. Where something is
/// missing (a text that is not `full` lacks its end) an ellipsis says so.
///
/// Two letters of a Latin word count as one character: they take as much room.
#[must_use]
pub fn cut(text: &str, limit: usize, full: bool) -> String {
    let lines = text.match_indices('\n').nth(LINES - 1).map_or(text, |(at, _)| &text[..at]);
    let full = full && lines.len() == text.len();
    let (mut width, mut half) = (0, 0);
    let end = lines.char_indices().find(|(at, c)| {
        width += weight(*c);
        if width <= limit {
            half = *at;
        }
        width > limit * 2
    });
    let Some((end, _)) = end else {
        return if full { lines.to_owned() } else { format!("{lines}…") };
    };
    let head = &lines[..end];
    let stop = head.char_indices().rev().take_while(|(at, _)| *at > half).find(|(at, c)| {
        // The stop behind the number of an item ends no sentence.
        let ends = matches!(c, '!' | '?' | ';')
            || *c == '.' && !head[..*at].ends_with(|before: char| before.is_ascii_digit());
        let latin = ends && lines[at + 1..].starts_with([' ', '\n']);
        latin || matches!(c, '。' | '！' | '？' | '；' | '\n')
    });
    let kept = match stop {
        Some((at, c)) => &head[..at + c.len_utf8()],
        None => whole_words(head, &lines[end..]),
    };
    format!("{}…", kept.trim_end())
}

/// What a character adds to a text's length, in halves.
fn weight(character: char) -> usize {
    if is_cjk(character) { 2 } else { 1 }
}

/// `head` without a Latin word that goes on behind it.
fn whole_words<'a>(head: &'a str, behind: &str) -> &'a str {
    let latin = |c: char| c.is_alphanumeric() && !is_cjk(c);
    if !behind.starts_with(latin) {
        return head;
    }
    match head.trim_end_matches(latin) {
        "" => head,
        words => words,
    }
}

#[derive(Default)]
struct Writer {
    out: String,
    /// What has been written, in halves of characters; see [`cut`].
    count: usize,
    /// The mark of an entry that waits for its text.
    mark: String,
}

impl Writer {
    /// Writes the parts of a stretch of the file, until there are more than `most`
    /// halves of characters; says whether all were written.
    fn write(&mut self, plain: &PlainText, span: &Range<usize>, most: usize) -> bool {
        let parts = plain.parts_in(span);
        for at in parts.clone() {
            match plain.parts[at].kind {
                Kind::Line | Kind::Paragraph => self.line(),
                Kind::Cell => self.cell(),
                Kind::Mark => self.mark(plain.words(at)),
                Kind::Text | Kind::Space => self.text(plain.words_in(at, span)),
                Kind::Code | Kind::Heading | Kind::Html | Kind::Note | Kind::Picture => {}
            }
            if self.count > most {
                return at + 1 == parts.end;
            }
        }
        true
    }

    fn text(&mut self, text: &str) {
        let text = if self.is_new_line() { text.trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        let mark = std::mem::take(&mut self.mark);
        for words in [mark.as_str(), text] {
            self.out.push_str(words);
            self.count += words.chars().map(weight).sum::<usize>();
        }
    }

    fn mark(&mut self, mark: &str) {
        self.line();
        self.mark = mark.to_owned();
    }

    fn cell(&mut self) {
        if !self.is_new_line() {
            self.text(" · ");
        }
    }

    fn is_new_line(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n')
    }

    fn line(&mut self) {
        if !self.is_new_line() {
            self.out.push('\n');
            self.count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Document, MarkdownOptions};

    fn excerpt(text: &str, span: Range<usize>, limit: usize) -> String {
        Document::new(text, &MarkdownOptions::default()).excerpt(span, limit)
    }

    #[track_caller]
    fn plain(text: &str) -> String {
        excerpt(text, 0..text.len(), 400)
    }

    #[test]
    fn marks_go_and_lines_stay() {
        assert_eq!(
            plain("**第三条** 员工`代码`见[乙](b.md)\n与丙。\n\n- 一\n- 二\n\n  三\n\n3. 丁\n   1. 戊\n"),
            "第三条 员工代码见乙与丙。\n• 一\n• 二\n三\n3. 丁\n1. 戊"
        );
        assert_eq!(plain("one\ntwo  \nthree &amp; four"), "one two\nthree & four");
    }

    #[test]
    fn what_is_no_running_text_is_left_out() {
        let text = "# 题\n\n甲[^1]\n\n```\ncode\n```\n\n<div>x</div>\n\n![图](a.png)\n\n> [!NOTE]\n> 乙\n\n[^1]: 注\n";
        assert_eq!(plain(text), "甲\n乙");
        assert_eq!(plain("---\n\n甲"), "甲");
        assert_eq!(plain("甲：\n\n| a | b |\n| - | - |\n| 乙 | 丙 |\n"), "甲：\na · b\n乙 · 丙");
    }

    #[test]
    fn a_long_text_is_cut_at_a_sentence() {
        assert_eq!(cut("一二三。四五六", 5, true), "一二三。…");
        assert_eq!(cut("一二三四五六", 5, true), "一二三四五…");
        assert_eq!(cut("一。二三四五六", 5, true), "一。二三四…", "a stop before the middle loses too much");
        assert_eq!(cut("One 1.5 x. Two", 6, true), "One 1.5 x.…");
        assert_eq!(cut("甲乙丙\n丁戊己\n1. 庚辛壬癸", 9, true), "甲乙丙\n丁戊己…");
        assert_eq!(cut("One sentence that has no end", 5, true), "One…");
        assert_eq!(cut(&"甲\n".repeat(40), 100, true).lines().count(), LINES);
        assert_eq!(cut("一二", 5, true), "一二");
        assert_eq!(cut("一二", 5, false), "一二…");
        let long = "甲乙丙丁。".repeat(5_000);
        let found = excerpt(&long, 0..long.len(), 100);
        assert_eq!(found.chars().count(), 101);
    }

    #[test]
    fn spans_outside_the_text_give_nothing() {
        assert_eq!(excerpt("甲乙", 9..12, 9), "");
        assert_eq!(excerpt("甲", 3..99, 9), "");
    }
}
