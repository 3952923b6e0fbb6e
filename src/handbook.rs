//! The handbook as a whole: every chapter in its place, every name resolved.
//!
//! `assemble` is a pure function of the parsed chapters, the settings and the
//! day the site is built for. A chapter's own text is not read again here.

pub mod applicability;
pub mod audience;
mod cache;
mod codeowners;
pub mod edges;
pub mod edition;
pub mod embed;
pub mod evidence;
mod files;
mod foreign;
pub mod glossary;
mod lexicon;
pub mod lifecycle;
pub mod link;
pub mod navigation;
mod order;
mod orphan;
pub mod people;
mod published;
pub mod reference;
pub mod regions;
pub mod register;
pub mod registry;
pub mod routes;
mod succession;
pub mod taxonomy;
pub mod title;
mod wiki;

pub use cache::HandbookCache;

use crate::cache::Cache;
use crate::chapter::field::Field;
use crate::chapter::front_matter::Raci;
use crate::chapter::{Chapter, without_suffix};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Level};
use crate::id::{AttachmentId, ChapterId, DepartmentId, IdVec, RoleId};
use crate::markdown::MarkdownOptions;
use crate::organization::Organization;
use crate::source::Attachment;
use audience::{Readers, Withheld};
use edition::Histories;
use glossary::Glossary;
use jiff::civil::Date;
use lexicon::Lexicon;
use lifecycle::Lifecycle;
use navigation::Tree;
use people::{OrgIndex, Party};
use published::{Published, published};
use reference::{Appendix, References};
use registry::Registry;
use routes::Routes;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use taxonomy::Taxonomies;
use title::Titles;

/// What a chapter's front matter means, with its names resolved.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ResolvedMetadata {
    /// Departments it applies to; with `roles` empty too it applies to everyone.
    pub departments: Vec<DepartmentId>,
    /// Roles it applies to.
    pub roles: Vec<RoleId>,
    /// Who is named by each field that names parties, such as `owner`.
    parties: BTreeMap<Field, Vec<Party>>,
    /// Chapters that are named by each field that names chapters.
    documents: BTreeMap<Field, Vec<ChapterId>>,
    /// Responsibility matrix.
    pub raci: Vec<Duty>,
    /// Roles that must read it; `required_all` for everyone.
    pub required: Vec<RoleId>,
    /// Whether everyone must read it.
    pub required_all: bool,
    /// Who may see it.
    pub readers: Readers,
}

impl ResolvedMetadata {
    /// Who is named by a field that names parties.
    #[must_use]
    pub fn parties(&self, field: Field) -> &[Party] {
        self.parties.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The chapters named by a field that names chapters.
    #[must_use]
    pub fn documents(&self, field: Field) -> &[ChapterId] {
        self.documents.get(&field).map_or(&[], Vec::as_slice)
    }
}

/// An activity and the parties of its four columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Duty {
    /// The activity.
    pub activity: String,
    /// Who does, answers for, is asked about and is told of it.
    pub parties: Raci<Vec<Party>>,
}

/// The whole handbook.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Handbook {
    /// Settings.
    pub config: Arc<Config>,
    /// Departments and roles.
    pub organization: Arc<Organization>,
    /// BCP 47 tag of the handbook.
    pub language: String,
    /// The day the site is built for.
    pub today: Date,
    /// Published chapters, sorted by file name.
    pub chapters: IdVec<ChapterId, Arc<Chapter>>,
    /// What each chapter's front matter means.
    pub metadata: Arc<IdVec<ChapterId, ResolvedMetadata>>,
    /// Where each chapter stands in its life.
    pub lifecycles: Arc<IdVec<ChapterId, Lifecycle>>,
    /// Files published as they are, sorted by name.
    pub attachments: Arc<IdVec<AttachmentId, Attachment>>,
    /// All names.
    pub registry: Arc<Registry>,
    /// All titles, as 《》 may name them.
    pub titles: Arc<Titles>,
    /// Folders and reading order.
    pub tree: Arc<Tree>,
    /// Which chapters concern whom.
    pub org_index: Arc<OrgIndex>,
    /// The taxonomies by which chapters are indexed and filtered.
    pub taxonomies: Arc<Taxonomies>,
    /// Terms, by pinyin.
    pub glossary: Arc<Glossary>,
    /// Addresses of the generated pages, so that authors may link to them.
    pub generated: Arc<BTreeSet<String>>,
    /// Addresses of all pages.
    pub routes: Arc<Routes>,
    /// What chapters refer to in their text, and who refers to them.
    pub references: References,
    /// Names of chapters that are left out because they are drafts, with and without suffix.
    pub hidden: Arc<HashSet<String>>,
    /// Their titles, aliases and ids, as titles are compared.
    hidden_titles: Arc<HashSet<String>>,
    /// Whether any chapter, drafts too, may be meant for some readers only.
    may_restrict: bool,
    /// What is left out because an audience may not see it.
    pub withheld: Arc<Withheld>,
    /// Attachments that are not published: see `files`.
    pub kept_back: Arc<BTreeSet<AttachmentId>>,
    /// Chapters that are left out because they are drafts.
    drafts: Arc<[Arc<Chapter>]>,
    /// As in [`Input`].
    cache: Cache,
    bare: bool,
    sparing: bool,
    /// Terms and bare ids, to be found in running text.
    lexicon: Arc<Option<Lexicon>>,
    /// The editions of its chapters, as far as its readers may see them.
    pub histories: Arc<Histories>,
    /// As in [`Input`]: for the authors of these texts, and on no page of a site.
    pub latest: Arc<HashMap<Arc<str>, Arc<Chapter>>>,
    /// Chapters and files that are called 附件一 and the like.
    appendices: Arc<[Appendix]>,
}

/// What a handbook is made of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Input {
    /// Settings.
    pub config: Config,
    /// Departments and roles.
    pub organization: Organization,
    /// All chapters, sorted by file name.
    pub chapters: Vec<Arc<Chapter>>,
    /// Files published as they are, sorted by name.
    pub attachments: Vec<Attachment>,
    /// The day the site is built for.
    pub today: Date,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Names of chapters' files that are there and could not be read: what they say of
    /// who may see their folder is not known.
    pub unread: Vec<Arc<str>>,
    /// The `base_url` of handbook.yaml, if another one was asked for: that one then
    /// overrides an audience's own too.
    pub base_url_override: Option<Option<String>>,
    /// Titles of what is withheld, as titles are compared.
    pub withheld_titles: HashSet<String>,
    /// Whether the content folder is the project's own, so that other files lie there
    /// too: then only those are published that a chapter links to or shows.
    pub bare: bool,
    /// Whether every file must be checked for being shown by a page, as in a bare
    /// folder or for an audience.
    pub sparing: bool,
    /// Whether of two chapters that need one address one gets another, rather than that
    /// nothing is published: the files of a bare folder have their names for a reason.
    pub may_readdress: bool,
    /// The editions of chapters.
    pub histories: Arc<Histories>,
    /// The present texts of chapters that are shown as they were on the day, by name: who
    /// may see the one must be admitted by the other too.
    pub latest: Arc<HashMap<Arc<str>, Arc<Chapter>>>,
    /// Files that are reached through links, by name, and the names that they have themselves: who
    /// sees the folder of the one must be admitted by that of the other too.
    pub links: Arc<BTreeMap<Arc<str>, Arc<str>>>,
    /// What is slow to make of a chapter's text, such as the colours of code.
    pub cache: Cache,
    /// Fingerprint of settings and organization; where it does not tell them apart,
    /// no [`HandbookCache`] may be used.
    pub settings: u128,
}

impl Input {
    /// Input without attachments or drafts.
    #[must_use]
    pub fn new(config: Config, organization: Organization, chapters: Vec<Arc<Chapter>>, today: Date) -> Self {
        Self {
            config,
            organization,
            chapters,
            attachments: Vec::new(),
            today,
            drafts: false,
            unread: Vec::new(),
            base_url_override: None,
            withheld_titles: HashSet::new(),
            bare: false,
            sparing: false,
            may_readdress: false,
            histories: Arc::default(),
            latest: Arc::default(),
            links: Arc::default(),
            cache: Cache::default(),
            settings: 0,
        }
    }
}

impl Handbook {
    /// How many chapters are left out because they are drafts.
    #[must_use]
    pub fn draft_count(&self) -> usize {
        self.drafts.len()
    }

    /// Puts everything in its place.
    #[must_use]
    pub fn assemble(input: Input) -> Checked<Self> {
        let mut cache = HandbookCache::default();
        let Checked { value: mut handbook, mut diagnostics, .. } = Self::index(input, &mut cache);
        handbook.resolve_references(&mut cache, &mut diagnostics);
        Checked::new(handbook, diagnostics)
    }

    /// The first half of [`Self::assemble`]: names, places, people and addresses.
    #[must_use]
    pub fn index(mut input: Input, cache: &mut HandbookCache) -> Checked<Self> {
        let key = cache::key(&input);
        let all = std::mem::take(&mut input.chapters);
        let Published { chapters, drafts, diagnostics: parted } = published(all.clone(), &input);
        let audiences = !input.config.audiences.list.is_empty();
        // A chapter that is withheld as a draft may be one by mistake, so drafts are
        // reported on too.
        let heads = all.iter().flat_map(|chapter| chapter.front_diagnostics(audiences));
        let heads: Vec<Diagnostic> = heads.chain(parted).collect();
        let own = |handbook: &Self| -> Vec<Diagnostic> {
            let chapters = handbook.chapters.iter();
            let own = chapters.flat_map(|chapter| chapter.diagnostics.iter().cloned());
            own.chain(heads.iter().cloned()).collect()
        };
        if let Some((mut handbook, known)) = cache.get(input.today, key) {
            handbook.chapters = chapters;
            handbook.drafts = drafts.into();
            handbook.latest = input.latest;
            let diagnostics = known.iter().cloned().chain(own(&handbook)).collect();
            return Checked::new(handbook, diagnostics);
        }
        let mut diagnostics = Vec::new();
        let readers = audience::readers(&input, &all, &mut diagnostics);
        let handbook = Self::build_index(input, chapters, &drafts, &readers, &mut diagnostics);
        let names = Self { chapters: IdVec::new(), drafts: Arc::default(), ..handbook.clone() };
        cache.insert(key, names, diagnostics.as_slice().into());
        diagnostics.extend(own(&handbook));
        Checked::new(handbook, diagnostics)
    }

    fn build_index(
        input: Input,
        chapters: IdVec<ChapterId, Arc<Chapter>>,
        drafts: &[Arc<Chapter>],
        readers: &HashMap<Arc<str>, Readers>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let language = input
            .config
            .language
            .clone()
            .unwrap_or_else(|| title::guess_language(chapters.as_slice()).to_owned());
        let attachments: IdVec<AttachmentId, Attachment> = input.attachments.into();
        let mut registry = Registry::new(&chapters, &attachments, diagnostics);
        let tree = Tree::new(&chapters);
        registry.register_sections(tree.sections.iter_enumerated().map(|(id, section)| (id, &*section.path)));
        let mut organization = input.organization;
        let mut metadata = people::resolve(&chapters, &mut organization, &registry, diagnostics);
        for (metadata, chapter) in metadata.iter_mut().zip(&chapters) {
            metadata.readers = readers.get(&chapter.source.name).cloned().unwrap_or_default();
        }
        let lifecycles = lifecycle::follow(&chapters, &metadata, input.today, diagnostics);
        evidence::check(&chapters, &lifecycles, &input.config, input.today, diagnostics);
        let glossary = Glossary::collect(&chapters, &tree.order, diagnostics);
        let may_restrict = drafts.iter().chain(&chapters).any(|chapter| chapter.may_be_restricted());
        let mut handbook = Self {
            titles: Titles::new(
                &chapters,
                &lifecycles,
                &input.config.external_references,
                &input.withheld_titles,
            )
            .into(),
            taxonomies: Arc::default(),
            lexicon: Lexicon::of(&chapters, &glossary).into(),
            appendices: reference::appendices_of(&chapters, &attachments).into(),
            org_index: OrgIndex::new(&organization, &metadata, &tree.order).into(),
            glossary: glossary.into(),
            config: input.config.into(),
            attachments: attachments.into(),
            today: input.today,
            generated: Arc::default(),
            routes: Arc::default(),
            references: References::default(),
            organization: organization.into(),
            language,
            chapters,
            metadata: metadata.into(),
            lifecycles: lifecycles.into(),
            registry: registry.into(),
            tree: tree.into(),
            hidden: Arc::new(
                drafts.iter().flat_map(|chapter| names_of(chapter)).map(str::to_owned).collect(),
            ),
            hidden_titles: Arc::new(drafts.iter().flat_map(|chapter| title::keys_of(chapter)).collect()),
            may_restrict,
            withheld: Arc::default(),
            kept_back: Arc::default(),
            drafts: drafts.into(),
            histories: input.histories,
            latest: input.latest,
            cache: input.cache,
            bare: input.bare,
            sparing: input.bare || input.sparing,
        };
        diagnostics.extend(handbook.confidential_for_all().chain(handbook.unknown_check_folders()));
        diagnostics.extend(handbook.foreign_words());
        handbook.taxonomies = Taxonomies::collect(&handbook).into();
        let mut routes = Routes::new(&handbook);
        diagnostics.append(&mut routes.diagnostics);
        handbook.generated = routes.generated().into();
        handbook.routes = routes.into();
        handbook
    }

    /// The second half: what chapters refer to, and what of it leads nowhere.
    /// `cache` is the one that [`Self::index`] was called with.
    pub fn resolve_references(&mut self, cache: &mut HandbookCache, diagnostics: &mut Vec<Diagnostic>) {
        let mut nothing = reference::ReferenceCache::default();
        self.references = self.collect_references(cache.references().unwrap_or(&mut nothing), diagnostics);
        self.kept_back = self.keep_back().into();
        diagnostics.extend(self.orphans());
        diagnostics.extend(self.unused_files());
    }

    /// How its chapters are read.
    fn markdown_options(&self) -> MarkdownOptions {
        MarkdownOptions { cache: self.cache.clone(), ..crate::chapter::markdown_options(&self.config) }
    }

    /// Whether a chapter is listed in indexes: folders' own pages are not,
    /// unless they have an id.
    #[must_use]
    pub fn is_listed(&self, chapter: ChapterId) -> bool {
        let chapter = &self.chapters[chapter];
        !chapter.is_index || chapter.front.id.is_some()
    }

    /// Listed chapters, in reading order.
    pub fn listed(&self) -> impl Iterator<Item = ChapterId> + '_ {
        self.tree.order.iter().copied().filter(|chapter| self.is_listed(*chapter))
    }
}

/// Whether any diagnostic keeps a site from being published.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}

/// What a link may call a chapter's file: its name, and that without its suffix.
fn names_of(chapter: &Chapter) -> impl Iterator<Item = &str> {
    let name = &*chapter.source.name;
    std::iter::once(name).chain(without_suffix(name))
}
