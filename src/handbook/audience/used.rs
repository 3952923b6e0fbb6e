//! The attachments that some chapters link to or show.
//!
//! An attachment has no front matter and so no audience of its own; it goes where
//! a chapter that uses it goes.

use super::super::Handbook;
use super::super::link::Meaning;
use super::super::reference::Aim;
use super::super::registry::Place;
use crate::chapter::Chapter;
use crate::chapter::term::Origin;
use crate::markdown::{self, LinkRef, MarkdownOptions, Scan};
use std::collections::HashSet;
use std::sync::Arc;

impl Handbook {
    /// Names of the files that the `wanted` chapters use.
    pub(super) fn used_by(&self, wanted: &dyn Fn(&Chapter) -> bool) -> HashSet<Arc<str>> {
        let mut used = HashSet::new();
        for (at, chapter) in self.chapters.iter().enumerate().filter(|(_, chapter)| wanted(chapter)) {
            for aim in self.references.aims.get(at).into_iter().flat_map(|aims| aims.iter()) {
                if let Aim::Attachment(file) = aim {
                    used.insert(Arc::clone(&self.attachments[*file].name));
                }
            }
            let definitions = definitions(chapter);
            for scan in std::iter::once(&chapter.scan).chain(&definitions) {
                for link in addresses(scan) {
                    if let Meaning::Inside(Place::Attachment(file), _) =
                        self.resolve_link(chapter, &link).meaning
                    {
                        used.insert(Arc::clone(&self.attachments[file].name));
                    }
                }
            }
        }
        used
    }
}

/// The texts of definitions in a chapter's front matter, which its own scan does
/// not see.
pub(super) fn definitions(chapter: &Chapter) -> Vec<Scan> {
    let texts = chapter.terms.iter().filter_map(|term| match &term.origin {
        Origin::Front { markdown, .. } => Some(markdown),
        Origin::Heading { .. } => None,
    });
    texts.map(|text| markdown::scan(text, &MarkdownOptions::default())).collect()
}

/// Everything in a text that names a file: links, images, raw HTML.
fn addresses(scan: &Scan) -> impl Iterator<Item = LinkRef> + '_ {
    let shown = scan.images.iter().chain(&scan.files);
    let shown = shown.map(|image| LinkRef::new(image.dest.clone(), image.wiki, image.span.clone()));
    scan.links.iter().cloned().chain(shown)
}
