//! Blocks: paragraphs, headings, clauses, lists, quotes, tables, code.

use super::super::document::AlertBox;
use super::super::{alert, escape};
use super::container::TAB_END;
use super::{Kind, NodeId, Writer};
use crate::text::encode_path;
use std::fmt::Write as _;

/// How an alert ends that can be folded.
const FOLD_END: &str = "</details>\n";

impl Writer<'_, '_> {
    pub(super) fn enter(&mut self, id: NodeId) {
        let tree = &self.document.tree;
        match tree.kind(id) {
            Kind::Emphasis => self.open(id, "<em>"),
            Kind::Strong => self.open(id, "<strong>"),
            Kind::Strikethrough => self.open(id, "<del>"),
            Kind::Mark => self.open(id, "<mark>"),
            Kind::Link(index) => self.open_link(id, tree.destination(index)),
            Kind::Image(index) => {
                let image = tree.destination(index);
                match image.is_wiki() {
                    _ if tree.is_idle(id) => self.plain(&self.alternative(id)),
                    true => self.wiki_image(id, image),
                    false => self.image(id, &image.url, &image.title),
                }
                self.walk.skip_node();
            }
            kind if kind.is_container() => {
                let before = self.out.len();
                self.enter_block(id, kind);
                self.mark_line(tree.span(id).start, before);
            }
            kind => self.leaf(id, kind),
        }
    }

    fn open(&mut self, id: NodeId, tag: &str) {
        if self.document.tree.span(id).start < self.skip_to && !std::mem::take(&mut self.opens_late) {
            self.dropped.push(id);
            return;
        }
        let first = self.first_behind(id);
        self.flush_break(first);
        self.out.push_str(tag);
    }

    fn enter_block(&mut self, id: NodeId, kind: Kind) {
        self.pending_break = false;
        self.last = '\n';
        match kind {
            Kind::Paragraph | Kind::Clause(_) => {
                let may_be_more = self.options.extensions && !self.document.tree.is_idle(id);
                if may_be_more && (self.figure(id) || self.embed(id)) {
                    self.walk.skip_node();
                    return;
                }
                self.paragraph(id);
            }
            Kind::Heading(level, index) => {
                self.heading(id, level, index);
                return;
            }
            Kind::Quote(Some(kind)) => {
                let (class, word) = alert::of_kind(kind);
                self.alert(AlertBox { class, word, fold: None });
            }
            Kind::Quote(None) => {
                self.tag_line("<blockquote>");
                self.quotes.push("</blockquote>\n");
            }
            Kind::Alert(index) => self.alert(self.document.tree.alert(index)),
            Kind::Box(shape) => self.container(id, shape),
            Kind::AlertTitle => self.out.push_str(self.title_tags().0),
            Kind::CodeBlock(info) => {
                self.code(id, self.document.tree.string(info));
                self.walk.skip_node();
                return;
            }
            Kind::BulletList => self.list("<ul>\n", "</ul>\n"),
            Kind::OrderedList(1) => self.list("<ol>\n", "</ol>\n"),
            Kind::OrderedList(first) => self.list(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Kind::Item => self.item(id),
            Kind::Footnote(name) => {
                let before = std::mem::take(&mut self.out);
                self.set_aside.push((self.document.tree.string(name).to_owned(), before));
            }
            Kind::DefinitionList => self.tag_line("<dl>"),
            Kind::DefinitionTitle => self.tag("<dt>"),
            Kind::Definition => self.tag("<dd>"),
            Kind::Table(index) => self.table(self.document.tree.alignments(index)),
            Kind::TableHead => {
                self.out.push_str("<thead>\n<tr>\n");
                self.table_row(true);
            }
            Kind::TableRow => {
                self.out.push_str("<tr>\n");
                self.table_row(false);
            }
            Kind::TableCell => self.cell(),
            _ => {}
        }
        self.depth += 1;
    }

    pub(super) fn leave(&mut self, id: NodeId) {
        if self.dropped.pop_if(|dropped| *dropped == id).is_some() {
            return;
        }
        match self.document.tree.kind(id) {
            Kind::Emphasis => self.close("</em>"),
            Kind::Strong => self.close("</strong>"),
            Kind::Heading(level, index) => self.end_heading(level, index),
            Kind::Strikethrough => self.close("</del>"),
            Kind::Mark => self.close("</mark>"),
            Kind::Link(_) => self.close_link(),
            kind => self.leave_block(kind),
        }
    }

    fn close(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    fn leave_block(&mut self, kind: Kind) {
        self.depth = self.depth.saturating_sub(1);
        self.pending_break = false;
        self.last = '\n';
        match kind {
            Kind::Paragraph | Kind::Clause(_) => self.out.push_str("</p>\n"),
            Kind::Quote(_) | Kind::Alert(_) | Kind::Box(_) => {
                self.line();
                let end = self.quotes.pop().unwrap_or("</blockquote>\n");
                self.out.push_str(end);
            }
            Kind::AlertTitle => self.out.push_str(self.title_tags().1),
            Kind::BulletList | Kind::OrderedList(_) => {
                self.line();
                let end = self.lists.pop().unwrap_or("</ul>\n");
                self.out.push_str(end);
            }
            Kind::Item => self.out.push_str("</li>\n"),
            Kind::Footnote(_) => {
                if let Some((name, before)) = self.set_aside.pop() {
                    let html = std::mem::replace(&mut self.out, before);
                    self.footnotes.define(name, html);
                }
            }
            Kind::DefinitionList => self.out.push_str("</dl>\n"),
            Kind::DefinitionTitle => self.out.push_str("</dt>\n"),
            Kind::Definition => self.out.push_str("</dd>\n"),
            Kind::Table(_) => {
                let body = self.table.take().is_some_and(|table| !table.in_head);
                self.out.push_str(if body { "</tbody>\n</table>" } else { "</table>" });
                self.out.push_str(if self.options.extensions { "</div>\n" } else { "\n" });
            }
            Kind::TableHead => self.out.push_str("</tr>\n</thead>\n"),
            Kind::TableRow => self.out.push_str("</tr>\n"),
            Kind::TableCell => {
                let head = self.table.as_ref().is_some_and(|table| table.in_head);
                self.out.push_str(if head { "</th>\n" } else { "</td>\n" });
            }
            _ => {}
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

    /// A paragraph of nothing but an image with a title becomes a figure.
    fn figure(&mut self, id: NodeId) -> bool {
        let Some(image) = self.only_image(id).filter(|(_, image)| !image.title.is_empty()) else {
            return false;
        };
        self.line();
        self.out.push_str("<figure>");
        self.image(image.0, &image.1.url, "");
        self.out.push_str("<figcaption>");
        escape::text(&mut self.out, &image.1.title);
        self.out.push_str("</figcaption></figure>\n");
        true
    }

    fn heading(&mut self, id: NodeId, level: u8, index: u32) {
        if self.depth == 0 {
            self.end_clause();
        }
        self.in_clause = false;
        self.skip_to = 0;
        self.heading_clause(self.document.tree.span(id).start);
        if index == 0 && self.skip_title {
            self.walk.skip_node();
            return;
        }
        self.line();
        let Some(heading) = self.document.headings.get(index as usize).filter(|_| self.options.extensions)
        else {
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
        // A script that shows a clause has to see where the next one begins.
        let clause = self.in_clause.then_some("clause-heading");
        let attributes = self.document.tree.heading_attributes(index);
        let written = attributes.map(|attributes| &*attributes.classes).filter(|classes| !classes.is_empty());
        let classes: Vec<&str> = written.into_iter().chain(clause).collect();
        if !classes.is_empty() {
            self.out.push_str(" class=\"");
            escape::text(&mut self.out, &classes.join(" "));
            self.out.push('"');
        }
        self.out.push('>');
        self.aliases(&heading.aliases);
    }

    /// Closes a heading; called with its level as written.
    fn end_heading(&mut self, level: u8, index: u32) {
        self.pending_break = false;
        if !self.options.extensions {
            let _ = writeln!(self.out, "</h{level}>");
            return;
        }
        let Some(heading) = self.document.headings.get(index as usize) else { return };
        if !self.is_quoted() {
            self.out.push_str("<a class=\"anchor\" href=\"#");
            self.out.push_str(&encode_path(&heading.anchor));
            self.out.push_str("\" aria-label=\"");
            let label = self.resolve.word("anchor_label").replace("{title}", &heading.text);
            escape::text(&mut self.out, &label);
            self.out.push_str("\">#</a>");
        }
        let _ = writeln!(self.out, "</h{}>", level.max(2));
        for anchor in std::iter::once(&heading.anchor).chain(&heading.aliases) {
            self.citations(anchor);
        }
    }

    /// Begins an alert. One that has no title of its own gets the word for its kind.
    fn alert(&mut self, AlertBox { class, word, fold }: AlertBox) {
        self.line();
        let _ = match fold {
            None => write!(self.out, "<aside class=\"alert alert-{class}\" role=\"note\">"),
            Some(open) => {
                let open = if open { " open=\"\"" } else { "" };
                write!(self.out, "<details class=\"alert alert-{class}\"{open}>")
            }
        };
        self.quotes.push(if fold.is_some() { FOLD_END } else { "</aside>\n" });
        let first = self.walk.peek().map(|first| self.document.tree.kind(first));
        if first != Some(Kind::AlertTitle) && !word.is_empty() {
            let (begin, end) = self.title_tags();
            self.out.push_str(begin);
            escape::text(&mut self.out, self.resolve.word(word));
            self.out.push_str(end);
        }
    }

    /// What stands around the title of the open alert.
    fn title_tags(&self) -> (&'static str, &'static str) {
        match self.quotes.last() {
            Some(&TAB_END) => ("<p class=\"tab-title\">", "</p>\n"),
            Some(&FOLD_END) => ("<summary class=\"alert-title\">", "</summary>\n"),
            _ => ("<p class=\"alert-title\">", "</p>\n"),
        }
    }

    fn list(&mut self, begin: &str, end: &'static str) {
        self.line();
        self.out.push_str(begin);
        self.lists.push(end);
    }

    fn item(&mut self, id: NodeId) {
        self.out.push_str("<li");
        self.part_id(self.document.tree.span(id).start);
        let first = self.walk.peek().map(|first| self.document.tree.kind(first));
        let Some(Kind::Task(done)) = first else {
            self.out.push('>');
            return;
        };
        self.walk.next();
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
