//! The order in which files are published.
//!
//! They are published one at a time, so that every page that can be reached is complete at
//! every moment: what a page needs comes before the page, what links to a page comes after
//! it, and what nothing needs any more is removed last. So a run that is interrupted leaves
//! a site without broken pages.

use crate::handbook::routes::{Page, Phase as PageKindPhase, leads_to_hashed};
use crate::host::is_immutable;

/// When a file is published; earlier phases come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// Files named by a hash of their content: no old page refers to them.
    Hashed,
    /// Other files with new names: no old page refers to these either.
    NewFile,
    /// Pages with new names: linked only from pages that are published later.
    NewPage,
    /// Attachments that differ.
    ChangedFile,
    /// Pages that differ; all they link to has been published.
    ChangedPage,
    /// Data under fixed names that refers to hashed files and to pages.
    Data,
    /// The home page, which links to the rest.
    Home,
}

/// The phase of a file; `new` where nothing is at its URL path yet.
pub(crate) fn phase(address: &str, new: bool) -> Phase {
    let page = address.ends_with(".html");
    match Page::phase_at(address) {
        Some(PageKindPhase::Home) => Phase::Home,
        Some(PageKindPhase::Data) => Phase::Data,
        _ if leads_to_hashed(address) => Phase::Data,
        _ if is_immutable(address) => Phase::Hashed,
        _ if new && page => Phase::NewPage,
        _ if new => Phase::NewFile,
        _ if page => Phase::ChangedPage,
        _ => Phase::ChangedFile,
    }
}

/// The order in which leftovers are removed: pages, then what they needed.
pub(crate) fn removal_order(address: &str) -> std::cmp::Reverse<Phase> {
    std::cmp::Reverse(phase(address, false))
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
        site.sort_by_key(|(address, new)| phase(address, *new));
        assert_eq!(site.to_vec(), wanted);
        let mut left = ["assets/a.0123abcd.css", "a.png", "a.html", "a.html.gz"];
        left.sort_by_key(|address| removal_order(address));
        assert_eq!(left, ["a.html", "a.png", "a.html.gz", "assets/a.0123abcd.css"]);
    }
}
