//! Formulas and diagrams as a page shows them.

use super::super::{RawHtml, escape};
use super::{Target, Writer};
use crate::figure::{self, Leads};
use std::fmt::Write as _;

/// What stands for a figure while raw HTML is cleaned, before and behind its number. In
/// cleaned HTML only an element reads so: quotes and `<` are escaped elsewhere.
const WAITING: (&str, &str) = ("<span data-figure=\"", "\"></span>");

impl Writer<'_, '_> {
    /// A formula, in a line of its own or within one.
    pub(super) fn formula(&mut self, tex: &str, display: bool) {
        self.flush_break('x');
        match figure::mathml(tex, display, &self.options.cache) {
            Ok(math) if display => self.boxed_formula(math),
            Ok(math) => self.drawing(math),
            Err(_) => escape::text(&mut self.out, tex),
        }
        self.last = 'x';
    }

    fn boxed_formula(&mut self, math: String) {
        self.out.push_str("<span class=\"formula\" tabindex=\"0\" role=\"group\" aria-label=\"");
        escape::text(&mut self.out, self.resolve.word("formula"));
        self.out.push_str("\">");
        self.drawing(math);
        self.out.push_str("</span>");
    }

    /// Whether a block of code is a figure that can be read, and was written.
    pub(super) fn is_figure(&mut self, info: &str, code: &str) -> bool {
        if figure::is_formula(info)
            && let Ok(math) = figure::mathml(code, true, &self.options.cache)
        {
            self.out.push_str("<p>");
            self.boxed_formula(math);
            self.out.push_str("</p>\n");
            return true;
        }
        figure::is_diagram(info) && self.diagram(code)
    }

    fn diagram(&mut self, code: &str) -> bool {
        // What is quoted stands on a page that counts its own.
        let quoted = self.part.as_ref().map(|part| format!("{}-", part.start)).unwrap_or_default();
        let prefix = format!("Hb-diagram-{quoted}{}-", self.diagrams);
        let resolve = self.resolve;
        let mut leads = |destination: &str| match resolve.link(destination) {
            _ if destination.is_empty() => Leads::Nowhere,
            Target::Address(address) => Leads::To { address, external: false },
            Target::External if escape::is_safe(destination) => {
                Leads::To { address: destination.to_owned(), external: true }
            }
            _ => Leads::Nowhere,
        };
        let name = resolve.word("diagram");
        let Ok(drawn) = figure::draw(code, name, &prefix, &mut leads, &self.options.cache) else {
            return false;
        };
        self.diagrams += 1;
        let class = if drawn.is_wide { "diagram-box is-wide" } else { "diagram-box" };
        let _ = write!(
            self.out,
            "<figure class=\"diagram\"><div class=\"{class}\" tabindex=\"0\" role=\"group\" aria-label=\""
        );
        escape::text(&mut self.out, name);
        self.out.push_str("\">");
        self.drawing(drawn.svg);
        self.out.push_str("</div>\n<details><summary>");
        escape::text(&mut self.out, resolve.word("diagram_source"));
        self.out.push_str("</summary>\n<pre class=\"code\" data-language=\"mermaid\" tabindex=\"0\"><code class=\"language-mermaid\">");
        escape::text(&mut self.out, code);
        self.out.push_str("</code></pre></details></figure>\n");
        true
    }

    /// Writes a figure, or what stands for it until raw HTML is cleaned.
    fn drawing(&mut self, html: String) {
        if self.document.has_raw_html && self.options.raw_html == RawHtml::Sanitize {
            let _ = write!(self.out, "{}{}{}", WAITING.0, self.figures.len(), WAITING.1);
            self.figures.push(html);
        } else {
            self.out.push_str(&html);
        }
    }
}

/// Cleaned HTML with its figures.
pub(super) fn restored(html: &str, figures: &[String]) -> String {
    if figures.is_empty() {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len() + figures.iter().map(String::len).sum::<usize>());
    let mut rest = html;
    while let Some(at) = rest.find(WAITING.0) {
        out.push_str(&rest[..at]);
        rest = &rest[at + WAITING.0.len()..];
        let number = rest.find(WAITING.1).map(|end| (end, rest[..end].parse::<usize>()));
        match number {
            Some((end, Ok(number))) => {
                out.push_str(figures.get(number).map_or("", String::as_str));
                rest = &rest[end + WAITING.1.len()..];
            }
            _ => out.push_str(WAITING.0),
        }
    }
    out.push_str(rest);
    out
}
