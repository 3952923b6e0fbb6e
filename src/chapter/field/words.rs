//! What people write for the keys of front matter, and whether `check --fix` may say it for
//! them.
//!
//! A key has one reading where its word names one field and its value is what that field
//! holds. What decides who may see a chapter is never renamed: under its other word it
//! withholds already.

use super::{Field, FieldType};
use crate::chapter::spelling::letters;
use serde_yaml::Value;

/// English words that are none of the keys, in small letters without spaces.
const ENGLISH: &[(&str, &str)] = &[
    ("effectivedate", "effective"),
    ("effectivefrom", "effective"),
    ("dateeffective", "effective"),
    ("inforcefrom", "effective"),
    ("approvedby", "approver"),
    ("approvers", "approver"),
    ("approval", "approver"),
    ("preparedby", "author"),
    ("writtenby", "author"),
    ("authors", "author"),
    ("reviewedby", "reviewer"),
    ("checkedby", "reviewer"),
    ("reviewers", "reviewer"),
    ("owners", "owner"),
    ("ownedby", "owner"),
    ("documentowner", "owner"),
    ("policyowner", "owner"),
    ("department", "departments"),
    ("role", "roles"),
    ("documentnumber", "id"),
    ("documentno", "id"),
    ("documentid", "id"),
    ("policynumber", "id"),
    ("policyno", "id"),
    ("policyid", "id"),
    ("review", "review_by"),
    ("reviewdate", "review_by"),
    ("nextreview", "review_by"),
    ("nextreviewdate", "review_by"),
    ("policyname", "title"),
    ("documenttitle", "title"),
    ("tags", "topics"),
    ("keywords", "topics"),
];

/// Chinese words for the keys of an entry of `revisions`, `reviews` and `approvals`.
const OF_ENTRIES: &[(&str, &str)] = &[
    ("版本", "version"),
    ("版本号", "version"),
    ("日期", "date"),
    ("修订日期", "date"),
    ("评审日期", "date"),
    ("批准日期", "date"),
    ("审批日期", "date"),
    ("说明", "note"),
    ("备注", "note"),
    ("内容", "note"),
    ("修订内容", "note"),
    ("修订说明", "note"),
    ("变更内容", "note"),
    ("修订人", "by"),
    ("评审人", "by"),
    ("批准人", "by"),
    ("审批人", "by"),
    ("结论", "outcome"),
    ("记录", "record"),
    ("文号", "record"),
];

/// The key of an entry with these keys that is meant by a word; nothing else can be.
pub(in crate::chapter) fn of_entry(word: &str, keys: &[&str]) -> Option<(&'static str, bool)> {
    let (_, key) = OF_ENTRIES.iter().find(|(known, _)| *known == word)?;
    keys.contains(key).then_some((*key, true))
}

/// Words that may mean something else: the department that issued a chapter, any kind of thing.
const VAGUE: [&str; 4] = ["部门", "岗位", "角色", "review"];

impl Field {
    /// The field that is meant by a word that is no key.
    fn of_word(word: &str) -> Option<Self> {
        let of_key = |key: &str| Self::ALL.iter().copied().find(|field| field.row().key == key);
        let meant = Self::ALL.iter().copied().find(|field| field.row().words.contains(&word));
        meant.or_else(|| {
            let bare = letters(word);
            of_key(ENGLISH.iter().find(|(known, _)| *known == bare)?.1)
        })
    }

    /// The key of the field that is meant by a word, and whether nothing else can be meant, as far
    /// as its value shows.
    pub(crate) fn meant_by(word: &str, value: Option<&Value>) -> Option<(&'static str, bool)> {
        let field = Self::of_word(word)?;
        let is_vague = VAGUE.contains(&word) && !(word == "review" && value.is_some_and(is_date));
        let decides_readers = matches!(field, Self::Audience | Self::Confidentiality);
        let fits = value.is_none_or(|value| field.fits(value));
        Some((field.row().key, !is_vague && !decides_readers && fits))
    }

    /// Whether a value is of the kind that the field holds.
    fn fits(self, value: &Value) -> bool {
        // A name is no date: 批准：2026-01-01 says when, not who.
        let is_name = |value: &Value| {
            value.as_str().is_some_and(|text| !text.starts_with(|c: char| c.is_ascii_digit()))
        };
        let names = || match value {
            Value::Sequence(list) => !list.is_empty() && list.iter().all(is_name),
            value => is_name(value),
        };
        match self.row().field_type {
            FieldType::Text | FieldType::Date => !value.is_sequence() && !value.is_mapping(),
            FieldType::Parties | FieldType::Departments | FieldType::Roles | FieldType::Words => names(),
            // Whatever 状态 says, it says of the status; it holds back under either key.
            _ => match self {
                Self::Status => true,
                Self::RequiredReading => names(),
                _ => false,
            },
        }
    }
}

fn is_date(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}
