//! The theme: templates, assets and the messages of the interface. They are embedded in the
//! binary; a project overrides them file by file.
//!
//! A [`Theme`] is a value made from bytes. It always exists: a project file that is wrong gives
//! a diagnostic, and the embedded file is used instead. So a mistake in a template never hides
//! other diagnostics.
//!
//! Embedded templates are registered below `default/`, and a name that the
//! project does not define falls back to that folder. So a project's
//! `chapter.html` can say `{% extends "default/chapter.html" %}` and change a
//! single block.

mod assets;
mod bundles;
mod filters;
mod locale;
mod module;
mod shorten;
mod styles;
mod templates;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Checked, Diagnostic};
#[cfg(feature = "serve")]
use crate::locale::Language;
use crate::page::{NavigationItem, SiteView};
use include_dir::{Dir, include_dir};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Tera};
use xxhash_rust::xxh3::xxh3_128;

#[cfg(feature = "serve")]
pub(crate) use bundles::script;
pub(crate) use filters::fill_placeholders;

/// The default theme but for its texts, which `locale` brings.
static EMBEDDED: [(&str, Dir<'static>); 2] = [
    ("assets", include_dir!("$CARGO_MANIFEST_DIR/themes/default/assets")),
    ("templates", include_dir!("$CARGO_MANIFEST_DIR/themes/default/templates")),
];

/// One file of a project's theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Path that messages show, e.g. `themes/acme/templates/chapter.html`.
    pub path: Arc<str>,
    /// Path below the theme's folder, with `/`, e.g. `templates/chapter.html`.
    pub name: String,
    /// What the file holds.
    pub bytes: Arc<[u8]>,
}

/// Templates, assets and messages, ready to render pages.
#[derive(Debug, Clone)]
pub(crate) struct Theme {
    tera: Tera,
    /// What is in Tera's global context: `t` and `site`.
    globals: Context,
    /// Where each of the project's templates came from, by template name.
    origins: Arc<templates::Origins>,
    messages: Arc<BTreeMap<String, String>>,
    assets: Arc<assets::Assets>,
    site_fingerprint: u128,
}

impl Theme {
    /// The embedded default theme, shadowed file by file by the project's.
    #[must_use]
    pub(crate) fn new(project_files: &[ThemeFile], language: &str) -> Checked<Self> {
        let mut files: Vec<&ThemeFile> = project_files.iter().collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let mut diagnostics = Vec::new();
        let labels = locale::load(&files, language, &mut diagnostics);
        let (mut tera, origins) = templates::load(&files, &mut diagnostics);
        tera.global_context().insert("t", &labels);
        tera.global_context().insert("site", &SiteView::default());
        let globals = tera.global_context().clone();
        let assets = assets::load(&files, &mut diagnostics);
        let theme = Self {
            tera,
            globals,
            origins: Arc::new(origins),
            messages: Arc::new(labels),
            assets: Arc::new(assets),
            site_fingerprint: 0,
        };
        Checked::new(theme, diagnostics)
    }

    /// The same theme for the pages of `site`. What all pages have in common is put into Tera's
    /// global context once, so that the context of a page is small.
    #[must_use]
    pub(crate) fn with_site(mut self, site: &SiteView) -> Self {
        self.globals.insert("site", site);
        *self.tera.global_context() = self.globals.clone();
        self.site_fingerprint = site_fingerprint(site);
        self
    }

    /// Whether [`Theme::with_site`] was last called with a site equal to this.
    #[must_use]
    pub(crate) fn is_for_site(&self, site: &SiteView) -> bool {
        self.site_fingerprint == site_fingerprint(site)
    }

    /// Published URL path and bytes of every asset, by URL path.
    pub(crate) fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.assets.files.iter().map(|(url, bytes)| (url.as_str(), &**bytes))
    }

    /// Published URL path of each asset by its plain name, e.g. `handbook.css`
    /// to `assets/handbook.1f2e3d4c.css`; what `site.assets` is made from.
    #[must_use]
    pub(crate) fn asset_urls(&self) -> &BTreeMap<String, String> {
        &self.assets.urls
    }

    /// A message of the interface; the key itself where no locale has it.
    #[must_use]
    pub(crate) fn translate<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages.get(key).map_or(key, String::as_str)
    }

    /// Whether the project has templates of its own.
    #[must_use]
    pub(crate) fn has_own_templates(&self) -> bool {
        !self.origins.is_empty()
    }

    /// All messages of the interface, by key.
    #[must_use]
    pub(crate) fn messages(&self) -> &BTreeMap<String, String> {
        &self.messages
    }

    /// A message with its placeholders filled: `translate_with("notice_approved",
    /// &[("date", "2025-01-01")])`; see [`fill_placeholders`].
    #[must_use]
    pub(crate) fn translate_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill_placeholders(self.translate(key), values)
    }

    /// Renders a page.
    ///
    /// # Errors
    /// A diagnostic of the rule `theme`, at the place in the project's template where rendering
    /// stopped.
    pub(crate) fn render<P: Serialize>(&self, template: &str, page: &P) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        Context::from_serialize(page)
            .and_then(|context| self.tera.render_to(template, &context, &mut bytes))
            .map_err(|error| self.diagnostic(template, &error))?;
        Ok(bytes)
    }

    /// Renders a branch of the sidebar, once for all pages that share it and the path to the root:
    /// it is the greater part of a page's cost. The result belongs in `Frame::navigation_html`.
    ///
    /// # Errors
    /// As [`Theme::render`].
    pub(crate) fn navigation(&self, root: &str, items: &[NavigationItem]) -> Result<String, Diagnostic> {
        #[derive(Serialize)]
        struct Branch<'a> {
            root: &'a str,
            url: &'a str,
            navigation: &'a [NavigationItem],
        }
        let html = self.render("parts/navigation.html", &Branch { root, url: "", navigation: items })?;
        Ok(String::from_utf8(html).unwrap_or_default())
    }

    /// The dialog of search, once for all pages with the same way to the root: there is nothing
    /// else of a page in it. `None` where the project has a template of its own, which may ask
    /// for more.
    #[must_use]
    pub(crate) fn search_dialog(&self, root: &str) -> Option<String> {
        #[derive(Serialize)]
        struct Dialog<'a> {
            root: &'a str,
        }
        let parts = ["parts/search.html", "icons/search.html", "icons/close.html"];
        if parts.iter().any(|part| self.origins.contains_key(*part)) {
            return None;
        }
        // What fails here fails in the page too, and is reported there.
        String::from_utf8(self.render("parts/search.html", &Dialog { root }).ok()?).ok()
    }

    fn diagnostic(&self, template: &str, error: &tera::Error) -> Diagnostic {
        templates::diagnostic(template, error, &self.origins)
    }
}

fn site_fingerprint(site: &SiteView) -> u128 {
    xxh3_128(&serde_json::to_vec(site).unwrap_or_default())
}

fn embedded_folder(name: &str) -> Option<&'static Dir<'static>> {
    EMBEDDED.iter().find(|(folder, _)| *folder == name).map(|(_, folder)| folder)
}

/// The embedded file of this name below the theme's folder.
fn embedded(name: &str) -> Option<&'static [u8]> {
    let (folder, name) = name.split_once('/')?;
    embedded_folder(folder)?.get_file(name).map(include_dir::File::contents)
}

/// All embedded files below `assets` or `templates`, with their names relative to it,
/// sorted.
fn embedded_below(folder: &str) -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    let mut open: Vec<&Dir<'static>> = embedded_folder(folder).into_iter().collect();
    while let Some(directory) = open.pop() {
        open.extend(directory.dirs());
        for file in directory.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            files.push((name, file.contents()));
        }
    }
    files.sort_unstable();
    files
}

/// The embedded messages of the interface in a language.
#[cfg(feature = "serve")]
#[must_use]
pub(crate) fn interface_messages(language: Language) -> BTreeMap<String, String> {
    locale::embedded(language)
}

/// A fingerprint of everything that [`Theme::new`] reads from a project.
#[must_use]
pub(crate) fn cache_key(files: &[ThemeFile], language: &str) -> u128 {
    let files = files.iter().map(|file| (&file.path, &file.name, &file.bytes));
    crate::fingerprint::fingerprint(&(files.collect::<Vec<_>>(), language))
}
