//! Old and permanent addresses of chapters.

use super::super::{Handbook, link};
use super::{Page, Routes};
use crate::diagnostic::Diagnostic;
use std::collections::HashSet;

impl Routes {
    pub(super) fn enter_redirects(&mut self, handbook: &Handbook) {
        let attachments: HashSet<&str> = handbook.attachments.iter().map(|file| &*file.name).collect();
        for (at, chapter) in handbook.chapters.iter().enumerate() {
            if let Some(id) = &chapter.front.id {
                self.pages.entry(format!("id/{}.html", id.text).into()).or_insert(Page::Redirect(at));
            }
            for old in &chapter.front.redirect_from {
                let Some(address) = redirect_address(&old.text) else {
                    let found = Diagnostic::new(
                        "invalid-value",
                        format!("`{}` is not an address of this site", old.text),
                    )
                    .help("write a path from the site's root, e.g. /old/page.html");
                    self.diagnostics.push(chapter.front_finding(&old.steps, found));
                    continue;
                };
                let clash =
                    self.pages.contains_key(address.as_str()) || attachments.contains(address.as_str());
                if !clash {
                    self.pages.insert(address.into(), Page::Redirect(at));
                } else if self.pages.get(address.as_str()) != Some(&Page::Redirect(at))
                    && address != *chapter.url
                {
                    let found = Diagnostic::new(
                        "redirect-conflict",
                        format!("another page stands at `{}`", old.text),
                    )
                    .help("remove the line, or the other page");
                    self.diagnostics.push(chapter.front_finding(&old.steps, found));
                }
            }
        }
    }
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
