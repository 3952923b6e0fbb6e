//! A unified diff of two texts that have the same lines but for some that differ.
//!
//! Edits stay within lines, so line matches line, and the diff takes one look at each.

use std::fmt::Write as _;

/// Unchanged lines around changed ones.
const AROUND: usize = 3;

/// The unified diff of a file, as `patch -p1` and `git apply` read it; empty where nothing
/// differs.
#[must_use]
pub fn diff(path: &str, before: &str, after: &str) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    debug_assert_eq!(old.len(), new.len());
    let changed: Vec<usize> = (0..old.len().min(new.len())).filter(|at| old[*at] != new[*at]).collect();
    let Some(first) = changed.first() else { return String::new() };
    let mut diff = format!("--- a/{path}\n+++ b/{path}\n");
    let mut hunk = *first..first + 1;
    for at in &changed[1..] {
        if at - hunk.end > 2 * AROUND {
            write_hunk(&mut diff, &old, &new, hunk);
            hunk = *at..*at;
        }
        hunk.end = at + 1;
    }
    write_hunk(&mut diff, &old, &new, hunk);
    diff
}

/// Lines with those around them.
fn write_hunk(diff: &mut String, old: &[&str], new: &[&str], lines: std::ops::Range<usize>) {
    let start = lines.start.saturating_sub(AROUND);
    let end = (lines.end + AROUND).min(old.len());
    let _ = writeln!(diff, "@@ -{},{} +{},{} @@", start + 1, end - start, start + 1, end - start);
    let mut at = start;
    while at < end {
        if old[at] == new[at] {
            write_line(diff, ' ', old[at]);
            at += 1;
            continue;
        }
        let same = (at..end).find(|at| old[*at] == new[*at]).unwrap_or(end);
        old[at..same].iter().for_each(|line| write_line(diff, '-', line));
        new[at..same].iter().for_each(|line| write_line(diff, '+', line));
        at = same;
    }
}

fn write_line(diff: &mut String, sign: char, line: &str) {
    diff.push(sign);
    diff.push_str(line);
    if !line.ends_with('\n') {
        diff.push_str("\n\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_shown_with_those_around_them() {
        let before: String = (1..=20).map(|at| format!("{at}\n")).collect();
        let after = before.replace("\n2\n3\n", "\ntwo\nthree\n").replace("\n15\n", "\nfifteen\n") + "";
        let expected = "--- a/x.md\n+++ b/x.md\n\
            @@ -1,6 +1,6 @@\n 1\n-2\n-3\n+two\n+three\n 4\n 5\n 6\n\
            @@ -12,7 +12,7 @@\n 12\n 13\n 14\n-15\n+fifteen\n 16\n 17\n 18\n";
        assert_eq!(diff("x.md", &before, &after), expected);
        assert_eq!(diff("x.md", &before, &before), "");
        assert_eq!(
            diff("x.md", "a", "b"),
            "--- a/x.md\n+++ b/x.md\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
        );
    }
}
