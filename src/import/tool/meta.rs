//! Nextra (`_meta.json`, `_meta.js`) and Fumadocs (`meta.json`): each folder has a file that says in
//! which order its chapters stand, and what they are called.

use super::{find, new_book};
use crate::chapter::{folder, is_index, without_suffix};
use crate::import::Tool;
use crate::import::book::{Addresses, Book, FolderInfo, Part};
use crate::import::literal::{self, Literal};
use crate::import::modules;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, within};
use crate::text::LineIndex;

/// What the files of order are called.
const OF_NEXTRA: [&str; 6] = ["_meta.json", "_meta.js", "_meta.ts", "_meta.mjs", "_meta.jsx", "_meta.tsx"];
const OF_FUMADOCS: [&str; 1] = ["meta.json"];

fn names(tool: Tool) -> &'static [&'static str] {
    if tool == Tool::Nextra { &OF_NEXTRA } else { &OF_FUMADOCS }
}

/// The tool that the packages of a book name.
pub(super) fn of_packages(package: &str) -> Option<Tool> {
    let names = |name: &str| package.contains(&format!("\"{name}"));
    if names("nextra\"") || names("nextra-theme-docs\"") {
        Some(Tool::Nextra)
    } else if names("fumadocs-") {
        Some(Tool::Fumadocs)
    } else {
        None
    }
}

/// Whether a folder of chapters has a file of order that only Nextra has.
pub(super) fn has_order(tree: &SourceTree) -> bool {
    find(tree, &OF_NEXTRA).is_some()
}

pub(super) fn read(tool: Tool, tree: &SourceTree, report: &mut Report) -> Book {
    let home = find(tree, &["package.json"]).map(|path| folder(&path).to_owned()).unwrap_or_default();
    let own = if tool == Tool::Fumadocs { documents(tree, &home) } else { Vec::new() };
    let root = match &own[..] {
        [] => root(tool, tree, &home),
        [first, others @ ..] => {
            others.iter().fold(first.folder.clone(), |all, part| shared(&all, &part.folder))
        }
    };
    let mut book = new_book(tool, &root, Addresses::Folders);
    book.public = vec![within(&home, "public")];
    book.mount = own.first().map_or_else(|| mount(tool, tree, &home, &root), |part| part.mount.clone());
    // What lies between several folders of documents is none.
    let is_other =
        |path: &&str| own.len() > 1 && !own.iter().any(|part| from_folder(&part.folder, path).is_some());
    let others: Vec<String> = tree.below(&root).filter(is_other).map(str::to_owned).collect();
    for path in others.iter().filter(|path| without_suffix(path).is_some()) {
        report.add(Kind::OutsideBook, path, None, "");
    }
    book.ignored = others;
    book.parts = own;
    // Next.js makes no page of these, nor of its own.
    let is_part = |path: &&str| {
        let inside = from_folder(&root, path).unwrap_or(path);
        inside.split('/').any(|part| part.starts_with('_')) || from_folder("api", inside).is_some()
    };
    if tool == Tool::Nextra {
        book.ignored = tree.below(&root).filter(is_part).map(str::to_owned).collect();
    }
    let is_order = |path: &&str| path.rsplit('/').next().is_some_and(|name| names(tool).contains(&name));
    for path in tree.below(&root).filter(is_order) {
        let Some(own) = literal::parse(&modules::joined(tree, path)) else {
            report.add(Kind::Settings, path, None, "export default");
            continue;
        };
        tell_code(tree, path, &own, report);
        let here = folder(path);
        let mut order = Order { tree, here, path, entries: Vec::new(), report };
        let title = match tool {
            Tool::Nextra => order.of_nextra(&own),
            _ => order.of_fumadocs(&own),
        };
        let order = order.entries;
        let inner = from_folder(&root, here).unwrap_or("").to_owned();
        book.folders.insert(inner, FolderInfo { title, order, ..FolderInfo::default() });
    }
    book
}

/// The folder of the chapters: one of the usual ones, else the highest with a file of order.
fn root(tool: Tool, tree: &SourceTree, home: &str) -> String {
    let usual: &[&str] = match tool {
        Tool::Nextra => &["pages", "src/pages", "content", "src/content", "docs"],
        _ => &["content/docs", "content", "src/content/docs", "src/content", "docs"],
    };
    let has_chapters = |place: &String| tree.below(place).any(|path| without_suffix(path).is_some());
    let places = usual.iter().map(|place| within(home, place));
    let ordered = find(tree, names(tool)).map(|path| folder(&path).to_owned());
    places.into_iter().filter(has_chapters).chain(ordered).next().unwrap_or_else(|| home.to_owned())
}

/// The folders of documents that `source.config.ts` names, with the addresses that its loaders give
/// them: `export const docs = defineDocs({ dir: "content/docs" })`.
fn documents(tree: &SourceTree, home: &str) -> Vec<Part> {
    let is_named = |path: &&str, start: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        ["ts", "tsx", "js", "mjs"].iter().any(|ending| name == format!("{start}.{ending}"))
    };
    let texts = |start: &'static str| {
        let files =
            tree.below(home).filter(move |path| is_named(path, start) && !path.contains("node_modules"));
        files.filter_map(|path| tree.text(path)).map(|text| &**text).collect::<Vec<&str>>()
    };
    let loaders = texts("source");
    let mut found: Vec<Part> = Vec::new();
    for text in texts("source.config") {
        let calls = ["defineDocs(", "defineCollections("]
            .into_iter()
            .flat_map(|call| text.match_indices(call).map(move |(at, call)| (at, at + call.len())));
        for (at, inside) in calls {
            let rest = text[inside..].split("export ").next().unwrap_or("");
            let folder =
                value_of(rest, "dir").unwrap_or("content/docs").trim_start_matches("./").trim_matches('/');
            let name = text[..at].trim_end().trim_end_matches('=').trim_end();
            let name =
                name.rsplit(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).next().unwrap_or("");
            let own = format!("{name}.");
            let said = loaders.iter().flat_map(|text| text.split("loader(").skip(1));
            let said = said.filter(|loader| !name.is_empty() && loader.contains(&own));
            let mount = said.filter_map(|loader| value_of(loader, "baseUrl")).next();
            let mount =
                mount.unwrap_or_else(|| folder.rsplit('/').next().unwrap_or("")).trim_matches('/').to_owned();
            let folder = within(home, folder);
            let is_new = !found.iter().any(|part| part.folder == folder);
            if is_new && tree.below(&folder).any(|path| without_suffix(path).is_some()) {
                found.push(Part { folder, mount, has_days: false });
            }
        }
    }
    found
}

/// The text under a key of an object.
fn value_of<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut places =
        text.match_indices(key).map(|(at, _)| text[at + key.len()..].trim_start_matches(['"', '\'']));
    let rest = places.find_map(|rest| rest.trim_start().strip_prefix(':'))?.trim_start();
    let rest = rest.trim_start_matches('[').trim_start();
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`'))?;
    rest[1..].split(mark).next()
}

/// The folder that two lie in, or are.
fn shared(one: &str, other: &str) -> String {
    let same = one.split('/').zip(other.split('/')).take_while(|(one, other)| one == other);
    same.map(|(part, _)| part).collect::<Vec<_>>().join("/")
}

/// Where the addresses begin: Nextra publishes `content/` where its settings say, Fumadocs its
/// documents below `docs/`.
fn mount(tool: Tool, tree: &SourceTree, home: &str, root: &str) -> String {
    if tool == Tool::Fumadocs {
        return if root.ends_with("docs") { "docs".to_owned() } else { String::new() };
    }
    let names = ["mjs", "js", "ts"].map(|ending| within(home, &format!("next.config.{ending}")));
    let text = names.iter().find_map(|path| tree.text(path)).map_or("", |text| text);
    let said = text.split_once("contentDirBasePath").map_or("", |(_, rest)| rest);
    let quoted = said.trim_start_matches([':', ' ']).strip_prefix(['\'', '"', '`']);
    let path = quoted.and_then(|rest| rest.split(['\'', '"', '`', '\n']).next()).unwrap_or("");
    path.trim_matches('/').to_owned()
}

fn tell_code(tree: &SourceTree, path: &str, own: &Literal, report: &mut Report) {
    let text = tree.text(path).map_or("", |text| text);
    let mut code = Vec::new();
    own.code(&mut code);
    let index = LineIndex::new(text);
    for at in code.into_iter().filter(|at| *at < text.len()) {
        let line = index.line_of(at);
        report.add(Kind::Settings, path, Some(line), index.line(line).trim());
    }
}

/// The order of a folder, as it is read.
struct Order<'a> {
    tree: &'a SourceTree,
    here: &'a str,
    path: &'a str,
    entries: Vec<(String, Option<String>)>,
    report: &'a mut Report,
}

impl Order<'_> {
    /// `{ index: "Welcome", guide: { title: "The guide", display: "hidden" } }`.
    fn of_nextra(&mut self, own: &Literal) -> Option<String> {
        let Literal::Map(entries) = own else { return None };
        for (key, about) in entries.iter().filter(|(key, _)| key != "*" && !key.is_empty()) {
            let title = about.text().map(str::to_owned).or_else(|| about.string("title"));
            let is_separator = about.string("type").as_deref() == Some("separator");
            if is_separator || about.get("href").is_some() {
                let what = about.string("href").or(title).unwrap_or_default();
                if !what.is_empty() {
                    self.report.add(Kind::Navigation, self.path, None, what);
                }
                continue;
            }
            if about.string("display").as_deref() == Some("hidden") {
                // It has a page that no list of the tool names: here it comes last.
                self.report.add(Kind::Unlisted, self.path, None, format!("{key}: display: hidden"));
                continue;
            }
            let is_menu = about.string("type").as_deref() == Some("menu");
            if !self.add(key, title.clone()) && is_menu {
                self.report.add(Kind::Navigation, self.path, None, title.as_deref().unwrap_or(key));
            }
            self.of_menu(about);
        }
        None
    }

    /// The entries of a menu, which lead to pages that stand elsewhere.
    fn of_menu(&mut self, about: &Literal) {
        let Some(Literal::Map(entries)) = about.get("items") else { return };
        for (key, about) in entries {
            let words = about.text().map(str::to_owned).or_else(|| about.string("title"));
            let words = words.unwrap_or_else(|| key.clone());
            let what = about.string("href").map_or(words.clone(), |href| format!("[{words}]({href})"));
            self.report.add(Kind::Navigation, self.path, None, what);
        }
    }

    /// `{ "title": "The guide", "pages": ["index", "---Part---", "..."] }`.
    fn of_fumadocs(&mut self, own: &Literal) -> Option<String> {
        for entry in own.get("pages").map_or(&[][..], Literal::items).iter().filter_map(Literal::text) {
            let is_rest = matches!(entry, "..." | "z...a");
            if entry.starts_with('!') {
                self.report.add(Kind::Unlisted, self.path, None, entry);
                continue;
            }
            let is_other = entry.starts_with("---") || entry.contains("](");
            let name = entry.trim_start_matches("...").trim_start_matches("./");
            if is_rest {
                self.entries.push(("...".to_owned(), None));
            } else if is_other || !self.add(name, None) {
                let what = entry.trim_matches('-');
                if !what.is_empty() {
                    self.report.add(Kind::Navigation, self.path, None, what);
                }
            }
        }
        own.string("title")
    }

    /// Adds what a name means: a chapter, a folder, or both. `false` where it is nothing.
    fn add(&mut self, name: &str, title: Option<String>) -> bool {
        let place = within(self.here, name);
        let chapter = [".mdx", ".md"].map(|suffix| format!("{name}{suffix}"));
        let chapter = chapter.into_iter().find(|name| self.tree.has(&within(self.here, name)));
        let is_folder = self.tree.has_folder(&place);
        // The page of a folder is no entry of its own, unless it has a title there.
        let is_own = |name: &String| is_index(name) && title.is_none();
        let is_there = is_folder || chapter.is_some();
        self.entries.extend(chapter.filter(|name| !is_own(name)).map(|name| (name, title.clone())));
        if is_folder {
            self.entries.push((name.to_owned(), title));
        }
        is_there
    }
}
