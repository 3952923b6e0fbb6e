//! What a tool's settings say of a book, in the terms that all tools share.

use super::Tool;
use super::navigation::Item;
use std::collections::BTreeMap;

/// At which address a tool publishes `a/b.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    /// `a/b.html`.
    Pages,
    /// `a/b/`.
    Folders,
    /// It publishes nothing: the files are read where they lie.
    None,
}

/// What is known of a folder without a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FolderInfo {
    pub(super) title: Option<String>,
    pub(super) position: Option<f64>,
    /// What its page is called, where it is not an index.
    pub(super) page: Option<String>,
    /// The names of what is in it, in order; `...` stands for the rest.
    pub(super) order: Vec<(String, Option<String>)>,
}

/// A book as its tool's settings describe it.
#[derive(Debug, Clone)]
pub(super) struct Book {
    pub(super) tool: Tool,
    /// The folder of the chapters.
    pub(super) root: String,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) language: Option<String>,
    /// The folder below its host at which it was published, without `/` around it.
    pub(super) base: String,
    /// The addresses at which it was published, without `/` at the end.
    pub(super) hosts: Vec<String>,
    /// Where the tool's addresses of chapters begin: `docs` for `/docs/intro`.
    pub(super) mount: String,
    /// Folders whose files were published at the top.
    pub(super) public: Vec<String>,
    pub(super) addresses: Addresses,
    /// The navigation, where the book has one.
    pub(super) navigation: Option<Vec<Item>>,
    /// What is known of folders, by their paths below the root.
    pub(super) folders: BTreeMap<String, FolderInfo>,
    /// Old addresses, or files that went, and what took their place.
    pub(super) redirects: Vec<(String, String)>,
    /// Folders in which included texts are looked for.
    pub(super) snippets: Vec<String>,
    /// Files that the tool puts below every chapter, such as definitions of links.
    pub(super) appended: Vec<String>,
    /// Values that chapters may name, such as `site.baseurl`.
    pub(super) values: BTreeMap<String, String>,
    /// Files below the root that are no chapters, such as SUMMARY.md.
    pub(super) ignored: Vec<String>,
}

impl Book {
    /// A book of which nothing is known but where it lies.
    pub(super) fn new(tool: Tool, root: &str) -> Self {
        Self {
            tool,
            root: root.trim_matches('/').trim_start_matches("./").to_owned(),
            title: None,
            description: None,
            language: None,
            base: String::new(),
            hosts: Vec::new(),
            mount: String::new(),
            public: Vec::new(),
            addresses: Addresses::None,
            navigation: None,
            folders: BTreeMap::new(),
            redirects: Vec::new(),
            snippets: Vec::new(),
            appended: Vec::new(),
            values: BTreeMap::new(),
            ignored: Vec::new(),
        }
    }

    /// Takes note of the address at which the book was published.
    pub(super) fn set_site(&mut self, url: &str) {
        let url = url.trim().trim_end_matches('/');
        let Some((_, rest)) = url.split_once("://") else { return };
        if self.base.is_empty() {
            self.base = rest.split_once('/').map_or("", |(_, path)| path).to_owned();
        }
        self.hosts.push(url.to_owned());
    }

    /// Whether a relative link counts from the page's address rather than its file.
    pub(super) const fn counts_from_address(&self) -> bool {
        matches!(self.addresses, Addresses::Folders)
    }
}
