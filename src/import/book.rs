//! What a tool's settings say of a book, in the terms that all tools share.

use super::Tool;
use super::again::Earlier;
use super::defaults::FolderDefaults;
use super::group::GroupPage;
use super::navigation::Item;
use super::report::{Kind, Report};
use super::tree::{SourceTree, from_folder, within};
use crate::config::audience::Audiences;
use crate::text::Patterns;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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

/// A folder of chapters with addresses of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Where it lies.
    pub(super) folder: String,
    /// Where its addresses begin.
    pub(super) mount: String,
    /// Whether the day in a name is part of the address: `2024-05-06-a` at `2024/05/06/a`.
    pub(super) has_days: bool,
}

/// A folder of chapters that the tool lists, and publishes, by a name of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Collection {
    /// Where it lies.
    pub(super) folder: String,
    /// Where its chapters are published, and lie here.
    pub(super) name: String,
    /// What the navigation calls it.
    pub(super) title: Option<String>,
    /// Whether the navigation has it.
    pub(super) is_listed: bool,
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
    /// Folders or files that were published elsewhere: where they lie, and where they were.
    pub(super) copied: Vec<(String, String)>,
    pub(super) addresses: Addresses,
    /// Whether a path without a dot before it counts from the top.
    pub(super) links_from_top: bool,
    /// The navigation, where the book has one.
    pub(super) navigation: Option<Vec<Item>>,
    /// What is known of folders, by their paths below the root.
    pub(super) folders: BTreeMap<String, FolderInfo>,
    /// Pages that the tool makes for groups of the navigation.
    pub(super) groups: Vec<GroupPage>,
    /// Old addresses, or files that went, and what took their place.
    pub(super) redirects: Vec<(String, String)>,
    /// Folders in which included texts are looked for.
    pub(super) snippets: Vec<String>,
    /// Files that the tool puts below every chapter, such as definitions of links.
    pub(super) appended: Vec<String>,
    /// Values that chapters may name, such as `site.baseurl`.
    pub(super) values: BTreeMap<String, String>,
    /// The chapter that is the first page, where its name does not say so.
    pub(super) home: Option<String>,
    /// Folders below the root that hold chapters in other languages.
    pub(super) languages: Vec<String>,
    /// Folders of chapters that have addresses of their own.
    pub(super) parts: Vec<Part>,
    /// Collections of Jekyll, in the order of the navigation.
    pub(super) collections: Vec<Collection>,
    /// Names of people, by the keys that front matter has for them.
    pub(super) authors: BTreeMap<String, String>,
    /// Groups of readers that the project knows.
    pub(super) readers: Audiences,
    /// Files below the root that are no chapters, such as SUMMARY.md.
    pub(super) ignored: Vec<String>,
    /// Chapters that the tool does not publish, and which of its settings says so.
    pub(super) unpublished: BTreeMap<String, &'static str>,
    /// Where files lie that are read as if they lay elsewhere, by where they are read.
    pub(super) moved: BTreeMap<String, String>,
    /// Front matter that the tool gives to folders.
    pub(super) defaults: FolderDefaults,
    /// Patterns of addresses for what lies in a folder.
    pub(super) permalinks: Vec<(String, String)>,
    /// Which chapters the tool holds back until the day that they name.
    pub(super) future: Future,
    /// Whether its texts are those of MyST.
    pub(super) is_of_myst: bool,
    /// The day of the import.
    pub(super) today: Date,
    /// Where earlier imports put its chapters.
    pub(super) earlier: Earlier,
}

/// Which chapters a tool holds back until the day that they name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Future {
    /// None.
    #[default]
    Shown,
    /// Those with a later `date`, and those past their `expiryDate`, but for what the settings show.
    Dated {
        /// Whether those to come are published.
        shows_future: bool,
        /// Whether those that are past are.
        shows_expired: bool,
    },
    /// Those in these folders, by a later `date` or a later day in their names.
    Posts(Vec<String>),
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
            copied: Vec::new(),
            addresses: Addresses::None,
            links_from_top: false,
            navigation: None,
            folders: BTreeMap::new(),
            groups: Vec::new(),
            redirects: Vec::new(),
            snippets: Vec::new(),
            appended: Vec::new(),
            values: BTreeMap::new(),
            home: None,
            languages: Vec::new(),
            parts: Vec::new(),
            collections: Vec::new(),
            authors: BTreeMap::new(),
            readers: Audiences::default(),
            ignored: Vec::new(),
            unpublished: BTreeMap::new(),
            moved: BTreeMap::new(),
            defaults: FolderDefaults::default(),
            permalinks: Vec::new(),
            future: Future::Shown,
            is_of_myst: false,
            today: Date::ZERO,
            earlier: Earlier::default(),
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

    /// Takes note of the files that a setting keeps from being published.
    pub(super) fn leave_out_where(
        &mut self,
        tree: &SourceTree,
        setting: &'static str,
        is_left_out: impl Fn(&str) -> bool,
    ) {
        let found = tree.below(&self.root).filter(|path| is_left_out(path)).map(str::to_owned);
        let found: Vec<String> = found.collect();
        self.unpublished.extend(found.into_iter().map(|path| (path, setting)));
    }

    /// The same by patterns.
    pub(super) fn leave_out(&mut self, tree: &SourceTree, setting: &'static str, patterns: &Patterns) {
        let root = self.root.clone();
        self.leave_out_below(tree, &root, setting, patterns);
    }

    /// The same where the patterns count from another folder.
    pub(super) fn leave_out_below(
        &mut self,
        tree: &SourceTree,
        from: &str,
        setting: &'static str,
        patterns: &Patterns,
    ) {
        let fits = |path: &str| from_folder(from, path).is_some_and(|inside| patterns.fit(inside));
        self.leave_out_where(tree, setting, fits);
    }

    /// The same by regular expressions for paths below a folder. Where one cannot be read here, no
    /// chapter is sure to have been published.
    pub(super) fn leave_out_matches(
        &mut self,
        tree: &SourceTree,
        from: &str,
        setting: &'static str,
        patterns: &[&str],
        settings: &str,
        report: &mut Report,
    ) {
        for written in patterns {
            let pattern = regex_lite::Regex::new(written);
            if pattern.is_err() {
                report.add(Kind::Settings, settings, None, format!("{setting}: {written}"));
            }
            self.leave_out_where(tree, setting, |path| {
                let inside = from_folder(from, path).unwrap_or(path);
                let fits =
                    |fits: &regex_lite::Regex| fits.is_match(inside) || fits.is_match(&format!("/{inside}"));
                pattern.as_ref().map_or(true, fits)
            });
        }
    }

    /// Takes note of the chapters that a setting does not take in.
    pub(super) fn leave_out_others(&mut self, tree: &SourceTree, setting: &'static str, patterns: &Patterns) {
        let root = self.root.clone();
        let is_taken = |path: &str| from_folder(&root, path).is_some_and(|inside| patterns.fit(inside));
        self.leave_out_where(tree, setting, |path| is_chapter(path) && !is_taken(path));
    }

    /// Takes note of the chapters that the navigation does not name, where the tool publishes no
    /// others.
    pub(super) fn leave_out_unlisted(&mut self, tree: &SourceTree, setting: &'static str) {
        let Some(items) = &self.navigation else { return };
        let mut listed = Vec::new();
        items.iter().for_each(|item| item.files(&mut listed));
        let listed: BTreeSet<String> = listed.into_iter().map(str::to_owned).collect();
        self.leave_out_where(tree, setting, |path| is_chapter(path) && !listed.contains(path));
    }

    /// Where earlier imports put the chapter of a file, below `content/`.
    pub(super) fn earlier_places<'a>(&'a self, file: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.earlier.places(self.moved.get(file).map_or(file, String::as_str))
    }

    /// The collection that a file or folder belongs to.
    pub(super) fn collection_of(&self, path: &str) -> Option<&Collection> {
        self.collections.iter().find(|own| from_folder(&own.folder, path).is_some())
    }

    /// Where a file or folder lies below the folder of the book; `None` for one elsewhere. What
    /// belongs to a collection lies in a folder of its name.
    pub(super) fn inside(&self, path: &str) -> Option<String> {
        match self.collection_of(path) {
            Some(own) => Some(within(&own.name, from_folder(&own.folder, path)?)),
            None => from_folder(&self.root, path).map(str::to_owned),
        }
    }

    /// The top of the chapters in the language of this one.
    pub(super) fn top_of(&self, file: &str) -> String {
        let own = self.languages.iter().map(|language| within(&self.root, language));
        own.into_iter().find(|top| from_folder(top, file).is_some()).unwrap_or_else(|| self.root.clone())
    }

    /// The part that a chapter belongs to: the folder of the book where it is no other.
    pub(super) fn part_of(&self, file: &str) -> Part {
        let own = self.parts.iter().find(|part| from_folder(&part.folder, file).is_some());
        own.cloned().unwrap_or_else(|| Part {
            folder: self.root.clone(),
            mount: self.mount.clone(),
            has_days: false,
        })
    }

    /// Reads the names of authors that a file has by their keys: `key: {name: …}`.
    pub(super) fn add_authors(&mut self, all: &serde_yaml::Mapping) {
        let all = all.get("authors").and_then(serde_yaml::Value::as_mapping).unwrap_or(all);
        for (key, about) in all {
            let name =
                about.as_mapping().and_then(|about| about.get("name")).and_then(serde_yaml::Value::as_str);
            if let (Some(key), Some(name)) = (key.as_str(), name) {
                self.authors.insert(key.to_owned(), name.to_owned());
            }
        }
    }

    /// Whether a relative link counts from the page's address rather than its file.
    pub(super) const fn counts_from_address(&self) -> bool {
        matches!(self.addresses, Addresses::Folders)
    }
}

fn is_chapter(path: &str) -> bool {
    crate::chapter::without_suffix(path).is_some()
}
