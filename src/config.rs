//! `handbook.yaml`: what the whole handbook is called, speaks and checks.

pub mod audience;
mod checks;
mod editions;
mod folder;
mod web;

pub use checks::Checks;
pub use editions::{Editions, EditionsFrom};
pub use folder::Scope;
pub use web::{BadAddress, parse_base_url, parse_endpoint};

use crate::diagnostic::{Checked, Diagnostic, Level};
use crate::id::{ExternalId, IdVec};
use crate::locale::Message;
use crate::message;
use crate::rule;
use crate::yaml::{Document, Reader};
use audience::Audiences;
use std::sync::Arc;

/// What authors' raw HTML may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RawHtml {
    /// Whatever could run a script or leave the page's style is removed.
    #[default]
    Sanitize,
    /// Passed on as written.
    Trust,
}

/// A law or other document outside the handbook that 《》 may name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ExternalReference {
    /// Title as it stands between 《 and 》.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// A word about it.
    pub note: Option<String>,
}

/// The settings of a handbook.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Config {
    /// Title of the handbook; empty where none is set.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// BCP 47 tag; `None` where not set, so that it can be told from the text.
    pub language: Option<String>,
    /// Absolute address of the published site, with `/` at its end.
    pub base_url: Option<String>,
    /// Folder below `themes/` whose files shadow the default theme's.
    pub theme: String,
    /// What raw HTML may do.
    pub raw_html: RawHtml,
    /// Levels of rules that are not at their defaults.
    pub checks: Checks,
    /// Documents outside the handbook.
    pub external_references: IdVec<ExternalId, ExternalReference>,
    /// Groups of readers.
    pub audiences: Audiences,
    /// Kinds of documents besides those that every handbook knows: the word that chapters
    /// have, and what readers see.
    pub kinds: Vec<(String, String)>,
    /// Where the editions of chapters come from.
    pub editions: Editions,
    /// Chapters whose control data must be whole once they are in force.
    pub controlled: Scope,
    /// Chapters that touch staff, whose making the law prescribes steps for.
    pub procedure: Scope,
    /// Whether handbook.yaml could not be read, so that nobody knows which audiences
    /// there are.
    pub is_lost: bool,
    /// Where `publish` puts the site, unless told otherwise.
    pub publish: Publish,
}

/// Where the site is published.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Publish {
    /// A folder, from the handbook's folder, or `s3://bucket/prefix`.
    pub target: Option<String>,
    /// Address of a store that speaks the protocol of S3.
    pub endpoint: Option<String>,
    /// The audience that the site is for, by key or name, as it is written.
    pub audience: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            language: None,
            base_url: None,
            theme: "default".to_owned(),
            raw_html: RawHtml::Sanitize,
            checks: Checks::default(),
            external_references: IdVec::new(),
            audiences: Audiences::default(),
            kinds: Vec::new(),
            editions: Editions::default(),
            controlled: Scope::default(),
            procedure: Scope::default(),
            is_lost: false,
            publish: Publish::default(),
        }
    }
}

const KEYS: &[&str] = &[
    "title",
    "description",
    "language",
    "base_url",
    "theme",
    "markdown",
    "checks",
    "external_references",
    "audiences",
    "kinds",
    "editions",
    "controlled",
    "procedure",
    "publish",
    "extra",
];

/// What authors write for them in Chinese.
const WORDS: &[(&str, &str)] = &[
    ("标题", "title"),
    ("手册名称", "title"),
    ("名称", "title"),
    ("简介", "description"),
    ("说明", "description"),
    ("语言", "language"),
    ("网址", "base_url"),
    ("地址", "base_url"),
    ("检查", "checks"),
    ("知悉范围", "audiences"),
    ("读者", "audiences"),
    ("文种", "kinds"),
    ("发布", "publish"),
];

/// The tag of a language that is named in words: pages and browsers know it by nothing else.
fn language_tag(written: String) -> String {
    let tag = match written.trim().to_lowercase().as_str() {
        "中文" | "简体中文" | "简体" | "汉语" | "chinese" => "zh-CN",
        "繁体中文" | "繁體中文" | "繁体" | "繁體" => "zh-Hant",
        "英文" | "英语" | "英語" | "english" => "en",
        _ => return written,
    };
    tag.to_owned()
}

impl Config {
    /// Reads the settings; what is wrong is left at its default.
    #[must_use]
    pub fn parse(document: &Document) -> Checked<Self> {
        let mut config = Self::default();
        let mapping = match document.parse(&crate::rule::YAML) {
            Ok(mapping) => mapping,
            Err(diagnostic) => {
                config.is_lost = true;
                return Checked::new(config, vec![*diagnostic]);
            }
        };
        let mut reader = Reader::new(document, &mapping, Vec::new());
        reader.diagnostics.extend(document.cut_values());
        reader.unknown_keys_or(KEYS, WORDS);
        config.title = reader.string("title").unwrap_or_default();
        config.description = reader.string("description").unwrap_or_default();
        config.language = reader.string("language").map(language_tag);
        config.base_url = read_base_url(&mut reader);
        config.read_theme(&mut reader);
        config.read_markdown(&mut reader);
        config.checks = Checks::read(&mut reader);
        config.audiences = Audiences::read(&mut reader);
        config.kinds = read_kinds(&mut reader);
        config.editions = Editions::read(&mut reader);
        config.controlled = Scope::read(&mut reader, "controlled");
        config.procedure = Scope::read(&mut reader, "procedure");
        config.read_publish(&mut reader);
        for mut entry in reader.mappings("external_references") {
            entry.unknown_keys(&["title", "url", "note"]);
            let (title, url, note) = (entry.string("title"), entry.string("url"), entry.string("note"));
            match title {
                Some(title) => _ = config.external_references.push(ExternalReference { title, url, note }),
                None => {
                    let base = entry.base().to_vec();
                    let message = message!("invalid-value-external-reference");
                    entry.report(&base, Diagnostic::new(&rule::INVALID_VALUE, message));
                }
            }
            reader.absorb(&mut entry);
        }
        Checked::new(config, reader.diagnostics)
    }

    fn read_theme(&mut self, reader: &mut Reader<'_>) {
        let Some(theme) = reader.string("theme") else { return };
        if theme.contains(['/', '\\']) || theme.starts_with('.') {
            let steps = reader.steps("theme");
            let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-theme"));
            reader.report(&steps, diagnostic);
        } else {
            self.theme = theme;
        }
    }

    fn read_markdown(&mut self, reader: &mut Reader<'_>) {
        let Some(mut markdown) = reader.mapping("markdown") else { return };
        markdown.unknown_keys(&["raw_html"]);
        let choices = [("sanitize", "", RawHtml::Sanitize), ("trust", "", RawHtml::Trust)];
        self.raw_html = markdown.choice("raw_html", &choices).unwrap_or_default();
        reader.absorb(&mut markdown);
    }

    fn read_publish(&mut self, reader: &mut Reader<'_>) {
        let Some(mut publish) = reader.mapping("publish") else { return };
        publish.unknown_keys(&["target", "endpoint", "audience"]);
        let elsewhere = || message!("invalid-value-credentials-environment.help");
        if let Some(written) = publish.string("target") {
            let host = written.split_once("://").and_then(|(_, rest)| rest.split('/').next());
            if host.is_some_and(|host| host.contains('@')) {
                publish.diagnostics.push(holds_credentials("target", publish.path(), elsewhere()));
            } else {
                self.publish.target = Some(written);
            }
        }
        if let Some(written) = publish.string("endpoint") {
            match parse_endpoint(&written) {
                Err(BadAddress::Credentials) => {
                    publish.diagnostics.push(holds_credentials("endpoint", publish.path(), elsewhere()));
                }
                Err(BadAddress::Malformed) => {
                    let steps = publish.steps("endpoint");
                    let message = message!("invalid-value-endpoint", written = &written);
                    let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message);
                    publish.report(&steps, diagnostic.help(message!("invalid-value-endpoint.help")));
                }
                Ok(_) => {}
            }
            // A wrong one is kept, so that `publish` refuses it and does not go
            // to another place instead.
            self.publish.endpoint = Some(written);
        }
        if let Some(name) = publish.string("audience") {
            if self.audiences.find(&name).is_none() {
                let steps = publish.steps("audience");
                publish.report(&steps, self.audiences.unknown(&name));
            }
            // An unknown one is kept for the same reason.
            self.publish.audience = Some(name);
        }
        reader.absorb(&mut publish);
    }

    /// Whether there are chapters that not everyone may read, as far as handbook.yaml
    /// says it.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        !self.audiences.list.is_empty() && self.checks.level(&rule::RESTRICTED_CHAPTER) != Some(Level::Off)
    }

    /// What is wrong with the folders that it names: no file lies there. `names` are those of
    /// all files below the content folder.
    pub(crate) fn unknown_folders<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<Diagnostic> {
        let scopes = self.controlled.folders.iter().chain(&self.procedure.folders);
        let named: Vec<_> = self.checks.folders().chain(scopes).collect();
        folder::unknown(&named, names)
    }

    /// Gives a diagnostic the level that `checks:` sets; `None` where it is off.
    #[must_use]
    pub fn apply_severity(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        if let Some(level) = self.checks.level_in(diagnostic.rule, diagnostic.path.as_deref()) {
            diagnostic.level = level;
        }
        (diagnostic.level != Level::Off).then_some(diagnostic)
    }
}

/// `kinds:`, a list of words, or words with what readers see.
fn read_kinds(reader: &mut Reader<'_>) -> Vec<(String, String)> {
    if !reader.value("kinds").is_some_and(serde_yaml::Value::is_mapping) {
        let words = reader.strings("kinds").into_iter();
        return words.map(|word| (word.text.clone(), word.text)).collect();
    }
    let Some(mut kinds) = reader.mapping("kinds") else { return Vec::new() };
    let label = |kinds: &mut Reader<'_>, word: String| {
        let label = kinds.string(&word).unwrap_or_else(|| word.clone());
        (word, label)
    };
    let read = kinds.keys().into_iter().map(|word| label(&mut kinds, word)).collect();
    reader.absorb(&mut kinds);
    read
}

fn read_base_url(reader: &mut Reader<'_>) -> Option<String> {
    let written = reader.string("base_url")?;
    match parse_base_url(&written) {
        Ok(url) => Some(url),
        Err(BadAddress::Malformed) => {
            let steps = reader.steps("base_url");
            let message = message!("invalid-value-address", written = &written);
            let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message);
            reader.report(&steps, diagnostic.help(message!("invalid-value-address.help")));
            None
        }
        Err(BadAddress::Credentials) => {
            let help = message!("invalid-value-credentials-page.help");
            reader.diagnostics.push(holds_credentials("base_url", reader.path(), help));
            None
        }
    }
}

/// A diagnostic without a place, so that the line is not quoted with its password.
fn holds_credentials(key: &str, path: &Arc<str>, help: Message) -> Diagnostic {
    let message = message!("invalid-value-credentials", key = key);
    Diagnostic::new(&rule::INVALID_VALUE, message).help(help).at(path, None)
}
