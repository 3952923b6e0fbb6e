//! Which chapters are published on a day, which of them are their folders' own pages, and at
//! which addresses.

use super::Input;
use crate::chapter::front_matter::FrontMatter;
use crate::chapter::{Bundle, Chapter, folder, index_rank, without_suffix};
use crate::diagnostic::{Diagnostic, Level};
use crate::id::{ChapterId, IdVec};
use crate::message;
use crate::rule;
use crate::text::fold;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What is published of a handbook's chapters.
pub(super) struct Published {
    pub(super) chapters: IdVec<ChapterId, Arc<Chapter>>,
    /// Drafts, which are not.
    pub(super) drafts: Vec<Arc<Chapter>>,
    /// What is told of chapters that got another address.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The chapters that are published, and the drafts that are not.
pub(super) fn published(chapters: Vec<Arc<Chapter>>, input: &Input) -> Published {
    let (mut kept, drafts): (Vec<_>, Vec<_>) =
        chapters.into_iter().partition(|chapter| input.drafts || !chapter.is_draft(input.today));
    demote_second_indexes(&mut kept);
    promote_bundles(&mut kept);
    let diagnostics = if input.may_readdress { part(&mut kept) } else { Vec::new() };
    Published { chapters: kept.into(), drafts, diagnostics }
}

/// Where a folder holds `index.md` and `README.md`, only the first is its page.
fn demote_second_indexes(chapters: &mut [Arc<Chapter>]) {
    let mut best: BTreeMap<String, usize> = BTreeMap::new();
    let rank = |chapter: &Chapter| chapter.is_index.then(|| index_rank(&chapter.source.name)).flatten();
    for chapter in chapters.iter() {
        if let Some(rank) = rank(chapter) {
            let known = best.entry(chapter.folder().to_owned()).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    for chapter in chapters.iter_mut() {
        let second =
            rank(chapter).is_some_and(|rank| best.get(chapter.folder()).is_some_and(|best| rank > *best));
        if second {
            let chapter = Arc::make_mut(chapter);
            chapter.is_index = false;
            let name = &chapter.source.name;
            chapter.url = format!("{}.html", without_suffix(name).unwrap_or(name)).into();
        }
    }
}

/// Makes chapters of pages of folders that are more than that: `leave/index.md` alone in its
/// folder is how other tools keep one chapter with its pictures, and what has an owner or a
/// version is a rule wherever it lies.
fn promote_bundles(chapters: &mut [Arc<Chapter>]) {
    let above = |name: &str| -> Vec<String> {
        let folders = std::iter::successors(Some(folder(name)), |path| Some(folder(path)));
        folders.take_while(|path| !path.is_empty()).map(str::to_owned).collect()
    };
    let mut below: HashMap<String, usize> = HashMap::new();
    for folder in chapters.iter().flat_map(|chapter| above(&chapter.source.name)) {
        *below.entry(folder).or_default() += 1;
    }
    for chapter in chapters.iter_mut().filter(|chapter| chapter.is_index) {
        let count = below.get(chapter.folder()).copied();
        let text = chapter.source.text.get(chapter.document.body..).unwrap_or("");
        let is_rule = is_rule(&chapter.front);
        let bundle = match count {
            None => None,
            Some(1) if is_rule || !text.trim().is_empty() => Some(Bundle::Leaf),
            Some(_) if is_rule => Some(Bundle::Branch),
            Some(_) => None,
        };
        if bundle.is_some() {
            let chapter = Arc::make_mut(chapter);
            (chapter.is_index, chapter.bundle) = (false, bundle);
        }
    }
}

/// Whether front matter says what a page of a folder does not show. Its owner is the folder's.
fn is_rule(front: &FrontMatter) -> bool {
    let people = [&front.author, &front.reviewer, &front.departments, &front.roles];
    front.is_controlled_document()
        || people.iter().any(|people| !people.is_empty())
        || !front.raci.is_empty()
        || !front.revisions.is_empty()
        || front.required_reading.is_some()
}

/// Gives the later of two chapters that need one address another one. In a folder as it lies
/// `Async.md` and `async.md`, or `a.md` and `a.mdx`, are no reason to publish nothing.
fn part(chapters: &mut [Arc<Chapter>]) -> Vec<Diagnostic> {
    let mut first: HashMap<String, Arc<str>> = HashMap::new();
    let mut clashing = Vec::new();
    for (at, chapter) in chapters.iter().enumerate() {
        match first.get(&fold(&chapter.url)) {
            Some(other) => clashing.push((at, Arc::clone(other))),
            None => _ = first.insert(fold(&chapter.url), Arc::clone(&chapter.source.path)),
        }
    }
    let mut taken: HashSet<String> = HashSet::new();
    if !clashing.is_empty() {
        taken.extend(first.into_keys());
    }
    // Where the numbers of a name went on, so that many of one name cost one look each.
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (at, other) in clashing {
        let chapter = Arc::make_mut(&mut chapters[at]);
        let stem = chapter.url.strip_suffix(".html").unwrap_or(&chapter.url);
        let number = numbers.entry(fold(stem)).or_insert(1);
        let free = loop {
            *number += 1;
            let next = format!("{stem}-{number}.html");
            if taken.insert(fold(&next)) {
                break next;
            }
        };
        let path = &chapter.source.path;
        let message = message!("duplicate-url-parted", path = path, other = &other, address = &free);
        let told = Diagnostic::new(&rule::DUPLICATE_URL, message).at(path, None);
        let told = told.help(message!("duplicate-url-parted.help"));
        let told = told.related(&other, None, message!("duplicate-url-other", address = &*chapter.url));
        diagnostics.push(told.at_level(Level::Warning));
        chapter.url = free.into();
    }
    diagnostics
}
