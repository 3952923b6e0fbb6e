//! Pictures as they were at the commits of editions, where they are no longer what they were.

use super::blobs::contents;
use super::changes::Changes;
use crate::locale::Message;
use crate::media::is_picture;
use crate::source::KeptPicture;
use crate::text::encode_path;
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The pictures through the history.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// By name.
    changes: BTreeMap<String, Changes>,
    /// Those that changed, to be found in texts all at once.
    finder: OnceLock<Finder>,
}

/// Finds the names of files in a text, as they are and as addresses have them.
#[derive(Debug)]
struct Finder {
    /// `None` where the names are more than can be looked for: then no picture is kept.
    files: Option<AhoCorasick>,
    /// The picture that each of the patterns means.
    names: Vec<String>,
}

impl Finder {
    fn new<'a>(pictures: impl Iterator<Item = &'a String>) -> Self {
        let (mut patterns, mut names) = (Vec::new(), Vec::new());
        for name in pictures {
            let file = name.rsplit('/').next().unwrap_or(name);
            let encoded = Some(encode_path(file).to_string()).filter(|encoded| encoded != file);
            for pattern in std::iter::once(file.to_owned()).chain(encoded) {
                patterns.push(pattern);
                names.push(name.clone());
            }
        }
        Self { files: AhoCorasick::new(&patterns).ok(), names }
    }

    /// The pictures that a text names, each once.
    fn find(&self, text: &str) -> BTreeSet<&str> {
        let found = self.files.iter().flat_map(|files| files.find_overlapping_iter(text));
        found.filter_map(|found| self.names.get(found.pattern().as_usize()).map(String::as_str)).collect()
    }
}

impl Pictures {
    /// Notes a change of the file with this name, if it is a picture.
    pub(super) fn add(&mut self, name: Option<&str>, age: usize, blob: Option<&str>) {
        let Some(name) = name.filter(|name| is_picture(name)) else { return };
        self.changes.entry(name.to_owned()).or_default().add(age, blob);
    }

    /// The pictures that a text of a commit names, and that are others now: names and blobs. Which
    /// of them it shows is found out where texts are read.
    pub(super) fn of(&self, text: &str, age: usize) -> Vec<(&str, &str)> {
        let changed =
            || self.changes.iter().filter(|(_, changes)| changes.are_several()).map(|(name, _)| name);
        let finder = self.finder.get_or_init(|| Finder::new(changed()));
        let named = finder.find(text).into_iter().filter_map(|name| self.changes.get_key_value(name));
        let kept = named.filter_map(|(name, changes)| {
            // It may have come with the next commit.
            let blob = changes.at(age).unwrap_or_else(|| changes.oldest())?;
            (changes.newest() != Some(blob)).then_some((name.as_str(), blob))
        });
        kept.collect()
    }
}

/// Reads the pictures of each edition.
///
/// # Errors
/// A message where git cannot be run or fails.
pub(super) fn read(root: &Path, wanted: &[Vec<(&str, &str)>]) -> Result<Vec<Arc<[KeptPicture]>>, Message> {
    let blobs: Vec<&str> =
        wanted.iter().flatten().map(|(_, blob)| *blob).collect::<BTreeSet<_>>().into_iter().collect();
    let mut read: HashMap<&str, Arc<[u8]>> = HashMap::new();
    let mut names = blobs.iter();
    contents(root, &blobs, &mut |bytes| {
        if let (Some(blob), Some(bytes)) = (names.next(), bytes) {
            read.insert(blob, bytes.into());
        }
    })?;
    let kept = |(name, blob): &(&str, &str)| {
        Some(KeptPicture { name: (*name).into(), bytes: Arc::clone(read.get(blob)?) })
    };
    Ok(wanted.iter().map(|pictures| pictures.iter().filter_map(kept).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_those_of_the_commit_where_they_changed() {
        let mut pictures = Pictures::default();
        pictures.add(Some("a.png"), 1, Some("new"));
        pictures.add(Some("图.svg"), 2, None);
        pictures.add(Some("a.png"), 3, Some("old"));
        pictures.add(Some("图.svg"), 4, Some("gone"));
        pictures.add(Some("same.png"), 4, Some("same"));
        pictures.add(Some("a.md"), 4, Some("no picture"));
        let of =
            |text: &str, age| pictures.of(text, age).into_iter().map(|(_, blob)| blob).collect::<Vec<_>>();
        let text = "![](a.png) ![](%E5%9B%BE.svg) ![](same.png) a.md";
        assert_eq!(of(text, 1), Vec::<&str>::new());
        assert_eq!(of(text, 3), ["old", "gone"]);
        assert_eq!(of(text, 5), ["old", "gone"], "they came with the next commit");
        assert_eq!(of("nothing", 3), Vec::<&str>::new());
    }
}
