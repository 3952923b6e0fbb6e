//! What a preview shows at a moment: the site as of today, and as of any other
//! day that a browser asks for.

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
use crate::theme;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Pages kept as they were rendered, for the browser that asks right after it
/// was told that its page differs.
const KEPT: usize = 32;
/// Sites kept that are not the usual one.
const OTHERS: usize = 4;

/// What a browser wants to see instead of what everyone is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The site as of this day.
    pub(super) day: Option<Date>,
    /// The site as this audience sees it, by key.
    pub(super) audience: Option<String>,
}

/// What a preview shows between one change and the next.
#[derive(Debug)]
#[non_exhaustive]
pub struct View {
    /// Counts the updates.
    pub version: u64,
    /// What it was built from.
    pub sources: Arc<Sources>,
    /// The site as of the day asked for on the command line.
    pub shown: Arc<Shown>,
    /// What it was asked for.
    pub(super) request: Request,
    /// Whether others than this machine can ask.
    shared: bool,
    /// The language that was asked for.
    asked: Option<Language>,
    /// How long reading and building took.
    pub took: Duration,
    /// The chapter that was saved, if this is the step of one.
    pub(super) saved: Option<Saved>,
    /// Attachments that were written, by name.
    pub(super) files: Vec<Arc<str>>,
    others: Mutex<Vec<(Choice, Arc<Shown>)>>,
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

/// A site with its findings.
#[derive(Debug)]
#[non_exhaustive]
pub struct Shown {
    /// The site.
    pub site: Site,
    /// What was found wrong, also with what the site withholds.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it is for people who may not see all: then nobody is told what is
    /// wrong, since messages and quoted lines name what is withheld.
    pub(super) guarded: bool,
    /// The audience that it is for, by place in the list.
    pub(super) audience: Option<AudienceId>,
    /// The words of the preview's own, where another language was asked for than the
    /// handbook's.
    words: Option<BTreeMap<String, String>>,
    language: Language,
    /// How long each stage of building it took.
    pub timings: Vec<(&'static str, Duration)>,
    /// What was taken from the run before.
    pub reused: Reused,
    /// What it was built from.
    pub(super) sources: Arc<Sources>,
    pages: Mutex<HashMap<String, Arc<Page>>>,
}

impl Shown {
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
            guarded,
            timings,
            reused,
            audience,
            words: asked.filter(|asked| *asked != own).map(theme::words),
            language: asked.unwrap_or(own),
            sources: Arc::clone(sources),
            pages: Mutex::default(),
        }
    }

    /// The language of what is not the site's own.
    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// The same as a tag for pages.
    pub(super) fn tag(&self) -> &str {
        if self.words.is_some() { self.language.tag() } else { &self.site.handbook.language }
    }

    /// The words of what is not the site's own, by key.
    pub(super) fn words(&self) -> &BTreeMap<String, String> {
        self.words.as_ref().unwrap_or_else(|| self.site.theme.labels())
    }

    /// One of them.
    pub(super) fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words().get(key).map_or(key, String::as_str)
    }

    /// The findings that a browser may be told.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        if self.guarded { &[] } else { &self.diagnostics }
    }

    /// The page at an address, rendered once.
    pub(super) fn page(&self, address: &str) -> Arc<Page> {
        let known = self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned();
        if let Some(page) = known {
            return page;
        }
        let page = Arc::new(page::make(self, address));
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= KEPT {
            pages.clear();
        }
        pages.insert(address.to_owned(), Arc::clone(&page));
        page
    }

    /// The file that a page is mostly made from, by its path.
    pub(super) fn source_of(&self, address: &str) -> Option<Arc<str>> {
        let handbook = &self.site.handbook;
        let of =
            |chapter: Option<ChapterId>| chapter.map(|id| Arc::clone(&handbook.chapters[id].source.path));
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

    /// The address of a chapter's page, by the path of its file.
    pub(super) fn address_of(&self, path: &str) -> Option<String> {
        self.chapter(path).map(|chapter| chapter.url.to_string())
    }

    /// A chapter by the path of its file; they are sorted by it.
    fn chapter(&self, path: &str) -> Option<&Chapter> {
        let chapters = &self.site.handbook.chapters;
        let id = chapters.binary_search_by(|chapter| (*chapter.source.path).cmp(path))?;
        Some(&chapters[id])
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
            shown: Arc::new(Shown::new(build, sources, request.audience.as_deref(), shared, asked)),
            request,
            shared,
            asked,
            took: Duration::ZERO,
            saved: None,
            files: Vec::new(),
            others: Mutex::default(),
        }
    }

    /// Whether only what everyone may see is shown, because nobody said who looks.
    pub(super) fn is_narrowed(&self) -> bool {
        self.request.audience.as_deref() == Some(limit::EVERYONE)
    }

    /// Whether a browser may choose to see the site of this audience.
    pub(super) fn offers(&self, audience: AudienceId) -> bool {
        let audiences = &self.shown.site.handbook.config.audiences;
        !self.shared || limit::admits(audiences, self.shown.audience, audience)
    }

    /// The chapter that was saved, where a site has it.
    pub(super) fn saved_in(&self, shown: &Shown) -> Option<&Saved> {
        self.saved.as_ref().filter(|saved| shown.chapter(&saved.path).is_some())
    }

    /// The attachments that were written, as far as a site has them.
    pub(super) fn files_in<'a>(&'a self, shown: &Shown) -> Vec<&'a str> {
        if self.files.is_empty() {
            return Vec::new();
        }
        let own: HashSet<&str> = shown.site.handbook.attachments.iter().map(|file| &*file.name).collect();
        self.files.iter().map(|name| &**name).filter(|name| own.contains(name)).collect()
    }

    /// The site that a browser chose, built now if it was not yet.
    pub(super) fn chosen(&self, choice: &Choice, builder: &Mutex<Builder>) -> Arc<Shown> {
        let usual = &self.request;
        let audiences = &self.shown.site.handbook.config.audiences;
        let choice = Choice {
            day: choice.day.filter(|day| *day != usual.today),
            // A name that is not there any more is as good as none.
            audience: choice.audience.clone().filter(|name| {
                let wanted = audiences.find(name);
                wanted.is_some_and(|wanted| self.offers(wanted)) && wanted != self.shown.audience
            }),
        };
        if choice == Choice::default() {
            return Arc::clone(&self.shown);
        }
        // Held while it is built, so that two tabs do not build it twice.
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
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
        let shown = Arc::new(Shown::new(build, &self.sources, audience, self.shared, self.asked));
        if others.len() >= OTHERS {
            others.remove(0);
        }
        others.push((choice, Arc::clone(&shown)));
        shown
    }

    /// Where the browser of a following author goes after this step: the one
    /// chapter that was saved. Many at once are another branch, not a save.
    pub(super) fn find_saved(&self, names: &[Arc<str>], before: &Sources) -> Option<Saved> {
        let [name] = names else { return None };
        let of = |sources: &'_ Sources| {
            let at = sources.chapters.binary_search_by(|source| source.name.cmp(name)).ok()?;
            Some(Arc::clone(&sources.chapters[at].text))
        };
        let chapters = &self.shown.site.handbook.chapters;
        let chapter = &chapters[chapters.binary_search_by(|chapter| chapter.source.name.cmp(name))?];
        let url = chapter.url.to_string();
        let (new, old) = (of(&self.sources)?, of(before).unwrap_or_default());
        let same = new.bytes().zip(old.bytes()).take_while(|(new, old)| new == old).count();
        let path = Arc::clone(&chapter.source.path);
        let line = LineIndex::new(&new).position(same).line;
        Some(Saved { path, url: crate::text::encode_path(&url), line })
    }
}
