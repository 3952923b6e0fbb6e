//! The editions of chapters: their texts at each version, and which of them is in force on
//! a day.
//!
//! What the disk or the repository gave is grouped by chapter, the text that lies in
//! `content/` among them, and put in the order in which the texts came into force. A
//! handbook is then made of the chapters as they were on its day: where another text than
//! the present one was in force, that one takes its place before names, references and
//! indexes are made, so that nothing later has to know of it.

mod ending;
mod findings;
mod order;
mod records;

pub use findings::is_file_name;
pub use records::{is_same, with_records};

use crate::chapter::front_matter::{FrontMatter, Revision};
use crate::chapter::version::EditionHead;
use crate::chapter::{Chapter, Hold};
use crate::config::Config;
use crate::fingerprint::fingerprint;
use crate::id::HistoryId;
use crate::markdown::MarkdownOptions;
use crate::source::{Above, Commit, EditionOf, EditionSource, EndOfFile, KeptPicture, Source};
use crate::text::fold;
use ending::Endings;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// A chapter's text at one version.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Edition {
    /// Its text, under the name of the chapter's file, so that its links lead where they
    /// would from there.
    pub source: Source,
    /// Its control data.
    pub front: FrontMatter,
    /// What holds it back, perhaps until a day.
    hold: Hold,
    /// Names under keys that nobody reads, as [`EditionHead`] has them.
    pub foreign_names: Vec<(String, String)>,
    /// In force from; `None` where nothing says it: since ever.
    pub begins: Option<Date>,
    /// In force until this day, which is no longer of it.
    pub ends: Option<Date>,
    /// The day from which it is no longer in force, since its file went back to an earlier version.
    pub left: Option<Date>,
    /// The day on which its file went back to it.
    returned: Option<Date>,
    /// The commit it was read from.
    pub commit: Option<Arc<Commit>>,
    /// Pictures that it may show, and that are no longer what they were.
    pub pictures: Arc<[KeptPicture]>,
    /// Fingerprint of these.
    pictures_fingerprint: u128,
    /// Whether it is the text that lies in `content/`.
    pub is_present: bool,
    /// Whether handbook.yaml takes it back: then only that it was there is told.
    pub is_taken_back: bool,
    /// The text with which the version was first published; `None` where it is only in `content/`.
    first: Option<Arc<FirstText>>,
    digest: OnceLock<String>,
}

/// The text with which a version was first published.
#[derive(Debug)]
struct FirstText {
    /// Front matter included.
    text: Arc<str>,
    /// What it says of itself, once that has been asked for.
    head: OnceLock<EditionHead>,
}

impl FirstText {
    fn new(text: &Arc<str>) -> Arc<Self> {
        Arc::new(Self { text: Arc::clone(text), head: OnceLock::new() })
    }

    fn head(&self) -> &EditionHead {
        self.head.get_or_init(|| EditionHead::read(&Source::new("", "", Arc::clone(&self.text))))
    }
}

impl Edition {
    /// Its version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.front.version
    }

    /// What readers are shown in its place: itself, or, of one that is taken back, its front
    /// matter and its title alone.
    fn shown(&self) -> Source {
        if !self.is_taken_back {
            return self.source.clone();
        }
        let mut text = EditionHead::front_matter(&self.source);
        if self.front.title.is_none() {
            let title = Chapter::parse(&self.source, &MarkdownOptions::default()).title;
            text.push_str(&format!("\n# {title}\n"));
        }
        let Source { path, name, above, .. } = &self.source;
        Source::new(Arc::clone(path), Arc::clone(name), text).below(above.clone())
    }

    /// SHA-256 of its text in hexadecimal digits, without front matter.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| EditionHead::digest(&self.source))
    }

    /// The line of its revision history that tells of this version.
    #[must_use]
    pub fn revision(&self) -> Option<&Revision> {
        self.front.own_revision()
    }
}

/// All editions of a chapter, in the order in which they came into force.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct History {
    /// Name of the chapter's file, or the last it had.
    pub name: Arc<str>,
    /// The part of a URL path that names it: its id, else its file's path without suffix.
    pub slug: String,
    /// The editions; never empty.
    pub editions: Vec<Edition>,
    /// The day on which its file was removed, if it is gone.
    pub removed: Option<Date>,
    /// The files at their end that were this chapter last, if it is gone and a repository has them.
    pub ends: Vec<Arc<EndOfFile>>,
    /// The text of `content/`, where it is published: what it records is the chapter's, whichever
    /// text is shown. Each of its approvals names its version.
    pub present: Option<Arc<Chapter>>,
}

impl History {
    /// The chapter's id, as the latest text that has one gives it.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.editions.iter().rev().find_map(|edition| Some(edition.front.id.as_ref()?.text.as_str()))
    }

    /// The edition of a version.
    #[must_use]
    pub fn find(&self, version: &str) -> Option<usize> {
        self.editions.iter().position(|edition| edition.version() == version)
    }
}

/// The histories of all chapters that have one.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Histories {
    /// By name of the chapter's file.
    pub list: Vec<History>,
}

/// What was read of texts in the last run. A preview has the same texts at each save, and most of
/// them are history, which nobody can edit.
#[derive(Debug, Default)]
pub struct EditionCache(Vec<KnownEdition>);

/// A text, the name under which it was read, and what it is.
#[derive(Debug)]
struct KnownEdition {
    source: EditionSource,
    name: Arc<str>,
    edition: Option<Arc<Edition>>,
}

impl KnownEdition {
    /// Whether this is what would be read: not only the same words, but the very text of the last
    /// run, so that nothing is compared byte by byte.
    fn is_of(&self, source: &EditionSource, name: &Arc<str>) -> bool {
        let is_first = match (&self.source.first, &source.first) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        is_first
            && Arc::ptr_eq(&self.source.text, &source.text)
            && self.source.path == source.path
            && self.source.commit == source.commit
            && self.source.pictures == source.pictures
            && self.name == *name
    }
}

impl Histories {
    /// Groups what was read by chapter. `chapters` are those of the content folder, by name. What
    /// is held back until a day after `today` is no edition yet.
    #[must_use]
    pub fn new(
        chapters: &[Arc<Chapter>],
        sources: &[EditionSource],
        config: &Config,
        today: Date,
        cache: &mut EditionCache,
    ) -> Self {
        let ids: HashMap<String, &Arc<Chapter>> = chapters
            .iter()
            .filter_map(|chapter| Some((fold(&chapter.front.id.as_ref()?.text), chapter)))
            .collect();
        let last = std::mem::take(&mut cache.0);
        cache.0 = sources
            .par_iter()
            .enumerate()
            .map(|(at, source)| {
                let name = match &source.of {
                    EditionOf::File(name) => Arc::clone(name),
                    EditionOf::Id(id) => format!("{id}.md").into(),
                };
                let edition = match last.get(at).filter(|known| known.is_of(source, &name)) {
                    Some(known) => known.edition.clone(),
                    None => {
                        let present =
                            named(chapters, &name).filter(|chapter| chapter.source.text == source.text);
                        Edition::read(source, &name, present).map(Arc::new)
                    }
                };
                KnownEdition { source: source.clone(), name, edition }
            })
            .collect();
        let read: Vec<Option<(Arc<str>, Edition)>> = cache
            .0
            .par_iter()
            .map(|KnownEdition { source, name: given, edition }| {
                let chapter = match &source.of {
                    EditionOf::File(name) => named(chapters, name),
                    EditionOf::Id(id) => ids.get(&fold(id)).copied(),
                };
                let edition =
                    Edition::clone(edition.as_ref().filter(|edition| !edition.hold.is_closed(today))?);
                let chapter = chapter.or_else(|| ids.get(&fold(&edition.front.id.as_ref()?.text)).copied());
                let name = Arc::clone(chapter.map_or(given, |chapter| &chapter.source.name));
                Some((Arc::clone(&name), edition.under(&name)))
            })
            .collect();
        let mut histories: BTreeMap<Arc<str>, History> = BTreeMap::new();
        let of = |name: &Arc<str>| History { name: Arc::clone(name), ..History::default() };
        let mut endings = Endings::default();
        for (source, read) in sources.iter().zip(read) {
            let Some((name, edition)) = read else { continue };
            let is_there = named(chapters, &name).is_some();
            if let Some(end) = source.end.as_ref().filter(|_| !is_there) {
                endings.add(&name, edition.front.id.as_ref().map(|id| id.text.as_str()), end);
            }
            let edition = if is_there { edition } else { edition.lost() };
            let gone = || source.removed.as_ref().map_or(Date::MIN, |commit| commit.day);
            let history = histories
                .entry(Arc::clone(&name))
                .or_insert_with(|| History { removed: (!is_there).then(gone), ..of(&name) });
            history.add(edition);
        }
        for chapter in chapters {
            let name = &chapter.source.name;
            // Most chapters have no history at all.
            if chapter.front.version.is_empty() {
                histories.get_mut(name).into_iter().for_each(|history| history.add_present(chapter));
            } else {
                histories.entry(Arc::clone(name)).or_insert_with(|| of(name)).add_present(chapter);
            }
        }
        endings.give_to(histories.values_mut());
        let mut list: Vec<History> =
            histories.into_values().filter(|history| !history.editions.is_empty()).collect();
        list.iter_mut().for_each(|history| history.finish(config));
        list.retain(|history| !history.editions.is_empty());
        Self { list }
    }

    /// What differs where another edition is there or is dated otherwise.
    #[must_use]
    pub fn fingerprint(&self) -> u128 {
        let of = |edition: &Edition| {
            let days = (edition.begins, edition.ends, edition.left);
            (edition.source.fingerprint, days, edition.is_present, edition.pictures_fingerprint)
        };
        // What is recorded there is told of the text that is shown.
        let records =
            |history: &History| history.present.as_ref().map(|present| present.metadata_fingerprint);
        let all: Vec<_> = self
            .list
            .iter()
            .map(|history| {
                let editions: Vec<_> = history.editions.iter().map(of).collect();
                (&history.name, editions, records(history), &history.ends)
            })
            .collect();
        fingerprint(&all)
    }

    /// The history of a chapter, by the name of its file.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<(HistoryId, &History)> {
        let at = self.list.binary_search_by(|history| (*history.name).cmp(name)).ok()?;
        Some((HistoryId::new(at), &self.list[at]))
    }

    /// Whether a version of a chapter is taken back.
    #[must_use]
    pub fn is_taken_back(&self, name: &str, version: &str) -> bool {
        let history = self.of(name).map(|(_, history)| history);
        let edition = history.and_then(|history| Some(&history.editions[history.find(version)?]));
        edition.is_some_and(|edition| edition.is_taken_back)
    }

    /// The editions that somebody may see, who is asked by the chapter's name and the
    /// edition. Of the others nothing is left, not even when they ended.
    #[must_use]
    pub fn seen(&self, sees: impl Fn(&str, &Edition) -> bool) -> Self {
        let seen = |history: &History| {
            let mut seen = history.clone();
            seen.editions.retain(|edition| sees(&history.name, edition));
            (!seen.editions.is_empty()).then_some(seen)
        };
        Self { list: self.list.iter().filter_map(seen).collect() }
    }

    /// The texts that are in force on a day in place of those of `content/`, by name.
    #[must_use]
    pub fn in_force(
        &self,
        today: Date,
        drafts: bool,
        chapters: &[Arc<Chapter>],
    ) -> BTreeMap<Arc<str>, Source> {
        let chosen = self.list.iter().filter_map(|history| {
            let edition = &history.editions[history.on(today)?];
            // Whoever asks for drafts wants to see what is being written.
            let written = named(chapters, &history.name).is_some_and(|chapter| chapter.is_draft(today));
            let as_it_lies = edition.is_present && !edition.is_taken_back || drafts && written;
            (!as_it_lies).then(|| (Arc::clone(&history.name), edition.shown()))
        });
        chosen.collect()
    }
}

/// The chapter of a file, among those of the content folder by name.
fn named<'a>(chapters: &'a [Arc<Chapter>], name: &str) -> Option<&'a Arc<Chapter>> {
    let at = chapters.binary_search_by(|chapter| (*chapter.source.name).cmp(name)).ok()?;
    Some(&chapters[at])
}

impl Edition {
    /// Reads what was found; `None` for a text that says of itself that it is none. `present` is
    /// the chapter of this name and text, if that is what lies in `content/`.
    fn read(source: &EditionSource, name: &Arc<str>, present: Option<&Arc<Chapter>>) -> Option<Self> {
        let text = Source::new(Arc::clone(&source.path), Arc::clone(name), Arc::clone(&source.text));
        let text = text.below(source.above.clone());
        let (front, is_published, hold, foreign_names) = match present {
            Some(own) => (own.front.clone(), own.is_published(), own.hold, own.foreign_names.clone()),
            None => {
                let head = EditionHead::read(&text);
                (head.front, head.is_published, head.hold, head.foreign_names)
            }
        };
        (is_published && !front.version.is_empty()).then(|| {
            let first = Some(FirstText::new(source.first.as_ref().unwrap_or(&source.text)));
            let returned = source.returned.as_ref().map(|commit| commit.day);
            let pictures = Arc::clone(&source.pictures);
            let pictures_fingerprint = fingerprint(&pictures);
            let plain = Self::new(text, front, source.commit.clone());
            Self { first, returned, pictures, pictures_fingerprint, hold, foreign_names, ..plain }
        })
    }

    fn new(source: Source, front: FrontMatter, commit: Option<Arc<Commit>>) -> Self {
        Self {
            begins: front.stated_beginning().or_else(|| commit.as_ref().map(|commit| commit.day)),
            ends: None,
            left: None,
            returned: None,
            source,
            front,
            hold: Hold::Open,
            foreign_names: Vec::new(),
            commit,
            pictures: Arc::from([]),
            pictures_fingerprint: 0,
            is_present: false,
            is_taken_back: false,
            first: None,
            digest: OnceLock::new(),
        }
    }

    /// The same under the name of a chapter's file.
    fn under(self, name: &Arc<str>) -> Self {
        if self.source.name == *name {
            return self;
        }
        let Source { path, text, above, .. } = &self.source;
        let source = Source::new(Arc::clone(path), Arc::clone(name), Arc::clone(text)).below(above.clone());
        Self { source, digest: OnceLock::new(), ..self }
    }

    /// The same where its chapter is gone: who could see that is not known, unless the text says it.
    fn lost(self) -> Self {
        if self.source.above != Above::Present {
            return self;
        }
        Self { source: self.source.below(Above::Lost), ..self }
    }
}
