//! Takes what a reader sees from the events of a text.

use super::super::alert;
use super::html::Html;
use super::{Kind, Part, Visible};
use crate::text::is_cjk;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashSet;
use std::ops::Range;

/// Reads the events of a text in order.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Reader<'a> {
    text: &'a str,
    visible: Visible,
    /// Images and front matter that are open, whose text is not shown.
    unseen: usize,
    /// Text that begins before this place is not shown (an alert's label).
    skip_to: usize,
    /// Whether a line break waits to be written.
    broken: bool,
    html: Html,
    /// The block of code, of raw HTML or the heading that is open.
    block: Option<Kind>,
    /// What each open list counts next; bullets count nothing.
    lists: Vec<Option<u64>>,
    /// Footnotes: their names and parts, and the names that are referred to.
    notes: Vec<(String, Range<usize>)>,
    /// Those that are open, by their places in the list.
    open_notes: Vec<usize>,
    referred: HashSet<String>,
    /// How far the file has been read.
    place: usize,
}

impl<'a> Reader<'a> {
    pub(in crate::markdown) fn new(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }

    /// Whether raw HTML hides what is read now.
    pub(in crate::markdown) fn is_hidden(&self) -> bool {
        self.html.hides()
    }

    fn is_shown(&self) -> bool {
        self.unseen == 0 && !self.html.hides()
    }

    pub(in crate::markdown) fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        if !matches!(event, Event::End(_)) {
            self.place = self.place.max(span.start);
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.write(text, span),
            Event::Code(text) => self.write(text, span),
            Event::SoftBreak => self.broken = true,
            Event::HardBreak | Event::Rule => self.border(Kind::Line),
            Event::InlineHtml(html) | Event::Html(html) => self.html(html, span),
            Event::FootnoteReference(name) if span.start >= self.skip_to => {
                self.referred.insert(name.to_string());
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::Image { .. } => {
                self.mark_place(span);
                self.unseen += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Superscript | Tag::Subscript => {}
            Tag::TableCell => self.border(Kind::Cell),
            Tag::Paragraph if self.open_notes.is_empty() => self.border(Kind::Paragraph),
            Tag::Heading { .. } => self.open(Kind::Heading),
            Tag::CodeBlock(_) => self.open(Kind::Code),
            Tag::HtmlBlock => self.open(Kind::Html),
            Tag::BlockQuote(kind) => {
                self.border(Kind::Line);
                if kind.is_none()
                    && let Some(found) = alert::read(self.text, span.start)
                {
                    self.skip_to = found.content;
                    if let Some(title) = found.title {
                        self.write(title, &(found.content..found.content));
                        self.border(Kind::Line);
                    }
                }
            }
            Tag::List(first) => {
                self.border(Kind::Line);
                self.lists.push(*first);
            }
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(name) => {
                self.border(Kind::Line);
                let from = self.visible.parts.len();
                self.open_notes.push(self.notes.len());
                self.notes.push((name.to_string(), from..from));
            }
            _ => self.border(Kind::Line),
        }
    }

    fn item(&mut self) {
        self.border(Kind::Line);
        let mark = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = *next;
                *next = next.saturating_add(1);
                format!("{number}. ")
            }
            _ => "• ".to_owned(),
        };
        if self.is_shown() {
            self.push(Kind::Mark, &mark, &(self.place..self.place));
        }
    }

    fn open(&mut self, kind: Kind) {
        self.border(Kind::Line);
        self.block = Some(kind);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.unseen = self.unseen.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::TableCell => {}
            TagEnd::FootnoteDefinition => {
                if let Some(note) = self.open_notes.pop().and_then(|at| self.notes.get_mut(at)) {
                    note.1.end = self.visible.parts.len();
                }
                self.border(Kind::Line);
            }
            _ => {
                if matches!(tag, TagEnd::List(_)) {
                    self.lists.pop();
                }
                self.block = None;
                self.border(Kind::Line);
            }
        }
    }

    fn html(&mut self, html: &str, span: &Range<usize>) {
        let mut seen = String::new();
        self.html.read(html, &mut seen);
        match seen.trim().is_empty() {
            true => self.mark_place(span),
            false if self.unseen == 0 => self.put(&seen, span),
            false => {}
        }
    }

    /// Makes a place known at which nothing is written, since a link may lead there.
    fn mark_place(&mut self, span: &Range<usize>) {
        if self.is_shown() && span.start >= self.skip_to {
            let kind = self.kind();
            self.push(kind, "", span);
        }
    }

    fn write(&mut self, text: &str, span: &Range<usize>) {
        if self.is_shown() && span.start >= self.skip_to {
            self.put(text, span);
        }
    }

    fn put(&mut self, text: &str, span: &Range<usize>) {
        if std::mem::take(&mut self.broken) {
            let begins = self.visible.parts.last().is_none_or(|last| last.kind.is_border());
            let joined = self.visible.text.ends_with(is_cjk) && text.starts_with(is_cjk);
            if !begins && !joined && !self.visible.text.ends_with([' ', '\n']) {
                let place = self.place;
                self.push(Kind::Space, " ", &(place..place));
            }
        }
        let kind = self.kind();
        self.push(kind, text, span);
    }

    fn kind(&self) -> Kind {
        match self.block {
            _ if !self.open_notes.is_empty() => Kind::Note,
            Some(kind) => kind,
            None => Kind::Text,
        }
    }

    fn border(&mut self, kind: Kind) {
        self.broken = false;
        if let Some(last) = self.visible.parts.last_mut()
            && matches!(last.kind, Kind::Line | Kind::Paragraph)
            && kind != Kind::Cell
        {
            last.kind = if kind == Kind::Paragraph { kind } else { last.kind };
            return;
        }
        self.push(kind, "", &(self.place..self.place));
    }

    /// Adds a part, or adds to the last one what stands next to it in the file.
    fn push(&mut self, kind: Kind, text: &str, span: &Range<usize>) {
        let short = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let at = short(self.visible.text.len());
        self.visible.text.push_str(text);
        self.place = self.place.max(span.end);
        if let Some(last) = self.visible.parts.last_mut()
            && last.kind == kind
            && last.end as usize == span.start
            && last.end - last.start == at - last.at
            && text.len() == span.len()
            && !text.is_empty()
        {
            last.end = short(span.end);
            return;
        }
        let start = self.visible.parts.last().map_or(0, |last| last.start).max(short(span.start));
        self.visible.parts.push(Part { kind, start, end: short(span.end).max(start), at });
    }

    /// What has been read, without footnotes that nothing refers to.
    pub(in crate::markdown) fn finish(self) -> Visible {
        let mut seen = HashSet::new();
        let idle: Vec<Range<usize>> = self
            .notes
            .into_iter()
            // Of several with one name the first counts.
            .filter(|(name, _)| !(self.referred.contains(name) && seen.insert(name.clone())))
            .map(|(_, parts)| parts)
            .collect();
        let mut visible = self.visible;
        if !idle.is_empty() {
            visible = without(&visible, &idle);
        }
        visible.shrink();
        visible
    }
}

/// The same without some of its parts, which are given in order.
fn without(visible: &Visible, idle: &[Range<usize>]) -> Visible {
    let mut left = Visible::default();
    let mut idle = idle.iter().peekable();
    for (at, part) in visible.parts.iter().enumerate() {
        while idle.next_if(|parts| parts.end <= at).is_some() {}
        if idle.peek().is_some_and(|parts| parts.contains(&at)) {
            continue;
        }
        let begin = u32::try_from(left.text.len()).unwrap_or(u32::MAX);
        left.text.push_str(visible.words(at));
        left.parts.push(Part { at: begin, ..*part });
    }
    left
}

#[cfg(test)]
mod tests {
    use crate::markdown::{MarkdownOptions, pieces, scan};

    fn read(text: &str) -> Vec<(String, String, String)> {
        let pieces = pieces(text, &scan(text, &MarkdownOptions::default()), false);
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
        let words = |text: &str| -> Vec<(String, String)> {
            let pieces = pieces(text, &scan(text, &MarkdownOptions::default()), true);
            pieces.into_iter().map(|piece| (piece.label, piece.text)).collect()
        };
        let clause = ("第一条".to_owned(), "第一条 甲。\n乙。".to_owned());
        assert_eq!(words(text), [(String::new(), "开头\n正文".to_owned()), clause.clone()]);
        assert_eq!(words(&text["开头\n\n".len()..]), [(String::new(), "正文".to_owned()), clause]);
        assert_eq!(words("# 标题\n"), []);
    }

    #[test]
    fn what_a_page_does_not_show_is_left_out() {
        let text = "> [!注意]\n> 当心\n\n<!-- 秘密 -->\n\n<div>看<b>得</b>见&amp;</div>\n\n![替代](x.png) 图\n\n<script>\nno()\n</script>\n\n<template>\n\n无[^b]\n\n</template>\n\n尾[^a]\n\n[^a]: 注\n\n[^c]: 没人看\n";
        assert_eq!(read(text), [piece("", "", "注意\n当心\n看得见&\n图\n尾\n注")]);
        let text = "甲<span hidden>乙<b>丙</b></span>丁<!-- 戊 --> `己` <span style='Display: none'>庚</span>\n\n<!--\n\n辛\n\n--> 壬\n\n癸\n";
        assert_eq!(read(text), [piece("", "", "甲丁 己\n壬\n癸")]);
    }
}
