//! Alerts: block quotes that begin with `[!NOTE]`, in English or Chinese.
//!
//! The kinds are those of GFM and of Obsidian, with Obsidian's folding: `[!note]-` is
//! closed until its reader opens it, `[!note]+` is open.

use pulldown_cmark::BlockQuoteKind;
use std::ops::Range;

/// A kind: its class, its interface word and its labels.
type Kind = (&'static str, &'static str, &'static [&'static str]);

/// The five kinds of GFM come first, in its order.
const KINDS: [Kind; 15] = [
    ("note", "alert_note", &["note", "注", "注意", "说明", "备注", "注记"]),
    ("tip", "alert_tip", &["tip", "hint", "提示", "小贴士", "技巧", "建议", "窍门"]),
    ("important", "alert_important", &["important", "重要", "要点", "重点"]),
    ("warning", "alert_warning", &["warning", "attention", "警告", "警示"]),
    ("caution", "alert_caution", &["caution", "当心", "小心", "严禁"]),
    ("note", "alert_abstract", &["abstract", "summary", "tldr", "摘要", "概要", "概述", "总结"]),
    ("note", "alert_info", &["info", "信息", "资料"]),
    ("note", "alert_todo", &["todo", "待办"]),
    ("tip", "alert_success", &["success", "check", "done", "成功", "完成", "通过"]),
    ("important", "alert_question", &["question", "help", "faq", "问题", "疑问", "问答", "常见问题"]),
    ("caution", "alert_failure", &["failure", "fail", "missing", "失败", "缺失"]),
    ("caution", "alert_danger", &["danger", "error", "危险", "错误"]),
    ("caution", "alert_bug", &["bug", "缺陷", "故障"]),
    ("important", "alert_example", &["example", "示例", "例", "例子", "举例", "范例"]),
    ("note", "alert_quote", &["quote", "cite", "引用", "引文"]),
];

/// How an alert begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alert {
    /// Class and interface word.
    pub(super) class: &'static str,
    pub(super) word: &'static str,
    /// Whether it can be folded, and then whether it is open.
    pub(super) fold: Option<bool>,
    /// Its own title, by its place: what stands behind the brackets, else a label in
    /// Chinese, which needs no translation; empty where it has none.
    pub(super) title: Range<usize>,
    /// Where its first line ends.
    pub(super) line_end: usize,
}

pub(super) fn of_kind(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    let at = match kind {
        BlockQuoteKind::Note => 0,
        BlockQuoteKind::Tip => 1,
        BlockQuoteKind::Important => 2,
        BlockQuoteKind::Warning => 3,
        BlockQuoteKind::Caution => 4,
    };
    (KINDS[at].0, KINDS[at].1)
}

/// Class and interface word of a label in small letters.
pub(super) fn of_label(label: &str) -> Option<(&'static str, &'static str)> {
    KINDS.iter().find(|kind| kind.2.contains(&label)).map(|kind| (kind.0, kind.1))
}

/// Whether a Chinese label is one of a kind with more words: 重要须知, 温馨提示.
fn says(kind: &Kind, label: &str) -> bool {
    let is_word = |known: &&str| known.len() > '注'.len_utf8() && !known.is_ascii();
    !label.is_ascii()
        && kind
            .2
            .iter()
            .filter(|known| is_word(known))
            .any(|own| label.starts_with(own) || label.ends_with(own))
}

/// Reads the first line of a block quote that pulldown-cmark took for a plain one.
pub(super) fn read(text: &str, start: usize) -> Option<Alert> {
    // Of quotations in one another each looks here, so that the line is not read for nothing.
    let is_blank = |c: char| c.is_whitespace() && !matches!(c, '\r' | '\n');
    let inside = text[start..].trim_start_matches(is_blank).strip_prefix('>')?;
    if !inside.trim_start_matches(is_blank).starts_with("[!") {
        return None;
    }
    let line = text[start..].lines().next()?;
    let (line_end, place) = (start + line.len(), |rest: &str| start + line.len() - rest.len());
    let body = line.trim_start().strip_prefix('>')?.trim_start().strip_prefix("[!")?;
    let (label, behind) = body.split_once(']')?;
    let label_start = place(body) + label.len() - label.trim_start().len();
    // Obsidian's `[!note|wide]` says how it looks there.
    let label = label.split('|').next().unwrap_or(label).trim();
    let folded = label.to_lowercase();
    let known = KINDS.iter().find(|kind| kind.2.contains(&folded.as_str()));
    let known = known.or_else(|| KINDS.iter().find(|kind| says(kind, &folded)));
    // Obsidian shows a type that somebody made up as a note with its name.
    let is_name =
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    if known.is_none() && (!is_name || behind.starts_with(['(', '[', ':'])) {
        return None;
    }
    let (class, word, _) = known.unwrap_or(&KINDS[0]);
    let fold = match behind.as_bytes().first() {
        Some(b'-') => Some(false),
        Some(b'+') => Some(true),
        _ => None,
    };
    let title = behind[usize::from(fold.is_some())..].trim_start();
    let start = place(title);
    let title = match title.trim_end() {
        "" if folded.is_ascii() && known.is_some() => line_end..line_end,
        "" => label_start..label_start + label.len(),
        title => start..start + title.len(),
    };
    Some(Alert { class, word, fold, title, line_end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_both_languages() {
        let read = |text: &'static str| {
            read(text, 0).map(|alert| (alert.class, &text[alert.title.clone()], alert.fold))
        };
        assert_eq!(read("> [!注意]\n> x"), Some(("note", "注意", None)));
        assert_eq!(read("> [!警告] 值班期间 \n> x"), Some(("warning", "值班期间", None)));
        assert_eq!(read("> [!tip] Title"), Some(("tip", "Title", None)));
        assert_eq!(read(">[! FAQ ]-"), Some(("important", "", Some(false))));
        assert_eq!(read("> [!失败|wide]+ 甲-乙\n"), Some(("caution", "甲-乙", Some(true))));
        assert_eq!(read("> [!custom-type] 甲"), Some(("note", "甲", None)));
        assert_eq!(read("> [!重要须知] 甲"), Some(("important", "甲", None)));
        assert_eq!(read("> [!温馨提示]"), Some(("tip", "温馨提示", None)));
        assert_eq!(read("> [!制度]-"), Some(("note", "制度", Some(false))));
        for plain in ["> [x] y", "> [!a](b.md)", "> [!] x", "> [!a.b] x"] {
            assert_eq!(read(plain), None);
        }
    }
}
