//! Targets of links in texts that are compared: a link may lead elsewhere though its words stay.
//! They take part in the comparison, and are shown where they differ.

use super::words::{Change, Run};
use crate::markdown::TARGET;

/// A text without them.
pub(super) fn without(marked: &str) -> String {
    let [open, close] = TARGET;
    let mut text = String::with_capacity(marked.len());
    let mut rest = marked;
    while let Some((words, behind)) = rest.split_once(open) {
        text.push_str(words);
        rest = behind.split_once(close).map_or("", |(_, behind)| behind);
    }
    text + rest
}

/// Makes what a reader sees of runs: targets that are in both texts go, those that differ stand
/// behind the words of their links. Of a text that has no other side all go.
pub(super) fn show(runs: &mut Vec<Run>, has_sides: bool) {
    let [open, close] = TARGET;
    for run in runs.iter_mut().filter(|run| run.text.contains(open)) {
        run.text = match run.change {
            Change::Deleted | Change::Added if has_sides => {
                run.text.replace(open, " [→ ").replace(close, "]")
            }
            _ => without(&run.text),
        };
    }
    runs.retain(|run| !run.text.is_empty());
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Document, MarkdownOptions};
    use crate::redline::{Kind, Redline};

    #[test]
    fn a_link_that_leads_elsewhere_and_a_task_that_is_done_are_changes() {
        let document = |text: &str| Document::new(text, &MarkdownOptions::default());
        let before = "第一条 请假按[流程](a.md)办理，见[[HR-9]]和<https://example.org>。\n\n第二条 清单：\n\n- [ ] 归还[门卡](card.md)\n- [ ] 交接\n";
        let after = before.replace("(a.md)", "(b.md)").replacen("- [ ] 交", "- [x] 交", 1);
        let redline = Redline::between(&document(before), &document(&after), [false, false]);
        let changed: Vec<(&str, &str)> = redline
            .rows
            .iter()
            .flat_map(|row| &row.parts)
            .filter(|part| part.kind == Kind::Changed)
            .filter_map(|part| Some((part.from.as_deref()?, part.to.as_deref()?)))
            .collect();
        let of = |target: &str| format!("第一条 请假按流程 [→ {target}]办理，见HR-9和https://example.org。");
        assert_eq!(changed, [(&*of("a.md"), &*of("b.md")), ("☐ 交接", "☑ 交接")]);
        assert_eq!(
            redline.rows[0].to.as_ref().unwrap().text,
            "第一条 请假按流程办理，见HR-9和https://example.org。"
        );
        let same = Redline::between(&document(before), &document(before), [false, false]);
        assert_eq!(same.changes().count(), 0);
        // What is new is shown as it reads.
        let added = Redline::between(
            &document("第一条 甲。\n"),
            &document(&format!("第一条 甲。\n\n{before}")),
            [false, false],
        );
        assert!(added.rows.iter().flat_map(|row| &row.parts).all(|part| !format!("{part:?}").contains('→')));
    }

    #[test]
    fn what_is_struck_out_or_stands_higher_is_a_change() {
        let document = |text: &str| Document::new(text, &MarkdownOptions::default());
        for (before, after, shown) in [
            ("员工~~不~~得兼职。", "员工不得兼职。", "员工~~不~~得兼职。"),
            ("员工<del>不</del>得兼职。", "员工不得兼职。", "员工~~不~~得兼职。"),
            ("面积<s>十</s>\n\n乙", "面积十\n\n乙", "面积~~十~~"),
            ("10m<sup>2</sup>", "10m2", "10m^2"),
            // The sign stands in the clause that it strikes out, not in the one before.
            ("第一条 甲。\n\n第二条 ~~乙~~。", "第一条 甲。\n\n第二条 乙。", "第二条 ~~乙~~。"),
        ] {
            let redline = Redline::between(&document(before), &document(after), [false, false]);
            let parts: Vec<_> = redline.rows.iter().flat_map(|row| &row.parts).collect();
            let changed: Vec<_> = parts.iter().filter(|part| part.kind == Kind::Changed).collect();
            assert_eq!(changed.len(), 1, "{before}: {parts:?}");
            assert_eq!(changed[0].from.as_deref(), Some(shown));
        }
    }

    #[test]
    fn signs_that_no_text_may_hold_hide_nothing() {
        let document = |text: &str| Document::new(text, &MarkdownOptions::default());
        let (before, after) = ("甲\u{FDD0}乙\u{FDD1}丙 [丁](a.md)\n", "甲\u{FDD0}戊[丁](a.md)\n");
        let redline = Redline::between(&document(before), &document(after), [false, false]);
        let parts: Vec<_> = redline.rows.iter().flat_map(|row| &row.parts).collect();
        let side = |text: &Option<String>| text.clone().unwrap_or_default();
        let all =
            |side: &dyn Fn(&&crate::redline::Part) -> String| parts.iter().map(side).collect::<String>();
        assert_eq!(all(&|part| side(&part.from)), "甲乙丙 丁");
        assert_eq!(all(&|part| side(&part.to)), "甲戊丁");
    }
}
