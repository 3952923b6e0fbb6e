//! Which files at their end a chapter was last that is gone: who might see these sees its editions.

use super::History;
use crate::source::EndOfFile;
use crate::text::fold;
use std::collections::HashMap;
use std::sync::Arc;

/// The files that are gone, by what their chapters are known by.
#[derive(Debug, Default)]
pub(super) struct Endings {
    names: HashMap<Arc<str>, Latest>,
    /// A chapter that moved has its id in another file, which may have gone later.
    ids: HashMap<String, Latest>,
}

/// Those that went last: of one commit.
type Latest = Vec<Arc<EndOfFile>>;

impl Endings {
    pub(super) fn add(&mut self, name: &Arc<str>, id: Option<&str>, end: &Arc<EndOfFile>) {
        put(self.names.entry(Arc::clone(name)).or_default(), end);
        if let Some(id) = id {
            put(self.ids.entry(fold(id)).or_default(), end);
        }
    }

    /// Gives each chapter that is gone the files that it was last.
    pub(super) fn give_to<'a>(&self, histories: impl Iterator<Item = &'a mut History>) {
        for history in histories.filter(|history| history.removed.is_some()) {
            let ids = history.editions.iter().filter_map(|edition| edition.front.id.as_ref());
            let named = ids.filter_map(|id| self.ids.get(&fold(&id.text)));
            let mut latest = Latest::new();
            for end in named.chain(self.names.get(&history.name)).flatten() {
                put(&mut latest, end);
            }
            history.ends = latest;
        }
    }
}

fn put(latest: &mut Latest, end: &Arc<EndOfFile>) {
    let age = latest.first().map_or(usize::MAX, |known| known.age);
    if end.age < age {
        latest.clear();
    }
    if end.age <= age && !latest.iter().any(|known| Arc::ptr_eq(known, end)) {
        latest.push(Arc::clone(end));
    }
}
