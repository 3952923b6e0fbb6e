//! Settings in YAML that name a key twice: the readers of other tools take the last one, and
//! nothing else of the file is wrong.

use crate::rule;
use crate::yaml::Document;
use serde_yaml::{Mapping, Value};
use std::sync::Arc;

/// Keys that may stand twice.
const MOST: usize = 50;

/// The settings of a text, and the lines of entries that another one of their key outdoes; else
/// the line of what is wrong, where that is known.
pub(super) fn read(path: &str, text: &str) -> Result<(Mapping, Vec<usize>), Option<usize>> {
    let shown: Arc<str> = path.into();
    let mut lines: Vec<&str> = text.lines().collect();
    let mut outdone = Vec::new();
    loop {
        let text: Arc<str> = lines.join("\n").into();
        let wrong = match Document::new(&shown, &text, 0..text.len()).parse(&rule::YAML) {
            Ok(mapping) => return Ok((mapping, outdone)),
            Err(wrong) => wrong,
        };
        let index = crate::text::LineIndex::new(&text);
        let line = wrong.span.as_ref().map(|span| index.line_of(span.start));
        let again = serde_yaml::from_str::<Value>(&text).err();
        let is_twice = again.is_some_and(|error| error.to_string().contains("duplicate entry"));
        let Some(line) = line.filter(|_| is_twice && outdone.len() < MOST) else { return Err(line) };
        let Some(first) = earlier(&lines, line - 1) else { return Err(Some(line)) };
        outdone.push(first + 1);
        // Lines stay where they are, so that what is told keeps its place.
        let indent = indent(lines[first]);
        let end = (first + 1..lines.len())
            .find(|at| !is_blank(lines[*at]) && self::indent(lines[*at]) <= indent)
            .unwrap_or(lines.len());
        lines[first..end].fill("");
    }
}

/// The line above that has the same key in the same mapping.
fn earlier(lines: &[&str], line: usize) -> Option<usize> {
    let own = lines.get(line)?;
    let key = |line: &str| line.trim().split_once(':').map(|(key, _)| key.trim().to_owned());
    let wanted = key(own)?;
    let above = (0..line).rev().filter(|at| !is_blank(lines[*at]));
    above
        .take_while(|at| indent(lines[*at]) >= indent(own))
        .find(|at| indent(lines[*at]) == indent(own) && key(lines[*at]).as_ref() == Some(&wanted))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn of_a_key_that_stands_twice_the_last_one_counts() {
        let text = "a: 1\nicons:\n  tip: x\n  # here\n  failure:\n    big: 1\n\n  hint: y\n  failure: z\nb: [\n  2]\na: 3\n";
        let (found, outdone) = read("a.yml", text).expect("settings");
        assert_eq!(outdone, [5, 1]);
        assert_eq!(found.get("a").and_then(serde_yaml::Value::as_u64), Some(3));
        assert_eq!(found["icons"]["failure"], "z");
        assert_eq!(read("a.yml", "a: 1\nb: [\n").map(|_| ()), Err(Some(2)));
        assert_eq!(read("a.yml", "").map(|found| found.0.len()), Ok(0));
    }
}
