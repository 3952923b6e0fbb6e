//! What stands beside the chapters: handbook.yaml, organization.yaml, synonyms.yaml, the theme.
//!
//! Each of them is optional, but one that is there and cannot be read is an
//! error whatever `checks:` says: a handbook without its settings would show
//! other things to other people than the settings say.

use super::unread::Unread;
use super::{Project, encoding, read_bytes, walk};
use crate::chapter::without_suffix;
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Value;
use crate::message;
use crate::rule::{self, Rule};
use crate::source::{
    Attachment, FOLDER_META, HIDDEN_TOOLS, Source, Sources, files_of_hidden_tool, is_folder_data, is_order,
    is_tool_settings,
};
use crate::theme::ThemeFile;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

const RULE: &Rule = &rule::UNREADABLE_SETTINGS;

/// What came of reading one of the files of settings.
enum Settings {
    /// There is none.
    Missing,
    Read(Source),
    /// Not all of it is text.
    Damaged(Source),
    /// It is there, or was meant to be, and could not be read; a diagnostic says so.
    Lost,
}

impl Settings {
    fn read(self) -> Option<Source> {
        match self {
            Self::Read(source) | Self::Damaged(source) => Some(source),
            Self::Missing | Self::Lost => None,
        }
    }
}

impl Project {
    /// Reads what does not lie in the content folder.
    pub(super) fn read_rest(&self, sources: &mut Sources) {
        let diagnostics = &mut sources.diagnostics;
        let config = self.read_settings("handbook.yaml", diagnostics);
        sources.config_lost = matches!(config, Settings::Lost | Settings::Damaged(_));
        sources.config = config.read();
        sources.organization = self.read_settings("organization.yaml", diagnostics).read();
        sources.synonyms = self.read_settings("synonyms.yaml", diagnostics).read();
        if self.is_bare() || sources.config.is_none() && !sources.config_lost {
            sources.tools = self.read_tools(&sources.attachments);
            let hidden = self.hidden_tools(&sources.chapters);
            sources.tools.extend(hidden);
            sources.folder_data = self.folder_data(sources);
        }
        let theme = sources.config.as_ref().and_then(|source| theme_name(&source.text));
        sources.theme = self.read_theme(theme.as_deref(), &mut sources.diagnostics);
    }

    /// handbook.yaml alone, for what must be known before all is read.
    ///
    /// # Errors
    /// A diagnostic where it is there and cannot be read, or lies there under a
    /// name that is not read and tells who may see what.
    pub fn read_config(&self) -> Result<Option<Source>, Diagnostic> {
        let mut diagnostics = Vec::new();
        match (self.read_settings("handbook.yaml", &mut diagnostics), diagnostics.pop()) {
            (Settings::Lost | Settings::Damaged(_), Some(wrong)) => Err(wrong),
            (config, _) => Ok(config.read()),
        }
    }

    fn read_settings(&self, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Settings {
        let path = self.root.join(name);
        let shown: Arc<str> = name.into();
        let lost = |why: &Unread| lost(&shown, why.reason());
        match fs::symlink_metadata(&path) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (restricts, wrong) = self.misnamed(name).unzip();
                diagnostics.extend(wrong);
                return if restricts == Some(true) { Settings::Lost } else { Settings::Missing };
            }
            Err(error) => {
                diagnostics.push(lost(&Unread::Failed(error)));
                return Settings::Lost;
            }
        }
        match read_bytes(&path) {
            Ok(bytes) => {
                // `checks:` of a file that cannot be read must not lower it.
                let (text, damaged) = encoding::decode(bytes, &shown, RULE, diagnostics);
                let source = Source::new(Arc::clone(&shown), shown, text);
                if damaged { Settings::Damaged(source.damaged()) } else { Settings::Read(source) }
            }
            Err(why) => {
                diagnostics.push(lost(if why.is_missing() { &Unread::LeadsNowhere } else { &why }));
                Settings::Lost
            }
        }
    }

    /// A file that was surely meant to be the settings, and is not read.
    fn misnamed(&self, name: &str) -> Option<(bool, Diagnostic)> {
        let stem = name.strip_suffix(".yaml").unwrap_or(name);
        let known = ["yaml", "yml", "yaml.txt", "yml.txt"].map(|ending| format!("{stem}.{ending}"));
        let entries = fs::read_dir(&self.root).ok()?.filter_map(Result::ok);
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let other = names.filter(|other| known.contains(&other.to_lowercase())).min()?;
        let message = message!("misnamed-settings-file", path = &other);
        let diagnostic = Diagnostic::new(&rule::MISNAMED_SETTINGS, message)
            .at(&other.as_str().into(), None)
            .help(message!("misnamed-settings-file.help", right = name));
        let restricts = name == "handbook.yaml" && may_declare_audiences(&self.root.join(&other));
        Some((restricts, if restricts { diagnostic.at_level(Level::Error) } else { diagnostic }))
    }

    /// The settings of other tools, among the chapters of a bare folder or beside a `content/` that
    /// nobody made for us. What cannot be read says nothing.
    fn read_tools(&self, attachments: &[Attachment]) -> Vec<Source> {
        let named: Vec<Arc<str>> = match self.is_bare() {
            true => attachments.iter().map(|file| Arc::clone(&file.name)).collect(),
            false => self.files_beside(),
        };
        let read = |folder: &Path, name: &Arc<str>| {
            let bytes = read_bytes(&folder.join(&**name)).ok()?;
            let text = String::from_utf8_lossy(&bytes);
            Some(Source::new(Arc::clone(name), Arc::clone(name), &*text))
        };
        let settings = named.iter().filter(|name| is_tool_settings(name));
        let settings = settings.filter_map(|name| read(&self.root, name));
        let orders = attachments.iter().map(|file| &file.name).filter(|name| is_order(name));
        settings.chain(orders.filter_map(|name| read(&self.content, name))).collect()
    }

    /// The names of the files in the project's folder, and in that of Hugo's settings, sorted.
    fn files_beside(&self) -> Vec<Arc<str>> {
        let files_of = |folder: &str| {
            let entries = fs::read_dir(self.root.join(folder)).into_iter().flatten().filter_map(Result::ok);
            let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
            let named = files.filter_map(|entry| Some(format!("{folder}{}", entry.file_name().to_str()?)));
            named.collect::<Vec<String>>()
        };
        let mut names: Vec<Arc<str>> =
            ["", "config/_default/"].into_iter().flat_map(files_of).map(Arc::from).collect();
        names.sort_unstable();
        names
    }

    /// What tells of tools whose settings are hidden, at the top and in the folders of chapters that do not lie deep.
    fn hidden_tools(&self, chapters: &[Source]) -> Vec<Source> {
        let above = |name: &str| {
            let ends = name.match_indices('/').map(|(end, _)| end).take(2);
            ends.map(|end| name[..=end].to_owned()).collect::<Vec<_>>()
        };
        let folders = chapters.iter().flat_map(|chapter| above(&chapter.name));
        let folders: BTreeSet<String> = folders.chain([String::new()]).collect();
        let named = folders.iter().flat_map(|folder| HIDDEN_TOOLS.map(|tool| format!("{folder}{tool}")));
        let is_at_top = |name: &str| !name.contains('/') && self.root.join(name).exists();
        let there = named.filter(|name| self.content.join(name).exists() || is_at_top(name));
        there.map(|name| self.hidden_tool(&name)).collect()
    }

    /// Hidden settings of a tool, with their text where it says what they leave out.
    fn hidden_tool(&self, name: &str) -> Source {
        let tool = name.rsplit('/').next().unwrap_or(name);
        let read = |end: &&str| {
            let path = format!("{name}{end}");
            let bytes = read_bytes(&self.content.join(&path)).or_else(|_| read_bytes(&self.root.join(&path)));
            Some(Source::new(path, name, &*String::from_utf8_lossy(&bytes.ok()?)))
        };
        let found = files_of_hidden_tool(tool).iter().find_map(read);
        found.unwrap_or_else(|| Source::new(name, name, ""))
    }

    /// Front matter that MkDocs and Eleventy have for folders and chapters in files among these.
    fn folder_data(&self, sources: &Sources) -> Vec<Source> {
        let is_named = |start: &str| {
            let files = sources.tools.iter().filter_map(|tool| tool.name.rsplit('/').next());
            files.map(|file| file.trim_start_matches('.')).any(|file| file.starts_with(start))
        };
        let read = |name: &str| {
            let bytes = read_bytes(&self.content.join(name)).ok()?;
            let path = format!("{}{name}", self.prefix);
            Some(Source::new(path, name, &*String::from_utf8_lossy(&bytes)))
        };
        let mut found = Vec::new();
        if is_named("mkdocs.") || is_named("zensical.") {
            let chapters = sources.chapters.iter();
            let ends = chapters
                .flat_map(|chapter| chapter.name.match_indices('/').map(|(end, _)| &chapter.name[..=end]));
            let folders: BTreeSet<&str> = ends.chain([""]).collect();
            found.extend(folders.iter().filter_map(|folder| read(&format!("{folder}{FOLDER_META}"))));
        }
        if is_named("eleventy") {
            let stems = sources.chapters.iter().filter_map(|chapter| without_suffix(&chapter.name));
            let stems: BTreeSet<&str> = stems.collect();
            let files = sources.attachments.iter().filter(|file| !file.is_beside).map(|file| &*file.name);
            let data = files.filter(|name| is_folder_data(name, |stem| stems.contains(stem)));
            found.extend(data.filter_map(read));
        }
        found
    }

    fn read_theme(&self, named: Option<&str>, diagnostics: &mut Vec<Diagnostic>) -> Vec<ThemeFile> {
        let theme = named.unwrap_or("default");
        let folder = self.root.join("themes").join(theme);
        let shown = format!("themes/{theme}");
        match fs::symlink_metadata(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if theme != "default" {
                    let wrong = Diagnostic::new(&rule::THEME, message!("theme-folder", path = &shown));
                    let help = message!("theme-folder.help");
                    diagnostics.push(wrong.at(&"handbook.yaml".into(), None).help(help));
                }
                return Vec::new();
            }
            Err(error) => diagnostics.push(lost(&shown, (&error).into())),
            Ok(_) if !folder.is_dir() => diagnostics.push(lost(&shown, Unread::NotAFolder.reason())),
            Ok(_) => return read_theme_files(&folder, &format!("{shown}/"), diagnostics),
        }
        Vec::new()
    }
}

fn read_theme_files(folder: &Path, prefix: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<ThemeFile> {
    let mut files = Vec::new();
    for name in walk(folder, prefix, &[], false, diagnostics, lost).names {
        let path = format!("{prefix}{name}");
        match fs::read(folder.join(&name)) {
            Ok(bytes) => files.push(ThemeFile { path: path.into(), name, bytes: bytes.into() }),
            Err(error) => diagnostics.push(lost(&path, (&error).into())),
        }
    }
    files
}

fn lost(path: &str, why: Value) -> Diagnostic {
    Diagnostic::new(RULE, message!("unreadable-file", path = path, reason = why))
        .at(&path.into(), None)
        .help(message!("unreadable-settings-file.help"))
}

/// The theme's name, needed before the settings are read properly; those
/// report what is wrong with it.
fn theme_name(config: &str) -> Option<String> {
    let value: Option<serde_yaml::Value> = serde_yaml::from_str(config).ok();
    let name = value.as_ref().and_then(|value| value.get("theme")).and_then(|name| name.as_str());
    name.filter(|name| !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.'))
        .map(str::to_owned)
}

/// Whether settings say who may see what, as far as can be told; those that
/// cannot be read may.
fn may_declare_audiences(path: &Path) -> bool {
    let Ok(bytes) = read_bytes(path) else { return true };
    let text = String::from_utf8_lossy(&bytes);
    text.lines()
        .any(|line| line.trim_start_matches([' ', '"', '\'', '\u{FEFF}', '{']).starts_with("audiences"))
}
