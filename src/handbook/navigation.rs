//! Folders as sections, the order in which chapters are read, and the branch
//! of the tree that a page shows beside its text.

use crate::chapter::{Bundle, Chapter, folder, index_rank, readable, without_suffix};
use crate::id::{ChapterId, IdVec, Rank, SectionId};
use pinyin::ToPinyin;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A folder of chapters.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Section {
    /// Path below the content folder; empty for the top.
    pub path: String,
    /// Title: of its own page, else made from the folder's name.
    pub title: String,
    /// Its own page.
    pub index: Option<ChapterId>,
    /// The chapter `x.md` beside the folder `x/`, where that has no page of its own, or a page that
    /// is a chapter. It is
    /// the folder's page for navigation and order, and keeps its address.
    pub beside: Option<ChapterId>,
    /// Section above.
    pub parent: Option<SectionId>,
    /// What is in it, in reading order; its own page is not.
    pub entries: Vec<Entry>,
    /// Chapters in it and below.
    pub count: usize,
}

impl Section {
    /// The chapter that it is called after, and that comes first in it.
    #[must_use]
    pub fn page(&self) -> Option<ChapterId> {
        self.index.or(self.beside)
    }
}

/// Something in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A chapter.
    Chapter(ChapterId),
    /// A section.
    Section(SectionId),
}

/// All sections and the reading order.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Tree {
    /// Sections; the first is the content folder.
    pub sections: IdVec<SectionId, Section>,
    /// The section of each chapter.
    pub section_of: IdVec<ChapterId, SectionId>,
    /// All chapters, in reading order.
    pub order: IdVec<Rank, ChapterId>,
    /// Position of each chapter in `order`.
    pub rank: IdVec<ChapterId, Rank>,
    /// Pinyin sort key of each chapter's title.
    pub keys: IdVec<ChapterId, String>,
}

impl Tree {
    /// Builds the tree from the chapters' file names.
    pub(super) fn new(chapters: &IdVec<ChapterId, Arc<Chapter>>) -> Self {
        let mut tree = Self::default();
        let mut known: BTreeMap<String, SectionId> = BTreeMap::new();
        tree.insert_folder("", &mut known);
        for (id, chapter) in chapters.iter_enumerated() {
            let above = match chapter.bundle {
                Some(Bundle::Leaf) => folder(chapter.folder()),
                _ => chapter.folder(),
            };
            let section = tree.insert_folder(above, &mut known);
            tree.section_of.push(section);
            if chapter.bundle == Some(Bundle::Branch) {
                tree.sections[section].beside = Some(id);
                continue;
            }
            let rank = index_rank(&chapter.source.name).filter(|_| chapter.is_index);
            let current = tree.sections[section].index;
            let better = rank < current.and_then(|id| index_rank(&chapters[id].source.name));
            if rank.is_some() && (current.is_none() || better) {
                tree.sections[section].entries.extend(current.map(Entry::Chapter));
                tree.sections[section].index = Some(id);
            } else {
                tree.sections[section].entries.push(Entry::Chapter(id));
            }
        }
        tree.put_beside(chapters, &known);
        tree.keys = chapters.iter().map(|chapter| sort_key(&chapter.title)).collect();
        tree.name_sections(chapters);
        tree.sort(chapters);
        tree.count();
        tree.walk();
        tree.rank = IdVec::for_each_of(chapters, Rank::new(0));
        for (rank, chapter) in tree.order.iter_enumerated() {
            tree.rank[*chapter] = rank;
        }
        tree
    }

    fn insert_folder(&mut self, path: &str, known: &mut BTreeMap<String, SectionId>) -> SectionId {
        if let Some(id) = known.get(path) {
            return *id;
        }
        let parent = (!path.is_empty()).then(|| self.insert_folder(folder(path), known));
        let id = self.sections.push(Section { path: path.to_owned(), parent, ..Section::default() });
        known.insert(path.to_owned(), id);
        if let Some(parent) = parent {
            self.sections[parent].entries.push(Entry::Section(id));
        }
        id
    }

    /// Makes `x.md` the page of the folder `x/` beside it, where that has none of its own.
    fn put_beside(
        &mut self,
        chapters: &IdVec<ChapterId, Arc<Chapter>>,
        folders: &BTreeMap<String, SectionId>,
    ) {
        for (id, chapter) in chapters.iter_enumerated() {
            let Some(stem) = without_suffix(&chapter.source.name).filter(|_| !chapter.is_index) else {
                continue;
            };
            let Some(at) = folders.get(stem).copied() else { continue };
            if self.sections[at].page().is_some() {
                continue;
            }
            self.sections[at].beside = Some(id);
            self.section_of[id] = at;
        }
        let section_of = &self.section_of;
        for at in self.sections.ids() {
            self.sections[at].entries.retain(|entry| match entry {
                Entry::Chapter(id) => section_of[*id] == at,
                Entry::Section(_) => true,
            });
        }
    }

    fn name_sections(&mut self, chapters: &IdVec<ChapterId, Arc<Chapter>>) {
        for section in &mut self.sections {
            section.title = match section.page() {
                Some(at) => chapters[at].nav_title(),
                None => readable(section.path.rsplit('/').next().unwrap_or("")),
            };
        }
    }

    fn sort(&mut self, chapters: &IdVec<ChapterId, Arc<Chapter>>) {
        let order_of = |chapter: Option<ChapterId>| {
            chapter.and_then(|id| chapters[id].front.order.0).unwrap_or(i64::MAX)
        };
        let file_key = |name: &str| sort_key(name.rsplit('/').next().unwrap_or(name));
        let keys: IdVec<SectionId, (i64, String, String)> = self
            .sections
            .iter()
            .map(|section| (order_of(section.page()), file_key(&section.path), section.path.clone()))
            .collect();
        let chapter_keys: IdVec<ChapterId, (i64, String, String)> = chapters
            .iter_enumerated()
            .map(|(id, chapter)| {
                let name = match chapter.bundle {
                    Some(_) => chapter.folder(),
                    None => &*chapter.source.name,
                };
                (order_of(Some(id)), file_key(name), chapter.source.name.to_string())
            })
            .collect();
        for section in &mut self.sections {
            section.entries.sort_by(|a, b| {
                let key = |entry: &Entry| match entry {
                    Entry::Chapter(at) => (&chapter_keys[*at], 0),
                    Entry::Section(at) => (&keys[*at], 1),
                };
                let ((a, a_kind), (b, b_kind)) = (key(a), key(b));
                a.0.cmp(&b.0).then(a_kind.cmp(&b_kind)).then_with(|| a.cmp(b))
            });
        }
    }

    fn count(&mut self) {
        // Parents are inserted before their children, so one pass backwards sums up.
        for at in self.sections.ids().rev() {
            let section = &self.sections[at];
            let own = section.entries.iter().filter(|entry| matches!(entry, Entry::Chapter(_))).count();
            let total = section.count + own + usize::from(section.beside.is_some());
            self.sections[at].count = total;
            if let Some(parent) = self.sections[at].parent {
                self.sections[parent].count += total;
            }
        }
    }

    fn walk(&mut self) {
        let mut stack = vec![Entry::Section(SectionId::ROOT)];
        while let Some(entry) = stack.pop() {
            match entry {
                Entry::Chapter(id) => _ = self.order.push(id),
                Entry::Section(at) => {
                    let section = &self.sections[at];
                    if let Some(page) = section.page() {
                        self.order.push(page);
                    }
                    stack.extend(section.entries.iter().rev());
                }
            }
        }
    }

    /// The sections from the top down to `section`, itself included.
    #[must_use]
    pub fn chain(&self, section: SectionId) -> Vec<SectionId> {
        let mut chain: Vec<SectionId> =
            std::iter::successors(Some(section), |id| self.sections[*id].parent).collect();
        chain.reverse();
        chain
    }

    /// The chapters directly in a section, in reading order.
    #[must_use]
    pub fn chapters_in(&self, section: SectionId) -> Vec<ChapterId> {
        let chapters = self.sections[section].entries.iter().filter_map(|entry| match entry {
            Entry::Chapter(at) => Some(*at),
            Entry::Section(_) => None,
        });
        chapters.collect()
    }

    /// The sections directly in a section, in reading order.
    #[must_use]
    pub fn sections_in(&self, section: SectionId) -> Vec<SectionId> {
        let sections = self.sections[section].entries.iter().filter_map(|entry| match entry {
            Entry::Section(at) => Some(*at),
            Entry::Chapter(_) => None,
        });
        sections.collect()
    }

    /// Compares two chapters by the pinyin of their titles.
    #[must_use]
    pub fn by_pinyin(&self, a: ChapterId, b: ChapterId) -> Ordering {
        self.keys[a].cmp(&self.keys[b]).then(self.rank[a].cmp(&self.rank[b]))
    }
}

/// A key under which Chinese sorts by pinyin and numbers, Chinese ones after
/// 第 included, by value.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() * 2);
    let mut rest = text.chars().peekable();
    let mut ordinal = true;
    while let Some(c) = rest.next() {
        if let Some(digit) = c.to_digit(10) {
            let mut number = u64::from(digit);
            while let Some(next) = rest.peek().and_then(|c| c.to_digit(10)) {
                number = number.saturating_mul(10).saturating_add(u64::from(next));
                rest.next();
            }
            key.push_str(&format!("{number:012}"));
        } else if ordinal && numeral(c).is_some() {
            let mut word = String::from(c);
            while let Some(next) = rest.peek().copied().filter(|c| numeral(*c).is_some()) {
                word.push(next);
                rest.next();
            }
            key.push_str(&format!("{:012}", chinese_number(&word)));
        } else if let Some(syllable) = c.to_pinyin() {
            key.push_str(syllable.plain());
            key.push(' ');
        } else {
            key.extend(c.to_lowercase());
        }
        ordinal = matches!(c, '第' | '（' | '(');
    }
    key
}

fn numeral(c: char) -> Option<u64> {
    "零一二三四五六七八九十百千〇两".chars().position(|known| known == c).map(|at| match at {
        11 => 100,
        12 => 1_000,
        13 => 0,
        14 => 2,
        at => at as u64,
    })
}

/// The value of a Chinese number below ten thousand, such as 二百三十一.
#[must_use]
pub fn chinese_number(word: &str) -> u64 {
    let (mut total, mut digit): (u64, u64) = (0, 0);
    for value in word.chars().filter_map(numeral) {
        if value >= 10 {
            total = total.saturating_add(digit.max(1) * value);
            digit = 0;
        } else {
            digit = value;
        }
    }
    total.saturating_add(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_sorts_by_sound_and_by_number() {
        let mut titles = ["第十章", "第二章", "第九章", "财务", "安全", "chapter 10", "chapter 9"];
        titles.sort_by_key(|title| sort_key(title));
        assert_eq!(titles, ["安全", "财务", "chapter 9", "chapter 10", "第二章", "第九章", "第十章"]);
        assert_eq!(chinese_number("二百三十一"), 231);
        assert_eq!(chinese_number("十五"), 15);
    }
}
