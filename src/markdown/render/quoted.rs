//! Quotations of other chapters: `![[title#clause]]`.
//!
//! The text quoted is written by the same writer over the whole of its chapter,
//! so that its links and references mean what they mean there; blocks outside
//! the part are passed over. Nothing in it has an anchor, since the page may
//! have the same one.

use super::super::document::Destination;
use super::super::escape;
use super::{Kind, NodeId, Writer};

impl<'d> Writer<'d, '_> {
    pub(super) const fn is_quoted(&self) -> bool {
        self.part.is_some()
    }

    /// Counts what stands before the part, as if it had been written.
    pub(super) fn begin_at(&mut self, start: usize) {
        self.mentions = self.document.mentions.partition_point(|mention| mention.span.start < start);
    }

    /// Whether a block at the top does not belong to the part.
    pub(super) fn is_outside(&self, id: NodeId) -> bool {
        self.part.as_ref().is_some_and(|part| !part.contains(&self.document.tree.span(id).start))
    }

    /// The image that a paragraph consists of, if it does.
    pub(super) fn only_image(&self, id: NodeId) -> Option<(NodeId, &'d Destination)> {
        let tree = &self.document.tree;
        let image = tree.only_child(id)?;
        match tree.kind(image) {
            Kind::Image(index) => Some((image, tree.destination(index))),
            _ => None,
        }
    }

    /// A paragraph of nothing but `![[title#clause]]` becomes the text it names.
    pub(super) fn embed(&mut self, id: NodeId) -> bool {
        let Some((image, destination)) = self.only_image(id).filter(|(_, image)| image.is_wiki()) else {
            return false;
        };
        let start = self.document.tree.span(image).start;
        let Some(embed) = self.resolve.embed(&destination.url, start) else { return false };
        self.line();
        self.out.push_str("<blockquote class=\"embed\">\n");
        self.out.push_str(&embed.html);
        self.line();
        self.out.push_str("<footer>");
        self.embed_link(&embed.address, &embed.words);
        self.out.push_str("</footer>\n</blockquote>\n");
        true
    }

    fn embed_link(&mut self, address: &str, words: &str) {
        self.out.push_str("<a href=\"");
        escape::address(&mut self.out, address);
        self.out.push_str("\">");
        escape::text(&mut self.out, words);
        self.out.push_str("</a>");
    }

    /// `![[…]]` in running text: a picture, else a link, since no block can stand there.
    pub(super) fn wiki_image(&mut self, id: NodeId, image: &Destination) {
        if self.inline_embed(id, &image.url) {
            return;
        }
        let words = self.alternative(id);
        let Some(mut picture) = self.resolve.wiki_image(&image.url) else {
            self.open_link(id, image);
            self.plain(if words.is_empty() { &image.url } else { &words });
            return self.close_link();
        };
        let name = image.url.rsplit('/').next().unwrap_or(&image.url);
        let name = name.rfind('.').map_or(name, |dot| &name[..dot]);
        let size = size(&words);
        if let Some((width, height)) = size {
            let scaled = || {
                let (own_width, own_height) = picture.dimensions?;
                u32::try_from(u64::from(own_height) * u64::from(width) / u64::from(own_width.max(1))).ok()
            };
            picture.dimensions = height.or_else(scaled).map(|height| (width, height));
        }
        let alternative = if size.is_some() || *words == *image.url { name } else { &words };
        self.picture(id, &picture, alternative, "");
    }

    /// `![[title]]` in running text, where no block can stand: a link.
    fn inline_embed(&mut self, id: NodeId, destination: &str) -> bool {
        let start = self.document.tree.span(id).start;
        let Some(embed) = self.resolve.embed(destination, start) else { return false };
        let words = self.alternative(id);
        let words = if words.is_empty() || words == destination { embed.words.clone() } else { words };
        self.flush_break(words.chars().next().unwrap_or(' '));
        self.embed_link(&embed.address, &words);
        self.last = words.chars().next_back().unwrap_or(' ');
        true
    }
}

/// Width and height of a picture as its words may give them: `200` or `200x100`.
fn size(words: &str) -> Option<(u32, Option<u32>)> {
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|number| (1..=10_000).contains(number));
    match words.trim().split_once('x') {
        Some((width, height)) => Some((number(width)?, Some(number(height)?))),
        None => Some((number(words.trim())?, None)),
    }
}
