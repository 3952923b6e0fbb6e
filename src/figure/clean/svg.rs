//! The vocabulary of diagrams: shapes, lines, texts, links and what they refer to.

use super::paint::{self, Paint};
use super::{Element, Vocabulary, attribute};
use crate::figure::Leads;
use std::fmt::Write as _;

/// As the tokenizer gives them and as they are written. The root is written by
/// whoever asks; the shadows of filters are not wanted.
const ELEMENTS: &[(&str, &str)] = &[
    ("circle", "circle"),
    ("clippath", "clipPath"),
    ("defs", "defs"),
    ("ellipse", "ellipse"),
    ("g", "g"),
    ("line", "line"),
    ("lineargradient", "linearGradient"),
    ("marker", "marker"),
    ("path", "path"),
    ("polygon", "polygon"),
    ("polyline", "polyline"),
    ("rect", "rect"),
    ("stop", "stop"),
    ("text", "text"),
    ("title", "title"),
    ("tspan", "tspan"),
];

/// Attributes of numbers and words.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("cx", "cx"),
    ("cy", "cy"),
    ("d", "d"),
    ("dominant-baseline", "dominant-baseline"),
    ("dx", "dx"),
    ("dy", "dy"),
    ("fill-opacity", "fill-opacity"),
    ("font-size", "font-size"),
    ("font-style", "font-style"),
    ("font-weight", "font-weight"),
    ("gradientunits", "gradientUnits"),
    ("height", "height"),
    ("markerheight", "markerHeight"),
    ("markerwidth", "markerWidth"),
    ("offset", "offset"),
    ("opacity", "opacity"),
    ("orient", "orient"),
    ("points", "points"),
    ("r", "r"),
    ("refx", "refX"),
    ("refy", "refY"),
    ("rx", "rx"),
    ("ry", "ry"),
    ("stroke-dasharray", "stroke-dasharray"),
    ("stroke-linecap", "stroke-linecap"),
    ("stroke-linejoin", "stroke-linejoin"),
    ("stroke-opacity", "stroke-opacity"),
    ("stroke-width", "stroke-width"),
    ("text-anchor", "text-anchor"),
    ("text-decoration", "text-decoration"),
    ("transform", "transform"),
    ("viewbox", "viewBox"),
    ("width", "width"),
    ("x", "x"),
    ("x1", "x1"),
    ("x2", "x2"),
    ("y", "y"),
    ("y1", "y1"),
    ("y2", "y2"),
];

/// Attributes that refer to an element of the diagram.
const REFERENCES: &[&str] = &["clip-path", "marker-end", "marker-mid", "marker-start"];

/// A diagram's inside, and what was learned of it.
pub(in super::super) struct Drawing {
    /// Everything but the root.
    pub(in super::super) inside: String,
    /// Width and height.
    pub(in super::super) size: (f64, f64),
    /// Whether the author chose colours.
    pub(in super::super) own_colors: bool,
    /// Whether links are in it.
    pub(in super::super) has_links: bool,
}

/// Diagrams.
pub(in super::super) struct Svg<'a> {
    /// What the ids of the diagram begin with.
    prefix: &'a str,
    leads: &'a mut dyn FnMut(&str) -> Leads,
    size: Option<(f64, f64)>,
    own_colors: bool,
    has_links: bool,
    refused: bool,
}

impl<'a> Svg<'a> {
    /// Cleans a diagram. Its ids begin with `prefix`; `leads` is asked of each link.
    pub(in super::super) fn read(
        markup: &str,
        prefix: &'a str,
        leads: &'a mut dyn FnMut(&str) -> Leads,
    ) -> Option<Drawing> {
        let mut svg = Self { prefix, leads, size: None, own_colors: false, has_links: false, refused: false };
        let inside = super::clean(markup, &mut svg)?;
        let size = svg.size?;
        Some(Drawing { inside, size, own_colors: svg.own_colors, has_links: svg.has_links })
    }

    /// Reads the size of the root, which is left out.
    fn root(&mut self, attributes: &[(&str, &str)]) -> Element {
        let bounds = attributes.iter().find(|(key, _)| *key == "viewbox").map_or("", |(_, value)| *value);
        let numbers: Vec<f64> = bounds.split_whitespace().filter_map(|part| part.parse().ok()).collect();
        if let [0.0, 0.0, width, height] = numbers[..]
            && [width, height].iter().all(|side| (1.0..20_000.0).contains(side))
            && self.size.is_none()
        {
            self.size = Some((width, height));
        } else {
            self.refused = true;
        }
        Element::Unwrapped
    }

    fn link(&mut self, attributes: &[(&str, &str)], out: &mut String) -> Element {
        let address = attributes.iter().find(|(key, _)| matches!(*key, "href" | "xlink:href"));
        match address.map(|(_, address)| (self.leads)(address)) {
            Some(Leads::To { address, external }) => {
                out.push_str("<a");
                attribute(out, "href", &address);
                if external {
                    out.push_str(" class=\"external\" rel=\"noopener\"");
                }
                self.has_links = true;
                Element::Kept("a")
            }
            Some(Leads::Nowhere) | None => Element::Unwrapped,
        }
    }

    fn paint(&mut self, name: &str, key: &str, value: &str, classes: &mut Vec<String>, out: &mut String) {
        let kind = if key == "stop-color" { "stop" } else { key };
        match paint::read(value) {
            Some(Paint::Word(word)) => attribute(out, key, word),
            // White words stand on something dark in either scheme.
            Some(Paint::Role("paper")) if matches!(name, "text" | "tspan") => {
                classes.push("fill-on".to_owned())
            }
            Some(Paint::Role(role)) => classes.push(format!("{kind}-{role}")),
            Some(Paint::Gradient(id)) => self.refer(key, id, out),
            Some(Paint::Own(color)) => {
                self.own_colors = true;
                attribute(out, key, color);
            }
            None => {}
        }
    }

    fn refer(&self, key: &str, id: &str, out: &mut String) {
        if is_name(id) {
            let _ = write!(out, " {key}=\"url(#{}{id})\"", self.prefix);
        }
    }
}

impl Vocabulary for Svg<'_> {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)], out: &mut String) -> Element {
        match name {
            "svg" => return self.root(attributes),
            "a" => return self.link(attributes, out),
            _ => {}
        }
        let Some((_, name)) = ELEMENTS.iter().find(|(known, _)| *known == name) else {
            return Element::Dropped;
        };
        out.push('<');
        out.push_str(name);
        let mut classes = Vec::new();
        for (key, value) in attributes {
            match *key {
                "fill" | "stroke" | "stop-color" => self.paint(name, key, value, &mut classes, out),
                "id" if is_name(value) => attribute(out, "id", &format!("{}{value}", self.prefix)),
                key if REFERENCES.contains(&key) => {
                    if let Some(id) = value.strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')')) {
                        self.refer(key, id, out);
                    }
                }
                key => {
                    let known = ATTRIBUTES.iter().find(|(known, _)| *known == key);
                    if let Some((_, key)) = known.filter(|_| is_plain(value)) {
                        self.refused |= value.contains("NaN") || value.contains("inf");
                        attribute(out, key, value);
                    }
                }
            }
        }
        if !classes.is_empty() {
            attribute(out, "class", &classes.join(" "));
        }
        Element::Kept(name)
    }

    fn is_refused(&self) -> bool {
        self.refused
    }
}

fn is_name(id: &str) -> bool {
    !id.is_empty() && id.len() <= 60 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

fn is_plain(value: &str) -> bool {
    !value.contains("url") && value.bytes().all(|b| b.is_ascii_alphanumeric() || b" .,+-()%\n".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inside: &str) -> Option<String> {
        let markup = format!("<svg viewBox=\"0 0 10 20\" onload=\"x()\" style=\"x\">{inside}</svg>");
        let mut leads = |to: &str| match to {
            "a.md" => Leads::To { address: "a.html".to_owned(), external: false },
            "https://a.b" => Leads::To { address: to.to_owned(), external: true },
            _ => Leads::Nowhere,
        };
        Svg::read(&markup, "d1-", &mut leads).map(|drawing| drawing.inside)
    }

    #[test]
    fn nothing_that_runs_or_leads_out_is_left() {
        for (bad, good) in [
            ("<script>x</script><style>*{}</style>", ""),
            ("<foreignObject><b>x</b></foreignObject><g><image href=\"x\"/><use href=\"y\"/></g>", "<g></g>"),
            ("<g onclick=\"x()\" class=\"evil\" style=\"y\"></g>", "<g></g>"),
            (
                "<path d=\"M0 0\" fill=\"url(https://x)\" marker-end=\"url(x#y)\" filter=\"url(#s)\"/>",
                "<path d=\"M0 0\"/>",
            ),
            (
                "<rect fill=\"#ECECFF\" stroke=\"#333\" x=\"1\"/>",
                "<rect x=\"1\" class=\"fill-node stroke-ink\"/>",
            ),
            (
                "<marker id=\"m\" viewBox=\"0 0 1 1\" refX=\"1\"/>",
                "<marker id=\"d1-m\" viewBox=\"0 0 1 1\" refX=\"1\"/>",
            ),
            ("<line marker-end=\"url(#m)\"/>", "<line marker-end=\"url(#d1-m)\"/>"),
            ("<animate attributeName=\"x\"/><set/><filter id=\"s\"><feDropShadow/></filter>", ""),
            (
                "<a href=\"a.md\" target=\"_blank\"><text>x</text></a>",
                "<a href=\"a.html\"><text>x</text></a>",
            ),
            ("<a href=\"javascript:x\"><text>x&lt;</text></a>", "<text>x&lt;</text>"),
            (
                "<a href=\"https://a.b\">x</a>",
                "<a href=\"https://a.b\" class=\"external\" rel=\"noopener\">x</a>",
            ),
        ] {
            assert_eq!(read(bad).as_deref(), Some(good), "{bad}");
        }
        for broken in ["<g>", "</g>", "<svg viewBox=\"0 0 1 1\"></svg>", "<rect x=\"NaN\"/>"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}
