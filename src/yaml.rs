//! YAML with places: values read by `serde_yaml`, and where each one stands.
//!
//! `serde_yaml` gives values without spans. Diagnostics are rare, so the place of
//! a value is looked up only when a message needs it, by reading the text once
//! more with a span-keeping parser (`places`).

mod bounds;
mod comments;
mod date;
mod example;
mod flag;
mod places;
mod problem;
mod quotes;
pub mod reader;
mod syntax;

pub(crate) use date::MONTHS;
pub use date::{BadDate, parse_date};
pub(crate) use flag::flag;
pub use reader::Reader;

use crate::diagnostic::{Diagnostic, Suggestion};
use crate::lean::Memo;
use crate::message;
use crate::rule::{self, Rule};
use crate::text::Span;
use places::Places;
use serde_yaml::{Mapping, Value};
use std::sync::Arc;

/// One step from a value to a value inside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    places: Arc<Memo<Places>>,
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

    /// Frees what is known of places, for it and all that share it.
    pub(crate) fn forget_places(&self) {
        self.places.forget();
    }

    fn yaml(&self) -> &str {
        &self.text[self.span.clone()]
    }

    /// Reads the document as a mapping; an empty one counts as an empty mapping.
    ///
    /// # Errors
    /// A diagnostic of `rule` where it is not valid YAML or not a mapping.
    pub fn parse(&self, rule: &'static Rule) -> Result<Mapping, Box<Diagnostic>> {
        match self.parse_any(rule)? {
            Value::Mapping(mapping) => Ok(mapping),
            Value::Null => Ok(Mapping::new()),
            _ => {
                let diagnostic =
                    Diagnostic::new(rule, message!("yaml-not-keys")).at(&self.path, self.first_line());
                Err(Box::new(match self.wrong_colon(self.first_line().start) {
                    Some(colon) => self.right_colons(diagnostic, colon),
                    None => diagnostic.help(message!("yaml-not-keys.help")),
                }))
            }
        }
    }

    /// Reads the document as whatever it is.
    ///
    /// # Errors
    /// A diagnostic of `rule` where it is not valid YAML.
    pub fn parse_any(&self, rule: &'static Rule) -> Result<Value, Box<Diagnostic>> {
        if let Some(at) = bounds::too_deep(self.yaml()) {
            return Err(Box::new(self.nests_too_deep(self.span.start + at)));
        }
        if let Some(at) = bounds::excess(self.yaml()) {
            return Err(Box::new(self.repeats_too_much(self.span.start + at)));
        }
        serde_yaml::from_str(self.yaml()).map_err(|error| Box::new(self.syntax_error(rule, &error)))
    }

    fn repeats_too_much(&self, start: usize) -> Diagnostic {
        let most = bounds::MAX_REPEATED / 1024 / 1024;
        let end = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |end| start + end);
        Diagnostic::new(&rule::LIMIT, message!("limit-aliases", megabytes = most))
            .at(&self.path, start..end)
            .help(message!("limit-aliases.help"))
    }

    fn nests_too_deep(&self, start: usize) -> Diagnostic {
        Diagnostic::new(&rule::LIMIT, message!("limit-nested", levels = bounds::MAX_NESTED))
            .at(&self.path, start..start + 1)
            .help(message!("limit-nested.help"))
    }

    fn first_line(&self) -> Span {
        let line = self.yaml().trim_start();
        let start = self.span.end - line.len();
        start..start + line.find(['\r', '\n']).unwrap_or(line.len())
    }

    /// Notes of values that a `#` cuts, since YAML reads a comment there.
    #[must_use]
    pub fn cut_values(&self) -> Vec<Diagnostic> {
        let place = |cut: Span| self.span.start + cut.start..self.span.start + cut.end;
        let note = |span: Span| {
            let whole = quoted(&self.text[span.clone()]);
            let diagnostic = Diagnostic::new(&rule::COMMENT_IN_VALUE, message!("comment-in-value"))
                .at(&self.path, span)
                .help(message!("comment-in-value.help", quoted = &whole));
            diagnostic.suggest(Suggestion::guess(whole))
        };
        comments::cut(self.yaml()).into_iter().map(|cut| note(place(cut))).collect()
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
        let (start, end) = self.places.get(|| Places::new(yaml)).find(steps, key)?;
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

/// A text as a value in quotation marks.
fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// A text and the way to it, so that a later stage can point at it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned {
    /// The text.
    pub text: String,
    /// The way to it through the document.
    pub steps: Vec<Step>,
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
