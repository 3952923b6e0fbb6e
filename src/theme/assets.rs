//! Assets. They are published under names that contain a hash of their content, so that browsers
//! may cache them forever; `url(...)` in style sheets is rewritten.
//!
//! Scripts have been bundled before (`bundles`). Style sheets are bundled here: one includes the
//! parts that it imports.

use super::bundles::{RawAssets, bundle_scripts};
use super::styles;
use super::{ThemeFile, embedded_below};
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// How deep imports may be nested.
pub(super) const MAX_DEPTH: usize = 64;

/// The assets of a theme.
#[derive(Debug, Default)]
pub(super) struct Assets {
    /// Plain name to published URL path.
    pub(super) urls: BTreeMap<String, String>,
    /// Published URL path to bytes.
    pub(super) files: BTreeMap<String, Arc<[u8]>>,
}

/// Publishes raw assets.
struct Publisher<'a> {
    raw: RawAssets<'a>,
    /// Style sheets that are being published, to detect a cycle of `@import`.
    open: Vec<String>,
    published: Assets,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// A style sheet that is being published, and the parts that it includes so far.
struct StyleSheet<'a> {
    name: &'a str,
    included: BTreeSet<String>,
}

/// Publishes all assets, the project's over the embedded ones.
pub(super) fn load(files: &[&ThemeFile], diagnostics: &mut Vec<Diagnostic>) -> Assets {
    let embedded = embedded_below("assets");
    let mut raw = RawAssets::new();
    for (name, bytes) in &embedded {
        raw.insert(name.as_str(), (Cow::Borrowed(*bytes), None));
    }
    for file in files {
        if let Some(name) = file.name.strip_prefix("assets/") {
            // A copy of an embedded file is treated as the embedded file.
            let copy = raw.get(name).is_some_and(|(bytes, _)| **bytes == *file.bytes);
            raw.insert(name, (Cow::Borrowed(&*file.bytes), (!copy).then_some(*file)));
        }
    }
    bundle_scripts(&mut raw, diagnostics);
    let parts = styles::parts(&raw, &embedded);
    let names: Vec<&str> = raw.keys().copied().filter(|name| !parts.contains(*name)).collect();
    let mut publisher = Publisher { raw, open: Vec::new(), published: Assets::default(), diagnostics };
    for name in names {
        publisher.publish(name);
    }
    publisher.published
}

impl Publisher<'_> {
    /// Publishes an asset unless it already is, and returns its URL path.
    fn publish(&mut self, name: &str) -> Option<String> {
        if let Some(url) = self.published.urls.get(name) {
            return Some(url.clone());
        }
        let bytes: Cow<'_, [u8]> = match styles::is_style(name) {
            true => Cow::Owned(self.style(name, &mut StyleSheet { name, included: BTreeSet::new() })?),
            false => self.raw.get(name)?.0.clone(),
        };
        let url = format!("assets/{}", hashed(name, &bytes));
        self.published.files.insert(url.clone(), Arc::from(bytes));
        self.published.urls.insert(name.to_owned(), url.clone());
        Some(url)
    }

    /// A style sheet as it is within `whole`, the one that is published: imports are replaced by
    /// the parts, and `url(...)` of an asset has its published name. `None` if there is no such
    /// style sheet or it imports itself.
    fn style(&mut self, name: &str, whole: &mut StyleSheet<'_>) -> Option<Vec<u8>> {
        let (bytes, file) = self.raw.get(name)?.clone();
        let circle = self.open.iter().any(|open| open == name);
        if circle || self.open.len() == MAX_DEPTH {
            if let Some(file) = file {
                let message = match circle {
                    true => message!("theme-import", name = name),
                    false => message!("theme-import-depth", name = name),
                };
                let diagnostic = Diagnostic::new(&rule::THEME, message);
                self.diagnostics.push(diagnostic.at(&file.path, None));
            }
            return None;
        }
        let Ok(text) = std::str::from_utf8(&bytes) else { return Some(bytes.into_owned()) };
        let text = if file.is_none() { Cow::Owned(styles::lean(text)) } else { Cow::Borrowed(text) };
        self.open.push(name.to_owned());
        let mut out = Vec::with_capacity(text.len());
        // Everything between two imports at once, since `url(...)` may span lines.
        let mut rest: &str = &text;
        while let Some((before, import, behind)) = styles::import(rest) {
            out.extend(self.resolve(name, whole.name, before).into_bytes());
            let statement = &rest[before.len()..rest.len() - behind.len()];
            rest = behind;
            let part = join(folder(name), import).filter(|part| self.raw.contains_key(part.as_str()));
            match part {
                // Each part once; more might grow exponentially.
                Some(part) if whole.included.insert(part.clone()) => {
                    out.extend(self.style(&part, whole).unwrap_or_default());
                }
                Some(_) => {}
                None => out.extend_from_slice(statement.as_bytes()),
            }
        }
        out.extend(self.resolve(name, whole.name, rest).into_bytes());
        self.open.pop();
        Some(out)
    }

    /// Rewrites each `url(...)` that names an asset to its published name.
    fn resolve(&mut self, name: &str, whole: &str, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("url(") {
            out.push_str(before);
            out.push_str("url(");
            let Some((inside, tail)) = after.split_once(')') else {
                rest = after;
                continue;
            };
            let target = inside.trim().trim_matches(['"', '\'']);
            let (path, suffix) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
            match join(folder(name), path).and_then(|path| self.publish(&path)) {
                Some(url) => {
                    let up = "../".repeat(whole.matches('/').count());
                    out.push('"');
                    out.push_str(&up);
                    out.push_str(url.trim_start_matches("assets/"));
                    out.push_str(suffix);
                    out.push('"');
                }
                None => out.push_str(inside),
            }
            out.push(')');
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Resolves a relative path such as `a/../b.svg` in a folder of the assets; `None` if it leaves
/// the assets or is not relative.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.starts_with('/') || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `a/b.css` with eight hex digits of the content's hash before the extension.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = format!("{:016x}", xxh3_64(bytes));
    let hash = &hash[..8];
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    match file.rsplit_once('.') {
        Some((stem, kind)) if !stem.is_empty() => format!("{folder}{slash}{stem}.{hash}.{kind}"),
        _ => format!("{folder}{slash}{file}.{hash}"),
    }
}
