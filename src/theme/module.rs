//! Parses a script of a theme as a module: its imports, its exports, and the rest.
//!
//! This is not a parser of JavaScript. An import or export is recognized only at the very
//! beginning of a line and only in the few forms that our scripts use. Any other form is an
//! error with its place.

use crate::text::Span;

/// A module without its imports and with plain declarations for its exports.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Module {
    /// What it imports, in the order of its lines.
    pub(super) imports: Vec<Import>,
    /// The names that it exports.
    pub(super) exports: Vec<String>,
    /// Everything else.
    pub(super) body: String,
}

/// `import { theirs as ours } from "path";` or `import * as ours from "path";`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    /// The path as it is written, e.g. `./search-text.js`.
    pub(super) path: String,
    /// The place of the statement.
    pub(super) span: Span,
    /// What is imported.
    pub(super) taken: Imported,
}

/// What an import imports.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Imported {
    /// Pairs of exported name and local name.
    Names(Vec<(String, String)>),
    /// All exports, as one value of this name.
    All(String),
}

/// Parses a script; an error is the place of a statement that is not supported.
pub(super) fn parse(text: &str) -> Result<Module, Span> {
    let mut module = Module::default();
    let mut at = 0;
    while let Some(line) = text[at..].split_inclusive('\n').next() {
        let behind =
            |word: &str| line.strip_prefix(word).filter(|rest| rest.starts_with([' ', '{', '*', '"']));
        let (is_import, exported) = (behind("import").is_some(), behind("export").map(str::trim_start));
        // Lists may span lines; declarations stay where they are.
        let end = if is_import || exported.is_some_and(|rest| rest.starts_with('{')) {
            text[at..].find(';').map_or(text.len(), |length| at + length + 1)
        } else {
            at + line.trim_end().len()
        };
        let statement = &text[at..end];
        if is_import {
            module.imports.push(import(statement, &(at..end)).ok_or(at..end)?);
        } else if let Some(rest) = exported {
            let declared = statement.strip_prefix("export").unwrap_or_default().trim();
            module.exports.extend(export(declared).ok_or(at..end)?);
            if !declared.starts_with('{') {
                module.body.push_str(rest);
            }
        } else {
            module.body.push_str(line);
        }
        let is_kept = !is_import && exported.is_none_or(|rest| !rest.starts_with('{'));
        at = if is_kept { at + line.len() } else { end + usize::from(text[end..].starts_with('\n')) };
    }
    Ok(module)
}

fn import(statement: &str, span: &Span) -> Option<Import> {
    let statement = statement.strip_prefix("import")?.strip_suffix(';')?.trim();
    let (taken, path) = statement.rsplit_once("from")?;
    let path = path.trim().strip_prefix('"')?.strip_suffix('"')?.to_owned();
    let taken = taken.trim();
    let taken = if let Some(name) = taken.strip_prefix('*') {
        Imported::All(identifier(name.trim().strip_prefix("as ")?.trim())?)
    } else {
        Imported::Names(names(taken)?)
    };
    Some(Import { path, span: span.clone(), taken })
}

/// `{ a, b as c }` as pairs.
fn names(list: &str) -> Option<Vec<(String, String)>> {
    let list = list.strip_prefix('{')?.strip_suffix('}')?;
    let pair = |part: &str| {
        let (theirs, ours) = part.split_once(" as ").unwrap_or((part, part));
        Some((identifier(theirs.trim())?, identifier(ours.trim())?))
    };
    list.split(',').map(str::trim).filter(|part| !part.is_empty()).map(pair).collect()
}

/// The names that a declaration after `export` exports.
fn export(declaration: &str) -> Option<Vec<String>> {
    if declaration.starts_with('{') {
        let list = names(declaration.strip_suffix(';')?)?;
        return list.into_iter().map(|(theirs, ours)| (theirs == ours).then_some(theirs)).collect();
    }
    // `let` would need a live binding, and `default` has no name.
    let kinds = ["function ", "async function ", "class ", "const "];
    let rest = kinds.iter().find_map(|kind| declaration.strip_prefix(kind))?;
    let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
    Some(vec![identifier(&rest[..end])?])
}

fn identifier(name: &str) -> Option<String> {
    let good = !name.is_empty() && name.chars().all(is_letter);
    good.then(|| name.to_owned())
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_and_exports_are_taken_out() {
        let module = parse(
            "import { a, b as c } from \"./x.js\";\nimport {\n  d,\n} from \"./y.js\";\nimport * as e from \"../z.js\";\n\
             export async function f() {}\nexport class G {}\n  export h\nimportant();\nconst i = 1;\nexport {\n  i,\n};\n",
        )
        .expect("a module");
        let names = |list: &[(&str, &str)]| {
            Imported::Names(list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
        };
        let taken: Vec<_> = module.imports.iter().map(|import| (&*import.path, &import.taken)).collect();
        let all = Imported::All("e".into());
        assert_eq!(
            taken,
            [
                ("./x.js", &names(&[("a", "a"), ("b", "c")])),
                ("./y.js", &names(&[("d", "d")])),
                ("../z.js", &all)
            ]
        );
        assert_eq!(module.exports, ["f", "G", "i"]);
        assert_eq!(
            module.body,
            "async function f() {}\nclass G {}\n  export h\nimportant();\nconst i = 1;\n"
        );
    }

    #[test]
    fn other_forms_are_faults_with_their_place() {
        for (text, fault) in [
            ("a();\nexport default 1;\n", "export default 1;"),
            ("export let a = 1;", "export let a = 1;"),
            ("export { a as b };", "export { a as b };"),
            ("import a from \"./b.js\";\n", "import a from \"./b.js\";"),
            ("import \"./b.js\";", "import \"./b.js\";"),
            ("import { a } from './b.js';", "import { a } from './b.js';"),
            ("import { a } from \"./b.js\"", "import { a } from \"./b.js\""),
        ] {
            assert_eq!(parse(text).map_err(|span| &text[span]), Err(fault));
        }
    }
}
