//! Orphans: chapters that a reader meets only by going through the whole tree.
//!
//! The tree lists every chapter, so none is ever out of reach. But one that
//! nothing refers to, that concerns no department or role, has no topic and is
//! nobody's required reading will hardly be found. Where no chapter at all has
//! departments, roles or topics, the tree is how the handbook is read, and
//! nothing is said.

use super::Handbook;
use crate::chapter::field::Field;
use crate::diagnostic::Diagnostic;
use crate::id::ChapterId;
use crate::locale::Message;
use crate::message;
use crate::rule;

/// More than these are reported in one diagnostic.
const EACH: usize = 30;

impl Handbook {
    /// A note for each orphan, or one for all where they are many.
    pub(super) fn orphans(&self) -> Vec<Diagnostic> {
        let sorted = |chapter: ChapterId| {
            let metadata = &self.metadata[chapter];
            !(metadata.departments.is_empty()
                && metadata.roles.is_empty()
                && self.chapters[chapter].front.topics.is_empty())
        };
        if !self.listed().any(sorted) {
            return Vec::new();
        }
        let orphans: Vec<ChapterId> = self.listed().filter(|chapter| self.is_orphan(*chapter)).collect();
        let note = |message: Message| {
            Diagnostic::new(&rule::ORPHAN_CHAPTER, message).help(message!("orphan-chapter.help"))
        };
        if orphans.len() > EACH {
            let first = &self.chapters[orphans[0]].source.path;
            return vec![note(message!("orphan-chapter-many", number = orphans.len(), path = first))];
        }
        let each = |chapter: &ChapterId| {
            let chapter = &self.chapters[*chapter];
            note(message!("orphan-chapter", title = &chapter.title)).at(&chapter.source.path, None)
        };
        orphans.iter().map(each).collect()
    }

    fn is_orphan(&self, id: ChapterId) -> bool {
        let metadata = &self.metadata[id];
        let of_someone = !metadata.departments.is_empty()
            || !metadata.roles.is_empty()
            || !metadata.required.is_empty()
            || metadata.required_all;
        let tied = !metadata.documents(Field::Related).is_empty()
            || !metadata.documents(Field::Supersedes).is_empty()
            || !self.lifecycles[id].superseded_by.is_empty();
        let chapter = &self.chapters[id];
        let alone = self.references.backlinks[id].is_empty() && chapter.front.topics.is_empty();
        alone && !of_someone && !tied && self.chapters.len() > 1
    }
}
