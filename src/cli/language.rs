//! Which language the program speaks: that of `--lang`, else the handbook's, else
//! the locale's, else English.
//!
//! It must be known before the arguments are read, since what is wrong with them is
//! told in it. So two options are looked for here, ahead of clap.

use super::usage::Wrong;
use handbook::config::Config;
use handbook::disk::Project;
use handbook::handbook::title::guess_language;
use handbook::locale::{Language, Value};
use handbook::message;
use handbook::source::Sources;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The language for what is said before the handbook has been read.
pub(super) fn choose(arguments: &[OsString]) -> Language {
    let asked = Asked::of(arguments);
    asked
        .language
        .or_else(|| of_handbook(asked.root.as_deref().unwrap_or(Path::new(".")), asked.makes))
        .or_else(of_locale)
        .unwrap_or_default()
}

/// The value of `--lang`.
pub(super) fn parse(written: &str) -> Result<Language, Wrong> {
    let known: Value = Language::all().iter().map(|language| language.tag()).collect();
    Language::from_tag(written).ok_or_else(|| Wrong(message!("cli-unknown-language", known = known)))
}

/// What the arguments say of the language.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    language: Option<Language>,
    root: Option<PathBuf>,
    /// Whether a new handbook is to be made.
    makes: bool,
}

impl Asked {
    fn of(arguments: &[OsString]) -> Self {
        let mut asked = Self::default();
        let mut rest = arguments.iter().skip(1);
        while let Some(argument) = rest.next() {
            let text = argument.to_string_lossy();
            let (name, value) = match text.split_once('=') {
                Some((name, _)) if name.starts_with("--") => (name, behind(argument, name.len() + 1)),
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
                        let value = behind(argument, at).or_else(|| rest.next().cloned());
                        asked.root = value.map(PathBuf::from);
                    }
                }
            }
        }
        asked
    }
}

/// What stands behind so many bytes of an argument; `None` where nothing does.
fn behind(argument: &OsStr, length: usize) -> Option<OsString> {
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

/// What handbook.yaml says, else what the chapters look like. A new handbook is not in
/// the language of the Markdown that happens to lie where the command is given.
fn of_handbook(root: &Path, makes: bool) -> Option<Language> {
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
    Some(super::editions::config(&sources))
}

/// What the environment says, by the first variable that says anything.
fn of_locale() -> Option<Language> {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Language::from_tag(&["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_and_folder_are_found_wherever_they_stand() {
        let asked =
            |arguments: &str| Asked::of(&arguments.split(' ').map(OsString::from).collect::<Vec<_>>());
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
            let found = asked(arguments);
            assert_eq!((found.language, found.root), (language, root), "{arguments}");
        }
        assert!(asked("handbook init a").makes && !asked("handbook new a").makes);
    }
}
