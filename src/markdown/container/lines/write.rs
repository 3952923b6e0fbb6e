//! Writes what stands for a line that begins or ends a box.

use super::super::fence::{self, Form, Opening, Shape};
use super::super::line::Line;
use super::super::tab;
use super::{Fence, FenceKind, Frame, Scan};
use std::ops::Range;

impl Scan<'_> {
    pub(super) fn open(&mut self, line: &Line<'_>, opening: Opening<'_>, place: Range<usize>, indent: usize) {
        let (start, form) = (place.start, opening.form);
        match form {
            Form::Colons(_) => self.colons.push(indent),
            Form::Call(name) => self.calls.push(name),
            Form::Admonish(sign, count) => self.admonish.push((sign, count)),
            Form::Block(count, _) => {
                self.blocks.push(count);
                self.options = Some(indent + 4);
            }
            _ => {}
        }
        self.is_directive = opening.is_directive;
        if opening.is_directive {
            self.options = Some(indent);
        }
        let kind = FenceKind::Opens {
            form,
            titled: opening.title.is_some(),
            holds_code: opening.shape == Shape::CodeTabs,
        };
        self.html = false;
        self.prepared.copy_to(start);
        let before = "> ".repeat(line.quotes) + &" ".repeat(indent);
        let content = match form {
            Form::Element(_) => tab::content(line.bare.trim_end()),
            Form::Paragraph => Some(fence::SIGN..place.len()),
            _ => None,
        };
        let (end, more) = match &content {
            Some(content) => (start + content.start, format!("\n{before}")),
            None => (place.end, String::new()),
        };
        self.fences.push(Fence { at: self.prepared.end(), place: start..end, kind });
        match &opening.title {
            None => self.prepared.mask_to(end, &format!("***{more}")),
            Some(title) => {
                self.prepared.mask_to(start + title.start, &format!("***\n{before}###### "));
                self.prepared.copy_to(start + title.end);
                self.prepared.mask_to(end, &more);
            }
        }
        if let (Some(content), Form::Element(_)) = (content, form) {
            self.end_line(start + content.end, &place, form, &before);
        } else if matches!(
            form,
            Form::Indented | Form::Tab | Form::Element(_) | Form::Paragraph | Form::Class
        ) {
            let width = match form {
                Form::Element(_) => None,
                Form::Paragraph | Form::Class => Some(0),
                _ => Some(4),
            };
            self.frames.push(Frame {
                indent: line.indent,
                quotes: line.quotes,
                width,
                form,
                written: indent,
            });
        }
        self.above_is_empty = true;
    }

    /// Ends an element in the line that began it.
    fn end_line(&mut self, end: usize, line: &Range<usize>, form: Form, before: &str) {
        self.prepared.copy_to(end);
        self.prepared.mask_to(end, &format!("\n{before}"));
        let (at, kind) = (self.prepared.end(), FenceKind::Closes(form));
        self.fences.push(Fence { at, place: end..line.end, kind });
        self.prepared.mask_to(line.end, "***");
    }

    /// Ends an element, whose end stands where its beginning does, however it is indented.
    pub(super) fn end_element(&mut self, line: &Line<'_>) -> bool {
        let Some(name) = tab::closing_element(line.bare) else { return false };
        let is_ours = |frame: &Frame| frame.form == Form::Element(name) && frame.quotes == line.quotes;
        let Some(at) = self.frames.iter().rposition(is_ours) else { return false };
        let written = self.frames[at].written;
        self.frames.truncate(at);
        let start = self.at + line.before;
        self.prepared.copy_to(self.at + line.prefix);
        self.prepared.indent_to(start, written);
        let place = start..start + line.bare.trim_end().len();
        self.end_html(line, written);
        self.rule(place, FenceKind::Closes(Form::Element(name)));
        true
    }

    /// An empty line before the rule that ends a box, where raw HTML would take it in.
    pub(super) fn end_html(&mut self, line: &Line<'_>, indent: usize) {
        if std::mem::take(&mut self.html) {
            let start = self.at + line.before;
            self.prepared.copy_to(start);
            let before = "> ".repeat(line.quotes) + &" ".repeat(indent);
            self.prepared.mask_to(start, &format!("\n{before}"));
        }
    }

    pub(super) fn rule(&mut self, place: Range<usize>, kind: FenceKind) {
        self.prepared.copy_to(place.start);
        self.fences.push(Fence { at: self.prepared.end(), place: place.clone(), kind });
        self.prepared.mask_to(place.end, "***");
        self.above_is_empty = true;
    }

    /// A line of attributes goes; an id in it stays.
    pub(super) fn attributes(&mut self, id: Option<Range<usize>>, place: Range<usize>) {
        match id {
            Some(_) => self.rule(place, FenceKind::Names),
            None => {
                self.prepared.copy_to(place.start);
                self.prepared.mask_to(place.end, "");
            }
        }
        self.above_is_empty = true;
    }
}
