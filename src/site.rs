//! The site as a function from address to bytes.
//!
//! `addresses` lists, `render` makes one. There is no other way to a page, so what a
//! preview shows and what a build writes cannot differ.

mod audit;
mod backlinks;
mod cards;
mod changes;
mod chapter_page;
mod clause_history;
mod comparison;
mod control;
mod data;
mod edition_links;
mod edition_memo;
mod editions;
mod feeds;
mod glossary_page;
mod impact;
mod kept_pictures;
mod links;
mod list_pages;
mod map_drawing;
mod map_page;
mod map_scene;
mod navigation;
mod people_pages;
mod previews;
mod records;
mod redlines;
mod register;
mod reviews;
mod search_examples;
mod selection;

use crate::diagnostic::Diagnostic;
use crate::handbook::Handbook;
use crate::handbook::edges::Edges;
use crate::handbook::register::Change;
use crate::handbook::routes::Page;
use crate::handbook::taxonomy::{Subject, Taxonomy};
use crate::id::{AttachmentId, ChapterId, EditionNumber, HistoryId, PageNumber, SectionId};
use crate::markdown::{MarkdownOptions, Sections};
use crate::page::{Link, NotFoundPage, PageContext, RedirectPage, SiteView};
use crate::search::{DocumentCache, Index};
use crate::synonyms::Synonyms;
use crate::text::encode_path;
use crate::theme::Theme;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

#[doc(hidden)]
pub use audit::AuditFiles;
pub(crate) use clause_history::StepCache;
#[doc(hidden)]
pub use comparison::{ChangedField, Comparison};
#[doc(hidden)]
pub use impact::{ChangedChapter, Reference, StaleReference, Touches};
#[doc(hidden)]
pub use selection::Selection;

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file of the content folder, by its name below it.
    File(Arc<str>),
}

/// A site, ready to be rendered page by page.
#[derive(Debug)]
#[non_exhaustive]
pub struct Site {
    /// What it shows.
    #[doc(hidden)]
    pub handbook: Arc<Handbook>,
    /// How it looks.
    pub(crate) theme: Arc<Theme>,
    /// How its Markdown is read.
    pub(crate) markdown: MarkdownOptions,
    /// Who refers to whom among the chapters that the map shows, once it has been
    /// asked for.
    drawn: OnceLock<Edges>,
    /// What has changed, the latest first, once it has been asked for.
    changes: OnceLock<Vec<Change>>,
    /// What pages of editions have in common.
    edition_memo: edition_memo::EditionMemo,
    others: BTreeMap<String, Other>,
    /// Rendered sidebars: those of the pages that were asked for last.
    sidebars: RwLock<HashMap<navigation::SidebarKey, Arc<str>>>,
    /// The dialog of search by the number of folders that a page stands below the root.
    search_dialogs: RwLock<HashMap<usize, Arc<str>>>,
    /// What the cards beside links show, once it has been asked for.
    previews: previews::PreviewFiles,
    /// The definitions of content/glossary.md, rendered.
    definitions: OnceLock<Arc<Sections>>,
    /// What search took from the chapters of earlier runs.
    search_documents: Arc<DocumentCache>,
    /// Words that mean the same, of synonyms.yaml.
    synonyms: Synonyms,
    /// What earlier runs found to differ between editions.
    step_cache: Arc<StepCache>,
    index: OnceLock<Index>,
}

#[derive(Debug, Clone, Copy)]
enum Other {
    /// An asset of the theme, by its position among them.
    Asset(usize),
    Attachment(AttachmentId),
    /// A picture of an edition as it was, by its place among those of the edition.
    Kept(HistoryId, EditionNumber, usize),
}

impl Site {
    /// A site of a handbook in a theme. A theme that was that of a site with the
    /// same title, indexes and so on stays as it is.
    pub(crate) fn new(handbook: Arc<Handbook>, theme: Arc<Theme>, markdown: MarkdownOptions) -> Self {
        let mut others = BTreeMap::new();
        let files = handbook.attachments.iter_enumerated();
        for (id, file) in files.filter(|(id, _)| !handbook.kept_back.contains(id)) {
            others.insert(file.name.to_string(), Other::Attachment(id));
        }
        for (index, (address, _)) in theme.assets().enumerate() {
            others.insert(address.to_owned(), Other::Asset(index));
        }
        let view = site_view(&handbook, &theme);
        let theme = if theme.is_for_site(&view) {
            theme
        } else {
            Arc::new(Arc::unwrap_or_clone(theme).with_site(&view))
        };
        let mut site = Self {
            handbook,
            theme,
            markdown,
            drawn: OnceLock::new(),
            changes: OnceLock::new(),
            edition_memo: edition_memo::EditionMemo::default(),
            others,
            sidebars: RwLock::default(),
            search_dialogs: RwLock::default(),
            previews: previews::PreviewFiles::default(),
            definitions: OnceLock::new(),
            search_documents: Arc::default(),
            synonyms: Synonyms::default(),
            step_cache: Arc::default(),
            index: OnceLock::new(),
        };
        site.add_kept_pictures();
        site
    }

    /// What the site is called: as its settings say, else as its home page does.
    #[must_use]
    pub fn title(&self) -> String {
        title(&self.handbook, &self.theme)
    }

    /// The same site; its index and the history of its clauses take from these caches what
    /// earlier runs left there.
    pub(crate) fn with_caches(
        self,
        search_documents: Arc<DocumentCache>,
        step_cache: Arc<StepCache>,
    ) -> Self {
        Self { search_documents, step_cache, ..self }
    }

    /// The same site, where search knows that these words mean the same.
    pub(crate) fn with_synonyms(self, synonyms: Synonyms) -> Self {
        Self { synonyms, ..self }
    }

    /// The search index, made when it is first asked for.
    #[doc(hidden)]
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let label = |key: &str| self.theme.translate(key).to_owned();
            Index::new(
                &self.handbook,
                &self.search_documents,
                self.handbook.glossary.groups(),
                &self.synonyms.groups,
                &label,
            )
        })
    }

    /// Who refers to whom among the chapters that the map shows.
    fn drawn(&self) -> &Edges {
        self.drawn.get_or_init(|| self.handbook.edges(|chapter| self.handbook.is_listed(chapter)))
    }

    /// The path of every file of the site, such as `finance/travel.html`: sorted, relative
    /// to the site's root, not percent-encoded.
    #[must_use]
    pub fn addresses(&self) -> Vec<&str> {
        let pages = self.handbook.routes.pages.keys().map(|address| &**address);
        let generated = pages.chain(self.previews().addresses().map(String::as_str));
        let mut all: Vec<&str> = generated.filter(|address| !self.others.contains_key(*address)).collect();
        all.extend(self.others.keys().map(String::as_str));
        all.extend(self.index().addresses().filter(|address| !self.is_taken(address)));
        all.sort_unstable();
        all
    }

    /// What stands at one of the [`addresses`](Self::addresses); `None` where nothing does.
    ///
    /// # Errors
    /// A diagnostic where a template fails.
    pub fn render(&self, address: &str) -> Option<Result<Output, Diagnostic>> {
        match self.others.get(address) {
            Some(Other::Attachment(id)) => {
                return Some(Ok(Output::File(Arc::clone(&self.handbook.attachments[*id].name))));
            }
            Some(Other::Asset(index)) => {
                let bytes =
                    self.theme.assets().nth(*index).map_or_else(Vec::new, |(_, bytes)| bytes.to_vec());
                return Some(Ok(Output::Bytes(bytes)));
            }
            Some(Other::Kept(id, number, picture)) => {
                let bytes = self.kept_bytes(*id, *number, *picture)?;
                return Some(Ok(Output::Bytes(bytes.to_vec())));
            }
            None => {}
        }
        if previews::is_theirs(address) {
            return self.preview_file(address).map(|bytes| Ok(Output::Bytes(bytes)));
        }
        if address.starts_with("search/") && !self.is_taken(address) {
            return self.index().render(address).map(|bytes| Ok(Output::Bytes(bytes)));
        }
        let page = *self.handbook.routes.pages.get(address)?;
        Some(self.page(address, page).map(Output::Bytes))
    }

    /// Whether an author's page or file stands at an address.
    fn is_taken(&self, address: &str) -> bool {
        self.others.contains_key(address) || self.handbook.routes.pages.contains_key(address)
    }

    fn page(&self, address: &str, page: Page) -> Result<Vec<u8>, Diagnostic> {
        match page {
            Page::Home => self.fill(page, &self.home_page()),
            Page::Chapter(chapter) => self.render_chapter(chapter),
            Page::Section(section, number) => self.fill(page, &self.section_page(section, number)),
            Page::Terms(Taxonomy::DEPARTMENTS, number) => self.fill(page, &self.departments_page(number)),
            Page::Terms(Taxonomy::ROLES, number) => self.fill(page, &self.roles_page(number)),
            Page::Terms(taxonomy, number) => self.fill(page, &self.terms_page(taxonomy, number)),
            Page::Term(taxonomy, term, number) => {
                match (taxonomy, self.handbook.taxonomies.terms(taxonomy).get(term).map(|term| &term.subject))
                {
                    (Taxonomy::DEPARTMENTS, Some(Subject::Department(id))) => {
                        self.fill(page, &self.department_page(*id, number))
                    }
                    (Taxonomy::ROLES, Some(Subject::Role(id))) => {
                        self.fill(page, &self.role_page(*id, number))
                    }
                    _ => self.fill(page, &self.term_page(taxonomy, term, number)),
                }
            }
            Page::Alphabet(number) => self.fill(page, &self.alphabet_page(number)),
            Page::Tree(number) => self.fill(page, &self.tree_page(number)),
            Page::Glossary(number) => self.fill(page, &self.glossary_page(number)),
            Page::Map(region) => self.fill(page, &self.map_page(region)),
            Page::References(number) => self.fill(page, &self.references_page(number)),
            Page::Register(number) => self.fill(page, &self.register_page(number)),
            Page::RegisterTable => Ok(self.register_table()),
            Page::Reviews(number) => self.fill(page, &self.reviews_page(number)),
            Page::ReviewCalendar => Ok(self.review_calendar().into_bytes()),
            Page::OwnerCalendar(owner) => Ok(self.owner_calendar(owner).into_bytes()),
            Page::Changes(number) => self.fill(page, &self.changes_page(number)),
            Page::Feed => Ok(self.feed().into_bytes()),
            Page::DepartmentFeed(id) => Ok(self.department_feed(id).into_bytes()),
            Page::RoleFeed(id) => Ok(self.role_feed(id).into_bytes()),
            Page::Timeline(id) => self.fill(page, &self.timeline_page(id)),
            Page::Edition(id, number) => self.fill(page, &self.edition_page(id, number)),
            Page::Redline(id, number) => self.fill(page, &self.redline_page(id, number)),
            Page::Search => self.fill(page, &self.search_page()),
            Page::NotFound => self.fill(page, &self.not_found_page()),
            Page::Redirect(chapter) => self.fill(page, &self.redirect_page(address, chapter)),
            Page::Sitemap => Ok(self.sitemap().into_bytes()),
            Page::SitemapPart(number) => Ok(self.sitemap_part(number).into_bytes()),
            Page::Metadata => Ok(self.index_json().into_bytes()),
        }
    }

    /// Fills the template of a page's kind.
    fn fill<P: Serialize>(&self, page: Page, view: &P) -> Result<Vec<u8>, Diagnostic> {
        self.theme.render(page.kind().template, view)
    }

    /// The page shown for an address that does not exist, with links that work
    /// from any depth because they begin at `root`.
    ///
    /// # Errors
    /// A diagnostic where the template fails.
    pub fn not_found(&self, root: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut page = self.not_found_page();
        page.context.root = root.to_owned();
        page.context.search_html = Arc::default();
        self.fill(Page::NotFound, &page)
    }

    fn not_found_page(&self) -> NotFoundPage {
        let mut context = self.context("404.html", self.translate("not_found"));
        // A server shows this page at addresses of any depth, so a relative
        // way to the root would be wrong; where the base is known it is used.
        // Only its path: the policy lets a page load nothing from another name
        // or scheme under which the same server may be known.
        let base = self.handbook.config.base_url.as_deref().unwrap_or("");
        if let Some((_, path)) = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')) {
            context.root = format!("/{path}");
            context.search_html = Arc::default();
        }
        NotFoundPage { context }
    }

    fn redirect_page(&self, address: &str, id: ChapterId) -> RedirectPage {
        let chapter = &self.handbook.chapters[id];
        let target = self.chapter_link(id);
        let mut context = self.context(address, &chapter.title);
        context.canonical = self.absolute(&target.url);
        RedirectPage { context, target }
    }

    /// What a generated page has around its content: the top of the tree beside it.
    fn index_context(&self, address: &str, title: &str) -> PageContext {
        let navigation_html = self.sidebar(SectionId::ROOT, None, address);
        PageContext { navigation_html, ..self.context(address, title) }
    }

    /// What a page at `address` has around its content.
    fn context(&self, address: &str, title: &str) -> PageContext {
        let url = encode_path(address);
        let depth = address.matches('/').count();
        PageContext {
            root: "../".repeat(depth),
            search_html: self.search_dialog(depth),
            canonical: self.absolute(&url),
            url,
            title: title.to_owned(),
            breadcrumbs: vec![self.home_link()],
            ..PageContext::default()
        }
    }

    /// The dialog of search on pages so many folders below the root.
    fn search_dialog(&self, depth: usize) -> Arc<str> {
        let known = self.search_dialogs.read().unwrap_or_else(PoisonError::into_inner).get(&depth).cloned();
        known.unwrap_or_else(|| {
            let html: Arc<str> = self.theme.search_dialog(&"../".repeat(depth)).unwrap_or_default().into();
            let mut dialogs = self.search_dialogs.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(dialogs.entry(depth).or_insert(html))
        })
    }

    fn absolute(&self, url: &str) -> String {
        self.handbook.config.base_url.as_ref().map_or_else(String::new, |base| {
            format!(
                "{base}{}",
                url.strip_suffix("index.html")
                    .filter(|rest| rest.is_empty() || rest.ends_with('/'))
                    .unwrap_or(url)
            )
        })
    }

    fn home_link(&self) -> Link {
        Link { title: self.translate("home").to_owned(), url: "index.html".to_owned() }
    }

    fn translate<'a>(&'a self, key: &'a str) -> &'a str {
        self.theme.translate(key)
    }
}

/// Indexes that the bar on top has room for at 1,280 px, in English too.
const INDEXES_IN_BAR: usize = 7;

fn site_view(handbook: &Handbook, theme: &Theme) -> SiteView {
    let routes = &handbook.routes;
    let nothing_outside =
        handbook.config.external_references.is_empty() && handbook.references.unknown.is_empty();
    let link = |page: Page| {
        let (address, kind) = (routes.address(page), page.kind());
        let empty = address.is_empty() || (page == Page::References(PageNumber::FIRST) && nothing_outside);
        let link = || Link { title: theme.translate(kind.listed).to_owned(), url: encode_path(address) };
        (!empty && !kind.listed.is_empty()).then(|| (kind.in_bar, link()))
    };
    let indexes: Vec<(bool, Link)> = Page::generated().filter_map(link).collect();
    let has_room = indexes.len() <= INDEXES_IN_BAR;
    let (bar, more): (Vec<_>, Vec<_>) = indexes.iter().cloned().partition(|(in_bar, _)| has_room || *in_bar);
    let links = |indexes: Vec<(bool, Link)>| indexes.into_iter().map(|(_, link)| link).collect();
    SiteView {
        title: title(handbook, theme),
        description: handbook.config.description.clone(),
        language: handbook.language.clone(),
        assets: theme.asset_urls().clone(),
        indexes: links(indexes),
        bar_indexes: links(bar),
        more_indexes: links(more),
        search: encode_path(routes.address(Page::Search)),
        date: handbook.today.to_string(),
    }
}

/// The configured title, else that of the home page's own text.
fn title(handbook: &Handbook, theme: &Theme) -> String {
    if !handbook.config.title.is_empty() {
        return handbook.config.title.clone();
    }
    let home = handbook.tree.sections.get(SectionId::ROOT).and_then(|root| root.index);
    home.map_or_else(|| theme.translate("untitled").to_owned(), |id| handbook.chapters[id].title.clone())
}
