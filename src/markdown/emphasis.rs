//! Emphasis beside Chinese.
//!
//! CommonMark lets `**` open or close only where spaces or punctuation around
//! it agree (spec 0.31.2, section 6.2). Chinese has no spaces, so
//! `**「重点」**的` stays literal. The amendment of tats-u/markdown-cjk-friendly
//! counts CJK punctuation as letters, and lets a CJK character stand for the
//! space beside other punctuation. pulldown-cmark has merged it (PR 1059) but
//! not released it; until then this adaptor takes the emphasis of a run of
//! inline events apart and pairs its delimiters anew, but only in runs where
//! the amendment changes what some delimiter may do.

mod pairing;

use pairing::{Mark, Run, flanking, pair};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::collections::{HashMap, VecDeque};
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// Links and images inside one another are mended down to this depth.
const MAX_DEPTH: usize = 16;

/// The adaptor.
pub(super) struct Mend<'a, I> {
    text: &'a str,
    inner: I,
    ready: VecDeque<Spanned<'a>>,
    active: bool,
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Mend<'a, I> {
    pub(super) fn new(text: &'a str, inner: I) -> Self {
        Self { text, inner, ready: VecDeque::new(), active: concerns(text) }
    }
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Iterator for Mend<'a, I> {
    type Item = Spanned<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.active {
            return self.inner.next();
        }
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        let first = self.inner.next()?;
        if !is_inline(&first.0) {
            return Some(first);
        }
        let mut run = vec![first];
        let mut after = None;
        for event in self.inner.by_ref() {
            if is_inline(&event.0) {
                run.push(event);
            } else {
                after = Some(event);
                break;
            }
        }
        let start = run.first().map_or(0, |event| event.1.start);
        let end = run.iter().map(|event| event.1.end).max().unwrap_or(start);
        self.ready.extend(Scope { text: self.text, bounds: start..end }.mend(run, 0));
        self.ready.extend(after);
        self.ready.pop_front()
    }
}

/// Whether any delimiter of a text may stand beside a CJK character, which only
/// characters beyond ASCII can be.
fn concerns(text: &str) -> bool {
    let bytes = text.as_bytes();
    let beyond = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| !byte.is_ascii());
    memchr::memchr3_iter(b'*', b'_', b'~', bytes).any(|at| beyond(at.checked_sub(1)) || beyond(Some(at + 1)))
}

pub(super) const fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        Event::Start(tag) => {
            matches!(
                tag,
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
            )
        }
        Event::End(tag) => {
            matches!(
                tag,
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
            )
        }
        _ => false,
    }
}

/// A piece of a run: one delimiter character, or events left as they are.
enum Piece<'a> {
    Delimiter(usize),
    Events(Vec<Spanned<'a>>),
}

struct Scope<'a> {
    text: &'a str,
    bounds: Range<usize>,
}

impl<'a> Scope<'a> {
    fn mend(&self, run: Vec<Spanned<'a>>, depth: usize) -> Vec<Spanned<'a>> {
        if depth > MAX_DEPTH || !self.changes(&run) {
            return run;
        }
        let pieces = self.take_apart(run, depth);
        let mut runs = self.runs(&pieces);
        let marks = pair(&mut runs);
        self.put_together(pieces, &marks)
    }

    /// Whether the amendment changes what any delimiter of the run may do.
    fn changes(&self, run: &[Spanned<'a>]) -> bool {
        // What stands for markup of another tool has no delimiters in the file to be paired anew.
        if run.iter().any(|event| self.is_made(event)) {
            return false;
        }
        let positions = run.iter().flat_map(|event| self.delimiters(event));
        let mut last = None;
        for at in positions {
            let byte = self.text.as_bytes()[at];
            let continues = last == Some((at.wrapping_sub(1), byte));
            last = Some((at, byte));
            if continues {
                continue;
            }
            let length = self.text.as_bytes()[at..].iter().take_while(|other| **other == byte).count();
            let (before, after) = self.around(at, at + length);
            if flanking(byte, before, after, false) != flanking(byte, before, after, true) {
                return true;
            }
        }
        false
    }

    /// Whether an event is emphasis that is not written where it stands.
    fn is_made(&self, (event, span): &Spanned<'a>) -> bool {
        let is_emphasis = matches!(
            event,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        );
        let written = self.text.as_bytes().get(span.clone()).unwrap_or(&[]);
        let is_marked = || {
            let length = self.marker(event, span);
            let is_mark = |bytes: &[u8]| bytes.iter().all(|byte| matches!(byte, b'*' | b'_' | b'~'));
            written.len() >= 2 * length
                && is_mark(&written[..length])
                && is_mark(&written[written.len() - length..])
        };
        is_emphasis && !is_marked()
    }

    /// Places of the delimiter characters that an event stands for.
    fn delimiters(&self, (event, span): &Spanned<'a>) -> Range<usize> {
        match event {
            Event::Text(text) if self.is_literal(text, span) => span.clone(),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                span.start..span.start + self.marker(event, span)
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                span.end - self.marker(event, span)..span.end
            }
            _ => span.start..span.start,
        }
    }

    fn marker(&self, event: &Event<'_>, span: &Range<usize>) -> usize {
        match event {
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
                if self.text.get(span.clone()).is_some_and(|text| text.starts_with("~~")) { 2 } else { 1 }
            }
            _ => 2,
        }
    }

    /// Whether a text is nothing but delimiters that pulldown-cmark left alone.
    fn is_literal(&self, text: &str, span: &Range<usize>) -> bool {
        let Some(first) = text.bytes().next().filter(|byte| matches!(byte, b'*' | b'_' | b'~')) else {
            return false;
        };
        if text.bytes().any(|byte| byte != first) || self.text.get(span.clone()) != Some(text) {
            return false;
        }
        let escapes = self.text[..span.start].bytes().rev().take_while(|byte| *byte == b'\\').count();
        escapes % 2 == 0
    }

    /// The characters before and after a place; the ends of the run count as spaces.
    fn around(&self, start: usize, end: usize) -> (char, char) {
        let before = self.text[self.bounds.start.min(start)..start].chars();
        let skip = |c: &char| matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
        let before = before.rev().find(|c| !skip(c)).unwrap_or(' ');
        let after = self.text[end..self.bounds.end.max(end)].chars().next().unwrap_or(' ');
        (before, after)
    }

    fn take_apart(&self, run: Vec<Spanned<'a>>, depth: usize) -> Vec<Piece<'a>> {
        let mut pieces = Vec::with_capacity(run.len());
        let mut events = run.into_iter();
        while let Some(event) = events.next() {
            let places = self.delimiters(&event);
            if !places.is_empty() {
                pieces.extend(places.map(Piece::Delimiter));
            } else if matches!(event.0, Event::Start(Tag::Link { .. } | Tag::Image { .. })) {
                let mut inner = Vec::new();
                let mut open = 1;
                let mut last = None;
                for event in events.by_ref() {
                    match event.0 {
                        Event::Start(Tag::Link { .. } | Tag::Image { .. }) => open += 1,
                        Event::End(TagEnd::Link | TagEnd::Image) => open -= 1,
                        _ => {}
                    }
                    if open == 0 {
                        last = Some(event);
                        break;
                    }
                    inner.push(event);
                }
                let mut group = vec![event];
                group.extend(self.mend(inner, depth + 1));
                group.extend(last);
                pieces.push(Piece::Events(group));
            } else {
                pieces.push(Piece::Events(vec![event]));
            }
        }
        pieces
    }

    fn runs(&self, pieces: &[Piece<'a>]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for piece in pieces {
            let Piece::Delimiter(at) = piece else { continue };
            let byte = self.text.as_bytes()[*at];
            match runs.last_mut() {
                Some(run) if run.byte == byte && run.start + run.length == *at => run.length += 1,
                _ => runs.push(Run {
                    byte,
                    start: *at,
                    length: 1,
                    closed: 0,
                    opened: 0,
                    can_open: false,
                    can_close: false,
                }),
            }
        }
        for run in &mut runs {
            let (before, after) = self.around(run.start, run.start + run.length);
            (run.can_open, run.can_close) = flanking(run.byte, before, after, true);
        }
        runs
    }

    fn put_together(&self, pieces: Vec<Piece<'a>>, marks: &HashMap<usize, Mark>) -> Vec<Spanned<'a>> {
        let mut events = Vec::with_capacity(pieces.len());
        let mut done = 0;
        for piece in pieces {
            match piece {
                Piece::Events(group) => events.extend(group),
                Piece::Delimiter(at) if at < done => {}
                Piece::Delimiter(at) => match marks.get(&at) {
                    Some(mark) => {
                        done = at + mark.length;
                        events.push(mark.event(at));
                    }
                    None => events.push((Event::Text(CowStr::Borrowed(&self.text[at..=at])), at..at + 1)),
                },
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::{MarkdownOptions, events};
    use pulldown_cmark::html::push_html;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        let mut html = String::new();
        push_html(&mut html, events(markdown, 0, &MarkdownOptions::default()).map(|event| event.0));
        assert_eq!(html.trim(), expected, "{markdown}");
    }

    #[test]
    fn emphasis_works_beside_chinese() {
        check("**「重点」**的", "<p><strong>「重点」</strong>的</p>");
        check("**注意：**请看**这里**。", "<p><strong>注意：</strong>请看<strong>这里</strong>。</p>");
        check("**“重点”**的", "<p><strong>“重点”</strong>的</p>");
        check(
            "本**《制度》**和*（附）*及~~（旧）~~等",
            "<p>本<strong>《制度》</strong>和<em>（附）</em>及<del>（旧）</del>等</p>",
        );
        check("这***「甚」***要紧", "<p>这<em><strong>「甚」</strong></em>要紧</p>");
        check(
            "- **一、**总则\n- **二、**分则",
            "<ul>\n<li><strong>一、</strong>总则</li>\n<li><strong>二、</strong>分则</li>\n</ul>",
        );
        check("# **（一）**标题", "<h1><strong>（一）</strong>标题</h1>");
        check(
            "**[链接](a.md)：**后文`x`",
            "<p><strong><a href=\"a.md\">链接</a>：</strong>后文<code>x</code></p>",
        );
        check("[**注：**文](a.md)", "<p><a href=\"a.md\"><strong>注：</strong>文</a></p>");
        check("请**用户.**登录", "<p>请<strong>用户.</strong>登录</p>");
        check("한국어**(강조)**는", "<p>한국어<strong>(강조)</strong>는</p>");
    }

    #[test]
    fn what_is_no_emphasis_stays() {
        // One and two, and the one may close too: the rule of three forbids it.
        check(r"\**「x」**的", "<p>**「x」**的</p>");
        check(r"\*\*「x」\*\*的", "<p>**「x」**的</p>");
        check("`**「x」**的`", "<p><code>**「x」**的</code></p>");
        check("2 ** 3 和 4 ** 5", "<p>2 ** 3 和 4 ** 5</p>");
        check("snake_case_名字", "<p>snake_case_名字</p>");
        check("** 「x」**的", "<p>** 「x」**的</p>");
    }

    #[test]
    fn table_cells_are_mended() {
        let mut html = String::new();
        let table = "|a|\n|-|\n|**「重」**点|\n";
        push_html(&mut html, events(table, 0, &MarkdownOptions::default()).map(|event| event.0));
        assert!(html.contains("<strong>「重」</strong>点"), "{html}");
    }
}
