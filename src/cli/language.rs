//! The language of messages: that of `--lang`, else the handbook's, else the locale's, else English.
//!
//! It must be known before the arguments are parsed, since messages about wrong arguments use it. So
//! two options are parsed here, ahead of clap.

use super::usage::UsageError;
use handbook::config::Config;
use handbook::disk::Project;
use handbook::handbook::title::guess_language;
use handbook::locale::{Language, Value};
use handbook::message;
use handbook::source::Sources;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The language for messages that are printed before the handbook has been read.
pub(super) fn choose(arguments: &[OsString]) -> Language {
    let asked = EarlyArguments::of(arguments);
    asked
        .language
        .or_else(|| handbook_language(asked.root.as_deref().unwrap_or(Path::new(".")), asked.makes))
        .or_else(locale_language)
        .unwrap_or_default()
}

/// The value of `--lang`.
pub(super) fn parse(written: &str) -> Result<Language, UsageError> {
    let known: Value = Language::all().iter().map(|language| language.tag()).collect();
    Language::from_tag(written).ok_or_else(|| UsageError(message!("cli-unknown-language", known = known)))
}

/// The arguments that decide about the language.
#[derive(Debug, Default, PartialEq, Eq)]
struct EarlyArguments {
    language: Option<Language>,
    root: Option<PathBuf>,
    /// Whether a new handbook is created.
    makes: bool,
}

impl EarlyArguments {
    fn of(arguments: &[OsString]) -> Self {
        let mut asked = Self::default();
        let mut rest = arguments.iter().skip(1);
        while let Some(argument) = rest.next() {
            let text = argument.to_string_lossy();
            let (name, value) = match text.split_once('=') {
                Some((name, _)) if name.starts_with("--") => (name, value_after(argument, name.len() + 1)),
                _ => (&*text, None),
            };
            match name {
                "--" => break,
                "init" => asked.makes = true,
                "--lang" => {
                    let value = value.or_else(|| rest.next().cloned());
                    asked.language = value.and_then(|tag| Language::from_tag(&tag.to_string_lossy()));
                }
                "--root" => asked.root = value.or_else(|| rest.next().cloned()).map(PathBuf::from),
                _ => {
                    if let Some(at) = short_root(name) {
                        let value = value_after(argument, at).or_else(|| rest.next().cloned());
                        asked.root = value.map(PathBuf::from);
                    }
                }
            }
        }
        asked
    }
}

/// The rest of an argument after so many bytes; `None` if it is empty.
fn value_after(argument: &OsStr, length: usize) -> Option<OsString> {
    let bytes = argument.as_encoded_bytes().get(length..).unwrap_or_default();
    let rest = String::from_utf8_lossy(bytes).into_owned();
    (!rest.is_empty()).then(|| rest.into())
}

/// Where the folder begins in `-C`, `-Cfolder`, `-C=folder` or `-qvC`, whose other
/// letters take no value.
fn short_root(argument: &str) -> Option<usize> {
    let letters = argument.strip_prefix('-').filter(|rest| !rest.starts_with('-'))?;
    let at = letters.find('C').filter(|at| letters[..*at].bytes().all(|letter| b"qv".contains(&letter)))?;
    Some(at + 2 + usize::from(letters[at + 1..].starts_with('=')))
}

/// The language of handbook.yaml, else the one that the chapters seem to be in. A new handbook does
/// not take the language of Markdown files that happen to be in the current folder.
fn handbook_language(root: &Path, makes: bool) -> Option<Language> {
    let project = Project::open(root).ok()?;
    let config = config(&project);
    if let Some(tag) = config.as_ref().and_then(|config| config.language.as_deref()) {
        return Language::from_tag(tag);
    }
    if makes && config.is_none() && project.is_bare() {
        return None;
    }
    let sample = project.sample();
    (!sample.is_empty()).then(|| Language::from_tag(guess_language(&sample))).flatten()
}

/// The settings, where there are any.
fn config(project: &Project) -> Option<Config> {
    let mut sources = Sources::default();
    sources.config = Some(project.read_config().ok()??);
    Some(super::targets::config(&sources))
}

/// The language of the first variable of the environment that is set.
fn locale_language() -> Option<Language> {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Language::from_tag(&["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_and_folder_are_found_wherever_they_stand() {
        let asked = |arguments: &str| {
            EarlyArguments::of(&arguments.split(' ').map(OsString::from).collect::<Vec<_>>())
        };
        let zh = Some(Language::CHINESE);
        let at = |root: &str| Some(PathBuf::from(root));
        for (arguments, language, root) in [
            ("handbook build", None, None),
            ("handbook --lang zh build", zh, None),
            ("handbook build --lang=zh-CN", zh, None),
            ("handbook -C a build --lang zh", zh, at("a")),
            ("handbook build -Ca", None, at("a")),
            ("handbook build -C=a", None, at("a")),
            ("handbook build -qvC a", None, at("a")),
            ("handbook build --root=a/手册 --lang", None, at("a/手册")),
            ("handbook build --root a --lang xx", None, at("a")),
            ("handbook search -- --lang zh -C a", None, None),
            ("handbook build -oC", None, None),
            ("handbook build -C", None, None),
        ] {
            let options = asked(arguments);
            assert_eq!((options.language, options.root), (language, root), "{arguments}");
        }
        assert!(asked("handbook init a").makes && !asked("handbook new a").makes);
    }
}
