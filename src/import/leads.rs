//! Files of a book that are no chapters but only lead to one: `redirect_to` of Jekyll.

use super::Tool;
use super::address::address;
use super::book::Book;
use super::front::texts;
use super::page::Page;
use super::report::{Kind, Report};
use super::withheld;
use std::collections::BTreeMap;

/// Takes such files out of the chapters: their addresses become old ones of what they lead to.
pub(super) fn take(pages: &mut BTreeMap<String, Page>, book: &mut Book, report: &mut Report) {
    if book.tool != Tool::Jekyll {
        return;
    }
    pages.retain(|file, page| {
        let target = page.front.get("redirect_to").and_then(|to| texts(to).first().copied());
        let is_published =
            || !book.unpublished.contains_key(file) && !page.is_broken && !withheld::holds(file, &page.front);
        let is_empty = page.document.source().trim().is_empty();
        let Some(target) = target.filter(|_| is_empty && is_published()) else { return true };
        let own = book.hosts.iter().find_map(|host| target.strip_prefix(host.as_str()));
        let lead = (format!("/{}", address(book, file, page)), own.unwrap_or(target).to_owned());
        report.add(Kind::RenamedKey, file, None, "redirect_to → redirect_from");
        book.redirects.push(lead);
        book.ignored.push(file.clone());
        false
    });
}
