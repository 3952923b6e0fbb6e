//! Anchors: unique in a chapter, stable, readable in Chinese.

mod loose;

pub use loose::LooseAnchors;

use super::clause::{self, ClauseNumber, Unit};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use unicode_general_category::{GeneralCategory, get_general_category};

/// The anchor of a heading's text, as GitHub makes it: lower case, spaces to
/// `-`, letters with their marks, digits, `-` and `_` of any script kept, all else dropped.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii() && is_word_part(c) {
            slug.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            slug.push('-');
        }
    }
    slug
}

/// Whether a character is part of a word without being a letter: a combining mark, without
/// which Arabic, Hindi and Thai are other words, or a sign that joins words.
fn is_word_part(c: char) -> bool {
    use GeneralCategory::{ConnectorPunctuation, EnclosingMark, NonspacingMark, SpacingMark};
    matches!(get_general_category(c), NonspacingMark | SpacingMark | EnclosingMark | ConnectorPunctuation)
}

/// What the ids of a page's own parts begin with: its menu, its search box. No
/// anchor made from a heading has a capital, so that none changes for it.
const OWN: &str = "Hb-";

/// Whether an id belongs to the parts of the page and so to no chapter.
pub(super) fn is_own(id: &str) -> bool {
    id.starts_with(OWN)
}

/// What of a label is written otherwise than its anchor: the page answers to that too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LabelStyle {
    /// 第15条.
    arabic: bool,
    /// 第十五條.
    traditional: bool,
}

impl LabelStyle {
    fn of(label: &str) -> Self {
        let arabic = label.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
        Self { arabic, traditional: label.contains(['條', '節', '編']) }
    }

    pub(super) fn bits(self) -> u8 {
        u8::from(self.arabic) | u8::from(self.traditional) << 1
    }

    /// The label of a number in this style; `None` where that is its anchor.
    pub(super) fn label(self, number: ClauseNumber) -> Option<String> {
        if self == Self::default() {
            return None;
        }
        let mut label = number.label();
        if self.arabic {
            let unit = label.chars().next_back().filter(|_| number.sub == 0).unwrap_or('条');
            label = format!("第{}{unit}", number.number);
            if number.sub > 0 {
                let _ = write!(label, "之{}", number.sub);
            }
        }
        if self.traditional {
            label = label.replace('条', "條").replace('节', "節").replace('编', "編");
        }
        Some(label)
    }
}

/// The anchors given out so far in a chapter.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    used: HashSet<String>,
    next: HashMap<String, u32>,
    clauses: HashMap<ClauseNumber, u32>,
}

/// What a heading or clause answers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Given {
    /// Its anchor.
    pub(super) anchor: String,
    /// Further anchors for the same place.
    pub(super) aliases: Vec<String>,
    /// Whether a clause also answers to its bare number.
    pub(super) bare: bool,
    /// How the label is written.
    pub(super) style: LabelStyle,
}

impl Anchors {
    /// The wanted anchor, with `-1`, `-2` ... where it is taken.
    fn unique(&mut self, wanted: String) -> String {
        let wanted = if wanted.is_empty() { "section".to_owned() } else { wanted };
        if self.used.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(0);
        loop {
            *next += 1;
            let anchor = format!("{wanted}-{next}");
            if self.used.insert(anchor.clone()) {
                return anchor;
            }
        }
    }

    /// The anchor of a heading: its own id, else made from its text. One that
    /// begins with 第三章 answers to that too.
    pub(super) fn heading(&mut self, id: Option<&str>, text: &str) -> Given {
        let mut wanted = id.filter(|id| !is_own(id)).map_or_else(|| slug(text), str::to_owned);
        if is_footnote(&wanted) || is_place(&wanted) {
            wanted.insert_str(0, "section-");
        }
        if self.is_clause(&wanted) {
            self.used.insert(wanted.clone());
        }
        let anchor = self.unique(wanted);
        let mut aliases = Vec::new();
        if let Some(opening) = clause::parse(text) {
            let first = *self.clauses.entry(opening.number).and_modify(|times| *times += 1).or_insert(0) == 0;
            let label = opening.number.label();
            let written = LabelStyle::of(&text[opening.label]).label(opening.number);
            for label in std::iter::once(label).chain(written).filter(|_| first) {
                if self.used.insert(label.clone()) {
                    aliases.push(label);
                }
            }
        }
        Given { anchor, aliases, ..Given::default() }
    }

    /// The further anchor of a heading with a number such as 4.2.
    pub(super) fn number(&mut self, number: &str) -> Option<String> {
        (!self.is_clause(number) && self.used.insert(number.to_owned())).then(|| number.to_owned())
    }

    /// Whether a clause answers to this, which `used` does not always know.
    fn is_clause(&self, wanted: &str) -> bool {
        let number = match wanted.parse() {
            Ok(number) => Some(ClauseNumber { unit: Unit::Article, number, sub: 0 }),
            Err(_) => clause::parse(wanted)
                .filter(|opening| opening.label == (0..wanted.len()))
                .map(|opening| opening.number),
        };
        number.is_some_and(|number| self.clauses.contains_key(&number))
    }

    /// The anchor of a clause: its label as most rules write it; the first of a number
    /// answers to the label as written, and to the bare number too.
    pub(super) fn clause(&mut self, label: &str, number: ClauseNumber) -> Given {
        let anchor = number.label();
        let times = *self.clauses.entry(number).and_modify(|times| *times += 1).or_insert(0);
        if times > 0 {
            // The first was not entered in `used`, which would cost every law an
            // allocation a clause; it is entered once a second one comes.
            self.used.insert(anchor.clone());
        }
        if times > 0 || self.used.contains(&anchor) {
            return Given { anchor: self.unique(anchor), ..Given::default() };
        }
        let article = number.unit == Unit::Article && number.sub == 0;
        let bare = article && (self.used.is_empty() || !self.used.contains(&number.number.to_string()));
        let style = LabelStyle::of(label);
        let taken = style.label(number).is_some_and(|label| !self.used.insert(label));
        Given { anchor, bare, style: if taken { LabelStyle::default() } else { style }, ..Given::default() }
    }
}

/// Whether footnotes take ids of this form for themselves.
fn is_footnote(anchor: &str) -> bool {
    let rest = anchor.strip_prefix("fn-").or_else(|| anchor.strip_prefix("fnref-"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether it looks like the anchor of a clause's paragraph or item: 第三条第2款.
fn is_place(anchor: &str) -> bool {
    anchor.starts_with('第') && anchor.ends_with(['款', '项', '目']) && anchor.contains('条')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combining_marks_stay_as_github_has_them() {
        assert_eq!(slug("नीति और नियम"), "नीति-और-नियम");
        assert_eq!(slug("نَصّ أول"), "نَصّ-أول");
        assert_eq!(slug("นโยบายการลา"), "นโยบายการลา");
        assert_eq!(slug("Cafe\u{301} ‿ x‿y!"), "cafe\u{301}-‿-x‿y");
    }

    #[test]
    fn anchors_are_unique() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.heading(None, "What's new?").anchor, "whats-new");
        assert_eq!(anchors.heading(None, "Whats new").anchor, "whats-new-1");
        assert_eq!(anchors.heading(Some("whats-new-1"), "x").anchor, "whats-new-1-1");
        assert_eq!(anchors.heading(None, "？！").anchor, "section");
        assert_eq!(anchors.heading(None, "第三章 附则").aliases, ["第三章"]);
    }

    #[test]
    fn a_heading_takes_no_clause_s_anchor() {
        let mut anchors = Anchors::default();
        let number = ClauseNumber { unit: Unit::Article, number: 15, sub: 0 };
        assert_eq!(anchors.clause("第十五条", number).anchor, "第十五条");
        assert_eq!(anchors.heading(None, "第十五条").anchor, "第十五条-1");
        assert_eq!(anchors.heading(None, "15").anchor, "15-1");
        assert_eq!(anchors.heading(None, "16").anchor, "16");
        assert_eq!(anchors.heading(None, "fn-1").anchor, "section-fn-1");
    }

    #[test]
    fn no_heading_takes_an_id_of_the_page() {
        let mut anchors = Anchors::default();
        for text in ["Hb-search", "HB search", "Ｈｂ-search", "**Hb-**search", "&#72;b-"] {
            assert!(!is_own(&anchors.heading(None, text).anchor), "{text}");
        }
        for id in ["Hb-search", "Hb-"] {
            assert_eq!(Anchors::default().heading(Some(id), "Search").anchor, "search");
        }
        assert_eq!(anchors.heading(Some("HB-1"), "x").anchor, "HB-1");
    }

    #[test]
    fn clauses_answer_to_their_number() {
        let mut anchors = Anchors::default();
        let number = ClauseNumber { unit: Unit::Article, number: 15, sub: 0 };
        let given = anchors.clause("第十五条", number);
        assert_eq!((given.anchor.as_str(), given.bare), ("第十五条", true));
        assert_eq!(anchors.clause("第十五条", number).anchor, "第十五条-1");
        assert_eq!(anchors.clause("第15条", number).anchor, "第十五条-2");
    }

    #[test]
    fn labels_of_every_style_have_one_anchor() {
        let number = ClauseNumber { unit: Unit::Article, number: 15, sub: 0 };
        for (label, written) in [
            ("第十五条", None),
            ("第 十 五 条", None),
            ("第15条", Some("第15条")),
            ("第１５条", Some("第15条")),
            ("第十五條", Some("第十五條")),
            ("第 15 條", Some("第15條")),
        ] {
            let given = Anchors::default().clause(label, number);
            assert_eq!((given.anchor.as_str(), given.style.label(number).as_deref()), ("第十五条", written));
        }
        let number = ClauseNumber { sub: 1, ..number };
        let given = Anchors::default().clause("第15-1條", number);
        assert_eq!(given.style.label(number).as_deref(), Some("第15條之1"));
        assert_eq!(Anchors::default().heading(None, "第15条 备份").aliases, ["第十五条", "第15条"]);
    }
}
