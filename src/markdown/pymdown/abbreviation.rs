//! Abbreviations, `*[HR]: Human Resources`: what a word means is said where it is used, and the
//! line that says so goes. Of a word that is not used it stays, since nothing else would say it.

use super::super::container::Instead;
use super::super::escape;
use super::Stretch;
use crate::text::is_cjk;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Abbreviations of a text that are looked at.
const MOST: usize = 2_000;
/// Bytes that one may have.
const LONGEST: usize = 120;
/// Places at which a word may end that are tried.
const ENDS: usize = 12;

/// A line that says what a word means.
struct Definition<'t> {
    name: &'t str,
    meaning: &'t str,
    place: Range<usize>,
}

/// Adds what explains the words of a text.
pub(super) fn explain(text: &str, stretches: &[Stretch], found: &mut Vec<Instead>) {
    let mut definitions: HashMap<usize, Definition<'_>> = HashMap::new();
    let mut meanings: HashMap<&str, &str> = HashMap::new();
    for (at, stretch) in stretches.iter().enumerate() {
        if let Some(definition) = definition(text, &stretch.place).filter(|_| meanings.len() < MOST) {
            meanings.insert(definition.name, definition.meaning);
            definitions.insert(at, definition);
        }
    }
    if meanings.is_empty() {
        return;
    }
    let mut used: HashSet<&str> = HashSet::new();
    for (at, stretch) in stretches.iter().enumerate() {
        if definitions.contains_key(&at) {
            continue;
        }
        for place in words(text, &stretch.place, &meanings) {
            let Some((name, meaning)) = meanings.get_key_value(&text[place.clone()]) else { continue };
            used.insert(name);
            // A heading's words make its address and its entry in lists.
            if stretch.in_heading {
                continue;
            }
            let mut title = String::new();
            escape::text(&mut title, meaning);
            let begin = format!("<abbr title=\"{title}\">");
            found.push(Instead { place: place.start..place.start, new: begin, is_words: false });
            found.push(Instead { place: place.end..place.end, new: "</abbr>".to_owned(), is_words: false });
        }
    }
    let lines = definitions.into_values().filter(|definition| used.contains(definition.name));
    found.extend(lines.map(|line| Instead { place: line.place, new: String::new(), is_words: false }));
}

fn definition<'t>(text: &'t str, stretch: &Range<usize>) -> Option<Definition<'t>> {
    let line = &text[stretch.clone()];
    let (name, meaning) = line.strip_prefix("*[")?.split_once("]:")?;
    let before = text[..stretch.start].trim_end_matches([' ', '>']);
    let is_line = before.is_empty() || before.ends_with('\n');
    let is_whole = text[stretch.end..].chars().next().is_none_or(|c| matches!(c, '\n' | '\r'));
    let (name, meaning) = (name.trim(), meaning.trim());
    let is_one =
        !name.is_empty() && name.len() <= LONGEST && !name.contains(['[', ']']) && !meaning.is_empty();
    (is_line && is_whole && is_one).then(|| Definition { name, meaning, place: stretch.clone() })
}

/// Where words stand that have a meaning.
fn words(text: &str, stretch: &Range<usize>, meanings: &HashMap<&str, &str>) -> Vec<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    // Between Chinese characters a word may begin and end anywhere.
    let parts = |before: Option<char>, behind: Option<char>| {
        !before.is_some_and(is_word)
            || !behind.is_some_and(is_word)
            || before.is_some_and(is_cjk)
            || behind.is_some_and(is_cjk)
    };
    let mut found = Vec::new();
    let mut at = stretch.start;
    while at < stretch.end {
        let rest = &text[at..stretch.end];
        let Some(first) = rest.chars().next() else { break };
        let begins = is_word(first) && parts(text[..at].chars().next_back(), Some(first));
        let mut chars =
            rest.char_indices().skip(1).map(|(end, c)| (end, Some(c))).chain([(rest.len(), None)]);
        let mut before = first;
        let end = begins.then(|| {
            let mut ends = Vec::new();
            while ends.len() < ENDS
                && let Some((end, behind)) = chars.next().filter(|(end, _)| *end <= LONGEST)
            {
                if parts(Some(before), behind) {
                    ends.push(at + end);
                }
                before = behind.unwrap_or(' ');
            }
            ends.into_iter().rev().find(|end| meanings.contains_key(&text[at..*end]))
        });
        match end.flatten() {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at += first.len_utf8(),
        }
    }
    found
}
