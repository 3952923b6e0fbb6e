//! What rendering asks of the handbook: where a chapter's links lead from the
//! page that shows it.

use super::Site;
use crate::chapter::Chapter;
use crate::handbook::link::Meaning;
use crate::handbook::registry::Place;
use crate::markdown::{Image, Resolve, Target};
use crate::text::encode_path;

/// The links of one chapter on one page.
pub(super) struct Links<'a> {
    site: &'a Site,
    chapter: &'a Chapter,
    /// The way from the page to the site's root.
    root: String,
}

impl<'a> Links<'a> {
    pub(super) fn new(site: &'a Site, chapter: &'a Chapter, address: &str) -> Self {
        Self { site, chapter, root: "../".repeat(address.matches('/').count()) }
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

fn fragment(anchor: &str) -> String {
    if anchor.is_empty() { String::new() } else { format!("#{}", encode_path(anchor)) }
}

impl Resolve for Links<'_> {
    fn link(&self, destination: &str) -> Target {
        match self.site.handbook.resolve(self.chapter, destination).meaning {
            Meaning::External => Target::External,
            Meaning::Inside(place, anchor) => Target::Address(self.address(place, &anchor)),
            Meaning::Generated(url) => Target::Address(format!("{}{}", self.root, encode_path(&url))),
            Meaning::Here(anchor) => Target::Address(format!("#{}", encode_path(&anchor))),
            Meaning::Broken => Target::Broken,
        }
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

    fn word(&self, key: &'static str) -> &str {
        self.site.theme.label(key)
    }
}
