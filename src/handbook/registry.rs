//! Names: which chapter, folder or attachment a path, id, title or alias means.
//!
//! Lookups are exact first; only then is a name folded (case, Unicode normal
//! form), so that a message can say how the link differs from the file.

use super::link::{LooseNames, join};
use super::wiki::FileNames;
use crate::chapter::{Chapter, folder, without_suffix};
use crate::diagnostic::{Diagnostic, NearNames};
use crate::id::{AttachmentId, ChapterId, IdVec, SectionId};
use crate::message;
use crate::rule;
use crate::source::Attachment;
use crate::text::{Span, fold};
use crate::yaml::Step;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// What a path means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathTarget {
    /// A chapter.
    Chapter(ChapterId),
    /// An attachment.
    Attachment(AttachmentId),
    /// A folder without a page of its own.
    Section(SectionId),
}

/// The chapters of a folder, by their files' names.
#[derive(Debug, Default)]
struct Folder {
    /// Their names without suffix, and with it.
    files: BTreeMap<Box<str>, Box<str>>,
    /// Those without suffix, indexed when one that resembles another is first looked for.
    near: OnceLock<NearNames>,
}

/// Names that no chapter has, each with the title that resembles it.
type KnownTitles = HashMap<Box<str>, Option<Arc<str>>>;

/// All names of a handbook.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Registry {
    places: HashMap<Arc<str>, PathTarget>,
    /// Names that are not in folded form, by that form.
    folded: HashMap<String, Arc<str>>,
    ids: HashMap<String, ChapterId>,
    titles: HashMap<String, ChapterId>,
    redirects: HashMap<String, ChapterId>,
    /// By their files' names without folder and suffix; `None` where several have it.
    stems: HashMap<Box<str>, Option<ChapterId>>,
    /// Chapters' files by their folders, without suffix and with it.
    folders: HashMap<Box<str>, Folder>,
    /// Attachments by their files' names, and by their paths without ending; `None` where
    /// several have it.
    file_names_only: HashMap<Box<str>, Option<AttachmentId>>,
    file_stems: HashMap<Box<str>, Option<AttachmentId>>,
    /// How many links were looked up.
    links: AtomicUsize,
    /// Titles, indexed when a name that resembles one is first looked for.
    near_titles: OnceLock<NearNames>,
    /// What was found for each name: a preview asks for the same ones at every save.
    titles_near: RwLock<KnownTitles>,
    /// Files by their own names, made when a wiki link first asks for one.
    pub(super) file_names: OnceLock<FileNames>,
    /// Chapters and folders by loose names, made when a link first asks for one.
    pub(super) loose_names: OnceLock<LooseNames>,
}

impl Registry {
    /// Registers all chapters and attachments; the diagnostics are about clashes.
    pub(super) fn new(
        chapters: &IdVec<ChapterId, Arc<Chapter>>,
        attachments: &IdVec<AttachmentId, Attachment>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut registry = Self::default();
        registry.register_urls(chapters, attachments, diagnostics);
        registry.register_ids(chapters, diagnostics);
        registry.register_titles(chapters, diagnostics);
        for (id, chapter) in chapters.iter_enumerated() {
            for old in &chapter.front.redirect_from {
                registry.redirects.entry(bare(&old.text).to_owned()).or_insert(id);
            }
            for address in addresses(chapter) {
                registry.redirects.entry(address).or_insert(id);
            }
            registry.register_file(&chapter.source.name, id);
        }
        for (id, attachment) in attachments.iter_enumerated() {
            registry.register_attachment(&attachment.name, id);
        }
        registry
    }

    fn register_urls(
        &mut self,
        chapters: &IdVec<ChapterId, Arc<Chapter>>,
        attachments: &IdVec<AttachmentId, Attachment>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut taken: HashMap<String, Arc<str>> = HashMap::new();
        let pages = chapters.iter().map(|chapter| (&chapter.url, &chapter.source.path));
        for (url, path) in pages {
            clash(&mut taken, url, path, diagnostics);
        }
        for attachment in attachments {
            let path: Arc<str> = format!("{}{}", prefix(chapters), attachment.name).into();
            clash(&mut taken, &attachment.name, &path, diagnostics);
        }
        for (id, attachment) in attachments.iter_enumerated() {
            self.register(Arc::clone(&attachment.name), PathTarget::Attachment(id));
        }
        for (id, chapter) in chapters.iter_enumerated() {
            let name = &chapter.source.name;
            self.register(Arc::clone(name), PathTarget::Chapter(id));
            self.register(Arc::clone(&chapter.url), PathTarget::Chapter(id));
            if chapter.is_index || chapter.bundle.is_some() {
                self.register(folder(name).into(), PathTarget::Chapter(id));
            } else if let Some(stem) = without_suffix(name) {
                self.register(stem.into(), PathTarget::Chapter(id));
            }
        }
    }

    pub(super) fn count_link(&self) {
        self.links.fetch_add(1, Ordering::Relaxed);
    }

    /// How many links were looked up, and what looking for near names has cost.
    pub(super) fn work(&self) -> (usize, usize) {
        let near = self.folders.values().map(|folder| &folder.near).chain([&self.near_titles]);
        let near = near.filter_map(OnceLock::get).map(NearNames::work).sum();
        (self.links.load(Ordering::Relaxed), near)
    }

    /// What a dead link is compared with: one of many must not walk over all chapters.
    fn register_file(&mut self, name: &str, id: ChapterId) {
        let file = name.rsplit('/').next().unwrap_or(name);
        let stem = without_suffix(file).unwrap_or(file);
        self.stems.entry(stem.into()).and_modify(|only| *only = None).or_insert(Some(id));
        self.folders
            .entry(folder(name).into())
            .or_default()
            .files
            .entry(stem.into())
            .or_insert_with(|| file.into());
    }

    fn register_attachment(&mut self, name: &str, id: AttachmentId) {
        let file = name.rsplit('/').next().unwrap_or(name);
        self.file_names_only.entry(file.into()).and_modify(|only| *only = None).or_insert(Some(id));
        if let Some(stem) = without_ending(name) {
            self.file_stems.entry(stem.into()).and_modify(|only| *only = None).or_insert(Some(id));
        }
    }

    /// The only chapter whose file has this name, without folder and suffix.
    pub(super) fn only_chapter(&self, stem: &str) -> Option<ChapterId> {
        self.stems.get(stem).copied().flatten()
    }

    /// The only attachment of this name, in whatever folder.
    pub(super) fn only_file(&self, file: &str) -> Option<AttachmentId> {
        self.file_names_only.get(file).copied().flatten()
    }

    /// The only attachment that has this path but for its ending.
    pub(super) fn file_of_stem(&self, path: &str) -> Option<AttachmentId> {
        self.file_stems.get(without_ending(path)?).copied().flatten()
    }

    /// The file of a chapter in a folder whose name resembles this one, both without suffix.
    pub(super) fn near_file(&self, folder: &str, stem: &str) -> Option<&str> {
        let Folder { files, near } = self.folders.get(folder)?;
        let near = near.get_or_init(|| NearNames::new(files.keys().map(|stem| &**stem)));
        files.get(near.nearest(stem)?).map(|file| &**file)
    }

    /// The title of a chapter that resembles this one.
    pub(super) fn near_title(
        &self,
        chapters: &IdVec<ChapterId, Arc<Chapter>>,
        title: &str,
    ) -> Option<Arc<str>> {
        if let Some(known) = self.titles_near.read().unwrap_or_else(PoisonError::into_inner).get(title) {
            return known.clone();
        }
        let index = || NearNames::new(chapters.iter().map(|chapter| chapter.title.as_str()));
        let near: Option<Arc<str>> = self.near_titles.get_or_init(index).nearest(title).map(Arc::from);
        let mut known = self.titles_near.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(title.into(), near.clone());
        near
    }

    fn register(&mut self, name: Arc<str>, place: PathTarget) {
        let folded = fold(&name);
        if folded != *name {
            self.folded.entry(folded).or_insert_with(|| Arc::clone(&name));
        }
        self.places.entry(name).or_insert(place);
    }

    /// Registers the folders that have no page of their own.
    pub(super) fn register_sections<'a>(&mut self, sections: impl Iterator<Item = (SectionId, &'a str)>) {
        for (id, path) in sections {
            self.register(path.into(), PathTarget::Section(id));
            let index = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
            self.register(index.into(), PathTarget::Section(id));
        }
    }

    fn register_ids(&mut self, chapters: &IdVec<ChapterId, Arc<Chapter>>, diagnostics: &mut Vec<Diagnostic>) {
        for (id, chapter) in chapters.iter_enumerated() {
            let Some(own) = &chapter.front.id else { continue };
            let first = *self.ids.entry(fold(&own.text)).or_insert(id);
            if first != id {
                let other = &chapters[first];
                let path = &other.source.path;
                let place = other.front.id.as_ref().and_then(|id| other.front_place(&id.steps));
                let message = message!("duplicate-id-chapter", id = &own.text, path = path);
                let clash = Diagnostic::new(&rule::DUPLICATE_ID, message)
                    .help(message!("duplicate-id-chapter.help"))
                    .related(path, place, message!("duplicate-id-chapter-other", id = &own.text));
                diagnostics.push(chapter.front_diagnostic(&own.steps, clash));
            }
        }
    }

    fn register_titles(
        &mut self,
        chapters: &IdVec<ChapterId, Arc<Chapter>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let is_bare = prefix(chapters).is_empty();
        for (id, chapter) in chapters.iter_enumerated() {
            let first = *self.titles.entry(fold(&chapter.title)).or_insert(id);
            let (title, other) = (&chapter.title, &chapters[first]);
            if first == id || may_have_one_title(chapter, other, is_bare) {
                continue;
            }
            // A title that only the file's name gives was not chosen.
            if let (Some(place), Some(other_place)) = (place_of(chapter, title), place_of(other, title)) {
                let path = &other.source.path;
                let message = message!("alias-conflict-title", title = title, path = path);
                let clash = Diagnostic::new(&rule::ALIAS_CONFLICT, message)
                    .at(&chapter.source.path, place)
                    .help(message!("alias-conflict-title.help"))
                    .related(path, other_place, message!("alias-conflict-other", alias = title));
                diagnostics.push(clash);
            }
        }
        for (id, chapter) in chapters.iter_enumerated() {
            for alias in &chapter.front.aliases {
                let first = *self.titles.entry(fold(&alias.text)).or_insert(id);
                if first != id {
                    let other = &chapters[first];
                    let path = &other.source.path;
                    let message = message!("alias-conflict", alias = &alias.text, path = path);
                    let clash = Diagnostic::new(&rule::ALIAS_CONFLICT, message)
                        .help(message!("alias-conflict.help"))
                        .related(
                            path,
                            place_of(other, &alias.text),
                            message!("alias-conflict-other", alias = &alias.text),
                        );
                    diagnostics.push(chapter.front_diagnostic(&alias.steps, clash));
                }
            }
        }
    }

    /// All paths and old addresses that mean something, in no order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(|name| &**name).chain(self.redirects.keys().map(String::as_str))
    }

    /// What a path below the content folder means, written exactly so.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<PathTarget> {
        self.places
            .get(path)
            .copied()
            .or_else(|| self.redirects.get(bare(path)).map(|id| PathTarget::Chapter(*id)))
    }

    /// What a path means if case and Unicode form are forgiven, and its right writing.
    #[must_use]
    pub fn find_folded(&self, path: &str) -> Option<(PathTarget, &str)> {
        let folded = fold(path);
        let known = self.places.get_key_value(folded.as_str());
        let known = known.or_else(|| self.places.get_key_value(&**self.folded.get(&folded)?));
        known.map(|(name, place)| (*place, &**name))
    }

    /// The chapter of an id, title or alias.
    #[must_use]
    pub fn document(&self, name: &str) -> Option<ChapterId> {
        let folded = fold(name.trim_matches(['《', '》']));
        self.ids.get(&folded).or_else(|| self.titles.get(&folded)).copied()
    }

    /// The chapter that answers at an old address.
    #[must_use]
    pub fn redirect(&self, path: &str) -> Option<ChapterId> {
        self.redirects.get(bare(path)).copied()
    }
}

/// What messages put before the names of files: `content/`, or nothing where the
/// project's own folder holds the chapters.
pub(super) fn prefix(chapters: &IdVec<ChapterId, Arc<Chapter>>) -> &str {
    let own =
        chapters.as_slice().first().and_then(|first| first.source.path.strip_suffix(&*first.source.name));
    own.unwrap_or("content/")
}

/// A path without the ending of its file.
fn without_ending(path: &str) -> Option<&str> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let dot = file.rfind('.').filter(|dot| *dot > 0)?;
    Some(&path[..path.len() - file.len() + dot])
}

/// The addresses at which another tool published a chapter. One without `/` before it may start
/// at the top, as for Jekyll, or in the chapter's folder, as for Hugo and Docusaurus.
fn addresses(chapter: &Chapter) -> impl Iterator<Item = String> + '_ {
    let own = chapter.front.permalink.address().into_iter();
    let rooted = chapter.front.aliases.iter().map(|alias| &*alias.text).filter(|text| text.starts_with('/'));
    let readings = own.chain(rooted).flat_map(|written| {
        let page = bare(written);
        let page = page.strip_suffix(".html").unwrap_or(page);
        let below = (!written.starts_with('/')).then(|| join(chapter.folder(), page)).flatten();
        [Some(page.to_owned()), below].into_iter().flatten()
    });
    readings.filter(|address| !address.is_empty())
}

/// A path without its outer slashes and without `index.html`.
fn bare(path: &str) -> &str {
    let path = path.trim().trim_matches('/');
    path.strip_suffix("index.html").map_or(path, |rest| rest.trim_end_matches('/'))
}

fn clash(
    taken: &mut HashMap<String, Arc<str>>,
    url: &str,
    path: &Arc<str>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(other) = taken.insert(fold(url), Arc::clone(path)) {
        let message = message!("duplicate-url", path = path, other = &other, address = url);
        let found_here = Diagnostic::new(&rule::DUPLICATE_URL, message).at(path, None);
        let related = message!("duplicate-url-other", address = url);
        diagnostics.push(found_here.help(message!("duplicate-url.help")).related(&other, None, related));
    }
}

/// Whether two chapters may be called the same: those of two languages, and those of two folders of
/// a book that was written for another tool, whose links are paths.
fn may_have_one_title(one: &Chapter, other: &Chapter, is_bare: bool) -> bool {
    let language = |chapter: &Chapter| -> String {
        let top = chapter.source.name.split('/').next().unwrap_or("").to_lowercase();
        let of_folder = || LANGUAGES.contains(&top.as_str()).then_some(top.as_str());
        chapter.front.language.as_deref().or_else(of_folder).unwrap_or("").to_lowercase()
    };
    language(one) != language(other) || is_bare && one.folder() != other.folder()
}

/// Folders that hold the chapters of a language. `hr` and `it` are more often departments.
const LANGUAGES: [&str; 16] = [
    "de", "en", "en-us", "es", "fr", "ja", "jp", "ko", "pt", "pt-br", "ru", "zh", "zh-cn", "zh-hans",
    "zh-hant", "zh-tw",
];

/// Where a chapter gives itself a title or alias; `None` where its file's name does.
fn place_of(chapter: &Chapter, name: &str) -> Option<Span> {
    let alias = chapter.front.aliases.iter().find(|alias| fold(&alias.text) == fold(name));
    let steps = alias.map_or_else(|| vec![Step::Key("title".to_owned())], |alias| alias.steps.clone());
    let heading = || chapter.document.headings.first().filter(|heading| fold(&heading.text) == fold(name));
    match alias.is_some() || chapter.front.title.is_some() {
        true => chapter.front_place(&steps),
        false => heading().map(|heading| heading.span.clone()),
    }
}
