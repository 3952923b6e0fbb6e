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
    // A folder with `index.md` is one page of Hugo's, whose name is that of the folder.
    let bundle = file.strip_suffix("/index.md").filter(|_| book.tool == Tool::Hugo);
    if is_index(file) && bundle.is_none() {
        return None;
    }
    let stem = bundle.unwrap_or(document::stem(file));
    let top = book.top_of(file);
    // A pattern for the top of Hugo's chapters is none for what lies in its sections.
    let is_meant = |folder: &str| {
        from_folder(folder, stem)
            .is_some_and(|inside| book.tool != Tool::Hugo || folder != top || !inside.contains('/'))
    };
    let fitting = book.permalinks.iter().filter(|(folder, _)| is_meant(folder));
    let (folder, pattern) = fitting.max_by_key(|(folder, _)| folder.len())?;
    // The sections of Hugo count from that top too.
    let from = if book.tool == Tool::Hugo { &top } else { folder };
    expand(pattern, book, from_folder(from, stem)?, page)
}

/// A pattern with its words, such as `:year`, replaced. `stem` is the path below its folder.
fn expand(pattern: &str, book: &Book, stem: &str, page: &Page) -> Option<String> {
    let own = |key: &str| string(&page.front, key);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let in_name = name.get(..10).and_then(|day| day.parse::<Date>().ok());
    let bare = if in_name.is_some() { name[10..].trim_start_matches('-') } else { name };
    // MkDocs has several days of a post: `date: {created: …}`.
    let date = page.front.get("date");
    let date =
        date.and_then(|date| day(date.as_mapping().and_then(|all| all.get("created")).unwrap_or(date)));
    let date = date.or(in_name);
    let number = |value: Option<i16>, width: usize| value.map(|value| format!("{value:0width$}"));
    let is_hugo = book.tool == Tool::Hugo;
    // MkDocs makes the address of a title too.
    let of_title = || if is_hugo { urlized(&page.title) } else { slug(&page.title) };
    let has_titles = is_hugo || book.tool == Tool::Mkdocs;
    let words = |word: &str| -> Option<String> {
        Some(match word {
            "year" => number(date.map(Date::year), 4)?,
            "short_year" => number(date.map(|date| date.year() % 100), 2)?,
            "month" => number(date.map(|date| date.month().into()), 2)?,
            "i_month" => number(date.map(|date| date.month().into()), 1)?,
            "day" => number(date.map(|date| date.day().into()), 2)?,
            "i_day" => number(date.map(|date| date.day().into()), 1)?,
            "y_day" | "yearday" => number(date.map(Date::day_of_year), if has_titles { 1 } else { 3 })?,
            "title" if has_titles => of_title(),
            "slug" if has_titles => own("slug").unwrap_or_else(of_title),
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
        // `:sections[1:]` takes part of a list.
        if word[end..].starts_with('[') {
            return None;
        }
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

/// A text as part of an address, as Hugo makes it: in lower case, with `-` for spaces, and without
/// signs other than a few.
pub(super) fn urlized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_space = false;
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() || is_combining(c) || matches!(c, '.' | '/' | '_' | '-' | '+' | '~' | '@') {
            if std::mem::take(&mut is_space) && c != '-' {
                out.push('-');
            }
            out.push(c);
        } else if c.is_whitespace() && !out.is_empty() && !out.ends_with('-') {
            is_space = true;
        }
    }
    out
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn categories(page: &Page) -> Vec<String> {
    let own = page.front.get("categories").or_else(|| page.front.get("category"));
    let texts = own.map(super::front::texts).unwrap_or_default();
    let words = texts.into_iter().flat_map(str::split_whitespace);
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::urlized;

    #[test]
    fn titles_become_addresses_as_hugo_makes_them() {
        for (title, address) in [
            ("Rules v1.2", "rules-v1.2"),
            ("Leave  &  absence", "leave-absence"),
            ("A - B (draft)", "a-b-draft"),
            ("请假 制度", "请假-制度"),
            (" C++ ", "c++"),
        ] {
            assert_eq!(urlized(title), address);
        }
    }
}
