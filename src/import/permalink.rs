//! Addresses that a tool makes of a pattern: `permalinks` of Hugo, `permalink` of Jekyll's
//! posts and collections, those of the posts of MkDocs.

use super::Tool;
use super::book::Book;
use super::document;
use super::page::{Page, string};
use super::tree::from_folder;
use crate::chapter::{day, is_index};
use crate::markdown::slug;
use jiff::civil::Date;

/// The address of a chapter by the pattern of its folder, the innermost one; `None` where it
/// has none, or where the pattern asks for what is not known.
pub(super) fn of_folder(book: &Book, file: &str, page: &Page) -> Option<String> {
    if is_index(file) {
        return None;
    }
    let fitting = book.permalinks.iter().filter(|(folder, _)| from_folder(folder, file).is_some());
    let (folder, pattern) = fitting.max_by_key(|(folder, _)| folder.len())?;
    expand(pattern, book, from_folder(folder, file)?, page)
}

/// A pattern with its words, such as `:year`, replaced. `inside` is the path below its folder.
fn expand(pattern: &str, book: &Book, inside: &str, page: &Page) -> Option<String> {
    let own = |key: &str| string(&page.front, key);
    let stem = document::stem(inside);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let in_name = name.get(..10).and_then(|day| day.parse::<Date>().ok());
    let bare = if in_name.is_some() { name[10..].trim_start_matches('-') } else { name };
    // MkDocs has several days of a post: `date: {created: …}`.
    let date = page.front.get("date");
    let date =
        date.and_then(|date| day(date.as_mapping().and_then(|all| all.get("created")).unwrap_or(date)));
    let date = date.or(in_name);
    let number = |value: Option<i16>, width: usize| value.map(|value| format!("{value:0width$}"));
    // MkDocs makes the address of a title too.
    let is_hugo = matches!(book.tool, Tool::Hugo | Tool::Mkdocs);
    let words = |word: &str| -> Option<String> {
        Some(match word {
            "year" => number(date.map(Date::year), 4)?,
            "short_year" => number(date.map(|date| date.year() % 100), 2)?,
            "month" => number(date.map(|date| date.month().into()), 2)?,
            "i_month" => number(date.map(|date| date.month().into()), 1)?,
            "day" => number(date.map(|date| date.day().into()), 2)?,
            "i_day" => number(date.map(|date| date.day().into()), 1)?,
            "y_day" | "yearday" => number(date.map(Date::day_of_year), if is_hugo { 1 } else { 3 })?,
            "title" if is_hugo => slug(&page.title),
            "slug" if is_hugo => own("slug").unwrap_or_else(|| slug(&page.title)),
            "title" | "slug" | "slugorfilename" | "slugorcontentbasename" => {
                own("slug").unwrap_or_else(|| bare.to_owned())
            }
            "name" | "filename" | "contentbasename" => bare.to_owned(),
            "path" => stem.to_owned(),
            "section" => stem.split('/').next().filter(|_| stem.contains('/')).unwrap_or("").to_owned(),
            "sections" => stem.rsplit_once('/').map_or("", |(above, _)| above).to_owned(),
            "categories" => categories(page).join("/"),
            "output_ext" => ".html".to_owned(),
            _ => return None,
        })
    };
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        out.push_str(&rest[..at]);
        let word = &rest[at + 1..];
        let end = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len());
        out.push_str(&words(&word[..end])?);
        rest = &word[end..];
    }
    out.push_str(rest);
    // Words that are empty leave no empty folders.
    let is_folder = out.ends_with('/');
    let parts: Vec<&str> = out.split('/').filter(|part| !part.is_empty()).collect();
    let end = if is_folder && !parts.is_empty() { "/" } else { "" };
    Some(parts.join("/") + end)
}

fn categories(page: &Page) -> Vec<String> {
    let own = page.front.get("categories").or_else(|| page.front.get("category"));
    let texts = own.map(super::front::texts).unwrap_or_default();
    let words = texts.into_iter().flat_map(str::split_whitespace);
    words.map(str::to_lowercase).collect()
}
