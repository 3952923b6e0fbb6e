//! What a document's name says of its state: 差旅费管理办法（征求意见稿）.
//!
//! A table seldom says so, and a text that is out for comment must not pass for a rule.

use crate::chapter::vocabulary::Status;

/// What stands behind a name, and the state that it means.
const STATES: [(&str, Status); 16] = [
    ("征求意见稿", Status::Consultation),
    ("公开征求意见稿", Status::Consultation),
    ("二次征求意见稿", Status::Consultation),
    ("征求意见", Status::Consultation),
    ("draftforcomment", Status::Consultation),
    ("草案", Status::Draft),
    ("草稿", Status::Draft),
    ("初稿", Status::Draft),
    ("讨论稿", Status::Draft),
    ("送审稿", Status::Draft),
    ("审议稿", Status::Draft),
    ("报批稿", Status::Draft),
    ("draft", Status::Draft),
    ("已废止", Status::Retired),
    ("废止", Status::Retired),
    ("作废", Status::Retired),
];

/// The state at the end of a name, and the name without it.
pub(super) fn of_name(name: &str) -> Option<(Status, &str)> {
    let name = name.trim();
    let closed = name.trim_end_matches(['）', ')', '】', ']', '〕']);
    let at = closed.rfind(['（', '(', '【', '[', '〔', '_', '-', '－', '—', ' '])?;
    let word: String = closed[at..].chars().skip(1).filter(|sign| !sign.is_whitespace()).collect();
    let word = word.to_lowercase();
    let state = STATES.iter().find(|(known, _)| *known == word)?.1;
    let bare = closed[..at].trim_end();
    (!bare.is_empty()).then_some((state, bare))
}
