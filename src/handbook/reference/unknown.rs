//! Titles between 《 and 》 that neither a chapter nor an external reference has.
//!
//! One title is one finding, at its first mention, however often it comes.

use super::super::Handbook;
use super::super::title::title_key;
use super::{Aim, References};
use crate::diagnostic::{Diagnostic, nearest};
use crate::markdown::MentionKind;
use crate::text::Span;
use std::collections::BTreeMap;

/// A title that nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownTitle {
    /// As first written.
    pub title: String,
    /// Chapters that mention it, in reading order.
    pub chapters: Vec<usize>,
    /// How often it is mentioned.
    pub times: usize,
    /// The first mention: chapter and place in its file.
    pub first: (usize, Span),
}

/// How many different unknown titles get the nearest known one proposed.
const NEAREST_FOR: usize = 200;

impl Handbook {
    pub(super) fn unknown_titles(&self, references: &References) -> Vec<UnknownTitle> {
        let mut unknown: BTreeMap<String, UnknownTitle> = BTreeMap::new();
        for at in &self.tree.order {
            let mentions = &self.chapters[*at].scan.mentions;
            for (mention, aim) in mentions.iter().zip(&references.aims[*at]) {
                let MentionKind::Title(name) = &mention.kind else { continue };
                if *aim != Aim::Nothing || self.titles.named(name).is_some() {
                    continue;
                }
                let first = || UnknownTitle {
                    title: name.clone(),
                    chapters: Vec::new(),
                    times: 0,
                    first: (*at, mention.span.clone()),
                };
                let entry = unknown.entry(title_key(name)).or_insert_with(first);
                entry.times += 1;
                if entry.chapters.last() != Some(at) {
                    entry.chapters.push(*at);
                }
            }
        }
        unknown.into_values().collect()
    }

    /// What is said of a reference to a draft.
    pub(in super::super) fn draft_finding(&self, written: &str) -> Diagnostic {
        let message = format!("{written} is a draft and not part of this site");
        Diagnostic::new("draft-target", message).help("publish the draft, or build with --drafts")
    }

    /// One note for each.
    pub(super) fn unknown_findings(&self, unknown: &[UnknownTitle]) -> Vec<Diagnostic> {
        let propose = unknown.len() <= NEAREST_FOR;
        let titles = || self.chapters.iter().map(|chapter| chapter.title.as_str());
        let note = |unknown: &UnknownTitle| {
            let UnknownTitle { title, times, first: (at, span), .. } = unknown;
            if self.hidden_titles.contains(&title_key(title)) {
                return self
                    .draft_finding(&format!("《{title}》"))
                    .at(&self.chapters[*at].source.path, span.clone());
            }
            let message =
                format!("no chapter or external reference is called 《{title}》 (mentioned {times} times)");
            let near = if propose { nearest(title, titles()) } else { None };
            Diagnostic::new("unknown-title", message)
                .at(&self.chapters[*at].source.path, span.clone())
                .help("declare it under `external_references:` in handbook.yaml, or mend the title")
                .nearest(near)
        };
        unknown.iter().map(note).collect()
    }
}
