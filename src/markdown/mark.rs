//! `==words==`, which is marked text elsewhere.
//!
//! Two signs open where neither a letter or digit of ASCII nor another sign stands before
//! them and no space behind, and close the other way round. So `a==b` and a line of signs
//! stay text, and Chinese may stand on both sides. Both stand in one paragraph, and in
//! the same emphasis or link. The parser has no event for it; that of superscript, which is
//! not asked for, stands for it.

use super::{attributes, tool_tags};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// The step.
pub(super) struct Marks<'a, I> {
    text: &'a str,
    inner: I,
    ready: VecDeque<Spanned<'a>>,
    /// What comes behind the run that is ready.
    behind: Option<Spanned<'a>>,
    in_code: bool,
    active: bool,
    /// The names of blocks that the text's own links name.
    named: BTreeSet<&'a str>,
    /// Whether the text may hold tags that are not shown.
    has_tags: bool,
}

/// Two signs in a run of inline events.
struct Sign {
    /// The event that they stand in.
    event: usize,
    place: usize,
    opens: bool,
    closes: bool,
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Marks<'a, I> {
    pub(super) fn new(text: &'a str, is_active: bool, inner: I) -> Self {
        let has_tags = is_active && tool_tags::may_stand_in(text);
        let active = is_active
            && (has_tags
                || memchr::memchr2(b'{', b'^', text.as_bytes()).is_some()
                || memchr::memmem::find(text.as_bytes(), b"==").is_some());
        let named = if active { attributes::named_blocks(text) } else { BTreeSet::new() };
        Self { text, inner, ready: VecDeque::new(), behind: None, in_code: false, active, named, has_tags }
    }

    /// The signs that are paired, in order: where each stands, and whether it opens.
    fn pairs(&self, run: &[Spanned<'a>]) -> Vec<(usize, usize, bool)> {
        // What is open, and the sign in it that waits for its other half.
        let mut open: Vec<Option<Sign>> = vec![None];
        let mut found = Vec::new();
        for (event, (kind, span)) in run.iter().enumerate() {
            match kind {
                Event::Start(_) => open.push(None),
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(text) if self.text.get(span.clone()) == Some(text) => {
                    for at in memchr::memmem::find_iter(text.as_bytes(), b"==") {
                        let sign = self.sign(event, span.start + at);
                        let Some(waiting) = open.last_mut() else { continue };
                        if sign.closes
                            && let Some(first) = waiting.take_if(|first| first.place + 2 < sign.place)
                        {
                            found.extend([(first.event, first.place, true), (event, sign.place, false)]);
                        } else if sign.opens {
                            *waiting = Some(sign);
                        }
                    }
                }
                _ => {}
            }
        }
        found.sort_unstable_by_key(|(_, place, _)| *place);
        found
    }

    fn sign(&self, event: usize, place: usize) -> Sign {
        let before = self.text[..place].chars().next_back().unwrap_or(' ');
        let behind = self.text[place + 2..].chars().next().unwrap_or(' ');
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '=' | '\\');
        Sign {
            event,
            place,
            opens: !is_word(before) && !behind.is_whitespace() && behind != '=',
            closes: !is_word(behind) && !before.is_whitespace() && !matches!(before, '=' | '\\'),
        }
    }

    fn mark(&mut self, run: Vec<Spanned<'a>>) {
        let mut signs = self.pairs(&run).into_iter().peekable();
        for (at, (event, span)) in run.into_iter().enumerate() {
            let mut from = span.start;
            while let Some((_, place, opens)) = signs.next_if(|(event, ..)| *event == at) {
                self.text_between(from..place);
                let sign = place..place + 2;
                let event =
                    if opens { Event::Start(Tag::Superscript) } else { Event::End(TagEnd::Superscript) };
                self.ready.push_back((event, sign.clone()));
                from = sign.end;
            }
            if from == span.start {
                self.ready.push_back((event, span));
            } else {
                self.text_between(from..span.end);
            }
        }
    }

    fn text_between(&mut self, place: Range<usize>) {
        if !place.is_empty() {
            let text = &self.text[place.clone()];
            self.ready.push_back((Event::Text(text.into()), place));
        }
    }
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Iterator for Marks<'a, I> {
    type Item = Spanned<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.active {
            return self.inner.next();
        }
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        let first = self.behind.take().or_else(|| self.inner.next())?;
        match &first.0 {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            _ => {}
        }
        if self.in_code || !is_inline(&first.0) {
            return Some(first);
        }
        let mut run = vec![first];
        for event in self.inner.by_ref() {
            if is_inline(&event.0) {
                run.push(event);
            } else {
                self.behind = Some(event);
                break;
            }
        }
        let run = if self.has_tags { tool_tags::without(self.text, run) } else { run };
        self.mark(attributes::without(self.text, run, &self.named));
        self.ready.pop_front().or_else(|| self.behind.take())
    }
}

const fn is_inline(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Start(
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
            )
            | Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
            )
    )
}
