//! Opens a place of a page in the author's editor.
//!
//! This program starts the command without a shell, so that nothing in a file's name is ever
//! interpreted. A link such as `vscode://...` is followed by the browser.

use crate::locale::{Message, Value};
use crate::message;
use std::path::Path;
use std::process::{Command, Stdio};

/// Editors by name, with the command that opens a file at a line. All of them
/// open a window and return.
const NAMES: &[(&str, &str)] = &[
    ("clion", "clion --line {line} {file}"),
    ("code", "code --goto {file}:{line}:{column}"),
    ("code-insiders", "code-insiders --goto {file}:{line}:{column}"),
    ("codium", "codium --goto {file}:{line}:{column}"),
    ("cursor", "cursor --goto {file}:{line}:{column}"),
    ("emacs", "emacsclient --no-wait +{line}:{column} {file}"),
    ("gvim", "gvim --remote-silent +{line} {file}"),
    ("idea", "idea --line {line} {file}"),
    ("kate", "kate --line {line} {file}"),
    ("mate", "mate --line {line} {file}"),
    ("notepad++", "notepad++ -n{line} {file}"),
    ("pycharm", "pycharm --line {line} {file}"),
    ("subl", "subl {file}:{line}:{column}"),
    ("vim", "gvim --remote-silent +{line} {file}"),
    ("vscode", "vscode://file{file}:{line}:{column}"),
    ("webstorm", "webstorm --line {line} {file}"),
    ("windsurf", "windsurf --goto {file}:{line}:{column}"),
    ("zed", "zed {file}:{line}:{column}"),
];

/// How a file is opened at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Editor {
    /// A program and its arguments, with `{file}`, `{line}` and `{column}`.
    Command(Vec<String>),
    /// A link with the same marks, e.g. `vscode://file{file}:{line}`.
    Link(String),
}

impl Editor {
    /// Reads what was given as `--editor`: a name, a command or a link.
    ///
    /// # Errors
    /// Where it is none of them, in words.
    pub fn parse(written: &str) -> Result<Self, Message> {
        let written = written.trim();
        let known = NAMES.iter().find(|row| row.0.eq_ignore_ascii_case(written)).map(|row| row.1);
        let text = known.unwrap_or(written);
        if !text.contains("{file}") {
            let names: Value = NAMES.iter().map(|row| row.0).collect();
            return Err(message!("preview-editor-unknown", known = names));
        }
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        if scheme
            .is_some_and(|scheme| scheme.bytes().all(|c| c.is_ascii_alphanumeric() || b"+-.".contains(&c)))
        {
            if matches!(scheme, Some("javascript" | "data" | "http" | "https" | "file")) {
                return Err(message!("preview-editor-link"));
            }
            return Ok(Self::Link(text.to_owned()));
        }
        let words = split(text)?;
        if words.first().is_none_or(|program| program.contains('{')) {
            return Err(message!("preview-editor-command"));
        }
        Ok(Self::Command(words))
    }

    /// Opens a file. A link is the browser's to follow, and nothing happens.
    ///
    /// # Errors
    /// Where the program cannot be started.
    pub fn open(&self, file: &Path, line: usize, column: usize) -> std::io::Result<()> {
        let Self::Command(words) = self else { return Ok(()) };
        let Some((program, arguments)) = words.split_first() else { return Ok(()) };
        let file = file.to_string_lossy();
        let arguments = arguments.iter().map(|word| fill(word, &file, line, column));
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Without a wait it would stay as a zombie.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

/// Replaces the placeholders in one pass, so that a name that contains one stays as it is.
fn fill(word: &str, file: &str, line: usize, column: usize) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let marks =
            [("{file}", file.to_owned()), ("{line}", line.to_string()), ("{column}", column.to_string())];
        match marks.iter().find(|(mark, _)| rest.starts_with(mark)) {
            Some((mark, value)) => {
                out.push_str(value);
                rest = &rest[mark.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// Splits a command at spaces; quotes keep words together.
fn split(text: &str) -> Result<Vec<String>, Message> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err(message!("preview-editor-quote"));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(editor: &str) -> Vec<String> {
        match Editor::parse(editor) {
            Ok(Editor::Command(words)) => words,
            other => panic!("{editor}: {other:?}"),
        }
    }

    #[test]
    fn editors_have_names_commands_and_links() {
        assert_eq!(words("code"), ["code", "--goto", "{file}:{line}:{column}"]);
        assert_eq!(words("'my editor' -n \"{file}\""), ["my editor", "-n", "{file}"]);
        assert!(matches!(Editor::parse("vscode://file{file}:{line}"), Ok(Editor::Link(_))));
        for wrong in ["nano", "", "x 'y {file}", "javascript://{file}", "{file} x"] {
            assert!(Editor::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_sorted_and_can_all_be_read() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(NAMES.iter().all(|row| Editor::parse(row.0).is_ok()));
    }

    #[test]
    fn a_name_with_marks_in_it_stays_as_it_is() {
        assert_eq!(fill("{file}:{line}{x", "/a/{line}.md", 7, 1), "/a/{line}.md:7{x");
    }
}
