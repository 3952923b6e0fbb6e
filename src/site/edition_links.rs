//! The links of an edition that is not the chapter's text on the day of the build.
//!
//! Those that its author wrote lead where they do today. What running text mentions of the
//! chapter itself (第三条) means the edition's own clauses; of other chapters it means those
//! of today, as far as they have what is mentioned.

use super::Site;
use super::backlinks::{reference_anchor, reference_page};
use super::clause_history::ClauseHistory;
use super::links::{address, attribute, picture};
use crate::chapter::Chapter;
use crate::handbook::link::LinkTarget;
use crate::handbook::reference::{EditionReference, EditionReferences, ResolvedReference};
use crate::handbook::registry::PathTarget;
use crate::markdown::{AutoLink, AutoLinkKind, Embed, Image, PlaceList, Resolve, Target};
use crate::media::is_picture;
use crate::text::encode_path;

/// The links of an edition on its page.
pub(super) struct EditionLinks<'a> {
    site: &'a Site,
    chapter: &'a Chapter,
    root: String,
    history: Option<ClauseHistory<'a>>,
    references: EditionReferences,
}

impl<'a> EditionLinks<'a> {
    pub(super) fn new(
        site: &'a Site,
        chapter: &'a Chapter,
        page: &str,
        history: Option<ClauseHistory<'a>>,
    ) -> Self {
        let references = site.handbook.edition_references(chapter);
        Self { site, chapter, root: "../".repeat(page.matches('/').count()), history, references }
    }

    fn picture(&self, target: LinkTarget, destination: &str) -> Image {
        match target {
            LinkTarget::Inside(PathTarget::Attachment(id), _)
                if !self.site.handbook.kept_back.contains(&id) =>
            {
                picture(self.site, &self.root, id)
            }
            LinkTarget::External => Image::new(destination.to_owned(), None),
            _ => Image::default(),
        }
    }

    fn target(&self, target: LinkTarget) -> Target {
        attribute(self.site, &self.root, target, &|anchor| format!("#{}", encode_path(anchor)))
    }
}

impl Resolve for EditionLinks<'_> {
    fn link(&self, destination: &str) -> Target {
        self.target(self.site.handbook.resolve(self.chapter, destination).target)
    }

    fn wiki_link(&self, destination: &str) -> Target {
        self.target(self.site.handbook.resolve_wiki(self.chapter, destination).target)
    }

    fn image(&self, destination: &str) -> Image {
        if let Some(kept) = self.site.kept_picture(self.chapter, &self.root, destination, false) {
            return kept;
        }
        self.picture(self.site.handbook.resolve(self.chapter, destination).target, destination)
    }

    fn wiki_image(&self, destination: &str) -> Option<Image> {
        if let Some(kept) = self.site.kept_picture(self.chapter, &self.root, destination, true) {
            return Some(kept);
        }
        let handbook = &self.site.handbook;
        let target = handbook.resolve_wiki(self.chapter, destination).target;
        let shows = match &target {
            LinkTarget::Inside(PathTarget::Attachment(id), _) => is_picture(&handbook.attachments[*id].name),
            target => *target == LinkTarget::External,
        };
        shows.then(|| self.picture(target, destination))
    }

    /// Only a link: what the clause says today is not what was quoted.
    fn embed(&self, destination: &str, _start: usize) -> Option<Embed> {
        let site = self.site;
        let target = site.handbook.resolve_wiki(self.chapter, destination).target;
        let LinkTarget::Inside(PathTarget::Chapter(id), anchor) = target else { return None };
        let title = &site.handbook.chapters[id].title;
        let words = site.theme.translate_with("cited_place", &[("title", title), ("place", &anchor)]);
        Some(Embed::new(String::new(), address(site, &self.root, PathTarget::Chapter(id), &anchor), words))
    }

    fn mention(&self, at: usize) -> Option<String> {
        let site = self.site;
        match self.references.mentions.get(at)? {
            EditionReference::Own(anchor) => Some(format!("#{}", encode_path(anchor))),
            EditionReference::Other(ResolvedReference::Chapter(to, anchor)) => {
                Some(address(site, &self.root, PathTarget::Chapter(*to), anchor))
            }
            EditionReference::Other(ResolvedReference::External(id)) => {
                let page = site.url(reference_page(*id));
                Some(format!("{}{page}#{}", self.root, reference_anchor(*id)))
            }
            EditionReference::Other(ResolvedReference::Attachment(id))
                if !site.handbook.kept_back.contains(id) =>
            {
                Some(address(site, &self.root, PathTarget::Attachment(*id), ""))
            }
            EditionReference::Other(_) => None,
        }
    }

    fn auto_links(&self) -> &[AutoLink] {
        &self.references.marks
    }

    fn auto_link(&self, link: &AutoLink) -> Option<String> {
        match link.kind {
            AutoLinkKind::Chapter(to) => Some(address(self.site, &self.root, PathTarget::Chapter(to), "")),
            AutoLinkKind::Term(_) => None,
        }
    }

    fn history(&self, anchor: &str) -> Option<PlaceList> {
        self.history.as_ref()?.of(anchor)
    }

    fn word(&self, key: &'static str) -> &str {
        self.site.theme.translate(key)
    }
}
