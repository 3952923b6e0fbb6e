//! Who may see which chapter, and the handbook as one audience sees it.
//!
//! What is withheld is taken out before names, places and addresses are given,
//! so that nothing later can know of it: the handbook of an audience is the one
//! that would have been made had the withheld files never been there. Of them it
//! keeps only what authors may have written to name them ([`Withheld`]), so that a
//! link to one is told from a mistake. The whole handbook is assembled first all
//! the same: it is what findings are about, and it knows what is withheld.

mod findings;
mod used;

use super::{Handbook, Memory, Parts, title};
use crate::chapter::audience::Audience;
use crate::chapter::front_matter::Status;
use crate::chapter::{Chapter, folder, index_rank};
use crate::config::audience::Audiences;
use crate::diagnostic::Diagnostic;
use crate::text::fold;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Who may see a chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Readers {
    /// Every audience.
    #[default]
    Everyone,
    /// These groups, by place in the list of audiences, and those that include one
    /// of them. None at all where front matter is wrong: no audience may.
    Groups(BTreeSet<usize>),
}

impl Readers {
    /// Whether someone who belongs to these groups may see it.
    #[must_use]
    pub fn admits(&self, groups: &BTreeSet<usize>) -> bool {
        match self {
            Self::Everyone => true,
            Self::Groups(own) => !own.is_disjoint(groups),
        }
    }
}

/// What the handbook of an audience remembers of what is withheld from it: names
/// that a link may use, which are compared and never shown.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Withheld {
    /// The groups that the audience is and includes; `None` where the handbook is whole.
    pub groups: Option<BTreeSet<usize>>,
    /// Paths and addresses below the site's root.
    paths: HashSet<String>,
    /// The same as links may misspell them.
    folded: HashSet<String>,
    /// Addresses at which the site may stand, without their scheme.
    bases: Vec<String>,
}

impl Withheld {
    /// Whether a path below the content folder leads to what is withheld.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let index = || format!("{path}/index.html");
        !self.paths.is_empty()
            && (self.paths.contains(path)
                || self.paths.contains(path.trim_end_matches(".md"))
                || self.paths.contains(&index()))
    }

    /// The same if case and Unicode form are forgiven.
    pub(super) fn nearly_holds(&self, path: &str) -> bool {
        !self.folded.is_empty() && self.folded.contains(&fold(path))
    }

    /// Whether an absolute address is that of something withheld.
    pub(super) fn holds_address(&self, address: &str) -> bool {
        let Some((_, rest)) = address.split_once("//").filter(|_| !self.paths.is_empty()) else {
            return false;
        };
        let mut below = self.bases.iter().filter_map(|base| rest.strip_prefix(base.as_str()));
        below.any(|path| {
            let path = path.split(['#', '?']).next().unwrap_or("");
            let decoded = percent_decode_str(path).decode_utf8_lossy();
            let path = decoded.trim_matches('/');
            self.holds(path) || self.nearly_holds(path)
        })
    }
}

/// Who may see each chapter, by its name: what it says itself, else what the
/// nearest folder's own page says. Findings are names that no audience has.
pub(super) fn readers<'a>(
    parts: &'a Parts,
    chapters: &'a [Arc<Chapter>],
    found: &mut Vec<Diagnostic>,
) -> HashMap<Arc<str>, Readers> {
    let audiences = &parts.config.audiences;
    let nobody = || Some(Readers::Groups(BTreeSet::new()));
    let own = |chapter: &Arc<Chapter>| match &chapter.front.audience {
        _ if chapter.source.damaged => nobody(),
        Audience::Inherited => None,
        Audience::Unreadable => nobody(),
        Audience::Named(names) => Some(Readers::Groups(
            names.iter().filter_map(|name| audiences.find(&name.text)).collect::<BTreeSet<_>>(),
        )),
    };
    // What each folder's pages say, by rank; whether a page that says nothing counts.
    let mut pages: BTreeMap<&str, BTreeMap<usize, Vec<Page>>> = BTreeMap::new();
    let mut add = |name: &'a str, page: Page| {
        if let Some(rank) = index_rank(name) {
            pages.entry(folder(name)).or_default().entry(rank).or_default().push(page);
        }
    };
    for chapter in chapters {
        found.extend(unknown(chapter, audiences));
        let draft = chapter.front.status == Some(Status::Draft);
        add(&chapter.source.name, Page { readers: own(chapter), draft });
    }
    for name in &parts.unread {
        add(name, Page { readers: nobody(), draft: false });
    }
    let folders: BTreeMap<&str, Readers> =
        pages.into_iter().filter_map(|(folder, pages)| Some((folder, of_folder(pages)?))).collect();
    let inherited = |name: &str| {
        let mut at = folder(name);
        loop {
            if let Some(readers) = folders.get(at) {
                return readers.clone();
            }
            if at.is_empty() {
                return Readers::Everyone;
            }
            at = folder(at);
        }
    };
    let all = chapters.iter().map(|chapter| {
        let name = &chapter.source.name;
        (Arc::clone(name), own(chapter).unwrap_or_else(|| inherited(name)))
    });
    all.collect()
}

/// What a folder's page says of who may see the folder.
struct Page {
    readers: Option<Readers>,
    draft: bool,
}

/// Who may see a folder, by its pages in the order of their rank. A draft counts too;
/// one that says nothing lets the next speak. Where two have one rank, as `index.md`
/// and `index.markdown`, only those may see it who may by both.
fn of_folder(pages: BTreeMap<usize, Vec<Page>>) -> Option<Readers> {
    let speaks = |page: &Page| page.readers.is_some() || !page.draft;
    let first = pages.into_values().find(|pages| pages.iter().any(speaks))?;
    first.into_iter().filter_map(|page| page.readers).reduce(|a, b| match (a, b) {
        (Readers::Groups(a), Readers::Groups(b)) => Readers::Groups(a.intersection(&b).copied().collect()),
        (Readers::Everyone, other) | (other, Readers::Everyone) => other,
    })
}

/// Names under `audience` that no group has.
fn unknown(chapter: &Chapter, audiences: &Audiences) -> Vec<Diagnostic> {
    let Audience::Named(names) = &chapter.front.audience else { return Vec::new() };
    let unknown = names.iter().filter(|name| audiences.find(&name.text).is_none());
    unknown.map(|name| chapter.front_finding(&name.steps, audiences.unknown(&name.text))).collect()
}

impl Handbook {
    /// This handbook, which is whole, as the audience of a key or name sees it.
    /// `parts` are what this one was made of. Findings are about what is withheld;
    /// all others are this one's.
    #[must_use]
    pub fn as_seen_by(&self, name: &str, mut parts: Parts, found: &mut Vec<Diagnostic>) -> Self {
        let audiences = &self.config.audiences;
        let audience = audiences.find(name);
        if audience.is_none() && !name.is_empty() {
            found.push(audiences.unknown(name));
        }
        let groups = audience.map(|at| audiences.within(at)).unwrap_or_default();
        // The names of the whole are known to be right or reported.
        let readers = readers(&parts, &parts.chapters, &mut Vec::new());
        let sees = |name: &str| readers.get(name).is_some_and(|readers| readers.admits(&groups));
        let attachments = self.used_by(&|chapter| sees(&chapter.source.name));
        let (kept, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut parts.chapters).into_iter().partition(|chapter| sees(&chapter.source.name));
        parts.chapters = kept;
        parts.attachments.retain(|file| attachments.contains(&file.name));
        if let Some(own) = audience.and_then(|at| audiences.list[at].base_url.clone())
            && parts.outweighed_base.is_none()
        {
            parts.config.base_url = Some(own);
        }
        let bases = audiences.addresses(&[&self.config.base_url, &parts.outweighed_base.clone().flatten()]);
        parts.withheld_titles = self.titles_of(&gone);
        // Only the whole is kept from run to run.
        let mut memory = Memory::default();
        let mut seen = Self::arrange(parts, &mut memory).value;
        let paths = self.paths_withheld_from(&seen, &gone);
        let folded = paths.iter().map(|path| fold(path)).collect();
        seen.withheld = Arc::new(Withheld { groups: Some(groups), paths, folded, bases });
        // What is wrong with names was said of the whole.
        seen.connect(&mut memory, &mut Vec::new());
        if !name.is_empty() {
            found.extend(self.withheld_findings(&seen, name));
        }
        seen
    }

    /// What titles, aliases and ids of chapters are looked up by.
    fn titles_of(&self, gone: &[Arc<Chapter>]) -> HashSet<String> {
        let lost: HashSet<&str> = gone.iter().map(|chapter| &*chapter.source.name).collect();
        let mut titles = self.titles.keys_of(|at| lost.contains(&*self.chapters[at].source.name));
        // Drafts are not among the names of the whole.
        titles.extend(gone.iter().flat_map(|chapter| title::keys_of(chapter)));
        titles
    }

    /// All paths and addresses that this handbook knows and `seen` does not.
    fn paths_withheld_from(&self, seen: &Self, gone: &[Arc<Chapter>]) -> HashSet<String> {
        let known = |path: &str| seen.registry.place(path).is_some() || seen.routes.pages.contains_key(path);
        // Drafts are not among the names of the whole.
        let own = gone.iter().flat_map(|chapter| {
            let name = &*chapter.source.name;
            [name, &chapter.url, &name[..name.rfind('.').unwrap_or(name.len())]]
        });
        let names =
            self.registry.names().chain(self.routes.pages.keys().map(|address| &**address)).chain(own);
        names.filter(|path| !known(path)).map(str::to_owned).collect()
    }

    /// Names of the audiences that may see a chapter, as far as those whose site
    /// this is may know them; empty for everyone.
    #[must_use]
    pub fn readers_of(&self, chapter: usize) -> Vec<&str> {
        let Readers::Groups(groups) = &self.facts[chapter].readers else { return Vec::new() };
        let known = |at: &&usize| self.withheld.groups.as_ref().is_none_or(|seen| seen.contains(at));
        let named = groups.iter().filter(known).filter_map(|at| self.config.audiences.list.get(*at));
        named.map(|audience| audience.name.as_str()).collect()
    }

    /// What is said of a site for everyone that holds chapters which are not.
    #[must_use]
    pub fn restricted(&self) -> Option<Diagnostic> {
        let audiences = &self.config.audiences.list;
        let kept = |at: &usize| self.facts[*at].readers != Readers::Everyone;
        let all: Vec<usize> = (0..self.chapters.len()).filter(kept).collect();
        let first = self.chapters.get(*all.first()?).filter(|_| !audiences.is_empty())?;
        let message = format!(
            "this site holds {} {} for certain audiences only, such as {}",
            all.len(),
            if all.len() == 1 { "chapter that is" } else { "chapters that are" },
            first.source.path
        );
        let help = "build with --audience NAME or --all-audiences; if all who reach this site may read \
                    everything, write `restricted-chapter: off` under `checks:`";
        Some(Diagnostic::new("restricted-chapter", message).help(help))
    }
}
