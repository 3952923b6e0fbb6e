//! Home, folders, taxonomies, A to Z and the whole tree.

use super::Site;
use super::cards::{LINE, slice};
use crate::handbook::navigation::Entry;
use crate::handbook::routes::{INDEX_LINES, PER_PAGE, Page, TREE_LINES};
use crate::handbook::taxonomy::Taxonomy;
use crate::id::{ChapterId, PageNumber, SectionId, TaxonomyTermId};
use crate::markdown::cut;
use crate::page::{
    AlphabetPage, CardGroup, Change, FolderList, HomePage, Link, LinkWithCount, SearchPage, SectionPage,
    TermPage, TermsPage, TreeNode, TreePage,
};
use pinyin::ToPinyin;
use std::collections::HashSet;
use std::ops::Range;

/// Lines that a list on the home page has at most.
const HOME_LINES: usize = 8;

impl Site {
    pub(super) fn home_page(&self) -> HomePage {
        let handbook = &self.handbook;
        let top = &handbook.tree.sections[SectionId::ROOT];
        let mut context = self.context("index.html", &super::title(handbook, &self.theme));
        context.breadcrumbs.clear();
        context.navigation_html = self.sidebar(SectionId::ROOT, None, "index.html");
        context.description.clone_from(&handbook.config.description);
        let own = top.index.map(|id| self.body(id, "index.html"));
        let (body, terms) = own.map(|own| (own.html, own.terms)).unwrap_or_default();
        context.term_notes = terms;
        context.feeds = self.feed_links(None);
        let must = handbook.tree.order.iter().filter(|id| handbook.metadata[**id].required_all);
        let sections = handbook.tree.sections_in(SectionId::ROOT);
        // The glossary stands among the indexes.
        let glossary = handbook.glossary.chapter;
        let beside =
            handbook.tree.chapters_in(SectionId::ROOT).into_iter().filter(|id| Some(*id) != glossary);
        HomePage {
            context,
            body,
            changes: self.changes(),
            required: must.take(HOME_LINES).map(|id| self.required(*id)).collect(),
            departments: self.top_departments(),
            sections: sections.into_iter().take(24).map(|id| self.section_counted(id)).collect(),
            cards: self.cards(beside.take(24)),
            total: handbook.listed().count(),
        }
    }

    /// The latest change of each chapter, the latest first.
    fn changes(&self) -> Vec<Change> {
        let mut told = HashSet::new();
        let latest = self.all_changes().iter().filter(|change| told.insert(change.chapter));
        let change = |change: &crate::handbook::register::Change| {
            let entry = self.change_entry(*change);
            let (date, card, redline) = (entry.date, entry.card, entry.redline);
            Change { date, card, redline, version: entry.version, note: entry.note }
        };
        latest.take(HOME_LINES).map(change).collect()
    }

    fn section_counted(&self, id: SectionId) -> LinkWithCount {
        let section = &self.handbook.tree.sections[id];
        let summary = section.page().map_or("", |id| self.handbook.chapters[id].front.summary.as_str());
        let summary = cut(summary, LINE, true);
        LinkWithCount {
            title: section.title.clone(),
            url: self.section_url(id),
            count: section.count,
            summary,
        }
    }

    /// What a page of a section lists.
    pub(super) fn listed_in(&self, id: SectionId, number: PageNumber) -> FolderList {
        let tree = &self.handbook.tree;
        let (chapters, folders) = (tree.chapters_in(id), tree.sections_in(id));
        let lines = chapters.len().max(folders.len());
        FolderList {
            cards: self.cards(slice(&chapters, number, PER_PAGE).iter().copied()),
            sections: slice(&folders, number, PER_PAGE).iter().map(|id| self.section_counted(*id)).collect(),
            pagination: self.pagination(number, lines, PER_PAGE, |number| {
                match tree.sections[id].beside.filter(|_| number == PageNumber::FIRST) {
                    Some(chapter) => Page::Chapter(chapter),
                    None => Page::Section(id, number),
                }
            }),
        }
    }

    pub(super) fn section_page(&self, id: SectionId, number: PageNumber) -> SectionPage {
        let handbook = &self.handbook;
        let section = &handbook.tree.sections[id];
        let address = handbook.routes.address(Page::Section(id, number));
        // The navigation may have a shorter name for it than its page.
        let title = section.index.map_or(&section.title, |index| &handbook.chapters[index].title);
        let mut context = self.context(address, title);
        context.breadcrumbs = self.breadcrumbs(id, false);
        context.navigation_html = self.sidebar(id, None, address);
        let mut page = SectionPage { context, ..SectionPage::default() };
        let listed = self.listed_in(id, number);
        (page.cards, page.sections, page.pagination) = (listed.cards, listed.sections, listed.pagination);
        if number > PageNumber::FIRST {
            return page;
        }
        if let Some(index) = section.index {
            let body = self.body(index, address);
            page.context.language = self.language_of(index);
            page.context.description.clone_from(&handbook.chapters[index].front.summary);
            page.notices = self.notices(index);
            page.context.term_notes = body.terms;
            page.body = body.html;
            page.outline = body.outline;
        }
        page
    }

    pub(super) fn search_page(&self) -> SearchPage {
        let routes = &self.handbook.routes;
        let link = |page: Page| {
            let listed = !routes.address(page).is_empty();
            listed.then(|| Link { title: self.translate(page.kind().listed).to_owned(), url: self.url(page) })
        };
        SearchPage {
            context: self.index_context(routes.address(Page::Search), self.translate("search")),
            ways: [Page::Alphabet(PageNumber::FIRST), Page::Tree(PageNumber::FIRST)]
                .into_iter()
                .filter_map(link)
                .collect(),
            examples: self.search_examples(),
        }
    }

    pub(super) fn terms_page(&self, taxonomy: Taxonomy, number: PageNumber) -> TermsPage {
        let terms = self.handbook.taxonomies.terms(taxonomy);
        let term = |id: TaxonomyTermId| LinkWithCount {
            title: self.term_title(taxonomy, id),
            url: self.url(Page::Term(taxonomy, id, PageNumber::FIRST)),
            count: terms[id].chapters.len(),
            summary: String::new(),
        };
        let address = self.handbook.routes.address(Page::Terms(taxonomy, number));
        TermsPage {
            context: self.index_context(address, self.translate(taxonomy.row().label)),
            taxonomy: folder(taxonomy),
            terms: terms.ids().skip(number.items(INDEX_LINES).start).take(INDEX_LINES).map(term).collect(),
            pagination: self
                .pagination(number, terms.len(), INDEX_LINES, |number| Page::Terms(taxonomy, number)),
        }
    }

    fn term_title(&self, taxonomy: Taxonomy, id: TaxonomyTermId) -> String {
        match self.handbook.taxonomies.terms(taxonomy).get(id) {
            Some(term) if term.name.is_empty() => {
                self.labelled(taxonomy.row().field.row().key, &term.id).text
            }
            Some(term) => term.name.clone(),
            None => String::new(),
        }
    }

    pub(super) fn term_page(&self, taxonomy: Taxonomy, id: TaxonomyTermId, number: PageNumber) -> TermPage {
        let address = self.handbook.routes.address(Page::Term(taxonomy, id, number));
        let mut context = self.index_context(address, &self.term_title(taxonomy, id));
        context.breadcrumbs.push(self.index_link(taxonomy));
        let term = self.handbook.taxonomies.terms(taxonomy).get(id);
        let chapters = term.map_or(&[][..], |term| &term.chapters);
        TermPage {
            context,
            taxonomy: folder(taxonomy),
            cards: self.cards(slice(chapters, number, PER_PAGE).iter().copied()),
            pagination: self
                .pagination(number, chapters.len(), PER_PAGE, |number| Page::Term(taxonomy, id, number)),
        }
    }

    pub(super) fn alphabet_page(&self, number: PageNumber) -> AlphabetPage {
        let handbook = &self.handbook;
        let mut sorted: Vec<(String, ChapterId)> =
            handbook.listed().map(|id| (initial(&handbook.chapters[id].title), id)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| handbook.tree.by_pinyin(a.1, b.1)));
        let mut letters: Vec<LinkWithCount> = Vec::new();
        for (place, (letter, _)) in sorted.iter().enumerate() {
            match letters.last_mut() {
                Some(last) if last.title == *letter => last.count += 1,
                _ => {
                    let page = self.url(Page::Alphabet(PageNumber::of_item(place, PER_PAGE)));
                    let url = format!("{page}#{}", anchor(letter));
                    letters.push(LinkWithCount {
                        title: letter.clone(),
                        url,
                        count: 1,
                        summary: String::new(),
                    });
                }
            }
        }
        let mut groups: Vec<CardGroup> = Vec::new();
        for (letter, id) in slice(&sorted, number, PER_PAGE) {
            if groups.last().is_none_or(|group| group.heading.title != *letter) {
                let heading = Link { title: letter.clone(), url: anchor(letter).to_owned() };
                groups.push(CardGroup { heading, cards: Vec::new(), more: 0 });
            }
            if let Some(group) = groups.last_mut() {
                group.cards.push(self.card(*id));
            }
        }
        AlphabetPage {
            context: self.index_context(
                handbook.routes.address(Page::Alphabet(number)),
                self.translate("index_alphabet"),
            ),
            letters,
            groups,
            pagination: self.pagination(number, sorted.len(), PER_PAGE, Page::Alphabet),
        }
    }

    pub(super) fn tree_page(&self, number: PageNumber) -> TreePage {
        let tree = &self.handbook.tree;
        let lines = self.handbook.chapters.len() + tree.sections.len();
        let range = number.items(TREE_LINES);
        let mut line = 0;
        let root = self.tree_node(SectionId::ROOT, &mut line, &range);
        TreePage {
            context: self.index_context(
                self.handbook.routes.address(Page::Tree(number)),
                self.translate("index_tree"),
            ),
            tree: root.map_or_else(Vec::new, |root| root.children),
            pagination: self.pagination(number, lines, TREE_LINES, Page::Tree),
        }
    }

    /// A folder with what stands in `range` of the whole list; `None` if nothing does.
    fn tree_node(&self, id: SectionId, line: &mut usize, range: &Range<usize>) -> Option<TreeNode> {
        let section = &self.handbook.tree.sections[id];
        let mut shown = range.contains(line);
        *line += 1;
        let mut children = Vec::new();
        for entry in &section.entries {
            match entry {
                Entry::Section(id) => children.extend(self.tree_node(*id, line, range)),
                Entry::Chapter(id) => {
                    if range.contains(line) {
                        let title = self.handbook.chapters[*id].nav_title();
                        let url = self.chapter_url(*id);
                        children.push(TreeNode { title, url, ..TreeNode::default() });
                    }
                    *line += 1;
                }
            }
        }
        shown |= !children.is_empty();
        let LinkWithCount { title, url, count, summary } = self.section_counted(id);
        shown.then_some(TreeNode { title, url, count, summary, current: false, children })
    }
}

fn folder(taxonomy: Taxonomy) -> &'static str {
    taxonomy.row().pages.map_or("", |pages| pages.folder)
}

/// The letter under which a title is listed: its first letter or digit's, by
/// pinyin for Chinese; `#` for all else.
pub(super) fn initial(title: &str) -> String {
    let first = title.chars().find(|c| c.is_alphanumeric());
    let letter = first.and_then(|c| match c.to_pinyin() {
        Some(syllable) => syllable.plain().chars().next(),
        None => Some(c),
    });
    match letter {
        Some(c) if c.is_ascii_alphabetic() => c.to_ascii_uppercase().to_string(),
        _ => "#".to_owned(),
    }
}

fn anchor(letter: &str) -> &str {
    if letter == "#" { "other" } else { letter }
}
