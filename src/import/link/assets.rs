//! Where the files of a book are copied to that its chapters use.
//!
//! Each lies where it did, or where the tool published it; of two that would meet in one place the
//! later one gets a number.

use super::Links;
use crate::chapter::without_suffix;
use crate::import::tree::{from_folder, within};
use std::collections::{HashMap, HashSet};

impl Links<'_> {
    /// Where a file is copied to, below `content/`.
    pub(in crate::import) fn asset_target(&self, path: &str) -> &str {
        self.targets.get(path).map_or("", String::as_str)
    }

    pub(super) fn asset_targets(&self) -> HashMap<String, String> {
        let mut taken: HashSet<String> =
            self.layout.places.values().map(|place| place.target.to_lowercase()).collect();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut targets = HashMap::new();
        for path in self.tree.files.keys().filter(|path| !self.pages.contains_key(*path)) {
            let public = self
                .book
                .public
                .iter()
                .find_map(|public| from_folder(public, path).filter(|_| !public.is_empty()));
            let inside = public.map(str::to_owned).or_else(|| self.book.inside(path));
            let place = inside.unwrap_or_else(|| within("files", path));
            // Hidden folders are not published.
            let place: Vec<&str> = place
                .split('/')
                .map(|part| part.trim_start_matches('.'))
                .filter(|part| !part.is_empty())
                .collect();
            let mut place = place.join("/");
            // Another tool's chapter that is only linked is not to become a chapter.
            if without_suffix(&place).is_some() {
                place.push_str(".txt");
            }
            let mut free = place.clone();
            while !taken.insert(free.to_lowercase()) {
                let (stem, end) = place
                    .rsplit_once('.')
                    .map_or((place.as_str(), String::new()), |(stem, end)| (stem, format!(".{end}")));
                let number = numbers.entry(place.to_lowercase()).or_insert(1);
                *number += 1;
                free = format!("{stem}-{number}{end}");
            }
            targets.insert(path.clone(), free);
        }
        targets
    }
}
