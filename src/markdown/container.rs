//! Boxes, tabs and other containers as other tools write them: `::: tip`, `!!! note`,
//! `=== "Tab"`, `<Tabs>`.
//!
//! CommonMark knows none of them, and what is indented below `!!!` it takes for code. So
//! the text is made ready before the parser reads it (see `lines`): a line that begins or
//! ends a box becomes a rule, which stands in the same list or quotation. This step
//! turns such rules back into the beginnings and ends of boxes, and every place into one
//! of the file. A box is a block quote that does not begin with `>`: whoever builds the
//! tree reads at its place what it is (see `fence`). What turns out to be code, or to end
//! nothing, is shown as it was written.

mod admonish;
mod block;
mod braces;
mod call;
mod code;
mod fence;
mod indent;
mod line;
mod lines;
mod places;
mod ready;
mod signs;
mod tab;
mod typed;

pub(super) use admonish::is_directive;
pub(crate) use braces::attributes_at;
pub(super) use braces::{anchor, is_attributes};
pub(crate) use fence::box_class;
pub(super) use fence::{Form, Shape, attribute, element_of, opening};
pub(crate) use places::Instead;
pub(super) use tab::{is_tab_element, is_tab_line};

use super::MarkdownOptions;
use super::pasted::{ends_inline, is_inline};
use lines::{Fence, FenceKind, Ready};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

type Spanned = (Event<'static>, Range<usize>);

/// More boxes than these in one another are shown as they are written.
const MAX_DEPTH: usize = 24;

/// The events of a text that holds boxes; `None` where it can hold none.
pub(super) fn events(markdown: &str, options: &MarkdownOptions) -> Option<std::vec::IntoIter<Spanned>> {
    let ready = if options.extensions { ready::ready(markdown, options) } else { None }?;
    let mut step = Step::new(&ready);
    for (event, span) in super::parse(&ready.prepared.text, options) {
        step.event(event.into_static(), span);
    }
    Some(step.finish().into_iter())
}

/// What is open.
#[derive(Clone, Copy)]
enum Open {
    /// A block, and where it begins among the events.
    Block(usize),
    Box {
        form: Form,
        /// Where it begins among the events.
        at: usize,
        holds_code: bool,
    },
}

struct Step<'a> {
    ready: &'a Ready<'a>,
    out: Vec<Spanned>,
    open: Vec<Open>,
    /// Ids, and the events before which they stand.
    names: Vec<(usize, Range<usize>)>,
    /// Where the last block begins among the events, at the level that is read.
    last: Option<usize>,
    /// Whether the heading that comes next is the title of a box.
    titled: Title,
    /// Code or raw HTML is open.
    verbatim: bool,
    /// Whether a paragraph is open that a tight list does not give.
    bare: bool,
    /// Inline containers that are open.
    inline: usize,
    /// Boxes that are open, and those of them whose content was indented.
    boxes: usize,
    indented: usize,
    /// Where the tabs that ended last begin and end among the events.
    tabs: Option<(usize, usize)>,
    /// How far the file has been read.
    read: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Title {
    None,
    /// It comes next, or is open.
    Shown,
    /// It is no title after all: its line was shown as written.
    Dropped,
}

impl<'a> Step<'a> {
    const fn new(ready: &'a Ready<'a>) -> Self {
        Self {
            ready,
            out: Vec::new(),
            open: Vec::new(),
            names: Vec::new(),
            last: None,
            titled: Title::None,
            verbatim: false,
            bare: false,
            inline: 0,
            boxes: 0,
            indented: 0,
            tabs: None,
            read: 0,
        }
    }

    fn event(&mut self, event: Event<'static>, span: Range<usize>) {
        if self.titled != Title::None && self.title(&event, &span) {
            return;
        }
        match &event {
            Event::Rule => match self.fence_at(&span) {
                Some(fence) => self.fence(&fence),
                None => {
                    self.end_bare();
                    self.push(event, &span);
                }
            },
            Event::Start(tag) if is_inline(tag) => {
                self.begin_bare(&span);
                self.inline += 1;
                self.push(event, &span);
            }
            Event::End(tag) if ends_inline(*tag) => {
                self.inline = self.inline.saturating_sub(1);
                self.push(event, &span);
            }
            Event::Start(tag) => {
                self.end_bare();
                self.verbatim = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock);
                if matches!(tag, Tag::CodeBlock(_)) {
                    self.begin_code_tab(&span);
                }
                self.last = None;
                self.open.push(Open::Block(self.out.len()));
                self.push(event, &span);
            }
            Event::End(tag) => {
                self.verbatim = false;
                let is_code = matches!(tag, TagEnd::CodeBlock);
                self.end_block();
                self.push(event, &span);
                if is_code {
                    self.end_code_tab();
                }
            }
            Event::Text(_) | Event::Html(_) => {
                if !self.verbatim {
                    self.begin_bare(&span);
                }
                self.text(event, &span);
            }
            Event::SoftBreak if !self.bare && self.is_in_box() => {}
            _ => {
                self.begin_bare(&span);
                self.push(event, &span);
            }
        }
    }

    /// Whether text that comes next would stand in a box without a paragraph around it.
    fn is_in_box(&self) -> bool {
        self.inline == 0 && matches!(self.open.last(), Some(Open::Box { .. }))
    }

    fn push(&mut self, event: Event<'static>, span: &Range<usize>) {
        let place = self.ready.prepared.in_file(span);
        self.push_at(event, place);
    }

    fn push_at(&mut self, event: Event<'static>, place: Range<usize>) {
        self.read = self.read.max(place.end);
        self.out.push((event, place));
    }

    fn fence_at(&self, span: &Range<usize>) -> Option<Fence> {
        let fences = &self.ready.fences;
        let at = fences.partition_point(|fence| fence.at < span.start);
        fences.get(at).filter(|fence| fence.at < span.end).cloned()
    }

    fn written(&self, place: &Range<usize>) -> &'a str {
        &self.ready.prepared.source[place.clone()]
    }

    /// Text, as it stands in the file where the parser was given something else.
    fn text(&mut self, event: Event<'static>, span: &Range<usize>) {
        let keeps_indent = self.verbatim && self.indented == 0;
        let Some(place) = self.ready.prepared.written(span, !keeps_indent) else {
            return self.push(event, span);
        };
        let words = self.written(&place).to_owned();
        if words.is_empty() {
            return;
        }
        let event = match event {
            Event::Html(_) => Event::Html(words.into()),
            _ => Event::Text(words.into()),
        };
        self.push_at(event, place);
    }

    /// An entry of a tight list gives no paragraphs; a box in it shall have them.
    fn begin_bare(&mut self, span: &Range<usize>) {
        if !self.bare && self.is_in_box() {
            self.bare = true;
            self.push(Event::Start(Tag::Paragraph), span);
        }
    }

    fn end_bare(&mut self) {
        if std::mem::take(&mut self.bare) {
            self.push_at(Event::End(TagEnd::Paragraph), self.read..self.read);
        }
    }

    /// Ends a block, and the boxes that its end leaves open.
    fn end_block(&mut self) {
        while let Some(Open::Box { .. }) = self.open.last() {
            self.end_box(self.read..self.read);
        }
        self.end_bare();
        if let Some(Open::Block(at)) = self.open.pop() {
            self.last = Some(at);
        }
    }

    fn fence(&mut self, fence: &Fence) {
        self.end_bare();
        match fence.kind {
            FenceKind::Opens { form, titled, holds_code } => {
                if self.boxes < MAX_DEPTH && self.may_begin(form, &fence.place) {
                    self.begin_box(form, holds_code, &fence.place);
                    self.titled = if titled { Title::Shown } else { Title::None };
                } else {
                    self.show(&fence.place);
                    self.titled = if titled { Title::Dropped } else { Title::None };
                }
            }
            FenceKind::Closes(form) => match self.ended_by(form) {
                Some(level) => {
                    while self.open.len() > level {
                        self.end_box(fence.place.clone());
                    }
                }
                None if fence.place.is_empty() => {}
                None => self.show(&fence.place),
            },
            FenceKind::Names => {
                let at = self.last.unwrap_or(self.out.len());
                self.names.push((at, fence.place.clone()));
            }
        }
    }

    /// A line that begins or ends nothing is shown as it was written.
    fn show(&mut self, place: &Range<usize>) {
        self.last = Some(self.out.len());
        self.push_at(Event::Start(Tag::Paragraph), place.clone());
        self.push_at(Event::Text(self.written(place).to_owned().into()), place.clone());
        self.push_at(Event::End(TagEnd::Paragraph), place.clone());
    }

    /// Whether a box may begin here. A tab of `@tab` stands in tabs alone, and ends the tab
    /// before it.
    fn may_begin(&mut self, form: Form, place: &Range<usize>) -> bool {
        if form != Form::Marked {
            return true;
        }
        if let Some(Open::Box { form: Form::Marked, .. }) = self.open.last() {
            self.end_box(place.start..place.start);
        }
        let Some(Open::Box { form: Form::Colons(_), at, .. }) = self.open.last() else { return false };
        let line = self.out.get(*at).and_then(|(_, whole)| self.written(whole).lines().next());
        let around = line.and_then(opening).map(|opening| opening.shape);
        matches!(around, Some(Shape::Tabs | Shape::CodeTabs))
    }

    fn begin_box(&mut self, form: Form, holds_code: bool, place: &Range<usize>) {
        if form.is_lone_tab() {
            // The first of several tabs begins what they are in.
            match self.tabs.filter(|(_, end)| end + 1 == self.out.len()) {
                Some((at, _)) => {
                    self.out.pop();
                    self.enter_box(Form::Tabs, false, at);
                }
                None => self.open_box(Form::Tabs, false, place),
            }
        }
        self.open_box(form, holds_code, place);
    }

    fn open_box(&mut self, form: Form, holds_code: bool, place: &Range<usize>) {
        self.enter_box(form, holds_code, self.out.len());
        self.push_at(Event::Start(Tag::BlockQuote(None)), place.clone());
        self.last = None;
    }

    fn enter_box(&mut self, form: Form, holds_code: bool, at: usize) {
        self.boxes += 1;
        self.indented += usize::from(form.is_indented());
        self.open.push(Open::Box { form, at, holds_code });
    }

    /// The level at which the box is open that a line ends, which must stand in the same
    /// block. Of several the innermost of its own number of colons ends, else the
    /// innermost of fewer.
    fn ended_by(&self, form: Form) -> Option<usize> {
        let around = self.open.iter().rposition(|open| matches!(open, Open::Block(_))).map_or(0, |at| at + 1);
        let boxes = self.open[around..].iter().enumerate().rev();
        let mut fewer = None;
        for (level, open) in boxes {
            let Open::Box { form: own, .. } = open else { continue };
            match (own, form) {
                _ if *own == form => return Some(around + level),
                (Form::Colons(own), Form::Colons(count)) if *own < count => {
                    fewer = fewer.or(Some(around + level));
                }
                (Form::Block(own, _), Form::Block(count, _)) if *own == count => return Some(around + level),
                _ => {}
            }
        }
        fewer
    }

    fn end_box(&mut self, place: Range<usize>) {
        self.end_bare();
        let Some(Open::Box { form, at, .. }) = self.open.pop() else { return };
        self.boxes -= 1;
        self.indented -= usize::from(form.is_indented());
        let end = place.end.max(self.read);
        if let Some((_, whole)) = self.out.get_mut(at) {
            whole.end = whole.end.max(end);
        }
        self.push_at(Event::End(TagEnd::BlockQuote(None)), end..end);
        self.last = Some(at);
        match (form, self.open.last()) {
            // The tabs around end with each of them, and go on with the next.
            (tab, Some(Open::Box { form: Form::Tabs, .. })) if tab.is_lone_tab() => self.end_box(end..end),
            (Form::Tabs, _) => self.tabs = Some((at, self.out.len() - 1)),
            _ => {}
        }
    }

    /// The heading that stands for a title; says whether the event is done with.
    fn title(&mut self, event: &Event<'static>, span: &Range<usize>) -> bool {
        let is_shown = self.titled == Title::Shown;
        match event {
            Event::Start(Tag::Heading { .. }) if is_shown => {
                self.push(Event::Start(Tag::DefinitionListTitle), span);
            }
            Event::End(TagEnd::Heading(_)) => {
                if is_shown {
                    self.push(Event::End(TagEnd::DefinitionListTitle), span);
                }
                self.titled = Title::None;
            }
            Event::Rule => return false,
            _ if is_shown => self.push(event.clone(), span),
            _ => {}
        }
        true
    }

    fn finish(mut self) -> Vec<Spanned> {
        self.end_bare();
        while let Some(open) = self.open.last() {
            match open {
                Open::Box { .. } => self.end_box(self.read..self.read),
                Open::Block(_) => {
                    self.open.pop();
                }
            }
        }
        if self.names.is_empty() {
            return self.out;
        }
        let mut names = std::mem::take(&mut self.names);
        names.sort_by_key(|(at, _)| *at);
        let mut named = Vec::with_capacity(self.out.len() + names.len() * 2);
        let mut names = names.into_iter().peekable();
        for (at, event) in self.out.into_iter().enumerate() {
            while let Some((_, place)) = names.next_if(|(before, _)| *before <= at) {
                named.extend(name(&place));
            }
            named.push(event);
        }
        named.extend(names.flat_map(|(_, place)| name(&place)));
        named
    }
}

/// The events of a place that links lead to.
fn name(place: &Range<usize>) -> [Spanned; 2] {
    [Event::Start(Tag::BlockQuote(None)), Event::End(TagEnd::BlockQuote(None))]
        .map(|event| (event, place.clone()))
}
