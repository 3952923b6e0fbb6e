//! Tables: as Markdown where it can write them, else as HTML.

use super::inline::single_blanks;
use super::tree::{Element, Node};
use super::write::{BLOCKS, Writer, holds_block};
use crate::import::escape::{Around, html};

impl Writer {
    pub(super) fn table(&mut self, table: &Element) -> String {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        let is_cell = |cell: &&Element| matches!(cell.name.as_str(), "td" | "th");
        let is_plain = |cell: &Element| {
            let one = |name: &str| matches!(cell.attribute(name), "" | "1");
            let blocks = cell.elements().filter(|inner| BLOCKS.contains(&inner.name.as_str()));
            let blocks: Vec<&str> = blocks.map(|inner| inner.name.as_str()).collect();
            one("colspan")
                && one("rowspan")
                && blocks.iter().all(|name| matches!(*name, "p" | "div"))
                && !cell.elements().any(|inner| inner.name != "p" && holds_block(inner))
        };
        let plain = rows.iter().all(|row| row.elements().filter(is_cell).all(is_plain));
        let width = rows.iter().map(|row| row.elements().filter(is_cell).count()).max().unwrap_or(0);
        if width == 0 {
            return String::new();
        }
        if !plain {
            return self.raw_table(&rows);
        }
        let around = Around { cell: true, ..Around::default() };
        let mut lines = Vec::new();
        for row in &rows {
            let cells: Vec<String> = row
                .elements()
                .filter(is_cell)
                .map(|cell| {
                    let text = self.inline(&cell.children.iter().collect::<Vec<_>>(), around);
                    text.trim().replace("\\\n", "<br>").replace('\n', " ")
                })
                .chain(std::iter::repeat(String::new()))
                .take(width)
                .collect();
            lines.push(format!("| {} |", cells.join(" | ")));
        }
        lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(width)));
        lines.join("\n")
    }

    /// A table that Markdown cannot write, with merged cells or blocks in them.
    fn raw_table(&mut self, rows: &[&Element]) -> String {
        let mut out = "<table>\n".to_owned();
        for row in rows {
            out.push_str("<tr>");
            for cell in row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th")) {
                let span = |name: &str| match cell.attribute(name).parse::<u32>() {
                    Ok(count) if (2..1000).contains(&count) => format!(" {name}=\"{count}\""),
                    _ => String::new(),
                };
                out.push_str(&format!("<{}{}{}>", cell.name, span("colspan"), span("rowspan")));
                raw(&cell.children, &mut out);
                out.push_str(&format!("</{}>", cell.name));
            }
            out.push_str("</tr>\n");
        }
        out + "</table>"
    }
}

fn rows_of<'a>(element: &'a Element, rows: &mut Vec<&'a Element>) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "tr" => rows.push(inner),
            "thead" | "tbody" | "tfoot" => rows_of(inner, rows),
            _ => {}
        }
    }
}

/// What may stand in a cell of raw HTML, without blank lines, which would end it.
fn raw(nodes: &[Node], out: &mut String) {
    for node in nodes {
        let element = match node {
            Node::Text(text) => {
                out.push_str(&html(&single_blanks(text)));
                continue;
            }
            Node::Element(element) => element,
        };
        let name = element.name.as_str();
        match name {
            "br" => out.push_str("<br>"),
            "img" => {
                let (src, alt) = (element.attribute("src"), element.attribute("alt"));
                out.push_str(&format!("<img src=\"{}\" alt=\"{}\">", html(src), html(alt)));
            }
            "a" if !element.attribute("href").is_empty() => {
                out.push_str(&format!("<a href=\"{}\">", html(element.attribute("href"))));
                raw(&element.children, out);
                out.push_str("</a>");
            }
            "p" | "ul" | "ol" | "li" | "strong" | "em" | "b" | "i" | "code" | "pre" | "sup" | "sub"
            | "table" | "tr" | "td" | "th" => {
                out.push_str(&format!("<{name}>"));
                raw(&element.children, out);
                out.push_str(&format!("</{name}>"));
            }
            "script" | "style" => {}
            _ => raw(&element.children, out),
        }
    }
}
