//! Which page stands at which address.
//!
//! Chapters keep the addresses their files give them. Generated indexes live in
//! folders of their own; where an author already has a folder or file of that
//! name, the generated one steps aside to `all-...`, so nothing is hidden.

pub(crate) mod disk;
mod page;
mod redirect;

pub use page::{Kind, Name, Page, Phase};
pub(crate) use page::{OWN_FOLDERS, leads_to_hashed};

use super::Handbook;
use super::regions::Regions;
use super::register::Change;
use super::taxonomy::{Subject, Taxonomy, Term};
use crate::chapter::field::Field;
use crate::diagnostic::Diagnostic;
use crate::id::{ChapterId, EditionNumber, HistoryId, PageNumber};
use crate::markdown::{Mention, MentionKind};
use crate::message;
use crate::rule;
use crate::text::{floor_boundary, fold};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// How many chapters a page of a list shows at most.
pub const PER_PAGE: usize = 200;
/// How many lines a page of the whole tree shows at most.
pub const TREE_LINES: usize = 1_000;
/// How many departments, roles or terms a page of their index shows at most.
pub const INDEX_LINES: usize = 500;
/// How many addresses one sitemap has; sitemaps.org allows 50,000, and 50 MB.
pub const SITEMAP: usize = 40_000;
/// How many documents outside the handbook a page shows at most.
pub const REFERENCES: usize = 50;

/// The addresses of all pages.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Routes {
    /// Page by address, not encoded.
    pub pages: BTreeMap<Arc<str>, Page>,
    /// The handbook cut into regions, one for each page of the map.
    pub regions: Regions,
    /// Names moved aside and redirects that could not be honoured.
    pub diagnostics: Vec<Diagnostic>,
    addresses: BTreeMap<Page, Arc<str>>,
}

impl Routes {
    /// Gives every page its address.
    #[must_use]
    pub fn new(handbook: &Handbook) -> Self {
        let mut routes = Self { regions: Regions::new(handbook), ..Self::default() };
        routes.insert_content(handbook);
        let taken = taken_names(handbook);
        for page in Page::generated() {
            routes.insert_generated(page, handbook, &taken);
        }
        routes.insert_editions(handbook);
        routes.insert_redirects(handbook);
        routes
    }

    /// Inserts all pages of a generated kind, of which `page` is the first.
    fn insert_generated(&mut self, page: Page, handbook: &Handbook, taken: &HashSet<String>) {
        let kind = page.kind();
        let count = (kind.count)(page, handbook, self);
        if count == 0 {
            return;
        }
        match kind.name {
            Name::Reserved(name) => {
                // The author's own page, where there is one, becomes the glossary's first.
                let own = handbook.glossary.chapter.filter(|_| page == Page::Glossary(PageNumber::FIRST));
                let address = match own {
                    Some(at) => handbook.chapters[at].url.to_string(),
                    None => format!("{}.html", aside(name, taken, &mut self.diagnostics)),
                };
                if own.is_some() {
                    self.pages.remove(address.as_str());
                }
                self.insert_pages(&address, count, |number| page.nth(number));
            }
            Name::Folder(name) => {
                let folder = aside(name, taken, &mut self.diagnostics);
                self.insert_pages(&format!("{folder}/index.html"), count, |number| page.nth(number));
                if let Page::Terms(taxonomy, _) = page {
                    self.insert_terms(handbook, taxonomy, &folder);
                    if taxonomy.row().field == Field::Owner {
                        self.insert_calendars(handbook, taxonomy);
                    }
                }
            }
            Name::Numbered(stem, ending) => {
                for number in numbers(count) {
                    self.insert(format!("{stem}-{}.{ending}", number.shown()), page.nth(number));
                }
            }
            Name::Fixed(address) => drop(self.insert(address, page)),
            Name::Content => {}
        }
    }

    /// The addresses that search engines are told, in order.
    pub fn in_sitemap(&self) -> impl Iterator<Item = &str> {
        let shown = self.pages.iter().filter(|(_, page)| page.kind().sitemap);
        shown.map(|(address, _)| &**address)
    }

    fn insert(&mut self, address: impl Into<Arc<str>>, page: Page) -> bool {
        let address = address.into();
        if self.pages.contains_key(&address) {
            return false;
        }
        self.addresses.insert(page, Arc::clone(&address));
        self.pages.insert(address, page);
        true
    }

    /// Inserts a list that fills `count` pages: `x.html`, `x-2.html`, ...
    fn insert_pages(&mut self, address: &str, count: usize, page: impl Fn(PageNumber) -> Page) {
        for number in numbers(count) {
            let mut numbered = numbered(address, number);
            while !self.insert(numbered.clone(), page(number)) {
                numbered = numbered.replace(".html", "-.html");
            }
        }
    }

    /// Inserts the timeline of each chapter that has editions, their texts, and what differs
    /// between neighbours. These addresses are for ever: they hold no number that may change.
    fn insert_editions(&mut self, handbook: &Handbook) {
        for (at, history) in handbook.histories.list.iter().enumerate() {
            let (id, slug) = (HistoryId::new(at), &history.slug);
            self.insert(format!("versions/{slug}/index.html"), Page::Timeline(id));
            let mut before: Option<&str> = None;
            for (at, edition) in history.editions.iter().enumerate() {
                let (number, version) = (EditionNumber::new(at), edition.version());
                self.insert(format!("versions/{slug}/{version}.html"), Page::Edition(id, number));
                if let Some(before) = before {
                    self.insert(
                        format!("versions/{slug}/{before}..{version}.html"),
                        Page::Redline(id, number),
                    );
                }
                before = Some(version);
            }
        }
    }

    /// Inserts the calendar of each owner of whose chapters some are to be reviewed. It has
    /// the name of the owner's page.
    fn insert_calendars(&mut self, handbook: &Handbook, owners: Taxonomy) {
        let due: HashSet<ChapterId> = handbook.reviews().iter().map(|review| review.chapter).collect();
        for (id, term) in handbook.taxonomies.terms(owners).iter_enumerated() {
            let page = self.address(Page::Term(owners, id, PageNumber::FIRST));
            let slug = page.rsplit('/').next().and_then(|name| name.strip_suffix(".html"));
            if let (Some(slug), true) = (slug, term.chapters.iter().any(|chapter| due.contains(chapter))) {
                self.insert(format!("reviews/{slug}.ics"), Page::OwnerCalendar(id));
            }
        }
    }

    fn insert_content(&mut self, handbook: &Handbook) {
        for (id, chapter) in handbook.chapters.iter_enumerated() {
            if !chapter.is_index {
                self.insert(Arc::clone(&chapter.url), Page::Chapter(id));
            }
        }
        for (id, section) in handbook.tree.sections.iter_enumerated() {
            let (chapters, folders) =
                (handbook.tree.chapters_in(id).len(), handbook.tree.sections_in(id).len());
            let count = pages(chapters, PER_PAGE).max(pages(folders, PER_PAGE));
            if section.path.is_empty() {
                self.insert("index.html".to_owned(), Page::Home);
                for number in numbers(count).skip(1) {
                    self.insert(numbered("index.html", number), Page::Section(id, number));
                }
            } else if let Some(beside) = section.beside {
                let first = format!("{}/index.html", section.path);
                self.pages.entry(first.as_str().into()).or_insert(Page::Redirect(beside));
                for number in numbers(count).skip(1) {
                    self.insert(numbered(&first, number), Page::Section(id, number));
                }
            } else {
                self.insert_pages(&format!("{}/index.html", section.path), count, |number| {
                    Page::Section(id, number)
                });
            }
        }
    }

    /// Inserts the pages of a taxonomy's terms.
    fn insert_terms(&mut self, handbook: &Handbook, taxonomy: Taxonomy, folder: &str) {
        let terms = handbook.taxonomies.terms(taxonomy);
        let has_feeds = (Page::Feed.kind().count)(Page::Feed, handbook, self) > 0;
        // What departments, roles and values of a vocabulary are called may change.
        let name = |term: &'_ Term| match &term.subject {
            Subject::Word(_) => term.name.clone(),
            _ => term.id.clone(),
        };
        let names: Vec<String> = terms.iter().map(name).collect();
        for ((id, term), slug) in terms.iter_enumerated().zip(slugs(names.iter().map(String::as_str))) {
            let lines = match term.subject {
                Subject::Department(department) if taxonomy == Taxonomy::DEPARTMENTS => {
                    handbook.applicable_to_department(department).chapters.len()
                }
                Subject::Role(role) if taxonomy == Taxonomy::ROLES => {
                    handbook.naming_role(role).len() + handbook.applicable_to_role(role).chapters.len()
                }
                _ => term.chapters.len(),
            };
            self.insert_pages(&format!("{folder}/{slug}.html"), pages(lines, PER_PAGE), |number| {
                Page::Term(taxonomy, id, number)
            });
            let feed = match term.subject {
                Subject::Department(id) if taxonomy == Taxonomy::DEPARTMENTS => Page::DepartmentFeed(id),
                Subject::Role(id) if taxonomy == Taxonomy::ROLES => Page::RoleFeed(id),
                _ => continue,
            };
            if has_feeds {
                self.insert(format!("{folder}/{slug}.xml"), feed);
            }
        }
    }

    /// The address of a page, not encoded; empty where there is none.
    #[must_use]
    pub fn address(&self, page: Page) -> &str {
        self.addresses.get(&page).map_or("", |address| &**address)
    }

    /// Addresses of all pages that no file of the author's stands for.
    #[must_use]
    pub fn generated(&self) -> BTreeSet<String> {
        let own = |page: &Page| matches!(page, Page::Chapter(_) | Page::Section(..) | Page::Home);
        self.pages.iter().filter(|(_, page)| !own(page)).map(|(address, _)| address.to_string()).collect()
    }
}

/// Which of the changes, the latest first, each page of them shows: those of one year, and
/// where there are many, [`PER_PAGE`] of them.
#[must_use]
pub fn changes_on_pages(changes: &[Change]) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for year in changes.chunk_by(|one, next| one.date.year() == next.date.year()) {
        for part in year.chunks(PER_PAGE) {
            pages.push(at..at + part.len());
            at += part.len();
        }
    }
    pages
}

/// How many pages a list fills; an empty one still fills one.
#[must_use]
pub fn pages(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

fn numbers(count: usize) -> impl Iterator<Item = PageNumber> {
    (0..count).map(PageNumber::new)
}

fn numbered(address: &str, number: PageNumber) -> String {
    if number == PageNumber::FIRST {
        return address.to_owned();
    }
    format!("{}-{}.html", address.trim_end_matches(".html"), number.shown())
}

/// Folded first parts of all names below the content folder.
fn taken_names(handbook: &Handbook) -> HashSet<String> {
    let chapters = handbook.chapters.iter().map(|chapter| Arc::clone(&chapter.url));
    let attachments = handbook.attachments.iter().map(|file| Arc::clone(&file.name));
    let first = |name: Arc<str>| {
        let part = name.split('/').next().unwrap_or("");
        fold(part.strip_suffix(".html").unwrap_or(part))
    };
    chapters.chain(attachments).map(first).collect()
}

fn aside(name: &str, taken: &HashSet<String>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut free = name.to_owned();
    while taken.contains(&free) {
        free = format!("all-{free}");
    }
    if free != name {
        let message = message!("reserved-url", name = name, address = &free);
        diagnostics.push(Diagnostic::new(&rule::RESERVED_URL, message));
    }
    free
}

/// Names as parts of addresses: letters and digits of any script stay, all
/// else becomes `-`; unique also where case is ignored.
fn slugs<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::from([String::from("index")]);
    names
        .map(|name| {
            let keep = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' };
            let whole: String = name.trim().chars().map(keep).take(80).collect();
            let slug = &whole[..floor_boundary(&whole, disk::LONGEST_SLUG)];
            let slug = match slug.trim_matches(['-', '.']) {
                "" => "x".to_owned(),
                slug => slug.to_owned(),
            };
            let mut unique = slug.clone();
            let mut number = 2;
            while !taken.insert(fold(&unique)) {
                unique = format!("{slug}-{number}");
                number += 1;
            }
            unique
        })
        .collect()
}

/// Whether any text names a document in 《》: what the page of references lists
/// is known only when all addresses are.
fn mentions_titles(handbook: &Handbook) -> bool {
    let names = |mention: &Mention| matches!(mention.kind, MentionKind::Title(_));
    handbook.chapters.iter().any(|chapter| chapter.document.mentions.iter().any(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique() {
        assert_eq!(
            slugs(["客服", "SEO优化", "seo优化", "/", "index"].into_iter()),
            ["客服", "SEO优化", "seo优化-2", "x", "index-2"]
        );
        let long = slugs(["\u{20000}".repeat(80).as_str(), "制".repeat(90).as_str()].into_iter());
        assert_eq!(long, ["\u{20000}".repeat(60), "制".repeat(80)], "a disk holds 255 bytes");
    }
}
