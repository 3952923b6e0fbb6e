//! The project as it was read: texts in memory, attachments by name.
//!
//! A `Sources` value is all that the rest of the program knows of the project.
//! `disk` makes it from a folder; tests make it from strings.

use crate::diagnostic::Diagnostic;
use crate::fingerprint::fingerprint;
use crate::markdown::Notes;
pub use crate::theme::ThemeFile;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// The files beside the chapters that say something of all of them.
pub(crate) const SETTINGS: [&str; 3] = ["handbook.yaml", "organization.yaml", "synonyms.yaml"];

/// Whether a file of a bare folder is the settings of another tool that say how its chapters
/// are written. Those that lie deep belong to something else.
pub(crate) fn is_tool_settings(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let is_known = matches!(
        file,
        "mkdocs.yml"
            | "mkdocs.yaml"
            | "zensical.toml"
            | "zensical.yml"
            | "package.json"
            | "book.toml"
            | "book.json"
            | "hugo.toml"
            | "hugo.yaml"
            | "hugo.yml"
            | "hugo.json"
            | "myst.yml"
            | "_toc.yml"
            | "config.toml"
            | "config.yaml"
            | "config.yml"
            | "config.json"
            | "conf.py"
    );
    // Nextra and Fumadocs have one in each folder.
    if file.starts_with("_meta.") || file == "meta.json" {
        return !name.split('/').any(|folder| folder == "node_modules");
    }
    let is_page_of_docsify = matches!(name, "index.html" | "docs/index.html");
    let is_config = file.starts_with("docusaurus.config.") || !Notes::of_settings(file, "").is_none();
    is_page_of_docsify || (is_known || is_config) && name.matches('/').count() <= 2
}

/// Whether a file of a bare folder may say in which order the chapters beside it stand.
pub(crate) fn is_order(name: &str) -> bool {
    matches!(name.rsplit('/').next(), Some("_meta.json" | "meta.json"))
}

/// Front matter of Material for MkDocs for all chapters of a folder.
pub(crate) const FOLDER_META: &str = ".meta.yml";

/// Whether a file may hold front matter for chapters: `.meta.yml`, and `posts/posts.json`,
/// `posts/posts.11tydata.json`, `posts/a.json` of Eleventy. `is_chapter` says of a path without its
/// suffix whether it is one of a chapter.
pub(crate) fn is_folder_data(name: &str, is_chapter: impl FnOnce(&str) -> bool) -> bool {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    if file == FOLDER_META {
        return true;
    }
    let Some(stem) = file.strip_suffix(".json") else { return false };
    let is_of_folder = folder.rsplit('/').next() == Some(stem) && !folder.is_empty();
    stem.ends_with(".11tydata") || is_of_folder || is_chapter(&name[..name.len() - ".json".len()])
}

/// Settings that lie among hidden files: that they are there says whose book it is, and some say
/// which chapters are left out.
pub(crate) const HIDDEN_TOOLS: [&str; 8] = [
    ".obsidian",
    ".eleventy.js",
    ".eleventyignore",
    ".vitepress",
    ".vuepress",
    ".bookignore",
    ".gitbook.yaml",
    ".gitbook.yml",
];

/// The file in which hidden settings of a tool say what they leave out, from the folder that they
/// lie in; several where it may have other names.
pub(crate) fn files_of_hidden_tool(tool: &str) -> &'static [&'static str] {
    match tool {
        ".eleventyignore" | ".eleventy.js" | ".bookignore" => &[""],
        ".vitepress" | ".vuepress" => &["/config.ts", "/config.mts", "/config.js", "/config.mjs"],
        _ => &[],
    }
}

/// A text file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Source {
    /// Path from the project folder, with `/`, as messages show it.
    pub path: Arc<str>,
    /// Path below the content folder; equal to `path` for files outside it.
    pub name: Arc<str>,
    /// Text without a byte order mark; line ends as they are in the file.
    pub text: Arc<str>,
    /// Whether the file held bytes that are no text in UTF-8, and was read as far as
    /// that goes: then nothing that it says or leaves out is certain.
    pub damaged: bool,
    /// What is known of the folders that it lies in.
    pub above: Above,
    /// Fingerprint of all this.
    pub fingerprint: u128,
}

impl Source {
    /// A source of this name and text.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let (path, name, text) = (path.into(), name.into(), text.into());
        let fingerprint = xxh3_128(text.as_bytes()) ^ xxh3_128(name.as_bytes()).rotate_left(64);
        Self { path, name, text, damaged: false, above: Above::Present, fingerprint }
    }

    /// The same source, read from a file that was not all text.
    #[must_use]
    pub fn damaged(self) -> Self {
        Self { damaged: true, fingerprint: !self.fingerprint, ..self }
    }

    /// The same source, with what is known of the folders above it.
    #[must_use]
    pub fn below(self, above: Above) -> Self {
        let plain = Self::new(self.path, self.name, self.text);
        let marked = fingerprint(&above);
        let own = if self.damaged { !plain.fingerprint } else { plain.fingerprint };
        let fingerprint = if above == Above::Present { own } else { own ^ marked };
        Self { damaged: self.damaged, above, fingerprint, ..plain }
    }
}

/// What is known of the folders that a text lies in, whose own pages say who may see it where it
/// does not say that itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Above {
    /// They are those of the content folder.
    #[default]
    Present,
    /// Their own pages as they were when the text was written, the nearest first. Those of the
    /// content folder count besides.
    Then(Arc<[FolderPage]>),
    /// Nothing: the chapter that the text belongs to is gone.
    Lost,
}

/// A folder's own page, or the chapter `x.md` beside a folder `x/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FolderPage {
    /// The folder, below the content folder.
    pub folder: Arc<str>,
    /// The page's text; `None` where it could not be read, so that nobody knows what it said.
    pub text: Option<Arc<str>>,
    /// Whether it stands beside the folder: then it may narrow who sees what lies there, never
    /// widen it.
    pub is_beside: bool,
}

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Attachment {
    /// Path below the content folder, with `/`; for a file beside it, from the project's.
    pub name: Arc<str>,
    /// Whether it lies beside the content folder, such as in `static/`: then it is published only
    /// where a page shows it.
    pub is_beside: bool,
    /// Width and height in pixels, for images that say so.
    pub dimensions: Option<(u32, u32)>,
}

impl Attachment {
    /// An attachment of this name.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>, dimensions: Option<(u32, u32)>) -> Self {
        Self { name: name.into(), is_beside: false, dimensions }
    }
}

/// A commit, as far as editions need to know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Commit {
    /// Its id, in hexadecimal digits.
    pub id: Arc<str>,
    /// The day on which it was made.
    pub day: Date,
}

/// Which chapter a text is an edition of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EditionOf {
    /// That of a file: its name now, or the last it had.
    File(Arc<str>),
    /// That with an id.
    Id(Arc<str>),
}

/// A picture as it was when a text was written, where it is another one now, or gone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct KeptPicture {
    /// Its path below the content folder then.
    pub name: Arc<str>,
    /// What it held.
    pub bytes: Arc<[u8]>,
}

/// A text that a chapter had at one version, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EditionSource {
    /// The chapter.
    pub of: EditionOf,
    /// What messages call it: a path, with the commit behind `@` if it is of one.
    pub path: Arc<str>,
    /// The file's text, front matter included.
    pub text: Arc<str>,
    /// What is known of the folders above it.
    pub above: Above,
    /// The last commit of its version; `None` for a file of `editions/`.
    pub commit: Option<Arc<Commit>>,
    /// The text with which its version was first published, if that was another one.
    pub first: Option<Arc<str>>,
    /// The commit that went back to its version, if there was another one in between.
    pub returned: Option<Arc<Commit>>,
    /// Pictures that it may show, and that are no longer what they were.
    pub pictures: Arc<[KeptPicture]>,
    /// The commit that removed the chapter's file, if it is gone.
    pub removed: Option<Arc<Commit>>,
    /// What is known of the file at its end, if the repository has it: who might see it then sees
    /// what is left of it.
    pub end: Option<Arc<EndOfFile>>,
}

/// The last that a repository knows of a chapter's file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EndOfFile {
    /// How many commits up to the latest are as new as the one that removed the file; 0 where the
    /// latest still has it.
    pub age: usize,
    /// The file's last text; `None` where it was none, so that nobody knows what it said.
    pub text: Option<Arc<str>>,
    /// The folders above it before it was removed, and before each of them that is gone was.
    pub above: Arc<[Above]>,
}

impl EndOfFile {
    /// What is known of a file at its end.
    #[must_use]
    pub fn new(age: usize, text: Option<Arc<str>>, above: impl Into<Arc<[Above]>>) -> Self {
        Self { age, text, above: above.into() }
    }
}

/// All that was read of a project.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Sources {
    /// Chapters, sorted by name.
    pub chapters: Vec<Source>,
    /// Names of chapters' files that are there and could not be read, sorted. What
    /// they would have said of who may see them, or their folder, is not known.
    pub unread: Vec<Arc<str>>,
    /// Other files below the content folder, and beside it, sorted by name.
    pub attachments: Vec<Attachment>,
    /// `handbook.yaml`.
    pub config: Option<Source>,
    /// Whether `handbook.yaml` is there, or was meant to be, and could not be read:
    /// then nobody knows which audiences there are.
    pub config_lost: bool,
    /// `organization.yaml`.
    pub organization: Option<Source>,
    /// `synonyms.yaml`.
    pub synonyms: Option<Source>,
    /// Files that lie in the content folder through links, by name, and the names that they have
    /// there themselves.
    pub links: Arc<BTreeMap<Arc<str>, Arc<str>>>,
    /// Settings of other tools among the files of a bare folder, which say how its chapters are
    /// written. They are attachments too.
    pub tools: Vec<Source>,
    /// Front matter that such a tool has for many chapters in a file among them, such as `.meta.yml`.
    pub folder_data: Vec<Source>,
    /// Files of the project's own theme.
    pub theme: Vec<ThemeFile>,
    /// Texts that chapters had at their versions, where handbook.yaml asks for them: of each
    /// file the oldest first, those of the repository before those of `editions/`.
    pub editions: Vec<EditionSource>,
    /// Whether editions are kept at all.
    pub has_editions: bool,
    /// Whether the content folder is the project's own, since there is no `content/`.
    pub bare: bool,
    /// What could not be read. [`Builder::build`](crate::builder::Builder::build) passes
    /// it on.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// The text of a file by its path from the project folder.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        let settings = self.config.iter().chain(&self.organization).chain(&self.synonyms);
        let single = settings.into_iter().find(|source| &*source.path == path);
        // Sorted by name is sorted by path: what stands before the names is one.
        let chapter = || self.chapters.binary_search_by(|source| (*source.path).cmp(path)).ok();
        let source = single.or_else(|| chapter().map(|at| &self.chapters[at]));
        if let Some(source) = source {
            return Some(&source.text);
        }
        let file = self.theme.iter().find(|file| &*file.path == path)?;
        std::str::from_utf8(&file.bytes).ok()
    }
}
