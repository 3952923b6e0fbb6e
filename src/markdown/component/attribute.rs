//! What attributes of elements say in code, where that is plain: `src={require('./a.png').default}`
//! of MDX, `:src="withBase('/a.png')"` of Vue. What only running it would tell is left out; where
//! that was an address, it is told.

use super::{Reader, WITHIN, end_of};
use crate::markdown::VOID;
use std::collections::HashMap;

/// Functions that only make an address whole.
const CALLS: [&str; 4] = ["require(", "useBaseUrl(", "withBase(", "$withBase("];

/// Attributes that name an address, as Vue has them where code says it.
const BOUND: [(&str, &str); 4] =
    [(":src=\"", "src"), (":href=\"", "href"), ("v-bind:src=\"", "src"), ("v-bind:href=\"", "href")];

/// Paths by the names under which a text imports them.
pub(super) fn imports(text: &str) -> HashMap<&str, &str> {
    if text.contains("import ") { text.lines().filter_map(imported).collect() } else { HashMap::new() }
}

/// `import name from 'path';`
fn imported(line: &str) -> Option<(&str, &str)> {
    let (name, path) = line.strip_prefix("import ")?.split_once(" from ")?;
    Some((name.trim(), path.trim().trim_end_matches(';').trim_matches(['"', '\''])))
}

impl Reader<'_> {
    /// Reads the attributes of an element.
    pub(super) fn attributes(&mut self, at: usize) {
        let rest = &self.text[at..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_lowercase()) {
            return;
        }
        let Some(tag) = end_of(rest).map(|end| &rest[..end]) else { return };
        if tag.contains("={") {
            self.braced(at, tag);
        }
        if tag.contains(":src=") || tag.contains(":href=") {
            self.bound(at, tag);
        }
        let name = tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        // `<https://…/>` is an address.
        let is_element = tag[1 + name.len()..].starts_with([' ', '\t', '\n', '/']);
        if is_element && tag.ends_with("/>") && !VOID.contains(&name) {
            // Only of MDX and Vue is this an end. The tag counts as one that is known.
            let end = at + tag.len();
            self.put(at..at + 1, "<");
            self.put(end - 2..end, format!("></{name}>"));
        }
    }

    fn braced(&mut self, at: usize, tag: &str) {
        let mut from = 0;
        while let Some(sign) = tag[from..].find("={").map(|sign| from + sign) {
            let Some(end) = closed(&tag[sign + 1..]).map(|end| sign + 1 + end) else { return };
            let new = self.plain(tag[sign + 2..end - 1].trim());
            let name = tag[..sign].rfind(char::is_whitespace).unwrap_or(sign);
            let place = match new {
                Some(_) => at + sign + 1..at + end,
                None => at + name..at + end,
            };
            if new.is_none() && matches!(tag[name..sign].trim(), "src" | "href") {
                self.lost(at);
            }
            if !self.text[place.clone()].contains('\n') {
                self.put(place, new.map_or(String::new(), |new| format!("\"{new}\"")));
            }
            from = end;
        }
    }

    fn bound(&mut self, at: usize, tag: &str) {
        for (sign, name) in BOUND {
            let Some(found) = tag.find(sign).filter(|found| tag[..*found].ends_with(char::is_whitespace))
            else {
                continue;
            };
            let start = found + sign.len();
            let Some(end) = tag[start..].find('"').map(|end| start + end) else { continue };
            match self.plain(tag[start..end].trim()) {
                Some(path) => self.put(at + found..at + end + 1, format!("{name}=\"{path}\"")),
                None => self.lost(at),
            }
        }
    }

    /// The picture or link of a tag is not shown: told as a component's tag is.
    fn lost(&mut self, at: usize) {
        self.put(at..at + 1, format!("{WITHIN}<"));
    }

    /// The text that code is, as far as it is plain.
    fn plain(&self, code: &str) -> Option<String> {
        let inner = code.strip_suffix(".default").unwrap_or(code);
        let called = CALLS.iter().find_map(|call| inner.strip_prefix(call)?.strip_suffix(')'));
        let inner = called.unwrap_or(code).trim();
        let quoted =
            ['"', '\'', '`'].into_iter().find_map(|quote| inner.strip_prefix(quote)?.strip_suffix(quote));
        let is_number = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
        let imported = || self.imports.get(inner.trim_end_matches(".src")).copied();
        let text = quoted.or(is_number.then_some(inner)).or_else(imported)?;
        let text = text.strip_prefix("@site/").map_or_else(|| text.to_owned(), |rest| format!("/{rest}"));
        (!text.contains(['"', '$', '\n', '<', '>'])).then_some(text)
    }
}

/// Where the brace is closed that a text begins with.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return Some(at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}
