//! Lines of a report as they are in the files of the book.
//!
//! What a step tells, it sees in the text that the steps before it made, which may have more
//! lines or fewer. So what it names is looked for in the file itself, from where it would stand
//! on outwards.

use super::report::{Kind, Report};
use super::tree::SourceTree;

/// Lines in each direction that are looked at: steps add and take few.
const AROUND: usize = 400;

/// Puts the lines of a chapter's entries where they are in its file; a document has none.
pub(super) fn settle(path: &str, tree: &SourceTree, report: &mut Report) {
    let Some(text) = tree.text(path) else {
        return report.place(path, |_, _, _| None);
    };
    let lines: Vec<&str> = text.lines().collect();
    // How far the last entry was from where it was told, per run of entries of one step.
    let mut drift = 0_isize;
    report.place(path, |kind, line, what| {
        let words = match kind {
            Kind::Link => what.rsplit_once(" → ").map_or(what, |(old, _)| old),
            _ => what,
        };
        let words = words.lines().next().unwrap_or("").trim();
        let last = lines.len().max(1);
        if words.is_empty() {
            return Some(line.min(last));
        }
        let guess = line.saturating_add_signed(drift).clamp(1, last);
        let holds = |line: usize| lines.get(line - 1).is_some_and(|own| own.contains(words));
        let found = [line.clamp(1, last), guess].into_iter().find(|line| holds(*line)).or_else(|| {
            (1..AROUND).find_map(|far| {
                let before = guess.checked_sub(far).filter(|line| *line > 0);
                let behind = Some(guess + far).filter(|line| *line <= last);
                [before, behind].into_iter().flatten().find(|line| holds(*line))
            })
        });
        if let Some(found) = found {
            drift = found as isize - line as isize;
        }
        Some(found.unwrap_or(guess))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Tool;
    use crate::import::tree::SourceFile;

    #[test]
    fn entries_stand_where_their_words_do() {
        let mut tree = SourceTree::default();
        tree.files.insert("a.md".to_owned(), SourceFile::of_text("one\n{% x %}\n\nb.md c\n{% x %}\n"));
        let mut report = Report::new(Tool::Gitbook);
        report.add(Kind::Markup, "a.md", Some(4), "{% x %}");
        report.add(Kind::Markup, "a.md", Some(9), "{% x %}");
        report.add(Kind::Link, "a.md", Some(6), "b.md → ../b.md");
        report.add(Kind::DeadLink, "a.md", Some(90), "nowhere.md");
        report.add(Kind::DeadLink, "other.md", Some(90), "nowhere.md");
        settle("a.md", &tree, &mut report);
        let lines: Vec<_> =
            report.entries().iter().map(|entry| (entry.kind, entry.path.clone(), entry.line)).collect();
        assert!(lines.contains(&(Kind::Link, "a.md".to_owned(), Some(4))), "{lines:?}");
        let tags: Vec<_> = lines.iter().filter(|line| line.0 == Kind::Markup).map(|line| line.2).collect();
        assert!(tags.contains(&Some(5)), "{tags:?}");
        assert!(lines.iter().all(|line| line.1 != "a.md" || line.2 <= Some(5)));
        assert!(lines.contains(&(Kind::DeadLink, "other.md".to_owned(), Some(90))));
    }
}
