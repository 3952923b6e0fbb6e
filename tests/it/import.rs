//! `handbook import`: books of other tools in, projects that build out.

mod again;
#[cfg(feature = "word")]
mod archives;
mod confluence;
mod corpora;
mod extensions;
mod group_pages;
mod groups;
mod hostile;
mod markup;
mod meta;
mod places;
mod published;
mod readers;
mod resolved;
mod sites;
mod starlight;
mod structure;
mod tools;
#[cfg(feature = "word")]
mod word;

use crate::support::{Project, run_in};
use std::path::{Path, PathBuf};

/// Imports the folder `book` of a project into its folder `new`, and builds that.
fn import(project: &Project) -> Imported {
    project.run(&["import", "book", "new"]).expect(0);
    let imported = Imported { folder: project.path().join("new") };
    imported.build();
    imported
}

/// Whether some page of the site has a text.
fn is_shown(imported: &Imported, text: &str) -> bool {
    walkdir::WalkDir::new(imported.folder.join("site"))
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|kind| kind == "html"))
        .any(|entry| std::fs::read_to_string(entry.path()).is_ok_and(|page| page.contains(text)))
}

/// A project that an import made.
struct Imported {
    folder: PathBuf,
}

impl Imported {
    fn build(&self) {
        run_in(&self.folder, &["build"]).expect(0);
    }

    fn read(&self, path: &str) -> String {
        let path = self.folder.join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn has(&self, path: &str) -> bool {
        self.folder.join(path).exists()
    }

    fn report(&self) -> serde_json::Value {
        serde_json::from_str(&self.read("import-report.json")).expect("JSON")
    }

    /// What the report says of a kind: path and text of each entry.
    fn told(&self, kind: &str) -> Vec<(String, String)> {
        let report = self.report();
        let entries = report["entries"].as_array().expect("entries").clone();
        let own = entries.into_iter().filter(|entry| entry["kind"] == kind);
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        own.map(|entry| (text(&entry["path"]), text(&entry["what"]))).collect()
    }

    /// Titles of all chapters but the first in the order in which they are read.
    fn titles(&self) -> Vec<String> {
        let site = self.folder.join("site");
        // The first is the home page, which has a word of its own; sections tell how many they hold.
        let title = |title: String| title.trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_owned();
        reading_order(&site).into_iter().skip(1).map(|(words, _)| title(words)).collect()
    }

    /// Findings of the built project with these codes.
    fn findings(&self, codes: &[&str]) -> Vec<String> {
        let run = run_in(&self.folder, &["check", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
        let found = report["diagnostics"].as_array().expect("a list").clone();
        let own = found.into_iter().filter(|one| codes.iter().any(|code| one["code"] == *code));
        own.map(|one| format!("{}:{} {}", one["path"], one["line"], one["message"])).collect()
    }
}

/// The chapters of a site in the order of its tree: title and address.
fn reading_order(site: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for number in 1.. {
        let name = if number == 1 { "tree.html".to_owned() } else { format!("tree-{number}.html") };
        let Ok(text) = std::fs::read_to_string(site.join(name)) else { break };
        let page = scraper::Html::parse_document(&text);
        let links = scraper::Selector::parse("main a[href$='.html']").expect("a selector");
        for link in page.select(&links) {
            let href = link.attr("href").unwrap_or_default();
            let href = percent_encoding::percent_decode_str(href).decode_utf8_lossy().into_owned();
            all.push((link.text().collect::<String>().trim().to_owned(), href));
        }
    }
    all
}
