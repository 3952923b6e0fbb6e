//! Block events: paragraphs, headings, clauses, lists, quotes, tables, code.

#[cfg(feature = "highlight")]
use super::super::highlight;
use super::super::{alert, escape};
use super::Writer;
use super::inline::WITHHELD;
use crate::text::encode_path;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use std::fmt::Write as _;
use std::ops::Range;

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Writer<'a, '_, I> {
    pub(super) fn start(&mut self, tag: Tag<'a>, span: Range<usize>) {
        match tag {
            Tag::Emphasis => self.open("<em>", &span),
            Tag::Strong => self.open("<strong>", &span),
            Tag::Strikethrough => self.open("<del>", &span),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(link_type, &dest_url, &title, &span)
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                if !(wiki && self.inline_embed(&dest_url, span.start)) {
                    self.image(&dest_url, &title, &span);
                }
            }
            block => {
                let (start, before) = (span.start, self.out.len());
                self.start_block(block, span);
                self.mark_line(start, before);
            }
        }
    }

    fn open(&mut self, tag: &str, span: &Range<usize>) {
        if span.start < self.skip_to {
            return;
        }
        let first = self.first_behind(span);
        self.flush_break(first);
        self.out.push_str(tag);
    }

    fn start_block(&mut self, tag: Tag<'a>, span: Range<usize>) {
        self.pending_break = false;
        self.last = '\n';
        match tag {
            Tag::Paragraph => {
                if self.options.extensions && (self.figure(&span) || self.embed(&span)) {
                    return;
                }
                self.paragraph(&span);
            }
            Tag::Heading { level, classes, .. } => {
                self.heading(level as u8, &classes);
                return;
            }
            Tag::BlockQuote(kind) => self.quote(kind, &span),
            Tag::CodeBlock(kind) => {
                self.code(&kind);
                return;
            }
            Tag::List(start) => self.list(start),
            Tag::Item => self.item(span.start),
            Tag::FootnoteDefinition(name) => {
                let before = std::mem::take(&mut self.out);
                self.set_aside.push((name.to_string(), before));
            }
            Tag::DefinitionList => self.tag_line("<dl>"),
            Tag::DefinitionListTitle => self.tag("<dt>"),
            Tag::DefinitionListDefinition => self.tag("<dd>"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => {
                self.out.push_str("<thead>\n<tr>\n");
                self.table_row(true);
            }
            Tag::TableRow => {
                self.out.push_str("<tr>\n");
                self.table_row(false);
            }
            Tag::TableCell => self.cell(),
            Tag::HtmlBlock => self.html_block = self.out.len(),
            _ => {}
        }
        self.depth += 1;
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.close("</em>"),
            TagEnd::Strong if std::mem::take(&mut self.drop_strong) => {}
            TagEnd::Strong => self.close("</strong>"),
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::Strikethrough => self.close("</del>"),
            TagEnd::Link => {
                let end = self.link_ends.pop().unwrap_or("</a>");
                if end == WITHHELD {
                    self.withheld_note();
                }
                self.out.push_str(end);
            }
            TagEnd::Image | TagEnd::Superscript | TagEnd::Subscript => {}
            block => self.end_block(block),
        }
    }

    fn close(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    fn end_block(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        self.pending_break = false;
        self.last = '\n';
        match tag {
            TagEnd::Paragraph => {
                // A paragraph that held only an alert's label.
                match self.before_empty_paragraph() {
                    Some(before) if self.skip_to > 0 => self.out.truncate(before),
                    _ => self.out.push_str("</p>\n"),
                }
            }
            TagEnd::BlockQuote(_) => {
                self.line();
                let end = self.quotes.pop().unwrap_or("</blockquote>\n");
                self.out.push_str(end);
            }
            TagEnd::List(_) => {
                self.line();
                let end = self.lists.pop().unwrap_or("</ul>\n");
                self.out.push_str(end);
            }
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, before)) = self.set_aside.pop() {
                    let html = std::mem::replace(&mut self.out, before);
                    self.footnotes.define(&name, html);
                }
            }
            TagEnd::HtmlBlock => self.close_comment(),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => {
                let body = self.table.take().is_some_and(|table| !table.in_head);
                self.out.push_str(if body { "</tbody>\n</table>" } else { "</table>" });
                self.out.push_str(if self.options.extensions { "</div>\n" } else { "\n" });
            }
            TagEnd::TableHead => self.out.push_str("</tr>\n</thead>\n"),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                let head = self.table.as_ref().is_some_and(|table| table.in_head);
                self.out.push_str(if head { "</th>\n" } else { "</td>\n" });
            }
            _ => {}
        }
    }

    /// A comment that its block leaves open would swallow the rest of the page.
    fn close_comment(&mut self) {
        let html = self.out.get(self.html_block..).unwrap_or("").trim_start();
        if self.options.extensions && html.starts_with("<!--") && !html[2..].contains("-->") {
            self.out.push_str("-->\n");
        }
    }

    fn tag(&mut self, tag: &str) {
        self.line();
        self.out.push_str(tag);
    }

    fn tag_line(&mut self, tag: &str) {
        self.tag(tag);
        self.out.push('\n');
    }

    /// Leaves out everything up to the end of the heading that just began.
    fn skip_heading(&mut self) {
        while let Some((event, _)) = self.stream.next() {
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
        }
    }

    /// A paragraph of nothing but an image with a title becomes a figure.
    fn figure(&mut self, span: &Range<usize>) -> bool {
        let end = span.start + self.text[span.clone()].trim_end().len();
        let alone = matches!(self.stream.peek(), Some((Event::Start(Tag::Image { title, .. }), place))
            if !title.is_empty() && place.start == span.start && place.end == end);
        if !alone {
            return false;
        }
        self.line();
        if let Some((Event::Start(Tag::Image { dest_url, title, .. }), place)) = self.stream.next() {
            self.out.push_str("<figure>");
            self.image(&dest_url, "", &place);
            self.out.push_str("<figcaption>");
            escape::text(&mut self.out, &title);
            self.out.push_str("</figcaption></figure>\n");
        }
        // The paragraph's own end has nothing left to close.
        self.stream.next();
        true
    }

    fn heading(&mut self, level: u8, classes: &[CowStr<'a>]) {
        if self.depth == 0 {
            self.end_clause();
        }
        self.in_clause = false;
        self.skip_to = 0;
        let at = self.headings;
        self.headings += 1;
        self.heading_clause(at);
        if at == 0 && self.skip_title {
            self.skip_heading();
            return;
        }
        self.line();
        let Some(heading) = self.scan.headings.get(at).filter(|_| self.options.extensions) else {
            let _ = write!(self.out, "<h{level}>");
            return;
        };
        // The page has a heading of the first level already: the title.
        let level = level.max(2);
        let _ = write!(self.out, "<h{level}");
        if !self.is_quoted() {
            self.out.push_str(" id=\"");
            escape::text(&mut self.out, &heading.anchor);
            self.out.push('"');
        }
        if !classes.is_empty() {
            self.out.push_str(" class=\"");
            escape::text(&mut self.out, &classes.join(" "));
            self.out.push('"');
        }
        self.out.push('>');
        self.aliases(&heading.aliases);
    }

    /// Closes a heading; called with its level as written.
    fn end_heading(&mut self, level: u8) {
        self.pending_break = false;
        if !self.options.extensions {
            let _ = writeln!(self.out, "</h{level}>");
            return;
        }
        let heading = self.scan.headings.get(self.headings.wrapping_sub(1));
        if let Some(heading) = heading.filter(|_| !self.is_quoted()) {
            self.out.push_str("<a class=\"anchor\" href=\"#");
            self.out.push_str(&encode_path(&heading.anchor));
            self.out.push_str("\" aria-label=\"");
            let label = self.resolve.word("anchor_label").replace("{title}", &heading.text);
            escape::text(&mut self.out, &label);
            self.out.push_str("\">#</a>");
        }
        let _ = writeln!(self.out, "</h{}>", level.max(2));
        if let Some(heading) = self.scan.headings.get(self.headings.wrapping_sub(1)) {
            let anchors = std::iter::once(&heading.anchor).chain(&heading.aliases);
            for anchor in anchors {
                self.citations(anchor);
            }
        }
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>, span: &Range<usize>) {
        self.line();
        let (class, title) = match kind {
            Some(kind) => {
                let (class, word) = alert::of_kind(kind);
                (class, self.resolve.word(word).to_owned())
            }
            None => match alert::read(self.text, span.start).filter(|_| self.options.extensions) {
                Some(found) => {
                    self.skip_to = found.content + 1;
                    (found.class, found.title.unwrap_or_else(|| self.resolve.word(found.word)).to_owned())
                }
                None => {
                    self.out.push_str("<blockquote>\n");
                    self.quotes.push("</blockquote>\n");
                    return;
                }
            },
        };
        let _ =
            write!(self.out, "<aside class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">");
        escape::text(&mut self.out, &title);
        self.out.push_str("</p>\n");
        self.quotes.push("</aside>\n");
    }

    fn code(&mut self, kind: &CodeBlockKind<'a>) {
        self.line();
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let language = info.split([' ', ',', '{']).next().unwrap_or("");
        let mut code = String::new();
        while let Some((event, _)) = self.stream.next() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        self.out.push_str("<pre");
        if self.options.extensions {
            self.out.push_str(" class=\"code\" tabindex=\"0\"");
            if !language.is_empty() {
                self.out.push_str(" data-language=\"");
                escape::text(&mut self.out, language);
                self.out.push('"');
            }
        }
        self.out.push_str("><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::text(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        match self.highlighted(language, &code) {
            Some(html) => self.out.push_str(&html),
            None => escape::text(&mut self.out, &code),
        }
        self.out.push_str("</code></pre>\n");
    }

    /// Code with its words in classes, where they are wanted and the language is known.
    #[cfg(feature = "highlight")]
    fn highlighted(&self, language: &str, code: &str) -> Option<String> {
        self.options.extensions.then(|| highlight::html(language, code)).flatten()
    }

    #[cfg(not(feature = "highlight"))]
    #[expect(clippy::unused_self, reason = "as where the feature is on")]
    fn highlighted(&self, _language: &str, _code: &str) -> Option<String> {
        None
    }

    fn list(&mut self, start: Option<u64>) {
        self.line();
        match start {
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => {
                let _ = writeln!(self.out, "<ol start=\"{start}\">");
            }
            None => self.out.push_str("<ul>\n"),
        }
        self.lists.push(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn item(&mut self, start: usize) {
        self.out.push_str("<li");
        self.place(start);
        let Some((Event::TaskListMarker(done), _)) = self.stream.peek() else {
            self.out.push('>');
            return;
        };
        let done = *done;
        self.stream.next();
        self.out.push_str(if self.options.extensions { " class=\"task\">" } else { ">" });
        self.checkbox(done);
    }

    pub(super) fn checkbox(&mut self, done: bool) {
        let checked = if done { " checked=\"\"" } else { "" };
        let _ = write!(self.out, "<input type=\"checkbox\" disabled=\"\"{checked}");
        if self.options.extensions {
            self.out.push_str(" aria-label=\"");
            escape::text(&mut self.out, self.resolve.word(if done { "task_done" } else { "task_open" }));
            self.out.push('"');
        }
        self.out.push_str("> ");
    }
}
