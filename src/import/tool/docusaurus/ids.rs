//! The names under which sidebars mention chapters.

use crate::chapter::{folder, is_index, without_suffix};
use crate::import::tree::{SourceTree, from_folder, within};
use std::collections::BTreeMap;

/// The chapters by their ids: the path, or what `id` in the front matter says.
pub(super) fn ids(tree: &SourceTree, root: &str) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    for path in tree.below(root) {
        let Some(stem) = without_suffix(path).and_then(|stem| from_folder(root, stem)) else { continue };
        let bare = stem.split('/').map(without_number).collect::<Vec<_>>().join("/");
        if is_index(path) {
            ids.entry(folder(&bare).to_owned()).or_insert_with(|| path.to_owned());
        }
        if let Some(own) = tree.text(path).and_then(|text| own_id(text)) {
            ids.insert(within(folder(&bare), &own), path.to_owned());
        }
        ids.entry(stem.to_owned()).or_insert_with(|| path.to_owned());
        ids.entry(bare).or_insert_with(|| path.to_owned());
    }
    ids
}

/// A name without the number that orders it: `01-intro` is `intro`.
pub(in crate::import) fn without_number(name: &str) -> &str {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = digits.trim_start_matches([' ', '-', '_', '.']);
    if digits.len() < name.len()
        && rest.len() < digits.len()
        && !rest.is_empty()
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        rest
    } else {
        name
    }
}

fn own_id(text: &str) -> Option<String> {
    let head = text.strip_prefix("---")?;
    let head = &head[..head.find("\n---")?];
    let line = head.lines().find_map(|line| line.strip_prefix("id:"))?;
    Some(line.trim().trim_matches(['"', '\'']).to_owned()).filter(|id| !id.is_empty())
}
