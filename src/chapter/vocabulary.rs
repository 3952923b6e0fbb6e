//! Closed lists of values that a field of front matter chooses from.
//!
//! Each value has a stable key, which files, addresses and style sheets use, and
//! the Chinese word that front matter may use instead. The words that readers see
//! come from the theme's locales, under `FIELD_KEY`, e.g. `status_in_force`.

use super::field::{FieldValue, Holds, Said};
use crate::yaml::Reader;

/// Declares a vocabulary: an enum whose values have a key and a Chinese word, and
/// which a field can hold.
macro_rules! vocabulary {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $key:literal, $word:literal;)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $value,)*
        }

        impl $name {
            /// Key, Chinese word and value of each, in the order in which lists show them.
            pub const ALL: &'static [(&'static str, &'static str, Self)] =
                &[$(($key, $word, Self::$value)),*];

            /// Its stable key, as files and addresses have it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$value => $key,)*
                }
            }
        }

        impl FieldValue for Option<$name> {
            const HOLDS: Holds = Holds::Choice(&[$($key),*]);

            fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
                reader.choice(key, $name::ALL)
            }

            fn said(&self) -> Said<'_> {
                self.map_or(Said::Nothing, |value| Said::Choice(value.key()))
            }
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
}

vocabulary! {
    /// What kind of document a chapter is.
    Kind {
        /// 制度.
        Policy = "policy", "制度";
        /// 流程.
        Procedure = "procedure", "流程";
        /// 标准.
        Standard = "standard", "标准";
        /// 指引.
        Guide = "guide", "指引";
        /// 表单.
        Form = "form", "表单";
        /// 记录.
        Record = "record", "记录";
    }
}

vocabulary! {
    /// How far what a chapter says may be told. It labels the chapter and changes
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
