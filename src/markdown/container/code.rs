//! Blocks of code among tabs, each of which is a tab by itself.

use super::fence::{Form, opening};
use super::{Open, Step};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

impl Step<'_> {
    pub(super) fn begin_code_tab(&mut self, span: &Range<usize>) {
        let Some(Open::Box { holds_code: true, .. }) = self.open.last() else { return };
        let place = self.ready.prepared.in_file(span);
        let label = opening(self.written(&place).lines().next().unwrap_or("")).and_then(|code| code.title);
        self.open_box(Form::Code, false, &place);
        if let Some(label) = label {
            let label = place.start + label.start..place.start + label.end;
            let words = self.written(&label).to_owned();
            self.push_at(Event::Start(Tag::DefinitionListTitle), label.clone());
            self.push_at(Event::Text(words.into()), label.clone());
            self.push_at(Event::End(TagEnd::DefinitionListTitle), label);
        }
    }

    pub(super) fn end_code_tab(&mut self) {
        if let Some(Open::Box { form: Form::Code, .. }) = self.open.last() {
            self.end_box(self.read..self.read);
        }
    }
}
