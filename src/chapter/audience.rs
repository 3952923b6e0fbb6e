//! `audience` in front matter: who may see a chapter, as its author wrote it.
//!
//! Everything here errs on the side of showing less. A mistake in any other key
//! makes a page that is wrong; a mistake in this one would publish a secret. So it
//! is not enough that no `audience` was read: nothing else may look like one.

use super::field::Field;
use super::head::{Fault, FaultKind, Line, is_unseen, lines};
use super::spelling::{fold_key, letters, words};
use super::vocabulary::{Confidentiality, Vocabulary};
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
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
        let before = reader.faults();
        let names = reader.strings("audience");
        if names.is_empty() && reader.faults() == before {
            let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-audience"))
                .help(message!("invalid-value-audience.help"));
            reader.report(&reader.steps("audience"), diagnostic);
        }
        if names.is_empty() { Self::Unreadable } else { Self::Named(names) }
    }
}

/// Words that say who may read something, as [`fold_key`] gives them.
const WORDS: [&str; 8] =
    ["audience", "visibility", "access", "restricted", "知悉范围", "可见范围", "受众", "密级"];

/// Parts of Chinese keys that speak of readers, or of what is kept from them.
const CHINESE: [&str; 10] = ["受众", "知悉", "密级", "秘级", "限阅", "保密", "机密", "秘密", "绝密", "涉密"];

/// Parts of Chinese keys that do so together: 查看权限, 传阅范围, 保密等级.
const CHINESE_PAIRS: [[&[&str]; 2]; 2] = [
    [
        &["可见", "可读", "查看", "查阅", "传阅", "访问"],
        &["部门", "角色", "岗位", "人群", "群体", "用户", "成员", "名单"],
    ],
    [
        &[
            "阅读", "查看", "查阅", "传阅", "访问", "浏览", "可读", "可见", "读者", "知晓", "公开", "开放",
            "发布", "分发", "发放", "秘密", "机密", "保密", "涉密", "安全",
        ],
        &["范围", "对象", "权限", "级别", "人员", "等级"],
    ],
];

/// Words in English keys that speak of readers.
const ENGLISH: &str = "access accessible acl allowed authorized classification clearance confidential \
    confidentiality permission permissions readable reader readers restrict restricted \
    restriction restrictions sensitivity viewable viewer viewers visibilities visibility \
    visible secrecy";

/// Whom a key that ends in `only` may name.
const READERS: &str = "internal staff members member board management managers employees executives admin admins \
    hr legal finance leadership";

/// Whether a key is `audience` or another word for it, however it is written.
pub(super) fn is_audience_word(key: &str) -> bool {
    let folded = letters(key);
    WORDS.contains(&folded.as_str()) || is_audience_misspelt(key)
}

/// Whether a key is `audience` with a typing error, or has it as a part. A key of more
/// than three words is a sentence.
pub(super) fn is_audience_misspelt(key: &str) -> bool {
    let folded = fold_key(key);
    let length = folded.chars().filter(|c| c.is_alphanumeric()).count();
    is_slip(key) || length <= 24 && folded.contains("audience") && key.split_whitespace().count() <= 3
}

/// Whether a key is `audience` but for a letter or two, which no other tool's key is.
pub(super) fn is_slip(key: &str) -> bool {
    let folded = letters(key);
    let distance = || strsim::damerau_levenshtein(&folded, "audience");
    (6..=10).contains(&folded.chars().count())
        && (distance() < 2 || folded.starts_with("au") && distance() == 2)
}

/// Whether a key speaks of who may read something.
pub(crate) fn suggests_audience(key: &str) -> bool {
    let folded = fold_key(key);
    let has = |parts: &[&str]| parts.iter().any(|part| folded.contains(part));
    let english = |word: &String| ENGLISH.split(' ').any(|known| known == word);
    // When something was looked up, and with whom: access_date, shared_with.
    let dated = words(key).any(|word| matches!(word.as_str(), "date" | "time" | "slip" | "number"));
    is_audience_word(key)
        || matches!(
            folded.as_str(),
            "private"
                | "privacy"
                | "secret"
                | "protected"
                | "encrypted"
                | "sensitive"
                | "locked"
                | "password"
                | "internal"
                | "membersonly"
                | "login_required"
                | "requires_login"
                | "need_to_know"
                | "nda"
                | "内部"
                | "仅供内部"
                | "读者"
                | "权限"
                | "sharedwith"
                | "shared_with"
                | "security_level"
                | "securitylevel"
        )
        || letters(key).strip_suffix("only").is_some_and(|whom| READERS.split(' ').any(|known| known == whom))
        || has(&CHINESE)
        || CHINESE_PAIRS.iter().any(|pair| pair.iter().all(|parts| has(parts)))
        || !dated && words(key).any(|word| english(&word))
}

/// Keys of other programs under which the name of a group stands for something else: what
/// a text is about, who wrote it, how it is shown.
const OTHERWISE: &str = "tags tag categories category keywords keyword topics topic author authors \
    type kind layout template section series menu parent title linktitle navtitle sidebarlabel label \
    subtitle description summary excerpt slug url permalink lang language locale icon image cover \
    maintainer maintainers contributors reviewers editors contact";

/// What stands under keys that nobody reads, where nothing stands under `audience`: the name
/// of a group among it is meant as one, whatever the key.
pub(super) fn foreign_names(mapping: &Mapping) -> Vec<(String, String)> {
    if mapping.contains_key("audience") {
        return Vec::new();
    }
    let is_foreign = |key: &str| {
        let folded = letters(key);
        // Keys of the theme are its own, but for words that mean just this.
        let of_theme = key.strip_prefix("x-").is_some_and(|bare| !is_audience_word(bare));
        !Field::is_key(key) && !of_theme && !OTHERWISE.split(' ').any(|known| known == folded)
    };
    let keys = mapping.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    keys.filter(|(key, _)| is_foreign(key))
        .flat_map(|(key, value)| {
            let items = value.as_sequence().map_or(std::slice::from_ref(value), Vec::as_slice);
            items.iter().filter_map(Value::as_str).map(|name| (key.to_owned(), name.trim().to_owned()))
        })
        .filter(|(_, name)| (1..=LONGEST_NAME).contains(&name.len()))
        .collect()
}

/// Bytes that the name of a group may have.
const LONGEST_NAME: usize = 90;

/// What in a block of front matter leaves open who may read the chapter.
pub(super) fn doubts(document: &Document, mapping: &Mapping) -> Vec<Fault> {
    let mut faults = Vec::new();
    for key in mapping.keys().filter_map(Value::as_str) {
        let foreign = !Field::is_key(key) && !key.starts_with("x-") || names_no_level(key, mapping);
        let kind = if foreign && says_closed(key, mapping.get(key)) {
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
    // Where the key stands in its place, nothing else is meant by another.
    if !mapping.contains_key("audience") {
        let other = |(key, _): &(&Value, &Value)| key.as_str() != Some("raci");
        let nested = mapping.iter().filter(other).find_map(|(_, value)| nested(value));
        faults.extend(nested.map(|kind| Fault { kind, span: document.locate(&[]) }));
        faults.extend(labels(document));
    }
    faults
}

/// Whether a key with this value speaks of who may read something: by its name, or by its value
/// (级别: 机密). `private: false` is open.
fn says_closed(key: &str, value: Option<&Value>) -> bool {
    const OPEN_IF_FALSE: [&str; 9] = [
        "private",
        "secret",
        "protected",
        "encrypted",
        "sensitive",
        "locked",
        "password",
        "confidential",
        "internal",
    ];
    let is_false = match value {
        Some(Value::Bool(is_true)) => !is_true,
        Some(Value::String(text)) => matches!(text.trim(), "false" | "no" | "off" | "否" | ""),
        value => value.is_none_or(Value::is_null),
    };
    let level = |text: &str| matches!(text.trim(), "机密" | "秘密" | "绝密" | "top secret");
    suggests_audience(key) && !(is_false && OPEN_IF_FALSE.contains(&fold_key(key).as_str()))
        || value.and_then(Value::as_str).is_some_and(level)
}

/// Whether `confidentiality` stands there, which is a field, with something else than
/// one of its values: a name of readers, as other programs have there.
fn names_no_level(key: &str, mapping: &Mapping) -> bool {
    let known = |value: &Value| {
        let written = value.as_str().unwrap_or("").trim();
        Confidentiality::ROWS.iter().any(|row| row.0 == written.to_lowercase() || row.1 == written)
    };
    key == Field::Confidentiality.row().key
        && !mapping.contains_key("audience")
        && mapping.get(key).is_some_and(|value| !value.is_null() && !known(value))
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

/// A line of the block that names an audience: a slip of indentation makes such a line
/// part of another value.
fn labels(document: &Document) -> Option<Fault> {
    let yaml = document.text.get(document.span.clone())?;
    let first = lines(yaml, 0).find(is_lost_key)?;
    let start = document.span.start + first.start;
    Some(Fault { kind: FaultKind::Elsewhere, span: start..start + first.text.len() })
}

/// Whether a line begins with `audience`, with a colon or without, or with a Chinese
/// word for it. Entries of lists are values.
fn is_lost_key(line: &Line<'_>) -> bool {
    let begin = line.text.trim_start_matches(is_unseen);
    let value = begin.starts_with(['-', '#']) || begin.starts_with("x-") || is_sentence(line.text);
    !value && (line.labels().next().is_some_and(is_unmistakable) || lacks_colon(line))
}

/// Whether a line is more than a key with a name or two.
pub(super) fn is_sentence(line: &str) -> bool {
    let ended =
        line.trim_end_matches(is_unseen).ends_with(['.', '。', '！', '?', '？', '!', '；', '，', ',']);
    let long = || line.chars().filter(|c| c.is_alphanumeric()).nth(8).is_some();
    // What is cheap to tell first: every line of a text is asked.
    ended && (!line.is_ascii() || long()) || line.contains(['|', '。']) || line.chars().nth(60).is_some()
}

/// `audience`, or a Chinese word for it: the other English words begin many a sentence.
fn is_unmistakable(word: &str) -> bool {
    is_audience_misspelt(word) || !word.is_ascii() && is_audience_word(word)
}

/// Whether a line is a word for who may read something and a name, with no colon
/// between them: 知悉范围　董事会.
pub(super) fn lacks_colon(line: &Line<'_>) -> bool {
    let bare = line.text.trim_matches(is_unseen);
    let end = bare.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(bare.len());
    let (word, rest) = bare.split_at(end);
    !rest.starts_with([':', '：'])
        && is_unmistakable(word)
        && !is_sentence(bare)
        && rest.split(is_unseen).filter(|word| !word.is_empty()).count() < 2
}

/// Whether a line begins with a word for who may read something, or has `audience`
/// before any of its colons.
pub(super) fn names_audience(line: &Line<'_>) -> bool {
    let mut labels = line.labels();
    labels.next().is_some_and(is_audience_word) || labels.any(is_audience_misspelt)
}

/// The same of a line of text, where a sentence or a table may hold such a word too.
pub(super) fn names_audience_in_text(line: &Line<'_>) -> bool {
    let begin = line.text.trim_start_matches(is_unseen);
    let word = |label: &str| label.split_whitespace().count() == 1 && is_unmistakable(label);
    !begin.starts_with(['-', '#', '>', '|', '`', '+'])
        && !is_sentence(begin)
        && line.labels().next().is_some_and(word)
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
        for word in [
            "Know your audience and write",
            "title",
            "ambience",
            "audio",
            "summary",
            "audit",
            "roles",
            "accessibility",
            "受理",
            "范围",
        ] {
            assert!(!is_audience_word(word), "{word}");
            assert!(!suggests_audience(word), "{word}");
        }
        for word in ["检查人员", "审查人员", "传染病级别", "access_date", "sharedDrive", "accessibility"]
        {
            assert!(!suggests_audience(word), "{word}");
        }
        for word in [
            "accessible_to",
            "秘密等级",
            "可读范围",
            "restrictedTo",
            "accessLevel",
            "visible_to",
            "阅读对象",
            "秘级",
            "传阅范围",
            "机密等级",
            "shared_with",
        ] {
            assert!(suggests_audience(word), "{word}");
        }
        for word in ["board_only", "staff-only", "requires_login", "need_to_know", "nda", "仅供内部"] {
            assert!(suggests_audience(word), "{word}");
        }
        assert!(!suggests_audience("print_only") && !suggests_audience("mobile_only"));
        assert!(
            suggests_audience("access_level")
                && suggests_audience("查看权限")
                && suggests_audience("private")
        );
    }
}
