//! Links, pictures and navigation of real books, measured against the books' own tools.
//!
//! `resolved/BOOK.tsv` holds what leads where in the site that the tool itself made of the
//! book: `resolved/read.py` read it from there, `resolved/README.md` says with which version.
//! A link counts as kept where the page that came of the same file has one with the same
//! words to the page that came of the same file, at a heading with the same words.

use super::{Imported, corpora::tau_of, reading_order};
use crate::support::{repository, run_in};
use handbook::handbook::link::join;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The books whose tools could be had.
const BOOKS: [&str; 8] =
    ["front-docs", "mkdocs-material", "openbao", "oss-book", "p3c", "reg", "rust-forge", "tuist"];

/// How many of a kind there are, and how many came over.
#[derive(Default)]
struct Count {
    all: usize,
    kept: usize,
}

impl Count {
    fn add(&mut self, is_kept: bool) {
        self.all += 1;
        self.kept += usize::from(is_kept);
    }

    fn share(&self) -> f64 {
        100.0 * self.kept as f64 / self.all.max(1) as f64
    }
}

#[derive(Default)]
struct Row {
    links: Count,
    anchors: Count,
    images: Count,
    titles: Count,
    /// Links and anchors together that work where the book is built as it lies.
    bare: Count,
    tau: Option<f64>,
}

#[test]
#[ignore = "needs ../shared/corpora/strangers"]
fn what_a_tool_resolves_goes_on_to_work() {
    println!(
        "book               links  kept    anchors  kept   pictures  shown   titles  right   bare     tau"
    );
    let rows: Vec<(&str, Row)> = BOOKS.into_iter().map(|book| (book, measure(book))).collect();
    for (book, row) in &rows {
        let tau = row.tau.map_or("-".to_owned(), |tau| format!("{tau:.4}"));
        println!(
            "{book:16} {:7} {:5.1} % {:8} {:5.1} % {:8} {:5.1} % {:7} {:5.1} %  {:5.1} %  {tau}",
            row.links.all,
            row.links.share(),
            row.anchors.all,
            row.anchors.share(),
            row.images.all,
            row.images.share(),
            row.titles.all,
            row.titles.share(),
            row.bare.share(),
        );
    }
    for (book, row) in rows {
        assert!(row.titles.all + row.links.all > 0, "{book}: nothing was measured");
        for (what, count) in [("links", row.links), ("links with anchors", row.anchors)] {
            assert!(count.kept * 100 >= count.all * 99, "{book}: {what}");
        }
        assert_eq!(row.images.kept, row.images.all, "{book}: pictures");
        assert_eq!(row.titles.kept, row.titles.all, "{book}: titles");
        // What lies bare has no settings: a link may count from where only they say.
        assert!(row.bare.kept * 100 >= row.bare.all * 95, "{book}: links of the bare book");
        assert!(row.tau.is_none_or(|tau| tau >= 0.99), "{book}: order {:?}", row.tau);
    }
}

fn measure(book: &str) -> Row {
    let source = repository().join("../shared/corpora/strangers").join(book);
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("new");
    run_in(folder.path(), &["import", &source.to_string_lossy(), &to.to_string_lossy()]).expect(0);
    let imported = Imported { folder: to };
    imported.build();
    let mut ours = Ours::new(&imported);
    let mut lying = Ours::bare(&source, &folder.path().join("bare"));
    let facts = repository().join(format!("tests/it/import/resolved/{book}.tsv"));
    let facts = std::fs::read_to_string(facts).expect("what the tool resolves");
    let mut row = Row::default();
    let mut nav = Vec::new();
    for line in facts.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            ["link", file, words, to, heading] => {
                let is_kept = ours.has_link(file, words, to, heading);
                if !is_kept {
                    println!("{book}: {file}: [{words}] → {to} # {heading}");
                }
                row.bare.add(lying.has_link(file, words, to, heading));
                if heading.is_empty() { row.links.add(is_kept) } else { row.anchors.add(is_kept) }
            }
            ["image", file, words, asset] => {
                let is_kept = ours.shows(file, asset);
                if !is_kept {
                    println!("{book}: {file}: ![{words}] {asset}");
                }
                row.images.add(is_kept);
            }
            ["nav", file, title] => nav.push((file, title)),
            _ => panic!("{book}: {line}"),
        }
    }
    let tree: Vec<(String, String)> = reading_order(&imported.folder.join("site"));
    let place: BTreeMap<&str, (usize, &str)> =
        tree.iter().enumerate().map(|(at, (title, href))| (href.as_str(), (at, title.as_str()))).collect();
    let mut places = Vec::new();
    for (file, title) in nav {
        let found = ours.urls.get(file).and_then(|url| place.get(url.as_str()));
        // The home page has a word of its own in the tree.
        let is_home = ours.urls.get(file).is_some_and(|url| url == "index.html");
        let is_right = is_home
            || found.is_some_and(|(_, own)| {
                plain(own.trim_end_matches(|c: char| c.is_ascii_digit())) == plain(title)
                    || plain(own) == plain(title)
            });
        if !is_right {
            println!("{book}: {file}: {title} is {:?}", found.map(|(_, own)| own));
        }
        row.titles.add(is_right);
        places.extend(found.map(|(at, _)| *at));
    }
    row.tau = (places.len() > 1).then(|| tau_of(&places));
    row
}

/// The site that came of a book.
struct Ours {
    site: PathBuf,
    /// The page of each file of the book.
    urls: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
    pages: BTreeMap<String, Html>,
    /// Links that were found already, so that two with the same words are two.
    used: BTreeMap<(String, usize), ()>,
}

impl Ours {
    fn new(imported: &Imported) -> Self {
        let urls: BTreeMap<String, String> = imported
            .told("chapter")
            .into_iter()
            .map(|(file, target)| (file, handbook::chapter::url(target.trim_start_matches("content/"))))
            .collect();
        let files = urls.iter().map(|(file, url)| (url.clone(), file.clone())).collect();
        let site = imported.folder.join("site");
        Self { site, urls, files, pages: BTreeMap::new(), used: BTreeMap::new() }
    }

    /// The site that comes of a book as it lies.
    fn bare(source: &Path, site: &Path) -> Self {
        run_in(source, &["build", "-o", &site.to_string_lossy()]).expect(0);
        let mut urls = BTreeMap::new();
        for entry in walkdir(source) {
            let name = entry.strip_prefix(source).expect("below it").to_string_lossy().into_owned();
            // A folder of this name is ours, whoever made it.
            let inside = name.strip_prefix("content/").unwrap_or(&name);
            let url = handbook::chapter::url(inside);
            if site.join(&url).is_file() {
                urls.insert(name, url);
            }
        }
        let files = urls.iter().map(|(file, url)| (url.clone(), file.clone())).collect();
        let site = site.to_owned();
        Self { site, urls, files, pages: BTreeMap::new(), used: BTreeMap::new() }
    }

    fn page(&mut self, url: &str) -> Option<&Html> {
        if !self.pages.contains_key(url) {
            let text = std::fs::read_to_string(self.site.join(url)).ok()?;
            self.pages.insert(url.to_owned(), Html::parse_document(&text));
        }
        self.pages.get(url)
    }

    fn has_link(&mut self, file: &str, words: &str, to: &str, heading: &str) -> bool {
        let Some(url) = self.urls.get(file).cloned() else { return false };
        let Some(page) = self.page(&url) else { return false };
        let links = Selector::parse(".text a[href]").expect("a selector");
        let found: Vec<(usize, String)> = page
            .select(&links)
            .enumerate()
            .filter(|(_, link)| plain(&said(*link)) == plain(words))
            .map(|(at, link)| (at, link.attr("href").unwrap_or_default().to_owned()))
            .collect();
        for (at, href) in found {
            if !self.used.contains_key(&(url.clone(), at)) && self.leads(&url, &href, to, heading) {
                self.used.insert((url, at), ());
                return true;
            }
        }
        false
    }

    fn leads(&mut self, from: &str, href: &str, to: &str, heading: &str) -> bool {
        let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
        let decoded =
            |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let place = match path {
            "" => Some(from.to_owned()),
            path => join(from.rsplit_once('/').map_or("", |(folder, _)| folder), &decoded(path)),
        };
        let Some(place) = place else { return false };
        let is_page = self.files.get(&place).is_some_and(|file| file == to);
        if !is_page {
            return is_same_file(&place, to) && self.site.join(&place).is_file();
        }
        if heading.is_empty() {
            return true;
        }
        let wanted = decoded(fragment);
        let Some(page) = self.page(&place) else { return false };
        // The title of a page has no anchor of its own: it is the top.
        let title = Selector::parse("h1").expect("a selector");
        if page.select(&title).next().is_some_and(|title| plain(&said(title)) == plain(heading)) {
            return true;
        }
        let all = Selector::parse("[id], a[name]").expect("a selector");
        let is_it = |element: &ElementRef<'_>| {
            element.attr("id") == Some(&wanted) || element.attr("name") == Some(&wanted)
        };
        let Some(found) = page.select(&all).find(is_it) else { return false };
        let is_heading = |element: &ElementRef<'_>| {
            matches!(element.value().name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        };
        // A glossary lists its terms.
        let terms = Selector::parse("dt").expect("a selector");
        let own =
            std::iter::once(found).chain(found.ancestors().filter_map(ElementRef::wrap)).find(is_heading);
        let own = own.or_else(|| found.select(&terms).next());
        heading == "*" || own.is_some_and(|own| plain(&said(own)) == plain(heading))
    }

    fn shows(&mut self, file: &str, asset: &str) -> bool {
        let Some(url) = self.urls.get(file).cloned() else { return false };
        let site = self.site.clone();
        let Some(page) = self.page(&url) else { return false };
        let images = Selector::parse(".text img[src]").expect("a selector");
        page.select(&images).any(|image| {
            let src = image.attr("src").unwrap_or_default();
            let src = percent_encoding::percent_decode_str(src).decode_utf8_lossy().into_owned();
            let place = join(url.rsplit_once('/').map_or("", |(folder, _)| folder), &src);
            place.is_some_and(|place| is_same_file(&place, asset) && site.join(place).is_file())
        })
    }
}

/// All files below a folder.
fn walkdir(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(walkdir(&path)) } else { found.push(path) }
    }
    found
}

fn is_same_file(ours: &str, theirs: &str) -> bool {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name(ours) == name(theirs)
}

fn said(element: ElementRef<'_>) -> String {
    let words: String = element.text().collect();
    if !plain(&words).is_empty() {
        return words;
    }
    let images = Selector::parse("img").expect("a selector");
    element.select(&images).filter_map(|image| image.attr("alt")).collect()
}

/// Letters and digits only: tools write quotation marks and dashes differently.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
