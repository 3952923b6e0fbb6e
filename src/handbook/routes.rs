//! Which page stands at which address.
//!
//! Chapters keep the addresses their files give them. Generated indexes live in
//! folders of their own; where an author already has a folder or file of that
//! name, the generated one steps aside to `all-...`, so nothing is hidden.

pub(crate) mod disk;
mod redirect;

use super::Handbook;
use super::regions::Regions;
use crate::chapter::front_matter::{Kind, Status};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Mention, MentionKind};
use crate::message;
use crate::rule;
use crate::text::{floor_boundary, fold};
use std::collections::{BTreeMap, BTreeSet, HashSet};
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

/// A closed or free vocabulary by which chapters are indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    /// `topics`.
    Topics,
    /// `kind`.
    Kinds,
    /// `status`.
    Status,
}

impl Taxonomy {
    /// Its key, which is its folder's name too.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Kinds => "kinds",
            Self::Status => "status",
        }
    }
}

/// A page of the site. Numbers are indexes into the handbook's lists; a second
/// number is the page of a long list, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// `index.html`.
    Home,
    /// A chapter.
    Chapter(usize),
    /// A folder.
    Section(usize, usize),
    /// Index of departments.
    Departments(usize),
    /// A department.
    Department(usize, usize),
    /// Index of roles.
    Roles(usize),
    /// A role.
    Role(usize, usize),
    /// Index of a taxonomy.
    Terms(Taxonomy, usize),
    /// The chapters of a term.
    Term(Taxonomy, usize, usize),
    /// A to Z.
    Alphabet(usize),
    /// The whole tree.
    Tree(usize),
    /// Terms and what they mean.
    Glossary(usize),
    /// The map: the whole handbook, or one of its regions.
    Map(usize),
    /// Documents outside the handbook.
    References(usize),
    /// `search.html`: a query and all it finds.
    Search,
    /// `404.html`.
    NotFound,
    /// An old or permanent address of a chapter.
    Redirect(usize),
    /// `sitemap.xml`, or where the site is large, the index of its parts.
    Sitemap,
    /// A part of a large sitemap.
    SitemapPart(usize),
    /// `index.json`.
    Metadata,
}

/// The addresses of all pages.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Routes {
    /// Page by address, not encoded.
    pub pages: BTreeMap<Arc<str>, Page>,
    /// Terms of each taxonomy: key, word (empty where the theme has it), chapters.
    pub terms: BTreeMap<Taxonomy, Vec<(String, String, Vec<usize>)>>,
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
        let mut routes = Self::default();
        routes.enter_content(handbook);
        let taken = taken_names(handbook);
        routes.enter_people(handbook, &taken);
        routes.enter_terms(handbook, &taken);
        let listed = handbook.listed().count();
        if listed > 0 {
            let name = aside("a-z", &taken, &mut routes.diagnostics);
            routes.enter_pages(&format!("{name}.html"), pages(listed, PER_PAGE), Page::Alphabet);
        }
        let name = aside("tree", &taken, &mut routes.diagnostics);
        let lines = handbook.chapters.len() + handbook.tree.sections.len();
        routes.enter_pages(&format!("{name}.html"), pages(lines, TREE_LINES), Page::Tree);
        routes.regions = Regions::new(handbook);
        if !routes.regions.list.is_empty() {
            let name = aside("map", &taken, &mut routes.diagnostics);
            routes.enter_pages(&format!("{name}.html"), routes.regions.list.len(), Page::Map);
        }
        if !handbook.config.external_references.is_empty() || mentions_titles(handbook) {
            let name = aside("references", &taken, &mut routes.diagnostics);
            let count = pages(handbook.config.external_references.len(), REFERENCES);
            routes.enter_pages(&format!("{name}.html"), count, Page::References);
        }
        routes.enter_glossary(handbook, &taken);
        let name = aside("search", &taken, &mut routes.diagnostics);
        routes.enter(format!("{name}.html"), Page::Search);
        routes.enter("404.html".to_owned(), Page::NotFound);
        routes.enter("index.json".to_owned(), Page::Metadata);
        if handbook.config.base_url.is_some() {
            routes.enter("sitemap.xml".to_owned(), Page::Sitemap);
        }
        routes.enter_redirects(handbook);
        routes.enter_sitemap();
        routes
    }

    /// Enters the parts of a sitemap that would be too large as one.
    fn enter_sitemap(&mut self) {
        let listed = self.in_sitemap().count();
        if listed > SITEMAP && self.addresses.contains_key(&Page::Sitemap) {
            for number in 0..listed.div_ceil(SITEMAP) {
                self.enter(format!("sitemap-{}.xml", number + 1), Page::SitemapPart(number));
            }
        }
    }

    /// The addresses that search engines are told, in order.
    pub fn in_sitemap(&self) -> impl Iterator<Item = &str> {
        let shown = |page: &Page| {
            !matches!(
                page,
                Page::NotFound
                    | Page::Redirect(_)
                    | Page::Search
                    | Page::Metadata
                    | Page::Sitemap
                    | Page::SitemapPart(_)
            )
        };
        self.pages.iter().filter(move |(_, page)| shown(page)).map(|(address, _)| &**address)
    }

    fn enter(&mut self, address: impl Into<Arc<str>>, page: Page) -> bool {
        let address = address.into();
        if self.pages.contains_key(&address) {
            return false;
        }
        self.addresses.insert(page, Arc::clone(&address));
        self.pages.insert(address, page);
        true
    }

    /// Enters a list that fills `count` pages: `x.html`, `x-2.html`, ...
    fn enter_pages(&mut self, address: &str, count: usize, page: impl Fn(usize) -> Page) {
        for number in 0..count {
            let mut numbered = numbered(address, number);
            while !self.enter(numbered.clone(), page(number)) {
                numbered = numbered.replace(".html", "-.html");
            }
        }
    }

    fn enter_content(&mut self, handbook: &Handbook) {
        for (at, chapter) in handbook.chapters.iter().enumerate() {
            if !chapter.is_index {
                self.enter(Arc::clone(&chapter.url), Page::Chapter(at));
            }
        }
        for (at, section) in handbook.tree.sections.iter().enumerate() {
            let (chapters, folders) =
                (handbook.tree.chapters_in(at).len(), handbook.tree.sections_in(at).len());
            let count = pages(chapters, PER_PAGE).max(pages(folders, PER_PAGE));
            if section.path.is_empty() {
                self.enter("index.html".to_owned(), Page::Home);
                let rest = 1..count;
                for number in rest {
                    self.enter(numbered("index.html", number), Page::Section(at, number));
                }
            } else {
                self.enter_pages(&format!("{}/index.html", section.path), count, |number| {
                    Page::Section(at, number)
                });
            }
        }
    }

    /// The author's own page, where there is one, becomes the glossary's first.
    fn enter_glossary(&mut self, handbook: &Handbook, taken: &HashSet<String>) {
        let glossary = &handbook.glossary;
        if glossary.pages.is_empty() {
            return;
        }
        let first = match glossary.chapter {
            Some(at) => handbook.chapters[at].url.to_string(),
            None => format!("{}.html", aside("glossary", taken, &mut self.diagnostics)),
        };
        let address: Arc<str> = first.as_str().into();
        self.pages.insert(Arc::clone(&address), Page::Glossary(0));
        self.addresses.insert(Page::Glossary(0), address);
        for number in 1..glossary.pages.len() {
            let mut address = numbered(&first, number);
            while !self.enter(address.clone(), Page::Glossary(number)) {
                address = address.replace(".html", "-.html");
            }
        }
    }

    fn enter_people(&mut self, handbook: &Handbook, taken: &HashSet<String>) {
        let (departments, roles) = (&handbook.organization.departments, &handbook.organization.roles);
        if !departments.is_empty() {
            let folder = aside("departments", taken, &mut self.diagnostics);
            let count = pages(departments.len(), INDEX_LINES);
            self.enter_pages(&format!("{folder}/index.html"), count, Page::Departments);
            let slugs = slugs(departments.iter().map(|department| department.id.as_str()));
            for (at, slug) in slugs.iter().enumerate() {
                let count = pages(handbook.concerning_department(at).chapters.len(), PER_PAGE);
                self.enter_pages(&format!("{folder}/{slug}.html"), count, |number| {
                    Page::Department(at, number)
                });
            }
        }
        if !roles.is_empty() {
            let folder = aside("roles", taken, &mut self.diagnostics);
            let count = pages(roles.len(), INDEX_LINES);
            self.enter_pages(&format!("{folder}/index.html"), count, Page::Roles);
            let slugs = slugs(roles.iter().map(|role| role.id.as_str()));
            for (at, slug) in slugs.iter().enumerate() {
                let all = handbook.naming_role(at).len() + handbook.concerning_role(at).chapters.len();
                let count = pages(all, PER_PAGE);
                self.enter_pages(&format!("{folder}/{slug}.html"), count, |number| Page::Role(at, number));
            }
        }
    }

    fn enter_terms(&mut self, handbook: &Handbook, taken: &HashSet<String>) {
        let topics =
            handbook.topics.values().map(|term| (String::new(), term.name.clone(), term.chapters.clone()));
        let kinds = Kind::ALL.iter().map(|row| (row.0.to_owned(), String::new(), handbook.with_kind(row.2)));
        let statuses =
            Status::ALL.iter().map(|row| (row.0.to_owned(), String::new(), handbook.with_status(row.2)));
        let all = [
            (Taxonomy::Topics, topics.collect::<Vec<_>>()),
            (Taxonomy::Kinds, kinds.collect()),
            (Taxonomy::Status, statuses.collect()),
        ];
        for (taxonomy, mut terms) in all {
            terms.retain(|term| !term.2.is_empty());
            if terms.is_empty() {
                continue;
            }
            let folder = aside(taxonomy.key(), taken, &mut self.diagnostics);
            let count = pages(terms.len(), INDEX_LINES);
            self.enter_pages(&format!("{folder}/index.html"), count, |number| Page::Terms(taxonomy, number));
            let slugs =
                slugs(terms.iter().map(|(key, word, _)| if key.is_empty() { word.as_str() } else { key }));
            for (at, slug) in slugs.iter().enumerate() {
                let count = pages(terms[at].2.len(), PER_PAGE);
                self.enter_pages(&format!("{folder}/{slug}.html"), count, |number| {
                    Page::Term(taxonomy, at, number)
                });
            }
            self.terms.insert(taxonomy, terms);
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

/// How many pages a list fills; an empty one still fills one.
#[must_use]
pub fn pages(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

fn numbered(address: &str, number: usize) -> String {
    if number == 0 {
        return address.to_owned();
    }
    format!("{}-{}.html", address.trim_end_matches(".html"), number + 1)
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

fn aside(name: &str, taken: &HashSet<String>, found: &mut Vec<Diagnostic>) -> String {
    let mut free = name.to_owned();
    while taken.contains(&free) {
        free = format!("all-{free}");
    }
    if free != name {
        let message = message!("reserved-url", name = name, address = &free);
        found.push(Diagnostic::new(&rule::RESERVED_URL, message));
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
    handbook.chapters.iter().any(|chapter| chapter.scan.mentions.iter().any(names))
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
