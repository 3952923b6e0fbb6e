//! References: what each mention in running text means, and who refers to whom.
//!
//! A chapter's references are a function of the chapter and of the names of the
//! handbook, so that they can be worked out for all chapters in parallel.

mod aim;
mod unknown;

use super::Handbook;
use super::embed::Embed;
use super::link::Meaning;
use super::registry::Place;
use super::title::Named;
use crate::chapter::front_matter::Status;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Clause, ClauseNumber, Mark, MarkKind};
use crate::text::Span;
use aim::{Aimer, appendices_of};
use rayon::prelude::*;
use std::collections::HashMap;
pub use unknown::UnknownTitle;

/// Where a mention leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// To a chapter, or to the anchor in it.
    Chapter(usize, String),
    /// To an entry of the list of external references.
    External(usize),
    /// To a file, by its place in the list of attachments.
    Attachment(usize),
    /// Nowhere.
    Nothing,
}

/// One chapter refers to another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backlink {
    /// The chapter that refers.
    pub from: usize,
    /// Where it does, in its file.
    pub span: Span,
    /// The anchor it leads to; empty for the chapter as a whole.
    pub anchor: String,
}

/// All references of a handbook.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct References {
    /// Where each mention of each chapter leads, in the order of the scan's list.
    pub aims: Vec<Vec<Aim>>,
    /// Terms and bare ids in each chapter's text, in order.
    pub marks: Vec<Vec<Mark>>,
    /// Who refers to each chapter, in reading order.
    pub backlinks: Vec<Vec<Backlink>>,
    /// Chapters that mention each external reference, in reading order.
    pub citations: Vec<Vec<usize>>,
    /// What each chapter quotes by `![[title#clause]]`, in the order of its text.
    pub embeds: Vec<Vec<Embed>>,
    /// Titles between 《 and 》 that nothing has, sorted by title.
    pub unknown: Vec<UnknownTitle>,
}

/// What one chapter refers to.
struct Read {
    aims: Vec<Aim>,
    edges: Vec<Edge>,
    embeds: Vec<Embed>,
    found: Vec<Diagnostic>,
}

/// A reference to another chapter.
struct Edge {
    span: Span,
    to: usize,
    anchor: String,
}

/// What references to a chapter are looked up in.
#[derive(Debug, Default)]
struct Index {
    /// The first clause of each number.
    first: HashMap<ClauseNumber, usize>,
    /// Further clauses of a number that the chapter has several times, as where
    /// the annexed rules count anew.
    again: Vec<(ClauseNumber, usize)>,
    /// Chapters and files beside it that are called 附件一 and the like.
    appendices: Vec<(u32, Aim)>,
}

impl Index {
    fn new(clauses: &[Clause]) -> Self {
        let mut index = Self { first: HashMap::with_capacity(clauses.len()), ..Self::default() };
        for (at, clause) in clauses.iter().enumerate() {
            let first = *index.first.entry(clause.number).or_insert(at);
            if first != at {
                index.again.push((clause.number, at));
            }
        }
        index
    }

    /// The clause of a number. A text that stands `near` one of several means
    /// that of the same count: the last before which the count does not begin anew.
    fn clause(&self, number: ClauseNumber, near: Option<usize>, clauses: &[Clause]) -> Option<usize> {
        let first = *self.first.get(&number)?;
        let (Some(near), false) = (near, self.again.is_empty()) else { return Some(first) };
        let own = clauses.partition_point(|clause| clause.span.start <= near).saturating_sub(1);
        let begins = |at: usize| at == 0 || clauses[at].number <= clauses[at - 1].number;
        let from = (0..=own).rev().find(|at| begins(*at)).unwrap_or(0);
        let to = (own + 1..clauses.len()).find(|at| begins(*at)).unwrap_or(clauses.len());
        let again = self.again.iter().filter(|(again, _)| *again == number).map(|(_, at)| *at);
        std::iter::once(first).chain(again).find(|at| (from..to).contains(at)).or(Some(first))
    }
}

/// Bare ids in the text refer too.
fn add_ids(edges: &mut Vec<Edge>, marks: &[Mark]) {
    let before = edges.len();
    edges.extend(marks.iter().filter_map(|mark| match mark.kind {
        MarkKind::Chapter(to) => Some(Edge { span: mark.span.clone(), to, anchor: String::new() }),
        MarkKind::Term(_) => None,
    }));
    if edges.len() > before {
        edges.sort_by_key(|edge| (edge.span.start, edge.to));
    }
}

impl Handbook {
    /// Works out all references; findings are dangling clauses and unknown titles.
    pub(super) fn refer(&self, found: &mut Vec<Diagnostic>) -> References {
        let mut index: Vec<Index> =
            self.chapters.par_iter().map(|chapter| Index::new(&chapter.scan.clauses)).collect();
        let appendices = appendices_of(self);
        if !appendices.is_empty() {
            for (chapter, index) in self.chapters.iter().zip(&mut index) {
                let beside = appendices.iter().filter(|(folder, _, _)| *folder == chapter.folder());
                index.appendices = beside.map(|(_, number, aim)| (*number, aim.clone())).collect();
            }
        }
        let read = |at: usize| self.read_references(at, &index);
        let all: Vec<Read> = (0..self.chapters.len()).into_par_iter().map(read).collect();
        let mut references = References {
            backlinks: vec![Vec::new(); self.chapters.len()],
            citations: vec![Vec::new(); self.config.external_references.len()],
            ..References::default()
        };
        let mut edges = Vec::with_capacity(all.len());
        for read in all {
            references.aims.push(read.aims);
            found.extend(read.found);
            edges.push(read.edges);
            references.embeds.push(read.embeds);
        }
        self.break_circles(&mut references.embeds, found);
        references.marks = self.find_marks(&references.aims);
        for (edges, marks) in edges.iter_mut().zip(&references.marks) {
            add_ids(edges, marks);
        }
        for from in &self.tree.order {
            self.turn_round(*from, &edges[*from], &mut references, found);
        }
        references.unknown = self.unknown_titles(&references);
        found.extend(self.unknown_findings(&references.unknown));
        references
    }

    /// What one chapter refers to, in its text and by links.
    fn read_references(&self, at: usize, index: &[Index]) -> Read {
        let chapter = &self.chapters[at];
        let mut aimer = Aimer::new(self, index, at);
        let aims: Vec<Aim> = chapter.scan.mentions.iter().map(|mention| aimer.aim(mention)).collect();
        let mut found = aimer.found;
        let mut edges = Vec::new();
        let mut edge = |span: &Span, to: usize, anchor: &str| {
            if to != at {
                edges.push(Edge { span: span.clone(), to, anchor: anchor.to_owned() });
            }
        };
        for (mention, aim) in chapter.scan.mentions.iter().zip(&aims) {
            if let Aim::Chapter(to, anchor) = aim {
                edge(&mention.span, *to, anchor);
            }
        }
        for link in &chapter.scan.links {
            let resolved = self.resolve_link(chapter, link);
            if let Meaning::Inside(Place::Chapter(to), anchor) = &resolved.meaning {
                edge(&link.span, *to, anchor);
            }
            found.extend(resolved.found.map(|wrong| wrong.at(&chapter.source.path, link.span.clone())));
        }
        let mut embeds = Vec::new();
        for image in &chapter.scan.images {
            let (embed, wrong) = self.read_embed(chapter, image);
            found.extend(wrong);
            if let Some(embed) = &embed {
                edge(&embed.span, embed.from, &embed.anchor);
            }
            embeds.extend(embed);
        }
        edges.sort_by_key(|edge| (edge.span.start, edge.to));
        Read { aims, edges, embeds, found }
    }

    /// The chapter of a title, an alias or an id.
    pub(super) fn titled(&self, name: &str) -> Option<usize> {
        match self.titles.named(name)? {
            Named::Chapter(at) => Some(at),
            Named::External(_) => None,
        }
    }

    /// Enters a chapter's references at the chapters they lead to.
    fn turn_round(
        &self,
        from: usize,
        edges: &[Edge],
        references: &mut References,
        found: &mut Vec<Diagnostic>,
    ) {
        for aim in &references.aims[from] {
            if let Aim::External(at) = aim
                && references.citations[*at].last() != Some(&from)
            {
                references.citations[*at].push(from);
            }
        }
        for Edge { span, to, anchor } in edges {
            // A title and its clause are one reference.
            let whole = references.backlinks[*to]
                .last_mut()
                .filter(|last| last.from == from && last.span.end == span.start && last.anchor.is_empty());
            if let Some(title) = whole {
                title.span.end = span.end;
                title.anchor.clone_from(anchor);
                continue;
            }
            found.extend(self.outdated(from, *to, span));
            let anchor = anchor.clone();
            references.backlinks[*to].push(Backlink { from, span: span.clone(), anchor });
        }
    }

    /// A reference from a chapter that counts to one that no longer does.
    fn outdated(&self, from: usize, to: usize, span: &Span) -> Option<Diagnostic> {
        let status = |at: usize| self.lifecycles[at].status;
        let gone = |at: usize| matches!(status(at), Some(Status::Superseded | Status::Retired));
        if status(to) == Some(Status::Draft) && !gone(from) && status(from) != Some(Status::Draft) {
            let found = self.draft_finding(&format!("《{}》", self.chapters[to].title));
            return Some(found.at(&self.chapters[from].source.path, span.clone()));
        }
        let successors = &self.lifecycles[to].superseded_by;
        if !gone(to) || gone(from) || successors.contains(&from) {
            return None;
        }
        let title = &self.chapters[to].title;
        let found = match successors.first() {
            Some(next) => Diagnostic::new("outdated-target", format!("《{title}》 has been superseded"))
                .help(format!("refer to its successor, 《{}》", self.chapters[*next].title)),
            None => Diagnostic::new("outdated-target", format!("《{title}》 is no longer in force"))
                .help("refer to a chapter that is in force, or take the reference out"),
        };
        Some(found.at(&self.chapters[from].source.path, span.clone()))
    }
}
