//! Which site a folder or store holds: of which handbook, for whom, made from where;
//! and when a run must not replace it.
//!
//! A run never asks. What looks like a mistake is a diagnostic that names the option by
//! which a person says that it is intended.

use crate::chapter;
use crate::diagnostic::Diagnostic;
use crate::disk::Project;
use crate::handbook::Handbook;
use crate::id::AudienceId;
use crate::message;
use crate::rule;
use crate::site::Site;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// Chapters' pages that may go at once, however large a part of the site they are.
const FEW: usize = 20;

/// What a person says is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consent {
    /// The site may be for more readers than the one before, of another
    /// handbook, or made from another folder.
    pub replace: bool,
    /// Most chapters may go.
    pub shrink: bool,
}

/// What a manifest says of the site that it lists. It is published with the
/// site, so it names nothing that these readers may not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// The handbook's title.
    handbook: String,
    /// The audience by its key; none for a site that holds everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    audience: Option<String>,
    /// That audience and all that it includes, by key.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    groups: BTreeSet<String>,
    /// The folder of the chapters, from the project's: `content` or `.`.
    content: String,
}

/// Where a run would put its site.
#[derive(Clone, Copy)]
enum Where {
    InItsPlace,
    InsideIt,
}

/// What stands in a place before a run.
pub(crate) struct Standing<'a> {
    /// `None` where the manifest does not say.
    origin: Option<&'a Origin>,
    /// Addresses of chapters' pages, as far as the manifest tells.
    chapters: Vec<&'a str>,
}

impl Origin {
    pub(crate) fn of(site: &Site, project: &Project) -> Self {
        let audiences = &site.handbook.config.audiences;
        let key = |id: AudienceId| audiences.list.get(id).map(|audience| audience.id.clone());
        let groups = site.handbook.withheld.groups.as_ref();
        let audience = groups.and_then(|groups| {
            audiences.list.ids().find(|id| audiences.within(*id) == *groups).and_then(key)
        });
        Self {
            handbook: site.title(),
            audience: audience.or_else(|| groups.map(|_| String::new())),
            groups: groups.into_iter().flatten().filter_map(|id| key(*id)).collect(),
            content: if project.is_bare() { ".".to_owned() } else { "content".to_owned() },
        }
    }

    /// Keys of the groups whose chapters it may hold; `None` for all.
    fn sees(&self) -> Option<BTreeSet<&str>> {
        let named = self.audience.iter().chain(&self.groups);
        let all: BTreeSet<&str> = named.map(String::as_str).collect();
        (!all.is_empty()).then_some(all)
    }
}

impl<'a> Standing<'a> {
    /// A site whose manifest lists these files, each with whether it is a chapter's.
    pub(crate) fn new(
        origin: Option<&'a Origin>,
        files: impl Iterator<Item = (&'a str, bool)>,
        handbook: &Handbook,
    ) -> Self {
        let chapters: HashSet<&str> = handbook.chapters.iter().map(|chapter| &*chapter.url).collect();
        let counts = |(name, marked): &(&str, bool)| match origin {
            Some(_) => *marked,
            None if handbook.routes.pages.contains_key(*name) => chapters.contains(name),
            None => may_be_chapter(name),
        };
        Self { origin, chapters: files.filter(counts).map(|(name, _)| name).collect() }
    }

    /// Why a run that would put `new`, made of `handbook`, in this one's place
    /// stops. `place` is what messages call the folder or store.
    pub(crate) fn stops(
        &self,
        new: &Origin,
        handbook: &Handbook,
        consent: Consent,
        place: &str,
    ) -> Vec<Diagnostic> {
        let replaces: Vec<Diagnostic> =
            [self.other_content(new, place), self.other_handbook(new, handbook, place)]
                .into_iter()
                .chain([self.wider(new, handbook, place, Where::InItsPlace)])
                .flatten()
                .collect();
        match (replaces.is_empty(), consent.replace) {
            (false, false) => replaces,
            // Someone who replaces a site knows that its chapters go.
            (false, true) => Vec::new(),
            _ if consent.shrink => Vec::new(),
            _ => self.shrinks(new, handbook, place).into_iter().collect(),
        }
    }

    fn other_content(&self, new: &Origin, place: &str) -> Option<Diagnostic> {
        let moved = self.origin.is_some_and(|old| old.content != "." && new.content == ".");
        moved.then(|| {
            Diagnostic::new(&rule::SITE_CONTENT, message!("site-content", place = place))
                .help(message!("site-content.help"))
        })
    }

    fn other_handbook(&self, new: &Origin, handbook: &Handbook, place: &str) -> Option<Diagnostic> {
        self.origin.filter(|old| old.handbook != new.handbook)?;
        let drafts: HashSet<String> = handbook.hidden.iter().map(|name| chapter::url(name)).collect();
        let has_source = |address: &&&str| {
            handbook.routes.pages.contains_key(**address)
                || handbook.withheld.holds(address)
                || drafts.contains(**address)
        };
        // Every site has a home page, so it tells nothing.
        let chapters: Vec<&&str> = self.chapters.iter().filter(|address| **address != "index.html").collect();
        let known = chapters.iter().copied().filter(has_source).count();
        let foreign = chapters.len() - known;
        (known * 2 < chapters.len()).then(|| {
            let message = message!("site-handbook", place = place, foreign = foreign, all = chapters.len());
            Diagnostic::new(&rule::SITE_HANDBOOK, message).help(message!("site-handbook.help"))
        })
    }

    /// Why a run must not put `new` into a folder inside this site: whoever can reach
    /// one can reach the other.
    pub(crate) fn encloses(
        &self,
        new: &Origin,
        handbook: &Handbook,
        consent: Consent,
        place: &str,
    ) -> Option<Diagnostic> {
        self.origin.filter(|_| !consent.replace)?;
        self.wider(new, handbook, place, Where::InsideIt)
    }

    fn wider(&self, new: &Origin, handbook: &Handbook, place: &str, to: Where) -> Option<Diagnostic> {
        let Some(old) = self.origin else {
            let message = message!("site-audience-unknown", place = place);
            let help = message!("site-audience-unknown.help");
            return (!handbook.config.audiences.list.is_empty())
                .then(|| Diagnostic::new(&rule::SITE_AUDIENCE, message).help(help));
        };
        let before = old.sees()?;
        if new.sees().is_some_and(|now| now.is_subset(&before)) {
            return None;
        }
        // A manifest may come from anywhere, so its own words are not repeated.
        let named = |origin: &Origin| {
            let known = origin.audience.as_ref().and_then(|name| handbook.config.audiences.find(name));
            known.map(|id| handbook.config.audiences.list[id].id.clone())
        };
        let readers = |origin: &Origin| match (&origin.audience, named(origin)) {
            (None, _) => message!("site-readers-all"),
            (_, Some(name)) => message!("site-readers-audience", audience = name),
            (_, None) => message!("site-readers-undeclared"),
        };
        let (before, now) = (readers(old), readers(new));
        let message = match to {
            Where::InItsPlace => message!("site-audience", place = place, before = before, now = now),
            Where::InsideIt => message!("site-audience-inside", place = place, before = before, now = now),
        };
        let help = match named(old) {
            _ if old.audience == new.audience => message!("site-audience-includes.help"),
            Some(name) => message!("site-audience.help", audience = name),
            None => message!("site-audience-undeclared.help"),
        };
        Some(Diagnostic::new(&rule::SITE_AUDIENCE, message).help(help))
    }

    fn shrinks(&self, new: &Origin, handbook: &Handbook, place: &str) -> Option<Diagnostic> {
        // Of a site for fewer readers than before, what they may not see goes.
        let narrows = self.origin.is_some_and(|old| old.sees() != new.sees());
        let stays = |address: &str| {
            handbook.routes.pages.contains_key(address) || (narrows && handbook.withheld.holds(address))
        };
        let all = self.chapters.len();
        let gone = self.chapters.iter().filter(|address| !stays(address)).count();
        let most = gone >= FEW && gone * 2 > all;
        let last = handbook.chapters.is_empty() && all > 0;
        (most || last).then(|| {
            let message = message!("site-shrinks", place = place, gone = gone, all = all);
            Diagnostic::new(&rule::SITE_SHRINKS, message).help(message!("site-shrinks.help"))
        })
    }
}

/// Whether a name of a list of an earlier form may be that of a chapter's page.
fn may_be_chapter(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".html") else { return false };
    let (folder, file) = stem.rsplit_once('/').unwrap_or(("", stem));
    let first = folder.split('/').next().unwrap_or("").trim_start_matches("all-");
    let folders = ["departments", "roles", "topics", "kinds", "status", "id"];
    let pages = ["404", "a-z", "tree", "map", "references", "glossary", "search"];
    // The further pages of a list are numbered.
    let plain = file.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit());
    let plain = if plain.is_empty() { file } else { plain };
    let listed = folder.is_empty() && pages.contains(&plain.trim_start_matches("all-"));
    !listed && !folders.contains(&first) && plain != "index"
}
