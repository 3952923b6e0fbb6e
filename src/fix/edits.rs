//! Edits and a text in, a text out.

use crate::diagnostic::Edit;

/// A text with edits applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The text.
    pub text: String,
    /// How many groups of edits were applied.
    pub count: usize,
}

/// Applies groups of edits: each whole or not at all. One that meets an earlier one, in the
/// order of the text, or does not fit into the text, is left out; edits that are the same
/// count once. No line is added or removed.
#[must_use]
pub fn apply(text: &str, groups: &[&[Edit]]) -> Applied {
    let mut order: Vec<&[Edit]> = groups.iter().copied().filter(|group| fits(text, group)).collect();
    order.sort_by_key(|group| (group[0].span.start, group[0].span.end));
    let mut taken: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for group in order {
        let new: Vec<&Edit> = group.iter().filter(|edit| !is_taken(&taken, edit)).collect();
        if new.iter().any(|edit| meets(&taken, edit)) {
            continue;
        }
        count += 1;
        for edit in new {
            let at = taken.partition_point(|other| other.span.start < edit.span.start);
            taken.insert(at, edit);
        }
    }
    let mut mended = String::with_capacity(text.len());
    let mut done = 0;
    for edit in taken {
        mended.push_str(&text[done..edit.span.start]);
        mended.push_str(&edit.text);
        done = edit.span.end;
    }
    mended.push_str(&text[done..]);
    Applied { text: mended, count }
}

/// Whether edits name places of the text within a line, change no line break, and do not meet
/// each other.
fn fits(text: &str, edits: &[Edit]) -> bool {
    let is_line = |text: &str| !text.contains(['\n', '\r']);
    let fits = |edit: &Edit| text.get(edit.span.clone()).is_some_and(is_line) && is_line(&edit.text);
    let apart =
        |pair: &[Edit]| pair[0].span.end <= pair[1].span.start && pair[0].span.start < pair[1].span.start;
    !edits.is_empty() && edits.iter().all(fits) && edits.windows(2).all(apart)
}

/// Whether the same edit is among those taken, which are sorted.
fn is_taken(taken: &[&Edit], edit: &Edit) -> bool {
    let at = taken.partition_point(|other| other.span.start < edit.span.start);
    taken.get(at).is_some_and(|other| *other == edit)
}

/// Whether an edit changes what another one changes, or puts something in the same place.
fn meets(taken: &[&Edit], edit: &Edit) -> bool {
    let at = taken.partition_point(|other| other.span.start < edit.span.start);
    let before = at.checked_sub(1).is_some_and(|before| taken[before].span.end > edit.span.start);
    let here = taken
        .get(at)
        .is_some_and(|next| next.span.start < edit.span.end || next.span.start == edit.span.start);
    before || here
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit::new(start..end, text)
    }

    fn applied(text: &str, groups: &[&[Edit]]) -> (String, usize) {
        let Applied { text, count } = apply(text, groups);
        (text, count)
    }

    #[test]
    fn edits_are_applied_in_any_order() {
        let (one, two) = ([edit(6, 7, "G")], [edit(0, 1, "AA"), edit(3, 3, "|")]);
        assert_eq!(applied("abcdefg", &[&one, &two]), ("AAbc|defG".to_owned(), 2));
    }

    #[test]
    fn what_overlaps_is_left_for_the_next_round() {
        let (one, two) = ([edit(0, 3, "x")], [edit(2, 4, "y")]);
        assert_eq!(applied("abcdef", &[&two, &one]), ("xdef".to_owned(), 1));
        // A group is applied whole or not at all.
        let two = [edit(2, 4, "y"), edit(5, 6, "z")];
        assert_eq!(applied("abcdef", &[&one, &two]), ("xdef".to_owned(), 1));
        let (one, two) = ([edit(2, 2, "x")], [edit(2, 2, "y")]);
        assert_eq!(applied("abcdef", &[&one, &two]), ("abxcdef".to_owned(), 1));
        let (one, two) = ([edit(0, 2, "x")], [edit(2, 4, "y")]);
        assert_eq!(applied("abcdef", &[&one, &two]), ("xyef".to_owned(), 2));
    }

    #[test]
    fn the_same_edit_counts_once_for_each_finding_and_is_made_once() {
        let one = [edit(0, 1, "X")];
        assert_eq!(applied("abc", &[&one, &one]), ("Xbc".to_owned(), 2));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let text = "甲\n乙";
        for wrong in [edit(1, 3, "x"), edit(0, 99, "x"), edit(3, 4, ""), edit(0, 3, "x\ny"), edit(7, 4, "x")]
        {
            assert_eq!(applied(text, &[&[wrong]]), (text.to_owned(), 0));
        }
        assert_eq!(applied(text, &[&[]]), (text.to_owned(), 0));
    }
}
