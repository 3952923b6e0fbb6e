//! One chapter: a Markdown file, read as far as it can be read alone.
//!
//! Parsing never fails: a file with broken front matter still has a title, a
//! text and an address, and what is wrong with it is said beside it. What needs
//! the other chapters (links, names) is left to `handbook`.

pub mod audience;
mod face;
pub mod front_matter;
pub mod term;
mod title;

use crate::config::{self, Config};
use crate::diagnostic::{Checked, Diagnostic, Level};
use crate::markdown::{self, MarkdownOptions, RawHtml, Scan, Sight};
use crate::source::Source;
use crate::text::{fold, is_cjk};
use crate::yaml::{Document, Step};
use audience::Audience;
use front_matter::FrontMatter;
use std::sync::Arc;
use term::{Definition, Origin};

/// A chapter.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Chapter {
    /// The file.
    pub source: Source,
    /// Its control data.
    pub front: FrontMatter,
    /// Its text: headings, clauses, links, plain text.
    pub scan: Scan,
    /// Terms it defines.
    pub terms: Vec<Definition>,
    /// From front matter, else its first heading, else its file name.
    pub title: String,
    /// Address from the site's root, not encoded.
    pub url: Arc<str>,
    /// Whether it is its folder's own page.
    pub is_index: bool,
    /// Whether its first heading only repeats the title.
    pub repeats_title: bool,
    /// What is wrong with the file itself.
    pub diagnostics: Vec<Diagnostic>,
    /// Fingerprint of what the handbook's names, places and people are made from.
    pub face: u128,
    /// Fingerprint of what references from other chapters are looked up in.
    pub anchors: u128,
    /// Its front matter, to point at places in it.
    document: Option<Document>,
}

impl Chapter {
    /// Reads a source; the findings stand in the chapter too, so that a memo
    /// of it keeps them.
    #[must_use]
    pub fn parse(source: &Source, options: &MarkdownOptions) -> Self {
        let mut chapter = Self::structure(source, options);
        chapter.find_mentions();
        chapter
    }

    /// Finds what its text refers to; the second half of parsing, apart so that
    /// its cost can be told.
    pub(crate) fn find_mentions(&mut self) {
        self.scan.mentions = markdown::find_mentions(&self.source.text, &self.scan);
    }

    /// The chapter without the mentions of its text.
    pub(crate) fn structure(source: &Source, options: &MarkdownOptions) -> Self {
        Self::new(source, markdown::structure(&source.text, options), options)
    }

    /// The chapter as an audience gets it that may not see what `sight` hides; `None`
    /// where that is all the same.
    pub(crate) fn behind(&self, sight: &dyn Sight, options: &MarkdownOptions) -> Option<Self> {
        let veil = markdown::veil(&self.source.text, options, sight);
        let terms: Vec<Definition> = self.terms.iter().map(|term| term.behind(sight, options)).collect();
        let mut front = self.front.clone();
        front.summary = veiled(&front.summary, sight);
        for revision in &mut front.revisions {
            revision.note = veiled(&revision.note, sight);
        }
        if veil.is_empty() && terms == self.terms && front == self.front {
            return None;
        }
        let scan = markdown::structure_behind(&self.source.text, options, veil);
        let mut chapter = Self::new(&self.source, scan, options);
        chapter.front = front;
        chapter.find_mentions();
        chapter.terms.retain(Definition::is_of_text);
        chapter.terms.extend(terms.into_iter().filter(|term| !term.is_of_text()));
        Some(chapter)
    }

    fn new(source: &Source, scan: Scan, options: &MarkdownOptions) -> Self {
        let mut diagnostics = Vec::new();
        let document = document(source, &scan);
        // The one that is read may come to hold all its places; few are needed later.
        let fresh = self::document(source, &scan);
        let mut front = match &document {
            Some(document) => FrontMatter::parse(document).take(&mut diagnostics),
            None => Checked::new(FrontMatter::default(), Vec::new()).value,
        };
        if document.is_none() {
            let found = unterminated(source);
            if found.is_some() {
                front.audience = Audience::Unreadable;
            }
            diagnostics.extend(found);
        }
        let first = scan.headings.first().filter(|heading| !heading.text.is_empty());
        let stem = stem(&source.name);
        let top = first.filter(|heading| heading.level == 1);
        let title = front
            .title
            .clone()
            .or_else(|| top.map(|heading| heading.text.clone()))
            .unwrap_or_else(|| readable(stem));
        let written = match (&front.title, &document) {
            (Some(_), Some(document)) => Some(document.locate(&[Step::Key("title".to_owned())])),
            _ => top.map(|heading| heading.span.clone()),
        };
        diagnostics.extend(title::faults(&title).map(|found| found.at(&source.path, written.clone())));
        let repeats_title = scan.opens_with_heading
            && first.is_some_and(|heading| heading.level == 1 && fold(&heading.text) == fold(&title));
        diagnostics.extend(scan.unsafe_html.iter().filter(|_| options.raw_html == RawHtml::Sanitize).map(
            |span| {
                Diagnostic::new("raw-html", "raw HTML that could run a script or restyle the page is removed")
                    .at(&source.path, span.clone())
                    .help("write it in Markdown, or set `markdown: {raw_html: trust}` in handbook.yaml")
            },
        ));
        diagnostics.extend(scan.refused_html.iter().map(|span| {
            Diagnostic::new("limit", "the raw HTML of this chapter lies too deep or is left open too often")
                .at(&source.path, span.clone())
                .label("begins here")
                .help("it is shown as text; close its tags, or write it in Markdown")
        }));
        let (terms, wrong) = term::collect(source, &front, &scan, options);
        diagnostics.extend(
            wrong.into_iter().map(|(found, at)| term_finding(source, &scan, &document, &terms[at], found)),
        );
        let mut chapter = Self {
            face: 0,
            anchors: face::anchors(&scan),
            url: url(&source.name).into(),
            terms,
            is_index: is_index(&source.name),
            source: source.clone(),
            front,
            scan,
            title: title::shown(&title),
            repeats_title,
            diagnostics,
            document: fresh,
        };
        chapter.face = face::face(&chapter);
        chapter
    }

    /// The folder it lies in, without `/` at its end; empty at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        folder(&self.source.name)
    }

    /// The front matter as a document, to point at places in it.
    #[must_use]
    pub fn document(&self) -> Option<Document> {
        self.document.clone()
    }

    /// A finding about a value of the front matter.
    #[must_use]
    pub fn front_finding(&self, steps: &[Step], found: Diagnostic) -> Diagnostic {
        let span = self.document().map(|document| document.locate(steps));
        found.at(&self.source.path, span)
    }

    /// A finding about one of its terms.
    #[must_use]
    pub fn term_finding(&self, term: &Definition, found: Diagnostic) -> Diagnostic {
        term_finding(&self.source, &self.scan, &self.document(), term, found)
    }

    /// Whether its front matter could not be read.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.diagnostics.iter().any(|found| found.level == Level::Error)
    }
}

fn document(source: &Source, scan: &Scan) -> Option<Document> {
    let span = scan.front_matter.clone()?;
    Some(Document::new(&source.path, &source.text, span))
}

fn term_finding(
    source: &Source,
    scan: &Scan,
    document: &Option<Document>,
    term: &Definition,
    found: Diagnostic,
) -> Diagnostic {
    let span = match &term.origin {
        Origin::Heading { at, .. } => scan.headings.get(*at).map(|heading| {
            let length = source.text.get(heading.span.clone()).map_or(0, |text| text.trim_end().len());
            heading.span.start..heading.span.start + length
        }),
        Origin::Front { steps, .. } => document.as_ref().map(|document| document.locate(steps)),
    };
    found.at(&source.path, span)
}

/// A text of the front matter without addresses of what is withheld.
fn veiled(text: &str, sight: &dyn Sight) -> String {
    let (mut kept, mut done) = (String::new(), 0);
    for address in sight.addresses(text) {
        kept.push_str(&text[done..address.start]);
        kept.push_str(sight.word());
        done = address.end;
    }
    kept.push_str(&text[done..]);
    kept
}

/// A file that opens with `---` and `key:` but never closes its front matter, or
/// that has it below an empty line, where it is only text.
fn unterminated(source: &Source) -> Option<Diagnostic> {
    let text = source.text.trim_start();
    let start = source.text.len() - text.len();
    let mut lines = text.lines();
    let opened = lines.next()?.trim_end() == "---";
    let keyed = lines.next().is_some_and(|line| {
        let key = line.split(':').next().unwrap_or("");
        line.contains(':') && !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    });
    let (message, help) = match start {
        0 => ("the front matter has no end", "write a line `---` after its last `key: value` line"),
        _ => ("the front matter is not at the beginning", "remove the space above its first `---`"),
    };
    (opened && keyed).then(|| {
        Diagnostic::new("front-matter", message)
            .at(&source.path, start..start + 3)
            .label("begins here")
            .help(help)
    })
}

/// How the chapters of a project are read.
#[must_use]
pub fn markdown_options(config: &Config) -> MarkdownOptions {
    let raw_html = match config.raw_html {
        config::RawHtml::Sanitize => RawHtml::Sanitize,
        config::RawHtml::Trust => RawHtml::Trust,
    };
    MarkdownOptions::with_raw_html(raw_html)
}

/// The folder of a name, without `/` at its end.
#[must_use]
pub fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |slash| &name[..slash])
}

fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.rfind('.').map_or(file, |dot| &file[..dot]);
    if is_index(name) && name.contains('/') { folder(name).rsplit('/').next().unwrap_or(stem) } else { stem }
}

/// Whether a name is that of its folder's own page.
#[must_use]
pub fn is_index(name: &str) -> bool {
    index_rank(name).is_some()
}

/// Which of a folder's files is its own page: the lowest rank wins.
#[must_use]
pub fn index_rank(name: &str) -> Option<usize> {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let stem = file.strip_suffix(".md").or_else(|| file.strip_suffix(".markdown"))?;
    ["index", "readme", "_index"].iter().position(|known| *known == stem)
}

/// The address of a chapter: `a/b.md` is published as `a/b.html`, a folder's
/// own page as `a/index.html`.
#[must_use]
pub fn url(name: &str) -> String {
    let stem = name.rfind('.').map_or(name, |dot| &name[..dot]);
    if !is_index(name) {
        return format!("{stem}.html");
    }
    match folder(name) {
        "" => "index.html".to_owned(),
        folder => format!("{folder}/index.html"),
    }
}

/// A file or folder name as a title: `travel-rules` becomes `Travel rules`,
/// Chinese stays as it is, a leading number such as `01-` goes.
#[must_use]
pub fn readable(name: &str) -> String {
    let bare =
        name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ', '、']);
    let bare = if bare.is_empty() { name } else { bare };
    if bare.chars().any(is_cjk) {
        return bare.to_owned();
    }
    let spaced = bare.replace(['-', '_'], " ");
    let spaced = spaced.trim();
    let mut letters = spaced.chars();
    letters.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_files() {
        assert_eq!(url("operations/淘宝运营.md"), "operations/淘宝运营.html");
        assert_eq!(url("operations/README.md"), "operations/index.html");
        assert_eq!(url("_index.md"), "index.html");
        assert_eq!(url("v1.2.md"), "v1.2.html");
    }

    #[test]
    fn names_become_titles() {
        assert_eq!(readable("01-travel-rules"), "Travel rules");
        assert_eq!(readable("02、采购制度"), "采购制度");
        assert_eq!(readable("2024"), "2024");
    }
}
