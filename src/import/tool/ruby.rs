//! Middleman and Eleventy: pages among the sources of a site.

use super::{find, new_book, string, yaml};
use crate::chapter::folder;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::pattern::Patterns;
use crate::import::report::Report;
use crate::import::tree::{SourceTree, within};
use serde_yaml::{Mapping, Value};

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

fn eleventy(tree: &SourceTree) -> Book {
    let names = [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"];
    let path = find(tree, &names).unwrap_or_default();
    let home = folder(&path);
    // `dir: { input: "src" }` of what the settings give back.
    let text = tree.text(&path).map_or("", |text| text);
    let after = text.find("dir:").map_or("", |at| &text[at..]);
    let input = after.find("input:").map(|at| after[at + 6..].trim_start());
    let input = input.and_then(|rest| rest.strip_prefix(['"', '\'', '`'])?.split(['"', '\'', '`']).next());
    let input = input.unwrap_or("").trim_start_matches("./").trim_matches('/');
    let root = within(home, if input == "." { "" } else { input });
    let mut book = new_book(Tool::Eleventy, &root, Addresses::Folders);
    let hidden = tree.below(&book.root).filter(|path| {
        let inside = path.strip_prefix(&book.root).unwrap_or(path).trim_start_matches('/');
        inside.split('/').any(|part| part.starts_with('_'))
    });
    book.ignored = hidden.map(str::to_owned).collect();
    if let Some(patterns) = tree.text(&within(home, ".eleventyignore")) {
        book.leave_out(tree, ".eleventyignore", &Patterns::of_gitignore(patterns));
    }
    folder_data(tree, &mut book);
    copied(text, home, &mut book);
    book.snippets = vec![within(&book.root, "_includes")];
    book
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

/// `blog/blog.json` and `blog/blog.11tydata.json` say what each chapter below `blog/` says.
fn folder_data(tree: &SourceTree, book: &mut Book) {
    let files: Vec<&str> = tree.below(&book.root).filter(|path| path.ends_with(".json")).collect();
    for path in files {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.strip_suffix(".11tydata.json").or_else(|| name.strip_suffix(".json"));
        let of_folder = folder(path).rsplit('/').next().filter(|name| !name.is_empty());
        if stem == of_folder
            && let Some(text) = tree.text(path)
            && let Ok(values) = serde_json::from_str::<Mapping>(text)
        {
            book.defaults.add_all(folder(path), values);
        }
    }
}
