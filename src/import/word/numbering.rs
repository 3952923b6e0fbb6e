//! The numbers that Word shows before paragraphs and keeps in no text.
//!
//! A paragraph names a list and a level; the list (`w:num`) stands for a definition
//! (`w:abstractNum`), and may have levels or a beginning of its own. Lists that share a
//! definition count together, until one says where it begins.

use super::numeral;
use super::styles::{Resolved, Styles};
use super::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// The pattern of a format that Word has no name for.
    custom: Option<String>,
    /// `第%1条`: each number of a level, with what stands around.
    text: String,
    /// What stands behind: `tab`, `space` or `nothing`.
    suffix: String,
    /// The level, from 1, at which it starts again; 0 is never.
    restart: Option<usize>,
    /// Whether all numbers in it are in digits.
    legal: bool,
    style: Option<String>,
    indent: Option<i32>,
    font: Option<String>,
    hidden: bool,
}

#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style of numbering that it takes its levels from.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u32>,
}

/// A number as it is shown before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// The text; of a list without numbers, its sign.
    pub(super) text: String,
    /// Whether it is a sign without a number.
    pub(super) is_bullet: bool,
    /// Whether nothing stands between it and the text.
    pub(super) is_tight: bool,
    /// The list, by its definition, and the level in it.
    pub(super) list: String,
    pub(super) level: usize,
    /// How far the level is indented, in twentieths of a point.
    pub(super) indent: Option<i32>,
}

/// All lists of a file, and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, List>,
    /// By definition.
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Beginnings that have been used, by list and level.
    started: BTreeSet<(String, usize)>,
}

impl Numbering {
    pub(super) fn read(root: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        let Some(root) = root else { return numbering };
        for element in root.all("w:abstractNum") {
            let Some(id) = element.attribute("w:abstractNumId") else { continue };
            let levels = element.all("w:lvl").filter_map(level).collect();
            let link = element.value("w:numStyleLink").map(str::to_owned);
            numbering.definitions.insert(id.to_owned(), Definition { levels, link });
        }
        for element in root.all("w:num") {
            let Some(id) = element.attribute("w:numId") else { continue };
            let definition = element.value("w:abstractNumId").unwrap_or("").to_owned();
            let mut list = List { definition, ..List::default() };
            for change in element.all("w:lvlOverride") {
                let Some(at) = change.attribute("w:ilvl").and_then(|at| at.parse().ok()) else { continue };
                list.levels.extend(change.child("w:lvl").and_then(level).map(|level| (at, level.1)));
                let start = change.value("w:startOverride").and_then(|start| start.parse().ok());
                list.starts.extend(start.map(|start| (at, start)));
            }
            numbering.lists.insert(id.to_owned(), list);
        }
        numbering
    }

    /// Counts a paragraph, and gives the number that Word shows before it.
    ///
    /// `list` and `level` are what the paragraph itself says; the style is asked for the rest.
    pub(super) fn next(
        &mut self,
        list: Option<&str>,
        level: Option<usize>,
        style: &Resolved,
        styles: &Styles,
    ) -> Option<Label> {
        let from_style = list.is_none();
        let list = list.or(style.paragraph.list.as_deref()).filter(|list| *list != "0")?;
        let definition = self.definition(list, styles)?;
        let linked = || self.level_of_style(list, &definition, style);
        let level = level.or_else(|| linked().filter(|_| from_style)).or(style.paragraph.level).unwrap_or(0);
        if level >= LEVELS {
            return None;
        }
        let shown = self.level(list, &definition, level)?.clone();
        self.count(list, &definition, level, &shown);
        let text = self.text(list, &definition, &shown);
        let is_bullet = shown.format == "bullet";
        let text = if is_bullet { super::symbol::bullet(&text, shown.font.as_deref()) } else { text };
        (!shown.hidden && !text.trim().is_empty()).then(|| Label {
            text: text.trim().to_owned(),
            is_bullet,
            is_tight: shown.suffix == "nothing" && !text.ends_with(char::is_whitespace),
            list: definition,
            level,
            indent: shown.indent,
        })
    }

    /// The definition that a list counts by: its own, or that of the style it is linked to.
    fn definition(&self, list: &str, styles: &Styles) -> Option<String> {
        let mut id = self.lists.get(list)?.definition.clone();
        for _ in 0..8 {
            let Some(link) = self.definitions.get(&id)?.link.as_deref() else { break };
            let Some(linked) = styles.list(link).and_then(|list| self.lists.get(list)) else { break };
            id.clone_from(&linked.definition);
        }
        Some(id)
    }

    /// The level that is made for a style, or for one that it is based on.
    fn level_of_style(&self, list: &str, definition: &str, style: &Resolved) -> Option<usize> {
        style.ids.iter().find_map(|id| {
            let has = |at: &usize| {
                self.level(list, definition, *at).is_some_and(|level| level.style.as_ref() == Some(id))
            };
            (0..LEVELS).find(has)
        })
    }

    fn level(&self, list: &str, definition: &str, at: usize) -> Option<&Level> {
        let own = self.lists.get(list).and_then(|list| list.levels.get(&at));
        own.or_else(|| self.definitions.get(definition)?.levels.get(&at))
    }

    fn count(&mut self, list: &str, definition: &str, at: usize, shown: &Level) {
        let restarts: Vec<bool> = (0..LEVELS)
            .map(|below| {
                let restart = self.level(list, definition, below).and_then(|level| level.restart);
                below > at && restart.is_none_or(|restart| restart > at)
            })
            .collect();
        let starts: Vec<u32> = (0..LEVELS)
            .map(|level| self.level(list, definition, level).map_or(1, |level| level.start))
            .collect();
        let own = self.lists.get(list).map(|list| list.starts.clone()).unwrap_or_default();
        let counters = self.counters.entry(definition.to_owned()).or_default();
        // A beginning of the list's own counts once, when the level is first used.
        let begin = own.get(&at).filter(|_| self.started.insert((list.to_owned(), at)));
        counters[at] = Some(match (begin, counters[at]) {
            (Some(begin), _) => *begin,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.get(&at).copied().unwrap_or(shown.start),
        });
        for (level, counter) in counters.iter_mut().enumerate() {
            if restarts[level] {
                *counter = None;
            } else if level < at && counter.is_none() {
                // A level that was passed over is shown, and counts, as begun.
                *counter = Some(starts[level]);
            }
        }
    }

    fn text(&self, list: &str, definition: &str, shown: &Level) -> String {
        let counters = self.counters.get(definition).copied().unwrap_or_default();
        let mut text = String::new();
        let mut rest = shown.text.chars().peekable();
        while let Some(character) = rest.next() {
            let at = rest.peek().and_then(|next| next.to_digit(10)).filter(|_| character == '%');
            let Some(at) = at.and_then(|at| (at as usize).checked_sub(1)) else {
                text.push(character);
                continue;
            };
            rest.next();
            let Some(level) = self.level(list, definition, at) else { continue };
            let number = counters.get(at).copied().flatten().unwrap_or(level.start);
            let custom = level.custom.as_deref().and_then(|pattern| numeral::custom(pattern, number));
            text.push_str(&match custom {
                _ if shown.legal && level.format != "none" => number.to_string(),
                Some(custom) => custom,
                None => numeral::format(&level.format, number),
            });
        }
        text
    }
}

/// A level, with its place.
fn level(element: &Element) -> Option<(usize, Level)> {
    let at = element.attribute("w:ilvl")?.parse().ok()?;
    // Formats of later versions stand beside a plain one: the first that is there counts.
    let format = element.child("w:numFmt").or_else(|| element.descendant("w:numFmt"));
    let name = format.and_then(|format| format.attribute("w:val")).unwrap_or("decimal");
    let text = element.child("w:lvlText");
    let properties = element.child("w:rPr");
    let run = super::styles::RunFormat::read(properties);
    let paragraph = super::styles::ParagraphFormat::read(element.child("w:pPr"));
    let level = Level {
        start: element.value("w:start").and_then(|start| start.parse().ok()).unwrap_or(1),
        format: name.to_owned(),
        custom: format.and_then(|format| format.attribute("w:format")).map(str::to_owned),
        text: text.and_then(|text| text.attribute("w:val")).unwrap_or("").to_owned(),
        suffix: element.value("w:suff").unwrap_or("tab").to_owned(),
        restart: element.value("w:lvlRestart").and_then(|restart| restart.parse().ok()),
        legal: element.flag("w:isLgl").unwrap_or(false),
        style: element.value("w:pStyle").map(str::to_owned),
        indent: paragraph.indent,
        font: run.font,
        hidden: run.hidden.unwrap_or(false),
    };
    Some((at, level))
}
