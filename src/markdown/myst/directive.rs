//! Directives: pictures, tables, code and formulas become those of Markdown. What a directive that
//! is not known holds is shown as text, and told; boxes are read elsewhere (see `container`).

use super::super::component::COMMENT;
use super::super::container::Instead;
use super::scan::{Directive, Scan, has_signature, is_code};
use super::{anchor, table};
use std::ops::Range;

/// Puts what stands for each directive in its place.
pub(super) fn marks(scan: &Scan<'_>, found: &mut Vec<Instead>) {
    for directive in &scan.directives {
        let mut made = Made { scan, found };
        made.options(directive);
        match directive.name {
            "image" | "figure" if !directive.argument.is_empty() => made.picture(directive),
            "list-table" => made.table(directive),
            "math" => made.around(directive, "$$", "$$"),
            "code" | "code-block" | "sourcecode" | "code-cell" | "raw" | "parsed-literal" => {
                made.code(directive, "")
            }
            "mermaid" => made.code(directive, "mermaid"),
            // Lists of the pages of a book and of the headings of a page: a site of ours has both.
            "contents" => made.gone(directive, ""),
            "toctree" | "include" | "literalinclude" | "bibliography" => made.gone(directive, COMMENT),
            name if has_signature(name) => made.text(directive),
            name if directive.is_box() || is_code(name) => {}
            _ => made.text(directive),
        }
    }
}

impl Directive<'_> {
    /// Whether it is a box that is read with those of other tools.
    fn is_box(&self) -> bool {
        super::super::container::is_directive(self.name)
    }
}

struct Made<'a, 't> {
    scan: &'a Scan<'t>,
    found: &'a mut Vec<Instead>,
}

impl Made<'_, '_> {
    fn put(&mut self, place: Range<usize>, new: impl Into<String>) {
        self.found.push(Instead { place, new: new.into(), is_words: true });
    }

    /// The lines that say how a directive looks go.
    fn options(&mut self, directive: &Directive<'_>) {
        for line in &self.scan.lines[directive.option_lines.clone()] {
            // A block of code would show them as empty lines.
            let place = match is_code(directive.name) {
                true => line.whole..(line.end() + 1).min(self.scan.text.len()),
                false => line.start..line.end(),
            };
            self.put(place, "");
        }
    }

    fn around(&mut self, directive: &Directive<'_>, open: &str, close: &str) {
        self.put(directive.open.clone(), open);
        if let Some(line) = directive.close.map(|close| &self.scan.lines[close]) {
            self.put(line.start..line.end(), close);
        }
    }

    /// What the next line begins with where it is of the same list or quotation.
    fn before(&self, directive: &Directive<'_>) -> String {
        let next = directive.option_lines.start;
        let line = &self.scan.lines[next - 1];
        let signs = &self.scan.text[line.whole..directive.open.start];
        signs.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect()
    }

    fn picture(&mut self, directive: &Directive<'_>) {
        let path = directive.argument;
        if path.contains(['<', '>', '{']) {
            return self.text(directive);
        }
        let words = directive.option("alt").unwrap_or("").replace(['[', ']', '`', '<'], " ");
        let mut new = self.anchor(directive).unwrap_or_default();
        new.push_str(&format!("![{words}](<{path}>)\n{}", self.before(directive)));
        self.around(directive, &new, "");
    }

    fn anchor(&self, directive: &Directive<'_>) -> Option<String> {
        anchor(directive.option("name").or_else(|| directive.option("label"))?)
    }

    /// The argument of a directive as a line that stands out.
    fn title(&self, directive: &Directive<'_>) -> String {
        let name = self.anchor(directive).unwrap_or_default();
        let title = match directive.name {
            // How many columns it has.
            "grid" => String::new(),
            own if own.starts_with("version") || own == "deprecated" => {
                format!("{own} {}", directive.argument)
            }
            _ => directive.argument.to_owned(),
        };
        match title.trim() {
            "" if name.is_empty() => String::new(),
            "" => format!("{name}\n{}", self.before(directive)),
            code if has_signature(directive.name) => {
                let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let sign = "`".repeat(longest + 1);
                let blank = if longest > 0 { " " } else { "" };
                format!("{name}{sign}{blank}{code}{blank}{sign}\n{}", self.before(directive))
            }
            title => format!("{name}**{}**\n{}", title.replace('*', ""), self.before(directive)),
        }
    }

    fn table(&mut self, directive: &Directive<'_>) {
        match table::marks(self.scan, directive) {
            Some(rows) => {
                let title = self.title(directive);
                self.around(directive, &title, "");
                self.found.extend(rows);
            }
            None => self.text(directive),
        }
    }

    /// A block of code in the language that stands behind its name.
    fn code(&mut self, directive: &Directive<'_>, language: &str) {
        let end = directive.open.end;
        let language = if language.is_empty() { directive.argument } else { language };
        let language = language.split_whitespace().next().unwrap_or("").replace(['`', '~'], "");
        let sign = if directive.is_colons { "```" } else { "" };
        let start = if directive.is_colons { directive.open.start } else { directive.named.start };
        self.put(start..end, format!("{sign}{language}"));
        if let Some(line) =
            directive.close.filter(|_| directive.is_colons).map(|close| &self.scan.lines[close])
        {
            self.put(line.start..line.end(), sign);
        }
    }

    /// A directive that goes, with all that it holds.
    fn gone(&mut self, directive: &Directive<'_>, sign: &str) {
        self.around(directive, sign, "");
        for line in &self.scan.lines[directive.content.clone()] {
            self.put(line.start..line.end(), "");
        }
    }

    /// Text that stands as it is.
    fn text(&mut self, directive: &Directive<'_>) {
        let title = self.title(directive);
        let before = self.before(directive);
        let new = if title.is_empty() { COMMENT.to_owned() } else { format!("{COMMENT}\n{before}{title}") };
        self.around(directive, &new, "");
    }
}
