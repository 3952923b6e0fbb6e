//! Which files of the content folder pages link to or show, and which are kept back.
//!
//! A file has no front matter: no status and no audience of its own. It is published
//! wherever a page is that links to it or shows it. The page is judged as it is
//! rendered, cleaned and read by a browser's rules, so that a comment, a removed frame
//! or a footnote that nothing refers to names no file. What is merely called 附件一 in
//! running text is found by name; such a file stays back where a chapter that is not
//! published uses it.

use super::Handbook;
use super::edition::Histories;
use super::link::{LinkMemo, LinkTarget};
use super::reference::ResolvedReference;
use super::registry::PathTarget;
use crate::chapter::Chapter;
use crate::chapter::term::Origin;
use crate::diagnostic::Diagnostic;
use crate::id::AttachmentId;
use crate::locale::Message;
use crate::markdown::{
    self, Document, Image, LinkRef, MarkdownOptions, Mention, MentionKind, RawHtml, Resolve, Target,
};
use crate::message;
use crate::rule;
use crate::text::encode_path;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// If there are more unused files, one note reports them all.
const EACH: usize = 20;

/// Files of which it must be known whether a page shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    #[default]
    None,
    These(BTreeSet<AttachmentId>),
    All,
}

impl Wanted {
    fn holds(&self, file: AttachmentId) -> bool {
        match self {
            Self::None => false,
            Self::These(files) => files.contains(&file),
            Self::All => true,
        }
    }
}

impl Handbook {
    /// Files of which it must be known whether a page shows them: those of drafts, or
    /// all where the folder holds others' files too, or where an audience is asked for.
    pub(super) fn wanted_files(&self) -> Wanted {
        if self.attachments.is_empty() {
            Wanted::None
        } else if self.sparing {
            Wanted::All
        } else {
            let mut named = self.named_by(self.drafts.iter());
            named.extend(self.hidden_files());
            if named.is_empty() { Wanted::None } else { Wanted::These(named) }
        }
    }

    /// Files of folders beginning with a dot and those beside the content folder, which are
    /// published only where a page shows them.
    fn hidden_files(&self) -> impl Iterator<Item = AttachmentId> + '_ {
        let is_hidden = |name: &str| name.starts_with('.') || name.contains("/.");
        let files = self.attachments.iter_enumerated();
        files.filter(move |(_, file)| file.is_beside || is_hidden(&file.name)).map(|(id, _)| id)
    }

    /// Folders that `checks:` names and in which no file lies.
    pub(super) fn unknown_check_folders(&self) -> Vec<Diagnostic> {
        let chapters = self.chapters.iter().chain(self.drafts.iter());
        let names = chapters.map(|chapter| &*chapter.source.name);
        self.config.unknown_folders(names.chain(self.attachments.iter().map(|file| &*file.name)))
    }

    /// A note for each file that no chapter uses, or one for all where there are many.
    /// None in a folder that holds other things too, since nobody expects those to be
    /// used.
    pub(super) fn unused_files(&self) -> Vec<Diagnostic> {
        if self.bare || self.attachments.is_empty() {
            return Vec::new();
        }
        let mut used = self.named_by(self.drafts.iter());
        used.extend(self.references.files_named());
        used.extend(self.hidden_files());
        let unused: Vec<&str> = self
            .attachments
            .ids()
            .filter(|file| !used.contains(file))
            .map(|file| &*self.attachments[file].name)
            .collect();
        let note = |message: Message| {
            Diagnostic::new(&rule::UNUSED_FILE, message).help(message!("unused-file.help"))
        };
        match unused[..] {
            [first, ..] if unused.len() > EACH => {
                vec![note(message!("unused-file-many", number = unused.len(), path = first))]
            }
            // Attachments lie in the content folder, which is not bare.
            _ => unused
                .iter()
                .map(|name| {
                    let note = note(message!("unused-file", path = *name));
                    let note = match chapter_name(name) {
                        Some(right) => note.help(message!("unused-file-rename.help", name = right)),
                        None => note,
                    };
                    note.at(&format!("content/{name}").into(), None)
                })
                .collect(),
        }
    }

    /// Files that are not published with this handbook.
    pub(super) fn keep_back(&self) -> BTreeSet<AttachmentId> {
        let drafts = self.named_by(self.drafts.iter());
        if !self.bare {
            let shown: BTreeSet<AttachmentId> = self.references.files().collect();
            let others = drafts.into_iter().chain(self.hidden_files());
            return others.filter(|file| !shown.contains(file)).collect();
        }
        let shown = self.published_by(&|_| true, &drafts);
        self.attachments.ids().filter(|file| !shown.contains(file)).collect()
    }

    /// Files that pages of the `wanted` chapters link to or show, and those called 附件一
    /// there that are not among the `others`.
    pub(super) fn published_by(
        &self,
        wanted: &dyn Fn(&Chapter) -> bool,
        others: &BTreeSet<AttachmentId>,
    ) -> BTreeSet<AttachmentId> {
        let mut files = BTreeSet::new();
        for (id, chapter) in self.chapters.iter_enumerated().filter(|(_, chapter)| wanted(chapter)) {
            files.extend(self.references.files_of(id));
            let resolved = self.references.resolved.get(id).into_iter().flat_map(|resolved| resolved.iter());
            for (reference, mention) in resolved.zip(&chapter.document.mentions) {
                if let ResolvedReference::Attachment(file) = reference
                    && !others.contains(file)
                    && chapter.document.shows(&mention.span)
                {
                    files.insert(*file);
                }
            }
        }
        files
    }

    /// Files that pages of editions link to or show; `known` are published anyway.
    pub(super) fn shown_by_editions(
        &self,
        histories: &Histories,
        known: &BTreeSet<AttachmentId>,
    ) -> BTreeSet<AttachmentId> {
        if known.len() == self.attachments.len() {
            return BTreeSet::new();
        }
        let options = self.markdown_options();
        let editions = histories.list.par_iter().flat_map_iter(|history| &history.editions);
        let shown = editions.filter(|edition| !edition.is_taken_back).flat_map_iter(|edition| {
            let chapter = Chapter::parse(&edition.source, &options);
            self.files_shown(&LinkMemo::new(self, &chapter), &Wanted::All)
        });
        shown.collect()
    }

    /// The pictures that the chapter of a file shows, by their names.
    #[must_use]
    pub fn pictures_of(&self, name: &str) -> Vec<Arc<str>> {
        let Some(id) = self.chapters.binary_search_by(|chapter| (*chapter.source.name).cmp(name)) else {
            return Vec::new();
        };
        let chapter = &self.chapters[id];
        let shown = chapter.document.images.iter().filter_map(|image| {
            let resolved = match image.wiki {
                true => self.resolve_wiki(chapter, &image.dest),
                false => self.resolve(chapter, &image.dest),
            };
            match resolved.target {
                LinkTarget::Inside(PathTarget::Attachment(file), _) => Some(file),
                _ => None,
            }
        });
        let files: BTreeSet<AttachmentId> = shown.collect();
        let names = files.into_iter().map(|file| Arc::clone(&self.attachments[file].name));
        names.filter(|name| crate::media::is_picture(name)).collect()
    }

    /// Files that chapters name in any way, shown or not.
    pub(super) fn named_by<'a>(
        &self,
        chapters: impl Iterator<Item = &'a Arc<Chapter>>,
    ) -> BTreeSet<AttachmentId> {
        chapters.flat_map(|chapter| self.files_named(chapter)).collect()
    }

    fn files_named(&self, chapter: &Chapter) -> BTreeSet<AttachmentId> {
        let summary = Document::new(chapter.front.summary.as_str(), &MarkdownOptions::default());
        let documents = || [&chapter.document, &summary].into_iter().chain(definitions(chapter));
        let links = LinkMemo::new(self, chapter);
        let mut files: BTreeSet<AttachmentId> =
            documents().flat_map(addresses).filter_map(|link| file(&links, &link)).collect();
        let mentions = || documents().flat_map(|document| &document.mentions);
        for appendix in self.appendices.iter().filter(|appendix| appendix.folder == chapter.folder()) {
            let ResolvedReference::Attachment(file) = appendix.reference else { continue };
            let is_meant = |mention: &Mention| match &mention.kind {
                MentionKind::Appendix { appendix: number, .. } => *number == appendix.number,
                _ => false,
            };
            // What a damaged text says of it is not known.
            if chapter.source.damaged || mentions().any(is_meant) {
                files.insert(file);
            }
        }
        files
    }

    /// Files that a chapter's text names by links, images, raw HTML and mentions.
    pub(super) fn files_linked(
        &self,
        links: &LinkMemo<'_>,
        resolved: &[ResolvedReference],
    ) -> Vec<AttachmentId> {
        let chapter = links.chapter();
        let aimed = resolved.iter().filter_map(|reference| match reference {
            ResolvedReference::Attachment(file) => Some(*file),
            _ => None,
        });
        let documents = std::iter::once(&chapter.document).chain(definitions(chapter));
        let linked = documents.flat_map(addresses).filter_map(|link| file(links, &link));
        let files: BTreeSet<AttachmentId> = linked.chain(aimed).collect();
        files.into_iter().collect()
    }

    /// Of the `wanted` files those that a chapter's page links to or shows.
    pub(super) fn files_shown(&self, links: &LinkMemo<'_>, wanted: &Wanted) -> Vec<AttachmentId> {
        if *wanted == Wanted::None {
            return Vec::new();
        }
        let options = self.markdown_options();
        let chapter = links.chapter();
        let written = Written { handbook: self, links };
        let mut shown = BTreeSet::new();
        let mut look = |html: &str| {
            for address in markdown::shown_addresses(html) {
                shown.extend(file(links, &LinkRef::new(address, false, 0..0)));
            }
        };
        let named = |document: &Document| {
            let trusted = document.has_raw_html && options.raw_html == RawHtml::Trust;
            let mut files = addresses(document).filter_map(|link| file(links, &link));
            trusted || files.any(|file| wanted.holds(file))
        };
        if named(&chapter.document) {
            look(&markdown::render(&chapter.document, &options, &written, chapter.repeats_title).html);
        }
        for definition in definitions(chapter).filter(|definition| named(definition)) {
            look(&markdown::render(definition, &options, &written, false).html);
        }
        shown.into_iter().filter(|file| wanted.holds(*file)).collect()
    }
}

/// The file that a link means.
fn file(links: &LinkMemo<'_>, link: &LinkRef) -> Option<AttachmentId> {
    match links.resolve(link.wiki, &link.dest).target {
        LinkTarget::Inside(PathTarget::Attachment(file), _) => Some(file),
        _ => None,
    }
}

/// The definitions in a chapter's front matter, which are no part of its text.
pub(super) fn definitions(chapter: &Chapter) -> impl Iterator<Item = &Document> {
    chapter.terms.iter().filter_map(|term| match &term.origin {
        Origin::Front { document, .. } => Some(&**document),
        Origin::Heading { .. } => None,
    })
}

/// Everything in a text that names a file: links, images, raw HTML.
fn addresses(document: &Document) -> impl Iterator<Item = LinkRef> + '_ {
    let shown = document.images.iter().chain(&document.files);
    let shown = shown.map(|image| LinkRef::new(image.dest.clone(), image.wiki, image.span.clone()));
    document.links.iter().cloned().chain(shown)
}

/// Writes a chapter with links to files only, from the root of the content folder.
struct Written<'a> {
    handbook: &'a Handbook,
    links: &'a LinkMemo<'a>,
}

impl Written<'_> {
    fn address(&self, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Inside(PathTarget::Attachment(file), _) => {
                Some(format!("/{}", encode_path(&self.handbook.attachments[*file].name)))
            }
            _ => None,
        }
    }

    fn target(&self, target: &LinkTarget) -> Target {
        self.address(target).map_or(Target::Address("#".to_owned()), Target::Address)
    }
}

impl Resolve for Written<'_> {
    fn link(&self, destination: &str) -> Target {
        self.target(&self.links.resolve(false, destination).target)
    }

    fn wiki_link(&self, destination: &str) -> Target {
        self.target(&self.links.resolve(true, destination).target)
    }

    fn wiki_image(&self, destination: &str) -> Option<Image> {
        let link = self.links.resolve(true, destination);
        self.address(&link.target).map(|address| Image::new(address, None))
    }

    fn image(&self, destination: &str) -> Image {
        let link = self.links.resolve(false, destination);
        self.address(&link.target).map_or_else(Image::default, |address| Image::new(address, None))
    }

    fn word(&self, _: &'static str) -> &str {
        ""
    }
}

/// The name that a chapter's file was meant to have, of which an editor made another: `a.md.txt`.
fn chapter_name(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let right = [".txt", ".bak", "~"].into_iter().find_map(|ending| name.strip_suffix(ending))?;
    right.ends_with(".md").then_some(right)
}
