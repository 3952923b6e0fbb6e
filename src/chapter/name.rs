//! What the name of a chapter's file says: its folder, its address, its title.

use crate::text::is_cjk;

/// The folder of a name, without `/` at its end.
#[must_use]
pub fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |slash| &name[..slash])
}

pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.rfind('.').map_or(file, |dot| &file[..dot]);
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
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let stem = file.strip_suffix(".md").or_else(|| file.strip_suffix(".markdown"))?;
    ["index", "readme", "_index"].iter().position(|known| *known == stem)
}

/// The address of a chapter: `a/b.md` is published as `a/b.html`, a folder's
/// own page as `a/index.html`.
#[must_use]
pub fn url(name: &str) -> String {
    let stem = name.rfind('.').map_or(name, |dot| &name[..dot]);
    if !is_index(name) {
        return format!("{stem}.html");
    }
    match folder(name) {
        "" => "index.html".to_owned(),
        folder => format!("{folder}/index.html"),
    }
}

/// A file or folder name as a title: `travel-rules` becomes `Travel rules`,
/// Chinese stays as it is, a leading number such as `01-` goes.
#[must_use]
pub fn readable(name: &str) -> String {
    let bare =
        name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ', '、']);
    let bare = if bare.is_empty() { name } else { bare };
    if bare.chars().any(is_cjk) {
        return bare.to_owned();
    }
    let spaced = bare.replace(['-', '_'], " ");
    let spaced = spaced.trim();
    let mut letters = spaced.chars();
    letters.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
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
    }

    #[test]
    fn names_become_titles() {
        assert_eq!(readable("01-travel-rules"), "Travel rules");
        assert_eq!(readable("02、采购制度"), "采购制度");
        assert_eq!(readable("2024"), "2024");
    }
}
