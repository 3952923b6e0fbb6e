//! What rendering asks of the handbook: where a chapter's links lead from the
//! page that shows it.

use super::Site;
use super::backlinks::{reference_anchor, reference_page};
use super::clause_history::ClauseHistory;
use crate::chapter::Chapter;
use crate::handbook::link::LinkTarget;
use crate::handbook::reference::{Backlink, ResolvedReference};
use crate::handbook::registry::PathTarget;
use crate::id::{AttachmentId, ChapterId, GlossaryTermId};
use crate::markdown::{
    self, AutoLink, AutoLinkKind, Document, Embed, Image, MentionKind, PlaceList, Resolve, Target,
};
use crate::media::is_picture;
use crate::text::{encode_parameters, encode_path};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The links of one chapter on one page.
pub(super) struct Links<'a> {
    site: &'a Site,
    id: ChapterId,
    /// The way from the page to the site's root.
    root: String,
    /// Who cites each clause or heading, by its anchor.
    cited: BTreeMap<String, Vec<&'a Backlink>>,
    /// In which editions each clause changed.
    history: Option<ClauseHistory<'a>>,
    /// The quotation that is written, else the chapter's own page.
    quoted: Option<Quoted>,
    /// Bytes of other chapters that the page may still quote.
    budget: Rc<Cell<usize>>,
    /// Terms that the page has marked so far.
    terms: Rc<RefCell<BTreeSet<GlossaryTermId>>>,
}

/// How deep a quotation is, and of which page.
#[derive(Clone, Copy)]
struct Quoted {
    depth: usize,
    page: ChapterId,
}

/// How deep quotations may hold quotations, and how many bytes of HTML of other
/// chapters a page quotes at most.
const MAX_DEPTH: usize = 3;
const MAX_QUOTED: usize = 120_000;

/// Places that the mark of a cited clause lists at most.
const MAX_CITED: usize = 12;

impl<'a> Links<'a> {
    pub(super) fn new(site: &'a Site, id: ChapterId, address: &str) -> Self {
        let mut cited: BTreeMap<String, Vec<&Backlink>> = BTreeMap::new();
        let known = site.handbook.references.backlinks.get(id).map_or(&[][..], |all| all);
        for backlink in known.iter().filter(|backlink| !backlink.anchor.is_empty()) {
            cited.entry(clause_of(&backlink.anchor).to_owned()).or_default().push(backlink);
        }
        let root = "../".repeat(address.matches('/').count());
        let budget = Rc::new(Cell::new(MAX_QUOTED));
        Self { site, id, root, cited, history: None, quoted: None, budget, terms: Rc::default() }
    }

    /// The same with what is known of the editions of its clauses.
    pub(super) fn with_history(self, history: Option<ClauseHistory<'a>>) -> Self {
        Self { history, ..self }
    }

    /// The terms that the texts written so far have marked.
    pub(super) fn terms(&self) -> BTreeSet<GlossaryTermId> {
        self.terms.borrow().clone()
    }

    /// The links of a text of chapter `from` that this page quotes.
    fn quoting(&self, from: ChapterId) -> Self {
        let (depth, page) = self.quoted.map_or((0, self.id), |quoted| (quoted.depth, quoted.page));
        Self {
            site: self.site,
            id: from,
            root: self.root.clone(),
            cited: BTreeMap::new(),
            history: None,
            quoted: Some(Quoted { depth: depth + 1, page }),
            budget: Rc::clone(&self.budget),
            terms: Rc::clone(&self.terms),
        }
    }

    fn address(&self, place: PathTarget, anchor: &str) -> String {
        address(self.site, &self.root, place, anchor)
    }
}

impl Links<'_> {
    fn chapter(&self) -> &Chapter {
        &self.site.handbook.chapters[self.id]
    }

    /// What a link of the chapter means.
    fn meaning(&self, wiki: bool, destination: &str) -> LinkTarget {
        self.site.handbook.link_target(self.id, wiki, destination)
    }

    fn target(&self, target: LinkTarget) -> Target {
        attribute(self.site, &self.root, target, &|anchor| self.here(anchor))
    }
}

/// The address of a place, from a page from which `root` leads to the site's root.
pub(super) fn address(site: &Site, root: &str, place: PathTarget, anchor: &str) -> String {
    let url = match place {
        PathTarget::Chapter(id) => site.place_url(id, anchor),
        PathTarget::Attachment(id) => encode_path(&site.handbook.attachments[id].name),
        PathTarget::Section(id) => site.section_url(id),
    };
    let fragment = match place {
        PathTarget::Attachment(_) if !anchor.is_empty() => format!("#{}", encode_parameters(anchor)),
        _ => fragment(anchor),
    };
    format!("{root}{url}{fragment}")
}

/// What a link leads to, as it is written; `here` gives the address of a place of the text
/// itself.
pub(super) fn attribute(
    site: &Site,
    root: &str,
    target: LinkTarget,
    here: &dyn Fn(&str) -> String,
) -> Target {
    match target {
        LinkTarget::External => Target::External,
        LinkTarget::Inside(place, anchor) => Target::Address(address(site, root, place, &anchor)),
        LinkTarget::Generated(url) => Target::Address(format!("{root}{}", encode_path(&url))),
        LinkTarget::Here(anchor) => Target::Address(here(&anchor)),
        LinkTarget::Withheld => Target::Withheld,
        LinkTarget::Broken => Target::Broken,
    }
}

/// A picture of the content folder.
pub(super) fn picture(site: &Site, root: &str, id: AttachmentId) -> Image {
    let file = &site.handbook.attachments[id];
    Image::new(format!("{root}{}", encode_path(&file.name)), file.dimensions)
}

impl Links<'_> {
    fn picture(&self, id: AttachmentId) -> Image {
        picture(self.site, &self.root, id)
    }
}

/// The anchor of the clause that a place belongs to: 第三条 for 第三条第2款.
pub(super) fn clause_of(anchor: &str) -> &str {
    let Some(article) = anchor.find(['条', '條']).map(|at| at + '条'.len_utf8()) else { return anchor };
    anchor[article..].find('第').map_or(anchor, |part| &anchor[..article + part])
}

impl Links<'_> {
    /// The address of a place of the chapter whose text is written. Terms of a
    /// long glossary stand on further pages.
    fn here(&self, anchor: &str) -> String {
        let elsewhere = self.quoted.is_some_and(|quoted| quoted.page != self.id)
            || self.site.handbook.glossary.chapter == Some(self.id);
        match elsewhere {
            true => self.address(PathTarget::Chapter(self.id), anchor),
            false => format!("#{}", encode_path(anchor)),
        }
    }
}

fn fragment(anchor: &str) -> String {
    if anchor.is_empty() { String::new() } else { format!("#{}", encode_path(anchor)) }
}

impl Resolve for Links<'_> {
    fn link(&self, destination: &str) -> Target {
        self.target(self.meaning(false, destination))
    }

    fn wiki_link(&self, destination: &str) -> Target {
        self.target(self.meaning(true, destination))
    }

    fn wiki_image(&self, destination: &str) -> Option<Image> {
        if let Some(kept) = self.site.kept_picture(self.chapter(), &self.root, destination, true) {
            return Some(kept);
        }
        match self.meaning(true, destination) {
            LinkTarget::Inside(PathTarget::Attachment(id), _) => {
                let file = &self.site.handbook.attachments[id];
                is_picture(&file.name).then(|| self.picture(id))
            }
            LinkTarget::External => Some(Image::new(destination.to_owned(), None)),
            _ => None,
        }
    }

    fn image(&self, destination: &str) -> Image {
        if let Some(kept) = self.site.kept_picture(self.chapter(), &self.root, destination, false) {
            return kept;
        }
        match self.meaning(false, destination) {
            LinkTarget::Inside(PathTarget::Attachment(id), _) => self.picture(id),
            LinkTarget::External => Image::new(destination.to_owned(), None),
            // A missing picture is reported; its alternative text is shown.
            _ => Image::default(),
        }
    }

    fn frame(&self, destination: &str) -> Option<String> {
        let handbook = &self.site.handbook;
        match self.meaning(false, destination) {
            LinkTarget::External => {
                let lower = destination.to_ascii_lowercase();
                let whole = if lower.starts_with("//") {
                    format!("https:{destination}")
                } else {
                    destination.to_owned()
                };
                ["http:", "https:", "//"].iter().any(|scheme| lower.starts_with(scheme)).then_some(whole)
            }
            // A removed frame publishes no file.
            LinkTarget::Inside(PathTarget::Attachment(file), _) if handbook.kept_back.contains(&file) => None,
            LinkTarget::Inside(place, anchor) => Some(self.address(place, &anchor)),
            _ => None,
        }
    }

    fn mention(&self, at: usize) -> Option<String> {
        let handbook = &self.site.handbook;
        match handbook.references.resolved.get(self.id)?.get(at)? {
            ResolvedReference::Chapter(to, anchor) if *to == self.id => Some(self.here(anchor)),
            ResolvedReference::Chapter(to, anchor) => Some(self.address(PathTarget::Chapter(*to), anchor)),
            ResolvedReference::External(id) => {
                let page = self.site.url(reference_page(*id));
                Some(format!("{}{page}#{}", self.root, reference_anchor(*id)))
            }
            ResolvedReference::Attachment(id) if handbook.kept_back.contains(id) => None,
            ResolvedReference::Attachment(id) => Some(self.address(PathTarget::Attachment(*id), "")),
            ResolvedReference::Nothing => None,
        }
    }

    fn embed(&self, destination: &str, start: usize) -> Option<Embed> {
        let handbook = &self.site.handbook;
        let embeds = handbook.references.embeds.get(self.id)?;
        let embed = embeds.iter().find(|embed| embed.span.start == start)?;
        debug_assert!(!destination.is_empty());
        let target = &handbook.chapters[embed.from];
        let address = self.address(PathTarget::Chapter(embed.from), &embed.anchor);
        let heading = target.document.headings.iter().find(|heading| heading.anchor == embed.anchor);
        let place = heading.map_or(embed.anchor.as_str(), |heading| heading.text.as_str());
        let words =
            self.site.theme.translate_with("cited_place", &[("title", &target.title), ("place", place)]);
        let depth = self.quoted.map_or(0, |quoted| quoted.depth);
        let html = if embed.circular || depth >= MAX_DEPTH || self.budget.get() == 0 {
            String::new()
        } else {
            let links = self.quoting(embed.from);
            let options = &self.site.markdown;
            let part = embed.part.clone();
            markdown::render_part(&target.document, options, &links, part).html
        };
        let left = self.budget.get().checked_sub(html.len());
        self.budget.set(left.unwrap_or(0));
        Some(Embed::new(if left.is_some() { html } else { String::new() }, address, words))
    }

    fn cited(&self, anchor: &str) -> Option<PlaceList> {
        let backlinks = self.cited.get(anchor)?;
        let mut places: Vec<(String, String)> = Vec::new();
        let mut last = None;
        for backlink in backlinks {
            let (url, words) = self.site.citing_place(backlink);
            let place = (format!("{}{url}", self.root), words);
            if last.as_ref() != Some(&place) {
                places.push(place.clone());
            }
            last = Some(place);
        }
        let count = places.len();
        if count > MAX_CITED {
            places.truncate(MAX_CITED);
            places.push(("#Hb-referrers-title".to_owned(), self.word("cited_more").to_owned()));
        }
        let label = self.site.theme.translate_with("cited_count", &[("count", &count.to_string())]);
        Some(PlaceList::new(label, places))
    }

    fn history(&self, anchor: &str) -> Option<PlaceList> {
        self.history.as_ref()?.of(anchor)
    }

    fn auto_links(&self) -> &[AutoLink] {
        self.site.handbook.references.marks.get(self.id).map_or(&[], |all| all)
    }

    fn auto_link(&self, link: &AutoLink) -> Option<String> {
        match link.kind {
            AutoLinkKind::Chapter(to) => Some(self.address(PathTarget::Chapter(to), "")),
            AutoLinkKind::Term(term) => {
                self.terms.borrow_mut().insert(term);
                Some(format!("{}{}", self.root, self.site.term_url(term)?))
            }
        }
    }

    fn word(&self, key: &'static str) -> &str {
        self.site.theme.translate(key)
    }
}

/// The links of a text that stands in a chapter's front matter.
pub(super) struct DetachedResolver<'a> {
    links: Links<'a>,
    document: &'a Document,
}

impl<'a> DetachedResolver<'a> {
    pub(super) fn new(site: &'a Site, id: ChapterId, address: &str, document: &'a Document) -> Self {
        Self { links: Links::new(site, id, address), document }
    }
}

impl Resolve for DetachedResolver<'_> {
    fn link(&self, destination: &str) -> Target {
        match self.links.meaning(false, destination) {
            // The page that shows it is another one.
            LinkTarget::Here(anchor) => {
                Target::Address(self.links.address(PathTarget::Chapter(self.links.id), &anchor))
            }
            target => self.links.target(target),
        }
    }

    fn wiki_link(&self, destination: &str) -> Target {
        self.links.wiki_link(destination)
    }

    fn wiki_image(&self, destination: &str) -> Option<Image> {
        self.links.wiki_image(destination)
    }

    fn image(&self, destination: &str) -> Image {
        self.links.image(destination)
    }

    /// Titles only: a clause without one would be of the chapter that defines the term.
    fn mention(&self, at: usize) -> Option<String> {
        let MentionKind::Title(name) = &self.document.mentions.get(at)?.kind else { return None };
        let chapter = self.links.site.handbook.registry.document(name)?;
        Some(self.links.address(PathTarget::Chapter(chapter), ""))
    }

    fn word(&self, key: &'static str) -> &str {
        self.links.word(key)
    }
}
