//! One chapter: a Markdown file, read as far as it can be read alone.
//!
//! Parsing never fails: a file with broken front matter still has a title, a text and
//! an address, and what is wrong with it is reported beside it. What needs the other
//! chapters (links, names) is left to `handbook`.

mod anchors;
pub mod approval;
pub mod audience;
pub(crate) mod cascade;
pub mod field;
mod fingerprints;
mod foreign;
pub mod front_matter;
mod full_width;
pub(crate) mod given;
mod head;
mod heading_space;
mod hidden;
mod hold;
pub mod left_out;
mod markup;
mod name;
mod order;
pub mod ordered;
mod raw_html;
mod readings;
pub mod record;
mod shape;
mod spelling;
pub mod term;
mod title;
pub(crate) mod toc;
pub mod unpublished;
mod veil;
pub mod version;
pub mod vocabulary;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::{self, Dialect, MarkdownOptions, Visibility};
use crate::message;
use crate::rule;
use crate::source::Source;
use crate::text::{Span, fold};
use crate::yaml::{Document, Reader, Step};
use anchors::AnchorIndexes;
use audience::Audience;
pub(crate) use head::entries_below_text;
pub use head::{Above, Fault, FaultKind};
pub use hidden::{hidden_parts, hidden_tags, without_notes};
pub use hold::{Hold, day};
pub(crate) use name::without_order;
pub use name::{folder, index_rank, is_index, readable, url, without_suffix};
pub use readings::Readings;

use front_matter::{FrontMatter, Status};
use head::Head;
use jiff::civil::Date;
use name::stem;
use serde_yaml::Mapping;
use std::sync::{Arc, OnceLock};
use term::{Definition, Origin};

/// A chapter.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Chapter {
    /// The file.
    pub source: Source,
    /// Its control data.
    pub front: FrontMatter,
    /// What looks like front matter and is not in its place, or leaves open who may
    /// see the chapter: then `front.audience` is unreadable.
    pub faults: Vec<Fault>,
    /// Whether its front matter names an audience, readable or not.
    pub names_audience: bool,
    /// Keys that nobody reads, with what stands under them: see [`audience`].
    pub(crate) foreign_names: Vec<(String, String)>,
    /// Whether its front matter holds it back by another key than `status`.
    pub hold: Hold,
    /// Its text, with headings, clauses and links.
    pub document: markdown::Document,
    /// What its text is read by besides, as the book of another tool.
    pub dialect: Dialect,
    /// Terms it defines.
    pub terms: Vec<Definition>,
    /// From front matter, else its first heading, else its file name.
    pub title: String,
    /// Address from the site's root, not encoded.
    pub url: Arc<str>,
    /// Whether it is its folder's own page, and no chapter.
    pub is_index: bool,
    /// What it is where it is its folder's page and a chapter as well.
    pub bundle: Option<Bundle>,
    /// Whether its first heading only repeats the title.
    pub repeats_title: bool,
    /// Whether its page may lack something that the file has: a value of the front matter
    /// that could not be read, the end of a title that is too long, raw HTML that was refused.
    pub is_broken: bool,
    /// What is wrong with the file itself.
    pub diagnostics: Vec<Diagnostic>,
    /// Fingerprint of what the handbook's names, places and people are made from.
    pub metadata_fingerprint: u128,
    /// Fingerprint of what references from other chapters are looked up in.
    pub anchors_fingerprint: u128,
    /// Its front matter, to point at places in it.
    front_yaml: Option<Document>,
    /// What its anchors are looked up in.
    anchor_indexes: AnchorIndexes,
    /// Made when an approval or a page first asks for it.
    digest: OnceLock<String>,
    /// The same, for histories.
    text_fingerprint: OnceLock<u128>,
}

/// A folder's page that is a chapter, in Hugo's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// Nothing else lies in its folder.
    Leaf,
    /// Others do, and it says who answers for it, what it is or how it stands.
    Branch,
}

impl Chapter {
    /// Reads a source; the diagnostics are part of the chapter, so that a cached
    /// chapter keeps them.
    #[must_use]
    pub fn parse(source: &Source, options: &MarkdownOptions) -> Self {
        let mut chapter = Self::structure(source, options);
        chapter.find_mentions();
        chapter
    }

    /// Finds what its text refers to; the second half of parsing, apart so that
    /// its cost can be told.
    pub(crate) fn find_mentions(&mut self) {
        self.document.find_mentions();
    }

    /// The chapter without the mentions of its text.
    pub(crate) fn structure(source: &Source, options: &MarkdownOptions) -> Self {
        let opened = Opened::new(source);
        let options = &readings::for_name(options, options.dialect, source);
        let document = markdown::Document::parse(&opened.source.text, opened.body, options);
        Self::new(opened, document, options)
    }

    /// The chapter as an audience sees it that may not see what `sight` hides; `None`
    /// where that is the same.
    pub(crate) fn behind(&self, sight: &dyn Visibility, options: &MarkdownOptions) -> Option<Self> {
        let opened = Opened::new(&self.source);
        let options = &readings::for_name(options, self.dialect, &self.source);
        let redacted = self.document.redacted(options, sight);
        let terms: Vec<Definition> = self.terms.iter().map(|term| term.behind(sight, options)).collect();
        let front = veil::front(&self.front, sight);
        if redacted.is_none() && terms == self.terms && front == self.front {
            return None;
        }
        let unchanged = || markdown::Document::parse(&opened.source.text, opened.body, options);
        let document = redacted.unwrap_or_else(unchanged);
        let mut chapter = Self::new(opened, document, options);
        chapter.front = front;
        chapter.find_mentions();
        chapter.terms.retain(Definition::is_of_text);
        chapter.terms.extend(terms.into_iter().filter(|term| !term.is_of_text()));
        Some(chapter)
    }

    fn new(opened: Opened, document: markdown::Document, options: &MarkdownOptions) -> Self {
        let Opened { source, front, front_yaml, faults, names_audience, hold, mut is_broken, .. } = opened;
        let foreign_names = opened.foreign_names;
        let mut diagnostics = opened.diagnostics;
        // This one may hold the place of every value by now; few are needed later.
        let fresh = front_yaml.as_ref().map(Document::fresh);
        let first = document.headings.first().filter(|heading| !heading.text.is_empty());
        let stem = stem(&source.name);
        // Of several headings that could be the title, Obsidian's readers know none as such.
        let is_one = || document.headings.iter().filter(|heading| heading.level == 1).nth(1).is_none();
        let top = first.filter(|heading| heading.level == 1 || is_title(&document));
        let top = top.filter(|_| !options.dialect.named_by_file || is_one());
        let title = front
            .title
            .clone()
            .or_else(|| top.map(|heading| heading.text.clone()))
            .unwrap_or_else(|| readable(stem));
        let written = match (&front.title, &front_yaml) {
            (Some(_), Some(yaml)) => Some(yaml.locate(&[Step::Key("title".to_owned())])),
            _ => top.map(|heading| heading.span.clone()),
        };
        diagnostics
            .extend(title::faults(&title).map(|diagnostic| diagnostic.at(&source.path, written.clone())));
        diagnostics.extend(order::diagnostics(&source, &document, &title));
        diagnostics.extend(full_width::diagnostics(&source, &document));
        diagnostics.extend(shape::diagnostics(&source, &document));
        diagnostics.extend(heading_space::diagnostics(&source, &document));
        let repeats_title = first.is_some_and(|heading| {
            (heading.level == 1 || document.opens_with_heading) && fold(&heading.text) == fold(&title)
        });
        diagnostics.extend(markup::diagnostics(&document, &source, options));
        diagnostics.extend(hidden::diagnostic(&source, &document));
        let (terms, wrong) = term::collect(&source, &front, &document, options);
        diagnostics.extend(wrong.into_iter().map(|(diagnostic, term)| {
            diagnostic.at(&source.path, term_place(&source, &document, &front_yaml, &terms[term]))
        }));
        is_broken |= title::is_too_long(&title) || document.refused_html.is_some();
        let mut chapter = Self {
            metadata_fingerprint: 0,
            anchors_fingerprint: fingerprints::anchors(&document),
            url: url(&source.name).into(),
            terms,
            is_index: is_index(&source.name),
            bundle: None,
            source,
            front,
            faults,
            names_audience,
            foreign_names,
            hold,
            document,
            dialect: options.dialect,
            title: title::shown(&title),
            repeats_title,
            is_broken,
            diagnostics,
            front_yaml: fresh,
            anchor_indexes: AnchorIndexes::default(),
            digest: OnceLock::new(),
            text_fingerprint: OnceLock::new(),
        };
        chapter.metadata_fingerprint = fingerprints::metadata(&chapter);
        chapter
    }

    /// The folder it lies in, without `/` at its end; empty at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        folder(&self.source.name)
    }

    /// The front matter as YAML, to point at places in it.
    #[must_use]
    pub fn front_yaml(&self) -> Option<Document> {
        self.front_yaml.clone()
    }

    /// Whether a place lies in the front matter, or in what is taken for it.
    #[must_use]
    pub fn is_head(&self, span: &Span) -> bool {
        let front = self.front_yaml.as_ref().is_some_and(|front| {
            front.span.start <= span.start && span.end <= front.span.end.max(self.document.body)
        });
        front || self.faults.iter().any(|fault| fault.span == *span)
    }

    /// What the navigation calls it: its title where it has no name for that.
    #[must_use]
    pub fn nav_title(&self) -> String {
        let own = self.front.nav_title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        own.map_or_else(|| self.title.clone(), title::shown)
    }

    /// Whether its author may have meant to restrict it, in whatever way.
    #[must_use]
    pub fn may_be_restricted(&self) -> bool {
        let meant = |fault: &Fault| match &fault.kind {
            FaultKind::AudienceKey(key) => audience::is_audience_word(key),
            kind => *kind == FaultKind::Elsewhere,
        };
        self.names_audience || self.faults.iter().any(meant)
    }

    /// The diagnostics about its front matter, in a handbook with audiences or without.
    pub fn front_diagnostics(&self, audiences: bool) -> impl Iterator<Item = Diagnostic> + '_ {
        let path = &self.source.path;
        self.faults.iter().filter_map(move |fault| fault.diagnostic(path, audiences, self.names_audience))
    }

    /// A diagnostic about a value of the front matter.
    #[must_use]
    pub fn front_diagnostic(&self, steps: &[Step], diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.at(&self.source.path, self.front_place(steps))
    }

    /// Where a value of the front matter stands.
    #[must_use]
    pub fn front_place(&self, steps: &[Step]) -> Option<Span> {
        self.front_yaml().map(|yaml| yaml.locate(steps))
    }

    /// A diagnostic about one of its terms.
    #[must_use]
    pub fn term_diagnostic(&self, term: &Definition, diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.at(&self.source.path, self.term_place(term))
    }

    /// Where one of its terms is defined.
    #[must_use]
    pub fn term_place(&self, term: &Definition) -> Option<Span> {
        term_place(&self.source, &self.document, &self.front_yaml(), term)
    }

    /// Whether it is held back on a day: a draft, or not yet published.
    #[must_use]
    pub fn is_draft(&self, today: Date) -> bool {
        self.front.status.value() == Some(Status::Draft) || self.hold.is_closed(today)
    }
}

/// Whether a key of the front matter says something to us: a field, or another tool's word for
/// a draft.
pub(crate) fn is_known_key(key: &str) -> bool {
    field::Field::is_key(key) || hold::is_understood(key)
}

/// A file whose front matter is cut off and read.
struct Opened {
    /// The file; its text has blanks for front matter that is not in its place.
    source: Source,
    /// Where its Markdown begins.
    body: usize,
    front: FrontMatter,
    front_yaml: Option<Document>,
    faults: Vec<Fault>,
    names_audience: bool,
    foreign_names: Vec<(String, String)>,
    hold: Hold,
    /// Whether part of the front matter could not be taken as it is written.
    is_broken: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Opened {
    fn new(source: &Source) -> Self {
        let mut diagnostics = Vec::new();
        let mut head = Head::read(&source.text);
        let (mut front, mut front_yaml, mut hold) = (FrontMatter::default(), None, Hold::Open);
        let parsed = head.parse(source, &mut diagnostics);
        let mut is_broken = head.is_broken;
        let mut foreign_names = Vec::new();
        if let Some((read, mapping)) = parsed {
            let mut reader = Reader::new(&read, &mapping, Vec::new());
            front = FrontMatter::read(&mut reader, &mapping);
            is_broken |= reader.faults() > 0;
            diagnostics.append(&mut reader.diagnostics);
            diagnostics.extend(read.cut_values());
            hold = head.hold(source, &mapping, &mut diagnostics);
            head.faults.extend(audience::doubts(&read, &mapping));
            foreign_names = audience::foreign_names(&mapping);
            front_yaml = Some(read);
        } else if is_broken {
            hold = head.hold(source, &Mapping::new(), &mut diagnostics);
        }
        if let Some(span) = head.lost_heading(&source.text) {
            let diagnostic = Diagnostic::new(&rule::FRONT_MATTER, message!("front-matter-heading"))
                .at(&source.path, span)
                .help(message!("front-matter-heading.help"));
            diagnostics.push(diagnostic.at_level(Level::Warning));
        }
        let names_audience = front.audience != Audience::Inherited;
        if head.is_broken || !head.faults.is_empty() {
            front.audience = Audience::Unreadable;
        }
        if source.name.split('/').any(|folder| folder == "_drafts") {
            hold = Hold::Draft;
        }
        let mut source = source.clone();
        if let Some(blanked) = head.blanked {
            source.text = blanked.into();
        }
        let Head { body, faults, .. } = head;
        Self {
            source,
            body,
            front,
            front_yaml,
            faults,
            names_audience,
            foreign_names,
            hold,
            is_broken,
            diagnostics,
        }
    }
}

fn term_place(
    source: &Source,
    document: &markdown::Document,
    front_yaml: &Option<Document>,
    term: &Definition,
) -> Option<Span> {
    match &term.origin {
        Origin::Heading { index, .. } => document.headings.get(*index).map(|heading| {
            let length = source.text.get(heading.span.clone()).map_or(0, |text| text.trim_end().len());
            heading.span.start..heading.span.start + length
        }),
        Origin::Front { steps, .. } => front_yaml.as_ref().map(|yaml| yaml.locate(steps)),
    }
}

/// Whether the heading that a text begins with stands above all others, so that it is
/// the title of the text rather than of its first section.
fn is_title(document: &markdown::Document) -> bool {
    let [first, rest @ ..] = &document.headings[..] else { return false };
    document.opens_with_heading
        && first.clause.is_none()
        && rest.iter().all(|other| other.level > first.level)
}

/// How the chapters of a project are read.
#[must_use]
pub fn markdown_options(config: &Config) -> MarkdownOptions {
    let raw_html = match config.raw_html {
        config::RawHtml::Sanitize => markdown::RawHtml::Sanitize,
        config::RawHtml::Trust => markdown::RawHtml::Trust,
    };
    MarkdownOptions::with_raw_html(raw_html)
}
