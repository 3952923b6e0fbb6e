//! YAML with places: values read by `serde_yaml`, and where each one stands.
//!
//! `serde_yaml` gives values without spans. Findings are rare, so the place of
//! a value is looked up only when a message needs it, by reading the text once
//! more with a span-keeping parser (`places`).

mod bounds;
mod places;
pub mod reader;

pub use reader::Reader;

use crate::diagnostic::Diagnostic;
use crate::rule::{self, Rule};
use crate::text::{LineIndex, Span};
use jiff::civil::Date;
use places::Places;
use serde_yaml::{Mapping, Value};
use std::sync::{Arc, OnceLock};

/// How deep values may lie in one another; what `serde_yaml` holds to.
const MAX_NESTED: usize = 128;

/// One step from a value to a value inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of a mapping's key.
    Key(String),
    /// An item of a sequence, from 0.
    Item(usize),
}

/// A YAML text that lies in a file, alone or as front matter.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document {
    /// File, relative to the project folder.
    pub path: Arc<str>,
    /// The whole file.
    pub text: Arc<str>,
    /// The YAML in it.
    pub span: Span,
    /// Where its values stand, once one was asked for.
    places: Arc<OnceLock<Places>>,
}

impl Document {
    /// A document at `span` of a file.
    #[must_use]
    pub fn new(path: &Arc<str>, text: &Arc<str>, span: Span) -> Self {
        Self { path: Arc::clone(path), text: Arc::clone(text), span, places: Arc::default() }
    }

    /// The same document, which knows no places yet.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self::new(&self.path, &self.text, self.span.clone())
    }

    fn yaml(&self) -> &str {
        &self.text[self.span.clone()]
    }

    /// Reads the document as a mapping; an empty one counts as an empty mapping.
    ///
    /// # Errors
    /// A finding of `rule` where it is not valid YAML or not a mapping.
    pub fn parse(&self, rule: &'static Rule) -> Result<Mapping, Box<Diagnostic>> {
        if let Some(at) = bounds::excess(self.yaml()) {
            return Err(Box::new(self.repeats_too_much(self.span.start + at)));
        }
        match serde_yaml::from_str::<Value>(self.yaml()) {
            Ok(Value::Mapping(mapping)) => Ok(mapping),
            Ok(Value::Null) => Ok(Mapping::new()),
            Ok(_) => Err(Box::new(
                Diagnostic::new(rule, "this is not a list of `key: value` lines")
                    .at(&self.path, self.first_line())
                    .help("write one `key: value` per line, e.g. `title: 采购制度`"),
            )),
            Err(error) => Err(Box::new(self.syntax_error(rule, &error))),
        }
    }

    fn repeats_too_much(&self, start: usize) -> Diagnostic {
        let most = bounds::MAX_REPEATED / 1024 / 1024;
        let end = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |end| start + end);
        Diagnostic::new(&rule::LIMIT, format!("aliases repeat more than {most} MB of this text"))
            .at(&self.path, start..end)
            .help("write the values out, or leave them out")
    }

    fn first_line(&self) -> Span {
        let line = self.yaml().trim_start();
        let start = self.span.end - line.len();
        start..start + line.find(['\r', '\n']).unwrap_or(line.len())
    }

    fn syntax_error(&self, rule: &'static Rule, error: &serde_yaml::Error) -> Diagnostic {
        let words = error.to_string();
        let message = words.split(" at line ").next().unwrap_or(&words);
        let span = error.location().map_or_else(
            || self.first_line(),
            |place| {
                let index = LineIndex::new(self.yaml());
                let start = self.span.start + index.offset(place.line(), place.column());
                let line = &self.text[start..];
                let end = start + line.find(['\r', '\n']).unwrap_or(line.len());
                start..end.max(start)
            },
        );
        match message {
            "recursion limit exceeded" => {
                return Diagnostic::new(
                    &rule::LIMIT,
                    format!("values lie more than {MAX_NESTED} levels deep"),
                )
                .at(&self.path, span)
                .help("no setting needs more than a few levels");
            }
            "repetition limit exceeded" => return self.repeats_too_much(span.start),
            _ => {}
        }
        let found = Diagnostic::new(rule, format!("not valid YAML: {message}")).at(&self.path, span.clone());
        match syntax_help(&self.text, span.start) {
            Some(help) => found.help(help),
            None => found,
        }
    }

    /// Where the value at `steps` stands; the key's place if there is no value.
    #[must_use]
    pub fn locate(&self, steps: &[Step]) -> Span {
        self.find(steps, false).unwrap_or_else(|| self.first_line())
    }

    /// Where the key of the value at `steps` stands.
    #[must_use]
    pub fn locate_key(&self, steps: &[Step]) -> Span {
        self.find(steps, true).unwrap_or_else(|| self.first_line())
    }

    fn find(&self, steps: &[Step], key: bool) -> Option<Span> {
        let yaml = self.yaml();
        let (start, end) = self.places.get_or_init(|| Places::new(yaml)).find(steps, key)?;
        let end = start + yaml[start..end.max(start)].trim_end().len();
        let first_line = yaml[start..end].find(['\r', '\n']).map_or(end, |at| start + at);
        Some(self.span.start + start..self.span.start + first_line)
    }

    /// The characters of the value at `steps` as they are written, so that
    /// `version: 1.10` is not read as the number 1.1.
    #[must_use]
    pub fn written(&self, steps: &[Step]) -> &str {
        &self.text[self.locate(steps)]
    }
}

fn syntax_help(text: &str, at: usize) -> Option<&'static str> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let above = text[..line_start].trim_end().lines().last().unwrap_or("");
    if line.contains('\t') || above.contains('\t') {
        return Some("YAML is indented with spaces, not with tabs");
    }
    if [line, above].iter().any(|line| line.contains('：') && !line.contains(": ")) {
        return Some("write the half-width colon followed by a space (`: `), not the full-width `：`");
    }
    if line.matches(": ").count() > 1 || above.matches(": ").count() > 1 {
        return Some("put a value that contains `: ` in quotes");
    }
    None
}

/// A text and the way to it, so that a later stage can point at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned {
    /// The text.
    pub text: String,
    /// The way to it through the document.
    pub steps: Vec<Step>,
}

/// Reads `2025-01-31`.
///
/// # Errors
/// What to write instead, where it is no date or not in that form.
pub fn parse_date(written: &str) -> Result<Date, String> {
    if written.len() == 10
        && let Ok(date) = written.parse::<Date>()
    {
        return Ok(date);
    }
    let numbers: Vec<i64> =
        written.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let [year, month, day, ..] = numbers[..] else {
        return Err("write year-month-day, e.g. 2025-01-31".to_owned());
    };
    let (Ok(y), Ok(m), Ok(d)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return Err("write year-month-day, e.g. 2025-01-31".to_owned());
    };
    match Date::new(y, m, d) {
        Ok(date) => Err(format!("write {date}")),
        Err(_) => match Date::new(y, m, 1) {
            Ok(first) => Err(format!("{year}-{month:02} has {} days", first.days_in_month())),
            Err(_) => Err("write year-month-day, e.g. 2025-01-31".to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn document(text: &str) -> Document {
        let text: Arc<str> = text.into();
        let span = 0..text.len();
        Document::new(&"x.yaml".into(), &text, span)
    }

    #[test]
    fn values_are_located_by_path() {
        let document = document("a: 甲\nroles:\n  - 客服\n  - 运营经里\nb:\n");
        let steps = [Step::Key("roles".into()), Step::Item(1)];
        assert_eq!(&document.text[document.locate(&steps)], "运营经里");
        assert_eq!(&document.text[document.locate_key(&[Step::Key("roles".into())])], "roles");
        assert_eq!(&document.text[document.locate(&[Step::Key("b".into())])], "b");
    }

    #[test]
    fn numbers_keep_their_writing() {
        let document = document("version: 1.10\n");
        let mapping = document.parse(&rule::YAML).expect("valid");
        assert_eq!(Reader::new(&document, &mapping, vec![]).string("version").as_deref(), Some("1.10"));
    }

    #[test]
    fn impossible_dates_say_why() {
        assert_eq!(parse_date("2024-02-30").unwrap_err(), "2024-02 has 29 days");
        assert_eq!(parse_date("2024年2月3日").unwrap_err(), "write 2024-02-03");
        assert!(parse_date("soon").is_err());
        assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn a_full_width_colon_is_explained() {
        let error = document("title：采购\nid: A-1\n").parse(&rule::FRONT_MATTER).unwrap_err();
        let help = Language::ENGLISH.text(&error.help.expect("help"));
        assert!(help.contains("half-width"), "{help}");
    }
}
