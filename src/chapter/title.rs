//! Titles that would break what shows them: far too long, or turning the
//! direction of writing.
//!
//! A title stands on every page that lists or links its chapter. One of a
//! megabyte would make each of them as heavy.

use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use crate::text::{show_turns, turns_writing};

/// Characters that a title may have.
const LONGEST: usize = 300;

/// What is wrong with a title as it is written, without its place.
pub(super) fn faults(title: &str) -> impl Iterator<Item = Diagnostic> {
    let long = is_too_long(title).then(|| {
        Diagnostic::new(&rule::LIMIT, message!("limit-title", most = LONGEST))
            .help(message!("limit-title.help"))
    });
    let turned = title.contains(turns_writing).then(|| {
        let shortened = shortened(title);
        let message = message!("bidi-control-title", shown = show_turns(&shortened));
        Diagnostic::new(&rule::BIDI_CONTROL, message).help(message!("bidi-control-title.help"))
    });
    [long, turned].into_iter().flatten()
}

/// Whether pages show only the beginning of a title.
pub(super) fn is_too_long(title: &str) -> bool {
    title.chars().nth(LONGEST).is_some()
}

/// The title as pages show it.
pub(super) fn shown(title: &str) -> String {
    show_turns(&shortened(title)).into_owned()
}

fn shortened(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_titles_stay_as_they_are() {
        let usual = "采购制度".repeat(75);
        assert_eq!((faults(&usual).count(), shown(&usual)), (0, usual));
        let codes: Vec<&str> =
            faults(&"\u{202E}".repeat(301)).map(|diagnostic| diagnostic.rule.code).collect();
        assert_eq!(codes, ["limit", "bidi-control"]);
        assert_eq!(shown("甲\u{202E}乙"), "甲[U+202E]乙");
        assert_eq!(shown(&"长".repeat(400)).chars().count(), 301);
    }
}
