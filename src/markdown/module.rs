//! Code of MDX between blocks of text: `import … from "…"`, `export …`. It goes on over empty lines
//! as long as a bracket is open.

use super::component::COMMENT;
use super::container::Instead;
use super::verbatim;
use std::ops::Range;

/// Words behind `export` that begin code, with what else its line must hold, so that prose is none.
const EXPORTS: [(&str, &[char]); 12] = [
    ("const ", &['=']),
    ("let ", &['=', ';']),
    ("var ", &['=', ';']),
    ("function ", &['(']),
    ("function* ", &['(']),
    ("async function", &['(']),
    ("class ", &['{']),
    ("abstract class ", &['{']),
    ("type ", &['=', '{']),
    ("interface ", &['{']),
    ("enum ", &['{']),
    ("{", &['{']),
];

/// Whether a line begins code.
pub(crate) fn begins(line: &str) -> bool {
    let line = line.trim_end();
    if let Some(rest) = line.strip_prefix("import ") {
        return is_import(rest.trim_start());
    }
    let Some(rest) = line.strip_prefix("export").map(str::trim_start) else { return false };
    let is_apart = line.starts_with("export ") || rest.starts_with(['{', '*']);
    if !is_apart {
        return false;
    }
    if let Some(rest) = rest.strip_prefix('*') {
        let rest = rest.trim_start();
        return rest.starts_with("from ") || rest.starts_with("as ");
    }
    match rest.strip_prefix("default ").map(str::trim_start) {
        Some(rest) => is_default(rest),
        None => EXPORTS.iter().any(|(word, signs)| rest.starts_with(word) && rest.contains(*signs)),
    }
}

/// What stands behind `import`: names and a path in quotation marks, or a list of names that goes on.
fn is_import(rest: &str) -> bool {
    let path = match rest.split_once(" from ") {
        Some((_, path)) => path.trim_start(),
        None if rest.starts_with(['"', '\'']) => rest,
        None => return rest.contains('{') && !rest.contains('}') && rest.ends_with(['{', ',']),
    };
    let Some(quote) = path.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
    let behind = path[1..].split_once(quote).map(|(_, behind)| behind.trim_start());
    behind.is_some_and(|behind| {
        let begins = [";", "//", "/*", "with {", "assert {"];
        behind.is_empty() || begins.iter().any(|begin| behind.starts_with(begin))
    })
}

/// What stands behind `export default`: an expression, and no sentence.
fn is_default(rest: &str) -> bool {
    let words = ["function", "async ", "class ", "new ", "await "];
    if rest.starts_with(['{', '(', '[', '<', '"', '\'', '`'])
        || words.iter().any(|word| rest.starts_with(word))
    {
        return true;
    }
    let behind =
        rest.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$')).trim_start();
    behind.len() < rest.len() && (behind.is_empty() || behind.starts_with([';', '(', '.', '=']))
}

/// The code of a text, each stretch by the lines that it takes, in order.
pub(crate) fn ranges(text: &str) -> Vec<Range<usize>> {
    if !text.contains("import ") && !text.contains("export") {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    // Code that is never closed is looked for to the end; often that would cost too much.
    let mut budget = text.len() * 4 + 10_000;
    let (mut at, mut may_begin) = (0, true);
    while at < text.len() {
        let line = line_at(text, at);
        if may_begin && begins(line) && !verbatim::holds(&code, at) {
            let end = end_of(text, at, &mut budget);
            match found.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = end,
                None => found.push(at..end),
            }
            at = end;
            continue;
        }
        may_begin = line.trim().is_empty() || line.starts_with('#');
        at += line.len();
    }
    found
}

/// The line that begins at a place, with its end.
fn line_at(text: &str, at: usize) -> &str {
    text[at..].split_inclusive('\n').next().unwrap_or("")
}

/// Where the code ends that begins at a place.
fn end_of(text: &str, start: usize, budget: &mut usize) -> usize {
    let mut code = Code::default();
    let (mut at, mut paragraph) = (start, None);
    while at < text.len() {
        let line = line_at(text, at);
        if line.trim().is_empty() {
            if code.depth == 0 && !code.is_open() {
                return at;
            }
            paragraph = paragraph.or(Some(at));
        }
        *budget = match budget.checked_sub(line.len()) {
            Some(left) => left,
            None => return paragraph.unwrap_or(at + line.len()),
        };
        code.line(line);
        at += line.len();
        if code.depth == 0 && !code.is_open() && !goes_on(line, line_at(text, at)) {
            return at;
        }
    }
    // What no bracket closes is no more than its paragraph.
    if code.depth == 0 { at } else { paragraph.unwrap_or(at) }
}

/// Whether a statement goes on in the next line.
fn goes_on(line: &str, next: &str) -> bool {
    let line = line.trim_end();
    let signs = ['=', ',', '(', '+', '?', '|', '&', '>'];
    !next.trim().is_empty()
        && (line.ends_with(signs) && !line.ends_with("/>")
            || next.starts_with([' ', '\t', '.', ')', '}', ']']))
}

/// How far code has been read.
#[derive(Default)]
struct Code {
    depth: usize,
    /// The quotation mark that is open; only `` ` `` goes on over lines.
    quote: Option<char>,
    is_comment: bool,
}

impl Code {
    const fn is_open(&self) -> bool {
        self.quote.is_some() || self.is_comment
    }

    fn line(&mut self, line: &str) {
        let mut signs = line.chars().peekable();
        while let Some(c) = signs.next() {
            if self.is_comment {
                self.is_comment = !(c == '*' && signs.next_if_eq(&'/').is_some());
                continue;
            }
            match self.quote {
                Some(_) if c == '\\' => {
                    signs.next();
                }
                Some(quote) if c == quote => self.quote = None,
                Some(_) => {}
                None => match c {
                    '"' | '\'' | '`' => self.quote = Some(c),
                    '/' if signs.peek() == Some(&'/') => break,
                    '/' if signs.next_if_eq(&'*').is_some() => self.is_comment = true,
                    '{' | '(' | '[' => self.depth += 1,
                    '}' | ')' | ']' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                },
            }
        }
        self.quote = self.quote.filter(|quote| *quote == '`');
    }
}

/// What stands for the code of a text: it is left out, and told.
pub(super) fn marks(text: &str) -> Vec<Instead> {
    let mut found = Vec::new();
    for place in ranges(text) {
        let mut at = place.start;
        for line in text[place].split_inclusive('\n') {
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            let new = if found.is_empty() || begins(line) { COMMENT } else { "" };
            found.push(Instead { place: at..end, new: new.to_owned(), is_words: true });
            at += line.len();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{begins, ranges};

    #[test]
    fn code_is_known_by_its_first_line() {
        for line in [
            "import A from './a'",
            "import A, { b } from \"./a\"; // c",
            "import './a.css';",
            "import * as x from 'x'",
            "import {",
            "export * from './b'",
            "export {a} from 'b'",
            "export{a}",
            "export async function f() {",
            "export class C extends D {",
            "export default Layout;",
            "export default ({children}) => <div>{children}</div>",
            "export const a = 1",
        ] {
            assert!(begins(line), "{line}");
        }
        for line in [
            "import is a word",
            "import goods from 'abroad' with care",
            "export class documents by mail",
            "export default values are kept",
            "export is a word",
            "exports {",
            "export function keys",
        ] {
            assert!(!begins(line), "{line}");
        }
    }

    #[test]
    fn code_goes_on_over_empty_lines_while_a_bracket_is_open() {
        for (text, code) in [
            ("import A from 'a'\n# T\n", "import A from 'a'\n"),
            (
                "export const a = {\n  b: 1,\n\n  c: '}',\n};\n\nT\n",
                "export const a = {\n  b: 1,\n\n  c: '}',\n};\n",
            ),
            (
                "export function f() {\n  return `\n\n}`;\n}\nT\n",
                "export function f() {\n  return `\n\n}`;\n}\n",
            ),
            ("export const a =\n  1;\nT\n", "export const a =\n  1;\n"),
            ("export const a = {\n\nT\n", "export const a = {\n"),
            ("T\nimport A from 'a'\n", ""),
        ] {
            let found: String = ranges(text).into_iter().map(|place| &text[place]).collect();
            assert_eq!(found, code, "{text}");
        }
        for part in ["export const a = {\n\n", "import {\n", "export const a = `\n", "export default (\n"] {
            ranges(&part.repeat(30_000));
        }
    }
}
