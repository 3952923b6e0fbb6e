//! Middleman and Eleventy: pages among the sources of a site.

use super::{find, new_book, string, yaml};
use crate::chapter::{folder, given, without_suffix};
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::defaults::{Defaults, Only};
use crate::import::head;
use crate::import::report::Report;
use crate::import::tree::{SourceTree, from_folder, within};
use crate::source::Source;
use crate::text::Patterns;
use serde_yaml::Value;
use std::sync::Arc;

pub(super) fn read(tool: Tool, tree: &SourceTree, report: &mut Report) -> Book {
    if tool == Tool::Eleventy {
        return eleventy(tree);
    }
    let config = find(tree, &["tech-docs.yml"]);
    let home = config.as_deref().map_or("", folder);
    let home = home.strip_suffix("config").map_or(home, |home| home.trim_end_matches('/')).to_owned();
    let root = within(&home, "source");
    let root = if tree.has_folder(&root) { root } else { home };
    let mut book = new_book(Tool::Middleman, &root, Addresses::Pages);
    let rules = within(folder(&root), "config.rb");
    let ignored = tree.text(&rules).map(|rules| ignored(rules)).unwrap_or_default();
    book.leave_out(tree, "ignore", &Patterns::anchored(ignored.iter().map(String::as_str)));
    let images = tree.text(&rules).and_then(|rules| set(rules, "images_dir"));
    book.values.extend(images.map(|folder| ("images_dir".to_owned(), folder)));
    // Parts of other pages.
    let is_part = |path: &&str| path.rsplit('/').next().is_some_and(|name| name.starts_with('_'));
    book.ignored = tree.below(&root).filter(is_part).map(str::to_owned).collect();
    let Some(path) = config else { return book };
    let settings = yaml(tree, &path, report);
    book.title = string(&settings, "service_name");
    book.description = string(&settings, "description");
    if let Some(host) = string(&settings, "host") {
        book.set_site(&host);
    }
    for (old, new) in settings.get("redirects").and_then(Value::as_mapping).into_iter().flatten() {
        if let (Some(old), Some(new)) = (old.as_str(), new.as_str()) {
            book.redirects.push((old.to_owned(), new.to_owned()));
        }
    }
    for (key, value) in &settings {
        if let (Some(key), Some(value)) = (key.as_str(), value.as_str()) {
            book.values.insert(format!("config[:tech_docs][:{key}]"), value.to_owned());
        }
    }
    book
}

/// `set :name, "value"` of the settings.
fn set(settings: &str, name: &str) -> Option<String> {
    settings.lines().find_map(|line| {
        let rest = line.trim_start().strip_prefix("set")?.trim_start_matches([' ', '(']);
        let value = rest.strip_prefix(':')?.strip_prefix(name)?.trim_start_matches([' ', ',']);
        value.strip_prefix(['"', '\''])?.split(['"', '\'']).next().map(str::to_owned)
    })
}

/// `ignore "secret/*"` of the settings, in which a star fits slashes too. What is made of
/// templates has further endings.
fn ignored(settings: &str) -> Vec<String> {
    let calls = settings.lines().filter_map(|line| {
        let rest = line.trim_start().strip_prefix("ignore")?.trim_start_matches([' ', '(']);
        rest.strip_prefix(['"', '\''])?.split(['"', '\'']).next()
    });
    let both = |path: &str| {
        let path = path.trim_start_matches('/');
        [path.to_owned(), format!("{path}.*")]
    };
    calls.flat_map(both).collect()
}

fn eleventy(tree: &SourceTree) -> Book {
    let names = [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"];
    let path = find(tree, &names).unwrap_or_default();
    let home = folder(&path);
    // `dir: { input: "src" }` of what the settings give back.
    let text = tree.text(&path).map_or("", |text| text);
    let after = text.find("dir:").map_or("", |at| &text[at..]);
    let said = |key: &str| {
        let rest = after.find(key).map(|at| after[at + key.len()..].trim_start())?;
        let path = rest.strip_prefix(['"', '\'', '`'])?.split(['"', '\'', '`']).next()?;
        Some(path.trim_start_matches("./").trim_matches('/'))
    };
    let input = said("input:").unwrap_or("");
    let root = within(home, if input == "." { "" } else { input });
    let mut book = new_book(Tool::Eleventy, &root, Addresses::Folders);
    // Parts of pages and data, in folders of other names than usual.
    let parts: Vec<&str> = ["includes:", "layouts:", "data:"].into_iter().filter_map(said).collect();
    let hidden = tree.below(&book.root).filter(|path| {
        let inside = path.strip_prefix(&book.root).unwrap_or(path).trim_start_matches('/');
        let is_part = |folder: &&str| from_folder(folder, inside).is_some();
        inside.split('/').any(|part| part.starts_with('_')) || parts.iter().any(is_part)
    });
    book.ignored = hidden.map(str::to_owned).collect();
    left_out(tree, home, text, &mut book);
    folder_data(tree, &mut book);
    copied(text, home, &mut book);
    book.snippets = vec![within(&book.root, "_includes")];
    book
}

/// What the tool makes no pages of: by its own lists and that of git, which count from where they
/// lie, by `ignores.add("src/a/**")` in the settings, and by `permalink: {build: false}`.
fn left_out(tree: &SourceTree, home: &str, settings: &str, book: &mut Book) {
    let root = book.root.clone();
    let without_git = settings.contains("setUseGitIgnore(false)");
    for (folder, name) in [(home, ".eleventyignore"), (&*root, ".eleventyignore"), (home, ".gitignore")] {
        if let Some(patterns) = tree.text(&within(folder, name))
            && !(name == ".gitignore" && without_git)
        {
            book.leave_out_below(tree, folder, name, &Patterns::of_gitignore(patterns));
        }
    }
    let added = settings.split("ignores.add(").skip(1);
    let added = added
        .filter_map(|call| call.trim_start().strip_prefix(['"', '\'', '`'])?.split(['"', '\'', '`']).next());
    book.leave_out_below(tree, home, "ignores", &Patterns::anchored(added));
    book.leave_out_where(tree, "permalink: build: false", |path| {
        let text =
            tree.text(path).filter(|text| without_suffix(path).is_some() && text.contains("permalink"));
        let front = text.map(|text| head::mapping(path, text)).unwrap_or_default();
        let own = front.get("permalink").and_then(Value::as_mapping);
        own.and_then(|own| own.get("build")).and_then(Value::as_bool) == Some(false)
    });
}

/// `addPassthroughCopy("assets")` and `addPassthroughCopy({"src/img": "images"})`.
fn copied(text: &str, home: &str, book: &mut Book) {
    for call in text.split("addPassthroughCopy(").skip(1) {
        let Some(call) = call.split(')').next().and_then(|call| call.trim().strip_prefix('{')) else {
            continue;
        };
        let mut words = call.split(['"', '\'', '`']).skip(1).step_by(2);
        while let (Some(from), Some(to)) = (words.next(), words.next()) {
            let clean = |path: &str| path.trim_start_matches("./").trim_matches('/').to_owned();
            book.copied.push((within(home, &clean(from)), clean(to)));
        }
    }
}

/// `blog/blog.json` and `blog/blog.11tydata.json` say what each chapter below `blog/` says,
/// `blog/a.11tydata.json` what `blog/a.md` does.
fn folder_data(tree: &SourceTree, book: &mut Book) {
    let files: Vec<&str> = tree.below(&book.root).filter(|path| path.ends_with(".json")).collect();
    for path in files {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.strip_suffix(".11tydata.json").or_else(|| name.strip_suffix(".json"));
        let of_folder = folder(path).rsplit('/').next().filter(|name| !name.is_empty());
        let beside = stem.map(|stem| within(folder(path), stem));
        let is_of_chapter = || beside.as_ref().is_some_and(|stem| tree.has(&format!("{stem}.md")));
        let is_of_folder = stem == of_folder;
        if !is_of_folder && !is_of_chapter() {
            continue;
        }
        let Some(text) = tree.text(path) else { continue };
        let values = given::values(&Source::new(path, path, Arc::clone(text)));
        let only = stem.filter(|_| !is_of_folder).map(|stem| Patterns::anchored([stem]));
        book.defaults.add(folder(path), Defaults { only: only.map_or(Only::All, Only::Fitting), values });
    }
}
