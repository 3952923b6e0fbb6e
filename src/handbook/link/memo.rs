//! What the links of a chapter mean, each worked out once.
//!
//! The check, the list of files, the page and the cards beside links all ask what a link
//! means. The check works it out ([`LinkMemo`]); the answers are kept with the chapter's
//! references ([`LinkTargets`]).

use super::super::Handbook;
use super::{LinkTarget, ResolvedLink, is_external};
use crate::chapter::Chapter;
use crate::id::ChapterId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The links of one chapter, as far as they were asked for.
pub(in crate::handbook) struct LinkMemo<'a> {
    handbook: &'a Handbook,
    chapter: &'a Chapter,
    /// By destination: of paths, and of `[[names]]`.
    paths: RefCell<HashMap<Box<str>, Rc<ResolvedLink>>>,
    names: RefCell<HashMap<Box<str>, Rc<ResolvedLink>>>,
}

/// What the links of a chapter mean, by what is written; sorted. Those that lead outside are
/// left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::handbook) struct LinkTargets(Box<[(bool, Box<str>, LinkTarget)]>);

impl<'a> LinkMemo<'a> {
    pub(in crate::handbook) fn new(handbook: &'a Handbook, chapter: &'a Chapter) -> Self {
        Self { handbook, chapter, paths: RefCell::default(), names: RefCell::default() }
    }

    /// The chapter.
    pub(in crate::handbook) const fn chapter(&self) -> &'a Chapter {
        self.chapter
    }

    /// What a destination means, of `[[…]]` or of another link.
    pub(in crate::handbook) fn resolve(&self, wiki: bool, destination: &str) -> Rc<ResolvedLink> {
        let known = if wiki { &self.names } else { &self.paths };
        if let Some(link) = known.borrow().get(destination) {
            return Rc::clone(link);
        }
        let link = Rc::new(self.handbook.resolve_written(self.chapter, wiki, destination));
        known.borrow_mut().insert(destination.into(), Rc::clone(&link));
        link
    }

    /// What was worked out so far.
    pub(in crate::handbook) fn targets(&self) -> LinkTargets {
        let mut all = Vec::new();
        for (wiki, known) in [(false, &self.paths), (true, &self.names)] {
            let known = known.borrow();
            let inside = known.iter().filter(|entry| entry.1.target != LinkTarget::External);
            all.extend(inside.map(|(destination, link)| (wiki, destination.clone(), link.target.clone())));
        }
        all.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        LinkTargets(all.into())
    }
}

impl LinkTargets {
    fn get(&self, wiki: bool, destination: &str) -> Option<&LinkTarget> {
        let place = |(known, written, _): &(bool, Box<str>, LinkTarget)| {
            (*known, &**written).cmp(&(wiki, destination))
        };
        self.0.binary_search_by(place).ok().map(|at| &self.0[at].2)
    }
}

impl Handbook {
    /// What a link in a chapter's text means, as it was worked out when references were
    /// resolved; what stands elsewhere, such as in a term's definition, is worked out now.
    #[must_use]
    pub fn link_target(&self, chapter: ChapterId, wiki: bool, destination: &str) -> LinkTarget {
        // What leads outside is not kept.
        let is_kept = wiki || !is_external(destination);
        let known = || self.references.targets_of(chapter)?.get(wiki, destination).cloned();
        is_kept
            .then(known)
            .flatten()
            .unwrap_or_else(|| self.resolve_written(&self.chapters[chapter], wiki, destination).target)
    }
}
