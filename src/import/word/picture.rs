//! Pictures, text boxes and what else is drawn.

use super::body::Reader;
use super::model::Inline;
use super::xml::Element;
use super::{NoteKind, Picture};
use std::collections::hash_map::Entry;

/// Formats that browsers show, by the ends of names.
const SHOWN: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico"];

impl Reader<'_> {
    /// A drawing of today: pictures, boxes, charts.
    pub(super) fn drawing(&mut self, element: &Element) {
        let properties = element.descendant("wp:docPr");
        let alt = properties.map(alt_text).unwrap_or_default();
        for blip in own(element, "a:blip") {
            let vector = blip.descendant("asvg:svgBlip").and_then(|svg| svg.attribute("r:embed"));
            if let Some(id) = blip.attribute("r:embed").or(vector).or_else(|| blip.attribute("r:link")) {
                self.picture(id, &alt);
            }
        }
        self.text_boxes(element);
        if !own(element, "c:chart").is_empty() {
            self.tell(NoteKind::Object, named("chart", &alt));
        }
        for diagram in own(element, "dgm:relIds") {
            self.diagram(diagram, &alt);
        }
    }

    /// A picture or box as Word wrote it before 2010, or an object of another program.
    pub(super) fn legacy_picture(&mut self, element: &Element) {
        let shape = element.descendant("v:shape").or_else(|| element.descendant("v:rect"));
        let alt = shape.and_then(|shape| shape.attribute("alt")).unwrap_or("").to_owned();
        for data in own(element, "v:imagedata") {
            if let Some(id) = data.attribute("r:id") {
                self.picture(id, &alt);
            }
        }
        self.text_boxes(element);
        for object in own(element, "o:OLEObject") {
            let program = object.attribute("ProgID").unwrap_or("");
            let kind = if program.starts_with("Equation") { NoteKind::Formula } else { NoteKind::Object };
            self.tell(kind, program);
        }
        if element.descendants("v:textpath").iter().any(|path| path.attribute("string").is_some()) {
            let texts = element.descendants("v:textpath");
            let words: Vec<_> = texts.iter().filter_map(|path| path.attribute("string")).collect();
            self.tell(NoteKind::TextBox, words.join(" "));
        }
    }

    /// The texts of boxes follow the paragraph that they are anchored in.
    fn text_boxes(&mut self, element: &Element) {
        for content in own(element, "w:txbxContent") {
            let blocks = self.story(content);
            let words: Vec<String> = blocks
                .iter()
                .filter_map(|block| match block {
                    super::model::Block::Paragraph(paragraph) => Some(paragraph.line()),
                    _ => None,
                })
                .filter(|line| !line.is_empty())
                .collect();
            if !blocks.is_empty() {
                self.tell(NoteKind::TextBox, words.join(" / "));
            }
            self.boxes.extend(blocks);
        }
    }

    /// The words of a diagram, which the site does not draw.
    fn diagram(&mut self, element: &Element, alt: &str) {
        let part = element.attribute("r:dm").and_then(|id| self.relations.get(id));
        let data = part.and_then(|part| self.package.xml(&part.target).ok().flatten());
        let texts = data.map(|data| {
            let texts = data.descendants("a:t");
            texts.iter().map(|text| text.text()).filter(|text| !text.trim().is_empty()).collect::<Vec<_>>()
        });
        let words = texts.unwrap_or_default().join(" / ");
        self.tell(NoteKind::Object, named("SmartArt", if words.is_empty() { alt } else { &words }));
    }

    fn picture(&mut self, id: &str, alt: &str) {
        let Some(relation) = self.relations.get(id).cloned() else {
            return self.tell(NoteKind::Picture, named("?", alt));
        };
        if relation.is_outside {
            // A picture somewhere else is not copied, and a path on a disk leads nowhere.
            if relation.target.starts_with("http://") || relation.target.starts_with("https://") {
                let picture =
                    Inline::Picture { path: relation.target.clone(), alt: alt.to_owned(), shown: true };
                self.content.push(picture);
            }
            return self.tell(NoteKind::Picture, relation.target);
        }
        let name = relation.target.rsplit('/').next().unwrap_or("").to_owned();
        let end = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        let known = self.picture_parts.get(&relation.target).and_then(|at| self.pictures.get(*at));
        let name = match known {
            Some(picture) => picture.name.clone(),
            None => match self.package.part(&relation.target) {
                Some(Ok(bytes)) => {
                    let name = self.unique(name);
                    self.picture_parts.insert(relation.target.clone(), self.pictures.len());
                    self.pictures.push(Picture { part: relation.target, name: name.clone(), bytes });
                    name
                }
                Some(Err(_)) | None => return self.tell(NoteKind::Picture, name),
            },
        };
        let shown = SHOWN.contains(&end.as_str());
        if !shown {
            self.tell(NoteKind::Picture, name.clone());
        }
        let path = format!("{}/{name}", self.folder);
        self.content.push(Inline::Picture { path, alt: alt.to_owned(), shown });
    }

    /// A name that no other picture has.
    fn unique(&mut self, name: String) -> String {
        let lower = name.to_ascii_lowercase();
        let Some(mut number) = self.picture_names.get(&lower).copied() else {
            self.picture_names.insert(lower, 1);
            return name;
        };
        let (stem, end) = name.rsplit_once('.').unwrap_or((&name, ""));
        loop {
            number += 1;
            let other = format!("{stem}-{number}.{end}");
            if let Entry::Vacant(free) = self.picture_names.entry(other.to_ascii_lowercase()) {
                free.insert(1);
                self.picture_names.insert(lower, number);
                return other;
            }
        }
    }
}

/// What a drawing is described as. Its name (`图片 1`) says nothing.
fn alt_text(properties: &Element) -> String {
    let said = ["descr", "title"].iter().find_map(|name| properties.attribute(name));
    said.unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn named(kind: &str, words: &str) -> String {
    if words.is_empty() { kind.to_owned() } else { format!("{kind}: {words}") }
}

/// Elements of a name in a drawing, but for those in the text of its boxes, which is read
/// by itself. Of two readings of a drawing one counts.
fn own<'a>(element: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        match child.name.as_str() {
            found_name if found_name == name => found.push(child),
            "w:txbxContent" => {}
            "mc:AlternateContent" => {
                found.extend(
                    super::body::alternative(child).map(|child| own(child, name)).unwrap_or_default(),
                );
            }
            _ => found.extend(own(child, name)),
        }
    }
    found
}
