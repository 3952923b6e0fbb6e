//! A crawl of the sample's output with an independent HTML parser: every
//! internal link, anchor, image, script and style sheet resolves.

use crate::support::{Project, repository, run_in, tree};
use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

struct Page {
    ids: BTreeSet<String>,
    links: Vec<String>,
    inline: Vec<String>,
}

fn parse(text: &str) -> Page {
    let html = Html::parse_document(text);
    let select = |css: &str| Selector::parse(css).expect("a selector");
    let mut page = Page { ids: BTreeSet::new(), links: Vec::new(), inline: Vec::new() };
    for element in html.select(&select("*")) {
        let element = element.value();
        if let Some(id) = element.attr("id") {
            assert!(page.ids.insert(id.to_owned()), "the id {id} stands twice");
        }
        for (name, value) in element.attrs() {
            let address =
                matches!(name, "href" | "src") || (name == "content" && element.attr("http-equiv").is_some());
            if address {
                page.links.push(value.split_once("url=").map_or(value, |(_, url)| url).to_owned());
            }
            if name == "style" || name.starts_with("on") {
                page.inline.push(format!("{name}={value}"));
            }
        }
    }
    for element in html.select(&select("script:not([src]), style")) {
        page.inline.push(element.html());
    }
    page
}

fn join(page: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned()
}

/// Every link of every page of a site leads somewhere; gives the pages' names.
pub(crate) fn crawl(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&str, Page> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name.as_str(), parse(std::str::from_utf8(bytes).expect("UTF-8"))))
        .collect();
    let mut wrong = Vec::new();
    for (name, page) in &pages {
        wrong.extend(page.inline.iter().map(|inline| format!("{name}: inline {inline}")));
        for link in &page.links {
            if link.contains(':')
                && link.split(':').next().is_some_and(|scheme| scheme.chars().all(char::is_alphanumeric))
            {
                continue;
            }
            // Shown at any address, 404.html must name its files from the server's root.
            let link = match link.strip_prefix("/h/") {
                Some(rest) if *name == "404.html" => rest,
                _ => link.as_str(),
            };
            if link.starts_with('/') {
                wrong.push(format!("{name}: {link} begins at the server's root"));
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { Some((*name).to_owned()) } else { join(name, &decode(path)) };
            let Some(target) = target.filter(|target| files.contains_key(target)) else {
                wrong.push(format!("{name}: {link} leads nowhere"));
                continue;
            };
            let fragment = decode(fragment);
            let known = pages.get(target.as_str()).is_none_or(|page| page.ids.contains(&fragment));
            if !fragment.is_empty() && fragment != "top" && !known {
                wrong.push(format!("{name}: {link}: no such anchor"));
            }
        }
    }
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{wrong:#?}");
    pages.keys().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_link_of_the_sample_resolves() {
    let folder = tempfile::tempdir().expect("folder");
    let output = folder.path().to_string_lossy().into_owned();
    run_in(&repository(), &["build", "-q", "-o", &output, "--base-url", "https://example.com/h/"]).expect(0);
    let files = tree(folder.path());
    let pages = crawl(&files);
    let index: serde_json::Value = serde_json::from_slice(&files["index.json"]).expect("JSON");
    for kind in ["chapters", "departments", "roles"] {
        let list = index[kind].as_array().expect("a list");
        assert!(list.len() >= 8, "only {} {kind}", list.len());
        for entry in list {
            let url = decode(entry["url"].as_str().expect("an address"));
            assert!(pages.contains(&url), "{kind}: {url} is missing");
        }
    }
    let sitemap = String::from_utf8(files["sitemap.xml"].clone()).expect("UTF-8");
    assert!(sitemap.contains("<loc>https://example.com/h/</loc>"), "{sitemap}");
}

#[test]
fn every_link_resolves_where_a_chapter_is_the_page_of_the_folder_beside_it() {
    let project = Project::new(
        "
//- content/index.md
# Home
//- content/b.md
# B
//- content/z.md
# Z
//- content/z/w.md
# W
//- content/z/y.md
# Y
//- content/z/y/x.md
# X
",
    );
    project.run(&["build"]).expect(0);
    let pages = crawl(&project.tree("site"));
    assert!(pages.iter().any(|page| page == "z/y/x.html"), "{pages:?}");
}
