//! Runs and all else that stands in a line.

use super::NoteKind;
use super::body::{Reader, alternative};
use super::field::Shown;
use super::model::{Inline, Look};
use super::symbol;
use super::xml::Element;

impl Reader<'_> {
    /// Reads what stands in a paragraph.
    pub(super) fn inline(&mut self, element: &Element) {
        match element.name.as_str() {
            "w:r" => self.run(element),
            "w:ins" | "w:moveTo" => {
                self.tell_change(element);
                self.inlines(element);
            }
            "w:del" | "w:moveFrom" => self.tell_change(element),
            "w:hyperlink" => self.hyperlink(element),
            "w:fldSimple" => self.simple_field(element),
            "w:sdt" => {
                if let Some(content) = element.child("w:sdtContent") {
                    self.inlines(content);
                }
            }
            "w:smartTag" | "w:customXml" | "w:bdo" | "w:dir" => self.inlines(element),
            "mc:AlternateContent" => {
                if let Some(chosen) = alternative(element) {
                    self.inlines(chosen);
                }
            }
            "m:oMath" => self.formula(element, false),
            "m:oMathPara" => element.all("m:oMath").for_each(|formula| self.formula(formula, true)),
            "w:bookmarkStart" => self.bookmark(element),
            "w:subDoc" => self.tell(NoteKind::Object, element.name.clone()),
            _ => {}
        }
    }

    fn inlines(&mut self, parent: &Element) {
        for element in parent.elements() {
            self.inline(element);
        }
    }

    fn tell_change(&mut self, element: &Element) {
        let text = |name: &str| element.descendants(name).iter().map(|text| text.text()).collect::<String>();
        let words = text("w:t") + &text("w:delText");
        if words.is_empty() {
            return;
        }
        let kind = match element.name.as_str() {
            "w:ins" | "w:moveTo" => NoteKind::Inserted,
            _ => NoteKind::Deleted,
        };
        self.tell(kind, words);
    }

    fn hyperlink(&mut self, element: &Element) {
        let relation = element.attribute("r:id").and_then(|id| self.relations.get(id));
        let address = relation.map_or("", |relation| relation.target.as_str());
        let anchor = element.attribute("w:anchor").map(|anchor| format!("#{anchor}")).unwrap_or_default();
        let target = format!("{address}{anchor}");
        let before = std::mem::take(&mut self.content);
        self.fields.depth += 1;
        self.inlines(element);
        self.fields.depth -= 1;
        let content = std::mem::replace(&mut self.content, before);
        match target.is_empty() || content.is_empty() {
            true => self.content.extend(content),
            false => self.content.push(Inline::Link(target, content)),
        }
    }

    fn simple_field(&mut self, element: &Element) {
        self.fields.begin();
        self.fields.instruct(element.attribute("w:instr").unwrap_or(""));
        if element.elements().next().is_some() {
            self.fields.separate(&self.content);
        }
        self.inlines(element);
        self.end_field(Look::default());
    }

    fn end_field(&mut self, look: Look) {
        match self.fields.end(&mut self.content) {
            Shown::Nothing => {}
            Shown::Text(text) => self.text(text, look),
            Shown::Ruby(base, reading) => self.content.push(Inline::Ruby(base, reading)),
            Shown::Equation(text) => self.tell(NoteKind::Formula, text),
        }
    }

    fn run(&mut self, element: &Element) {
        let (format, look) = self.look(element.child("w:rPr"));
        let hidden = format.hidden.unwrap_or(false);
        if hidden {
            let text: String = element.descendants("w:t").iter().map(|text| text.text()).collect();
            if !text.trim().is_empty() && self.fields.shows() {
                self.tell(NoteKind::Hidden, text);
            }
        } else if self.fields.size.is_none() && element.child("w:t").is_some() {
            self.fields.size = format.size;
        }
        for child in element.elements() {
            match child.name.as_str() {
                "w:fldChar" => self.field_char(child, look),
                "w:instrText" => self.fields.instruct(&child.text()),
                _ if hidden || !self.fields.shows() => {}
                "w:t" => {
                    let text = self.shown_text(child, format.font.as_deref());
                    let text = if format.caps == Some(true) { text.to_uppercase() } else { text };
                    self.text(text, look);
                }
                _ => self.piece(child, look),
            }
        }
    }

    /// What stands in a run beside text.
    fn piece(&mut self, element: &Element, look: Look) {
        match element.name.as_str() {
            "w:tab" | "w:ptab" => self.text(" ".to_owned(), look),
            "w:noBreakHyphen" => self.text("-".to_owned(), look),
            "w:cr" => self.content.push(Inline::Break),
            "w:br" => {
                // A new page or column begins nothing on a page of the site but a line.
                self.content.push(Inline::Break);
            }
            "w:sym" => self.symbol(element, look),
            "w:footnoteReference" => self.footnote(element, false),
            "w:endnoteReference" => self.footnote(element, true),
            "w:commentReference" => self.comment(element),
            "w:drawing" => self.drawing(element),
            "w:pict" | "w:object" => self.legacy_picture(element),
            "w:ruby" => self.ruby(element),
            "mc:AlternateContent" => {
                if let Some(chosen) = alternative(element) {
                    for child in chosen.elements() {
                        self.piece(child, look);
                    }
                }
            }
            // A run in a run, as some programs write it in an alternative.
            "w:r" => self.run(element),
            "m:oMath" | "m:oMathPara" => self.inline(element),
            _ => {}
        }
    }

    fn field_char(&mut self, element: &Element, look: Look) {
        match element.attribute("w:fldCharType") {
            Some("begin") => {
                if self.fields.shows() {
                    self.form_field(element, look);
                }
                self.fields.begin();
            }
            Some("separate") => self.fields.separate(&self.content),
            Some("end") => self.end_field(look),
            _ => {}
        }
    }

    /// A box to be ticked, in forms of the old kind.
    fn form_field(&mut self, element: &Element, look: Look) {
        let Some(tick) = element.at(&["w:ffData", "w:checkBox"]) else { return };
        let checked = tick.flag("w:checked").or_else(|| tick.flag("w:default")).unwrap_or(false);
        self.text(if checked { "☑" } else { "☐" }.to_owned(), look);
    }

    /// A text, with the signs that its font shows for it.
    fn shown_text(&mut self, element: &Element, font: Option<&str>) -> String {
        let text = element.text().replace(['\n', '\r', '\t'], " ");
        let text = match element.attribute("xml:space") {
            Some("preserve") => text,
            _ => text.trim_matches(' ').to_owned(),
        };
        let font = font.unwrap_or("");
        // A font of signs shows them for letters too: R in Wingdings 2 is ☑.
        let is_signs = symbol::is_signs(font);
        let is_other = |sign: char| symbol::is_private(sign) || is_signs && sign.is_ascii_graphic();
        if !text.chars().any(is_other) {
            return text;
        }
        let mut shown = String::new();
        for sign in text.chars() {
            match symbol::sign(font, u32::from(sign)).filter(|_| is_other(sign)) {
                Some(known) => shown.push_str(&known),
                None => {
                    if is_other(sign) {
                        self.tell(NoteKind::Symbol, format!("{font} U+{:04X}", u32::from(sign)));
                    }
                    shown.push(sign);
                }
            }
        }
        shown
    }

    fn text(&mut self, text: String, look: Look) {
        if text.is_empty() {
            return;
        }
        // What stands before a link is none of its text.
        let begins = self.fields.begins_link(self.content.len());
        match self.content.last_mut() {
            Some(Inline::Text(before, same)) if *same == look && !begins => before.push_str(&text),
            _ => self.content.push(Inline::Text(text, look)),
        }
    }

    fn symbol(&mut self, element: &Element, look: Look) {
        let font = element.attribute("w:font").unwrap_or("");
        let code = element.attribute("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let Some(code) = code else { return };
        match symbol::sign(font, code) {
            Some(sign) => self.text(sign, look),
            None => {
                self.tell(NoteKind::Symbol, format!("{font} U+{code:04X}"));
                self.text("\u{fffd}".to_owned(), look);
            }
        }
    }

    fn footnote(&mut self, element: &Element, is_end: bool) {
        let Some(id) = element.attribute("w:id") else { return };
        let key = (is_end, id.to_owned());
        let at = self.footnotes.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.footnotes.push(key);
            self.footnotes.len() - 1
        });
        self.content.push(Inline::Footnote(at));
    }

    fn comment(&mut self, element: &Element) {
        let comment = element.attribute("w:id").and_then(|id| self.comments.get(id));
        let Some((author, text)) = comment else { return };
        let words = if author.is_empty() { text.clone() } else { format!("{author}: {text}") };
        self.tell(NoteKind::Comment, words);
    }

    fn ruby(&mut self, element: &Element) {
        let text = |name: &str| -> String {
            let texts = element.child(name).map(|part| part.descendants("w:t")).unwrap_or_default();
            texts.iter().map(|text| text.text()).collect()
        };
        self.content.push(Inline::Ruby(text("w:rubyBase"), text("w:rt")));
    }
}
