//! The branch of the tree beside a page, breadcrumbs, and the pages before and
//! after. The size of a branch depends on its depth only: long folders show the
//! neighbourhood and a link to the whole list.

use super::Site;
use crate::handbook::navigation::Entry;
use crate::handbook::routes::Page;
use crate::page::{Link, NavigationItem};
use std::sync::Arc;

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

    /// The branch that leads to a section and, in it, to a chapter.
    pub(super) fn branch(&self, section: usize, chapter: Option<usize>) -> Arc<Vec<NavigationItem>> {
        let chain = self.handbook.tree.chain(section);
        let current = chapter.map_or(Entry::Section(section), Entry::Chapter);
        Arc::new(self.level(&chain, 0, current))
    }

    fn level(&self, chain: &[usize], depth: usize, current: Entry) -> Vec<NavigationItem> {
        let Some(section) = chain.get(depth) else { return Vec::new() };
        let entries = &self.handbook.tree.sections[*section].entries;
        let next = chain.get(depth + 1).copied();
        let here =
            entries.iter().position(|entry| *entry == current || Some(*entry) == next.map(Entry::Section));
        let (start, end) = window(entries.len(), here.unwrap_or(0));
        let mut items: Vec<NavigationItem> = entries[start..end]
            .iter()
            .map(|entry| match entry {
                Entry::Chapter(at) => self.chapter_item(*at, *entry == current),
                Entry::Section(at) => self.section_item(*at, chain, depth, current),
            })
            .collect();
        if end - start < entries.len() {
            let title = self.word("navigation_all").replace("{n}", &entries.len().to_string());
            items.push(NavigationItem {
                title,
                url: self.section_url(*section),
                kind: "more",
                ..Default::default()
            });
        }
        items
    }

    fn chapter_item(&self, at: usize, current: bool) -> NavigationItem {
        let Link { title, url } = self.chapter_link(at);
        NavigationItem { title, url, kind: "chapter", current, ..Default::default() }
    }

    fn section_item(&self, at: usize, chain: &[usize], depth: usize, current: Entry) -> NavigationItem {
        let section = &self.handbook.tree.sections[at];
        let open = chain.get(depth + 1) == Some(&at);
        NavigationItem {
            title: section.title.clone(),
            url: self.section_url(at),
            kind: "section",
            current: current == Entry::Section(at),
            open,
            count: section.count,
            children: if open { self.level(chain, depth + 1, current) } else { Vec::new() },
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

fn window(length: usize, here: usize) -> (usize, usize) {
    if length <= WINDOW {
        return (0, length);
    }
    let start = here.saturating_sub(WINDOW / 2).min(length - WINDOW);
    (start, start + WINDOW)
}
