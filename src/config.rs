//! `handbook.yaml`: what the whole handbook is called, speaks and checks.

pub mod audience;

use crate::diagnostic::{CODES, Checked, Diagnostic, FIXED, Level, nearest};
use crate::yaml::{Document, Reader};
use audience::Audiences;
use std::collections::BTreeMap;

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
    /// Level of each code that is not at its default.
    pub checks: BTreeMap<String, Level>,
    /// Documents outside the handbook.
    pub external_references: Vec<ExternalReference>,
    /// Groups of readers.
    pub audiences: Audiences,
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
            checks: BTreeMap::new(),
            external_references: Vec::new(),
            audiences: Audiences::default(),
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
    "publish",
    "extra",
];

impl Config {
    /// Reads the settings; what is wrong is left at its default.
    #[must_use]
    pub fn parse(document: &Document) -> Checked<Self> {
        let mut config = Self::default();
        let mapping = match document.parse("yaml") {
            Ok(mapping) => mapping,
            Err(found) => return Checked::new(config, vec![*found]),
        };
        let mut reader = Reader::new(document, &mapping, Vec::new());
        reader.unknown_keys(KEYS);
        config.title = reader.string("title").unwrap_or_default();
        config.description = reader.string("description").unwrap_or_default();
        config.language = reader.string("language");
        config.base_url = read_base_url(&mut reader);
        config.read_theme(&mut reader);
        config.read_markdown(&mut reader);
        config.read_checks(&mut reader);
        config.audiences = Audiences::read(&mut reader);
        config.read_publish(&mut reader);
        for mut entry in reader.mappings("external_references") {
            entry.unknown_keys(&["title", "url", "note"]);
            let (title, url, note) = (entry.string("title"), entry.string("url"), entry.string("note"));
            match title {
                Some(title) => config.external_references.push(ExternalReference { title, url, note }),
                None => {
                    let base = entry.base().to_vec();
                    entry.report(
                        &base,
                        Diagnostic::new("invalid-value", "an external reference needs a `title`"),
                    );
                }
            }
            reader.diagnostics.append(&mut entry.diagnostics);
        }
        Checked::new(config, reader.diagnostics)
    }

    fn read_theme(&mut self, reader: &mut Reader<'_>) {
        let Some(theme) = reader.string("theme") else { return };
        if theme.contains(['/', '\\']) || theme.starts_with('.') {
            let steps = reader.steps("theme");
            let found = Diagnostic::new("invalid-value", "`theme` is the name of a folder below `themes/`");
            reader.report(&steps, found);
        } else {
            self.theme = theme;
        }
    }

    fn read_markdown(&mut self, reader: &mut Reader<'_>) {
        let Some(mut markdown) = reader.mapping("markdown") else { return };
        markdown.unknown_keys(&["raw_html"]);
        let choices = [("sanitize", "", RawHtml::Sanitize), ("trust", "", RawHtml::Trust)];
        self.raw_html = markdown.choice("raw_html", &choices).unwrap_or_default();
        reader.diagnostics.append(&mut markdown.diagnostics);
    }

    fn read_publish(&mut self, reader: &mut Reader<'_>) {
        let Some(mut publish) = reader.mapping("publish") else { return };
        publish.unknown_keys(&["target", "endpoint"]);
        for (key, place) in [("target", &mut self.publish.target), ("endpoint", &mut self.publish.endpoint)] {
            let Some(written) = publish.string(key) else { continue };
            let host = written.split_once("://").and_then(|(_, rest)| rest.split('/').next());
            if host.is_some_and(|host| host.contains('@')) {
                // Without a place, so that the line is not quoted with its password.
                let found =
                    Diagnostic::new("invalid-value", format!("`{key}` under `publish` holds credentials"))
                        .help("take them out, and give them in the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY");
                publish.diagnostics.push(found.at(publish.path(), None));
            } else {
                *place = Some(written);
            }
        }
        reader.diagnostics.append(&mut publish.diagnostics);
    }

    fn read_checks(&mut self, reader: &mut Reader<'_>) {
        let Some(mut checks) = reader.mapping("checks") else { return };
        let levels = [
            ("error", "", Level::Error),
            ("warning", "", Level::Warning),
            ("note", "", Level::Note),
            ("off", "", Level::Off),
            ("false", "", Level::Off),
        ];
        for code in checks.keys() {
            if !CODES.iter().any(|row| row.0 == code) {
                let found = Diagnostic::new("invalid-value", format!("no finding has the code `{code}`"))
                    .nearest(nearest(&code, CODES.iter().map(|row| row.0)));
                let steps = checks.steps(&code);
                checks.report(&steps, found);
            } else if let Some(level) = checks.choice(&code, &levels) {
                if FIXED.contains(&code.as_str()) && level != Level::Error {
                    let found = Diagnostic::new("invalid-value", format!("`{code}` is always an error"));
                    let steps = checks.steps(&code);
                    checks.report(
                        &steps,
                        found.help("it keeps a site from showing more, or less, than it should"),
                    );
                } else {
                    self.checks.insert(code, level);
                }
            }
        }
        reader.diagnostics.append(&mut checks.diagnostics);
    }

    /// Gives a finding the level that `checks:` sets; `None` where it is off.
    #[must_use]
    pub fn judge(&self, mut found: Diagnostic) -> Option<Diagnostic> {
        if let Some(level) = self.checks.get(found.code) {
            found.level = *level;
        }
        (found.level != Level::Off).then_some(found)
    }
}

fn read_base_url(reader: &mut Reader<'_>) -> Option<String> {
    let written = reader.string("base_url")?;
    match parse_base_url(&written) {
        Some(url) => Some(url),
        None => {
            let steps = reader.steps("base_url");
            let found = Diagnostic::new("invalid-value", format!("`{written}` is not the address of a site"))
                .help("write it with its scheme, e.g. https://intranet.example.com/handbook/");
            reader.report(&steps, found);
            None
        }
    }
}

/// An `http` or `https` address with a host, given back with `/` at its end.
#[must_use]
pub fn parse_base_url(written: &str) -> Option<String> {
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"))?;
    let clean = !rest.is_empty()
        && !rest.starts_with('/')
        && !written.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '#' | '?')
        });
    clean.then(|| format!("{}/", written.trim_end_matches('/')))
}
