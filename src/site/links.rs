//! What rendering asks of the handbook: where a chapter's links lead from the
//! page that shows it.

use super::Site;
use crate::chapter::Chapter;
use crate::handbook::link::Meaning;
use crate::handbook::reference::Aim;
use crate::handbook::registry::Place;
use crate::handbook::routes::Page;
use crate::markdown::{Image, Resolve, Target};
use crate::text::encode_path;

/// The links of one chapter on one page.
pub(super) struct Links<'a> {
    site: &'a Site,
    chapter: &'a Chapter,
    /// Its place in the handbook's list.
    at: usize,
    /// The way from the page to the site's root.
    root: String,
}

impl<'a> Links<'a> {
    pub(super) fn new(site: &'a Site, at: usize, address: &str) -> Self {
        let chapter = &site.handbook.chapters[at];
        Self { site, chapter, at, root: "../".repeat(address.matches('/').count()) }
    }

    fn address(&self, place: Place, anchor: &str) -> String {
        let handbook = &self.site.handbook;
        let url = match place {
            Place::Chapter(at) => self.site.chapter_url(at),
            Place::Attachment(at) => encode_path(&handbook.attachments[at].name),
            Place::Section(at) => self.site.section_url(at),
        };
        format!("{}{url}{}", self.root, fragment(anchor))
    }
}

impl Links<'_> {
    fn target(&self, meaning: Meaning) -> Target {
        match meaning {
            Meaning::External => Target::External,
            Meaning::Inside(place, anchor) => Target::Address(self.address(place, &anchor)),
            Meaning::Generated(url) => Target::Address(format!("{}{}", self.root, encode_path(&url))),
            Meaning::Here(anchor) => Target::Address(format!("#{}", encode_path(&anchor))),
            Meaning::Broken => Target::Broken,
        }
    }
}

fn fragment(anchor: &str) -> String {
    if anchor.is_empty() { String::new() } else { format!("#{}", encode_path(anchor)) }
}

impl Resolve for Links<'_> {
    fn link(&self, destination: &str) -> Target {
        self.target(self.site.handbook.resolve(self.chapter, destination).meaning)
    }

    fn wiki_link(&self, destination: &str) -> Target {
        self.target(self.site.handbook.resolve_wiki(self.chapter, destination).meaning)
    }
    fn image(&self, destination: &str) -> Image {
        match self.site.handbook.resolve(self.chapter, destination).meaning {
            Meaning::Inside(Place::Attachment(at), _) => {
                let file = &self.site.handbook.attachments[at];
                Image::new(format!("{}{}", self.root, encode_path(&file.name)), file.dimensions)
            }
            Meaning::External => Image::new(destination.to_owned(), None),
            // A missing picture is reported; its alternative text is shown.
            _ => Image::default(),
        }
    }

    fn mention(&self, at: usize) -> Option<String> {
        let handbook = &self.site.handbook;
        match handbook.references.aims.get(self.at)?.get(at)? {
            Aim::Chapter(to, anchor) if *to == self.at => Some(fragment(anchor)),
            Aim::Chapter(to, anchor) => Some(self.address(Place::Chapter(*to), anchor)),
            Aim::External(at) => {
                let page = self.site.url(Page::References);
                Some(format!("{}{page}#reference-{}", self.root, at + 1))
            }
            Aim::Attachment(at) => Some(self.address(Place::Attachment(*at), "")),
            Aim::Nothing => None,
        }
    }

    fn word(&self, key: &'static str) -> &str {
        self.site.theme.label(key)
    }
}
