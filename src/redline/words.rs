//! Where two texts differ: Chinese by character, other scripts by word, as a reader of an
//! amendment marks them.

use crate::markdown::TARGET;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// What became of a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is in both.
    Same,
    /// It is only in the text before.
    Deleted,
    /// It is only in the text after.
    Added,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Run {
    /// What became of it.
    pub change: Change,
    /// Its words.
    pub text: String,
}

/// Words of both texts above which they are not compared word by word: the cost of that may
/// grow with the product of what differs.
const MOST: usize = 20_000;

/// Cuts two texts where they differ; what was deleted stands before what was added.
pub(super) fn compare(before: &str, after: &str) -> Vec<Run> {
    let (old, new) = (tokens(before), tokens(after));
    let mut runs = Vec::new();
    if old.len() + new.len() > MOST && before != after {
        push(&mut runs, Change::Deleted, before);
        push(&mut runs, Change::Added, after);
        return runs;
    }
    let (old_ids, new_ids) = numbered(&old, &new);
    for op in capture_diff_slices(Algorithm::Myers, &old_ids, &new_ids) {
        let text = |words: &[&str], range: std::ops::Range<usize>| words[range].concat();
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                push(&mut runs, Change::Same, &text(&old, old_index..old_index + len));
            }
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
                push(&mut runs, Change::Deleted, &text(&old, op.old_range()));
                push(&mut runs, Change::Added, &text(&new, op.new_range()));
            }
        }
    }
    let runs = joined(runs);
    if !is_scattered(&runs) {
        return runs;
    }
    let mut runs = Vec::new();
    push(&mut runs, Change::Deleted, before);
    push(&mut runs, Change::Added, after);
    runs
}

/// Characters that a text must have for its changes to be called scattered.
const LONG: usize = 12;

/// Whether so little of both texts is in both that marking it would only confuse a reader.
fn is_scattered(runs: &[Run]) -> bool {
    let length = |change: Change| -> usize {
        runs.iter().filter(|run| run.change == change).map(|run| run.text.chars().count()).sum()
    };
    let same = length(Change::Same);
    let shorter = same + length(Change::Deleted).min(length(Change::Added));
    shorter >= LONG && same * 5 < shorter * 2
}

/// A number for each word, the same for the same word.
fn numbered<'a>(old: &[&'a str], new: &[&'a str]) -> (Vec<u32>, Vec<u32>) {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut ids = |words: &[&'a str]| -> Vec<u32> {
        let id = |word: &&'a str| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(word).or_insert(next)
        };
        words.iter().map(id).collect()
    };
    (ids(old), ids(new))
}

fn push(runs: &mut Vec<Run>, change: Change, text: &str) {
    if text.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(last) if last.change == change => last.text.push_str(text),
        _ => runs.push(Run { change, text: text.to_owned() }),
    }
}

/// A single character that stays between two changes is no help to a reader: it joins them.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let is_changed = |run: Option<&Run>| run.is_some_and(|run| run.change != Change::Same);
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    let (mut deleted, mut added) = (String::new(), String::new());
    let flush = |joined: &mut Vec<Run>, deleted: &mut String, added: &mut String| {
        push(joined, Change::Deleted, deleted);
        push(joined, Change::Added, added);
        deleted.clear();
        added.clear();
    };
    for (at, run) in runs.iter().enumerate() {
        let short = run.text.chars().count() == 1 && !run.text.contains('\n');
        match run.change {
            Change::Deleted => deleted.push_str(&run.text),
            Change::Added => added.push_str(&run.text),
            Change::Same
                if short && !(deleted.is_empty() && added.is_empty()) && is_changed(runs.get(at + 1)) =>
            {
                deleted.push_str(&run.text);
                added.push_str(&run.text);
            }
            Change::Same => {
                flush(&mut joined, &mut deleted, &mut added);
                push(&mut joined, Change::Same, &run.text);
            }
        }
    }
    flush(&mut joined, &mut deleted, &mut added);
    joined
}

/// Words: letters and digits that stand together, the target of a link, all else by character.
fn tokens(text: &str) -> Vec<&str> {
    let joins = |c: char| c.is_alphanumeric() && !crate::text::is_cjk(c);
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut in_target = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        in_target = if in_target { c != TARGET[1] } else { c == TARGET[0] };
        let goes_on = in_target || joins(c) && chars.peek().is_some_and(|(_, next)| joins(*next));
        if !goes_on {
            let end = at + c.len_utf8();
            tokens.push(&text[start..end]);
            start = end;
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let mark = |run: Run| match run.change {
            Change::Same => run.text,
            Change::Deleted => format!("[-{}]", run.text),
            Change::Added => format!("[+{}]", run.text),
        };
        compare(before, after).into_iter().map(mark).collect()
    }

    #[test]
    fn chinese_is_compared_by_character_and_latin_by_word() {
        assert_eq!(shown("每人五天年假。", "每人六天年假。"), "每人[-五][+六]天年假。");
        assert_eq!(shown("At most 300 yuan.", "At most 350 yuan."), "At most [-300][+350] yuan.");
        assert_eq!(shown("甲", "甲"), "甲");
        assert_eq!(shown("", "新的"), "[+新的]");
    }

    #[test]
    fn a_character_that_stays_by_chance_does_not_cut_a_change() {
        assert_eq!(shown("主管部门批准", "行政机关批准"), "[-主管部门][+行政机关]批准");
        assert_eq!(shown("应当在三日内", "必须当天内"), "[-应当在三日][+必须当天]内");
    }

    #[test]
    fn two_texts_that_have_little_in_common_are_shown_whole() {
        assert_eq!(
            shown("请假须提前三天书面申请并经批准。", "出差费用凭发票在十五日内报销结清。"),
            "[-请假须提前三天书面申请并经批准。][+出差费用凭发票在十五日内报销结清。]"
        );
        assert_eq!(
            shown("请假须提前三天书面申请。", "请假须提前三天书面申请，并写明原因、起止日期和代理人。"),
            "请假须提前三天书面申请[+，并写明原因、起止日期和代理人]。"
        );
    }

    #[test]
    fn every_word_of_both_texts_is_in_the_runs() {
        let (before, after) = ("第一条 a b\n（一）甲；", "第二条 a c\n（一）乙；\n（二）丙。");
        let runs = compare(before, after);
        let side = |change| -> String {
            let of = runs.iter().filter(|run| run.change == Change::Same || run.change == change);
            of.map(|run| run.text.as_str()).collect()
        };
        assert_eq!(side(Change::Deleted), before);
        assert_eq!(side(Change::Added), after);
    }
}
