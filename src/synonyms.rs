//! `synonyms.yaml`: words that mean the same, for search.
//!
//! The file is a list of groups, each a list of words, or a mapping from a word to its others.
//! Which of them a site carries is decided where its index is made: see `search`.

use crate::diagnostic::{Checked, Diagnostic};
use crate::locale::Message;
use crate::message;
use crate::rule;
use crate::text::fold;
use crate::yaml::{Document, Step};
use serde_yaml::Value;
use std::collections::{HashMap, HashSet};

/// Groups of words that mean the same, each of two words at least.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Synonyms {
    /// The groups, as they are written.
    pub groups: Vec<Vec<String>>,
}

/// A word and the way to it.
struct Word {
    text: String,
    steps: Vec<Step>,
}

/// What is read of the file.
struct Reading<'a> {
    document: &'a Document,
    synonyms: Synonyms,
    diagnostics: Vec<Diagnostic>,
    /// The words of each group, folded and sorted, so that a second one is known.
    known: HashSet<Vec<String>>,
}

impl Synonyms {
    /// Reads the file; groups and words that cannot be used are left out.
    #[must_use]
    pub fn parse(document: &Document) -> Checked<Self> {
        let value = match document.parse_any(&rule::YAML) {
            Ok(value) => value,
            Err(diagnostic) => return Checked::new(Self::default(), vec![*diagnostic]),
        };
        let mut reading = Reading {
            document,
            synonyms: Self::default(),
            diagnostics: document.cut_values(),
            known: HashSet::new(),
        };
        match &value {
            Value::Null => {}
            Value::Sequence(groups) => {
                for (at, group) in groups.iter().enumerate() {
                    let steps = vec![Step::Item(at)];
                    reading.group(None, group, &steps);
                }
            }
            Value::Mapping(groups) => {
                for (key, others) in groups {
                    // A key that is no text has no steps to it.
                    let name = scalar(key).unwrap_or_default();
                    let steps = vec![Step::Key(name.clone())];
                    let word = Word { text: name, steps: steps.clone() };
                    reading.group(Some(word), others, &steps);
                }
            }
            _ => reading.report(&[], message!("synonyms-not-groups")),
        }
        Checked::new(reading.synonyms, reading.diagnostics)
    }
}

impl Reading<'_> {
    fn report(&mut self, steps: &[Step], message: Message) {
        let diagnostic = Diagnostic::new(&rule::SYNONYMS, message).help(message!("synonyms.help"));
        self.diagnostics.push(diagnostic.at(&self.document.path, self.document.locate(steps)));
    }

    /// Reads one group: a list of words, or the others of a word.
    fn group(&mut self, first: Option<Word>, value: &Value, steps: &[Step]) {
        let is_list = value.is_sequence();
        let is_alone = first.is_some() && scalar(value).is_some();
        if !is_list && !is_alone && !value.is_null() {
            return self.report(steps, message!("synonyms-not-list"));
        }
        let mut words: Vec<Word> = first.into_iter().collect();
        if is_alone {
            words.extend(scalar(value).map(|text| Word { text, steps: steps.to_vec() }));
        }
        for (at, item) in value.as_sequence().into_iter().flatten().enumerate() {
            let steps: Vec<Step> = steps.iter().cloned().chain([Step::Item(at)]).collect();
            match scalar(item) {
                Some(text) => words.push(Word { text, steps }),
                None => self.report(&steps, message!("synonyms-not-word")),
            }
        }
        // By its folded form, the word that stands first.
        let mut seen: HashMap<String, String> = HashMap::new();
        let mut kept: Vec<String> = Vec::new();
        let count = words.len();
        for Word { text, steps } in words {
            let text = text.trim().to_owned();
            let folded = fold(&text);
            if !folded.chars().any(char::is_alphanumeric) {
                self.report(&steps, message!("synonyms-no-word"));
            } else if let Some(other) = seen.get(&folded) {
                self.report(&steps, message!("synonyms-twice", word = &text, other = other));
            } else {
                seen.insert(folded, text.clone());
                kept.push(text);
            }
        }
        match kept.as_slice() {
            [] if count == 0 => return self.report(steps, message!("synonyms-empty")),
            [] => return,
            [only] => return self.report(steps, message!("synonyms-one", word = only)),
            _ => {}
        }
        let mut folded: Vec<String> = seen.into_keys().collect();
        folded.sort_unstable();
        if !self.known.insert(folded) {
            return self.report(steps, message!("synonyms-again", words = kept.join(", ")));
        }
        self.synonyms.groups.push(kept);
    }
}

/// A value that can be a word.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
        let document = Document::new(&"synonyms.yaml".into(), &text.into(), 0..text.len());
        let Checked { value, diagnostics, .. } = Synonyms::parse(&document);
        let place = |diagnostic: &Diagnostic| {
            let span = diagnostic.span.clone().expect("a place");
            format!("{} {}", diagnostic.message.id(), &text[span])
        };
        (value.groups, diagnostics.iter().map(place).collect())
    }

    #[test]
    fn lists_and_mappings_are_groups() {
        let groups = vec![vec!["报账".to_owned(), "报销".to_owned()], vec!["OA".to_owned(), "1".to_owned()]];
        assert_eq!(read("- [报账, 报销]\n- - OA\n  - 1\n"), (groups.clone(), Vec::new()));
        assert_eq!(read("报账: [报销]\nOA: 1\n"), (groups, Vec::new()));
        assert_eq!(read("").0, Vec::<Vec<String>>::new());
    }

    #[test]
    fn what_is_no_group_is_told_where_it_stands() {
        let (groups, told) =
            read("- []\n- [报账]\n- [甲, 乙, 甲]\n- [乙, 甲]\n- 丙\n- [丁, [戊], 己]\n- [。, 。]\n");
        assert_eq!(groups, [["甲", "乙"], ["丁", "己"]]);
        assert_eq!(
            told,
            [
                "synonyms-empty [",
                "synonyms-one [报账",
                "synonyms-twice 甲",
                "synonyms-again [乙, 甲",
                "synonyms-not-list 丙",
                "synonyms-not-word [戊",
                "synonyms-no-word 。",
                "synonyms-no-word 。",
            ]
        );
        assert_eq!(read("报账:\n").1, ["synonyms-one 报账"]);
        assert_eq!(read("甲乙\n").1, ["synonyms-not-groups 甲乙"]);
    }
}
