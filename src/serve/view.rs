//! What a preview shows between two changes: the site of today, and of any other day or audience
//! that a browser selects.

use super::Options;
use super::limit;
use super::page::{self, Page};
use crate::builder::{Build, Builder, Request, Reused};
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::handbook::routes;
use crate::handbook::taxonomy::Taxonomy;
use crate::id::{AudienceId, ChapterId, SectionId};
use crate::locale::Language;
use crate::site::Site;
use crate::source::Sources;
use crate::text::LineIndex;
use crate::theme::{self, fill_placeholders};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Rendered pages that are cached, for the browser that asks right after it was told that its page
/// has changed.
const MAX_PAGES: usize = 32;
/// Cached sites besides the default one.
const MAX_SNAPSHOTS: usize = 4;

/// What a browser selects instead of the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The site as of this day.
    pub(super) day: Option<Date>,
    /// The site as this audience sees it, by key.
    pub(super) audience: Option<String>,
}

/// What a preview shows between two changes.
#[derive(Debug)]
#[non_exhaustive]
pub struct View {
    /// Counts the updates.
    pub version: u64,
    /// What it was built from.
    pub sources: Arc<Sources>,
    /// The default site, for the day and audience of the command line.
    pub snapshot: Arc<Snapshot>,
    /// The request for the default site.
    pub(super) request: Request,
    /// Whether other machines can send requests.
    shared: bool,
    /// The language of the command line.
    requested_language: Option<Language>,
    /// How long reading and building took.
    pub duration: Duration,
    /// The chapter that was saved, if this is the update of one.
    pub(super) saved: Option<Saved>,
    /// Attachments that were written, by name.
    pub(super) files: Vec<Arc<str>>,
    snapshots: Mutex<Vec<(Choice, Arc<Snapshot>)>>,
}

/// A chapter that was saved, and the first line that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Saved {
    /// Path of its file.
    #[serde(skip)]
    path: Arc<str>,
    pub(super) url: String,
    pub(super) line: usize,
}

/// A site with its diagnostics.
#[derive(Debug)]
#[non_exhaustive]
pub struct Snapshot {
    /// The site.
    pub site: Site,
    /// All diagnostics, including those of chapters that the site withholds.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it is for people who may not see everything. Then diagnostics are hidden, since their
    /// messages and quoted lines name what is withheld.
    pub(super) hides_diagnostics: bool,
    /// The audience that it is for.
    pub(super) audience: Option<AudienceId>,
    /// The preview's own messages, if its language is not the handbook's.
    other_messages: Option<BTreeMap<String, String>>,
    language: Language,
    /// How long each stage of the build took.
    pub timings: Vec<(&'static str, Duration)>,
    /// What was taken from the cache.
    pub reused: Reused,
    /// What it was built from.
    pub(super) sources: Arc<Sources>,
    pages: Mutex<HashMap<String, Arc<Page>>>,
}

impl Snapshot {
    fn new(
        build: Build,
        sources: &Arc<Sources>,
        audience: Option<&str>,
        shared: bool,
        asked: Option<Language>,
    ) -> Self {
        let Build { mut site, diagnostics, timings, reused, .. } = build;
        site.markdown.source_lines = true;
        let guarded = shared && audience.is_some();
        let audience = audience.and_then(|name| site.handbook.config.audiences.find(name));
        let own = Language::from_tag(&site.handbook.language).unwrap_or_default();
        Self {
            site,
            diagnostics,
            hides_diagnostics: guarded,
            timings,
            reused,
            audience,
            other_messages: asked.filter(|asked| *asked != own).map(theme::interface_messages),
            language: asked.unwrap_or(own),
            sources: Arc::clone(sources),
            pages: Mutex::default(),
        }
    }

    /// The language of the preview's own messages.
    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// The tag of that language, for pages.
    pub(super) fn language_tag(&self) -> &str {
        if self.other_messages.is_some() { self.language.tag() } else { &self.site.handbook.language }
    }

    /// The preview's own messages, by key.
    pub(super) fn messages(&self) -> &BTreeMap<String, String> {
        self.other_messages.as_ref().unwrap_or_else(|| self.site.theme.messages())
    }

    /// The message with this key.
    pub(super) fn translate<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages().get(key).map_or(key, String::as_str)
    }

    /// The diagnostics that a browser may see.
    pub(super) fn visible_diagnostics(&self) -> &[Diagnostic] {
        if self.hides_diagnostics { &[] } else { &self.diagnostics }
    }

    /// The page at a URL path, rendered once.
    pub(super) fn page(&self, address: &str) -> Arc<Page> {
        let known = self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned();
        if let Some(page) = known {
            return page;
        }
        let page = Arc::new(page::render_page(self, address));
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MAX_PAGES {
            pages.clear();
        }
        pages.insert(address.to_owned(), Arc::clone(&page));
        page
    }

    /// The file that a page is mostly made from, by its path.
    pub(super) fn source_of(&self, address: &str) -> Option<Arc<str>> {
        let handbook = &self.site.handbook;
        let of = |chapter: Option<ChapterId>| chapter.map(|id| Arc::clone(&self.written(id).source.path));
        let index_of = |id: SectionId| handbook.tree.sections.get(id).and_then(|section| section.index);
        match handbook.routes.pages.get(address)? {
            routes::Page::Chapter(id) => of(Some(*id)),
            routes::Page::Home => of(index_of(SectionId::ROOT)),
            routes::Page::Glossary(_) => of(handbook.glossary.chapter),
            routes::Page::Section(id, _) => of(index_of(*id)),
            routes::Page::Terms(taxonomy, _) | routes::Page::Term(taxonomy, ..)
                if [Taxonomy::DEPARTMENTS, Taxonomy::ROLES].contains(taxonomy) =>
            {
                Some("organization.yaml".into())
            }
            _ => None,
        }
    }

    /// The URL path of a chapter, by the path of its file.
    pub(super) fn url_path_of(&self, path: &str) -> Option<String> {
        self.chapter(path).map(|chapter| chapter.url.to_string())
    }

    /// The chapter of a file, by the file's path.
    fn chapter(&self, path: &str) -> Option<&Chapter> {
        let chapters = &self.site.handbook.chapters;
        // They are sorted by name, which is the path below the content folder.
        let names = [Some(path), path.strip_prefix("content/")];
        names.into_iter().flatten().find_map(|name| {
            let id = chapters.binary_search_by(|chapter| (*chapter.source.name).cmp(name))?;
            (*self.written(id).source.path == *path).then(|| &*chapters[id])
        })
    }

    /// The text of a chapter that its author is writing: that of `content/`, where the site shows
    /// another edition.
    fn written(&self, id: ChapterId) -> &Chapter {
        let shown = &self.site.handbook.chapters[id];
        self.site.handbook.latest.get(&shown.source.name).unwrap_or(shown)
    }

    /// Where the text of `content/` is shown that is not the one on this page, and what leads there.
    pub(super) fn writing(&self, address: &str) -> Option<[String; 2]> {
        let handbook = &self.site.handbook;
        let Some(routes::Page::Chapter(id)) = handbook.routes.pages.get(address) else { return None };
        let shown = &handbook.chapters[*id];
        let written = handbook.latest.get(&shown.source.name).filter(|_| handbook.shows_all())?;
        let (_, history) = handbook.histories.of(&shown.source.name)?;
        let (from, to) = (&shown.front.version, &written.front.version);
        let words = [("shown", from.as_str()), ("version", if to.is_empty() { "—" } else { to })];
        let text = fill_placeholders(self.translate("live_writing"), &words);
        let page = format!("/versions/{}/{from}..working.html", history.slug);
        Some([text, crate::text::encode_path(&page)])
    }

    pub(super) fn is_draft(&self, path: &str) -> bool {
        self.chapter(path).is_some_and(|chapter| chapter.is_draft(self.site.handbook.today))
    }
}

impl View {
    pub(super) fn new(
        version: u64,
        build: Build,
        sources: &Arc<Sources>,
        request: Request,
        options: &Options,
    ) -> Self {
        let (shared, asked) = (options.shared, options.language);
        Self {
            version,
            sources: Arc::clone(sources),
            snapshot: Arc::new(Snapshot::new(build, sources, request.audience.as_deref(), shared, asked)),
            request,
            shared,
            requested_language: asked,
            duration: Duration::ZERO,
            saved: None,
            files: Vec::new(),
            snapshots: Mutex::default(),
        }
    }

    /// Whether only what everyone may see is shown, because no audience was given.
    pub(super) fn is_narrowed(&self) -> bool {
        self.request.audience.as_deref() == Some(limit::EVERYONE)
    }

    /// Whether a browser may select the site of this audience.
    pub(super) fn offers(&self, audience: AudienceId) -> bool {
        let audiences = &self.snapshot.site.handbook.config.audiences;
        !self.shared || limit::admits(audiences, self.snapshot.audience, audience)
    }

    /// The chapter that was saved, if a site has it.
    pub(super) fn saved_in(&self, shown: &Snapshot) -> Option<&Saved> {
        self.saved.as_ref().filter(|saved| shown.chapter(&saved.path).is_some())
    }

    /// The attachments that were written, as far as a site has them.
    pub(super) fn files_in<'a>(&'a self, shown: &Snapshot) -> Vec<&'a str> {
        if self.files.is_empty() {
            return Vec::new();
        }
        let own: HashSet<&str> = shown.site.handbook.attachments.iter().map(|file| &*file.name).collect();
        self.files.iter().map(|name| &**name).filter(|name| own.contains(name)).collect()
    }

    /// The site that a browser selected; built unless it is cached.
    pub(super) fn chosen(&self, choice: &Choice, builder: &Mutex<Builder>) -> Arc<Snapshot> {
        let usual = &self.request;
        let audiences = &self.snapshot.site.handbook.config.audiences;
        let choice = Choice {
            day: choice.day.filter(|day| *day != usual.today),
            // An audience that no longer exists is ignored.
            audience: choice.audience.clone().filter(|name| {
                let wanted = audiences.find(name);
                wanted.is_some_and(|wanted| self.offers(wanted)) && wanted != self.snapshot.audience
            }),
        };
        if choice == Choice::default() {
            return Arc::clone(&self.snapshot);
        }
        // Locked while it is built, so that two tabs do not build it twice.
        let mut others = self.snapshots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, shown)) = others.iter().find(|(known, _)| *known == choice) {
            return Arc::clone(shown);
        }
        let mut request = usual.clone();
        request.today = choice.day.unwrap_or(usual.today);
        if choice.audience.is_some() {
            request.audience.clone_from(&choice.audience);
        }
        let build = builder.lock().unwrap_or_else(PoisonError::into_inner).build(&self.sources, &request);
        let audience = request.audience.as_deref();
        let shown =
            Arc::new(Snapshot::new(build, &self.sources, audience, self.shared, self.requested_language));
        if others.len() >= MAX_SNAPSHOTS {
            others.remove(0);
        }
        others.push((choice, Arc::clone(&shown)));
        shown
    }

    /// The chapter that browsers which follow the author open after this update: the only one that
    /// was saved. Many at once are a change of branch, not a save.
    pub(super) fn find_saved(&self, names: &[Arc<str>], before: &Sources) -> Option<Saved> {
        let [name] = names else { return None };
        let of = |sources: &'_ Sources| {
            let index = sources.chapters.binary_search_by(|source| source.name.cmp(name)).ok()?;
            Some(Arc::clone(&sources.chapters[index].text))
        };
        let chapters = &self.snapshot.site.handbook.chapters;
        let id = chapters.binary_search_by(|chapter| chapter.source.name.cmp(name))?;
        let url = chapters[id].url.to_string();
        let (new, old) = (of(&self.sources)?, of(before).unwrap_or_default());
        let same = new.bytes().zip(old.bytes()).take_while(|(new, old)| new == old).count();
        let path = Arc::clone(&self.snapshot.written(id).source.path);
        let line = LineIndex::new(&new).position(same).line;
        Some(Saved { path, url: crate::text::encode_path(&url), line })
    }
}
