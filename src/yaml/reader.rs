//! Typed values out of a YAML mapping, each mistake a diagnostic at its place.

use super::example::example_of;
use super::{Document, Spanned, Step, date, flag, parse_date};
use crate::diagnostic::{Diagnostic, Edit, Suggestion, nearest};
use crate::locale::{Message, Value as Argument};
use crate::message;
use crate::rule;
use crate::text::Span;
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};
use std::collections::HashSet;

/// Characters that a text in YAML may have.
const LONGEST: usize = 4_000;

/// The key that says who may see a chapter. A person must write it: until then the chapter is
/// withheld.
const AUDIENCE: &str = "audience";

/// Texts that a list of a chapter may have, e.g. topics: each may get pages.
const MOST: usize = 1_000;

/// Reads typed values out of a mapping and collects what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    document: &'a Document,
    mapping: &'a Mapping,
    base: Vec<Step>,
    /// What is wrong with the mapping.
    pub diagnostics: Vec<Diagnostic>,
    faults: usize,
}

impl<'a> Reader<'a> {
    /// A reader of the mapping that stands at `base` of the document.
    #[must_use]
    pub fn new(document: &'a Document, mapping: &'a Mapping, base: Vec<Step>) -> Self {
        Self { document, mapping, base, diagnostics: Vec::new(), faults: 0 }
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

    /// How many values so far could not be taken as they are written. Code that must know
    /// this asks here: what a diagnostic says is for people.
    #[must_use]
    pub const fn faults(&self) -> usize {
        self.faults
    }

    /// Adds a diagnostic about the value at `steps`, which counts as a fault.
    pub fn report(&mut self, steps: &[Step], diagnostic: Diagnostic) {
        self.faults += 1;
        let span = self.document.locate(steps);
        self.diagnostics.push(diagnostic.at(&self.document.path, span));
    }

    /// Takes over the diagnostics and faults of a reader of a value inside this mapping.
    pub fn absorb(&mut self, inner: &mut Self) {
        self.faults += std::mem::take(&mut inner.faults);
        self.diagnostics.append(&mut inner.diagnostics);
    }

    /// Adds a diagnostic about a key of this mapping.
    pub fn report_key(&mut self, key: &str, diagnostic: Diagnostic) {
        let span = self.document.locate_key(&self.steps(key));
        self.diagnostics.push(diagnostic.at(&self.document.path, span));
    }

    /// Where the value at `steps` stands in the file.
    #[must_use]
    pub fn place(&self, steps: &[Step]) -> Span {
        self.document.locate(steps)
    }

    /// Where a key of this mapping stands in the file.
    #[must_use]
    pub fn place_of_key(&self, key: &str) -> Span {
        self.document.locate_key(&self.steps(key))
    }

    /// The suggestion to write `right` for a key, which is certain unless the key is written
    /// between quotation marks, or `right` is a key of this mapping already.
    #[must_use]
    pub fn rename_key(&self, key: &str, right: &str) -> Suggestion {
        let place = self.place_of_key(key);
        let is_plain = self.document.text.get(place.clone()) == Some(key);
        match is_plain && !self.mapping.contains_key(right) {
            true => Suggestion::certain(right, vec![Edit::new(place, right)]),
            false => Suggestion::likely(right),
        }
    }

    fn mistyped(&mut self, steps: &[Step], message: Message) {
        self.report(steps, Diagnostic::new(&rule::INVALID_VALUE, message));
    }

    /// A value that should hold keys of its own; a full-width colon makes it a text.
    fn keyless(&mut self, value: &Value, steps: &[Step], key: &str, message: Message) {
        let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message);
        let wide = value.as_str().is_some_and(|text| text.contains('：'));
        let example = example_of(key);
        let diagnostic = match example {
            _ if wide => diagnostic.help(message!("yaml-wide-colon.help")),
            Some(example) => diagnostic.help(message!("invalid-value-example.help", example = example)),
            None => diagnostic,
        };
        self.report(steps, diagnostic);
    }

    /// Reports keys that are not among `known` (and do not begin with `x-`).
    pub fn unknown_keys(&mut self, known: &[&str]) {
        self.unknown_keys_but(known, |_| false, |_| None);
    }

    /// The same, where people write other `words` for keys.
    pub fn unknown_keys_or(&mut self, known: &[&str], words: &[(&str, &'static str)]) {
        let meant =
            |name: &str| words.iter().find(|(word, _)| *word == name.trim()).map(|(_, key)| (*key, true));
        self.unknown_keys_but(known, |_| false, meant);
    }

    /// The same, where other keys are understood too, and `meant` may know what another
    /// word for a key means, and whether it has no other meaning.
    pub fn unknown_keys_but(
        &mut self,
        known: &[&str],
        understood: impl Fn(&str) -> bool,
        meant: impl Fn(&str) -> Option<(&'static str, bool)>,
    ) {
        // Of two keys that mean one only one can be written.
        let mut taken: HashSet<&str> = HashSet::new();
        for key in self.mapping.keys() {
            let name = written_key(key);
            if known.contains(&name.as_str()) || name.starts_with("x-") || understood(&name) {
                continue;
            }
            let diagnostic = Diagnostic::new(&rule::UNKNOWN_KEY, message!("unknown-key", name = &name));
            let spelled = known.iter().copied().find(|known| is_spelled_alike(known, &name));
            let is_there = |right: &str| self.mapping.contains_key(right) || taken.contains(right);
            let diagnostic = match (spelled, meant(&name)) {
                // Obeying would give a key that stands twice.
                (Some(right), _) | (None, Some((right, _))) if is_there(right) => {
                    diagnostic.help(message!("unknown-key-again.help", key = right))
                }
                (Some(right), _) => {
                    let renamed = self.rename_key(&name, right);
                    let is_first = right != AUDIENCE && taken.insert(right);
                    let suggestion = if is_first { renamed } else { Suggestion::likely(right) };
                    diagnostic.help(message!("did-you-mean", name = right)).suggest(suggestion)
                }
                (None, Some((right, is_certain))) => {
                    let is_first = is_certain && taken.insert(right);
                    let suggestion =
                        if is_first { self.rename_key(&name, right) } else { Suggestion::likely(right) };
                    diagnostic.help(message!("unknown-key-meant.help", key = right)).suggest(suggestion)
                }
                (None, None) if name.contains('：') => diagnostic.help(message!("yaml-wide-colon.help")),
                (None, None) => diagnostic
                    .help(message!("unknown-key.help"))
                    .nearest(nearest(&name, known.iter().copied())),
            };
            self.report_key(&name, diagnostic);
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
            Value::String(text) => Some(self.bounded(super::quotes::bare(text, key), steps, key).to_owned()),
            Value::Number(_) | Value::Bool(_) => Some(self.document.written(steps).to_owned()),
            Value::Tagged(tagged) => self.scalar(&tagged.value, steps, key),
            // Other programs have persons and topics with an address or a colour.
            Value::Mapping(parts) if parts.get("name").is_some_and(Value::is_string) => {
                self.scalar(&parts["name"], steps, key)
            }
            _ => {
                self.mistyped(steps, message!("invalid-value-not-text", key = key));
                None
            }
        }
    }

    /// A text cut where it is far longer than any page could show it. Names,
    /// summaries and definitions stand on many pages.
    fn bounded<'t>(&mut self, text: &'t str, steps: &[Step], key: &str) -> &'t str {
        let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text };
        let message = message!("limit-characters", key = key, most = LONGEST);
        self.report(steps, Diagnostic::new(&rule::LIMIT, message).help(message!("limit-characters.help")));
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
            let message = message!("limit-entries", key = key, most = MOST);
            self.report(steps, Diagnostic::new(&rule::LIMIT, message).help(message!("limit-entries.help")));
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

    /// `true` or `false`, or another word for it.
    pub fn boolean(&mut self, key: &str) -> Option<bool> {
        let yes = flag(self.value(key)?);
        if yes.is_none() {
            self.mistyped(&self.steps(key), message!("invalid-value-not-boolean", key = key));
        }
        yes
    }

    /// A whole number.
    pub fn integer(&mut self, key: &str) -> Option<i64> {
        let number = whole(self.value(key)?);
        if number.is_none() {
            self.mistyped(&self.steps(key), message!("invalid-value-not-number", key = key));
        }
        number
    }

    /// A number as another tool may write it; what is none is reported as a key that nothing
    /// reads.
    pub fn number(&mut self, key: &str) -> Option<f64> {
        fn read(value: &Value) -> Option<f64> {
            match value {
                Value::String(text) => text.trim().parse().ok(),
                Value::Tagged(tagged) => read(&tagged.value),
                value => value.as_f64(),
            }
        }
        let number = read(self.value(key)?).filter(|number| number.is_finite());
        if number.is_none() {
            self.report_key(key, Diagnostic::new(&rule::UNKNOWN_KEY, message!("unknown-key", name = key)));
        }
        number
    }

    /// A day of the calendar, written `2025-01-31`.
    pub fn date(&mut self, key: &str) -> Option<Date> {
        let written = self.string(key)?;
        match parse_date(&written) {
            Ok(date) => Some(date),
            Err(why) => {
                let message = message!("invalid-date", written = &written);
                let mut diagnostic = Diagnostic::new(&rule::INVALID_DATE, message).help(why.help);
                let steps = self.steps(key);
                if let Some(date) = date::only_reading(&written) {
                    diagnostic = diagnostic.suggest(self.rewrite(&steps, &written, &date.to_string()));
                }
                self.report(&steps, diagnostic);
                None
            }
        }
    }

    /// The suggestion to write a value in another form, within its quotation marks if it has
    /// some.
    fn rewrite(&self, steps: &[Step], written: &str, right: &str) -> Suggestion {
        let place = self.document.locate(steps);
        let found = self.document.text.get(place.clone()).unwrap_or_default();
        match found.match_indices(written).collect::<Vec<_>>()[..] {
            [(at, _)] => {
                let start = place.start + at;
                Suggestion::certain(right, vec![Edit::new(start..start + written.len(), right)])
            }
            _ => Suggestion::likely(right),
        }
    }

    /// One of a closed list, by its key or by a word for it.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&'static str, &'static str, T)]) -> Option<T> {
        let written = self.string(key)?;
        let folded = written.to_lowercase().replace(['-', ' '], "_");
        if let Some(row) = choices.iter().find(|row| row.0 == folded || row.1 == written) {
            return Some(row.2);
        }
        let all = || Argument::Choices(choices.iter().map(|row| (row.0, row.1)).collect());
        let message = message!("invalid-value-choice", written = &written, key = key);
        let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message);
        let words = choices.iter().flat_map(|row| [row.0, row.1]).filter(|word| !word.is_empty());
        let diagnostic = match nearest(&folded, words) {
            Some(near) => diagnostic.suggest(Suggestion::guess(near)).help(message!(
                "invalid-value-choice-near.help",
                near = near,
                all = all()
            )),
            None => diagnostic.help(message!("invalid-value-choice.help", all = all())),
        };
        self.report(&self.steps(key), diagnostic);
        None
    }

    /// A mapping inside this one, as a reader of its own.
    pub fn mapping(&mut self, key: &str) -> Option<Reader<'a>> {
        let value = self.value(key)?;
        let steps = self.steps(key);
        let Value::Mapping(mapping) = value else {
            self.keyless(value, &steps, key, message!("invalid-value-not-keys", key = key));
            return None;
        };
        Some(Reader::new(self.document, mapping, steps))
    }

    /// A list of mappings, each as a reader of its own.
    pub fn mappings(&mut self, key: &str) -> Vec<Reader<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let steps = self.steps(key);
        let Value::Sequence(items) = value else {
            self.keyless(value, &steps, key, message!("invalid-value-not-list", key = key));
            return Vec::new();
        };
        let mut readers = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let mut steps = steps.clone();
            steps.push(Step::Item(at));
            match item {
                Value::Mapping(mapping) => readers.push(Reader::new(self.document, mapping, steps)),
                _ => self.keyless(item, &steps, key, message!("invalid-value-not-groups", key = key)),
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

/// Whether two keys differ in no letter, as `Review-By` and `review_by`.
fn is_spelled_alike(one: &str, other: &str) -> bool {
    fn letters(key: &str) -> impl Iterator<Item = char> {
        key.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase())
    }
    letters(one).eq(letters(other))
}

/// A whole number, also where it stands between quotation marks.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        Value::Tagged(tagged) => whole(&tagged.value),
        value => value.as_i64(),
    }
}

/// A key as it is written, as far as it is a plain one.
fn written_key(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        key => serde_yaml::to_string(key).unwrap_or_default().trim_end().to_owned(),
    }
}
