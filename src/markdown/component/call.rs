//! Calls of templates that stand for a look, `{{< card >}}` of Hugo's themes, and those of GitBook
//! that show a file or a page: `{% embed url="…" %}`.

use super::line::{is_blank_to_end, near};
use super::{Reader, Tag, quoted};
use std::ops::Range;

/// Shortcodes of Hugo's themes that say how something looks, and where their words stand.
const SHORTCODES: [&str; 14] = [
    "cards",
    "card",
    "icon",
    "badge",
    "new-feature",
    "filetree/container",
    "filetree/folder",
    "filetree/file",
    "cardpane",
    "hextra/feature-grid",
    "hextra/feature-card",
    "hextra/hero-badge",
    "hextra/hero-subtitle",
    "hextra/hero-headline",
];

/// A shortcode that stands for a look.
pub(super) fn hugo(text: &str, at: usize) -> Option<Tag<'_>> {
    let line = near(&text[at..]).lines().next()?;
    let (open, close) =
        [("{{<", ">}}"), ("{{%", "%}}")].into_iter().find(|(open, _)| line.starts_with(open))?;
    let end = open.len() + line[open.len()..].find(close)?;
    let inner = line[open.len()..end].trim_start();
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/').trim_start();
    let start = at + end - inner.len();
    let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = SHORTCODES.into_iter().find(|known| *known == inner[..length].trim_end_matches('/'))?;
    Some(Tag { place: at..at + end + close.len(), name, inside: start + length..at + end, closes })
}

/// Calls of GitBook, with the argument that each needs.
const GITBOOK: [(&str, &str); 5] =
    [("embed", "url"), ("file", "src"), ("content-ref", "url"), ("page-ref", "page"), ("code", "")];

impl Reader<'_> {
    /// Reads a call of GitBook; says where it ends.
    pub(super) fn gitbook(&mut self, at: usize) -> Option<usize> {
        let line = near(&self.text[at..]).lines().next()?;
        let inner = &line[2..line.strip_prefix("{%")?.find("%}")? + 2];
        let (first, end) = (at + 2, at + 2 + inner.len() + 2);
        let words = inner.trim_start_matches(['-', ' ']);
        let start = first + inner.len() - words.len();
        let name = words.split(' ').next().unwrap_or("").trim_end_matches('-');
        if let Some(closed) = name.strip_prefix("end") {
            let open = self.hidden.get_mut(closed).filter(|open| **open > 0)?;
            *open -= 1;
            self.put(at..end, "");
            return Some(end);
        }
        let (name, argument) = GITBOOK.into_iter().find(|(known, _)| *known == name)?;
        let inside = start + name.len()..end - 2;
        if name == "code" {
            return self.titled_code(at..end, &inside);
        }
        let target = &self.text[quoted(self.text, &inside, argument)?];
        if target.trim() != target || target.is_empty() || target.contains(['<', '>']) {
            return None;
        }
        let behind = near(&self.text[end..]);
        let close = format!("{{% end{name}");
        let held = behind.split_once(close.as_str()).map(|(held, _)| held);
        // A reference has its link in it.
        let new = if name == "content-ref" && held.is_some_and(|held| held.contains("](")) {
            String::new()
        } else {
            let own = quoted(self.text, &inside, "name").map(|place| &self.text[place]);
            // The words of a link to a chapter are its address, which is hidden with it.
            let is_file = name == "file" && !target.contains(".md");
            let words = own.unwrap_or_else(|| if is_file { file_name(target) } else { target });
            format!("[{}](<{target}>)", escaped(words))
        };
        *self.hidden.entry(name).or_default() += usize::from(held.is_some());
        self.put(at..end, new);
        Some(end)
    }

    /// The title of a block of code stands behind its language.
    fn titled_code(&mut self, place: Range<usize>, inside: &Range<usize>) -> Option<usize> {
        let behind = near(&self.text[place.end..]);
        if !is_blank_to_end(behind) {
            return None;
        }
        let rest = behind.trim_start_matches(['\r', '\n', '>', ' ', '\t']);
        let fence = rest.lines().next().filter(|line| line.starts_with("```") || line.starts_with("~~~"))?;
        let end = place.end + behind.len() - rest.len() + fence.trim_end().len();
        let title = quoted(self.text, inside, "title").map(|title| &self.text[title]);
        let title = title.map(|title| title.replace(['"', '`', '~'], "'"));
        *self.hidden.entry("code").or_default() += 1;
        self.put(place.clone(), "");
        if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
            self.put(end..end, format!(" title=\"{title}\""));
        }
        Some(place.end)
    }
}

fn file_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or(path)
}

/// Words as text of Markdown.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
