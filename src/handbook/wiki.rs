//! Wiki links: `[[title#heading]]` and `![[photo.png|200]]`.
//!
//! A name is an id, a title or an alias, else a path, else the name of a file that only
//! one chapter or attachment has, wherever it lies. Behind `#` stands an anchor or the
//! words of a heading, and behind another `#` those of one below it.

use super::Handbook;
use super::link::{LinkTarget, ResolvedLink, is_external};
use super::registry::PathTarget;
use super::title::title_key;
use crate::chapter::{Chapter, folder, is_index, without_suffix};
use crate::diagnostic::Diagnostic;
use crate::id::ChapterId;
use crate::markdown::{Heading, slug};
use crate::message;
use crate::rule;
use crate::text::fold;
use std::borrow::Cow;
use std::collections::HashMap;

/// Files of one name that are looked at: of more none is meant.
const MANY: usize = 100;

/// Files by their own names, as they are compared: chapters without their endings.
#[derive(Debug, Clone, Default)]
pub(super) struct FileNames {
    files: HashMap<String, Vec<(String, PathTarget)>>,
}

impl FileNames {
    pub(super) fn new(handbook: &Handbook) -> Self {
        let mut names = Self::default();
        for (id, chapter) in handbook.chapters.iter_enumerated() {
            names.add(stem(&chapter.source.name), PathTarget::Chapter(id));
        }
        for (id, file) in handbook.attachments.iter_enumerated() {
            names.add(&file.name, PathTarget::Attachment(id));
        }
        names
    }

    fn add(&mut self, path: &str, target: PathTarget) {
        let path = fold(path);
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let same = self.files.entry(name).or_default();
        if same.len() <= MANY {
            same.push((path, target));
        }
    }

    /// The only file of a name, or of a path that ends its own.
    fn find(&self, written: &str) -> Option<PathTarget> {
        let path = compared(written);
        let same = self.files.get(path.rsplit('/').next()?).filter(|same| same.len() <= MANY)?;
        let ends = |known: &str| {
            known.strip_suffix(&*path).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let mut found = same.iter().filter(|(known, _)| ends(known));
        let (_, target) = found.next()?;
        found.next().is_none().then_some(*target)
    }
}

/// A chapter's path without its ending; a folder's for its own page.
fn stem(name: &str) -> &str {
    if is_index(name) && name.contains('/') { folder(name) } else { without_suffix(name).unwrap_or(name) }
}

/// A path as it is compared.
fn compared(written: &str) -> String {
    let path = fold(&written.trim().replace('\\', "/"));
    let path = path.trim_start_matches("./").trim_start_matches('/');
    without_suffix(path).unwrap_or(path).to_owned()
}

/// The paths by which a wiki link may name a chapter, as they are compared.
pub(super) fn paths_of(name: &str) -> impl Iterator<Item = String> {
    let path = fold(stem(name));
    let starts: Vec<usize> =
        std::iter::once(0).chain(path.match_indices('/').map(|(slash, _)| slash + 1)).collect();
    starts.into_iter().map(move |start| path[start..].to_owned())
}

impl Handbook {
    /// What `[[destination]]` means.
    #[must_use]
    pub fn resolve_wiki(&self, chapter: &Chapter, destination: &str) -> ResolvedLink {
        let (name, fragment) = destination.split_once('#').unwrap_or((destination, ""));
        if name.trim().is_empty() {
            let (anchor, diagnostic) = self.heading(chapter, fragment, destination);
            return ResolvedLink { target: LinkTarget::Here(anchor), diagnostic };
        }
        if let Some(at) = self.titled(name) {
            return self.place_in(at, fragment, destination);
        }
        if self.titles.is_withheld(name) {
            return ResolvedLink { target: LinkTarget::Withheld, diagnostic: None };
        }
        if is_external(destination) {
            return self.resolve(chapter, destination);
        }
        let mut resolved = self.resolve(chapter, name);
        match resolved.target {
            // Whoever writes names rather than paths does not mean their case.
            LinkTarget::Inside(PathTarget::Chapter(at), _) => {
                return self.place_in(at, fragment, destination);
            }
            LinkTarget::Inside(place, _) => {
                let target = LinkTarget::Inside(place, fragment.to_owned());
                return ResolvedLink { target, diagnostic: None };
            }
            LinkTarget::Broken => {}
            _ => return resolved,
        }
        if self.hidden_titles.contains(&title_key(name)) {
            resolved.diagnostic = Some(self.draft_diagnostic(message!("draft-target", title = name)));
            return resolved;
        }
        match self.file_names().find(name) {
            Some(PathTarget::Chapter(at)) => return self.place_in(at, fragment, destination),
            Some(place) => {
                let target = LinkTarget::Inside(place, fragment.to_owned());
                return ResolvedLink { target, diagnostic: None };
            }
            None if self.withheld.names_file(&compared(name)) => {
                return ResolvedLink { target: LinkTarget::Withheld, diagnostic: None };
            }
            None => {}
        }
        let diagnostic = Diagnostic::new(&rule::BROKEN_LINK, message!("broken-link-name", name = name))
            .help(message!("broken-link-name.help"));
        let near = self.registry.near_title(&self.chapters, name);
        resolved.diagnostic = Some(diagnostic.nearest(near.as_deref()));
        resolved
    }

    fn file_names(&self) -> &FileNames {
        self.registry.file_names.get_or_init(|| FileNames::new(self))
    }

    fn place_in(&self, at: ChapterId, fragment: &str, destination: &str) -> ResolvedLink {
        let (anchor, diagnostic) = self.heading(&self.chapters[at], fragment, destination);
        ResolvedLink { target: LinkTarget::Inside(PathTarget::Chapter(at), anchor), diagnostic }
    }

    /// The anchor of what stands behind `#`, and what is wrong if there is none such.
    fn heading(&self, chapter: &Chapter, fragment: &str, destination: &str) -> (String, Option<Diagnostic>) {
        let fragment = fragment.trim();
        if !fragment.is_empty()
            && !chapter.has_anchor(fragment)
            && let Some(heading) = called(&chapter.document.headings, fragment)
        {
            return (heading.anchor.clone(), None);
        }
        self.anchor(chapter, fragment, destination)
    }
}

/// The heading of these words; of several with `#` between them the last, which stands
/// below the others.
fn called<'h>(headings: &'h [Heading], words: &str) -> Option<&'h Heading> {
    let mut rest = headings;
    let mut found = None;
    for words in words.split('#').filter(|words| !words.trim().is_empty()) {
        let at = position(rest, words)?;
        let heading = &rest[at];
        rest = &rest[at + 1..];
        let end = rest.iter().position(|below| below.level <= heading.level).unwrap_or(rest.len());
        rest = &rest[..end];
        found = Some(heading);
    }
    found
}

fn position(headings: &[Heading], words: &str) -> Option<usize> {
    let key = |text: &str| fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = key(words);
    // Signs that no link can hold are left out by those who write one.
    let bare = Cow::from(slug(words));
    headings
        .iter()
        .position(|heading| key(&heading.text) == wanted)
        .or_else(|| headings.iter().position(|heading| !bare.is_empty() && slug(&heading.text) == *bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_named_by_the_end_of_its_path() {
        assert_eq!(
            paths_of("hr/pay/Salary.md").collect::<Vec<_>>(),
            ["hr/pay/salary", "pay/salary", "salary"]
        );
        assert_eq!(paths_of("hr/index.md").collect::<Vec<_>>(), ["hr"]);
        assert_eq!(compared(" ./HR\\Salary.MD"), "hr/salary");
    }
}
