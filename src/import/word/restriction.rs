//! Who may read a document, as it says so itself: 知悉范围 and 密级 in its table, in a line
//! of labels, or a mark of secrecy by itself above the text.
//!
//! Whoever may read it becomes `audience`; which groups there are is for the import to say.
//! A level of secrecy names nobody, so its words are kept beside the field under a word that
//! holds `publish` back until a person has decided.

use super::control::Fields;
use super::model::{Block, Paragraph};
use crate::chapter::vocabulary::{Confidentiality, Vocabulary as _};
use serde_yaml::Value;

/// What people call those who may read a document.
const READERS: [&str; 17] = [
    "知悉范围",
    "可见范围",
    "可见对象",
    "阅读范围",
    "阅读对象",
    "查阅范围",
    "查阅权限",
    "传阅范围",
    "知晓范围",
    "发放范围",
    "发放对象",
    "分发范围",
    "受众",
    "audience",
    "distribution",
    "distributionlist",
    "restrictedto",
];

/// Values that mean everybody who works there.
const EVERYBODY: [&str; 14] = [
    "公开",
    "全体",
    "全员",
    "所有人",
    "全体员工",
    "全体职工",
    "全体人员",
    "公司全体员工",
    "全公司",
    "各部门",
    "公司各部门",
    "allstaff",
    "allemployees",
    "everyone",
];

/// Blocks at the top among which a mark of secrecy is looked for.
const FIRST: usize = 8;

/// The key of the words that say how secret a document is, where no field says who may read it.
pub(super) const MARKS: [&str; 2] = ["密级", "restricted"];

/// Whether a label, without spaces and in small letters, names readers.
pub(super) fn is_readers(label: &str) -> bool {
    READERS.contains(&label)
}

/// Whether readers are everybody, so that nothing is kept from anybody.
pub(super) fn is_everybody(text: &str) -> bool {
    EVERYBODY.contains(&bare(text).as_str())
}

/// Letters and digits alone, in small letters.
fn bare(text: &str) -> String {
    let bare: String = text.chars().filter(|sign| sign.is_alphanumeric()).collect();
    bare.to_lowercase()
}

/// The level that words such as 机密★一年 or `Strictly Confidential` name.
pub(super) fn level(text: &str) -> Option<Confidentiality> {
    let mark = text.split(['★', '☆', '*']).next().unwrap_or(text);
    let bare = bare(mark);
    Confidentiality::find(&bare).or(match bare.as_str() {
        "绝密"
        | "机密级"
        | "绝密级"
        | "核心商密"
        | "核心商业秘密"
        | "topsecret"
        | "strictlyconfidential"
        | "highlyconfidential" => Some(Confidentiality::Secret),
        "秘密级"
        | "商密"
        | "普通商密"
        | "商业秘密"
        | "普通商业秘密"
        | "保密"
        | "restricted"
        | "companyconfidential"
        | "privateandconfidential" => Some(Confidentiality::Confidential),
        "内部资料" | "内部文件" | "内部公开" | "internaluseonly" | "internalonly" => {
            Some(Confidentiality::Internal)
        }
        _ => None,
    })
}

/// Puts a level into its field, and its words beside it where not everybody may know.
pub(super) fn put(text: &str, level: Confidentiality, fields: &mut Fields) {
    fields.entry("confidentiality").or_insert_with(|| level.key().into());
    if matches!(level, Confidentiality::Confidential | Confidentiality::Secret) {
        let key = if text.is_ascii() { MARKS[1] } else { MARKS[0] };
        fields.entry(key).or_insert_with(|| Value::String(text.trim().to_owned()));
    }
}

/// Takes marks that stand by themselves: in the first lines, and above and below each page.
pub(super) fn take_marks(blocks: &mut Vec<Block>, headers: &[Block], fields: &mut Fields) {
    let mut at = 0;
    blocks.retain(|block| {
        at += 1;
        let Some(text) = mark(block).filter(|_| at <= FIRST) else { return true };
        if let Some(level) = level(&text) {
            put(&text, level, fields);
        }
        false
    });
    for text in headers.iter().filter_map(mark) {
        if let Some(level) = level(&text) {
            put(&text, level, fields);
        }
    }
}

/// The words of a paragraph that is a mark of secrecy and nothing else.
fn mark(block: &Block) -> Option<String> {
    let Block::Paragraph(paragraph) = block else { return None };
    let words = paragraph.words();
    let is_it = is_alone(paragraph) && level(&words) > Some(Confidentiality::Internal);
    is_it.then_some(words)
}

fn is_alone(paragraph: &Paragraph) -> bool {
    paragraph.is_plain() && paragraph.label.is_none() && paragraph.words().chars().count() <= 40
}

/// Once readers are named, they say it all.
pub(super) fn settle(fields: &mut Fields) {
    if fields.contains_key("audience") {
        for key in MARKS {
            fields.remove(key);
        }
    }
}
