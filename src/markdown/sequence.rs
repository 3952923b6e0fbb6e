//! Whether the numbers of a text's clauses and chapters follow each other.
//!
//! A number that comes twice, is left out or steps back is mostly a slip that makes a
//! rule impossible to cite. Not everything that is out of order is one: an appendix
//! counts anew, an extract leaves out, an amendment quotes. So numbers are compared
//! within one count only, and what a rule's own words explain is passed over.
//! The cost is one walk over the list, and one over the text where something is found.

mod count;
mod scope;

use super::{ClauseNumber, Document};
use count::Numbered;
pub(super) use scope::is_of_parts;
use std::ops::Range;

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisorderKind {
    /// It has come before.
    Twice,
    /// It is less than the one before it.
    Back,
    /// Those before it are left out, from the first to the last.
    Gap(u32, u32),
}

/// A number that is out of order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disorder {
    /// What is wrong.
    pub kind: DisorderKind,
    /// The number, and where its clause or heading begins.
    pub number: ClauseNumber,
    /// Place in the file, in bytes.
    pub span: Range<usize>,
    /// The number that it is compared with: the first of its kind, else the one before.
    pub other: ClauseNumber,
    /// Its place in the file, in bytes.
    pub other_span: Range<usize>,
}

/// What is out of order in a text that is called `title`, in the order of the text.
#[must_use]
pub fn disorders(document: &Document, title: &str) -> Vec<Disorder> {
    let text = document.source();
    if scope::is_of_parts(title) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for count in scope::counts(document) {
        let faults = count::faults(&count);
        if faults.is_empty() {
            continue;
        }
        // Most texts have none, and are not read for what explains them.
        let own = scope::without_quotations(text, count);
        for fault in count::faults(&own) {
            let (one, other) = (&own[fault.at], &own[fault.other]);
            if matches!(fault.kind, DisorderKind::Gap(..)) && scope::explains_gap(text, other, one) {
                continue;
            }
            found.push(Disorder {
                kind: fault.kind,
                number: one.number,
                span: label_of(text, one),
                other: other.number,
                other_span: label_of(text, other),
            });
        }
    }
    found.sort_by_key(|one| one.span.start);
    found
}

/// Where the label of a number is written: 第三条, or the 三、 of a heading.
fn label_of(text: &str, one: &Numbered) -> Range<usize> {
    let line = text.get(one.start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let bare = line.trim_start_matches(|c| super::clause::is_space(c) || matches!(c, '#' | '*' | '_'));
    let start = one.start + line.len() - bare.len();
    let length = super::clause::parse(bare).map(|label| label.label.end);
    let length = length.or_else(|| bare.find('、').map(|at| at + '、'.len_utf8()));
    start..start + length.unwrap_or(bare.trim_end().len())
}

#[cfg(test)]
mod tests;
