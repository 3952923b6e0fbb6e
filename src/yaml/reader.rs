//! Typed values out of a YAML mapping, each mistake a finding at its place.

use super::{Document, Spanned, Step, parse_date};
use crate::diagnostic::{Diagnostic, nearest};
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};
use std::fmt::Write as _;

/// Characters that a text in YAML may have.
const LONGEST: usize = 4_000;

/// Texts that a list of a chapter may have, e.g. topics: each may get pages.
const MOST: usize = 1_000;

/// Reads typed values out of a mapping and collects what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    document: &'a Document,
    mapping: &'a Mapping,
    base: Vec<Step>,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader of the mapping that stands at `base` of the document.
    #[must_use]
    pub fn new(document: &'a Document, mapping: &'a Mapping, base: Vec<Step>) -> Self {
        Self { document, mapping, base, diagnostics: Vec::new() }
    }

    /// The file that is read.
    #[must_use]
    pub const fn path(&self) -> &'a std::sync::Arc<str> {
        &self.document.path
    }

    /// The steps to a key of this mapping.
    #[must_use]
    pub fn steps(&self, key: &str) -> Vec<Step> {
        let mut steps = self.base.clone();
        steps.push(Step::Key(key.to_owned()));
        steps
    }

    /// The value of a key, unless missing or null.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&'a Value> {
        self.mapping.get(key).filter(|value| !value.is_null())
    }

    /// Adds a finding about the value at `steps`.
    pub fn report(&mut self, steps: &[Step], found: Diagnostic) {
        let span = self.document.locate(steps);
        self.diagnostics.push(found.at(&self.document.path, span));
    }

    fn mistyped(&mut self, steps: &[Step], key: &str, wanted: &str) {
        self.report(steps, Diagnostic::new("invalid-value", format!("`{key}` must be {wanted}")));
    }

    /// Reports keys that are not among `known` (and do not begin with `x-`).
    pub fn unknown_keys(&mut self, known: &[&str]) {
        self.unknown_keys_but(known, |_| None);
    }

    /// The same, where `meant` may know what another word for a key means.
    pub fn unknown_keys_but(&mut self, known: &[&str], meant: impl Fn(&str) -> Option<&'static str>) {
        for key in self.mapping.keys() {
            let name = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
            if known.contains(&name.as_str()) || name.starts_with("x-") {
                continue;
            }
            let span = self.document.locate_key(&self.steps(&name));
            let near = meant(&name).or_else(|| nearest(&name, known.iter().copied()));
            let found = Diagnostic::new("unknown-key", format!("nothing reads the key `{name}`"))
                .at(&self.document.path, span);
            self.diagnostics.push(match near {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help("remove it, or put it under `extra:` or begin it with `x-`"),
            });
        }
    }

    /// A scalar as text; numbers and booleans as they are written.
    pub fn string(&mut self, key: &str) -> Option<String> {
        let steps = self.steps(key);
        let text = self.scalar(self.value(key)?, &steps, key)?;
        Some(text).filter(|text| !text.is_empty())
    }

    fn scalar(&mut self, value: &Value, steps: &[Step], key: &str) -> Option<String> {
        match value {
            Value::String(text) => Some(self.bounded(text.trim(), steps, key).to_owned()),
            Value::Number(_) | Value::Bool(_) => Some(self.document.written(steps).to_owned()),
            Value::Tagged(tagged) => self.scalar(&tagged.value, steps, key),
            _ => {
                self.mistyped(steps, key, "one line of text");
                None
            }
        }
    }

    /// A text cut where it is far longer than any page could show it. Names,
    /// summaries and definitions stand on many pages.
    fn bounded<'t>(&mut self, text: &'t str, steps: &[Step], key: &str) -> &'t str {
        let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text };
        let message = format!("`{key}` has more than {LONGEST} characters");
        self.report(
            steps,
            Diagnostic::new("limit", message).help("shorten it; long texts belong into chapters"),
        );
        &text[..end]
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn strings(&mut self, key: &str) -> Vec<Spanned> {
        let steps = self.steps(key);
        self.value(key).map_or_else(Vec::new, |value| self.texts(value, &steps, key))
    }

    fn texts(&mut self, value: &Value, steps: &[Step], key: &str) -> Vec<Spanned> {
        let Value::Sequence(items) = value else {
            let text = self.scalar(value, steps, key);
            return text
                .filter(|text| !text.is_empty())
                .map(|text| Spanned { text, steps: steps.to_vec() })
                .into_iter()
                .collect();
        };
        if items.len() > MOST {
            let found = Diagnostic::new("limit", format!("`{key}` lists more than {MOST} entries"));
            self.report(steps, found.help("the rest is left out"));
        }
        let mut texts = Vec::with_capacity(items.len().min(MOST));
        for (at, item) in items.iter().take(MOST).enumerate().filter(|(_, item)| !item.is_null()) {
            let mut steps = steps.to_vec();
            steps.push(Step::Item(at));
            if let Some(text) = self.scalar(item, &steps, key) {
                texts.push(Spanned { text, steps });
            }
        }
        texts
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &str) -> Option<bool> {
        let value = self.value(key)?;
        if value.as_bool().is_none() {
            self.mistyped(&self.steps(key), key, "`true` or `false`");
        }
        value.as_bool()
    }

    /// A whole number.
    pub fn integer(&mut self, key: &str) -> Option<i64> {
        let value = self.value(key)?;
        if value.as_i64().is_none() {
            self.mistyped(&self.steps(key), key, "a whole number");
        }
        value.as_i64()
    }

    /// A day of the calendar, written `2025-01-31`.
    pub fn date(&mut self, key: &str) -> Option<Date> {
        let written = self.string(key)?;
        match parse_date(&written) {
            Ok(date) => Some(date),
            Err(help) => {
                let steps = self.steps(key);
                let found = Diagnostic::new("invalid-date", format!("`{written}` is not a date"));
                self.report(&steps, found.help(help));
                None
            }
        }
    }

    /// One of a closed list, by its key or by a word for it.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&'static str, &'static str, T)]) -> Option<T> {
        let written = self.string(key)?;
        let folded = written.to_lowercase().replace(['-', ' '], "_");
        if let Some(row) = choices.iter().find(|row| row.0 == folded || row.1 == written) {
            return Some(row.2);
        }
        let steps = self.steps(key);
        let mut all = String::new();
        for row in choices {
            let _ = write!(all, "{}{}", if all.is_empty() { "" } else { ", " }, row.0);
        }
        let near = nearest(&folded, choices.iter().flat_map(|row| [row.0, row.1]));
        let help = near.map_or_else(
            || format!("write one of {all}"),
            |near| format!("did you mean `{near}`? (one of {all})"),
        );
        let found =
            Diagnostic::new("invalid-value", format!("`{written}` is not a value of `{key}`")).help(help);
        self.report(&steps, found);
        None
    }

    /// A mapping inside this one, as a reader of its own.
    pub fn mapping(&mut self, key: &str) -> Option<Reader<'a>> {
        let value = self.value(key)?;
        let steps = self.steps(key);
        let Value::Mapping(mapping) = value else {
            self.mistyped(&steps, key, "a list of `key: value` lines");
            return None;
        };
        Some(Reader::new(self.document, mapping, steps))
    }

    /// A list of mappings, each as a reader of its own.
    pub fn mappings(&mut self, key: &str) -> Vec<Reader<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let steps = self.steps(key);
        let Value::Sequence(items) = value else {
            self.mistyped(&steps, key, "a list, each item beginning with `- `");
            return Vec::new();
        };
        let mut readers = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let mut steps = steps.clone();
            steps.push(Step::Item(at));
            match item {
                Value::Mapping(mapping) => readers.push(Reader::new(self.document, mapping, steps)),
                _ => self.mistyped(&steps, key, "a list of `key: value` groups"),
            }
        }
        readers
    }

    /// The keys of this mapping that are text, in the order written.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.mapping.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect()
    }

    /// Keys that are text, with their values, in the order written.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        self.mapping.iter().filter_map(|(key, value)| Some((key.as_str()?, value)))
    }

    /// The steps to this mapping itself.
    #[must_use]
    pub fn base(&self) -> &[Step] {
        &self.base
    }
}
