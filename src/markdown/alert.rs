//! Alerts: block quotes that begin with `[!NOTE]`, in English or Chinese.

use pulldown_cmark::BlockQuoteKind;

/// The five kinds of GFM, with their class and their interface word.
const KINDS: [(&str, &str, &[&str]); 5] = [
    ("note", "alert_note", &["note", "注", "注意", "说明", "备注", "注记", "info", "信息"]),
    ("tip", "alert_tip", &["tip", "提示", "小贴士", "技巧", "建议"]),
    ("important", "alert_important", &["important", "重要", "要点", "重点"]),
    ("warning", "alert_warning", &["warning", "警告", "警示"]),
    ("caution", "alert_caution", &["caution", "当心", "小心", "危险", "严禁", "danger"]),
];

/// How an alert begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alert<'a> {
    /// Class and interface word.
    pub(super) class: &'static str,
    pub(super) word: &'static str,
    /// Its own title, if one stands behind the bracket or the label is Chinese.
    pub(super) title: Option<&'a str>,
    /// Where its content begins: what comes before is not shown.
    pub(super) content: usize,
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

/// Reads the first line of a block quote that pulldown-cmark took for a plain one.
pub(super) fn read(text: &str, start: usize) -> Option<Alert<'_>> {
    let line = text[start..].lines().next()?;
    let body = line.trim_start().strip_prefix('>')?.trim_start().strip_prefix("[!")?;
    let (label, title) = body.split_once(']')?;
    let folded = label.trim().to_lowercase();
    let (class, word, _) = KINDS.iter().find(|kind| kind.2.contains(&folded.as_str()))?;
    let chinese = !folded.is_ascii();
    let title =
        Some(title.trim()).filter(|title| !title.is_empty()).or_else(|| chinese.then(|| label.trim()));
    Some(Alert { class, word, title, content: start + line.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_both_languages() {
        let read = |text| read(text, 0).map(|alert| (alert.class, alert.title));
        assert_eq!(read("> [!注意]\n> x"), Some(("note", Some("注意"))));
        assert_eq!(read("> [!警告] 值班期间\n> x"), Some(("warning", Some("值班期间"))));
        assert_eq!(read("> [!tip] Title"), Some(("tip", Some("Title"))));
        assert_eq!(read("> [x] y"), None);
    }
}
