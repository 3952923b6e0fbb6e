//! Makes a text ready for the parser, line by line.
//!
//! The line that begins or ends a box becomes a rule (`***`), which ends a paragraph
//! and a list as such a line does elsewhere, and belongs to the list or quotation that
//! it stands in. Its title becomes a heading behind the rule, so that it is read as
//! Markdown. What is indented below `!!!` moves to the left. Lines that say something to
//! another tool alone, `[TOC]` and `{: .class }`, become empty.

mod marks;
mod write;

use super::super::dialect::Dialect;
use super::block;
use super::braces;
use super::call;
use super::fence::{self, Form, Opening};
use super::line::{Line, behind_marks, holds};
use super::places::{Instead, Prepared};
use super::signs;
use super::tab;
use marks::{begins_another, last_fence};
use std::ops::Range;

/// A line that begins or ends a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fence {
    /// Where the rule begins that stands for it.
    pub(super) at: usize,
    /// Where it stands in the file.
    pub(super) place: Range<usize>,
    pub(super) kind: FenceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FenceKind {
    /// It begins a box, which may have a title, and be one for tabs of code.
    Opens {
        form: Form,
        titled: bool,
        holds_code: bool,
    },
    Closes(Form),
    /// It gives what stands before it an id.
    Names,
}

/// A box around the line that is being read, whose content is indented.
struct Frame {
    /// Columns before the line that began it.
    indent: usize,
    /// `>` before that line.
    quotes: usize,
    /// How far its content is indented, once that is known.
    width: Option<usize>,
    form: Form,
    /// Spaces before the rule that stands for that line.
    written: usize,
}

/// A block of code that is open.
struct Code {
    sign: u8,
    length: usize,
    quotes: usize,
    /// Columns before its first line: what is indented four more ends nothing.
    indent: usize,
    /// How many frames are around it.
    frames: usize,
}

/// A text made ready, and the lines in it that begin and end boxes.
pub(super) struct Ready<'a> {
    pub(super) prepared: Prepared<'a>,
    pub(super) fences: Vec<Fence>,
}

/// More boxes than these in one another are not looked for.
const DEPTH: usize = 24;

/// Elements whose lines are no Markdown, with their ends.
const VERBATIM: [(&str, &str); 5] = [
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// The text made ready; `None` where it can hold nothing of this kind. Marks within its lines
/// are known by what they stand for.
pub(super) fn ready(text: &str, dialect: Dialect, marks: Vec<Instead>) -> Option<Ready<'_>> {
    let has_blocks = dialect.blocks && text.contains("///");
    if marks.is_empty() && !has_blocks && !signs::may_stand_in(text) {
        return None;
    }
    let mut scan = Scan {
        prepared: Prepared::new(text, marks),
        fences: Vec::new(),
        frames: Vec::new(),
        code: None,
        verbatim: None,
        docsify: dialect.docsify,
        myst: dialect.myst,
        above_is_empty: true,
        is_parted: true,
        html: false,
        colons: Vec::new(),
        content_end: 0,
        admonish: Vec::new(),
        last_fences: [b'`', b'~'].map(|sign| last_fence(text, sign)),
        blocks: Vec::new(),
        last_block: if has_blocks { block::last_end(text) } else { 0 },
        options: None,
        is_directive: false,
        calls: Vec::new(),
        last_calls: call::last_ends(text),
        last_ends: tab::last_ends(text),
        at: 0,
    };
    for line in text.split_inclusive('\n') {
        scan.line(line);
        scan.at += line.len();
    }
    scan.prepared.finish();
    let changed = !scan.fences.is_empty() || scan.prepared.is_changed();
    changed.then_some(Ready { prepared: scan.prepared, fences: scan.fences })
}

struct Scan<'a> {
    prepared: Prepared<'a>,
    fences: Vec<Fence>,
    frames: Vec<Frame>,
    code: Option<Code>,
    /// The end of the raw HTML that is open.
    verbatim: Option<&'static str>,
    above_is_empty: bool,
    /// Whether the line above is truly empty.
    is_parted: bool,
    /// Whether `!> words` is a box.
    docsify: bool,
    /// Whether directives of MyST are read elsewhere.
    myst: bool,
    /// Whether the last line that is not empty may be of raw HTML, which only an empty line
    /// ends.
    html: bool,
    /// How far the lines are indented that began boxes of `:::` which no line has ended: without one, such a
    /// line is text.
    colons: Vec<usize>,
    /// Blocks of code that are boxes, and that no line has ended.
    admonish: Vec<(u8, usize)>,
    /// Where the last line stands that may end one of each sign.
    last_fences: [usize; 2],
    /// Blocks that no line has ended, by their slashes, and where the last line stands that ends
    /// one.
    blocks: Vec<usize>,
    last_block: usize,
    /// How far lines are indented that say how the block looks that began above.
    options: Option<usize>,
    /// Whether that is a directive of MyST.
    is_directive: bool,
    /// Calls that no line has ended.
    calls: Vec<&'static str>,
    /// Where the last line stands that ends each call.
    last_calls: [usize; call::CALLS.len()],
    /// Where the last line ends that is not empty.
    content_end: usize,
    /// Where the last end tag of an element stands.
    last_ends: tab::LastEnds,
    /// Where the line begins.
    at: usize,
}

impl Scan<'_> {
    fn line(&mut self, whole: &str) {
        let line = Line::new(whole, self.code.as_ref().map(|code| code.quotes));
        let above_is_empty = std::mem::replace(&mut self.above_is_empty, line.bare.trim().is_empty());
        if self.above_is_empty {
            (self.options, self.is_parted) = (None, true);
            return;
        }
        self.end_frames(&line);
        self.is_parted = false;
        self.content_end = self.at + whole.len();
        self.html &= !above_is_empty;
        let is_text = self.code.is_none() && self.verbatim.is_none();
        if is_text && self.end_element(&line) {
            return;
        }
        let indent = self.dedent(&line);
        if self.is_option(&line, indent) {
            return;
        }
        self.html |= behind_marks(line.bare).starts_with('<');
        let start = self.at + line.before;
        let place = start..start + line.bare.trim_end().len();
        if self.myst && is_text && self.prepared.replaces(&place) {
            self.above_is_empty = true;
            return;
        }
        if is_text && let Some(form) = self.closing_admonish(&line) {
            self.end_html(&line, indent);
            return self.rule(place, FenceKind::Closes(form));
        }
        if !(is_text && self.begins_admonish(&line)) && self.is_verbatim(&line) {
            return;
        }
        if let Some((count, begun)) =
            fence::closing(line.bare).and_then(|count| Some((count, self.colons.pop()?)))
        {
            self.end_html(&line, indent);
            // A list that the box holds does not take its end in: some editors indent that with the list.
            if self.frames.is_empty() && (begun + 1..begun + 4).contains(&indent) {
                self.prepared.indent_to(start, begun);
            }
            self.rule(place, FenceKind::Closes(Form::Colons(count)));
        } else if let Some(count) = self.closing_block(&line) {
            self.end_html(&line, indent);
            self.rule(place, FenceKind::Closes(Form::Block(count, false)));
        } else if let Some(name) = self.closing_call(&line) {
            self.end_html(&line, indent);
            self.rule(place, FenceKind::Closes(Form::Call(name)));
        } else if let Some(opening) = self.opening(&line, above_is_empty) {
            self.open(&line, opening, place, indent);
        } else if above_is_empty && indent < 4 && self.is_contents(&line) {
            self.prepared.mask_to(place.end, "");
            self.above_is_empty = true;
        } else if let Some(id) = braces::attributes(line.bare.trim_end()).filter(|_| indent < 4) {
            self.attributes(id, place);
        } else {
            self.heading(&line);
        }
    }

    /// Ends the boxes that a line is not indented enough for.
    fn end_frames(&mut self, line: &Line<'_>) {
        while let Some(frame) = self.frames.last() {
            let goes_on = match frame.form {
                Form::Element(_) => true,
                Form::Paragraph => !self.is_parted && !begins_another(line.bare),
                Form::Class => !self.is_parted,
                _ => line.indent >= frame.indent + 4,
            };
            let within = line.quotes >= frame.quotes && goes_on;
            if within {
                return;
            }
            let quotes = "> ".repeat(frame.quotes);
            let (form, before) = (frame.form, format!("{quotes}{}", " ".repeat(frame.written)));
            let is_quoted = line.quotes >= frame.quotes;
            self.frames.pop();
            let code = self.code.take_if(|code| code.frames > self.frames.len());
            let place = self.content_end;
            self.prepared.copy_to(place);
            if !is_quoted {
                // Else the line would go on with the paragraph of the quotation.
                self.prepared.mask_to(place, "\n");
            } else if !matches!(form, Form::Element(_)) {
                if let Some(code) = code {
                    let end = char::from(code.sign).to_string().repeat(code.length);
                    self.prepared.mask_to(place, &format!("{before}{end}\n"));
                }
                if self.html {
                    self.prepared.mask_to(place, &format!("{quotes}\n"));
                }
                self.prepared.mask_to(place, &before);
                let kind = FenceKind::Closes(form);
                self.fences.push(Fence { at: self.prepared.end(), place: place..place, kind });
                self.prepared.mask_to(place, "***\n");
            }
        }
    }

    /// Takes the indent of boxes away from a line; says how much is left of it.
    fn dedent(&mut self, line: &Line<'_>) -> usize {
        self.prepared.copy_to(self.at + line.prefix);
        let Some(base) = self.frames.first().map(|frame| frame.indent) else { return line.indent };
        let known: usize = self.frames.iter().filter_map(|frame| frame.width).sum();
        let left = line.indent.saturating_sub(known).max(base.min(line.indent));
        if let Some(last) = self.frames.last_mut().filter(|frame| frame.width.is_none()) {
            last.width = Some(left.saturating_sub(last.written));
        }
        let known: usize = self.frames.iter().filter_map(|frame| frame.width).sum();
        let left = line.indent.saturating_sub(known).max(base.min(line.indent));
        let white = &line.whole[line.prefix..line.before];
        if left == line.indent {
            return left;
        }
        if white.contains('\t') {
            self.prepared.indent_to(self.at + line.before, left);
        } else {
            let cut = line.prefix + base.min(white.len());
            self.prepared.copy_to(self.at + cut);
            self.prepared.indent_to(self.at + cut + (line.indent - left), 0);
        }
        left
    }

    /// Whether a line belongs to code or raw HTML, or begins some.
    fn is_verbatim(&mut self, line: &Line<'_>) -> bool {
        if let Some(code) = &self.code {
            let run = line.bare.bytes().take_while(|byte| *byte == code.sign).count();
            let ends =
                run >= code.length && line.indent < code.indent + 4 && line.bare[run..].trim().is_empty();
            if line.quotes < code.quotes || ends {
                self.code = None;
            }
            return true;
        }
        if let Some(end) = self.verbatim {
            if holds(line.bare, end) {
                self.verbatim = None;
            }
            return true;
        }
        let text = behind_marks(line.bare);
        let sign = text.bytes().next().unwrap_or(b' ');
        let run = text.bytes().take_while(|byte| *byte == sign).count();
        if matches!(sign, b'`' | b'~') && run >= 3 && (sign == b'~' || !text[run..].contains('`')) {
            let indent = line.indent + (line.bare.len() - text.len());
            let frames = self.frames.len();
            self.code = Some(Code { sign, length: run, quotes: line.quotes, indent, frames });
            return true;
        }
        let element = VERBATIM.iter().find(|(begin, _)| {
            text.get(..begin.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(begin))
        });
        if let Some((begin, end)) = element {
            self.verbatim = (!holds(&text[begin.len()..], end)).then_some(*end);
        }
        element.is_some()
    }

    /// What a line begins, if it does.
    fn opening<'l>(&self, line: &Line<'l>, above_is_empty: bool) -> Option<Opening<'l>> {
        let opening = fence::opening(line.bare)?;
        let is_meant = match opening.form {
            Form::Code | Form::Attributes | Form::Tabs => false,
            Form::Indented | Form::Tab => {
                opening.title.is_some() && line.bare.trim_end().ends_with(['"', '”'])
                    || opening.untitled
                    || self.is_indented_below(line)
            }
            Form::Element(name) => self.last_ends.iter().any(|(known, end)| *known == name && self.at < *end),
            Form::Colons(_) => true,
            Form::Paragraph => self.docsify,
            Form::Class => above_is_empty && self.is_above_text(line),
            Form::Marked => !self.colons.is_empty(),
            Form::Admonish(..) => self.begins_admonish(line),
            Form::Block(..) => self.at < self.last_block && self.blocks.len() < DEPTH,
            Form::Call(name) => {
                let number = call::CALLS.iter().position(|(known, _)| *known == name);
                number.is_some_and(|number| self.at < self.last_calls[number]) && self.calls.len() < DEPTH
            }
        };
        (is_meant && self.frames.len() < DEPTH).then_some(opening)
    }

    /// Whether a paragraph or a quotation stands right below a line.
    fn is_above_text(&self, line: &Line<'_>) -> bool {
        let below = self.prepared.source[self.at + line.whole.len()..].lines().next();
        let below = below.map(|below| Line::new(below, Some(line.quotes)));
        below.is_some_and(|below| {
            let is_other = ["#", "|", "- ", "* ", "+ ", "{", "<", "```", "~~~"];
            let digits = below.bare.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_number = digits.len() < below.bare.len() && digits.starts_with(". ");
            !below.bare.trim().is_empty()
                && below.quotes == line.quotes
                && below.indent == line.indent
                && !is_number
                && !is_other.iter().any(|sign| below.bare.starts_with(sign))
        })
    }

    /// Whether what follows a line is indented below it.
    fn is_indented_below(&self, line: &Line<'_>) -> bool {
        let rest = &self.prepared.source[self.at + line.whole.len()..];
        let mut next = rest.lines().take(2).map(|next| Line::new(next, Some(line.quotes)));
        let content = next.find(|next| !next.bare.trim().is_empty());
        content.is_some_and(|next| next.quotes == line.quotes && next.indent >= line.indent + 4)
    }
}
