//! The tools that books are written for: how each is known by its files, and read.

mod confluence;
mod docusaurus;
mod folder;
mod gitbook;
mod hugo;
mod jekyll;
mod lenient;
mod mdbook;
mod meta;
mod mkdocs;
mod moves;
mod rewrites;
mod ruby;
mod starlight;
mod vue;

pub(super) use confluence::{chapter as page_of_confluence, is_page_file};
pub(super) use docusaurus::without_number;
pub(super) use folder::is_of_myst;
pub(super) use moves::Moves;
pub(super) use starlight::{settled as settled_for_starlight, slugged};

use super::book::{Addresses, Book};
use super::report::Report;
use super::tree::{SourceTree, within};
use serde_yaml::{Mapping, Value};

/// Declares the tools: the name for `--from`, the name that people know.
macro_rules! tools {
    ($($(#[$doc:meta])* $tool:ident $name:literal $label:literal;)*) => {
        /// A tool that a book was written for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Tool {
            $($(#[$doc])* $tool,)*
        }

        impl Tool {
            /// All tools.
            pub const ALL: &'static [Self] = &[$(Self::$tool),*];

            /// Its name for `--from`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$tool => $name,)* }
            }

            /// Its name as people know it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$tool => $label,)* }
            }
        }
    };
}

tools! {
    /// MkDocs, with or without Material.
    Mkdocs "mkdocs" "MkDocs";
    /// GitBook, the site and the program that came before it.
    Gitbook "gitbook" "GitBook";
    /// Docusaurus.
    Docusaurus "docusaurus" "Docusaurus";
    /// Starlight, Astro's theme for documentation.
    Starlight "starlight" "Starlight";
    /// Nextra.
    Nextra "nextra" "Nextra";
    /// Fumadocs.
    Fumadocs "fumadocs" "Fumadocs";
    /// Hugo.
    Hugo "hugo" "Hugo";
    /// VitePress.
    Vitepress "vitepress" "VitePress";
    /// VuePress.
    Vuepress "vuepress" "VuePress";
    /// docsify.
    Docsify "docsify" "docsify";
    /// Obsidian.
    Obsidian "obsidian" "Obsidian";
    /// Jekyll.
    Jekyll "jekyll" "Jekyll";
    /// Eleventy.
    Eleventy "eleventy" "Eleventy";
    /// Middleman.
    Middleman "middleman" "Middleman";
    /// mdBook.
    Mdbook "mdbook" "mdBook";
    /// Confluence, a space exported as HTML.
    Confluence "confluence" "Confluence";
    /// A folder of Word documents.
    Word "word" "Word";
    /// A folder of Markdown, as one shows it on GitHub.
    Folder "folder" "Markdown";
}

impl Tool {
    /// The tool of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tool| tool.name() == name)
    }

    /// Whether it publishes whatever file a chapter links to, wherever that lies in the book.
    pub(super) const fn takes_any_file(self) -> bool {
        matches!(
            self,
            Self::Docusaurus
                | Self::Starlight
                | Self::Nextra
                | Self::Fumadocs
                | Self::Obsidian
                | Self::Word
                | Self::Folder
                | Self::Docsify
        )
    }

    /// Whether its pages have addresses without `/` at the end, and its chapters may be MDX.
    pub(super) const fn is_of_javascript(self) -> bool {
        matches!(self, Self::Docusaurus | Self::Nextra | Self::Fumadocs)
    }

    /// Reads the settings and the navigation of a book.
    pub(super) fn read(self, tree: &SourceTree, moves: &Moves, report: &mut Report) -> Book {
        match self {
            Self::Mkdocs => mkdocs::read(tree, report),
            Self::Gitbook => gitbook::read(tree, report),
            Self::Docusaurus => docusaurus::read(tree, moves, report),
            Self::Starlight => starlight::read(tree, report),
            Self::Nextra | Self::Fumadocs => meta::read(self, tree, report),
            Self::Hugo => hugo::read(tree, report),
            Self::Vitepress | Self::Vuepress => vue::read(self, tree, report),
            Self::Docsify => gitbook::read_docsify(tree, report),
            Self::Jekyll => jekyll::read(tree, report),
            Self::Eleventy | Self::Middleman => ruby::read(self, tree, report),
            Self::Mdbook => mdbook::read(tree, report),
            Self::Confluence => confluence::read(tree, report),
            Self::Obsidian | Self::Word | Self::Folder => folder::read(self, tree, report),
        }
    }
}

/// The tool that the files of a book speak of.
#[must_use]
pub fn recognize(tree: &SourceTree) -> Tool {
    let has = |names: &[&str]| find(tree, names).is_some();
    let ends = |end: &str| tree.files.keys().any(|path| path.ends_with(end));
    let package = find(tree, &["package.json"]).and_then(|path| tree.text(&path)).map_or("", |text| text);
    let gems = find(tree, &["Gemfile"]).and_then(|path| tree.text(&path)).map_or("", |text| text);
    if has(MKDOCS) {
        Tool::Mkdocs
    } else if has(DOCUSAURUS) || package.contains("\"@docusaurus/core\"") {
        Tool::Docusaurus
    } else if starlight::settings(tree).is_some() {
        Tool::Starlight
    } else if let Some(tool) = meta::of_packages(package) {
        tool
    } else if has(&["book.toml"]) {
        Tool::Mdbook
    } else if folder_named(tree, ".vitepress").is_some() || package.contains("\"vitepress\"") {
        Tool::Vitepress
    } else if folder_named(tree, ".vuepress").is_some() || package.contains("\"vuepress\"") {
        Tool::Vuepress
    } else if has(&["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"])
        || has(&["config.toml"])
            && find(tree, &["config.toml"]).is_some_and(|path| beside(tree, &path, "content"))
    {
        Tool::Hugo
    } else if has(&[".gitbook.yaml", ".gitbook.yml", "book.json"]) {
        Tool::Gitbook
    } else if tree.has("src/SUMMARY.md") {
        Tool::Mdbook
    } else if has(&["SUMMARY.md"]) {
        Tool::Gitbook
    } else if has(&["_sidebar.md"]) || is_docsify(tree) {
        Tool::Docsify
    } else if tree.has_folder(".obsidian") {
        Tool::Obsidian
    } else if has(&[".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"]) {
        Tool::Eleventy
    } else if has(&["tech-docs.yml"]) || gems.contains("middleman") || ends(".html.md.erb") {
        Tool::Middleman
    } else if has(&["_toc.yml"]) && folder::is_of_myst(tree) {
        // Jupyter Book has settings of the name of Jekyll's.
        Tool::Folder
    } else if has(&["_config.yml", "_config.yaml"]) {
        Tool::Jekyll
    } else if confluence::is_export(tree) {
        Tool::Confluence
    } else if meta::has_order(tree) {
        Tool::Nextra
    } else if ends(".mdx") {
        Tool::Docusaurus
    } else if tree.has("_index.md") || ends("/_index.md") {
        // The chapters of a site whose settings lie elsewhere.
        Tool::Hugo
    } else if is_word(tree) {
        Tool::Word
    } else {
        Tool::Folder
    }
}

const MKDOCS: &[&str] = &["mkdocs.yml", "mkdocs.yaml"];
const DOCUSAURUS: &[&str] = &[
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
    "docusaurus.config.mts",
    "sidebars.js",
    "sidebars.ts",
];

/// The file of one of these names that lies highest, at most two folders deep. Hugo's own folder
/// for its settings is none of them.
fn find(tree: &SourceTree, names: &[&str]) -> Option<String> {
    let depth = |path: &str| path.replacen("config/_default/", "", 1).matches('/').count();
    let is_it = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        depth(path) <= 2 && names.contains(&name)
    };
    let rank = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        (depth(path), names.iter().position(|known| *known == name))
    };
    tree.files.keys().filter(is_it).min_by_key(rank).cloned()
}

/// Whether a folder of this name lies beside a file.
fn beside(tree: &SourceTree, path: &str, folder: &str) -> bool {
    tree.has_folder(&within(crate::chapter::folder(path), folder))
}

/// The folder above the highest folder of this name.
fn folder_named(tree: &SourceTree, name: &str) -> Option<String> {
    let inside = format!("{name}/");
    let between = format!("/{name}/");
    let above = tree.files.keys().filter_map(|path| match path.starts_with(&inside) {
        true => Some(""),
        false => path.find(&between).map(|at| &path[..at]),
    });
    above
        .min_by_key(|folder| folder.matches('/').count() + usize::from(!folder.is_empty()))
        .map(str::to_owned)
}

/// Whether most of what can be read are documents.
fn is_word(tree: &SourceTree) -> bool {
    let documents = tree.files.keys().filter(|path| super::is_document(path)).count();
    let chapters = tree.files.keys().filter(|path| crate::chapter::without_suffix(path).is_some()).count();
    documents > chapters
}

fn is_docsify(tree: &SourceTree) -> bool {
    let pages =
        tree.files.keys().filter(|path| path.ends_with("index.html") && path.matches('/').count() <= 1);
    pages.filter_map(|path| tree.text(path)).any(|text| text.contains("docsify"))
}

/// A YAML file as a mapping; empty where it cannot be read, which the report says.
fn yaml(tree: &SourceTree, path: &str, report: &mut Report) -> Mapping {
    let Some(text) = tree.text(path) else { return Mapping::new() };
    match lenient::read(path, text) {
        Ok((mapping, outdone)) => {
            for line in outdone {
                let written = text.lines().nth(line - 1).unwrap_or("").trim();
                report.add(super::Kind::Settings, path, Some(line), written);
            }
            mapping.into_iter().map(|(key, value)| (key, without_tag(value, 0))).collect()
        }
        Err(line) => {
            report.add(super::Kind::Settings, path, line, "YAML");
            Mapping::new()
        }
    }
}

/// A value without the tags that only the tool's own reader knows. `!ENV [NAME, usual]` is
/// the usual value, since the environment is no part of the book.
fn without_tag(value: Value, depth: usize) -> Value {
    if depth > MOST_TAGS {
        return value;
    }
    match value {
        Value::Tagged(tagged) if tagged.tag == "!ENV" => match tagged.value {
            Value::Sequence(mut names) if names.len() > 1 => names.pop().unwrap_or(Value::Null),
            _ => Value::Null,
        },
        Value::Tagged(tagged) => without_tag(tagged.value, depth + 1),
        Value::Sequence(list) => {
            list.into_iter().map(|value| without_tag(value, depth + 1)).collect::<Vec<_>>().into()
        }
        Value::Mapping(all) => {
            let all = all.into_iter().map(|(key, value)| (key, without_tag(value, depth + 1)));
            all.collect::<Mapping>().into()
        }
        value => value,
    }
}

/// Lists of a navigation inside one another that are looked at.
const DEEPEST: usize = 16;

/// Values inside one another in which tags are looked for.
const MOST_TAGS: usize = 64;

/// A TOML file as a table; empty where it cannot be read, which the report says.
fn toml(tree: &SourceTree, path: &str, report: &mut Report) -> toml::Table {
    let text = tree.text(path).map_or("", |text| text);
    text.parse().unwrap_or_else(|_| {
        report.add(super::Kind::Settings, path, None, "TOML");
        toml::Table::new()
    })
}

/// The text under a key.
fn string(mapping: &Mapping, key: &str) -> Option<String> {
    match mapping.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn new_book(tool: Tool, root: &str, addresses: Addresses) -> Book {
    Book { addresses, ..Book::new(tool, root) }
}
