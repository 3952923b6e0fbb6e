//! The order in which files take their places.
//!
//! One at a time, so that every page that can be reached is whole at every
//! moment: what a page needs comes before the page, what leads to a page comes
//! after it, and what nothing needs any more goes last. A run that is cut off
//! anywhere leaves such a state.

use crate::handbook::routes::{Page, Phase, leads_to_hashed};
use crate::host::is_kept;

/// When a file takes its place; earlier turns come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Turn {
    /// Files named by what they hold: no old page knows them.
    Hashed,
    /// Other files with new names: no old page knows these either.
    NewFile,
    /// Pages with new names: reached only from pages that are yet to come.
    NewPage,
    /// Attachments that differ.
    ChangedFile,
    /// Pages that differ; all they lead to is there.
    ChangedPage,
    /// Data under fixed names that lead to hashed files and to pages.
    Data,
    /// The home page, which tells of the rest.
    Home,
}

/// The turn of a file; `new` where nothing stands at its address yet.
pub(crate) fn turn(address: &str, new: bool) -> Turn {
    let page = address.ends_with(".html");
    match Page::phase_at(address) {
        Some(Phase::Home) => Turn::Home,
        Some(Phase::Data) => Turn::Data,
        _ if leads_to_hashed(address) => Turn::Data,
        _ if is_kept(address) => Turn::Hashed,
        _ if new && page => Turn::NewPage,
        _ if new => Turn::NewFile,
        _ if page => Turn::ChangedPage,
        _ => Turn::ChangedFile,
    }
}

/// The order in which leftovers go: pages, then what they needed.
pub(crate) fn last_turn(address: &str) -> std::cmp::Reverse<Turn> {
    std::cmp::Reverse(turn(address, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_needs_comes_before_it_and_goes_after_it() {
        let mut site = [
            ("index.html", false),
            ("search/index.js", false),
            ("a/old.html", false),
            ("a/图.png", false),
            ("a/new.html", true),
            ("a/new.png", true),
            ("assets/style.0123abcd.css", true),
        ];
        let wanted: Vec<_> = site.iter().rev().copied().collect();
        site.sort_by_key(|(address, new)| turn(address, *new));
        assert_eq!(site.to_vec(), wanted);
        let mut left = ["assets/a.0123abcd.css", "a.png", "a.html", "a.html.gz"];
        left.sort_by_key(|address| last_turn(address));
        assert_eq!(left, ["a.html", "a.png", "a.html.gz", "assets/a.0123abcd.css"]);
    }
}
