//! How the chapters of a project are read: those of a bare folder as the tool reads them that
//! they were written for.

use crate::markdown::{Dialect, MarkdownOptions, uses_import};
use crate::source::{Source, Sources};
use std::borrow::Cow;

/// How each chapter is read.
#[derive(Debug, Clone)]
pub struct Readings {
    /// How chapters are read that are written for no other tool.
    pub options: MarkdownOptions,
    /// What tools read besides, by the folders in which their books lie.
    folders: Vec<(String, Dialect)>,
}

impl Readings {
    /// What the settings say that lie among the chapters.
    #[must_use]
    pub fn new(options: MarkdownOptions, sources: &Sources) -> Self {
        let tools = sources.tools.iter().map(|settings| (named(settings), settings));
        let folders = tools.map(|((folder, file), settings)| {
            (folder.to_owned(), Dialect::of_settings(file, &settings.text))
        });
        Self { options, folders: folders.filter(|(_, dialect)| !dialect.is_plain()).collect() }
    }

    /// How a chapter of this name is read.
    #[must_use]
    pub fn of(&self, name: &str) -> Cow<'_, MarkdownOptions> {
        let around = self.folders.iter().filter(|(folder, _)| is_in(folder, name));
        let dialect = around.fold(Dialect::default(), |all, (_, own)| all.and(*own));
        match dialect.is_plain() {
            true => Cow::Borrowed(&self.options),
            false => Cow::Owned(MarkdownOptions { dialect, ..self.options.clone() }),
        }
    }
}

/// The folder of settings of a tool, and their name there.
pub(super) fn named(settings: &Source) -> (&str, &str) {
    let folder = super::folder(&settings.name);
    let file = settings.name.get(folder.len()..).unwrap_or("").trim_start_matches('/');
    // Hugo has a folder for its settings.
    (folder.strip_suffix("config/_default").map_or(folder, |home| home.trim_end_matches('/')), file)
}

/// Whether a file lies in a folder, or below it.
pub(super) fn is_in(folder: &str, name: &str) -> bool {
    folder.is_empty() || name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// How one file is read. Docusaurus reads MDX in `.md` too: what a text both imports and uses as
/// a component makes it one.
pub(super) fn for_name(options: &MarkdownOptions, dialect: Dialect, source: &Source) -> MarkdownOptions {
    let is_mdx = source.name.to_ascii_lowercase().ends_with(".mdx") || uses_import(&source.text);
    let dialect = if is_mdx { dialect.and(Dialect::of_mdx()) } else { dialect };
    MarkdownOptions { dialect, ..options.clone() }
}
