//! Closed lists of values that a field of front matter chooses from.
//!
//! Each value has a stable key, which files, addresses and style sheets use, and
//! the Chinese word that front matter may use instead. The words that readers see
//! come from the theme's locales, under `FIELD_KEY`, e.g. `status_in_force`.

use super::field::{FieldContent, FieldType, FieldValue};
use super::foreign::{Meaning, meaning};
use super::hold;
use super::spelling::{fold_key, letters};
use crate::text::sound;
use crate::yaml::Reader;

/// A closed list of values.
pub trait Vocabulary: Copy + PartialEq + 'static {
    /// Key, Chinese word and value of each, in the order in which lists show them.
    const ROWS: &'static [(&'static str, &'static str, Self)];
    /// The keys alone.
    const KEYS: &'static [&'static str];

    /// Its stable key, as files and addresses have it.
    fn key(self) -> &'static str;

    /// What a word that is not in the list counts as.
    fn counts_as(_: &str) -> Option<Self> {
        None
    }

    /// The value that a word stands for, whatever its case, its script's width and
    /// its number: `Guides` is `guide`.
    fn find(word: &str) -> Option<Self> {
        let (folded, bare) = (fold_key(word), singular(&letters(word)));
        let is = |row: &&(&str, &str, Self)| row.1 == folded.trim() || singular(&letters(row.0)) == bare;
        Self::ROWS.iter().find(is).map(|row| row.2)
    }
}

/// An English word without the ending of its plural.
fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// What a field says that chooses from a list, where authors may have words of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice<V> {
    /// Nothing.
    #[default]
    Nothing,
    /// A value of the list.
    Known(V),
    /// Another word.
    Foreign(Foreign<V>),
}

/// A word that is none of a list's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Foreign<V> {
    /// The word as written.
    pub word: String,
    /// What it counts as, if anything.
    pub counts_as: Option<V>,
    /// The word of the list that was probably meant.
    pub near: Option<&'static str>,
}

impl<V: Vocabulary> Choice<V> {
    /// What a word says.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match V::find(word) {
            _ if word.trim().is_empty() => Self::Nothing,
            Some(value) => Self::Known(value),
            None => {
                let near = near(word, V::ROWS);
                // What is nearly our word for a draft must not be published as anything else.
                let counts_as = V::counts_as(word).or_else(|| V::counts_as(near?.0));
                let near = near.filter(|_| V::counts_as(word).is_none()).map(|near| near.1);
                Self::Foreign(Foreign { word: word.trim().to_owned(), counts_as, near })
            }
        }
    }

    /// The value of the list, or the one that the word counts as.
    #[must_use]
    pub fn value(&self) -> Option<V> {
        match self {
            Self::Nothing => None,
            Self::Known(value) => Some(*value),
            Self::Foreign(foreign) => foreign.counts_as,
        }
    }

    /// A word that is none of the list's.
    #[must_use]
    pub fn foreign(&self) -> Option<&Foreign<V>> {
        match self {
            Self::Foreign(foreign) => Some(foreign),
            Self::Nothing | Self::Known(_) => None,
        }
    }
}

/// The key whose word a word was probably meant to be, and that word. In short words one
/// other letter makes another word: 试行 is not 现行, and `norm` is no `form`.
fn near<V>(
    word: &str,
    rows: &'static [(&'static str, &'static str, V)],
) -> Option<(&'static str, &'static str)> {
    let folded = letters(word);
    let meant = |row: &'static (&'static str, &'static str, V)| {
        [row.0, row.1].into_iter().find(|known| is_near(&folded, &letters(known))).map(|word| (row.0, word))
    };
    rows.iter().find_map(meant)
}

fn is_near(word: &str, known: &str) -> bool {
    let (length, other) = (word.chars().count(), known.chars().count());
    let most = if length >= 8 { 2 } else { 1 };
    if length.abs_diff(other) > most || strsim::damerau_levenshtein(word, known) > most {
        return false;
    }
    if !known.is_ascii() {
        return length >= 3 || sound(word) == sound(known);
    }
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    length >= 5 || length == 4 && (length < other || sorted(word) == sorted(known))
}

impl<V: Vocabulary> FieldValue for Choice<V> {
    const TYPE: FieldType = FieldType::Choice(V::KEYS);

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let own = || reader.entries().find(|(other, _)| *other == key);
        let same = || reader.entries().find(|(other, _)| letters(other) == key);
        let Some((key, value)) = own().or_else(same).filter(|(_, value)| !value.is_null()) else {
            return Self::Nothing;
        };
        match hold::text(value) {
            // As it is written: `status: 1.10`.
            Some(text) => {
                Self::of(&if value.is_sequence() { text } else { reader.string(key).unwrap_or_default() })
            }
            None => {
                reader.string(key);
                Self::Nothing
            }
        }
    }

    fn content(&self) -> FieldContent<'_> {
        match (self.value(), self) {
            (Some(value), _) => FieldContent::Choice(value.key()),
            (None, Self::Foreign(foreign)) => FieldContent::Word(&foreign.word),
            (None, _) => FieldContent::Nothing,
        }
    }
}

/// Declares a vocabulary: an enum whose values have a key and a Chinese word.
macro_rules! vocabulary {
    (
        $(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $key:literal, $word:literal;)* }
        $($counts_as:item)?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $value,)*
        }

        impl $name {
            /// Its stable key, as files and addresses have it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$value => $key,)*
                }
            }
        }

        impl Vocabulary for $name {
            const ROWS: &'static [(&'static str, &'static str, Self)] =
                &[$(($key, $word, Self::$value)),*];
            const KEYS: &'static [&'static str] = &[$($key),*];

            fn key(self) -> &'static str {
                self.key()
            }

            $($counts_as)?
        }
    };
}

vocabulary! {
    /// Where a chapter stands in its life (ISO 9001 document control).
    Status {
        /// 现行: in force.
        InForce = "in_force", "现行";
        /// 已批准: approved, not yet in force.
        Approved = "approved", "已批准";
        /// 征求意见: out for comment.
        Consultation = "consultation", "征求意见";
        /// 草案: being written; left out of a build unless asked for.
        Draft = "draft", "草案";
        /// 被取代: another chapter took its place.
        Superseded = "superseded", "被取代";
        /// 废止: no longer in force.
        Retired = "retired", "废止";
    }

    fn counts_as(word: &str) -> Option<Self> {
        match meaning(word) {
            Meaning::NotYet => Some(Self::Draft),
            Meaning::NoMore => Some(Self::Retired),
            Meaning::Other => None,
        }
    }
}

vocabulary! {
    /// What kind of document a chapter is.
    Kind {
        /// 制度.
        Policy = "policy", "制度";
        /// 规定.
        Regulation = "regulation", "规定";
        /// 办法.
        Measures = "measures", "办法";
        /// 细则.
        Rules = "rules", "细则";
        /// 流程.
        Procedure = "procedure", "流程";
        /// 标准.
        Standard = "standard", "标准";
        /// 规范.
        Specification = "specification", "规范";
        /// 指引.
        Guide = "guide", "指引";
        /// 手册.
        Manual = "manual", "手册";
        /// 表单.
        Form = "form", "表单";
        /// 记录.
        Record = "record", "记录";
        /// 通知.
        Notice = "notice", "通知";
    }
}

vocabulary! {
    /// How widely what a chapter says may be shared. It labels the chapter and changes
    /// nothing about who may see it: that is `audience`.
    Confidentiality {
        /// 公开: anyone may know.
        Public = "public", "公开";
        /// 内部: all who work here may know.
        Internal = "internal", "内部";
        /// 秘密: those who need it may know.
        Confidential = "confidential", "秘密";
        /// 机密: a few may know.
        Secret = "secret", "机密";
    }
}

/// A label that must be in the list, since nobody should have to guess what it means.
impl FieldValue for Option<Confidentiality> {
    const TYPE: FieldType = FieldType::Choice(Confidentiality::KEYS);

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.choice(key, Confidentiality::ROWS)
    }

    fn content(&self) -> FieldContent<'_> {
        self.map_or(FieldContent::Nothing, |value| FieldContent::Choice(value.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_one_of_ours_is_told_from_other_words() {
        let near = |word: &str| match Choice::<Status>::of(word) {
            Choice::Foreign(foreign) => foreign.near,
            _ => None,
        };
        for (word, meant) in
            [("daft", "draft"), ("in_froce", "in_force"), ("aproved", "approved"), ("现形", "现行")]
        {
            assert_eq!(near(word), Some(meant), "{word}");
        }
        for word in [
            "active",
            "final",
            "试行",
            "执行",
            "有效",
            "批准",
            "已发布",
            "草稿",
            "deprecated",
            "current",
            "valid",
        ] {
            assert_eq!(near(word), None, "{word}");
        }
        assert_eq!(Choice::<Status>::of("daft").value(), Some(Status::Draft));
        let kind = |word: &str| Choice::<Kind>::of(word);
        assert_eq!(kind("Guides"), Choice::Known(Kind::Guide));
        assert_eq!(kind("policies"), Choice::Known(Kind::Policy));
        assert_eq!(kind("規範"), Choice::Known(Kind::Specification));
        for word in ["runbook", "format", "norm", "预案", "指南", "规则", "adr", "note"] {
            assert!(kind(word).foreign().is_some_and(|foreign| foreign.near.is_none()), "{word}");
        }
        for (word, meant) in [("polcy", "policy"), ("制渡", "制度"), ("procedur", "procedure")] {
            assert_eq!(kind(word).foreign().and_then(|foreign| foreign.near), Some(meant), "{word}");
        }
    }

    #[test]
    fn our_own_words_are_known_in_every_spelling() {
        for word in ["In force", "in-force", "INFORCE", "现行", "現行", " 现行 ", "ｉｎ＿ｆｏｒｃｅ"]
        {
            assert_eq!(Choice::<Status>::of(word), Choice::Known(Status::InForce), "{word}");
        }
    }
}
