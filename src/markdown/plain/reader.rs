//! Takes what a reader sees from the tree of a text.

use super::super::document::Step;
use super::{Kind, NodeId, NodeKind, Part, PlainText, Tree};
use crate::text::is_cjk;
use std::ops::Range;

impl PlainText {
    /// What a reader sees of some blocks at the top, which are in order.
    pub(super) fn of(tree: &Tree, blocks: impl Iterator<Item = NodeId>) -> Self {
        let mut blocks = blocks.peekable();
        // A border stands where the text before it ends.
        let before = blocks.peek().and_then(|block| tree.before(*block));
        let place = before.map_or(0, |before| tree.span(before).end);
        let mut reader = Reader { tree, place, ..Reader::new(tree) };
        for block in blocks {
            reader.read(block);
        }
        reader.show_pictures();
        reader.plain
    }

    /// What a reader sees of the whole text.
    pub(super) fn of_all(tree: &Tree) -> Self {
        Self::of(tree, tree.blocks_in(&(0..usize::MAX)))
    }
}

struct Reader<'t> {
    tree: &'t Tree,
    plain: PlainText,
    /// Whether a line break waits to be written.
    broken: bool,
    /// The block of code, of raw HTML or the heading that is open.
    block: Option<Kind>,
    /// What each open list counts next; bullets count nothing.
    lists: Vec<Option<u64>>,
    /// Footnotes that are open.
    notes: usize,
    /// What the paragraph holds that is being read, where that is one thing.
    alone: Option<NodeId>,
    /// Alternative texts and captions of the pictures in the block that is being read.
    pictures: String,
    /// Whether an element parts what comes next from what was read last.
    parted: bool,
    /// How far the file has been read.
    place: usize,
}

impl<'t> Reader<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            plain: PlainText::default(),
            broken: false,
            block: None,
            lists: Vec::new(),
            notes: 0,
            alone: None,
            pictures: String::new(),
            parted: false,
            place: 0,
        }
    }

    fn read(&mut self, block: NodeId) {
        let mut walk = self.tree.walk_block(block);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if !self.enter(id) {
                        self.place = self.place.max(self.end_inside(id));
                        walk.skip_inside();
                    }
                }
                Step::Leave(id) => self.leave(id),
            }
        }
    }

    /// Where the last of what a node holds ends.
    fn end_inside(&self, id: NodeId) -> usize {
        self.tree.inside(id).last().map_or(0, |last| self.tree.span(last).end)
    }

    /// Begins a node; says whether what it holds is to be read.
    fn enter(&mut self, id: NodeId) -> bool {
        let (tree, span) = (self.tree, self.tree.span(id));
        self.place = self.place.max(span.start);
        match tree.kind(id) {
            NodeKind::Text | NodeKind::Words(_) | NodeKind::Code(_) => {
                self.write(id, tree.words(id).unwrap_or(""), &span);
            }
            NodeKind::Formula(tex, false) => self.write(id, tree.string(tex), &span),
            NodeKind::Formula(tex, true) => {
                self.border(Kind::Line);
                self.write(id, tree.string(tex).trim(), &span);
                self.border(Kind::Line);
            }
            NodeKind::SoftBreak => self.broken = true,
            NodeKind::HardBreak | NodeKind::Rule => self.border(Kind::Line),
            NodeKind::InlineHtml(index) | NodeKind::Html(index) => {
                self.parted |= tree.parts_words(index);
                let (html, tags) = tree.html(id, index);
                for image in tags.iter().filter(|tag| tag.name == "img" && !tree.is_hidden(id)) {
                    self.pictures.push_str(&image.value(html, "alt").unwrap_or_default());
                    self.pictures.push(' ');
                }
                match tree.shown(index) {
                    "" => self.mark_place(id, &span),
                    shown => self.put(shown, &span),
                }
            }
            NodeKind::Image(index) => {
                self.mark_place(id, &span);
                // Of a quotation `![[…]]` the page shows what it quotes.
                if tree.destination(index).is_wiki() {
                    return false;
                }
                self.picture(id);
                // Only a picture that stands alone shows its title as a caption.
                if self.alone == Some(id) {
                    self.pictures.push_str(&tree.destination(index).title);
                    self.pictures.push(' ');
                }
                return false;
            }
            NodeKind::TableCell => self.border(Kind::Cell),
            NodeKind::Paragraph | NodeKind::Clause(_) => {
                self.border(if self.notes == 0 { Kind::Paragraph } else { Kind::Line });
                self.alone = tree.only_child(id);
            }
            NodeKind::Heading(..) => self.open(Kind::Heading),
            NodeKind::CodeBlock(_) => self.open(Kind::Code),
            NodeKind::HtmlBlock => self.open(Kind::Html),
            NodeKind::BulletList => self.list(None),
            NodeKind::OrderedList(first) => self.list(Some(first.into())),
            NodeKind::Item => self.item(id),
            NodeKind::Footnote(_) => {
                self.border(Kind::Line);
                self.notes += 1;
            }
            NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strikethrough
            | NodeKind::Mark
            | NodeKind::Link(_) => {}
            NodeKind::FootnoteReference(_) | NodeKind::Task(_) => {}
            _ => self.border(Kind::Line),
        }
        true
    }

    fn list(&mut self, first: Option<u64>) {
        self.border(Kind::Line);
        self.lists.push(first);
    }

    fn item(&mut self, id: NodeId) {
        self.border(Kind::Line);
        let mark = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = *next;
                *next = next.saturating_add(1);
                format!("{number}. ")
            }
            _ => "• ".to_owned(),
        };
        if !self.tree.is_hidden(id) {
            self.push(Kind::Mark, &mark, &(self.place..self.place));
        }
    }

    fn open(&mut self, kind: Kind) {
        self.border(Kind::Line);
        self.block = Some(kind);
    }

    fn leave(&mut self, id: NodeId) {
        match self.tree.kind(id) {
            NodeKind::Emphasis | NodeKind::Strong | NodeKind::Strikethrough | NodeKind::Mark => {}
            NodeKind::Link(_) | NodeKind::Image(_) | NodeKind::TableCell => {}
            NodeKind::Footnote(_) => {
                self.notes = self.notes.saturating_sub(1);
                self.border(Kind::Line);
            }
            kind => {
                if matches!(kind, NodeKind::BulletList | NodeKind::OrderedList(_)) {
                    self.lists.pop();
                }
                self.block = None;
                self.border(Kind::Line);
            }
        }
    }

    /// Adds what an image is called to what stands for the pictures of this block.
    fn picture(&mut self, image: NodeId) {
        if !self.tree.is_hidden(image) {
            for part in self.tree.inside(image) {
                self.pictures.push_str(self.tree.words(part).unwrap_or(""));
            }
            self.pictures.push(' ');
        }
    }

    /// Writes what stands for the pictures of the block that ends.
    fn show_pictures(&mut self) {
        let pictures = std::mem::take(&mut self.pictures);
        if !pictures.trim().is_empty() {
            let place = self.place;
            self.push(Kind::Picture, &format!(" {}", pictures.trim()), &(place..place));
        }
    }

    /// Makes a place known at which nothing is written, since a link may lead there.
    fn mark_place(&mut self, id: NodeId, span: &Range<usize>) {
        if !self.tree.is_hidden(id) {
            let kind = self.kind();
            self.push(kind, "", span);
        }
    }

    fn write(&mut self, id: NodeId, text: &str, span: &Range<usize>) {
        if !self.tree.is_hidden(id) {
            self.put(text, span);
        }
    }

    fn put(&mut self, text: &str, span: &Range<usize>) {
        if std::mem::take(&mut self.broken) {
            let begins = self.plain.parts.last().is_none_or(|last| last.kind.is_border());
            let joined = self.plain.text.ends_with(is_cjk) && text.starts_with(is_cjk);
            if !begins && !joined && !self.plain.text.ends_with([' ', '\n']) {
                let place = self.place;
                self.push(Kind::Space, " ", &(place..place));
            }
        }
        if std::mem::take(&mut self.parted) {
            let begins = self.plain.parts.last().is_none_or(|last| last.kind.is_border());
            if !begins && !self.plain.text.ends_with([' ', '\n']) && !text.starts_with(' ') {
                let place = self.place;
                self.push(Kind::Space, " ", &(place..place));
            }
        }
        let kind = self.kind();
        self.push(kind, text, span);
    }

    fn kind(&self) -> Kind {
        match self.block {
            _ if self.notes > 0 => Kind::Note,
            Some(kind) => kind,
            None => Kind::Text,
        }
    }

    fn border(&mut self, kind: Kind) {
        self.show_pictures();
        self.broken = false;
        self.parted = false;
        if let Some(last) = self.plain.parts.last_mut()
            && matches!(last.kind, Kind::Line | Kind::Paragraph)
            && kind != Kind::Cell
        {
            last.kind = if kind == Kind::Paragraph { kind } else { last.kind };
            return;
        }
        self.push(kind, "", &(self.place..self.place));
    }

    /// Adds a part, or adds to the last one what stands next to it in the file.
    fn push(&mut self, kind: Kind, text: &str, span: &Range<usize>) {
        let short = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let at = short(self.plain.text.len());
        self.plain.text.push_str(text);
        self.place = self.place.max(span.end);
        if let Some(last) = self.plain.parts.last_mut()
            && last.kind == kind
            && last.end as usize == span.start
            && last.end - last.start == at - last.at
            && text.len() == span.len()
            && !text.is_empty()
        {
            last.end = short(span.end);
            return;
        }
        let start = self.plain.parts.last().map_or(0, |last| last.start).max(short(span.start));
        self.plain.parts.push(Part { kind, start, end: short(span.end).max(start), at });
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Document, MarkdownOptions, pieces};

    fn read(text: &str) -> Vec<(String, String, String)> {
        let pieces = pieces(&Document::new(text, &MarkdownOptions::default()), false);
        pieces.into_iter().map(|piece| (piece.anchor, piece.label, piece.text)).collect()
    }

    fn piece(anchor: &str, label: &str, text: &str) -> (String, String, String) {
        (anchor.to_owned(), label.to_owned(), text.to_owned())
    }

    #[test]
    fn sections_and_clauses_have_their_words() {
        let text = "开头**重**要\n一句。\n\n## 总则\n\n第一条 为了*管理*，\n定本法。\n\n- 一\n- two\n  three\n\n## 附则\n\n| 甲 | 乙 |\n|--|--|\n| `a` | b[^1] |\n\n[^1]: 注。\n";
        assert_eq!(
            read(text),
            [
                piece("", "", "开头重要一句。"),
                piece("总则", "总则", "总则"),
                piece("第一条", "第一条", "第一条 为了管理，定本法。\n一\ntwo three"),
                piece("附则", "附则", "附则\n甲\t乙\na\tb\n注。"),
            ]
        );
    }

    #[test]
    fn a_title_that_is_repeated_is_left_out() {
        let text = "开头\n\n# 标题\n\n正文\n\n第一条 甲。\n\n乙。\n";
        let words = |text: &str| -> Vec<(String, String)> {
            let pieces = pieces(&Document::new(text, &MarkdownOptions::default()), true);
            pieces.into_iter().map(|piece| (piece.label, piece.text)).collect()
        };
        let clause = ("第一条".to_owned(), "第一条 甲。\n乙。".to_owned());
        assert_eq!(words(text), [(String::new(), "开头\n正文".to_owned()), clause.clone()]);
        assert_eq!(words(&text["开头\n\n".len()..]), [(String::new(), "正文".to_owned()), clause]);
        assert_eq!(words("# 标题\n"), []);
    }

    #[test]
    fn what_a_page_does_not_show_is_left_out() {
        let text = "> [!注意]\n> 当心\n\n<!-- 秘密 -->\n\n<div>看<b>得</b>见&amp;</div>\n\n![替代](x.png) 图\n\n<script>\nno()\n</script>\n\n<template>\n\n无[^b]\n\n</template>\n\n尾[^a]\n\n[^a]: 注\n\n[^c]: 没人看\n";
        assert_eq!(read(text), [piece("", "", "注意\n当心\n看得见&\n图 替代\n尾\n注\n没人看")]);
        let text = "甲<span hidden>乙<b>丙</b></span>丁<!-- 戊 --> `己` <span style='Display: none'>庚</span>\n\n<!--\n\n辛\n\n--> 壬\n\n癸\n";
        assert_eq!(read(text), [piece("", "", "甲丁 己\n壬\n癸")]);
    }
}
