//! The words of a chapter as a reader sees them, cut into sections and clauses.
//!
//! A third walk over the event stream, for search: each piece has the anchor
//! that leads to it, its label and its visible text. Lines, list entries and
//! rows of tables stand on lines of their own. What a page shows only as
//! decoration (numbers of footnotes, labels of alerts) is left out, and so is
//! what it does not show at all (front matter, comments, alternative texts).

use super::{MarkdownOptions, Scan, alert, events};
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

/// Reads a chapter's text once more. `scan` is what [`super::scan`] gave for the
/// same text and options. With `skip_title` the first heading is left out,
/// because the page shows the title itself.
#[must_use]
pub fn plain(text: &str, scan: &Scan, options: &MarkdownOptions, skip_title: bool) -> Vec<Piece> {
    let mut reader = Reader {
        text,
        scan,
        skip_title,
        pieces: vec![Piece::default()],
        depth: 0,
        headings: 0,
        clauses: 0,
        hidden: 0,
        skip_to: 0,
        broken: false,
        html: Html::default(),
    };
    for (event, span) in events(text, options) {
        reader.event(event, &span);
    }
    for piece in &mut reader.pieces {
        piece.text.truncate(piece.text.trim_end().len());
    }
    reader.pieces.retain(|piece| !piece.text.is_empty());
    reader.pieces
}

struct Reader<'a> {
    text: &'a str,
    scan: &'a Scan,
    skip_title: bool,
    pieces: Vec<Piece>,
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

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.write(&text, span.start),
            Event::Code(text) => self.write(&text, span.start),
            Event::SoftBreak => self.broken = true,
            Event::HardBreak | Event::Rule => self.line(),
            Event::InlineHtml(html) | Event::Html(html) => {
                let mut seen = String::new();
                self.html.read(&html, &mut seen);
                if !seen.trim().is_empty() {
                    self.write(&seen, span.start);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::MetadataBlock(_) | Tag::Image { .. } => self.hidden += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Superscript | Tag::Subscript => {}
            Tag::TableCell => self.space(),
            Tag::Heading { .. } => {
                self.line();
                self.heading(span);
                self.depth += 1;
            }
            Tag::Paragraph => {
                self.line();
                if self.depth == 0 {
                    self.clause(span);
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
            TagEnd::MetadataBlock(_) | TagEnd::Image => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::TableCell => {}
            TagEnd::Heading(_) => {
                self.hidden = 0;
                self.depth = self.depth.saturating_sub(1);
                self.line();
            }
            _ => {
                self.depth = self.depth.saturating_sub(1);
                self.line();
            }
        }
    }

    fn heading(&mut self, span: &Range<usize>) {
        let at = self.headings;
        self.headings += 1;
        let Some(heading) = self.scan.headings.get(at) else { return };
        if self.scan.clauses.get(self.clauses).is_some_and(|clause| clause.span().start == span.start) {
            self.clauses += 1;
        }
        if at == 0 && self.skip_title {
            self.hidden += 1;
            return;
        }
        self.pieces.push(Piece {
            anchor: heading.anchor.clone(),
            label: heading.text.clone(),
            heading: true,
            text: String::new(),
        });
    }

    fn clause(&mut self, span: &Range<usize>) {
        let found = self.scan.clauses.get(self.clauses);
        let Some(found) = found.filter(|clause| clause.span().start == span.start) else { return };
        self.clauses += 1;
        let paragraph = self.text.get(span.clone()).unwrap_or("");
        let label = super::parse_clause(paragraph).and_then(|opening| paragraph.get(opening.label));
        self.pieces.push(Piece {
            anchor: found.anchor.to_string(),
            label: label.unwrap_or("").to_owned(),
            heading: false,
            text: String::new(),
        });
    }

    fn write(&mut self, text: &str, start: usize) {
        if self.hidden > 0 || start < self.skip_to {
            return;
        }
        let Some(piece) = self.pieces.last_mut() else { return };
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
        let Some(piece) = self.pieces.last_mut() else { return };
        if !piece.text.is_empty() && !piece.text.ends_with(['\n', ' ']) {
            piece.text.push(' ');
        }
    }

    fn line(&mut self) {
        self.broken = false;
        let Some(piece) = self.pieces.last_mut() else { return };
        piece.text.truncate(piece.text.trim_end().len());
        if !piece.text.is_empty() {
            piece.text.push('\n');
        }
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
        pieces.into_iter().map(|piece| (piece.anchor, piece.label, piece.text)).collect()
    }

    fn piece(anchor: &str, label: &str, text: &str) -> (String, String, String) {
        (anchor.to_owned(), label.to_owned(), text.to_owned())
    }

    #[test]
    fn sections_and_clauses_have_their_words() {
        let text = "---\ntitle: 甲\n---\n开头**重**要\n一句。\n\n## 总则\n\n第一条 为了*管理*，\n定本法。\n\n- 一\n- two\n  three\n\n## 附则\n\n| 甲 | 乙 |\n|--|--|\n| `a` | b[^1] |\n\n[^1]: 注。\n";
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
    fn what_a_page_does_not_show_is_left_out() {
        let text = "> [!注意]\n> 当心\n\n<!-- 秘密 -->\n\n<div>看<b>得</b>见&amp;</div>\n\n![替代](x.png) 图\n\n<script>\nno()\n</script>\n";
        assert_eq!(read(text), [piece("", "", "注意\n当心\n看得见&\n图")]);
    }
}
