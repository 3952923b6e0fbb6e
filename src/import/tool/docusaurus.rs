//! Docusaurus: `docusaurus.config.*`, `sidebars.*`, `_category_.json`.

mod group;
mod ids;
mod translations;

pub(in crate::import) use ids::without_number;

use super::moves::Moves;
use super::{DEEPEST, DOCUSAURUS, find, new_book, string, yaml};
use crate::chapter::folder;
use crate::handbook::link::join;
use crate::import::Tool;
use crate::import::book::{Addresses, Book, FolderInfo, Part};
use crate::import::group::GroupPage;
use crate::import::literal::{self, Literal};
use crate::import::modules;
use crate::import::navigation::Item;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, within};
use crate::text::LineIndex;
use crate::text::Patterns;
use group::group;
use std::collections::BTreeMap;

/// What the settings of a site say of its documents.
struct Site {
    config: Literal,
    home: String,
    /// The folder of the documents.
    root: String,
    /// The version that readers see first, where that is not the one in `docs/`.
    version: Option<String>,
}

/// A folder of documents beside the first one.
struct Other {
    /// Where it lies.
    source: String,
    /// Where it is read, below the first one.
    part: Part,
    sidebar: Option<String>,
    /// Patterns of what it leaves out.
    exclude: Vec<String>,
}

impl Site {
    fn read(tree: &SourceTree) -> Self {
        let names: Vec<&str> =
            DOCUSAURUS.iter().copied().filter(|name| !name.starts_with("sidebars")).collect();
        let path = find(tree, &names);
        let settings = find(tree, DOCUSAURUS).unwrap_or_default();
        let home = folder(&settings).to_owned();
        let config = path.as_deref().and_then(|path| literal::parse(&modules::joined(tree, path)));
        let config = config.unwrap_or(Literal::Null);
        let version = published_version(tree, &home, docs_options(&config));
        let path = match &version {
            Some(version) => Some(format!("versioned_docs/version-{version}")),
            None => docs_options(&config).and_then(|docs| docs.string("path")),
        };
        let root = join(&home, path.as_deref().unwrap_or("docs")).filter(|root| tree.has_folder(root));
        Self { root: root.unwrap_or_else(|| home.clone()), home, config, version }
    }

    /// The path of the list of the sidebar.
    fn sidebar(&self) -> Option<String> {
        match &self.version {
            Some(version) => Some(format!("versioned_sidebars/version-{version}-sidebars.json")),
            None => docs_options(&self.config).and_then(|docs| docs.string("sidebarPath")),
        }
    }

    /// Further folders of documents, and the blog.
    fn others(&self) -> Vec<Other> {
        let string = |options: Option<&Literal>, key: &str, usual: &str| {
            options.and_then(|options| options.string(key)).unwrap_or_else(|| usual.to_owned())
        };
        let blog = presets(&self.config).find_map(|options| options.get("blog"));
        let has_blog = blog != Some(&Literal::Bool(false));
        let of_docs = instances(&self.config).into_iter().map(|options| (Some(options), "docs"));
        let all = of_docs.chain(has_blog.then_some((blog, "blog")));
        let mut found: Vec<Other> = Vec::new();
        for (options, usual) in all {
            let (path, mount) = (string(options, "path", usual), string(options, "routeBasePath", usual));
            let Some(source) = join(&self.home, &path) else { continue };
            let name = mount.trim_matches('/');
            let name = if name.is_empty() { source.as_str() } else { name };
            let place = within(&self.root, name.rsplit('/').next().unwrap_or(name));
            let is_new = |other: &Other| other.source != source && other.part.folder != place;
            // The first documents are one of the plugins where the preset has none.
            if from_folder(&source, &self.root).is_none() && source != place && found.iter().all(is_new) {
                let mount = mount.trim_matches('/').to_owned();
                let part = Part { folder: place, mount, has_days: usual == "blog" };
                let sidebar = options.and_then(|options| options.string("sidebarPath"));
                let exclude = options.and_then(|options| options.get("exclude"));
                let exclude = exclude.map_or(&[][..], Literal::items).iter();
                let exclude = exclude.filter_map(Literal::text).map(str::to_owned).collect();
                found.push(Other { source, part, sidebar, exclude });
            }
        }
        found
    }
}

/// The files of the other folders, as if they lay below the documents.
pub(super) fn moves(tree: &SourceTree) -> Moves {
    let mut moves = Moves::default();
    let site = Site::read(tree);
    let others = site.others().into_iter().filter(|other| !tree.has_folder(&other.part.folder));
    for other in others {
        for file in tree.below(&other.source) {
            let inside = from_folder(&other.source, file).unwrap_or(file);
            moves.add(file, within(&other.part.folder, inside));
        }
    }
    for other in translations::of(tree, &site) {
        for file in tree.below(&other.source) {
            let inside = from_folder(&other.source, file).unwrap_or(file);
            moves.add(file, within(&within(&site.root, &other.tag), inside));
        }
    }
    moves
}

pub(super) fn read(tree: &SourceTree, moves: &Moves, report: &mut Report) -> Book {
    let site = Site::read(tree);
    let config = &site.config;
    let docs = docs_options(config);
    let own = |key: &str| docs.and_then(|docs| docs.string(key));
    let mut book = new_book(Tool::Docusaurus, &site.root, Addresses::Folders);
    book.mount = own("routeBasePath").unwrap_or_else(|| "docs".to_owned()).trim_matches('/').to_owned();
    book.title = config.string("title");
    book.description = config.string("tagline");
    book.language = config.at(&["i18n", "defaultLocale"]).and_then(Literal::text).map(str::to_owned);
    book.base = config.string("baseUrl").unwrap_or_default().trim_matches('/').to_owned();
    if let Some(url) = config.string("url") {
        book.hosts.push(within(url.trim_end_matches('/'), &book.base));
    }
    book.public = vec![within(&site.home, "static")];
    let others: Vec<Other> =
        site.others().into_iter().filter(|other| moves.fill(&other.part.folder)).collect();
    book.parts = others.iter().map(|other| other.part.clone()).collect();
    redirects(config, &mut book);
    categories(tree, &mut book, report);
    // Files that begin with `_` are parts of others.
    let is_part = |path: &&str| {
        from_folder(&book.root, path)
            .is_some_and(|inside| inside.split('/').any(|part| part.starts_with('_')))
    };
    book.ignored = tree.below(&book.root).filter(is_part).map(str::to_owned).collect();
    let left_out = docs.and_then(|docs| docs.get("exclude")).map_or(&[][..], Literal::items);
    let left_out = Patterns::anchored(left_out.iter().filter_map(Literal::text));
    book.leave_out(tree, "exclude", &left_out);
    for other in &others {
        let left_out = Patterns::anchored(other.exclude.iter().map(String::as_str));
        book.leave_out_below(tree, &other.part.folder, "exclude", &left_out);
    }
    let mount = book.mount.clone();
    let mut sidebars = Reading { tree, home: &site.home, mount: &mount, groups: Vec::new(), report };
    let first = sidebars.read(site.sidebar().as_deref(), &book.root, true);
    let mut sections = Vec::new();
    for other in others {
        let place = other.part.folder;
        let items = other.sidebar.and_then(|path| sidebars.read(Some(&path), &place, false));
        let items = items.unwrap_or_else(|| vec![Item::Folder(place.clone())]);
        sections.push(Item::Section { title: None, page: None, folder: Some(place), items });
    }
    book.groups.append(&mut sidebars.groups);
    for other in translations::of(tree, &site) {
        sections.extend(other.section(tree, first.as_deref(), moves, &mut book));
    }
    book.navigation = first.map(|mut items| {
        items.append(&mut sections);
        items
    });
    for name in ["authors.yml", "authors.yaml"] {
        let found = tree.below(&book.root).find(|path| path.rsplit('/').next() == Some(name));
        if let Some(path) = found.map(str::to_owned) {
            book.add_authors(&yaml(tree, &path, report));
        }
    }
    book
}

/// The version at the address of the documents: the last one that was cut. What lies in `docs/` is
/// then what its authors are writing, at `next/` or nowhere. `None` where that is what readers see.
fn published_version(tree: &SourceTree, home: &str, docs: Option<&Literal>) -> Option<String> {
    if docs.and_then(|docs| docs.get("disableVersioning")) == Some(&Literal::Bool(true)) {
        return None;
    }
    let versions = literal::parse(tree.text(&within(home, "versions.json"))?)?;
    let only = docs.and_then(|docs| docs.get("onlyIncludeVersions")).map(Literal::items);
    let is_built = |name: &&str| only.is_none_or(|only| only.iter().any(|one| one.text() == Some(name)));
    let last = docs.and_then(|docs| docs.string("lastVersion"));
    let last =
        last.or_else(|| versions.items().iter().filter_map(Literal::text).find(is_built).map(str::to_owned));
    last.filter(|name| {
        name != "current" && tree.has_folder(&within(home, &format!("versioned_docs/version-{name}")))
    })
}

/// The options of the presets.
fn presets(config: &Literal) -> impl Iterator<Item = &Literal> {
    let presets = config.get("presets").map_or(&[][..], Literal::items);
    presets.iter().filter_map(|preset| preset.items().get(1))
}

/// The options of each plugin for documents.
fn instances(config: &Literal) -> Vec<&Literal> {
    let plugins = config.get("plugins").map_or(&[][..], Literal::items);
    let is_docs = |name: &Literal| name.text().is_some_and(|name| name.contains("content-docs"));
    let own = plugins.iter().filter_map(|plugin| match plugin.items() {
        [name, options, ..] if is_docs(name) => Some(options),
        _ => None,
    });
    own.collect()
}

/// The options of the first documents, in whichever of the usual places.
fn docs_options(config: &Literal) -> Option<&Literal> {
    let of_preset = presets(config).find_map(|options| options.get("docs"));
    let of_preset = of_preset.filter(|docs| matches!(docs, Literal::Map(_)));
    of_preset.or_else(|| match presets(config).next() {
        // The preset has documents of its own.
        Some(options) if options.get("docs") != Some(&Literal::Bool(false)) => None,
        _ => instances(config).into_iter().next(),
    })
}

fn redirects(config: &Literal, book: &mut Book) {
    let plugins = config.get("plugins").map_or(&[][..], Literal::items);
    for options in plugins.iter().filter_map(|plugin| plugin.items().get(1)) {
        for entry in options.get("redirects").map_or(&[][..], Literal::items) {
            let Some(to) = entry.string("to") else { continue };
            let from = entry.get("from");
            let many = from.map_or(&[][..], Literal::items).iter().filter_map(Literal::text);
            let one = from.and_then(Literal::text);
            book.redirects.extend(many.chain(one).map(|from| (from.to_owned(), to.clone())));
        }
    }
}

fn categories(tree: &SourceTree, book: &mut Book, report: &mut Report) {
    let (root, mount) = (book.root.clone(), book.mount.clone());
    let ids = ids::ids(tree, &root);
    let mut found = Vec::new();
    for path in tree.below(&root) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let inner = from_folder(&root, folder(path)).unwrap_or("").to_owned();
        let info = match name {
            "_category_.json" => {
                let Some(own) = tree.text(path).and_then(|text| literal::parse(text)) else {
                    report.add(Kind::Settings, path, None, "JSON");
                    continue;
                };
                let position = match own.get("position") {
                    Some(Literal::Number(number)) => Some(*number),
                    _ => None,
                };
                let page = own.at(&["link", "id"]).and_then(Literal::text).map(str::to_owned);
                let label = own.string("label").unwrap_or_default();
                let said = |key: &str| own.at(&["link", key]).and_then(Literal::text).map(str::to_owned);
                found.extend(group(&mount, path, Some(inner.clone()), label, said));
                FolderInfo { title: own.string("label"), position, page, ..FolderInfo::default() }
            }
            "_category_.yml" | "_category_.yaml" => {
                let own = yaml(tree, path, report);
                let position = own.get("position").and_then(serde_yaml::Value::as_f64);
                let link = own.get("link").and_then(serde_yaml::Value::as_mapping);
                let said = |key: &str| string(link?, key);
                let label = string(&own, "label").unwrap_or_default();
                found.extend(group(&mount, path, Some(inner.clone()), label, said));
                let page = said("id");
                FolderInfo { title: string(&own, "label"), position, page, ..FolderInfo::default() }
            }
            _ => continue,
        };
        let page = info.page.as_ref().and_then(|id| ids.get(id).or_else(|| ids.get(&within(&inner, id))));
        let page = page.cloned();
        book.folders.insert(inner, FolderInfo { page, ..info });
    }
    book.groups.extend(found);
}

/// Reads lists of the sidebar.
struct Reading<'a> {
    tree: &'a SourceTree,
    home: &'a str,
    mount: &'a str,
    groups: Vec<GroupPage>,
    report: &'a mut Report,
}

impl Reading<'_> {
    /// The list in a file, or in one of the usual names; `root` is the folder of the documents.
    fn read(&mut self, named: Option<&str>, root: &str, is_first: bool) -> Option<Vec<Item>> {
        let named = named.and_then(|path| join(self.home, path));
        let usual = ["sidebars.js", "sidebars.ts", "sidebars.mjs", "sidebars.cjs", "sidebars.json"];
        let usual = usual.map(|name| within(self.home, name)).into_iter().filter(|_| is_first);
        let path = named.into_iter().chain(usual).find(|path| self.tree.has(path))?;
        let text = self.tree.text(&path).map_or("", |text| text);
        let Some(sidebars) = literal::parse(&modules::joined(self.tree, &path)) else {
            self.report.add(Kind::Settings, &path, None, "module.exports");
            return None;
        };
        let mut code = Vec::new();
        sidebars.code(&mut code);
        let index = LineIndex::new(text);
        for at in code.into_iter().filter(|at| *at < text.len()) {
            let line = index.line_of(at);
            self.report.add(Kind::Settings, &path, Some(line), index.line(line).trim());
        }
        let ids = ids::ids(self.tree, root);
        let Literal::Map(all) = &sidebars else { return None };
        let mount = if is_first { self.mount } else { "" };
        let (path, groups, report) = (path.as_str(), Vec::new(), &mut *self.report);
        let mut reader = Sidebars { root: root.to_owned(), ids, path, mount, groups, report };
        let items: Vec<Item> = all.iter().flat_map(|(_, list)| reader.items(list, 0)).collect();
        // Of other folders nobody has said where their addresses begin.
        self.groups.extend(reader.groups.into_iter().filter(|_| is_first));
        Some(items).filter(|items| !items.is_empty())
    }
}

struct Sidebars<'a> {
    root: String,
    ids: BTreeMap<String, String>,
    path: &'a str,
    mount: &'a str,
    groups: Vec<GroupPage>,
    report: &'a mut Report,
}

impl Sidebars<'_> {
    fn items(&mut self, list: &Literal, depth: usize) -> Vec<Item> {
        if depth > DEEPEST {
            return Vec::new();
        }
        match list {
            Literal::List(items) => items.iter().flat_map(|item| self.item(item, depth)).collect(),
            Literal::Map(entries) if list.get("type").is_none() => {
                let mut sections = Vec::new();
                for (title, inner) in entries {
                    let items = self.items(inner, depth + 1);
                    sections.push(Item::Section {
                        title: Some(title.clone()),
                        page: None,
                        folder: None,
                        items,
                    });
                }
                sections
            }
            item => self.item(item, depth),
        }
    }

    fn item(&mut self, item: &Literal, depth: usize) -> Vec<Item> {
        if let Some(id) = item.text() {
            return self.page(id, None).into_iter().collect();
        }
        let label = item.string("label");
        match item.string("type").as_deref() {
            Some("autogenerated") => {
                let folder = item.string("dirName").unwrap_or_default();
                let folder = if folder == "." { "" } else { folder.trim_matches('/') };
                vec![Item::Folder(within(&self.root, folder))]
            }
            Some("doc" | "ref") => {
                item.string("id").and_then(|id| self.page(&id, label)).into_iter().collect()
            }
            Some("category") => {
                let items = item.get("items").map(|items| self.items(items, depth + 1)).unwrap_or_default();
                let page = item.at(&["link", "id"]).and_then(Literal::text);
                let page = page.and_then(|id| self.ids.get(id).cloned());
                let said = |key: &str| item.at(&["link", key]).and_then(Literal::text).map(str::to_owned);
                self.groups.extend(group(
                    self.mount,
                    self.path,
                    None,
                    label.clone().unwrap_or_default(),
                    said,
                ));
                vec![Item::Section { title: label, page, folder: None, items }]
            }
            Some("link" | "html") => {
                self.report.add(Kind::Navigation, self.path, None, item.string("href").unwrap_or_default());
                Vec::new()
            }
            Some(_) => Vec::new(),
            None if matches!(item, Literal::Map(_)) => self.items(item, depth + 1),
            None => Vec::new(),
        }
    }

    fn page(&mut self, id: &str, title: Option<String>) -> Option<Item> {
        let file = self.ids.get(id).cloned();
        if file.is_none() {
            self.report.add(Kind::Navigation, self.path, None, id);
        }
        file.map(|file| Item::Page { file, title })
    }
}
