//! Old and permanent addresses of chapters.

use super::super::registry::prefix;
use super::super::{Handbook, link};
use super::disk::{Disk, Obstacle, too_long};
use super::{Page, Routes};
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::id::{ChapterId, PageNumber, SectionId};
use crate::locale::Message;
use crate::message;
use crate::rule;
use crate::yaml::Spanned;
use std::collections::HashSet;
use std::sync::Arc;

impl Routes {
    pub(super) fn insert_redirects(&mut self, handbook: &Handbook) {
        let mut disk = self.fill_disk(handbook);
        let attachments: HashSet<&str> = handbook.attachments.iter().map(|file| &*file.name).collect();
        // What leads from a folder to the chapter beside it gives way to what an author says.
        let beside = handbook.tree.sections.iter().filter_map(|section| {
            let address = format!("{}/index.html", section.path);
            let leads = self.pages.get(address.as_str()) == Some(&Page::Redirect(section.beside?));
            leads.then_some(address)
        });
        let mut beside: HashSet<String> = beside.collect();
        for (id, chapter) in handbook.chapters.iter_enumerated() {
            if let Some(own) = &chapter.front.id {
                let address: Arc<str> = format!("id/{}.html", own.text).into();
                // Of two chapters with one id, the second has been reported.
                let first = handbook.registry.document(&own.text) == Some(id);
                if first && !self.pages.contains_key(&address) {
                    self.insert_redirect(&mut disk, address, id, chapter, own);
                }
            }
            for old in &chapter.front.redirect_from {
                let Some(address) = redirect_address(&old.text) else {
                    let message = message!("invalid-value-redirect", address = &old.text);
                    let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message)
                        .help(message!("invalid-value-redirect.help"));
                    self.diagnostics.push(chapter.front_diagnostic(&old.steps, diagnostic));
                    continue;
                };
                if beside.remove(&address) && !attachments.contains(address.as_str()) {
                    self.pages.insert(address.into(), Page::Redirect(id));
                    continue;
                }
                let clash =
                    self.pages.contains_key(address.as_str()) || attachments.contains(address.as_str());
                if !clash {
                    self.insert_redirect(&mut disk, address.into(), id, chapter, old);
                } else if self.pages.get(address.as_str()) != Some(&Page::Redirect(id))
                    && address != *chapter.url
                {
                    let diagnostic = Diagnostic::new(
                        &rule::REDIRECT_CONFLICT,
                        message!("redirect-conflict", address = &old.text),
                    )
                    .help(message!("redirect-conflict.help"));
                    let diagnostic = self.with_holder(handbook, &address, diagnostic);
                    self.diagnostics.push(chapter.front_diagnostic(&old.steps, diagnostic));
                }
            }
        }
    }

    /// The diagnostic with the place of the file that has the address, where an
    /// author's has it.
    fn with_holder(&self, handbook: &Handbook, address: &str, diagnostic: Diagnostic) -> Diagnostic {
        let message = || message!("redirect-conflict-other", address = address);
        let index_of = |id: SectionId| handbook.tree.sections[id].index.map(|id| &handbook.chapters[id]);
        let chapter = match self.pages.get(address) {
            Some(Page::Chapter(id) | Page::Redirect(id)) => Some(&handbook.chapters[*id]),
            Some(Page::Section(id, PageNumber::FIRST)) => index_of(*id),
            Some(Page::Home) => index_of(SectionId::ROOT),
            Some(_) => None,
            None => {
                let path = format!("{}{address}", prefix(&handbook.chapters));
                return diagnostic.related(&path.into(), None, message());
            }
        };
        let Some(chapter) = chapter else { return diagnostic };
        let claims = |old: &&Spanned| redirect_address(&old.text).is_some_and(|old| old == address);
        let line = chapter.front.redirect_from.iter().find(claims);
        let place = line.and_then(|line| chapter.front_place(&line.steps));
        diagnostic.related(&chapter.source.path, place, message())
    }

    /// Inserts an address that is free, unless a disk could not hold it.
    fn insert_redirect(
        &mut self,
        disk: &mut Disk,
        address: Arc<str>,
        id: ChapterId,
        chapter: &Chapter,
        written: &Spanned,
    ) {
        let diagnostic = match impossible(disk, &address) {
            None => {
                disk.insert(&address);
                self.pages.insert(address, Page::Redirect(id));
                return;
            }
            Some(diagnostic) => diagnostic,
        };
        self.diagnostics.push(chapter.front_diagnostic(&written.steps, diagnostic));
    }
}

/// Why a page cannot stand at an old address, though none stands there.
fn impossible(disk: &Disk, address: &str) -> Option<Diagnostic> {
    if let Some(wrong) = too_long(address) {
        return Some(wrong);
    }
    let new = |message: Message| Diagnostic::new(&rule::REDIRECT_CONFLICT, message);
    if address.split('/').any(|part| part.starts_with('.')) {
        let diagnostic = new(message!("redirect-conflict-dot", address = address));
        return Some(diagnostic.help(message!("redirect-conflict-dot.help")));
    }
    let diagnostic = new(match disk.obstacle(address)? {
        Obstacle::Like(other) => message!("redirect-conflict-like", address = address, other = &other),
        Obstacle::FileAbove(file) => message!("redirect-conflict-file", address = address, other = &file),
        Obstacle::FolderThere(inside) => {
            message!("redirect-conflict-folder", address = address, other = &inside)
        }
    });
    Some(diagnostic.help(message!("redirect-conflict-disk.help")))
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
