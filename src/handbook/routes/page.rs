//! The kinds of pages, and what is to be known of each: its name, its template, who
//! is told of it, and when it is published.
//!
//! [`Page::kind`] is the table. A new kind is a variant, an arm there and, unless
//! chapters or folders give its address, a place in [`Page::generated`]; what it
//! shows is for `site`.

use super::super::Handbook;
use super::super::taxonomy::Taxonomy;
use super::{
    INDEX_LINES, PER_PAGE, REFERENCES, Routes, SITEMAP, TREE_LINES, changes_on_pages, mentions_titles, pages,
};
use crate::id::{
    ChapterId, DepartmentId, EditionNumber, HistoryId, PageNumber, RegionId, RoleId, SectionId,
    TaxonomyTermId,
};

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// `index.html`.
    Home,
    /// A chapter.
    Chapter(ChapterId),
    /// A folder.
    Section(SectionId, PageNumber),
    /// Index of a taxonomy.
    Terms(Taxonomy, PageNumber),
    /// The chapters of a term.
    Term(Taxonomy, TaxonomyTermId, PageNumber),
    /// A to Z.
    Alphabet(PageNumber),
    /// The whole tree.
    Tree(PageNumber),
    /// Terms and what they mean.
    Glossary(PageNumber),
    /// The map: the whole handbook, or one of its regions.
    Map(RegionId),
    /// Documents outside the handbook.
    References(PageNumber),
    /// The register of controlled documents.
    Register(PageNumber),
    /// The same for a spreadsheet.
    RegisterTable,
    /// What is due for review.
    Reviews(PageNumber),
    /// The same as a calendar.
    ReviewCalendar,
    /// The reviews of an owner, as a calendar.
    OwnerCalendar(TaxonomyTermId),
    /// What has changed.
    Changes(PageNumber),
    /// The same as a feed.
    Feed,
    /// The feed of what concerns a department.
    DepartmentFeed(DepartmentId),
    /// The feed of what concerns a role.
    RoleFeed(RoleId),
    /// All editions of a chapter.
    Timeline(HistoryId),
    /// A chapter's text at one version.
    Edition(HistoryId, EditionNumber),
    /// What differs between an edition and the one before it.
    Redline(HistoryId, EditionNumber),
    /// A query and all it finds.
    Search,
    /// What a server shows where nothing is.
    NotFound,
    /// An old or permanent address of a chapter.
    Redirect(ChapterId),
    /// Addresses for search engines, or where the site is large, where its parts are.
    Sitemap,
    /// A part of a large sitemap.
    SitemapPart(PageNumber),
    /// The metadata of all chapters.
    Metadata,
}

/// What is to be known of a kind of pages.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Kind {
    /// Where its pages stand.
    pub name: Name,
    /// The template; empty where none is used.
    pub template: &'static str,
    /// Whether search engines are told of its pages.
    pub sitemap: bool,
    /// When its pages are published.
    pub phase: Phase,
    /// The theme's word under which every page's navigation lists it; empty if it
    /// does not.
    pub listed: &'static str,
    /// Whether the bar on top has room for it also where there are many indexes.
    pub in_bar: bool,
    /// How many pages of it there are; asked of generated kinds only.
    pub count: fn(Page, &Handbook, &Routes) -> usize,
}

/// Where the pages of a kind stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Where an author's file, folder or front matter says.
    Content,
    /// `NAME.html`, `NAME-2.html`, …; where an author has that name, `all-NAME.html`.
    Reserved(&'static str),
    /// `NAME/index.html`, likewise.
    Folder(&'static str),
    /// Exactly here, since other programs look for it.
    Fixed(&'static str),
    /// `STEM-1.ENDING`, `STEM-2.ENDING`, ….
    Numbered(&'static str, &'static str),
}

/// When a page is published, after what it needs and before what leads to it: see
/// `disk::publish::order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// New ones before those that change.
    Page,
    /// Behind all pages, since it leads to them.
    Data,
    /// The home page, which is last.
    Home,
}

impl Kind {
    const fn page(template: &'static str, name: Name) -> Self {
        Self {
            name,
            template,
            sitemap: true,
            phase: Phase::Page,
            listed: "",
            in_bar: false,
            count: |_, _, _| 1,
        }
    }

    const fn data(name: Name) -> Self {
        Self { sitemap: false, phase: Phase::Data, ..Self::page("", name) }
    }
}

/// Folders that are the site's own, each with the one file in it whose name does not
/// hold a hash of what it holds.
pub(crate) const OWN_FOLDERS: [(&str, Option<&str>); 3] =
    [("assets", None), ("previews", Some("previews/manifest.js")), ("search", Some("search/index.js"))];

/// Whether an address is that of a file that leads to the hashed ones of its folder.
pub(crate) fn leads_to_hashed(address: &str) -> bool {
    OWN_FOLDERS.iter().any(|(_, file)| *file == Some(address))
}

impl Page {
    /// What is to be known of pages of its kind.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Home => Kind { phase: Phase::Home, ..Kind::page("home.html", Name::Fixed("index.html")) },
            Self::Chapter(_) => Kind::page("chapter.html", Name::Content),
            Self::Section(..) => Kind::page("section.html", Name::Content),
            Self::Terms(taxonomy, _) => index_of(taxonomy),
            Self::Term(taxonomy, ..) => {
                Kind::page(taxonomy.row().pages.map_or("", |pages| pages.term), Name::Content)
            }
            Self::Alphabet(_) => Kind {
                listed: "index_alphabet",
                in_bar: true,
                count: |_, handbook, _| handbook.listed().count().div_ceil(PER_PAGE),
                ..Kind::page("alphabet.html", Name::Reserved("a-z"))
            },
            Self::Tree(_) => Kind {
                listed: "index_tree",
                count: |_, handbook, _| {
                    pages(handbook.chapters.len() + handbook.tree.sections.len(), TREE_LINES)
                },
                ..Kind::page("tree.html", Name::Reserved("tree"))
            },
            Self::Glossary(_) => Kind {
                listed: "index_glossary",
                in_bar: true,
                count: |_, handbook, _| handbook.glossary.pages.len(),
                ..Kind::page("glossary.html", Name::Reserved("glossary"))
            },
            Self::Map(_) => Kind {
                listed: "index_map",
                count: |_, _, routes| routes.regions.list.len(),
                ..Kind::page("map.html", Name::Reserved("map"))
            },
            Self::References(_) => Kind {
                listed: "index_references",
                count: references,
                ..Kind::page("references.html", Name::Reserved("references"))
            },
            Self::Register(_) => Kind {
                listed: "index_register",
                in_bar: true,
                count: |_, handbook, _| handbook.controlled().count().div_ceil(PER_PAGE),
                ..Kind::page("register.html", Name::Reserved("register"))
            },
            Self::RegisterTable => Kind {
                count: |_, handbook, _| usize::from(handbook.controlled().next().is_some()),
                ..Kind::data(Name::Fixed("register.csv"))
            },
            Self::Reviews(_) => Kind {
                listed: "index_reviews",
                count: |_, handbook, _| {
                    let pages = handbook.reviews().len().div_ceil(PER_PAGE);
                    // It lists what the making of rules lacks, too.
                    pages.max(usize::from(handbook.lacks_steps()))
                },
                ..Kind::page("reviews.html", Name::Reserved("reviews"))
            },
            Self::ReviewCalendar => Kind {
                count: |_, handbook, _| usize::from(!handbook.reviews().is_empty()),
                ..Kind::data(Name::Fixed("reviews.ics"))
            },
            Self::OwnerCalendar(_) => Kind::data(Name::Content),
            Self::Changes(_) => Kind {
                listed: "index_changes",
                in_bar: true,
                count: |_, handbook, _| changes_on_pages(&handbook.changes()).len(),
                ..Kind::page("changes.html", Name::Reserved("changes"))
            },
            Self::Feed => Kind { count: feeds, ..Kind::data(Name::Fixed("changes.xml")) },
            Self::DepartmentFeed(_) | Self::RoleFeed(_) => Kind { count: feeds, ..Kind::data(Name::Content) },
            Self::Timeline(_) => Kind { sitemap: false, ..Kind::page("timeline.html", Name::Content) },
            Self::Edition(..) => Kind { sitemap: false, ..Kind::page("edition.html", Name::Content) },
            Self::Redline(..) => Kind { sitemap: false, ..Kind::page("redline.html", Name::Content) },
            Self::Search => Kind { sitemap: false, ..Kind::page("search.html", Name::Reserved("search")) },
            Self::NotFound => Kind { sitemap: false, ..Kind::page("404.html", Name::Fixed("404.html")) },
            Self::Redirect(_) => Kind { sitemap: false, ..Kind::page("redirect.html", Name::Content) },
            Self::Sitemap => Kind {
                count: |_, handbook, _| usize::from(handbook.config.base_url.is_some()),
                ..Kind::data(Name::Fixed("sitemap.xml"))
            },
            Self::SitemapPart(_) => {
                Kind { count: sitemap_parts, ..Kind::data(Name::Numbered("sitemap", "xml")) }
            }
            Self::Metadata => Kind::data(Name::Fixed("index.json")),
        }
    }

    /// A page of a department's chapters. All departments are terms, in their order.
    #[must_use]
    pub const fn department(id: DepartmentId, number: PageNumber) -> Self {
        Self::Term(Taxonomy::DEPARTMENTS, TaxonomyTermId::new(id.index()), number)
    }

    /// A page of a role's chapters. All roles are terms, in their order.
    #[must_use]
    pub const fn role(id: RoleId, number: PageNumber) -> Self {
        Self::Term(Taxonomy::ROLES, TaxonomyTermId::new(id.index()), number)
    }

    /// The first page of each kind that no file of an author's gives its address, in
    /// the order in which navigation lists them.
    pub(crate) fn generated() -> impl Iterator<Item = Self> {
        let indexes = Taxonomy::all().filter(|taxonomy| taxonomy.row().pages.is_some());
        let others = [
            Self::Alphabet(PageNumber::FIRST),
            Self::Glossary(PageNumber::FIRST),
            Self::Map(RegionId::ROOT),
            Self::References(PageNumber::FIRST),
            Self::Tree(PageNumber::FIRST),
            Self::Changes(PageNumber::FIRST),
            Self::Feed,
            Self::Register(PageNumber::FIRST),
            Self::RegisterTable,
            Self::Reviews(PageNumber::FIRST),
            Self::ReviewCalendar,
            Self::Search,
            Self::NotFound,
            Self::Metadata,
            Self::Sitemap,
            Self::SitemapPart(PageNumber::FIRST),
        ];
        indexes.map(|taxonomy| Self::Terms(taxonomy, PageNumber::FIRST)).chain(others)
    }

    /// A further page of the same list.
    pub(super) const fn nth(self, number: PageNumber) -> Self {
        match self {
            Self::Section(section, _) => Self::Section(section, number),
            Self::Terms(taxonomy, _) => Self::Terms(taxonomy, number),
            Self::Term(taxonomy, term, _) => Self::Term(taxonomy, term, number),
            Self::Alphabet(_) => Self::Alphabet(number),
            Self::Tree(_) => Self::Tree(number),
            Self::Glossary(_) => Self::Glossary(number),
            Self::Map(_) => Self::Map(RegionId::new(number.index())),
            Self::References(_) => Self::References(number),
            Self::Register(_) => Self::Register(number),
            Self::Reviews(_) => Self::Reviews(number),
            Self::Changes(_) => Self::Changes(number),
            Self::SitemapPart(_) => Self::SitemapPart(number),
            alone => alone,
        }
    }

    /// When the file at an address is published, if it is that of a page that stands at
    /// the same address on every site.
    pub(crate) fn phase_at(address: &str) -> Option<Phase> {
        let is_there = |kind: &Kind| match kind.name {
            Name::Fixed(known) => known == address,
            Name::Numbered(stem, ending) => {
                let rest = address.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ending));
                let number = rest.and_then(|rest| rest.strip_prefix('-')?.strip_suffix('.'));
                number.is_some_and(|number| number.parse::<usize>().is_ok())
            }
            Name::Content | Name::Reserved(_) | Name::Folder(_) => false,
        };
        let mut kinds = std::iter::once(Self::Home).chain(Self::generated()).map(Self::kind);
        kinds.find(is_there).map(|kind| kind.phase)
    }
}

fn index_of(taxonomy: Taxonomy) -> Kind {
    let row = taxonomy.row();
    let (folder, template) = row.pages.map_or(("", ""), |pages| (pages.folder, pages.index));
    let in_bar = [Taxonomy::DEPARTMENTS, Taxonomy::ROLES, Taxonomy::TOPICS].contains(&taxonomy);
    Kind { listed: row.label, in_bar, count: index_pages, ..Kind::page(template, Name::Folder(folder)) }
}

fn index_pages(page: Page, handbook: &Handbook, _: &Routes) -> usize {
    let Page::Terms(taxonomy, _) = page else { return 0 };
    handbook.taxonomies.terms(taxonomy).len().div_ceil(INDEX_LINES)
}

/// Readers of feeds need whole addresses.
fn feeds(_: Page, handbook: &Handbook, _: &Routes) -> usize {
    usize::from(handbook.config.base_url.is_some() && !handbook.changes().is_empty())
}

fn references(_: Page, handbook: &Handbook, _: &Routes) -> usize {
    let declared = handbook.config.external_references.len();
    if declared > 0 || mentions_titles(handbook) { pages(declared, REFERENCES) } else { 0 }
}

/// A sitemap that would be too large is one of parts.
fn sitemap_parts(_: Page, handbook: &Handbook, routes: &Routes) -> usize {
    let listed = routes.in_sitemap().count();
    let wanted = handbook.config.base_url.is_some() && listed > SITEMAP;
    if wanted { listed.div_ceil(SITEMAP) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_generated_kind_has_a_name_of_its_own() {
        let mut names = BTreeSet::from(OWN_FOLDERS.map(|(folder, _)| format!("{folder}/index.html")));
        for page in Page::generated() {
            let name = match page.kind().name {
                Name::Content => panic!("{page:?} has no address"),
                Name::Reserved(name) => format!("{name}.html"),
                Name::Folder(name) => format!("{name}/index.html"),
                Name::Fixed(name) => name.to_owned(),
                Name::Numbered(stem, ending) => format!("{stem}-1.{ending}"),
            };
            assert!(names.insert(name), "{page:?}");
        }
    }

    #[test]
    fn what_leads_to_pages_is_published_behind_them() {
        for (address, phase) in [
            ("index.html", Some(Phase::Home)),
            ("index.json", Some(Phase::Data)),
            ("sitemap.xml", Some(Phase::Data)),
            ("sitemap-12.xml", Some(Phase::Data)),
            ("404.html", Some(Phase::Page)),
            ("a/index.html", None),
            ("sitemap-x.xml", None),
            ("tree.html", None),
        ] {
            assert_eq!(Page::phase_at(address), phase, "{address}");
        }
    }
}
