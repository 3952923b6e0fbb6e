//! The plain text of a place in a chapter, as a preview shows it: the first
//! lines of a chapter or section, or a clause word for word.
//!
//! Only the stretch that is wanted is read, and only until enough has been
//! taken, so an excerpt costs the same in a long chapter and in a short one.

use super::{MarkdownOptions, alert, events};
use crate::text::{floor_boundary, is_cjk};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// Bytes of Markdown that are read for each character of text at most.
const MARKUP: usize = 24;
/// Lines of an excerpt at most.
const LINES: usize = 12;

/// The text of `span`, a line for each paragraph and entry of a list, cut at a
/// sentence behind `limit` characters at most. The cells of a table's row
/// stand in one line. Headings, code, images and raw HTML are left out.
#[must_use]
pub fn excerpt(text: &str, span: Range<usize>, options: &MarkdownOptions, limit: usize) -> String {
    let whole = text.get(span).unwrap_or("");
    let part = &whole[..floor_boundary(whole, limit.saturating_mul(MARKUP) + 512)];
    let mut reader =
        Reader { part, out: String::new(), count: 0, hidden: 0, lists: Vec::new(), ..Reader::default() };
    for (event, span) in events(part, 0, options) {
        reader.event(event, span.start);
        if reader.count > limit * 2 {
            break;
        }
    }
    let full = part.len() == whole.len();
    cut(reader.out.trim_end(), limit, full)
}

/// A text of at most `limit` characters and [`LINES`] lines: all of it, or what
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
struct Reader<'a> {
    part: &'a str,
    out: String,
    /// What has been written, in halves of characters; see [`cut`].
    count: usize,
    /// Blocks that are open and left out.
    hidden: usize,
    /// What each open list counts next; bullets count nothing.
    lists: Vec<Option<u64>>,
    /// Whether the mark of an entry waits for its text.
    marked: bool,
    /// A line break that is written unless it stands between two Chinese characters.
    broken: bool,
    /// Events that begin before this place are not shown (an alert's label).
    skip_to: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, start: usize) {
        match event {
            Event::Start(tag) if is_hidden(&tag) => self.hidden += 1,
            Event::End(tag) if is_hidden_end(tag) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 || start < self.skip_to => {}
            Event::Start(tag) => self.start(tag, start),
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                self.line();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => self.line(),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak => self.broken = true,
            Event::HardBreak => self.line(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, start: usize) {
        match tag {
            Tag::BlockQuote(None) => {
                if let Some(alert) = alert::read(self.part, start) {
                    self.skip_to = alert.content;
                }
            }
            Tag::TableCell if !self.is_new_line() => self.text(" · "),
            Tag::List(first) => {
                self.line();
                self.lists.push(first);
            }
            Tag::Item => {
                self.line();
                let mark = match self.lists.last_mut() {
                    Some(Some(next)) => {
                        let number = *next;
                        *next = next.saturating_add(1);
                        format!("{number}. ")
                    }
                    _ => "• ".to_owned(),
                };
                self.text(&mark);
                self.marked = true;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let broken = std::mem::take(&mut self.broken);
        let new = self.is_new_line();
        let text = if new { text.trim_start() } else { text };
        let Some(first) = text.chars().next() else { return };
        if broken && !new && !(self.out.ends_with(is_cjk) && is_cjk(first)) {
            self.out.push(' ');
            self.count += 1;
        }
        self.marked = false;
        self.out.push_str(text);
        self.count += text.chars().map(weight).sum::<usize>();
    }

    fn is_new_line(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n')
    }

    /// Ends a line, unless it holds nothing but the mark of an entry.
    fn line(&mut self) {
        self.broken = false;
        if self.marked || self.is_new_line() {
            return;
        }
        self.out.push('\n');
        self.count += 1;
    }
}

const fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
    )
}

const fn is_hidden_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn plain(text: &str) -> String {
        excerpt(text, 0..text.len(), &MarkdownOptions::default(), 400)
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
        let found = excerpt(&long, 0..long.len(), &MarkdownOptions::default(), 100);
        assert_eq!(found.chars().count(), 101);
    }

    #[test]
    fn spans_outside_the_text_give_nothing() {
        assert_eq!(excerpt("甲乙", 1..2, &MarkdownOptions::default(), 9), "");
        assert_eq!(excerpt("甲", 3..99, &MarkdownOptions::default(), 9), "");
    }
}
