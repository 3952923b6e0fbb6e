//! A book, built by the program as it lies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A finding of the program.
#[derive(serde::Deserialize)]
pub(crate) struct Finding {
    pub(crate) code: String,
    pub(crate) path: Option<String>,
    pub(crate) line: Option<usize>,
    pub(crate) end_line: Option<usize>,
}

/// A chapter and its page.
pub(crate) struct Chapter {
    /// Path of the file in the book.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The page's HTML; `None` where none was published.
    pub(crate) page: Option<String>,
    pub(crate) findings: Vec<Finding>,
}

impl Chapter {
    /// The lines of the source, from 1.
    pub(crate) fn line(&self, line: usize) -> &str {
        self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default()
    }

    /// Whether the program tells of one of these in one of the lines.
    pub(crate) fn tells(&self, codes: &[&str], from: usize, to: usize) -> bool {
        self.findings.iter().any(|found| {
            let line = found.line.unwrap_or(0);
            let end = found.end_line.unwrap_or(line).max(line);
            codes.contains(&&*found.code) && line <= to && from <= end
        })
    }
}

/// The chapters of a book that was built into `site`, with what the program said.
pub(crate) fn chapters(book: &Path, site: &Path, report: &str) -> Vec<Chapter> {
    #[derive(serde::Deserialize)]
    struct Report {
        diagnostics: Vec<Finding>,
    }
    #[derive(serde::Deserialize)]
    struct Index {
        chapters: Vec<Entry>,
    }
    #[derive(serde::Deserialize)]
    struct Entry {
        url: String,
        source: String,
    }
    let report: Report = serde_json::from_str(report).expect("a report in JSON");
    let mut findings: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for found in report.diagnostics {
        findings.entry(found.path.clone().unwrap_or_default()).or_default().push(found);
    }
    let index = std::fs::read_to_string(site.join("index.json")).expect("index.json");
    let index: Index = serde_json::from_str(&index).expect("index.json");
    let pages: BTreeMap<String, String> =
        index.chapters.into_iter().map(|entry| (entry.source, entry.url)).collect();
    files(book)
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(book).expect("inside").to_string_lossy().replace('\\', "/");
            let text = String::from_utf8_lossy(&std::fs::read(&file).expect("a chapter")).into_owned();
            // Chapters in a folder `content` are known by their path in it.
            let url = pages.get(&path).or_else(|| pages.get(path.strip_prefix("content/")?));
            let page = url.map(|url| {
                let url = percent_encoding::percent_decode_str(url).decode_utf8().expect("UTF-8");
                let file = site.join(&*url);
                std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{url}: {error}"))
            });
            let findings = findings.remove(&path).unwrap_or_default();
            // CommonMark ends lines by any of these.
            let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
            Chapter { path, text, page, findings }
        })
        .collect()
}

/// The files of a book that are chapters.
fn files(book: &Path) -> Vec<PathBuf> {
    let content = book.join("content");
    let book = if content.is_dir() { &content } else { book };
    let hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes()[0] == b'.';
    walkdir::WalkDir::new(book)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !hidden(entry))
        .filter_map(Result::ok)
        .filter(|entry| {
            let path = entry.path();
            entry.file_type().is_file()
                && path.extension().is_some_and(|ending| ending == "md" || ending == "markdown")
        })
        .map(walkdir::DirEntry::into_path)
        .collect()
}
