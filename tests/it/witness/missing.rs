//! What of a source's words a page lacks.

use super::page::{Page, decoded};
use super::source::Words;
use super::word::{Part, Word};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// Words that stand together in a source and not on the page.
#[derive(Debug, Clone)]
pub(crate) struct Missing {
    pub(crate) line: usize,
    pub(crate) end: usize,
    pub(crate) part: Part,
    pub(crate) words: Vec<String>,
}

impl Missing {
    /// What is missing, to be read by people.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(text.chars().last()) && latin(word.chars().next()) {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }
}

/// The words that the page does not show in the order of the source.
pub(crate) fn missing(source: &Words, page: &Page) -> Vec<Missing> {
    let mut found = compare(&source.text, &page.text);
    for footnote in &source.footnotes {
        found.extend(compare(footnote, &page.footnotes));
    }
    for label in &source.labels {
        let words: Vec<String> = label.iter().map(|word| word.text.clone()).collect();
        if !page.labels.contains(&words) && !Page::holds(&page.text, &words) {
            found.extend(runs(label));
        }
    }
    found.extend(runs(&source.hidden));
    let gone = source.addresses.iter().filter(|word| !page.addresses.contains(&decoded(&word.text)));
    found.extend(gone.flat_map(|word| runs(std::slice::from_ref(word))));
    found
}

fn compare(source: &[Word], page: &[String]) -> Vec<Missing> {
    let mut numbers = HashMap::new();
    let mut number = |word: &str| {
        let next = numbers.len();
        *numbers.entry(word.to_owned()).or_insert(next)
    };
    let old: Vec<usize> = source.iter().map(|word| number(&word.text)).collect();
    let new: Vec<usize> = page.iter().map(|word| number(word)).collect();
    let gone = capture_diff_slices(Algorithm::Myers, &old, &new).into_iter().filter_map(|op| match op {
        DiffOp::Delete { old_index, old_len, .. } | DiffOp::Replace { old_index, old_len, .. } => {
            Some(&source[old_index..old_index + old_len])
        }
        _ => None,
    });
    gone.flat_map(runs).collect()
}

/// Words by what they are part of and by their lines.
fn runs(words: &[Word]) -> impl Iterator<Item = Missing> {
    let apart = |part| usize::from(part != Part::Dialect);
    words.chunk_by(move |a, b| a.part == b.part && a.line.abs_diff(b.line) <= apart(a.part)).map(|run| {
        Missing {
            line: run[0].line,
            end: run.iter().map(|word| word.line).max().unwrap_or(run[0].line),
            part: run[0].part,
            words: run.iter().map(|word| word.text.clone()).collect(),
        }
    })
}
