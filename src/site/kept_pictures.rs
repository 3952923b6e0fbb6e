//! Pictures of earlier editions, as they were: a page of a text shows what its readers saw.
//!
//! A picture that is the same today has no second file. Of the others each edition has its own,
//! below `versions/<ID>/<version>/`, and only those that its text shows to the readers of this site.

use super::{Other, Site};
use crate::chapter::{Chapter, folder};
use crate::handbook::edition::{Edition, History};
use crate::handbook::link::join;
use crate::id::{EditionNumber, HistoryId};
use crate::markdown::Image;
use crate::source::KeptPicture;
use crate::text::encode_path;

fn address(history: &History, edition: &Edition, picture: &KeptPicture) -> String {
    format!("versions/{}/{}/{}", history.slug, edition.version(), picture.name)
}

/// Which of an edition's pictures a text means by a destination.
fn find(edition: &Edition, name: &str, destination: &str, wiki: bool) -> Option<usize> {
    let path = destination.split(['?', '#', '|']).next().unwrap_or("");
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().replace('\\', "/");
    let whole = join(folder(name), &path);
    let mut pictures = edition.pictures.iter();
    // A wiki link may name the file alone.
    let is_file = |name: &str| name == path || name.ends_with(&format!("/{path}"));
    let is_it = |name: &str| whole.as_deref() == Some(name) || wiki && is_file(name);
    pictures.position(|picture| is_it(&picture.name))
}

impl Site {
    /// Adds the pictures that the texts of editions show.
    pub(super) fn add_kept_pictures(&mut self) {
        let mut shown = Vec::new();
        for (at, history) in self.handbook.histories.list.iter().enumerate() {
            for (number, edition) in history.editions.iter().enumerate() {
                if edition.pictures.is_empty() || edition.is_taken_back {
                    continue;
                }
                let text = self.edition_text(edition);
                for image in &text.document.images {
                    let found = find(edition, &edition.source.name, &image.dest, image.wiki);
                    let Some(picture) = found else { continue };
                    let kept = Other::Kept(HistoryId::new(at), EditionNumber::new(number), picture);
                    shown.push((address(history, edition, &edition.pictures[picture]), kept));
                }
            }
        }
        for (address, kept) in shown {
            if !self.handbook.routes.pages.contains_key(&*address) {
                self.others.entry(address).or_insert(kept);
            }
        }
    }

    /// What a picture held that is kept.
    pub(super) fn kept_bytes(&self, id: HistoryId, number: EditionNumber, picture: usize) -> Option<&[u8]> {
        let (_, edition) = self.edition(id, number)?;
        Some(&edition.pictures.get(picture)?.bytes)
    }

    /// A picture of a text that is an edition, where it was another one than today.
    pub(super) fn kept_picture(
        &self,
        chapter: &Chapter,
        root: &str,
        destination: &str,
        wiki: bool,
    ) -> Option<Image> {
        let (_, history) = self.handbook.histories.of(&chapter.source.name)?;
        let is_it =
            |edition: &&Edition| !edition.pictures.is_empty() && edition.source.path == chapter.source.path;
        let edition = history.editions.iter().find(is_it)?;
        let picture = find(edition, &chapter.source.name, destination, wiki)?;
        let address = address(history, edition, &edition.pictures[picture]);
        let is_there = matches!(self.others.get(&address), Some(Other::Kept(..)));
        is_there.then(|| Image::new(format!("{root}{}", encode_path(&address)), None))
    }
}
