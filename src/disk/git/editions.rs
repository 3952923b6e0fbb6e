//! The editions of the chapters in a history.
//!
//! One `git log` tells which texts each file had, through renames, and `git cat-file` gives them.
//! Only two texts of a version are kept: the last, which is the edition, and the first with which
//! the version was approved, which a later text must not differ from. Most texts of a history are
//! neither, and say so in their front matter; what they said is kept for later runs.

use super::Head;
use super::blobs::texts;
use super::folders::FolderPages;
use super::kept::{Kept, OwnVersion};
use super::log::{Chain, Version, chains};
use super::pictures;
use crate::cache::Cache;
use crate::locale::Message;
use crate::source::{Above, Commit, EditionOf, EditionSource, EndOfFile};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// The editions of the chapters below `content`, a folder of the project, up to a commit: of
/// each file the oldest first.
///
/// # Errors
/// A message where git cannot be run or fails.
pub(in crate::disk) fn read(
    root: &Path,
    content: &str,
    head: &Head,
    cache: &Cache,
) -> Result<Vec<EditionSource>, Message> {
    let (mut kept, log) = Kept::read(root, content, head, cache)?;
    let (chains, mut pages, pictures) = chains(&log, content);
    read_versions(root, &chains, &mut kept)?;
    let found: Vec<(&Chain<'_>, Found<'_>)> = chains
        .iter()
        .flat_map(|chain| published(chain, &kept).into_iter().map(move |found| (chain, found)))
        .collect();
    let texts = read_texts(root, &found, &mut pages)?;
    let editions: Vec<_> = found
        .iter()
        .filter_map(|(chain, found)| Some((found.edition(chain, content, &texts)?, *chain, found)))
        .collect();
    let wanted: Vec<_> =
        editions.iter().map(|(edition, _, found)| pictures.of(&edition.text, found.at.age)).collect();
    let pictures = pictures::read(root, &wanted)?;
    kept.keep(&log, chains.iter().flat_map(Chain::texts));
    let mut all: Vec<EditionSource> = Vec::with_capacity(editions.len());
    let mut of: Option<&Chain<'_>> = None;
    for ((mut edition, chain, found), pictures) in editions.into_iter().zip(pictures) {
        // Those of one file follow one another.
        let known = all.last().filter(|_| of.is_some_and(|of| std::ptr::eq(of, chain)));
        edition.end = match known {
            Some(known) => known.end.clone(),
            None => Some(Arc::new(end_of(chain, &texts, &pages))),
        };
        of = Some(chain);
        edition.above = pages.above(found.at.name, found.at.age);
        edition.pictures = pictures;
        all.push(edition);
    }
    Ok(all)
}

/// What is known of a file at its end.
fn end_of(chain: &Chain<'_>, texts: &HashMap<String, Arc<str>>, pages: &FolderPages) -> EndOfFile {
    let text = chain.last().and_then(|blob| texts.get(blob)).cloned();
    // Ages count from the latest commit: what was there before a commit was so at the next.
    let gone = pages.ends_above(chain.name);
    let moments: BTreeSet<usize> = std::iter::once(chain.age).chain(gone).map(|age| age + 1).collect();
    let mut above: Vec<Above> = moments.iter().map(|age| pages.above(chain.name, *age)).collect();
    above.dedup();
    EndOfFile::new(chain.age, text, above)
}

/// Reads which version each text says that it is, where that is not known.
fn read_versions(root: &Path, chains: &[Chain<'_>], kept: &mut Kept<'_>) -> Result<(), Message> {
    let all = chains.iter().flat_map(Chain::texts);
    let unknown: Vec<(&str, &str)> = all.filter(|(blob, name)| kept.version(blob, name).is_none()).collect();
    let blobs: Vec<&str> = unknown.iter().map(|(blob, _)| *blob).collect();
    let mut at = unknown.iter();
    texts(root, &blobs, &mut |text| {
        if let Some((blob, name)) = at.next() {
            kept.note(blob, name, text.as_deref().and_then(|text| OwnVersion::read(name, text)));
        }
    })
}

/// The texts of what was found, and of the folders' pages, by blob.
fn read_texts(
    root: &Path,
    found: &[(&Chain<'_>, Found<'_>)],
    pages: &mut FolderPages,
) -> Result<HashMap<String, Arc<str>>, Message> {
    let own = found
        .iter()
        .flat_map(|(chain, found)| std::iter::once(found.at.blob).chain(found.first).chain(chain.last()));
    let theirs: BTreeSet<String> = pages.blobs().map(str::to_owned).collect();
    let blobs: BTreeSet<String> = own.map(str::to_owned).chain(theirs.iter().cloned()).collect();
    let mut read = HashMap::new();
    let mut at = blobs.iter();
    let asked: Vec<&str> = blobs.iter().map(String::as_str).collect();
    texts(root, &asked, &mut |text| {
        if let (Some(blob), Some(text)) = (at.next(), text) {
            let text: Arc<str> = text.into();
            if theirs.contains(blob) {
                pages.read(blob, &text);
            }
            read.insert(blob.clone(), text);
        }
    })?;
    Ok(read)
}

/// A version's text as the walk from the newest commit back has found it.
struct Found<'a> {
    version: &'a str,
    /// Its last text.
    at: &'a Version<'a>,
    /// The earliest text of this version that was published, if it is another one.
    first: Option<&'a str>,
    /// The commit from which on the file had this version without a break.
    since: &'a Arc<Commit>,
    /// Whether it had the version before, and another one in between.
    is_back: bool,
}

/// The versions of a file that were published, the oldest first.
fn published<'a>(chain: &'a Chain<'a>, kept: &'a Kept<'_>) -> Vec<Found<'a>> {
    let mut all: Vec<Found<'a>> = Vec::new();
    // Versions whose last text is none that is published: taken back.
    let mut withdrawn: BTreeSet<&str> = BTreeSet::new();
    for at in &chain.versions {
        let Some(own) = kept.version(at.blob, chain.name).and_then(Option::as_ref) else { continue };
        if withdrawn.contains(&*own.version) {
            continue;
        }
        let is_next = all.last().is_some_and(|found| found.version == own.version);
        match all.iter_mut().find(|found| found.version == own.version) {
            Some(found) if own.is_published => {
                found.first = Some(at.blob);
                found.is_back |= !is_next;
                if !found.is_back {
                    found.since = &at.commit;
                }
            }
            Some(_) => {}
            None if own.is_published => {
                let version = own.version.as_str();
                all.push(Found { version, at, first: None, since: &at.commit, is_back: false });
            }
            None => drop(withdrawn.insert(&own.version)),
        }
    }
    all.reverse();
    all
}

impl Found<'_> {
    /// What it is an edition of and all but what lay around it then; `None` where its text is lost.
    fn edition(
        &self,
        chain: &Chain<'_>,
        content: &str,
        texts: &HashMap<String, Arc<str>>,
    ) -> Option<EditionSource> {
        let commit = &self.at.commit;
        let short = commit.id.get(..10).unwrap_or(&commit.id);
        Some(EditionSource {
            of: EditionOf::File(chain.name.into()),
            path: format!("{content}{}@{short}", chain.name).into(),
            text: Arc::clone(texts.get(self.at.blob)?),
            above: Above::Present,
            commit: Some(Arc::clone(commit)),
            first: self.first.and_then(|blob| texts.get(blob)).cloned(),
            returned: self.is_back.then(|| Arc::clone(self.since)),
            pictures: Arc::from([]),
            removed: chain.removed.clone(),
            end: None,
        })
    }
}
