//! Templates: the embedded ones, overridden by the project's as far as these compile. One that
//! does not compile gives a diagnostic at its line and is left out.

use super::{ThemeFile, embedded_below, filters};
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use crate::text::{LineIndex, Span};
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{ErrorKind, Tera};

/// The prefix of the embedded templates' names.
const EMBEDDED_PREFIX: &str = "default/";

/// Path and text of each of the project's templates, by template name.
pub(super) type Origins = BTreeMap<String, (Arc<str>, Arc<str>)>;

/// Loads all templates, and reports those that had to be left out.
pub(super) fn load(files: &[&ThemeFile], diagnostics: &mut Vec<Diagnostic>) -> (Tera, Origins) {
    let mut tera = embedded_templates();
    let mut origins = Origins::new();
    for file in files {
        let Some(name) = file.name.strip_prefix("templates/") else { continue };
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                origins.insert(name.to_owned(), (Arc::clone(&file.path), Arc::from(text)));
            }
            Err(_) => diagnostics.push(
                Diagnostic::new(&rule::THEME, message!("theme-template-encoding")).at(&file.path, None),
            ),
        }
    }
    let all = origins.iter().map(|(name, (_, text))| (name.as_str(), &**text));
    if tera.add_raw_templates(all).is_err() {
        add_what_compiles(&mut tera, &origins, diagnostics);
    }
    (tera, origins)
}

fn embedded_templates() -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    // These two fail only if the embedded theme is broken, which a test rules out. An empty Tera
    // would then report every template as missing.
    let _ = tera.set_fallback_prefixes([EMBEDDED_PREFIX]);
    let templates = embedded_below("templates");
    let named = templates.iter().filter_map(|(name, bytes)| {
        Some((format!("{EMBEDDED_PREFIX}{name}"), std::str::from_utf8(bytes).ok()?))
    });
    let added = tera.add_raw_templates(named);
    debug_assert!(added.is_ok(), "{}", added.err().map(|error| error.to_string()).unwrap_or_default());
    tera
}

/// Adds the templates that compile. They may need each other, so this is repeated until no further
/// one compiles; the rest are wrong.
fn add_what_compiles(tera: &mut Tera, origins: &Origins, diagnostics: &mut Vec<Diagnostic>) {
    let mut waiting: Vec<&String> = origins.keys().collect();
    loop {
        let before = waiting.len();
        let mut errors = Vec::new();
        waiting.retain(|name| {
            let text = &*origins[*name].1;
            match tera.add_raw_template(name, text) {
                Ok(()) => false,
                Err(error) => {
                    errors.push(diagnostic(name, &error, origins).help(message!("theme-template.help")));
                    true
                }
            }
        });
        if waiting.is_empty() || waiting.len() == before {
            diagnostics.append(&mut errors);
            return;
        }
    }
}

/// Makes a diagnostic of an error of Tera: in the project's file if the error is there, else in the
/// file of the template that was rendered.
pub(super) fn diagnostic(template: &str, error: &tera::Error, origins: &Origins) -> Diagnostic {
    let (message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            (report.message().to_owned(), Some((report.filename().to_owned(), range)))
        }
        kind => from_report(&kind.to_string(), origins),
    };
    // Tera's message is quoted in English: whoever writes templates can look it up in Tera's
    // manual.
    let named = |name: &str| {
        Diagnostic::new(&rule::THEME, message!("theme-template", name = name, reason = &message))
    };
    if let Some((name, span)) = &place
        && let Some((path, text)) = origins.get(name)
    {
        let start = crate::text::floor_boundary(text, span.start);
        let end = crate::text::floor_boundary(text, span.end).max(start);
        return named(name).at(path, start..end);
    }
    let at = place.map_or_else(|| template.to_owned(), |(name, _)| name);
    match origins.get(template) {
        Some((path, _)) => named(&at).at(path, None),
        None => named(&at),
    }
}

/// Parses errors that concern several templates, which Tera returns as a printed report only:
/// `error: MESSAGE` and `--> NAME:LINE:COLUMN` below it.
fn from_report(report: &str, origins: &Origins) -> (String, Option<(String, Span)>) {
    let first = report.lines().next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first).to_owned();
    let place = report.lines().find_map(|line| {
        let mut parts = line.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let name = parts.next()?.to_owned();
        let at = origins.get(&name).map_or(0, |(_, text)| LineIndex::new(text).offset(line, column));
        Some((name, at..at))
    });
    (message, place)
}
