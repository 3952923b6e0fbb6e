//! The glossary: the terms of all chapters, and where each is used.
//!
//! A term may be defined in `content/glossary.md` or in the front matter of the
//! chapter that needs it; either way it holds for the whole handbook.

use super::Handbook;
use super::navigation::sort_key;
use crate::chapter::Chapter;
use crate::chapter::term::{Definition, Origin, is_glossary};
use crate::diagnostic::Diagnostic;
use crate::id::{ChapterId, DefinitionId, GlossaryTermId, HeadingId, IdVec, PageNumber, Rank};
use crate::markdown::{AutoLink, AutoLinkKind, slug};
use crate::message;
use crate::rule;
use crate::text::fold;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// Chapters that an entry lists as using its term at most.
pub const MAX_USES: usize = 6;
/// Bytes that a page of the glossary is filled to, roughly.
const PAGE_BYTES: usize = 160_000;
/// Bytes of an entry besides its definition and its list of chapters, roughly.
const ENTRY_BYTES: usize = 500;

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The chapter that defines it.
    pub chapter: ChapterId,
    /// The definition there.
    pub definition: DefinitionId,
    /// Its anchor on the glossary page, not encoded.
    pub anchor: String,
}

/// A chapter that uses a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Use {
    /// The chapter.
    pub chapter: ChapterId,
    /// The heading under which it is used first.
    pub heading: Option<HeadingId>,
}

impl Entry {
    /// What it says, in the chapter that defines it.
    pub(super) fn definition<'a>(&self, chapters: &'a IdVec<ChapterId, Arc<Chapter>>) -> &'a Definition {
        &chapters[self.chapter].terms[self.definition.index()]
    }
}

/// All terms.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Glossary {
    /// The terms, by pinyin.
    pub entries: IdVec<GlossaryTermId, Entry>,
    /// The author's own page, `content/glossary.md`, where it holds or may hold the terms.
    pub chapter: Option<ChapterId>,
    /// The entries on each page.
    pub pages: IdVec<PageNumber, Range<GlossaryTermId>>,
    /// Sets of names that mean the same: each term that has others with them.
    groups: Vec<Vec<String>>,
    /// Entry by the author's heading.
    headings: HashMap<HeadingId, GlossaryTermId>,
    /// Entry by its anchor.
    anchors: HashMap<String, GlossaryTermId>,
}

impl Glossary {
    /// Gathers the terms of all chapters; the diagnostics are about terms defined
    /// twice.
    pub(super) fn collect(
        chapters: &IdVec<ChapterId, Arc<Chapter>>,
        order: &IdVec<Rank, ChapterId>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let own = chapters.position(|chapter| is_glossary(&chapter.source.name));
        let mut anchors: HashSet<String> = own
            .map_or_else(HashSet::new, |own| chapters[own].document.anchors().map(Cow::into_owned).collect());
        let mut entries: Vec<Entry> = Vec::new();
        let sequence = own.into_iter().chain(order.iter().copied().filter(|id| Some(*id) != own));
        for chapter in sequence {
            for (index, definition) in chapters[chapter].terms.iter().enumerate() {
                let anchor = match &definition.origin {
                    Origin::Heading { index, .. } => {
                        chapters[chapter].document.headings[*index].anchor.clone()
                    }
                    Origin::Front { .. } => slug(&definition.term),
                };
                entries.push(Entry { chapter, definition: DefinitionId::new(index), anchor });
            }
        }
        let of = |entry: &Entry| entry.definition(chapters);
        report_twice(&entries, chapters, diagnostics);
        for entry in &mut entries {
            if matches!(of(entry).origin, Origin::Front { .. }) {
                entry.anchor = free(&entry.anchor, &mut anchors);
            }
        }
        entries.sort_by_cached_key(|entry| (sort_key(&of(entry).term), entry.chapter, entry.definition));
        let entries: IdVec<GlossaryTermId, Entry> = entries.into();
        let groups = entries.iter().map(of).filter(|term| !term.aliases.is_empty());
        let groups = groups.map(|term| term.names().map(str::to_owned).collect()).collect();
        let headings = entries.iter_enumerated().filter_map(|(id, entry)| match of(entry).origin {
            Origin::Heading { index, .. } => Some((HeadingId::new(index), id)),
            Origin::Front { .. } => None,
        });
        Self {
            headings: headings.collect(),
            anchors: entries.iter_enumerated().map(|(id, entry)| (entry.anchor.clone(), id)).collect(),
            pages: paginate(&entries, chapters),
            chapter: own.filter(|_| !entries.is_empty()),
            groups,
            entries,
        }
    }

    /// Sets of names that mean the same, each beginning with the term; so that a search
    /// for one finds the others.
    #[must_use]
    pub fn groups(&self) -> &[Vec<String>] {
        &self.groups
    }

    /// The page on which an entry stands.
    #[must_use]
    pub fn page_of(&self, entry: GlossaryTermId) -> PageNumber {
        let before = self.pages.as_slice().partition_point(|page| page.end <= entry);
        PageNumber::new(before.min(self.pages.len().saturating_sub(1)))
    }

    /// The entry of an anchor of the glossary page.
    #[must_use]
    pub fn at_anchor(&self, anchor: &str) -> Option<GlossaryTermId> {
        self.anchors.get(anchor).copied()
    }

    /// The entry of one of the headings of glossary.md.
    #[must_use]
    pub fn at_heading(&self, heading: HeadingId) -> Option<GlossaryTermId> {
        self.headings.get(&heading).copied()
    }
}

impl Handbook {
    /// What an entry of the glossary says.
    #[must_use]
    pub fn definition(&self, entry: &Entry) -> &Definition {
        entry.definition(&self.chapters)
    }

    /// The terms that a chapter uses, from its marks, each with the heading above its
    /// first use. The glossary itself does not count.
    pub(super) fn uses_in(
        &self,
        chapter: ChapterId,
        marks: &[AutoLink],
    ) -> Vec<(GlossaryTermId, Option<HeadingId>)> {
        if Some(chapter) == self.glossary.chapter {
            return Vec::new();
        }
        let headings = &self.chapters[chapter].document.headings;
        let mut uses: BTreeMap<GlossaryTermId, Option<HeadingId>> = BTreeMap::new();
        for mark in marks {
            let AutoLinkKind::Term(term) = mark.kind else { continue };
            uses.entry(term).or_insert_with(|| {
                let above = headings.partition_point(|heading| heading.span.start <= mark.span.start);
                above.checked_sub(1).map(HeadingId::new)
            });
        }
        uses.into_iter().collect()
    }
}

/// Names that two entries have.
fn report_twice(
    entries: &[Entry],
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let chapter = &chapters[entry.chapter];
        let definition = entry.definition(chapters);
        for name in definition.names() {
            let first = *known.entry(fold(name)).or_insert(index);
            if first == index {
                continue;
            }
            let other = &chapters[entries[first].chapter];
            let path = &other.source.path;
            let twice =
                Diagnostic::new(&rule::DUPLICATE_TERM, message!("duplicate-term", name = name, path = path))
                    .help(message!("duplicate-term.help"));
            let place = other.term_place(entries[first].definition(chapters));
            let twice = twice.related(path, place, message!("duplicate-term-other", name = name));
            diagnostics.push(chapter.term_diagnostic(definition, twice));
            break;
        }
    }
}

/// The anchor, with a number where it is taken.
fn free(wanted: &str, taken: &mut HashSet<String>) -> String {
    let wanted = if wanted.is_empty() { "term" } else { wanted };
    let mut anchor = wanted.to_owned();
    let mut number = 1;
    while !taken.insert(anchor.clone()) {
        number += 1;
        anchor = format!("{wanted}-{number}");
    }
    anchor
}

/// Cuts the list so that no page grows much beyond `PAGE_BYTES`. The lists of chapters
/// have no size yet, so each title in them counts as an average one.
fn paginate(
    entries: &IdVec<GlossaryTermId, Entry>,
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
) -> IdVec<PageNumber, Range<GlossaryTermId>> {
    let titles: usize = chapters.iter().map(|chapter| chapter.title.len() + chapter.url.len() * 3 + 40).sum();
    let listed = titles / chapters.len().max(1) * chapters.len().min(MAX_USES);
    let mut pages = IdVec::new();
    let (mut start, mut bytes) = (GlossaryTermId::new(0), 0);
    for (id, entry) in entries.iter_enumerated() {
        let own = ENTRY_BYTES + listed + entry.definition(chapters).length * 3 / 2;
        if id > start && bytes + own > PAGE_BYTES {
            pages.push(start..id);
            (start, bytes) = (id, 0);
        }
        bytes += own;
    }
    if start < entries.next_id() {
        pages.push(start..entries.next_id());
    }
    pages
}
