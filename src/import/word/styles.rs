//! Styles, and what paragraphs and runs say beside them.
//!
//! A style takes from the one it is based on what it does not say itself. What decides
//! about headings, numbers and emphasis is read; what only looks (fonts, colours,
//! spacing) is not.

use super::xml::Element;
use std::collections::BTreeMap;

/// How many styles may be based on each other; Word itself allows 11.
const CHAIN: usize = 32;

/// How a run looks, as far as it is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RunFormat {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) strike: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) caps: Option<bool>,
    pub(super) vertical: Option<Vertical>,
    /// In half points.
    pub(super) size: Option<u32>,
    pub(super) font: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vertical {
    Base,
    Super,
    Sub,
}

impl RunFormat {
    pub(super) fn read(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let vertical = properties.value("w:vertAlign").map(|value| match value {
            "superscript" => Vertical::Super,
            "subscript" => Vertical::Sub,
            _ => Vertical::Base,
        });
        let strikes = [properties.flag("w:strike"), properties.flag("w:dstrike")];
        Self {
            bold: properties.flag("w:b"),
            italic: properties.flag("w:i"),
            strike: strikes.iter().flatten().copied().reduce(|one, other| one || other),
            underline: properties.flag("w:u"),
            hidden: properties.flag("w:vanish"),
            caps: properties.flag("w:caps"),
            vertical,
            size: properties.value("w:sz").and_then(|size| size.parse().ok()),
            font: properties.child("w:rFonts").and_then(font),
        }
    }

    /// What this says, and what the other says where this is silent.
    pub(super) fn over(self, other: &Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            strike: self.strike.or(other.strike),
            underline: self.underline.or(other.underline),
            hidden: self.hidden.or(other.hidden),
            caps: self.caps.or(other.caps),
            vertical: self.vertical.or(other.vertical),
            size: self.size.or(other.size),
            font: self.font.or_else(|| other.font.clone()),
        }
    }
}

fn font(fonts: &Element) -> Option<String> {
    let name = fonts.attribute("w:ascii").or_else(|| fonts.attribute("w:hAnsi"))?;
    Some(name.to_owned())
}

/// What a paragraph says of its place, as far as it is said.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphFormat {
    pub(super) style: Option<String>,
    /// The list it is numbered in; `0` is none.
    pub(super) list: Option<String>,
    /// Its level in that list, from 0.
    pub(super) level: Option<usize>,
    /// Its place in the outline, from 0; 9 and above is none.
    pub(super) outline: Option<usize>,
    pub(super) centered: Option<bool>,
    /// How far it is indented, in twentieths of a point.
    pub(super) indent: Option<i32>,
}

impl ParagraphFormat {
    pub(super) fn read(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let numbering = properties.child("w:numPr");
        let number = |name: &str| numbering?.value(name);
        let indent = |element: &Element| {
            let value = element.attribute("w:left").or_else(|| element.attribute("w:start"))?;
            value.parse().ok()
        };
        Self {
            style: properties.value("w:pStyle").map(str::to_owned),
            list: number("w:numId").map(str::to_owned),
            level: number("w:ilvl").and_then(|level| level.parse().ok()),
            outline: properties.value("w:outlineLvl").and_then(|level| level.parse().ok()),
            centered: properties.value("w:jc").map(|value| value == "center"),
            indent: properties.child("w:ind").and_then(indent),
        }
    }

    fn over(self, other: &Self) -> Self {
        Self {
            style: self.style,
            list: self.list.or_else(|| other.list.clone()),
            level: self.level.or(other.level),
            outline: self.outline.or(other.outline),
            centered: self.centered.or(other.centered),
            indent: self.indent.or(other.indent),
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    paragraph: ParagraphFormat,
    run: RunFormat,
}

/// What a style says, with all that it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved {
    pub(super) paragraph: ParagraphFormat,
    pub(super) run: RunFormat,
    /// The names of the style and of those it is based on, in lower case.
    pub(super) names: Vec<String>,
    /// The ids of the same.
    pub(super) ids: Vec<String>,
}

impl Resolved {
    /// Whether it is, or is based on, the style of a name.
    pub(super) fn is(&self, names: &[&str]) -> bool {
        self.names.iter().any(|name| names.contains(&name.as_str()))
    }
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    document: RunFormat,
}

impl Styles {
    pub(super) fn read(root: Option<&Element>) -> Self {
        let mut styles = Self::default();
        let Some(root) = root else { return styles };
        styles.document = RunFormat::read(root.at(&["w:docDefaults", "w:rPrDefault", "w:rPr"]));
        for element in root.all("w:style") {
            let Some(id) = element.attribute("w:styleId") else { continue };
            let is_default = matches!(element.attribute("w:default"), Some("1" | "true" | "on"));
            if is_default && element.attribute("w:type") == Some("paragraph") {
                styles.default = Some(id.to_owned());
            }
            let style = Style {
                name: element.value("w:name").unwrap_or(id).trim().to_lowercase(),
                based_on: element.value("w:basedOn").map(str::to_owned),
                paragraph: ParagraphFormat::read(element.child("w:pPr")),
                run: RunFormat::read(element.child("w:rPr")),
            };
            styles.styles.insert(id.to_owned(), style);
        }
        styles
    }

    /// What a style says; that of paragraphs without one where none is named.
    pub(super) fn resolve(&self, id: Option<&str>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut next = id.filter(|id| self.styles.contains_key(*id)).or(self.default.as_deref());
        // A style that is based on itself goes round.
        for _ in 0..CHAIN {
            let Some((id, style)) = next.and_then(|id| Some((id, self.styles.get(id)?))) else { break };
            resolved.paragraph = resolved.paragraph.over(&style.paragraph);
            resolved.paragraph.outline = resolved.paragraph.outline.or_else(|| heading(&style.name));
            resolved.run = resolved.run.over(&style.run);
            resolved.names.push(style.name.clone());
            resolved.ids.push(id.to_owned());
            next = style.based_on.as_deref();
        }
        resolved.run = resolved.run.over(&self.document);
        resolved
    }

    /// What a style of characters says by itself.
    pub(super) fn characters(&self, id: &str) -> RunFormat {
        let mut format = RunFormat::default();
        let mut next = Some(id);
        for _ in 0..CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            format = format.over(&style.run);
            next = style.based_on.as_deref();
        }
        format
    }

    /// The list that a style of numbering stands for.
    pub(super) fn list(&self, id: &str) -> Option<&str> {
        self.styles.get(id)?.paragraph.list.as_deref()
    }
}

/// The place in the outline that the name of a style gives.
fn heading(name: &str) -> Option<usize> {
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    let number: usize = number.trim().parse().ok()?;
    (1..=9).contains(&number).then(|| number - 1)
}
