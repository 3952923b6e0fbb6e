//! Front matter that a tool gives to many chapters at once.
//!
//! `cascade` of Hugo, `defaults` of Jekyll, `.meta.yml` of MkDocs and the data files of
//! Eleventy's folders say for a whole folder what each chapter in it could say. A draft may
//! be one only by them, so they are read before anything is shown. What a chapter says
//! itself counts more, and of two folders the inner one.

use super::tree::from_folder;
use super::withheld;
use crate::chapter::cascade::{self, Cascade};
use crate::chapter::given::jekyll::Scope;
use crate::chapter::{folder, is_index, without_suffix};
use crate::text::Patterns;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;

/// What is said of the chapters of a folder.
#[derive(Debug, Clone)]
pub(super) struct Defaults {
    /// Which chapters of the folder are meant.
    pub(super) only: Only,
    pub(super) values: Mapping,
}

/// Which chapters of a folder are meant.
#[derive(Debug, Clone)]
pub(super) enum Only {
    /// All of them.
    All,
    /// Those that fit.
    Fitting(Patterns),
    /// Those in a scope of Jekyll's settings.
    Scope(Scope),
    /// Those that a cascade means, with the folder that its paths count from.
    Target(String, Cascade),
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
        self.add(folder, Defaults { only: Only::All, values });
    }

    /// What Hugo's `cascade` in front matter or settings says of a folder, days too. The folder of the
    /// chapters is `root`; languages may have folders in it.
    pub(super) fn add_cascade(&mut self, root: &str, folder: &str, front: &Mapping) {
        const DAYS: [&str; 6] =
            ["date", "expirydate", "unpublishdate", "publishdate", "pubdate", "published"];
        for mut cascade in Cascade::all(front) {
            cascade.values.retain(|key, value| {
                let is_day = |key: &str| DAYS.iter().any(|day| key.eq_ignore_ascii_case(day));
                key.as_str().is_some_and(|key| is_day(key) || withheld::matters(key, value))
            });
            if !cascade.values.is_empty() {
                let values = std::mem::take(&mut cascade.values);
                let only = Only::Target(root.to_owned(), cascade);
                self.0.entry(folder.to_owned()).or_default().push(Defaults { only, values });
            }
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
                    let is_said = |key: &Value| {
                        own.contains_key(key)
                            || key.as_str().is_some_and(|key| cascade::value(own, &[key]).is_some())
                    };
                    let new = defaults.values.iter().filter(|(key, _)| !is_said(key));
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

impl Defaults {
    fn fits(&self, above: &str, file: &str) -> bool {
        match &self.only {
            Only::All => true,
            Only::Fitting(patterns) => {
                let inside = from_folder(above, file).unwrap_or(file);
                let stem = without_suffix(inside).unwrap_or(inside);
                let page = if is_index(file) { folder(inside) } else { stem };
                patterns.fit(inside) || patterns.fit(stem) || patterns.fit(page)
            }
            Only::Scope(scope) => scope.fits(from_folder(above, file).unwrap_or(file)),
            Only::Target(root, cascade) => cascade.fits(from_folder(root, file).unwrap_or(file), 1),
        }
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
        all.add_cascade("content", "content/blog", &mapping(cascade));
        let filled = |file: &str, key: &str| {
            let mut own = Mapping::new();
            all.fill(file, &mut own);
            own.contains_key(key)
        };
        assert!(filled("content/blog/old/a.md", "draft") && !filled("content/blog/new/a.md", "draft"));
        assert!(filled("content/blog/_index.md", "private") && !filled("content/blog/a.md", "private"));
    }
}
