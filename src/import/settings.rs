//! `handbook.yaml`: what the tool's settings say that ours have too.

use super::book::Book;
use super::page::Page;
use super::report::Report;
use super::{Content, OutputFile};
use crate::locale::Language;
use crate::text::is_cjk;
use serde_yaml::Mapping;
use std::collections::BTreeMap;

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

pub(super) fn add(files: &mut BTreeMap<String, OutputFile>, book: &Book, report: &Report) {
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
    let text = serde_yaml::to_string(&settings).unwrap_or_default();
    files.insert(
        "handbook.yaml".to_owned(),
        OutputFile { content: Content::Text(text), source: String::new() },
    );
}
