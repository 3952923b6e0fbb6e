//! Numbers of clauses in running text: ranges, and the numbers in front of and behind one.

use super::super::clause::{self, Unit, numeral};

/// Whether a number behind a dash ends a range (第3-5条) and is not that of a clause put in between,
/// as Taiwan's laws have it (第7-1條).
pub(super) fn is_end_of_range(number: u32, behind: &str, first: u32) -> bool {
    number > first && behind.trim_start_matches(clause::is_space).starts_with(['条', '章', '节', '款', '项'])
}

/// The unit of the number that a text begins with: 第三百条.
pub(super) fn unit_ahead(text: &str) -> Option<Unit> {
    let rest = text.strip_prefix('第')?;
    let (_, used) = numeral(rest)?;
    clause::unit(&rest[used..]).map(|found| found.0)
}

/// The number of the 第X章 that a text ends in, else 0.
pub(super) fn chapter_before(before: &str) -> u32 {
    let number = before.strip_suffix('章').and_then(|before| {
        let at = before.rfind('第')? + '第'.len_utf8();
        let (number, used) = numeral(&before[at..])?;
        (at + used == before.len()).then_some(number)
    });
    number.unwrap_or(0)
}
