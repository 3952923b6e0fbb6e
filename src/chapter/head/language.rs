//! Front matter in TOML, JSON and JavaScript: written anew as YAML at the same places, so that all
//! places stay those of the file.

use super::line::Line;
use super::{Block, FaultKind, Head, blank};

/// Front matter that says its language: `---json` and `---js` of Eleventy, `---toml`. An object of
/// JavaScript is read as far as it is YAML too.
pub(super) fn in_language(text: &str, line: Line<'_>, language: &str) -> Option<Head> {
    let block = Block::near(text, line);
    block.closing?;
    if language == "toml" {
        return toml(text, &block, FaultKind::Opening);
    }
    let is_object = block.significant().next().is_some_and(|line| line.text.trim_start().starts_with('{'));
    let mut head = Head::cut_out(text, &block, line.fault(FaultKind::Opening));
    head.is_foreign = true;
    is_object.then_some(head)
}

/// TOML as YAML, entry by entry at the same places: `key = value` is `key : value`.
pub(super) fn toml(text: &str, block: &Block<'_>, kind: FaultKind) -> Option<Head> {
    let entry = |line: &Line<'_>| line.text.split_once('=').is_some_and(|(key, _)| !key.trim().is_empty());
    let keyed = block.significant().next().is_some_and(|line| entry(&line) || line.text.starts_with('['));
    if !keyed {
        return None;
    }
    let mut yaml = text[..block.content.start].to_owned();
    let mut table = false;
    for line in block.lines() {
        let whole = &text[line.start..line.end];
        table |= line.text.starts_with('[');
        match line.text.find('=').filter(|_| !table) {
            Some(at) => {
                yaml.push_str(&whole[..at]);
                yaml.push(':');
                match tight_words(&whole[at + 1..]) {
                    Some(words) => yaml.push_str(&words),
                    None => yaml.push_str(&whole[at + 1..]),
                }
            }
            // What belongs to a table is not for us.
            None if table => yaml.push_str(&blank(whole, std::iter::once(0..whole.len()))),
            None => yaml.push_str(whole),
        }
    }
    yaml.push_str(&text[block.content.end..]);
    let mut head = Head::cut_out(text, block, block.opening.fault(kind));
    (head.repaired, head.is_foreign) = (Some(yaml), true);
    Some(head)
}

/// Words in quotation marks right behind the sign of an entry, `title="Leave"`, as YAML has them at
/// the same places: it wants a space there.
fn tight_words(value: &str) -> Option<String> {
    let line = value.trim_end();
    let words = line.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = words
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '，' | '（' | '）'));
    (is_plain && !words.trim().is_empty()).then(|| format!(" {words} {}", &value[line.len()..]))
}

/// JSON between lines `;;;`, as Middleman and gray-matter have it. Middleman leaves the braces
/// out: the fences are made them.
pub(super) fn json(text: &str, line: Line<'_>) -> Option<Head> {
    let block = Block::until(text, line, |line| line.text.trim_end() == ";;;");
    let first = block.significant().next()?.text.trim_start();
    if !first.starts_with(['{', '"']) {
        return None;
    }
    let mut head = Head::cut_out(text, &block, line.fault(FaultKind::Opening));
    if first.starts_with('"') {
        let end = block.closing.map_or(block.content.end, |closing| closing.end);
        let fences = [Some(line), block.closing];
        let places = fences.into_iter().flatten().map(|fence| fence.start..fence.start + fence.text.len());
        let mut yaml = blank(text, places);
        yaml.replace_range(line.start..=line.start, "{");
        if let Some(closing) = block.closing {
            yaml.replace_range(closing.start..=closing.start, "}");
        }
        head.yaml = Some(line.start..end);
        head.repaired = Some(yaml);
    }
    Some(head)
}
