//! References: what each mention in running text means, and who refers to whom.
//!
//! A chapter's references are a function of the chapter and of the names of the
//! handbook, so that they can be worked out for all chapters in parallel.

mod chapter_references;
mod resolve;
mod unknown;

use super::Handbook;
use super::edges::CountedReference;
use super::embed::Embeds;
use super::files::Wanted;
use super::glossary::Use;
use super::link::LinkTargets;
use super::title::DocumentRef;
use crate::chapter::Chapter;
use crate::chapter::front_matter::Status;
use crate::diagnostic::Diagnostic;
use crate::id::{AttachmentId, ChapterId, ClauseId, ExternalId, GlossaryTermId, IdVec};
use crate::markdown::{AutoLink, Clause, ClauseNumber};
use crate::message;
use crate::rule;
use crate::text::Span;
use chapter_references::{ChapterReferences, Snapshot};
use rayon::prelude::*;
pub(super) use resolve::{Appendix, appendices_of};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
pub use unknown::UnknownTitle;

/// Where a mention leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolvedReference {
    /// To a chapter, or to the anchor in it.
    Chapter(ChapterId, String),
    /// To an entry of the list of external references.
    External(ExternalId),
    /// To a file.
    Attachment(AttachmentId),
    /// Nowhere.
    Nothing,
}

/// Where a mention in an edition leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionReference {
    /// To an anchor of the edition itself.
    Own(String),
    /// As a mention of a chapter's.
    Other(ResolvedReference),
}

/// What an edition refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EditionReferences {
    /// Where each mention leads, in the order of the document's list.
    pub mentions: Vec<EditionReference>,
    /// Bare ids in its text, in order.
    pub marks: Vec<AutoLink>,
}

/// One chapter refers to another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backlink {
    /// The chapter that refers.
    pub from: ChapterId,
    /// Where it does, in its file.
    pub span: Span,
    /// The anchor it leads to; empty for the chapter as a whole.
    pub anchor: String,
}

/// All references of a handbook.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct References {
    /// Where each mention of each chapter leads, in the order of the document's list.
    pub resolved: IdVec<ChapterId, Arc<[ResolvedReference]>>,
    /// Terms and bare ids in each chapter's text, in order.
    pub marks: IdVec<ChapterId, Arc<[AutoLink]>>,
    /// Who refers to each chapter, in reading order.
    pub backlinks: IdVec<ChapterId, Arc<[Backlink]>>,
    /// Chapters that mention each external reference, in reading order.
    pub citations: IdVec<ExternalId, Vec<ChapterId>>,
    /// What each chapter quotes by `![[title#clause]]`, in the order of its text.
    pub embeds: Embeds,
    /// Titles between 《 and 》 that nothing has, sorted by title.
    pub unknown: Vec<UnknownTitle>,
    /// Where each term is used, in reading order; each chapter once.
    pub uses: IdVec<GlossaryTermId, Vec<Use>>,
    /// What each chapter refers to.
    by_chapter: IdVec<ChapterId, Arc<ChapterReferences>>,
}

impl References {
    /// The chapters that a chapter refers to, and how many times.
    pub fn cites(&self, from: ChapterId) -> impl Iterator<Item = CountedReference> + '_ {
        let cites = self.by_chapter.get(from).map_or(&[][..], |read| read.cites.as_slice());
        cites.iter().map(|(to, part)| CountedReference { chapter: *to, times: part.len() })
    }

    /// What the links of a chapter mean.
    pub(super) fn targets_of(&self, chapter: ChapterId) -> Option<&LinkTargets> {
        self.by_chapter.get(chapter).map(|read| &read.targets)
    }

    /// The files that a chapter's page links to or shows, as far as they were wanted.
    pub(super) fn files_of(&self, chapter: ChapterId) -> impl Iterator<Item = AttachmentId> + '_ {
        self.by_chapter.get(chapter).into_iter().flat_map(|read| read.files.iter().copied())
    }

    /// The files that chapters name, shown or not.
    pub(super) fn files_named(&self) -> impl Iterator<Item = AttachmentId> + '_ {
        self.by_chapter.iter().flat_map(|read| read.named.iter().copied())
    }

    /// The same of all chapters.
    pub(super) fn files(&self) -> impl Iterator<Item = AttachmentId> + '_ {
        self.by_chapter.ids().flat_map(|chapter| self.files_of(chapter))
    }
}

/// What references to a chapter are looked up in.
#[derive(Debug, Default)]
struct ClauseIndex {
    /// The first clause of each number. Not made for a chapter whose numbers only rise,
    /// as most do: there a binary search finds them.
    first: Option<HashMap<ClauseNumber, ClauseId>>,
    /// Further clauses of a number that the chapter has several times, as where
    /// the annexed rules count anew.
    again: Vec<(ClauseNumber, ClauseId)>,
}

impl ClauseIndex {
    fn new(clauses: &[Clause]) -> Self {
        if clauses.is_sorted_by(|one, next| one.number < next.number) {
            return Self::default();
        }
        let mut known = HashMap::with_capacity(clauses.len());
        let mut again = Vec::new();
        for (index, clause) in clauses.iter().enumerate() {
            let id = ClauseId::new(index);
            if *known.entry(clause.number).or_insert(id) != id {
                again.push((clause.number, id));
            }
        }
        Self { first: Some(known), again }
    }

    /// The clause of a number. A text that stands at `offset` near one of several means
    /// that of the same count: the last before which the count does not begin anew.
    fn clause(&self, number: ClauseNumber, offset: Option<usize>, clauses: &[Clause]) -> Option<ClauseId> {
        let first = match &self.first {
            Some(known) => *known.get(&number)?,
            None => ClauseId::new(clauses.binary_search_by_key(&number, |clause| clause.number).ok()?),
        };
        let (Some(offset), false) = (offset, self.again.is_empty()) else { return Some(first) };
        let own = clauses.partition_point(|clause| clause.span().start <= offset).saturating_sub(1);
        let begins = |index: usize| index == 0 || clauses[index].number <= clauses[index - 1].number;
        let from = (0..=own).rev().find(|index| begins(*index)).unwrap_or(0);
        let to = (own + 1..clauses.len()).find(|index| begins(*index)).unwrap_or(clauses.len());
        let again = self.again.iter().filter(|(again, _)| *again == number).map(|(_, id)| *id);
        std::iter::once(first).chain(again).find(|id| (from..to).contains(&id.index())).or(Some(first))
    }
}

/// The indexes of the chapters that are referred to, each made when it is first
/// asked for.
pub(super) struct ClauseIndexes<'a> {
    chapters: &'a IdVec<ChapterId, Arc<Chapter>>,
    /// Empty where few are asked for: then they are made each time.
    made: IdVec<ChapterId, OnceLock<ClauseIndex>>,
}

impl<'a> ClauseIndexes<'a> {
    fn new(chapters: &'a IdVec<ChapterId, Arc<Chapter>>) -> Self {
        Self { chapters, made: chapters.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The same for the few references of a text that is no chapter.
    fn for_one(chapters: &'a IdVec<ChapterId, Arc<Chapter>>) -> Self {
        Self { chapters, made: IdVec::default() }
    }

    /// The clause of a number of a chapter; see [`ClauseIndex::clause`].
    fn clause(&self, chapter: ChapterId, number: ClauseNumber, offset: Option<usize>) -> Option<ClauseId> {
        let clauses = &self.chapters[chapter].document.clauses;
        match self.made.get(chapter) {
            Some(made) => made.get_or_init(|| ClauseIndex::new(clauses)).clause(number, offset, clauses),
            None => ClauseIndex::new(clauses).clause(number, offset, clauses),
        }
    }
}

/// References of an earlier run.
#[derive(Debug, Default)]
pub(super) struct ReferenceCache {
    /// What each chapter referred to, with the fingerprint of its file; with the same
    /// names the chapters are the same, in the same order.
    reads: IdVec<ChapterId, (u128, Arc<ChapterReferences>)>,
    /// The files that pages were looked through for.
    wanted: Wanted,
    /// Whether names have changed since. Then all references are resolved again; what
    /// turns out the same is not stored twice.
    outdated: bool,
    /// Who referred to each chapter: the references of each other one, and all of
    /// them together.
    cited: IdVec<ChapterId, Cited>,
    /// Chapters whose references were taken from the run before.
    pub(super) reused: usize,
}

impl ReferenceCache {
    /// What is left of it for a handbook with other names.
    pub(super) fn under_other_names(self) -> Self {
        Self { outdated: true, ..self }
    }
}

/// The references to a chapter.
#[derive(Debug, Default)]
struct Cited {
    /// By the chapters they come from.
    groups: Vec<Arc<[Backlink]>>,
    /// In one list.
    all: Arc<[Backlink]>,
}

/// The references from one chapter to another: their place among `ChapterReferences::cites`.
#[derive(Debug, Clone, Copy)]
struct GroupId {
    from: ChapterId,
    place: u32,
}

impl Handbook {
    /// Works out all references; the diagnostics are about dangling clauses and unknown
    /// titles. `cache` is of a run with the same names, or empty.
    pub(super) fn collect_references(
        &self,
        cache: &mut ReferenceCache,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> References {
        let reads = self.all_references(cache);
        let mut references = References {
            resolved: reads.iter().map(|read| Arc::clone(&read.resolved)).collect(),
            marks: reads.iter().map(|read| Arc::clone(&read.marks)).collect(),
            embeds: reads.iter().map(|read| read.embeds.clone()).collect(),
            citations: IdVec::for_each_of(&self.config.external_references, Vec::new()),
            uses: IdVec::for_each_of(&self.glossary.entries, Vec::new()),
            ..References::default()
        };
        for read in &reads {
            diagnostics.extend(read.diagnostics.iter().cloned());
        }
        self.mark_cycles(&mut references.embeds, diagnostics);
        for from in &self.tree.order {
            for external in &reads[*from].externals {
                references.citations[*external].push(*from);
            }
            for (term, heading) in &reads[*from].uses {
                references.uses[*term].push(Use { chapter: *from, heading: *heading });
            }
        }
        references.backlinks = self.invert(&reads, &mut cache.cited);
        references.unknown = self.unknown_titles(&reads);
        diagnostics.extend(self.unknown_diagnostics(&references.unknown));
        references.by_chapter = reads;
        references
    }

    /// What each chapter refers to; read anew where the chapter or what it was read
    /// from differs.
    fn all_references(&self, cache: &mut ReferenceCache) -> IdVec<ChapterId, Arc<ChapterReferences>> {
        let snapshot = Snapshot::new(&self.chapters);
        let index = ClauseIndexes::new(&self.chapters);
        let old = std::mem::take(&mut cache.reads);
        let wanted = self.wanted_files();
        let outdated = std::mem::take(&mut cache.outdated) || cache.wanted != wanted;
        let read = |chapter: ChapterId| {
            let known = old.get(chapter);
            match known.filter(|(file, read)| {
                !outdated && snapshot.has_text(chapter, *file) && read.is_current(&snapshot)
            }) {
                Some((_, read)) => (Arc::clone(read), 1),
                None => {
                    let new = self.resolve_chapter(chapter, &index, &wanted);
                    let same = known.filter(|(_, read)| **read == new);
                    (same.map_or_else(|| Arc::new(new), |(_, read)| Arc::clone(read)), 0)
                }
            }
        };
        let all: Vec<(Arc<ChapterReferences>, usize)> = self.chapters.par_ids().map(read).collect();
        cache.reused = all.iter().map(|(_, reused)| reused).sum();
        let reads: IdVec<ChapterId, Arc<ChapterReferences>> = all.into_iter().map(|(read, _)| read).collect();
        cache.wanted = wanted;
        cache.reads = snapshot.files().zip(reads.iter().map(Arc::clone)).collect();
        reads
    }

    /// Registers all references with the chapters they lead to. A list whose parts are
    /// those of the run before is taken from that run.
    fn invert(
        &self,
        reads: &IdVec<ChapterId, Arc<ChapterReferences>>,
        known: &mut IdVec<ChapterId, Cited>,
    ) -> IdVec<ChapterId, Arc<[Backlink]>> {
        let mut groups: IdVec<ChapterId, Vec<GroupId>> = IdVec::for_each_of(&self.chapters, Vec::new());
        for from in &self.tree.order {
            for (place, (to, _)) in reads[*from].cites.iter().enumerate() {
                groups[*to].push(GroupId { from: *from, place: place as u32 });
            }
        }
        let group = |id: &GroupId| &reads[id.from].cites[id.place as usize].1;
        let mut old = std::mem::take(known).into_iter();
        for groups in &groups {
            let mut cited = old.next().unwrap_or_default();
            let same = groups.len() == cited.groups.len()
                && groups.iter().zip(&cited.groups).all(|(new, old)| Arc::ptr_eq(group(new), old));
            if !same {
                cited.groups = groups.iter().map(|new| Arc::clone(group(new))).collect();
                cited.all = cited.groups.iter().flat_map(|group| group.iter().cloned()).collect();
            }
            known.push(cited);
        }
        known.iter().map(|cited| Arc::clone(&cited.all)).collect()
    }

    /// The chapter of a title, an alias or an id.
    pub(super) fn titled(&self, name: &str) -> Option<ChapterId> {
        match self.titles.find(name)? {
            DocumentRef::Chapter(at) => Some(at),
            DocumentRef::External(_) => None,
        }
    }

    /// The diagnostic for a reference from a chapter in force to one that no longer is.
    fn outdated(&self, from: ChapterId, to: ChapterId, span: &Span) -> Option<Diagnostic> {
        let status = |chapter: ChapterId| self.lifecycles[chapter].status;
        let gone = |chapter: ChapterId| matches!(status(chapter), Some(Status::Superseded | Status::Retired));
        if status(to) == Some(Status::Draft) && !gone(from) && status(from) != Some(Status::Draft) {
            let diagnostic =
                self.draft_diagnostic(message!("draft-target", title = &self.chapters[to].title));
            return Some(diagnostic.at(&self.chapters[from].source.path, span.clone()));
        }
        let successors = &self.lifecycles[to].superseded_by;
        if !gone(to) || gone(from) || successors.contains(&from) {
            return None;
        }
        let title = &self.chapters[to].title;
        let diagnostic = match successors.first() {
            Some(next) => {
                let next = &self.chapters[*next];
                Diagnostic::new(&rule::OUTDATED_TARGET, message!("outdated-target-superseded", title = title))
                    .help(message!("outdated-target-superseded.help", title = &next.title))
                    .related(
                        &next.source.path,
                        None,
                        message!("outdated-target-successor", title = &next.title),
                    )
            }
            None => Diagnostic::new(&rule::OUTDATED_TARGET, message!("outdated-target", title = title))
                .help(message!("outdated-target.help")),
        };
        Some(diagnostic.at(&self.chapters[from].source.path, span.clone()))
    }
}
