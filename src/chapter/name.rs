//! What the name of a chapter's file says: its folder, its address, its title.

use crate::text::is_cjk;

/// The folder of a name, without `/` at its end.
#[must_use]
pub fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |slash| &name[..slash])
}

/// What names of chapters end in, the longest of a kind first. Those of other tools are
/// read as well: MDX, and templates that make Markdown or pages.
const SUFFIXES: [&str; 8] =
    [".html.md.erb", ".html.markdown", ".html.md", ".md.erb", ".md.tmpl", ".markdown", ".mdx", ".md"];

/// A name without what makes it that of a chapter, in any case; `None` where it is that of
/// another file.
#[must_use]
pub fn without_suffix(name: &str) -> Option<&str> {
    SUFFIXES.iter().find_map(|suffix| {
        let (stem, end) = name.split_at_checked(name.len().checked_sub(suffix.len())?)?;
        end.eq_ignore_ascii_case(suffix).then_some(stem)
    })
}

pub(super) fn stem(name: &str) -> &str {
    let stem = without_suffix(name).unwrap_or(name);
    let stem = stem.rsplit('/').next().unwrap_or(stem);
    if is_index(name) && name.contains('/') { folder(name).rsplit('/').next().unwrap_or(stem) } else { stem }
}

/// Whether a name is that of its folder's own page.
#[must_use]
pub fn is_index(name: &str) -> bool {
    index_rank(name).is_some()
}

/// Which of a folder's files is its own page: the lowest rank wins.
#[must_use]
pub fn index_rank(name: &str) -> Option<usize> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = without_suffix(file)?;
    ["index", "readme", "_index"].iter().position(|known| stem.eq_ignore_ascii_case(known))
}

/// The address of a chapter: `a/b.md`, or `a/b.mdx`, is published as `a/b.html`, a folder's
/// own page as `a/index.html`.
#[must_use]
pub fn url(name: &str) -> String {
    let stem = without_suffix(name).unwrap_or(name);
    if !is_index(name) {
        return format!("{stem}.html");
    }
    match folder(name) {
        "" => "index.html".to_owned(),
        folder => format!("{folder}/index.html"),
    }
}

/// A file or folder name as a title: `travel-rules` becomes `Travel rules`,
/// Chinese stays as it is, a number that only orders files, such as `01-`, goes.
#[must_use]
pub fn readable(name: &str) -> String {
    let bare = without_order(name);
    if bare.chars().any(is_cjk) {
        return bare.to_owned();
    }
    let spaced = spaced(bare);
    let spaced = spaced.trim();
    let mut letters = spaced.chars();
    letters.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// A name without the number before it by which files are ordered: `01-`, `01_`, `1.`
/// or `1、` before words. A year, a date or a version is part of the name.
pub(crate) fn without_order(name: &str) -> &str {
    const SIGNS: [char; 4] = ['-', '_', '.', '、'];
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let signs = name[digits..].trim_start_matches(' ');
    let words = signs.trim_start_matches(SIGNS).trim_start_matches(' ');
    let numbered = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let are_words = match words.len() == numbered.len() {
        true => words.starts_with(char::is_alphanumeric),
        // 01-2024年制度
        false => words.len() - numbered.len() == 4 && numbered.starts_with('年'),
    };
    if (1..=3).contains(&digits) && signs.starts_with(SIGNS) && are_words { words } else { name }
}

/// A name with spaces for `-` and `_`, but between digits, where they are a date's.
fn spaced(name: &str) -> String {
    let bytes = name.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let within = |at: usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    let space = |(at, c)| if matches!(c, '-' | '_') && !within(at) { ' ' } else { c };
    name.char_indices().map(space).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_files() {
        assert_eq!(url("operations/淘宝运营.md"), "operations/淘宝运营.html");
        assert_eq!(url("operations/README.md"), "operations/index.html");
        assert_eq!(url("_index.md"), "index.html");
        assert_eq!(url("v1.2.md"), "v1.2.html");
        assert_eq!(url("a/manuals.html.md.erb"), "a/manuals.html");
        assert_eq!(url("docs/README.MDX"), "docs/index.html");
        assert_eq!(url("v1.2.mdx"), "v1.2.html");
    }

    #[test]
    fn chapters_are_told_by_their_suffix() {
        assert_eq!(without_suffix("a/b.md.tmpl"), Some("a/b"));
        assert_eq!(without_suffix("制度.Markdown"), Some("制度"));
        for name in ["a.html", "md", "a.erb", "图.md.png", "度md", "a.tmpl"] {
            assert_eq!(without_suffix(name), None, "{name}");
        }
    }

    #[test]
    fn names_become_titles() {
        assert_eq!(readable("01-travel-rules"), "Travel rules");
        assert_eq!(readable("02、采购制度"), "采购制度");
        for (name, title) in [
            ("01_travel", "Travel"),
            ("1.总则", "总则"),
            ("10 - Leave", "Leave"),
            ("01-2024年制度", "2024年制度"),
            ("travel_rules-2024", "Travel rules 2024"),
            ("2023-02-23-notes", "2023-02-23 notes"),
        ] {
            assert_eq!(readable(name), title);
        }
        for name in ["2024", "2024年制度", "2023-02-23", "3d", "18f", "1.2", "01", "5、6月"] {
            assert_eq!(readable(name), name);
        }
        assert_eq!(readable("2024-budget"), "2024 budget");
    }
}
