//! `audience` in front matter: who may see a chapter, as its author wrote it.
//!
//! Everything here errs on the side of showing less. A mistake in any other key
//! makes a page that is wrong; a mistake in this one would publish a secret. So it
//! is not enough that no `audience` was read: nothing else may look like one.

use super::head::{Fault, FaultKind, Line, is_unseen, lines};
use crate::diagnostic::Diagnostic;
use crate::text::{Span, fold_han};
use crate::yaml::{Document, Reader, Spanned, Step};
use serde_yaml::{Mapping, Value};
use unicode_normalization::UnicodeNormalization;

/// Who may see a chapter, as its front matter says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Audience {
    /// Nothing is said: what the folder's page says counts.
    #[default]
    Inherited,
    /// These groups, by name.
    Named(Vec<Spanned>),
    /// Something is said, or seems to be, that cannot be read: nobody, to be safe.
    Unreadable,
}

impl Audience {
    /// The groups under `audience`. A mistake here would publish what must not be, so
    /// whatever cannot be read leaves nobody.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        if !reader.keys().iter().any(|key| key == "audience") {
            return Self::Inherited;
        }
        let before = reader.diagnostics.len();
        let names = reader.strings("audience");
        if names.is_empty() && reader.diagnostics.len() == before {
            let found = Diagnostic::new("invalid-value", "`audience` names nobody")
                .help("name an audience of handbook.yaml, or remove the line");
            reader.report(&reader.steps("audience"), found);
        }
        if names.is_empty() { Self::Unreadable } else { Self::Named(names) }
    }
}

/// Words that say who may read something, as [`fold_key`] gives them.
const WORDS: [&str; 8] =
    ["audience", "visibility", "access", "restricted", "知悉范围", "可见范围", "受众", "密级"];

/// Parts of Chinese keys that speak of readers.
const CHINESE: [&str; 12] = [
    "受众",
    "知悉",
    "可见",
    "密级",
    "保密",
    "阅读范围",
    "阅读权限",
    "查看权限",
    "访问权限",
    "公开范围",
    "发放范围",
    "分发范围",
];

/// Parts of English keys that speak of readers.
const ENGLISH: [&str; 12] = [
    "access",
    "acl",
    "classification",
    "confidential",
    "permission",
    "permissions",
    "readers",
    "restricted",
    "restriction",
    "viewers",
    "visibility",
    "visible",
];

/// A key as it is compared with [`WORDS`]: full-width letters, letters of other
/// scripts that look the same, traditional characters and what is not seen make no
/// difference, nor does case.
fn fold_key(key: &str) -> String {
    key.nfkc().filter(|c| !is_unseen(*c)).flat_map(char::to_lowercase).map(|c| latin(fold_han(c))).collect()
}

/// The Latin letter that a Cyrillic or Greek one looks like, as far as they stand in
/// [`WORDS`] (Unicode Technical Standard 39).
const fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'с' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'і' | 'ι' => 'i',
        'ո' | 'п' => 'n',
        'υ' | 'ս' => 'u',
        'ѕ' => 's',
        c => c,
    }
}

/// Whether a key is `audience` or another word for it, however it is written.
fn is_audience_word(key: &str) -> bool {
    let folded: String = fold_key(key).chars().filter(|c| c.is_alphanumeric()).collect();
    WORDS.contains(&folded.as_str()) || is_near_audience(&folded)
}

fn is_near_audience(folded: &str) -> bool {
    let length = folded.chars().count();
    length <= 24 && folded.contains("audience")
        || (6..=10).contains(&length) && strsim::damerau_levenshtein(folded, "audience") <= 2
}

/// Whether a key is meant as `audience`, and not as another tool's word for it.
pub(super) fn is_audience_misspelt(key: &str) -> bool {
    is_near_audience(&fold_key(key))
}

/// Whether a key speaks of who may read something.
pub(super) fn suggests_audience(key: &str) -> bool {
    let folded = fold_key(key);
    is_audience_word(key)
        || matches!(folded.as_str(), "private" | "public")
        || CHINESE.iter().any(|part| folded.contains(part))
        || folded.split(|c: char| !c.is_alphanumeric()).any(|part| ENGLISH.contains(&part))
}

/// What in a block of front matter leaves open who may read the chapter.
pub(super) fn doubts(document: &Document, mapping: &Mapping) -> Vec<Fault> {
    let mut faults = Vec::new();
    for key in mapping.keys().filter_map(Value::as_str) {
        let foreign = key != "audience" && !key.starts_with("x-");
        let kind = if foreign && suggests_audience(key) {
            FaultKind::AudienceKey(key.to_owned())
        } else if key == "<<" {
            FaultKind::MergeKey
        } else if key.nfkc().ne(key.nfc()) || key.contains(is_hidden) {
            FaultKind::KeyForm(key.to_owned())
        } else {
            continue;
        };
        faults.push(Fault { kind, span: document.locate_key(&[Step::Key(key.to_owned())]) });
    }
    let nested = mapping.values().find_map(nested);
    faults.extend(nested.map(|kind| Fault { kind, span: document.locate(&[]) }));
    faults.extend(labels(document, mapping.contains_key("audience")));
    faults
}

fn is_hidden(c: char) -> bool {
    c != ' ' && is_unseen(c)
}

/// A key inside another value that names an audience, or merges others.
fn nested(value: &Value) -> Option<FaultKind> {
    match value {
        Value::Mapping(mapping) => mapping.iter().find_map(|(key, value)| {
            let key = key.as_str().unwrap_or("");
            match key {
                "<<" => Some(FaultKind::MergeKey),
                _ if is_audience_word(key) => Some(FaultKind::Elsewhere),
                _ => nested(value),
            }
        }),
        Value::Sequence(items) => items.iter().find_map(nested),
        Value::Tagged(tagged) => nested(&tagged.value),
        _ => None,
    }
}

/// Lines of the block that name an audience, beside the one that YAML reads: a slip
/// of indentation makes such a line part of another value.
fn labels(document: &Document, has_key: bool) -> Option<Fault> {
    let yaml = document.text.get(document.span.clone())?;
    let mut named = lines(yaml, 0).filter(|line| !line.is_comment() && names_audience(line));
    let at = |span: Span| document.span.start + span.start..document.span.start + span.end;
    let first = if has_key { named.nth(1) } else { named.next() }?;
    Some(Fault { kind: FaultKind::Elsewhere, span: at(first.start..first.start + first.text.len()) })
}

/// Whether a line begins with a word for who may read something, or has `audience`
/// before any of its colons.
pub(super) fn names_audience(line: &Line<'_>) -> bool {
    let mut labels = line.labels();
    labels.next().is_some_and(is_audience_word) || labels.any(is_audience_misspelt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_audience_are_known_however_they_are_written() {
        for word in [
            "audience",
            "Audience",
            "AUDIENCE ",
            "ａｕｄｉｅｎｃｅ",
            "audiance",
            "audinece",
            "audiences",
            "аudіеnсе",
            "aud\u{200B}ience",
            "\u{FEFF}audience",
            "target-audience",
            "知悉范围",
            "知悉範圍",
            "可見範圍",
            "受众",
            "受眾",
            "密级",
            "密級",
            "Visibility",
            "access",
            "restricted",
            "知悉 范围",
        ] {
            assert!(is_audience_word(word), "{word}");
        }
        for word in ["title", "summary", "audit", "roles", "accessibility", "受理", "范围"] {
            assert!(!is_audience_word(word), "{word}");
            assert!(!suggests_audience(word), "{word}");
        }
        assert!(
            suggests_audience("access_level")
                && suggests_audience("查看权限")
                && suggests_audience("private")
        );
    }
}
