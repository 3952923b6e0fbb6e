//! Which chapters of two states of a handbook are one: a chapter keeps its id, else its file, else
//! its title.

use crate::chapter::Chapter;
use crate::handbook::Handbook;
use crate::id::ChapterId;
use std::collections::HashMap;

/// The chapters of two states that are one.
pub(super) struct Pairs {
    /// By the chapter before.
    pub(super) after: HashMap<ChapterId, ChapterId>,
    /// By the chapter after.
    pub(super) before: HashMap<ChapterId, ChapterId>,
}

impl Pairs {
    /// Pairs chapters by id, else by file, else by title.
    pub(super) fn new(before: &Handbook, after: &Handbook) -> Self {
        let mut pairs = Self { after: HashMap::new(), before: HashMap::new() };
        let keys: [fn(&Chapter) -> Option<&str>; 3] = [
            |chapter| chapter.front.id.as_ref().map(|id| id.text.as_str()),
            |chapter| Some(&*chapter.source.name),
            |chapter| Some(&*chapter.title),
        ];
        for key in keys {
            let mut known: HashMap<&str, ChapterId> = HashMap::new();
            for (id, chapter) in after.chapters.iter_enumerated() {
                if let (false, Some(name)) = (pairs.before.contains_key(&id), key(chapter)) {
                    known.entry(name).or_insert(id);
                }
            }
            for (id, chapter) in before.chapters.iter_enumerated() {
                if pairs.after.contains_key(&id) {
                    continue;
                }
                if let Some(to) = key(chapter).and_then(|name| known.remove(name)) {
                    pairs.after.insert(id, to);
                    pairs.before.insert(to, id);
                }
            }
        }
        pairs
    }
}
