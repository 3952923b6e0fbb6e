//! Tables: as Markdown where it can write them, else as HTML.

use super::inline::{single_blanks, without_breaks};
use super::macros;
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
                    without_breaks(&text).replace("\\\n", "<br>").replace('\n', " ")
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
                self.raw(&cell.children, false, &mut out);
                out.push_str(&format!("</{}>", cell.name));
            }
            out.push_str("</tr>\n");
        }
        out + "</table>"
    }

    /// What may stand in a cell of raw HTML, without blank lines, which would end it.
    fn raw(&mut self, nodes: &[Node], is_code: bool, out: &mut String) {
        for node in nodes {
            let element = match node {
                Node::Text(text) if is_code => {
                    out.push_str(&html(text).replace('\n', "&#10;"));
                    continue;
                }
                Node::Text(text) => {
                    out.push_str(&html(&single_blanks(text)));
                    continue;
                }
                Node::Element(element) => element,
            };
            self.tell(element);
            let is_code = is_code || element.name == "pre";
            let name = match element.name.as_str() {
                "br" => {
                    out.push_str("<br>");
                    continue;
                }
                "img" if element.is_of("emoticon") => {
                    out.push_str(&html(macros::emoticon(element)));
                    continue;
                }
                "img" => {
                    let (src, alt) = (element.attribute("src"), element.attribute("alt"));
                    out.push_str(&format!("<img src=\"{}\" alt=\"{}\">", html(src), html(alt)));
                    continue;
                }
                "script" | "style" => continue,
                name @ ("p" | "ul" | "ol" | "li" | "strong" | "em" | "b" | "i" | "code" | "pre" | "sup"
                | "sub" | "table" | "tr" | "td" | "th" | "del" | "s") => name,
                _ if macros::is_struck(element) => "del",
                _ => "",
            };
            let address =
                Some(element.attribute("href")).filter(|href| !href.is_empty() && element.name == "a");
            let elsewhere = macros::shown_elsewhere(element);
            let (begin, end) = match (address.or(elsewhere), name) {
                (Some(address), _) => (format!("<a href=\"{}\">", html(address)), "</a>".to_owned()),
                (None, "") => (String::new(), String::new()),
                (None, name) => (format!("<{name}>"), format!("</{name}>")),
            };
            if element.is_of("confluence-anchor-link") && !element.attribute("id").is_empty() {
                out.push_str(&format!("<a id=\"{}\"></a>", html(element.attribute("id"))));
            }
            out.push_str(&begin);
            match elsewhere {
                Some(address) => out.push_str(&html(address)),
                None => self.raw(&element.children, is_code, out),
            }
            out.push_str(&end);
        }
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
