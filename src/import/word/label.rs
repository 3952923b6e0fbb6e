//! The labels that documents write before their facts, and the field that each stands for.

use super::restriction;
use crate::chapter::field::Field;

/// What people call fields in tables, beside the words that the handbook knows.
const WORDS: &[(&str, &[&str])] = &[
    ("title", &["制度名", "文件名", "文件标题", "文档名称", "title", "documenttitle"]),
    (
        "id",
        &[
            "文件号",
            "文件代号",
            "编码",
            "文件编码",
            "制度编码",
            "文档编号",
            "制度文号",
            "发文字号",
            "documentno",
            "documentno.",
            "documentnumber",
            "docno",
            "docno.",
            "documentid",
            "policynumber",
            "policyno.",
        ],
    ),
    (
        "version",
        &["版次", "版本/版次", "版本号/修订号", "版号", "现行版本", "version", "rev", "rev.", "revision"],
    ),
    (
        "effective",
        &[
            "施行时间",
            "实行日期",
            "执行日期",
            "生效时间",
            "实施时间",
            "启用日期",
            "effectivedate",
            "effective",
        ],
    ),
    (
        "review_by",
        &["下次评审日期", "下次复审日期", "复核日期", "reviewdate", "nextreview", "nextreviewdate"],
    ),
    (
        "owner",
        &[
            "主责部门",
            "责任人",
            "归口单位",
            "主办部门",
            "发布部门",
            "制定部门",
            "编制部门",
            "起草部门",
            "管理部门",
            "owner",
            "documentowner",
            "policyowner",
        ],
    ),
    (
        "author",
        &[
            "编写",
            "编写人",
            "拟制",
            "拟制人",
            "拟定",
            "拟定人",
            "制定",
            "制定人",
            "制订",
            "编制者",
            "author",
            "preparedby",
        ],
    ),
    ("reviewer", &["审查", "审查人", "校核", "校核人", "审核者", "reviewedby", "reviewer", "checkedby"]),
    ("approver", &["核准", "核准人", "审定", "签批", "批准者", "approvedby", "approver"]),
    (
        "confidentiality",
        &["保密等级", "保密级别", "文件密级", "机密等级", "classification", "confidentiality"],
    ),
    ("kind", &["文件种类", "制度类型", "文件类别", "documenttype"]),
    ("departments", &["适用单位"]),
    ("supersedes", &["代替文件", "替代文件", "supersedes"]),
    ("status", &["文件状态", "status"]),
];

/// What a word in a table stands for.
pub(super) fn field(label: &str) -> Option<&'static str> {
    if restriction::is_readers(label) {
        return Some("audience");
    }
    let key = WORDS.iter().find(|row| row.1.contains(&label)).map(|row| row.0);
    key.or_else(|| {
        Field::ALL.iter().map(|field| field.row()).find(|row| row.words.contains(&label)).map(|row| row.key)
    })
}

/// A label without the spaces that stretch it, and without its colon.
pub(super) fn label(text: &str) -> String {
    let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let bare = bare.trim_end_matches(['：', ':']).to_lowercase();
    bare.strip_suffix("/日期").or_else(|| bare.strip_suffix("及日期")).map(str::to_owned).unwrap_or(bare)
}

/// A label and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) label: String,
    pub(super) value: String,
}

/// Fields that a table decides about.
pub(super) fn is_taken(label: &str) -> bool {
    field(label).is_some_and(|key| {
        !matches!(key, "revisions" | "toc" | "order" | "topics" | "terms" | "raci" | "summary" | "aliases")
    })
}

/// Whether a cell may name what stands behind it.
pub(super) fn is_label(name: &str) -> bool {
    const OTHER: [&str; 12] = [
        "日期",
        "会签",
        "页数",
        "页码",
        "页次",
        "发布日期",
        "修订日期",
        "编制日期",
        "审核日期",
        "批准日期",
        "发放范围",
        "受控状态",
    ];
    is_taken(name) || OTHER.contains(&name) || name.ends_with("日期") && name.chars().count() <= 6
}

/// The labels in a line, each with a colon, and their values.
pub(super) fn line_pairs(text: &str) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for piece in text.split_inclusive(['：', ':']) {
        let Some(before) = piece.strip_suffix(['：', ':']) else {
            match pairs.last_mut() {
                Some(pair) => pair.value.push_str(piece),
                None => return Vec::new(),
            }
            continue;
        };
        // The value of the label before ends where the next label begins.
        let (value, name) = split_label(before);
        match pairs.last_mut() {
            Some(pair) => pair.value.push_str(value),
            None if value.trim().is_empty() => {}
            None => return Vec::new(),
        }
        let Some(name) = name else {
            match pairs.last_mut() {
                Some(pair) => pair.value.push('：'),
                None => return Vec::new(),
            }
            continue;
        };
        pairs.push(Pair { label: name, value: String::new() });
    }
    for pair in &mut pairs {
        pair.value = pair.value.trim().to_owned();
    }
    pairs
}

/// What stands before a label at the end of a text, and the label.
pub(super) fn split_label(text: &str) -> (&str, Option<String>) {
    let starts = std::iter::once(0)
        .chain(text.char_indices().filter(|(_, sign)| sign.is_whitespace()).map(|(at, _)| at));
    for start in starts {
        let name = label(&text[start..]);
        if is_label(&name) {
            return (&text[..start], Some(name));
        }
    }
    (text, None)
}
