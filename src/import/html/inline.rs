//! Words, links and pictures within a line.

use super::macros;
use super::tree::{Element, Node};
use super::write::Writer;
use crate::import::escape::{Around, escape, html, target};

impl Writer {
    pub(super) fn inline(&mut self, nodes: &[&Node], around: Around) -> String {
        let mut out = String::new();
        for node in nodes {
            match node {
                Node::Text(text) => {
                    let words = single_blanks(text);
                    let at_start = out.is_empty() || out.ends_with('\n');
                    let words = if at_start { words.trim_start() } else { &words };
                    let words = if out.ends_with(' ') { words.trim_start() } else { words };
                    out.push_str(&escape(words, at_start, out.chars().next_back(), around));
                }
                Node::Element(element) => self.span(element, around, &mut out),
            }
        }
        out
    }

    fn span(&mut self, element: &Element, around: Around, out: &mut String) {
        self.tell(element);
        let children: Vec<&Node> = element.children.iter().collect();
        if element.is_of("confluence-anchor-link") && !element.attribute("id").is_empty() {
            out.push_str(&format!("<a id=\"{}\"></a>", html(element.attribute("id"))));
        }
        if let Some(address) = macros::shown_elsewhere(element) {
            return out.push_str(&format!(
                "[{}]({})",
                escape(address, false, None, Around { link: true, ..around }),
                target(address)
            ));
        }
        let mark = match element.name.as_str() {
            "strong" | "b" => "**",
            "em" | "i" => "*",
            "del" | "s" | "strike" => "~~",
            "br" => return out.push_str("\\\n"),
            "img" => return image(element, out),
            "script" | "style" | "input" => return,
            "code" | "tt" | "samp" | "kbd" => return out.push_str(&inline_code(&element.words(), around)),
            "sup" | "sub" => {
                let inner = self.inline(&children, around);
                return out.push_str(&format!("<{0}>{inner}</{0}>", element.name));
            }
            "a" => return self.link(element, around, out),
            "p" | "div" if !out.is_empty() => {
                let inner = self.inline(&children, around);
                let inner = without_breaks(&inner);
                return out.push_str(&if inner.is_empty() { String::new() } else { format!("\\\n{inner}") });
            }
            _ if macros::is_struck(element) => "~~",
            _ if element.is_of("status-macro") => "**",
            _ => "",
        };
        let inner = self.inline(&children, around);
        let bare = without_breaks(&inner);
        if bare.is_empty() || mark.is_empty() {
            return out.push_str(&inner);
        }
        // Marks stand close to their words; blanks and new lines stand around them.
        let (before, behind) = inner.split_once(bare).unwrap_or_default();
        out.push_str(&format!("{before}{mark}{bare}{mark}{behind}"));
    }

    fn link(&mut self, element: &Element, around: Around, out: &mut String) {
        let around = Around { link: true, ..around };
        let inner = self.inline(&element.children.iter().collect::<Vec<_>>(), around);
        let href = element.attribute("href");
        let name = [element.attribute("name"), element.attribute("id")].into_iter().find(|id| !id.is_empty());
        if href.is_empty() || inner.trim().is_empty() {
            if let Some(id) = name.filter(|_| href.is_empty()) {
                out.push_str(&format!("<a id=\"{}\"></a>", html(id)));
            }
            return out.push_str(&inner);
        }
        let inner = without_breaks(&inner).replace("\\\n", " ").replace('\n', " ");
        out.push_str(&format!("[{inner}]({})", target(href)));
    }
}

fn image(element: &Element, out: &mut String) {
    let (src, alt) = (element.attribute("src"), element.attribute("alt"));
    if element.is_of("emoticon") {
        return out.push_str(macros::emoticon(element));
    }
    if !src.is_empty() {
        let alt = alt.replace(['[', ']', '\n', '\\'], " ");
        out.push_str(&format!("![{}]({})", alt.trim(), target(src)));
    }
}

fn inline_code(words: &str, around: Around) -> String {
    if words.is_empty() {
        return String::new();
    }
    let mut ticks = "`".to_owned();
    while words.contains(&ticks) {
        ticks.push('`');
    }
    let words = if around.cell { words.replace('|', "\\|") } else { words.to_owned() };
    let space = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{words}{space}{ticks}")
}

/// A text without the blanks and the new lines around it: nothing is to be seen of them.
pub(super) fn without_breaks(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = text.strip_prefix("\\\n") {
        text = rest.trim_start();
    }
    // A new line is a backslash and the end of the line, which trimming takes.
    loop {
        let slashes = text.len() - text.trim_end_matches('\\').len();
        match text.strip_suffix('\\').filter(|_| slashes % 2 == 1) {
            Some(rest) => text = rest.trim_end(),
            None => return text,
        }
    }
}

/// Runs of blanks as one.
pub(super) fn single_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() && c != '\u{3000}' { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}
