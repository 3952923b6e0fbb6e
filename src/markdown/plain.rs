//! The words of a chapter as a reader sees them, cut into sections and clauses.
//!
//! For search: each piece has the anchor that leads to it, its label and its visible
//! text. A build takes the words while it reads the chapter ([`super::read`]); where
//! they are wanted later, [`plain`] walks over the event stream once more. Lines,
//! list entries and rows of tables stand on lines of their own. What a page shows only as
//! decoration (numbers of footnotes, labels of alerts) is left out, and so is
//! what it does not show at all (front matter, comments, alternative texts).

use super::{Clause, Heading, MarkdownOptions, Scan, alert, events, scan};
use crate::text::is_cjk;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// A section or clause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece {
    /// Anchor, not encoded; empty for what stands before the first.
    pub anchor: String,
    /// The heading's text, or the clause's label.
    pub label: String,
    /// Whether it begins with a heading.
    pub heading: bool,
    /// What a reader sees, the heading or label included.
    pub text: String,
}

/// The words of a chapter, before it is known whether its first heading is shown.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pieces: Vec<Piece>,
    /// The piece that the first heading began, and where in its text the heading ends.
    first: Option<(usize, usize)>,
}

impl Words {
    /// The words by section and clause. With `skip_title` the first heading is left
    /// out, because the page shows the title itself.
    #[must_use]
    pub fn pieces(self, skip_title: bool) -> Vec<Piece> {
        let mut pieces = self.pieces;
        if let Some((at, end)) = self.first.filter(|_| skip_title) {
            let heading = pieces.remove(at);
            if let Some(before) = pieces[..at].last_mut() {
                end_line(&mut before.text);
                before.text.push_str(&heading.text[end..]);
            }
        }
        for piece in &mut pieces {
            piece.text.truncate(piece.text.trim_end().len());
        }
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }
}

/// [`super::structure`] and the words, in one walk.
#[must_use]
pub fn read(text: &str, body: usize, options: &MarkdownOptions) -> (Scan, Words) {
    let mut reader = Reader::new(text);
    let scan = scan::walk(text, body, options, |event, span, headings, clauses| {
        reader.event(event, span, headings, clauses);
    });
    (scan, reader.words)
}

/// Reads a chapter's words. `scan` is what [`super::scan`] gave for the same text and
/// options; for `skip_title` see [`Words::pieces`].
#[must_use]
pub fn plain(text: &str, scan: &Scan, options: &MarkdownOptions, skip_title: bool) -> Vec<Piece> {
    let mut reader = Reader::new(text);
    for (event, span) in events(text, scan.body, options) {
        reader.event(&event, &span, &scan.headings, &scan.clauses);
    }
    reader.words.pieces(skip_title)
}

/// Takes the words from the events of a chapter.
struct Reader<'a> {
    text: &'a str,
    words: Words,
    /// Blocks that are open.
    depth: usize,
    /// Headings and clauses met so far, by their places in the scan's lists.
    headings: usize,
    clauses: usize,
    /// Open elements whose text is not shown.
    hidden: usize,
    /// Text that begins before this place is not shown (an alert's label).
    skip_to: usize,
    /// Whether a line break waits to be written.
    broken: bool,
    html: Html,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            words: Words { pieces: vec![Piece::default()], first: None },
            depth: 0,
            headings: 0,
            clauses: 0,
            hidden: 0,
            skip_to: 0,
            broken: false,
            html: Html::default(),
        }
    }

    /// Takes an event, with the headings and clauses of the scan: at least those that
    /// this event ends and begins.
    fn event(&mut self, event: &Event<'_>, span: &Range<usize>, headings: &[Heading], clauses: &[Clause]) {
        match event {
            Event::Start(tag) => self.start(tag, span, clauses),
            Event::End(TagEnd::Heading(_)) => self.end_heading(span, headings, clauses),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) | Event::Code(text) => self.write(text, span.start),
            Event::SoftBreak => self.broken = true,
            Event::HardBreak | Event::Rule => self.line(),
            Event::InlineHtml(html) | Event::Html(html) => {
                let mut seen = String::new();
                self.html.read(html, &mut seen);
                if !seen.trim().is_empty() {
                    self.write(&seen, span.start);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>, clauses: &[Clause]) {
        match tag {
            Tag::Image { .. } => self.hidden += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Superscript | Tag::Subscript => {}
            Tag::TableCell => self.space(),
            Tag::Heading { .. } => {
                self.line();
                self.words.pieces.push(Piece { heading: true, ..Piece::default() });
                self.depth += 1;
            }
            Tag::Paragraph => {
                self.line();
                if self.depth == 0 {
                    self.clause(span, clauses);
                }
                self.depth += 1;
            }
            Tag::BlockQuote(kind) => {
                self.line();
                if kind.is_none()
                    && let Some(found) = alert::read(self.text, span.start)
                {
                    self.skip_to = found.content;
                    if let Some(title) = found.title {
                        self.write(title, found.content);
                        self.line();
                    }
                }
                self.depth += 1;
            }
            _ => {
                self.line();
                self.depth += 1;
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::TableCell => {}
            _ => {
                self.depth = self.depth.saturating_sub(1);
                self.line();
            }
        }
    }

    /// Only at its end does the scan know a heading.
    fn end_heading(&mut self, span: &Range<usize>, headings: &[Heading], clauses: &[Clause]) {
        self.hidden = 0;
        self.depth = self.depth.saturating_sub(1);
        self.line();
        if clauses.get(self.clauses).is_some_and(|clause| clause.span().start == span.start) {
            self.clauses += 1;
        }
        let at = self.words.pieces.len() - 1;
        let Some(piece) = self.words.pieces.last_mut() else { return };
        if let Some(heading) = headings.get(self.headings) {
            piece.anchor.clone_from(&heading.anchor);
            piece.label.clone_from(&heading.text);
        }
        self.headings += 1;
        self.words.first.get_or_insert((at, piece.text.len()));
    }

    fn clause(&mut self, span: &Range<usize>, clauses: &[Clause]) {
        let found = clauses.get(self.clauses);
        let Some(found) = found.filter(|clause| clause.span().start == span.start) else { return };
        self.clauses += 1;
        let paragraph = self.text.get(span.clone()).unwrap_or("");
        let label = super::parse_clause(paragraph).and_then(|opening| paragraph.get(opening.label));
        self.words.pieces.push(Piece {
            anchor: found.anchor.to_string(),
            label: label.unwrap_or("").to_owned(),
            heading: false,
            text: String::with_capacity(span.len()),
        });
    }

    fn write(&mut self, text: &str, start: usize) {
        if self.hidden > 0 || start < self.skip_to {
            return;
        }
        let Some(piece) = self.words.pieces.last_mut() else { return };
        if std::mem::take(&mut self.broken) {
            let joined =
                piece.text.chars().next_back().is_some_and(is_cjk) && text.chars().next().is_some_and(is_cjk);
            if !joined && !piece.text.is_empty() && !piece.text.ends_with(['\n', ' ']) {
                piece.text.push(' ');
            }
        }
        let at_start = piece.text.is_empty() || piece.text.ends_with('\n');
        piece.text.push_str(if at_start { text.trim_start_matches(' ') } else { text });
    }

    fn space(&mut self) {
        self.broken = false;
        let Some(piece) = self.words.pieces.last_mut() else { return };
        if !piece.text.is_empty() && !piece.text.ends_with(['\n', ' ']) {
            piece.text.push(' ');
        }
    }

    fn line(&mut self) {
        self.broken = false;
        if let Some(piece) = self.words.pieces.last_mut() {
            end_line(&mut piece.text);
        }
    }
}

fn end_line(text: &mut String) {
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
}

/// Raw HTML, which comes in fragments: its text without tags and comments.
#[derive(Debug, Default)]
struct Html {
    /// The end that closes what is open and not shown: a comment, a script.
    until: Option<&'static str>,
}

impl Html {
    fn read(&mut self, html: &str, out: &mut String) {
        let mut rest = html;
        loop {
            if let Some(end) = self.until {
                let Some(at) = rest.find(end) else { return };
                rest = &rest[at + end.len()..];
                self.until = None;
            }
            let Some(open) = rest.find('<') else { break };
            entities(&rest[..open], out);
            rest = &rest[open..];
            let lower = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
            self.until = if lower.starts_with("<!--") {
                Some("-->")
            } else if lower.starts_with("<script") {
                Some("</script>")
            } else if lower.starts_with("<style") {
                Some("</style>")
            } else {
                None
            };
            if self.until.is_none() {
                let block = !["<b>", "<i>", "<em", "<a ", "</a", "</b", "</i", "</e", "<st", "</s", "<sp"]
                    .iter()
                    .any(|inline| lower.starts_with(inline));
                if block {
                    out.push(' ');
                }
                let Some(close) = rest.find('>') else { return };
                rest = &rest[close + 1..];
            }
        }
        entities(rest, out);
    }
}

/// Text with the commonest entities resolved.
fn entities(text: &str, out: &mut String) {
    if !text.contains('&') {
        out.push_str(text);
        return;
    }
    let known =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = known.iter().fold(text.to_owned(), |text, (entity, is)| text.replace(entity, is));
    out.push_str(&text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, String)> {
        let options = MarkdownOptions::default();
        let scan = super::super::scan(text, &options);
        let pieces = plain(text, &scan, &options, false);
        let (structure, words) = super::read(text, 0, &options);
        assert_eq!((structure.headings.len(), &words.clone().pieces(false)), (scan.headings.len(), &pieces));
        assert_eq!(words.pieces(true), plain(text, &scan, &options, true));
        pieces.into_iter().map(|piece| (piece.anchor, piece.label, piece.text)).collect()
    }

    fn piece(anchor: &str, label: &str, text: &str) -> (String, String, String) {
        (anchor.to_owned(), label.to_owned(), text.to_owned())
    }

    #[test]
    fn sections_and_clauses_have_their_words() {
        let text = "开头**重**要\n一句。\n\n## 总则\n\n第一条 为了*管理*，\n定本法。\n\n- 一\n- two\n  three\n\n## 附则\n\n| 甲 | 乙 |\n|--|--|\n| `a` | b[^1] |\n\n[^1]: 注。\n";
        assert_eq!(
            read(text),
            [
                piece("", "", "开头重要一句。"),
                piece("总则", "总则", "总则"),
                piece("第一条", "第一条", "第一条 为了管理，定本法。\n一\ntwo three"),
                piece("附则", "附则", "附则\n甲 乙\na b\n注。"),
            ]
        );
    }

    #[test]
    fn a_title_that_is_repeated_is_left_out() {
        let text = "开头\n\n# 标题\n\n正文\n\n第一条 甲。\n\n乙。\n";
        let options = MarkdownOptions::default();
        let pieces = |text: &str| -> Vec<(String, String)> {
            let pieces = super::read(text, 0, &options).1.pieces(true);
            pieces.into_iter().map(|piece| (piece.label, piece.text)).collect()
        };
        let clause = ("第一条".to_owned(), "第一条 甲。\n乙。".to_owned());
        assert_eq!(pieces(text), [(String::new(), "开头\n正文".to_owned()), clause.clone()]);
        assert_eq!(pieces(&text["开头\n\n".len()..]), [(String::new(), "正文".to_owned()), clause]);
        assert_eq!(pieces("# 标题\n"), []);
    }

    #[test]
    fn what_a_page_does_not_show_is_left_out() {
        let text = "> [!注意]\n> 当心\n\n<!-- 秘密 -->\n\n<div>看<b>得</b>见&amp;</div>\n\n![替代](x.png) 图\n\n<script>\nno()\n</script>\n";
        assert_eq!(read(text), [piece("", "", "注意\n当心\n看得见&\n图")]);
    }
}
