//! What a reader can see of a site that is half old and half new.

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

type Files = BTreeMap<String, Vec<u8>>;
type Links = BTreeMap<String, BTreeSet<String>>;

/// What a reader can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    /// From the home page on, the old site and nothing else.
    Old,
    /// Old and new pages, each whole.
    Both,
    /// From the home page on, the new site and nothing else.
    New,
}

/// Two sites and what each of their pages needs and leads to.
pub(super) struct States<'a> {
    old: &'a Files,
    new: &'a Files,
    old_links: Links,
    new_links: Links,
}

impl<'a> States<'a> {
    pub(super) fn new(old: &'a Files, new: &'a Files) -> Self {
        Self { old, new, old_links: links(old), new_links: links(new) }
    }

    /// Every object is wholly old or wholly new; all that can be reached from
    /// the home page by links is there; data that list others list what is there.
    pub(super) fn check(&self, visible: &Files, when: &str) -> Seen {
        for (name, bytes) in visible {
            let right = self.old.get(name) == Some(bytes) || self.new.get(name) == Some(bytes);
            assert!(right, "{when}: {name} is neither old nor new");
        }
        let mut reached = BTreeSet::from(["index.html".to_owned(), "404.html".to_owned()]);
        let mut todo: Vec<String> = reached.iter().cloned().collect();
        while let Some(name) = todo.pop() {
            let bytes = visible.get(&name).unwrap_or_else(|| panic!("{when}: {name} is missing"));
            let links = if self.old.get(&name) == Some(bytes) { &self.old_links } else { &self.new_links };
            for target in links.get(&name).into_iter().flatten() {
                assert!(visible.contains_key(target), "{when}: {name} leads to {target}, which is not there");
                if reached.insert(target.clone()) {
                    todo.push(target.clone());
                }
            }
        }
        for (list, folder) in [("search/index.js", "search/"), ("previews/manifest.js", "previews/")] {
            for site in [self.old, self.new] {
                if visible.get(list) == site.get(list) {
                    for (name, bytes) in site.iter().filter(|(name, _)| name.starts_with(folder)) {
                        let fits = name == list || visible.get(name) == Some(bytes);
                        assert!(fits, "{when}: {list} needs {name}");
                    }
                }
            }
        }
        let shows = |site: &Files| reached.iter().all(|name| visible.get(name) == site.get(name));
        if shows(self.new) {
            for (name, bytes) in self.new {
                assert!(visible.get(name) == Some(bytes), "{when}: home is new, {name} is not");
            }
            return Seen::New;
        }
        assert!(
            visible.get("index.html") != self.new.get("index.html"),
            "{when}: the home page is new before the rest"
        );
        if shows(self.old) { Seen::Old } else { Seen::Both }
    }
}

fn links(files: &Files) -> Links {
    let places = [("[href]", "href"), ("[src]", "src")];
    let selectors = places.map(|(css, name)| (Selector::parse(css).expect("a selector"), name));
    let mut all = Links::new();
    let assets: Vec<&String> = files.keys().filter(|name| name.starts_with("assets/")).collect();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        let page = Html::parse_document(&text);
        // Scripts that are loaded later are named in other attributes.
        let mut found: BTreeSet<String> = assets
            .iter()
            .filter(|asset| text.contains(&asset["assets/".len()..]))
            .map(|asset| (*asset).clone())
            .collect();
        for (selector, attribute) in &selectors {
            let written = page.select(selector).filter_map(|element| element.value().attr(attribute));
            found.extend(written.filter_map(|written| resolve(name, written)));
        }
        all.insert(name.clone(), found);
    }
    assert!(all.values().map(BTreeSet::len).sum::<usize>() > 100, "the links were not found");
    all
}

fn resolve(page: &str, written: &str) -> Option<String> {
    let path = written.split(['#', '?']).next().filter(|path| !path.is_empty() && !path.contains(':'))?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
