//! Marks that the extensions of PyMdown add where a book's settings name them: `H~2~O`,
//! `10^th^`, `^^inserted^^`, `++ctrl+c++`, and edits, `{--deleted--}`, `{++added++}`.
//!
//! They become the elements that the extensions make of them. What an edit comments stays in
//! the text, as it does on the page that MkDocs makes.

use super::{Context, code};
use crate::import::report::Report;
use crate::text::{LineIndex, floor_boundary};

/// The extensions that are read, as settings name them.
pub(in crate::import) const EXTENSIONS: [&str; 4] =
    ["pymdownx.caret", "pymdownx.tilde", "pymdownx.keys", "pymdownx.critic"];

/// Bytes that a mark may have around.
const LONGEST: usize = 2000;

/// Reads a mark at the beginning of a text: how long it is, and what becomes of it.
type Mark = fn(&str) -> Option<(usize, String)>;

/// The signs that marks begin with, and the extensions that read them.
const MARKS: [(char, &str, Mark); 4] = [
    ('{', EXTENSIONS[3], critic),
    ('+', EXTENSIONS[2], keys),
    ('^', EXTENSIONS[0], raised),
    ('~', EXTENSIONS[1], lowered),
];

/// A text with its marks as elements.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let marks: Vec<&(char, &str, Mark)> =
        MARKS.iter().filter(|(_, name, _)| context.book.values.contains_key(*name)).collect();
    if !marks.iter().any(|(sign, ..)| text.contains(*sign)) {
        return text.to_owned();
    }
    let (code, index) = (code::ranges(text), LineIndex::new(text));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, sign) in text.char_indices() {
        if start < at {
            continue;
        }
        let Some((.., read)) = marks.iter().find(|(own, ..)| *own == sign) else { continue };
        let before = text[..start].chars().next_back();
        if before == Some('\\') || sign != '{' && before == Some(sign) || sign == '^' && before == Some('[') {
            continue;
        }
        if is_in_address(text, start) {
            continue;
        }
        let Some((length, new)) = read(near(&text[start..])).filter(|_| !code::holds(&code, start)) else {
            continue;
        };
        out.push_str(&text[at..start]);
        out.push_str(&new);
        context.rewritten(index.line_of(start), &text[start..start + length], report);
        at = start + length;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether a place lies in an address, whose signs are its own: `](https://a.example/~b/)`.
fn is_in_address(text: &str, place: usize) -> bool {
    let near = &text[floor_boundary(text, place.saturating_sub(LONGEST))..place];
    let word = near.rsplit(char::is_whitespace).next().unwrap_or("");
    let is_open = |sign: &str| word.rfind(sign).is_some_and(|at| !word[at..].contains([')', '>']));
    is_open("](") || is_open("://")
}

/// The paragraph that a text begins with, as far as a mark may reach.
fn near(text: &str) -> &str {
    let text = text.split("\n\n").next().unwrap_or(text);
    &text[..floor_boundary(text, LONGEST)]
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(usize, &'a str)> {
    let inner = text.strip_prefix(open)?;
    let end = inner.find(close)?;
    Some((open.len() + end + close.len(), &inner[..end]))
}

fn critic(text: &str) -> Option<(usize, String)> {
    if let Some((length, inner)) = between(text, "{~~", "~~}") {
        let (old, new) = inner.split_once("~>")?;
        return Some((length, format!("<del>{old}</del><ins>{new}</ins>")));
    }
    let kinds =
        [("{++", "++}", "ins"), ("{--", "--}", "del"), ("{==", "==}", "mark"), ("{>>", "<<}", "small")];
    kinds.iter().find_map(|(open, close, element)| {
        let (length, inner) = between(text, open, close)?;
        Some((length, format!("<{element}>{}</{element}>", inner.trim())))
    })
}

fn keys(text: &str) -> Option<(usize, String)> {
    let (length, inner) = between(text, "++", "++")?;
    let keys: Vec<&str> = inner.split('+').collect();
    let is_key = |key: &&str| {
        let quoted = key.len() > 2 && key.starts_with('"') && key.ends_with('"');
        quoted
            || !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let shown = |key: &&str| {
        let words = key.trim_matches('"').split(['-', '_']);
        let words: Vec<String> = words
            .map(|word| {
                let mut letters = word.chars();
                letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
            })
            .collect();
        let name = if key.starts_with('"') { key.trim_matches('"').to_owned() } else { words.join(" ") };
        format!("<kbd>{name}</kbd>")
    };
    keys.iter().all(is_key).then(|| (length, keys.iter().map(shown).collect::<Vec<_>>().join("+")))
}

fn raised(text: &str) -> Option<(usize, String)> {
    if let Some((length, inner)) = between(text, "^^", "^^") {
        return (!inner.trim().is_empty()).then(|| (length, format!("<ins>{inner}</ins>")));
    }
    small(text, "^", "sup")
}

fn lowered(text: &str) -> Option<(usize, String)> {
    if text.starts_with("~~") { None } else { small(text, "~", "sub") }
}

/// One sign around a word without blanks.
fn small(text: &str, sign: &str, element: &str) -> Option<(usize, String)> {
    let (length, inner) = between(text, sign, sign)?;
    let is_word = !inner.is_empty() && !inner.replace("\\ ", "").contains(char::is_whitespace);
    is_word.then(|| (length, format!("<{element}>{}</{element}>", inner.replace("\\ ", " "))))
}

#[cfg(test)]
mod tests {
    use super::{critic, is_in_address, keys, lowered, raised};

    #[test]
    fn signs_of_addresses_are_no_marks() {
        for (text, is_in) in [
            ("~~[a](http://h/", true),
            ("~~[a](../x", true),
            ("see http://h/", true),
            ("<http://h/", true),
            ("[a](http://h/x)", false),
            ("<http://h/>", false),
            ("[a](b) H", false),
        ] {
            assert_eq!(is_in_address(text, text.len()), is_in, "{text}");
        }
    }

    #[test]
    fn marks_are_elements() {
        for (read, text, expected) in [
            (lowered as super::Mark, "~2~O", Some("<sub>2</sub>")),
            (lowered, "~~x~~", None),
            (lowered, "~ 5 and ~6", None),
            (raised, "^th^", Some("<sup>th</sup>")),
            (raised, "^a\\ b^", Some("<sup>a b</sup>")),
            (raised, "^^new words^^", Some("<ins>new words</ins>")),
            (raised, "^ 2", None),
            (keys, "++ctrl+arrow-up++", Some("<kbd>Ctrl</kbd>+<kbd>Arrow Up</kbd>")),
            (keys, "++\"My key\"++", Some("<kbd>My key</kbd>")),
            (keys, "++ a ++", None),
            (critic, "{--out--}", Some("<del>out</del>")),
            (critic, "{++in++}", Some("<ins>in</ins>")),
            (critic, "{~~a~>b~~}", Some("<del>a</del><ins>b</ins>")),
            (critic, "{>>why<<}", Some("<small>why</small>")),
            (critic, "{ x }", None),
        ] {
            assert_eq!(read(text).map(|found| found.1).as_deref(), expected, "{text}");
        }
    }
}
