//! Which chapters are published on a day, and which of them are their folders' own pages.

use super::Input;
use crate::chapter::{Chapter, index_rank, without_suffix};
use crate::id::{ChapterId, IdVec};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The chapters that are published, and the drafts that are not.
pub(super) fn published(
    chapters: Vec<Arc<Chapter>>,
    input: &Input,
) -> (IdVec<ChapterId, Arc<Chapter>>, Vec<Arc<Chapter>>) {
    let (mut kept, hidden): (Vec<_>, Vec<_>) =
        chapters.into_iter().partition(|chapter| input.drafts || !chapter.is_draft(input.today));
    demote_second_indexes(&mut kept);
    (kept.into(), hidden)
}

/// Where a folder holds `index.md` and `README.md`, only the first is its page.
fn demote_second_indexes(chapters: &mut [Arc<Chapter>]) {
    let mut best: BTreeMap<String, usize> = BTreeMap::new();
    let rank = |chapter: &Chapter| chapter.is_index.then(|| index_rank(&chapter.source.name)).flatten();
    for chapter in chapters.iter() {
        if let Some(rank) = rank(chapter) {
            let known = best.entry(chapter.folder().to_owned()).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    for chapter in chapters.iter_mut() {
        let second =
            rank(chapter).is_some_and(|rank| best.get(chapter.folder()).is_some_and(|best| rank > *best));
        if second {
            let chapter = Arc::make_mut(chapter);
            chapter.is_index = false;
            let name = &chapter.source.name;
            chapter.url = format!("{}.html", without_suffix(name).unwrap_or(name)).into();
        }
    }
}
