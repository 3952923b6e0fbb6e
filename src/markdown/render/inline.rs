//! Inline events: text, links, images, raw HTML.

use super::super::anchor::is_own;
use super::super::veil::{RAW_WITHHELD, WITHHELD as BEHIND_VEIL};
use super::super::{RawHtml, autolink, escape, raw};
use super::{Target, Writer};
use crate::text::is_cjk;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::fmt::Write as _;
use std::ops::Range;

/// How a link to something withheld ends: a mark is written behind its text.
pub(super) const WITHHELD: &str = "</span></span>";

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Writer<'a, '_, I> {
    pub(super) fn inline(&mut self, event: Event<'a>, span: Range<usize>) {
        if span.start < self.skip_to {
            self.skipped_tail(&event, &span);
            return;
        }
        match event {
            Event::Text(text) => {
                self.clause_line(span.start);
                self.running(&text, &span);
            }
            Event::Code(code) => {
                self.flush_break(code.chars().next().unwrap_or(' '));
                self.out.push_str("<code>");
                escape::text(&mut self.out, &code);
                self.out.push_str("</code>");
                self.last = 'x';
            }
            Event::InlineHtml(html) => {
                self.flush_break('<');
                self.raw(&html);
            }
            Event::Html(html) => self.raw(&html),
            Event::FootnoteReference(name) => {
                self.flush_break('x');
                if !self.is_quoted() {
                    self.footnotes.refer(&name, &mut self.out);
                }
            }
            Event::TaskListMarker(done) => self.checkbox(done),
            Event::SoftBreak => self.pending_break = true,
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => {
                self.line();
                self.out.push_str("<hr>\n");
            }
            _ => {}
        }
    }

    /// An item that begins on a line of its own in a clause's paragraph keeps its
    /// line, and can be pointed at.
    fn clause_line(&mut self, start: usize) {
        if !self.pending_break || !self.in_clause {
            return;
        }
        if let Some(place) = self.place_at(start) {
            self.pending_break = false;
            let clause = self.scan.clauses.get(place.clause as usize).map_or("", |clause| &*clause.anchor);
            self.out.push_str("<br>\n");
            if !self.is_quoted() {
                self.out.push_str("<span id=\"");
                escape::text(&mut self.out, &place.anchor(clause));
                self.out.push_str("\"></span>");
            }
            self.last = '\n';
        }
    }

    /// A text that begins before `skip_to` may end behind it.
    fn skipped_tail(&mut self, event: &Event<'a>, span: &Range<usize>) {
        if let Event::Text(text) = event
            && span.end > self.skip_to
            && text.len() == span.len()
            && let Some(tail) = text.get(self.skip_to - span.start..)
        {
            let tail = tail.to_owned();
            self.running(&tail, &(self.skip_to..span.end));
        }
    }

    /// Running text, with its mentions as links.
    fn running(&mut self, text: &str, span: &Range<usize>) {
        let mentions = &self.scan.mentions;
        while mentions.get(self.mentions).is_some_and(|mention| mention.span.start < span.start) {
            self.mentions += 1;
        }
        let mut done = 0;
        while let Some(mention) = mentions.get(self.mentions).filter(|mention| mention.span.end <= span.end) {
            let at = self.mentions;
            self.mentions += 1;
            let place = mention.span.start - span.start..mention.span.end - span.start;
            let Some(address) = self.resolve.mention(at).filter(|_| text.len() == span.len()) else {
                continue;
            };
            let (Some(before), Some(words)) = (text.get(done..place.start), text.get(place.clone())) else {
                continue;
            };
            self.auto_linked(before, span.start + done);
            self.flush_break(words.chars().next().unwrap_or(' '));
            self.out.push_str("<a class=\"mention\" href=\"");
            escape::address(&mut self.out, &address);
            self.out.push_str("\">");
            self.plain(words);
            self.out.push_str("</a>");
            done = place.end;
        }
        match text.get(done..).filter(|_| text.len() == span.len()) {
            Some(rest) => self.auto_linked(rest, span.start + done),
            None => self.addresses(text.get(done..).unwrap_or(text)),
        }
    }

    /// Text with its bare addresses as links.
    pub(super) fn addresses(&mut self, text: &str) {
        let mut done = 0;
        if self.options.extensions && self.link_ends.is_empty() {
            while let Some(place) = autolink::find(text, done) {
                let address = &text[place.clone()];
                self.plain(&text[done..place.start]);
                self.flush_break('h');
                self.out.push_str("<a href=\"");
                if address.starts_with("www.") {
                    self.out.push_str("http://");
                }
                escape::address(&mut self.out, address);
                self.out.push_str("\" class=\"external\" rel=\"noopener\">");
                self.plain(address);
                self.out.push_str("</a>");
                done = place.end;
            }
        }
        self.plain(&text[done..]);
    }

    pub(super) fn plain(&mut self, text: &str) {
        let Some(first) = text.chars().next() else { return };
        self.flush_break(first);
        escape::text(&mut self.out, text);
        self.last = text.chars().next_back().unwrap_or(' ');
    }

    /// Writes a waiting line break, unless both its neighbours are Chinese.
    pub(super) fn flush_break(&mut self, next: char) {
        if !std::mem::take(&mut self.pending_break) {
            return;
        }
        let joined = self.options.extensions && is_cjk(self.last) && is_cjk(next);
        if !joined {
            self.out.push('\n');
            self.last = '\n';
        }
    }

    /// The first character of text behind an opening tag, for the line break
    /// that waits before it.
    pub(super) fn first_behind(&self, span: &Range<usize>) -> char {
        let text = self.text.get(span.clone()).unwrap_or("");
        text.chars().find(|c| !matches!(c, '*' | '_' | '~' | '[' | '!')).unwrap_or(' ')
    }

    pub(super) fn open_link(
        &mut self,
        kind: LinkType,
        destination: &CowStr<'a>,
        title: &str,
        span: &Range<usize>,
    ) {
        let first = self.first_behind(span);
        self.flush_break(first);
        let mail = matches!(kind, LinkType::Email);
        let target = match kind {
            LinkType::Email => Target::External,
            _ if **destination == *BEHIND_VEIL => Target::Withheld,
            LinkType::WikiLink { .. } => self.resolve.wiki_link(destination),
            _ => self.resolve.link(destination),
        };
        let written = if mail { format!("mailto:{destination}") } else { destination.to_string() };
        let address = match &target {
            Target::Address(address) => address.as_str(),
            Target::External if escape::is_safe(&written) => written.as_str(),
            Target::Withheld => {
                self.out.push_str("<span class=\"withheld\">");
                self.link_ends.push(WITHHELD);
                return;
            }
            Target::External | Target::Broken => {
                self.out.push_str("<span class=\"broken-link\">");
                self.link_ends.push("</span>");
                return;
            }
        };
        self.out.push_str("<a href=\"");
        escape::address(&mut self.out, address);
        self.out.push('"');
        if self.options.extensions && target == Target::External && !mail {
            self.out.push_str(" class=\"external\" rel=\"noopener\"");
        }
        self.title(title);
        self.out.push('>');
        self.link_ends.push("</a>");
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::text(&mut self.out, title);
            self.out.push('"');
        }
    }

    /// Writes an image; its alternative text is the plain text of what is inside.
    pub(super) fn image(&mut self, destination: &str, title: &str, span: &Range<usize>) {
        let first = self.first_behind(span);
        self.flush_break(first);
        let image = self.resolve.image(destination);
        self.out.push_str("<img");
        if escape::is_safe(&image.source) {
            self.out.push_str(" src=\"");
            escape::address(&mut self.out, &image.source);
            self.out.push('"');
        }
        let alternative = self.alternative();
        self.out.push_str(" alt=\"");
        escape::text(&mut self.out, &alternative);
        self.out.push('"');
        self.title(title);
        if self.options.extensions {
            if let Some((width, height)) = image.dimensions {
                let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
            }
            self.out.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        self.out.push('>');
        self.last = 'x';
    }

    pub(super) fn alternative(&mut self) -> String {
        let mut text = String::new();
        let mut open = 1;
        while let Some((event, _)) = self.stream.next() {
            match event {
                Event::Start(Tag::Image { .. }) => open += 1,
                Event::End(TagEnd::Image) => open -= 1,
                Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
                Event::SoftBreak | Event::HardBreak => text.push('\n'),
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        text
    }

    /// Raw HTML with the links and images in it resolved.
    fn raw(&mut self, html: &str) {
        if self.scan.refused_html.is_some() {
            return self.plain(html);
        }
        if self.options.extensions && self.options.raw_html == RawHtml::Sanitize && raw::is_comment(html) {
            return;
        }
        if self.options.raw_html == RawHtml::Sanitize {
            self.frame_links(html);
        }
        let mut done = 0;
        let mut out = std::mem::take(&mut self.out);
        let from = out.len();
        raw::attributes(html, |tag, name, value, at| {
            let address = match (tag, name) {
                ("a", "href") => match self.resolve.link(value) {
                    Target::Address(address) => address,
                    // Where no veil was made, the address goes at least.
                    Target::Withheld => String::new(),
                    Target::External | Target::Broken => return,
                },
                ("img", "src") => self.resolve.image(value).source,
                (_, "id" | "name") if is_own(value) => {
                    out.push_str(&html[done..raw::name_of(html, at.start)]);
                    done = raw::behind(html, at.end);
                    return;
                }
                _ => return,
            };
            out.push_str(&html[done..at.start]);
            let quoted = at.start > 0 && matches!(html.as_bytes()[at.start - 1], b'"' | b'\'');
            if !quoted {
                out.push('"');
            }
            escape::address(&mut out, &address);
            if !quoted {
                out.push('"');
            }
            done = at.end;
        });
        out.push_str(&html[done..]);
        self.out = out;
        if self.raw_withheld || html.contains(RAW_WITHHELD) {
            self.mark_raw(from);
        }
        self.last = 'x';
    }

    /// Writes links to what the frames of a fragment show, which are removed.
    fn frame_links(&mut self, html: &str) {
        for (address, title) in raw::frames(html) {
            let Some(target) = self.resolve.frame(&address) else { continue };
            self.out.push_str("<a class=\"frame-link\" href=\"");
            escape::address(&mut self.out, &target);
            self.out.push_str("\" rel=\"noopener\">");
            escape::text(&mut self.out, title.as_deref().unwrap_or(&address));
            self.out.push_str("</a> ");
        }
    }

    /// Writes the mark before the end of each link of raw HTML that leads to
    /// something withheld, in what was written since `from`.
    fn mark_raw(&mut self, from: usize) {
        let written = self.out.split_off(from);
        let lower = written.to_ascii_lowercase();
        let mut done = 0;
        loop {
            let (sign, behind) =
                if self.raw_withheld { ("</a", 0) } else { (RAW_WITHHELD, RAW_WITHHELD.len()) };
            let Some(at) = lower[done..].find(sign).map(|at| done + at + behind) else { break };
            self.out.push_str(&written[done..at]);
            if self.raw_withheld {
                self.withheld_note();
                self.out.push_str("</span>");
            }
            self.raw_withheld = !self.raw_withheld;
            done = at;
        }
        self.out.push_str(&written[done..]);
    }

    /// Begins the mark behind the text of a link that leads to something withheld.
    pub(super) fn withheld_note(&mut self) {
        let note = self.resolve.word("withheld");
        self.out.push_str("<span class=\"withheld-note\">");
        escape::text(&mut self.out, note);
        self.last = note.chars().next_back().unwrap_or(self.last);
    }
}
