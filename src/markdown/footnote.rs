//! Footnotes, numbered in the order in which they are first referred to. What nothing
//! refers to stands behind them: an author's text does not disappear.

use std::collections::HashMap;
use std::fmt::Write as _;

/// Footnotes of a chapter.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// Names in order of first reference, with how often each is referred to.
    order: Vec<(String, u32)>,
    numbers: HashMap<String, usize>,
    /// Name and text of each definition, in the order of the chapter.
    definitions: Vec<(String, String)>,
}

impl Footnotes {
    /// Writes a reference.
    pub(super) fn refer(&mut self, name: &str, out: &mut String) {
        let next = self.order.len() + 1;
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.order.push((name.to_owned(), 0));
        }
        let times = &mut self.order[number - 1].1;
        *times += 1;
        let id = back_id(number, *times);
        let _ = write!(
            out,
            "<sup class=\"footnote-reference\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>"
        );
    }

    /// Keeps the finished text of a definition; the first of a name counts.
    pub(super) fn define(&mut self, name: String, html: String) {
        self.definitions.push((name, html));
    }

    /// Writes the list of all.
    pub(super) fn write(&self, out: &mut String, label: &str, back: &str) {
        let mut texts: HashMap<&str, &str> = HashMap::new();
        let mut others = Vec::new();
        for (name, html) in &self.definitions {
            let is_first = !texts.contains_key(name.as_str());
            if is_first && self.numbers.contains_key(name) {
                texts.insert(name, html);
            } else {
                others.push(html.trim_end());
            }
        }
        if self.order.is_empty() && others.is_empty() {
            return;
        }
        let _ = writeln!(out, "<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>");
        for (at, (name, times)) in self.order.iter().enumerate() {
            let number = at + 1;
            let html = texts.get(name.as_str()).map_or("", |html| html.trim_end());
            let (body, end) = match html.strip_suffix("</p>") {
                Some(body) => (body, "</p>"),
                None => (html, ""),
            };
            let _ = write!(out, "<li id=\"fn-{number}\">{body}");
            for time in 1..=*times {
                let id = back_id(number, time);
                let _ =
                    write!(out, " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{back} {number}");
                if time > 1 {
                    let _ = write!(out, "-{time}");
                }
                out.push_str("\">↩</a>");
            }
            let _ = writeln!(out, "{end}</li>");
        }
        for (number, html) in (self.order.len() + 1..).zip(others) {
            let _ = writeln!(out, "<li id=\"fn-{number}\">{html}</li>");
        }
        out.push_str("</ol>\n</section>\n");
    }
}

fn back_id(number: usize, time: u32) -> String {
    if time == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{time}") }
}
