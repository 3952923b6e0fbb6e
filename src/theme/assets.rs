//! Assets: published under a name that holds a hash of what they are, so that
//! browsers may keep them for ever; `url(...)` in a style sheet follows.

use super::bundles::{Raw, bundle};
use super::{ThemeFile, embedded_below};
use crate::diagnostic::Diagnostic;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// The assets of a theme.
#[derive(Debug, Default)]
pub(super) struct Assets {
    /// Plain name to published address.
    pub(super) urls: BTreeMap<String, String>,
    /// Published address to bytes.
    pub(super) files: BTreeMap<String, Arc<[u8]>>,
}

/// The state of one run: raw bytes in, published names out.
struct Publisher<'a> {
    raw: Raw<'a>,
    /// Style sheets being published, to notice a circle of `@import`.
    open: Vec<String>,
    made: Assets,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// Publishes all assets, the project's over the embedded ones.
pub(super) fn load(files: &[&ThemeFile], diagnostics: &mut Vec<Diagnostic>) -> Assets {
    let embedded = embedded_below("assets");
    let mut raw = Raw::new();
    for (name, bytes) in &embedded {
        raw.insert(name.as_str(), (Cow::Borrowed(*bytes), None));
    }
    for file in files {
        if let Some(name) = file.name.strip_prefix("assets/") {
            // A copy of ours is ours.
            let copy = raw.get(name).is_some_and(|(bytes, _)| **bytes == *file.bytes);
            raw.insert(name, (Cow::Borrowed(&*file.bytes), (!copy).then_some(*file)));
        }
    }
    bundle(&mut raw, diagnostics);
    let names: Vec<&str> = raw.keys().copied().collect();
    let mut publisher = Publisher { raw, open: Vec::new(), made: Assets::default(), diagnostics };
    for name in names {
        publisher.publish(name);
    }
    publisher.made
}

impl Publisher<'_> {
    /// The published address of an asset, published now if it was not yet.
    fn publish(&mut self, name: &str) -> Option<String> {
        if let Some(url) = self.made.urls.get(name) {
            return Some(url.clone());
        }
        let (bytes, file) = self.raw.get(name)?.clone();
        if self.open.iter().any(|open| open == name) {
            if let Some(file) = file {
                let finding = Diagnostic::new("theme", format!("`{name}` imports itself"));
                self.diagnostics.push(finding.at(&file.path, None));
            }
            return None;
        }
        let is_style = name.rsplit_once('.').is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("css"));
        let bytes: Cow<'_, [u8]> = match std::str::from_utf8(&bytes) {
            Ok(text) if is_style => {
                self.open.push(name.to_owned());
                let text = self.resolve(name, text);
                self.open.pop();
                Cow::Owned(text.into_bytes())
            }
            _ => bytes,
        };
        let url = format!("assets/{}", hashed(name, &bytes));
        self.made.files.insert(url.clone(), Arc::from(bytes));
        self.made.urls.insert(name.to_owned(), url.clone());
        Some(url)
    }

    /// A style sheet with each `url(...)` that names another asset pointed at
    /// its published name; everything else stays as it is.
    fn resolve(&mut self, name: &str, text: &str) -> String {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
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
            match join(folder, path).and_then(|path| self.publish(&path)) {
                Some(url) => {
                    let up = "../".repeat(name.matches('/').count());
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

/// `a/../b.svg` below a folder, as a name below the assets; `None` for what
/// leaves them or is no relative path.
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

/// `a/b.css` with eight hex digits of its content's hash before the ending.
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
