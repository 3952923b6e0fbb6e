//! Old and permanent addresses of chapters.

use super::super::{Handbook, link};
use super::disk::{Disk, Obstacle, SHORTEN, too_long};
use super::{Page, Routes};
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::rule;
use crate::yaml::Spanned;
use std::collections::HashSet;
use std::sync::Arc;

impl Routes {
    pub(super) fn enter_redirects(&mut self, handbook: &Handbook) {
        let mut disk = self.fill_disk(handbook);
        let attachments: HashSet<&str> = handbook.attachments.iter().map(|file| &*file.name).collect();
        for (at, chapter) in handbook.chapters.iter().enumerate() {
            if let Some(id) = &chapter.front.id {
                let address: Arc<str> = format!("id/{}.html", id.text).into();
                // Of two chapters with one id the second was told so.
                let first = handbook.registry.document(&id.text) == Some(at);
                if first && !self.pages.contains_key(&address) {
                    self.enter_redirect(&mut disk, address, at, chapter, id);
                }
            }
            for old in &chapter.front.redirect_from {
                let Some(address) = redirect_address(&old.text) else {
                    let found = Diagnostic::new(
                        &rule::INVALID_VALUE,
                        format!("`{}` is not an address of this site", old.text),
                    )
                    .help("write a path from the site's root, e.g. /old/page.html");
                    self.diagnostics.push(chapter.front_finding(&old.steps, found));
                    continue;
                };
                let clash =
                    self.pages.contains_key(address.as_str()) || attachments.contains(address.as_str());
                if !clash {
                    self.enter_redirect(&mut disk, address.into(), at, chapter, old);
                } else if self.pages.get(address.as_str()) != Some(&Page::Redirect(at))
                    && address != *chapter.url
                {
                    let found = Diagnostic::new(
                        &rule::REDIRECT_CONFLICT,
                        format!("another page stands at `{}`", old.text),
                    )
                    .help("remove the line, or the other page");
                    self.diagnostics.push(chapter.front_finding(&old.steps, found));
                }
            }
        }
    }

    /// Enters an address that is free, unless a disk could not hold it.
    fn enter_redirect(
        &mut self,
        disk: &mut Disk,
        address: Arc<str>,
        at: usize,
        chapter: &Chapter,
        written: &Spanned,
    ) {
        let found = match impossible(disk, &address) {
            None => {
                disk.enter(&address);
                self.pages.insert(address, Page::Redirect(at));
                return;
            }
            Some(found) => found,
        };
        self.diagnostics.push(chapter.front_finding(&written.steps, found));
    }
}

/// Why a page cannot stand at an old address, though none stands there.
fn impossible(disk: &Disk, address: &str) -> Option<Diagnostic> {
    if let Some(wrong) = too_long(address) {
        return Some(Diagnostic::new(&rule::LIMIT, format!("the address `{address}` {wrong}")).help(SHORTEN));
    }
    let (why, help) = if address.split('/').any(|part| part.starts_with('.')) {
        ("no server shows what begins with `.`".to_owned(), "remove the line, or write the dot otherwise")
    } else {
        let why = match disk.obstacle(address)? {
            Obstacle::Like(other) => format!("`{other}` differs from it in case or Unicode form only"),
            Obstacle::FileAbove(file) => format!("`{file}` is a file, and would have to be a folder"),
            Obstacle::FolderThere(inside) => format!("a folder must be there for `{inside}`"),
        };
        (why, "remove the line, or rename the other")
    };
    let message = format!("no page can lead here from `{address}`: {why}");
    Some(Diagnostic::new(&rule::REDIRECT_CONFLICT, message).help(help))
}

/// The file that answers at an old address: `/a/` and `/a` are `a/index.html`.
fn redirect_address(written: &str) -> Option<String> {
    let clean = link::join("", &format!("/{}", written.trim().trim_start_matches('/')))?;
    let bad = clean.is_empty()
        || written.contains("://")
        || clean.contains(|c: char| c.is_control() || matches!(c, '?' | '#' | '\\' | '\0'));
    if bad {
        return None;
    }
    let is_page = !written.ends_with('/') && [".html", ".htm"].iter().any(|end| clean.ends_with(end));
    Some(if is_page { clean } else { format!("{clean}/index.html") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_become_files() {
        assert_eq!(redirect_address("/san-francisco/").as_deref(), Some("san-francisco/index.html"));
        assert_eq!(redirect_address("old.html").as_deref(), Some("old.html"));
        assert_eq!(redirect_address("/../x"), None);
    }
}
