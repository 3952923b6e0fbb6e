//! The words of a page: what a reader sees of a chapter, in order.

use super::html;
use super::word::words;
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::BTreeSet;

/// A chapter's page.
#[derive(Default)]
pub(crate) struct Page {
    /// Title and text.
    pub(crate) text: Vec<String>,
    /// Names of images and titles of links.
    pub(crate) labels: Vec<Vec<String>>,
    /// The list of footnotes.
    pub(crate) footnotes: Vec<String>,
    /// All of the glossary, where this is its page: there the terms are sorted.
    pub(crate) glossary: Vec<String>,
    /// Every id.
    pub(crate) ids: BTreeSet<String>,
    /// Where links lead and images come from, decoded.
    pub(crate) addresses: BTreeSet<String>,
    /// The first heading.
    pub(crate) title: String,
}

impl Page {
    /// Whether words stand together among others.
    pub(crate) fn holds(all: &[String], some: &[String]) -> bool {
        some.is_empty() || all.windows(some.len()).any(|window| window == some)
    }
}

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    let document = Html::parse_document(html);
    let all = |css: &str| Selector::parse(css).expect("a selector");
    let mut page = Page::default();
    let mut reader = Reader::default();
    for css in ["h1", ".text"] {
        if let Some(part) = document.select(&all(css)).next() {
            reader.element(part);
            reader.flush();
        }
    }
    page.text = reader.words;
    page.labels = reader.labels;
    let mut reader = Reader { in_footnotes: true, ..Reader::default() };
    for part in document.select(&all(".text > .footnotes")) {
        reader.element(part);
        reader.flush();
    }
    page.footnotes = reader.words;
    page.labels.extend(reader.labels);
    let mut reader = Reader::default();
    for part in document.select(&all("article.glossary")) {
        reader.element(part);
        reader.flush();
    }
    page.glossary = reader.words;
    let links = all(".text [href], .text [src]");
    let links = document.select(&links);
    page.addresses = links.filter_map(|one| one.attr("href").or(one.attr("src"))).map(decoded).collect();
    page.title = document.select(&all("h1")).next().map(|title| title.text().collect()).unwrap_or_default();
    page.ids = document.select(&all("[id]")).filter_map(|one| one.attr("id")).map(str::to_owned).collect();
    page
}

/// An address without the ways in which one can be written in several.
pub(crate) fn decoded(address: &str) -> String {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy().replace("&amp;", "&")
}

#[derive(Default)]
struct Reader {
    words: Vec<String>,
    labels: Vec<Vec<String>>,
    pending: String,
    in_footnotes: bool,
}

impl Reader {
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        self.words.extend(words(&pending).map(|(_, word)| word.to_owned()));
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        let classes = element.attr("class").unwrap_or_default();
        let is = |class: &str| classes.split(' ').any(|one| one == class);
        if matches!(name, "script" | "style") || is("anchor") {
            return;
        }
        // What the page adds: numbers of footnotes and the ways back.
        if is("footnote-reference") || is("footnote-back") || (is("footnotes") && !self.in_footnotes) {
            return self.flush();
        }
        // A formula stands there as it is set; what was written is its other name.
        if let Some(written) = element.attr("alttext").filter(|_| name == "math") {
            let (open, close) =
                if element.attr("display") == Some("block") { ("$$\n", "\n$$") } else { ("$", "$") };
            self.pending.push_str(&[open, written, close].concat());
            return;
        }
        let block = html::is_block(name);
        if block {
            self.flush();
        }
        for label in ["title", "alt"].into_iter().filter_map(|label| element.attr(label)) {
            self.labels.push(words(label).map(|(_, word)| word.to_owned()).collect());
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.pending.push_str(text),
                _ => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element);
                    }
                }
            }
        }
        if block {
            self.flush();
        }
    }
}
