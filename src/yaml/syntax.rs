//! What the YAML parser says, in words of the catalogues, at the line that is wrong.
//!
//! The parser speaks English, to programmers, and names the place where it gave up.
//! That is often a line below the slip: of a quotation mark that is never closed it
//! names the end of the text, of a full-width colon the next line.

use super::bounds::MAX_NESTED;
use super::problem::{ParserError, Problem};
use super::{Document, Places};
use crate::diagnostic::{Diagnostic, Edit, Suggestion};
use crate::locale::Message;
use crate::message;
use crate::rule::{self, Rule};
use crate::text::{LineIndex, Span};

impl Document {
    /// The diagnostic for what the parser says.
    pub(super) fn syntax_error(&self, rule: &'static Rule, error: &serde_yaml::Error) -> Diagnostic {
        let words = error.to_string();
        let parsed = ParserError::new(&words);
        let span = error
            .location()
            .map_or_else(|| self.second_document(), |place| self.rest_of_line(place.line(), place.column()));
        match parsed.words {
            "recursion limit exceeded" => {
                return Diagnostic::new(&rule::LIMIT, message!("limit-nested", levels = MAX_NESTED))
                    .at(&self.path, span)
                    .help(message!("limit-nested.help"));
            }
            "repetition limit exceeded" => return self.repeats_too_much(span.start),
            _ => {}
        }
        if let Some(key) = parsed.repeated_key() {
            return self.repeated(rule, key, span);
        }
        if let Some(colon) = self.wrong_colon(span.start) {
            let (sign, message) = match self.text[colon..].starts_with(':') {
                true => (':', message!("yaml-tight-colon")),
                false => ('：', message!("yaml-wide-colon")),
            };
            let place = colon..colon + sign.len_utf8();
            return self.right_colons(Diagnostic::new(rule, message).at(&self.path, place), colon);
        }
        if matches!(parsed.problem(), Problem::Behind | Problem::Key)
            && let Some(quote) = open_quote(self.yaml(), span.start - self.span.start)
        {
            let message = message!("yaml-invalid", problem = Problem::Quote.message());
            let place = self.span.start + quote.start..self.span.start + quote.end;
            return Diagnostic::new(rule, message)
                .at(&self.path, place)
                .help(message!("yaml-quote-end.help"));
        }
        let opened = parsed.opened.map(|(line, column)| self.rest_of_line(line, column));
        let before = self.text[..span.start].rsplit('\n').next().unwrap_or("");
        let problem = match parsed.problem() {
            // What the parser misses is a key; in the middle of a line nobody meant one.
            Problem::Key if !before.trim().is_empty() => Problem::Behind,
            problem => problem,
        };
        let diagnostic = Diagnostic::new(rule, message!("yaml-invalid", problem = problem.message()));
        let diagnostic = match (opened, problem) {
            // Nobody finds a mark that is not closed by looking where it should have been.
            (Some(opened), Problem::Quote | Problem::Colon) => diagnostic.at(&self.path, opened),
            (Some(opened), Problem::List | Problem::Map) => {
                diagnostic.at(&self.path, span.clone()).related(&self.path, opened, message!("yaml-opened"))
            }
            _ => diagnostic.at(&self.path, span.clone()),
        };
        match help(&self.text, span.start, problem) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    /// The place of the full-width colon, or the colon without a space, that the line at `at` or
    /// one right above it has behind its key: the first where such lines follow each
    /// other. No further than this document reaches, since one is read for each entry of
    /// front matter that is wrong.
    pub(super) fn wrong_colon(&self, at: usize) -> Option<usize> {
        let yaml = self.yaml();
        let begin = |at: usize| yaml[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = begin(at - self.span.start);
        let (mut start, mut first) = (line, wrong_colon(yaml, line));
        while start > 0 && (first.is_some() || start == line) {
            start = begin(start - 1);
            match wrong_colon(yaml, start) {
                None => break,
                above => first = above,
            }
        }
        first.map(|colon| self.span.start + colon)
    }

    /// A diagnostic about the colon at a place with what to write, and the suggestion to write `: `
    /// behind all keys that have another colon and stand at the beginning of a line, if these lines
    /// are then valid.
    pub(super) fn right_colons(&self, diagnostic: Diagnostic, colon: usize) -> Diagnostic {
        let diagnostic = diagnostic.help(match self.text[colon..].starts_with(':') {
            true => message!("yaml-tight-colon.help"),
            false => message!("yaml-wide-colon.help"),
        });
        let yaml = self.yaml();
        let mut edits = Vec::new();
        let mut start = 0;
        for line in yaml.split_inclusive('\n') {
            let is_key = line.starts_with(|c: char| c.is_alphanumeric());
            edits.extend(
                wrong_colon(yaml, start).filter(|_| is_key).and_then(|colon| self.right_colon(colon)),
            );
            start += line.len();
        }
        match edits.is_empty() {
            true => diagnostic,
            false => diagnostic.suggest(Suggestion::certain(": ", edits)),
        }
    }

    /// The edit of the colon at a place of the YAML.
    fn right_colon(&self, colon: usize) -> Option<Edit> {
        let yaml = self.yaml();
        let line = yaml[..colon].rfind('\n').map_or(0, |newline| newline + 1);
        let behind = colon + yaml[colon..].chars().next().map_or(0, char::len_utf8);
        let rest = yaml[behind..].lines().next().unwrap_or_default();
        let value = rest.trim_start_matches([' ', '\u{3000}']);
        let right = if value.is_empty() { ":" } else { ": " };
        let parsed =
            serde_yaml::from_str::<serde_yaml::Mapping>(&format!("{}{right}{value}", &yaml[line..colon]));
        let end = self.span.start + behind + rest.len() - value.len();
        let is_right = parsed.is_ok_and(|mapping| mapping.len() == 1);
        is_right.then(|| Edit::new(self.span.start + colon..end, right))
    }

    /// Where a second document begins, which the parser does not say; else the first line.
    fn second_document(&self) -> Span {
        let behind = self.yaml().find("\n---").map(|newline| self.span.start + newline + 1);
        behind.map_or_else(|| self.first_line(), |start| start..start + "---".len())
    }

    /// From a line and column of the YAML to the end of that line, in the file.
    fn rest_of_line(&self, line: usize, column: usize) -> Span {
        let start = self.span.start + LineIndex::new(self.yaml()).offset(line, column);
        let rest = &self.text[start..];
        start..start + rest.find(['\r', '\n']).unwrap_or(rest.len())
    }

    /// A key that stands twice in one mapping: the parser names the mapping only.
    fn repeated(&self, rule: &'static Rule, key: &str, span: Span) -> Diagnostic {
        let diagnostic = Diagnostic::new(rule, message!("yaml-repeated", key = key));
        let diagnostic = diagnostic.help(message!("yaml-repeated.help"));
        let shift = |place: (usize, usize)| self.span.start + place.0..self.span.start + place.1;
        match self.places.get(|| Places::new(self.yaml())).repeated() {
            Some((first, second)) => diagnostic.at(&self.path, shift(second)).related(
                &self.path,
                shift(first),
                message!("yaml-repeated-other"),
            ),
            None => diagnostic.at(&self.path, span),
        }
    }
}

/// The place of a full-width colon, or of one without a space, behind the key of the line at `start`.
fn wrong_colon(text: &str, start: usize) -> Option<usize> {
    let line = text[start..].lines().next()?;
    let (key, rest) = line.split_once(['：', ':'])?;
    let is_narrow = line[key.len()..].starts_with(':');
    if is_narrow && (rest.is_empty() || rest.starts_with([' ', '\t', '/', ':'])) {
        return None;
    }
    let name = key.trim_start_matches([' ', '-']);
    let good = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    (!name.is_empty() && name.chars().all(good) && !line.contains(": ")).then_some(start + key.len())
}

/// A value above a place that begins with a quotation mark and goes on over the next key: the parser
/// ends it at the next such mark, wherever that stands.
fn open_quote(yaml: &str, before: usize) -> Option<Span> {
    let mut lines = yaml.get(..before)?.split_inclusive('\n').peekable();
    let mut start = 0;
    while let Some(line) = lines.next() {
        let written = line.trim_end();
        let value = written.split_once(": ").map_or("", |(_, value)| value.trim_start());
        let is_open = ['"', '\'']
            .iter()
            .any(|mark| value.strip_prefix(*mark).is_some_and(|inner| !inner.contains(*mark)));
        let is_key = |next: &&str| {
            let name = next.split(':').next().unwrap_or_default();
            name.len() < next.len()
                && !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        };
        if is_open && lines.peek().is_some_and(is_key) {
            return Some(start + written.len() - value.len()..start + written.len());
        }
        start += line.len();
    }
    None
}

fn help(text: &str, at: usize, problem: Problem) -> Option<Message> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let above = text[..line_start].trim_end().lines().last().unwrap_or("");
    let either = |test: fn(&str) -> bool| test(line) || test(above);
    if either(|line| line.contains('\t')) {
        return Some(message!("yaml-tab.help"));
    }
    match problem {
        Problem::Behind => Some(message!("yaml-quote-whole.help")),
        Problem::Quote => Some(message!("yaml-quote-end.help")),
        Problem::Start | Problem::Alias | Problem::Anchor | Problem::Tag => {
            Some(message!("yaml-quote-sign.help"))
        }
        Problem::List | Problem::Map => Some(message!("yaml-close.help")),
        _ if either(|line| line.matches(": ").count() > 1) => Some(message!("yaml-quote-colon.help")),
        Problem::Colon => Some(message!("yaml-not-keys.help")),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
