//! The branch of the tree beside a page, breadcrumbs, and the pages before and
//! after. The size of a branch depends on its depth only: long folders show the
//! stretch that the page stands in and a link to the whole list.

use super::Site;
use crate::handbook::navigation::Entry;
use crate::handbook::routes::Page;
use crate::page::{Link, NavigationItem};
use std::sync::{Arc, PoisonError};

/// Entries of a folder that a branch shows at most.
const WINDOW: usize = 30;

impl Site {
    /// The address of a section's page.
    pub(super) fn section_url(&self, section: usize) -> String {
        if section == 0 { "index.html".to_owned() } else { self.url(Page::Section(section, 0)) }
    }

    /// Links from the home page down to a section; the section itself too if `whole`.
    pub(super) fn breadcrumbs(&self, section: usize, whole: bool) -> Vec<Link> {
        let chain = self.handbook.tree.chain(section);
        let shown = if whole { &chain[..] } else { &chain[..chain.len() - 1] };
        let below = shown.iter().skip(1).map(|at| Link {
            title: self.handbook.tree.sections[*at].title.clone(),
            url: self.section_url(*at),
        });
        std::iter::once(self.home_link()).chain(below).collect()
    }

    /// The branch that leads to a section and, in it, to a chapter, rendered.
    /// All pages that show the same branch share it: the page's own entry is
    /// marked when the page is made.
    pub(super) fn branch(&self, section: usize, chapter: Option<usize>) -> Arc<str> {
        let path = &self.handbook.tree.sections[section].path;
        let depth = path.split('/').filter(|part| !part.is_empty()).count();
        self.branch_at(section, chapter, depth)
    }

    /// The same for a page that stands `depth` folders below the site's root.
    pub(super) fn branch_at(&self, section: usize, chapter: Option<usize>, depth: usize) -> Arc<str> {
        let tree = &self.handbook.tree;
        let entries = &tree.sections[section].entries;
        let place = chapter.and_then(|at| entries.iter().position(|entry| *entry == Entry::Chapter(at)));
        let stretch = place.map_or(0, |place| place / WINDOW);
        let key = (section, stretch, depth);
        let known = self.branches.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(html) = known {
            return html;
        }
        let chain = tree.chain(section);
        let items = self.level(&chain, 0, stretch);
        // A theme that fails here fails at its first page too, and is reported there.
        let html: Arc<str> = self.theme.navigation(&"../".repeat(depth), &items).unwrap_or_default().into();
        let mut branches = self.branches.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(branches.entry(key).or_insert(html))
    }

    fn level(&self, chain: &[usize], depth: usize, stretch: usize) -> Vec<NavigationItem> {
        let Some(section) = chain.get(depth) else { return Vec::new() };
        let entries = &self.handbook.tree.sections[*section].entries;
        let next = chain.get(depth + 1).map(|at| Entry::Section(*at));
        let own = match next {
            Some(next) => entries.iter().position(|entry| *entry == next).unwrap_or(0) / WINDOW,
            None => stretch,
        };
        let shown = entries.iter().skip(own * WINDOW).take(WINDOW);
        let mut items: Vec<NavigationItem> = shown
            .map(|entry| match entry {
                Entry::Chapter(at) => self.chapter_item(*at),
                Entry::Section(at) => self.section_item(*at, chain, depth, stretch),
            })
            .collect();
        if entries.len() > WINDOW {
            let title = self.theme.phrase("navigation_more", &[("n", &entries.len().to_string())]);
            items.push(NavigationItem {
                title,
                url: self.section_url(*section),
                kind: "more",
                ..Default::default()
            });
        }
        items
    }

    fn chapter_item(&self, at: usize) -> NavigationItem {
        let Link { title, url } = self.chapter_link(at);
        NavigationItem { title, url, kind: "chapter", ..Default::default() }
    }

    fn section_item(&self, at: usize, chain: &[usize], depth: usize, stretch: usize) -> NavigationItem {
        let section = &self.handbook.tree.sections[at];
        let open = chain.get(depth + 1) == Some(&at);
        NavigationItem {
            title: section.title.clone(),
            url: self.section_url(at),
            kind: "section",
            open,
            count: section.count,
            children: if open { self.level(chain, depth + 1, stretch) } else { Vec::new() },
            ..NavigationItem::default()
        }
    }

    /// The chapters before and after one, in reading order.
    pub(super) fn neighbours(&self, at: usize) -> (Option<Link>, Option<Link>) {
        let tree = &self.handbook.tree;
        let rank = tree.rank[at];
        let link = |rank: usize| tree.order.get(rank).map(|at| self.chapter_link(*at));
        (rank.checked_sub(1).and_then(link), link(rank + 1))
    }
}
