//! What the cards beside links show: the title, status and first lines of every
//! chapter, and the text of each clause or section that another page links to.
//!
//! It is loaded on demand by `preview-content.js`, so it comes in a few scripts
//! that register themselves (a browser reads no other data from `file://`).
//! A chapter's place among them follows from its address alone. Their names
//! hold a hash of what they hold and stand in `previews/manifest.js`, which is
//! fetched at the first card: so an edit changes one shard and the manifest,
//! and no page.

mod entry;
mod wanted;

use super::Site;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use xxhash_rust::xxh3::xxh3_64;

const FOLDER: &str = "previews/";
const MANIFEST: &str = "previews/manifest.js";
/// Bytes of a shard at most, on average; at least half of it where there is more than one.
const SHARD: usize = 56 * 1024;
/// Chapters for each shard at least, so that the number of files stays small.
const CHAPTERS_PER_SHARD: usize = 8;

/// The files, by address; those that were given away are empty.
#[derive(Debug, Default)]
pub(super) struct Previews {
    files: BTreeMap<String, Mutex<Vec<u8>>>,
}

/// The files of a site, once they have been asked for.
#[derive(Debug, Default)]
pub(super) struct PreviewFiles {
    made: OnceLock<Previews>,
    /// Whether a file is given away when it is asked for.
    are_given_away: bool,
    /// All files, made anew since one that was given away was asked for again.
    again: OnceLock<Previews>,
}

/// Whether an address may be one of a preview's files.
pub(super) fn is_theirs(address: &str) -> bool {
    address.starts_with(FOLDER) && address.ends_with(".js")
}

impl Previews {
    pub(super) fn addresses(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    fn file(&self, address: &str) -> Option<MutexGuard<'_, Vec<u8>>> {
        self.files.get(address).map(|file| file.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shards of entries: an address and what is shown of it as JSON.
    fn new(entries: Vec<(String, String)>) -> Self {
        let total: usize = entries.iter().map(|(address, json)| address.len() + json.len()).sum();
        let count = shards(total, entries.len());
        let mut shards: Vec<Vec<(String, String)>> = vec![Vec::new(); count];
        for entry in entries {
            shards[shard_of(&entry.0, count)].push(entry);
        }
        let mut files = BTreeMap::new();
        let mut names = Vec::with_capacity(count);
        for (at, shard) in shards.into_iter().enumerate() {
            let script = script(at, &shard);
            let hash = format!("{:016x}", xxh3_64(script.as_bytes()));
            let name = format!("{at:02x}.{}", &hash[..8]);
            files.insert(format!("{FOLDER}{name}.js"), script.into_bytes().into());
            names.push(name);
        }
        let names = serde_json::to_string(&names).unwrap_or_default();
        let manifest = format!("handbookPreviews(\"manifest\",{names});\n");
        files.insert(MANIFEST.to_owned(), manifest.into_bytes().into());
        Self { files }
    }
}

/// How many shards hold so many bytes of so many chapters: a power of two, so
/// that it seldom changes as a handbook grows.
fn shards(bytes: usize, chapters: usize) -> usize {
    let wanted = bytes.div_ceil(SHARD).next_power_of_two();
    let most = chapters.div_ceil(CHAPTERS_PER_SHARD).next_power_of_two();
    wanted.min(most).max(1)
}

/// The shard of an address: FNV-1a, which the browser can work out too.
fn shard_of(address: &str, count: usize) -> usize {
    let hash = address
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % count
}

fn script(at: usize, entries: &[(String, String)]) -> String {
    // Quotation marks, colon, comma and line feed of an entry.
    let length = |(address, json): &(String, String)| address.len() + json.len() + 5;
    let mut script = String::with_capacity(entries.iter().map(length).sum::<usize>() + 40);
    let _ = write!(script, "handbookPreviews({at},{{");
    for (at, (address, json)) in entries.iter().enumerate() {
        script.push_str(if at > 0 { ",\n" } else { "\n" });
        script.push_str(&serde_json::to_string(address).unwrap_or_default());
        script.push(':');
        script.push_str(json);
    }
    script.push_str("\n});\n");
    script
}

impl Site {
    /// The files of the previews, made when they are first asked for.
    ///
    /// Nothing is locked meanwhile: rendering pages in parallel may come here
    /// from a thread that waits for work of this very kind. Two that come at
    /// once both work, and get the same.
    pub(super) fn previews(&self) -> &Previews {
        self.made_previews(&self.previews.made)
    }

    fn made_previews<'s>(&self, place: &'s OnceLock<Previews>) -> &'s Previews {
        if let Some(made) = place.get() {
            return made;
        }
        let made = self.make_previews();
        place.get_or_init(|| made)
    }

    /// The same site, of which each file is asked for once, or seldom again.
    pub(crate) fn written_once(self) -> Self {
        Self { previews: PreviewFiles { are_given_away: true, ..self.previews }, ..self }
    }

    /// A file of the previews. A site that is written once gives each away, so that they do not
    /// stay in memory until its last page is written; asked for another time, they are all made
    /// again and stay.
    pub(super) fn preview_file(&self, address: &str) -> Option<Vec<u8>> {
        let mut file = self.previews().file(address)?;
        if !self.previews.are_given_away {
            return Some(file.clone());
        }
        let given = std::mem::take(&mut *file);
        drop(file);
        if !given.is_empty() {
            return Some(given);
        }
        self.made_previews(&self.previews.again).file(address).map(|file| file.clone())
    }

    fn make_previews(&self) -> Previews {
        let wanted = self.wanted_anchors();
        let mut entries: Vec<(String, String)> = wanted
            .par_ids()
            .map(|id| (self.handbook.chapters[id].url.to_string(), self.preview(id, &wanted[id])))
            .collect();
        entries.extend(self.previews_of_references());
        Previews::new(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: usize, length: usize) -> Previews {
        let entry = |at: usize| (format!("章/{at}.html"), format!("\"{}\"", "x".repeat(length)));
        Previews::new((0..count).map(entry).collect())
    }

    #[test]
    fn shards_are_few_and_of_one_size() {
        for (count, length) in [(0, 0), (3, 100), (600, 3_000), (4_500, 1_500), (20_000, 900)] {
            let previews = of(count, length);
            let shards = previews.files.len() - 1;
            assert!(shards <= 1 + count / 4, "{count} chapters in {shards} shards");
            for (name, bytes) in previews.files.iter().filter(|(name, _)| *name != MANIFEST) {
                let length = bytes.lock().unwrap().len();
                let small = shards == 1 || length > 12_000;
                assert!(small && length < 96_000, "{name} of {shards}: {length} bytes");
            }
        }
        assert_eq!(shards(9_000_000, 24), 4, "long chapters do not make more files than chapters");
    }

    #[test]
    fn an_edit_changes_one_shard_and_the_manifest() {
        let entry =
            |at: usize, text: &str| (format!("{at}.html"), format!("\"{at}{text}{}\"", "x".repeat(2_000)));
        let before = Previews::new((0..200).map(|at| entry(at, "")).collect());
        let after = Previews::new((0..200).map(|at| entry(at, if at == 7 { "!" } else { "" })).collect());
        let bytes = |previews: &Previews, name: &str| previews.file(name).map(|file| file.clone());
        let new: Vec<_> =
            after.files.keys().filter(|name| bytes(&before, name) != bytes(&after, name)).collect();
        assert_eq!(new.len(), 2, "{new:?}");
        assert!(before.files.len() > 8);
    }

    /// The same values stand in tests/browser/preview-card.test.mjs.
    #[test]
    fn the_browser_finds_the_same_shard() {
        assert_eq!(shard_of("", 1 << 16), 0x9dc5);
        assert_eq!(shard_of("a/制度.html", 256), 140);
    }
}
