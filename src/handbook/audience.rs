//! Who may see which chapter, and the handbook as one audience sees it.
//!
//! What is withheld is taken out before names, places and addresses are assigned, so
//! that nothing later can know of it: the handbook of an audience is the one that would
//! have been made had the withheld files never been there. Of them it keeps only what
//! authors may have written to name them ([`Withheld`]), so that a link to one is told
//! from a mistake. The whole handbook is assembled first all the same: it is what
//! diagnostics are about, and it knows what is withheld.

mod address;
mod diagnostics;
mod rules;
mod sight;
mod tell;

use super::link::{loose_keys, spellings};
use super::{Handbook, HandbookCache, Input, title, wiki};
use crate::chapter::audience::Audience;
use crate::chapter::front_matter::FrontMatter;
use crate::chapter::{Chapter, without_suffix};
use crate::config::audience::Audiences;
use crate::diagnostic::Diagnostic;
use crate::id::{AudienceId, ChapterId};
use crate::message;
use crate::rule;
use crate::text::fold;
use crate::yaml::Step;
use address::Sites;
pub(super) use rules::{Rules, readers};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// Who may see a chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Readers {
    /// Every audience.
    #[default]
    Everyone,
    /// These groups, and those that include one of them. Empty where the front matter
    /// is wrong: then no audience may see it.
    Groups(BTreeSet<AudienceId>),
}

impl Readers {
    /// Those who may see both.
    fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Groups(a), Self::Groups(b)) => Self::Groups(a.intersection(b).copied().collect()),
            (Self::Everyone, other) | (other, Self::Everyone) => other.clone(),
        }
    }

    /// Those among these readers whom `other` admits too; where no group of the one is
    /// within one of the other, nobody.
    fn within(&self, other: &Self, audiences: &Audiences) -> Self {
        let (Self::Groups(one), Self::Groups(two)) = (self, other) else { return self.and(other) };
        let of = |these: &BTreeSet<AudienceId>, those: &BTreeSet<AudienceId>| -> Vec<AudienceId> {
            let admitted = |id: &&AudienceId| !audiences.within(**id).is_disjoint(those);
            these.iter().filter(admitted).copied().collect()
        };
        Self::Groups(of(one, two).into_iter().chain(of(two, one)).collect())
    }

    /// Whether someone who belongs to these groups may see it.
    #[must_use]
    pub fn admits(&self, groups: &BTreeSet<AudienceId>) -> bool {
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
    pub groups: Option<BTreeSet<AudienceId>>,
    /// Paths and addresses below the site's root.
    paths: HashSet<String>,
    /// The same as links may misspell them.
    folded: HashSet<String>,
    /// The same as other tools may write them.
    loose: HashSet<String>,
    /// Paths and addresses of chapters without their endings, as they are compared.
    stems: HashSet<String>,
    /// Ids, as they are compared.
    ids: HashSet<String>,
    /// The paths by which wiki links may name chapters, as they are compared.
    files: HashSet<String>,
    /// Addresses at which the site may stand.
    sites: Sites,
}

impl Withheld {
    /// Whether a path below the content folder leads to what is withheld.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let index = || format!("{path}/index.html");
        !self.paths.is_empty()
            && (self.holds_exactly(path)
                || without_suffix(path).is_some_and(|stem| self.paths.contains(stem))
                || self.paths.contains(&index()))
    }

    /// The same of a path as it is written: `a.md` does not lead to `a.mdx`.
    pub(super) fn holds_exactly(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The same if case and Unicode form are forgiven.
    pub(super) fn nearly_holds(&self, path: &str) -> bool {
        let holds = |path: &str| self.folded.contains(&fold(path));
        !self.folded.is_empty() && (holds(path) || without_suffix(path).is_some_and(holds))
    }

    /// Whether one of these is a name that other tools may have for something withheld.
    pub(super) fn nearly_names(&self, keys: &[String]) -> bool {
        keys.iter().any(|key| self.loose.contains(key))
    }

    /// Whether a wiki link names the file of something withheld.
    pub(super) fn names_file(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whether an address on a page leads to something withheld, as a browser reads it.
    pub(super) fn leads(&self, page: &str, address: &str) -> bool {
        let holds = |path: &String| self.holds(path) || self.nearly_holds(path);
        !self.paths.is_empty() && self.sites.paths(page, address).iter().any(holds)
    }
}

/// Their ids, as they are compared.
fn ids_of(chapters: &[Arc<Chapter>]) -> HashSet<String> {
    chapters.iter().filter_map(|chapter| chapter.front.id.as_ref()).map(|id| fold(&id.text)).collect()
}

/// The path and the address of a chapter without their endings, as they are compared; a folder's
/// own page has the folder's.
fn stems_of(chapter: &Arc<Chapter>) -> impl Iterator<Item = String> {
    let stem = |path: &str| {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        fold(tell::own_page(stem))
    };
    let all = [&*chapter.source.name, &*chapter.url].map(stem);
    all.into_iter().filter(|stem| !stem.is_empty() && stem != "index")
}

/// Names under `audience` that no group has, and names of groups under other keys.
fn unknown(chapter: &Chapter, audiences: &Audiences) -> Vec<Diagnostic> {
    let Audience::Named(names) = &chapter.front.audience else {
        let other = other_key(&chapter.front, &chapter.foreign_names, audiences).map(|key| {
            let found = Diagnostic::new(&rule::UNKNOWN_AUDIENCE, message!("unknown-audience-key", key = key));
            let found = found.help(message!("unknown-audience-key.help"));
            chapter.front_diagnostic(&[Step::Key(key.to_owned())], found)
        });
        return other.into_iter().collect();
    };
    let unknown = names.iter().filter(|name| audiences.find(&name.text).is_none());
    unknown.map(|name| chapter.front_diagnostic(&name.steps, audiences.unknown(&name.text))).collect()
}

/// The key under which a text that says nothing of its audience names a group. `foreign` are names
/// under keys that nobody reads.
fn other_key<'a>(
    front: &FrontMatter,
    foreign: &'a [(String, String)],
    audiences: &Audiences,
) -> Option<&'a str> {
    if front.audience != Audience::Inherited || audiences.list.is_empty() {
        return None;
    }
    let mut names = foreign.iter();
    names.find(|(_, name)| audiences.find(name).is_some()).map(|(key, _)| key.as_str())
}

impl Handbook {
    /// This whole handbook as the audience with a key or name sees it. `input` is what
    /// the whole one was made of. The diagnostics are those about what is withheld; all
    /// others belong to the whole handbook.
    #[must_use]
    pub fn as_seen_by(&self, name: &str, mut input: Input, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let audiences = &self.config.audiences;
        let audience = audiences.find(name);
        if audience.is_none() && !name.is_empty() {
            diagnostics.push(audiences.unknown(name));
        }
        let groups = audience.map(|id| audiences.within(id)).unwrap_or_default();
        // Wrong names were reported when the whole handbook was made.
        let readers = readers(&input, &input.chapters, &mut Vec::new());
        let histories = {
            let rules = Rules::new(&input, &input.chapters);
            self.histories.seen(|name, edition| {
                let latest = readers.get(name).is_none_or(|readers| readers.admits(&groups));
                latest && rules.of_edition(name, edition).admits(&groups)
            })
        };
        input.histories = Arc::new(histories);
        let sees = |name: &str| readers.get(name).is_some_and(|readers| readers.admits(&groups));
        let (kept, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut input.chapters).into_iter().partition(|chapter| sees(&chapter.source.name));
        let others = self.named_by(gone.iter().chain(self.drafts.iter()));
        let mut files = self.published_by(&|chapter| sees(&chapter.source.name), &others);
        files.extend(self.shown_by_editions(&input.histories, &files));
        let files: HashSet<&str> = files.into_iter().map(|file| &*self.attachments[file].name).collect();
        input.attachments.retain(|file| files.contains(&*file.name));
        input.chapters = kept;
        input.withheld_titles = self.titles_of(&gone);
        if let Some(own) = audience.and_then(|id| audiences.list[id].base_url.clone())
            && input.base_url_override.is_none()
        {
            input.config.base_url = Some(own);
        }
        let bases = audiences.addresses(&[&self.config.base_url, &input.base_url_override.clone().flatten()]);
        let known = Withheld {
            groups: Some(groups),
            ids: ids_of(&gone),
            stems: gone.iter().flat_map(stems_of).collect(),
            files: gone.iter().flat_map(|chapter| wiki::paths_of(&chapter.source.name)).collect(),
            sites: Sites::new(&bases),
            ..Withheld::default()
        };
        let mut seen = self.index_without(&gone, input.clone(), &known);
        let veiled = seen.veiled(&input.chapters, &self.markdown_options());
        // What is withheld from a text may have been its title or an anchor.
        if veiled.iter().zip(&input.chapters).any(|(new, old)| !Arc::ptr_eq(new, old)) {
            input.chapters = veiled;
            seen = self.index_without(&gone, input, &known);
        }
        // Wrong names were reported for the whole handbook.
        seen.resolve_references(&mut HandbookCache::default(), &mut Vec::new());
        if !name.is_empty() {
            diagnostics.extend(self.withheld_diagnostics(&seen, name));
        }
        seen
    }

    /// The handbook of an audience's input, which knows what is withheld.
    fn index_without(&self, gone: &[Arc<Chapter>], mut input: Input, known: &Withheld) -> Self {
        // Which files it has is known.
        (input.bare, input.sparing) = (false, false);
        let mut seen = Self::index(input, &mut HandbookCache::default()).value;
        seen.drafts = Arc::default();
        let paths = self.paths_withheld_from(&seen, gone);
        let folded = paths.iter().map(|path| fold(path)).collect();
        let sections = self.tree.sections.iter().map(|section| section.path.as_str());
        let lost = sections.filter(|path| paths.contains(*path));
        let own = gone.iter().filter_map(|chapter| spellings(&chapter.source.name).last());
        let loose = own.chain(lost).flat_map(loose_keys).collect();
        seen.withheld = Arc::new(Withheld { paths, folded, loose, ..known.clone() });
        seen
    }

    /// The keys under which titles, aliases and ids of chapters are looked up.
    fn titles_of(&self, gone: &[Arc<Chapter>]) -> HashSet<String> {
        let lost: HashSet<&str> = gone.iter().map(|chapter| &*chapter.source.name).collect();
        let mut titles = self.titles.keys_of(|id| lost.contains(&*self.chapters[id].source.name));
        // Drafts are not among the names of the whole.
        titles.extend(gone.iter().flat_map(|chapter| title::keys_of(chapter)));
        titles
    }

    /// All paths and addresses that this handbook knows and `seen` does not.
    fn paths_withheld_from(&self, seen: &Self, gone: &[Arc<Chapter>]) -> HashSet<String> {
        let known = |path: &str| seen.registry.find(path).is_some() || seen.routes.pages.contains_key(path);
        // Drafts are not among the names of the whole.
        let own = gone.iter().flat_map(|chapter| {
            let name = &*chapter.source.name;
            [name, &chapter.url, without_suffix(name).unwrap_or(name)]
        });
        let names =
            self.registry.names().chain(self.routes.pages.keys().map(|address| &**address)).chain(own);
        names.filter(|path| !known(path)).map(str::to_owned).collect()
    }

    /// Names of the audiences that may see a chapter, as far as the readers of this
    /// site may know them; empty for everyone.
    #[must_use]
    pub fn readers_of(&self, chapter: ChapterId) -> Vec<&str> {
        let Readers::Groups(groups) = &self.metadata[chapter].readers else { return Vec::new() };
        let known = |id: &&AudienceId| self.withheld.groups.as_ref().is_none_or(|seen| seen.contains(id));
        let named = groups.iter().filter(known).filter_map(|id| self.config.audiences.list.get(*id));
        named.map(|audience| audience.name.as_str()).collect()
    }

    /// The keys of the audiences that may see the chapter of a file, as this whole handbook has it;
    /// `None` for everyone.
    #[must_use]
    pub fn readers_by_name(&self, name: &str) -> Option<Vec<String>> {
        let id = self.chapters.binary_search_by(|chapter| (*chapter.source.name).cmp(name))?;
        let Readers::Groups(groups) = &self.metadata[id].readers else { return None };
        let key = |id: &AudienceId| self.config.audiences.list.get(*id).map(|audience| audience.id.clone());
        Some(groups.iter().filter_map(key).collect())
    }

    /// The diagnostic for a site that everyone may read although some of its chapters
    /// are not for everyone.
    #[must_use]
    pub fn restricted(&self) -> Option<Diagnostic> {
        // Without declared audiences, chapters that name one count: the settings may be
        // lost.
        let declared = !self.config.audiences.list.is_empty();
        if !declared && !self.may_restrict {
            return None;
        }
        let kept = |chapter: &ChapterId| self.metadata[*chapter].readers != Readers::Everyone;
        let all: Vec<ChapterId> = self.chapters.ids().filter(kept).collect();
        let first = &self.chapters[*all.first()?];
        let message = message!("restricted-chapter", number = all.len(), path = &first.source.path);
        let diagnostic = Diagnostic::new(&rule::RESTRICTED_CHAPTER, message);
        Some(diagnostic.help(message!("restricted-chapter.help")))
    }
}
