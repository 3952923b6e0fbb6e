//! The head of a chapter's file: where its front matter begins and ends.
//!
//! Front matter is what stands between two `---` lines of which the first is the
//! first line of the file. It is cut off here, before Markdown is read, since a
//! Markdown parser that knows metadata blocks finds them further down too, where
//! `---` is a rule and what stands between two of them is text.
//!
//! What looks like front matter and is not in its place ([`misplaced`]) is taken for it
//! all the same, so that a title is not lost, and is reported as a [`Fault`].

mod dressed;
mod fault;
mod held;
mod language;
mod line;
mod misplaced;

pub use fault::{Above, Fault, FaultKind};
use line::closing_of;
pub(super) use line::{Line, is_unseen, lines};

use super::audience::names_audience;
use super::hold::{self, Hold};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::Span;
use crate::yaml::Document;
use serde_yaml::Mapping;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// The head of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The YAML of its front matter.
    yaml: Option<Span>,
    /// The file's text with the front matter written as YAML, at the same places;
    /// `None` where it is so already.
    repaired: Option<String>,
    /// Where the Markdown begins.
    pub(super) body: usize,
    /// The file's text with blanks for front matter that stands within the Markdown.
    pub(super) blanked: Option<String>,
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
    /// Lines below the front matter that may have been meant as part of it.
    lost: Vec<Span>,
    /// Whether its YAML could not be read as it stands.
    pub(super) is_broken: bool,
    /// Whether it is written in another language than YAML, so that its lines must be looked at by
    /// themselves too.
    is_foreign: bool,
}

impl Head {
    /// Reads the head of a text, which is without its byte order mark.
    pub(super) fn read(text: &str) -> Self {
        let first = lines(text, 0).next().filter(Line::is_fence);
        let mut head = match first.map(|first| Block::below(text, first)) {
            Some(block) if block.is_front_matter() => Self::in_place(text, &block),
            _ => Self::json(text).unwrap_or_else(|| misplaced::find(text)),
        };
        if head.yaml.is_some() {
            head.faults.extend(misplaced::second(text, &head));
            head.lost.extend(held::second(text, &head));
        }
        head
    }

    /// Front matter in JSON, as Hugo has it: an object at the top of the file, with a key that
    /// front matter is known by. JSON is YAML too, and is read as it stands.
    fn json(text: &str) -> Option<Self> {
        let mut values = serde_json::Deserializer::from_str(text.strip_prefix('{').map(|_| text)?)
            .into_iter::<serde_json::Map<String, serde_json::Value>>();
        let object = values.next()?.ok()?;
        let end = values.byte_offset();
        let rest = lines(text, end).next();
        let alone = rest.is_none_or(|line| line.is_blank());
        let is_known = object.keys().any(|key| line::is_known(key));
        let body = rest.map_or(end, |line| line.end);
        (alone && is_known).then(|| Self { yaml: Some(0..end), body, ..Self::default() })
    }

    fn in_place(text: &str, block: &Block<'_>) -> Self {
        match block.closing {
            Some(closing) if closing.is_end() => Self::new(text, block, closing.end, Vec::new()),
            Some(closing) => Self::new(text, block, closing.end, vec![closing.fault(FaultKind::Closing)]),
            None => Self::without_end(text, block),
        }
    }

    /// Front matter that ends where its lines no longer look like it.
    fn without_end(text: &str, block: &Block<'_>) -> Self {
        let end = block.likely_end();
        let lost = block.entries_at_end(end).into_iter().collect();
        let block = Block { content: block.content.start..end, ..block.clone() };
        let fault = block.opening.fault(FaultKind::NoEnd);
        Self { lost, ..Self::new(text, &block, end, vec![fault]) }
    }

    /// The head read anew where its YAML is not valid and runs on into text, so that
    /// its last line must be missing.
    fn cut_short(&self, text: &str) -> Option<Self> {
        let first = lines(text, 0).next().filter(Line::is_fence)?;
        let block = Block::below(text, first);
        let runs_on = self.body > 0 && block.likely_end() < block.content.end;
        let paragraph = lines(text, block.likely_end()).take_while(|line| !line.is_blank()).last();
        let lost =
            block.likely_end()..paragraph.map_or(block.likely_end(), |line| line.end.min(block.content.end));
        runs_on.then(|| {
            let mut head = Self::without_end(text, &block);
            head.lost.push(lost);
            head
        })
    }

    fn new(text: &str, block: &Block<'_>, end: usize, mut faults: Vec<Fault>) -> Self {
        faults.extend(block.odd_lines(end));
        let mut head = Self { yaml: Some(block.content.clone()), body: end, faults, ..Self::default() };
        if block.has_conflict() {
            let marks =
                block.lines().filter(Line::is_conflict).map(|line| line.start..line.start + line.text.len());
            head.repaired = Some(blank(text, marks));
        }
        // No YAML knows these for line ends.
        let odd = ['\u{B}', '\u{C}'];
        if text[block.content.clone()].contains(odd) {
            let mut repaired = head.repaired.take().unwrap_or_else(|| text.to_owned());
            let mended = repaired[block.content.clone()].replace(odd, "\n");
            repaired.replace_range(block.content.clone(), &mended);
            head.repaired = Some(repaired);
        }
        head
    }

    /// Reads the front matter: a document to point into, and its keys and values.
    /// Entries that keep it from being read are left out, and `diagnostics` gets them.
    pub(super) fn parse(
        &mut self,
        source: &Source,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Document, Mapping)> {
        let mut document = self.document(source)?;
        let mut parsed = document.parse(&crate::rule::FRONT_MATTER);
        if parsed.is_err()
            && let Some(shorter) = self.cut_short(&source.text)
        {
            *self = shorter;
            document = self.document(source)?;
            parsed = document.parse(&crate::rule::FRONT_MATTER);
        }
        if let Err(mut wrong) = parsed {
            // What would mend YAML would break TOML.
            if self.is_foreign {
                wrong.suggestion = None;
            }
            diagnostics.push(*wrong);
            self.is_broken = true;
            self.salvage(source);
            document = self.document(source)?;
            parsed = document.parse(&crate::rule::FRONT_MATTER);
        }
        Some((document, parsed.ok()?))
    }

    /// What of the front matter holds its chapter back, also where YAML could not read it.
    pub(super) fn hold(&self, source: &Source, mapping: &Mapping, diagnostics: &mut Vec<Diagnostic>) -> Hold {
        let (Some(yaml), Some(document)) = (&self.yaml, self.document(source)) else { return Hold::Open };
        // Also where YAML was written for what is none, the lines are those of the file.
        let is_broken = self.is_broken || self.is_foreign;
        let mut reading = hold::read(&document, mapping, yaml, &source.text, is_broken);
        for lost in &self.lost {
            reading.read_lost_lines(&document, &Mapping::new(), &source.text, lost, true);
        }
        diagnostics.extend(reading.diagnostics);
        reading.hold
    }

    /// A heading among the YAML, where it is a comment and nobody sees it: the last
    /// line of the front matter is missing above it.
    pub(super) fn lost_heading(&self, text: &str) -> Option<Span> {
        let yaml = self.yaml.clone()?;
        let mut blank = false;
        let mut open: Option<Line<'_>> = None;
        for line in lines(&text[..yaml.end], yaml.start) {
            if line.is_blank() && open.is_some() {
                break;
            }
            let marks = line.text.len() - line.text.trim_start_matches('#').len();
            let heading = (1..=6).contains(&marks) && line.text[marks..].starts_with(' ');
            open = (heading && blank).then_some(line);
            blank = line.is_blank();
        }
        open.map(|line| line.start..line.start + line.text.len())
    }

    fn document(&self, source: &Source) -> Option<Document> {
        let repaired = self.repaired.as_deref().map(Arc::from);
        Some(Document::new(&source.path, repaired.as_ref().unwrap_or(&source.text), self.yaml.clone()?))
    }

    /// Leaves out of the YAML what keeps it from being read: entries that are wrong
    /// by themselves or stand there twice.
    fn salvage(&mut self, source: &Source) {
        let Some(yaml) = self.yaml.clone() else { return };
        let text: Arc<str> = self.repaired.as_deref().map_or_else(|| Arc::clone(&source.text), Arc::from);
        let mut entries: Vec<Span> = Vec::new();
        for line in lines(&text[..yaml.end], yaml.start) {
            match entries.last_mut() {
                Some(entry) if line.key().is_none() => entry.end = line.end,
                _ => entries.push(line.start..line.end),
            }
        }
        let mut known = HashSet::new();
        entries.retain(|entry| {
            let parsed =
                Document::new(&source.path, &text, entry.clone()).parse(&crate::rule::FRONT_MATTER).ok();
            let key = parsed.as_ref().and_then(|entry| entry.keys().next()?.as_str());
            !key.is_some_and(|key| known.insert(key.to_owned()))
        });
        self.repaired = Some(blank(&text, entries.into_iter()));
    }
}

/// Entries of front matter that has no end of its own and runs into text, where they stand below
/// that text.
pub(crate) fn entries_below_text(text: &str) -> Option<&str> {
    let first = lines(text, 0).next().filter(Line::is_fence)?;
    let block = Block::below(text, first);
    Some(&text[block.entries_at_end(block.likely_end())?])
}

/// Lines of front matter that is looked for where it does not belong.
const MOST_LINES: usize = 300;

/// Lines that may be front matter.
#[derive(Debug, Clone)]
struct Block<'a> {
    text: &'a str,
    opening: Line<'a>,
    /// What stands between the lines that open and close it.
    content: Span,
    /// `None` where nothing closes it.
    closing: Option<Line<'a>>,
}

impl<'a> Block<'a> {
    /// What stands below a line, to the next fence or what is meant as one.
    fn below(text: &'a str, opening: Line<'a>) -> Self {
        let closing = closing_of(text, opening);
        let end = closing.map_or(text.len(), |line| line.start);
        Self { text, opening, content: opening.end..end, closing }
    }

    /// The same where it is not sure that anything is meant: no front matter has more
    /// than [`MOST_LINES`], and a look from each of many lines must not go far.
    fn near(text: &'a str, opening: Line<'a>) -> Self {
        Self::until(text, opening, |line| line.is_end() || line.is_false_fence())
    }

    fn until(text: &'a str, opening: Line<'a>, is_closing: impl Fn(&Line<'a>) -> bool) -> Self {
        let mut end = opening.end;
        let mut closing = None;
        for line in lines(text, opening.end).take(MOST_LINES) {
            if is_closing(&line) {
                closing = Some(line);
                break;
            }
            end = line.end;
        }
        Self { text, opening, content: opening.end..end, closing }
    }

    fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        lines(&self.text[..self.content.end], self.content.start)
    }

    /// Lines that are neither blank nor comments.
    fn significant(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        self.lines().filter(|line| !line.is_blank() && !line.is_comment())
    }

    /// Whether this is front matter, and not text between two rules.
    fn is_front_matter(&self) -> bool {
        let empty = self.content.is_empty() && self.closing.is_some();
        empty
            || self.begins_with_key()
            || self.has_known_key()
            || self.names_audience()
            || self.closing.is_some() && self.is_assigned()
    }

    fn begins_with_key(&self) -> bool {
        self.significant().next().is_some_and(|line| {
            let inside = Line { text: line.text.trim_start_matches([' ', '\t']), ..line };
            let is_indented = inside.text.len() < line.text.len() && inside.has_known_key();
            is_indented
                || line.key().is_some()
                || line.is_conflict()
                || line.text.starts_with(['{', '"', '?'])
        })
    }

    /// Whether its lines are `key = value`, with a key that front matter is known by.
    fn is_assigned(&self) -> bool {
        let key = |line: &Line<'a>| line.text.split_once('=').map(|(key, _)| key.trim());
        let is_key = |key: &str| !key.is_empty() && !key.contains([' ', ':']);
        self.significant().all(|line| key(&line).is_some_and(is_key))
            && self.significant().any(|line| key(&line).is_some_and(line::is_known))
    }

    fn has_known_key(&self) -> bool {
        self.significant().any(|line| line.has_known_key())
    }

    fn names_audience(&self) -> bool {
        self.significant().any(|line| names_audience(&line))
    }

    fn has_conflict(&self) -> bool {
        self.lines().any(|line| line.is_conflict())
    }

    /// Where the lines end that look like front matter: before the first that cannot
    /// be YAML, or before an empty line that no key follows.
    fn likely_end(&self) -> usize {
        let mut end = self.content.start;
        let mut blank = false;
        for line in self.lines() {
            if line.is_blank() {
                blank = true;
            } else if !line.is_yaml() || blank && line.key().is_none() {
                break;
            } else {
                blank = false;
                end = line.end;
            }
        }
        end
    }

    /// The last paragraph above the line that closes the block, where each of its lines is an entry:
    /// it was meant as front matter, though text runs into it from above.
    fn entries_at_end(&self, from: usize) -> Option<Span> {
        self.closing?;
        let (mut entries, mut is_text, mut is_below_blank) = (None::<Span>, true, false);
        for line in lines(&self.text[..self.content.end], from) {
            if line.is_blank() {
                is_below_blank = true;
                continue;
            }
            if std::mem::take(&mut is_below_blank) {
                (entries, is_text) = (None, false);
            }
            let goes_on = entries.is_some() && line.is_yaml() && !line.is_comment();
            is_text |= line.key().is_none() && !goes_on;
            entries = match entries {
                _ if is_text => None,
                Some(entries) => Some(entries.start..line.end),
                None => Some(line.start..line.end),
            };
        }
        entries
    }

    /// Marks of a merge and odd line ends, each reported once.
    fn odd_lines(&self, end: usize) -> Vec<Fault> {
        let conflict = self.lines().find(Line::is_conflict).map(|line| line.fault(FaultKind::Conflict));
        let whole = &self.text[self.opening.start..end];
        let odd = whole.char_indices().find(|(at, c)| match c {
            '\r' => !whole[at + 1..].starts_with('\n'),
            c => matches!(c, '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'),
        });
        let odd = odd.map(|(at, c)| {
            let start = self.opening.start + at;
            Fault { kind: FaultKind::LineEnds, span: start..start + c.len_utf8() }
        });
        conflict.into_iter().chain(odd).collect()
    }
}

impl Line<'_> {
    fn fault(&self, kind: FaultKind) -> Fault {
        Fault { kind, span: self.start..self.start + self.text.len() }
    }
}

/// A text with spaces for what stands at some places, line ends apart.
fn blank(text: &str, places: impl Iterator<Item = Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for place in places {
        out.push_str(&text[done..place.start]);
        let gone = &text[place.clone()];
        out.extend(
            gone.bytes().map(|byte| if matches!(byte, b'\r' | b'\n') { char::from(byte) } else { ' ' }),
        );
        done = place.end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests;
