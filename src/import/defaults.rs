//! Front matter that a tool gives to many chapters at once.
//!
//! `cascade` of Hugo, `defaults` of Jekyll, `.meta.yml` of MkDocs and the data files of
//! Eleventy's folders say for a whole folder what each chapter in it could say. A draft may
//! be one only by them, so they are read before anything is shown. What a chapter says
//! itself counts more, and of two folders the inner one.

use super::tree::from_folder;
use super::withheld;
use crate::chapter::{folder, is_index, without_suffix};
use crate::text::Patterns;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;

/// What is said of the chapters of a folder.
#[derive(Debug, Clone)]
pub(super) struct Defaults {
    /// Which chapters of the folder are meant; all of them without it.
    pub(super) only: Option<Patterns>,
    /// Whether only pages of folders are meant, or only others.
    pub(super) index: Option<bool>,
    pub(super) values: Mapping,
}

/// What is said of folders, by their paths in the book.
#[derive(Debug, Clone, Default)]
pub(super) struct FolderDefaults(BTreeMap<String, Vec<Defaults>>);

impl FolderDefaults {
    /// Takes note of what is said of a folder, as far as it matters here.
    pub(super) fn add(&mut self, folder: &str, mut defaults: Defaults) {
        defaults.values.retain(|key, value| key.as_str().is_some_and(|key| withheld::matters(key, value)));
        if !defaults.values.is_empty() {
            self.0.entry(folder.to_owned()).or_default().push(defaults);
        }
    }

    /// What is said of all chapters of a folder.
    pub(super) fn add_all(&mut self, folder: &str, values: Mapping) {
        self.add(folder, Defaults { only: None, index: None, values });
    }

    /// Hugo's `cascade`: a mapping, or several with a `target` each.
    pub(super) fn add_cascade(&mut self, root: &str, folder: &str, cascade: &Value) {
        let all: Vec<&Mapping> = match cascade {
            Value::Mapping(one) => vec![one],
            Value::Sequence(list) => list.iter().filter_map(Value::as_mapping).collect(),
            _ => Vec::new(),
        };
        for one in all {
            let target = one.get("_target").or_else(|| one.get("target")).and_then(Value::as_mapping);
            let said = |key: &str| target?.get(key)?.as_str();
            // `/blog/**` counts from the top of the chapters.
            let inside = from_folder(root, folder).unwrap_or("");
            let only = said("path").map(|path| {
                let path = path.trim_start_matches('/');
                let from = from_folder(inside, path).unwrap_or(path);
                Patterns::anchored([from])
            });
            let index = said("kind").map(|kind| kind != "page");
            let inner = one.get("params").and_then(Value::as_mapping);
            let own = one.iter().chain(inner.into_iter().flatten());
            let values =
                own.filter(|(key, _)| !is_target(key)).map(|(key, value)| (key.clone(), value.clone()));
            self.add(folder, Defaults { only, index, values: values.collect() });
        }
    }

    /// Gives a chapter what is said of its folders and not by itself.
    pub(super) fn fill(&self, file: &str, own: &mut Mapping) {
        if self.0.is_empty() {
            return;
        }
        let mut above = folder(file);
        loop {
            for defaults in self.0.get(above).into_iter().flatten() {
                if defaults.fits(above, file) {
                    let new = defaults.values.iter().filter(|(key, _)| !own.contains_key(*key));
                    let new: Mapping = new.map(|(key, value)| (key.clone(), value.clone())).collect();
                    own.extend(new);
                }
            }
            if above.is_empty() {
                return;
            }
            above = folder(above);
        }
    }
}

fn is_target(key: &Value) -> bool {
    key.as_str().is_some_and(|key| matches!(key, "_target" | "target" | "params"))
}

impl Defaults {
    fn fits(&self, above: &str, file: &str) -> bool {
        let inside = from_folder(above, file).unwrap_or(file);
        let stem = without_suffix(inside).unwrap_or(inside);
        let page = if is_index(file) { folder(inside) } else { stem };
        let is_meant = |only: &Patterns| only.fit(inside) || only.fit(stem) || only.fit(page);
        self.index.is_none_or(|index| index == is_index(file)) && self.only.as_ref().is_none_or(is_meant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(text: &str) -> Mapping {
        serde_yaml::from_str(text).expect("a mapping")
    }

    #[test]
    fn the_inner_folder_and_the_chapter_itself_count_more() {
        let mut all = FolderDefaults::default();
        all.add_all("c", mapping("draft: true"));
        all.add_all("c/open", mapping("draft: false"));
        let filled = |file: &str, own: &str| {
            let mut own = mapping(own);
            all.fill(file, &mut own);
            own.get("draft").and_then(Value::as_bool)
        };
        assert_eq!(filled("c/a.md", "{}"), Some(true));
        assert_eq!(filled("c/a.md", "draft: false"), Some(false));
        assert_eq!(filled("c/open/x/a.md", "{}"), Some(false));
        assert_eq!(filled("d/a.md", "{}"), None);
    }

    #[test]
    fn a_cascade_has_targets() {
        let mut all = FolderDefaults::default();
        let cascade = "cascade: [{target: {path: '/blog/old/**'}, draft: true}, {_target: {kind: section}, private: true}]";
        all.add_cascade("content", "content/blog", mapping(cascade).get("cascade").expect("it"));
        let filled = |file: &str, key: &str| {
            let mut own = Mapping::new();
            all.fill(file, &mut own);
            own.contains_key(key)
        };
        assert!(filled("content/blog/old/a.md", "draft") && !filled("content/blog/new/a.md", "draft"));
        assert!(filled("content/blog/_index.md", "private") && !filled("content/blog/a.md", "private"));
    }
}
