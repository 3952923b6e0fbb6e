//! Names of chapters and folders as other tools would write them.

use super::super::Handbook;
use super::super::registry::PathTarget;
use crate::chapter::{folder, without_order, without_suffix};
use crate::text::fold;
use std::collections::HashMap;

/// Chapters and folders by names that tools would make one of.
#[derive(Debug, Clone, Default)]
pub(in crate::handbook) struct LooseNames(HashMap<String, Option<PathTarget>>);

impl LooseNames {
    pub(in crate::handbook) fn new(handbook: &Handbook) -> Self {
        let mut names = Self::default();
        for (id, chapter) in handbook.chapters.iter_enumerated() {
            let name = &*chapter.source.name;
            let stem = if chapter.is_index || chapter.bundle.is_some() {
                folder(name)
            } else {
                without_suffix(name).unwrap_or(name)
            };
            names.add(stem, PathTarget::Chapter(id));
        }
        for (id, section) in handbook.tree.sections.iter_enumerated() {
            if section.index.is_none() && section.beside.is_none() {
                names.add(&section.path, PathTarget::Section(id));
            }
        }
        names
    }

    /// What a key names; `None` within where several have it.
    pub(super) fn get(&self, key: &str) -> Option<&Option<PathTarget>> {
        self.0.get(key)
    }

    fn add(&mut self, path: &str, place: PathTarget) {
        for key in loose_keys(path) {
            let one = self.0.entry(key).or_insert(Some(place));
            if *one != Some(place) {
                *one = None;
            }
        }
    }
}

/// The loose keys of a chapter or folder: that of its path and, where its name begins with a
/// day, those of the addresses that Jekyll, Eleventy and Docusaurus make of it:
/// `blog/2024-05-06-news` is at `blog/news`, and at `blog/2024/05/06/news`.
pub(in crate::handbook) fn loose_keys(path: &str) -> Vec<String> {
    let mut keys = vec![loose_key(path)];
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some((day, words)) = after_day(name) {
        let above = folder(path);
        let above = above.strip_suffix("_posts").unwrap_or(above).trim_end_matches('/');
        let slash = if above.is_empty() { "" } else { "/" };
        keys.push(loose_key(&format!("{above}{slash}{words}")));
        keys.push(loose_key(&format!("{above}{slash}{}/{words}", day.replace('-', "/"))));
    }
    keys.dedup();
    keys
}

/// A name that begins with a day, parted there: `2024-05-06-news`.
fn after_day(name: &str) -> Option<(&str, &str)> {
    let (day, words) = name.split_at_checked(10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let words = words.strip_prefix(['-', '_'])?;
    (is_day && !words.is_empty()).then_some((day, words))
}

/// A path as it is compared loosely: without the numbers that order files, in lower case,
/// words parted by `-` and without other signs.
pub(super) fn loose_key(path: &str) -> String {
    let mut key = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if !key.is_empty() {
            key.push('/');
        }
        let begin = key.len();
        for c in fold(without_order(part)).chars() {
            if c.is_alphanumeric() || c == '.' {
                key.push(c);
            } else if (c.is_whitespace() || matches!(c, '-' | '_')) && !key[begin..].ends_with('-') {
                key.push('-');
            }
        }
        let length = key[begin..].trim_end_matches('-').len();
        key.truncate(begin + length);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_tools_make_them() {
        assert_eq!(loose_key("01-Guide/02_Getting Started"), "guide/getting-started");
        assert_eq!(loose_key("guide/getting-started/"), "guide/getting-started");
        assert_eq!(loose_key("制度/2024年制度"), "制度/2024年制度");
        assert_eq!(loose_key("v1.2/C++"), "v1.2/c");
    }

    #[test]
    fn a_day_in_a_name_is_no_part_of_its_address() {
        let keys = loose_keys("blog/_posts/2024-05-06-Big News");
        assert_eq!(keys, ["blog/-posts/2024-05-06-big-news", "blog/big-news", "blog/2024/05/06/big-news"]);
        assert_eq!(loose_keys("2024-05-06"), ["2024-05-06"]);
        assert_eq!(loose_keys("2024年-05-06-x").len(), 1);
    }
}
