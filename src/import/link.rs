//! What a link of a book means, as its tool resolves it.
//!
//! A link is a path between files, or between the addresses at which the tool publishes
//! them. Both are tried, the tool's own way first, so that what worked in the book works
//! in the project.

mod above;
mod assets;
mod old;
mod pages;

use super::Tool;
use super::address::{address, bare, own_addresses, redirect_source};
use super::book::Book;
use super::layout::Layout;
use super::page::Page;
use super::tree::{SourceTree, from_folder, within};
use super::withheld;
use crate::chapter::{folder, index_rank, without_suffix};
use crate::handbook::link::{is_external, join};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a destination means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Something that is not part of the book.
    Elsewhere,
    /// A chapter, by its file.
    Chapter(String),
    /// A picture or another file.
    File(String),
    /// A folder without a page, by its path in the book.
    Folder(String),
    /// A page that is made for a section, by its file below `content/`.
    Section(String),
    /// The home page of the site, where no chapter is it.
    Home,
    /// A page of the tool that is no chapter.
    Page,
    /// Something above the folder of the book.
    Outside,
    /// Nothing.
    Nothing,
}

/// All that links may mean.
pub(super) struct Links<'a> {
    pub(super) tree: &'a SourceTree,
    pub(super) book: &'a Book,
    pub(super) pages: &'a BTreeMap<String, Page>,
    pub(super) layout: &'a Layout,
    /// The chapters that are held back.
    closed: HashSet<&'a str>,
    /// Chapters by the addresses of the tool, in their bare form.
    addresses: HashMap<String, String>,
    /// Pages of the tool that are no chapters: by their files, and by their addresses.
    unread: HashSet<String>,
    /// Files by their paths in lower case.
    folded: HashMap<String, String>,
    /// Files and chapters by their names in lower case, for links that name no folder.
    names: HashMap<String, Vec<String>>,
    /// Where files are read that lie elsewhere.
    places: HashMap<&'a str, &'a str>,
    targets: HashMap<String, String>,
    /// Pages of sections by the addresses of the tool.
    sections: HashMap<String, &'a str>,
}

impl<'a> Links<'a> {
    pub(super) fn new(
        tree: &'a SourceTree,
        book: &'a Book,
        pages: &'a BTreeMap<String, Page>,
        layout: &'a Layout,
    ) -> Self {
        let mut addresses = HashMap::new();
        let closed = pages.iter().filter(|(file, page)| withheld::is_closed(file, page, book));
        let closed: HashSet<&str> = closed.map(|(file, _)| file.as_str()).collect();
        // What the tool publishes has an address before what it does not, and `index.md` before
        // `README.md`.
        let mut ranked: Vec<_> = pages.iter().collect();
        ranked.sort_by_key(|(file, _)| (closed.contains(file.as_str()), index_rank(file)));
        for (file, page) in ranked {
            for address in own_addresses(book, file, page) {
                addresses.entry(bare(&address)).or_insert_with(|| file.clone());
            }
        }
        let mut folded = HashMap::new();
        for path in tree.files.keys() {
            folded.entry(path.to_lowercase()).or_insert_with(|| path.clone());
        }
        let mut names: HashMap<String, Vec<String>> = HashMap::new();
        for path in tree.files.keys() {
            let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            names.entry(name).or_default().push(path.clone());
        }
        let places = book.moved.iter().map(|(place, file)| (file.as_str(), place.as_str())).collect();
        let targets = HashMap::new();
        let unread = pages::unread(tree, book, pages);
        let stubs = layout.stubs.iter();
        let sections = stubs.filter_map(|(file, stub)| Some((bare(stub.address.as_deref()?), file.as_str())));
        let sections = sections.collect();
        let mut links = Self {
            tree,
            book,
            pages,
            layout,
            closed,
            addresses,
            unread,
            folded,
            names,
            places,
            targets,
            sections,
        };
        for (old, new) in &book.redirects {
            let old = redirect_source(book, old);
            if let Meaning::Chapter(file) = links.at_top(new) {
                links.addresses.entry(bare(&old)).or_insert(file);
            }
        }
        links.targets = links.asset_targets();
        links
    }

    /// What a destination means in a chapter.
    pub(super) fn resolve(&self, from: &str, destination: &str) -> Meaning {
        let destination = destination.trim();
        // A file of the site that Docusaurus shall not take for a page.
        let destination = destination.strip_prefix("pathname://").unwrap_or(destination);
        if let Some(path) = self.own_site(destination) {
            if path.trim_end_matches('/').is_empty() {
                return self.home();
            }
            let found = self.at_top(path);
            return if found == Meaning::Nothing { Meaning::Elsewhere } else { found };
        }
        if is_external(destination) {
            return Meaning::Elsewhere;
        }
        let path = destination.split(['#', '?']).next().unwrap_or("");
        let path = percent_decode_str(path).decode_utf8_lossy().replace('\\', "/");
        if path.is_empty() {
            return Meaning::Elsewhere;
        }
        if path.starts_with('/') {
            let found = self.at_top(&path);
            return if found == Meaning::Nothing { self.counted_from_above(from, &path) } else { found };
        }
        let path = self.alias(&path).unwrap_or(path);
        if self.book.links_from_top && !path.starts_with('.') {
            let found = self.at_top(&format!("/{path}"));
            if matches!(found, Meaning::Chapter(_)) {
                return found;
            }
        }
        let by_file = || {
            let found = join(folder(from), &path).map_or(Meaning::Outside, |path| self.at(&path));
            match found {
                Meaning::Nothing | Meaning::Outside => self.counted_from_origin(from, &path).unwrap_or(found),
                found => found,
            }
        };
        let by_address = || {
            let address = self.pages.get(from).map(|page| address(self.book, from, page)).unwrap_or_default();
            let base = if address.ends_with('/') { address.trim_end_matches('/') } else { folder(&address) };
            let from = |base: &str| join(base, &path).map_or(Meaning::Nothing, |path| self.at_address(&path));
            match from(base) {
                // Their addresses have no `/` at the end.
                Meaning::Nothing if self.book.tool.is_of_javascript() => from(folder(base)),
                found => found,
            }
        };
        // `./` and `../` of GitBook are folders of files, and mean their pages.
        let is_folder = self.book.tool == Tool::Gitbook && path.bytes().all(|c| matches!(c, b'.' | b'/'));
        let is_file = without_suffix(&path).is_some() || is_folder || !self.book.counts_from_address();
        let (first, second) = if is_file { (by_file(), by_address()) } else { (by_address(), by_file()) };
        let is_lost = |found: &Meaning| matches!(found, Meaning::Nothing | Meaning::Outside);
        if is_lost(&first) && is_lost(&second) && path.starts_with("../") && is_picture(&path) {
            let found = self.counted_from_top_at_most(from, &path);
            if found != Meaning::Nothing {
                return found;
            }
        }
        match (first, second) {
            (Meaning::Nothing, Meaning::Nothing) => self.elsewhere(from, &path),
            (Meaning::Nothing | Meaning::Folder(_), found @ (Meaning::Chapter(_) | Meaning::File(_))) => {
                found
            }
            (Meaning::Outside, found) if found != Meaning::Nothing => found,
            (Meaning::Nothing, found) => found,
            (found, _) => found,
        }
    }

    /// What a relative path means from where the file of its chapter lies in the book, where the
    /// chapter, or what the path leads to, is read elsewhere.
    fn counted_from_origin(&self, from: &str, path: &str) -> Option<Meaning> {
        if self.places.is_empty() {
            return None;
        }
        let origin = self.book.moved.get(from).map_or(from, String::as_str);
        let path = join(folder(origin), path)?;
        let found = self.at(self.places.get(path.as_str()).copied().unwrap_or(&path));
        matches!(found, Meaning::Chapter(_) | Meaning::File(_)).then_some(found)
    }

    /// What a relative path means that leads nowhere from where its chapter lies: another
    /// language shares the files of the first, Middleman takes a picture from the top, and
    /// Docusaurus a file of a chapter.
    fn elsewhere(&self, from: &str, path: &str) -> Meaning {
        let root = &self.book.root;
        let own = self.book.languages.iter().find_map(|own| from_folder(&within(root, own), from));
        if let Some(found) = own.and_then(|inside| join(folder(&within(root, inside)), path)) {
            let found = self.at(&found);
            if found != Meaning::Nothing {
                return found;
            }
        }
        let is_bare = !path.starts_with('.');
        let found = || self.at(&within(root, path));
        match self.book.tool {
            Tool::Middleman if is_bare && path.contains('/') => {
                Some(found()).filter(|found| matches!(found, Meaning::File(_)))
            }
            Tool::Docusaurus if is_bare && without_suffix(path).is_some() => {
                Some(found()).filter(|found| matches!(found, Meaning::Chapter(_)))
            }
            // The shortest path that leads to one file, in each kind of link.
            Tool::Obsidian if is_bare => {
                let has_suffix = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
                let name = if has_suffix { path.to_owned() } else { format!("{path}.md") };
                self.ending_with(&name).next().map(|file| self.file(file))
            }
            _ => None,
        }
        .unwrap_or_else(|| {
            if is_bare && is_picture(path) { self.counted_from_above(from, path) } else { Meaning::Nothing }
        })
    }

    /// The file that a wiki link names, wherever it lies.
    pub(super) fn wiki_file(&self, written: &str) -> Option<&str> {
        let path = written.split(['#', '|']).next().unwrap_or("").trim();
        self.ending_with(path).find(|own| !self.pages.contains_key(*own))
    }

    /// Files and chapters whose paths end with this one, whatever the case.
    fn ending_with(&self, path: &str) -> impl Iterator<Item = &str> {
        let path = path.to_lowercase();
        let name = path.rsplit('/').next().unwrap_or(&path);
        let fitting = self.names.get(name).map_or(&[][..], Vec::as_slice).iter().take(100);
        let end = format!("/{path}");
        let fits = move |own: &&String| own.to_lowercase() == path || own.to_lowercase().ends_with(&end);
        fitting.filter(fits).map(String::as_str)
    }

    /// `@site/docs/x`, `~@alias/x.png`, `@/x`: from the folder of the book.
    fn alias(&self, path: &str) -> Option<String> {
        let rest = path
            .strip_prefix("@site/")
            .or_else(|| path.strip_prefix("~@/"))
            .or_else(|| path.strip_prefix("@/"))?;
        let found = [rest.to_owned(), within(&self.book.root, rest)];
        let place = found.into_iter().find(|path| self.tree.has(path))?;
        Some(format!("/{place}"))
    }

    /// The path of an address on the book's own site.
    fn own_site<'b>(&self, destination: &'b str) -> Option<&'b str> {
        self.book.hosts.iter().find_map(|host| {
            let rest = destination.strip_prefix(host.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then_some(if rest.is_empty() { "/" } else { rest })
        })
    }

    /// What a path from the top means, written `/x`.
    fn at_top(&self, path: &str) -> Meaning {
        let path = path.split(['#', '?']).next().unwrap_or("");
        let path = percent_decode_str(path).decode_utf8_lossy();
        if is_external(&path) {
            return Meaning::Elsewhere;
        }
        let Some(clean) = join("", &path) else { return Meaning::Outside };
        if clean.is_empty() || clean == self.book.base {
            // Above the folder of the book lies another site, perhaps.
            return match self.home() {
                Meaning::Home if clean != self.book.base => Meaning::Nothing,
                home => home,
            };
        }
        let below = from_folder(&self.book.base, &clean).filter(|_| !self.book.base.is_empty());
        let mut last = Meaning::Nothing;
        for path in below.into_iter().chain([clean.as_str()]) {
            let mounted = from_folder(&self.book.mount, path).filter(|_| !self.book.mount.is_empty());
            let tries = [
                self.at_address(path),
                self.at(&within(&self.book.root, path)),
                self.in_public(path),
                mounted.map_or(Meaning::Nothing, |path| self.at(&within(&self.book.root, path))),
                self.at(path),
            ];
            for found in tries {
                match found {
                    Meaning::Nothing => {}
                    Meaning::Folder(_) => last = found,
                    found => return found,
                }
            }
        }
        last
    }

    fn in_public(&self, path: &str) -> Meaning {
        let found =
            self.book.public.iter().map(|public| within(public, path)).find(|path| self.tree.has(path));
        let copied = || {
            let places =
                self.book.copied.iter().filter_map(|(from, to)| Some(within(from, from_folder(to, path)?)));
            places.into_iter().find(|path| self.tree.has(path) && self.is_shown_as_it_is(path))
        };
        found.or_else(copied).map_or(Meaning::Nothing, Meaning::File)
    }

    /// Whether a file is no chapter, nor held back.
    fn is_shown_as_it_is(&self, path: &str) -> bool {
        without_suffix(path).is_none() && !self.book.unpublished.contains_key(path)
    }

    fn at_address(&self, path: &str) -> Meaning {
        if bare(path).is_empty() {
            return self.home();
        }
        match self.addresses.get(&bare(path)) {
            Some(file) => Meaning::Chapter(file.clone()),
            None if self.sections.contains_key(&bare(path)) => {
                Meaning::Section(self.sections[&bare(path)].to_owned())
            }
            None if self.unread.contains(&bare(path)) => Meaning::Page,
            // Files lie at their paths below the root.
            None => {
                let inside = from_folder(&self.book.mount, path).unwrap_or(path);
                let file = within(&self.book.root, inside);
                if self.tree.has(&file) { self.file(&file) } else { self.in_public(path) }
            }
        }
    }

    /// What a path of the book's folder means: a file, what is made from it, a folder.
    fn at(&self, path: &str) -> Meaning {
        if self.tree.has(path) {
            return self.file(path);
        }
        let stem = path.trim_end_matches('/');
        let stem = without_suffix(stem).or_else(|| stem.strip_suffix(".html")).unwrap_or(stem);
        const SUFFIXES: [&str; 5] = [".md", ".mdx", ".markdown", ".html.md.erb", ".html.md"];
        let names = SUFFIXES.iter().map(|suffix| format!("{stem}{suffix}"));
        let indexes = ["index", "README", "_index", "readme"];
        let indexes = indexes.iter().flat_map(|index| {
            [".md", ".mdx", ".html.md.erb", ".html.md"]
                .map(|suffix| within(stem, &format!("{index}{suffix}")))
        });
        let all: Vec<String> = names.chain(indexes).collect();
        if let Some(found) = all.iter().find(|name| self.pages.contains_key(*name)) {
            return Meaning::Chapter(found.clone());
        }
        // `a/index.html` of a chapter `a/README.md`, or of `a.md`.
        if let Some(inside) = stem.strip_suffix("/index").or((stem == "index").then_some("")) {
            return if inside == path { Meaning::Nothing } else { self.at(inside) };
        }
        let folded = std::iter::once(path.to_owned())
            .chain(all)
            .find_map(|name| self.folded.get(&name.to_lowercase()));
        if let Some(found) = folded {
            return self.file(found);
        }
        if self.tree.has_folder(stem) { Meaning::Folder(stem.to_owned()) } else { Meaning::Nothing }
    }

    fn file(&self, path: &str) -> Meaning {
        if self.pages.contains_key(path) {
            return Meaning::Chapter(path.to_owned());
        }
        if self.unread.contains(path) {
            return Meaning::Page;
        }
        // Its source is not what a tool shows of a text, or of what it leaves out.
        if without_suffix(path).is_some() || self.book.unpublished.contains_key(path) {
            return Meaning::Nothing;
        }
        let published = std::iter::once(&self.book.root).chain(&self.book.public);
        let mut published = published.filter(|folder| from_folder(folder, path).is_some());
        match self.book.tool.takes_any_file() || published.next().is_some() || is_picture(path) {
            true => Meaning::File(path.to_owned()),
            false => Meaning::Outside,
        }
    }

    /// Where a folder lies that has a page in the project, below `content/`.
    pub(super) fn layout_folder(&self, path: &str) -> Option<String> {
        let start = format!("{path}/");
        let inside = self.layout.places.range(start.clone()..).next()?;
        let (file, place) = Some(inside).filter(|(file, _)| file.starts_with(&start))?;
        let depth = file[start.len()..].matches('/').count();
        let up = std::iter::successors(Some(folder(&place.target)), |path| Some(folder(path)));
        up.take(depth + 1).last().filter(|path| !path.is_empty()).map(str::to_owned)
    }
}

/// Whether a file is a picture by its name.
fn is_picture(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "bmp" | "ico")
}
