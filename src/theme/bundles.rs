//! Scripts are written as modules and published as bundles. A bundle is a classic script with one
//! closure: browsers load no modules from `file://`, and each file costs a slow phone about ten
//! milliseconds, however small it is.
//!
//! A script that another one imports is a part. Every other one is published, with everything
//! that it imports. A project may override a part or a whole. A script that cannot be linked
//! gives a diagnostic, and the embedded one is used instead. Embedded scripts are shortened (`shorten`).

use super::module::{Import, Imported, Module, parse};
use super::shorten::shorten;
use super::{ThemeFile, embedded};
use crate::diagnostic::Diagnostic;
use crate::locale::Message;
use crate::message;
use crate::rule;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Assets before they are published, each with the project's file that it comes from.
pub(super) type RawAssets<'a> = BTreeMap<&'a str, (Cow<'a, [u8]>, Option<&'a ThemeFile>)>;

/// Why a script cannot be linked.
struct LinkError {
    /// The script that is wrong.
    name: String,
    span: Option<Span>,
    message: Message,
}

/// Replaces scripts by their bundles, and removes those that are only parts.
pub(super) fn bundle_scripts(raw: &mut RawAssets<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut parts: BTreeSet<String> = BTreeSet::new();
    for name in scripts(raw) {
        let imports = |text: Cow<'_, str>| parse(&text).map_or_else(|_| Vec::new(), |module| module.imports);
        let paths = |imports: Vec<Import>| imports.into_iter().filter_map(|import| join(name, &import.path));
        // What embedded scripts import is a part even if the project's versions do not import it;
        // embedded scripts that are published stay published, whatever the project imports.
        parts.extend(embedded_script(name).map(imports).into_iter().flat_map(paths));
        let theirs = text_of(raw, name).map(imports).into_iter().flat_map(paths);
        parts.extend(theirs.filter(|part| embedded_script(part).is_none()));
    }
    let mut bundles = BTreeMap::new();
    for name in scripts(raw).into_iter().filter(|name| !parts.contains(*name)) {
        loop {
            match link(name, &|part| source(raw, part)) {
                Ok(bundle) => {
                    bundles.insert(name, bundle);
                    break;
                }
                Err(fault) if !fall_back(raw, &fault, diagnostics) => break,
                Err(_) => {}
            }
        }
    }
    raw.retain(|name, _| !parts.contains(*name) || !is_script(name));
    for (name, bundle) in bundles {
        if let (Some(bundle), Some((bytes, _))) = (bundle, raw.get_mut(name)) {
            *bytes = Cow::Owned(bundle.into_bytes());
        }
    }
}

/// Reports what is wrong with a project's script and uses the embedded one instead. A script that
/// overrides none stays as it is: it may be a module that a page loads as such.
fn fall_back(raw: &mut RawAssets<'_>, fault: &LinkError, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let diagnostic = Diagnostic::new(
        &rule::THEME,
        message!("theme-script", name = &fault.name, reason = fault.message.clone()),
    );
    let ours = embedded(&format!("assets/{}", fault.name));
    let (Some((bytes, file)), Some(ours)) = (raw.get_mut(fault.name.as_str()), ours) else { return false };
    *bytes = Cow::Borrowed(ours);
    match file.take() {
        Some(file) => diagnostics.push(diagnostic.at(&file.path, fault.span.clone())),
        None => diagnostics.push(diagnostic),
    }
    diagnostics.last().is_some_and(|diagnostic| diagnostic.path.is_some())
}

/// A script, and whether it is embedded.
struct Source<'a> {
    text: Cow<'a, str>,
    ours: bool,
}

fn source<'a>(raw: &'a RawAssets<'_>, name: &str) -> Option<Source<'a>> {
    Some(Source { text: text_of(raw, name)?, ours: raw.get(name)?.1.is_none() })
}

/// Links a script and everything that it imports into one classic script; `None` if it stays as
/// it is, since it is the project's and not a module.
fn link<'a>(name: &str, source: &dyn Fn(&str) -> Option<Source<'a>>) -> Result<Option<String>, LinkError> {
    let mut linker = Linker { source, modules: BTreeMap::new(), open: Vec::new(), output: String::new() };
    linker.link_module(name, None)?;
    let module = &linker.modules[name];
    let is_plain = module.module.exports.is_empty() || embedded_script(name).is_none();
    if !module.ours && module.module.imports.is_empty() && is_plain {
        return Ok(None);
    }
    Ok(Some(format!("(function () {{\n\"use strict\";\n{}}})();\n", linker.output)))
}

/// A module that has been written.
struct Linked {
    module: Module,
    ours: bool,
}

struct Linker<'s, 'a> {
    source: &'s dyn Fn(&str) -> Option<Source<'a>>,
    modules: BTreeMap<String, Linked>,
    /// The chain of imports that leads to the current script.
    open: Vec<String>,
    output: String,
}

impl Linker<'_, '_> {
    /// Writes what a script imports and then the script; `by` imports it.
    fn link_module(&mut self, name: &str, by: Option<(&str, Span)>) -> Result<(), LinkError> {
        let blame = |name: &str, span: Option<Span>, message: Message| LinkError {
            name: name.to_owned(),
            span,
            message,
        };
        let Some(source) = (self.source)(name) else {
            let (by, span) = by.map_or((name, None), |(by, span)| (by, Some(span)));
            return Err(blame(by, span, message!("theme-script-lost", name = name)));
        };
        if self.open.len() == super::assets::MAX_DEPTH {
            return Err(blame(name, None, message!("theme-import-depth", name = name)));
        }
        let module =
            parse(&source.text).map_err(|span| blame(name, Some(span), message!("theme-script-form")))?;
        self.open.push(name.to_owned());
        let mut head = String::new();
        for import in &module.imports {
            let span = Some(import.span.clone());
            let Some(part) = join(name, &import.path) else {
                return Err(blame(name, span, message!("theme-script-outside", path = &import.path)));
            };
            if self.open.contains(&part) {
                return Err(blame(name, span, message!("theme-import-circle", name = &part)));
            }
            if !self.modules.contains_key(&part) {
                self.link_module(&part, Some((name, import.span.clone())))?;
            }
            if let Some(missing) = self.missing(&part, &import.taken) {
                // Whichever is not embedded is wrong.
                let (to_blame, span) =
                    if self.modules[&part].ours { (name, span) } else { (part.as_str(), None) };
                return Err(blame(
                    to_blame,
                    span,
                    message!("theme-script-export", name = &part, missing = missing),
                ));
            }
            let _ = writeln!(head, "const {} = {};", pattern(&import.taken), variable(&part));
        }
        self.open.pop();
        let ours = source.ours;
        let (is_part, body) = (!self.open.is_empty(), &module.body);
        let line = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
        let end = match is_part {
            true => format!("{line}return {{ {} }};\n", module.exports.join(", ")),
            false => String::new(),
        };
        let whole = format!("{head}{body}{end}");
        let whole = if ours { shorten(&whole) } else { whole };
        let _ = match is_part {
            true => write!(self.output, "const {} = (function () {{\n{whole}}})();\n", variable(name)),
            false => write!(self.output, "{whole}"),
        };
        self.modules.insert(name.to_owned(), Linked { module, ours });
        Ok(())
    }

    /// A name that is imported from a module that does not export it.
    fn missing<'t>(&self, part: &str, taken: &'t Imported) -> Option<&'t str> {
        let Imported::Names(names) = taken else { return None };
        let exports = &self.modules[part].module.exports;
        names.iter().map(|(theirs, _)| theirs.as_str()).find(|name| !exports.iter().any(|item| item == name))
    }
}

/// The left side of the declaration that replaces an import.
fn pattern(taken: &Imported) -> String {
    match taken {
        Imported::All(name) => name.clone(),
        Imported::Names(names) => {
            let item = |(theirs, ours): &(String, String)| match theirs == ours {
                true => ours.clone(),
                false => format!("{theirs}: {ours}"),
            };
            format!("{{ {} }}", names.iter().map(item).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The variable that holds a module's exports in a bundle.
fn variable(name: &str) -> String {
    let stem = name.strip_suffix(".js").unwrap_or(name);
    let letter = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    format!("${}", stem.chars().map(letter).collect::<String>())
}

/// Resolves `./b.js` in `a/c.js` to a name below the assets.
fn join(name: &str, path: &str) -> Option<String> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    path.starts_with('.').then(|| super::assets::join(folder, path)).flatten()
}

fn scripts<'a>(raw: &RawAssets<'a>) -> Vec<&'a str> {
    raw.keys().copied().filter(|name| is_script(name)).collect()
}

fn is_script(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("js"))
}

fn text_of<'a>(raw: &'a RawAssets<'_>, name: &str) -> Option<Cow<'a, str>> {
    raw.get(name).and_then(|(bytes, _)| std::str::from_utf8(bytes).ok()).map(Cow::Borrowed)
}

fn embedded_script(name: &str) -> Option<Cow<'static, str>> {
    let bytes = embedded(&format!("assets/{name}"))?;
    std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
}

#[cfg(feature = "serve")]
/// Links scripts that are embedded elsewhere into one classic script; empty if they cannot be
/// linked, which a test would notice.
pub(crate) fn script(entry: &str, files: &[(&str, &'static str)]) -> String {
    let source = |name: &str| {
        let (_, text) = files.iter().find(|(file, _)| *file == name)?;
        Some(Source { text: Cow::Borrowed(*text), ours: true })
    };
    link(entry, &source).ok().flatten().unwrap_or_default()
}

#[cfg(test)]
mod tests;
