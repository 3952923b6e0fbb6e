//! What the preview serves at a URL path: the same bytes as a build, and in HTML two more
//! tags, which load the preview's own style sheet and script. Timelines have a form besides, which
//! asks for comparisons that a build does not have.

use super::diagnostics;
use super::view::Snapshot;
use crate::diagnostic::Diagnostic;
use crate::locale::{Language, Message};
use crate::message;
use crate::site::Output;
use std::sync::{Arc, OnceLock};
use xxhash_rust::xxh3::xxh3_64;

/// The script of the preview.
pub(super) fn script() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let files = [
            ("live.js", include_str!("live/live.js")),
            ("bar.js", include_str!("live/bar.js")),
            ("morph.js", include_str!("live/morph.js")),
        ];
        crate::theme::script("live.js", &files)
    })
}

/// The style sheet of the preview.
pub(super) const STYLE: &str = include_str!("live/live.css");

/// The URL path of the page of all findings.
pub(super) const FINDINGS: &str = "-/findings";

/// What is served at a URL path.
#[derive(Debug, Clone)]
pub(super) enum Page {
    /// A page, with the preview's tags in it.
    Html {
        /// 200, 404 or 500.
        status: u16,
        /// What a browser gets.
        bytes: Vec<u8>,
        /// Fingerprint of the page without the tags.
        hash: String,
    },
    /// Anything else that is held in memory.
    Bytes(Vec<u8>),
    /// A file of the content folder.
    File(Arc<str>),
    /// A folder without the final `/`.
    Folder,
}

/// Makes what is served at a URL path.
pub(super) fn render_page(shown: &Snapshot, address: &str) -> Page {
    if address == FINDINGS && !shown.hides_diagnostics {
        return html(200, diagnostics::page(shown).into_bytes());
    }
    let site = &shown.site;
    if let Some(rendered) = site.render_choices(address) {
        return made(shown, rendered);
    }
    match site.render(address) {
        Some(Ok(Output::Bytes(bytes))) if address.ends_with(".html") => html(200, bytes),
        Some(Ok(Output::Bytes(bytes))) => Page::Bytes(bytes),
        Some(Ok(Output::File(name))) => Page::File(name),
        Some(Err(diagnostic)) => html(500, theme_error_page(&diagnostic, shown.language()).into_bytes()),
        None if site.handbook.routes.pages.contains_key(&*format!("{address}/index.html")) => Page::Folder,
        // A build has those of neighbouring editions; here any two can be compared.
        None => match site.render_redline(address) {
            Some(rendered) => made(shown, rendered),
            None => not_found_page(shown),
        },
    }
}

fn made(shown: &Snapshot, rendered: Result<Vec<u8>, Diagnostic>) -> Page {
    match rendered {
        Ok(bytes) => html(200, bytes),
        Err(diagnostic) => html(500, theme_error_page(&diagnostic, shown.language()).into_bytes()),
    }
}

/// The page for a URL path that does not exist.
pub(super) fn not_found_page(shown: &Snapshot) -> Page {
    html(
        404,
        shown
            .site
            .not_found("/")
            .unwrap_or_else(|diagnostic| theme_error_page(&diagnostic, shown.language()).into_bytes()),
    )
}

/// A fingerprint of the preview's own script and style sheet, so that a page of an older version of
/// the program reloads.
pub(super) fn client() -> &'static str {
    static CLIENT: OnceLock<String> = OnceLock::new();
    CLIENT.get_or_init(|| format!("{:016x}", xxh3_64(format!("{}{STYLE}", script()).as_bytes())))
}

/// Adds the preview's tags to a page. They come first, so that the script runs before those of the
/// theme and sees the page as it was sent.
fn html(status: u16, mut bytes: Vec<u8>) -> Page {
    let hash = format!("{:016x}", xxh3_64(&bytes));
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"/-/live.css\" data-live><script defer src=\"/-/live.js\" data-live \
         data-client=\"{}\" data-page=\"{hash}\"></script>",
        client()
    );
    let head = b"<head>";
    let at = memchr::memmem::find(&bytes, head).map_or(bytes.len(), |at| at + head.len());
    bytes.splice(at..at, tags.bytes());
    Page::Html { status, bytes, hash }
}

/// A theme error as a page: the theme cannot show it itself.
fn theme_error_page(diagnostic: &Diagnostic, language: Language) -> String {
    let text = |message: &Message| diagnostics::escape(&language.text(message));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body><main><h1>{}</h1><p>{}</p><p>{}</p></main></body>\n</html>\n",
        language.tag(),
        text(&message!("preview-theme-failed")),
        text(&diagnostic.message),
        diagnostics::escape(diagnostic.path.as_deref().unwrap_or("")),
        diagnostic.help.as_ref().map(text).unwrap_or_default()
    )
}
