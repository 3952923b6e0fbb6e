//! What stands in a line: text, links, images, raw HTML.

use super::super::anchor::is_own;
use super::super::clause::is_look;
use super::super::document::{Destination, LinkForm};
use super::super::redact::RAW_WITHHELD;
use super::super::{RawHtml, escape, raw};
use super::{Image, Kind, NodeId, Target, Writer};
use crate::text::is_cjk;
use std::fmt::Write as _;
use std::ops::Range;

/// Marks at the beginning of a link or a stretch of emphasis that are looked past for its first
/// character. Nobody writes more, and each of many in one another looks.
const MOST_MARKS: usize = 32;

/// How a link to something withheld ends: a mark is written behind its text.
pub(super) const WITHHELD: &str = "</span></span>";

impl Writer<'_, '_> {
    /// Writes a node that holds nothing.
    pub(super) fn leaf(&mut self, id: NodeId, kind: Kind) {
        let tree = &self.document.tree;
        let span = tree.span(id);
        if span.start < self.skip_to {
            return self.skipped(id, kind, &span);
        }
        match kind {
            Kind::Text | Kind::Words(_) if tree.is_idle(id) => self.plain(tree.words(id).unwrap_or("")),
            Kind::InlineHtml(index) | Kind::Html(index) if tree.is_idle(id) => {
                let (html, _) = tree.html(id, index);
                if !raw::is_comment(html) {
                    self.plain(html);
                }
            }
            Kind::Text | Kind::Words(_) => self.running(tree.words(id).unwrap_or(""), &span),
            Kind::Code(code) => {
                let code = tree.string(code);
                self.flush_break(code.chars().next().unwrap_or(' '));
                self.out.push_str("<code>");
                escape::text(&mut self.out, code);
                self.out.push_str("</code>");
                self.last = 'x';
            }
            Kind::Formula(tex, display) => self.formula(tree.string(tex), display),
            Kind::InlineHtml(index) => {
                self.flush_break('<');
                self.raw(id, index);
            }
            Kind::Html(index) => self.raw(id, index),
            Kind::FootnoteReference(name) => {
                self.flush_break('x');
                if !self.is_quoted() {
                    self.footnotes.refer(tree.string(name), &mut self.out);
                }
            }
            Kind::Task(done) => self.checkbox(done),
            Kind::SoftBreak => self.pending_break = true,
            Kind::HardBreak => self.out.push_str("<br>\n"),
            Kind::Rule => {
                self.line();
                self.out.push_str("<hr>\n");
            }
            _ => {}
        }
    }

    /// A text that begins before `skip_to` may end behind it. Of tags only those go that set a
    /// clause's label in bold and the like, and close with it: others may be anchors.
    fn skipped(&mut self, id: NodeId, kind: Kind, span: &Range<usize>) {
        let tree = &self.document.tree;
        if let Kind::InlineHtml(index) = kind {
            let name = tree.html(id, index).0.trim_start_matches(['<', '/']);
            let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            if self.opens_late || !is_look(&name[..end].to_ascii_lowercase()) {
                self.raw(id, index);
            }
        } else if kind == Kind::Text
            && span.end > self.skip_to
            && let Some(tail) = tree.written(id).get(self.skip_to - span.start..)
        {
            self.running(tail, &(self.skip_to..span.end));
        }
    }

    /// Running text, with its mentions as links.
    fn running(&mut self, text: &str, span: &Range<usize>) {
        let mentions = &self.document.mentions;
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
            None => self.plain(text.get(done..).unwrap_or(text)),
        }
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
    pub(super) fn first_behind(&self, id: NodeId) -> char {
        let text = self.document.tree.written(id);
        text.chars().take(MOST_MARKS).find(|c| !matches!(c, '*' | '_' | '~' | '[' | '!')).unwrap_or(' ')
    }

    pub(super) fn open_link(&mut self, id: NodeId, link: &Destination) {
        let first = self.first_behind(id);
        self.flush_break(first);
        let mail = link.form == LinkForm::Mail;
        let is_message = mail || ["mailto:", "xmpp:"].iter().any(|scheme| link.url.starts_with(scheme));
        let target = match link.form {
            LinkForm::Mail => Target::External,
            LinkForm::Withheld => Target::Withheld,
            LinkForm::Wiki(_) => self.resolve.wiki_link(&link.url),
            LinkForm::Plain | LinkForm::Address | LinkForm::Bare => self.resolve.link(&link.url),
        };
        let written = if mail { format!("mailto:{}", link.url) } else { link.url.to_string() };
        let address = match &target {
            Target::Address(_) if self.document.tree.is_idle(id) => {
                self.link_ends.push("");
                return;
            }
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
        if self.options.extensions && target == Target::External && !is_message {
            self.out.push_str(" class=\"external\" rel=\"noopener\"");
        }
        self.title(&link.title);
        self.out.push('>');
        self.link_ends.push("</a>");
    }

    pub(super) fn close_link(&mut self) {
        let end = self.link_ends.pop().unwrap_or("</a>");
        if end == WITHHELD {
            self.withheld_note();
        }
        self.out.push_str(end);
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::text(&mut self.out, title);
            self.out.push('"');
        }
    }

    /// Writes an image; its alternative text is the plain text of what is inside.
    pub(super) fn image(&mut self, id: NodeId, destination: &str, title: &str) {
        let image = self.resolve.image(destination);
        let alternative = self.alternative(id);
        self.picture(id, &image, &alternative, title);
    }

    pub(super) fn picture(&mut self, id: NodeId, image: &Image, alternative: &str, title: &str) {
        let first = self.first_behind(id);
        self.flush_break(first);
        self.out.push_str("<img");
        if escape::is_safe(&image.source) {
            self.out.push_str(" src=\"");
            escape::address(&mut self.out, &image.source);
            self.out.push('"');
        }
        self.out.push_str(" alt=\"");
        escape::text(&mut self.out, alternative);
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

    pub(super) fn alternative(&self, id: NodeId) -> String {
        let tree = &self.document.tree;
        let words = |id| match tree.kind(id) {
            Kind::SoftBreak | Kind::HardBreak => Some("\n"),
            _ => tree.words(id),
        };
        tree.inside(id).filter_map(words).collect()
    }

    /// Raw HTML with the links and images in it resolved.
    fn raw(&mut self, id: NodeId, index: u32) {
        let (html, tags) = self.document.tree.html(id, index);
        if self.document.refused_html.is_some() {
            // What was added to close an element is not in the file.
            if !self.document.tree.span(id).is_empty() {
                self.plain(html);
            }
            return;
        }
        let is_left_out = match self.options.raw_html {
            RawHtml::Sanitize => raw::is_comment(html) || raw::is_instruction(html),
            RawHtml::Trust => raw::is_instruction(html),
        };
        if self.options.extensions && is_left_out {
            return;
        }
        if self.options.raw_html == RawHtml::Sanitize {
            self.frame_links(html, tags);
        }
        let (from, mut done) = (self.out.len(), 0);
        for tag in tags {
            for attribute in &tag.attributes {
                let value = raw::decode(&html[attribute.value.clone()]);
                let address = match (tag.name.as_str(), attribute.name.as_str()) {
                    ("a", "href") => match self.resolve.link(&value) {
                        Target::Address(address) => address,
                        // Where nothing was redacted, the address goes at least.
                        Target::Withheld => String::new(),
                        Target::External | Target::Broken => continue,
                    },
                    ("img", "src") => self.resolve.image(&value).source,
                    (_, "id" | "name") if is_own(&value) => {
                        self.out.push_str(&html[done..attribute.whole.start]);
                        done = attribute.whole.end;
                        continue;
                    }
                    _ => continue,
                };
                let place = attribute.value.clone();
                self.out.push_str(&html[done..place.start]);
                let quoted = place.start > 0 && matches!(html.as_bytes()[place.start - 1], b'"' | b'\'');
                let quote = if quoted { "" } else { "\"" };
                self.out.push_str(quote);
                escape::address(&mut self.out, &address);
                self.out.push_str(quote);
                done = place.end;
            }
        }
        self.out.push_str(&html[done..]);
        if self.raw_withheld || html.contains(RAW_WITHHELD) {
            self.mark_raw(from);
        }
        self.last = 'x';
    }

    /// Writes links to what the frames of a fragment show, which are removed.
    fn frame_links(&mut self, html: &str, tags: &[raw::Tag]) {
        for (address, title) in raw::frames(html, tags) {
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
