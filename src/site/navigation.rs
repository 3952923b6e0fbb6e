//! The branch of the tree beside a page, breadcrumbs, and the pages before and
//! after. The size of a branch depends on its depth only: long folders show the
//! stretch that the page stands in and a link to the whole list.

use super::Site;
use crate::handbook::navigation::Entry;
use crate::handbook::routes::Page;
use crate::id::{ChapterId, PageNumber, Rank, SectionId};
use crate::page::{Link, NavigationItem};
use std::sync::{Arc, PoisonError};

/// Entries of a folder that a branch shows at most.
const WINDOW: usize = 30;

/// Rendered branches that are kept: pages are made folder by folder.
const KEPT: usize = 256;

/// What a rendered branch depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SidebarKey {
    section: SectionId,
    /// Which stretch of the section's entries it shows, of [`WINDOW`] each.
    stretch: usize,
    /// How many folders the page stands below the site's root.
    depth: usize,
}

impl Site {
    /// The address of a section's page.
    pub(super) fn section_url(&self, section: SectionId) -> String {
        match section {
            SectionId::ROOT => "index.html".to_owned(),
            section => match self.handbook.tree.sections[section].beside {
                Some(chapter) => self.chapter_url(chapter),
                None => self.url(Page::Section(section, PageNumber::FIRST)),
            },
        }
    }

    /// Links from the home page down to a section; the section itself too if `whole`.
    pub(super) fn breadcrumbs(&self, section: SectionId, whole: bool) -> Vec<Link> {
        let chain = self.handbook.tree.chain(section);
        let shown = if whole { &chain[..] } else { &chain[..chain.len() - 1] };
        let below = shown.iter().skip(1).map(|id| Link {
            title: self.handbook.tree.sections[*id].title.clone(),
            url: self.section_url(*id),
        });
        std::iter::once(self.home_link()).chain(below).collect()
    }

    /// The branch that leads to a section and, in it, to a chapter, rendered, for the page at an
    /// address: the page of a folder may stand above it, an edition below.
    /// All pages that show the same branch share it: the page's own entry is
    /// marked when the page is made.
    pub(super) fn sidebar(&self, section: SectionId, chapter: Option<ChapterId>, address: &str) -> Arc<str> {
        let depth = address.matches('/').count();
        let tree = &self.handbook.tree;
        let entries = &tree.sections[section].entries;
        let place = chapter.and_then(|id| entries.iter().position(|entry| *entry == Entry::Chapter(id)));
        let stretch = place.map_or(0, |place| place / WINDOW);
        let key = SidebarKey { section, stretch, depth };
        let known = self.sidebars.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(html) = known {
            return html;
        }
        let chain = tree.chain(section);
        let items = self.level(&chain, 0, stretch);
        // A theme that fails here fails at its first page too, and is reported there.
        let html: Arc<str> = self.theme.navigation(&"../".repeat(depth), &items).unwrap_or_default().into();
        let mut sidebars = self.sidebars.write().unwrap_or_else(PoisonError::into_inner);
        if sidebars.len() >= KEPT {
            sidebars.clear();
        }
        Arc::clone(sidebars.entry(key).or_insert(html))
    }

    fn level(&self, chain: &[SectionId], depth: usize, stretch: usize) -> Vec<NavigationItem> {
        let Some(section) = chain.get(depth) else { return Vec::new() };
        let entries = &self.handbook.tree.sections[*section].entries;
        let next = chain.get(depth + 1).map(|id| Entry::Section(*id));
        let own = match next {
            Some(next) => entries.iter().position(|entry| *entry == next).unwrap_or(0) / WINDOW,
            None => stretch,
        };
        let shown = entries.iter().skip(own * WINDOW).take(WINDOW);
        let mut items: Vec<NavigationItem> = shown
            .map(|entry| match entry {
                Entry::Chapter(id) => self.chapter_item(*id),
                Entry::Section(id) => self.section_item(*id, chain, depth, stretch),
            })
            .collect();
        if entries.len() > WINDOW {
            let title = self.theme.translate_with("navigation_more", &[("n", &entries.len().to_string())]);
            items.push(NavigationItem {
                title,
                url: self.section_url(*section),
                kind: "more",
                ..Default::default()
            });
        }
        items
    }

    fn chapter_item(&self, id: ChapterId) -> NavigationItem {
        let (title, url) = (self.handbook.chapters[id].nav_title(), self.chapter_url(id));
        NavigationItem { title, url, kind: "chapter", ..Default::default() }
    }

    fn section_item(
        &self,
        id: SectionId,
        chain: &[SectionId],
        depth: usize,
        stretch: usize,
    ) -> NavigationItem {
        let section = &self.handbook.tree.sections[id];
        let open = chain.get(depth + 1) == Some(&id);
        NavigationItem {
            title: section.title.clone(),
            url: self.section_url(id),
            kind: "section",
            open,
            count: section.count,
            children: if open { self.level(chain, depth + 1, stretch) } else { Vec::new() },
            ..NavigationItem::default()
        }
    }

    /// The chapters before and after one, in reading order.
    pub(super) fn neighbours(&self, chapter: ChapterId) -> (Option<Link>, Option<Link>) {
        let tree = &self.handbook.tree;
        let rank = tree.rank[chapter].index();
        let link = |index: usize| tree.order.get(Rank::new(index)).map(|id| self.chapter_link(*id));
        (rank.checked_sub(1).and_then(link), link(rank + 1))
    }
}
