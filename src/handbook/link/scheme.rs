//! Where a link may lead by the rules of other tools.
//!
//! A link from the file's own folder, or from the top, has been looked for when these are
//! asked. Other tools serve `x.md` at `x/`, so that a link starts there; put a folder such
//! as `docs` or `source` at the top of their site; put the site below a path such as
//! `/docs`; put the chapters of the first language at the top; and publish the files in
//! `static/` or `public/` at the top. They also leave numbers and dates out of names, and
//! write `-` for a space.
//!
//! Readings come in groups, the stricter first. A group decides where exactly one place
//! fits it; where several do, none is meant. The cost is a few lookups a link, whatever
//! the book.

use super::super::Handbook;
use super::super::registry::{PathTarget, Registry};
use super::loose::{LooseNames, loose_key};
use super::{PathMatch, join};
use crate::chapter::{Chapter, folder, is_index, without_suffix};

/// Folders whose files tools publish at the top of a site.
const PUBLIC: [&str; 6] =
    [".vuepress/public", ".vitepress/public", "public", "static", "assets", ".gitbook/assets"];

/// Names under which sites are often mounted.
const MOUNTS: [&str; 12] = [
    "docs",
    "doc",
    "documentation",
    "handbook",
    "wiki",
    "guide",
    "guides",
    "book",
    "manual",
    "kb",
    "en",
    "zh",
];

/// Folders of the language whose chapters tools put at the top of a site.
const LANGUAGES: [&str; 7] = ["en", "zh", "zh-cn", "zh-CN", "zh-hans", "zh-Hans", "cn"];

/// Folders, besides the top, in which tools keep all chapters.
const TOPS: [&str; 6] = ["", "docs", "content", "source", "src", "pages"];

/// Folders above a chapter that are looked at.
const FOLDERS_ABOVE: usize = 16;

/// A path and what it may stand for: `x.html` and `x.md` for `x`, `x/index.html` too.
pub(in crate::handbook) fn spellings(path: &str) -> impl Iterator<Item = &str> {
    let page = || {
        let (stem, end) = path.rsplit_once('.')?;
        ["html", "htm"].iter().any(|known| end.eq_ignore_ascii_case(known)).then_some(stem)
    };
    let stem = without_suffix(path).or_else(page);
    let bare = stem.unwrap_or(path);
    let file = bare.rsplit('/').next().unwrap_or(bare);
    let is_page = ["index", "readme", "_index"].iter().any(|known| file.eq_ignore_ascii_case(known));
    [Some(path), stem, is_page.then(|| folder(bare))].into_iter().flatten()
}

/// Whether a path is that of a folder's own page.
fn is_page_of(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A link and the chapter that it stands in.
pub(super) struct Written<'a> {
    /// Decoded, without query and fragment.
    pub(super) path: &'a str,
    /// The same as it is written.
    pub(super) raw: &'a str,
    pub(super) chapter: &'a Chapter,
    /// The path of `base_url`, without slashes at its ends.
    pub(super) base: &'a str,
}

impl Written<'_> {
    fn is_rooted(&self) -> bool {
        self.path.starts_with('/')
    }

    /// Whether it names a file of chapters rather than a page.
    fn is_file(&self) -> bool {
        without_suffix(self.path).is_some()
    }

    /// The folders above the chapter, the top last.
    fn above(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.chapter.folder()), |path| {
            let path: &str = path;
            (!path.is_empty()).then(|| folder(path))
        })
        .take(FOLDERS_ABOVE)
    }

    /// From the folder at which the chapter's page is served: `x/` for `x.md`, and the
    /// folder above for a folder's own page that is served without `/` at its end.
    fn page_reading(&self) -> Option<String> {
        let name = &*self.chapter.source.name;
        let from = match is_index(name) {
            true => folder(folder(name)),
            false => without_suffix(name).unwrap_or(name),
        };
        // A bare name may be a wiki link's, which means a file wherever it lies.
        let may = !self.is_rooted() && !self.is_file() && self.path.contains('/');
        may.then(|| join(from, self.path)).flatten()
    }

    /// From the address at which another tool published the chapter.
    fn permalink_reading(&self) -> Option<String> {
        let address = self.chapter.front.permalink.address().filter(|_| !self.is_rooted() && !self.is_file());
        let from =
            address.map(|address| if address.ends_with(".html") { folder(address) } else { address })?;
        join("", from).and_then(|from| join(&from, self.path))
    }

    /// From a folder above that is the top of the site in its own tool.
    fn readings_above(&self) -> Vec<String> {
        let climbs = self.path.starts_with("..");
        self.above()
            .filter_map(|top| match () {
                () if self.is_rooted() => join(top, self.path.trim_start_matches('/')),
                // Docusaurus looks for a file from the top of its content too. Elsewhere it
                // is a file that is missing here, and one of its name something else, such
                // as the text that it is a translation of.
                () if self.is_file() => {
                    let is_top = TOPS.contains(&top.rsplit('/').next().unwrap_or(top));
                    (is_top && !self.path.starts_with('.') && self.path.contains('/'))
                        .then(|| join(top, self.path))?
                }
                // A browser stops at the top.
                () if climbs && !top.is_empty() => {
                    let within = self.chapter.folder().strip_prefix(top)?;
                    let up = self.path.split('/').take_while(|part| *part == "..").count();
                    let deep = within.split('/').filter(|part| !part.is_empty()).count();
                    let rest = self.path.splitn(up + 1, '/').last()?;
                    (up > deep).then(|| join(top, rest))?
                }
                () => None,
            })
            .collect()
    }

    /// Below the path of `base_url`.
    fn below_base(&self) -> Option<String> {
        let path = self.path.trim_start_matches('/');
        let rest = path.strip_prefix(self.base).filter(|_| self.is_rooted() && !self.base.is_empty())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| join("", rest)).flatten()
    }

    /// Without the first folder, where a site may be mounted there.
    fn below_mount(&self, registry: &Registry) -> Vec<String> {
        let path = self.path.trim_matches('/');
        let Some((mount, rest)) = path.split_once('/').filter(|_| self.is_rooted()) else {
            return Vec::new();
        };
        // One folder more could be the name of anything outside.
        let is_likely = MOUNTS.contains(&&*mount.to_lowercase()) || rest.contains('/');
        let is_there = |top: &str| join(top, mount).is_some_and(|path| registry.find(&path).is_some());
        let tops = self.above().filter(|top| is_likely && !is_there(top));
        tops.filter_map(|top| join(top, rest)).collect()
    }

    /// Below the folder of the first language, whose chapters many tools put at the top.
    fn below_language(&self) -> Vec<String> {
        if !self.is_rooted() {
            return Vec::new();
        }
        let path = self.path.trim_start_matches('/');
        let below = |top: &str| LANGUAGES.map(|language| join(top, &format!("{language}/{path}")));
        self.above().flat_map(below).flatten().collect()
    }

    /// Files of folders that tools publish at the top of the site.
    fn public(&self) -> Vec<String> {
        let pages = [self.page_reading(), join(self.chapter.folder(), self.path)];
        let mut files = Vec::new();
        for top in self.above() {
            let slash = if top.is_empty() { "" } else { "/" };
            let below = |path: &String| {
                let rest = path.strip_prefix(top)?;
                let rest = if top.is_empty() { Some(rest) } else { rest.strip_prefix('/') };
                rest.map(str::to_owned)
            };
            let rests: Vec<String> = match self.is_rooted() {
                true => join("", self.path).into_iter().collect(),
                false if !self.path.starts_with("..") => Vec::new(),
                false => pages.iter().flatten().filter_map(below).collect(),
            };
            for rest in rests {
                files.extend(PUBLIC.iter().map(|public| format!("{top}{slash}{public}/{rest}")));
            }
            // Middleman takes the path of a picture from the top.
            if !self.is_rooted() && !self.path.starts_with('.') && self.path.contains('/') {
                files.extend(join(top, self.path));
            }
        }
        files
    }

    /// The groups of readings that name chapters and folders, each made when it is asked for:
    /// most links are decided by one of the first.
    fn groups(&self, registry: &Registry) -> impl Iterator<Item = Vec<String>> {
        let group = move |number| match number {
            0 => self.page_reading().into_iter().collect(),
            1 => self.permalink_reading().into_iter().collect(),
            2 => self.below_base().into_iter().collect(),
            3 => self.readings_above(),
            4 => self.below_mount(registry),
            _ => self.below_language(),
        };
        (0..6).map(group)
    }
}

/// What a group of readings says.
enum Verdict {
    Match(PathMatch),
    /// Several places fit.
    Doubt,
    Nothing,
}

impl Handbook {
    /// Where a link leads by the rules of other tools, if one place fits.
    pub(super) fn by_other_rules(&self, written: &Written<'_>) -> Option<PathMatch> {
        let mut groups = Vec::new();
        for group in written.groups(&self.registry) {
            match self.decide(&group) {
                Verdict::Match(place) => return Some(place),
                Verdict::Doubt => return None,
                Verdict::Nothing => groups.push(group),
            }
        }
        let file = |path: &String| {
            let found = self.registry.find(path)?;
            matches!(found, PathTarget::Attachment(_)).then_some(PathMatch::Target(found))
        };
        let public = written.public();
        if let Some(file) = public.iter().find_map(file) {
            return Some(file);
        }
        // A name of something withheld is one from whatever folder it is written.
        let mut meant = written.above().filter_map(|top| join(top, written.path.trim_start_matches('/')));
        if public.iter().any(|path| self.withheld.holds_exactly(path))
            || meant.any(|path| self.withholds(&path))
        {
            return Some(PathMatch::Withheld);
        }
        let own = join(written.chapter.folder(), written.path);
        let all: Vec<&String> = own.iter().chain(groups.iter().flatten()).collect();
        self.decide_loosely(&all)
    }

    fn decide(&self, readings: &[String]) -> Verdict {
        let found = readings.iter().filter_map(|path| self.spelled(path));
        self.only(found, || readings.iter().any(|path| self.withholds(path)))
    }

    fn decide_loosely(&self, readings: &[&String]) -> Option<PathMatch> {
        let names = self.registry.loose_names.get_or_init(|| LooseNames::new(self));
        let (mut keys, mut found) = (Vec::new(), Vec::new());
        for path in readings {
            let Some(bare) = spellings(path).last() else { continue };
            let key = loose_key(bare);
            match names.get(&key).filter(|_| !key.is_empty()) {
                Some(None) => return None,
                // A folder without a page has none.
                Some(Some(PathTarget::Section(_))) if is_page_of(path, bare) => {}
                Some(Some(place)) => found.push(*place),
                None => {}
            }
            keys.push(key);
        }
        match self.only(found.into_iter(), || self.withheld.nearly_names(&keys)) {
            Verdict::Match(place) => Some(place),
            Verdict::Doubt | Verdict::Nothing => None,
        }
    }

    /// The only one of several places; else whether something withheld is meant.
    fn only(&self, found: impl Iterator<Item = PathTarget>, withheld: impl FnOnce() -> bool) -> Verdict {
        let mut first = None;
        for place in found {
            if first.is_some_and(|first| first != place) {
                return Verdict::Doubt;
            }
            first = Some(place);
        }
        match first {
            Some(place) => Verdict::Match(PathMatch::Target(place)),
            None if withheld() => Verdict::Match(PathMatch::Withheld),
            None => Verdict::Nothing,
        }
    }

    /// What a path means in any spelling. `a.md` is not `a.mdx` where these readers may
    /// not see an `a.md`, and no folder's page is a folder that has none.
    pub(super) fn spelled(&self, path: &str) -> Option<PathTarget> {
        if let Some(exact) = self.registry.find(path) {
            return Some(exact);
        }
        if self.withheld.holds_exactly(path) {
            return None;
        }
        spellings(path).skip(1).filter(|other| !other.is_empty()).find_map(|other| {
            let found = self.registry.find(other)?;
            (!is_page_of(path, other) || matches!(found, PathTarget::Chapter(_))).then_some(found)
        })
    }

    fn withholds(&self, path: &str) -> bool {
        spellings(path).any(|path| self.withheld.holds(path))
    }

    /// Whether any reading of a link is a draft's file.
    pub(super) fn is_hidden(&self, written: &Written<'_>) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        let own = join(written.chapter.folder(), written.path);
        let groups = written.groups(&self.registry).flatten();
        let mut all = own.into_iter().chain(groups);
        all.any(|path| spellings(&path).any(|path| self.hidden.contains(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_several_spellings() {
        let of = |path| spellings(path).collect::<Vec<_>>();
        assert_eq!(of("a/x.html"), ["a/x.html", "a/x"]);
        assert_eq!(of("a/README.md"), ["a/README.md", "a/README", "a"]);
        assert_eq!(of("a/index"), ["a/index", "a"]);
        assert_eq!(of("a/v1.2"), ["a/v1.2"]);
    }
}
