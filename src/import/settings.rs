//! `handbook.yaml`: what the tool's settings say that ours have too.

use super::book::Book;
use super::layout::Layout;
use super::page::Page;
use super::report::Report;
use super::tree::SourceTree;
use super::unique::Unique;
use super::{Content, OutputFile};
use crate::config::Config;
use crate::config::audience::Audiences;
use crate::locale::Language;
use crate::text::is_cjk;
use crate::yaml::Document;
use serde_yaml::Mapping;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The language of the book: what its settings say, else that of its titles.
pub(super) fn language(book: &Book, pages: &BTreeMap<String, Page>, fallback: Language) -> Language {
    if let Some(own) = book.language.as_deref().and_then(Language::from_tag) {
        return own;
    }
    if pages.is_empty() {
        return fallback;
    }
    let chinese = pages.values().filter(|page| page.title.chars().any(is_cjk)).count();
    if chinese * 2 > pages.len() { Language::CHINESE } else { Language::ENGLISH }
}

/// The groups of readers that the text of a `handbook.yaml` names.
#[must_use]
pub fn audiences_of(text: &str) -> Audiences {
    let (path, text): (Arc<str>, Arc<str>) = (OURS.into(), text.into());
    Config::parse(&Document::new(&path, &text, 0..text.len())).value.audiences
}

/// The groups of readers of a book that has settings of ours.
pub(super) fn audiences(tree: &SourceTree) -> Audiences {
    tree.text(OURS).map(|text| audiences_of(text)).unwrap_or_default()
}

const OURS: &str = "handbook.yaml";

pub(super) fn add(
    files: &mut BTreeMap<String, OutputFile>,
    tree: &SourceTree,
    book: &Book,
    pages: &BTreeMap<String, Page>,
    layout: &Layout,
    report: &Report,
) {
    let mut settings = Mapping::new();
    if let Some(title) = &book.title {
        settings.insert("title".into(), title.as_str().into());
    }
    if let Some(description) = &book.description {
        settings.insert("description".into(), description.trim().into());
    }
    let is_tag = |tag: &&String| {
        let is_known = Language::from_tag(tag).is_some();
        is_known && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let usual = if report.language == Language::CHINESE { "zh-CN" } else { report.language.tag() };
    let tag = book.language.as_ref().filter(is_tag).map_or(usual, String::as_str);
    settings.insert("language".into(), tag.into());
    // Feeds and the page for what is not found need the address; the old one is the best guess.
    let address = book.hosts.first().map(|host| crate::config::parse_base_url(&format!("{host}/")));
    if let Some(Ok(address)) = address {
        settings.insert("base_url".into(), address.into());
    }
    // Each folder of a book may have an introduction: its links are paths, so no title is missed.
    if Unique::new(book, pages).has_equal_titles || layout.has_equal_titles(pages) {
        let note: Mapping = std::iter::once(("alias-conflict".into(), "note".into())).collect();
        settings.insert("checks".into(), note.into());
    }
    // Whom a book of ours knows, its project goes on to know.
    let own = tree.text(OURS).and_then(|text| serde_yaml::from_str::<Mapping>(text).ok());
    if let Some(audiences) =
        own.as_ref().and_then(|own| own.get("audiences")).filter(|_| !audiences(tree).list.is_empty())
    {
        settings.insert("audiences".into(), audiences.clone());
    }
    let text = serde_yaml::to_string(&settings).unwrap_or_default();
    files.insert(OURS.to_owned(), OutputFile { content: Content::Text(text), source: String::new() });
}
