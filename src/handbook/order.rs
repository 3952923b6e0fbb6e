//! Diagnostics in the order in which they are told: by file, place and code.
//!
//! They come file by file, from each stage once more. So only the files are sorted, and then
//! what is told of each; a preview does this at each save, for all mistakes of a handbook.

use super::Handbook;
use crate::diagnostic::Diagnostic;
use std::ops::Range;

impl Handbook {
    /// Applies `checks:` to diagnostics and sorts them by file, place and code.
    #[must_use]
    pub fn apply_severities(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let judged = diagnostics.into_iter().filter_map(|diagnostic| self.config.apply_severity(diagnostic));
        sorted(judged.collect())
    }
}

/// Sorts diagnostics; those that say the same of the same place are one.
fn sorted(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let runs = diagnostics.chunk_by(|one, next| one.path == next.path);
    let mut runs: Vec<Range<usize>> = runs
        .scan(0, |end, run| {
            let begin = std::mem::replace(end, *end + run.len());
            Some(begin..*end)
        })
        .collect();
    runs.sort_by(|a, b| diagnostics[a.start].path.cmp(&diagnostics[b.start].path));
    let mut order: Vec<usize> = Vec::with_capacity(diagnostics.len());
    for file in runs.chunk_by(|a, b| diagnostics[a.start].path == diagnostics[b.start].path) {
        let begin = order.len();
        order.extend(file.iter().cloned().flatten());
        order[begin..].sort_by(|a, b| {
            let (a, b) = (&diagnostics[*a], &diagnostics[*b]);
            let place = |one: &Diagnostic| one.span.as_ref().map(|span| (span.start, span.end));
            (place(a), a.rule).cmp(&(place(b), b.rule)).then_with(|| a.message.cmp(&b.message))
        });
    }
    let mut left: Vec<Option<Diagnostic>> = diagnostics.into_iter().map(Some).collect();
    let mut sorted: Vec<Diagnostic> = order.into_iter().filter_map(|at| left[at].take()).collect();
    sorted.dedup();
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::rule::RULES;
    use std::sync::Arc;

    #[test]
    fn the_order_is_that_of_a_sort_of_all() {
        let mut number = 7_u32;
        let mut next = |below: u32| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (number >> 16) % below
        };
        for _ in 0..200 {
            let mut all: Vec<Diagnostic> = Vec::new();
            for _ in 0..next(40) {
                let rule = RULES[next(3) as usize];
                let message = if next(2) == 0 { message!("level-note") } else { message!("level-error") };
                let told = Diagnostic::new(rule, message);
                let span = (next(4) > 0).then(|| 0..next(3) as usize);
                // Equal paths need not be the same in memory.
                let path: Arc<str> = format!("content/{}.md", next(4)).into();
                all.push(if next(5) > 0 { told.at(&path, span) } else { told });
            }
            let mut plain = all.clone();
            plain.sort_by(|a, b| {
                let place = |one: &Diagnostic| one.span.as_ref().map(|span| (span.start, span.end));
                (&a.path, place(a), a.rule, &a.message).cmp(&(&b.path, place(b), b.rule, &b.message))
            });
            plain.dedup();
            assert_eq!(sorted(all), plain);
        }
    }
}
