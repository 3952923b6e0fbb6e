//! A file of settings with what it takes from the files beside it.
//!
//! Sidebars are often kept in files of their own, which the settings import. Nothing is
//! run: the constants of those files are put behind the text, where `literal` looks names up.

use super::tree::SourceTree;
use crate::chapter::folder;
use crate::handbook::link::join;
use std::collections::BTreeSet;

/// Files that one file of settings may draw in, and bytes of all of them.
const MOST: usize = 40;
const LARGEST: usize = 1024 * 1024;

/// A name that a file takes from another; `None` for all of its constants.
struct Import {
    name: Option<String>,
    path: String,
    /// Where the import stands in the text.
    line: std::ops::Range<usize>,
}

/// The text of a file, and behind it the constants of what it imports.
pub(super) fn joined(tree: &SourceTree, path: &str) -> String {
    let mut text = tree.text(path).map_or(String::new(), |text| text.to_string());
    let mut seen: BTreeSet<String> = BTreeSet::from([path.to_owned()]);
    let mut waiting: Vec<(String, Import)> =
        imports(&text).into_iter().map(|import| (folder(path).to_owned(), import)).collect();
    // A name is looked up by its first definition, which must not be the import itself.
    for (_, import) in &waiting {
        blank(&mut text, import.line.clone());
    }
    waiting.reverse();
    while let Some((from, import)) = waiting.pop() {
        let Some(file) = find(tree, &from, &import.path) else { continue };
        if seen.len() > MOST || text.len() > LARGEST || !seen.insert(file.clone()) {
            continue;
        }
        let mut own = tree.text(&file).map_or(String::new(), |text| text.to_string());
        let inner = imports(&own);
        inner.iter().for_each(|import| blank(&mut own, import.line.clone()));
        let name = import.name.as_deref().unwrap_or("_");
        if file.ends_with(".json") {
            own = format!("const {name} = {own}");
        }
        for export in ["export default ", "module.exports =", "module.exports=", "exports.default ="] {
            own = own.replace(export, &format!("const {name} = "));
        }
        text.push_str("\n;\n");
        text.push_str(&own);
        waiting.extend(inner.into_iter().rev().map(|import| (folder(&file).to_owned(), import)));
    }
    text
}

fn blank(text: &mut String, line: std::ops::Range<usize>) {
    let blanks: String = text[line.clone()]
        .chars()
        .map(|c| if c == '\n' { "\n".into() } else { " ".repeat(c.len_utf8()) })
        .collect();
    text.replace_range(line, &blanks);
}

/// `import a from './a'`, `import { b } from './b'`, `const c = require('./c')`.
fn imports(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
        let start = at;
        at += line.len();
        let keyword = ["import ", "const ", "let ", "var "].iter().find(|word| line.starts_with(*word));
        let Some(keyword) = keyword else { continue };
        // A list of names may go on in the lines below.
        let reach = crate::text::floor_boundary(text, start + 600);
        let rest = &text[start + keyword.len()..reach.max(start + keyword.len())];
        let sign = if *keyword == "import " { " from " } else { "require(" };
        let Some(place) = rest.find(sign) else { continue };
        let names = rest[..place].trim().trim_end_matches('=').trim();
        let after = rest[place + sign.len()..].trim_start();
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '\'' | '"')) else { continue };
        let Some(path) = after[1..].split(quote).next().filter(|path| path.starts_with('.')) else {
            continue;
        };
        let is_plain = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
        };
        let name = is_plain(names).then(|| names.to_owned());
        if name.is_none() && !(names.starts_with('{') && names.ends_with('}')) {
            continue;
        }
        let end = start
            + keyword.len()
            + place
            + sign.len()
            + (rest[place + sign.len()..].len() - after.len())
            + path.len()
            + 2;
        found.push(Import { name, path: path.to_owned(), line: start..end });
        at = at.max(end);
    }
    found
}

fn find(tree: &SourceTree, from: &str, path: &str) -> Option<String> {
    let place = join(from, path)?;
    let stem =
        [".js", ".mjs", ".ts", ".mts"].iter().find_map(|end| place.strip_suffix(end)).unwrap_or(&place);
    let endings = [".ts", ".js", ".mts", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
    let names = std::iter::once(place.clone()).chain(endings.iter().map(|end| format!("{stem}{end}")));
    names.into_iter().find(|name| tree.text(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::literal;
    use super::super::tree::{SourceFile, SourceTree};
    use super::*;

    fn tree(files: &[(&str, &str)]) -> SourceTree {
        let mut tree = SourceTree::default();
        for (path, text) in files {
            tree.files.insert((*path).to_owned(), SourceFile::of_text(*text));
        }
        tree
    }

    #[test]
    fn what_a_file_imports_is_read_with_it() {
        let tree = tree(&[
            (
                "a/config.ts",
                "import { defineConfig } from 'vitepress'\nimport {\n  guide,\n  admin as other } from './side/index.js'\nimport nav from \"./nav\"\nconst more = require('./more.json')\nexport default defineConfig({ nav, sidebar: { '/g/': guide }, more })\n",
            ),
            (
                "a/side/index.ts",
                "import { deep } from '../deep'\nexport const guide: Items = [...deep, '/g/a']\nexport default {}\n",
            ),
            ("a/deep.js", "export const deep = ['/g/b'];\n"),
            ("a/nav.js", "module.exports = ['/x']\n"),
            ("a/more.json", "{\"k\": 1}"),
        ]);
        let value = literal::parse(&joined(&tree, "a/config.ts")).expect("a value");
        let list = |keys: &[&str]| -> Vec<&str> {
            value
                .at(keys)
                .map_or(Vec::new(), |list| list.items().iter().filter_map(|item| item.text()).collect())
        };
        assert_eq!(list(&["sidebar", "/g/"]), ["/g/b", "/g/a"]);
        assert_eq!(list(&["nav"]), ["/x"]);
        assert!(value.at(&["more", "k"]).is_some());
    }

    #[test]
    fn files_that_import_one_another_are_read_once() {
        let tree = tree(&[
            ("a.js", "import b from './b'\nexport default { b }"),
            ("b.js", "import a from './a'\nimport x from '../../out'\nexport default [1, a]"),
        ]);
        assert!(joined(&tree, "a.js").len() < 400);
        assert!(literal::parse(&joined(&tree, "a.js")).is_some());
        assert_eq!(joined(&tree, "none.js"), "");
    }
}
