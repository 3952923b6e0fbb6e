//! Explicit links: from what an author wrote to what it means.
//!
//! One function serves the check (which reports) and the page (which needs the
//! address), so that the two cannot disagree.

mod loose;
mod memo;
mod mend;
mod scheme;
mod slip;
mod template;

pub(in crate::handbook) use loose::{LooseNames, loose_keys};
pub(in crate::handbook) use memo::{LinkMemo, LinkTargets};
pub(in crate::handbook) use mend::at_link;
pub(in crate::handbook) use scheme::spellings;
pub(in crate::handbook) use slip::half_written;

use super::Handbook;
use super::registry::PathTarget;
use crate::chapter::{Chapter, without_suffix};
use crate::diagnostic::{Diagnostic, Suggestion};
use crate::id::ChapterId;
use crate::markdown::{ClausePart, LinkRef, is_refused, parse_clause_part};
use crate::message;
use crate::rule;
use percent_encoding::percent_decode_str;
use scheme::Written;
use std::borrow::Cow;
use std::collections::BTreeSet;
use template::Meant;

/// What a destination means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Something outside the handbook; written as it is.
    External,
    /// A place of the handbook and an anchor in it, not encoded.
    Inside(PathTarget, String),
    /// One of the generated pages, by its address.
    Generated(String),
    /// An anchor in the same chapter.
    Here(String),
    /// A place of the handbook that the site's audience may not see.
    Withheld,
    /// Nothing.
    Broken,
}

/// A resolved link and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResolvedLink {
    /// What the destination means.
    pub target: LinkTarget,
    /// What is wrong, without a place.
    pub diagnostic: Option<Diagnostic>,
}

/// Whether a destination begins with a scheme or `//`.
#[must_use]
pub fn is_external(destination: &str) -> bool {
    if destination.starts_with("//") {
        return true;
    }
    let Some(colon) = destination.find(':') else { return false };
    let scheme = &destination[..colon];
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// The path of an address, without slashes at its ends.
fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').map_or("", |(_, path)| path.trim_matches('/'))
}

/// Joins a relative path to a folder; `None` where it leads above the top.
#[must_use]
pub fn join(folder: &str, path: &str) -> Option<String> {
    // One string and no list: a link of another tool's is joined to many folders.
    let mut joined = String::with_capacity(folder.len() + path.len() + 1);
    let push = |joined: &mut String, part: &str| {
        if !joined.is_empty() {
            joined.push('/');
        }
        joined.push_str(part);
    };
    if !path.starts_with('/') {
        folder.split('/').filter(|part| !part.is_empty()).for_each(|part| push(&mut joined, part));
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => push(&mut joined, part),
        }
    }
    Some(joined)
}

/// The path from a folder to a file or folder; both below `content/`.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = to.split('/').collect();
    let most = from.len().min(parts.len() - 1);
    let shared = from.iter().zip(&parts).take(most).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(from.len() - shared);
    path.push_str(&parts[shared..].join("/"));
    if path.is_empty() { "./".to_owned() } else { path }
}

impl Handbook {
    /// What `destination` means in `chapter`.
    #[must_use]
    pub fn resolve(&self, chapter: &Chapter, destination: &str) -> ResolvedLink {
        self.registry.count_link();
        match template::meaning(destination.trim()) {
            Meant::Path(path) => self.resolve_path(chapter, &path),
            // By path as from here, else the one file that has the name.
            Meant::Name(name) => {
                let resolved = self.resolve_path(chapter, &name);
                let is_dead = resolved.target == LinkTarget::Broken;
                if is_dead { self.resolve_wiki(chapter, &name) } else { resolved }
            }
        }
    }

    fn resolve_path(&self, chapter: &Chapter, destination: &str) -> ResolvedLink {
        if is_external(destination) {
            if self.withheld.leads(&chapter.url, destination) {
                return ResolvedLink { target: LinkTarget::Withheld, diagnostic: None };
            }
            let refused = is_refused(destination).then(|| refused(destination));
            let target = if refused.is_some() { LinkTarget::Broken } else { LinkTarget::External };
            return ResolvedLink { target, diagnostic: refused };
        }
        let (rest, fragment) = destination.split_once('#').unwrap_or((destination, ""));
        let path = rest.split('?').next().unwrap_or("");
        let fragment = decode(fragment);
        if path.is_empty() {
            let (anchor, diagnostic) = self.anchor(chapter, &fragment, destination);
            return ResolvedLink { target: LinkTarget::Here(anchor), diagnostic };
        }
        let (place, mut diagnostic) = match self.find(chapter, path) {
            Ok(place) => place,
            Err(_) if self.withheld.leads(&chapter.url, destination) => {
                return ResolvedLink { target: LinkTarget::Withheld, diagnostic: None };
            }
            Err(diagnostic) => {
                let diagnostic = Some(mend::with_tail(*diagnostic, &destination[path.len()..]));
                return ResolvedLink { target: LinkTarget::Broken, diagnostic };
            }
        };
        diagnostic = diagnostic.map(|wrong| mend::with_tail(wrong, &destination[path.len()..]));
        match place {
            PathMatch::Target(place) => {
                let mut anchor = fragment.into_owned();
                if let PathTarget::Chapter(at) = place
                    && !anchor.is_empty()
                {
                    let (right, wrong) = self.anchor(&self.chapters[at], &anchor, destination);
                    anchor = right;
                    diagnostic = diagnostic.or(wrong);
                }
                ResolvedLink { target: LinkTarget::Inside(place, anchor), diagnostic }
            }
            PathMatch::Generated(url) => ResolvedLink { target: LinkTarget::Generated(url), diagnostic },
            PathMatch::Withheld => ResolvedLink { target: LinkTarget::Withheld, diagnostic },
        }
    }

    /// What a link of a chapter means, however it is written.
    #[must_use]
    pub fn resolve_link(&self, chapter: &Chapter, link: &LinkRef) -> ResolvedLink {
        self.resolve_written(chapter, link.wiki, &link.dest)
    }

    /// What a destination means that is written as `[[…]]` or in another way.
    fn resolve_written(&self, chapter: &Chapter, wiki: bool, destination: &str) -> ResolvedLink {
        if wiki { self.resolve_wiki(chapter, destination) } else { self.resolve(chapter, destination) }
    }

    fn find(
        &self,
        chapter: &Chapter,
        path: &str,
    ) -> Result<(PathMatch, Option<Diagnostic>), Box<Diagnostic>> {
        let decoded = decode(path);
        let base = self.config.base_url.as_deref().map_or("", path_of);
        let written = Written { path: &decoded, raw: path, chapter, base };
        let joined = join(chapter.folder(), &decoded);
        if let Some(joined) = &joined
            && let Some(found) = self.find_own(joined, &written)
        {
            return Ok(found);
        }
        if let Some(place) = self.by_other_rules(&written) {
            return Ok((place, None));
        }
        match joined {
            Some(joined) if self.withheld.nearly_holds(&joined) => Ok((PathMatch::Withheld, None)),
            Some(joined) => Err(Box::new(self.broken(&written, &joined))),
            None => {
                let message = message!("broken-link-outside", link = &*decoded);
                let outside = Diagnostic::new(&rule::BROKEN_LINK, message);
                Err(Box::new(outside.help(message!("broken-link-outside.help"))))
            }
        }
    }

    /// What a path means by our own rules.
    fn find_own(&self, joined: &str, written: &Written<'_>) -> Option<(PathMatch, Option<Diagnostic>)> {
        if let Some(place) = self.spelled(joined) {
            return Some((PathMatch::Target(place), None));
        }
        let index = || format!("{joined}/index.html");
        let generated = || std::iter::once(joined.to_owned()).chain(std::iter::once_with(index));
        if let Some(page) = generated().find(|page| self.generated.contains(page)) {
            return Some((PathMatch::Generated(page), None));
        }
        if self.withheld.holds(joined) {
            return Some((PathMatch::Withheld, None));
        }
        let (place, right) = self.registry.find_folded(joined)?;
        let diagnostic =
            Diagnostic::new(&rule::CASE_MISMATCH, message!("case-mismatch", link = written.path));
        Some((PathMatch::Target(place), Some(mend::respelt(diagnostic, written, right))))
    }

    /// Every image of a chapter that is not there. `seen` gets the chapters whose
    /// anchors were looked at.
    pub(super) fn check_chapter_images(
        links: &LinkMemo<'_>,
        seen: &mut BTreeSet<ChapterId>,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let chapter = links.chapter();
        for image in chapter.document.images.iter().filter(|image| !image.wiki) {
            let resolved = links.resolve(false, &image.dest);
            if let LinkTarget::Inside(PathTarget::Chapter(at), _) = &resolved.target {
                seen.insert(*at);
            }
            let wrong = match (&resolved.target, resolved.diagnostic.clone()) {
                (_, Some(wrong)) if is_refused(image.dest.trim()) => Some(wrong),
                (LinkTarget::External | LinkTarget::Inside(PathTarget::Attachment(_), _), wrong) => wrong,
                (_, wrong) => Some(broken_image(&image.dest, wrong)),
            };
            diagnostics.extend(wrong.map(|wrong| at_link(chapter, wrong, &image.dest, &image.span)));
        }
        diagnostics
    }

    fn broken(&self, written: &Written<'_>, joined: &str) -> Diagnostic {
        if self.is_hidden(written) {
            return self.draft_diagnostic(message!("draft-target-link", link = written.path));
        }
        let diagnostic = Diagnostic::new(&rule::BROKEN_LINK, message!("broken-link", file = joined));
        match self.with_slip(diagnostic, written) {
            Ok(diagnostic) => diagnostic,
            Err(diagnostic) => self.propose(diagnostic.help(message!("broken-link.help")), written, joined),
        }
    }

    /// The anchor as the chapter writes it, and what is wrong if it has no such anchor.
    pub(super) fn anchor(
        &self,
        chapter: &Chapter,
        fragment: &str,
        destination: &str,
    ) -> (String, Option<Diagnostic>) {
        if fragment.is_empty() || fragment == "top" || chapter.has_anchor(fragment) {
            return (fragment.to_owned(), None);
        }
        let others = chapter.loose_anchors();
        if let Some(right) = others.folded(fragment) {
            let message = message!("case-mismatch-anchor", anchor = fragment);
            let (before, raw) = destination.split_once('#').unwrap_or((destination, ""));
            let suggested = format!("{before}#{}", mend::escaped_as(raw, right));
            let diagnostic = Diagnostic::new(&rule::CASE_MISMATCH, message)
                .help(message!("case-mismatch-anchor.help", right = right))
                .suggest(Suggestion::certain(suggested, Vec::new()));
            return (right.to_owned(), Some(diagnostic));
        }
        if let Some(right) = clause_place(chapter, fragment) {
            return (right, None);
        }
        if let Some(right) = others.other(fragment) {
            return (right.to_owned(), None);
        }
        let file = &chapter.source.name;
        let message = message!("broken-anchor", link = destination, file = file, anchor = fragment);
        let diagnostic = Diagnostic::new(&rule::BROKEN_ANCHOR, message).help(message!("broken-anchor.help"));
        (fragment.to_owned(), Some(diagnostic.nearest(chapter.near_anchors().nearest(fragment))))
    }
}

/// The finding for an image whose file is not there; `wrong` is what a link to it would
/// be told of.
pub(super) fn broken_image(dest: &str, wrong: Option<Diagnostic>) -> Diagnostic {
    let file = dest.split('#').next().unwrap_or("");
    let diagnostic = Diagnostic::new(&rule::BROKEN_IMAGE, message!("broken-image", file = file))
        .help(message!("broken-image.help"));
    let near = |wrong: &Diagnostic| Some((wrong.suggestion.clone()?, wrong.help.clone()));
    match wrong.as_ref().and_then(near) {
        Some((near, help)) => {
            let help = help.unwrap_or_else(|| message!("broken-image.help"));
            // A chapter is no picture.
            let is_picture = without_suffix(near.text.split('#').next().unwrap_or("")).is_none();
            let suggestion = if is_picture { near } else { Suggestion::guess(near.text) };
            diagnostic.help(help).suggest(suggestion)
        }
        _ => diagnostic,
    }
}

/// The anchor of a clause's place that is written as one cites it: 第15条第二款.
fn clause_place(chapter: &Chapter, fragment: &str) -> Option<String> {
    let (number, paragraph, item) = parse_clause_part(fragment)?;
    let document = &chapter.document;
    let Some(at) = document.clauses.iter().position(|clause| clause.number == number) else {
        let heading = document.headings.iter().find(|heading| heading.clause == Some(number))?;
        return (paragraph + item == 0).then(|| heading.anchor.clone());
    };
    let clause = &document.clauses[at];
    if item == 0 && paragraph <= 1 {
        return Some(clause.anchor.to_string());
    }
    let within = |place: &&ClausePart| paragraph == 0 || place.paragraph == paragraph;
    let mut places = document.parts_of(at).iter().filter(within);
    places.find(|place| place.item == item && place.sub == 0).map(|place| place.anchor(&clause.anchor))
}

/// What is told of an address that no page holds.
fn refused(destination: &str) -> Diagnostic {
    let scheme = destination.split(':').next().unwrap_or("").to_ascii_lowercase();
    if scheme.len() == 1 || scheme == "file" {
        return on_one_computer(destination);
    }
    Diagnostic::new(&rule::REFUSED_ADDRESS, message!("refused-address", scheme = scheme))
        .help(message!("refused-address.help"))
}

fn on_one_computer(path: &str) -> Diagnostic {
    Diagnostic::new(&rule::REFUSED_ADDRESS, message!("refused-address-disk", path = path))
        .help(message!("refused-address-disk.help"))
}

enum PathMatch {
    Target(PathTarget),
    Generated(String),
    Withheld,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("a", "/c/./d/").as_deref(), Some("c/d"));
        assert_eq!(join("a", "../../x"), None);
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert!(is_external("https://example.com") && is_external("mailto:a@b") && is_external("//host/x"));
        assert!(!is_external("附件:一.md") && !is_external("a/b.md"));
    }
}
