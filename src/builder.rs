//! The pipeline: sources in, site out, with a cache of every parsed chapter.
//!
//! A builder may be kept between runs. What a run's inputs leave unchanged is taken
//! from the cache, keyed by a fingerprint of all that parsing may read; the result is
//! the same as that of a new builder.

use crate::cache::Cache;
use crate::chapter::{
    Chapter, Readings, hidden_parts, hidden_tags, left_out, markdown_options, ordered, unpublished,
    without_notes,
};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Level};
use crate::fingerprint::fingerprint;
use crate::handbook::edition::{EditionCache, Histories, with_records};
use crate::handbook::evidence::stale_approvals;
use crate::handbook::{Handbook, HandbookCache, Input};
use crate::markdown::{self, MarkdownOptions};
use crate::message;
use crate::organization::Organization;
use crate::rule;
use crate::search::DocumentCache;
use crate::site::{Site, StepCache};
use crate::source::{Source, Sources};
use crate::synonyms::Synonyms;
use crate::text::fold;
use crate::theme::{self, Theme};
use crate::yaml::Document;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a run is asked for besides the sources.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Request {
    /// The day the site is built for. It decides what is in force and which reviews are
    /// due; no clock is read.
    pub today: Date,
    /// Whether drafts (`draft: true`) are published too.
    pub drafts: bool,
    /// The site's URL, used instead of `base_url` in handbook.yaml; must end in `/`.
    pub base_url: Option<String>,
    /// The audience that the site is for, by key or name; `None` for all chapters,
    /// an empty name for those that everyone may see.
    pub audience: Option<String>,
}

impl Request {
    /// A run for this day, without drafts.
    #[must_use]
    pub const fn new(today: Date) -> Self {
        Self { today, drafts: false, base_url: None, audience: None }
    }
}

/// A run's result: the site and what is wrong with its sources.
#[derive(Debug)]
#[non_exhaustive]
pub struct Build {
    /// The site. Its pages are made when they are asked for, so errors among the
    /// diagnostics do not stop it from being shown; do not publish it then.
    pub site: Site,
    /// Everything found wrong, at the levels of `checks:`, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each stage took, in the order of the stages.
    pub timings: Vec<(&'static str, Duration)>,
    /// What was taken from the memo.
    pub reused: Reused,
}

/// How many chapters a run took from the cache of the run before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reused {
    /// Chapters that were not parsed again.
    pub chapters: usize,
    /// Chapters whose references were not read again.
    pub references: usize,
}

/// The pipeline and its cache. Keep one for as long as you build the same project: what
/// has not changed since the last run is not done again.
#[derive(Debug, Default)]
pub struct Builder {
    chapters: ChapterCache,
    handbooks: HandbookCache,
    /// The same of texts that are in force in place of those of `content/`.
    editions: (ChapterCache, HandbookCache),
    /// What was read of all editions.
    edition_cache: EditionCache,
    search_documents: Arc<DocumentCache>,
    step_cache: Arc<StepCache>,
    theme: Option<Dressed>,
    cache: Cache,
    /// Whether one site is made and written, and no other follows.
    is_for_one_site: bool,
}

/// Chapters that are parsed before their mentions are found: what these are found in is freed then.
const BATCH: usize = 256;

/// Parsed chapters in the order of their names, with the fingerprint of all that parsing may read.
type ChapterCache = Vec<(u128, Arc<Chapter>)>;

/// The theme of the last run: its key, itself as the site showed it, its diagnostics.
type Dressed = (u128, Arc<Theme>, Vec<Diagnostic>);

impl Builder {
    /// A builder that remembers nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same builder, which takes from this cache what is slow to make and depends on a
    /// short text alone, such as the colours of code. [`DiskCache`](crate::disk::cache::DiskCache)
    /// outlives the process.
    #[must_use]
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache, ..self }
    }

    /// The same builder for one site that is written: it keeps nothing that only the next one would
    /// need, and the site's index has its files and finds nothing. That takes less memory.
    #[must_use]
    pub fn for_one_site(self) -> Self {
        Self { search_documents: Arc::new(DocumentCache::idle()), is_for_one_site: true, ..self }
    }

    /// Parses the chapters ahead of [`Self::build`], which then finds them parsed, so that this
    /// can go on while their history is still being read.
    pub fn parse(&mut self, sources: &Sources) {
        let shown = without_notes(sources);
        let sources = shown.as_ref().unwrap_or(sources);
        let readings = self.readings(&config(sources).value, sources);
        parse(&mut self.chapters, &sources.chapters, &readings, &mut Clock::start());
    }

    /// Makes a site of what [`Project::read`](crate::disk::Project::read) gave. Touches
    /// nothing outside, and never fails: mistakes become diagnostics of the [`Build`].
    #[must_use]
    pub fn build(&mut self, sources: &Sources, request: &Request) -> Build {
        let mut clock = Clock::start();
        let mut diagnostics = sources.diagnostics.clone();
        diagnostics.extend(hidden_tags(sources));
        diagnostics.extend(hidden_parts(sources));
        let shown = without_notes(sources);
        let sources = shown.as_ref().unwrap_or(sources);
        diagnostics.extend(left_out::diagnostics(sources));
        let mut config = config(sources).take(&mut diagnostics);
        let given = request.base_url.clone();
        let base_url_override = given.map(|base| config.base_url.replace(base));
        let organization = match &sources.organization {
            Some(source) => Organization::parse(&whole(source)).take(&mut diagnostics),
            None => Organization::default(),
        };
        let synonyms = match &sources.synonyms {
            Some(source) => Synonyms::parse(&whole(source)).take(&mut diagnostics),
            None => Synonyms::default(),
        };
        let readings = self.readings(&config, sources);
        let (mut chapters, reused) = parse(&mut self.chapters, &sources.chapters, &readings, &mut clock);
        diagnostics.extend(unpublished::hold_back(&mut chapters, sources, request.today));
        ordered::put_in_order(&mut chapters, sources);
        let all = chapters.clone();
        let histories = match sources.has_editions {
            true => {
                Histories::new(&chapters, &sources.editions, &config, request.today, &mut self.edition_cache)
            }
            false => Histories::default(),
        };
        if sources.has_editions {
            diagnostics.extend(histories.diagnostics(&chapters));
            diagnostics.extend(Histories::file_diagnostics(&self.edition_cache));
            diagnostics.extend(histories.stray_diagnostics(&chapters));
            if let Some(source) = &sources.config {
                let settings = Document::new(&source.path, &source.text, 0..source.text.len());
                diagnostics.extend(histories.withheld_diagnostics(&config, &settings));
            }
        }
        diagnostics.extend(stale_approvals(&chapters, &histories));
        let in_force = histories.in_force(request.today, request.drafts, &chapters);
        let mut input = Input::new(config, organization, chapters, request.today);
        input.attachments.clone_from(&sources.attachments);
        if sources.bare {
            diagnostics.extend(leave_out_shells(&mut input));
        }
        input.drafts = request.drafts;
        input.bare = sources.bare;
        input.may_readdress = sources.bare;
        input.sparing = request.audience.is_some();
        input.base_url_override = base_url_override;
        input.unread.clone_from(&sources.unread);
        input.links = Arc::clone(&sources.links);
        input.settings = settings(sources, request, &input);
        input.histories = Arc::new(histories);
        input.cache = self.cache.clone();
        let is_needed = request.audience.is_some() || !in_force.is_empty();
        let mut again = is_needed.then(|| input.clone());
        let mut handbook = Handbook::index(input, &mut self.handbooks).take(&mut diagnostics);
        clock.lap("assemble");
        handbook.resolve_references(&mut self.handbooks, &mut diagnostics);
        clock.lap("links");
        if let Some(input) = again.as_mut().filter(|_| !in_force.is_empty()) {
            handbook = self.as_it_was(input, &in_force, &readings, &mut clock);
            diagnostics.extend(handbook.late_diagnostics());
        }
        if let Some((input, audience)) = again.zip(request.audience.as_deref()) {
            handbook = handbook.as_seen_by(audience, input, &mut diagnostics);
            // What an earlier text says can no longer be mended.
            let earlier: HashSet<&Arc<str>> = in_force.values().map(|source| &source.path).collect();
            diagnostics
                .retain(|diagnostic| diagnostic.path.as_ref().is_none_or(|path| !earlier.contains(path)));
            clock.lap("audience");
        }
        let (key, theme, wrong) = self.theme(sources, &handbook.language);
        diagnostics.extend(wrong.iter().cloned());
        if !theme.has_own_templates() {
            diagnostics.extend(handbook.foreign_templates());
        }
        if sources.config.is_none() {
            soften(&all, &mut diagnostics);
        }
        let diagnostics = handbook.apply_severities(diagnostics);
        let reused = Reused { chapters: reused, references: self.handbooks.reused() };
        if self.is_for_one_site {
            all.iter().chain(&handbook.chapters).for_each(|chapter| chapter.forget_lookups());
            self.handbooks = HandbookCache::default();
        }
        let mut site = Site::new(Arc::new(handbook), theme, readings.options)
            .with_synonyms(synonyms)
            .with_caches(Arc::clone(&self.search_documents), Arc::clone(&self.step_cache));
        if self.is_for_one_site {
            site = site.written_once();
        }
        self.theme = Some((key, Arc::clone(&site.theme), wrong));
        clock.lap("theme");
        Build { site, diagnostics, timings: clock.laps, reused }
    }

    /// How the chapters of these sources are read.
    fn readings(&self, config: &Config, sources: &Sources) -> Readings {
        let options = MarkdownOptions { cache: self.cache.clone(), ..markdown_options(config) };
        Readings::new(options, sources)
    }

    fn theme(&mut self, sources: &Sources, language: &str) -> Dressed {
        let key = theme::cache_key(&sources.theme, language);
        self.theme.take().filter(|known| known.0 == key).unwrap_or_else(|| {
            let Checked { value, diagnostics, .. } = Theme::new(&sources.theme, language);
            (key, Arc::new(value), diagnostics)
        })
    }

    /// The handbook with the texts that are in force on its day. What is wrong with them is
    /// not told: the present texts are those that can be mended.
    fn as_it_was(
        &mut self,
        input: &mut Input,
        in_force: &BTreeMap<Arc<str>, Source>,
        readings: &Readings,
        clock: &mut Clock,
    ) -> Handbook {
        let (cache, handbooks) = &mut self.editions;
        let texts: Vec<Source> = in_force.values().cloned().collect();
        let (chosen, _) = parse(cache, &texts, readings, clock);
        let mut latest = HashMap::new();
        let mut chapters: BTreeMap<Arc<str>, Arc<Chapter>> = std::mem::take(&mut input.chapters)
            .into_iter()
            .map(|chapter| (Arc::clone(&chapter.source.name), chapter))
            .collect();
        for chapter in chosen {
            let name = Arc::clone(&chapter.source.name);
            let chapter = match input.histories.is_taken_back(&name, &chapter.front.version) {
                true => Arc::new(Chapter::clone(&chapter).without_words()),
                false => chapter,
            };
            let chapter = match input.histories.of(&name) {
                Some((_, history)) => with_records(&chapter, history, input.today),
                None => chapter,
            };
            if let Some(present) = chapters.insert(Arc::clone(&name), chapter) {
                latest.insert(name, present);
            }
        }
        input.chapters = chapters.into_values().collect();
        input.latest = Arc::new(latest);
        let mut handbook = Handbook::index(input.clone(), handbooks).value;
        handbook.resolve_references(handbooks, &mut Vec::new());
        clock.lap("editions");
        handbook
    }
}

/// Parses what the cache does not hold; it then holds these and no others.
fn parse(
    cache: &mut ChapterCache,
    sources: &[Source],
    readings: &Readings,
    clock: &mut Clock,
) -> (Vec<Arc<Chapter>>, usize) {
    let memo = std::mem::take(cache);
    // Mostly no file has come or gone, and each chapter stands where it stood.
    let known = |at: usize, source: &Source, key: u128| {
        let there = memo.get(at).filter(|(_, chapter)| chapter.source.name == source.name);
        let by_name = || memo.binary_search_by(|(_, chapter)| chapter.source.name.cmp(&source.name)).ok();
        let known = there.or_else(|| memo.get(by_name()?))?;
        (known.0 == key).then_some(&known.1)
    };
    let read_one = |at: usize, source: &Source| {
        let options = readings.of(&source.name);
        let key = source.fingerprint.wrapping_mul(3) ^ markdown::fingerprint(&options);
        match known(at, source, key) {
            Some(chapter) => (key, Arc::clone(chapter), false),
            None => (key, Arc::new(Chapter::structure(source, &options)), true),
        }
    };
    let mut read: Vec<(u128, Arc<Chapter>, bool)> = Vec::with_capacity(sources.len());
    for (number, batch) in sources.chunks(BATCH).enumerate() {
        let from = number * BATCH;
        read.par_extend(batch.par_iter().enumerate().map(|(at, source)| read_one(from + at, source)));
        clock.lap("parse");
        let fresh = read[from..].par_iter_mut().filter(|(.., is_fresh)| *is_fresh);
        // Nobody else has one of them yet.
        fresh.filter_map(|(_, chapter, _)| Arc::get_mut(chapter)).for_each(Chapter::find_mentions);
        clock.lap("mentions");
    }
    let reused = read.iter().filter(|(.., is_fresh)| !is_fresh).count();
    let chapters = read.iter().map(|(_, chapter, _)| Arc::clone(chapter)).collect();
    *cache = read.into_iter().map(|(key, chapter, _)| (key, chapter)).collect();
    (chapters, reused)
}

/// A folder that nobody has made a handbook of yet is built as it is: errors in the
/// front matter of its chapters, which may be meant for another tool, become warnings.
fn soften(chapters: &[Arc<Chapter>], diagnostics: &mut [Diagnostic]) {
    // Sorted by name is sorted by path.
    let of = |path: &str| chapters.binary_search_by(|chapter| (*chapter.source.path).cmp(path)).ok();
    for error in diagnostics.iter_mut().filter(|diagnostic| diagnostic.level == Level::Error) {
        let chapter = error.path.as_deref().and_then(of).map(|at| &chapters[at]);
        let span = error.span.as_ref();
        if chapter.zip(span).is_some_and(|(chapter, span)| chapter.is_head(span)) {
            error.level = Level::Warning;
        }
    }
}

/// Leaves out files at the address of a chapter's page: the `index.html` from which docsify
/// and others load their books; and those that differ from another by case alone (`A.png`,
/// `a.png`), which not every disk can hold.
fn leave_out_shells(input: &mut Input) -> Vec<Diagnostic> {
    let pages: HashMap<&str, &Arc<str>> =
        input.chapters.iter().map(|chapter| (&*chapter.url, &chapter.source.path)).collect();
    let mut told = Vec::new();
    let mut first: HashMap<String, Arc<str>> = HashMap::new();
    input.attachments.retain(|file| {
        let like = first.entry(fold(&file.name)).or_insert_with(|| Arc::clone(&file.name));
        let other = pages.get(&*file.name).copied().or(Some(&*like).filter(|like| **like != file.name));
        let Some(other) = other else { return true };
        let message = message!("duplicate-url", path = &file.name, other = other, address = &file.name);
        let found = Diagnostic::new(&rule::DUPLICATE_URL, message).at(&file.name, None);
        told.push(found.at_level(Level::Warning));
        false
    });
    told
}

/// The settings of a project.
#[doc(hidden)]
#[must_use]
pub fn config(sources: &Sources) -> Checked<Config> {
    let mut config = match &sources.config {
        Some(source) => Config::parse(&whole(source)),
        None => Checked::new(Config::default(), Vec::new()),
    };
    config.value.is_lost |= sources.config_lost;
    config
}

/// Fingerprint of handbook.yaml, organization.yaml, what overrides them, and which
/// chapters' audience cannot be known.
fn settings(sources: &Sources, request: &Request, input: &Input) -> u128 {
    let of = |source: &Option<Source>| source.as_ref().map(|source| source.fingerprint);
    fingerprint(&(
        of(&sources.config),
        of(&sources.organization),
        &request.base_url,
        &input.unread,
        &input.links,
    ))
}

fn whole(source: &Source) -> Document {
    Document::new(&source.path, &source.text, 0..source.text.len())
}

/// Measures one stage after the other.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        let passed = now - std::mem::replace(&mut self.last, now);
        match self.laps.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += passed,
            None => self.laps.push((name, passed)),
        }
    }
}
