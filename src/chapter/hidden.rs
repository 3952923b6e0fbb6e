//! Notes that the tool of a bare book hides, taken out of its texts before they are read.
//!
//! In a project of ours they stay: the digest of a rule is that of its file. There, and in a book
//! that names no tool, what looks like a note is told instead, since readers see it.

use super::head::Head;
use super::readings::{is_in, named};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::{Document, Notes, hidden};
use crate::message;
use crate::rule;
use crate::source::{EditionOf, Source, Sources};
use std::ops::Range;
use std::sync::Arc;

/// The sources without the notes that their tools hide; `None` where that is all the same.
#[must_use]
pub fn without_notes(sources: &Sources) -> Option<Sources> {
    let tools: Vec<(&str, Notes)> = sources
        .tools
        .iter()
        .map(|settings| (named(settings), &settings.text))
        .map(|((folder, file), text)| (folder, Notes::of_settings(file, text)))
        .filter(|(_, notes)| !notes.is_none())
        .collect();
    let base = base(sources);
    if tools.is_empty() && base.is_none() {
        return None;
    }
    let notes_in = |name: &str| notes_in(name, base, &tools);
    let every = tools.iter().fold(base, |all, (_, own)| all.and(*own));
    let mut shown = sources.clone();
    for source in &mut shown.chapters {
        if let Some(text) = blanked(&source.text, notes_in(&source.name)) {
            *source = Source { text, ..source.clone() }.below(source.above.clone());
        }
    }
    for edition in &mut shown.editions {
        let notes = match &edition.of {
            EditionOf::File(name) => notes_in(name),
            EditionOf::Id(_) => every,
        };
        if let Some(text) = blanked(&edition.text, notes) {
            edition.text = text;
        }
        let first = edition.first.as_ref().and_then(|first| blanked(first, notes));
        edition.first = first.or_else(|| edition.first.take());
    }
    Some(shown)
}

/// What the tools around a chapter of this name hide, and what any book does.
fn notes_in(name: &str, base: Notes, tools: &[(&str, Notes)]) -> Notes {
    let is_mdx = !base.is_none() && name.to_ascii_lowercase().ends_with(".mdx");
    let base = if is_mdx { base.and(Notes::of_mdx()) } else { base };
    let around = tools.iter().filter(|(folder, _)| is_in(folder, name));
    around.fold(base, |all, (_, own)| all.and(*own))
}

/// What any bare book hides, where some chapter, or an edition of one, may have such parts. In a book of
/// ours nothing of a chapter is hidden.
fn base(sources: &Sources) -> Notes {
    let chapters = sources.chapters.iter().map(|source| &source.text);
    let mut texts = chapters.chain(sources.editions.iter().map(|edition| &edition.text));
    let may_hide = |text: &Arc<str>| {
        text.contains("{%") || NOTHING.iter().any(|word| text.contains(word) && text.contains('{'))
    };
    match sources.config.is_none() && texts.any(may_hide) {
        true => Notes::of_conditions(),
        false => Notes::default(),
    }
}

/// What a condition of MDX says that never holds.
const NOTHING: [&str; 4] = ["false", "null", "undefined", "!true"];

/// A finding for each part that only some visitors of GitBook see, and nobody here, and for each chapter
/// with parts that nobody sees in any tool.
#[must_use]
pub fn hidden_parts(sources: &Sources) -> Vec<Diagnostic> {
    let base = base(sources);
    let tools: Vec<(&str, Notes)> = sources
        .tools
        .iter()
        .map(|settings| (named(settings), &settings.text))
        .map(|((folder, file), text)| (folder, Notes::of_settings(file, text)))
        .collect();
    if tools.is_empty() && base.is_none() {
        return Vec::new();
    }
    let of = |source: &Source| {
        let body = Head::read(&source.text).body;
        let text = source.text.get(body..).unwrap_or("");
        let notes = notes_in(&source.name, base, &tools);
        let visitors = if base.is_none() { Vec::new() } else { hidden::of_visitors(text) };
        let visitors = visitors.into_iter().map(|part| {
            let end = text[part.clone()].find("%}").map_or(part.end, |end| part.start + end + 2);
            let written = beginning(&text[part.start..end]);
            Diagnostic::new(&rule::FOREIGN_MARKUP, message!("foreign-markup-visitors", written = written))
                .at(&source.path, body + part.start..body + end)
                .help(message!("foreign-markup-visitors.help"))
                .at_level(Level::Warning)
        });
        let never = notes.never(text).into_iter().next().map(|part| {
            let written = beginning(text[part.clone()].lines().next().unwrap_or(""));
            Diagnostic::new(&rule::FOREIGN_MARKUP, message!("foreign-markup-never", written = written))
                .at(&source.path, body + part.start..body + part.end)
                .help(message!("foreign-markup-never.help"))
                .at_level(Level::Note)
        });
        visitors.chain(never).collect::<Vec<_>>()
    };
    sources.chapters.iter().flat_map(of).collect()
}

/// The first words of something, for a message.
fn beginning(written: &str) -> String {
    written.chars().take(60).collect()
}

/// Findings for each chapter with tags of Liquid that are hidden: the first that brings in a file, and
/// the first that does something else.
#[must_use]
pub fn hidden_tags(sources: &Sources) -> Vec<Diagnostic> {
    let tools = sources.tools.iter().map(named);
    let tools: Vec<&str> = tools
        .filter(|(_, file)| Notes::of_settings(file, "").is_of_template())
        .map(|(folder, _)| folder)
        .collect();
    let within = |source: &&Source| tools.iter().any(|folder| is_in(folder, &source.name));
    sources.chapters.iter().filter(within).flat_map(tags_in).collect()
}

fn tags_in(source: &Source) -> Vec<Diagnostic> {
    let body = Head::read(&source.text).body;
    let Some(text) = source.text.get(body..).filter(|text| text.contains("{%")) else { return Vec::new() };
    let tags = hidden::tags_of_liquid(text);
    let first = |brings: bool| tags.iter().find(|tag| hidden::is_include(&text[(*tag).clone()]) == brings);
    let told = |tag: &Range<usize>, brings: bool| {
        let written: String = text[tag.clone()].chars().take(60).collect();
        let (message, help) = match brings {
            true => (
                message!("foreign-markup-include", written = written),
                message!("foreign-markup-include.help"),
            ),
            false => {
                (message!("foreign-markup-logic", written = written), message!("foreign-markup-logic.help"))
            }
        };
        let wrong = Diagnostic::new(&rule::FOREIGN_MARKUP, message)
            .at(&source.path, body + tag.start..body + tag.end)
            .help(help);
        wrong.at_level(Level::Note)
    };
    [true, false].into_iter().filter_map(|brings| Some(told(first(brings)?, brings))).collect()
}

fn blanked(text: &str, notes: Notes) -> Option<Arc<str>> {
    let signs = ["%", "{%", "{:", "{#", "]: ", "+++", "remove", "v-if", "v-show"];
    if notes.is_none() || !signs.iter().chain(&NOTHING).any(|sign| text.contains(sign)) {
        return None;
    }
    notes.blanked(text, Head::read(text).body).map(Arc::from)
}

/// The first note of a text that readers see.
pub(super) fn diagnostic(source: &Source, document: &Document) -> Option<Diagnostic> {
    let body = source.text.get(document.body..)?;
    let is_note = |note: &std::ops::Range<usize>| {
        let words = body[note.clone()].trim_matches('%').trim();
        // 50%% is no sign, nor is a line of them.
        !body[..note.start].ends_with(|c: char| c.is_alphanumeric()) && !words.is_empty()
    };
    let obsidian = hidden::of_obsidian(body).into_iter().find(is_note);
    let note = obsidian.or_else(|| hidden::of_kramdown(body).into_iter().next())?;
    let written: String = body[note.clone()].chars().take(60).collect();
    let place = document.body + note.start..document.body + note.end;
    let wrong = Diagnostic::new(&rule::FOREIGN_MARKUP, message!("foreign-markup-note", written = written))
        .at(&source.path, place)
        .help(message!("foreign-markup-note.help"));
    Some(wrong.at_level(Level::Warning))
}
