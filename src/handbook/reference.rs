//! References: what each mention in running text means, and who refers to whom.
//!
//! A chapter's references are a function of the chapter and of the names of the
//! handbook, so that they can be worked out for all chapters in parallel.

use super::Handbook;
use super::link::Meaning;
use super::registry::Place;
use crate::chapter::Chapter;
use crate::chapter::front_matter::Status;
use crate::diagnostic::{Diagnostic, nearest};
use crate::markdown::{ClauseNumber, Mention, MentionKind, Unit};
use crate::text::{Span, fold};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Where a mention leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// To a chapter, or to the anchor in it.
    Chapter(usize, String),
    /// To an entry of the list of external references.
    External(usize),
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
}

/// All references of a handbook.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct References {
    /// Where each mention of each chapter leads, in the order of the scan's list.
    pub aims: Vec<Vec<Aim>>,
    /// Who refers to each chapter, in reading order.
    pub backlinks: Vec<Vec<Backlink>>,
    /// Chapters that mention each external reference, in reading order.
    pub citations: Vec<Vec<usize>>,
}

/// What all chapters' references are looked up in.
struct Known {
    /// External references by title.
    outside: BTreeMap<String, usize>,
    /// The first clause of each number, by chapter.
    clauses: Vec<HashMap<ClauseNumber, usize>>,
}

fn first_of(chapter: &Chapter) -> HashMap<ClauseNumber, usize> {
    let mut first = HashMap::with_capacity(chapter.scan.clauses.len());
    for (at, clause) in chapter.scan.clauses.iter().enumerate() {
        first.entry(clause.number).or_insert(at);
    }
    first
}

/// How many different unknown titles get the nearest known one proposed.
const NEAREST_FOR: usize = 200;

impl Handbook {
    /// Works out all references; findings are dangling clauses and unknown titles.
    pub(super) fn refer(&self, found: &mut Vec<Diagnostic>) -> References {
        let outside: BTreeMap<String, usize> = self
            .config
            .external_references
            .iter()
            .enumerate()
            .map(|(at, entry)| (title_key(&entry.title), at))
            .collect();
        let clauses: Vec<HashMap<ClauseNumber, usize>> =
            self.chapters.par_iter().map(|chapter| first_of(chapter)).collect();
        let known = Known { outside, clauses };
        let all: Vec<(Vec<Aim>, Vec<Diagnostic>)> =
            (0..self.chapters.len()).into_par_iter().map(|at| self.aims(at, &known)).collect();
        let mut references = References {
            backlinks: vec![Vec::new(); self.chapters.len()],
            citations: vec![Vec::new(); self.config.external_references.len()],
            ..References::default()
        };
        for (aims, wrong) in all {
            references.aims.push(aims);
            found.extend(wrong);
        }
        for from in &self.tree.order {
            self.turn_round(*from, &mut references, found);
        }
        found.extend(self.unknown_titles(&references));
        references
    }

    fn aims(&self, at: usize, known: &Known) -> (Vec<Aim>, Vec<Diagnostic>) {
        let chapter = &self.chapters[at];
        let mut wrong = Vec::new();
        let aims = chapter.scan.mentions.iter().map(|mention| match &mention.kind {
            MentionKind::Title(name) => match self.titled(name) {
                Some(other) if other == at => Aim::Nothing,
                Some(other) => Aim::Chapter(other, String::new()),
                None => known.outside.get(&title_key(name)).map_or(Aim::Nothing, |at| Aim::External(*at)),
            },
            MentionKind::Clause { document, number, paragraph, certain } => {
                let target = match document {
                    None => Some(at),
                    Some(name) => self.titled(name),
                };
                target.map_or(Aim::Nothing, |target| {
                    self.clause_aim(chapter, mention, target, known, (*number, *paragraph)).unwrap_or_else(
                        |found| {
                            wrong.extend(certain.then_some(*found));
                            Aim::Nothing
                        },
                    )
                })
            }
        });
        let aims = aims.collect();
        (aims, wrong)
    }

    fn clause_aim(
        &self,
        chapter: &Chapter,
        mention: &Mention,
        target: usize,
        known: &Known,
        (number, paragraph): (ClauseNumber, u32),
    ) -> Result<Aim, Box<Diagnostic>> {
        let scan = &self.chapters[target].scan;
        if number.unit != Unit::Article {
            let heading = scan.headings.iter().find(|heading| heading.clause == Some(number));
            return Ok(heading.map_or(Aim::Nothing, |heading| Aim::Chapter(target, heading.anchor.clone())));
        }
        let is_article = |number: ClauseNumber| number.unit == Unit::Article;
        let headings = scan.headings.iter().filter(|heading| heading.clause.is_some_and(is_article));
        if scan.clauses.is_empty() && headings.clone().next().is_none() {
            return Ok(Aim::Nothing);
        }
        if let Some(clause) = known.clauses[target].get(&number).map(|at| &scan.clauses[*at]) {
            return match paragraph {
                0 | 1 => Ok(Aim::Chapter(target, clause.anchor.clone())),
                paragraph if paragraph <= clause.paragraphs => {
                    Ok(Aim::Chapter(target, format!("{}第{paragraph}款", clause.anchor)))
                }
                _ => Err(Box::new(self.dangling(chapter, mention, target, &clause.anchor))),
            };
        }
        let mut headings = headings;
        if let Some(heading) = headings.find(|heading| heading.clause == Some(number)) {
            return Ok(Aim::Chapter(target, heading.anchor.clone()));
        }
        Err(Box::new(self.dangling(chapter, mention, target, "")))
    }

    fn dangling(&self, chapter: &Chapter, mention: &Mention, target: usize, clause: &str) -> Diagnostic {
        let words = &chapter.source.text[mention.span.clone()];
        let other = &self.chapters[target];
        let place =
            if other.source.name == chapter.source.name { "this chapter" } else { other.title.as_str() };
        let message = format!("`{words}`: {place} has no such clause");
        let help = match (clause, other.scan.clauses.last()) {
            ("", Some(last)) => format!("its last clause is {}", last.anchor),
            ("", None) => "name a clause that is there".to_owned(),
            (clause, _) => format!("{clause} has fewer paragraphs"),
        };
        Diagnostic::new("dangling-clause", message).at(&chapter.source.path, mention.span.clone()).help(help)
    }

    /// The chapter of a title, with or without the company's name in front.
    pub(super) fn titled(&self, name: &str) -> Option<usize> {
        let key = title_key(name);
        self.registry.document(&key).or_else(|| self.registry.document(without_company(&key)?))
    }

    /// Enters a chapter's references at the chapters they lead to.
    fn turn_round(&self, from: usize, references: &mut References, found: &mut Vec<Diagnostic>) {
        let chapter = &self.chapters[from];
        let mut edges: Vec<(Span, usize)> = Vec::new();
        for (mention, aim) in chapter.scan.mentions.iter().zip(&references.aims[from]) {
            match aim {
                Aim::Chapter(to, _) => edges.push((mention.span.clone(), *to)),
                Aim::External(at) if references.citations[*at].last() != Some(&from) => {
                    references.citations[*at].push(from);
                }
                Aim::External(_) | Aim::Nothing => {}
            }
        }
        for link in &chapter.scan.links {
            if let Meaning::Inside(Place::Chapter(to), _) = self.resolve_link(chapter, link).meaning {
                edges.push((link.span.clone(), to));
            }
        }
        edges.sort_by_key(|edge| (edge.0.start, edge.1));
        for (span, to) in edges {
            // A title and its clause are one reference.
            let again = references.backlinks[to]
                .last()
                .is_some_and(|last| last.from == from && last.span.end == span.start);
            if to != from && !again {
                found.extend(self.outdated(from, to, &span));
                references.backlinks[to].push(Backlink { from, span });
            }
        }
    }

    /// A reference from a chapter that counts to one that no longer does.
    fn outdated(&self, from: usize, to: usize, span: &Span) -> Option<Diagnostic> {
        let gone =
            |at: usize| matches!(self.lifecycles[at].status, Some(Status::Superseded | Status::Retired));
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

    /// One note for each title that nothing has, at its first mention.
    fn unknown_titles(&self, references: &References) -> Vec<Diagnostic> {
        let mut unknown: BTreeMap<String, (usize, Span, usize, &str)> = BTreeMap::new();
        for (at, aims) in references.aims.iter().enumerate() {
            let chapter = &self.chapters[at];
            for (mention, aim) in chapter.scan.mentions.iter().zip(aims) {
                let MentionKind::Title(name) = &mention.kind else { continue };
                if *aim == Aim::Nothing && self.titled(name).is_none() {
                    let first = (at, mention.span.clone(), 0, name.as_str());
                    unknown.entry(title_key(name)).or_insert(first).2 += 1;
                }
            }
        }
        let propose = unknown.len() <= NEAREST_FOR;
        let titles = || self.chapters.iter().map(|chapter| chapter.title.as_str());
        let note = |(at, span, times, name): (usize, Span, usize, &str)| {
            let message =
                format!("no chapter or external reference is called 《{name}》 (mentioned {times} times)");
            let near = if propose { nearest(name, titles()) } else { None };
            Diagnostic::new("unknown-title", message)
                .at(&self.chapters[at].source.path, span)
                .help("declare it under `external_references:` in handbook.yaml, or mend the title")
                .nearest(near)
        };
        unknown.into_values().map(note).collect()
    }
}

/// A title as it is compared: nested 〈〉 count as 《》.
fn title_key(name: &str) -> String {
    fold(&name.replace('〈', "《").replace('〉', "》"))
}

/// What follows the company's name at the beginning of a title.
fn without_company(title: &str) -> Option<&str> {
    ["公司", "集团"].iter().find_map(|end| {
        let at = title.find(end)?;
        let rest = &title[at + end.len()..];
        let near = title[..at].chars().count() <= 16;
        (near && rest.chars().count() >= 4).then_some(rest)
    })
}
